//! How a label is printed, in words that all languages share; each writes what it has a word for.

use crate::{raster::Bitmap, units::Head};
use std::{borrow::Cow, num::NonZeroU16};

/// How ZPL carries dots. The other languages have one way only: raw, and only where dots are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Graphics {
    /// Deflated and base64, with a CRC: smallest. Some imitations do not know it.
    #[default]
    Z64,
    /// Hexadecimal with run lengths: half again to twice as long, understood everywhere.
    Acs,
    /// Raw bytes, `^GFB`: nothing to unpack. Only for ways that change no byte (TCP, USB), not for
    /// seven-bit serial lines or drivers that translate.
    Binary,
}

/// How the printer finds the end of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Media {
    /// Die-cut labels with a gap between them.
    Gap {
        /// Length of the gap along the feed, µm.
        length_um: u32,
    },
    /// Black marks on the back.
    Mark {
        /// Length of the mark along the feed, µm.
        length_um: u32,
    },
    /// No marks at all: the label is as long as its picture.
    Continuous,
}

/// What happens to a label that is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finish {
    /// It is moved to the tear bar.
    Tear,
    /// It is peeled off its backing; the next waits until it is taken.
    Peel,
    /// It is cut off.
    Cut {
        /// After so many copies of one label; the last is always cut off.
        every: NonZeroU16,
    },
    /// It stays on the strip, to be cut off with a later one.
    Uncut,
}

/// How heat becomes black.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// The paper blackens.
    Direct,
    /// A ribbon melts onto it.
    Transfer,
}

/// How a label is printed. `None` leaves what the printer is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Heat in the language's own scale, see [`super::Language::darkness_max`]; more counts as the
    /// most.
    pub darkness: Option<u8>,
    /// Inches a second; a level from 1 (slow) in CPCL, EPL2 and ESC/POS. See
    /// [`super::Language::speed_max`]; more counts as the most.
    pub speed: Option<u8>,
    /// The head the bitmap was drawn for; TSPL and CPCL are told.
    pub head: Head,
    /// How ZPL carries dots.
    pub graphics: Graphics,
    /// Moves the picture on the paper, in dots, right and down; what leaves the paper is lost. Done
    /// on the dots, because the languages' own commands differ in sign and reach.
    pub offset: (i32, i32),
    /// Turns the picture upside down, before it is moved. Done on the dots.
    pub upside_down: bool,
    /// How the printer finds the end of a label. TSPL and EPL2 must be told, and are told a gap of
    /// 2 mm; ESC/POS is told that there is none.
    pub media: Option<Media>,
    /// What happens to a label that is out. CPCL cannot say "peel".
    pub finish: Option<Finish>,
    /// With or without ribbon. CPCL and ESC/POS printers have none. EPL2 says it together with
    /// `finish`, so that one of them sets both.
    pub method: Option<Method>,
    /// How many times. Always 1 for waybills: each copy has its number on it, and a count kept by
    /// the printer would take away our knowledge of which of them are out.
    pub copies: NonZeroU16,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            darkness: None,
            speed: None,
            head: Head::DPMM_8,
            graphics: Graphics::Z64,
            offset: (0, 0),
            upside_down: false,
            media: None,
            finish: None,
            method: None,
            copies: NonZeroU16::MIN,
        }
    }
}

impl Options {
    /// The picture as it lies on the paper: turned, then moved.
    pub fn placed<'a>(&self, bitmap: &'a Bitmap) -> Cow<'a, Bitmap> {
        let mut placed = Cow::Borrowed(bitmap);
        if self.upside_down {
            placed = Cow::Owned(turned(&placed));
        }
        if self.offset != (0, 0) {
            placed = Cow::Owned(moved(&placed, self.offset));
        }
        placed
    }

    /// After how many copies the printer cuts, if it cuts.
    pub(super) fn cut_every(&self) -> Option<u16> {
        match self.finish {
            Some(Finish::Cut { every }) => Some(every.get()),
            Some(Finish::Tear | Finish::Peel | Finish::Uncut) | None => None,
        }
    }

    /// A length on this head, in dots; at least one.
    pub(super) fn dots(&self, um: u32) -> i32 {
        self.head.dots(i32::try_from(um).unwrap_or(i32::MAX)).max(1)
    }
}

