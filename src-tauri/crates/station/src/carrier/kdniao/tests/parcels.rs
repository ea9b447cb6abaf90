//! Several parcels, the slip that comes back, and the account's rarer wishes: what is asked, and
//! what answers of any age say.

use super::*;
use crate::carrier::fetch::Fetch;

fn three() -> Consignment {
    let services = Services { slip: true, ..Services::default() };
    Consignment { parcels: 3, volume_cm3: Some(36_400), services, ..consignment() }
}

fn issued(drawn: bool, body: &str) -> Waybill {
    let kdniao = Kdniao::new(Account { carrier_draws: drawn, ..account("SF") });
    let stored = kdniao.create_request(&three()).expect("nothing is missing");
    futures_now(kdniao.create_waybill(&Canned::new(200, body), &stored)).expect("issued")
}

fn numbers(waybill: &Waybill) -> Vec<&str> {
    (1..=waybill.labels()).filter_map(|part| waybill.no_of(part)).collect()
}

const ALL: [&str; 4] = ["SF1234567890123", "SF1234567890124", "SF1234567890125", "SF1234567890199"];

#[test]
fn parcels_volume_and_slip_are_asked_for() {
    let text = map::create(&account("SF"), &three()).expect("nothing is missing");
    let asked: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&asked["Quantity"], &asked["IsReturnSignBill"]), (&3.into(), &1.into()));
    assert_eq!(asked["Volume"], 0.037, "cubic metres, rounded up to a litre");
}

#[test]
fn each_parcel_has_its_number_and_its_drawing() {
    let read = issued(true, &fixture("issued_parcels.json"));
    assert_eq!(numbers(&read), ALL);
    assert!(read.is_slip(4) && read.parcels() == 3);
    let drawn = |child: &Child| match &child.template {
        Template::Here(bytes) => String::from_utf8_lossy(bytes).contains(&child.no),
        Template::NotAsked | Template::Missing => false,
    };
    assert!(read.children.iter().chain(&read.slip).all(drawn), "{read:?}");
    let plain = issued(false, &fixture("issued_parcels.json"));
    assert_eq!(numbers(&plain), ALL);
    assert!(plain.children.iter().all(|child| child.template == Template::NotAsked));
}

/// Old documents have a text where the newer ones have a list.
#[test]
fn numbers_and_drawings_may_be_texts() {
    let list = r#"[
    "SF1234567890124",
    "SF1234567890125"
  ]"#;
    let body = fixture("issued_parcels.json");
    assert!(body.contains(list));
    for text in [
        r#""SF1234567890124,SF1234567890125""#,
        r#""SF1234567890124；SF1234567890125 ""#,
        r#""[\"SF1234567890124\",\"SF1234567890125\"]""#,
    ] {
        assert_eq!(numbers(&issued(true, &body.replace(list, text))), ALL, "{text}");
    }
    let page = "<html><body>SF1234567890124 2/3</body></html>";
    let start = body.find("\"SubPrintTemplates\"").expect("the field");
    let end = start + body[start..].find(']').expect("its end") + 1;
    let one = format!("{}\"SubPrintTemplates\": \"{page}\"{}", &body[..start], &body[end..]);
    let read = issued(true, &one);
    assert_eq!(numbers(&read), ALL);
    assert!(
        read.children.iter().all(|child| child.template == Template::Missing),
        "one page for two parcels belongs to neither"
    );
}

#[test]
fn what_cannot_be_a_further_number_is_none() {
    let body = fixture("issued_parcels.json");
    for (odd, many) in [("SF1234567890123", 3), ("SF1234567890125", 3), ("二号", 3), ("", 3)] {
        let read = issued(false, &body.replace("SF1234567890124", odd));
        assert_eq!(read.labels(), many, "{odd}: {read:?}");
    }
    let none = issued(false, &body.replace("SF1234567890199", ""));
    assert_eq!((none.parcels(), none.slip), (3, None));
}

#[test]
fn a_slip_nobody_asked_for_is_none() {
    let kdniao = Kdniao::new(account("SF"));
    let stored = kdniao.create_request(&consignment()).expect("nothing is missing");
    let http = Canned::new(200, fixture("issued_parcels.json"));
    let read = futures_now(kdniao.create_waybill(&http, &stored)).expect("issued");
    assert_eq!(read.slip, None);
}

