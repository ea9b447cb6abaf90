//! A shop's barcode in its frame: as large as whole dots allow, in the middle, quiet zone inside.

use super::extras::Code;
use crate::{
    barcode::{Grid, code128, data_matrix, pdf417, qr},
    forms::What,
    page::{Bars, Item, Modules, Rect},
    units::Head,
};

/// No module is wider, µm: a scanner held close must see all of the code.
const MODULE_MAX: i32 = 1_000;
/// Lower bars are missed by a scanner that is not held straight, µm.
const BARS_MIN: i32 = 5_000;
/// Code words in a row of PDF417.
const COLUMNS: std::ops::RangeInclusive<u8> = 1..=30;

/// The code; nothing if it has nothing to say.
pub(super) fn drawn(code: Code, text: &str, frame: Rect, head: Head) -> Result<Option<Item>, What> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let item = match code {
        Code::Code128 => bars(text, frame, head)?,
        Code::Qr => {
            let matrix = qr::encode(text).ok_or(What::TooLong)?;
            let grid = Grid { width: matrix.size, dark: matrix.dark };
            Item::Modules(rows(grid, (qr::QUIET, 1), frame, head).ok_or(What::TooLong)?)
        }
        Code::DataMatrix => {
            let grid = data_matrix::encode(text).ok_or(What::TooLong)?;
            Item::Modules(rows(grid, (data_matrix::QUIET, 1), frame, head).ok_or(What::TooLong)?)
        }
        Code::Pdf417 => {
            let shapes = COLUMNS.filter_map(|columns| pdf417::encode(text, columns));
            let rows = |grid| rows(grid, (pdf417::QUIET, pdf417::ROW_MODULES), frame, head);
            let largest = shapes.filter_map(rows).max_by_key(|code| code.module);
            Item::Modules(largest.ok_or(What::TooLong)?)
        }
    };
    Ok(Some(item))
}

fn bars(text: &str, frame: Rect, head: Head) -> Result<Item, What> {
    // Blanks and control characters cannot be told by eye from what was meant.
    if !text.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        return Err(What::NotEncodable);
    }
    let runs = code128::encode(text).ok_or(What::NotEncodable)?;
    let modules = code128::modules(&runs);
    let module = (frame.width / (modules + 2 * code128::QUIET)).min(head.dots(MODULE_MAX));
    if module < head.module_min() || frame.height < head.dots(BARS_MIN) {
        return Err(What::TooLong);
    }
    let x = frame.x + (frame.width - modules * module) / 2;
    Ok(Item::Bars(Bars { x, y: frame.y, height: frame.height, module, runs }))
}

/// Rows of modules, each `row` times as high as wide, with `quiet` empty modules on every side.
fn rows(grid: Grid, (quiet, row): (i32, i32), frame: Rect, head: Head) -> Option<Modules> {
    let across = i32::try_from(grid.width).ok()?;
    let down = i32::try_from(grid.height()).ok()? * row;
    let room = (frame.width / (across + 2 * quiet)).min(frame.height / (down + 2 * quiet));
    let module = room.min(head.dots(MODULE_MAX));
    if module < head.module_min() {
        return None;
    }
    let x = frame.x + (frame.width - across * module) / 2;
    let y = frame.y + (frame.height - down * module) / 2;
    Some(Modules { x, y, module, row: module * row, grid })
}
