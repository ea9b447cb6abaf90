//! A gateway abroad, and the sender in English.

use super::{GOOD, faults, parse};
use crate::config::{
    ConfigWhy::{Missing, NotOneOf, SecretPlain, UnknownKey},
    KarrioLabel, LabelBy, Speaks,
};

const ENGLISH: &str = "[sender.abroad]\nname = \"Shiguang Home\"\nphone = \"+86 571 88001234\"\n\
    street = \"969 Wenyi West Road\"\ncity = \"Hangzhou\"\nstate = \"ZJ\"\npostcode = \"311121\"\n";

fn with(english: &str, karrio: &str) -> String {
    let account = format!("{english}[[carrier]]\nname = \"国际\"\nkind = \"karrio\"\n{karrio}\n");
    GOOD.replacen("[[carrier]]", &format!("{account}[[carrier]]"), 1)
}

#[test]
fn a_gateway_has_settings_of_its_own() {
    let text = with(ENGLISH, "endpoint = \"https://karrio.example/\"\ntoken = \"env:KARRIO\"");
    let config = parse(&text).unwrap();
    let Speaks::Karrio(own) = &config.carriers[0].speaks else { panic!("another kind") };
    assert_eq!((own.label_type, own.incoterm.as_str()), (KarrioLabel::Zpl, "DAP"));
    assert_eq!(config.carriers[0].label, LabelBy::Carrier, "carriers abroad draw their own");
    assert_eq!(config.carriers[0].endpoint.as_deref(), Some("https://karrio.example"));
    let sender = config.sender_abroad.unwrap();
    assert_eq!(
        (sender.address.country(), sender.address.detail.as_str()),
        ("CN", "969 Wenyi West Road")
    );
    assert_eq!(config.sender.name, "拾光家居");
    assert!(parse(GOOD).unwrap().sender_abroad.is_none());
}

#[test]
fn what_a_gateway_lacks_is_told() {
    let of = |settings: &str| -> Vec<_> {
        faults(&with("", settings)).into_iter().map(|(_, key, why)| (key, why)).collect()
    };
    let at = |key: &str, why| (format!("carrier[1].{key}"), why);
    assert_eq!(of(""), [at("endpoint", Missing), at("token", Missing)]);
    let good = "endpoint = \"http://127.0.0.1:5002\"\ntoken = \"env:K\"\n";
    assert_eq!(of(good), []);
    assert_eq!(of(&good.replace("env:K", "key_plain")), [at("token", SecretPlain)]);
    assert_eq!(of(&format!("{good}label_type = \"EPL\"")), [at("label_type", NotOneOf)]);
    assert_eq!(of(&format!("{good}shipper_code = \"YTO\"")), [at("shipper_code", UnknownKey)]);
    let english = |spoil: (&str, &str)| -> Vec<_> {
        let text = with(&ENGLISH.replace(spoil.0, spoil.1), good);
        faults(&text).into_iter().map(|(_, key, why)| (key, why)).collect()
    };
    let of_sender = |key: &str, why| (format!("sender.abroad.{key}"), why);
    assert_eq!(english(("postcode = \"311121\"\n", "")), [of_sender("postcode", Missing)]);
    assert_eq!(english(("postcode = \"311121\"", "country = \"HK\"")), []);
    let nowhere = ("state = \"ZJ\"", "country = \"Nowhere\"");
    assert_eq!(english(nowhere), [of_sender("country", NotOneOf)]);
}
