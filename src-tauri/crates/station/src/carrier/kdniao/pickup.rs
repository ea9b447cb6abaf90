//! Couriers (上门取件): booked by 1801, called off by 1802, asked after by 1804 and 1816, and told
//! of by push 103. KDNiao's successor of 1001 and 1004, which are retired for new accounts.
//!
//! A booking is an order of its own for one parcel: KDNiao finds a carrier, the courier brings the
//! number. It is known by its `OrderCode` for ever: asked again, 106 says that it is booked, with
//! or without its keys, and nothing is booked twice. What 1804 and 1816 answer was not seen: what
//! reads like push 103 is taken, anything else says nothing. How an hour is changed is not
//! documented (no RequestType was found); that somebody changed it is told by push 110.

mod told;
mod wire;

pub use told::read;
pub use wire::Wrapped;

use super::{
    Kdniao, answer, codes, map, text,
    wire::{Answer, Stored},
};
use crate::{
    carrier::{
        CarrierError, Consignment, moment,
        offers::{Booked, PicksUp, PickupAsk},
        pickup::{PickupStage, PickupTold},
        reading::{is_waybill_no, unknown},
        writing::json,
    },
    order::{Fault, FaultCode, PayBy},
    outside::{Http, Later},
};

/// Of the levels of service (within two hours, half a day, the day) the one all clients ask.
const SAME_DAY: u8 = 5;
/// `CancelType` of "another reason"; between it and 1 no list was found.
const OTHER_REASON: u8 = 11;
const REMARK_CHARS_MAX: usize = 60;
/// Of each goods' name, and of all together.
const GOODS_CHARS_MAX: usize = 50;
const GOODS_CHARS_ALL: usize = 150;

impl PicksUp for Kdniao {
    fn pickup_request(&self, ask: &PickupAsk) -> Result<String, Vec<Fault>> {
        request(ask)
    }

    fn book<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Booked, CarrierError>> {
        Box::pin(async move {
            let asked: Stored = serde_json::from_str(stored).map_err(|_| {
                let why = "the stored booking is not one for KDNiao".to_owned();
                CarrierError::NotSent { why }
            })?;
            booked(self.call(http, codes::BOOK, stored).await?, &asked.order_code)
        })
    }

    fn call_off<'a>(
        &'a self,
        http: &'a dyn Http,
        order_key: &'a str,
        _: &'a str,
        why: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async move {
            let cancel_msg = text::cut(&text::clean(why), REMARK_CHARS_MAX);
            let asked =
                wire::CallOff { order_code: order_key, cancel_type: OTHER_REASON, cancel_msg };
            answer::voided(self.call(http, codes::CALL_OFF, &json(&asked)).await?)
        })
    }

    fn can_ask_after(&self) -> bool {
        true
    }

    fn ask_after<'a>(
        &'a self,
        http: &'a dyn Http,
        order_key: &'a str,
        carrier_key: &'a str,
    ) -> Later<'a, Result<Vec<PickupTold>, CarrierError>> {
        Box::pin(async move {
            let asked = json(&wire::Ours { order_code: order_key });
            let told = self.call(http, codes::BOOKED, &asked).await.map(news)??;
            let told = if told.is_empty() && !carrier_key.is_empty() {
                let asked = json(&wire::Theirs { kdn_order_code: carrier_key });
                self.call(http, codes::BOOKED_STATE, &asked).await.map(news)??
            } else {
                told
            };
            let is_it = |told: &PickupTold| {
                let one = told.order_key.is_empty() || told.order_key == order_key;
                let other = told.carrier_key.is_empty()
                    || carrier_key.is_empty()
                    || told.carrier_key == carrier_key;
                one && other
            };
            let mine = |told: PickupTold| PickupTold { order_key: order_key.to_owned(), ..told };
            Ok(told.into_iter().filter(is_it).map(mine).collect())
        })
    }
}

