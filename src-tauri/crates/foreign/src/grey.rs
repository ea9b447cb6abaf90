//! A picture in grey, at any size, and its way to dots: sharp for text and codes, by error
//! diffusion where it is a photograph. Which of the two is decided place by place.

use crate::piece::Turn;
use label::raster::Bitmap;

/// A dot darker than this is printed. Above the middle, because a thin stroke that lies across two
/// dots would vanish from both.
const INK_BELOW: u8 = 160;
/// Side of the squares that are text or photograph as a whole, in dots.
const TILE: usize = 8;
/// Photographs are neither black nor white nearly everywhere, also some way around.
const PHOTO_MIDDLE_PERCENT: usize = 62;
/// At a photograph's edge a square may be mostly paper.
const EDGE_MIDDLE_PERCENT: usize = 10;
/// Lighter is paper or a tint under text, darker is ink.
const MIDDLE: std::ops::RangeInclusive<u8> = 32..=208;

/// Luminance, 0 black to 255 white, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// `width * height` values.
    pub luma: Vec<u8>,
}

impl Grey {
    /// White.
    pub fn blank(width: usize, height: usize) -> Self {
        Self { width, height, luma: vec![255; width * height] }
    }

    /// The smallest rectangle (left, top, width, height) with everything printed; `None` if blank.
    pub fn content(&self) -> Option<(usize, usize, usize, usize)> {
        let is_ink = |luma: &u8| *luma < INK_BELOW;
        let rows = || self.luma.chunks_exact(self.width.max(1));
        let top = rows().position(|row| row.iter().any(is_ink))?;
        let bottom = rows().rposition(|row| row.iter().any(is_ink))?;
        let left = rows().filter_map(|row| row.iter().position(is_ink)).min()?;
        let right = rows().filter_map(|row| row.iter().rposition(is_ink)).max()?;
        Some((left, top, right - left + 1, bottom - top + 1))
    }

    /// A part of it, which must lie inside.
    pub fn part(&self, (left, top, width, height): (usize, usize, usize, usize)) -> Self {
        let rows = self.luma.chunks_exact(self.width.max(1)).skip(top).take(height);
        let luma = rows.flat_map(|row| &row[left..left + width]).copied().collect();
        Self { width, height, luma }
    }

    /// The same at another size: every new pixel is the mean of what it covers, so that no line
    /// is lost when it gets smaller and none moves when it gets larger.
    pub fn scaled(&self, width: usize, height: usize) -> Self {
        if (width, height) == (self.width, self.height) || self.luma.is_empty() {
            return self.clone();
        }
        let across = spans(self.width, width);
        let mut narrow = Vec::with_capacity(width * self.height);
        for row in self.luma.chunks_exact(self.width) {
            narrow.extend(across.iter().map(|span| span.mean(|at| u64::from(row[at]))));
        }
        let mut luma = Vec::with_capacity(width * height);
        for span in spans(self.height, height) {
            luma.extend((0..width).map(|x| span.mean(|y| u64::from(narrow[y * width + x]))));
        }
        Self { width, height, luma }
    }

    /// The same, turned.
    pub fn turned(&self, turn: Turn) -> Self {
        let (width, height) = (self.width, self.height);
        let (to_width, to_height) = match turn {
            Turn::Upright | Turn::Over => (width, height),
            Turn::Down | Turn::Up => (height, width),
        };
        let mut luma = Vec::with_capacity(self.luma.len());
        for y in 0..to_height {
            luma.extend((0..to_width).map(|x| {
                let (from_x, from_y) = match turn {
                    Turn::Upright => (x, y),
                    Turn::Down => (y, height - 1 - x),
                    Turn::Over => (width - 1 - x, height - 1 - y),
                    Turn::Up => (width - 1 - y, x),
                };
                self.luma[from_y * width + from_x]
            }));
        }
        Self { width: to_width, height: to_height, luma }
    }

