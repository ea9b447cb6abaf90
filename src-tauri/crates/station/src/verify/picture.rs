//! Pictures of goods: files in `products/` of the home, called as their code.

use crate::{
    Station,
    trouble::{Action, Code, Trouble},
    view::CountLine,
};
use std::path::PathBuf;

/// Where the pictures are.
const FOLDER: &str = "products";
/// In which kinds they come.
const ENDINGS: [&str; 4] = ["png", "jpg", "jpeg", "webp"];
/// A picture for a screen is no larger.
const BYTES_MAX: u64 = 4 << 20;

impl Station {
    /// The file with the picture of some goods, if there is one.
    pub(super) fn picture_file(&self, line: &CountLine) -> Option<PathBuf> {
        let folder = self.home().join(FOLDER);
        let codes = [&line.sku, &line.barcode].into_iter().filter(|code| is_file_stem(code));
        let files = codes.flat_map(|code| ENDINGS.map(|ending| format!("{code}.{ending}")));
        files.map(|file| folder.join(file)).find(|file| file.is_file())
    }

    /// The picture of goods of an order, as its file holds it.
    ///
    /// # Errors
    /// [`Code::Storage`] if it cannot be read; the database.
    pub fn goods_picture(&self, id: i64, line: u32) -> Result<Vec<u8>, Trouble> {
        let lines = self.db.read(|db| super::shown::lines(db, id))?;
        let line = lines.into_iter().find(|one| one.line == line);
        let Some(file) = line.and_then(|line| self.picture_file(&line)) else {
            return Ok(Vec::new());
        };
        let storage = |why: std::io::Error| {
            Trouble::new(Code::Storage, Action::Retry, [("why", why.to_string())])
        };
        let size_bytes = std::fs::metadata(&file).map_err(storage)?.len();
        if size_bytes > BYTES_MAX {
            return Ok(Vec::new());
        }
        std::fs::read(file).map_err(storage)
    }
}

/// Codes come from files of others: none of them may lead out of the folder.
fn is_file_stem(code: &str) -> bool {
    let plain = |c: char| !c.is_control() && !matches!(c, '/' | '\\' | ':' | '.');
    !code.is_empty() && code.chars().count() <= 64 && code.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::is_file_stem;

    #[test]
    fn no_code_leads_out_of_the_folder() {
        for good in ["CUP-480-B", "6901234567892", "杯 480"] {
            assert!(is_file_stem(good), "{good}");
        }
        for bad in ["", "../key", "a/b", "C:x", "a\\b", "..", "a\u{0}"] {
            assert!(!is_file_stem(bad), "{bad:?}");
        }
    }
}
