//! `forms/NAME.toml`: what a shop puts on its labels. Text → valid data or every fault of it, and
//! back. Whether it fits the paper says room `form`.

use super::{
    ConfigFault, ConfigWhy,
    section::{Faults, Section},
};
use label::{
    forms::waybill::extras::{Code, Frame, SIZE_MIN_UM, Side, form_of},
    units::Paper,
};
use std::{collections::BTreeSet, fmt::Write, ops::RangeInclusive};
use toml_edit::{Document, Value};

/// More things are not read at a glance, and none of the free areas holds them.
const ELEMENTS_MAX: usize = 30;
/// Names stand on buttons.
const NAME_CHARS_MAX: usize = 30;
/// No label says more in one place.
const TEXT_CHARS_MAX: usize = 300;
/// Places and lengths on any of the papers, µm.
const PLACE_UM: RangeInclusive<u32> = 0..=180_000;
const LENGTH_UM: RangeInclusive<u32> = 500..=180_000;
/// Type, µm.
const SIZE_UM: RangeInclusive<u32> = SIZE_MIN_UM as u32..=30_000;
/// What a text may name in braces.
pub const FIELDS: [&str; 8] =
    ["order_no", "shop", "goods", "pieces", "weight", "note", "paid", "sender"];

/// A shop's form as its file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopForm {
    /// The waybill it adds to, by its paper: one of `Paper::WAYBILLS`.
    pub paper: Paper,
    /// What it adds.
    pub elements: Vec<Element>,
}

/// One thing on the label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Unique in the form; the shop's word for it.
    pub name: String,
    /// Where it is.
    pub frame: Frame,
    /// What it is.
    pub what: What,
    /// Where it begins in the file it was read from, from 1.
    pub line: u32,
}

/// What an element is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Words, with `{field}`s of the order in them.
    Text {
        /// The words.
        text: String,
        /// Type at its best, µm.
        size_um: u32,
        /// Type at its smallest, µm.
        size_min_um: u32,
        /// Heavy type.
        bold: bool,
        /// Where lines lie.
        side: Side,
        /// Too long a text may end in "…"; else the order is held.
        may_end: bool,
    },
    /// A picture beside the form's file.
    Picture {
        /// Its file name.
        file: String,
    },
    /// A barcode.
    Code {
        /// Which.
        code: Code,
        /// What it says, with `{field}`s.
        text: String,
    },
}

const PAPERS: [(&str, Paper); 4] = [
    ("76x130", Paper::WAYBILL),
    ("100x113", Paper::WAYBILL_SHORT),
    ("100x150", Paper::WAYBILL_TWO),
    ("100x180", Paper::WAYBILL_TWO_LONG),
];
const CODES: [(&str, Code); 4] = [
    ("code128", Code::Code128),
    ("qr", Code::Qr),
    ("data_matrix", Code::DataMatrix),
    ("pdf417", Code::Pdf417),
];
const SIDES: [(&str, Side); 3] =
    [("left", Side::Left), ("centre", Side::Centre), ("right", Side::Right)];
/// What becomes of a text that is too long.
const LONGS: [(&str, bool); 2] = [("refuse", false), ("shorten", true)];

/// The word that stands for a value in a table above.
fn word<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

/// A paper as form files name it; empty for paper that no form is for.
pub fn paper_word(paper: Paper) -> &'static str {
    form_of(paper).map_or("", |form| word(&PAPERS, &form))
}

/// A code as form files name it.
pub fn code_word(code: Code) -> &'static str {
    word(&CODES, &code)
}

/// A side as form files name it.
pub fn side_word(side: Side) -> &'static str {
    word(&SIDES, &side)
}

/// Reads a form.
///
/// # Errors
/// Every fault there is, in the order of the lines.
pub fn parse_form(text: &str) -> Result<ShopForm, Vec<ConfigFault>> {
    let faults = Faults::new(text);
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(e) => {
            faults.note(faults.line(e.span()), "", ConfigWhy::Syntax, e.message());
            return Err(faults.into_sorted());
        }
    };
    let form = form(&Section::new(document.as_table(), String::new(), 1, &faults));
    let found = faults.into_sorted();
    if found.is_empty() { Ok(form) } else { Err(found) }
}

fn form(top: &Section<'_>) -> ShopForm {
    if top.item("paper").is_none() {
        top.note("paper", ConfigWhy::Missing, PAPERS.map(|(word, _)| word).join(", "));
    }
    let paper = top.word("paper", &PAPERS);
    let mut names = BTreeSet::new();
    let mut elements = Vec::new();
    for section in top.tables("element") {
        let element = element(&section);
        section.end();
        if element.name.chars().count() > NAME_CHARS_MAX {
            section.note("name", ConfigWhy::OutOfRange, format!("≤ {NAME_CHARS_MAX}"));
        }
        if !element.name.is_empty() && !names.insert(element.name.clone()) {
            section.note("name", ConfigWhy::Duplicate, &element.name);
        }
        elements.push(element);
    }
    if elements.len() > ELEMENTS_MAX {
        top.note("element", ConfigWhy::OutOfRange, format!("≤ {ELEMENTS_MAX}"));
    }
    top.end();
    ShopForm { paper, elements }
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Picture,
    Code,
}