fn turned(bitmap: &Bitmap) -> Bitmap {
    let stride = bitmap.stride_bytes as usize;
    let mut turned = bitmap.clone();
    if stride == 0 {
        return turned;
    }
    let rows = bitmap.bits.chunks_exact(stride).rev();
    for (to, from) in turned.bits.chunks_exact_mut(stride).zip(rows) {
        for (to, from) in to.iter_mut().zip(from.iter().rev()) {
            *to = from.reverse_bits();
        }
    }
    // The padding of the last byte now stands before the first dot.
    let padding = bitmap.stride_bytes * 8 - bitmap.width;
    moved(&turned, (-(padding as i32), 0))
}

fn moved(bitmap: &Bitmap, (right, down): (i32, i32)) -> Bitmap {
    let stride = bitmap.stride_bytes as usize;
    let mut moved = bitmap.clone();
    moved.bits.fill(0);
    if stride == 0 {
        return moved;
    }
    let (bytes, shift) = (right.div_euclid(8), right.rem_euclid(8));
    let last = 0xff_u8 << (stride * 8 - bitmap.width as usize);
    for (y, to) in (0_i64..).zip(moved.bits.chunks_exact_mut(stride)) {
        let Ok(from) = u32::try_from(y - i64::from(down)) else { continue };
        if from >= bitmap.height {
            continue;
        }
        let row = bitmap.row(from);
        let byte = |at: i64| usize::try_from(at).ok().and_then(|at| row.get(at)).copied();
        for (at, to) in (0_i64..).zip(to.iter_mut()) {
            let at = at - i64::from(bytes);
            let pair = u16::from_be_bytes([byte(at - 1).unwrap_or(0), byte(at).unwrap_or(0)]);
            *to = (pair >> shift) as u8;
        }
        to[stride - 1] &= last;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture whose dots are where a rule says.
    fn picture(width: i32, height: i32, black: impl Fn(i32, i32) -> bool) -> Bitmap {
        let mut bitmap = Bitmap::blank(width, height);
        for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
            if black(x, y) {
                let at = y as usize * bitmap.stride_bytes as usize + x as usize / 8;
                bitmap.bits[at] |= 0x80 >> (x % 8);
            }
        }
        bitmap
    }

    fn rule(x: i32, y: i32) -> bool {
        (x * 7 + y * 13 + x * y) % 5 < 2
    }

    #[test]
    fn every_dot_moves_by_the_same() {
        for (width, offset) in [
            (21, (0, 1)),
            (21, (1, 0)),
            (21, (-1, -2)),
            (21, (8, 0)),
            (21, (-9, 3)),
            (16, (3, -1)),
            (21, (40, 0)),
            (21, (0, -40)),
        ] {
            let (right, down) = offset;
            let got = Options { offset, ..Options::default() }
                .placed(&picture(width, 9, rule))
                .into_owned();
            let want = picture(width, 9, |x, y| {
                let (x, y) = (x - right, y - down);
                (0..width).contains(&x) && (0..9).contains(&y) && rule(x, y)
            });
            assert_eq!(got, want, "{width} {offset:?}");
        }
    }

    #[test]
    fn upside_down_is_half_a_turn_at_any_width() {
        for width in [1, 7, 8, 9, 16, 21] {
            let options = Options { upside_down: true, ..Options::default() };
            let got = options.placed(&picture(width, 5, rule)).into_owned();
            assert_eq!(got, picture(width, 5, |x, y| rule(width - 1 - x, 4 - y)), "{width}");
            assert_eq!(*options.placed(&got), picture(width, 5, rule));
        }
        let blank = Bitmap::blank(0, 3);
        let options = Options { upside_down: true, offset: (2, 2), ..Options::default() };
        assert_eq!(*options.placed(&blank), blank);
    }
}
