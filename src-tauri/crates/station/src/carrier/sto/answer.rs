//! What STO's answers mean. Pure.

use super::{
    codes,
    wire::{Envelope, Inner, Scan},
};
use crate::carrier::{
    CarrierError, Fix, Waybill, moment,
    reading::{is_waybill_no, said, unknown},
    track::{TrackAsk, TrackEvent, Tracked},
};
use serde_json::{Value, json};

/// What a "yes" brings, or why there is none. STO's codes are not in the documents at hand: its
/// words say what is wrong.
pub fn data(envelope: Envelope) -> Result<Value, CarrierError> {
    let Envelope { success, error_code: code, error_msg: words, data } = envelope;
    match success {
        Some(true) => Ok(data),
        Some(false) if !code.is_empty() => {
            Err(CarrierError::Refused { code, said: said(&words), fix: Fix::AskCarrier })
        }
        Some(false) | None => Err(unknown("neither yes nor no")),
    }
}

/// The number of an order of ours.
pub fn issued(envelope: Envelope, order_key: &str) -> Result<Waybill, CarrierError> {
    let data = json!({ "data": data(envelope)? });
    let given = serde_json::from_value::<Inner>(data).ok().and_then(|inner| inner.data);
    let Some(given) = given else { return Err(unknown("yes, without data")) };
    if !given.order_no.is_empty() && given.order_no != order_key {
        return Err(unknown("an answer for another order key"));
    }
    if !is_waybill_no(&given.waybill_no) {
        return Err(unknown("yes, without a number"));
    }
    Ok(Waybill {
        no: given.waybill_no,
        sort_code: given.big_word,
        bag_place: given.package_place,
        ..Waybill::default()
    })
}

/// What was said of each parcel; one that is not named has no trace yet.
pub fn traced(envelope: Envelope, asks: &[TrackAsk]) -> Result<Vec<Tracked>, CarrierError> {
    let data = data(envelope)?;
    // As an object or as its text.
    let data = match data {
        Value::String(text) => serde_json::from_str(&text).unwrap_or(Value::Null),
        other => other,
    };
    if !data.is_object() && !data.is_null() {
        return Err(unknown("traces that are not by number"));
    }
    let of = |ask: &TrackAsk| {
        let scans = data[&ask.no].as_array().cloned().unwrap_or_default();
        let scans = scans.into_iter().filter_map(|scan| serde_json::from_value::<Scan>(scan).ok());
        let mut events: Vec<TrackEvent> = scans.filter_map(event).collect();
        events.sort_by_key(|event| event.at_ms);
        Tracked { no: ask.no.clone(), events, stage: None }
    };
    Ok(asks.iter().map(of).collect())
}

/// An event without a moment cannot be placed and is left out.
fn event(scan: Scan) -> Option<TrackEvent> {
    let at_ms = moment::ms(&scan.op_time)?;
    let stage = codes::stage(&scan.scan_type);
    let (word, text, place) = (scan.scan_type, scan.memo, scan.op_org_city_name);
    Some(TrackEvent { at_ms, stage, word, text, place })
}
