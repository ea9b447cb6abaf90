//! Labels that come as a printer's own commands. A printer of that language and head can get them
//! as they are, if they only draw and say the expected number; for all others they are drawn.

use crate::{Refused, Target, codes::bars_say};
use label::units::Head;

mod cpcl;
mod draw;
mod epl;
mod tspl;
mod zpl;

pub use draw::draw;

/// A printer language, by the look of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spoken {
    /// Zebra's ZPL II.
    Zpl,
    /// TSC's TSPL.
    Tspl,
    /// Zebra's CPCL.
    Cpcl,
    /// Eltron's EPL2.
    Epl,
}

/// Where the first command stands at the latest.
const LOOK_BYTES: usize = 512;

/// The language `bytes` are written in, if they are commands.
pub fn spoken(bytes: &[u8]) -> Option<Spoken> {
    let start = &bytes[..bytes.len().min(LOOK_BYTES)];
    let has = |word: &[u8]| start.windows(word.len()).any(|at| at == word);
    let text = start.trim_ascii_start();
    if matches!(text.first(), Some(b'^' | b'~')) && has(b"^XA") {
        return Some(Spoken::Zpl);
    }
    if text.starts_with(b"! ") && has(b"\n") {
        return Some(Spoken::Cpcl);
    }
    let mut lines = start.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    if lines.clone().any(|line| line.starts_with(b"SIZE ")) && has(b"CLS") {
        return Some(Spoken::Tspl);
    }
    (text.len() > 2
        && lines.next().is_some()
        && lines.any(|line| line == b"N")
        && bytes.windows(2).any(|at| at == b"\nP"))
    .then_some(Spoken::Epl)
}

/// What can be said of a number in commands without printing them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// A barcode command or a text says it.
    Said,
    /// No text says it, but there are graphics in which it may stand.
    InGraphics,
}

/// Whether commands may be passed to a printer as the label of `number`.
///
/// # Errors
/// [`Refused::WrongNumber`] if its barcode commands say other numbers alone,
/// [`Refused::NumberMissing`] if nothing says it and there are no graphics that could,
/// [`Refused::UnknownKind`] for other bytes.
pub fn number(bytes: &[u8], number: &str) -> Result<Number, Refused> {
    let (said, graphics) = match spoken(bytes) {
        Some(Spoken::Zpl) => (zpl_codes(bytes), has(bytes, b"^GF") || has(bytes, b"~DG")),
        Some(Spoken::Tspl) => (tspl_codes(bytes), has(bytes, b"BITMAP ") || has(bytes, b"PUTBMP")),
        Some(Spoken::Epl) => (epl::codes(bytes), has(bytes, b"GW")),
        Some(Spoken::Cpcl) => (cpcl::codes(bytes), has(bytes, b"CG ") || has(bytes, b"EG ")),
        None => return Err(Refused::UnknownKind),
    };
    if said.iter().any(|text| says(text, number)) {
        return Ok(Number::Said);
    }
    match said.into_iter().next() {
        Some(found) => Err(Refused::WrongNumber { found }),
        None if graphics => Ok(Number::InGraphics),
        None => Err(Refused::NumberMissing),
    }
}

/// Why commands are not passed on as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unpassable {
    /// One of them may change, store or ask something.
    #[error("command {0}")]
    Command(String),
    /// They cannot be taken apart.
    #[error("broken")]
    Broken,
    /// More than one label.
    #[error("pages")]
    Labels,
    /// Our offset would move them off the paper.
    #[error("offset")]
    Offset,
    /// They were made for another head.
    #[error("head")]
    Head,
    /// They are of another size than the paper.
    #[error("paper")]
    Paper,
    /// No barcode command says the number; it may stand in the dots.
    #[error("number")]
    Number,
    /// A language that is not looked into.
    #[error("language")]
    Language,
}

/// The commands that draw the label of `number`, to be wrapped in the printer's own settings;
/// moved by `offset` dots.
///
/// # Errors
/// [`Unpassable`]; such commands can still be drawn.
pub fn passable(
    bytes: &[u8],
    number: &str,
    target: Target,
    offset: (i32, i32),
) -> Result<Vec<u8>, Unpassable> {
    match self::number(bytes, number) {
        Ok(Number::Said) => {}
        Ok(Number::InGraphics) | Err(_) => return Err(Unpassable::Number),
    }
    fitting(bytes, target, offset)
}

/// The same for commands of which it is known otherwise whose label they are: nobody looks for a
/// number in them.
///
/// # Errors
/// [`Unpassable`], but never for the number.
pub fn fitting(bytes: &[u8], target: Target, offset: (i32, i32)) -> Result<Vec<u8>, Unpassable> {
    match spoken(bytes) {
        Some(Spoken::Zpl) => {
            let label = zpl::label(bytes, offset)?;
            sized(label.body, label.size_dots, made_for(label.size_dots, target), target)
        }
        Some(Spoken::Epl) => {
            let label = epl::label(bytes, offset)?;
            sized(label.body, label.size_dots, made_for(label.size_dots, target), target)
        }
        Some(Spoken::Cpcl) => {
            // Nothing in the language moves a whole label down.
            if offset != (0, 0) {
                return Err(Unpassable::Offset);
            }
            let label = cpcl::label(bytes)?;
            let head = match label.dpi {
                200 | 203 => Head::DPMM_8,
                _ => Head::DPMM_12,
            };
            sized(label.body, label.size_dots, head, target)
        }
        Some(Spoken::Tspl) => {
            let label = tspl::label(bytes, offset)?;
            let (width_um, height_um) = label.size_um.ok_or(Unpassable::Paper)?;
            let paper = target.paper;
            match () {
                // TSPL never says for which head it is; nearly all of them have 8 dots/mm.
                () if target.head != Head::DPMM_8 => Err(Unpassable::Head),
                () if width_um > paper.width_um + TOLERANCE_UM => Err(Unpassable::Paper),
                () if height_um > paper.height_um + TOLERANCE_UM => Err(Unpassable::Paper),
                () => Ok(label.body),
            }
        }
        None => Err(Unpassable::Language),
    }
}

