//! MaxiCode (ISO/IEC 16023): 30 × 33 hexagons around a bull's eye, of one size everywhere, on
//! parcels of UPS. Modes 2 and 3 carry postcode, country and service apart, 4 text alone.

use super::Grid;
use crate::{
    page::{Ink, Rect},
    raster::Bitmap,
    units::Head,
};

/// From the middle of a module to that of its neighbour, µm.
const PITCH_UM: i32 = 879;
/// From row to row, µm. Odd rows lie half a module to the right.
const ROW_UM: i32 = 762;
/// Edges of the bull's eye's rings from its middle outwards, µm; the first encloses white.
const RINGS_UM: [i32; 6] = [510, 1_180, 1_860, 2_530, 3_200, 3_870];
/// The bull's eye's middle: column and row of the module that would lie there.
const EYE: (i32, i32) = (14, 16);
/// Modules in a row.
const COLUMNS: usize = 30;
/// From a module's middle to its upright edges, µm: less than half of the pitch, because heat makes
/// dots larger, and dark neighbours may touch but light ones must not be lost between them.
const HALF_UM: i32 = 410;

/// Which bit each module is, row by row, big-endian; three highest values for modules that are
/// always dark, always light, or not there. The values were read out of a public decoder's table
/// (rxing, Apache-2.0), because the standard is for sale.
static PLACES: &[u8] = include_bytes!("maxicode.places");
const DARK: u16 = 0xfffe;
const LIGHT: u16 = 0xffff;
const ABSENT: u16 = 0xfffd;

/// Code words of the primary message with their correction, of the secondary, of its correction.
const PRIMARY: usize = 10;
const SECONDARY: usize = 84;
const SECONDARY_CHECKS: usize = 40;

/// Values of both sets' shared and own words.
const NUMBER: u8 = 31;
const PAD: u8 = 33;
const SHIFT_OTHER: u8 = 59;
const SHIFT_CONTROL: u8 = 62;
const LATCH_OTHER: u8 = 63;
/// Digits that `NUMBER` takes at once, in five words.
const NUMBER_DIGITS: usize = 9;

/// Where a parcel goes, in front of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Up to nine digits (mode 2), or up to six capitals and digits (mode 3).
    pub postcode: String,
    /// ISO 3166, three digits.
    pub country: u16,
    /// The carrier's class of service, three digits.
    pub service: u16,
}

/// The modules, dark as true, those of the bull's eye as light; `None` if `text` or `route` does
/// not fit or holds what is not encoded here (letters beyond ASCII).
pub fn encode(text: &str, route: Option<&Route>) -> Option<Grid> {
    let mut words: Vec<u8> = Vec::with_capacity(144);
    let said = said(text)?;
    let (first, second) = match route {
        Some(route) => {
            let first = primary(route)?;
            ((0..PRIMARY).map(|at| (first >> (6 * at) & 63) as u8).collect(), said)
        }
        None => {
            // Mode 4, and nine words of text.
            let mut first = vec![4];
            let mut said = said;
            said.resize(said.len().max(9), PAD);
            first.extend(said.drain(..9));
            (first, said)
        }
    };
    let mut second: Vec<u8> = second;
    if second.len() > SECONDARY {
        return None;
    }
    second.resize(SECONDARY, PAD);
    words.extend(&first);
    words.extend(correction(&first, PRIMARY));
    words.extend(&second);
    // Two messages, word by word, corrected apart.
    let half = |odd: usize| -> Vec<u8> {
        let own: Vec<u8> = second.iter().copied().skip(odd).step_by(2).collect();
        correction(&own, SECONDARY_CHECKS / 2)
    };
    words.extend(half(0).into_iter().zip(half(1)).flat_map(|(even, odd)| [even, odd]));
    let dark = PLACES.chunks_exact(2).map(|pair| match u16::from_be_bytes([pair[0], pair[1]]) {
        DARK => true,
        LIGHT | ABSENT => false,
        bit => words[usize::from(bit / 6)] >> (5 - bit % 6) & 1 == 1,
    });
    Some(Grid { width: COLUMNS, dark: dark.collect() })
}

