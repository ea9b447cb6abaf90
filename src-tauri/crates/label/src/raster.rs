//! Page → dots. Cannot fail: what lies outside the page is not drawn.

use crate::{
    font::Fonts,
    page::{Bars, Ink, Item, Line, Modules, Page, Picture, Rect, Square},
};

/// A label as the print head sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Dots across.
    pub width: u32,
    /// Dots along the feed.
    pub height: u32,
    /// Bytes a row.
    pub stride_bytes: u32,
    /// Rows from the top; 1 = black; the first dot is the highest bit; bits beyond the width are 0.
    pub bits: Vec<u8>,
}

impl Bitmap {
    /// Blank paper. Negative lengths count as 0.
    pub fn blank(width: i32, height: i32) -> Self {
        let (width, height) = (width.max(0) as u32, height.max(0) as u32);
        let stride_bytes = width.div_ceil(8);
        let bits = vec![0; stride_bytes as usize * height as usize];
        Self { width, height, stride_bytes, bits }
    }

    /// Whether the dot is black; outside is white.
    pub fn is_black(&self, x: u32, y: u32) -> bool {
        if x >= self.width || y >= self.height {
            return false;
        }
        let byte = self.bits[(y * self.stride_bytes + x / 8) as usize];
        byte & (0x80 >> (x % 8)) != 0
    }

    /// The bytes of row `y`, which must be less than the height.
    pub fn row(&self, y: u32) -> &[u8] {
        let stride = self.stride_bytes as usize;
        &self.bits[y as usize * stride..][..stride]
    }

    /// Fills what of `rect` lies on the label.
    pub fn fill(&mut self, rect: Rect, ink: Ink) {
        let (left, right) = clip(rect.x, rect.width, self.width);
        let (top, bottom) = clip(rect.y, rect.height, self.height);
        if left >= right {
            return;
        }
        let stride = self.stride_bytes as usize;
        let (first, last) = (left / 8, (right - 1) / 8);
        for y in top..bottom {
            let row = &mut self.bits[y * stride..][..stride];
            for (at, byte) in row.iter_mut().enumerate().take(last + 1).skip(first) {
                let mut mask = 0xff;
                if at == first {
                    mask &= 0xff >> (left % 8);
                }
                if at == last {
                    mask &= 0xff << (7 - (right - 1) % 8);
                }
                burn(byte, mask, ink);
            }
        }
    }

    /// Lays rows of `from` bytes with their left column at `x` and their top row at `y`.
    fn stamp(&mut self, (bits, from): (&[u8], usize), x: i32, y: i32, ink: Ink) {
        let stride = self.stride_bytes as i32;
        let (byte, shift) = (x.div_euclid(8), x.rem_euclid(8));
        // Bits of the row beyond the width must stay 0.
        let last_mask = 0xff_u8 << (stride * 8 - self.width as i32);
        for (row, line) in (y..).zip(bits.chunks_exact(from.max(1))) {
            if row < 0 || row >= self.height as i32 {
                continue;
            }
            let start = (row * stride) as usize;
            let target = &mut self.bits[start..start + stride as usize];
            let mut lay = |at: i32, mask: u8| {
                if (0..stride).contains(&at) {
                    let keep = if at == stride - 1 { last_mask } else { 0xff };
                    burn(&mut target[at as usize], mask & keep, ink);
                }
            };
            for (at, &bits) in (byte..).zip(line) {
                let wide = u16::from(bits) << (8 - shift);
                lay(at, (wide >> 8) as u8);
                lay(at + 1, wide as u8);
            }
        }
    }

    /// Writes a line of text over what is there; what lies outside is not drawn.
    pub fn write(&mut self, line: &Line, fonts: &Fonts) {
        let (laid, _) = fonts.lay(&line.text, line.size, line.weight);
        fonts.each_dots(&laid, line.size, |at, dots| {
            let (x, y) = (line.x + at.x + dots.left, line.baseline - at.up - dots.top);
            self.stamp((&dots.bits, dots.stride), x, y, line.ink);
        });
    }

    fn bars(&mut self, bars: &Bars) {
        let mut x = bars.x;
        for (at, &run) in bars.runs.iter().enumerate() {
            let width = i32::from(run) * bars.module;
            if at % 2 == 0 {
                let bar = Rect { x, y: bars.y, width, height: bars.height };
                self.fill(bar, Ink::Black);
            }
            x += width;
        }
    }

