//! A sheet of barcodes that say what the station shall do, for a bench with gloves and no keyboard.

use super::{
    Undrawable, What,
    pen::{Align, Pen, Style},
};
use crate::{
    barcode::code128,
    page::{Bars, Ink, Item, Page, Rect},
    units::{Head, Paper},
};

/// One barcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command<'a> {
    /// What the barcode says.
    pub code: &'a str,
    /// What it does, for people.
    pub word: &'a str,
}

/// Lengths, µm: the margin, the title, a word, the bars, and from one barcode to the next.
const MARGIN: i32 = 3_000;
const TITLE: i32 = 5_000;
const WORD: i32 = 4_500;
const BARS: i32 = 12_000;
const PITCH_MAX: i32 = 42_000;
const TITLE_WORDS: &str = "命令条码";

/// Draws as many sheets as it takes, with about as many barcodes on each.
///
/// # Errors
/// As [`draw`], for paper on which not even one fits.
pub fn sheets(all: &[Command<'_>], head: Head, paper: Paper) -> Result<Vec<Page>, Undrawable> {
    let drawn = |sheets: usize| -> Result<Vec<Page>, Undrawable> {
        all.chunks(all.len().div_ceil(sheets)).map(|some| draw(some, head, paper)).collect()
    };
    let fewest = (1..all.len()).find_map(|sheets| drawn(sheets).ok());
    fewest.map_or_else(|| drawn(all.len().max(1)), Ok)
}

/// Draws the sheet: one barcode under another, as far apart as the paper allows, because a scanner
/// that is held carelessly must not read its neighbour.
///
/// # Errors
/// Paper too small for all of them; a code that Code 128 cannot say.
pub fn draw(commands: &[Command<'_>], head: Head, paper: Paper) -> Result<Page, Undrawable> {
    let small = Undrawable { field: "paper", what: What::Paper };
    let mut pen = Pen::new(head, paper);
    let (margin, title, word) = (pen.dots(MARGIN), pen.dots(TITLE), pen.dots(WORD));
    let middle = pen.page.width / 2;
    pen.line(TITLE_WORDS, middle, margin, Align::Centre, Style::bold(title));
    let first = margin + title + margin;
    let room = pen.page.height - margin - first;
    let count = i32::try_from(commands.len()).unwrap_or(i32::MAX).max(1);
    let pitch = (room / count).min(pen.dots(PITCH_MAX));
    let bars_height = pen.dots(BARS);
    // Between two barcodes at least half of one.
    if pitch < bars_height + word + bars_height / 3 {
        return Err(small);
    }
    for (command, nth) in commands.iter().zip(0..) {
        let top = first + nth * pitch;
        let runs = code128::encode(command.code)
            .ok_or(Undrawable { field: "code", what: What::NotEncodable })?;
        let modules = code128::modules(&runs);
        let most = pen.page.width - 2 * pen.dots(1_000);
        let module = (head.module_min()..=head.module())
            .rev()
            .find(|module| (modules + 2 * code128::QUIET) * module <= most)
            .ok_or(small.clone())?;
        let style = Style::bold(word);
        pen.line(command.word, middle, top, Align::Centre, style);
        let x = middle - modules * module / 2;
        let y = top + word + pen.dots(1_250);
        pen.page.items.push(Item::Bars(Bars { x, y, height: bars_height, module, runs }));
        if nth + 1 < count {
            let y = top + pitch - pen.dots(1_500);
            let (x, width) = (margin, pen.page.width - 2 * margin);
            pen.fill(Rect { x, y, width, height: 1 }, Ink::Black);
        }
    }
    Ok(pen.page)
}