/// The dots of [`encode`]'s modules, about 26.5 × 25.4 mm and no quiet zone: one module is free
/// paper at its left and right.
pub fn drawn(grid: &Grid, head: Head) -> Bitmap {
    let across = head.dots(PITCH_UM * (COLUMNS as i32 * 2 + 1) / 2);
    let down = head.dots(ROW_UM * (grid.height() as i32 - 1) + 2 * HALF_UM * 1_155 / 1_000);
    let mut bitmap = Bitmap::blank(across, down);
    let um = |dot: i32| {
        let twice = i64::from(2 * dot + 1) * 500_000;
        (twice / i64::from(head.dots_per_m.max(1))) as i32
    };
    let mut burn = |middle: (i32, i32), reach: i32, is_dark: &dyn Fn(i32, i32) -> bool| {
        let (left, top) = (head.dots(middle.0 - reach) - 1, head.dots(middle.1 - reach) - 1);
        let side = head.dots(2 * reach) + 3;
        for (x, y) in (top..top + side).flat_map(|y| (left..left + side).map(move |x| (x, y))) {
            if is_dark((um(x) - middle.0).abs(), (um(y) - middle.1).abs()) {
                bitmap.fill(Rect { x, y, width: 1, height: 1 }, Ink::Black);
            }
        }
    };
    for (at, _) in (0..).zip(&grid.dark).filter(|(_, dark)| **dark) {
        let middle = middle(at % COLUMNS as i32, at / COLUMNS as i32);
        // Upright edges left and right, corners above and below; 1.732 is the root of 3.
        burn(middle, HALF_UM * 6 / 5, &|x, y| {
            x <= HALF_UM && i64::from(y) * 1_732 <= i64::from(2 * HALF_UM - x) * 1_000
        });
    }
    burn(middle(EYE.0, EYE.1), RINGS_UM[5], &|x, y| {
        let away = i64::from(x) * i64::from(x) + i64::from(y) * i64::from(y);
        let inside = RINGS_UM.iter().filter(|&&edge| away < i64::from(edge) * i64::from(edge));
        inside.count() % 2 == 1
    });
    bitmap
}

/// The middle of a module, µm from the symbol's corner.
fn middle(column: i32, row: i32) -> (i32, i32) {
    let x = PITCH_UM * (2 * column + 1 + row % 2) / 2;
    (x, ROW_UM * row + HALF_UM * 1_155 / 1_000)
}

/// Mode, postcode, country and service as one number, whose lowest six bits are the first word.
fn primary(route: &Route) -> Option<u64> {
    let postcode = route.postcode.trim_end();
    if route.country > 999 || route.service > 999 || postcode.is_empty() {
        return None;
    }
    let digits = postcode.len() <= 9 && postcode.bytes().all(|byte| byte.is_ascii_digit());
    let head = if digits {
        let number: u64 = postcode.parse().ok()?;
        2 | number << 4 | (postcode.len() as u64) << 34
    } else {
        let mut letters: Vec<u64> = postcode.bytes().map(capital).collect::<Option<_>>()?;
        if letters.len() > 6 {
            return None;
        }
        letters.resize(6, 32);
        letters.iter().fold(0, |sum, letter| sum << 6 | letter) << 4 | 3
    };
    Some(head | u64::from(route.country) << 40 | u64::from(route.service) << 50)
}

fn capital(byte: u8) -> Option<u64> {
    let value = in_set(byte, false)?;
    (byte.is_ascii_alphanumeric() || byte == b' ').then(|| u64::from(value))
}

/// The value of a character in set A, or in set B (`small`).
fn in_set(byte: u8, small: bool) -> Option<u8> {
    const MARKS_B: &[u8] = b"};<=>?[\\]^_ ,./:@!|";
    const PLACES_B: [u8; 19] =
        [34, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54];
    match (byte, small) {
        (28..=30, _) => Some(byte),
        (b'\r', false) => Some(0),
        (b'A'..=b'Z', false) => Some(byte - b'A' + 1),
        (b' ', false) => Some(32),
        (b'"'..=b':', false) => Some(byte),
        (b'`', true) => Some(0),
        (b'a'..=b'z', true) => Some(byte - b'a' + 1),
        (b'{', true) => Some(32),
        (b'~', true) => Some(35),
        (127, true) => Some(36),
        (_, true) => MARKS_B.iter().position(|&mark| mark == byte).map(|at| PLACES_B[at]),
        (_, false) => None,
    }
}