/// Commands of this size for `head`, if that is the printer's and its paper holds them.
fn sized(
    body: Vec<u8>,
    (width, height): (Option<u32>, Option<u32>),
    head: Head,
    target: Target,
) -> Result<Vec<u8>, Unpassable> {
    let is_on = |dots: Option<u32>, paper_um: i32| {
        dots.is_none_or(|dots| pixels_um(dots, head) <= paper_um + TOLERANCE_UM)
    };
    match () {
        () if head != target.head => Err(Unpassable::Head),
        () if !is_on(width, target.paper.width_um) => Err(Unpassable::Paper),
        () if !is_on(height, target.paper.height_um) => Err(Unpassable::Paper),
        () => Ok(body),
    }
}

/// Labels are cut a little smaller or larger than they are said to be, µm.
const TOLERANCE_UM: i32 = crate::picture::TOLERANCE_UM;

fn pixels_um(dots: u32, head: Head) -> i32 {
    let um = u64::from(dots) * 1_000_000 / u64::from(head.dots_per_m.max(1));
    i32::try_from(um).unwrap_or(i32::MAX)
}

/// The head that ZPL was made for: the one at which its size is nearest to the paper's. Without a
/// size, 8 dots/mm, which is what carriers send unless asked for more.
fn made_for((width, height): (Option<u32>, Option<u32>), target: Target) -> Head {
    let off = |head: Head| {
        let one = |dots: Option<u32>, paper_um: i32| {
            dots.map_or(0, |dots| u64::from(pixels_um(dots, head).abs_diff(paper_um)))
        };
        one(width, target.paper.width_um) + one(height, target.paper.height_um)
    };
    if width.is_none() && height.is_none() {
        return Head::DPMM_8;
    }
    let heads = [target.head, Head::DPMM_8, Head::DPMM_12, Head::DPI_300];
    heads.into_iter().min_by_key(|&head| off(head)).unwrap_or(Head::DPMM_8)
}

/// Whether a code's text is the number, after set switches (`>:`, `>;`, `>5` …) are taken out.
fn says(text: &str, number: &str) -> bool {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '>' => _ = chars.next(),
            _ => plain.push(c),
        }
    }
    bars_say(&plain, number) || text == number
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|at| at == word)
}

/// The data of each field after a linear barcode command. The graphics between are hexadecimal or
/// base64, which have no `^`; a binary `^GFB` may hide a command, which then only refuses.
fn zpl_codes(bytes: &[u8]) -> Vec<String> {
    let mut codes = Vec::new();
    let mut is_code = false;
    for part in bytes.split(|&byte| byte == b'^') {
        match part {
            [b'B', b'C' | b'3' | b'A' | b'2' | b'E', ..] => is_code = true,
            [b'F', b'D' | b'V', data @ ..] if is_code => {
                codes.push(String::from_utf8_lossy(data).trim().to_owned());
            }
            [b'F', b'S', ..] => is_code = false,
            _ => {}
        }
    }
    codes
}

/// The last quoted text of each `BARCODE` line.
fn tspl_codes(bytes: &[u8]) -> Vec<String> {
    let lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    lines
        .filter(|line| line.starts_with(b"BARCODE "))
        .filter_map(|line| {
            let text = String::from_utf8_lossy(line).into_owned();
            Some(text.rsplit('"').nth(1)?.trim_start_matches("!105").to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZPL: &[u8] =
        b"^XA^CI28^FO50,50^BY3^BCN,120,N,N,N^FD>:YT>58812000033910^FS^FO9,9^A0N,30^FDgift^FS^XZ";
    const TSPL: &[u8] = b"SIZE 76 mm,130 mm\r\nCLS\r\nTEXT 1,1,\"3\",0,1,1,\"hi\"\r\n\
        BARCODE 50,50,\"128\",100,0,0,2,2,\"YT8812000033910\"\r\nPRINT 1\r\n";

    #[test]
    fn languages_are_recognised() {
        assert_eq!(spoken(ZPL), Some(Spoken::Zpl));
        assert_eq!(spoken(TSPL), Some(Spoken::Tspl));
        assert_eq!(spoken(b"! 0 200 200 400 1\r\nPRINT\r\n"), Some(Spoken::Cpcl));
        assert_eq!(spoken(b"\nN\nA10,10,0,1,1,1,N,\"x\"\nP1\n"), Some(Spoken::Epl));
        assert_eq!(spoken(b"<html>^XA"), None);
        assert_eq!(spoken(b"SIZE matters"), None);
    }

    #[test]
    fn the_number_is_looked_for_in_barcodes() {
        for bytes in [ZPL, TSPL] {
            assert_eq!(number(bytes, "YT8812000033910"), Ok(Number::Said));
            let wrong = number(bytes, "YT8812000033911");
            assert!(matches!(wrong, Err(Refused::WrongNumber { .. })), "{wrong:?}");
        }
        let graphics = b"^XA^FO0,0^GFA,8,8,1,FF00FF00^FS^XZ";
        assert_eq!(number(graphics, "YT1"), Ok(Number::InGraphics));
        assert_eq!(number(b"^XA^FO0,0^FDYT1^FS^XZ", "YT1"), Err(Refused::NumberMissing));
        assert_eq!(number(b"\x00\x01", "YT1"), Err(Refused::UnknownKind));
    }
}
