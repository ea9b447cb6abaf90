//! One table of the settings while it is read: each question notes its fault and goes on, and every
//! key nobody asked for is a fault at the end.

use super::{ConfigFault, ConfigWhy, SecretFrom, SecretRef};
use std::{
    cell::RefCell,
    collections::BTreeSet,
    ops::{Range, RangeInclusive},
};
use toml_edit::{Item, TableLike, Value};

/// What was found wrong so far, and where lines begin.
pub(super) struct Faults<'a> {
    text: &'a str,
    found: RefCell<Vec<ConfigFault>>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, found: RefCell::default() }
    }

    /// The line a span begins on, from 1.
    pub(super) fn line(&self, span: Option<Range<usize>>) -> u32 {
        let start = span.map_or(0, |span| span.start).min(self.text.len());
        let breaks = self.text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count();
        u32::try_from(breaks + 1).unwrap_or(u32::MAX)
    }

    pub(super) fn note(&self, line: u32, key: &str, why: ConfigWhy, what: impl Into<String>) {
        let (key, what) = (key.to_owned(), what.into());
        self.found.borrow_mut().push(ConfigFault { line, key, why, what });
    }

    /// All faults, in the order of the file.
    pub(super) fn into_sorted(self) -> Vec<ConfigFault> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|fault| fault.line);
        found
    }
}

