//! Whether an order can be sent at all, before any carrier hears of it. Pure: the same order always
//! gets the same faults. Where a carrier can go is the carrier's answer, not decided here.
//!
//! Addresses are expected in canonical form (`place::normalise`).

use crate::order::{Address, Fault, FaultCode, Item, Needs, Person, country, read_phone};
use crate::place;

/// KDNiao takes no longer receiver's name (S30), and the label has one line for it.
pub const NAME_CHARS_MAX: usize = 30;

/// KDNiao takes no longer street (`Address`, S100); the label wraps up to there.
pub const DETAIL_CHARS_MAX: usize = 100;

/// Karrio takes no longer line of an address, and no longer name; carriers behind it less, and say
/// so themselves.
pub const ABROAD_CHARS_MAX: usize = 100;

/// Fewer digits are no phone in any country.
const PHONE_DIGITS_MIN: usize = 5;

/// At most so many missing characters are named; the rest would not help.
const GLYPHS_NAMED_MAX: usize = 8;

/// All reasons why an order cannot be sent; empty when it can. Faults stand in lists, so `what`
/// never quotes a name, phone or street; the form shows those.
///
/// `missing_glyphs` names the characters of a text that none of the label's fonts has.
#[must_use]
pub fn check(
    receiver: &Person,
    items: &[Item],
    weight_g: Option<u32>,
    note: &str,
    needs: Needs,
    missing_glyphs: &dyn Fn(&str) -> Vec<char>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |code, field: &str, what: &str| {
        faults.push(Fault { code, field: field.to_owned(), what: what.to_owned() });
    };
    check_name_and_phone(receiver, &mut add);
    if receiver.address.is_abroad() {
        check_place_abroad(&receiver.address, &mut add);
    } else {
        check_place(&receiver.address, &mut add);
    }
    if !receiver.email.is_empty() && !is_mailbox(&receiver.email) {
        add(FaultCode::EmailUnreadable, "email", "");
    }
    if says_nothing(&receiver.address.detail) {
        add(FaultCode::DetailMissing, "detail", "");
    }
    if receiver.address.detail.chars().count() > DETAIL_CHARS_MAX {
        add(FaultCode::TooLong, "detail", "");
    }
    if needs.weight && weight_g.unwrap_or(0) == 0 {
        add(FaultCode::WeightMissing, "weight", "");
    }
    let place = &receiver.address;
    let texts = [
        ("name", receiver.name.as_str()),
        ("province", &place.province),
        ("city", &place.city),
        ("district", &place.district),
        ("detail", &place.detail),
        ("postcode", &place.postcode),
        ("note", note),
    ];
    let goods = items.iter().map(|item| ("items", item.title.as_str()));
    for (field, text) in texts.into_iter().chain(goods) {
        let mut missing = missing_glyphs(text);
        missing.truncate(GLYPHS_NAMED_MAX);
        if !missing.is_empty() {
            add(FaultCode::GlyphMissing, field, &missing.into_iter().collect::<String>());
        }
    }
    faults
}

fn check_name_and_phone(receiver: &Person, add: &mut impl FnMut(FaultCode, &str, &str)) {
    if says_nothing(&receiver.name) {
        add(FaultCode::NameMissing, "name", "");
    } else if receiver.name.chars().count() > name_chars_max(receiver) {
        add(FaultCode::TooLong, "name", "");
    }
    if receiver.phone.trim().is_empty() {
        add(FaultCode::PhoneMissing, "phone", "");
    } else if read_phone(&receiver.phone).is_none() && !abroad(receiver) {
        add(FaultCode::PhoneUnreadable, "phone", "");
    }
}

fn name_chars_max(receiver: &Person) -> usize {
    if receiver.address.is_abroad() { ABROAD_CHARS_MAX } else { NAME_CHARS_MAX }
}

