//! Graphics in commands: `^GF` in its three codings, and TSPL's `BITMAP`.

use crate::{Refused, grey::Grey};
use base64::{Engine, prelude::BASE64_STANDARD};
use flate2::read::ZlibDecoder;
use std::io::Read;

/// A sheet of 104 × 300 mm at 24 dots/mm, twice.
const BYTES_MAX: usize = 4 << 20;

fn broken() -> Refused {
    Refused::Broken("commands")
}

/// `^GFa,b,c,d,data`: c bytes of dots, d bytes a row.
pub fn of_zpl(rest: &[u8]) -> Result<Grey, Refused> {
    let mut parts = rest.splitn(5, |&byte| byte == b',');
    let mut number =
        |_| -> Option<usize> { std::str::from_utf8(parts.next()?).ok()?.trim().parse().ok() };
    let raw = rest.first().is_some_and(|byte| byte.eq_ignore_ascii_case(&b'B'));
    let _coding = number(0);
    let (_, total, row) = (number(1), number(2).ok_or_else(broken)?, number(3).ok_or_else(broken)?);
    let data = parts.next().ok_or_else(broken)?;
    coded((total, row), raw, data)
}

/// `t,w,data` of `~DG`: as `^GF`, without its first values.
pub fn of_stored(rest: &[u8]) -> Result<Grey, Refused> {
    let mut parts = rest.splitn(3, |&byte| byte == b',');
    let mut number =
        || -> Option<usize> { std::str::from_utf8(parts.next()?).ok()?.trim().parse().ok() };
    let (total, row) = (number().ok_or_else(broken)?, number().ok_or_else(broken)?);
    coded((total, row), false, parts.next().ok_or_else(broken)?)
}

fn coded((total, row): (usize, usize), raw: bool, data: &[u8]) -> Result<Grey, Refused> {
    if total > BYTES_MAX || row == 0 {
        return Err(Refused::TooLarge("commands"));
    }
    let mut dots = match data {
        _ if raw => data.to_vec(),
        [b':', b'Z', b'6', b'4', b':', coded @ ..] => {
            let mut out = Vec::new();
            let unpack =
                ZlibDecoder::new(&*base64(coded)?).take(total as u64 + 1).read_to_end(&mut out);
            unpack.map_err(|_| broken())?;
            out
        }
        [b':', b'B', b'6', b'4', b':', coded @ ..] => base64(coded)?,
        _ => runs(data, total, row)?,
    };
    if dots.len() > total {
        dots.truncate(total);
    }
    Ok(grey(&dots, row, |byte, bit| byte & (0x80 >> bit) != 0))
}

/// `BITMAP`'s data: a 0 is black.
pub fn of_tspl(data: &[u8], row: usize) -> Result<Grey, Refused> {
    if row == 0 || data.len() > BYTES_MAX {
        return Err(Refused::TooLarge("commands"));
    }
    Ok(grey(data, row, |byte, bit| byte & (0x80 >> bit) == 0))
}

fn grey(dots: &[u8], row: usize, is_black: fn(u8, u32) -> bool) -> Grey {
    let height = dots.len() / row;
    let luma = dots[..height * row]
        .iter()
        .flat_map(|&byte| (0..8).map(move |bit| if is_black(byte, bit) { 0 } else { 255 }));
    Grey { width: row * 8, height, luma: luma.collect() }
}

/// Base64 up to the colon before its checksum.
fn base64(coded: &[u8]) -> Result<Vec<u8>, Refused> {
    let end = coded.iter().position(|&byte| byte == b':').unwrap_or(coded.len());
    BASE64_STANDARD.decode(&coded[..end]).map_err(|_| broken())
}

/// Hexadecimal digits with the printer's own run lengths: `G`–`Y` repeat the next digit 1–19
/// times, `g`–`z` 20–400 times, `,` and `!` fill the row with 0 and 1, `:` repeats the row above.
fn runs(data: &[u8], total: usize, row: usize) -> Result<Vec<u8>, Refused> {
    let (want, row) = (total * 2, row * 2);
    let mut digits: Vec<u8> = Vec::with_capacity(want.min(1 << 20));
    let mut count = 0;
    for &c in data {
        if digits.len() >= want {
            break;
        }
        let left = row - digits.len() % row;
        match c {
            b'G'..=b'Y' => count += usize::from(c - b'G') + 1,
            b'g'..=b'z' => count += (usize::from(c - b'g') + 1) * 20,
            b',' => digits.extend(vec![0; left]),
            b'!' => digits.extend(vec![15; left]),
            b':' => {
                let from = digits.len().checked_sub(row).ok_or_else(broken)?;
                digits.extend_from_within(from..from + left.min(row));
            }
            _ if c.is_ascii_whitespace() => {}
            _ => {
                let digit = char::from(c).to_digit(16).ok_or_else(broken)? as u8;
                let times = count.max(1).min(want - digits.len());
                digits.extend(vec![digit; times]);
                count = 0;
            }
        }
    }
    digits.resize(want, 0);
    Ok(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_lengths_are_unpacked() {
        assert_eq!(runs(b"FF,:0!", 8, 2).unwrap(), [0xff, 0, 0xff, 0, 0x0f, 0xff, 0, 0]);
        assert_eq!(runs(b"HFgI0", 12, 12).unwrap()[..2], [0xff, 0]);
        assert!(runs(b"xyz^", 4, 2).is_err() && runs(b":", 4, 2).is_err());
        assert_eq!(runs(b"zF", 3, 3).unwrap(), [0xff; 3], "no more than was said");
    }
}
