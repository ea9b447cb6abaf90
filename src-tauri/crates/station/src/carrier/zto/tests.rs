//! Documented answers, and what the packer is offered for each.

use super::*;
use crate::{
    carrier::{
        sample::{access, consignment, heard, word},
        track::Stage,
    },
    order::{FaultCode, PayBy, Services},
};

const NO: &str = "75000000000001";
const ISSUED: &str = include_str!("fixtures/issued.json");

fn account() -> Account {
    Account {
        access: access(),
        app_key: "KEY".into(),
        app_secret: "SECRET".into(),
        account_id: "ZTOTEST".into(),
        account_password: "PASSWORD".into(),
        customer_id: String::new(),
        group: false,
        site_code: String::new(),
        site_name: String::new(),
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
}

#[test]
fn what_zto_cannot_be_asked_for_holds_the_order() {
    let mut ask = consignment();
    ask.services.pay = Some(PayBy::Receiver);
    let faults = map::create(&account(), &ask).unwrap_err();
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["cod", "insured", "pay"]);
    assert!(faults.iter().all(|fault| fault.code == FaultCode::NotOffered));
}

#[test]
fn every_no_says_what_mends_it_and_nothing_unclear_is_a_no() {
    let waybill = issued(ISSUED).expect("issued");
    assert_eq!((waybill.no.as_str(), waybill.sort_code.as_str()), (NO, "310- B12 03"));
    assert_eq!(waybill.bag_place, "沪东集散");
    let no = |code: &str| format!(r#"{{"status":false,"statusCode":"{code}","message":"不行"}}"#);
    for (code, fix) in [
        ("S207", Fix::EditAccount),
        ("S208", Fix::EditOrder),
        ("S210", Fix::EditAccount),
        ("S211", Fix::EditAccount),
        ("S212", Fix::EditAccount),
        ("S214", Fix::EditAccount),
        ("E404", Fix::EditAccount),
        ("E409", Fix::EditOrder),
        ("E413", Fix::EditOrder),
        ("E418", Fix::EditAccount),
        ("B001", Fix::AskCarrier),
    ] {
        assert_eq!(word(&issued(&no(code))), ("refused", code, Some(fix)));
    }
    for code in ["S206", "S221"] {
        assert_eq!(word(&issued(&no(code))).0, "busy");
    }
    for body in [
        no("S200"),
        no("S202"),
        no("S203"),
        no(""),
        ISSUED.replace("PB-1-A", "PB-2-A"),
        ISSUED.replace(NO, ""),
        ISSUED.replace("true", "null"),
        r#"{"status":true,"result":null}"#.into(),
        ISSUED[..150].into(),
        "{}".into(),
        "<html>502</html>".into(),
    ] {
        assert_eq!(word(&issued(&body)).0, "unknown", "{body}");
    }
}

#[test]
fn a_trace_is_in_order_and_an_unknown_word_is_no_progress() {
    let answer = heard(include_str!("fixtures/traced.json")).expect("read");
    let traced = answer::traced(answer, NO).expect("traced");
    let stages: Vec<_> =
        traced.events.iter().map(|event| (event.word.as_str(), event.stage)).collect();
    assert_eq!(
        stages,
        [("收件", Stage::Collected), ("换乘", Stage::Other), ("签收", Stage::Delivered)]
    );
    let no_list = heard(r#"{"status":true,"result":{"a":1}}"#).expect("read");
    assert_eq!(word(&answer::traced(no_list, NO)).0, "unknown");
}

#[test]
fn what_a_second_key_gives_is_as_the_outlet_says() {
    assert_eq!(Zto::new(account()).resend(), Resend::IssuesAnother);
    let same = Zto::new(Account { repeat: Repeat::Same, ..account() });
    assert_eq!(same.resend(), Resend::SameWaybill);
}

#[test]
fn every_documented_word_means_what_the_documents_say() {
    for (word, stage) in [
        ("收件", Stage::Collected),
        ("发件", Stage::InTransit),
        ("到件", Stage::InTransit),
        ("ARRIVAL", Stage::InTransit),
        ("派件", Stage::OutForDelivery),
        ("签收", Stage::Delivered),
        ("退件", Stage::Returning),
        ("问题件", Stage::Problem),
    ] {
        assert_eq!(codes::stage(word), stage, "{word}");
    }
    assert_eq!(codes::stage("签"), Stage::Other);
}
