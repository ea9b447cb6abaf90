//! Rows of dots as lengths of white and black.

use label::{page::Rect, raster::Bitmap};

/// A stretch of one colour in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Its first dot.
    pub start: i32,
    /// Its dots.
    pub length: i32,
    /// Its colour.
    pub black: bool,
}

impl Run {
    /// The dot after its last.
    pub fn end(self) -> i32 {
        self.start + self.length
    }
}

/// Black and white by turns along row `y`.
pub fn runs(bitmap: &Bitmap, y: u32) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut black = bitmap.is_black(0, y);
    let row = bitmap.row(y);
    let mut x = 0;
    while x < bitmap.width {
        // Most bytes of a label are blank.
        let whole = if black { 0xff } else { 0 };
        if x % 8 == 0 && x + 8 <= bitmap.width && row[x as usize / 8] == whole {
            x += 8;
            continue;
        }
        if bitmap.is_black(x, y) != black {
            runs.push(Run { start, length: x as i32 - start, black });
            (start, black) = (x as i32, !black);
        }
        x += 1;
    }
    runs.push(Run { start, length: bitmap.width as i32 - start, black });
    runs
}

/// The bits of row `y` from `x` on, at most 64, the first highest.
fn bits(bitmap: &Bitmap, x: i32, y: u32, count: i32) -> u64 {
    let row = bitmap.row(y);
    let first = (x / 8) as usize;
    let mut wide: u128 = 0;
    for at in 0..9 {
        wide = wide << 8 | u128::from(row.get(first + at).copied().unwrap_or(0));
    }
    let shifted = wide >> (72 - x % 8 - count);
    (shifted & ((1 << count) - 1)) as u64
}

/// How many dots of `x..x + width` differ between two rows.
pub fn difference(bitmap: &Bitmap, a: u32, b: u32, x: i32, width: i32) -> i32 {
    let mut differ = 0;
    let mut at = 0;
    while at < width {
        let count = (width - at).min(64);
        let (one, other) = (bits(bitmap, x + at, a, count), bits(bitmap, x + at, b, count));
        differ += (one ^ other).count_ones() as i32;
        at += count;
    }
    differ
}

/// Whether there is nothing in `rect`; what lies outside the label is nothing.
pub fn is_clear(bitmap: &Bitmap, rect: Rect) -> bool {
    let left = rect.x.max(0);
    let right = (rect.x + rect.width).min(bitmap.width as i32);
    let rows = rect.y.max(0)..(rect.y + rect.height).min(bitmap.height as i32);
    if left >= right {
        return true;
    }
    rows.into_iter().all(|y| {
        (left..right).step_by(64).all(|x| bits(bitmap, x, y as u32, (right - x).min(64)) == 0)
    })
}

/// The label mirrored at its diagonal: columns become rows.
pub fn turned(bitmap: &Bitmap) -> Bitmap {
    let mut out = Bitmap::blank(bitmap.height as i32, bitmap.width as i32);
    let stride = out.stride_bytes as usize;
    for y in 0..bitmap.height {
        for (at, &byte) in bitmap.row(y).iter().enumerate().filter(|(_, byte)| **byte != 0) {
            for bit in (0..8).filter(|bit| byte & (0x80 >> bit) != 0) {
                out.bits[(at * 8 + bit) * stride + y as usize / 8] |= 0x80 >> (y % 8);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use label::page::Ink;

    fn sample() -> Bitmap {
        let mut bitmap = Bitmap::blank(131, 21);
        for (x, y, width, height) in [(0, 3, 4, 5), (60, 3, 71, 9), (9, 20, 100, 1)] {
            bitmap.fill(Rect { x, y, width, height }, Ink::Black);
        }
        bitmap
    }

    #[test]
    fn rows_are_read_as_they_are() {
        let bitmap = sample();
        let lengths: Vec<_> = runs(&bitmap, 4).iter().map(|run| (run.length, run.black)).collect();
        assert_eq!(lengths, [(4, true), (56, false), (71, true)]);
        assert_eq!(difference(&bitmap, 4, 9, 0, 131), 4);
        assert_eq!(difference(&bitmap, 4, 20, 3, 128), 1 + 51 + 22);
        assert!(is_clear(&bitmap, Rect { x: 4, y: 0, width: 56, height: 20 }));
        assert!(!is_clear(&bitmap, Rect { x: 4, y: 0, width: 57, height: 20 }));
        assert!(is_clear(&bitmap, Rect { x: -9, y: -9, width: 400, height: 12 }));
    }

    #[test]
    fn turned_twice_is_the_same() {
        let bitmap = sample();
        let side = turned(&bitmap);
        assert_eq!((side.width, side.height), (21, 131));
        assert!(side.is_black(3, 60) && !side.is_black(60, 3));
        assert_eq!(turned(&side), bitmap);
    }
}