/// A text as words, beginning in set A. Not always the shortest.
fn said(text: &str) -> Option<Vec<u8>> {
    let mut words = Vec::with_capacity(text.len());
    let (mut rest, mut small) = (text.as_bytes(), false);
    while let Some((&byte, more)) = rest.split_first() {
        let number = rest.get(..NUMBER_DIGITS).and_then(digits);
        if let Some(number) = number {
            words.push(NUMBER);
            words.extend((0..5).rev().map(|at| (number >> (6 * at) & 63) as u8));
            rest = &rest[NUMBER_DIGITS..];
            continue;
        }
        rest = more;
        match (in_set(byte, small), in_set(byte, !small)) {
            (Some(word), _) => words.push(word),
            (None, Some(word)) => {
                // One character is borrowed; for two that are only there it pays to go over.
                let stays = more.first().is_none_or(|&next| in_set(next, small).is_some());
                words.push(if stays { SHIFT_OTHER } else { LATCH_OTHER });
                words.push(word);
                small ^= !stays;
            }
            (None, None) if byte < 27 => words.extend([SHIFT_CONTROL, byte]),
            (None, None) => return None,
        }
    }
    Some(words)
}

fn digits(bytes: &[u8]) -> Option<u64> {
    bytes
        .iter()
        .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u64::from(byte - b'0')))
}

/// Reed-Solomon check words over the field of 64 elements of x⁶ + x + 1.
fn correction(data: &[u8], checks: usize) -> Vec<u8> {
    // The product of (x - 2^i), highest power first, without the leading 1.
    let mut factors = vec![0; checks];
    let mut root = 1;
    for done in 0..checks {
        root = times(root, 2);
        let mut above = 1;
        for factor in factors.iter_mut().take(done + 1) {
            let own = *factor;
            *factor = own ^ times(above, root);
            above = own;
        }
    }
    let mut rest = vec![0; checks];
    for &word in data {
        let lead = word ^ rest[0];
        rest.rotate_left(1);
        rest[checks - 1] = 0;
        for (own, &factor) in rest.iter_mut().zip(&factors) {
            *own ^= times(lead, factor);
        }
    }
    rest
}

fn times(a: u8, b: u8) -> u8 {
    (0..6).rev().fold(0, |sum, bit| {
        let doubled = if sum & 32 == 0 { sum << 1 } else { (sum << 1 & 63) ^ 0b00_0011 };
        if b >> bit & 1 == 1 { doubled ^ a } else { doubled }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_has_one_place() {
        let mut seen = vec![0; 144 * 6];
        for pair in PLACES.chunks_exact(2) {
            let place = u16::from_be_bytes([pair[0], pair[1]]);
            if place < ABSENT {
                seen[usize::from(place)] += 1;
            }
        }
        assert!(seen.iter().all(|&count| count == 1));
        assert_eq!(PLACES.len(), 2 * COLUMNS * 33);
    }

    #[test]
    fn what_it_cannot_say_is_none() {
        let route = |postcode: &str, country, service| {
            encode("x", Some(&Route { postcode: postcode.to_owned(), country, service }))
        };
        assert!(route("841706672", 840, 1).is_some() && route("B1050", 56, 999).is_some());
        assert_eq!(route("", 840, 1), None);
        assert_eq!(route("8417066720", 840, 1), None, "ten digits");
        assert_eq!(route("ABCDEFG", 840, 1), None);
        assert_eq!((route("1", 1_000, 1), route("1", 1, 1_000)), (None, None));
        assert_eq!((encode("单", None), encode(&"A".repeat(94), None)), (None, None));
        assert!(encode(&"A".repeat(93), None).is_some());
    }
}
