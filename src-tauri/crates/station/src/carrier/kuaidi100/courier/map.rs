//! What Kuaidi100 is asked about couriers. Pure.

use super::{
    super::{
        Account, codes,
        map::{REMARK_CHARS_MAX, RESULT, ROOM, weight},
    },
    wire::{Booking, CallOff, Called, Courier, Detail},
};
use crate::{
    carrier::{
        moment,
        offers::{PickupAsk, Window},
        writing::{clean, cut, goods, json, party, yuan},
    },
    order::{Fault, FaultCode},
};
use serde_json::{Map, Value};

/// Of the name of the goods.
const GOODS_CHARS_MAX: usize = 50;
const DAY_MS: i64 = 86_400_000;
const CHINA_MS: i64 = 8 * 3_600_000;

/// `param` of a courier, or every reason why there is none.
pub fn book(account: &Account, ask: &PickupAsk, now_ms: i64) -> Result<String, Vec<Fault>> {
    let goods_of = &ask.goods;
    let mut faults = Vec::new();
    let sender = party(&goods_of.sender, "sender.", ROOM, &mut faults);
    let receiver = party(&goods_of.receiver, "", ROOM, &mut faults);
    let day_type = ask.window.map(|window| day(window, now_ms));
    if day_type == Some("") {
        let (code, field) = (FaultCode::TooLong, "window".to_owned());
        faults.push(Fault { code, field, what: String::new() });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let hour = |ms: fn(&Window) -> i64| {
        ask.window.map(|window| moment::written(ms(&window), "%H:%M")).unwrap_or_default()
    };
    let com = if ask.carrier.is_empty() { &account.com } else { codes::com(&ask.carrier) };
    let cargo = goods(&goods_of.items, GOODS_CHARS_MAX);
    let param = json(&Courier {
        kuaidicom: com,
        rec_man_name: receiver.name.clone(),
        rec_man_mobile: receiver.phone().to_owned(),
        rec_man_print_addr: receiver.whole(),
        send_man_name: sender.name.clone(),
        send_man_mobile: sender.phone().to_owned(),
        send_man_print_addr: sender.whole(),
        cargo: cargo.first().map(|one| one.0.clone()).unwrap_or_default(),
        payment: "SHIPPER",
        weight: weight(goods_of.weight_g),
        remark: cut(&clean(&goods_of.note), REMARK_CHARS_MAX),
        day_type: day_type.unwrap_or_default(),
        pickup_start_time: hour(|window| window.from_ms),
        pickup_end_time: hour(|window| window.to_ms),
        valins_pay: goods_of.services.insured_fen.map(yuan).unwrap_or_default(),
        third_order_id: &goods_of.order_key,
        called: called(account),
    });
    let from_ms = ask.window.map(|window| window.from_ms);
    Ok(json(&Booking { made_at_ms: now_ms, from_ms, param }))
}

/// Only with an address to tell it to, and a salt by which it is believed.
fn called(account: &Account) -> Option<Called<'_>> {
    let wanted = !account.push_url.is_empty() && !account.salt.is_empty();
    wanted.then(|| Called {
        call_back_url: &account.push_url,
        salt: account.salt.expose(),
        op: "1",
        poll_call_back_url: &account.push_url,
        resultv2: RESULT,
    })
}

/// `param` of a kept booking as it is sent at `now_ms`: "tomorrow" of yesterday is today. `None` if
/// it is no booking of ours.
pub fn booking(kept: &Booking, now_ms: i64) -> Option<String> {
    let Some(from_ms) = kept.from_ms else { return Some(kept.param.clone()) };
    let mut param: Map<String, Value> = serde_json::from_str(&kept.param).ok()?;
    let day = day(Window { from_ms, to_ms: from_ms }, now_ms);
    param.insert("dayType".to_owned(), day.into());
    Some(json(&param))
}

/// `param` that asks what became of a courier.
pub fn detail(order_key: &str, carrier_key: &str) -> String {
    let (task_id, _) = carrier_key.split_once('/').unwrap_or((carrier_key, ""));
    json(&Detail { task_id, third_order_id: order_key })
}

/// A courier comes today or on one of the next two days, by China's calendar.
fn day(window: Window, now_ms: i64) -> &'static str {
    let date = |ms: i64| (ms + CHINA_MS).div_euclid(DAY_MS);
    match date(window.from_ms) - date(now_ms) {
        0 => "今天",
        1 => "明天",
        2 => "后天",
        _ => "",
    }
}

/// `param` that calls a courier off; our key of a booking is both of theirs.
pub fn call_off(carrier_key: &str, why: &str) -> String {
    let (task_id, order_id) = carrier_key.split_once('/').unwrap_or((carrier_key, ""));
    json(&CallOff { task_id, order_id, cancel_msg: &cut(&clean(why), REMARK_CHARS_MAX) })
}
