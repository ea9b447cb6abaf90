//! Bookings and what becomes of them: documented texts in, what is understood of them out.

use super::*;
use crate::carrier::{
    kdniao::Account,
    offers::Window,
    pickup::{Courier, Fees},
    reading::document,
    sample,
};
use crate::outside::Answer as HttpAnswer;
use serde::Deserialize;

const KEY: &str = "RET20260101000001";
/// 2026-01-02 09:00 and 11:00 in China.
const WINDOW: Window = Window { from_ms: 1_767_315_600_000, to_ms: 1_767_322_800_000 };

fn ask() -> PickupAsk {
    let mut goods = sample::consignment();
    goods.order_key = KEY.into();
    goods.parcels = 1;
    goods.services = crate::order::Services::default();
    goods.weight_g = Some(3_000);
    PickupAsk { goods, carrier: "YTO".into(), window: Some(WINDOW) }
}

#[test]
fn a_booking_says_what_the_documents_want_and_no_more() {
    let text = request(&ask()).expect("nothing is missing");
    let said: serde_json::Value = serde_json::from_str(&text).unwrap();
    let names: Vec<&str> = said.as_object().unwrap().keys().map(String::as_str).collect();
    let mut want = vec![
        "TransportType",
        "ShipperType",
        "ShipperCode",
        "OrderCode",
        "ExpType",
        "PayType",
        "Sender",
        "Receiver",
        "StartDate",
        "EndDate",
        "Weight",
        "Quantity",
        "Volume",
        "InsureAmount",
        "Remark",
        "Commodity",
    ];
    want.sort_unstable();
    let mut names = names;
    names.sort_unstable();
    assert_eq!(names, want);
    assert_eq!((&said["TransportType"], &said["ShipperType"]), (&1.into(), &5.into()));
    assert_eq!((&said["PayType"], &said["Weight"]), (&3.into(), &3.0.into()));
    assert_eq!(said["StartDate"], "2026-01-02 09:00:00");
    assert_eq!(said["EndDate"], "2026-01-02 11:00:00");
    assert!(said["Commodity"][0].get("GoodsQuantity").is_some(), "a capital Q, unlike 1007's");
    assert_eq!(request(&ask()), Ok(text), "the same asked, the same text");
    let nobody = PickupAsk { carrier: String::new(), ..ask() };
    assert!(!request(&nobody).unwrap().contains("ShipperCode"), "only with the right to name one");
}

#[test]
fn what_cannot_be_asked_is_not_left_out_in_silence() {
    let faults = |change: fn(&mut PickupAsk)| {
        let mut ask = ask();
        change(&mut ask);
        let faults = request(&ask).unwrap_err();
        faults.into_iter().map(|fault| (fault.code, fault.field)).collect::<Vec<_>>()
    };
    let is = |code, field: &str| vec![(code, field.to_owned())];
    assert_eq!(faults(|ask| ask.goods.weight_g = None), is(FaultCode::WeightMissing, "weight"));
    assert_eq!(faults(|ask| ask.goods.parcels = 2), is(FaultCode::TooManyParcels, "parcels"));
    assert_eq!(faults(|ask| ask.window = None), is(FaultCode::NotOffered, "window"));
    let cod = |ask: &mut PickupAsk| ask.goods.services.cod_fen = Some(100);
    assert_eq!(faults(cod), is(FaultCode::NotOffered, "cod"));
    let slip = |ask: &mut PickupAsk| ask.goods.services.slip = true;
    assert_eq!(faults(slip), is(FaultCode::NoSlip, "slip"));
    let nameless = |ask: &mut PickupAsk| ask.goods.receiver.name.clear();
    assert_eq!(faults(nameless), is(FaultCode::NameMissing, "name"));
}

#[test]
fn names_of_goods_fit_together() {
    let mut ask = ask();
    let item = ask.goods.items[0].clone();
    ask.goods.items =
        (0..9).map(|_| crate::order::Item { title: "杯".repeat(60), ..item.clone() }).collect();
    let lengths: Vec<usize> = goods(&ask).iter().map(|one| one.name.chars().count()).collect();
    assert_eq!(lengths, [50, 50, 50]);
}

