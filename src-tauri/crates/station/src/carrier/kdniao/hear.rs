//! Pushes: RequestType 101 (free) and 102 (paid), whole traces of many parcels. Signed like our own
//! requests, over the received text. What is not answered with success comes again.

use super::{
    Kdniao, sign,
    track::{self, Trail},
};
use crate::carrier::{
    hear::{Heard, Hears, Push},
    reading::{inner, is_waybill_no, list, text},
};
use jiff::{
    Timestamp,
    tz::{self, TimeZone},
};
use serde::Deserialize;

/// Traces, free and paid.
const TRACES: [&str; 2] = ["101", "102"];
/// Parcels of one push that are read; real ones hold a few.
const PARCELS_MAX: usize = 500;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Form {
    request_data: String,
    data_sign: String,
    request_type: String,
    #[serde(default, rename = "EBusinessID")]
    business_id: String,
}

/// `RequestData` of a push.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Told {
    #[serde(default, rename = "EBusinessID", deserialize_with = "text")]
    business_id: String,
    #[serde(default, deserialize_with = "list")]
    data: Vec<Wrapped>,
}

/// One of `Data`: an object, or its text.
struct Wrapped(Option<Trail>);

impl<'de> Deserialize<'de> for Wrapped {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        inner(from).map(Self)
    }
}

impl Hears for Kdniao {
    fn hear(&self, push: Push<'_>) -> Heard {
        let Ok(form) = serde_urlencoded::from_bytes::<Form>(push.body) else {
            return Heard::NotMine;
        };
        let told: Option<Told> = serde_json::from_str(&form.request_data).ok();
        let inside = told.as_ref().map_or("", |told| told.business_id.as_str());
        let whose = if form.business_id.is_empty() { inside } else { &form.business_id };
        let own = self.account.business_id.as_str();
        if whose != own {
            return Heard::NotMine;
        }
        let refused = |why: &'static str| {
            let answer = answer(own, push.now_ms, false, why);
            Heard::Refused { answer, why }
        };
        let sign = sign::data_sign(&form.request_data, self.account.api_key.expose());
        if !same(sign.as_bytes(), form.data_sign.trim().as_bytes()) {
            return refused("the signature is wrong");
        }
        let Some(told) = told else { return refused("RequestData is not the documented JSON") };
        if !TRACES.contains(&form.request_type.as_str()) {
            return refused("this RequestType is not taken here");
        }
        let tracked = told
            .data
            .into_iter()
            .filter_map(|one| one.0)
            .filter(|trail| is_waybill_no(&trail.logistic_code) && trail.success != Some(false))
            .take(PARCELS_MAX)
            .map(track::read)
            .collect();
        Heard::Tracks { tracked, answer: answer(own, push.now_ms, true, "") }
    }
}

/// Takes as long for a wrong signature as for a right one.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// `UpdateTime` is China's time.
fn answer(business_id: &str, now_ms: i64, success: bool, reason: &str) -> String {
    let now = Timestamp::from_millisecond(now_ms).unwrap_or_default();
    let china = now.to_zoned(TimeZone::fixed(tz::offset(8)));
    let update_time = china.strftime("%Y-%m-%d %H:%M:%S").to_string();
    serde_json::json!({
        "EBusinessID": business_id,
        "UpdateTime": update_time,
        "Success": success,
        "Reason": reason,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::kdniao::Account;

    const KEY: &str = "11111111-2222-3333-4444-555555555555";
    const PUSH: &str = include_str!("fixtures/push_102.json");

    fn heard(data: &str, request_type: &str, sign: &str) -> Heard {
        let kdniao = Kdniao::new(Account::new("测试", "ZTO", "1234567", KEY));
        let fields = [("RequestData", data), ("RequestType", request_type), ("DataSign", sign)];
        let body = serde_urlencoded::to_string(fields).unwrap();
        // 2026-01-02 03:15:01 in China.
        kdniao.hear(Push { body: body.as_bytes(), now_ms: 1_767_294_901_000 })
    }

    #[test]
    fn a_signed_push_is_read_and_answered_as_documented() {
        let heard = heard(PUSH, "102", &sign::data_sign(PUSH, KEY));
        let Heard::Tracks { tracked, answer } = heard else { panic!("{heard:?}") };
        assert_eq!((tracked.len(), tracked[0].no.as_str()), (1, "75312345678901"));
        assert_eq!(tracked[0].events.len(), 2);
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let want = serde_json::json!({"EBusinessID": "1234567",
            "UpdateTime": "2026-01-02 03:15:01", "Success": true, "Reason": ""});
        assert_eq!(answer, want);
    }

    #[test]
    fn what_is_not_proven_is_not_believed() {
        let right = sign::data_sign(PUSH, KEY);
        let refused = |heard: Heard| match heard {
            Heard::Refused { answer, .. } => answer.contains("\"Success\":false"),
            Heard::NotMine | Heard::Tracks { .. } => false,
        };
        assert!(refused(heard(PUSH, "102", &sign::data_sign(PUSH, "another"))));
        assert!(refused(heard(PUSH, "102", "")));
        assert!(refused(heard(&PUSH.replace("204", "301"), "102", &right)));
        assert!(refused(heard(PUSH, "103", &right)));
        let other = PUSH.replace("1234567\"", "7654321\"");
        assert_eq!(heard(&other, "102", &sign::data_sign(&other, KEY)), Heard::NotMine);
        let kdniao = Kdniao::new(Account::new("测试", "ZTO", "1234567", KEY));
        for body in ["", "{}", "RequestData=%7B%7D", "param=1&sign=2"] {
            let push = Push { body: body.as_bytes(), now_ms: 0 };
            assert_eq!(kdniao.hear(push), Heard::NotMine, "{body}");
        }
    }
}
