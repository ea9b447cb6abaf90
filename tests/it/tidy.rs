//! The walls and the house rules, counted: rooms, sizes, names, languages. All breaches at once.

mod walls;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use walls::{ROOMS, WRITERS};

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;
const LINE_CHARS_MAX: usize = 100;
/// A line that a string keeps together, such as a row of a table.
const STRING_LINE_CHARS_MAX: usize = 180;

const BANNED_NAMES: &[&str] = &["utils", "util", "common", "helpers", "misc"];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(under: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(under) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "dist", "gen", ".git"].contains(&name.as_str()) {
                files(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

fn sources(folders: &[&str], endings: &[&str]) -> Vec<(String, String)> {
    let top = top();
    let mut found = Vec::new();
    for folder in folders {
        files(&top.join(folder), endings, &mut found);
    }
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&top).unwrap_or(&path).to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
            (name, text)
        })
        .collect()
}

fn none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn sizes() {
    let mut breaches = Vec::new();
    for (name, text) in sources(&["src-tauri", "tests", "ui/src"], &[".rs", ".ts", ".svelte"]) {
        if name.ends_with("ipc.types.ts") {
            continue;
        }
        let lines = text.lines().count();
        if lines > FILE_LINES_MAX {
            breaches.push(format!("{name}: {lines} lines"));
        }
        for (number, line) in text.lines().enumerate() {
            let kept = name.ends_with(".rs") && line.contains('"');
            let max = if kept { STRING_LINE_CHARS_MAX } else { LINE_CHARS_MAX };
            if line.chars().count() > max {
                breaches.push(format!("{name}:{}: longer than {max}", number + 1));
            }
        }
        if name.ends_with(".rs") {
            breaches.extend(long_functions(&name, &text));
        }
    }
    none(&breaches);
}

/// Functions as rustfmt lays them out: from `fn` to the closing brace at the same indent.
fn long_functions(name: &str, text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut breaches = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let starts = code.starts_with("fn ")
            || code.contains(" fn ") && code.starts_with("pub")
            || code.starts_with("async fn ");
        if !starts {
            continue;
        }
        let indent = line.len() - code.len();
        let closing = format!("{}}}", " ".repeat(indent));
        let end = lines.iter().skip(start).position(|line| *line == closing);
        if let Some(length) = end.filter(|length| length + 1 > FUNCTION_LINES_MAX) {
            breaches.push(format!("{name}:{}: a function of {} lines", start + 1, length + 1));
        }
    }
    breaches
}

#[test]
fn every_file_says_what_it_is() {
    let mut breaches = Vec::new();
    for (name, text) in sources(&["src-tauri", "tests"], &[".rs"]) {
        if !text.starts_with("//!") {
            breaches.push(format!("{name}: does not start with //!"));
        }
        for word in ["todo!(", "unimplemented!(", "dbg!(", "#[ignore", "allow(dead_code"] {
            if text.contains(word) && !name.ends_with("tidy.rs") {
                breaches.push(format!("{name}: {word}"));
            }
        }
        let stem = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy();
        if BANNED_NAMES.contains(&stem.as_ref()) {
            breaches.push(format!("{name}: find the noun"));
        }
    }
    none(&breaches);
}

#[test]
fn rooms_keep_their_walls() {
    let mut breaches = Vec::new();
    let base = "src-tauri/crates/station/src/";
    for (name, text) in sources(&[base], &[".rs"]) {
        let inside = name.trim_start_matches(base).trim_end_matches(".rs").to_owned();
        let room = ROOMS
            .iter()
            .filter(|(room, _)| inside == *room || inside.starts_with(&format!("{room}/")))
            .max_by_key(|(room, _)| room.len());
        let Some((room, allowed)) = room else { continue };
        // Tests beside the code may look further.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if inside.ends_with("tests") {
            continue;
        }
        for named in named_rooms(code) {
            if !allowed.contains(&named.as_str()) {
                breaches.push(format!("{name}: {room} must not name {named}"));
            }
        }
    }
    none(&breaches);
}

/// The words after `crate::`, also inside `use crate::{…}`.
fn named_rooms(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let without_comments: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect();
    for (at, _) in without_comments.match_indices("crate::") {
        let rest = &without_comments[at + 7..];
        if let Some(list) = rest.strip_prefix('{') {
            named.extend(first_words(list));
        } else {
            let word: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            named.insert(word);
        }
    }
    named.retain(|word| word.chars().next().is_some_and(char::is_lowercase));
    named
}

/// The first word of each entry of a `use` list.
fn first_words(list: &str) -> Vec<String> {
    let (mut depth, mut word, mut words, mut first) = (0, String::new(), Vec::new(), true);
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                words.push(std::mem::take(&mut word));
                first = true;
            }
            ':' => first = false,
            c if depth == 0 && first && (c.is_alphanumeric() || c == '_') => word.push(c),
            _ => {}
        }
    }
    words.push(word);
    words
}

