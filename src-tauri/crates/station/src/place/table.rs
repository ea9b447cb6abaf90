//! The divisions as read from `data/divisions.txt`, and every form in which people write their
//! names. Deciding what a text means is `split`'s work, not done here.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(DIVISIONS));

/// Made by `scripts/divisions.py`; its first lines name the sources and their dates.
const DIVISIONS: &str = include_str!("../../data/divisions.txt");

/// A name loses these at its end when people are in a hurry: 余杭(区), 恩施(州), 神农架(林区).
const SUFFIXES: [&str; 12] =
    ["自治州", "自治县", "自治旗", "地区", "新区", "林区", "特区", "市", "盟", "区", "县", "旗"];

/// Peoples named in the official names and left out in speech: 彭水(苗族土家族自治)县.
#[rustfmt::skip]
const PEOPLES: [&str; 46] = [
    "维吾尔", "哈萨克族", "哈萨克", "柯尔克孜", "达斡尔族", "鄂温克族", "塔吉克", "布依族", "景颇族", "傈僳族",
    "土家族", "朝鲜族", "仫佬族", "毛南族", "仡佬族", "哈尼族", "拉祜族", "纳西族", "独龙族", "普米族",
    "布朗族", "裕固族", "保安族", "东乡族", "撒拉族", "蒙古族", "蒙古", "锡伯", "藏族", "羌族", "彝族", "白族",
    "傣族", "壮族", "苗族", "侗族", "回族", "满族", "瑶族", "黎族", "畲族", "水族", "佤族", "怒族", "土族", "各族",
];

/// How far a province's places are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Cities with districts.
    Plain,
    /// One city of the same name: 北京 上海 天津 重庆.
    Municipality,
    /// Nothing below is listed, anything is taken: 香港 澳门 台湾.
    Open,
}

/// A province, autonomous region or municipality.
#[derive(Debug)]
pub(super) struct Province {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) cities: Range<usize>,
}

/// A city, prefecture, or county that answers to the province directly.
#[derive(Debug)]
pub(super) struct City {
    pub(super) name: &'static str,
    pub(super) province: usize,
    pub(super) districts: Vec<&'static str>,
}

/// What a written name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Province(usize),
    City(usize),
    /// City and the district's official name.
    District(usize, &'static str),
    /// City; a former district or a functional area, kept as written.
    Area(usize),
}

/// How sure a form stands for its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// The official or a customary name.
    Exact,
    /// As it may have been called before it became a district: 文登市 for 文登区.
    OfOld,
    /// A bare stem ("余杭"), which may as well be the beginning of something else.
    Stem,
}

/// One way to write a name.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) text: String,
    pub(super) at: At,
    pub(super) kind: Writing,
}

/// All divisions and all forms, by their first two characters.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) provinces: Vec<Province>,
    pub(super) cities: Vec<City>,
    forms: HashMap<[char; 2], Vec<Form>>,
}

