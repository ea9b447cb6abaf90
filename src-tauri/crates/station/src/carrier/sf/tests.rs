//! Recorded and documented answers, and what the packer is offered for each.

use super::*;
use crate::{
    carrier::Fix,
    order::{Address, Codes, Customs, FaultCode, Item, Person},
    outside::Answer,
};
use serde_json::json;

const NO: &str = "SF0000000000001";

pub fn account() -> Account {
    Account {
        name: "顺丰".into(),
        partner_id: "PB01".into(),
        checkword: "CHECKWORD_EXAMPLE".into(),
        proof: Proof::Any,
        endpoint: None,
        environment: Environment::Production,
        monthly_card: "7551234567".into(),
        pay_method: None,
        express_type: None,
        template: String::new(),
        carrier_draws: false,
        track: true,
        fetch: Fetch::default(),
        push_token: "".into(),
        timeout_ms: 30_000,
    }
}

fn person(name: &str, phone: &str, place: [&str; 3], detail: &str) -> Person {
    let [province, city, district] = place.map(str::to_owned);
    Person {
        name: name.into(),
        phone: phone.into(),
        address: Address { province, city, district, detail: detail.into(), ..Address::default() },
        ..Person::default()
    }
}

fn consignment() -> Consignment {
    Consignment {
        asked_at_ms: 0,
        order_key: "PB-1-A".into(),
        sender: person(
            "拾光家居",
            "0571-88001234",
            ["浙江省", "杭州市", "余杭区"],
            "仓前街道文一西路 969 号",
        ),
        receiver: person(
            "张小雨\u{200b}",
            "+86 138-0000-0001",
            ["上海市", "上海市", "浦东新区"],
            "示例路 1 号\tA&B 座",
        ),
        items: vec![Item {
            title: "水杯".into(),
            quantity: 2,
            customs: Customs::default(),
            codes: Codes::default(),
        }],
        weight_g: Some(880),
        volume_cm3: None,
        parcels: 1,
        note: " 放门口\n".into(),
        services: crate::order::Services::default(),
        ..Consignment::default()
    }
}

fn heard(body: &str) -> Result<wire::Said, CarrierError> {
    let answer = Answer { status: 200, body: body.as_bytes().to_vec() };
    answer::service(super::super::reading::document(&answer)?)
}

fn created(body: &str) -> Result<Waybill, CarrierError> {
    heard(body).and_then(|data| answer::waybill(data, "PB-1-A"))
}

/// What happened, in a word, and what mends it.
fn word<T>(outcome: &Result<T, CarrierError>) -> (&'static str, &str, Option<Fix>) {
    match outcome {
        Ok(_) => ("yes", "", None),
        Err(CarrierError::NotSent { .. }) => ("not sent", "", None),
        Err(CarrierError::Unknown { .. }) => ("unknown", "", None),
        Err(CarrierError::Busy { .. }) => ("busy", "", None),
        Err(CarrierError::Refused { code, fix, .. }) => ("refused", code, Some(*fix)),
    }
}

#[test]
fn the_message_is_the_documents() {
    let made = map::create(&account(), &consignment()).unwrap();
    assert_eq!(made, include_str!("fixtures/create.json"));
}

#[test]
fn a_courier_is_called_for_what_comes_back_and_for_nothing_else() {
    let fetch = Fetch { all: false, returns: true, hours: Some((14, 18)) };
    let asked = |fetch: Fetch, back: bool| -> serde_json::Value {
        let ask = Consignment { back, ..consignment() };
        let account = Account { fetch, ..account() };
        serde_json::from_str(&map::create(&account, &ask).unwrap()).unwrap()
    };
    let back = asked(fetch, true);
    // The clock of the test stands at eight in the morning of China.
    let when = "1970-01-01 14:00:00";
    assert_eq!((&back["isDocall"], &back["sendStartTm"]), (&1.into(), &when.into()));
    for usual in [asked(fetch, false), asked(Fetch::default(), true)] {
        assert_eq!((&usual["isDocall"], &usual["sendStartTm"]), (&0.into(), &json!(null)));
    }
    let at_any_hour = asked(Fetch { hours: None, ..fetch }, true);
    assert_eq!(at_any_hour["isDocall"], 1);
    assert!(at_any_hour["sendStartTm"].is_null());
}