fn element(section: &Section<'_>) -> Element {
    let length = |key: &str, um: RangeInclusive<u32>| {
        if section.item(key).is_none() {
            section.note(key, ConfigWhy::Missing, "2, 2.5, …");
        }
        let length_um = section.millimetres(key, um).unwrap_or_default();
        i32::try_from(length_um).unwrap_or_default()
    };
    let frame = Frame {
        x_um: length("x_mm", PLACE_UM),
        y_um: length("y_mm", PLACE_UM),
        width_um: length("width_mm", LENGTH_UM),
        height_um: length("height_mm", LENGTH_UM),
    };
    let kinds = [("text", Kind::Text), ("picture", Kind::Picture), ("code", Kind::Code)];
    if section.item("kind").is_none() {
        section.note("kind", ConfigWhy::Missing, kinds.map(|(word, _)| word).join(", "));
    }
    let name = section.text("name");
    let what = match section.word("kind", &kinds) {
        Kind::Text => {
            let size_um = section.millimetres("size_mm", SIZE_UM).unwrap_or(3_000);
            let size_min_um = section.millimetres("min_mm", SIZE_UM).unwrap_or(*SIZE_UM.start());
            if size_min_um > size_um {
                section.note("min_mm", ConfigWhy::OutOfRange, "≤ size_mm");
            }
            let (bold, side) = (section.flag("bold"), section.word("align", &SIDES));
            let may_end = section.word("long", &LONGS);
            What::Text { text: template(section), size_um, size_min_um, bold, side, may_end }
        }
        Kind::Picture => What::Picture { file: picture(section) },
        Kind::Code => {
            let code = section.word("code", &CODES);
            What::Code { code, text: template(section) }
        }
    };
    Element { name, frame, what, line: section.line }
}

/// Words whose `{…}` are fields there are.
fn template(section: &Section<'_>) -> String {
    let text = section.text("text");
    if text.chars().count() > TEXT_CHARS_MAX {
        section.note("text", ConfigWhy::OutOfRange, format!("≤ {TEXT_CHARS_MAX}"));
    }
    let mut rest = text.as_str();
    while let Some(at) = rest.find('{') {
        let field = rest[at + 1..].split('}').next().unwrap_or_default();
        let closed = rest[at + 1..].contains('}');
        if !closed || !FIELDS.contains(&field) {
            let known = FIELDS.map(|field| format!("{{{field}}}"));
            section.note("text", ConfigWhy::NotOneOf, known.join(" "));
            break;
        }
        rest = &rest[at + 2 + field.len()..];
    }
    text
}

/// A file beside the form, never one elsewhere.
fn picture(section: &Section<'_>) -> String {
    let file = section.text("picture");
    if !file.is_empty() && !is_file_name(&file) {
        section.note("picture", ConfigWhy::BadFile, &file);
    }
    file
}

/// Whether `name` is the plain name of a file on every system.
pub fn is_file_name(name: &str) -> bool {
    let odd = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    !name.is_empty()
        && name.chars().count() <= NAME_CHARS_MAX * 2
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !name.contains(odd)
}

/// The form as a file, its elements in their order.
pub fn form_text(form: &ShopForm) -> String {
    let mut text = format!(
        "# 打包台的店铺面单 · a shop's form for Packbench\npaper = {}\n",
        quoted(paper_word(form.paper))
    );
    for element in &form.elements {
        let mut put = |key: &str, value: String| {
            writeln!(text, "{key} = {value}").expect("writing into memory cannot fail");
        };
        put("\n[[element]]\nname", quoted(&element.name));
        let Frame { x_um, y_um, width_um, height_um } = element.frame;
        let what = &element.what;
        let kind = match what {
            What::Text { .. } => "text",
            What::Picture { .. } => "picture",
            What::Code { .. } => "code",
        };
        put("kind", quoted(kind));
        put("x_mm", mm(x_um));
        put("y_mm", mm(y_um));
        put("width_mm", mm(width_um));
        put("height_mm", mm(height_um));
        match what {
            What::Text { text, size_um, size_min_um, bold, side, may_end } => {
                put("text", quoted(text));
                let [size_um, min_um] = [*size_um, *size_min_um].map(u32::cast_signed);
                put("size_mm", mm(size_um));
                put("min_mm", mm(min_um));
                put("bold", bold.to_string());
                put("align", quoted(side_word(*side)));
                put("long", quoted(word(&LONGS, may_end)));
            }
            What::Picture { file } => put("picture", quoted(file)),
            What::Code { code, text } => {
                put("code", quoted(code_word(*code)));
                put("text", quoted(text));
            }
        }
    }
    text
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Millimetres as short as they can be written.
fn mm(um: i32) -> String {
    let sign = if um < 0 { "-" } else { "" };
    let um = um.unsigned_abs();
    let text = format!("{sign}{}.{:03}", um / 1_000, um % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
