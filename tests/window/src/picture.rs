//! Pictures of the window, made small enough to be kept, and compared so that letters may be drawn
//! a little otherwise but nothing may stand elsewhere.

use crate::Result;
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Filter, Transformations};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    io::Cursor,
    path::Path,
};

/// Kept colours are so far apart: half of it is lost, and a file is half as long.
const STEP: u16 = 16;
/// Of 255: a dot that differs more is another one. Half a step is lost in keeping; the rest is for
/// machines that draw letters a little otherwise.
const DIFFERS: u8 = 14;
/// Sides of the squares in which dots that differ are counted, in kept dots.
const SQUARE: usize = 16;
/// So many in one square are no accident: a button that moved by three pixels gives ten.
const MANY: usize = 5;

/// Colours of a small palette are at least so far apart, squared: shades of a letter's edge that
/// nobody can tell from each other share one.
const APART: u32 = 150;

/// Red, green and blue of a picture, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// In dots.
    pub width: usize,
    /// In dots.
    pub height: usize,
    dots: Vec<[u8; 3]>,
}

impl Picture {
    /// Reads a PNG in colours.
    ///
    /// # Errors
    /// It is none.
    pub fn read(png: &[u8]) -> Result<Self> {
        let mut decoder = Decoder::new(Cursor::new(png));
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info()?;
        let mut bytes = vec![0; reader.output_buffer_size().ok_or("too large a picture")?];
        let read = reader.next_frame(&mut bytes)?;
        let channels = read.color_type.samples();
        if channels < 3 {
            return Err(format!("not in colours: {:?}", read.color_type).into());
        }
        let dots = bytes.chunks_exact(channels).map(|dot| [dot[0], dot[1], dot[2]]).collect();
        Ok(Self { width: read.width as usize, height: read.height as usize, dots })
    }

    /// The mean of every square of `by` × `by` dots; what is left at the edges counts as a square.
    #[must_use]
    pub fn smaller(&self, by: usize) -> Self {
        let (width, height) = (self.width.div_ceil(by), self.height.div_ceil(by));
        let mut dots = Vec::with_capacity(width * height);
        for y in 0..height {
            let rows = y * by..((y + 1) * by).min(self.height);
            for x in 0..width {
                let columns = x * by..((x + 1) * by).min(self.width);
                let count = (rows.len() * columns.len()) as u32;
                let mut sums = [0_u32; 3];
                for row in rows.clone() {
                    let line = &self.dots[row * self.width..][columns.clone()];
                    for dot in line {
                        for (sum, one) in sums.iter_mut().zip(dot) {
                            *sum += u32::from(*one);
                        }
                    }
                }
                dots.push(sums.map(|sum| ((sum + count / 2) / count) as u8));
            }
        }
        Self { width, height, dots }
    }

    /// The part of it that begins there.
    #[must_use]
    pub fn part(&self, x: usize, y: usize, width: usize, height: usize) -> Self {
        let width = width.min(self.width.saturating_sub(x));
        let height = height.min(self.height.saturating_sub(y));
        let rows = (y..y + height).flat_map(|row| &self.dots[row * self.width + x..][..width]);
        Self { width, height, dots: rows.copied().collect() }
    }

    /// As it is kept: in fewer colours.
    #[must_use]
    pub fn coarse(&self) -> Self {
        let near = |one: u8| {
            let step = (u16::from(one) + STEP / 2) / STEP * STEP;
            u8::try_from(step).unwrap_or(u8::MAX)
        };
        let dots = self.dots.iter().map(|dot| dot.map(near)).collect();
        Self { dots, ..*self }
    }

