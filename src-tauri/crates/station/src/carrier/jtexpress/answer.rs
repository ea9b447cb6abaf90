//! What J&T's answers mean. Pure.

use super::{
    codes,
    wire::{Drawn, Envelope, Given, Parcel, Scan},
};
use crate::carrier::{
    CarrierError, Fix, Template, Waybill, moment,
    reading::{is_waybill_no, said, unknown},
    track::{TrackAsk, TrackEvent, Tracked},
};
use serde_json::Value;

/// What a "yes" brings, or why there is none. J&T's other codes are not in the documents at hand:
/// its words say what is wrong.
pub fn data(envelope: Envelope) -> Result<Value, CarrierError> {
    let Envelope { code, msg, data } = envelope;
    match code.as_str() {
        codes::DONE => Ok(data),
        "" => Err(unknown("neither yes nor no")),
        _ => Err(CarrierError::Refused { code, said: said(&msg), fix: Fix::AskCarrier }),
    }
}

/// The number of an order of ours; found orders come in a list.
pub fn issued(envelope: Envelope, order_key: &str) -> Result<Waybill, CarrierError> {
    let all = match data(envelope)? {
        Value::Array(all) => all,
        one => vec![one],
    };
    let all = all.into_iter().filter_map(|one| serde_json::from_value::<Given>(one).ok());
    let mine = all.into_iter().find(|given| given.txlogistic_id == order_key);
    let Some(given) = mine else { return Err(unknown("yes, without an order of this key")) };
    if !is_waybill_no(&given.bill_code) {
        return Err(unknown("yes, without a number"));
    }
    Ok(Waybill {
        no: given.bill_code,
        sort_code: given.sorting_code,
        bag_place: given.last_center_name,
        ..Waybill::default()
    })
}

/// Whether a look-up says that there is no such order: a "yes" with an empty list.
pub fn is_empty(envelope: &Envelope) -> bool {
    envelope.code == codes::DONE && envelope.data.as_array().is_some_and(Vec::is_empty)
}

/// The label as J&T draws it.
pub fn drawn(envelope: Envelope) -> Result<Template, CarrierError> {
    let drawn = serde_json::from_value::<Drawn>(data(envelope)?);
    Ok(Template::read(drawn.map(|drawn| drawn.base64_encode_content).unwrap_or_default()))
}

/// What was said of each parcel; one that is not named has no trace yet.
pub fn traced(envelope: Envelope, asks: &[TrackAsk]) -> Result<Vec<Tracked>, CarrierError> {
    let parcels = match data(envelope)? {
        Value::Array(all) => all,
        Value::Null => Vec::new(),
        _ => return Err(unknown("traces that are no list")),
    };
    let parcels: Vec<Parcel> =
        parcels.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect();
    let of = |ask: &TrackAsk| {
        let mine = parcels.iter().filter(|parcel| parcel.bill_code == ask.no);
        let mut events: Vec<TrackEvent> =
            mine.flat_map(|parcel| &parcel.details).filter_map(event).collect();
        events.sort_by_key(|event| event.at_ms);
        Tracked { no: ask.no.clone(), events, stage: None }
    };
    Ok(asks.iter().map(of).collect())
}

/// An event without a moment cannot be placed and is left out.
fn event(scan: &Scan) -> Option<TrackEvent> {
    Some(TrackEvent {
        at_ms: moment::ms(&scan.scan_time)?,
        stage: codes::stage(&scan.scan_type),
        word: scan.scan_type.clone(),
        text: scan.desc.clone(),
        place: scan.scan_network_name.clone(),
    })
}
