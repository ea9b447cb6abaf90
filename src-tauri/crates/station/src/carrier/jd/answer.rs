//! What JD's answers mean. Pure.

use super::{
    codes,
    wire::{Data, Envelope, Step},
};
use crate::carrier::{
    CarrierError, Fix, Waybill, moment,
    offers::{Quote, Reach},
    reading::{hundredths, is_waybill_no, said, unknown},
    track::{TrackEvent, Tracked},
};

/// What a "yes" brings, if anything, or why there is none.
pub fn data(envelope: Envelope) -> Result<Option<Data>, CarrierError> {
    let Envelope { success, code, msg, sub_msg, data, error_response } = envelope;
    let msg = if sub_msg.is_empty() { msg } else { sub_msg };
    if let Some(no) = error_response {
        let words = if no.zh_desc.is_empty() { no.en_desc } else { no.zh_desc };
        let (code, fix) = (no.code, codes::GATEWAY_FIX);
        return Err(CarrierError::Refused { code, said: said(&words), fix });
    }
    match success {
        Some(true) if codes::is_yes(&code) => Ok(data),
        Some(true) => Err(unknown(format!("yes with code {code}"))),
        Some(false) if !code.is_empty() => {
            Err(CarrierError::Refused { code, said: said(&msg), fix: Fix::AskCarrier })
        }
        Some(false) | None => Err(unknown("neither yes nor no")),
    }
}

/// The number of an order of ours.
pub fn issued(envelope: Envelope, order_key: &str) -> Result<Waybill, CarrierError> {
    let Some(data) = data(envelope)? else { return Err(unknown("yes, without data")) };
    if !data.order_id.is_empty() && data.order_id != order_key {
        return Err(unknown("an answer for another order key"));
    }
    if !is_waybill_no(&data.waybill_code) {
        return Err(unknown("yes, without a number"));
    }
    Ok(Waybill { no: data.waybill_code, ..Waybill::default() })
}

/// Whether a number was given back. A parcel that was stopped on its way was fetched, and comes
/// back: a person decides what becomes of it.
pub fn cancelled(envelope: Envelope) -> Result<(), CarrierError> {
    let result = data(envelope)?.map(|data| data.result_type).unwrap_or_default();
    match result.as_str() {
        "0" => Ok(()),
        "2" | "3" => Err(CarrierError::Refused {
            code: format!("resultType {result}"),
            said: String::new(),
            fix: Fix::AskCarrier,
        }),
        other => Err(unknown(format!("resultType {other}"))),
    }
}

/// Whether it goes there.
pub fn reach(envelope: Envelope) -> Result<Reach, CarrierError> {
    match data(envelope) {
        Ok(_) => Ok(Reach { yes: true, said: String::new() }),
        Err(CarrierError::Refused { said, fix: Fix::AskCarrier | Fix::EditOrder, .. }) => {
            Ok(Reach { yes: false, said })
        }
        Err(error) => Err(error),
    }
}

/// What it would cost: the price of the account, else the public one.
pub fn quoted(envelope: Envelope, product: &str) -> Result<Vec<Quote>, CarrierError> {
    let Some(data) = data(envelope)? else { return Err(unknown("yes, without data")) };
    let price =
        hundredths(&data.total_freight_pre).or_else(|| hundredths(&data.total_freight_standard));
    let quote = |total_minor| Quote {
        carrier: "JD".to_owned(),
        product: product.to_owned(),
        total_minor,
        currency: "CNY".to_owned(),
        days: None,
    };
    Ok(price.map(quote).into_iter().collect())
}

/// What was said of one parcel.
pub fn traced(envelope: Envelope, no: &str) -> Result<Tracked, CarrierError> {
    let steps = data(envelope)?.map(|data| data.trace_details).unwrap_or_default();
    let mine = |step: &Step| step.waybill_code.is_empty() || step.waybill_code == no;
    let mut events: Vec<TrackEvent> = steps.into_iter().filter(mine).filter_map(event).collect();
    events.sort_by_key(|event| event.at_ms);
    Ok(Tracked { no: no.to_owned(), events, stage: None })
}

/// An event without a moment cannot be placed and is left out.
fn event(step: Step) -> Option<TrackEvent> {
    let at_ms = moment::ms(&step.operation_time)?;
    let words = [step.category_name, step.category, step.operation_title];
    let word = words.into_iter().find(|word| !word.is_empty()).unwrap_or_default();
    let (stage, place) = (codes::stage(&word), String::new());
    Some(TrackEvent { at_ms, stage, word, text: step.operation_remark, place })
}