/// `RequestData` of 1801, or every reason why there is none. Pure.
fn request(ask: &PickupAsk) -> Result<String, Vec<Fault>> {
    let Consignment { order_key, sender, receiver, services, .. } = &ask.goods;
    let mut faults = Vec::new();
    let mut fault = |code: FaultCode, field: &str, what: String| {
        faults.push(Fault { code, field: field.to_owned(), what });
    };
    if ask.goods.weight_g.unwrap_or(0) == 0 {
        fault(FaultCode::WeightMissing, "weight", String::new());
    }
    if ask.goods.parcels > 1 {
        fault(FaultCode::TooManyParcels, "parcels", "1".to_owned());
    }
    if let Some(fen) = services.cod_fen {
        fault(FaultCode::NotOffered, "cod", map::yuan(fen));
    }
    if services.slip {
        fault(FaultCode::NoSlip, "slip", String::new());
    }
    let Some(window) = ask.window else {
        fault(FaultCode::NotOffered, "window", String::new());
        return Err(faults);
    };
    let sender = map::party(sender, "sender.", &mut faults);
    let receiver = map::party(receiver, "", &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(json(&wire::Book {
        transport_type: 1,
        shipper_type: SAME_DAY,
        shipper_code: &ask.carrier,
        order_code: order_key,
        exp_type: "1",
        pay_type: match services.pay {
            Some(PayBy::Sender) => 1,
            Some(PayBy::Receiver) => 2,
            Some(PayBy::Monthly) | None => 3,
        },
        sender,
        receiver,
        start_date: moment::text(window.from_ms),
        end_date: moment::text(window.to_ms),
        weight: map::kilograms(ask.goods.weight_g.unwrap_or(0)),
        quantity: 1,
        volume: ask.goods.volume_cm3.map_or(0.0, map::cubic_metres),
        insure_amount: services.insured_fen.map_or(0.0, |fen| f64::from(fen) / 100.0),
        remark: text::cut(&text::clean(&ask.goods.note), REMARK_CHARS_MAX),
        commodity: goods(ask),
    }))
}

/// Names of goods, as many as fit into what all of them may have together.
fn goods(ask: &PickupAsk) -> Vec<wire::Goods> {
    let mut left = GOODS_CHARS_ALL;
    let mut all = Vec::new();
    for one in map::goods(&ask.goods.items) {
        let name = text::cut(&one.name, GOODS_CHARS_MAX.min(left));
        if name.is_empty() {
            break;
        }
        left -= name.chars().count();
        all.push(wire::Goods { name, quantity: one.quantity });
    }
    all
}

/// What an answer to 1801 means.
fn booked(answer: Answer, order_key: &str) -> Result<Booked, CarrierError> {
    let code = answer.result_code.as_str();
    match (code, answer.success) {
        ("100", Some(false)) => return Err(unknown("code 100 without success")),
        ("100", None) if answer.order.is_none() => {
            return Err(unknown("code 100 without an order"));
        }
        // 106 is said with and without success: this booking is there already.
        ("100" | "106", _) => {}
        (code, Some(true)) => return Err(unknown(format!("success with code {code}"))),
        _ => return Err(answer::refusal(&answer)),
    }
    let Some(order) = answer.order else { return Ok(Booked::default()) };
    if !order.order_code.is_empty() && order.order_code != order_key {
        return Err(unknown(format!("code {code} for another booking")));
    }
    let no = Some(order.logistic_code).filter(|no| is_waybill_no(no)).unwrap_or_default();
    Ok(Booked { carrier_key: order.kdn_order_code, no })
}

/// What an answer to 1804 or 1816 says, if anything.
fn news(answer: wire::News) -> Result<Vec<PickupTold>, CarrierError> {
    if answer.success == Some(false) {
        return Err(answer::refusal(&Answer::no(answer.result_code, answer.reason)));
    }
    let told = answer.order.into_iter().chain(answer.data).filter_map(|one| one.0);
    // Without a state it says nothing of a courier; of its own news a time of its own is needed.
    Ok(told.filter_map(|one| told::read(one, 0)).filter(|one| !one.word.is_empty()).collect())
}

/// The stage of a `State` of push 103: carriers.md 3.1.
fn stage(state: &str) -> PickupStage {
    match state {
        "102" | "109" => PickupStage::Accepted,
        "103" => PickupStage::Assigned,
        "104" | "301" | "2" => PickupStage::Collected,
        "3" => PickupStage::Delivered,
        "99" | "203" => PickupStage::Ended,
        "110" | "120" | "121" | "122" | "206" | "207" | "208" | "302" | "401" | "402" | "501"
        | "502" | "601" | "701" => PickupStage::Told,
        _ => PickupStage::Other,
    }
}

#[cfg(test)]
mod tests;
