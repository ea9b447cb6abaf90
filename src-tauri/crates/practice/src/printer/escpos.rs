//! ESC/POS as the practice printer reads it: a strip of raster rows up to a cut or a feed, the
//! real-time questions and the process ID. Source: Epson "ESC/POS Command Reference".

use super::{
    bitmap::{Bitmap, Meet},
    reader::{Item, Language, Question, Taken},
};
use std::sync::Arc;

/// Width of the head.
const HEAD_MM: u32 = 104;
/// Rows of one label, 300 mm at 300 dpi; a longer strip is cut there.
const ROWS_MAX: usize = 3_600;
/// Rows of one raster command; a real printer would hold the line until they fit.
const RASTER_ROWS_MAX: usize = 2_303;

/// What has run under the head since the last cut or feed.
#[derive(Debug)]
pub(super) struct EscPos {
    head_dots: u32,
    row_bytes: usize,
    rows: Vec<u8>,
}

impl EscPos {
    pub(super) fn new(dots_per_mm: u32) -> Self {
        let head_dots = HEAD_MM * dots_per_mm;
        Self { head_dots, row_bytes: head_dots.div_ceil(8) as usize, rows: Vec::new() }
    }

    /// Whether paper has moved since the last cut or feed.
    pub(super) fn in_label(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Forgets a strip that will not be finished.
    pub(super) fn drop_strip(&mut self) {
        self.rows.clear();
    }

    /// Takes one command that starts with DLE, ESC or GS; what it wants comes after `wants`, which
    /// gets the real-time questions a printer sees within the data.
    pub(super) fn take(&mut self, input: &[u8], wants: &mut Vec<Item>) -> Taken {
        let unknown =
            |used: usize, name: &str| Taken::Used(used, Some(Item::Unknown(name.to_owned())));
        match *input {
            [0x10, 0x04, n @ 1..=4, ..] => {
                Taken::Used(3, Some(Item::Ask(Question::EscPosRealTime(n))))
            }
            [0x10, 0x04] | [0x10 | 0x1b | 0x1d] => Taken::More,
            [0x10, ..] => unknown(1, "DLE"),
            [0x1b, b'@', ..] => Taken::Used(2, None),
            [0x1b, b'd' | b'J', _, ..] => Taken::Used(3, self.end(false)),
            [0x1b, b'd' | b'J'] => Taken::More,
            [0x1b, ..] => unknown(2, "ESC"),
            [0x1d, 0x0c, ..] => Taken::Used(2, self.end(false)),
            [0x1d, b'V', b'A' | b'B', _, ..] => Taken::Used(4, self.end(true)),
            [0x1d, b'V', 0 | 1 | b'0' | b'1', ..] => Taken::Used(3, self.end(true)),
            [0x1d, b'V'] | [0x1d, b'V', b'A' | b'B'] => Taken::More,
            [0x1d, b'(', name, low, high, ref rest @ ..] => {
                let count = usize::from(u16::from_le_bytes([low, high]));
                let Some(data) = rest.get(..count) else { return Taken::More };
                let item = match (name, data) {
                    (b'H', [48, 48, a, b, c, d]) => Some(Item::Proof([*a, *b, *c, *d])),
                    (b'D' | b'K', _) => None,
                    _ => Some(Item::Unknown(format!("GS({}", char::from(name)))),
                };
                Taken::Used(5 + count, item)
            }
            [0x1d, b'v', b'0', mode, a, b, c, d, ref rest @ ..] => {
                self.raster(mode, [[a, b], [c, d]], rest, wants)
            }
            [0x1d, b'(' | b'v', ..] if input.len() < 8 => Taken::More,
            _ => unknown(2, "GS"),
        }
    }

    /// `GS v 0 m xL xH yL yH` and the rows, 1 = black.
    fn raster(
        &mut self,
        mode: u8,
        counts: [[u8; 2]; 2],
        rest: &[u8],
        wants: &mut Vec<Item>,
    ) -> Taken {
        let [width, height] = counts.map(|bytes| usize::from(u16::from_le_bytes(bytes)));
        let count = width * height;
        // Double widths and heights would be other dots.
        if !matches!(mode, 0 | b'0') || count == 0 || height > RASTER_ROWS_MAX {
            return Taken::Used(8, Some(Item::BadGraphic));
        }
        let Some(data) = rest.get(..count) else { return Taken::More };
        let questions = data.windows(3).filter(|part| part[..2] == [0x10, 0x04]);
        let questions = questions.map(|part| part[2]).filter(|n| (1..=4).contains(n));
        wants.extend(questions.map(|n| Item::Ask(Question::EscPosRealTime(n))));
        let mut row = vec![0; self.row_bytes];
        for source in data.chunks_exact(width) {
            let used = width.min(self.row_bytes);
            row.fill(0);
            row[..used].copy_from_slice(&source[..used]);
            self.rows.extend(&row);
        }
        let item = if self.rows.len() > ROWS_MAX * self.row_bytes { self.end(false) } else { None };
        Taken::Used(8 + count, item)
    }

    /// The paper moves out of the head: what is on it is a label.
    fn end(&mut self, cut: bool) -> Option<Item> {
        if self.rows.is_empty() {
            return cut.then_some(Item::Cut);
        }
        let rows = std::mem::take(&mut self.rows);
        let height = u32::try_from(rows.len() / self.row_bytes).unwrap_or(u32::MAX);
        let mut bitmap = Bitmap::white(self.head_dots, height);
        bitmap.put(0, 0, self.row_bytes, &rows, Meet::Or);
        let bitmap = Arc::new(bitmap);
        Some(Item::Format { bitmap, copies: 1, language: Language::EscPos, cut })
    }
}
