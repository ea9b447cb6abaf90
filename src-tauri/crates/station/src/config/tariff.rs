//! What an outlet charges: `[[tariff]]`, one block for each account and group of provinces, in the
//! two ways price lists are written: fixed prices up to a weight, then 首重 and 续重.

use super::{
    CarrierConfig, ConfigWhy,
    edit::{NoEdit, Put, ended_as, pairs_of, put_all},
    section::Section,
};
use crate::place;
use std::collections::BTreeSet;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// The blocks' name in the file.
const TARIFFS: &str = "tariff";

/// No price list goes further, grams: ten tonnes.
const WEIGHT_G_MAX: u32 = 10_000_000;
/// No single price is believed above this, fen: a hundred thousand yuan.
const PRICE_FEN_MAX: u32 = 10_000_000;
/// Fixed prices of one list.
const STEPS_MAX: usize = 30;
/// Cubic centimetres that weigh a kilogram: carriers write 5,000 to 12,000.
const DIVISOR: (u32, u32) = (1_000, 50_000);

/// What an account's outlet charges for parcels to some provinces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    /// Name of a carrier account.
    pub account: String,
    /// In full; empty: all of mainland China that no other tariff of the account names.
    pub provinces: Vec<&'static str>,
    /// Fixed prices, lightest first; weights rise, prices do not fall.
    pub steps: Vec<Step>,
    /// What is heavier than the last of them; `None`: it has no price.
    pub beyond: Option<Beyond>,
    /// cm³ that weigh a kilogram; `None`: only the scale counts.
    pub volume_divisor: Option<u32>,
}

/// A fixed price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Up to and with so many grams.
    pub upto_g: u32,
    /// Fen.
    pub fen: u32,
}

/// 首重 and 续重.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beyond {
    /// 首重, grams, at least 1.
    pub first_g: u32,
    /// What it costs, fen.
    pub first_fen: u32,
    /// 续重, grams, at least 1.
    pub next_g: u32,
    /// What each that is begun costs, fen.
    pub next_fen: u32,
}

/// All `[[tariff]]`.
pub(super) fn tariffs(top: &Section<'_>, carriers: &[CarrierConfig]) -> Vec<Tariff> {
    let mut priced = BTreeSet::new();
    let mut found = Vec::new();
    for section in top.tables(TARIFFS) {
        let account = section.text("account");
        if !account.is_empty() && carriers.iter().all(|known| known.name != account) {
            section.note("account", ConfigWhy::UnknownCarrier, &account);
        }
        let provinces = provinces(&section, &account, &mut priced);
        let steps = steps(&section);
        found.push(Tariff {
            beyond: beyond(&section),
            volume_divisor: section.number("volume_divisor", DIVISOR.0, DIVISOR.1),
            account,
            provinces,
            steps,
        });
        section.end();
    }
    found
}

/// Each province has one price an account, and so has the rest.
fn provinces(
    section: &Section<'_>,
    account: &str,
    priced: &mut BTreeSet<(String, &'static str)>,
) -> Vec<&'static str> {
    let typed = section.texts("provinces");
    if typed.is_empty() && !priced.insert((account.to_owned(), "")) {
        section.note("provinces", ConfigWhy::Duplicate, "provinces = []");
    }
    let mut found = Vec::new();
    for text in typed.iter().filter(|text| !text.is_empty()) {
        let Some(name) = place::province(text) else {
            let near = place::nearest_province(text).map(|name| format!("{text} ≈ {name}"));
            let what = near.unwrap_or_else(|| text.clone());
            section.note("provinces", ConfigWhy::UnknownProvince, what);
            continue;
        };
        if priced.insert((account.to_owned(), name)) {
            found.push(name);
        } else {
            section.note("provinces", ConfigWhy::Duplicate, name);
        }
    }
    found
}

/// `steps = [[300, 230], [500, 260]]`: grams and fen.
fn steps(section: &Section<'_>) -> Vec<Step> {
    let Some(item) = section.item("steps") else { return Vec::new() };
    let Some(pairs) = item.as_value().and_then(pairs_of) else {
        section.note("steps", ConfigWhy::WrongType, "[[500, 260], …]");
        return Vec::new();
    };
    if pairs.len() > STEPS_MAX {
        section.note("steps", ConfigWhy::OutOfRange, format!("≤ {STEPS_MAX}"));
    }
    let mut found: Vec<Step> = Vec::new();
    for (grams, fen) in pairs {
        let last = found.last().copied().unwrap_or(Step { upto_g: 0, fen: 0 });
        let within = |number: i64, least: u32, most: u32| {
            let number = u32::try_from(number).ok().filter(|it| (least..=most).contains(it));
            if number.is_none() {
                section.note("steps", ConfigWhy::OutOfRange, format!("{least}–{most}"));
            }
            number
        };
        let upto_g = within(grams, last.upto_g.saturating_add(1), WEIGHT_G_MAX);
        let fen = within(fen, last.fen, PRICE_FEN_MAX);
        let Some((upto_g, fen)) = upto_g.zip(fen) else { break };
        found.push(Step { upto_g, fen });
    }
    found
}

