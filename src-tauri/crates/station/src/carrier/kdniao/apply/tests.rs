//! 1107 and 1117: the request as documented, answers and pushes of every kind.

use super::*;
use crate::{
    carrier::{
        hear::{Heard, Hears, Push},
        kdniao::{Account, sign},
        sample::{heard, word},
    },
    order::{Address, Person},
};

const KEY: &str = "11111111-2222-3333-4444-555555555555";
const PUSH: &str = include_str!("../fixtures/push_1117.json");

fn kdniao() -> Kdniao {
    Kdniao::new(Account::new("测试", "YD", "1234567", KEY))
}

fn ask() -> ApplyAsk {
    ApplyAsk {
        station_code: " 310001 ".into(),
        station_name: "练习余杭仓前#部".into(),
        apply_id: String::new(),
        company: "拾光家居".into(),
        applicant: Person {
            name: "李思".into(),
            phone: "13800000001".into(),
            address: Address {
                province: "浙江省".into(),
                city: "杭州市".into(),
                district: "余杭区".into(),
                detail: "文一西路 1 号".into(),
                ..Address::default()
            },
            ..Person::default()
        },
    }
}

#[test]
fn an_application_has_the_documented_fields() {
    let written: serde_json::Value =
        serde_json::from_str(&kdniao().apply_request(&ask()).unwrap()).unwrap();
    let documented: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/request_1107.json")).unwrap();
    assert_eq!(written, documented);
}

#[test]
fn what_is_missing_is_said_field_by_field() {
    let mut empty = ask();
    (empty.station_code, empty.station_name) = ("＃".repeat(51), " ".into());
    (empty.applicant.phone, empty.applicant.address.detail) = ("".into(), "".into());
    let faults = kdniao().apply_request(&empty).unwrap_err();
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    let want = ["station_code", "station_name", "applicant.phone", "applicant.detail"];
    assert_eq!(fields, want);
}

