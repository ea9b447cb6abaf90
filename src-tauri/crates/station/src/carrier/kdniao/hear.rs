//! Pushes: RequestType 101 (free) and 102 (paid, also with a map), whole traces of many parcels,
//! 103, what became of couriers, and 1117, of applications. Signed like our own requests, over the
//! received text. What is not answered with success comes again.

use super::{
    Kdniao, apply, codes,
    drawn::Drawn,
    expect, pickup, sign,
    track::{self, Trail},
};
use crate::carrier::{
    hear::{Heard, Hears, News, Push},
    moment,
    offers::Route,
    pickup::PickupTold,
    reading::{inner, is_waybill_no, list, text},
};
use serde::{Deserialize, de::DeserializeOwned};

/// Traces, free and paid.
const TRACES: [&str; 2] = ["101", "102"];
/// What became of couriers.
const COURIERS: &str = "103";
/// What became of an application for a customer number.
const APPLIED: &str = "1117";
/// Pushes of other things, which are not taken here: 代收货款 and what no document names.
const OTHERS: [&str; 2] = ["107", "108"];
/// What a push of no known RequestType is then, where it was asked for.
const TIMES: &str = codes::SUBSCRIBE_ETA;
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

impl Form {
    /// A sender that encodes twice is read as well: one client of 2026 met such pushes.
    fn decoded(mut self) -> Self {
        let is_coded = ["%7B", "%7b"].iter().any(|mark| self.request_data.starts_with(mark));
        if is_coded {
            let pair: Result<Vec<(String, String)>, _> =
                serde_urlencoded::from_str(&format!("_={}", self.request_data));
            self.request_data = pair.into_iter().flatten().map(|(_, text)| text).collect();
        }
        self.data_sign = self.data_sign.replace("%3D", "=").replace("%3d", "=");
        self
    }
}

/// `RequestData` of a push.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", bound = "T: DeserializeOwned")]
struct Told<T> {
    #[serde(default, deserialize_with = "list")]
    data: Vec<T>,
    /// China's time.
    #[serde(default, deserialize_with = "text")]
    push_time: String,
    /// The map of a single parcel: one of two sources has it here, the other in `Data`.
    #[serde(flatten)]
    drawn: Drawn,
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
        let form = form.decoded();
        let inside: Option<Whose> = serde_json::from_str(&form.request_data).ok();
        let inside = inside.as_ref().map_or("", |whose| whose.business_id.as_str());
        let whose = if form.business_id.is_empty() { inside } else { &form.business_id };
        let own = self.account.business_id.as_str();
        if whose != own {
            return Heard::NotMine;
        }
        let applied = form.request_type == APPLIED;
        let answered = |success: bool, why: &str| match applied {
            true => answer_1117(own, success, why),
            false => answer(own, push.now_ms, success, why),
        };
        let refused = |why: &'static str| {
            let answer = answered(false, why);
            Heard::Refused { answer, why }
        };
        let sign = sign::data_sign(&form.request_data, self.account.api_key.expose());
        if !same(sign.as_bytes(), form.data_sign.trim().as_bytes()) {
            return refused("the signature is wrong");
        }
        let answer = answered(true, "");
        let heard = match form.request_type.as_str() {
            COURIERS => couriers(&form.request_data, push.now_ms)
                .map(|told| Heard::Pickups { told, answer }),
            APPLIED => apply::told(&form.request_data)
                .map(|told| Heard::Applied { told: Box::new(told), answer }),
            traces if TRACES.contains(&traces) => self
                .parcels(&form.request_data, push.now_ms)
                .map(|news| Heard::Tracks { news, answer }),
            other if self.account.eta_pushes && !OTHERS.contains(&other) => {
                let (etas, told_at_ms) = (expect::etas(&form.request_data), push.now_ms);
                let news = News { etas, told_at_ms, unseen: Some(TIMES), ..News::default() };
                Some(Heard::Tracks { news, answer })
            }
            _ => return refused("this RequestType is not taken here"),
        };
        heard.unwrap_or_else(|| refused("RequestData is not the documented JSON"))
    }
}

