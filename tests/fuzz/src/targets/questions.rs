//! What KDNiao answers to its rarer questions, and what it pushes, signed with the account's own
//! key: whatever is in it, only what was said is told.

use super::{at_once, carrier::Same, has};
use base64::{Engine, prelude::BASE64_STANDARD};
use md5::{Digest, Md5};
use station::{
    carrier::{
        Carrier, CarrierError,
        apply::ApplyOutcome,
        hear::{Heard, News, Push},
        kdniao::{Account, Kdniao, TrackBy},
        offers::{Route, RoutePoint, Sent, Way},
        track::TrackAsk,
    },
    order::Address,
};
use std::{fmt::Debug, sync::LazyLock};

const STATUSES: [u16; 6] = [200, 200, 200, 429, 502, 302];
const PUSHES: [&str; 6] = ["101", "102", "103", "109", "107", "1117"];
const KEY: &str = "key-of-nobody";
const NO: &str = "75312345678901";
const NOW_MS: i64 = 1_795_226_400_000;

static CARRIER: LazyLock<Kdniao> = LazyLock::new(|| {
    Kdniao::new(Account {
        pickup: true,
        queries: true,
        map_pushes: true,
        eta_pushes: true,
        track: Some(TrackBy::Watch),
        ..Account::new("中通", "ZTO", "1234567", KEY)
    })
});

/// The first byte chooses HTTP status and RequestType, the rest is the body.
pub fn questions(bytes: &[u8]) {
    let Some((&first, body)) = bytes.split_first() else { return };
    let first = usize::from(first);
    let status = STATUSES[first % STATUSES.len()];
    let http = Same(status, body);
    asked(&http, status, body);
    pushed(PUSHES[first / STATUSES.len() % PUSHES.len()], body);
}

fn way() -> Way {
    let place = |city: &str, district: &str| Address {
        province: "浙江省".into(),
        city: city.into(),
        district: district.into(),
        detail: "示例路 1 号".into(),
        ..Address::default()
    };
    let (from, to) = (place("杭州市", "余杭区"), place("宁波市", "海曙区"));
    Way { from, to, weight_g: 1_000, insured_fen: None }
}

/// A "yes" comes by HTTP 200 alone, what arrived is never "not sent", and words stay short.
fn outcome<T: Debug>(outcome: Result<T, CarrierError>, status: u16) -> Option<T> {
    match outcome {
        Ok(told) => {
            assert_eq!(status, 200, "{told:?} out of HTTP {status}");
            return Some(told);
        }
        Err(CarrierError::NotSent { why }) => panic!("it was sent: {why}"),
        Err(CarrierError::Unknown { why }) => assert!(why.chars().count() < 400),
        Err(CarrierError::Busy { said }) => assert!(said.chars().count() <= 300),
        Err(CarrierError::Refused { said, .. }) => {
            assert!(status == 200 && said.chars().count() <= 300);
        }
    }
    None
}

