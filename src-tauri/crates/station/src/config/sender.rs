//! Who sends: `[sender]`, and the profiles of others for whom this bench sends (代发),
//! `[[sender_profile]]`, with the one rule that chooses among them.

use super::{CarrierConfig, ConfigWhy, parse::NAME_CHARS_MAX, section::Section};
use crate::order::{self, Person, country};

/// What stands for `[sender]` where somebody wants it although a profile would be chosen.
pub const OWN_SENDER: &str = "-";

/// Somebody else under whose name parcels go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderProfile {
    /// What the desk calls it; unique, and never on a label.
    pub profile: String,
    /// Who sends.
    pub person: Person,
    /// The same in English, for what leaves China; `None` if nobody wrote it.
    pub abroad: Option<Person>,
    /// Sends for these shops; empty: whatever the shop.
    pub shops: Vec<String>,
    /// Sends what goes by these carrier accounts; empty: by any.
    pub carriers: Vec<String>,
}

impl SenderProfile {
    /// One that names neither shops nor accounts is chosen by hand or by a file alone.
    fn fits(&self, shop: &str, carrier: &str) -> bool {
        let named =
            |names: &[String], name: &str| names.is_empty() || names.iter().any(|one| one == name);
        let choosy = !(self.shops.is_empty() && self.carriers.is_empty());
        choosy && named(&self.shops, shop) && named(&self.carriers, carrier)
    }
}

/// Who sends where nobody chose: the first profile that names it; `None` is `[sender]`.
pub fn sender_for<'a>(
    profiles: &'a [SenderProfile],
    shop: &str,
    carrier: &str,
) -> Option<&'a SenderProfile> {
    profiles.iter().find(|profile| profile.fits(shop, carrier))
}

/// `[sender]`, and the same in English.
pub(super) fn own(top: &Section<'_>) -> (Person, Option<Person>) {
    match top.table("sender") {
        Some(section) => person(&section),
        None => {
            if top.item("sender").is_none() {
                top.note("sender", ConfigWhy::Missing, "[sender]");
            }
            (Person::default(), None)
        }
    }
}

/// All `[[sender_profile]]`.
pub(super) fn profiles(top: &Section<'_>, carriers: &[CarrierConfig]) -> Vec<SenderProfile> {
    let mut found: Vec<SenderProfile> = Vec::new();
    for section in top.tables("sender_profile") {
        let profile = section.text("profile");
        if profile.chars().count() > NAME_CHARS_MAX {
            section.note("profile", ConfigWhy::OutOfRange, format!("≤ {NAME_CHARS_MAX}"));
        }
        if profile == OWN_SENDER {
            section.note("profile", ConfigWhy::NotOneOf, format!("≠ {OWN_SENDER}"));
        }
        if !profile.is_empty() && found.iter().any(|other| other.profile == profile) {
            section.note("profile", ConfigWhy::Duplicate, &profile);
        }
        let (shops, accounts) = (section.texts("shops"), section.texts("carriers"));
        for name in &accounts {
            if carriers.iter().all(|known| known.name != *name) {
                section.note("carriers", ConfigWhy::UnknownCarrier, name);
            }
        }
        let (person, abroad) = person(&section);
        found.push(SenderProfile { profile, person, abroad, shops, carriers: accounts });
    }
    found
}

/// Who sends, and the same in English; the last that is asked of a section.
fn person(section: &Section<'_>) -> (Person, Option<Person>) {
    let abroad = section.table("abroad").map(|section| in_english(&section));
    let person = Person {
        name: section.text("name"),
        phone: section.text("phone"),
        address: order::Address {
            province: section.text("province"),
            city: section.text("city"),
            district: section.text_or_empty("district"),
            detail: section.text("detail"),
            country: String::new(),
            postcode: section.text_or_empty("postcode"),
        },
        email: section.text_or_empty("email"),
    };
    section.end();
    (person, abroad)
}

fn in_english(section: &Section<'_>) -> Person {
    let typed = section.text_or("country", Some(country::CHINA)).unwrap_or_default();
    let country = country::code(&typed).unwrap_or_else(|| {
        section.note("country", ConfigWhy::NotOneOf, "CN, HK, US, …");
        country::CHINA
    });
    let postcode = section.text_or_empty("postcode");
    if postcode.is_empty() && country::needs_postcode(country) {
        section.note("postcode", ConfigWhy::Missing, "");
    }
    let person = Person {
        name: section.text("name"),
        phone: section.text("phone"),
        address: order::Address {
            province: section.text_or_empty("state"),
            city: section.text("city"),
            district: String::new(),
            detail: section.text("street"),
            country: if country == country::CHINA { String::new() } else { country.to_owned() },
            postcode,
        },
        email: section.text_or_empty("email"),
    };
    section.end();
    person
}
