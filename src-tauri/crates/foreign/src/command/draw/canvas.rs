//! A label being drawn from commands: lengths come in dots of the head they were made for, and
//! leave in dots of ours.

use super::unknown;
use crate::{Refused, Target, grey::Grey, picture::TOLERANCE_UM};
use label::{
    barcode::{Grid, code128, qr},
    font::{self, Fonts},
    page::{Bars, Ink, Item, Line, Modules, Page, Rect, Square, Weight},
    raster,
    raster::Bitmap,
    units::Head,
};

/// Things on one label.
const ITEMS_MAX: usize = 10_000;

/// How a piece of text is set; dots of the head it was made for.
#[derive(Debug, Clone, Copy)]
pub struct Letters {
    /// From line to line, which capitals nearly fill.
    pub height: i32,
    /// What a Latin letter takes at most; Han characters take `height`.
    pub advance: i32,
    /// Bold.
    pub weight: Weight,
}

/// A label being drawn.
pub struct Canvas {
    made: Head,
    target: Target,
    items: Vec<Item>,
    pictures: Vec<(i32, i32, Grey)>,
    right: i32,
    bottom: i32,
}

impl Canvas {
    /// An empty label.
    pub fn new(made: Head, target: Target) -> Self {
        Self { made, target, items: Vec::new(), pictures: Vec::new(), right: 0, bottom: 0 }
    }

    /// Dots of theirs in dots of ours.
    fn ours(&self, dots: i32) -> i32 {
        let (to, from) = (i64::from(self.target.head.dots_per_m), i64::from(self.made.dots_per_m));
        let scaled = (i64::from(dots) * to + from / 2).div_euclid(from.max(1));
        i32::try_from(scaled).unwrap_or(i32::MAX / 4)
    }

    /// A module of a code: whole dots, at least one, never wider than it was.
    fn module(&self, dots: i32) -> i32 {
        let (to, from) = (i64::from(self.target.head.dots_per_m), i64::from(self.made.dots_per_m));
        // 300 dpi is a little less than 12 dots/mm: that little is no reason for a dot less.
        (i64::from(dots) * to * 51 / (from.max(1) * 50)).clamp(1, 200) as i32
    }

    fn push(&mut self, item: Item, right: i32, bottom: i32) -> Result<(), Refused> {
        if self.items.len() + self.pictures.len() >= ITEMS_MAX {
            return Err(Refused::TooLarge("commands"));
        }
        self.right = self.right.max(right);
        self.bottom = self.bottom.max(bottom);
        self.items.push(item);
        Ok(())
    }

    /// A filled rectangle.
    pub fn fill(&mut self, [x, y, width, height]: [i32; 4], ink: Ink) -> Result<(), Refused> {
        let (left, top) = (self.ours(x), self.ours(y));
        let width = (self.ours(x.saturating_add(width)) - left).max(i32::from(width > 0));
        let height = (self.ours(y.saturating_add(height)) - top).max(i32::from(height > 0));
        let rect = Rect { x: left, y: top, width, height };
        let (right, bottom) = if ink == Ink::Black { (left + width, top + height) } else { (0, 0) };
        self.push(Item::Fill(rect, ink), right, bottom)
    }

    /// A frame of lines inside its edges.
    pub fn frame(&mut self, [x, y, w, h]: [i32; 4], thick: i32, ink: Ink) -> Result<(), Refused> {
        let thick = thick.max(1);
        if 2 * thick >= w.min(h) {
            return self.fill([x, y, w, h], ink);
        }
        for side in [
            [x, y, w, thick],
            [x, y + h - thick, w, thick],
            [x, y, thick, h],
            [x + w - thick, y, thick, h],
        ] {
            self.fill(side, ink)?;
        }
        Ok(())
    }

    /// How wide a text may be, in dots of theirs.
    pub fn text_width(text: &str, letters: Letters) -> i32 {
        let one = |c: char| if c.is_ascii() { letters.advance } else { letters.height };
        text.chars().map(one).fold(0, i32::saturating_add)
    }

