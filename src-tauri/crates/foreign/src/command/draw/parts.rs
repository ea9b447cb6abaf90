//! What commands ask for as pieces: lines and blocks of text, bars with their line for people,
//! codes of modules.

use super::{canvas::Canvas, unknown};
use crate::Refused;
use crate::piece::{Piece, Place};
use label::{
    barcode::{Grid, maxicode, modules, qr},
    font::{self, Fonts},
    page::{Bars, Ink, Item, Line, Modules, Rect, Square, Weight},
};

/// How a piece of text is set; dots of the head it was made for.
#[derive(Debug, Clone, Copy)]
pub struct Letters {
    /// From line to line, which capitals nearly fill.
    pub height: i32,
    /// What a Latin letter takes at most.
    pub advance: i32,
    /// What a Han character takes.
    pub wide: i32,
    /// Bold.
    pub weight: Weight,
}

/// Lines of text in a column (`^FB`, `BLOCK`); dots of the head it was made for.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// How wide lines may be.
    pub width: i32,
    /// How many there may be.
    pub lines: usize,
    /// More than a line's height from line to line.
    pub between: i32,
    /// Where in the width they are: `L`, `C`, `R`, `J`.
    pub side: u8,
}

/// Bars, and what stands beside them.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Their runs, a bar first.
    pub runs: Vec<u8>,
    /// How high they are, and how wide a module is; dots of theirs.
    pub height: i32,
    /// Dots of a module.
    pub module: i32,
    /// How wide a run of three is, in tenths of a module, if not three: Code 39, Interleaved 2 of
    /// 5.
    pub wide_tenths: Option<i32>,
    /// A line for people, and whether it is above.
    pub line: Option<(String, bool)>,
}

/// How wide a text may be, in dots of theirs.
pub fn text_width(text: &str, letters: Letters) -> i32 {
    let one = |c: char| if c.is_ascii() { letters.advance } else { letters.wide };
    text.chars().map(one).fold(0, i32::saturating_add)
}

/// A text set so small that it is no wider than the printer's own.
struct Set {
    text: String,
    size: i32,
    width: i32,
}

impl Canvas {
    fn set(&self, text: &str, letters: Letters) -> Result<Set, Refused> {
        if !font::missing(text).is_empty() {
            return Err(Refused::FontMissing);
        }
        let (fonts, weight) = (Fonts::shipped(), letters.weight);
        let room = self.ours(text_width(text, letters)).max(1);
        // Capitals of a printer's font are nearly as high as its line, ours three quarters.
        let most = (self.ours(letters.height) * 19 / 20).clamp(1, 2_000);
        let wide = fonts.width(text, most, weight).max(1);
        let mut size = most;
        if wide > room {
            size = (i64::from(most) * i64::from(room) / i64::from(wide)).max(1) as i32;
        }
        while size > 1 && fonts.width(text, size, weight) > room {
            size -= 1;
        }
        let width = fonts.width(text, size, weight);
        Ok(Set { text: text.to_owned(), size, width })
    }

    /// One line of text.
    ///
    /// # Errors
    /// Letters that no font has; as [`Canvas::makes`].
    pub fn text(&mut self, place: Place, text: &str, letters: Letters) -> Result<(), Refused> {
        let all = Block { width: text_width(text, letters), lines: 1, between: 0, side: b'L' };
        self.lines(place, &[text.to_owned()], (all, true), letters)
    }

    /// Lines of text in a column.
    ///
    /// # Errors
    /// More lines than it may have; as [`Self::text`].
    pub fn block(
        &mut self,
        place: Place,
        text: &str,
        block: Block,
        letters: Letters,
    ) -> Result<(), Refused> {
        let lines = wrapped(text, block.width, letters);
        if lines.len() > block.lines {
            // A printer would print the rest over the last line.
            return Err(unknown("lines"));
        }
        self.lines(place, &lines, (block, false), letters)
    }

    /// `alone`: as wide as it is, and no column.
    fn lines(
        &mut self,
        place: Place,
        lines: &[String],
        (block, alone): (Block, bool),
        letters: Letters,
    ) -> Result<(), Refused> {
        let sets =
            lines.iter().map(|line| self.set(line, letters)).collect::<Result<Vec<_>, _>>()?;
        if sets.iter().all(|set| set.text.trim().is_empty()) {
            return Ok(());
        }
        let pitch = self.ours(letters.height.saturating_add(block.between)).max(1);
        let widest = sets.iter().map(|set| set.width).max().unwrap_or(0);
        let width = if alone { widest } else { self.ours(block.width) };
        let line = self.ours(letters.height).max(1);
        let height = pitch.saturating_mul(sets.len() as i32 - 1).saturating_add(line);
        // Strokes may hang out of their line.
        let edge = line / 2 + 1;
        let (all_wide, all_high) = (width.max(widest) + 2 * edge, height.saturating_add(2 * edge));
        if !self.makes(all_wide, all_high)? {
            return Ok(());
        }
        let (mut items, mut foot) = (Vec::new(), 0);
        for (set, nth) in sets.into_iter().zip(0..) {
            let free = (width - set.width).max(0);
            let x = edge
                + match block.side {
                    b'C' => free / 2,
                    b'R' => free,
                    _ => 0,
                };
            let baseline = edge + nth * pitch + line * 4 / 5;
            foot = baseline;
            let Set { text, size, .. } = set;
            let (weight, ink) = (letters.weight, Ink::Black);
            items.push(Item::Text(Line { x, baseline, size, weight, ink, text }));
        }
        let dots = self.painted(all_wide, all_high, items);
        self.lay(Piece { dots, body: Rect { x: edge, y: edge, width, height }, foot }, place);
        Ok(())
    }

