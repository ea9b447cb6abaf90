//! Being told of a number that was not ordered here: 1008, free and told by push 101, or 8008, paid
//! by the number and told by 102; whichever of the two the account tracks by. Neither people nor
//! addresses are sent: the number, its carrier and, where one is wanted, the end of a phone do.
//! What a second subscription answers is not documented: a "no" changes nothing, the number is asked
//! after all the same.

use super::{Kdniao, TrackBy, codes};
use crate::{
    carrier::{
        CarrierError, Fix,
        reading::{said, text, truth, unknown},
        track::{Subscribes, TrackAsk},
        writing::json,
    },
    outside::{Http, Later},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Question<'a> {
    shipper_code: &'a str,
    logistic_code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    customer_name: &'a str,
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
    #[serde(default, deserialize_with = "text")]
    logistic_code: String,
}

impl Kdniao {
    pub(super) fn subscription(&self) -> Option<&'static str> {
        match self.account.track? {
            TrackBy::Free => Some(codes::SUBSCRIBE),
            TrackBy::Watch => Some(codes::SUBSCRIBE_PAID),
            // Paid by the call: nobody asked for another service.
            TrackBy::Query => None,
        }
    }
}

impl Subscribes for Kdniao {
    fn subscribe<'a>(
        &'a self,
        http: &'a dyn Http,
        ask: &'a TrackAsk,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async move {
            let Some(by) = self.subscription() else {
                let why = "this account subscribes nothing".to_owned();
                return Err(CarrierError::NotSent { why });
            };
            let (shipper_code, customer_name) = self.whose(ask);
            let asked = json(&Question { shipper_code, logistic_code: &ask.no, customer_name });
            told(self.call(http, by, &asked).await?, &ask.no)
        })
    }
}

fn told(answer: Answer, no: &str) -> Result<(), CarrierError> {
    match (answer.success, answer.result_code.as_str()) {
        (Some(true), "" | "100") if answer.logistic_code.is_empty() => Ok(()),
        (Some(true), "" | "100") if answer.logistic_code == no => Ok(()),
        (Some(true), _) => Err(unknown("yes, for something else")),
        (Some(false), code) if code != "100" && !(code.is_empty() && answer.reason.is_empty()) => {
            let said = said(&answer.reason);
            let fix = match code {
                "102" | "104" => Fix::EditAccount,
                "405" => return Err(CarrierError::Busy { said }),
                _ => Fix::AskCarrier,
            };
            Err(CarrierError::Refused { code: answer.result_code, said, fix })
        }
        _ => Err(unknown("neither yes nor no")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::sample::{heard, word};

    const NO: &str = "75312345678901";

    #[test]
    fn an_answer_is_yes_no_or_nothing() {
        for (body, want) in [
            (include_str!("fixtures/subscribed.json"), "yes"),
            (r#"{"Success":true}"#, "yes"),
            (r#"{"Success":true,"LogisticCode":"1"}"#, "unknown"),
            (r#"{"Success":true,"ResultCode":"105"}"#, "unknown"),
            (r#"{"Success":false,"Reason":"快递单号格式错误"}"#, "refused"),
            (r#"{"Success":false,"ResultCode":"102"}"#, "refused"),
            (r#"{"Success":false,"ResultCode":"405"}"#, "busy"),
            (r#"{"Success":false}"#, "unknown"),
            ("{}", "unknown"),
        ] {
            let outcome = heard(body).and_then(|answer| told(answer, NO));
            assert_eq!(word(&outcome).0, want, "{body}");
        }
    }
}
