//! Documented answers, and what the packer is offered for each.

use super::*;
use crate::{
    carrier::{
        Fix,
        sample::{NOW_MS, access, consignment, heard, word},
        track::Stage,
    },
    order::{FaultCode, Services},
    outside::{Answer, HttpError, Request},
};
use std::sync::{Arc, Mutex};

const NO: &str = "YT0000000000001";
const ISSUED: &str =
    r#"{"logisticsNo":"PB-1-A","mailNo":"YT0000000000001","shortAddress":"310-B12-003"}"#;

fn interface(user_id: &str) -> Interface {
    Interface { user_id: user_id.into(), customer_code: "K1".into(), secret: "SECRET".into() }
}

fn account() -> Account {
    Account {
        access: access(),
        create: interface("CREATE"),
        cancel: None,
        print: None,
        track: Some(interface("TRACK")),
        product: String::new(),
        repeat: Repeat::Held,
    }
}

fn issued(body: &str) -> Result<Waybill, CarrierError> {
    heard(body).and_then(|envelope| answer::issued(envelope, "PB-1-A"))
}

#[test]
fn the_message_is_the_documents() {
    let ask = Consignment { services: Services::default(), ..consignment() };
    let made = map::create(&account(), &ask).expect("nothing is missing");
    assert_eq!(made, include_str!("fixtures/create.json"));
    let faults = map::create(&account(), &consignment()).unwrap_err();
    assert!(faults.len() == 2 && faults.iter().all(|f| f.code == FaultCode::NotOffered));
}

#[test]
fn every_no_says_what_mends_it_and_nothing_unclear_is_a_no() {
    let waybill = issued(ISSUED).expect("issued");
    assert_eq!((waybill.no.as_str(), waybill.sort_code.as_str()), (NO, "310-B12-003"));
    let no = r#"{"success":"false","code":"2002","message":"签名错误"}"#;
    assert_eq!(word(&issued(no)), ("refused", "2002", Some(Fix::AskCarrier)));
    let reason = r#"{"success":false,"code":"S01","reason":"参数为空"}"#;
    assert_eq!(word(&issued(reason)), ("refused", "S01", Some(Fix::AskCarrier)));
    for body in [
        ISSUED.replace("PB-1-A", "PB-2-A"),
        ISSUED.replace(NO, ""),
        r#"{"success":"true","code":"1001"}"#.into(),
        r#"{"success":false}"#.into(),
        ISSUED[..50].into(),
        "[]".into(),
        "{}".into(),
        "<html>502</html>".into(),
    ] {
        assert_eq!(word(&issued(&body)).0, "unknown", "{body}");
    }
}

#[test]
fn a_cancel_is_done_when_it_names_the_order() {
    let cancelled = |body: &str| heard(body).and_then(|e| answer::cancelled(e, "PB-1-A"));
    assert_eq!(cancelled(r#"{"logisticsNo":"PB-1-A"}"#), Ok(()));
    assert_eq!(word(&cancelled("{}")).0, "unknown");
    let no = r#"{"success":"false","code":"7","reason":"已揽收"}"#;
    assert_eq!(word(&cancelled(no)).0, "refused");
}

#[test]
fn a_trace_is_in_order_and_an_unknown_word_is_no_progress() {
    let answer = heard(include_str!("fixtures/traced.json")).expect("read");
    let traced = answer::traced(answer, NO).expect("traced");
    let stages: Vec<_> =
        traced.events.iter().map(|event| (event.word.as_str(), event.stage)).collect();
    assert_eq!(
        stages,
        [("GOT", Stage::Collected), ("NEWWORD", Stage::Other), ("SIGNED", Stage::Delivered)]
    );
    let traced = |body: &str| heard(body).and_then(|answer| answer::traced(answer, NO));
    let none = traced(r#"{"code":"1001","success":"true","message":"查询结果为空"}"#);
    assert!(none.expect("no trace yet").events.is_empty());
    assert_eq!(
        word(&traced(r#"{"code":"1002","success":"false","message":"无权限"}"#)).0,
        "refused"
    );
    for body in [r#"{"success":"true"}"#, "{}", "null", "7"] {
        assert_eq!(word(&traced(body)).0, "unknown", "{body}");
    }
}

/// Says one thing and remembers where it was asked.
struct Canned(Mutex<Vec<String>>);

impl Http for Canned {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        self.0.lock().expect("no test panics in it").push(request.url);
        Box::pin(async { Ok(Answer { status: 200, body: b"[]".to_vec() }) })
    }
}

#[tokio::test]
async fn each_interface_has_its_own_address() {
    let yto = Yto::new(account(), Arc::new(|| NOW_MS));
    let canned = Canned(Mutex::default());
    assert_eq!(yto.balance(&canned).await, Ok(None));
    let _ = yto.void_waybill(&canned, &yto.void_request("PB-1-A", NO)).await;
    let host = "https://openapi.yto.net.cn:11443/open";
    assert_eq!(
        *canned.0.lock().expect("no test panics in it"),
        [
            format!("{host}/track_query_adapter/v1/TRACK/K1"),
            format!("{host}/korder_cancel_adapter/v1/CREATE/K1"),
        ]
    );
}

#[test]
fn every_documented_word_means_what_the_documents_say() {
    for (word, stage) in [
        ("GOT", Stage::Collected),
        ("ARRIVAL", Stage::InTransit),
        ("DEPARTURE", Stage::InTransit),
        ("FORWARDING", Stage::InTransit),
        ("AIRSEND", Stage::InTransit),
        ("AIRPICK", Stage::InTransit),
        ("SENT_SCAN", Stage::OutForDelivery),
        ("INBOUND", Stage::AwaitsReceiver),
        ("SIGNED", Stage::Delivered),
        ("FAILED", Stage::Problem),
        ("TMS_RETURN", Stage::Returning),
    ] {
        assert_eq!(codes::stage(word), stage, "{word}");
    }
    assert_eq!(codes::stage("signed"), Stage::Other);
}
