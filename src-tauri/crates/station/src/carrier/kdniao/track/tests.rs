//! The documented answers, every code, and what becomes of what nobody documents.

use super::*;
use crate::{
    carrier::{Carrier, Secret, kdniao::Account, reading::document},
    outside::{Answer, HttpError, Request},
};
use std::sync::Mutex;

const NO: &str = "75312345678901";
const FREE: &str = include_str!("../fixtures/track_1002.json");
const WATCH: &str = include_str!("../fixtures/track_8001.json");

fn heard(body: &str) -> Result<Tracked, CarrierError> {
    let answer = Answer { status: 200, body: body.as_bytes().to_vec() };
    tracked(document(&answer)?, NO, Manner::Home)
}

#[test]
fn the_free_answer_gives_its_state_to_the_newest_event() {
    let heard = heard(FREE).unwrap();
    assert_eq!((heard.no.as_str(), heard.stage), (NO, Some(Stage::Delivered)));
    let stages: Vec<_> = heard.events.iter().map(|e| (e.stage, e.word.as_str())).collect();
    let silent = (Stage::Other, "");
    assert_eq!(stages, [silent, silent, silent, silent, (Stage::Delivered, "3")]);
    // 2026-01-01 18:20:11 in China.
    assert_eq!(heard.events[0].at_ms, 1_767_262_811_000);
    assert_eq!(heard.events[0].text, "【深圳市】示例网点 已揽收");
}

#[test]
fn the_paid_answer_says_a_code_and_a_place_with_each_event() {
    let heard = heard(WATCH).unwrap();
    assert_eq!(heard.stage, Some(Stage::Delivered));
    let got: Vec<_> = heard.events.iter().map(|e| (e.stage, e.place.as_str())).collect();
    assert_eq!(
        got,
        [
            (Stage::Collected, "深圳市"),
            (Stage::InTransit, "深圳市"),
            (Stage::InTransit, "北京市"),
            (Stage::OutForDelivery, "北京市"),
            (Stage::Delivered, "北京市"),
        ]
    );
}

#[test]
fn newest_first_is_turned_round() {
    let mut turned: serde_json::Value = serde_json::from_str(WATCH).unwrap();
    turned["Traces"].as_array_mut().unwrap().reverse();
    assert_eq!(heard(&turned.to_string()), heard(WATCH));
}

/// Each row of the manual's table, by its own words.
#[test]
fn every_documented_code_is_in_the_table() {
    let documented = [
        "1", "10", "2", "201", "202", "204", "205", "206", "211", "3", "301", "302", "304", "311",
        "4", "401", "402", "403", "404", "405", "406", "407", "412", "413", "414", "415", "416",
        "417", "418", "419", "420", "421", "422", "423", "5", "6", "601", "602", "603", "604",
    ];
    assert_eq!(stage::CODES.len(), documented.len());
    for code in documented {
        let stage = stage::of(code).unwrap_or_else(|| panic!("{code}"));
        let signed = code.starts_with('3');
        assert_eq!(stage == Stage::Delivered, signed, "{code}");
        assert_ne!(stage, Stage::Other);
    }
    for manner in [Manner::Home, Manner::Abroad] {
        assert_eq!(manner.of_state("0"), None);
        assert_eq!(manner.of_state("7"), Some(Stage::Other));
        assert_eq!(manner.of_state("31"), Some(Stage::Other));
    }
}

#[test]
fn a_code_of_tomorrow_is_kept_and_means_nothing() {
    let body = WATCH.replace("\"202\"", "\"399\"").replace("\"301\"", "\"398\"");
    let heard = heard(&body).unwrap();
    let words: Vec<_> = heard.events.iter().map(|e| (e.word.as_str(), e.stage)).collect();
    assert_eq!(words[3..], [("399", Stage::Other), ("398", Stage::Other)]);
    // The State beside them is in the table.
    assert_eq!(heard.stage, Some(Stage::Delivered));
    let alone = body.replace("\"State\": \"3\"", "\"State\": \"9\"");
    assert_eq!(super::tests::heard(&alone).unwrap().stage, Some(Stage::Other));
}

