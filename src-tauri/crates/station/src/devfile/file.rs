//! A device's file, awaited instead of blocked on: closing it lets the device go at once.
#![allow(unsafe_code, reason = "one file is registered; the call says why it is sound")]

use crate::outside::{Later, Reports};
use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    os::{fd::AsFd, unix::fs::OpenOptionsExt},
    path::Path,
    time::Duration,
};
use tokio::{
    io::{Interest, unix::AsyncFd},
    time,
};

/// No report is longer; and so many key events at once.
const READ_BYTES_MAX: usize = 4_096;

/// An open device.
pub(super) struct Opened {
    file: AsyncFd<File>,
    descriptor: Vec<u8>,
}

impl Opened {
    /// Opens it for reading; what it says of its reports is kept beside.
    pub(super) fn open(path: &Path, descriptor: Vec<u8>) -> io::Result<Self> {
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
        let file = OpenOptions::new().read(true).custom_flags(flags).open(path);
        let file = file.and_then(watched).map_err(|why| named(path, &why))?;
        Ok(Self { file, descriptor })
    }

    pub(super) fn fd(&self) -> impl AsFd {
        self.file.get_ref()
    }

    async fn read(&self) -> io::Result<Vec<u8>> {
        let mut report = vec![0; READ_BYTES_MAX];
        let read = |file: &File| {
            let mut file = file;
            file.read(&mut report)
        };
        let count = self.file.async_io(Interest::READABLE, read).await?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        report.truncate(count);
        Ok(report)
    }
}

fn watched(file: File) -> io::Result<AsyncFd<File>> {
    // SAFETY: a `File` owns its descriptor, which stays the same and open until `AsyncFd` gives it
    // up at its own end; nothing here replaces it.
    Ok(unsafe { AsyncFd::register_with_interest(file, Interest::READABLE) }?)
}

impl Reports for Opened {
    fn descriptor(&self) -> &[u8] {
        &self.descriptor
    }

    fn next(&mut self, wait: Duration) -> Later<'_, io::Result<Option<Vec<u8>>>> {
        Box::pin(async move {
            match time::timeout(wait, self.read()).await {
                Err(_) => Ok(None),
                Ok(read) => read.map(Some),
            }
        })
    }
}

/// What the system said, with whose path it was about.
pub(super) fn named(path: &Path, why: &io::Error) -> io::Error {
    io::Error::new(why.kind(), format!("{}: {why}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{io::Write, process::Command};

    const SOON: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn a_file_is_awaited_and_its_end_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hidraw0");
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        // A pipe's reader alone would see its end at once.
        let mut writer = OpenOptions::new().read(true).write(true).open(&path).unwrap();
        let mut opened = Opened::open(&path, vec![5]).unwrap();
        assert_eq!(opened.descriptor(), [5]);
        assert_eq!(opened.next(Duration::from_millis(1)).await.unwrap(), None);
        writer.write_all(b"\x02\x01x").unwrap();
        assert_eq!(opened.next(SOON).await.unwrap().unwrap(), b"\x02\x01x");
        drop(writer);
        let end = opened.next(SOON).await.unwrap_err();
        assert_eq!(end.kind(), io::ErrorKind::UnexpectedEof);
        let none = Opened::open(&folder.path().join("none"), Vec::new()).err().unwrap();
        assert_eq!(none.kind(), io::ErrorKind::NotFound);
        assert!(none.to_string().contains("none"), "{none}");
    }
}
