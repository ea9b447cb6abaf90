//! What push 103 says, as far as it can be read: every field may be missing, sums are numbers or
//! texts, and an unknown state is kept as it came. Pure.

use super::{stage, wire::Told103};
use crate::carrier::{
    moment,
    offers::Window,
    pickup::{Courier, Fees, PickupTold},
    reading::{grams, hundredths, is_waybill_no, said},
};

/// KDNiao's codes and names are shorter.
const WORD_CHARS_MAX: usize = 40;

/// One of its `Data`; `pushed_ms` is when it came, for what names no time of its own. `None` if it
/// does not say of which booking it is.
pub fn read(one: Told103, pushed_ms: i64) -> Option<PickupTold> {
    if one.order_code.is_empty() && one.kdn_order_code.is_empty() {
        return None;
    }
    let fees = fees(&one);
    let new_key = Some(one.kdn_order_code_new).filter(|key| !key.is_empty());
    // 402: a change that was refused leaves the booking as it was.
    let carrier_key = match new_key {
        Some(key) if one.update_status == "0" => key,
        Some(_) | None => one.kdn_order_code,
    };
    let window = moment::ms(&one.start_date)
        .zip(moment::ms(&one.end_date))
        .map(|(from_ms, to_ms)| Window { from_ms, to_ms });
    let courier = one.picker_info.map(|it| Courier {
        name: short(&it.person_name),
        phone: short(&it.person_tel),
        code: short(&it.pickup_code),
        outlet: short(&it.station_name),
        outlet_phone: short(&it.station_tel),
    });
    Some(PickupTold {
        order_key: short(&one.order_code),
        carrier_key: short(&carrier_key),
        at_ms: moment::ms(&one.create_time).unwrap_or(pushed_ms),
        stage: stage(&one.state),
        word: short(&one.state),
        said: said(&one.reason),
        carrier: short(&one.shipper_code),
        no: Some(one.logistic_code).filter(|no| is_waybill_no(no)).unwrap_or_default(),
        courier: courier.filter(|courier| !courier.is_nobody()),
        window,
        fees,
        settles: Default::default(),
    })
}

/// Only where the whole is said: `Cost` alone stands as zero in news that are about no money.
fn fees(one: &Told103) -> Option<Fees> {
    let fen = |text: &str| hundredths(text).unwrap_or(0);
    Some(Fees {
        total_fen: hundredths(&one.total_fee)?,
        carriage_fen: fen(&one.cost),
        first_fen: fen(&one.first_weight_amount),
        further_fen: fen(&one.continuous_weight_amount),
        insured_fen: fen(&one.insure_amount),
        packing_fen: fen(&one.package_fee),
        oversize_fen: fen(&one.over_fee),
        other_fen: fen(&one.other_fee),
        weight_g: grams(&one.weight),
    })
}

fn short(text: &str) -> String {
    text.chars().take(WORD_CHARS_MAX).collect()
}