/// One table. Ask for every key it may have, then call [`Section::end`].
pub(super) struct Section<'a> {
    table: &'a dyn TableLike,
    /// How the table is reached, e.g. `carrier[2]`; empty for the file.
    path: String,
    /// Where it begins.
    pub(super) line: u32,
    faults: &'a Faults<'a>,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Section<'a> {
    pub(super) fn new(
        table: &'a dyn TableLike,
        path: String,
        line: u32,
        faults: &'a Faults<'a>,
    ) -> Self {
        Self { table, path, line, faults, asked: RefCell::default() }
    }

    /// How a key is reached from the top of the file.
    pub(super) fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The line a key stands on; the table's own if it is not there.
    pub(super) fn line_of(&self, key: &str) -> u32 {
        match self.table.key(key).and_then(toml_edit::Key::span) {
            Some(span) => self.faults.line(Some(span)),
            None => self.line,
        }
    }

    /// Notes a fault of a key.
    pub(super) fn note(&self, key: &str, why: ConfigWhy, what: impl Into<String>) {
        self.faults.note(self.line_of(key), &self.path(key), why, what);
    }

    pub(super) fn item(&self, key: &str) -> Option<&'a Item> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.table.get(key)
    }

    /// A text that must be there and not be empty. An invalid one reads as empty.
    pub(super) fn text(&self, key: &str) -> String {
        match self.text_or(key, None) {
            Some(text) => text,
            None => {
                if self.table.get(key).is_none() {
                    self.note(key, ConfigWhy::Missing, "");
                }
                String::new()
            }
        }
    }

    /// A text that may be absent; if it is there it must not be empty.
    pub(super) fn text_or(&self, key: &str, default: Option<&str>) -> Option<String> {
        let Some(item) = self.item(key) else { return default.map(str::to_owned) };
        match item.as_str().map(str::trim) {
            Some("") => self.note(key, ConfigWhy::Empty, ""),
            Some(text) => return Some(text.to_owned()),
            None => self.note(key, ConfigWhy::WrongType, "text"),
        }
        None
    }

    /// A text that may be absent or empty.
    pub(super) fn text_or_empty(&self, key: &str) -> String {
        let Some(item) = self.item(key) else { return String::new() };
        if let Some(text) = item.as_str() {
            return text.trim().to_owned();
        }
        self.note(key, ConfigWhy::WrongType, "text");
        String::new()
    }

    /// Texts in a list; none if it is absent or invalid.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        let Some(item) = self.item(key) else { return Vec::new() };
        let text = |value: &Value| value.as_str().map(str::trim).map(str::to_owned);
        let all = item.as_array().map(|all| all.iter().map(text).collect::<Option<Vec<_>>>());
        match all.flatten() {
            Some(all) if all.iter().all(|text| !text.is_empty()) => return all,
            Some(_) => self.note(key, ConfigWhy::Empty, ""),
            None => self.note(key, ConfigWhy::WrongType, "[\"…\", \"…\"]"),
        }
        Vec::new()
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        let Some(item) = self.item(key) else { return false };
        item.as_bool().unwrap_or_else(|| {
            self.note(key, ConfigWhy::WrongType, "true, false");
            false
        })
    }

    /// A whole number within bounds; `None` if it is absent or invalid.
    pub(super) fn number(&self, key: &str, least: u32, most: u32) -> Option<u32> {
        let item = self.item(key)?;
        let Some(number) = item.as_integer() else {
            self.note(key, ConfigWhy::WrongType, "1, 2, 3, …");
            return None;
        };
        match u32::try_from(number) {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            _ => {
                self.note(key, ConfigWhy::OutOfRange, format!("{least}–{most}"));
                None
            }
        }
    }

    /// A whole number as far on either side of 0; 0 if it is absent or invalid.
    pub(super) fn either_side(&self, key: &str, most: i32) -> i32 {
        let Some(item) = self.item(key) else { return 0 };
        let Some(number) = item.as_integer() else {
            self.note(key, ConfigWhy::WrongType, "…, -1, 0, 1, …");
            return 0;
        };
        match i32::try_from(number) {
            Ok(number) if (-most..=most).contains(&number) => number,
            _ => {
                self.note(key, ConfigWhy::OutOfRange, format!("-{most}–{most}"));
                0
            }
        }
    }

    /// Millimetres with decimals, as µm.
    pub(super) fn millimetres(&self, key: &str, um: RangeInclusive<u32>) -> Option<u32> {
        let item = self.item(key)?;
        let Some(mm) = item.as_float().or(item.as_integer().map(|whole| whole as f64)) else {
            self.note(key, ConfigWhy::WrongType, "2, 2.5, …");
            return None;
        };
        let length_um = (mm * 1_000.0).round();
        if length_um >= f64::from(*um.start()) && length_um <= f64::from(*um.end()) {
            return Some(length_um as u32);
        }
        let [least, most] = [um.start(), um.end()].map(|um| f64::from(*um) / 1_000.0);
        self.note(key, ConfigWhy::OutOfRange, format!("{least}–{most}"));
        None
    }

    /// One of some words; `None` if it is absent or invalid.
    pub(super) fn word_if_there<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        self.item(key)?;
        Some(self.word(key, words))
    }

    /// One of some words; the first is meant when the key is absent.
    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> T {
        let (_, first) = words[0];
        let Some(text) = self.text_or(key, Some(words[0].0)) else { return first };
        match words.iter().find(|(word, _)| *word == text) {
            Some((_, meaning)) => *meaning,
            None => {
                let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                self.note(key, ConfigWhy::NotOneOf, all.join(", "));
                first
            }
        }
    }

    /// The place of a secret, if the key is there. `plain`: the value itself may stand here too.
    pub(super) fn secret(&self, key: &str, plain: bool) -> Option<SecretRef> {
        let text = self.text_or(key, None)?;
        let from = match SecretFrom::read(&text) {
            Some(from) => from,
            None if plain => SecretFrom::Plain(text),
            None => {
                self.note(key, ConfigWhy::SecretPlain, "env:NAME, file:PATH, keyring:NAME");
                return None;
            }
        };
        Some(SecretRef { line: self.line_of(key), key: self.path(key), from })
    }

    /// The tables of `[[key]]`, or of `key = [{…}]`.
    pub(super) fn tables(&self, key: &str) -> Vec<Section<'a>> {
        let Some(item) = self.item(key) else { return Vec::new() };
        let mut found: Vec<(&'a dyn TableLike, Option<Range<usize>>)> = Vec::new();
        match item {
            Item::ArrayOfTables(tables) => {
                found.extend(tables.iter().map(|table| (table as &dyn TableLike, table.span())));
            }
            Item::Value(Value::Array(values)) if values.iter().all(Value::is_inline_table) => {
                let tables = values.iter().filter_map(Value::as_inline_table);
                found.extend(tables.map(|table| (table as &dyn TableLike, table.span())));
            }
            Item::Value(_) | Item::Table(_) | Item::None => {
                self.note(key, ConfigWhy::WrongType, format!("[[{key}]]"));
            }
        }
        let section = |(at, (table, span)): (usize, (&'a dyn TableLike, Option<Range<usize>>))| {
            let path = format!("{}[{}]", self.path(key), at + 1);
            Section::new(table, path, self.faults.line(span), self.faults)
        };
        found.into_iter().enumerate().map(section).collect()
    }

    /// The table of `[key]`, if it is there.
    pub(super) fn table(&self, key: &str) -> Option<Section<'a>> {
        let item = self.item(key)?;
        match item.as_table_like() {
            Some(table) => {
                let line = item.span().map_or(self.line, |span| self.faults.line(Some(span)));
                Some(Section::new(table, self.path(key), line, self.faults))
            }
            None => {
                self.note(key, ConfigWhy::WrongType, format!("[{key}]"));
                None
            }
        }
    }

    /// All keys as they stand.
    pub(super) fn keys(&self) -> Vec<String> {
        self.table.iter().map(|(key, _)| key.to_owned()).collect()
    }

    /// Every key nobody asked for is a fault.
    pub(super) fn end(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table.iter() {
            if !asked.contains(key) {
                self.note(key, ConfigWhy::UnknownKey, "");
            }
        }
    }
}
