//! Paper as dots: one bit a dot, 1 = black, rows padded to whole bytes.

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use std::io;

/// How a picture meets the dots that are already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meet {
    /// The rectangle of the picture replaces what was there.
    Replace,
    /// Black stays black.
    Or,
    /// Black on black is white.
    Xor,
}

/// A piece of paper, or a picture for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Dots across.
    pub width: u32,
    /// Dots along the feed.
    pub height: u32,
    /// Bytes of one row.
    pub stride_bytes: usize,
    /// Rows from the top, most significant bit left, 1 = black; padding bits are 0.
    pub bits: Vec<u8>,
}

impl Bitmap {
    /// White paper.
    pub fn white(width: u32, height: u32) -> Self {
        let stride_bytes = width.div_ceil(8) as usize;
        Self { width, height, stride_bytes, bits: vec![0; stride_bytes * height as usize] }
    }

    /// Whether the dot is black; outside the paper nothing is.
    pub fn black(&self, x: u32, y: u32) -> bool {
        let at = y as usize * self.stride_bytes + x as usize / 8;
        x < self.width && y < self.height && self.bits[at] & (0x80 >> (x % 8)) != 0
    }

    /// The number of black dots.
    pub fn black_dots(&self) -> u64 {
        self.bits.iter().map(|byte| u64::from(byte.count_ones())).sum()
    }

    /// Puts rows of `row_bytes` ink (1 = black) at a place; what does not fit is cut off.
    pub(super) fn put(&mut self, x: u32, y: u32, row_bytes: usize, ink: &[u8], meet: Meet) {
        if row_bytes == 0 || x >= self.width {
            return;
        }
        let (first, shift) = (x as usize / 8, x % 8);
        let stride = self.stride_bytes;
        for (row, source) in ink.chunks(row_bytes).enumerate() {
            let at = (y as usize + row) * stride;
            let Some(paper) = self.bits.get_mut(at..at + stride) else { break };
            for (column, byte) in source.iter().enumerate() {
                let spread = u16::from(*byte) << (8 - shift);
                let mask = 0xff_u16 << (8 - shift);
                let [left, right] = spread.to_be_bytes();
                let [mask_left, mask_right] = mask.to_be_bytes();
                meet_byte(paper, first + column, left, mask_left, meet);
                meet_byte(paper, first + column + 1, right, mask_right, meet);
            }
            self.trim_row(at);
        }
    }

    /// Padding stays white whatever was put there.
    fn trim_row(&mut self, at: usize) {
        if !self.width.is_multiple_of(8) && self.stride_bytes > 0 {
            self.bits[at + self.stride_bytes - 1] &= 0xff << (8 - self.width % 8);
        }
    }

    /// The paper as a PNG, black on white, one byte a dot.
    ///
    /// # Errors
    /// What the encoder said.
    pub fn png(&self) -> io::Result<Vec<u8>> {
        let mut grey = Vec::with_capacity(self.width as usize * self.height as usize);
        for row in self.bits.chunks(self.stride_bytes.max(1)) {
            grey.extend(
                (0..self.width as usize)
                    .map(|x| if row[x / 8] & (0x80 >> (x % 8)) == 0 { 255_u8 } else { 0 }),
            );
        }
        let mut png = Vec::new();
        PngEncoder::new(&mut png)
            .write_image(&grey, self.width, self.height, ExtendedColorType::L8)
            .map_err(io::Error::other)?;
        Ok(png)
    }
}

/// One byte of ink onto one byte of paper; `mask` says which bits belong to the picture.
fn meet_byte(paper: &mut [u8], at: usize, ink: u8, mask: u8, meet: Meet) {
    let Some(paper) = paper.get_mut(at) else { return };
    match meet {
        Meet::Replace => *paper = *paper & !mask | ink,
        Meet::Or => *paper |= ink,
        Meet::Xor => *paper ^= ink,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_lands_on_any_dot_and_is_cut_at_the_edge() {
        let mut paper = Bitmap::white(12, 3);
        paper.put(3, 1, 1, &[0b1000_0001, 0xff, 0xff], Meet::Or);
        assert_eq!(paper.bits, [0, 0, 0b0001_0000, 0b0010_0000, 0b0001_1111, 0b1110_0000]);
        paper.put(8, 2, 1, &[0xff], Meet::Or);
        assert_eq!(paper.bits[5], 0b1111_0000, "padding stays white");
        paper.put(40, 0, 1, &[0xff], Meet::Or);
        paper.put(0, 40, 1, &[0xff], Meet::Or);
        assert_eq!(paper.bits[..2], [0, 0]);
    }

    #[test]
    fn replace_wipes_only_its_own_rectangle() {
        let mut paper = Bitmap::white(16, 1);
        paper.put(0, 0, 2, &[0xff, 0xff], Meet::Or);
        paper.put(4, 0, 1, &[0b0101_0101], Meet::Replace);
        assert_eq!(paper.bits, [0b1111_0101, 0b0101_1111]);
        paper.put(4, 0, 1, &[0xff], Meet::Xor);
        assert_eq!(paper.bits, [0b1111_1010, 0b1010_1111]);
    }

    #[test]
    fn a_png_holds_the_same_dots() {
        let mut paper = Bitmap::white(10, 2);
        paper.put(0, 0, 2, &[0xa0, 0x40, 0x01, 0x00], Meet::Or);
        let read = image::load_from_memory(&paper.png().unwrap()).unwrap().to_luma8();
        assert_eq!(read.dimensions(), (10, 2));
        for (x, y, dot) in read.enumerate_pixels() {
            assert_eq!(dot.0[0] == 0, paper.black(x, y), "{x},{y}");
        }
    }
}
