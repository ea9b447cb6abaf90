//! What LINK's answers mean. Pure.

use super::wire::Said;
use crate::carrier::{
    About, Balance, CarrierError, Fix, Template, Waybill,
    reading::{is_waybill_no, said, unknown},
};

/// The gateway's own faults, by which nothing was done: form, digest, who asks, what for
/// (LINK's list of system codes; S07 is "system exception" and says nothing).
const AT_THE_GATE: [&str; 6] = ["S01", "S02", "S03", "S04", "S05", "S06"];
/// Words of faults inside: whatever was asked may have been done.
const INSIDE: [&str; 5] = ["系统", "超时", "异常", "system", "timeout"];

/// What a code of LINK's is about: who signed, who asks, or what was sent.
pub fn about(code: &str) -> About {
    match code {
        "S02" | "S06" => About::Proof,
        "S03" => About::Account,
        "S01" | "S04" | "S05" | "S07" => About::Documented,
        _ => About::Unlisted,
    }
}

/// A "yes", or why it is none.
pub fn yes(data: Said) -> Result<Said, CarrierError> {
    match data.success {
        Some(true) => return Ok(data),
        None => return Err(unknown("neither yes nor no")),
        Some(false) => {}
    }
    let words = said(&data.error_msg);
    let code = data.error_code;
    if AT_THE_GATE.contains(&code.as_str()) {
        return Err(CarrierError::Refused { code, said: words, fix: Fix::EditAccount });
    }
    let told = format!("{code} {words}").to_lowercase();
    if code.is_empty() || code == "S07" || INSIDE.iter().any(|word| told.contains(word)) {
        return Err(unknown(format!("code {code}: {words}")));
    }
    Err(CarrierError::Refused { code, said: words, fix: Fix::AskCarrier })
}

/// The number and its label. A yes without both is unknown: the number may be taken.
pub fn waybill(data: Said, order_key: &str) -> Result<Waybill, CarrierError> {
    let mut all = data.waybill_cloud_print_response_list.into_iter();
    let given = all.find(|given| given.object_id == order_key);
    let Some(given) = given else { return Err(unknown("yes, without this order")) };
    if !is_waybill_no(&given.waybill_code) {
        return Err(unknown("something that is no waybill number"));
    }
    let whole = |data: &serde_json::Value| data["templateURL"].is_string();
    let label = given.print_data.filter(whole);
    Ok(Waybill {
        no: given.waybill_code.clone(),
        sort_code: String::new(),
        bag_place: String::new(),
        destination: String::new(),
        qr: given.waybill_code,
        children: Vec::new(),
        slip: None,
        template: label
            .map_or(Template::Missing, |data| Template::Here(data.to_string().into_bytes())),
    })
}

/// Whether a number was taken back.
pub fn discarded(data: &Said) -> Result<(), CarrierError> {
    match data.discard_result {
        Some(true) => Ok(()),
        Some(false) => Err(CarrierError::Refused {
            code: "discardResult false".to_owned(),
            said: said(&data.error_msg),
            fix: Fix::AskCarrier,
        }),
        None => Err(unknown("yes, without a result")),
    }
}

/// Prepaid numbers of a carrier over all its outlets; `None` where it counts none.
pub fn balance(data: &Said, cp_code: &str) -> Option<Balance> {
    let of = data.waybill_apply_subscription_cols.iter().filter(|one| one.cp_code == cp_code);
    let counts = of
        .flat_map(|one| &one.branch_account_cols)
        .filter_map(|branch| branch.quantity.parse::<i64>().ok())
        .filter(|count| *count >= 0);
    counts.reduce(i64::saturating_add).map(|available| Balance { available })
}