/// The outcome of a booking in one word.
fn outcome(body: &str) -> String {
    let answer = HttpAnswer { status: 200, body: body.as_bytes().to_vec() };
    match document(&answer).and_then(|answer| booked(answer, KEY)) {
        Ok(booked) => format!("booked {} {}", booked.carrier_key, booked.no).trim().to_owned(),
        Err(CarrierError::Refused { code, .. }) => format!("refused {code}"),
        Err(CarrierError::Busy { .. }) => "busy".into(),
        Err(CarrierError::Unknown { .. }) => "unknown".into(),
        Err(CarrierError::NotSent { .. }) => "not sent".into(),
    }
}

#[test]
fn every_answer_to_a_booking_has_its_meaning() {
    for (body, want) in [
        (include_str!("../fixtures/booked.json"), "booked KDN2601010900000002"),
        (r#"{"Success":true,"ResultCode":"100"}"#, "booked"),
        (r#"{"Success":false,"ResultCode":"106","Reason":"该订单号已下单成功"}"#, "booked"),
        (r#"{"Success":true,"ResultCode":106,"Order":{"KDNOrderCode":"KDN1"}}"#, "booked KDN1"),
        (r#"{"Success":true,"ResultCode":"100","Order":{"LogisticCode":"SF1"}}"#, "booked  SF1"),
        (r#"{"Success":true,"ResultCode":"100","Order":{"OrderCode":"X"}}"#, "unknown"),
        (r#"{"Success":false,"ResultCode":"100"}"#, "unknown"),
        (r#"{"ResultCode":"100"}"#, "unknown"),
        (r#"{"Success":true,"ResultCode":"105"}"#, "unknown"),
        (r#"{"Success":true}"#, "unknown"),
        (r#"{"Success":false,"ResultCode":"105","Reason":"当前地区无运力"}"#, "refused 105"),
        (r#"{"Success":false,"ResultCode":"101","Reason":"x"}"#, "refused 101"),
        (r#"{"Success":false,"ResultCode":"105","Reason":"请求过于频繁"}"#, "busy"),
        ("<html>502</html>", "unknown"),
        ("{}", "unknown"),
    ] {
        assert_eq!(outcome(body), want, "{body}");
    }
}

/// Every documented push of the collection, by its name.
fn documented(name: &str) -> PickupTold {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Push {
        data: Vec<Wrapped>,
    }
    let all: std::collections::BTreeMap<String, Push> =
        serde_json::from_str(include_str!("../fixtures/push_103.json")).unwrap();
    let push = all.into_iter().find(|(known, _)| known == name).expect(name).1;
    let one = push.data.into_iter().next().and_then(|one| one.0).expect("one of Data");
    read(one, 7).expect("of a booking")
}

#[test]
fn every_documented_push_is_understood() {
    use PickupStage as S;
    for (name, stage, carrier, no) in [
        ("99_dispatch_failed", S::Ended, "YTO", ""),
        ("102_outlet_assigned", S::Accepted, "YTO", ""),
        ("103_courier_assigned", S::Assigned, "YTO", "YT1234567890123"),
        ("104_picked_up", S::Collected, "YTO", "YT1234567890123"),
        ("109_redispatched", S::Accepted, "STO", "772000000000001"),
        ("110_time_changed", S::Told, "YTO", ""),
        ("2_in_transit", S::Collected, "YTO", "YT1234567890123"),
        ("203_cancelled", S::Ended, "YTO", "YT1234567890123"),
        ("208_weight_corrected", S::Told, "YTO", "YT1234567890123"),
        ("301_collected_with_fees", S::Collected, "YTO", "YT1234567890123"),
        ("302_waybill_changed", S::Told, "YTO", "YT1234567890999"),
        ("3_signed", S::Delivered, "YTO", "YT1234567890123"),
        ("401_ticket_reply", S::Told, "YTO", "YT1234567890123"),
        ("402_modify_result", S::Told, "YTO", ""),
        ("601_fee", S::Told, "YTO", "YT1234567890123"),
    ] {
        let told = documented(name);
        assert_eq!((told.stage, told.carrier.as_str(), told.no.as_str()), (stage, carrier, no));
        assert_eq!(told.order_key, KEY);
        assert_eq!(told.at_ms, 1_767_316_200_000, "{name}: 2026-01-02 09:10 in China");
        assert_eq!(Some(told.word.as_str()), name.split('_').next());
    }
    let courier = documented("103_courier_assigned").courier.expect("somebody");
    let wanted = Courier {
        name: "王五".into(),
        phone: "13700000003".into(),
        code: "1234".into(),
        ..Courier::default()
    };
    assert_eq!(courier, wanted);
    assert_eq!(documented("102_outlet_assigned").courier, None);
    // Sums as texts and as numbers; 0.0 beside news about no money is no sum.
    let fees = documented("301_collected_with_fees").fees.expect("all of it");
    let wanted = Fees {
        carriage_fen: 1_450,
        first_fen: 700,
        further_fen: 750,
        packing_fen: 200,
        total_fen: 1_650,
        weight_g: Some(3_400),
        ..Fees::default()
    };
    assert_eq!((fees, fees.adds_up()), (wanted, true));
    assert_eq!(documented("103_courier_assigned").fees, None);
    let window = documented("110_time_changed").window.expect("another hour");
    assert_eq!((window.to_ms - window.from_ms) / 3_600_000, 2);
    assert_eq!(documented("402_modify_result").carrier_key, "KDN2601010900000003");
    assert_eq!(documented("3_signed").carrier_key, "KDN2601010900000002");
}

#[test]
fn every_documented_state_is_in_the_table_and_no_other_is_taken_for_progress() {
    let documented = [
        "99", "102", "103", "104", "109", "110", "120", "121", "122", "2", "203", "206", "207",
        "208", "3", "301", "302", "401", "402", "501", "502", "601", "701",
    ];
    for state in documented {
        assert_ne!(stage(state), PickupStage::Other, "{state}");
    }
    for odd in ["", "1", "105", "999", "30", "已取件"] {
        assert_eq!(stage(odd), PickupStage::Other, "{odd}");
    }
}

#[test]
fn what_is_asked_after_is_read_where_a_push_has_its_fields() {
    let heard = |body: &str| news(serde_json::from_str(body).unwrap());
    let told = heard(include_str!("../fixtures/booked_301.json")).expect("an answer");
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].stage, told[0].no.as_str()), (PickupStage::Collected, "YT1234567890123"));
    assert_eq!(told[0].at_ms, 0, "it names no time");
    for nothing in [
        r#"{"Success":true,"ResultCode":"100"}"#,
        r#"{"Success":true,"ResultCode":"100","Order":{"OrderCode":"X"}}"#,
        r#"{"Success":true,"Data":"[]","Order":null}"#,
        r#"{"Success":true,"Data":[{"State":"301"}]}"#,
        "{}",
    ] {
        assert_eq!(heard(nothing), Ok(Vec::new()), "{nothing}");
    }
    let list = r#"{"Success":true,"Data":"[{\"OrderCode\":\"X\",\"State\":102},\"x\",null]"}"#;
    assert_eq!(heard(list).expect("a list").len(), 1);
    let no = heard(r#"{"Success":false,"ResultCode":"105","Reason":"订单不存在"}"#);
    assert!(matches!(no, Err(CarrierError::Refused { .. })), "{no:?}");
}

#[test]
fn pushes_of_couriers_are_heard_with_the_right_signature_alone() {
    use crate::carrier::hear::{Heard, Hears, Push};
    let account = Account::new("测试", "YTO", "1234567", "11111111-2222-3333-4444-555555555555");
    let kdniao = Kdniao::new(account);
    let all: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/push_103.json")).unwrap();
    let data = all["104_picked_up"].to_string();
    let heard = |sign: &str| {
        let fields = [("RequestData", &*data), ("RequestType", "103"), ("DataSign", sign)];
        let body = serde_urlencoded::to_string(fields).unwrap();
        kdniao.hear(Push { body: body.as_bytes(), now_ms: 1_767_294_901_000 })
    };
    let right = super::super::sign::data_sign(&data, "11111111-2222-3333-4444-555555555555");
    let Heard::Pickups { told, answer } = heard(&right) else { panic!("not heard") };
    assert_eq!((told.len(), told[0].word.as_str()), (1, "104"));
    assert!(answer.contains("\"Success\":true") && answer.contains("1234567"), "{answer}");
    assert!(matches!(heard("wrong"), Heard::Refused { .. }));
}
