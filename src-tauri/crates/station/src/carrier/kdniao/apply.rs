//! 1107, an application for a customer number at a carrier's outlet, and push 1117, what became of
//! it. What a second application with the same data does is not documented, nor whether a refusal
//! is ever pushed: one is understood all the same. Source: two public programs that agree in the
//! fields (carriers.md 1.7), with `ProivnceCode` misspelt as the protocol has it; the codes of
//! divisions are optional and not sent.

use super::{Kdniao, codes, map, text as plain};
use crate::{
    carrier::{
        CarrierError, Fix, Secret,
        apply::{Applies, ApplyAsk, ApplyOutcome, ApplyTold},
        reading::{said, text, truth, unknown},
        writing::json,
    },
    order::{Fault, FaultCode},
    outside::{Http, Later},
};
use serde::{Deserialize, Serialize};

/// Outlets, companies and ids: no document says how long; other names of KDNiao's end here.
const NAME_CHARS_MAX: usize = 50;
/// The longest key, number or password that is believed.
const WORD_CHARS_MAX: usize = 100;

/// `RequestData` of 1107.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Application<'a> {
    shipper_code: &'a str,
    station_code: String,
    station_name: String,
    #[serde(rename = "ApplyID", skip_serializing_if = "String::is_empty")]
    apply_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    company: String,
    #[serde(flatten)]
    applicant: super::wire::Party,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    #[serde(default, deserialize_with = "truth")]
    success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    result_code: String,
    #[serde(default, deserialize_with = "text")]
    reason: String,
    /// One of two sources has it.
    #[serde(default, deserialize_with = "text")]
    apply_code: String,
}

/// `RequestData` of push 1117, which has no `Data`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Told {
    #[serde(default, deserialize_with = "text")]
    apply_code: String,
    #[serde(default, deserialize_with = "text")]
    customer_name: String,
    #[serde(default, deserialize_with = "text")]
    customer_pwd: String,
    #[serde(default, deserialize_with = "text")]
    station_code: String,
    #[serde(default, deserialize_with = "text")]
    station_name: String,
    #[serde(default, deserialize_with = "text")]
    shipper_code: String,
    #[serde(default, deserialize_with = "truth")]
    success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    reason: String,
}

impl Applies for Kdniao {
    fn apply_request(&self, ask: &ApplyAsk) -> Result<String, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut word = |value: &str, field: &str, needed: bool| {
            let value = plain::clean(value);
            let fault = |code| Fault { code, field: field.to_owned(), what: value.clone() };
            if value.is_empty() && needed {
                faults.push(fault(FaultCode::OutletMissing));
            } else if value.chars().count() > NAME_CHARS_MAX {
                faults.push(fault(FaultCode::TooLong));
            }
            value
        };
        let station_code = word(&ask.station_code, "station_code", true);
        let station_name = word(&ask.station_name, "station_name", true);
        let apply_id = word(&ask.apply_id, "apply_id", false);
        let company = word(&ask.company, "company", false);
        let applicant = map::party(&ask.applicant, "applicant.", &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let shipper_code = &self.account.shipper_code;
        let asked =
            Application { shipper_code, station_code, station_name, apply_id, company, applicant };
        Ok(json(&asked))
    }

    fn apply<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<String, CarrierError>> {
        Box::pin(async move { taken(self.call(http, codes::APPLY, stored).await?) })
    }
}

/// The key of an application that was taken.
fn taken(answer: Answer) -> Result<String, CarrierError> {
    let Answer { success, result_code, reason, apply_code } = answer;
    match (success, result_code.as_str()) {
        (Some(true), "" | "100") | (None, "100") if is_word(&apply_code) => Ok(apply_code),
        (Some(true), "" | "100") | (None, "100") => Ok(String::new()),
        (Some(true), code) => Err(unknown(format!("success with code {code}"))),
        (Some(false), "100") => Err(unknown("code 100 without success")),
        (Some(false), "") if reason.is_empty() => Err(unknown("a no without a word")),
        (None, "") => Err(unknown("neither yes nor no")),
        (Some(false) | None, "405") => Err(CarrierError::Busy { said: said(&reason) }),
        (Some(false) | None, code) => {
            let fix = match code {
                "102" | "104" => Fix::EditAccount,
                _ => Fix::AskCarrier,
            };
            Err(CarrierError::Refused { code: code.to_owned(), said: said(&reason), fix })
        }
    }
}

/// What a proven push says; `None` if it says nothing that can be understood.
pub(super) fn told(data: &str) -> Option<ApplyTold> {
    let told: Told = serde_json::from_str(data).ok()?;
    let outcome = match (told.customer_name.as_str(), told.success) {
        ("", Some(true)) => return None,
        ("", None) if told.reason.is_empty() => return None,
        ("", _) => ApplyOutcome::Refused { said: said(&told.reason) },
        // A number and a "no" in one.
        (_, Some(false)) => return None,
        (name, _) if is_word(name) && told.customer_pwd.chars().count() <= WORD_CHARS_MAX => {
            let customer_pwd = Secret::new(told.customer_pwd);
            ApplyOutcome::Granted { customer_name: told.customer_name, customer_pwd }
        }
        _ => return None,
    };
    // A key that is none finds nothing; the outlet may.
    let word = |text: String| if is_word(&text) { text } else { String::new() };
    let apply_code = word(told.apply_code);
    let station_code = word(told.station_code);
    if apply_code.is_empty() && station_code.is_empty() {
        return None;
    }
    Some(ApplyTold {
        apply_code,
        station_code,
        station_name: word(told.station_name),
        shipper: word(told.shipper_code),
        outcome,
    })
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= WORD_CHARS_MAX
        && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
