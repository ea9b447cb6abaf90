//! How any carrier's request is written: people, goods, sums and weights as plain text. Names and
//! places are never cut, because a parcel goes astray with them; what is too long is a fault.

use crate::order::{Fault, FaultCode, Item, PayBy, Person, Services, read_phone};

/// Kinds of goods told to a carrier; nobody there reads more.
const GOODS_MAX: usize = 20;
/// What goods are called when nothing sendable is left of their title.
const GOODS_NAMELESS: &str = "商品";
/// No carrier's documents allow longer names of provinces, cities and districts.
const PLACE_CHARS_MAX: usize = 50;

/// The longest texts a carrier's documents allow, in characters.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// A name.
    pub name: usize,
    /// Street, house and room.
    pub detail: usize,
}

/// Somebody, cleaned and with the kinds of phone apart.
#[derive(Debug, Clone, Default)]
pub struct Party {
    pub name: String,
    /// Eleven digits, with `-` and its extension; empty for a landline.
    pub mobile: String,
    /// A landline; empty for a mobile.
    pub tel: String,
    pub province: String,
    pub city: String,
    pub district: String,
    pub detail: String,
}

impl Party {
    /// Mobile or landline.
    pub fn phone(&self) -> &str {
        if self.mobile.is_empty() { &self.tel } else { &self.mobile }
    }

    /// The whole address in one text; a municipality is named once.
    pub fn whole(&self) -> String {
        whole(&self.province, &self.city, &self.district, &self.detail)
    }
}

/// An address in one text; a municipality is named once.
pub fn whole(province: &str, city: &str, district: &str, detail: &str) -> String {
    let city = if city == province { "" } else { city };
    format!("{province}{city}{district}{detail}")
}

/// Somebody as carriers ask for them; `side` is the prefix of the form's fields. What is missing or
/// too long becomes a fault.
pub fn party(person: &Person, side: &str, room: Room, faults: &mut Vec<Fault>) -> Party {
    let mut fault = |code: FaultCode, name: &str, what: &str| {
        faults.push(Fault { code, field: format!("{side}{name}"), what: what.to_owned() });
    };
    let (mut mobile, mut tel) = (String::new(), String::new());
    match read_phone(&person.phone) {
        Some(phone) => {
            let dash = if phone.extension.is_empty() { "" } else { "-" };
            let number = format!("{}{dash}{}", phone.number, phone.extension);
            if phone.mobile { mobile = number } else { tel = number }
        }
        None if person.phone.trim().is_empty() => fault(FaultCode::PhoneMissing, "phone", ""),
        None => fault(FaultCode::PhoneUnreadable, "phone", &person.phone),
    }
    let mut needed = |value: &str, code: FaultCode, name: &str, chars_max: usize| {
        let value = clean(value);
        if value.is_empty() {
            fault(code, name, "");
        } else if value.chars().count() > chars_max {
            fault(FaultCode::TooLong, name, &value);
        }
        value
    };
    let place = &person.address;
    Party {
        name: needed(&person.name, FaultCode::NameMissing, "name", room.name),
        mobile,
        tel,
        province: needed(&place.province, FaultCode::ProvinceUnknown, "province", PLACE_CHARS_MAX),
        city: needed(&place.city, FaultCode::CityUnknown, "city", PLACE_CHARS_MAX),
        district: clean(&place.district),
        detail: needed(&place.detail, FaultCode::DetailMissing, "detail", room.detail),
    }
}

/// Something an order may ask besides carrying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// 代收货款.
    Cod,
    /// 保价.
    Insured,
    /// 到付.
    ReceiverPays,
}

/// What an order asks and this carrier cannot be asked for holds the order: sent without it, the
/// parcel would be at the shop's cost.
pub fn not_offered(asked: Services, missing: &[Wish], faults: &mut Vec<Fault>) {
    let wishes = [
        (Wish::Cod, "cod", asked.cod_fen.map(yuan)),
        (Wish::Insured, "insured", asked.insured_fen.map(yuan)),
        (
            Wish::ReceiverPays,
            "pay",
            (asked.pay == Some(PayBy::Receiver)).then(|| "到付".to_owned()),
        ),
    ];
    for (wish, field, asked) in wishes {
        if let Some(what) = asked
            && missing.contains(&wish)
        {
            let code = FaultCode::NotOffered;
            faults.push(Fault { code, field: field.to_owned(), what });
        }
    }
}

/// Titles and numbers of the goods; at least one.
pub fn goods(items: &[Item], chars_max: usize) -> Vec<(String, u32)> {
    let one = |title: &str, count: u32| {
        let name = cut(&clean(title), chars_max);
        (if name.is_empty() { GOODS_NAMELESS.to_owned() } else { name }, count.max(1))
    };
    match items {
        [] => vec![one("", 1)],
        items => items.iter().take(GOODS_MAX).map(|item| one(&item.title, item.quantity)).collect(),
    }
}

/// Text on one line: no control or zero-width characters, no emoji, every run of blanks one blank.
pub fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !is_dropped(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks without a width, and emoji; the signs among them that are in GBK stay.
fn is_dropped(c: char) -> bool {
    match c {
        '★' | '☆' | '☉' | '♀' | '♂' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{20e3}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' => true,
        '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1fbff}' => true,
        _ => false,
    }
}

/// The first characters, for fields whose rest may be missed.
pub fn cut(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect::<String>().trim_end().to_owned()
}

/// Yuan with two digits: "128.05".
pub fn yuan(fen: u32) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Kilograms as text without needless digits: "0.88", "2".
pub fn kilograms(weight_g: u32) -> String {
    let text = format!("{}.{:03}", weight_g / 1_000, weight_g % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A request as JSON.
pub fn json(request: &impl serde::Serialize) -> String {
    serde_json::to_string(request).expect("plain structs of texts and numbers always serialise")
}

/// A form's body.
pub fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    serde_urlencoded::to_string(fields).expect("pairs of texts always encode").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_sums_are_exact() {
        assert_eq!([880, 2_000, 1, 0, 10_500].map(kilograms), ["0.88", "2", "0.001", "0", "10.5"]);
        assert_eq!([5, 100, 12_805].map(yuan), ["0.05", "1.00", "128.05"]);
    }

    #[test]
    fn a_municipality_is_named_once() {
        assert_eq!(
            whole("上海市", "上海市", "浦东新区", "示例路 1 号"),
            "上海市浦东新区示例路 1 号"
        );
        assert_eq!(whole("浙江省", "杭州市", "", "1 号"), "浙江省杭州市1 号");
    }

    #[test]
    fn what_is_missing_is_named_and_nothing_of_a_place_is_cut() {
        let room = Room { name: 30, detail: 100 };
        let mut person = Person::default();
        person.address.detail = "长".repeat(101);
        let mut faults = Vec::new();
        party(&person, "sender.", room, &mut faults);
        let found: Vec<_> = faults.iter().map(|f| (f.field.as_str(), f.code)).collect();
        assert_eq!(
            found,
            [
                ("sender.phone", FaultCode::PhoneMissing),
                ("sender.name", FaultCode::NameMissing),
                ("sender.province", FaultCode::ProvinceUnknown),
                ("sender.city", FaultCode::CityUnknown),
                ("sender.detail", FaultCode::TooLong),
            ]
        );
    }

    #[test]
    fn text_is_one_line_of_what_can_be_printed() {
        assert_eq!(clean(" 快点\n发货😭\u{200b} ★ "), "快点 发货 ★");
        assert_eq!(goods(&[], 10), [("商品".to_owned(), 1)]);
    }
}