/// The divisions in force.
pub(super) fn table() -> &'static Table {
    &TABLE
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut table = Self { provinces: Vec::new(), cities: Vec::new(), forms: HashMap::new() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('=') {
                table.add_province(name);
            } else {
                table.add_city(line);
            }
        }
        for province in &mut table.provinces {
            if province.cities.is_empty() {
                province.kind = Kind::Open;
            }
        }
        table
    }

    fn add_province(&mut self, name: &'static str) {
        let here = self.cities.len();
        let kind = if name.ends_with('市') { Kind::Municipality } else { Kind::Plain };
        let at = At::Province(self.provinces.len());
        self.provinces.push(Province { name, kind, cities: here..here });
        let short = province_short(name);
        self.add(name.to_owned(), at, Writing::Exact);
        self.add(short.to_owned(), at, Writing::Exact);
        if kind == Kind::Plain {
            self.add(format!("{short}省"), at, Writing::Exact);
            self.add(format!("{short}自治区"), at, Writing::Exact);
        }
        if short == "内蒙古" {
            self.add("内蒙".to_owned(), at, Writing::Exact);
        }
    }

    fn add_city(&mut self, line: &'static str) {
        let (own, accepted) = line.split_once('~').unwrap_or((line, ""));
        let mut words = own.split(' ').filter(|word| !word.is_empty());
        let name = words.next().expect("the generator writes no empty lines");
        let districts: Vec<_> = words.collect();
        let city = self.cities.len();
        let province = self.provinces.len() - 1;
        self.provinces[province].cities.end = city + 1;
        for (text, kind) in forms_of(name) {
            self.add(text, At::City(city), kind);
        }
        for district in &districts {
            let at = At::District(city, district);
            let forms = forms_of(district);
            let old = forms.last().filter(|(_, kind)| *kind == Writing::Stem).map(|(stem, _)| {
                ["县", "市", "区"].map(|kind| (format!("{stem}{kind}"), Writing::OfOld))
            });
            for (text, kind) in forms.into_iter().chain(old.into_iter().flatten()) {
                if kind == Writing::Exact || !districts.contains(&text.as_str()) {
                    self.add(text, at, kind);
                }
            }
        }
        let city_stem = forms_of(name).pop().map_or(name.to_owned(), |(text, _)| text);
        let prefixes = [province_short(self.provinces[province].name), name, &city_stem];
        for area in accepted.split(' ').filter(|word| !word.is_empty()) {
            for text in forms_of_area(area, &prefixes) {
                self.add(text, At::Area(city), Writing::Exact);
            }
        }
        self.cities.push(City { name, province, districts });
    }

    fn add(&mut self, text: String, at: At, kind: Writing) {
        let mut chars = text.chars();
        let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return };
        let bucket = self.forms.entry([first, second]).or_default();
        if !bucket.iter().any(|form| form.text == text && form.at == at) {
            bucket.push(Form { text, at, kind });
        }
    }

    /// All forms the text begins with.
    pub(super) fn beginning<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t Form> {
        let mut chars = text.chars();
        let key = [chars.next().unwrap_or(' '), chars.next().unwrap_or(' ')];
        let bucket = self.forms.get(&key).map_or(&[][..], Vec::as_slice);
        bucket.iter().filter(move |form| text.starts_with(form.text.as_str()))
    }

    /// The province of that official name.
    pub(super) fn province(&self, name: &str) -> Option<usize> {
        self.provinces.iter().position(|province| province.name == name)
    }

    /// The city of that official name.
    pub(super) fn city(&self, province: &str, name: &str) -> Option<usize> {
        let province = &self.provinces[self.province(province)?];
        province.cities.clone().find(|&city| self.cities[city].name == name)
    }
}

pub(super) fn province_short(name: &str) -> &str {
    if name.starts_with("内蒙古") {
        return "内蒙古";
    }
    name.char_indices()
        .nth(if name.starts_with("黑龙江") { 3 } else { 2 })
        .map_or(name, |(end, _)| &name[..end])
}

/// Official name, customary names, bare stem (last).
fn forms_of(name: &str) -> Vec<(String, Writing)> {
    let mut forms = vec![(name.to_owned(), Writing::Exact)];
    let Some(suffix) = SUFFIXES.iter().find(|suffix| name.ends_with(**suffix)) else {
        return forms;
    };
    let mut stem = &name[..name.len() - suffix.len()];
    if suffix.starts_with("自治") {
        while let Some(shorter) =
            PEOPLES.iter().find_map(|people| stem.strip_suffix(people)).filter(|s| two(s))
        {
            stem = shorter;
        }
        let kind = suffix.trim_start_matches("自治");
        forms.push((format!("{stem}{kind}"), Writing::Exact));
    }
    if two(stem) {
        forms.push((stem.to_owned(), Writing::Stem));
    }
    forms
}

/// An area is also written without the city before it, or by its kind alone: "工业园区", "高新区".
fn forms_of_area(area: &str, prefixes: &[&str]) -> Vec<String> {
    let mut forms = vec![area.to_owned()];
    let mut rest = area;
    for prefix in prefixes {
        if let Some(shorter) = rest.strip_prefix(prefix).filter(|rest| rest.chars().count() >= 3) {
            rest = shorter;
            forms.push(rest.to_owned());
        }
    }
    if area.contains("高新") {
        forms.extend(["高新区", "高新技术开发区", "高新技术产业开发区"].map(str::to_owned));
    } else if area.contains("经济") && area.ends_with("开发区") {
        let usual = ["经开区", "开发区", "经济开发区", "经济技术开发区"];
        forms.extend(usual.map(str::to_owned));
    }
    forms
}

fn two(text: &str) -> bool {
    text.chars().nth(1).is_some()
}