    /// Modules in rows of `width`, from `left` and `top`, each `across` × `down` dots.
    fn modules(
        &mut self,
        (dark, width): (&[bool], usize),
        (left, top): (i32, i32),
        (across, down): (i32, i32),
    ) {
        for (row, dark) in (0..).zip(dark.chunks_exact(width.max(1))) {
            let mut column = 0;
            for run in dark.chunk_by(|a, b| a == b) {
                if run[0] {
                    let (x, y) = (left + column * across, top + row * down);
                    let width = run.len() as i32 * across;
                    self.fill(Rect { x, y, width, height: down }, Ink::Black);
                }
                column += run.len() as i32;
            }
        }
    }
}

/// `start..start + length` within `0..limit`.
fn clip(start: i32, length: i32, limit: u32) -> (usize, usize) {
    let limit = i32::try_from(limit).unwrap_or(i32::MAX);
    let end = start.saturating_add(length.max(0));
    (start.clamp(0, limit) as usize, end.clamp(0, limit) as usize)
}

fn burn(byte: &mut u8, mask: u8, ink: Ink) {
    match ink {
        Ink::Black => *byte |= mask,
        Ink::White => *byte &= !mask,
    }
}

/// The dots of `page`.
pub fn paint(page: &Page, fonts: &Fonts) -> Bitmap {
    let mut bitmap = Bitmap::blank(page.width, page.height);
    for item in &page.items {
        match item {
            Item::Fill(rect, ink) => bitmap.fill(*rect, *ink),
            Item::Text(line) => bitmap.write(line, fonts),
            Item::Bars(bars) => bitmap.bars(bars),
            Item::Qr(Square { x, y, module, matrix }) => {
                bitmap.modules((&matrix.dark, matrix.size), (*x, *y), (*module, *module));
            }
            Item::Modules(Modules { x, y, module, row, grid }) => {
                bitmap.modules((&grid.dark, grid.width), (*x, *y), (*module, *row));
            }
            Item::Picture(Picture { x, y, bitmap: dots }) => {
                bitmap.stamp((&dots.bits, dots.stride_bytes as usize), *x, *y, Ink::Black);
            }
        }
    }
    bitmap
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{page::Weight, units::Head};

    fn painted(items: Vec<Item>) -> Bitmap {
        let page = Page { head: Head::DPMM_8, width: 21, height: 9, items, shortened: Vec::new() };
        paint(&page, Fonts::shipped())
    }

    #[test]
    fn a_rectangle_is_exactly_its_dots_wherever_it_lies() {
        for (x, y, width, height) in [
            (0, 0, 21, 9),
            (3, 2, 2, 1),
            (7, 0, 9, 9),
            (-5, -5, 9, 7),
            (19, 8, 40, 40),
            (4, 4, 0, 3),
            (9, 9, -4, 2),
        ] {
            let got = painted(vec![Item::Fill(Rect { x, y, width, height }, Ink::Black)]);
            for (dot_x, dot_y) in (0..24).flat_map(|a| (0..9).map(move |b| (a, b))) {
                let inside = (x..x + width).contains(&dot_x)
                    && (y..y + height).contains(&dot_y)
                    && dot_x < 21;
                assert_eq!(
                    got.is_black(dot_x as u32, dot_y as u32),
                    inside,
                    "{x} {y} {dot_x} {dot_y}"
                );
            }
            assert!(got.bits.chunks(3).all(|row| row[2] & 0b111 == 0), "bits beyond the width");
        }
    }

    #[test]
    fn text_may_hang_over_every_edge() {
        for (x, baseline) in [(-9, 4), (15, 4), (3, -3), (3, 20), (-2000, 2000)] {
            let line = Line {
                x,
                baseline,
                size: 24,
                weight: Weight::Bold,
                ink: Ink::Black,
                text: "国Ag".to_owned(),
            };
            let got = painted(vec![Item::Text(line)]);
            assert!(got.bits.chunks(3).all(|row| row[2] & 0b111 == 0), "bits beyond the width");
        }
    }

    #[test]
    fn white_ink_takes_black_away() {
        let all = Rect { x: 0, y: 0, width: 21, height: 9 };
        let got = painted(vec![Item::Fill(all, Ink::Black), Item::Fill(all, Ink::White)]);
        assert!(got.bits.iter().all(|&byte| byte == 0));
    }
}