#[test]
fn what_is_missing_is_named_before_sf_hears_of_it() {
    let mut ask = consignment();
    ask.receiver = person("", "", ["上海市", "", ""], &"长".repeat(201));
    let faults = map::create(&account(), &ask).unwrap_err();
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    assert_eq!(
        found,
        [
            ("phone", FaultCode::PhoneMissing),
            ("name", FaultCode::NameMissing),
            ("city", FaultCode::CityUnknown),
            ("detail", FaultCode::TooLong),
        ]
    );
}

#[test]
fn a_number_is_the_mothers_with_its_routing() {
    let issued = created(include_str!("fixtures/issued.json")).unwrap();
    assert_eq!(issued.no, NO);
    assert_eq!(issued.sort_code, "021W-B12-003");
    assert_eq!(issued.qr, "MMM={'k1':'021W','k5':'SF0000000000001'}");
    assert_eq!(issued.destination, "021");
    let lenient = created(include_str!("fixtures/issued_lenient.json")).unwrap();
    assert_eq!((lenient.no.as_str(), lenient.sort_code.as_str()), (NO, ""));
}

#[test]
fn further_parcels_and_the_slip_have_their_numbers() {
    let all = r#"{\"waybillType\": 2, \"waybillNo\": \"SF0000000000018\"}"#;
    let body = include_str!("fixtures/issued.json");
    assert!(body.contains(all));
    let slip = r#", {\"waybillType\": 3, \"waybillNo\": \"SF0000000000099\"}"#;
    let more = r#", {\"waybillType\": \"2\", \"waybillNo\": \"SF0000000000026\"}"#;
    let issued = created(&body.replace(all, &format!("{all}{slip}{more}"))).unwrap();
    let numbers: Vec<_> = (1..=issued.labels()).filter_map(|part| issued.no_of(part)).collect();
    assert_eq!(numbers, [NO, "SF0000000000018", "SF0000000000026", "SF0000000000099"]);
    assert!(issued.is_slip(4));

    let services = crate::order::Services { slip: true, ..Default::default() };
    let ask = Consignment { parcels: 3, services, ..consignment() };
    let text = map::create(&account(), &ask).expect("nothing is missing");
    let asked: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&asked["parcelQty"], &asked["isSignBack"]), (&3.into(), &1.into()));
    let text = map::print(&account(), &issued, &[1, 3, 4]);
    let asked: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        asked["documents"],
        serde_json::json!([
            {"masterWaybillNo": NO, "seq": 1, "sum": 3},
            {"masterWaybillNo": NO, "branchWaybillNo": "SF0000000000026", "seq": 3, "sum": 3},
            {"masterWaybillNo": NO, "backWaybillNo": "SF0000000000099"},
        ])
    );
}

