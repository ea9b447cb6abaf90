//! Recorded and documented answers, and what the packer is offered for each.

use super::*;
use crate::{
    carrier::{Fix, Template},
    order::{Address, FaultCode, Item, PayBy, Person},
    outside::Answer,
};

const NO: &str = "YT0000000000001";
const KEY: &str = "PB-1-A";

fn account() -> Account {
    Account {
        name: "菜鸟圆通".into(),
        cp_code: "YTO".into(),
        token: "TOKEN_EXAMPLE".into(),
        app_secret: "CNSECRET".into(),
        template_url: "http://cloudprint.cainiao.com/template/standard/101".into(),
        user_id: String::new(),
        repeats: false,
        endpoint: None,
        sandbox: false,
        timeout_ms: 30_000,
    }
}

fn person(name: &str, phone: &str, place: [&str; 3], detail: &str) -> Person {
    let [province, city, district] = place.map(str::to_owned);
    let detail = detail.to_owned();
    Person {
        name: name.into(),
        phone: phone.into(),
        address: Address { province, city, district, detail, ..Address::default() },
        ..Person::default()
    }
}

fn consignment() -> Consignment {
    let at = ["浙江省", "杭州市", "余杭区"];
    let to = ["上海市", "上海市", "浦东新区"];
    Consignment {
        asked_at_ms: 0,
        order_key: KEY.into(),
        sender: person("拾光家居", "0571-88001234", at, "示例街 1 号"),
        receiver: person("张小雨", "+86 138-0000-0001", to, "示例路 1 号\tA&B 座"),
        items: vec![Item {
            title: "水杯".into(),
            quantity: 2,
            customs: crate::order::Customs::default(),
            codes: crate::order::Codes::default(),
        }],
        weight_g: Some(880),
        volume_cm3: None,
        parcels: 1,
        note: "放门口".into(),
        services: Services::default(),
        ..Consignment::default()
    }
}

fn heard(body: &str) -> Result<wire::Said, CarrierError> {
    let answer = Answer { status: 200, body: body.as_bytes().to_vec() };
    reading::document(&answer).and_then(answer::yes)
}

fn number(body: &str) -> Result<Waybill, CarrierError> {
    answer::waybill(heard(body)?, KEY)
}

#[test]
fn the_message_is_the_documented_one() {
    let message = Cainiao::new(account()).create_request(&consignment()).unwrap();
    let sent: serde_json::Value = serde_json::from_str(&message).unwrap();
    let known: serde_json::Value = serde_json::from_str(include_str!("fixtures/get.json")).unwrap();
    assert_eq!(sent, known);
    let again = Cainiao::new(account()).create_request(&consignment()).unwrap();
    assert_eq!(message, again, "same input, same bytes");
}

#[test]
fn what_it_does_not_offer_is_a_fault_of_the_order() {
    let mut ask = consignment();
    ask.services =
        Services { pay: Some(PayBy::Receiver), cod_fen: Some(100), ..Services::default() };
    ask.receiver.phone = String::new();
    let faults = Cainiao::new(account()).create_request(&ask).unwrap_err();
    let told: Vec<_> = faults.iter().map(|fault| (fault.code, fault.field.as_str())).collect();
    assert_eq!(
        told,
        [
            (FaultCode::NotOffered, "cod"),
            (FaultCode::NotOffered, "pay"),
            (FaultCode::PhoneMissing, "phone")
        ]
    );
}

#[test]
fn a_number_comes_with_its_encrypted_label() {
    for body in [include_str!("fixtures/issued.json"), include_str!("fixtures/issued_lenient.json")]
    {
        let waybill = number(body).unwrap();
        assert_eq!(waybill.no, NO);
        let Template::Here(label) = waybill.template else { panic!("no label") };
        let label: serde_json::Value = serde_json::from_slice(&label).unwrap();
        assert_eq!(label["encryptedData"], "AES:aW52ZW50ZWQ=");
        assert_eq!(label["signature"], "MD:aW52ZW50ZWQ=");
    }
    let bare = number(include_str!("fixtures/without_label.json")).unwrap();
    assert_eq!((bare.no.as_str(), bare.template), (NO, Template::Missing));
}

#[test]
fn only_a_fault_at_the_gate_or_a_named_refusal_is_a_no() {
    let refused = number(include_str!("fixtures/refused_digest.json")).unwrap_err();
    let known = CarrierError::Refused {
        code: "S02".into(),
        said: "非法的数字签名".into(),
        fix: Fix::EditAccount,
    };
    assert_eq!(refused, known);
    let refused = number(include_str!("fixtures/refused_address.json")).unwrap_err();
    assert!(matches!(refused, CarrierError::Refused { fix: Fix::AskCarrier, .. }), "{refused}");
    for body in [
        include_str!("fixtures/inside.json"),
        include_str!("fixtures/timeout_inside.json"),
        include_str!("fixtures/other_order.json"),
        include_str!("fixtures/without_number.json"),
        "",
        "{}",
        "[]",
        r#"{"success":true}"#,
        r#"{"success":false}"#,
        "<html>502</html>",
        r#"{"success":true,"waybillCloudPrintResponseList":"#,
    ] {
        let error = number(body).unwrap_err();
        assert!(matches!(error, CarrierError::Unknown { .. }), "{body}: {error}");
    }
}

#[test]
fn a_number_is_taken_back_only_when_it_says_so() {
    let result = |body: &str| heard(body).and_then(|data| answer::discarded(&data));
    assert_eq!(result(include_str!("fixtures/discarded.json")), Ok(()));
    let refused = result(include_str!("fixtures/not_discarded.json")).unwrap_err();
    assert!(matches!(refused, CarrierError::Refused { .. }), "{refused}");
    let unclear = result(r#"{"success":true}"#).unwrap_err();
    assert!(matches!(unclear, CarrierError::Unknown { .. }), "{unclear}");
}

#[test]
fn the_numbers_of_all_outlets_are_counted() {
    let left = |body: &str| answer::balance(&heard(body).unwrap(), "YTO");
    let counted = left(include_str!("fixtures/subscription.json"));
    assert_eq!(counted, Some(Balance { available: 150 }));
    assert_eq!(left(include_str!("fixtures/subscription_monthly.json")), None);
}

#[test]
fn it_is_asked_once_unless_the_settings_vouch_for_it() {
    assert_eq!(Cainiao::new(account()).resend(), Resend::IssuesAnother);
    let vouched = Account { repeats: true, ..account() };
    assert_eq!(Cainiao::new(vouched).resend(), Resend::SameWaybill);
}