#[test]
fn what_else_an_account_is_set_to_ask_is_asked_and_nothing_else() {
    let asked = |further: Further| -> serde_json::Value {
        let account = Account { further, ..account("JTSD") };
        let ask = Consignment { shop_no: "WC-20937".into(), ..consignment() };
        serde_json::from_str(&map::create(&account, &ask).expect("whole")).expect("JSON")
    };
    let usual = asked(Further::default());
    assert_eq!((&usual["DeliveryMethod"], &usual["IsNotice"]), (&3.into(), &1.into()));
    for absent in [
        "CustomArea",
        "TransType",
        "PackingType",
        "IsSendMessage",
        "IsSubscribe",
        "StartDate",
        "OperateRequire",
        "ThrOrderCode",
        "CurrencyCode",
        "Dutiable",
    ] {
        assert!(usual[absent].is_null(), "{absent}");
    }
    let all = asked(Further {
        custom_area: "易碎 & 轻放".into(),
        trans_type: Some(2),
        delivery_method: Some(4),
        packing_type: Some(99),
        fetch: Fetch { all: true, returns: false, hours: Some((14, 18)) },
        slip_request: "盖章".into(),
        shop_no: true,
        send_message: true,
        unsubscribed: true,
        add_services: vec![("FreshService".into(), "1".into())],
    });
    let want = serde_json::json!({
        "CustomArea": "易碎 ＆ 轻放", "TransType": 2, "DeliveryMethod": 4, "PackingType": 99,
        "IsNotice": 0, "IsSendMessage": 1, "IsSubscribe": "0",
        "StartDate": "1970-01-01 14:00:00", "EndDate": "1970-01-01 18:00:00",
        "AddService": [{"Name": "FreshService", "Value": "1"}], "ThrOrderCode": "WC-20937",
    });
    for (name, value) in want.as_object().expect("fields") {
        assert_eq!(&all[name], value, "{name}");
    }
    assert!(all["OperateRequire"].is_null(), "no slip was asked for");
}

/// 1007 for this account's carrier, changed as the test likes.
fn asked(account: &Account, change: impl Fn(&mut Consignment)) -> serde_json::Value {
    let mut ask = consignment();
    change(&mut ask);
    serde_json::from_str(&map::create(account, &ask).expect("whole")).expect("JSON")
}

#[test]
fn what_is_to_be_done_with_a_slip_is_said_with_it() {
    let further = Further { slip_request: "签字\"盖章".into(), ..Further::default() };
    let asked = asked(&Account { further, ..account("SF") }, |ask| ask.services.slip = true);
    assert_eq!(
        (&asked["IsReturnSignBill"], &asked["OperateRequire"]),
        (&1.into(), &"签字＂盖章".into())
    );
}

#[test]
fn a_shops_number_goes_whole_or_not_at_all() {
    let further = Further { shop_no: true, ..Further::default() };
    let account = Account { further, ..account("JD") };
    let told = |no: &str| {
        let asked = asked(&account, |ask| {
            ask.shop_no = no.to_owned();
            ask.weight_g = Some(500);
        });
        asked["ThrOrderCode"].as_str().map(str::to_owned)
    };
    assert_eq!(told("290011223344"), Some("290011223344".into()));
    for other in ["", "A&B-1", " 1 ", &"1".repeat(51)] {
        assert_eq!(told(other), None, "{other}");
    }
}

#[test]
fn a_known_post_code_is_told_where_one_is_wanted() {
    let told = |postcode: &str| {
        let asked = asked(&account("EMS"), |ask| ask.receiver.address.postcode = postcode.into());
        asked["Receiver"]["PostCode"].as_str().map(str::to_owned)
    };
    assert_eq!(told(" 200120 "), Some("200120".into()));
    assert_eq!([told(""), told("SW1A 1AA")], [Some("000000".into()), Some("000000".into())]);
    let none = asked(&account("YTO"), |ask| ask.receiver.address.postcode = "200120".into());
    assert!(none["Receiver"]["PostCode"].is_null());
}

#[test]
fn sf_hears_the_value_of_what_goes_to_hong_kong() {
    let told = |shipper: &str, province: &str, change: &dyn Fn(&mut Consignment)| {
        let asked = asked(&account(shipper), |ask| {
            ask.receiver.address.province = province.into();
            change(ask);
        });
        (asked["CurrencyCode"].clone(), asked["Dutiable"]["DeclaredValue"].clone())
    };
    let goods = |ask: &mut Consignment| {
        ask.items.truncate(1);
        ask.items[0].quantity = 2;
        ask.items[0].customs.value_minor = Some(9_950);
    };
    let none = (serde_json::Value::Null, serde_json::Value::Null);
    assert_eq!(told("SF", "香港特别行政区", &goods), ("CNY".into(), 199.0.into()));
    let dollars = |ask: &mut Consignment| {
        goods(ask);
        ask.items[0].customs.currency = "HKD".into();
    };
    assert_eq!(told("SF", "香港特别行政区", &dollars), ("HKD".into(), 199.0.into()));
    let insured = |ask: &mut Consignment| ask.services.insured_fen = Some(30_050);
    assert_eq!(told("SF", "台湾省", &insured), ("CNY".into(), 300.5.into()));
    assert_eq!(told("SF", "澳门特别行政区", &|_| ()), none);
    assert_eq!(
        [told("SF", "浙江省", &goods), told("YTO", "香港特别行政区", &goods)],
        [none.clone(), none]
    );
}
