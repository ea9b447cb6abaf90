//! What Kuaidi100's answers mean. Pure.

use super::{
    codes::{self, DONE, No},
    wire::{Arrival, Auto, Combo, Envelope, Given, Likely, Priced, Step, Traced},
};
use crate::carrier::{
    CarrierError, Fix, Waybill, moment,
    offers::{Eta, Owner, Quote},
    reading::{hundredths, is_waybill_no, said, unknown},
    track::{TrackEvent, Tracked},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a "yes" brings, or why there is none.
pub fn data(envelope: Envelope) -> Result<Value, CarrierError> {
    let Envelope { success, code, message, data } = envelope;
    match (success, code.as_str()) {
        (Some(true) | None, DONE) => Ok(data),
        (Some(true), _) => Err(unknown(format!("yes with code {code}"))),
        (None, "") => Err(unknown("neither yes nor no")),
        (Some(false) | None, _) => Err(refusal(code, &message)),
    }
}

fn refusal(code: String, message: &str) -> CarrierError {
    match codes::no(&code) {
        No::Refused(fix) => CarrierError::Refused { code, said: said(message), fix },
        No::Busy => CarrierError::Busy { said: said(message) },
        No::Unclear => unknown(format!("code {code}: {}", said(message))),
    }
}

fn read<T: DeserializeOwned>(data: Value) -> Result<T, CarrierError> {
    // Its words may quote a name: only that it failed is told.
    serde_json::from_value(data).map_err(|_| unknown("yes, without the documented data"))
}

/// The number, and where its drawing lies.
pub fn issued(envelope: Envelope) -> Result<(Waybill, String), CarrierError> {
    let given: Given = read(data(envelope)?)?;
    if !is_waybill_no(&given.kuaidinum) {
        return Err(unknown("yes, without a number"));
    }
    let waybill = Waybill {
        no: given.kuaidinum,
        sort_code: given.bulkpen,
        bag_place: given.pkg_name,
        destination: given.dest_name,
        qr: given.qr_code,
        ..Waybill::default()
    };
    Ok((waybill, given.label))
}

/// Whether an answer to a cancel of nobody's number passed the gate: the vendor knows the account.
pub fn proven(answer: Result<Value, CarrierError>) -> Result<(), CarrierError> {
    match answer {
        Ok(_) => Ok(()),
        Err(CarrierError::Refused { fix: Fix::AskCarrier | Fix::EditOrder, .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A booking: their two keys, and the number if it is there already.
pub fn booked(envelope: Envelope) -> Result<(String, String), CarrierError> {
    let given: Given = read(data(envelope)?)?;
    if given.task_id.is_empty() {
        return Err(unknown("yes, without a task"));
    }
    let no = if is_waybill_no(&given.kuaidinum) { given.kuaidinum } else { String::new() };
    Ok((format!("{}/{}", given.task_id, given.order_id), no))
}

/// What was said of one parcel.
pub fn traced(answer: Traced, no: &str) -> Result<Tracked, CarrierError> {
    let none = Tracked { no: no.to_owned(), events: Vec::new(), stage: None };
    if answer.result == Some(false) || answer.status != DONE {
        return match answer.return_code.as_str() {
            codes::NO_TRACE => Ok(none),
            _ => Err(refusal(answer.return_code, &answer.message)),
        };
    }
    if !answer.nu.is_empty() && answer.nu != no {
        return Err(unknown("the trace of another number"));
    }
    let mut events: Vec<TrackEvent> = answer.data.into_iter().filter_map(event).collect();
    events.sort_by_key(|event| event.at_ms);
    let stage = Some(answer.state).filter(|state| !state.is_empty());
    Ok(Tracked { events, stage: stage.map(|state| codes::stage(&state)), ..none })
}

/// An event without a moment cannot be placed and is left out.
fn event(step: Step) -> Option<TrackEvent> {
    let at_ms = moment::ms(&step.ftime).or_else(|| moment::ms(&step.time))?;
    let word = if step.status_code.is_empty() { step.status } else { step.status_code };
    let place = if step.area_name.is_empty() { step.location } else { step.area_name };
    Some(TrackEvent { at_ms, stage: codes::stage(&word), word, text: step.context, place })
}

fn quote(combo: Combo, com: &str) -> Option<Quote> {
    let com = if combo.kuaidicom.is_empty() { com.to_owned() } else { combo.kuaidicom };
    let product =
        if combo.product_name.is_empty() { combo.service_type } else { combo.product_name };
    let total_minor = hundredths(&combo.price)?;
    let carrier = codes::carrier(&com).0.to_owned();
    Some(Quote { carrier, product, total_minor, currency: "CNY".to_owned(), days: None })
}

/// The prices of one carrier's products.
pub fn priced(envelope: Envelope, com: &str) -> Result<Vec<Quote>, CarrierError> {
    let priced: Priced = read(data(envelope)?)?;
    let com = if priced.kuaidicom.is_empty() { com } else { &priced.kuaidicom };
    Ok(priced.combos.into_iter().filter_map(|combo| quote(combo, com)).collect())
}

/// The prices of several carriers, one object each.
pub fn compared(envelope: Envelope) -> Result<Vec<Quote>, CarrierError> {
    let all: Vec<Value> = read(data(envelope)?)?;
    let combos = all.into_iter().filter_map(|one| serde_json::from_value::<Combo>(one).ok());
    // A price that does not say whose it is helps nobody.
    let named = combos.filter(|combo| !combo.kuaidicom.is_empty());
    Ok(named.filter_map(|combo| quote(combo, "")).collect())
}

/// When a parcel is expected.
pub fn arrival(envelope: Envelope) -> Result<Eta, CarrierError> {
    let arrival: Arrival = read(data(envelope)?)?;
    match arrival.arrival_time.is_empty() {
        true => Err(unknown("yes, without a time")),
        false => Ok(Eta { when: arrival.arrival_time, hours: None }),
    }
}

/// Whose a number may be, from either form of the answer.
pub fn owners(answer: Value) -> Result<Vec<Owner>, CarrierError> {
    let likely: Vec<Likely> = match answer {
        Value::Array(all) => {
            all.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect()
        }
        other => {
            let auto: Auto = read(other)?;
            if !auto.return_code.is_empty() && auto.return_code != DONE {
                return Err(refusal(auto.return_code, &auto.message));
            }
            auto.auto
        }
    };
    let named = likely.into_iter().filter(|one| !one.com_code.is_empty());
    Ok(named
        .map(|one| {
            let (code, name) = codes::carrier(&one.com_code);
            Owner { code: code.to_owned(), name: name.to_owned() }
        })
        .collect())
}
