//! Several parcels, the slip that comes back, and the account's rarer wishes: what is asked, and
//! what answers of any age say.

use super::*;

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
        serde_json::from_str(&map::create(&account, &consignment()).expect("whole")).expect("JSON")
    };
    let usual = asked(Further::default());
    assert_eq!((&usual["DeliveryMethod"], &usual["IsNotice"]), (&3.into(), &1.into()));
    for absent in
        ["CustomArea", "TransType", "PackingType", "IsSendMessage", "IsSubscribe", "StartDate"]
    {
        assert!(usual[absent].is_null(), "{absent}");
    }
    let all = asked(Further {
        custom_area: "易碎 & 轻放".into(),
        trans_type: Some(2),
        delivery_method: Some(4),
        packing_type: Some(99),
        call_courier: true,
        courier_hours: Some((14, 18)),
        send_message: true,
        unsubscribed: true,
        add_services: vec![("FreshService".into(), "1".into())],
    });
    let want = serde_json::json!({
        "CustomArea": "易碎 ＆ 轻放", "TransType": 2, "DeliveryMethod": 4, "PackingType": 99,
        "IsNotice": 0, "IsSendMessage": 1, "IsSubscribe": "0",
        "StartDate": "1970-01-01 14:00:00", "EndDate": "1970-01-01 18:00:00",
        "AddService": [{"Name": "FreshService", "Value": "1"}],
    });
    for (name, value) in want.as_object().expect("fields") {
        assert_eq!(&all[name], value, "{name}");
    }
}
