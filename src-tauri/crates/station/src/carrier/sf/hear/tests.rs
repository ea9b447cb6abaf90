//! Pushes by SF's page: read, answered, and believed at their own address alone.

use super::*;
use crate::carrier::{sample::NOW_MS, sf::tests::account};
use std::sync::Arc;

const TOKEN: &str = "token-of-nobody-0001";
const JSON: &str = include_str!("../fixtures/route_push.json");
const XML: &str = include_str!("../fixtures/route_push.xml");
const STATE: &str = include_str!("../fixtures/state_push.json");

fn sf(token: &str) -> Sf {
    let own = crate::carrier::sf::Account { push_token: token.into(), ..account() };
    Sf::new(own, Arc::new(|| NOW_MS))
}

fn heard(body: &str) -> Heard {
    sf(TOKEN).hear(Push { body: body.as_bytes(), now_ms: NOW_MS })
}

fn form(xml: &str) -> String {
    serde_urlencoded::to_string([("content", xml)]).expect("texts encode")
}

fn told(heard: Heard) -> (Vec<Tracked>, String) {
    match heard {
        Heard::Tracks { news, answer } => (news.tracked, answer),
        other => panic!("not taken: {other:?}"),
    }
}

fn words(parcel: &Tracked) -> Vec<(Stage, &str)> {
    parcel.events.iter().map(|event| (event.stage, event.word.as_str())).collect()
}

#[test]
fn an_address_opens_with_its_own_secret_alone() {
    assert!(sf(TOKEN).opens(TOKEN));
    for other in ["", "token-of-nobody-0002", "token-of-nobody-000", "TOKEN-OF-NOBODY-0001"] {
        assert!(!sf(TOKEN).opens(other), "{other}");
    }
    // What anybody could guess, or no address holds as it is, opens nothing.
    for weak in ["", "short", "sixteen / signs!", "一二三四五六七八九十"] {
        assert!(!sf(weak).opens(weak), "{weak}");
    }
    use crate::carrier::Carrier;
    assert!(sf("").hears().is_none());
    assert_eq!((sf("short").lacks(), sf(TOKEN).lacks()), (vec!["push_token"], Vec::new()));
}

#[test]
fn routes_of_several_parcels_are_told_apart_and_once_each() {
    let (tracked, answer) = told(heard(JSON));
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(answer, json!({"return_code": "0000", "return_msg": "成功"}));
    let numbers: Vec<&str> = tracked.iter().map(|parcel| parcel.no.as_str()).collect();
    assert_eq!(numbers, ["SF0000000000001", "SF0000000000002"]);
    assert!(tracked.iter().all(|parcel| parcel.stage.is_none()));
    // In the order of time, one id once; a code of no table is shown and moves nothing.
    assert_eq!(
        words(&tracked[0]),
        [(Stage::Collected, "50"), (Stage::InTransit, "31"), (Stage::Other, "777")]
    );
    assert_eq!(words(&tracked[1]), [(Stage::Delivered, "80")]);
    assert_eq!((tracked[0].events[0].place.as_str(), &*tracked[1].events[0].place), ("杭州市", ""));
}

#[test]
fn the_same_as_xml_in_a_form_says_the_same() {
    let (tracked, answer) = told(heard(&form(XML)));
    assert_eq!(tracked, told(heard(JSON)).0);
    assert_eq!(answer, "<Response service=\"RoutePushService\"><Head>OK</Head></Response>");
    let one = json!({"Body": {"WaybillRoute": {"mailno": "SF1", "opCode": "36",
        "acceptTime": "2026-11-20 10:00:00", "remark": "x"}}});
    assert_eq!(words(&told(heard(&one.to_string())).0[0]), [(Stage::InTransit, "36")]);
}

#[test]
fn what_cannot_be_read_is_asked_for_again_in_its_own_form() {
    let answer = |body: &str| match heard(body) {
        Heard::Refused { answer, .. } => answer,
        other => panic!("{body}: {other:?}"),
    };
    for odd in ["{", "{}", r#"{"Body":{}}"#, r#"{"Body":{"WaybillRoute":[1]}}"#] {
        assert!(answer(odd).contains("\"return_code\":\"1000\""), "{odd}");
    }
    for odd in [&XML[..XML.len() - 12], "<Request service='OtherService'><Body/></Request>"] {
        assert!(answer(&form(odd)).contains("<Head>ERR</Head><ERROR code=\"4001\">"), "{odd}");
    }
    assert!(answer(r#"{"orderState":[]}"#).contains("\"success\":\"false\""));
    // One that has no moment, or no number, is no reason to hear the rest again.
    let (tracked, _) = told(heard(&JSON.replace("2026-11-20 10:00:00", "昨天")));
    assert_eq!(words(&tracked[0]).len(), 2);
    for nobodys in ["", "no", "param=1&sign=2", "content=%7B%22feeList%22%3A1%7D"] {
        assert_eq!(heard(nobodys), Heard::NotMine, "{nobodys}");
    }
}

#[test]
fn states_of_orders_are_shown_and_move_nothing() {
    let (tracked, answer) = told(heard(STATE));
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(answer, json!({"success": "true", "code": "0", "msg": ""}));
    assert_eq!(tracked.len(), 1, "an order without a number is nobody's parcel");
    // The list's codes are no riddle; another is counted as one.
    assert_eq!(
        words(&tracked[0]),
        [(Stage::Other, ""), (Stage::Other, ""), (Stage::Other, "77-1")]
    );
    assert_eq!(tracked[0].events[0].text, "调度成功 012345 13700000000");
    assert_eq!(tracked[0].events[1].text, "05-40003");
    let xml = "<Request service=\"PushOrderState\" lang=\"zh-CN\"><Body><orderState>\
        <orderNo>PB-1-A</orderNo><waybillNo>SF0000000000001</waybillNo>\
        <orderStateCode>04-40037</orderStateCode><orderStateDesc>已接单</orderStateDesc>\
        <lastTime>2026-11-20 09:00:00</lastTime></orderState></Body></Request>";
    let (tracked, answer) = told(heard(&form(xml)));
    assert_eq!(tracked[0].events[0].text, "已接单");
    assert_eq!(answer, "<Response><success>true</success></Response>");
}
