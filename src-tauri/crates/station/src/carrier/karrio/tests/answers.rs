//! What single answers mean, whole, cut and bent.

use super::{
    super::{Account, Environment, answer},
    KEY, account, heard, word,
};
use crate::carrier::Fix;

#[test]
fn every_no_says_what_mends_it_and_nothing_unclear_is_a_no() {
    for (status, body, said) in [
        (
            401,
            include_str!("../fixtures/bad_token.json"),
            ("refused", "invalid_token", Some(Fix::EditAccount)),
        ),
        (
            400,
            include_str!("../fixtures/bad_postcode.json"),
            ("refused", "validation", Some(Fix::EditOrder)),
        ),
        (
            404,
            include_str!("../fixtures/no_carrier.json"),
            ("refused", "not_found", Some(Fix::EditAccount)),
        ),
        (
            400,
            include_str!("../fixtures/no_service.json"),
            ("refused", "service_unavailable", Some(Fix::EditAccount)),
        ),
        (
            409,
            include_str!("../fixtures/again.json"),
            ("refused", "state_error", Some(Fix::AskCarrier)),
        ),
        (
            424,
            include_str!("../fixtures/carrier_refused.json"),
            ("refused", "9510142", Some(Fix::EditOrder)),
        ),
        // The gateway could not read what its carrier said: the carrier may have done it.
        (424, include_str!("../fixtures/carrier_unread.json"), ("unknown", "", None)),
        (424, include_str!("../fixtures/gateway_failed.json"), ("unknown", "", None)),
        (500, r#"{"errors":[{"code":"error","message":"timed out"}]}"#, ("unknown", "", None)),
        (404, "<html>Not Found</html>", ("unknown", "", None)),
        (502, "<html>Bad Gateway</html>", ("unknown", "", None)),
        (400, "{}", ("unknown", "", None)),
        (429, "", ("busy", "", None)),
        (200, "", ("unknown", "", None)),
        (200, r#"{"id":"shp_"#, ("unknown", "", None)),
        (302, "", ("unknown", "", None)),
    ] {
        assert_eq!(word(&heard(status, body)), said, "{status} {body}");
    }
}

#[test]
fn a_yes_without_our_number_is_none() {
    let whole = include_str!("../fixtures/purchased.json");
    for (from, to) in [
        (r#""status": "created""#, r#""status": "draft""#),
        (r#""status": "created""#, r#""status": "cancelled""#),
        (r#""status": "created""#, r#""status": """#),
        (r#""tracking_number": "1187817ba1e5""#, r#""tracking_number": null"#),
        (r#""tracking_number": "1187817ba1e5""#, r#""tracking_number": "单号""#),
        (r#""reference": "PB1-"#, r#""reference": "PB2-"#),
    ] {
        assert!(whole.contains(from), "{from}");
        let shipment = heard(200, &whole.replace(from, to)).unwrap();
        assert_eq!(word(&answer::waybill(&shipment, KEY)).0, "unknown", "{to}");
    }
}

#[test]
fn a_rate_is_chosen_by_service_or_price_in_the_right_world() {
    let mut draft = heard(201, include_str!("../fixtures/draft.json")).unwrap();
    assert!(answer::chosen(&account(), &draft).unwrap().id.starts_with("rat_37a2"));
    let mut dearer = draft.rates[0].clone();
    (dearer.id, dearer.service, dearer.total_charge) =
        ("rat_2".into(), "fast".into(), "9.5".into());
    draft.rates.insert(0, dearer);
    assert!(answer::chosen(&account(), &draft).unwrap().id.starts_with("rat_37a2"));
    let fast = Account { service: "fast".into(), ..account() };
    assert_eq!(answer::chosen(&fast, &draft).unwrap().id, "rat_2");
    let none = Account { service: "none".into(), ..account() };
    let refused = answer::chosen(&none, &draft).map(|rate| rate.id.clone());
    assert_eq!(word(&refused), ("refused", "no_rate", Some(Fix::EditAccount)));
    assert_eq!(word(&answer::of_this_world(&account(), &draft)).0, "yes");
    let real = Account { environment: Environment::Production, ..account() };
    assert_eq!(
        word(&answer::of_this_world(&real, &draft)),
        ("refused", "test_mode", Some(Fix::EditAccount))
    );
}

/// Answers that were cut, and answers of which any one byte is another: never a number that was
/// not said under our key, never "not sent".
#[test]
fn nothing_bent_is_taken_for_a_yes() {
    let whole = include_str!("../fixtures/purchased.json").trim_end();
    for end in (0..whole.len()).step_by(7).filter(|&end| whole.is_char_boundary(end)) {
        assert_eq!(word(&heard(200, &whole[..end])).0, "unknown", "cut at {end}");
    }
    for (nth, bent) in
        (0..whole.len()).step_by(3).zip([b'"', b'0', b'}', b',', 0xff].iter().cycle())
    {
        let mut bytes = whole.as_bytes().to_vec();
        bytes[nth] = *bent;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for status in [200, 201, 400, 409, 424, 500] {
            match heard(status, &text).and_then(|shipment| answer::waybill(&shipment, KEY)) {
                Ok(issued) => {
                    assert!(status < 300, "a number out of HTTP {status}");
                    assert!(text.contains(&issued.no) && text.contains(KEY), "byte {nth}");
                }
                Err(error) => {
                    assert!(!matches!(error, crate::carrier::CarrierError::NotSent { .. }))
                }
            }
        }
    }
}