fn asked(http: &Same<'_>, status: u16, body: &[u8]) {
    let kdniao = &*CARRIER;
    let said = |text: &str| has(body, text.as_bytes()) || has(body, b"\\");
    let phone_tails = ["1234".into(), "0001".into()];
    let sent = Sent { way: way(), no: NO.into(), phone_tails, left_at_ms: NOW_MS };
    let ask: TrackAsk = sent.to_track();

    let recognises = kdniao.recognises().expect("recognises");
    let owners = outcome(at_once(recognises.recognise(http, NO)), status);
    for owner in owners.into_iter().flatten() {
        assert!(!owner.code.is_empty() && said(&owner.code), "{owner:?}");
    }
    let outlets = kdniao.outlets().expect("says outlets");
    let outlets = outcome(at_once(outlets.outlets(http, &sent.way.to)), status);
    assert!(outlets.into_iter().flatten().all(|one| !one.name.is_empty()));
    let splits = kdniao.splits().expect("splits");
    if let Some(split) = outcome(at_once(splits.split(http, "text")), status) {
        assert!(said(&split.person.name) && said(&split.person.address.city), "{split:?}");
    }
    let reaches = kdniao.reaches().expect("says reach");
    let _ = outcome(at_once(reaches.reach(http, &sent.way)), status);
    let estimates = kdniao.estimates_sent().expect("says times");
    if let Some(eta) = outcome(at_once(estimates.estimate_sent(http, &sent)), status) {
        assert!(said(&eta.when) && (!eta.when.is_empty() || eta.hours.is_some()), "{eta:?}");
    }
    let told = kdniao.tells_etas().expect("is told").tell_eta(http, &sent);
    let _ = outcome(at_once(told), status);
    let routes = kdniao.routes().expect("draws");
    if let Some(route) = outcome(at_once(routes.route(http, &sent)), status) {
        drawn(&route);
    }
    let told = kdniao.tells_routes().expect("is told").tell_route(http, &sent);
    if let Some(route) = outcome(at_once(told), status) {
        drawn(&route);
    }
    let subscribes = kdniao.subscribes().expect("subscribes");
    if outcome(at_once(subscribes.subscribe(http, &ask)), status).is_some() {
        assert!(said("uccess"), "nobody said yes");
    }
}

/// Every place is on the globe, in China's half of it.
fn drawn(route: &Route) {
    let on = |point: &RoutePoint| {
        (-90_000_000..=90_000_000).contains(&point.lat_udeg)
            && (-180_000_000..=180_000_000).contains(&point.lng_udeg)
    };
    assert!(route.passed.iter().chain(&route.ahead).all(on), "{route:?}");
    assert!(route.passed.len() <= 200 && route.ahead.len() <= 200);
}

fn pushed(request_type: &str, body: &[u8]) {
    let Ok(data) = std::str::from_utf8(body) else { return };
    let hex: String =
        Md5::digest(format!("{data}{KEY}")).iter().map(|byte| format!("{byte:02x}")).collect();
    let sign = BASE64_STANDARD.encode(hex);
    let fields = [
        ("RequestData", data),
        ("RequestType", request_type),
        ("DataSign", &sign),
        ("EBusinessID", "1234567"),
    ];
    let form = serde_urlencoded::to_string(fields).expect("pairs of texts");
    let hears = CARRIER.hears().expect("hears");
    match hears.hear(Push { body: form.as_bytes(), now_ms: NOW_MS }) {
        Heard::Tracks { news, answer } => {
            assert!(answer.contains("\"Success\":true") && request_type != "107");
            told(&news, body);
        }
        Heard::Pickups { told, answer } => {
            assert!(answer.contains("\"Success\":true") && request_type == "103");
            assert!(told.iter().all(|one| one.fees.is_none_or(|fees| fees.adds_up())));
        }
        Heard::Applied { told, answer } => {
            assert!(answer.contains("\"Success\":true") && request_type == "1117");
            if let ApplyOutcome::Granted { customer_name, .. } = &told.outcome {
                let name = customer_name.as_bytes();
                assert!(!name.is_empty() && (has(body, name) || has(body, b"\\")));
            }
        }
        // A text that begins like a coded one is decoded, and has another signature then.
        Heard::Refused { answer, .. } => assert!(answer.contains("\"Success\":false")),
        other => panic!("it is for this account: {other:?}"),
    }
}

fn told(news: &News, body: &[u8]) {
    let said = |text: &str| has(body, text.as_bytes()) || has(body, b"\\");
    for one in &news.tracked {
        assert!(said(&one.no), "{} was never said", one.no);
        assert!(one.events.is_sorted_by_key(|event| event.at_ms) && one.events.len() <= 300);
    }
    for (no, route) in &news.routes {
        assert!(said(no));
        drawn(route);
    }
    for (no, eta) in &news.etas {
        assert!(said(no) && said(&eta.when), "{eta:?}");
        assert!(!eta.when.is_empty() || eta.hours.is_some());
    }
    assert!(news.told_at_ms <= NOW_MS, "nobody tells of the future");
}
