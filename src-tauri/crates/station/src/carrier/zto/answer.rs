//! What ZTO's answers mean. Pure.

use super::{
    codes::{self, No},
    wire::{Envelope, Given, Scan},
};
use crate::carrier::{
    CarrierError, Waybill, moment,
    reading::{is_waybill_no, said, unknown},
    track::{TrackEvent, Tracked},
};
use serde_json::Value;

/// What a "yes" brings, or why there is none.
pub fn result(envelope: Envelope) -> Result<Value, CarrierError> {
    let Envelope { status, status_code: code, message, result } = envelope;
    match status {
        Some(true) => Ok(result),
        None => Err(unknown("neither yes nor no")),
        Some(false) => Err(match codes::no(&code) {
            No::Refused(fix) => CarrierError::Refused { code, said: said(&message), fix },
            No::Busy => CarrierError::Busy { said: said(&message) },
            No::Unclear => unknown(format!("code {code}: {}", said(&message))),
        }),
    }
}

/// The number of an order of ours.
pub fn issued(envelope: Envelope, order_key: &str) -> Result<Waybill, CarrierError> {
    let given: Given = serde_json::from_value(result(envelope)?)
        .map_err(|_| unknown("yes, without the documented result"))?;
    if !given.partner_order_code.is_empty() && given.partner_order_code != order_key {
        return Err(unknown("an answer for another order key"));
    }
    if !is_waybill_no(&given.bill_code) {
        return Err(unknown("yes, without a number"));
    }
    let marks = given.big_mark_info.unwrap_or_default();
    Ok(Waybill {
        no: given.bill_code,
        sort_code: marks.mark,
        bag_place: marks.bag_addr,
        ..Waybill::default()
    })
}

/// What was said of one parcel.
pub fn traced(envelope: Envelope, no: &str) -> Result<Tracked, CarrierError> {
    let scans = match result(envelope)? {
        Value::Array(scans) => scans,
        Value::Null => Vec::new(),
        _ => return Err(unknown("a trace that is no list")),
    };
    let scans = scans.into_iter().filter_map(|scan| serde_json::from_value::<Scan>(scan).ok());
    let mut events: Vec<TrackEvent> = scans.filter_map(event).collect();
    events.sort_by_key(|event| event.at_ms);
    Ok(Tracked { no: no.to_owned(), events, stage: None })
}

/// An event without a moment cannot be placed and is left out.
fn event(scan: Scan) -> Option<TrackEvent> {
    let at_ms = moment::ms(&scan.scan_date)?;
    let (name, city) = scan.scan_site.map(|site| (site.name, site.city)).unwrap_or_default();
    let place = if city.is_empty() { name } else { city };
    let stage = codes::stage(&scan.scan_type);
    Some(TrackEvent { at_ms, stage, word: scan.scan_type, text: scan.desc, place })
}