    /// Lays `other` over a part of this, darker wins.
    pub fn lay(&mut self, other: &Self, left: i32, top: i32) {
        for (y, row) in (top..).zip(other.luma.chunks_exact(other.width.max(1))) {
            let Some(y) = usize::try_from(y).ok().filter(|&y| y < self.height) else { continue };
            for (x, &luma) in (left..).zip(row) {
                if let Some(x) = usize::try_from(x).ok().filter(|&x| x < self.width) {
                    let dot = &mut self.luma[y * self.width + x];
                    *dot = luma.min(*dot);
                }
            }
        }
    }

    /// Its dots, one a pixel.
    pub fn dots(&self) -> Bitmap {
        let mut bitmap = Bitmap::blank(self.width as i32, self.height as i32);
        let stride = bitmap.stride_bytes as usize;
        if stride == 0 {
            return bitmap;
        }
        for (row, line) in
            self.luma.chunks_exact(self.width).zip(bitmap.bits.chunks_exact_mut(stride))
        {
            for (dots, byte) in row.chunks(8).zip(line) {
                for (at, &luma) in dots.iter().enumerate() {
                    *byte |= u8::from(luma < INK_BELOW) << (7 - at);
                }
            }
        }
        let photo = self.photo_tiles();
        if photo.iter().any(|&is| is) {
            self.diffuse(&photo, &mut bitmap);
        }
        bitmap
    }

    /// Which tiles belong to a photograph, row by row of tiles.
    fn photo_tiles(&self) -> Vec<bool> {
        let (across, down) = (self.width.div_ceil(TILE), self.height.div_ceil(TILE));
        // Pixels and middle tones of every tile.
        let mut tiles = vec![(0usize, 0usize); across * down];
        for (y, row) in self.luma.chunks_exact(self.width.max(1)).enumerate() {
            let tiles = &mut tiles[y / TILE * across..];
            for (tile, part) in tiles.iter_mut().zip(row.chunks(TILE)) {
                tile.0 += part.len();
                tile.1 += part.iter().filter(|luma| MIDDLE.contains(luma)).count();
            }
        }
        if tiles.iter().all(|&(pixels, middle)| middle * 100 < pixels * PHOTO_MIDDLE_PERCENT) {
            return vec![false; tiles.len()];
        }
        let near = |at: usize, most: usize| at.saturating_sub(2)..(at + 3).min(most);
        let core: Vec<bool> = (0..across * down)
            .map(|at| {
                let (x, y) = (at % across, at / across);
                let around = near(y, down).flat_map(|y| near(x, across).map(move |x| (x, y)));
                let (pixels, middle) = around.fold((0, 0), |sum, (x, y)| {
                    let tile = tiles[y * across + x];
                    (sum.0 + tile.0, sum.1 + tile.1)
                });
                middle * 100 >= pixels * PHOTO_MIDDLE_PERCENT
            })
            .collect();
        // Up to the photograph's own edge.
        (0..across * down)
            .map(|at| {
                let (pixels, middle) = tiles[at];
                let mut around = near(at / across, down)
                    .flat_map(|y| near(at % across, across).map(move |x| y * across + x));
                middle * 100 >= pixels * EDGE_MIDDLE_PERCENT && around.any(|at| core[at])
            })
            .collect()
    }

    /// Floyd and Steinberg's diffusion, inside the tiles of photographs only.
    fn diffuse(&self, photo: &[bool], bitmap: &mut Bitmap) {
        let across = self.width.div_ceil(TILE);
        let stride = bitmap.stride_bytes as usize;
        // Errors in sixteenths, one column of room on either side.
        let mut below = vec![0i32; self.width + 2];
        for (y, row) in self.luma.chunks_exact(self.width).enumerate() {
            let mut here = std::mem::replace(&mut below, vec![0; self.width + 2]);
            for (x, &luma) in row.iter().enumerate() {
                if !photo[y / TILE * across + x / TILE] {
                    continue;
                }
                let want = i32::from(luma) + here[x + 1] / 16;
                let is_black = want < 128;
                let byte = &mut bitmap.bits[y * stride + x / 8];
                let mask = 0x80 >> (x % 8);
                if is_black {
                    *byte |= mask
                } else {
                    *byte &= !mask
                }
                let error = want - if is_black { 0 } else { 255 };
                here[x + 2] += error * 7;
                below[x] += error * 3;
                below[x + 1] += error * 5;
                below[x + 2] += error;
            }
        }
    }
}

