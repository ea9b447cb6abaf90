//! Single keys of the settings by their path (`backup.keep`), read and changed in place, and a file
//! as a flat list of all its keys, to tell two files apart.

use super::{
    edit::{NoEdit, Put, ended_as, put_all},
    secret::SecretFrom,
};
use std::collections::BTreeMap;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// The text with these keys changed, everything else left as it is. A table that is not there is
/// made; one that becomes empty is taken away.
///
/// # Errors
/// [`NoEdit::Unreadable`].
pub fn edit_keys(text: &str, puts: &[(&'static str, Put)]) -> Result<String, NoEdit> {
    let mut file: DocumentMut = text.parse().map_err(|_| NoEdit::Unreadable)?;
    for (path, put) in puts {
        let (tables, key) = path.rsplit_once('.').unwrap_or(("", path));
        let tables: Vec<&str> = tables.split('.').filter(|name| !name.is_empty()).collect();
        put_in(file.as_table_mut(), &tables, key, put)?;
    }
    Ok(ended_as(text, &file))
}

fn put_in(
    table: &mut dyn TableLike,
    tables: &[&str],
    key: &'static str,
    put: &Put,
) -> Result<(), NoEdit> {
    let Some((name, rest)) = tables.split_first() else {
        put_all(table, &[(key, put.clone())]);
        return Ok(());
    };
    if *put == Put::Nothing && table.get(name).is_none() {
        return Ok(());
    }
    let item = table.entry(name).or_insert_with(|| {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        Item::Table(table)
    });
    let inner = item.as_table_like_mut().ok_or(NoEdit::Unreadable)?;
    put_in(inner, rest, key, put)?;
    if inner.is_empty() {
        table.remove(name);
    }
    Ok(())
}

/// What a key says, as text; `None` if it is not there or no plain value.
pub fn key_text(text: &str, path: &str) -> Option<String> {
    let file: DocumentMut = text.parse().ok()?;
    let mut item = file.as_item();
    for part in path.split('.') {
        item = item.get(part)?;
    }
    item.as_value().map(plain)
}

/// Whether a key holds a secret, or the place of one.
pub fn has_secret_name(path: &str) -> bool {
    const ENDS: [&str; 10] = [
        "api_key",
        "partner_key",
        "checkword",
        "token",
        "secret",
        "app_secret",
        "password",
        "private_key",
        "secret_key",
        "pwd",
    ];
    let name = path.rsplit('.').next().unwrap_or(path);
    ENDS.iter().any(|end| name.ends_with(end)) || name == "key"
}

/// Every key of a file by its path; blocks of a list by their name, else by their number. Values
/// of secrets that stand in the file itself are left out.
///
/// # Errors
/// [`NoEdit::Unreadable`].
pub fn flat(text: &str) -> Result<BTreeMap<String, String>, NoEdit> {
    let file: DocumentMut = text.parse().map_err(|_| NoEdit::Unreadable)?;
    let mut found = BTreeMap::new();
    flatten(file.as_table(), "", &mut found);
    for (path, value) in &mut found {
        if has_secret_name(path) && SecretFrom::read(value).is_none() {
            "…".clone_into(value);
        }
    }
    Ok(found)
}

fn flatten(table: &dyn TableLike, path: &str, found: &mut BTreeMap<String, String>) {
    for (key, item) in table.iter() {
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match item {
            Item::Value(Value::InlineTable(table)) => flatten(table, &path, found),
            Item::Value(Value::Array(all)) if all.iter().any(Value::is_inline_table) => {
                let tables = all.iter().filter_map(Value::as_inline_table);
                for (n, table) in tables.enumerate() {
                    flatten(table, &format!("{path}[{}]", called(table, n)), found);
                }
            }
            Item::Value(value) => {
                found.insert(path, plain(value));
            }
            Item::Table(table) => flatten(table, &path, found),
            Item::ArrayOfTables(tables) => {
                for (n, table) in tables.iter().enumerate() {
                    flatten(table, &format!("{path}[{}]", called(table, n)), found);
                }
            }
            Item::None => {}
        }
    }
}

fn called(table: &dyn TableLike, nth: usize) -> String {
    let named =
        ["profile", "name", "file"].iter().find_map(|key| table.get(key).and_then(Item::as_str));
    named.map_or_else(|| (nth + 1).to_string(), |name| name.trim().to_owned())
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().trim().to_owned(),
        Value::Integer(number) => number.value().to_string(),
        Value::Float(number) => number.value().to_string(),
        Value::Boolean(flag) => flag.value().to_string(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Datetime(at) => at.value().to_string(),
        Value::InlineTable(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# top\nbench = '一' # here\n\n[sender] # who\nname = 'a'\n\n[[printer]]\n\
        name = 'p'\nspeed = 4\n";

    #[test]
    fn one_key_changes_where_it_stands_and_nothing_else() {
        let got = edit_keys(FILE, &[("bench", Put::Text("二".into()))]).unwrap();
        assert_eq!(got, FILE.replace("'一'", "\"二\""));
        let got = edit_keys(FILE, &[("sender.name", Put::Text("b".into()))]).unwrap();
        assert_eq!(got, FILE.replace("'a'", "\"b\""));
        assert_eq!(edit_keys(FILE, &[("backup.keep", Put::Nothing)]).unwrap(), FILE);
    }

    #[test]
    fn tables_come_with_their_first_key_and_go_with_their_last() {
        let with = edit_keys(FILE, &[("backup.keep", Put::Whole(3))]).unwrap();
        assert_eq!(with, format!("{FILE}\n[backup]\nkeep = 3\n"));
        assert_eq!(key_text(&with, "backup.keep").as_deref(), Some("3"));
        assert_eq!(edit_keys(&with, &[("backup.keep", Put::Nothing)]).unwrap(), FILE);
        let windows = FILE.replace('\n', "\r\n");
        let with = edit_keys(&windows, &[("backup.keep", Put::Whole(3))]).unwrap();
        assert_eq!(with, format!("{windows}\r\n[backup]\r\nkeep = 3\r\n"));
    }

    #[test]
    fn tables_stand_in_tables() {
        let street = [("sender.abroad.street", Put::Text("1 Example Street".into()))];
        let with = edit_keys(FILE, &street).unwrap();
        let block = "name = 'a'\n\n[sender.abroad]\nstreet = \"1 Example Street\"\n";
        assert_eq!(with, FILE.replace("name = 'a'\n", block));
        assert_eq!(key_text(&with, "sender.abroad.street").as_deref(), Some("1 Example Street"));
        assert_eq!(edit_keys(&with, &[("sender.abroad.street", Put::Nothing)]).unwrap(), FILE);
        assert_eq!(edit_keys(FILE, &[("sender.abroad.street", Put::Nothing)]).unwrap(), FILE);
    }

    #[test]
    fn a_file_is_flat_and_tells_no_secret() {
        let file = "[[carrier]]\nname = 'A'\napi_key = 'plain-secret'\ntoken = 'env:T'\n\
            [carrier.endpoints]\n1007 = 'u'\n[x]\ny = [1, 2]\n";
        let flat = flat(file).unwrap();
        let of = |key: &str| flat.get(key).map(String::as_str);
        assert_eq!(of("carrier[A].name"), Some("A"));
        assert_eq!(of("carrier[A].api_key"), Some("…"));
        assert_eq!(of("carrier[A].token"), Some("env:T"));
        assert_eq!(of("carrier[A].endpoints.1007"), Some("u"));
        assert_eq!(of("x.y"), Some("1, 2"));
    }
}
