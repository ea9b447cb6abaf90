//! Times of arrival in pushes, which 6016 asks for. No document shows such a push: it is read where
//! it bears a number and the fields of 6006's answer, in `Data` or beside it, as an object, a list
//! or their text; else it says nothing.

use super::offers::{Expected, expected};
use crate::carrier::{
    offers::Eta,
    reading::{is_waybill_no, text},
};
use serde::Deserialize;
use serde_json::Value;

/// Parcels of one push that are read.
const PARCELS_MAX: usize = 500;

/// One parcel.
#[derive(Deserialize)]
struct One {
    #[serde(default, rename = "LogisticCode", deserialize_with = "text")]
    no: String,
    #[serde(flatten)]
    expected: Expected,
}

/// What `RequestData` says of when parcels arrive, by number.
pub fn etas(request_data: &str) -> Vec<(String, Eta)> {
    let Ok(whole) = serde_json::from_str::<Value>(request_data) else { return Vec::new() };
    let inside = match &whole["Data"] {
        Value::String(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        value => value.clone(),
    };
    let many = match inside {
        Value::Array(values) => values,
        object @ Value::Object(_) => vec![object],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![whole],
    };
    let read = |value: Value| {
        let One { no, expected: said } = serde_json::from_value(value).ok()?;
        let eta = expected(said).filter(|_| is_waybill_no(&no))?;
        Some((no, eta))
    };
    many.into_iter().take(PARCELS_MAX).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_wherever_it_stands_with_a_number() {
        let one =
            r#"{"LogisticCode":"75312345678901","DeliveryTime":"01月03日下午可达","Hour":"20h"}"#;
        let text = serde_json::to_string(one).unwrap();
        let want = Eta { when: "01月03日下午可达".into(), hours: Some(20) };
        for push in [
            one.to_owned(),
            format!(r#"{{"Data":{one}}}"#),
            format!(
                r#"{{"EBusinessID":"1234567","Data":[{one},{{"LogisticCode":"75300000000002"}}]}}"#
            ),
            format!(r#"{{"Data":{text}}}"#),
        ] {
            assert_eq!(etas(&push), [("75312345678901".to_owned(), want.clone())], "{push}");
        }
        for none in ["", "[]", "1", "{}", r#"{"Data":"x"}"#, r#"{"Data":[1,{"Hour":"3h"}]}"#] {
            assert_eq!(etas(none), [], "{none}");
        }
    }
}