    /// Where it differs from what was approved: left, top of a square, in kept dots, and how many
    /// dots of it. Another size is another picture everywhere.
    #[must_use]
    pub fn differs(&self, approved: &Self) -> Vec<(usize, usize, usize)> {
        if (self.width, self.height) != (approved.width, approved.height) {
            return vec![(0, 0, self.dots.len())];
        }
        let other = |at: usize| {
            let pairs = self.dots[at].iter().zip(&approved.dots[at]);
            pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0) > DIFFERS
        };
        let mut found = Vec::new();
        // Squares overlap by half, so that no edge of theirs hides anything.
        for top in (0..self.height).step_by(SQUARE / 2) {
            for left in (0..self.width).step_by(SQUARE / 2) {
                let rows = top..(top + SQUARE).min(self.height);
                let columns = left..(left + SQUARE).min(self.width);
                let in_row = |row| columns.clone().filter(|x| other(row * self.width + x)).count();
                let count = rows.map(in_row).sum();
                if count >= MANY {
                    found.push((left, top, count));
                }
            }
        }
        found
    }

    /// Both of one size above each other, and where they differ in red below.
    #[must_use]
    pub fn beside(&self, approved: &Self) -> Self {
        let mut marked = self.clone();
        for (left, top, _) in self.differs(approved) {
            for y in top..(top + SQUARE).min(self.height) {
                for x in left..(left + SQUARE).min(self.width) {
                    let dot = &mut marked.dots[y * self.width + x];
                    *dot = [255, dot[1] / 2, dot[2] / 2];
                }
            }
        }
        let fits = approved.width == self.width;
        let parts = [Some(approved).filter(|_| fits), Some(self), Some(&marked)];
        let parts: Vec<&Self> = parts.into_iter().flatten().collect();
        let height = parts.iter().map(|part| part.height).sum();
        let dots = parts.iter().flat_map(|part| part.dots.clone()).collect();
        Self { width: self.width, height, dots }
    }

    /// Writes it as PNG, with its folder.
    ///
    /// # Errors
    /// The disk failed.
    pub fn write(&self, path: &Path) -> Result<()> {
        let bytes: Vec<u8> = self.dots.iter().flatten().copied().collect();
        self.encode(path, ColorType::Rgb, &bytes, Vec::new())
    }

    /// Writes it as PNG of so many colours at most, which is what a screen of words has: those that
    /// cover most of it as they are, all others as the nearest of these.
    ///
    /// # Errors
    /// The disk failed.
    pub fn write_in(&self, colours: usize, path: &Path) -> Result<()> {
        let mut counts = BTreeMap::<[u8; 3], usize>::new();
        for dot in &self.dots {
            *counts.entry(*dot).or_default() += 1;
        }
        let mut all: Vec<_> = counts.into_iter().collect();
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let mut palette: Vec<[u8; 3]> = Vec::new();
        for (colour, _) in &all {
            if palette.len() < colours && palette.iter().all(|one| far(*one, *colour) >= APART) {
                palette.push(*colour);
            }
        }
        let nearest = |colour| {
            let by = palette.iter().enumerate().min_by_key(|(_, one)| far(**one, colour));
            by.map_or(0, |(at, _)| u8::try_from(at).unwrap_or_default())
        };
        let places: HashMap<_, _> = all.iter().map(|(one, _)| (*one, nearest(*one))).collect();
        let bytes: Vec<u8> = self.dots.iter().map(|dot| places[dot]).collect();
        let palette = palette.into_iter().flatten().collect();
        self.encode(path, ColorType::Indexed, &bytes, palette)
    }

    fn encode(&self, path: &Path, kind: ColorType, dots: &[u8], palette: Vec<u8>) -> Result<()> {
        let mut png = Vec::new();
        let (width, height) = (u32::try_from(self.width)?, u32::try_from(self.height)?);
        let mut encoder = Encoder::new(&mut png, width, height);
        encoder.set_color(kind);
        encoder.set_depth(BitDepth::Eight);
        if kind == ColorType::Indexed {
            encoder.set_palette(palette);
        }
        encoder.set_compression(Compression::High);
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(dots)?;
        writer.finish()?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(path, png)?)
    }
}

/// How far two colours are apart, squared.
fn far(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet of paper with one dark square.
    fn sheet(left: usize) -> Picture {
        let dot = |at: usize| {
            let (x, y) = (at % 90, at / 90);
            if (left..left + 20).contains(&x) && (30..50).contains(&y) { [20; 3] } else { [250; 3] }
        };
        Picture { width: 90, height: 70, dots: (0..90 * 70).map(dot).collect() }
    }

    #[test]
    fn a_square_elsewhere_is_seen_and_a_shade_is_not() {
        let kept = sheet(40).smaller(4).coarse();
        assert_eq!((kept.width, kept.height), (23, 18));
        assert_eq!(sheet(40).smaller(4).differs(&kept), []);
        assert_ne!(sheet(43).smaller(4).differs(&kept), []);
        let mut shade = sheet(40);
        shade.dots.iter_mut().flatten().for_each(|one| *one = one.saturating_sub(4));
        assert_eq!(shade.smaller(4).differs(&kept), []);
        assert_ne!(shade.smaller(5).differs(&kept), [], "another size");
    }

    #[test]
    fn what_is_written_is_read_again() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a/b.png");
        sheet(3).part(2, 30, 9, 4).write(&path)?;
        let read = Picture::read(&fs::read(&path)?)?;
        assert_eq!((read.width, read.height), (9, 4));
        assert_eq!(read.dots[0], [250; 3]);
        assert_eq!(read.dots[1], [20; 3]);
        sheet(3).write_in(2, &path)?;
        assert_eq!(Picture::read(&fs::read(&path)?)?, sheet(3));
        let both = sheet(3).beside(&sheet(9));
        assert_eq!((both.width, both.height), (90, 210));
        Ok(())
    }
}
