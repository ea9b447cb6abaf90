//! Which parts of a page have dots. Languages without compression send white paper as it is, so
//! they are given blocks that leave it out.

use crate::raster::Bitmap;
use std::ops::Range;

/// Rows looked at together when blank paper is left out.
const BAND_ROWS: usize = 4;
/// Blank bytes that part two stretches of a band.
const BLANK_BYTES_MIN: usize = 4;
/// About the length of a command for one block without its data.
const COMMAND_BYTES: usize = 26;

/// A part of the page with dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Rows from the top.
    pub(super) rows: Range<usize>,
    /// Bytes of each row.
    pub(super) bytes: Range<usize>,
}

/// Blocks that hold all dots and little blank paper: in bands of a few rows the used stretches,
/// each joined to the block above when that costs less than a new command and stays within
/// `bytes_max`. Blocks may overlap; all are cut from one picture, so the dots agree.
pub(super) fn blocks(bitmap: &Bitmap, bytes_max: usize) -> Vec<Block> {
    let height = bitmap.height as usize;
    let mut blocks: Vec<Block> = Vec::new();
    for top in (0..height).step_by(BAND_ROWS) {
        let rows = top..(top + BAND_ROWS).min(height);
        let mut columns = vec![0; bitmap.stride_bytes as usize];
        for y in rows.clone() {
            for (column, byte) in columns.iter_mut().zip(bitmap.row(y as u32)) {
                *column |= byte;
            }
        }
        for bytes in runs(0..columns.len(), BLANK_BYTES_MIN, |x| columns[x] != 0) {
            let piece = Block { rows: rows.clone(), bytes };
            let above = blocks.iter_mut().filter(|block| block.rows.end == top);
            let joined = above
                .map(|block| (block.joined(&piece), block))
                .min_by_key(|(joined, block)| joined.area() - block.area());
            match joined {
                Some((joined, block))
                    if joined.area() <= block.area() + piece.area() + COMMAND_BYTES
                        && joined.area() <= bytes_max =>
                {
                    *block = joined;
                }
                _ => blocks.push(piece),
            }
        }
    }
    blocks
}

impl Block {
    fn area(&self) -> usize {
        self.rows.len() * self.bytes.len()
    }

    /// The least block that holds both; `below` ends later.
    fn joined(&self, below: &Self) -> Self {
        let bytes = self.bytes.start.min(below.bytes.start)..self.bytes.end.max(below.bytes.end);
        Self { rows: self.rows.start..below.rows.end, bytes }
    }

    /// Appends the block's bytes; `white` is the byte of blank paper in the language, 0x00 or 0xff.
    pub(super) fn write(&self, bitmap: &Bitmap, white: u8, out: &mut Vec<u8>) {
        for y in self.rows.clone() {
            out.extend(bitmap.row(y as u32)[self.bytes.clone()].iter().map(|byte| byte ^ white));
        }
    }
}

/// The used stretches of `all`; blanks shorter than `blank_min` do not part them.
fn runs(all: Range<usize>, blank_min: usize, used: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in all.filter(|&at| used(at)) {
        match runs.last_mut() {
            Some(run) if at - run.end < blank_min => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_paper_is_not_sent() {
        let mut page = Bitmap::blank(160, 100);
        page.bits[20 * 10 + 1] = 0x40;
        page.bits[20 * 12 + 2] = 1;
        page.bits[20 * 12 + 19] = 1;
        page.bits[20 * 90] = 0x80;
        let got: Vec<_> =
            blocks(&page, usize::MAX).into_iter().map(|b| (b.bytes, b.rows)).collect();
        assert_eq!(got, [(1..3, 8..16), (19..20, 12..16), (0..1, 88..92)]);
    }

    #[test]
    fn no_block_is_larger_than_a_command_takes() {
        let mut page = Bitmap::blank(800, 1_200);
        page.bits.fill(0xff);
        let whole = blocks(&page, usize::MAX);
        assert_eq!(whole, [Block { rows: 0..1_200, bytes: 0..100 }]);
        let parts = blocks(&page, 99_999);
        assert_eq!(parts.len(), 2);
        assert!(parts.iter().all(|block| block.area() <= 99_999));
    }
}