impl Kdniao {
    fn parcels(&self, data: &str, now_ms: i64) -> Option<News> {
        let told: Told<Wrapped> = serde_json::from_str(data).ok()?;
        // A push that was on its way for long may come behind a later one; none is of the future.
        let told_at_ms = moment::ms(&told.push_time).map_or(now_ms, |ms| ms.min(now_ms));
        let known =
            |trail: &Trail| is_waybill_no(&trail.logistic_code) && trail.success != Some(false);
        let trails = told.data.into_iter().filter_map(|one| one.0).filter(known);
        let mut trails: Vec<Trail> = trails.take(PARCELS_MAX).collect();
        let mut routes = Vec::new();
        for trail in &mut trails {
            if let Some(route) = std::mem::take(&mut trail.drawn).route() {
                let route = Route { told_at_ms: Some(told_at_ms), ..route };
                routes.push((trail.logistic_code.clone(), route));
            }
        }
        if let ([only], true) = (trails.as_slice(), routes.is_empty())
            && let Some(route) = told.drawn.route()
        {
            let route = Route { told_at_ms: Some(told_at_ms), ..route };
            routes.push((only.logistic_code.clone(), route));
        }
        let read = |trail: Trail| {
            let manner = self.manner(&trail.shipper_code);
            track::read(trail, manner)
        };
        let etas = if self.account.eta_pushes { expect::etas(data) } else { Vec::new() };
        let tracked = trails.into_iter().map(read).collect();
        Some(News { tracked, routes, etas, told_at_ms, unseen: None })
    }
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

/// 1117 wants its own form: two clients agree in it, but for `Reason`, which all others have.
fn answer_1117(business_id: &str, success: bool, why: &str) -> String {
    serde_json::json!({
        "EBusinessID": business_id,
        "RequestType": APPLIED,
        "Success": success,
        "Message": why,
        "Reason": why,
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
        let Heard::Tracks { news: News { tracked, .. }, answer } = heard else {
            panic!("{heard:?}")
        };
        assert_eq!((tracked.len(), tracked[0].no.as_str()), (1, "75312345678901"));
        assert_eq!(tracked[0].events.len(), 2);
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let want = serde_json::json!({"EBusinessID": "1234567",
            "UpdateTime": "2026-01-02 03:15:01", "Success": true, "Reason": ""});
        assert_eq!(answer, want);
    }

    #[test]
    fn a_map_is_read_in_the_parcel_or_beside_it() {
        let inside = include_str!("fixtures/push_102_map.json");
        let mut beside: serde_json::Value = serde_json::from_str(inside).unwrap();
        for field in [
            "SenderCityLatAndLng",
            "ReceiverCityLatAndLng",
            "Coordinates",
            "PreCoordinates",
            "RouteMapUrl",
        ] {
            beside[field] = beside["Data"][0][field].take();
        }
        for push in [inside.to_owned(), beside.to_string()] {
            let heard = heard(&push, "102", &sign::data_sign(&push, KEY));
            let Heard::Tracks { news: News { tracked, routes, .. }, .. } = heard else {
                panic!("{heard:?}")
            };
            assert_eq!((tracked.len(), routes.len()), (1, 1));
            let (no, route) = &routes[0];
            assert_eq!((no.as_str(), route.passed.len()), ("75312345678901", 2));
            assert_eq!((route.ahead.len(), route.passed[1].place.as_str()), (1, "武汉市"));
            // 2026-01-02 03:15:00 in China.
            assert_eq!(route.told_at_ms, Some(1_767_294_900_000));
        }
        // Two parcels and one map: nobody says whose.
        let one = beside["Data"][0].clone();
        beside["Data"].as_array_mut().unwrap().push(one);
        let push = beside.to_string();
        let heard = heard(&push, "102", &sign::data_sign(&push, KEY));
        assert!(matches!(heard, Heard::Tracks { news, .. } if news.routes.is_empty()));
    }

    #[test]
    fn a_time_of_arrival_is_taken_where_it_was_asked_for() {
        let told = r#"{"Data":[{"LogisticCode":"75312345678901","DeliveryDate":"2026-01-03"}]}"#;
        let account = Account::new("测试", "ZTO", "1234567", KEY);
        let asked = Kdniao::new(Account { eta_pushes: true, ..account.clone() });
        let heard = |kdniao: &Kdniao, data: &str, request_type: &str| {
            let sign = sign::data_sign(data, KEY);
            let fields = [
                ("RequestData", data),
                ("RequestType", request_type),
                ("DataSign", &sign),
                ("EBusinessID", "1234567"),
            ];
            let body = serde_urlencoded::to_string(fields).unwrap();
            kdniao.hear(Push { body: body.as_bytes(), now_ms: 7 })
        };
        for (data, etas) in [(told, 1), ("{}", 0)] {
            let Heard::Tracks { news, .. } = heard(&asked, data, "109") else { panic!("{data}") };
            assert_eq!((news.etas.len(), news.unseen, news.told_at_ms), (etas, Some("6016"), 7));
        }
        let Heard::Tracks { news, .. } = heard(&asked, told, "102") else { panic!("a trace") };
        assert_eq!((news.etas.len(), news.unseen), (1, None));
        for (kdniao, request_type) in [(&asked, "107"), (&Kdniao::new(account), "109")] {
            let heard = heard(kdniao, told, request_type);
            assert!(matches!(heard, Heard::Refused { .. }), "{heard:?}");
        }
    }

    #[test]
    fn a_push_that_was_encoded_twice_is_proven_all_the_same() {
        let twice = |text: &str| {
            let once = serde_urlencoded::to_string([("_", text)]).unwrap();
            once[2..].to_owned()
        };
        let sign = twice(&sign::data_sign(PUSH, KEY));
        assert!(sign.contains('%'));
        // Its EBusinessID stands inside: found there too.
        assert!(matches!(heard(&twice(PUSH), "102", &sign), Heard::Tracks { .. }));
        let bent = twice(&PUSH.replace("204", "301"));
        assert!(matches!(heard(&bent, "102", &sign), Heard::Refused { .. }));
    }

    #[test]
    fn what_is_not_proven_is_not_believed() {
        let right = sign::data_sign(PUSH, KEY);
        let refused = |heard: Heard| match heard {
            Heard::Refused { answer, .. } => answer.contains("\"Success\":false"),
            Heard::NotMine
            | Heard::Tracks { .. }
            | Heard::Pickups { .. }
            | Heard::Applied { .. } => false,
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
