//! A file only we can read, for as long as the system needs it. A run that is killed leaves its
//! folder behind; the lock on it then is free, which tells the next run to take it away.

use std::{
    fs::{self, File, Permissions},
    io::{self, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// How our folders begin; nobody else's do.
const PREFIX: &str = "packbench-print-";

/// The label on disk; dropped, it is gone.
#[derive(Debug)]
pub(super) struct PrivateFile {
    path: PathBuf,
    _lock: File,
    _folder: TempDir,
}

impl PrivateFile {
    pub(super) fn with(label: &[u8]) -> io::Result<Self> {
        let (folder, lock) = locked_folder()?;
        let path = folder.path().join("label");
        let mut file = File::options().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(label)?;
        Ok(Self { path, _lock: lock, _folder: folder })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// A new folder, mode 0700, locked. A sweep may take it away between the two; then another.
fn locked_folder() -> io::Result<(TempDir, File)> {
    let mut made = make_folder()?;
    while fs::symlink_metadata(made.0.path()).is_err() {
        made = make_folder()?;
    }
    Ok(made)
}

fn make_folder() -> io::Result<(TempDir, File)> {
    let private = Permissions::from_mode(0o700);
    let folder = tempfile::Builder::new().prefix(PREFIX).permissions(private).tempdir()?;
    let lock = File::open(folder.path())?;
    lock.lock()?;
    Ok((folder, lock))
}

/// Takes away the folders of runs that ended without doing so: ours by name and owner, and not
/// locked by anybody.
pub(in crate::print) fn sweep() {
    let Ok((own, _lock)) = make_folder() else { return };
    let Ok(owner) = fs::metadata(own.path()).map(|meta| meta.uid()) else { return };
    let entries = fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten();
    for entry in entries {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        // Of the link itself, so that nobody leads us elsewhere.
        let folder = entry.metadata().is_ok_and(|meta| meta.is_dir() && meta.uid() == owner);
        if ours && folder {
            remove_if_unlocked(&entry.path());
        }
    }
}

fn remove_if_unlocked(folder: &Path) {
    let Ok(lock) = File::open(folder) else { return };
    if lock.try_lock().is_ok()
        && let Err(why) = fs::remove_dir_all(folder)
    {
        tracing::warn!(folder = %folder.display(), %why, "stale print folder stays");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_we_read_it_and_only_for_now() {
        let file = PrivateFile::with(b"a name and a phone").expect("written");
        let path = file.path().to_owned();
        let folder = path.parent().expect("a folder").to_owned();
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(&folder)), (0o600, 0o700));
        drop(file);
        assert!(!folder.exists());
    }
}
