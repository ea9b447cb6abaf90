//! From a consignment to the text Kuaidi100 gets. Pure: same account and consignment, same bytes.

use super::{
    Account, codes,
    wire::{
        BatchPrice, CallOff, Cancel, Courier, Man, Order, Partner, Price, Query, Stored, Subscribe,
        Time,
    },
};
use crate::{
    carrier::{
        Consignment, moment,
        offers::{PickupAsk, Way, Window},
        track::TrackAsk,
        writing::{Party, Room, clean, cut, goods, json, kilograms, party, whole, yuan},
    },
    order::{Address, Fault, FaultCode, PayBy, Services},
};

/// The documents name no limits for labels; these are the narrowest among the carriers behind.
const ROOM: Room = Room { name: 50, detail: 200 };
const GOODS_CHARS_MAX: usize = 50;
const REMARK_CHARS_MAX: usize = 60;
/// Traces with their finer states.
const RESULT: &str = "4";
/// `batchPrice` takes no more.
pub const COMPARED_MAX: usize = 15;
const DAY_MS: i64 = 86_400_000;
const CHINA_MS: i64 = 8 * 3_600_000;

/// `param` of an order with the moment it was made, or every reason why there is none.
pub fn create(account: &Account, ask: &Consignment, now_ms: i64) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let sender = party(&ask.sender, "sender.", ROOM, &mut faults);
    let receiver = party(&ask.receiver, "", ROOM, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let cargo = goods(&ask.items, GOODS_CHARS_MAX);
    let sum = |fen: Option<u32>| fen.map(yuan).unwrap_or_default();
    let param = json(&Order {
        print_type: if account.access.carrier_draws { "IMAGE" } else { "NON" },
        partner: partner(account),
        kuaidicom: &account.com,
        rec_man: man(receiver),
        send_man: man(sender),
        cargo: cargo.first().map(|one| one.0.clone()).unwrap_or_default(),
        count: 1,
        weight: weight(ask.weight_g),
        pay_type: pay_type(account, ask.services.pay),
        exp_type: &account.exp_type,
        remark: cut(&clean(&ask.note), REMARK_CHARS_MAX),
        valins_pay: sum(ask.services.insured_fen),
        collection: sum(ask.services.cod_fen),
        need_desensitization: if account.privacy { "true" } else { "" },
        temp_id: if account.access.carrier_draws { &account.temp_id } else { "" },
        order_id: &ask.order_key,
        reorder: false,
        subscribe: subscribe(account),
    });
    Ok(json(&Stored { made_at_ms: now_ms, param }))
}

/// Only with an address to tell it to, and a salt by which it is believed.
fn subscribe(account: &Account) -> Option<Subscribe<'_>> {
    let wanted = !account.push_url.is_empty() && !account.salt.is_empty();
    wanted.then(|| Subscribe {
        need_subscribe: true,
        poll_call_back_url: &account.push_url,
        salt: account.salt.expose(),
        resultv2: RESULT,
    })
}

/// As the order says, else as the account does.
fn pay_type(account: &Account, asked: Option<PayBy>) -> &'static str {
    match asked.or(account.pay) {
        Some(PayBy::Sender) => "SHIPPER",
        Some(PayBy::Receiver) => "CONSIGNEE",
        Some(PayBy::Monthly) | None => "MONTHLY",
    }
}

/// What the label says of them; the account's usual ways filled in.
pub fn services(account: &Account, asked: Services) -> Services {
    let pay = asked.pay.or(account.pay).or(Some(PayBy::Monthly));
    Services { pay, privacy: account.privacy, ..asked }
}

fn partner(account: &Account) -> Partner<'_> {
    Partner {
        partner_id: &account.partner_id,
        partner_key: account.partner_key.expose(),
        partner_secret: account.partner_secret.expose(),
        partner_name: &account.partner_name,
        net: &account.net,
        code: &account.outlet_code,
        check_man: &account.check_man,
    }
}

fn man(party: Party) -> Man {
    let print_addr = party.whole();
    Man { name: party.name, mobile: party.mobile, tel: party.tel, print_addr }
}

fn weight(weight_g: Option<u32>) -> String {
    weight_g.filter(|weight_g| *weight_g > 0).map(kilograms).unwrap_or_default()
}

/// `param` that gives a number back.
pub fn cancel(account: &Account, order_key: &str, waybill_no: &str) -> String {
    json(&Cancel {
        partner: partner(account),
        kuaidicom: &account.com,
        kuaidinum: waybill_no,
        order_id: order_key,
        reason: "取消发货",
    })
}

/// `param` that asks where a parcel is.
pub fn query(account: &Account, ask: &TrackAsk) -> String {
    let phone = if codes::wants_phone(&account.com) { ask.phone_tail.expose() } else { "" };
    let (resultv2, show, order) = (RESULT, "0", "desc");
    json(&Query { com: &account.com, num: &ask.no, phone, resultv2, show, order })
}

fn place(address: &Address) -> String {
    let part = |text: &str| clean(text);
    whole(
        &part(&address.province),
        &part(&address.city),
        &part(&address.district),
        &part(&address.detail),
    )
}

/// `param` of a price.
pub fn price(account: &Account, way: &Way) -> String {
    json(&Price {
        kuaidicom: &account.com,
        send_addr: place(&way.from),
        rec_addr: place(&way.to),
        weight: kilograms(way.weight_g),
    })
}

/// `param` of the prices of several carriers.
pub fn batch_price(account: &Account, way: &Way) -> String {
    let compared = &account.compare[..account.compare.len().min(COMPARED_MAX)];
    json(&BatchPrice {
        kuaidi_com_list: compared,
        service_type_list: vec![""; compared.len()],
        send_man_print_addr: place(&way.from),
        rec_man_print_addr: place(&way.to),
        weight: kilograms(way.weight_g),
    })
}

/// `param` of an estimate.
pub fn time(account: &Account, way: &Way, leaves_at_ms: i64) -> String {
    json(&Time {
        kuaidicom: &account.com,
        from: place(&way.from),
        to: place(&way.to),
        order_time: moment::text(leaves_at_ms),
        exp_type: &account.exp_type,
    })
}

/// `param` of a courier, or every reason why there is none.
pub fn courier(account: &Account, ask: &PickupAsk, now_ms: i64) -> Result<String, Vec<Fault>> {
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
    let com = if ask.carrier.is_empty() { &account.com } else { &ask.carrier };
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
    });
    Ok(json(&Stored { made_at_ms: now_ms, param }))
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
