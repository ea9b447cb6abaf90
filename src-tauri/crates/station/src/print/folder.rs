//! Labels as files in a folder, for those who print elsewhere. Never answers.

use super::{Broken, Port};
use crate::outside::Later;
use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

/// Longest file name made from a job's name.
const NAME_CHARS_MAX: usize = 100;
/// Files of one name; a label reprinted more often goes wrong for another reason.
const SAME_NAME_MAX: u32 = 10_000;

/// An open folder.
#[derive(Debug)]
pub struct FolderPort {
    folder: PathBuf,
    extension: &'static str,
}

impl FolderPort {
    /// Opens a folder and makes it if it is missing. `extension` is what the files end with:
    /// `zpl`, `tspl`, or `prn` where the language is not known.
    ///
    /// # Errors
    /// What the system said, with the path.
    pub fn open(folder: &Path, extension: &'static str) -> io::Result<Self> {
        fs::create_dir_all(folder).map_err(|why| at(folder, &why))?;
        Ok(Self { folder: folder.to_owned(), extension })
    }

    fn write(folder: &Path, name: &str, extension: &str, bytes: &[u8]) -> io::Result<()> {
        // tempfile makes the file with mode 0600 and takes it away again unless it is kept.
        let mut file = tempfile::Builder::new()
            .prefix(".label-")
            .suffix(".part")
            .tempfile_in(folder)
            .map_err(|why| at(folder, &why))?;
        file.write_all(bytes).map_err(|why| at(file.path(), &why))?;
        file.as_file().sync_all().map_err(|why| at(file.path(), &why))?;
        for nth in 1..=SAME_NAME_MAX {
            let path = folder.join(file_name(name, nth, extension));
            match file.persist_noclobber(&path) {
                Ok(_) => return Ok(()),
                Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => {
                    file = taken.file;
                }
                Err(other) => return Err(at(&path, &other.error)),
            }
        }
        Err(at(&folder.join(file_name(name, 1, extension)), &io::ErrorKind::AlreadyExists.into()))
    }
}

/// `NAME.zpl`, then `NAME-2.zpl`: a reprint does not take the place of the first print.
fn file_name(name: &str, nth: u32, extension: &str) -> String {
    let plain = |letter: char| {
        if letter.is_alphanumeric() || matches!(letter, '-' | '_') { letter } else { '_' }
    };
    let name: String = name.chars().take(NAME_CHARS_MAX).map(plain).collect();
    let name = if name.is_empty() { "label" } else { name.as_str() };
    if nth == 1 { format!("{name}.{extension}") } else { format!("{name}-{nth}.{extension}") }
}

fn at(path: &Path, why: &io::Error) -> io::Error {
    io::Error::new(why.kind(), format!("{}: {why}", path.display()))
}

impl Port for FolderPort {
    fn write_label<'a>(
        &'a mut self,
        name: &'a str,
        bytes: &'a [u8],
    ) -> Later<'a, Result<(), Broken>> {
        let (folder, extension) = (self.folder.clone(), self.extension);
        let (name, bytes) = (name.to_owned(), bytes.to_vec());
        Box::pin(async move {
            let write = move || Self::write(&folder, &name, extension, &bytes);
            let done = tokio::task::spawn_blocking(write).await;
            // Before the last step nobody sees a file, and the last step is whole or not at all.
            done.unwrap_or_else(|panic| Err(io::Error::other(panic)))
                .map_err(|why| Broken { sent: 0, why })
        })
    }
}
