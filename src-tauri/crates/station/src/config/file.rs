//! The settings file replaced whole: there is always either the old or the new one, and the old one
//! stays beside it.

use super::FILE_NAME;
use std::{
    ffi::OsString,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

/// Added to the name of the settings file as it was before the last change made here.
const BEFORE: &str = ".before";
/// Added to the name of a file that is being written.
const PART: &str = ".part";

/// The settings as they were before the last change made by the program; `None` if it made none.
///
/// # Errors
/// The disk failed.
pub fn before(home: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(with(&home.join(FILE_NAME), BEFORE)) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

/// Puts `text` in the place of the settings; the old ones become `station.toml.before`. Who may
/// read the file stays as it is.
///
/// # Errors
/// The disk failed; the settings are then still the old ones.
pub fn replace(home: &Path, text: &str) -> io::Result<()> {
    let named = home.join(FILE_NAME);
    // A settings file that stands elsewhere and is linked here is replaced there.
    let path = fs::canonicalize(&named)?;
    let (old, may) = (fs::read(&path)?, fs::metadata(&path)?.permissions());
    put(&with(&named, BEFORE), &old, Some(may.clone()))?;
    put(&path, text.as_bytes(), Some(may))
}

/// Writes a file of ours whole: there is always either the old or the new one. Only the owner may
/// read it.
///
/// # Errors
/// The disk failed; the old file is then still there.
pub fn put_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let may = fs::metadata(path).ok().map(|there| there.permissions());
    put(path, bytes, may)
}

/// Makes a folder that only its owner may enter, if it is not there.
///
/// # Errors
/// The disk failed.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut build = fs::DirBuilder::new();
    build.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut build, 0o700);
    build.create(path)
}

fn put(path: &Path, bytes: &[u8], may: Option<fs::Permissions>) -> io::Result<()> {
    let part = with(path, PART);
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    file.write_all(bytes)?;
    if let Some(may) = may {
        file.set_permissions(may)?;
    }
    file.sync_all()?;
    drop(file);
    fs::rename(&part, path)?;
    // The new name is on disk only when its folder is.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}
