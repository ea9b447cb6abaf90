//! Places in China: splitting an address text into province, city, district and street, and the one
//! canonical way to write them. Towns and streets are not known here; they stay in `detail`.
//!
//! Canonical: names in full as the state writes them. A municipality repeats itself ("上海市",
//! "上海市"). A county that answers to its province directly is its own city, without a district
//! ("河南省", "济源市", ""), and so are the cities without districts ("广东省", "东莞市", "").
//! County-level cities are districts ("金华市", "义乌市"). A former district or a functional area
//! ("重庆市" "渝北区", "苏州市" "工业园区") is kept as the shop wrote it, because carriers know it
//! and nobody can say from its name alone where it went.

mod provinces;
mod split;
mod table;

pub use provinces::{mainland, nearest_province, province, provinces_in, short_province};

use crate::order::{Address, country};
use split::{Found, read};
use table::{At, Kind, table};

/// An address text taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Canonical names as far as they were found; the rest of the text is `detail`.
    pub address: Address,
    /// Everything down to the district (where there are districts) was found, and only one place
    /// fits. When false the missing parts are empty: nothing is guessed.
    pub certain: bool,
}

/// Splits one address text: "浙江杭州余杭区文一西路 1 号".
#[must_use]
pub fn split(text: &str) -> Split {
    let text = text.trim();
    let found = read(text);
    let mut address = names(text, &found);
    address.detail = text[found.end..].trim().to_owned();
    let certain = if found.province.is_some_and(|p| table().provinces[p].kind == Kind::Open) {
        open_city(&mut address);
        !address.city.is_empty()
    } else {
        !found.ambiguous
            && (found.district.is_some()
                || found.city.is_some_and(|city| table().cities[city].districts.is_empty())
                    && (found.names > 1 || address.city.len() < found.end))
    };
    address.detail = without_place(&address);
    Split { address, certain }
}

/// The canonical form of an address given in parts. What is not known stays as it was typed, only
/// trimmed; `check` names it. With all three names empty, `detail` is split as one text.
#[must_use]
pub fn normalise(address: &Address) -> Address {
    let address = &with_country(address);
    if address.is_abroad() {
        return address.clone();
    }
    let trimmed = [&address.province, &address.city, &address.district].map(|part| squeeze(part));
    let parts = trimmed
        .map(|part| if ["县", "郊县", "-"].contains(&&*part) { String::new() } else { part });
    let postcode = address.postcode.clone();
    if parts.iter().all(String::is_empty) {
        return Address { postcode, ..split(&address.detail).address };
    }
    let joined = parts.join(" ");
    let found = read(&joined);
    let mut new = names(&joined, &found);
    new.detail = address.detail.trim().to_owned();
    let open = found.province.is_some_and(|p| table().provinces[p].kind == Kind::Open);
    let mut start = 0;
    for (level, part) in parts.iter().enumerate() {
        if start >= found.end && !part.is_empty() {
            keep(&mut new, level, part, found.city.is_some() && found.district.is_some());
        }
        start += part.len() + 1;
    }
    if open && new.city.is_empty() {
        open_city(&mut new);
    }
    new.detail = without_place(&new);
    new.postcode = postcode;
    new
}