#[test]
fn every_no_says_what_mends_it_and_nothing_unclear_is_a_no() {
    for (body, said) in [
        (include_str!("fixtures/duplicate.json"), ("refused", "8016", Some(Fix::AskCarrier))),
        (
            include_str!("fixtures/unreachable.json"),
            ("refused", "filterResult 3", Some(Fix::OtherCarrier)),
        ),
        (include_str!("fixtures/refused_phone.json"), ("refused", "1012", Some(Fix::EditOrder))),
        (include_str!("fixtures/refused_card.json"), ("refused", "8119", Some(Fix::EditAccount))),
        (include_str!("fixtures/unsigned.json"), ("refused", "A1006", Some(Fix::EditAccount))),
        (include_str!("fixtures/rate.json"), ("busy", "", None)),
        (include_str!("fixtures/down.json"), ("unknown", "", None)),
        (include_str!("fixtures/again.json"), ("unknown", "", None)),
        (include_str!("fixtures/hollow.json"), ("unknown", "", None)),
        ("{}", ("unknown", "", None)),
        ("", ("unknown", "", None)),
        ("<html>502</html>", ("unknown", "", None)),
        (r#"{"apiResultCode":"A1000","apiResultData":"{\"success\":tr"}"#, ("unknown", "", None)),
        (
            r#"{"apiResultCode":"A1000","apiResultData":"{\"success\":true}"}"#,
            ("unknown", "", None),
        ),
    ] {
        assert_eq!(word(&created(body)), said, "{body}");
    }
}

#[test]
fn a_number_of_another_order_is_never_ours() {
    let other = include_str!("fixtures/issued.json").replace("PB-1-A", "PB-2-A");
    assert_eq!(word(&created(&other)).0, "unknown");
    let no_number = include_str!("fixtures/issued.json").replace(NO, "运单");
    assert_eq!(word(&created(&no_number)).0, "unknown");
}

#[test]
fn a_cancel_is_done_once_however_often_it_is_asked() {
    let cancelled = |body: &str| answer::cancelled(heard(body));
    assert_eq!(word(&cancelled(include_str!("fixtures/cancelled.json"))).0, "yes");
    assert_eq!(word(&cancelled(include_str!("fixtures/cancelled_before.json"))).0, "yes");
    assert_eq!(word(&cancelled(include_str!("fixtures/cancel_mismatch.json"))).0, "refused");
    assert_eq!(word(&cancelled(include_str!("fixtures/hollow.json"))).0, "unknown");
}

#[test]
fn a_label_is_fetched_from_sf_alone() {
    let files = answer::drawings(heard(include_str!("fixtures/drawn.json")).unwrap());
    let file = &files[0];
    assert!(codes::is_sf(&account(), &file.url));
    assert_eq!(word(&heard(include_str!("fixtures/not_drawn.json"))).0, "refused");
    for url in [
        "https://sf-express.com.example/label.pdf",
        "https://notsf-express.com/label.pdf",
        "http://oss.sf-express.com/label.pdf",
        "file:///etc/passwd",
        "https://127.0.0.1/label.pdf",
        "",
    ] {
        assert!(!codes::is_sf(&account(), url), "{url}");
    }
    let near = Account { endpoint: Some("http://127.0.0.1:9".into()), ..account() };
    assert!(codes::is_sf(&near, "http://127.0.0.1:9/label/1"));
    assert!(!codes::is_sf(&near, "http://127.0.0.1:10/label/1"));
}

#[test]
fn the_two_worlds_have_their_addresses() {
    let url = |account: &Account| codes::url(account, "/std/service");
    assert_eq!(url(&account()), "https://bspgw.sf-express.com/std/service");
    let trial = Account { environment: Environment::Sandbox, ..account() };
    assert_eq!(url(&trial), "https://sfapi-sbox.sf-express.com/std/service");
}

#[test]
fn what_an_order_wants_besides_carrying_is_asked_for() {
    use crate::order::{PayBy, Services};
    let services = Services {
        pay: Some(PayBy::Receiver),
        cod_fen: Some(12_805),
        insured_fen: Some(300_000),
        ..Services::default()
    };
    let ask = Consignment { services, ..consignment() };
    let text = map::create(&account(), &ask).expect("nothing is missing");
    let request: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(request["payMethod"], 2);
    let want = serde_json::json!([
        {"name": "COD", "value": "128.05"},
        {"name": "INSURE", "value": "3000.00"},
    ]);
    assert_eq!(request["serviceList"], want);
    let card = Account { monthly_card: "7551234567".into(), pay_method: None, ..account() };
    assert_eq!(map::services(&card, Services::default()).pay, Some(PayBy::Monthly));
}

#[test]
fn every_code_of_a_cancel_has_its_outcome() {
    let of = |code: &str| {
        let said = json!({"success": false, "errorCode": code, "errorMsg": "x", "msgData": null});
        let body = json!({"apiResultCode": "A1000", "apiResultData": said.to_string()});
        answer::cancelled(heard(&body.to_string()))
    };
    // Taken back before, by us or somebody else.
    assert_eq!((of("8037"), of("8253")), (Ok(()), Ok(())));
    for (code, want) in [
        // Confirmed or cancelled: not said which.
        ("8019", ("unknown", "", None)),
        // Confirmed, another number, none there.
        ("8252", ("refused", "8252", Some(Fix::AskCarrier))),
        ("8017", ("refused", "8017", Some(Fix::AskCarrier))),
        ("8018", ("refused", "8018", Some(Fix::AskCarrier))),
        ("20052", ("refused", "20052", Some(Fix::EditAccount))),
        ("8267", ("refused", "8267", Some(Fix::Wait))),
    ] {
        assert_eq!(word(&of(code)), want, "{code}");
    }
}