    /// Bars, and their line for people.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn bars(&mut self, place: Place, bar: Bar) -> Result<(), Refused> {
        let (runs, module) = self.whole(&bar);
        let (width, height) = (modules(&runs) * module, self.ours(bar.height).max(1));
        let mut items = Vec::new();
        let letters = Letters {
            height: 9 * bar.module,
            advance: 6 * bar.module,
            wide: 9 * bar.module,
            weight: Weight::Regular,
        };
        let set = match &bar.line {
            Some((text, above)) => Some((self.set(text, letters)?, *above)),
            None => None,
        };
        let room = if set.is_some() { self.ours(11 * bar.module) } else { 0 };
        let beside = set.as_ref().map_or(0, |(set, _)| (set.width - width).max(0) / 2 + 1);
        let top = if set.as_ref().is_some_and(|(_, above)| *above) { room } else { 0 };
        let (all_wide, all_high) = (width + 2 * beside, height.saturating_add(room));
        if !self.makes(all_wide, all_high)? {
            return Ok(());
        }
        if let Some((Set { text, size, width: wide }, above)) = set {
            let gap = self.ours(bar.module).max(1);
            let baseline = if above { room - gap - size / 6 } else { height + gap + size * 4 / 5 };
            let x = beside + (width - wide) / 2;
            let (weight, ink) = (letters.weight, Ink::Black);
            items.push(Item::Text(Line { x, baseline, size, weight, ink, text }));
        }
        items.push(Item::Bars(Bars { x: beside, y: top, height, module, runs }));
        let dots = self.painted(all_wide, all_high, items);
        let body = Rect { x: beside, y: top, width, height };
        self.lay(Piece { dots, body, foot: top + height }, place);
        Ok(())
    }

    /// Runs and dots of a module; where wide ones are no whole number of modules, runs in dots.
    fn whole(&self, bar: &Bar) -> (Vec<u8>, i32) {
        let module = self.module(bar.module);
        let Some(tenths) = bar.wide_tenths.filter(|tenths| *tenths != 30) else {
            return (bar.runs.clone(), module);
        };
        let dots = |run: &u8| {
            let dots = if *run == 1 { module } else { (module * tenths + 5) / 10 };
            dots.clamp(1, 255) as u8
        };
        (bar.runs.iter().map(dots).collect(), 1)
    }

    /// A QR code.
    ///
    /// # Errors
    /// A text too long for one; as [`Canvas::makes`].
    pub fn qr(&mut self, place: Place, module: i32, text: &str) -> Result<(), Refused> {
        let matrix = qr::encode(text).ok_or_else(|| unknown("QR"))?;
        let module = self.module(module);
        let side = matrix.size as i32 * module;
        if self.makes(side, side)? {
            let square = Item::Qr(Square { x: 0, y: 0, module, matrix });
            let dots = self.painted(side, side, vec![square]);
            self.lay(Piece::whole(dots), place);
        }
        Ok(())
    }

    /// A code of modules, each `across` × `down` dots of theirs.
    ///
    /// # Errors
    /// As [`Canvas::makes`].
    pub fn grid(
        &mut self,
        place: Place,
        (across, down): (i32, i32),
        grid: Grid,
    ) -> Result<(), Refused> {
        let (module, row) = (self.module(across), self.module(down));
        let (width, height) = (grid.width as i32 * module, grid.height() as i32 * row);
        if self.makes(width, height)? {
            let modules = Item::Modules(Modules { x: 0, y: 0, module, row, grid });
            let dots = self.painted(width, height, vec![modules]);
            self.lay(Piece::whole(dots), place);
        }
        Ok(())
    }

    /// A MaxiCode, which has one size.
    ///
    /// # Errors
    /// As [`Canvas::makes`].
    pub fn maxicode(&mut self, place: Place, grid: &Grid) -> Result<(), Refused> {
        let dots = maxicode::drawn(grid, self.head());
        if self.makes(dots.width as i32, dots.height as i32)? {
            self.lay(Piece::whole(dots), place);
        }
        Ok(())
    }
}

/// Lines of a block: at `\&`, between words, and between Han characters.
fn wrapped(text: &str, width: i32, letters: Letters) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\\&") {
        let mut line = String::new();
        let mut words: Vec<String> = Vec::new();
        for c in paragraph.chars() {
            match words.last_mut() {
                Some(word) if c.is_ascii() && word.is_ascii() && !word.ends_with(' ') => {
                    word.push(c);
                }
                _ => words.push(c.to_string()),
            }
        }
        for word in words {
            let longer = format!("{line}{word}");
            let is_over = text_width(longer.trim_end(), letters) > width;
            if is_over && !line.trim().is_empty() {
                lines.push(line.trim_end().to_owned());
                line = word.trim_start().to_owned();
            } else {
                line = longer;
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}
