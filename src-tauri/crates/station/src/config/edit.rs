//! The settings' text changed at one printer, account or form, everything else left as it is:
//! order, blanks, comments and line ends. Whether the result is valid says `parse`; `file` writes
//! it.

use std::collections::BTreeMap;
use toml_edit::{
    ArrayOfTables, DocumentMut, Formatted, InlineTable, Item, Table, TableLike, Value,
};

/// Which tables are changed, and by which key they are told apart.
type Tables = (&'static str, &'static str);
const PRINTERS: Tables = ("printer", "name");
const FORMS: Tables = ("form", "file");
const ACCOUNTS: Tables = ("carrier", "name");
const RULES: Tables = ("routing", "carrier");
const SENDERS: Tables = ("sender_profile", "profile");

/// What a key shall say.
#[derive(Debug, Clone, PartialEq)]
pub enum Put {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with decimals.
    Decimal(f64),
    /// Several texts.
    Texts(Vec<String>),
    /// Pairs of whole numbers.
    Pairs(Vec<(i64, i64)>),
    /// Yes or no.
    Flag(bool),
    /// A table with these keys.
    Table(Vec<(&'static str, Put)>),
    /// The key is taken away. A comment on its line or directly above it goes with it.
    Nothing,
}

/// A change of the printers, or of the accounts.
#[derive(Debug, Clone, PartialEq)]
pub enum TableEdit<'a> {
    /// Another one, after the last.
    Add(&'a [(&'static str, Put)]),
    /// Some keys of the one of this name; keys that are not given stay.
    Set(&'a str, &'a [(&'static str, Put)]),
    /// The one of this name, with its block.
    Remove(&'a str),
    /// The one of this name becomes the first, which is the default.
    First(&'a str),
}

/// A change of the shops' forms in use.
#[derive(Debug, Clone, PartialEq)]
pub enum FormEdit<'a> {
    /// The form of this file is used by these shops; by every shop if none is named.
    Use(&'a str, &'a [String]),
    /// The form of this file is used no more.
    Drop(&'a str),
}

/// Why the text cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoEdit {
    /// It is not TOML, or its printers or accounts are not tables.
    Unreadable,
    /// It has none of that name.
    NoSuch,
}

/// The text with the change in it.
///
/// # Errors
/// See [`NoEdit`].
pub fn edit_printers(text: &str, edit: &TableEdit<'_>) -> Result<String, NoEdit> {
    edit_tables(text, PRINTERS, edit)
}

/// The text with the change of the carrier accounts in it.
///
/// # Errors
/// See [`NoEdit`].
pub fn edit_accounts(text: &str, edit: &TableEdit<'_>) -> Result<String, NoEdit> {
    edit_tables(text, ACCOUNTS, edit)
}

/// The text with the change of the sender profiles in it.
///
/// # Errors
/// See [`NoEdit`].
pub fn edit_senders(text: &str, edit: &TableEdit<'_>) -> Result<String, NoEdit> {
    edit_tables(text, SENDERS, edit)
}

/// What an account's block says, key by key as text; nothing of its tables and lists. Empty if
/// there is no such account, or no text that can be read.
pub fn account_texts(text: &str, name: &str) -> BTreeMap<String, String> {
    let Ok(file) = text.parse::<DocumentMut>() else { return BTreeMap::new() };
    let (tables, id) = ACCOUNTS;
    let found: Option<&dyn TableLike> = match file.get(tables) {
        Some(Item::ArrayOfTables(all)) => {
            all.iter().find(|table| is_named(*table, id, name)).map(|table| table as &dyn TableLike)
        }
        Some(Item::Value(Value::Array(all))) => all
            .iter()
            .filter_map(Value::as_inline_table)
            .find(|table| is_named(*table, id, name))
            .map(|table| table as &dyn TableLike),
        Some(Item::None | Item::Value(_) | Item::Table(_)) | None => None,
    };
    let plain = |value: &Value| match value {
        Value::String(text) => Some(text.value().trim().to_owned()),
        Value::Integer(number) => Some(number.value().to_string()),
        Value::Float(number) => Some(number.value().to_string()),
        Value::Boolean(flag) => Some(flag.value().to_string()),
        // A form has one line for a list of texts.
        Value::Array(all) => {
            let texts: Option<Vec<&str>> = all.iter().map(Value::as_str).collect();
            texts.map(|texts| texts.join(", "))
        }
        Value::Datetime(_) | Value::InlineTable(_) => None,
    };
    let entries = found.into_iter().flat_map(|table| table.iter());
    let texts = entries.filter_map(|(key, item)| {
        item.as_value().and_then(plain).map(|text| (key.to_owned(), text))
    });
    texts.collect()
}

/// The text whose first rule, `was` until now, sends orders to this account.
///
/// # Errors
/// [`NoEdit::Unreadable`].
pub fn edit_first_rule(text: &str, was: &str, account: &str) -> Result<String, NoEdit> {
    let rule = [("carrier", Put::Text(account.to_owned()))];
    match edit_tables(text, RULES, &TableEdit::Set(was, &rule)) {
        Err(NoEdit::NoSuch) => edit_tables(text, RULES, &TableEdit::Add(&rule)),
        done => done,
    }
}

/// The text with the change of the forms in it.
///
/// # Errors
/// See [`NoEdit`].
pub fn edit_forms(text: &str, edit: &FormEdit<'_>) -> Result<String, NoEdit> {
    match edit {
        FormEdit::Use(file, shops) => {
            let shops = if shops.is_empty() { Put::Nothing } else { Put::Texts(shops.to_vec()) };
            let keys = [("file", Put::Text((*file).to_owned())), ("shops", shops)];
            match edit_tables(text, FORMS, &TableEdit::Set(file, &keys)) {
                Err(NoEdit::NoSuch) => edit_tables(text, FORMS, &TableEdit::Add(&keys)),
                done => done,
            }
        }
        FormEdit::Drop(file) => match edit_tables(text, FORMS, &TableEdit::Remove(file)) {
            // What is not used need not be dropped.
            Err(NoEdit::NoSuch) => Ok(text.to_owned()),
            done => done,
        },
    }
}

fn edit_tables(text: &str, (name, id): Tables, edit: &TableEdit<'_>) -> Result<String, NoEdit> {
    let mut file: DocumentMut = text.parse().map_err(|_| NoEdit::Unreadable)?;
    let tables = file.entry(name).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    match tables {
        Item::ArrayOfTables(tables) => in_tables(tables, id, edit)?,
        Item::Value(Value::Array(values)) => in_array(values, id, edit)?,
        Item::None | Item::Value(_) | Item::Table(_) => return Err(NoEdit::Unreadable),
    }
    Ok(ended_as(text, &file))
}

/// The writer ends every line with one byte; files from Windows keep their two.
pub(super) fn ended_as(text: &str, file: &DocumentMut) -> String {
    let changed = file.to_string();
    let ends = text.matches('\n').count();
    if ends > 0 && text.matches("\r\n").count() == ends {
        return changed.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    changed
}

/// `[[printer]]`.
fn in_tables(tables: &mut ArrayOfTables, id: &str, edit: &TableEdit<'_>) -> Result<(), NoEdit> {
    let place = |tables: &ArrayOfTables, name: &str| {
        tables.iter().position(|table| is_named(table, id, name)).ok_or(NoEdit::NoSuch)
    };
    match edit {
        TableEdit::Add(keys) => {
            let mut table = Table::new();
            table.decor_mut().set_prefix("\n");
            put_all(&mut table, keys);
            tables.push(table);
        }
        TableEdit::Set(name, keys) => {
            let at = place(tables, name)?;
            let table = tables.get_mut(at).ok_or(NoEdit::NoSuch)?;
            put_all(table, keys);
        }
        TableEdit::Remove(name) => {
            let at = place(tables, name)?;
            tables.remove(at);
        }
        TableEdit::First(name) => {
            let at = place(tables, name)?;
            // Tables are written in the order of their places in the file, not of this list.
            let places: Vec<_> = tables.iter().map(Table::position).collect();
            let mut all: Vec<Table> = tables.iter().cloned().collect();
            all[..=at].rotate_right(1);
            tables.clear();
            for (mut table, place) in all.into_iter().zip(places) {
                table.set_position(place);
                tables.push(table);
            }
        }
    }
    Ok(())
}

/// `printer = [{…}, {…}]`.
fn in_array(values: &mut toml_edit::Array, id: &str, edit: &TableEdit<'_>) -> Result<(), NoEdit> {
    let place = |values: &toml_edit::Array, name: &str| {
        let named =
            |value: &Value| value.as_inline_table().is_some_and(|it| is_named(it, id, name));
        values.iter().position(named).ok_or(NoEdit::NoSuch)
    };
    match edit {
        TableEdit::Add(keys) => {
            let mut table = InlineTable::new();
            put_all(&mut table, keys);
            values.push(table);
        }
        TableEdit::Set(name, keys) => {
            let at = place(values, name)?;
            let table = values.get_mut(at).and_then(Value::as_inline_table_mut);
            put_all(table.ok_or(NoEdit::NoSuch)?, keys);
        }
        TableEdit::Remove(name) => {
            let at = place(values, name)?;
            values.remove(at);
        }
        TableEdit::First(name) => {
            let at = place(values, name)?;
            let moved = values.remove(at);
            values.insert_formatted(0, moved);
        }
    }
    Ok(())
}

fn is_named(table: &dyn TableLike, id: &str, name: &str) -> bool {
    table.get(id).and_then(Item::as_str).is_some_and(|text| text.trim() == name)
}

pub(super) fn put_all(table: &mut dyn TableLike, keys: &[(&'static str, Put)]) {
    for (key, put) in keys {
        if let (Put::Table(keys), Some(inner)) =
            (put, table.get_mut(key).and_then(Item::as_table_like_mut))
        {
            put_all(inner, keys);
            continue;
        }
        let Some(mut value) = value(put) else {
            table.remove(key);
            continue;
        };
        match table.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) if says(old, put) => {}
            Some(old) => {
                *value.decor_mut() = old.decor().clone();
                *old = value;
            }
            None => {
                table.insert(key, Item::Value(value));
            }
        }
    }
}

fn value(put: &Put) -> Option<Value> {
    Some(match put {
        Put::Text(text) => Value::String(Formatted::new(text.clone())),
        Put::Whole(number) => Value::Integer(Formatted::new(*number)),
        Put::Decimal(number) => Value::Float(Formatted::new(*number)),
        Put::Texts(texts) => Value::Array(texts.iter().collect()),
        Put::Pairs(pairs) => {
            let pair = |(a, b): &(i64, i64)| Value::Array([*a, *b].into_iter().collect());
            Value::Array(pairs.iter().map(pair).collect())
        }
        Put::Flag(flag) => Value::Boolean(Formatted::new(*flag)),
        Put::Table(keys) => {
            let mut table = InlineTable::new();
            put_all(&mut table, keys);
            Value::InlineTable(table)
        }
        Put::Nothing => return None,
    })
}

/// A list of pairs of whole numbers; `None` if it is anything else.
pub(super) fn pairs_of(value: &Value) -> Option<Vec<(i64, i64)>> {
    let pair = |value: &Value| {
        let pair = value.as_array().filter(|pair| pair.len() == 2)?;
        pair.get(0)?.as_integer().zip(pair.get(1)?.as_integer())
    };
    value.as_array()?.iter().map(pair).collect()
}

/// Whether it is so already, however it is written: `8.0` says 8, `'a'` says "a".
fn says(old: &Value, put: &Put) -> bool {
    let number = || old.as_float().or(old.as_integer().map(|whole| whole as f64));
    match put {
        Put::Text(text) => old.as_str().is_some_and(|old| old.trim() == text),
        Put::Whole(whole) => number() == Some(*whole as f64),
        Put::Decimal(decimal) => number() == Some(*decimal),
        Put::Texts(texts) => old.as_array().is_some_and(|old| {
            old.iter()
                .map(|one| one.as_str().map(str::trim))
                .eq(texts.iter().map(|one| Some(&**one)))
        }),
        Put::Pairs(pairs) => pairs_of(old).as_ref() == Some(pairs),
        Put::Flag(flag) => old.as_bool() == Some(*flag),
        Put::Table(_) | Put::Nothing => false,
    }
}

#[cfg(test)]
mod tests;
