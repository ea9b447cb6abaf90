//! A bundle for support: versions, settings, counts, the last lines of the log; nobody's name,
//! phone or address and no secret in it. Reads beside a station at work, and also where none can
//! open.
//!
//! What is not known to be harmless is covered: of the settings every value whose key is not
//! listed here, of the log everything that is not plain ASCII or is a long number or a long code.

use crate::{config, db};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeSet,
    fs, io,
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Lines of the log that go along.
const LOG_LINES_MAX: usize = 2_000;
/// Only so much of the log's end is read.
const LOG_BYTES_MAX: u64 = 1 << 20;
/// Digits in a row that may be a phone or a number of somebody's.
const NUMBER_DIGITS_MIN: usize = 7;
/// Letters and digits in a row that may be a key.
const KEY_CHARS_MIN: usize = 20;
/// Latin names looked for in the log; orders abroad are few.
const NAMES_MAX: u32 = 1_000;

/// Keys of the settings whose values go along: how things are set, not whose they are.
const HARMLESS: &[&str] = &[
    "address",
    "bind",
    "blank_after_days",
    "calls_a_day",
    "calls_per_s",
    "confirm",
    "cut_every",
    "darkness",
    "dots_per_mm",
    "environment",
    "finish",
    "gap_mm",
    "graphics",
    "in_flight",
    "keep",
    "keep_templates_days",
    "kind",
    "label",
    "language",
    "lock_after_min",
    "mark_mm",
    "mask_names",
    "media",
    "method",
    "off",
    "offset_x",
    "offset_y",
    "paper",
    "practice",
    "proof",
    "port",
    "privacy",
    "repeat",
    "reprints_max",
    "shipper_code",
    "speed",
    "track",
    "track_calls_a_day",
    "upside_down",
    "warn_below",
];

/// Writes the bundle into the home's folder for what is taken along; where it is. `about` are lines
/// of the program about itself and the computer.
///
/// # Errors
/// The disk.
pub fn write(home: &Path, about: &[(&str, String)], now_ms: i64) -> io::Result<PathBuf> {
    let folder = home.join("exports");
    config::private_folder(&folder)?;
    let path = folder.join(format!("packbench-diagnose-{now_ms}.zip"));
    let mut bytes = io::Cursor::new(Vec::new());
    bundle(&mut bytes, home, about)?;
    config::put_file(&path, bytes.get_ref())?;
    Ok(path)
}

fn bundle(out: &mut (impl Write + Seek), home: &Path, about: &[(&str, String)]) -> io::Result<()> {
    let mut zip = ZipWriter::new(out);
    let mut add = |name: &str, text: &str| -> io::Result<()> {
        zip.start_file(name, SimpleFileOptions::default()).map_err(io::Error::other)?;
        zip.write_all(text.as_bytes())
    };
    let lines: Vec<String> =
        about.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    add("about.txt", &lines.concat())?;
    let settings = fs::read_to_string(home.join(config::FILE_NAME)).unwrap_or_default();
    add("settings.txt", &shown_settings(&settings))?;
    let open =
        Connection::open_with_flags(home.join("station.sqlite"), OpenFlags::SQLITE_OPEN_READ_ONLY);
    let (counts, names) = match &open {
        Ok(db) => (counted(db), names(db).unwrap_or_default()),
        Err(why) => (json!({ "database": why.to_string() }), Vec::new()),
    };
    add("counts.json", &format!("{counts:#}\n"))?;
    let mut log = String::new();
    for line in last_lines(home)? {
        log.push_str(&covered(&line, &names));
        log.push('\n');
    }
    add("log.txt", &log)?;
    zip.finish().map_err(io::Error::other)?;
    Ok(())
}

/// The settings key by key; a file that cannot be read as settings is told by its faults alone.
fn shown_settings(text: &str) -> String {
    let mut shown = String::new();
    for fault in config::parse(text).err().unwrap_or_default() {
        let (line, key, why) = (fault.line, &fault.key, fault.why.word());
        shown.push_str(&format!("fault in line {line}: {} {why}\n", without_names(key)));
    }
    let mut blocks = BTreeSet::new();
    for (path, value) in config::flat(text).unwrap_or_default() {
        let key = path.rsplit('.').next().unwrap_or(&path);
        let of_sender = path.starts_with("sender.");
        let harmless = HARMLESS.contains(&key) && !of_sender;
        let value = if harmless { value } else { format!("•({})", value.chars().count()) };
        // Blocks are told apart by their order alone.
        let block = path.split(']').next().unwrap_or_default().to_owned();
        blocks.insert(block);
        shown.push_str(&format!("{} {} = {value}\n", blocks.len(), without_names(&path)));
    }
    shown
}

/// `carrier[圆通].speed` → `carrier[].speed`.
fn without_names(path: &str) -> String {
    match (path.find('['), path.rfind(']')) {
        (Some(from), Some(to)) if from < to => format!("{}{}", &path[..=from], &path[to..]),
        _ => path.to_owned(),
    }
}

