//! Being told of a number that was not ordered here: 1008, free and told by push 101, or 8008, paid
//! by the number and told by 102; whichever of the two the account tracks by; 8005 is 8008 with a
//! map, 7108 is for carriers abroad. Neither people nor addresses are sent: the number, its carrier
//! and, where one is wanted, the end of a phone do. What a second subscription answers is not
//! documented: a "no" changes nothing, the number is asked after all the same.
//!
//! A parcel of ours is subscribed to with its map (8005) when a person wants its route: once, paid
//! by the number. Its two districts go along, which by KDNiao's words improves the drawing; no
//! street, no name. Source: carrier list of 2026-11, part 1.9, and copies of KDNiao's pages of
//! 8005.

use super::{
    Kdniao, TrackBy, codes,
    drawn::Drawn,
    offers::{Place, place},
};
use crate::{
    carrier::{
        CarrierError, Fix,
        offers::{Route, RoutesTold, Sent},
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

/// 8005. For its last two 1 is yes and 2 is no.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct WithMap<'a> {
    #[serde(flatten)]
    question: Question<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver: Option<Place>,
    is_return_coordinates: u8,
    is_return_route_map: u8,
}

impl<'a> WithMap<'a> {
    fn of(question: Question<'a>, sender: Option<Place>, receiver: Option<Place>) -> Self {
        Self { question, sender, receiver, is_return_coordinates: 1, is_return_route_map: 1 }
    }
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
    /// Of 8005, if anything is known already.
    #[serde(flatten)]
    drawn: Drawn,
}

impl Kdniao {
    /// The one for carriers of China.
    pub(super) fn subscription(&self) -> Option<&'static str> {
        if self.account.map_pushes {
            return Some(codes::SUBSCRIBE_MAP);
        }
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
            let home = self.subscription();
            let abroad = self.is_abroad(self.whose(ask).0).then_some(codes::SUBSCRIBE_ABROAD);
            let Some(by) = abroad.or(home) else {
                let why = "this account subscribes nothing".to_owned();
                return Err(CarrierError::NotSent { why });
            };
            let (shipper_code, customer_name) = self.whose(ask);
            let question = Question { shipper_code, logistic_code: &ask.no, customer_name };
            let asked = match by {
                codes::SUBSCRIBE_MAP => json(&WithMap::of(question, None, None)),
                _ => json(&question),
            };
            told(&self.call(http, by, &asked).await?, &ask.no)
        })
    }
}

impl RoutesTold for Kdniao {
    fn tell_route<'a>(
        &'a self,
        http: &'a dyn Http,
        sent: &'a Sent,
    ) -> Later<'a, Result<Route, CarrierError>> {
        Box::pin(async move {
            let ask = sent.to_track();
            let (shipper_code, customer_name) = self.whose(&ask);
            let question = Question { shipper_code, logistic_code: &ask.no, customer_name };
            let district = |address| Some(Place { address: String::new(), ..place(address).ok()? });
            let (from, to) = (district(&sent.way.from), district(&sent.way.to));
            let asked = json(&WithMap::of(question, from, to));
            let answer: Answer = self.call(http, codes::SUBSCRIBE_MAP, &asked).await?;
            told(&answer, &sent.no)?;
            // Before the first push there is little: at best the two ends.
            Ok(answer.drawn.route().unwrap_or_default())
        })
    }
}

fn told(answer: &Answer, no: &str) -> Result<(), CarrierError> {
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
            Err(CarrierError::Refused { code: code.to_owned(), said, fix })
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
            let outcome = heard(body).and_then(|answer| told(&answer, NO));
            assert_eq!(word(&outcome).0, want, "{body}");
        }
    }
}
