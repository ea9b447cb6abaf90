//! One Packbench a home: an operating-system lock that dies with the process.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Holds the home until dropped.
#[derive(Debug)]
pub struct HomeLock {
    /// Unlocked by closing it.
    _file: File,
    pid_path: PathBuf,
}

/// Why the home could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process has it.
    #[error("in use by process {pid}")]
    Taken {
        /// As the other one wrote it; "?" if it cannot be read.
        pid: String,
    },
    /// The lock file cannot be made.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl HomeLock {
    /// Takes the home or says who has it.
    ///
    /// # Errors
    /// [`LockError::Taken`] with the other's process number; disk errors.
    pub fn take(home: &Path) -> Result<Self, LockError> {
        // The number stands in a second file, because a locked file cannot be read on Windows.
        let pid_path = home.join("station.pid");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(home.join("station.lock"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let pid = std::fs::read_to_string(&pid_path).unwrap_or_else(|_| "?".into());
                return Err(LockError::Taken { pid: pid.trim().to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        std::fs::write(&pid_path, std::process::id().to_string())?;
        Ok(Self { _file: file, pid_path })
    }
}

impl Drop for HomeLock {
    fn drop(&mut self) {
        // Only a hint for people; a leftover is overwritten by the next start.
        drop(std::fs::remove_file(&self.pid_path));
    }
}
