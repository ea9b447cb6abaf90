//! Countries by their codes: read from what people and shops write, named in English for labels.
//! Source of the table: `data/countries.txt`, made by `scripts/countries.mjs` from Unicode CLDR.

use std::{collections::HashMap, sync::LazyLock};

/// ISO 3166 alpha-2 of China.
pub const CHINA: &str = "CN";

/// China's carriers write these as provinces; carriers abroad know them as countries.
const OF_CHINA: [(&str, &str); 3] = [("HK", "香港"), ("MO", "澳门"), ("TW", "台湾")];

/// What shops write besides the names of the table, in plain form (see [`plain`]).
#[rustfmt::skip]
const ALIASES: [(&str, &str); 34] = [
    ("usa", "US"), ("unitedstatesofamerica", "US"), ("america", "US"), ("uk", "GB"),
    ("greatbritain", "GB"), ("england", "GB"), ("scotland", "GB"), ("wales", "GB"),
    ("korea", "KR"), ("republicofkorea", "KR"), ("russianfederation", "RU"), ("holland", "NL"),
    ("thenetherlands", "NL"), ("czechrepublic", "CZ"), ("uae", "AE"), ("vietnam", "VN"),
    ("turkey", "TR"), ("türkiye", "TR"), ("macau", "MO"), ("hongkong", "HK"), ("prc", "CN"),
    ("prchina", "CN"), ("mainlandchina", "CN"), ("peoplesrepublicofchina", "CN"),
    ("中华人民共和国", "CN"), ("中国大陆", "CN"), ("大陆", "CN"), ("香港", "HK"), ("澳门", "MO"),
    ("台湾", "TW"), ("中国台湾", "TW"), ("阿联酋", "AE"), ("中国香港", "HK"),
    ("中国澳门", "MO"),
];

struct Country {
    english: &'static str,
    has_codes: bool,
}

struct Table {
    by_code: HashMap<&'static str, Country>,
    /// Names and aliases in plain form.
    by_name: HashMap<String, &'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { by_code: HashMap::new(), by_name: HashMap::new() };
    for line in include_str!("../../data/countries.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut parts = line.split('\t');
        let (Some(code), Some(english), Some(chinese)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        table.by_name.insert(plain(english), code);
        table.by_name.insert(plain(chinese), code);
        table.by_code.insert(code, Country { english, has_codes: parts.next().is_none() });
    }
    for (name, code) in ALIASES {
        table.by_name.insert(name.to_owned(), code);
    }
    table
});

/// A name without what people differ in: case, blanks, points, brackets.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The code of a country as people write it: "US", "United States", "美国". `None`: nobody's.
#[must_use]
pub fn code(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.len() == 2
        && let Some((code, _)) = TABLE.by_code.get_key_value(&*text.to_ascii_uppercase())
    {
        return Some(code);
    }
    TABLE.by_name.get(&plain(text)).copied()
}

/// Whether the code is a country's.
#[must_use]
pub fn is_known(code: &str) -> bool {
    TABLE.by_code.contains_key(code)
}

/// Its name in English; the code itself if it is nobody's.
#[must_use]
pub fn english(code: &str) -> &str {
    TABLE.by_code.get(code).map_or(code, |country| country.english)
}

/// Whether addresses there need a postal code.
#[must_use]
pub fn needs_postcode(code: &str) -> bool {
    TABLE.by_code.get(code).is_some_and(|country| country.has_codes)
}

/// What carriers abroad call the country of an address that China's carriers write as one of its
/// provinces.
#[must_use]
pub fn of_province(province: &str) -> &'static str {
    OF_CHINA.iter().find(|(_, name)| province.starts_with(name)).map_or(CHINA, |(code, _)| code)
}

/// Whether China's carriers go there as to a province.
#[must_use]
pub fn is_of_china(code: &str) -> bool {
    code == CHINA || OF_CHINA.iter().any(|(own, _)| *own == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_code_and_by_usual_names() {
        for (text, want) in [
            ("US", "US"),
            ("us", "US"),
            (" United States ", "US"),
            ("U.S.A.", "US"),
            ("美国", "US"),
            ("英国", "GB"),
            ("UK", "GB"),
            ("Hong Kong", "HK"),
            ("中国香港", "HK"),
            ("Côte d’Ivoire", "CI"),
            ("中国", "CN"),
            ("China", "CN"),
            ("South Korea", "KR"),
            ("德国", "DE"),
        ] {
            assert_eq!(code(text), Some(want), "{text}");
        }
        for text in ["", "XX", "ZZ", "EU", "北极", "America North"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn names_and_codes_of_the_post_are_told() {
        assert_eq!(english("US"), "United States");
        assert_eq!(english("QQ"), "QQ");
        assert!(needs_postcode("US") && needs_postcode("CN") && needs_postcode("DE"));
        assert!(!needs_postcode("HK") && !needs_postcode("AE") && !needs_postcode("QQ"));
        assert_eq!(of_province("香港特别行政区"), "HK");
        assert_eq!(of_province("浙江省"), "CN");
    }
}
