//! What Yunda's answers mean: the whole says yes or no, and each order does. Pure.

use super::{
    codes::{self, DONE, ERROR},
    wire::{Envelope, Given, Step, Traced},
};
use crate::carrier::{
    CarrierError, Fix, Template, Waybill, moment,
    reading::{is_waybill_no, said, unknown},
    track::{TrackEvent, Tracked},
};
use serde_json::Value;

/// What a "yes" brings, or why there is none. Yunda's other codes are not in the documents at hand:
/// its words say what is wrong.
pub fn data(envelope: Envelope) -> Result<Value, CarrierError> {
    let Envelope { result, code, message, data } = envelope;
    match (result, code.as_str()) {
        (Some(true) | None, DONE) => Ok(data),
        (_, "") | (Some(false), DONE) | (Some(true), _) => Err(unknown("neither yes nor no")),
        (Some(false) | None, _) => {
            Err(CarrierError::Refused { code, said: said(&message), fix: Fix::AskCarrier })
        }
    }
}

/// What is said of the one order that was asked about.
fn order(envelope: Envelope) -> Result<Given, CarrierError> {
    let Value::Array(all) = data(envelope)? else { return Err(unknown("yes, without orders")) };
    let mut all = all.into_iter().filter_map(|one| serde_json::from_value::<Given>(one).ok());
    let given = all.next().ok_or_else(|| unknown("yes, without orders"))?;
    if given.msg.to_ascii_uppercase().contains(ERROR) {
        let (code, words) = (ERROR.to_owned(), said(&given.msg));
        return Err(CarrierError::Refused { code, said: words, fix: Fix::AskCarrier });
    }
    Ok(given)
}

/// The number of an order of ours.
pub fn issued(envelope: Envelope, order_key: &str) -> Result<Waybill, CarrierError> {
    let given = order(envelope)?;
    if given.order_serial_no != order_key {
        return Err(unknown("no answer about this order key"));
    }
    if !is_waybill_no(&given.mailno) {
        return Err(unknown("yes, without a number"));
    }
    Ok(Waybill { no: given.mailno, ..Waybill::default() })
}

/// Whether an order was called off.
pub fn cancelled(envelope: Envelope, order_key: &str) -> Result<(), CarrierError> {
    match order(envelope)?.order_serial_no == order_key {
        true => Ok(()),
        false => Err(unknown("no answer about this order key")),
    }
}

/// The label as Yunda draws it.
pub fn drawn(envelope: Envelope, no: &str) -> Result<Template, CarrierError> {
    let given = order(envelope)?;
    match given.mailno == no {
        true => Ok(Template::read(given.pdf_info)),
        false => Err(unknown("the drawing of another number")),
    }
}

/// What was said of one parcel.
pub fn traced(envelope: Envelope, no: &str) -> Result<Tracked, CarrierError> {
    let none = Tracked { no: no.to_owned(), events: Vec::new(), stage: None };
    let traced: Traced = match data(envelope)? {
        Value::Null => return Ok(none),
        data => serde_json::from_value(data).map_err(|_| unknown("a trace that is none"))?,
    };
    if !traced.mailno.is_empty() && traced.mailno != no {
        return Err(unknown("the trace of another number"));
    }
    let mut events: Vec<TrackEvent> = traced.steps.into_iter().filter_map(event).collect();
    events.sort_by_key(|event| event.at_ms);
    Ok(Tracked { events, ..none })
}

/// An event without a moment cannot be placed and is left out.
fn event(step: Step) -> Option<TrackEvent> {
    let at_ms = moment::ms(&step.time)?;
    let word = if step.status.is_empty() { step.action } else { step.status };
    let (text, place) = (step.description, step.city);
    Some(TrackEvent { at_ms, stage: codes::stage(&word), word, text, place })
}
