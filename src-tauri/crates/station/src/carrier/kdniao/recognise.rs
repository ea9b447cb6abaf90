//! Whose a number is: RequestType 2002. Several carriers may have numbers alike; nobody's is an
//! empty list, which KDNiao does not charge.

use super::{Kdniao, codes};
use crate::{
    carrier::{
        CarrierError, Fix,
        offers::{Owner, Recognises},
        reading::{list, said, text, truth, unknown},
    },
    outside::{Http, Later},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Question<'a> {
    logistic_code: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    #[serde(default, deserialize_with = "truth")]
    success: Option<bool>,
    #[serde(default, alias = "ResultCode", deserialize_with = "text")]
    code: String,
    #[serde(default, deserialize_with = "text")]
    reason: String,
    #[serde(default, deserialize_with = "text")]
    logistic_code: String,
    #[serde(default, deserialize_with = "list")]
    shippers: Vec<Shipper>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Shipper {
    #[serde(default, deserialize_with = "text")]
    shipper_code: String,
    #[serde(default, deserialize_with = "text")]
    shipper_name: String,
}

impl Recognises for Kdniao {
    fn recognise<'a>(
        &'a self,
        http: &'a dyn Http,
        no: &'a str,
    ) -> Later<'a, Result<Vec<Owner>, CarrierError>> {
        Box::pin(async move {
            let question = serde_json::to_string(&Question { logistic_code: no })
                .expect("a struct of one text always serialises");
            owners(self.call(http, codes::RECOGNISE, &question).await?, no)
        })
    }
}

fn owners(answer: Answer, no: &str) -> Result<Vec<Owner>, CarrierError> {
    match (answer.success, answer.code.as_str()) {
        (Some(true), "100") => {}
        (Some(false), code) if code != "100" && !(code.is_empty() && answer.reason.is_empty()) => {
            let said = said(&answer.reason);
            let fix = match code {
                "102" | "104" => Fix::EditAccount,
                "405" => return Err(CarrierError::Busy { said }),
                _ => Fix::AskCarrier,
            };
            return Err(CarrierError::Refused { code: answer.code, said, fix });
        }
        (_, code) => return Err(unknown(format!("neither yes nor no, code {code}"))),
    }
    if answer.logistic_code != no {
        return Err(unknown("an answer that does not name the number"));
    }
    let owner = |one: Shipper| Owner { code: one.shipper_code, name: one.shipper_name };
    let named = |owner: &Owner| !owner.code.is_empty();
    Ok(answer.shippers.into_iter().map(owner).filter(named).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO: &str = "1234567890123";

    fn heard(body: &str) -> Result<Vec<Owner>, CarrierError> {
        owners(serde_json::from_str(body).unwrap(), NO)
    }

    #[test]
    fn all_candidates_are_told_and_nobodys_is_none() {
        let two = heard(include_str!("fixtures/recognised.json")).unwrap();
        let codes: Vec<_> = two.iter().map(|owner| owner.code.as_str()).collect();
        assert_eq!((codes, two[0].name.as_str()), (vec!["YD", "EMS"], "韵达速递"));
        let none = r#"{"Success":true,"LogisticCode":"1234567890123","Code":"100","Shippers":[]}"#;
        assert_eq!(heard(none), Ok(Vec::new()));
    }

    #[test]
    fn every_other_answer_is_no_owner() {
        let refused = |body: &str| match heard(body) {
            Err(CarrierError::Refused { code, fix, .. }) => format!("{code} {fix:?}"),
            Err(CarrierError::Busy { .. }) => "busy".into(),
            Err(CarrierError::Unknown { .. }) => "unknown".into(),
            other => panic!("{other:?}"),
        };
        for (body, want) in [
            (r#"{"Success":false,"ResultCode":"102","Reason":"x"}"#, "102 EditAccount"),
            (r#"{"Success":false,"ResultCode":"105","Reason":"x"}"#, "105 AskCarrier"),
            (r#"{"Success":false,"ResultCode":"405","Reason":"x"}"#, "busy"),
            (r#"{"Success":false,"Reason":"没有可用套餐"}"#, " AskCarrier"),
            (r#"{"Success":true,"Code":"105"}"#, "unknown"),
            (r#"{"Success":true,"Code":"100","LogisticCode":"1"}"#, "unknown"),
            (r#"{"Success":false}"#, "unknown"),
            ("{}", "unknown"),
        ] {
            assert_eq!(refused(body), want, "{body}");
        }
    }
}
