//! The settings' text → valid settings, or every fault of it.

use super::account::carrier;
use super::section::{Faults, Section};
use super::{
    CarrierConfig, Config, ConfigFault, ConfigWhy, Confirm, FormUse, Graphics, PrinterConfig,
    PrinterLanguage, Receive, Rule,
};
use crate::print;
use std::{
    collections::BTreeSet,
    net::{IpAddr, SocketAddr},
};
use toml_edit::{Document, Item};

/// Names are shown in narrow columns and stand in many rows of the database.
pub(super) const NAME_CHARS_MAX: usize = 60;
/// Smallest and largest label side, µm: jewellery tags to A4.
const PAPER_UM: std::ops::RangeInclusive<u32> = 20_000..=300_000;
/// Claims and returns are over after this many days.
const KEEP_DAYS: u32 = 90;
/// Inches a second; no label printer is faster.
pub const SPEED_MAX: u32 = 14;
/// What requests to the practice carrier are signed with; not a secret, the source is published.
pub const PRACTICE_KEY: &str = "practice";

/// Reads the settings.
///
/// # Errors
/// Every fault there is, in the order of the lines.
pub fn parse(text: &str) -> Result<Config, Vec<ConfigFault>> {
    let faults = Faults::new(text);
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(e) => {
            let line = faults.line(e.span());
            faults.note(line, "", ConfigWhy::Syntax, e.message());
            return Err(faults.into_sorted());
        }
    };
    let config = file(&Section::new(document.as_table(), String::new(), 1, &faults));
    let found = faults.into_sorted();
    if found.is_empty() { Ok(config) } else { Err(found) }
}

fn file(top: &Section<'_>) -> Config {
    let practice = top.flag("practice");
    let (sender, sender_abroad) = super::sender::own(top);
    let carriers = named(top, "carrier", |section| carrier(section, practice), |it| &it.name);
    let senders = super::sender::profiles(top, &carriers);
    let read = |section: &Section<'_>| printer(section, practice, &carriers);
    let printers = named(top, "printer", read, |it| &it.name);
    let bench = top.text_or("bench", None).unwrap_or_default();
    super::takes::check(top, &printers, &bench);
    let routing = routing(top, &carriers);
    let tariffs = super::tariff::tariffs(top, &carriers);
    let forms = forms(top);
    let receive = top.table("receive").and_then(|section| receive(&section));
    let verify = super::bench::verify(top);
    let backups = super::house::backups(top);
    let tell = super::numbers::read(top, &carriers);
    let privacy = super::house::privacy(top);
    let people = super::house::people(top);
    let update_url = super::house::update_url(top);
    let (scale, weigh) = super::bench::scale(top, practice);
    let scanner = super::bench::scanner(top);
    let keep_templates_days = top.number("keep_templates_days", 1, 3_650).unwrap_or(KEEP_DAYS);
    top.end();
    Config {
        practice,
        bench,
        sender,
        sender_abroad,
        senders,
        carriers,
        printers,
        keep_templates_days,
        routing,
        tariffs,
        forms,
        receive,
        verify,
        backups,
        tell,
        privacy,
        people,
        update_url,
        scale,
        weigh,
        scanner,
    }
}

