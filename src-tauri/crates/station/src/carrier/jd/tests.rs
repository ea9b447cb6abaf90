//! Documented answers, and what the packer is offered for each.

use super::*;
use crate::{
    carrier::{
        sample::{access, consignment, heard, word},
        track::Stage,
    },
    order::{FaultCode, Services},
};

const NO: &str = "JD0000000000001";
const ISSUED: &str = r#"{"success":true,"code":0,"msg":"成功","requestId":"r-1","data":{"orderId":"PB-1-A","waybillCode":"JD0000000000001","orderCode":"ECO0000001"}}"#;

fn account() -> Account {
    Account {
        access: access(),
        app_key: "KEY".into(),
        app_secret: "SECRET".into(),
        token: "TOKEN".into(),
        customer_code: "027K0000001".into(),
        domain: String::new(),
        product: String::new(),
        pay: None,
        volume_cm3: Some(3_000),
    }
}

fn plain() -> Consignment {
    Consignment { services: Services::default(), ..consignment() }
}

fn issued(body: &str) -> Result<Waybill, CarrierError> {
    heard(body).and_then(|envelope| answer::issued(envelope, "PB-1-A"))
}

#[test]
fn the_message_is_the_documents() {
    let made = map::create(&account(), &plain()).expect("nothing is missing");
    assert_eq!(made, include_str!("fixtures/create.json"));
}

#[test]
fn what_jd_cannot_be_asked_for_holds_the_order() {
    let ask = Consignment { weight_g: None, ..consignment() };
    let faults = map::create(&account(), &ask).unwrap_err();
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    assert_eq!(
        found,
        [
            ("cod", FaultCode::NotOffered),
            ("insured", FaultCode::NotOffered),
            ("weight", FaultCode::WeightMissing),
        ]
    );
}

#[test]
fn every_no_says_what_mends_it_and_nothing_unclear_is_a_no() {
    assert_eq!(issued(ISSUED).expect("issued").no, NO);
    for yes in ["1", "100", "\"1\"", "1000"] {
        assert!(issued(&ISSUED.replace("\"code\":0", &format!("\"code\":{yes}"))).is_ok());
    }
    let gateway = r#"{"error_response":{"code":"11","zh_desc":"签名错误","en_desc":"sign"}}"#;
    let no = r#"{"success":false,"code":2011,"msg":"商家订单号重复"}"#;
    for (body, said) in [
        (gateway.to_owned(), ("refused", "11", Some(Fix::EditAccount))),
        (no.to_owned(), ("refused", "2011", Some(Fix::AskCarrier))),
        (ISSUED.replace("\"code\":0", "\"code\":5"), ("unknown", "", None)),
        (ISSUED.replace("PB-1-A", "PB-2-A"), ("unknown", "", None)),
        (ISSUED.replace(NO, ""), ("unknown", "", None)),
        (r#"{"success":true,"code":0,"data":null}"#.into(), ("unknown", "", None)),
        (r#"{"success":false}"#.into(), ("unknown", "", None)),
        (ISSUED[..90].into(), ("unknown", "", None)),
        ("{}".into(), ("unknown", "", None)),
        ("<html>502</html>".into(), ("unknown", "", None)),
    ] {
        assert_eq!(word(&issued(&body)), said, "{body}");
    }
}

#[test]
fn a_key_that_jd_knows_gives_its_number_again() {
    let again = ISSUED.replace(
        r#""msg":"成功""#,
        r#""msg":"成功","subCode":"0_0001","subMsg":"商家订单号已被使用""#,
    );
    assert_ne!(again, ISSUED);
    assert_eq!(issued(&again).expect("the first number").no, NO);
}

#[test]
fn a_cancel_is_one_only_where_jd_says_cancelled() {
    let of = |result: &str| {
        let body = format!(
            r#"{{"success":true,"code":0,"data":{{"waybillCode":"{NO}","resultType":{result}}}}}"#
        );
        heard(&body).and_then(answer::cancelled)
    };
    assert_eq!((of("0"), of("\"0\"")), (Ok(()), Ok(())));
    assert_eq!(word(&of("2")), ("refused", "resultType 2", Some(Fix::AskCarrier)));
    assert_eq!(word(&of("3")), ("refused", "resultType 3", Some(Fix::AskCarrier)));
    // Stopped on its way, being stopped, or nobody knows.
    for unclear in ["1", "4", "9", "null"] {
        assert_eq!(word(&of(unclear)), ("unknown", "", None), "{unclear}");
    }
    let no = r#"{"success":false,"code":1,"msg":"失败","subCode":"1_7","subMsg":"已揽收"}"#;
    let no = heard(no).and_then(answer::cancelled);
    assert!(matches!(no, Err(CarrierError::Refused { said, .. }) if said == "已揽收"));
}

#[test]
fn a_trace_is_in_order_and_an_unknown_word_is_no_progress() {
    let answer = heard(include_str!("fixtures/traced.json")).expect("read");
    let traced = answer::traced(answer, NO).expect("traced");
    let stages: Vec<_> =
        traced.events.iter().map(|event| (event.word.as_str(), event.stage)).collect();
    assert_eq!(
        stages,
        [("揽收", Stage::Collected), ("换乘", Stage::Other), ("妥投", Stage::Delivered),]
    );
    let none = heard(r#"{"success":true,"code":0,"data":null}"#).expect("read");
    assert!(answer::traced(none, NO).expect("no trace yet").events.is_empty());
}

#[test]
fn a_price_is_the_accounts_and_a_no_is_out_of_reach() {
    let body = r#"{"success":true,"code":0,"data":{"totalFreightPre":9.5,
        "totalFreightStandard":"12"}}"#;
    let quotes = heard(body).and_then(|e| answer::quoted(e, "ed-m-0001")).expect("priced");
    assert_eq!((quotes[0].total_minor, quotes[0].carrier.as_str()), (950, "JD"));
    let public = body.replace("9.5", "null");
    let quotes = heard(&public).and_then(|e| answer::quoted(e, "ed-m-0001")).expect("priced");
    assert_eq!(quotes[0].total_minor, 1_200);
    let no = r#"{"success":false,"code":7,"msg":"超区"}"#;
    let reach = heard(no).and_then(answer::reach).expect("an answer");
    assert_eq!((reach.yes, reach.said.as_str()), (false, "超区"));
}