    /// One line standing on `baseline`, set so small that it is no wider than the printer's own.
    pub fn text(
        &mut self,
        (x, baseline): (i32, i32),
        text: &str,
        letters: Letters,
    ) -> Result<(), Refused> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if !font::missing(text).is_empty() {
            return Err(Refused::FontMissing);
        }
        let room = self.ours(Self::text_width(text, letters)).max(1);
        let fonts = Fonts::shipped();
        let weight = letters.weight;
        // Capitals of a printer's font are nearly as high as its line, ours three quarters.
        let most = (self.ours(letters.height) * 19 / 20).clamp(1, 2_000);
        let wide = fonts.width(text, most, weight).max(1);
        let mut size = if wide > room { (most * room / wide).max(1) } else { most };
        while size > 1 && fonts.width(text, size, weight) > room {
            size -= 1;
        }
        let (x, baseline) = (self.ours(x), self.ours(baseline));
        let right = x + fonts.width(text, size, weight);
        let ink = Ink::Black;
        let line = Line { x, baseline, size, weight, ink, text: text.to_owned() };
        self.push(Item::Text(line), right, baseline + size / 8)
    }

    /// Code 128 of `text`; how wide it is, in dots of theirs.
    pub fn code128(
        &mut self,
        at: (i32, i32),
        high: i32,
        module: i32,
        text: &str,
    ) -> Result<i32, Refused> {
        let runs = code128::encode(text).ok_or_else(|| unknown("Code 128"))?;
        self.bars(at, high, module, runs)
    }

    /// Bars; how wide they are, in dots of theirs.
    pub fn bars(
        &mut self,
        (x, y): (i32, i32),
        high: i32,
        module: i32,
        runs: Vec<u8>,
    ) -> Result<i32, Refused> {
        let modules = code128::modules(&runs);
        let (x, y, height) = (self.ours(x), self.ours(y), self.ours(high).max(1));
        let own = self.module(module);
        let bars = Bars { x, y, height, module: own, runs };
        self.push(Item::Bars(bars), x + modules * own, y + height)?;
        Ok(modules * module)
    }

    /// A QR code.
    pub fn qr(&mut self, (x, y): (i32, i32), module: i32, text: &str) -> Result<(), Refused> {
        let matrix = qr::encode(text).ok_or_else(|| unknown("QR"))?;
        let (x, y, module) = (self.ours(x), self.ours(y), self.module(module));
        let side = matrix.size as i32 * module;
        self.push(Item::Qr(Square { x, y, module, matrix }), x + side, y + side)
    }

    /// A code of square modules.
    pub fn grid(&mut self, (x, y): (i32, i32), module: i32, grid: Grid) -> Result<(), Refused> {
        let (x, y, module) = (self.ours(x), self.ours(y), self.module(module));
        let (wide, high) = (grid.width as i32 * module, grid.height() as i32 * module);
        self.push(Item::Modules(Modules { x, y, module, row: module, grid }), x + wide, y + high)
    }

    /// Dots of theirs.
    pub fn picture(&mut self, (x, y): (i32, i32), picture: &Grey) -> Result<(), Refused> {
        if self.items.len() + self.pictures.len() >= ITEMS_MAX {
            return Err(Refused::TooLarge("commands"));
        }
        let Some((from, above, width, height)) = picture.content() else { return Ok(()) };
        let part = picture.part((from, above, width, height));
        let (left, top) = (x.saturating_add(from as i32), y.saturating_add(above as i32));
        let (right, bottom) =
            (left.saturating_add(width as i32), top.saturating_add(height as i32));
        let (x, y) = (self.ours(left), self.ours(top));
        let (right, bottom) = (self.ours(right), self.ours(bottom));
        self.right = self.right.max(right);
        self.bottom = self.bottom.max(bottom);
        // What reaches beyond the paper is refused at the end, and not scaled before.
        if self.fits() {
            let size = ((right - x).max(1) as usize, (bottom - y).max(1) as usize);
            self.pictures.push((x, y, part.scaled(size.0, size.1)));
        }
        Ok(())
    }

    fn fits(&self) -> bool {
        let (width, height) = self.target.dots();
        let over = self.target.head.dots(TOLERANCE_UM);
        self.right <= width + over && self.bottom <= height + over
    }

    /// The dots.
    ///
    /// # Errors
    /// Ink beyond the paper.
    pub fn finish(self) -> Result<Bitmap, Refused> {
        let head = self.target.head;
        if !self.fits() {
            let um = |dots: i32| (i64::from(dots) * 1_000_000 / i64::from(head.dots_per_m)) as i32;
            return Err(Refused::Paper { width_um: um(self.right), height_um: um(self.bottom) });
        }
        let (width, height) = self.target.dots();
        let page = Page { head, width, height, items: self.items, shortened: Vec::new() };
        let mut bitmap = raster::paint(&page, Fonts::shipped());
        for (x, y, picture) in self.pictures {
            for (row, line) in (y..).zip(picture.luma.chunks_exact(picture.width.max(1))) {
                for (column, _) in (x..).zip(line).filter(|(_, luma)| **luma < 128) {
                    let dot = Rect { x: column, y: row, width: 1, height: 1 };
                    bitmap.fill(dot, Ink::Black);
                }
            }
        }
        Ok(bitmap)
    }
}