/// All tables of one kind, no name twice. There may be none: a station that is being set up.
fn named<T>(
    top: &Section<'_>,
    key: &str,
    read: impl Fn(&Section<'_>) -> T,
    name: impl Fn(&T) -> &String,
) -> Vec<T> {
    let mut names = BTreeSet::new();
    let mut found = Vec::new();
    for section in top.tables(key) {
        let one = read(&section);
        section.end();
        if name(&one).chars().count() > NAME_CHARS_MAX {
            section.note("name", ConfigWhy::OutOfRange, format!("≤ {NAME_CHARS_MAX}"));
        }
        if !name(&one).is_empty() && !names.insert(name(&one).clone()) {
            section.note("name", ConfigWhy::Duplicate, name(&one));
        }
        found.push(one);
    }
    found
}

/// `[receive]`: by default only programs of this computer, such as a relay, reach it.
fn receive(section: &Section<'_>) -> Option<Receive> {
    if section.item("port").is_none() {
        section.note("port", ConfigWhy::Missing, "1–65535");
    }
    let port = section.number("port", 1, 65_535).and_then(|port| u16::try_from(port).ok());
    let bind = section.text_or("bind", Some("127.0.0.1")).unwrap_or_default();
    let address: Option<IpAddr> = bind.parse().ok();
    if address.is_none() {
        section.note("bind", ConfigWhy::NotOneOf, "127.0.0.1, 0.0.0.0, ::1");
    }
    let path = section.text_or("path", Some("/push")).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
    if !path.starts_with('/') || !path.chars().all(fits) {
        section.note("path", ConfigWhy::NotOneOf, "/push");
    }
    section.end();
    Some(Receive { at: SocketAddr::new(address?, port?), path })
}

/// An `http` address; `bare`: scheme, host and port alone, given back without the last `/`.
pub(super) fn url(section: &Section<'_>, key: &str, bare: bool) -> Option<String> {
    let text = section.text_or(key, None)?;
    let fits = |url: &reqwest::Url| {
        let rest = url.path().len() > 1 || url.query().is_some() || url.fragment().is_some();
        let secret = !url.username().is_empty() || url.password().is_some();
        matches!(url.scheme(), "http" | "https") && url.has_host() && !secret && !(bare && rest)
    };
    match reqwest::Url::parse(&text) {
        Ok(url) if fits(&url) && bare => Some(text.trim_end_matches('/').to_owned()),
        Ok(url) if fits(&url) => Some(text),
        Ok(_) | Err(_) => {
            section.note(key, ConfigWhy::BadUrl, text);
            None
        }
    }
}

fn printer(section: &Section<'_>, practice: bool, carriers: &[CarrierConfig]) -> PrinterConfig {
    let name = section.text("name");
    let address = address(section, practice);
    let languages = [
        ("zpl", PrinterLanguage::Zpl),
        ("tspl", PrinterLanguage::Tspl),
        ("cpcl", PrinterLanguage::Cpcl),
        ("epl", PrinterLanguage::Epl),
        ("escpos", PrinterLanguage::EscPos),
    ];
    let component = matches!(address, print::Address::Component { .. });
    if section.item("language").is_none() && !component {
        section.note("language", ConfigWhy::Missing, languages.map(|(word, _)| word).join(", "));
    }
    let language = section.word("language", &languages);
    let (paper_width_um, paper_height_um) = paper(section);
    let confirms = [("none", Confirm::None), ("status", Confirm::Status), ("scan", Confirm::Scan)];
    let confirm = section.word("confirm", &confirms);
    let silent = matches!(address, print::Address::Queue(_) | print::Address::Dir(_));
    if confirm == Confirm::Status && silent {
        section.note("confirm", ConfigWhy::ConfirmSilent, "none, scan");
    }
    let (darkest, fastest) = match language {
        PrinterLanguage::Zpl => (30, SPEED_MAX),
        PrinterLanguage::Tspl => (15, SPEED_MAX),
        PrinterLanguage::Cpcl => (200, 5),
        PrinterLanguage::Epl => (15, 6),
        PrinterLanguage::EscPos => (12, 13),
    };
    let packings = [("acs", Graphics::Acs), ("z64", Graphics::Z64), ("binary", Graphics::Binary)];
    // A component lays labels out itself.
    let told = section.item("dots_per_mm").is_some() || !component;
    let head_dots_per_m = if told { head(section) } else { 8_000 };
    PrinterConfig {
        head_dots_per_m,
        darkness: narrow(section.number("darkness", 0, darkest)),
        speed: narrow(section.number("speed", 1, fastest)),
        graphics: section.word("graphics", &packings),
        how: super::how::read(section, head_dots_per_m),
        takes: super::takes::read(section, carriers),
        name,
        address,
        language,
        paper_width_um,
        paper_height_um,
        confirm,
    }
}

fn address(section: &Section<'_>, practice: bool) -> print::Address {
    let text = section.text("address");
    match text.parse() {
        Ok(print::Address::Practice) if !practice => {
            section.note("address", ConfigWhy::PracticeOnly, "practice = true");
            print::Address::Practice
        }
        Ok(address) => address,
        Err(print::BadAddress { text, form }) => {
            if !text.is_empty() {
                section.note("address", ConfigWhy::BadAddress, format!("{text} ≠ {form}"));
            }
            print::Address::Practice
        }
    }
}

/// 8 (203 dpi), 11.8 (300 dpi) or 12 dots a millimetre, as dots a metre.
fn head(section: &Section<'_>) -> u32 {
    let number = |item: &Item| item.as_float().or(item.as_integer().map(|whole| whole as f64));
    let Some(item) = section.item("dots_per_mm") else {
        section.note("dots_per_mm", ConfigWhy::Missing, "8, 11.8, 12");
        return 8_000;
    };
    let dots = number(item).map_or(0, |dots| (dots * 10.0).round() as i64);
    match dots {
        80 => 8_000,
        118 => 11_811,
        120 => 12_000,
        _ => {
            section.note("dots_per_mm", ConfigWhy::NotOneOf, "8, 11.8, 12");
            8_000
        }
    }
}

/// "76x130" → µm.
fn paper(section: &Section<'_>) -> (u32, u32) {
    let text = section.text_or("paper", Some("76x130")).unwrap_or_default();
    let side = |text: &str| {
        let mm: f64 = text.trim().parse().ok()?;
        let um = (mm * 1000.0).round();
        let um = if um.is_finite() && um >= 0.0 { um as u32 } else { 0 };
        PAPER_UM.contains(&um).then_some(um)
    };
    let sides = text.split_once(['x', 'X', '×', '*']);
    match sides.and_then(|(width, height)| side(width).zip(side(height))) {
        Some(paper) => paper,
        None => {
            if !text.is_empty() {
                section.note("paper", ConfigWhy::BadPaper, text);
            }
            (76_000, 130_000)
        }
    }
}

/// Without a rule everything goes to the only account; with several a rule must say.
fn routing(top: &Section<'_>, carriers: &[CarrierConfig]) -> Vec<Rule> {
    let mut rules = Vec::new();
    for section in top.tables("routing") {
        let carrier = section.text("carrier");
        section.end();
        if !carrier.is_empty() && carriers.iter().all(|known| known.name != carrier) {
            section.note("carrier", ConfigWhy::UnknownCarrier, &carrier);
        }
        // Later rules wait for their conditions, which come with a later change.
        if rules.is_empty() && carriers.iter().any(|known| known.name == carrier && known.off) {
            section.note("carrier", ConfigWhy::CarrierOff, &carrier);
        }
        rules.push(Rule { carrier });
    }
    if rules.is_empty() && top.item("routing").is_none() {
        match carriers {
            [only] if only.off => top.note("carrier", ConfigWhy::CarrierOff, &only.name),
            [only] => rules.push(Rule { carrier: only.name.clone() }),
            [] => {}
            [_, _, ..] => top.note("routing", ConfigWhy::Missing, "[[routing]]"),
        }
    }
    rules
}

/// Which shops use which form.
fn forms(top: &Section<'_>) -> Vec<FormUse> {
    let mut forms: Vec<FormUse> = Vec::new();
    for section in top.tables("form") {
        let form = FormUse { file: section.text("file"), shops: section.texts("shops") };
        section.end();
        if !form.file.is_empty() && !super::is_file_name(&form.file) {
            section.note("file", ConfigWhy::BadFile, &form.file);
        }
        if forms.iter().any(|other| other.file == form.file) {
            section.note("file", ConfigWhy::Duplicate, &form.file);
        }
        forms.push(form);
    }
    forms
}

pub(super) fn narrow(number: Option<u32>) -> Option<u8> {
    number.and_then(|number| u8::try_from(number).ok())
}
