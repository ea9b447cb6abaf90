//! Provinces as price lists name them: one by any of its names, several run together ("江浙沪皖"),
//! and the one that was probably meant by a slip of the hand.

use super::table::{At, Form, Kind, province_short, table};

/// What several provinces are called together.
const GROUPS: [(&str, &[&str]); 9] = [
    ("江浙沪皖", &["江苏省", "浙江省", "上海市", "安徽省"]),
    ("长三角", &["江苏省", "浙江省", "上海市", "安徽省"]),
    ("江浙沪", &["江苏省", "浙江省", "上海市"]),
    ("江浙", &["江苏省", "浙江省"]),
    ("东北三省", &["黑龙江省", "吉林省", "辽宁省"]),
    ("东三省", &["黑龙江省", "吉林省", "辽宁省"]),
    ("东北", &["黑龙江省", "吉林省", "辽宁省"]),
    ("两广", &["广东省", "广西壮族自治区"]),
    ("两湖", &["湖北省", "湖南省"]),
];

/// The letters that stand for provinces, on number plates and in price lists, in the order of
/// [`LETTERS_OF`].
const LETTERS: &str =
    "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新台港澳";
#[rustfmt::skip]
const LETTERS_OF: [&str; 39] = [
    "北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省", "上海市", "江苏省",
    "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区",
    "海南省", "重庆市", "四川省", "四川省", "贵州省", "贵州省", "云南省", "云南省", "西藏自治区", "陕西省",
    "陕西省", "甘肃省", "甘肃省", "青海省", "宁夏回族自治区", "新疆维吾尔自治区", "台湾省", "香港特别行政区",
    "澳门特别行政区",
];

/// What stands between two names.
const BETWEEN: &str = "、，,;；/|和及";

/// The province of a name, as people write it too: "浙江", "内蒙".
#[must_use]
pub fn province(name: &str) -> Option<&'static str> {
    let name = name.trim();
    begun(name).filter(|(bytes, _)| *bytes == name.len()).map(|(_, name)| name)
}

/// All provinces that a text names, each once: "江苏、浙江", "江浙沪皖", "新疆西藏".
///
/// # Errors
/// The first piece that is none.
pub fn provinces_in(text: &str) -> Result<Vec<&'static str>, String> {
    let mut found: Vec<&'static str> = Vec::new();
    let pieces = text.split(|c: char| c.is_whitespace() || BETWEEN.contains(c));
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        found.extend(run(piece).ok_or_else(|| piece.to_owned())?);
    }
    let mut seen = Vec::new();
    found.retain(|name| {
        !seen.contains(name) && {
            seen.push(*name);
            true
        }
    });
    Ok(found)
}

/// A province in full as people call it: "浙江省" → "浙江"; any other name stays.
#[must_use]
pub fn short_province(name: &str) -> &str {
    if province(name) == Some(name) { province_short(name) } else { name }
}

/// The provinces of mainland China: where 香港, 澳门 and 台湾 are not meant unless they are named.
pub fn mainland() -> impl Iterator<Item = &'static str> {
    table().provinces.iter().filter(|it| it.kind != Kind::Open).map(|it| it.name)
}

/// The province that somebody who wrote this may have meant.
#[must_use]
pub fn nearest_province(text: &str) -> Option<&'static str> {
    let (text, table) = (text.trim(), table());
    let city = table.beginning(text).find_map(|form| match form.at {
        At::City(city) if form.text == text => Some(table.cities[city].province),
        At::Province(_) | At::City(_) | At::District(..) | At::Area(_) => None,
    });
    if let Some(province) = city {
        return Some(table.provinces[province].name);
    }
    if let Some((_, name)) = begun(text) {
        return Some(name);
    }
    let short = |name: &'static str| province_short(name);
    let near = |name: &'static str| far(text, name).min(far(text, short(name)));
    let best = table.provinces.iter().map(|it| (near(it.name), it.name)).min()?;
    (best.0 < text.chars().count()).then_some(best.1)
}

/// The names a text consists of, without anything between them.
fn run(piece: &str) -> Option<Vec<&'static str>> {
    let (mut rest, mut found) = (piece, Vec::new());
    while let Some(first) = rest.chars().next() {
        let group = GROUPS.iter().find(|(word, _)| rest.starts_with(word));
        if let Some((word, names)) = group {
            found.extend(names.iter().copied());
            rest = &rest[word.len()..];
        } else if let Some((bytes, name)) = begun(rest) {
            found.push(name);
            rest = &rest[bytes..];
        } else {
            let at = LETTERS.chars().position(|letter| letter == first)?;
            found.push(LETTERS_OF[at]);
            rest = &rest[first.len_utf8()..];
        }
    }
    Some(found)
}

/// The longest name of a province that a text begins with: its length in bytes, and the province.
fn begun(text: &str) -> Option<(usize, &'static str)> {
    let table = table();
    let named = |form: &Form| match form.at {
        At::Province(at) => Some((form.text.len(), table.provinces[at].name)),
        At::City(_) | At::District(..) | At::Area(_) => None,
    };
    table.beginning(text).filter_map(named).max_by_key(|(bytes, _)| *bytes)
}

/// In how many letters two words differ: put in, left out or another one.
fn far(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, one) in a.chars().enumerate() {
        let mut next = vec![row + 1];
        for (at, other) in b.iter().enumerate() {
            let swapped = last[at] + usize::from(one != *other);
            next.push(swapped.min(last[at + 1] + 1).min(next[at] + 1));
        }
        last = next;
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_and_group_names_a_province() {
        assert_eq!(LETTERS.chars().count(), LETTERS_OF.len());
        let all: Vec<_> = table().provinces.iter().map(|it| it.name).collect();
        let grouped = GROUPS.iter().flat_map(|(_, names)| names.iter());
        for name in LETTERS_OF.iter().chain(grouped) {
            assert!(all.contains(name), "{name}");
        }
        for name in all {
            assert!(LETTERS_OF.contains(&name), "{name} has a letter");
            assert_eq!(province(name), Some(name));
            assert_eq!(province(short_province(name)), Some(name));
        }
        assert_eq!(mainland().count(), 31);
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for (text, want) in [
            ("浙江", &["浙江省"][..]),
            ("内蒙", &["内蒙古自治区"]),
            ("江苏、浙江，上海", &["江苏省", "浙江省", "上海市"]),
            ("江浙沪皖", &["江苏省", "浙江省", "上海市", "安徽省"]),
            ("江浙沪 皖", &["江苏省", "浙江省", "上海市", "安徽省"]),
            ("新疆西藏", &["新疆维吾尔自治区", "西藏自治区"]),
            ("黑吉辽", &["黑龙江省", "吉林省", "辽宁省"]),
            ("陕西/山西", &["陕西省", "山西省"]),
            ("云贵川", &["云南省", "贵州省", "四川省"]),
            ("京津冀鲁", &["北京市", "天津市", "河北省", "山东省"]),
            ("浙江省 浙江", &["浙江省"]),
            ("", &[]),
        ] {
            assert_eq!(provinces_in(text).as_deref(), Ok(want), "{text}");
        }
        for (text, piece) in [("浙红", "浙红"), ("江苏 宁波", "宁波"), ("火星", "火星")]
        {
            assert_eq!(provinces_in(text), Err(piece.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_slip_is_told_what_is_near() {
        for (text, want) in [
            ("浙红", Some("浙江省")),
            ("黑龙将", Some("黑龙江省")),
            ("杭州", Some("浙江省")),
            ("广西省", Some("广西壮族自治区")),
            ("火星", None),
        ] {
            assert_eq!(nearest_province(text), want, "{text}");
        }
    }
}
