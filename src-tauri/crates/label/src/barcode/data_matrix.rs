//! Data Matrix with ECC 200 (ISO/IEC 16022): a thin cover over `datamatrix`.

use super::Grid;
use datamatrix::{DataMatrix, SymbolList};

/// Empty modules on every side. The standard asks for one; heat takes a part of it.
pub const QUIET: i32 = 2;

/// The narrowest module for a thermal label, in µm (two dots of a 203 dpi head; three are better).
pub const MODULE_MIN_UM: i32 = 250;

/// The smallest square symbol that holds `text`; `None` if `text` is empty or none is large enough.
pub fn encode(text: &str) -> Option<Grid> {
    if text.is_empty() {
        return None;
    }
    let squares = SymbolList::default().enforce_square();
    let bitmap = DataMatrix::encode_str(text, squares).ok()?.bitmap();
    let mut dark = vec![false; bitmap.width() * bitmap.height()];
    for (x, y) in bitmap.pixels() {
        dark[y * bitmap.width() + x] = true;
    }
    Some(Grid { width: bitmap.width(), dark })
}
