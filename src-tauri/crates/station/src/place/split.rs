//! Reads place names off the beginning of a text: every way to read it is tried, the one that uses
//! most of the text wins, and two that use the same leave open what they disagree about.

use super::table::{At, Form, Kind, Table, Writing, table};

/// Between two names; never part of one.
const BETWEEN: [char; 13] = [',', '，', '、', '-', '—', '/', '|', '_', '·', ';', '；', ':', '：'];

/// What platforms write where a level does not exist.
const PLACEHOLDERS: [&str; 7] = [
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
    "省直辖县级行政单位",
    "省直辖行政单位",
    "直辖县",
    "市辖区",
    "省直辖",
];

/// What may stand before the province.
const COUNTRY: [&str; 3] = ["中华人民共和国", "中国大陆", "中国"];

/// A bare district stem counts if a town follows within so many characters: "余杭仓前街道".
const TOWN_CHARS_MAX: usize = 6;

/// What was read off the beginning of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) province: Option<usize>,
    pub(super) city: Option<usize>,
    /// Official name; `Some("")` for an area whose text stands at `area`.
    pub(super) district: Option<&'static str>,
    /// Bytes of the former district or functional area, kept as written.
    pub(super) area: Option<(usize, usize)>,
    /// Bytes used, separators after the last name included.
    pub(super) end: usize,
    /// Names used.
    pub(super) names: usize,
    /// Several places fit equally well.
    pub(super) ambiguous: bool,
    used: usize,
    stem: bool,
}

impl Found {
    fn same_place(&self, other: &Self) -> bool {
        let area = self.area.is_some() == other.area.is_some();
        self.city == other.city && self.district == other.district && area
    }
}

/// Reads the place a text begins with.
pub(super) fn read(text: &str) -> Found {
    let start = skip_front(text);
    let mut best = Found::default();
    let mut ambiguous = false;
    // What two readings disagree about is left out: the district first, then the city.
    for depth in [3, 2, 1] {
        best = Found::default();
        walk(table(), text, depth, Found { end: start, ..Found::default() }, &mut best);
        if !best.ambiguous {
            break;
        }
        ambiguous = true;
    }
    best.ambiguous = ambiguous;
    if best.province.is_none() {
        best.province = best.city.map(|city| table().cities[city].province);
    }
    best
}

fn walk(table: &Table, text: &str, depth: usize, here: Found, best: &mut Found) {
    let rest = &text[here.end..];
    if !(here.stem && (here.names == 1 || road(rest))) {
        settle(here, best);
    }
    for form in table.beginning(rest).filter(|form| level(form.at) <= depth) {
        if let Some(mut next) = take(table, text, &here, form) {
            next.end = skip(text, here.end + form.text.len());
            next.used = here.used + form.text.len();
            next.names = here.names + 1;
            walk(table, text, depth, next, best);
        }
    }
}

fn settle(here: Found, best: &mut Found) {
    let simpler = here.names < best.names && here.same_place(best);
    if here.used > best.used || here.used == best.used && simpler {
        *best = here;
    } else if here.used == best.used && here.used > 0 && !here.same_place(best) {
        // "北京" is a province and a city; the reading that knows more is not another place.
        if here.city.is_some() && best.city.is_none() && here.district.is_none() {
            *best = here;
        } else if !(best.city.is_some() && here.city.is_none()) {
            *best = Found { ambiguous: true, used: best.used, ..Found::default() };
        }
    }
}

fn level(at: At) -> usize {
    match at {
        At::Province(_) => 1,
        At::City(_) => 2,
        At::District(..) | At::Area(_) => 3,
    }
}

/// What is known after `form`, or `None` if it does not fit what is known already.
fn take(table: &Table, text: &str, here: &Found, form: &Form) -> Option<Found> {
    let start = here.end;
    let after = &text[start + form.text.len()..];
    let mut next = Found { stem: false, ..*here };
    match form.at {
        At::Province(province) => {
            let again = here.province == Some(province) && here.city.is_none();
            if here.district.is_some() || !(again || here.names == 0) {
                return None;
            }
            next.province = Some(province);
            let kind = table.provinces[province].kind;
            next.city =
                (kind == Kind::Municipality).then(|| table.provinces[province].cities.start);
        }
        At::City(city) => {
            let province = table.cities[city].province;
            let fits = here.province.is_none_or(|known| known == province);
            if here.district.is_some() || !fits || here.city.is_some_and(|known| known != city) {
                return None;
            }
            next.province = Some(province);
            next.city = Some(city);
            next.stem = form.kind == Writing::Stem;
        }
        At::District(city, name) => {
            let province = table.cities[city].province;
            let fits = here.province.is_none_or(|known| known == province);
            let again =
                here.district.is_none_or(|known| known == name && form.kind == Writing::Exact);
            let city_fits = here.city.is_none_or(|known| known == city);
            let sure = match form.kind {
                Writing::Exact => true,
                Writing::OfOld => here.city.is_some(),
                Writing::Stem => here.city.is_some() && stands_alone(after),
            };
            if !(fits && again && city_fits && sure) {
                return None;
            }
            next =
                Found { province: Some(province), city: Some(city), district: Some(name), ..next };
        }
        At::Area(city) => {
            if here.city != Some(city) || here.district.is_some() {
                return None;
            }
            next.district = Some("");
            next.area = Some((start, start + form.text.len()));
        }
    }
    Some(next)
}

/// A bare city counts only after its province, and if it does not begin another name: 南京(路),
/// 朝阳(区).
fn road(rest: &str) -> bool {
    let mut chars = rest.chars();
    let first = chars.next().unwrap_or(' ');
    let second = chars.next().unwrap_or(' ');
    "路街巷弄道区县州".contains(first)
        || "路道街".contains(second) && "大东西南北中一二三四五六七八九十".contains(first)
}

fn stands_alone(after: &str) -> bool {
    let Some(first) = after.chars().next() else { return true };
    if between(first) {
        return true;
    }
    let town: String = after.chars().take(TOWN_CHARS_MAX).collect();
    let end = ["街道", "镇", "乡"].iter().filter_map(|kind| town.find(kind)).min();
    end.is_some_and(|end| {
        end > 0 && !town[..end].contains(['路', '号', '村', '区', '园', '街', '场'])
    })
}

fn between(c: char) -> bool {
    c.is_whitespace() || BETWEEN.contains(&c)
}

fn skip(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text[at..].trim_start_matches(between);
        at = text.len() - rest.len();
        let Some(word) = PLACEHOLDERS.iter().find(|word| rest.starts_with(**word)) else {
            return at;
        };
        at += word.len();
    }
}

fn skip_front(text: &str) -> usize {
    let mut rest = text.trim_start_matches(between);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 6
        && rest[digits..].chars().next().is_some_and(|c| !c.is_alphanumeric() || c > '\u{2e80}')
    {
        rest = rest[digits..].trim_start_matches(between); // a postcode
    }
    for country in COUNTRY {
        if let Some(shorter) = rest.strip_prefix(country) {
            rest = shorter;
            break;
        }
    }
    skip(text, text.len() - rest.len())
}
