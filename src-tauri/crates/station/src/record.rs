//! What was said between an account and its carrier, kept for support: only when a person asks for
//! it, only for some minutes and some megabytes, masked, in a file only this user can read. Two
//! programs may share a home's recordings: the window works, the command line says "begin".

mod mask;

use crate::outside::{Answer, HttpError, Method, Request};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

/// Nobody records longer by one wish.
pub const MINUTES_MAX: u32 = 120;
/// A recording ends at this size: about a thousand orders.
const FILE_BYTES_MAX: u64 = 4 << 20;
/// Where recordings lie in the home.
const FOLDER: &str = "records";
/// Which accounts are recorded, until when, and into which file.
const WISHES: &str = "wishes.json";

/// A recording under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// When it ends, ms UTC.
    pub until_ms: i64,
    /// Its file, in the folder of recordings.
    pub file: String,
}

impl Recording {
    /// Where its file lies.
    pub fn path(&self, home: &Path) -> PathBuf {
        home.join(FOLDER).join(&self.file)
    }
}

/// Begins to record an account, or ends it (0 minutes).
///
/// # Errors
/// The disk.
pub fn begin(
    home: &Path,
    account: &str,
    minutes: u32,
    now_ms: i64,
) -> io::Result<Option<Recording>> {
    let mut wishes = wishes(home);
    wishes.retain(|_, wish| wish.until_ms > now_ms);
    wishes.remove(account);
    let recording = (minutes > 0).then(|| Recording {
        until_ms: now_ms + i64::from(minutes.min(MINUTES_MAX)) * 60_000,
        file: format!("exchange-{now_ms}.txt"),
    });
    if let Some(recording) = &recording {
        wishes.insert(account.to_owned(), recording.clone());
    }
    private_folder(&home.join(FOLDER))?;
    let text = serde_json::to_vec(&wishes).map_err(io::Error::other)?;
    crate::config::put_file(&home.join(FOLDER).join(WISHES), &text)?;
    Ok(recording)
}

/// The recording of an account, if one is under way.
pub fn recording(home: &Path, account: &str, now_ms: i64) -> Option<Recording> {
    let recording = wishes(home).remove(account)?;
    if recording.until_ms <= now_ms || recording.file.contains(['/', '\\']) {
        return None;
    }
    let size = fs::metadata(recording.path(home)).map_or(0, |meta| meta.len());
    (size < FILE_BYTES_MAX).then_some(recording)
}

/// Adds one exchange to a recording.
///
/// # Errors
/// The disk.
pub fn add(
    path: &Path,
    request: &Request,
    outcome: &Result<Answer, HttpError>,
    at_ms: i64,
    elapsed_ms: i64,
) -> io::Result<()> {
    let text = told(request, outcome, at_ms, elapsed_ms);
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// An exchange as it is recorded.
fn told(
    request: &Request,
    outcome: &Result<Answer, HttpError>,
    at_ms: i64,
    elapsed_ms: i64,
) -> String {
    let at = Timestamp::from_millisecond(at_ms).map_or_else(|_| String::new(), |at| at.to_string());
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let mut hidden = mask::Hidden::default();
    let url = mask::url(&request.url, &mut hidden);
    let mut text = format!("=== {at} {method} {url} {elapsed_ms} ms\n");
    for (name, _) in &request.headers {
        text += &format!("> {name}: …\n");
    }
    if !request.body.is_empty() {
        let body = mask::body(&request.body, &mut hidden);
        text += &format!("> {}\n> {body}\n", request.content_type);
    }
    match outcome {
        Ok(answer) => {
            let body = mask::body(&answer.body, &mut hidden);
            text += &format!("< {} ({} bytes)\n< {body}\n\n", answer.status, answer.body.len());
        }
        Err(error) => text += &format!("! {error}\n\n"),
    }
    text
}

fn wishes(home: &Path) -> BTreeMap<String, Recording> {
    let read = fs::read(home.join(FOLDER).join(WISHES)).ok();
    read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn private_folder(path: &Path) -> io::Result<()> {
    let mut build = fs::DirBuilder::new();
    build.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut build, 0o700);
    build.create(path)
}
