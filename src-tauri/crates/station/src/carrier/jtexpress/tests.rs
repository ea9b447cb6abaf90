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

const NO: &str = "JT0000000000001";
const ISSUED: &str = concat!(
    r#"{"code":"1","msg":"success","data":{"txlogisticId":"PB-1-A","billCode":"JT0000000000001","#,
    r#""sortingCode":"310 B12-003","sumFreight":null,"createOrderTime":"2026-11-21 10:00:00","#,
    r#""lastCenterName":"华东转运中心"}}"#
);

fn account() -> Account {
    Account {
        access: access(),
        api_account: "178337126125932605".into(),
        private_key: "JTPRIVATEKEY".into(),
        customer_code: "J0000000001".into(),
        password: "JTPWD123".into(),
        network: String::new(),
        goods_type: String::new(),
        pay: None,
        privacy: false,
    }
}

fn issued(body: &str) -> Result<Waybill, CarrierError> {
    heard(body).and_then(|envelope| answer::issued(envelope, "PB-1-A"))
}

#[test]
fn the_message_is_the_documents() {
    let services = Services::default();
    let ask = Consignment { services, ..consignment() };
    let made = map::create(&account(), &ask).expect("nothing is missing");
    assert_eq!(made, include_str!("fixtures/create.json"));
    let services = Services { pay: Some(PayBy::Receiver), ..services };
    let paid = Consignment { services, ..consignment() };
    assert!(map::create(&account(), &paid).expect("nothing is missing").contains("CC_CASH"));
    let heavy = Consignment { weight_g: Some(30_001), ..consignment() };
    let faults = map::create(&account(), &heavy).unwrap_err();
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    assert_eq!(
        found,
        [
            ("cod", FaultCode::NotOffered),
            ("insured", FaultCode::NotOffered),
            ("weight", FaultCode::TooLong),
        ]
    );
}

#[test]
fn every_no_says_what_mends_it_and_nothing_unclear_is_a_no() {
    for yes in [ISSUED.to_owned(), ISSUED.replace("\"code\":\"1\"", "\"code\":1")] {
        let waybill = issued(&yes).expect("issued");
        assert_eq!((waybill.no.as_str(), waybill.sort_code.as_str()), (NO, "310 B12-003"));
        assert_eq!(waybill.bag_place, "华东转运中心");
    }
    let found = r#"{"code":"1","data":[{"txlogisticId":"PB-1-A","billCode":"JT0000000000001"}]}"#;
    assert_eq!(issued(found).expect("found").no, NO);
    for code in ["145003050", "\"145003101\"", "0"] {
        let no = format!(r#"{{"code":{code},"msg":"客户订单号已存在","data":null}}"#);
        let code = code.trim_matches('"');
        assert_eq!(word(&issued(&no)), ("refused", code, Some(Fix::AskCarrier)));
    }
    for body in [
        ISSUED.replace("PB-1-A", "PB-2-A"),
        ISSUED.replace(NO, ""),
        r#"{"code":"1","data":null}"#.into(),
        r#"{"code":"1","data":[]}"#.into(),
        r#"{"msg":"success"}"#.into(),
        ISSUED[..60].into(),
        "{}".into(),
        "<html>502</html>".into(),
    ] {
        assert_eq!(word(&issued(&body)).0, "unknown", "{body}");
    }
}

#[test]
fn a_trace_is_in_order_and_an_unknown_word_is_no_progress() {
    let ask = |no: &str| TrackAsk {
        no: no.into(),
        order_key: String::new(),
        carrier: String::new(),
        phone_tail: Secret::default(),
    };
    let asks = [ask(NO), ask("JT0000000000002")];
    let answer = heard(include_str!("fixtures/traced.json")).expect("read");
    let all = answer::traced(answer, &asks).expect("traced");
    let stages: Vec<_> =
        all[0].events.iter().map(|event| (event.word.as_str(), event.stage)).collect();
    assert_eq!(
        stages,
        [
            ("快件揽收", Stage::Collected),
            ("换乘扫描", Stage::Other),
            ("快件签收", Stage::Delivered),
        ]
    );
    assert!(all[1].events.is_empty());
    assert!(map::trace(&asks).contains("JT0000000000001,JT0000000000002"));
}
