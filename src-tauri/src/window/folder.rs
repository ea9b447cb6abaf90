//! What the window keeps in the home besides the station's own: a knock of a second start, files to
//! be imported, and practice put aside.

use crate::home::PRACTICE;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// A second start leaves this file; the running window takes it away and comes to the front.
const KNOCK: &str = "front";
/// Files staged for import; they hold personal data and are gone after each import.
const INCOMING: &str = "incoming";

/// Asks the window that runs on this home to come to the front.
pub fn knock(home: &Path) {
    // If this fails the other window stays where it is; the words say who runs anyway.
    drop(fs::write(home.join(KNOCK), []));
}

/// Whether somebody knocked since the last time.
pub fn knocked(home: &Path) -> bool {
    fs::remove_file(home.join(KNOCK)).is_ok()
}

/// A private place for a file to be imported.
///
/// # Errors
/// The disk failed.
pub fn stage(home: &Path, token: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let folder = home.join(INCOMING);
    let mut build = fs::DirBuilder::new();
    build.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut build, 0o700);
    build.create(&folder)?;
    let path = folder.join(token);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path)?.write_all(bytes)?;
    Ok(path)
}

/// Removes what a killed program left staged.
pub fn sweep(home: &Path) {
    // Nothing staged is the usual case; what cannot be removed now is swept at the next start.
    drop(fs::remove_dir_all(home.join(INCOMING)));
}

/// Moves practice settings, data and files to `practice-<ms>`, so that real work begins empty.
/// The settings go first: a program that dies in between starts anew and never mixes.
///
/// # Errors
/// The disk failed.
pub fn put_practice_aside(home: &Path, now_ms: i64) -> io::Result<PathBuf> {
    let aside = home.join(format!("{PRACTICE}-{now_ms}"));
    fs::create_dir_all(&aside)?;
    let mut names: Vec<_> = fs::read_dir(home)?
        .filter_map(|entry| entry.ok().map(|entry| entry.file_name()))
        .filter(|name| {
            let name = name.to_string_lossy();
            name == PRACTICE || name.starts_with("station.sqlite")
        })
        .collect();
    names.insert(0, station::config::FILE_NAME.into());
    for name in names {
        fs::rename(home.join(&name), aside.join(&name))?;
    }
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practice_is_moved_whole_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let names = ["station.toml", "station.sqlite", "station.sqlite-wal", "kdn.key"];
        for name in names {
            fs::write(home.path().join(name), name).unwrap();
        }
        fs::create_dir(home.path().join(PRACTICE)).unwrap();
        fs::write(home.path().join(PRACTICE).join("carrier.jsonl"), "x").unwrap();
        let aside = put_practice_aside(home.path(), 1_764_000_000_000).unwrap();
        assert_eq!(aside.file_name().unwrap(), "practice-1764000000000");
        let left: Vec<_> = fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().path()).collect();
        assert_eq!(left.len(), 2, "{left:?}");
        assert!(home.path().join("kdn.key").exists());
        assert!(aside.join("station.sqlite-wal").exists());
        assert!(aside.join("practice/carrier.jsonl").exists());
    }
}