/// Nothing is known of other countries' places but whether their post has codes.
fn check_place_abroad(place: &Address, add: &mut impl FnMut(FaultCode, &str, &str)) {
    if !country::is_known(place.country()) {
        add(FaultCode::CountryUnknown, "country", &place.country);
    } else if place.postcode.is_empty() && country::needs_postcode(place.country()) {
        add(FaultCode::PostcodeMissing, "postcode", "");
    }
    if says_nothing(&place.city) {
        add(FaultCode::CityUnknown, "city", "");
    }
}

fn is_mailbox(text: &str) -> bool {
    let parts = text.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.'));
    parts.is_some() && !text.chars().any(|c| c.is_whitespace() || c == ',' || c == ';')
}

/// Blanks, dashes and emoji alone are no name and no street.
fn says_nothing(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Numbers of 香港, 澳门 and 台湾 have forms of their own; eight digits are taken there.
fn abroad(receiver: &Person) -> bool {
    let province = receiver.address.province.as_str();
    let digits = receiver.phone.chars().filter(char::is_ascii_digit).count();
    if receiver.address.is_abroad() {
        return digits >= PHONE_DIGITS_MIN;
    }
    place::knows_province(province) && place::cities(province).is_empty() && digits >= 8
}

/// The first level that is wrong; what lies below it cannot be judged before it is mended.
fn check_place(place: &Address, add: &mut impl FnMut(FaultCode, &str, &str)) {
    let (province, city, district) = (&place.province, &place.city, &place.district);
    if !place::knows_province(province) {
        add(FaultCode::ProvinceUnknown, "province", province);
    } else if !place::knows_city(province, city) {
        add(FaultCode::CityUnknown, "city", city);
    } else if place::has_districts(province, city) {
        if district.is_empty() {
            add(FaultCode::DistrictMissing, "district", "");
        } else if !place::knows_district(province, city, district) {
            add(FaultCode::DistrictUnknown, "district", district);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::{Codes, Customs};

    fn receiver() -> Person {
        let [province, city, district, detail] =
            ["浙江省", "杭州市", "余杭区", "文一西路 1 号"].map(str::to_owned);
        let address = Address { province, city, district, detail, ..Address::default() };
        Person {
            name: "试收人".into(), phone: "13800000001".into(), address, ..Person::default()
        }
    }

    fn faults(receiver: &Person) -> Vec<(FaultCode, String, String)> {
        let items = [Item {
            title: "杯刷".into(),
            quantity: 1,
            customs: Customs::default(),
            codes: Codes::default(),
        }];
        check(receiver, &items, Some(90), "", Needs::default(), &|_| Vec::new())
            .into_iter()
            .map(|fault| (fault.code, fault.field, fault.what))
            .collect()
    }

    #[test]
    fn a_good_order_has_no_fault() {
        assert_eq!(faults(&receiver()), []);
    }

    #[test]
    fn each_thing_missing_is_named_with_its_field() {
        type Spoil = fn(&mut Person);
        let cases: [(Spoil, FaultCode, &str, &str); 12] = [
            (|p| p.name = " ".into(), FaultCode::NameMissing, "name", ""),
            (|p| p.name = "🎀 -".into(), FaultCode::NameMissing, "name", ""),
            (|p| p.name = "长".repeat(31), FaultCode::TooLong, "name", ""),
            (|p| p.phone = String::new(), FaultCode::PhoneMissing, "phone", ""),
            (|p| p.phone = "138****0001".into(), FaultCode::PhoneUnreadable, "phone", ""),
            (|p| p.address.detail = String::new(), FaultCode::DetailMissing, "detail", ""),
            (|p| p.address.detail = "路".repeat(101), FaultCode::TooLong, "detail", ""),
            (
                |p| p.address.province = "江南".into(),
                FaultCode::ProvinceUnknown,
                "province",
                "江南",
            ),
            (|p| p.address.province = String::new(), FaultCode::ProvinceUnknown, "province", ""),
            (|p| p.address.city = "南京市".into(), FaultCode::CityUnknown, "city", "南京市"),
            (|p| p.address.district = String::new(), FaultCode::DistrictMissing, "district", ""),
            (
                |p| p.address.district = "昆山市".into(),
                FaultCode::DistrictUnknown,
                "district",
                "昆山市",
            ),
        ];
        for (spoil, code, field, what) in cases {
            let mut person = receiver();
            spoil(&mut person);
            let got = faults(&person);
            assert_eq!(got.len(), 1, "{code:?}: {got:?}");
            assert_eq!(got[0], (code, field.to_owned(), what.to_owned()));
        }
    }

    #[test]
    fn abroad_the_places_are_not_ours_to_judge() {
        let address = Address {
            city: "Springfield".into(),
            detail: "1 Example Street".into(),
            country: "US".into(),
            postcode: "62704".into(),
            ..Address::default()
        };
        let mut there = Person { address, ..receiver() };
        there.name = "Wilhelmina Charlotte von Example".into();
        there.phone = "+1 217 555 0100".into();
        there.email = "w@example.com".into();
        assert_eq!(faults(&there), []);
        type Spoil = fn(&mut Person);
        let cases: [(Spoil, FaultCode, &str, &str); 5] = [
            (|p| p.address.postcode.clear(), FaultCode::PostcodeMissing, "postcode", ""),
            (|p| p.address.country = "XX".into(), FaultCode::CountryUnknown, "country", "XX"),
            (|p| p.address.city.clear(), FaultCode::CityUnknown, "city", ""),
            (|p| p.phone = "12".into(), FaultCode::PhoneUnreadable, "phone", ""),
            (|p| p.email = "nobody".into(), FaultCode::EmailUnreadable, "email", ""),
        ];
        for (spoil, code, field, what) in cases {
            let mut person = there.clone();
            spoil(&mut person);
            assert_eq!(faults(&person), [(code, field.to_owned(), what.to_owned())]);
        }
        there.address.country = "AE".into();
        there.address.postcode.clear();
        assert_eq!(faults(&there), [], "no codes there");
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let got = faults(&Person::default());
        let codes: Vec<_> = got.iter().map(|fault| fault.0).collect();
        use FaultCode::{DetailMissing, NameMissing, PhoneMissing, ProvinceUnknown};
        assert_eq!(codes, [NameMissing, PhoneMissing, ProvinceUnknown, DetailMissing]);
    }

    #[test]
    fn a_city_without_districts_needs_none() {
        for (province, city) in [
            ("广东省", "东莞市"),
            ("海南省", "儋州市"),
            ("甘肃省", "嘉峪关市"),
            ("河南省", "济源市"),
        ] {
            let mut person = receiver();
            person.address.province = province.into();
            person.address.city = city.into();
            person.address.district = String::new();
            assert_eq!(faults(&person), [], "{city}");
        }
    }

    #[test]
    fn a_weight_is_missed_only_where_it_is_needed() {
        let weigh = |weight_g, weight| {
            check(&receiver(), &[], weight_g, "", Needs { weight }, &|_| Vec::new())
        };
        assert_eq!(weigh(None, false), []);
        assert_eq!(weigh(Some(1), true), []);
        for weight_g in [None, Some(0)] {
            assert_eq!(weigh(weight_g, true)[0].code, FaultCode::WeightMissing);
        }
    }

    #[test]
    fn characters_without_a_glyph_are_named_where_they_stand() {
        let lost = |text: &str| text.chars().filter(|&c| c == '𠮷' || c == 'ꙮ').collect();
        let mut person = receiver();
        person.name = "𠮷".into();
        let items = [Item {
            title: "ꙮ杯".into(),
            quantity: 1,
            customs: Customs::default(),
            codes: Codes::default(),
        }];
        let got = check(&person, &items, None, "𠮷!", Needs::default(), &lost);
        let got: Vec<_> = got.iter().map(|f| (f.code, f.field.as_str(), f.what.as_str())).collect();
        let glyph = FaultCode::GlyphMissing;
        assert_eq!(got, [(glyph, "name", "𠮷"), (glyph, "note", "𠮷"), (glyph, "items", "ꙮ")]);
    }
}
