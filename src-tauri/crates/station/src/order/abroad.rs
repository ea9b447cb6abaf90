//! What a parcel that leaves China needs besides: an address in Latin letters, the goods for
//! customs, a sender that is written in English. Pure; where a carrier goes is its own word.

use super::{Address, Fault, FaultCode, Item, Person, country};

/// Codes of the Harmonized System have 6 digits; countries add up to 4.
const HS_DIGITS: std::ops::RangeInclusive<usize> = 6..=10;

/// Whether carriers abroad can read it: Latin letters with their marks, digits, signs.
#[must_use]
pub fn is_latin(text: &str) -> bool {
    text.chars().all(|c| {
        let letter = c < '\u{250}' || ('\u{1e00}'..='\u{1eff}').contains(&c);
        let sign = ('\u{2010}'..='\u{2027}').contains(&c) || matches!(c, '€' | '№' | '™');
        (letter || sign) && !c.is_control()
    })
}

/// What goods are called for customs: in English, or by their title if that can be read there.
#[must_use]
pub fn english(item: &Item) -> &str {
    match item.customs.english.trim() {
        "" if is_latin(&item.title) => item.title.trim(),
        english => english,
    }
}

/// The address in one line, street first and the country in capitals last, as posts read it.
#[must_use]
pub fn postal(at: &Address) -> String {
    let joined = |parts: [&str; 2]| {
        let there: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        there.join(" ")
    };
    let region = joined([&at.province, &at.postcode]);
    let country = country::english(at.country()).to_uppercase();
    let lines = [at.detail.as_str(), &at.district, &at.city, &region, &country];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Everything that keeps it from leaving; empty when nothing does. `sender`: as the settings write
/// it in English. What stands in lists quotes no name and no street.
#[must_use]
pub fn faults(sender: Option<&Person>, receiver: &Person, items: &[Item]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |code, field: &str, what: &str| {
        faults.push(Fault { code, field: field.to_owned(), what: what.to_owned() });
    };
    if sender.is_none() {
        add(FaultCode::SenderAbroadMissing, "sender.abroad", "");
    }
    for (side, person) in [("sender.abroad.", sender), ("", Some(receiver))] {
        let Some(person) = person else { continue };
        let at = &person.address;
        let texts = [
            ("name", &person.name),
            ("province", &at.province),
            ("city", &at.city),
            ("district", &at.district),
            ("detail", &at.detail),
            ("postcode", &at.postcode),
        ];
        for (field, _) in texts.into_iter().filter(|(_, text)| !is_latin(text)) {
            add(FaultCode::LatinNeeded, &format!("{side}{field}"), "");
        }
    }
    if sender.is_none_or(|sender| sender.address.country() != receiver.address.country()) {
        for item in items {
            customs(item, &mut |what| add(FaultCode::CustomsMissing, "customs", what));
        }
    }
    faults.dedup();
    faults
}

fn customs(item: &Item, missing: &mut impl FnMut(&str)) {
    let known = &item.customs;
    if english(item).is_empty() || !is_latin(english(item)) {
        missing("english");
    }
    if known.value_minor.unwrap_or(0) == 0 {
        missing("value");
    }
    if known.currency().len() != 3 || !known.currency().bytes().all(|b| b.is_ascii_uppercase()) {
        missing("currency");
    }
    if !country::is_known(known.origin()) {
        missing("origin");
    }
    let hs = known.hs_code.as_str();
    let is_code = HS_DIGITS.contains(&hs.len()) && hs.bytes().all(|b| b.is_ascii_digit());
    if !hs.is_empty() && !is_code {
        missing("hs_code");
    }
}

#[cfg(test)]
mod tests {
    use super::super::Customs;
    use super::*;

    fn person(country: &str) -> Person {
        let address = Address {
            province: "IL".into(),
            city: "Springfield".into(),
            detail: "1 Example Street".into(),
            country: country.into(),
            postcode: "62704".into(),
            ..Address::default()
        };
        Person {
            name: "Zoë Müller".into(),
            phone: "+1 217 555 0100".into(),
            address,
            ..Person::default()
        }
    }

    fn mug() -> Item {
        let customs = Customs {
            english: "Ceramic mug".into(),
            hs_code: "691200".into(),
            value_minor: Some(1_250),
            currency: "USD".into(),
            ..Customs::default()
        };
        Item { title: "水杯".into(), quantity: 2, customs, codes: crate::order::Codes::default() }
    }

    fn found(
        sender: Option<&Person>,
        receiver: &Person,
        item: &Item,
    ) -> Vec<(FaultCode, String, String)> {
        let faults = faults(sender, receiver, std::slice::from_ref(item));
        faults.into_iter().map(|fault| (fault.code, fault.field, fault.what)).collect()
    }

    #[test]
    fn a_parcel_that_customs_know_may_leave() {
        assert_eq!(found(Some(&person("")), &person("US"), &mug()), []);
        let bare = Item { customs: Customs::default(), ..mug() };
        assert_eq!(found(Some(&person("US")), &person("US"), &bare), [], "it crosses no border");
    }

    #[test]
    fn an_address_ends_in_its_country() {
        let at = person("US").address;
        assert_eq!(postal(&at), "1 Example Street, Springfield, IL 62704, UNITED STATES");
        let at = Address { province: String::new(), postcode: String::new(), ..at };
        assert_eq!(postal(&at), "1 Example Street, Springfield, UNITED STATES");
    }

    #[test]
    fn what_keeps_it_is_named_by_its_field() {
        use FaultCode::{CustomsMissing, LatinNeeded, SenderAbroadMissing};
        let (home, there) = (person(""), person("US"));
        let mut chinese = person("US");
        chinese.name = "张三".into();
        chinese.address.detail = "示例路 1 号".into();
        let names = [
            (LatinNeeded, "name".into(), String::new()),
            (LatinNeeded, "detail".into(), String::new()),
        ];
        assert_eq!(found(Some(&home), &chinese, &mug()), names);
        let missing = [(SenderAbroadMissing, "sender.abroad".into(), String::new())];
        assert_eq!(found(None, &there, &mug()), missing);
        type Spoil = fn(&mut Customs);
        let cases: [(Spoil, &str); 7] = [
            (|c| c.english.clear(), "english"),
            (|c| c.english = "杯".into(), "english"),
            (|c| c.value_minor = None, "value"),
            (|c| c.value_minor = Some(0), "value"),
            (|c| c.currency = "元".into(), "currency"),
            (|c| c.origin = "Nowhere".into(), "origin"),
            (|c| c.hs_code = "69".into(), "hs_code"),
        ];
        for (spoil, what) in cases {
            let mut item = mug();
            spoil(&mut item.customs);
            let want = [(CustomsMissing, "customs".to_owned(), what.to_owned())];
            assert_eq!(found(Some(&home), &there, &item), want);
        }
        let titled = Item {
            title: "Mug".into(),
            customs: Customs { english: String::new(), ..mug().customs },
            ..mug()
        };
        assert_eq!(found(Some(&home), &there, &titled), [], "a title that can be read will do");
    }
}
