//! The settings file, and the addresses in it.

use station::{
    config::{self, ConfigWhy, Put, TableEdit},
    print::Address,
};
use std::collections::BTreeSet;

/// `station.toml`; a single line is read as an address as well.
pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if !text.contains('\n') {
        address(&text);
    }
    match config::parse(&text) {
        Ok(read) => valid(&read, &text),
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            let lines = text.lines().count().max(1);
            for fault in &faults {
                assert!(fault.line as usize <= lines + 1, "{fault:?} of {lines} lines");
                assert!(!ConfigWhy::word(fault.why).is_empty());
            }
        }
    }
    // Whatever the text is, a change leaves the other lines alone or changes nothing.
    let keys = [("speed", Put::Whole(4))];
    let named = text.split('"').nth(1).unwrap_or_default().to_owned();
    for edit in [TableEdit::Add(&keys), TableEdit::Set(&named, &keys)] {
        if let Ok(changed) = config::edit_printers(&text, &edit) {
            assert!(changed.contains("speed"), "the change is in it");
        }
    }
    let _ = config::edit_printers(&text, &TableEdit::Remove(&named));
    let _ = config::edit_printers(&text, &TableEdit::First(&named));
}

fn valid(read: &config::Config, text: &str) {
    // A station that is being set up has neither, and then nothing to choose between.
    assert_eq!(read.carriers.is_empty(), read.routing.is_empty());
    let names: BTreeSet<&str> = read.printers.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), read.printers.len(), "two printers of one name");
    let accounts: BTreeSet<&str> = read.carriers.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(accounts.len(), read.carriers.len(), "two accounts of one name");
    assert!(read.routing.iter().all(|rule| accounts.contains(rule.carrier.as_str())));
    for printer in &read.printers {
        assert!([8_000, 11_811, 12_000].contains(&printer.head_dots_per_m));
        assert!(printer.paper_width_um > 0 && printer.paper_height_um > 0);
        address(&printer.address.to_string());
        assert!(printer.speed.is_none_or(|speed| (1..=14).contains(&speed)));
    }
    for account in &read.carriers {
        assert!(account.calls_per_s.is_none_or(|n| (1..=200).contains(&n)));
        assert!(account.in_flight.is_none_or(|n| (1..=256).contains(&n)));
        assert!((100..=120_000).contains(&account.timeout_ms));
    }
    // What is valid stays so when a printer's name moves it to the front.
    let Some(name) = read.printers.last().map(|printer| &printer.name) else { return };
    if let Ok(moved) = config::edit_printers(text, &TableEdit::First(name)) {
        let first = config::parse(&moved).map(|config| config.printers[0].name.clone());
        assert_eq!(first.as_ref(), Ok(name));
    }
}

/// What is written is what was read.
fn address(text: &str) {
    if let Ok(address) = text.parse::<Address>() {
        assert_eq!(address.to_string().parse::<Address>().ok(), Some(address));
    }
}