/// The address trimmed, its country by its code: empty for China, and for 香港, 澳门 and 台湾 where
/// the address is written in Chinese, so that China's carriers go there as to a province.
fn with_country(address: &Address) -> Address {
    let trim = |text: &str| text.trim().to_owned();
    let mut new = Address {
        province: trim(&address.province),
        city: trim(&address.city),
        district: trim(&address.district),
        detail: trim(&address.detail),
        country: trim(&address.country),
        postcode: trim(&address.postcode),
    };
    let Some(code) = country::code(&new.country) else { return new };
    let parts = [&new.province, &new.city, &new.detail];
    let in_chinese =
        parts.iter().any(|part| part.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
    if code == country::CHINA || country::is_of_china(code) && in_chinese {
        let of_china = table().provinces.iter().find(|p| country::of_province(p.name) == code);
        if let Some(own) = of_china.filter(|_| code != country::CHINA && new.province.is_empty()) {
            own.name.clone_into(&mut new.province);
        }
        new.country.clear();
    } else {
        code.clone_into(&mut new.country);
    }
    new
}

/// Puts a part that is no known place where it stood, or before the street where no district is
/// due.
fn keep(new: &mut Address, level: usize, part: &str, has_district: bool) {
    let due = !has_district && has_districts_or_unknown(&new.province, &new.city);
    match level {
        0 => part.clone_into(&mut new.province),
        1 if new.city.is_empty() => part.clone_into(&mut new.city),
        2 if due && new.district.is_empty() => part.clone_into(&mut new.district),
        _ if new.detail.starts_with(part) => {}
        _ => new.detail.insert_str(0, part),
    }
}

fn names(text: &str, found: &Found) -> Address {
    let table = table();
    let name = |n: Option<&'static str>| n.unwrap_or_default().to_owned();
    Address {
        province: name(found.province.map(|province| table.provinces[province].name)),
        city: name(found.city.map(|city| table.cities[city].name)),
        district: match found.area {
            Some((start, end)) => text[start..end].to_owned(),
            None => name(found.district),
        },
        ..Address::default()
    }
}

/// The street without the place before it, when it repeats at least two names of the same place.
fn without_place(address: &Address) -> String {
    let detail = &address.detail;
    let found = read(detail);
    let again = names(detail, &found);
    let same = |ours: &str, theirs: &str| theirs.is_empty() || ours == theirs;
    let repeats = found.names >= 2
        && same(&address.province, &again.province)
        && same(&address.city, &again.city)
        && same(&address.district, &again.district);
    if repeats { detail[found.end..].trim().to_owned() } else { detail.clone() }
}

/// 香港 and 澳门 are their own cities; in 台湾 the first 市 or 县 of the street's text is the city.
fn open_city(address: &mut Address) {
    if address.province != "台湾省" {
        address.city.clone_from(&address.province);
        return;
    }
    let end = address.detail.char_indices().take(4).find(|(_, c)| ['市', '县'].contains(c));
    if let Some((end, c)) = end {
        let rest = address.detail.split_off(end + c.len_utf8());
        address.city = std::mem::replace(&mut address.detail, rest.trim().to_owned());
    }
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// All provinces, in the official order.
pub fn provinces() -> impl Iterator<Item = &'static str> {
    table().provinces.iter().map(|province| province.name)
}

/// The cities of a province given in full; none where nothing is listed (香港 澳门 台湾, unknown).
#[must_use]
pub fn cities(province: &str) -> Vec<&'static str> {
    let table = table();
    let Some(province) = table.province(province) else { return Vec::new() };
    table.cities[table.provinces[province].cities.clone()].iter().map(|city| city.name).collect()
}

/// The districts in force of a city given in full; none where it has none or is unknown.
#[must_use]
pub fn districts(province: &str, city: &str) -> &'static [&'static str] {
    let table = table();
    table.city(province, city).map_or(&[], |city| table.cities[city].districts.as_slice())
}

/// Whether an address in that city needs a district. False where the city is unknown.
#[must_use]
pub fn has_districts(province: &str, city: &str) -> bool {
    !districts(province, city).is_empty()
}

fn has_districts_or_unknown(province: &str, city: &str) -> bool {
    table().city(province, city).is_none() || has_districts(province, city)
}

/// Whether the province is one, written in full.
#[must_use]
pub fn knows_province(province: &str) -> bool {
    table().province(province).is_some()
}

/// Whether the city lies in that province, both in full. Where nothing is listed any city does.
#[must_use]
pub fn knows_city(province: &str, city: &str) -> bool {
    let open = |p: usize| table().provinces[p].kind == Kind::Open && !city.is_empty();
    table().city(province, city).is_some() || table().province(province).is_some_and(open)
}

/// Whether the district lies in that city: in force, former, or a functional area.
#[must_use]
pub fn knows_district(province: &str, city: &str, district: &str) -> bool {
    let Some(at) = table().city(province, city) else { return false };
    districts(province, city).contains(&district)
        || table().beginning(district).any(|form| form.text == district && form.at == At::Area(at))
}

#[cfg(test)]
mod tests;