/// How many of everything, by state; never whose.
fn counted(db: &Connection) -> Value {
    const ASKED: &[(&str, &str)] = &[
        (
            "shipments",
            "SELECT state || CASE WHEN trouble IS NULL THEN '' ELSE ' ' || \
          coalesce(json_extract(trouble, '$.code'), '?') END, count(*) FROM shipment GROUP BY 1",
        ),
        (
            "outbox",
            "SELECT kind || CASE WHEN done_at_ms IS NULL THEN ' open' ELSE ' done' END || \
          CASE WHEN doubt THEN ' doubt' ELSE '' END || \
          CASE WHEN parked THEN ' parked' ELSE '' END, \
          count(*) FROM outbox GROUP BY 1",
        ),
        ("print_jobs", "SELECT state, count(*) FROM print_job GROUP BY 1"),
        ("tracks", "SELECT coalesce(stage, 'none'), count(*) FROM track GROUP BY 1"),
        ("refusals", "SELECT code, sum(n) FROM refusal GROUP BY 1"),
        ("events", "SELECT event, count(*) FROM shipment_event GROUP BY 1"),
        ("acts", "SELECT what, count(*) FROM act GROUP BY 1"),
        (
            "batches",
            "SELECT CASE WHEN closed_at_ms IS NULL THEN 'open' ELSE 'closed' END, count(*) \
          FROM batch GROUP BY 1",
        ),
    ];
    let mut all = Map::new();
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap_or(-1);
    all.insert("version".into(), number("PRAGMA user_version").into());
    all.insert("known_version".into(), db::KNOWN_VERSION.into());
    let bytes = number("PRAGMA page_count").saturating_mul(number("PRAGMA page_size"));
    all.insert("bytes".into(), bytes.into());
    all.insert("orders".into(), number("SELECT count(*) FROM orders").into());
    for (name, sql) in ASKED {
        let rows = || -> Result<Map<String, Value>, rusqlite::Error> {
            let mut statement = db.prepare(sql)?;
            let rows = statement.query_map([], |row| {
                Ok((row.get::<_, String>(0)?, Value::from(row.get::<_, i64>(1)?)))
            })?;
            rows.collect()
        };
        all.insert((*name).into(), rows().map_or_else(|why| why.to_string().into(), Value::Object));
    }
    Value::Object(all)
}

/// What stands in orders in Latin letters, which the log's masks would let through.
fn names(db: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let mut statement = db.prepare(
        "SELECT name, detail, email FROM orders WHERE name GLOB '*[A-Za-z]*' ORDER BY id DESC LIMIT ?1",
    )?;
    let rows = statement
        .query_map([NAMES_MAX], |row| Ok([row.get::<_, String>(0)?, row.get(1)?, row.get(2)?]))?;
    let mut found = Vec::new();
    for row in rows {
        found.extend(row?.into_iter().filter(|text| text.len() > 2));
    }
    Ok(found)
}

fn last_lines(home: &Path) -> io::Result<Vec<String>> {
    let mut file = match fs::File::open(home.join("station.log")) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    let length = file.metadata()?.len();
    file.seek(io::SeekFrom::Start(length.saturating_sub(LOG_BYTES_MAX)))?;
    let mut bytes = Vec::new();
    file.take(LOG_BYTES_MAX).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LOG_LINES_MAX);
    Ok(lines[from..].iter().map(|line| (*line).to_owned()).collect())
}

/// A line of the log without anything that may be somebody's. The log has none of it anyway; a line
/// of the system may.
fn covered(line: &str, names: &[String]) -> String {
    let mut line = line.to_owned();
    for name in names.iter().filter(|name| line.contains(name.as_str())).collect::<Vec<_>>() {
        line = line.replace(name.as_str(), "◦");
    }
    let is_code = |c: char| c.is_ascii_alphanumeric() || "+/=_-.@".contains(c);
    let mut shown = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(first) = rest.chars().next() {
        let length = match () {
            () if is_code(first) => rest.find(|c| !is_code(c)).unwrap_or(rest.len()),
            () if !first.is_ascii() => rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len()),
            () => first.len_utf8(),
        };
        let (word, after) = rest.split_at(length);
        match () {
            () if !word.is_ascii() => shown.push('◦'),
            () if is_private(word) => shown.push_str(&format!("◦({})", word.len())),
            () => shown.push_str(word),
        }
        rest = after;
    }
    shown
}

/// Whether a word may be a phone, a number, an address of mail, or a key.
fn is_private(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let is_moment = word.starts_with("20") && word.contains('T') && word.ends_with('Z');
    let run = word.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    let long = word.len() >= KEY_CHARS_MIN && digits > 0;
    !is_moment && (run >= NUMBER_DIGITS_MIN || word.contains('@') || long)
        || word.split('-').map(str::len).sum::<usize>() >= NUMBER_DIGITS_MIN
            && word.chars().all(|c| c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_what_happened_and_cover_whose_it_was() {
        let line = "2026-11-22T03:04:05.123456Z  INFO station: asked shipment.id=12 carrier=圆通 \
            elapsed_ms=87 to 13812345678 0571-88001234 for Anna Berg <a@b.test> key \
            11111111-2222-3333-4444-555555555555";
        let shown = covered(line, &["Anna Berg".into()]);
        assert!(
            shown.starts_with("2026-11-22T03:04:05.123456Z  INFO station: asked shipment.id=12")
        );
        assert!(shown.contains("carrier=◦ elapsed_ms=87"), "{shown}");
        for gone in ["圆通", "138", "0571", "Anna", "a@b", "11111111"] {
            assert!(!shown.contains(gone), "{gone}: {shown}");
        }
    }

    #[test]
    fn settings_show_how_and_not_whose() {
        let text = "[sender]\nname = '拾光'\nphone = '0571-88001234'\n[[carrier]]\nname = '圆通'\n\
            kind = 'kdniao'\nbusiness_id = '1777000'\napi_key = 'env:K'\n[[printer]]\nspeed = 4\n";
        let shown = shown_settings(text);
        for kept in ["carrier[].kind = kdniao", "printer[].speed = 4"] {
            assert!(shown.contains(kept), "{shown}");
        }
        for gone in ["拾光", "0571", "圆通", "1777000", "env:K"] {
            assert!(!shown.contains(gone), "{gone}: {shown}");
        }
    }
}
