//! Documented answers, and what the packer is offered for each.

use super::*;
use crate::{
    carrier::{
        Fix,
        sample::{access, consignment, heard, word},
        track::Stage,
    },
    order::{FaultCode, Services},
};

const NO: &str = "770000000000001";
const ISSUED: &str = include_str!("fixtures/issued.json");

fn account() -> Account {
    Account {
        access: access(),
        from_appkey: "PBTEST".into(),
        from_code: "PBTEST".into(),
        secret_key: "SECRET".into(),
        order_source: "PBTEST".into(),
        site_code: "310000".into(),
        customer_name: "PBTEST".into(),
        site_pwd: "PASSWORD".into(),
        month_customer_code: String::new(),
        repeat: Repeat::Held,
    }
}

fn ask(no: &str) -> TrackAsk {
    TrackAsk {
        no: no.into(),
        order_key: String::new(),
        carrier: String::new(),
        phone_tail: Secret::default(),
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
    assert_eq!(waybill.bag_place, "上海浦东集包");
    let no = r#"{"success":"false","errorCode":"E1001","errorMsg":"网点密码错误","data":null}"#;
    assert_eq!(word(&issued(no)), ("refused", "E1001", Some(Fix::AskCarrier)));
    for body in [
        ISSUED.replace("PB-1-A", "PB-2-A"),
        ISSUED.replace(NO, ""),
        ISSUED.replace("\"true\"", "null"),
        r#"{"success":true,"data":null}"#.into(),
        r#"{"success":true,"data":[1]}"#.into(),
        r#"{"success":false}"#.into(),
        ISSUED[..100].into(),
        "{}".into(),
        "<html>502</html>".into(),
    ] {
        assert_eq!(word(&issued(&body)).0, "unknown", "{body}");
    }
    let as_text = r#"{"success":true,"data":"{\"waybillNo\":\"770000000000001\"}"}"#;
    assert_eq!(issued(as_text).expect("issued").no, NO);
}

#[test]
fn a_trace_is_in_order_and_an_unknown_word_is_no_progress() {
    let answer = heard(include_str!("fixtures/traced.json")).expect("read");
    let asks = [ask(NO), ask("770000000000002")];
    let all = answer::traced(answer, &asks).expect("traced");
    let stages: Vec<_> =
        all[0].events.iter().map(|event| (event.word.as_str(), event.stage)).collect();
    assert_eq!(
        stages,
        [("收件", Stage::Collected), ("换乘", Stage::Other), ("签收", Stage::Delivered)]
    );
    assert!(all[1].events.is_empty());
    let list = heard(r#"{"success":true,"data":[]}"#).expect("read");
    assert_eq!(word(&answer::traced(list, &asks)).0, "unknown");
}
