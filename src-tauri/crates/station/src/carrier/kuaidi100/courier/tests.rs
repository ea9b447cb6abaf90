//! Couriers by the documents' words.

use super::{super::tests::account, *};
use crate::carrier::{
    offers::Window,
    sample::{NOW_MS, consignment},
};

const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;

fn asked(from_ms: i64) -> PickupAsk {
    let window = Some(Window { from_ms, to_ms: from_ms + 2 * HOUR_MS });
    PickupAsk { goods: consignment(), carrier: "SF".into(), window }
}

#[test]
fn tomorrow_is_said_as_today_when_it_is_there() {
    // 10:00 in China.
    let stored = map::book(&account(), &asked(NOW_MS + DAY_MS), NOW_MS).expect("all is there");
    let day = |now_ms: i64| {
        let param = due(&stored, now_ms).expect("still the same booking");
        let param: serde_json::Value = serde_json::from_str(&param).expect("JSON");
        assert_eq!(param["kuaidicom"], "shunfeng", "by Kuaidi100's own code");
        param["dayType"].as_str().expect("a word").to_owned()
    };
    assert_eq!(day(NOW_MS), "明天");
    assert_eq!(day(NOW_MS + 13 * HOUR_MS), "明天");
    assert_eq!(day(NOW_MS + 15 * HOUR_MS), "今天");
    let again = due(&stored, NOW_MS + HOUR_MS);
    assert_eq!(due(&stored, NOW_MS), again, "the same text on the same day");
    let late = due(&stored, NOW_MS + 2 * DAY_MS);
    assert!(matches!(late, Err(CarrierError::Unknown { .. })), "{late:?}");
    assert!(matches!(due("{}", NOW_MS), Err(CarrierError::NotSent { .. })));
}

#[test]
fn a_booking_asks_to_be_told_only_where_it_would_be_believed() {
    let text = |salt: &str, url: &str| {
        let own = super::super::Account { salt: salt.into(), push_url: url.into(), ..account() };
        map::book(&own, &asked(NOW_MS), NOW_MS).expect("all is there")
    };
    assert!(!text("", "https://push.example.cn").contains("callBackUrl"));
    assert!(!text("S", "").contains("callBackUrl"));
    let told = text("S", "https://push.example.cn");
    assert!(told.contains("callBackUrl") && told.contains("pollCallBackUrl"), "{told}");
}

#[test]
fn every_documented_status_is_known_and_no_other() {
    let stages = |all: &[u32]| -> Vec<PickupStage> {
        all.iter().map(|status| codes::pickup(&status.to_string())).collect()
    };
    use PickupStage as S;
    assert_eq!(stages(&[1, 2, 10]), [S::Accepted, S::Assigned, S::Collected]);
    assert!(stages(&[9, 11, 99, 610]).iter().all(|stage| *stage == S::Ended));
    assert!(stages(&[15, 101, 400]).iter().all(|stage| *stage == S::Collected));
    assert!(stages(&[13, 14]).iter().all(|stage| *stage == S::Delivered));
    assert!(stages(&[0, 12, 155, 166, 200, 201]).iter().all(|stage| *stage == S::Told));
    for odd in ["", "3", "100", "016", "已取件"] {
        assert_eq!(codes::pickup(odd), S::Other, "{odd}");
    }
}

/// A callback as a public page of the vendor's shows its fields.
const CALLED: &str = r#"{"kuaidicom":"yuantong","kuaidinum":"YT0000000000001","status":"200",
    "message":"成功","data":{"orderId":1000001,"status":15,"courierName":"练习员",
    "courierMobile":"13700000000","weight":"1.50","freight":"9.50"}}"#;

#[test]
fn a_callback_says_who_came_and_what_it_cost() {
    let told = called(CALLED, "C01").expect("of a courier");
    assert_eq!((told.carrier_key.as_str(), told.at_ms), ("C01/1000001", 0));
    assert_eq!((told.word.as_str(), told.stage), ("15", PickupStage::Collected));
    assert_eq!((told.no.as_str(), told.carrier.as_str()), ("YT0000000000001", "YTO"));
    let fees = told.fees.expect("settled");
    assert_eq!((fees.total_fen, fees.weight_g, fees.adds_up()), (950, Some(1_500), true));
    assert_eq!(told.settles, Settles::More);
    // What is held back before anybody came is no charge, nor is what is said beside the charges.
    for (status, total) in
        [("0", None), ("1", None), ("10", None), ("13", None), ("155", Some(950))]
    {
        let called = called(&CALLED.replace("15,", &format!("{status},")), "C01");
        let told = called.expect("of a courier");
        assert_eq!(told.fees.map(|fees| fees.total_fen), total, "{status}");
        assert_eq!(told.settles == Settles::Anew, total.is_some());
    }
    // Number and keys may stand beside what is said.
    let beside = r#"{"kuaidiNum":"YT1","taskId":"C01","orderId":7,"data":{"status":"2"}}"#;
    let told = called(beside, "").expect("of a courier");
    assert_eq!((told.carrier_key.as_str(), told.no.as_str()), ("C01/7", "YT1"));
    for none in ["{}", "[]", r#"{"data":{}}"#, r#"{"data":{"status":15}}"#, r#"{"lastResult":{}}"#]
    {
        assert_eq!(called(none, ""), None, "{none}");
    }
}

#[test]
fn a_courier_comes_within_three_days() {
    // 10:00 in China; tomorrow begins 14 hours later.
    for (hours, day, from) in [(1, "今天", "11:00"), (14, "明天", "00:00"), (50, "后天", "12:00")]
    {
        let stored = map::book(&account(), &asked(NOW_MS + hours * HOUR_MS), NOW_MS);
        let param = due(&stored.expect("nothing is missing"), NOW_MS).expect("our own");
        let param: serde_json::Value = serde_json::from_str(&param).expect("JSON");
        assert_eq!((&param["dayType"], &param["pickupStartTime"]), (&day.into(), &from.into()));
    }
    let late = map::book(&account(), &asked(NOW_MS + 100 * HOUR_MS), NOW_MS).unwrap_err();
    assert_eq!(late[0].field, "window");
}