#[test]
fn an_answer_is_yes_no_or_nothing() {
    for (body, want) in [
        (include_str!("../fixtures/applied.json"), "yes"),
        (r#"{"Success":true}"#, "yes"),
        (r#"{"Success":"true","ResultCode":100,"ApplyCode":12345}"#, "yes"),
        (r#"{"ResultCode":"100"}"#, "yes"),
        (r#"{"Success":true,"ResultCode":"105"}"#, "unknown"),
        (r#"{"Success":false,"ResultCode":"100"}"#, "unknown"),
        (r#"{"Success":false}"#, "unknown"),
        ("{}", "unknown"),
        (r#"{"Success":false,"Reason":"该网点未开通电子面单"}"#, "refused"),
        (r#"{"Success":false,"ResultCode":"101","Reason":"缺少必要参数"}"#, "refused"),
        (r#"{"ResultCode":"102"}"#, "refused"),
        (r#"{"Success":false,"ResultCode":"405"}"#, "busy"),
    ] {
        let outcome = heard(body).and_then(taken).map(drop);
        assert_eq!(word(&outcome).0, want, "{body}");
    }
    let code = |body: &str| heard(body).and_then(taken).unwrap();
    assert_eq!(code(include_str!("../fixtures/applied.json")), "PRACTICE-APPLY-0001");
    assert_eq!(code(r#"{"Success":true,"ApplyCode":null}"#), "");
}

fn hear(data: &str, key: &str) -> Heard {
    let sign = sign::data_sign(data, key);
    let fields = [("RequestData", data), ("RequestType", "1117"), ("DataSign", &sign)];
    let body = serde_urlencoded::to_string(fields).unwrap() + "&EBusinessID=1234567";
    kdniao().hear(Push { body: body.as_bytes(), now_ms: 1_767_294_901_000 })
}

#[test]
fn a_signed_push_is_read_and_answered_as_two_sources_have_it() {
    let Heard::Applied { told, answer } = hear(PUSH, KEY) else { panic!("not heard") };
    assert_eq!(
        (told.apply_code.as_str(), told.station_code.as_str()),
        ("PRACTICE-APPLY-0001", "310001")
    );
    let ApplyOutcome::Granted { customer_name, customer_pwd } = &told.outcome else {
        panic!("{told:?}")
    };
    assert_eq!((customer_name.as_str(), customer_pwd.expose()), ("K00000001", "word-of-nobody-1"));
    assert!(!format!("{told:?}").contains("word-of-nobody"), "never in a log");
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let want = serde_json::json!({"EBusinessID": "1234567", "RequestType": "1117",
        "Success": true, "Message": "", "Reason": ""});
    assert_eq!(answer, want);
    let Heard::Refused { answer, .. } = hear(PUSH, "another") else { panic!("believed") };
    assert!(answer.contains("\"Success\":false"), "{answer}");
    assert!(matches!(hear("[]", KEY), Heard::Refused { .. }));
}

#[test]
fn a_push_without_a_number_is_a_refusal_or_nothing() {
    let refused = |data: &str| match told(data).map(|told| told.outcome) {
        Some(ApplyOutcome::Refused { said }) => Some(said),
        Some(ApplyOutcome::Granted { .. }) | None => None,
    };
    let no = r#"{"ApplyCode":"A1","Success":false,"Reason":"网点拒绝"}"#;
    assert_eq!(refused(no).as_deref(), Some("网点拒绝"));
    assert_eq!(refused(r#"{"StationCode":"1","Success":"0"}"#).as_deref(), Some(""));
    assert_eq!(refused(r#"{"ApplyCode":"A1","Reason":"资料不符"}"#).as_deref(), Some("资料不符"));
    let long = format!(r#"{{"ApplyCode":"A1","CustomerName":"{}"}}"#, "K".repeat(101));
    for nothing in [
        r#"{"ApplyCode":"A1"}"#,
        r#"{"ApplyCode":"A1","Success":true}"#,
        r#"{"ApplyCode":"A1","Success":false,"CustomerName":"K1"}"#,
        r#"{"CustomerName":"K1","CustomerPwd":"p"}"#,
        r#"{"ApplyCode":"A1","CustomerName":"K\n1"}"#,
        &long,
        "[]",
        "",
    ] {
        assert_eq!(told(nothing), None, "{nothing}");
    }
    assert!(told(r#"{"ApplyCode":7,"CustomerName":"K1"}"#).is_some(), "numbers are texts, too");
}

/// Bytes of a good text, bent again and again: whatever comes, nothing is believed that was not
/// said. The seed is given, so that a failure is the same every time.
fn bent(good: &str, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut bytes = good.as_bytes().to_vec();
    for _ in 0..=next() % 4 {
        let at = usize::try_from(next()).unwrap_or(0) % bytes.len().max(1);
        if bytes.is_empty() {
            break;
        }
        match next() % 4 {
            0 => bytes[at] = u8::try_from(next() % 256).unwrap_or(0),
            1 => drop(bytes.remove(at)),
            2 => bytes.truncate(at.max(1)),
            _ => bytes.insert(at, *b"{}[]\",:0\\ntf".get(at % 12).unwrap_or(&b'0')),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn whatever_is_pushed_and_answered_only_what_was_said_is_believed() {
    let refusal = r#"{"ApplyCode":"A1","StationCode":"1","Success":false,"Reason":"网点拒绝"}"#;
    let answer = include_str!("../fixtures/applied.json");
    let (mut granted, mut refused, mut yes) = (0, 0, 0);
    for seed in 0..20_000 {
        for good in [PUSH, refusal] {
            let data = bent(good, seed);
            let Some(told) = told(&data) else { continue };
            assert!(!told.apply_code.is_empty() || !told.station_code.is_empty(), "{seed}");
            match &told.outcome {
                ApplyOutcome::Granted { customer_name, customer_pwd } => {
                    granted += 1;
                    let said = |text: &str| data.contains(text) || data.contains('\\');
                    assert!(is_word(customer_name) && said(customer_name), "{seed}: {data}");
                    assert!(said(customer_pwd.expose()), "{seed}: {data}");
                }
                ApplyOutcome::Refused { .. } => refused += 1,
            }
        }
        let said = bent(answer, seed);
        if heard(&said).and_then(taken).is_ok() {
            yes += 1;
            assert!(said.contains("true") || said.contains("100") || said.contains('\\'), "{said}");
        }
    }
    assert!(granted > 100 && refused > 100 && yes > 100, "{granted} {refused} {yes}");
}