#[test]
fn one_writer_a_table() {
    let mut breaches = Vec::new();
    let base = "src-tauri/crates/station/src/";
    for (name, text) in sources(&[base], &[".rs"]) {
        let inside = name.trim_start_matches(base);
        let sql: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (table, writers) in WRITERS {
            let writes = [
                format!("INSERT INTO {table} "),
                format!("INSERT OR REPLACE INTO {table} "),
                format!("UPDATE {table} SET"),
                format!("DELETE FROM {table} "),
            ];
            if writes.iter().any(|write| sql.contains(write)) && !writers.contains(&inside) {
                breaches.push(format!("{name}: writes {table}"));
            }
        }
    }
    none(&breaches);
}

fn language(name: &str) -> BTreeMap<String, String> {
    let path = top().join("ui/src/lib/i18n").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn holes(sentence: &str) -> BTreeSet<String> {
    sentence
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        // `{n?s}` is what more than one takes, in a language that says so.
        .map(|(hole, _)| hole.split('?').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn both_languages_are_complete() {
    let mut breaches = Vec::new();
    for (chinese, english) in [("zh.json", "en.json"), ("cli.zh.json", "cli.en.json")] {
        let (zh, en) = (language(chinese), language(english));
        for key in zh.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
            match (zh.get(key), en.get(key)) {
                (Some(zh), Some(en)) => {
                    if holes(zh) != holes(en) {
                        breaches.push(format!("{key}: other values in the two languages"));
                    }
                    if zh.trim().is_empty() || en.trim().is_empty() {
                        breaches.push(format!("{key}: empty"));
                    }
                }
                _ => breaches.push(format!("{key}: only in one language")),
            }
        }
    }
    none(&breaches);
}

/// Variants of a Rust enum as the words they cross as.
fn words(file: &str, name: &str) -> Vec<String> {
    let text = fs::read_to_string(top().join(file)).expect(file);
    let body = text.split(&format!("pub enum {name} {{")).nth(1).expect(name);
    let body = body.split("\n}").next().unwrap_or_default();
    body.lines()
        .map(str::trim)
        .filter(|line| line.chars().next().is_some_and(char::is_uppercase))
        .map(|line| line.trim_end_matches(',').split(['(', '{']).next().unwrap_or_default().trim())
        .map(|variant| {
            let mut word = String::new();
            for (at, c) in variant.char_indices() {
                if c.is_uppercase() && at > 0 {
                    word.push('_');
                }
                word.extend(c.to_lowercase());
            }
            word
        })
        .collect()
}

#[test]
fn every_code_has_a_sentence() {
    let mut zh = language("zh.json");
    zh.extend(language("cli.zh.json"));
    let mut breaches = Vec::new();
    let station = "src-tauri/crates/station/src";
    for (file, name, prefix) in [
        (format!("{station}/trouble.rs"), "Code", "trouble"),
        (format!("{station}/order.rs"), "FaultCode", "fault"),
        (format!("{station}/view/import.rs"), "RowFault", "rowfault"),
        (format!("{station}/config/fault.rs"), "ConfigWhy", "config"),
    ] {
        let found = words(&file, name);
        assert!(found.len() > 5, "{name}: read {found:?}");
        for word in found {
            if !zh.contains_key(&format!("{prefix}.{word}")) {
                breaches.push(format!("no sentence {prefix}.{word}"));
            }
        }
    }
    none(&breaches);
}

/// Every command of the window has its line in `ipc.ts`, and the other way round.
#[test]
fn every_command_is_typed() {
    let ipc = fs::read_to_string(top().join("ui/src/lib/ipc.ts")).expect("ipc.ts");
    let called: BTreeSet<String> = ipc
        .split("'")
        .skip(1)
        .step_by(2)
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .map(str::to_owned)
        .collect();
    let mut commands = BTreeSet::new();
    for (_, text) in sources(&["src-tauri/src/commands"], &[".rs"]) {
        for part in text.split("#[tauri::command").skip(1) {
            if let Some(rest) = part.split("fn ").nth(1) {
                let name: String =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                commands.insert(name);
            }
        }
    }
    assert!(commands.len() > 10, "{commands:?}");
    let missing: Vec<_> = commands.difference(&called).collect();
    assert!(missing.is_empty(), "commands without a line in ipc.ts: {missing:?}");
}

#[test]
fn no_path_of_one_machine() {
    let mut breaches = Vec::new();
    let endings = [".rs", ".ts", ".svelte", ".sh", ".toml", ".md", "Makefile"];
    for (name, text) in sources(&["src-tauri", "tests", "ui/src", "scripts"], &endings) {
        for (number, line) in text.lines().enumerate() {
            let parts = ["/work", "/root", "/tmp/target"].map(|start| format!("{start}/"));
            if parts.iter().any(|part| line.contains(part.as_str())) && !name.ends_with("tidy.rs") {
                breaches.push(format!("{name}:{}: {line}", number + 1));
            }
        }
    }
    none(&breaches);
}