/// 首重 and 续重 are there together, or there are fixed prices alone.
fn beyond(section: &Section<'_>) -> Option<Beyond> {
    const KEYS: [&str; 4] = ["first_g", "first_fen", "next_g", "next_fen"];
    let any = KEYS.iter().any(|key| section.item(key).is_some());
    if !any && section.item("steps").is_some() {
        return None;
    }
    let number = |key: &str, least, most| {
        if section.item(key).is_none() {
            section.note(key, ConfigWhy::Missing, "");
        }
        section.number(key, least, most)
    };
    let first_g = number("first_g", 1, WEIGHT_G_MAX);
    let first_fen = number("first_fen", 0, PRICE_FEN_MAX);
    let next_g = number("next_g", 1, WEIGHT_G_MAX);
    let next_fen = number("next_fen", 0, PRICE_FEN_MAX);
    Some(Beyond { first_g: first_g?, first_fen: first_fen?, next_g: next_g?, next_fen: next_fen? })
}

/// The text with these blocks as all tariffs of an account. Blocks that stay keep their place and
/// their comments; every key that may stand in one must be given.
///
/// # Errors
/// [`NoEdit::Unreadable`].
pub fn edit_tariffs(
    text: &str,
    account: &str,
    blocks: &[Vec<(&'static str, Put)>],
) -> Result<String, NoEdit> {
    let mut file: DocumentMut = text.parse().map_err(|_| NoEdit::Unreadable)?;
    if blocks.is_empty() && file.get(TARIFFS).is_none() {
        return Ok(text.to_owned());
    }
    match file.entry(TARIFFS).or_insert(Item::ArrayOfTables(ArrayOfTables::new())) {
        Item::ArrayOfTables(tables) => {
            let here = places(tables.iter().map(|table| table as &dyn TableLike), account);
            for (at, keys) in here.iter().zip(blocks) {
                put_all(tables.get_mut(*at).ok_or(NoEdit::NoSuch)?, keys);
            }
            for at in here.iter().skip(blocks.len()).rev() {
                tables.remove(*at);
            }
            for keys in blocks.iter().skip(here.len()) {
                let mut table = Table::new();
                table.decor_mut().set_prefix("\n");
                put_all(&mut table, keys);
                tables.push(table);
            }
        }
        Item::Value(Value::Array(values)) if values.iter().all(Value::is_inline_table) => {
            let tables = values.iter().filter_map(Value::as_inline_table);
            let here = places(tables.map(|table| table as &dyn TableLike), account);
            for (at, keys) in here.iter().zip(blocks) {
                let table = values.get_mut(*at).and_then(Value::as_inline_table_mut);
                put_all(table.ok_or(NoEdit::NoSuch)?, keys);
            }
            for at in here.iter().skip(blocks.len()).rev() {
                values.remove(*at);
            }
            for keys in blocks.iter().skip(here.len()) {
                let mut table = InlineTable::new();
                put_all(&mut table, keys);
                values.push(table);
            }
        }
        Item::None | Item::Value(_) | Item::Table(_) => return Err(NoEdit::Unreadable),
    }
    Ok(ended_as(text, &file))
}

/// Where the blocks of an account stand among all of a text, from 0.
pub fn tariff_places(text: &str, account: &str) -> Vec<usize> {
    let Ok(file) = text.parse::<DocumentMut>() else { return Vec::new() };
    match file.get(TARIFFS) {
        Some(Item::ArrayOfTables(tables)) => {
            places(tables.iter().map(|table| table as &dyn TableLike), account)
        }
        Some(Item::Value(Value::Array(values))) => {
            let tables = values.iter().filter_map(Value::as_inline_table);
            places(tables.map(|table| table as &dyn TableLike), account)
        }
        Some(Item::None | Item::Value(_) | Item::Table(_)) | None => Vec::new(),
    }
}

/// Where the blocks of an account stand among all, from 0.
fn places<'a>(tables: impl Iterator<Item = &'a dyn TableLike>, account: &str) -> Vec<usize> {
    let of = |table: &dyn TableLike| {
        table.get("account").and_then(Item::as_str).is_some_and(|name| name.trim() == account)
    };
    tables.enumerate().filter(|(_, table)| of(*table)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests;
