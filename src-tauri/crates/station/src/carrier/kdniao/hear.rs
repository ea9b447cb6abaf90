//! Pushes: RequestType 101 (free) and 102 (paid), whole traces of many parcels, and 103, what
//! became of couriers. Signed like our own requests, over the received text. What is not answered
//! with success comes again.

use super::{
    Kdniao, pickup, sign,
    track::{self, Trail},
};
use crate::carrier::{
    hear::{Heard, Hears, Push},
    moment,
    pickup::PickupTold,
    reading::{inner, is_waybill_no, list, text},
    track::Tracked,
};
use serde::{Deserialize, de::DeserializeOwned};

/// Traces, free and paid.
const TRACES: [&str; 2] = ["101", "102"];
/// What became of couriers.
const COURIERS: &str = "103";
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
#[serde(rename_all = "PascalCase", bound = "T: DeserializeOwned")]
struct Told<T> {
    #[serde(default, deserialize_with = "list")]
    data: Vec<T>,
}

/// Whose it is, for pushes that say it inside alone.
#[derive(Deserialize)]
struct Whose {
    #[serde(default, rename = "EBusinessID", deserialize_with = "text")]
    business_id: String,
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
        let inside: Option<Whose> = serde_json::from_str(&form.request_data).ok();
        let inside = inside.as_ref().map_or("", |whose| whose.business_id.as_str());
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
        let answer = answer(own, push.now_ms, true, "");
        let heard = match form.request_type.as_str() {
            COURIERS => couriers(&form.request_data, push.now_ms)
                .map(|told| Heard::Pickups { told, answer }),
            traces if TRACES.contains(&traces) => {
                parcels(&form.request_data).map(|tracked| Heard::Tracks { tracked, answer })
            }
            _ => return refused("this RequestType is not taken here"),
        };
        heard.unwrap_or_else(|| refused("RequestData is not the documented JSON"))
    }
}

fn parcels(data: &str) -> Option<Vec<Tracked>> {
    let told: Told<Wrapped> = serde_json::from_str(data).ok()?;
    let known = |trail: &Trail| is_waybill_no(&trail.logistic_code) && trail.success != Some(false);
    let trails = told.data.into_iter().filter_map(|one| one.0).filter(known);
    Some(trails.take(PARCELS_MAX).map(track::read).collect())
}

fn couriers(data: &str, now_ms: i64) -> Option<Vec<PickupTold>> {
    let told: Told<pickup::Wrapped> = serde_json::from_str(data).ok()?;
    let told = told.data.into_iter().filter_map(|one| one.0).take(PARCELS_MAX);
    Some(told.filter_map(|one| pickup::read(one, now_ms)).collect())
}

/// Takes as long for a wrong signature as for a right one.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// `UpdateTime` is China's time.
fn answer(business_id: &str, now_ms: i64, success: bool, reason: &str) -> String {
    serde_json::json!({
        "EBusinessID": business_id,
        "UpdateTime": moment::text(now_ms),
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
            Heard::NotMine | Heard::Tracks { .. } | Heard::Pickups { .. } => false,
        };
        assert!(refused(heard(PUSH, "102", &sign::data_sign(PUSH, "another"))));
        assert!(refused(heard(PUSH, "102", "")));
        assert!(refused(heard(&PUSH.replace("204", "301"), "102", &right)));
        assert!(refused(heard(PUSH, "107", &right)));
        let other = PUSH.replace("1234567\"", "7654321\"");
        assert_eq!(heard(&other, "102", &sign::data_sign(&other, KEY)), Heard::NotMine);
        let kdniao = Kdniao::new(Account::new("测试", "ZTO", "1234567", KEY));
        for body in ["", "{}", "RequestData=%7B%7D", "param=1&sign=2"] {
            let push = Push { body: body.as_bytes(), now_ms: 0 };
            assert_eq!(kdniao.hear(push), Heard::NotMine, "{body}");
        }
    }
}