#[test]
fn every_answer_leads_somewhere() {
    let no_trace = r#"{"Success":true,"LogisticCode":"75312345678901","State":"0","Traces":[]}"#;
    let code =
        |code: &str| format!(r#"{{"Success":false,"ResultCode":"{code}","Reason":"made up"}}"#);
    let reason = |reason: &str| {
        format!(r#"{{"Success":false,"LogisticCode":"{NO}","State":"0","Reason":"{reason}"}}"#)
    };
    let of_number = |code: &str| format!("refused {code} EditOrder");
    let rows: Vec<(String, String)> = vec![
        (no_trace.into(), "0 events".into()),
        (no_trace.replace("true", "\"1\""), "0 events".into()),
        (reason("暂无轨迹信息"), "0 events".into()),
        (reason("没有可用套餐"), "refused  EditAccount".into()),
        (reason("顺丰单号需提供手机号后四位"), "refused  AskCarrier".into()),
        (reason(""), "unknown".into()),
        (code("101"), of_number("101")),
        (code("102"), "refused 102 EditAccount".into()),
        (code("103"), of_number("103")),
        (code("104"), "refused 104 EditAccount".into()),
        (code("105"), "refused 105 AskCarrier".into()),
        (code("401"), of_number("401")),
        (code("402"), of_number("402")),
        (code("403"), of_number("403")),
        (code("404"), of_number("404")),
        (code("405"), "busy".into()),
        (no_trace.replace("75312345678901", "1"), "unknown".into()),
        (r#"{"Success":true}"#.into(), "unknown".into()),
        (FREE.replace("true", "false"), "unknown".into()),
        (FREE.replace("true", "null"), "unknown".into()),
        ("{}".into(), "unknown".into()),
        ("<html>".into(), "unknown".into()),
        (FREE[..FREE.len() / 2].into(), "unknown".into()),
    ];
    for (body, want) in rows {
        let got = match heard(&body) {
            Ok(tracked) => format!("{} events", tracked.events.len()),
            Err(CarrierError::NotSent { .. }) => "not sent".into(),
            Err(CarrierError::Unknown { .. }) => "unknown".into(),
            Err(CarrierError::Busy { .. }) => "busy".into(),
            Err(CarrierError::Refused { code, fix, .. }) => format!("refused {code} {fix:?}"),
        };
        assert_eq!(got, want, "{body}");
    }
}

struct Canned(Mutex<Vec<Request>>);

impl Http for Canned {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        self.0.lock().unwrap().push(request);
        let body = FREE.as_bytes().to_vec();
        Box::pin(async { Ok(Answer { status: 200, body }) })
    }
}

#[test]
fn abroad_a_place_has_its_own_clock_and_a_code_its_own_meaning() {
    const UPS: &str = "1Z0000000000000001";
    let body = include_str!("../fixtures/track_7101.json");
    let read = |body: &str| {
        let answer = Answer { status: 200, body: body.as_bytes().to_vec() };
        tracked(document(&answer)?, UPS, Manner::Abroad)
    };
    let heard = read(body).unwrap();
    assert_eq!(heard.stage, Some(Stage::Problem));
    let got: Vec<_> = heard.events.iter().map(|e| (e.at_ms, e.stage, e.place.as_str())).collect();
    let want = [
        // 2026-01-01 10:20:11 UTC; 2026-01-02 05:05 and 14:40 UTC.
        (1_767_262_811_000, Stage::InTransit, "SHENZHEN,,CN"),
        (1_767_330_300_000, Stage::InTransit, "ANCHORAGE,AK,US"),
        (1_767_364_800_000, Stage::Problem, "LOUISVILLE,KY,US"),
    ];
    assert_eq!(got, want);
    // 5 is a problem abroad, and 311 is in the table of the home alone.
    let bent = body.replace("\"606\"", "\"311\"").replace("\"State\": \"6\"", "\"State\": \"5\"");
    let bent = read(&bent).unwrap();
    assert_eq!(bent.stage, Some(Stage::Problem));
    assert_eq!((bent.events[2].stage, bent.events[2].word.as_str()), (Stage::Other, "311"));
    for reason in ["没有可用套餐", "非法参数", "made up"] {
        let body = format!(r#"{{"Success":false,"LogisticCode":"{UPS}","Reason":"{reason}"}}"#);
        let no = read(&body);
        assert!(
            matches!(no, Err(CarrierError::Refused { fix: Fix::AskCarrier, .. })),
            "{reason}: a package that is not there stops nobody else: {no:?}"
        );
    }
}

#[test]
fn who_may_asks_abroad_at_its_own_address() {
    for (may, carrier, want) in [
        (true, "UPS", "https://globapi.kdniao.com/api/track/packet"),
        (true, "ZTO", "https://api.kdniao.com/api/dist"),
        (false, "UPS", "https://api.kdniao.com/api/dist"),
    ] {
        let account = Account { track_abroad: may, ..account("YTO", TrackBy::Watch) };
        let (text, url) = asked_of(account, carrier);
        assert_eq!(url, want);
        assert_eq!(text.contains("Sort"), !want.contains("globapi"), "{text}");
        assert!(text.contains(&format!("\"ShipperCode\":\"{carrier}\"")), "{text}");
    }
    let account = Account { track_abroad: true, ..account("YTO", TrackBy::Watch) };
    let kdniao = Kdniao::new(account);
    let hours = |carrier| kdniao.again_after_ms(carrier) / 3_600_000;
    assert_eq!((hours("UPS"), hours("")), (6, 0));
}

fn account(shipper_code: &str, track: TrackBy) -> Account {
    Account {
        track: Some(track),
        ..Account::new("测试", shipper_code, "1234567", "11111111-2222-3333-4444-555555555555")
    }
}

fn asked(shipper_code: &str, track: TrackBy) -> (String, String) {
    asked_of(account(shipper_code, track), "")
}

/// The text KDNiao gets, and where.
fn asked_of(account: Account, carrier: &str) -> (String, String) {
    let kdniao = Kdniao::new(account);
    let asks = [TrackAsk {
        no: NO.into(),
        order_key: "PB-1-A".into(),
        carrier: carrier.to_owned(),
        phone_tail: Secret::new("0001"),
    }];
    let http = Canned(Mutex::default());
    let tracks = kdniao.tracks().expect("it is set");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(tracks.track(&http, &asks)).unwrap().len(), 1);
    let request = http.0.lock().unwrap().pop().unwrap();
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&request.body).unwrap();
    (form[0].1.clone(), request.url)
}

#[test]
fn the_question_is_the_manuals() {
    let (text, url) = asked("YTO", TrackBy::Free);
    let want =
        r#"{"OrderCode":"PB-1-A","ShipperCode":"YTO","LogisticCode":"75312345678901","Sort":0}"#;
    assert_eq!(text, want);
    assert_eq!(url, "https://api.kdniao.com/Ebusiness/EbusinessOrderHandle.aspx");
    for (code, there) in [("SF", true), ("ZTO", true), ("KYSY", true), ("JD", false)] {
        let (text, url) = asked(code, TrackBy::Watch);
        assert_eq!(text.contains(r#""CustomerName":"0001""#), there, "{code}");
        assert_eq!(url, "https://api.kdniao.com/api/dist");
    }
}

#[test]
fn an_account_that_does_not_ask_offers_nothing() {
    let silent = Kdniao::new(Account::new("测试", "YTO", "1234567", "k"));
    assert!(silent.tracks().is_none());
}
