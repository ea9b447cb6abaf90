//! Reads ESC/POS for want of another program that does: walks the commands a shipping label needs
//! and fails on every other byte, as Epson's reference says them and not as the encoder does.

use crate::rewrite::Raw;
use image::{GrayImage, Luma};

/// What has run under the head so far, and where each raster command's data were.
struct Strip {
    width: usize,
    rows: Vec<Vec<u8>>,
    raws: Vec<Raw>,
    ends: usize,
}

fn walk(bytes: &[u8], width: usize) -> Result<Strip, String> {
    let mut strip = Strip { width, rows: Vec::new(), raws: Vec::new(), ends: 0 };
    let mut at = 0;
    while at < bytes.len() {
        at += match &bytes[at..] {
            // ESC @: as after switching on.
            [0x1b, b'@', ..] => 2,
            // GS ( X with its length: nothing that moves dots.
            [0x1d, b'(', b'D' | b'K' | b'H', low, high, ..] => {
                5 + usize::from(u16::from_le_bytes([*low, *high]))
            }
            [0x1d, b'v', b'0', 0, a, b, c, d, rest @ ..] => {
                8 + strip.raster(at, [*a, *b], [*c, *d], rest)?
            }
            // ESC d: so many lines. GS FF: to the next mark. GS V B: cut.
            [0x1b, b'd', _, ..] => strip.end(3),
            [0x1d, 0x0c, ..] => strip.end(2),
            [0x1d, b'V', b'B', _, ..] => 4,
            other => return Err(format!("byte {:02x?} at {at}", &other[..other.len().min(4)])),
        };
    }
    Ok(strip)
}

impl Strip {
    fn raster(&mut self, at: usize, x: [u8; 2], y: [u8; 2], rest: &[u8]) -> Result<usize, String> {
        let (width, height) =
            (usize::from(u16::from_le_bytes(x)), usize::from(u16::from_le_bytes(y)));
        let data = rest.get(..width * height).ok_or("raster cut off")?;
        if width == 0 || width > self.width.div_ceil(8) || height == 0 || height > 256 {
            return Err(format!("raster of {width} × {height}"));
        }
        for row in data.chunks_exact(width) {
            self.rows.push(row.to_vec());
        }
        let data = at + 8..at + 8 + width * height;
        self.raws.push(Raw { start: at, numbers: vec![width, height], data });
        Ok(width * height)
    }

    fn end(&mut self, used: usize) -> usize {
        self.ends += 1;
        used
    }
}

/// The raster commands of a job, without a look at their width.
pub fn raws(bytes: &[u8]) -> Result<Vec<Raw>, String> {
    Ok(walk(bytes, usize::from(u16::MAX))?.raws)
}

/// The one label in `bytes`, on paper of `width` dots.
pub fn draw(bytes: &[u8], width: u32) -> Result<GrayImage, String> {
    let strip = walk(bytes, width as usize)?;
    if strip.ends != 1 {
        return Err(format!("{} labels", strip.ends));
    }
    let black = |x: u32, y: u32| {
        let byte = strip.rows[y as usize].get(x as usize / 8).copied().unwrap_or(0);
        byte & (0x80 >> (x % 8)) != 0
    };
    let height = u32::try_from(strip.rows.len()).map_err(|e| e.to_string())?;
    Ok(GrayImage::from_fn(width, height, |x, y| Luma([if black(x, y) { 0 } else { 255 }])))
}
