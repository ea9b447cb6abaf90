//! What YTO's answers mean. Pure.

use super::{
    codes,
    wire::{Envelope, Scan},
};
use crate::carrier::{
    CarrierError, Fix, Template, Waybill, moment,
    reading::{is_waybill_no, said, unknown},
    track::{TrackEvent, Tracked},
};
use serde_json::Value;

/// An answer that is no "no". YTO's codes are not in the documents at hand: its words say what is
/// wrong.
fn heard(envelope: Envelope) -> Result<Envelope, CarrierError> {
    if envelope.success != Some(false) {
        return Ok(envelope);
    }
    let Envelope { code, message, reason, .. } = envelope;
    if code.is_empty() && message.is_empty() && reason.is_empty() {
        return Err(unknown("a no without a word"));
    }
    let words = if message.is_empty() { reason } else { message };
    Err(CarrierError::Refused { code, said: said(&words), fix: Fix::AskCarrier })
}

/// The number of an order of ours: a yes is an answer that names both.
pub fn issued(envelope: Envelope, order_key: &str) -> Result<Waybill, CarrierError> {
    let given = heard(envelope)?;
    if given.logistics_no != order_key {
        return Err(unknown("no answer about this order key"));
    }
    if !is_waybill_no(&given.mail_no) {
        return Err(unknown("yes, without a number"));
    }
    Ok(Waybill { no: given.mail_no, sort_code: given.short_address, ..Waybill::default() })
}

/// Whether an order was called off: a yes names it.
pub fn cancelled(envelope: Envelope, order_key: &str) -> Result<(), CarrierError> {
    match heard(envelope)?.logistics_no == order_key {
        true => Ok(()),
        false => Err(unknown("no answer about this order key")),
    }
}

/// The label as YTO draws it.
pub fn drawn(envelope: Envelope) -> Result<Template, CarrierError> {
    let drawn = heard(envelope)?.data.map(|data| data.pdf_base64).unwrap_or_default();
    Ok(Template::read(drawn))
}

/// What was said of one parcel: a list is a yes, an object a no or nothing.
pub fn traced(answer: Value, no: &str) -> Result<Tracked, CarrierError> {
    let none = Tracked { no: no.to_owned(), events: Vec::new(), stage: None };
    let scans = match answer {
        Value::Array(scans) => scans,
        object => {
            let envelope: Envelope = serde_json::from_value(object)
                .map_err(|_| unknown("neither a list nor an answer"))?;
            let envelope = heard(envelope)?;
            return match (envelope.success, envelope.code.as_str()) {
                (Some(true), codes::NOTHING) => Ok(none),
                _ => Err(unknown("an answer without a list")),
            };
        }
    };
    let scans = scans.into_iter().filter_map(|scan| serde_json::from_value::<Scan>(scan).ok());
    let mine = |scan: &Scan| scan.waybill_no.is_empty() || scan.waybill_no == no;
    let mut events: Vec<TrackEvent> = scans.filter(mine).filter_map(event).collect();
    events.sort_by_key(|event| event.at_ms);
    Ok(Tracked { events, ..none })
}

/// Whether an answer about nobody's parcel came from behind the gate.
pub fn known(answer: Value) -> Result<(), CarrierError> {
    traced(answer, "").map(|_| ()).map_err(CarrierError::of_account)
}

/// An event without a moment cannot be placed and is left out.
fn event(scan: Scan) -> Option<TrackEvent> {
    let at_ms = moment::ms(&scan.upload_time)?;
    let stage = codes::stage(&scan.info_content);
    let (word, text, place) = (scan.info_content, scan.process_info, scan.city);
    Some(TrackEvent { at_ms, stage, word, text, place })
}
