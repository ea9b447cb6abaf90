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

const NO: &str = "430000000000001";
const ISSUED: &str = r#"{"result":true,"code":"0000","message":"请求成功","data":[{"order_serial_no":"PB-1-A","mail_no":"430000000000001","msg":"创建成功"}]}"#;

fn account() -> Account {
    Account {
        access: access(),
        app_key: "999999".into(),
        app_secret: "SECRET".into(),
        partner_id: "K1".into(),
        partner_secret: "PASSWORD".into(),
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
    assert_eq!(key(&made), Ok("PB-1-A".to_owned()));
    let faults = map::create(&account(), &consignment()).unwrap_err();
    assert!(faults.len() == 2 && faults.iter().all(|f| f.code == FaultCode::NotOffered));
}

#[test]
fn every_no_says_what_mends_it_and_nothing_unclear_is_a_no() {
    for yes in [ISSUED.to_owned(), ISSUED.replace("mail_no", "mailno")] {
        assert_eq!(issued(&yes).expect("issued").no, NO);
    }
    let whole = r#"{"result":false,"code":"1001","message":"签名错误","data":null}"#;
    assert_eq!(word(&issued(whole)), ("refused", "1001", Some(Fix::AskCarrier)));
    let inner = ISSUED.replace("创建成功", "ERROR:更新订单请使用更新接口");
    assert_eq!(word(&issued(&inner)), ("refused", "ERROR", Some(Fix::AskCarrier)));
    for body in [
        ISSUED.replace("PB-1-A", "PB-2-A"),
        ISSUED.replace(NO, ""),
        ISSUED.replace("true", "false"),
        ISSUED.replace("0000", "0001"),
        r#"{"result":true,"code":"0000","data":[]}"#.into(),
        r#"{"result":true,"code":"0000","data":null}"#.into(),
        r#"{"result":false}"#.into(),
        ISSUED[..70].into(),
        "{}".into(),
        "<html>502</html>".into(),
    ] {
        assert_eq!(word(&issued(&body)).0, "unknown", "{body}");
    }
}

#[test]
fn a_drawing_is_of_the_number_that_was_asked_for() {
    let drawn = |body: &str| heard(body).and_then(|envelope| answer::drawn(envelope, NO));
    let body = r#"{"result":true,"code":"0000","data":[{"mailno":"430000000000001",
        "pdfInfo":"JVBERi0xLjQ="}]}"#;
    assert_eq!(drawn(body), Ok(Template::Here(b"%PDF-1.4".to_vec())));
    assert_eq!(drawn(&body.replace("JVBERi0xLjQ=", "")), Ok(Template::Missing));
    assert_eq!(word(&drawn(&body.replace(NO, "430000000000002"))).0, "unknown");
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
    let none = heard(r#"{"result":true,"code":"0000","data":null}"#).expect("read");
    assert!(answer::traced(none, NO).expect("no trace yet").events.is_empty());
}

#[test]
fn every_documented_word_means_what_the_documents_say() {
    for (word, stage) in [
        ("GOT", Stage::Collected),
        ("TRANSIT", Stage::InTransit),
        ("SENT", Stage::OutForDelivery),
        ("SIGNED", Stage::Delivered),
        ("RETURN", Stage::Returning),
        ("SIGNFAIL", Stage::Problem),
    ] {
        assert_eq!(codes::stage(word), stage, "{word}");
    }
    assert_eq!(codes::stage("SIGN"), Stage::Other);
}
