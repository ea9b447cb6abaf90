//! The carriers that are asked directly have settings of their own.

use super::{super::Direct, GOOD, parse};
use crate::config::{
    ConfigWhy::{Missing, NotOneOf, SecretPlain, UnknownKey},
    Speaks,
};

/// The same with another carrier.
fn with(settings: &str) -> String {
    let (start, rest) = GOOD.split_once("kind = \"kdniao\"").unwrap();
    let (_, end) = rest.split_once("month_code = \"x\"").unwrap();
    format!("{start}{settings}{end}")
}

fn read(settings: &str) -> Direct {
    let config = parse(&with(settings)).unwrap_or_else(|why| panic!("{settings}: {why:?}"));
    let Speaks::Direct(own) = &config.carriers[0].speaks else { panic!("{config:?}") };
    (**own).clone()
}

#[test]
fn an_interface_of_yto_may_have_its_own() {
    let own = read(
        "kind = \"yto\"\nuser_id = \"U1\"\ncustomer_code = \"K1\"\nsecret = \"env:A\"\n\
         [carrier.interfaces.track]\nuser_id = \"U2\"\ncustomer_code = \"K2\"\nsecret = \"env:B\"\n\
         [[carrier]]\nname = \"二\"\nkind = \"yunda\"\napp_key = \"1\"\napp_secret = \"env:C\"\n\
         partner_id = \"1\"\npartner_secret = \"env:D\"",
    );
    let Direct::Yto(own) = own else { panic!("{own:?}") };
    let track = own.track.expect("its own");
    assert_eq!((own.create.user_id.as_str(), track.user_id.as_str()), ("U1", "U2"));
    assert!(own.cancel.is_none() && own.print.is_none() && !own.repeats);
}

#[test]
fn what_is_missing_or_nobodys_is_named() {
    let faults = |settings: &str| super::faults(&with(settings));
    let found = faults("kind = \"zto\"\napp_secret = \"plain\"\nrepeat = \"often\"\nmonth = 1");
    let found: Vec<_> = found.iter().map(|(_, key, why)| (key.as_str(), *why)).collect();
    for fault in [
        ("carrier[1].app_key", Missing),
        ("carrier[1].account_id", Missing),
        ("carrier[1].account_password", Missing),
        ("carrier[1].app_secret", SecretPlain),
        ("carrier[1].repeat", NotOneOf),
        ("carrier[1].month", UnknownKey),
    ] {
        assert!(found.contains(&fault), "{fault:?} in {found:?}");
    }
    let own = "kind = \"yto\"\nuser_id = \"U\"\ncustomer_code = \"K\"\nsecret = \"env:A\"\n";
    let found = faults(&format!("{own}interfaces = {{ price = {{}} }}"));
    assert_eq!(found.len(), 1, "{found:?}");
    let found = faults(&format!("{own}interfaces = {{ track = {{ user = 1 }} }}"));
    assert!(found.iter().any(|fault| fault.2 == UnknownKey), "{found:?}");
}