/// What one new pixel covers of a row of old ones: weights in units of which all are equal.
struct Span {
    start: usize,
    weights: Vec<u64>,
}

impl Span {
    fn mean(&self, at: impl Fn(usize) -> u64) -> u8 {
        let mut sums = (0, 0);
        for (offset, &weight) in self.weights.iter().enumerate() {
            sums = (sums.0 + at(self.start + offset) * weight, sums.1 + weight);
        }
        ((sums.0 + sums.1 / 2) / sums.1.max(1)) as u8
    }
}

/// For each of `to` new pixels what it covers of `from` old ones, exactly, in whole numbers.
fn spans(from: usize, to: usize) -> Vec<Span> {
    (0..to)
        .map(|at| {
            // An old pixel is `to` units wide, a new one `from`.
            let (start, end) = (at * from, (at + 1) * from);
            let (first, last) = (start / to, (end - 1) / to);
            let covers = |old: usize| {
                let (left, right) = ((old * to).max(start), ((old + 1) * to).min(end));
                (right - left) as u64
            };
            Span { start: first, weights: (first..=last).map(covers).collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(rows: &[&[u8]]) -> Grey {
        Grey { width: rows[0].len(), height: rows.len(), luma: rows.concat() }
    }

    #[test]
    fn scaling_keeps_the_mean_and_the_place() {
        let line = grey(&[&[255, 0, 255, 255]]);
        assert_eq!(line.scaled(8, 1).luma, [255, 255, 0, 0, 255, 255, 255, 255]);
        assert_eq!(line.scaled(2, 1).luma, [128, 255]);
        assert_eq!(line.scaled(3, 2).luma, [191, 128, 255, 191, 128, 255].map(|v: u8| v), "thirds");
    }

    #[test]
    fn content_is_what_is_printed() {
        let picture = grey(&[&[255; 5], &[255, 255, 9, 90, 255], &[255, 200, 9, 255, 255]]);
        assert_eq!(picture.content(), Some((2, 1, 2, 2)));
        assert_eq!(picture.part((2, 1, 2, 2)).luma, [9, 90, 9, 255]);
        assert_eq!(Grey::blank(3, 3).content(), None);
    }

    #[test]
    fn a_photograph_keeps_its_tone_and_text_its_edges() {
        let ramp: Vec<u8> = (0..64 * 64).map(|at| (at % 64 * 4) as u8).collect();
        let dots = Grey { width: 64, height: 64, luma: ramp }.dots();
        let black = |from: u32, to: u32| {
            (from..to)
                .flat_map(|x| (0..64).map(move |y| (x, y)))
                .filter(|&(x, y)| dots.is_black(x, y))
                .count()
                * 100
                / (64 * (to - from) as usize)
        };
        assert!((40..60).contains(&black(24, 40)), "{} of 100", black(24, 40));
        assert!(black(12, 20) > 60 && black(44, 52) < 40);

        let mut text = Grey::blank(64, 64);
        for y in 0..64 {
            for x in (0..64).step_by(4) {
                text.luma[y * 64 + x] = 0;
                text.luma[y * 64 + x + 1] = 100; // a soft edge
            }
        }
        let dots = text.dots();
        assert!(
            (0..64).all(|y| dots.is_black(4, y) && dots.is_black(5, y) && !dots.is_black(6, y))
        );
    }
}
