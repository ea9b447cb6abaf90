//! Labels that come as a printer's own commands. They are not drawn here: they can be passed to a
//! printer of that language, when the number they print is the expected one.

use crate::Refused;

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

/// Whether commands may be passed to a printer as the label of `number`. Only ZPL and TSPL are
/// looked into.
///
/// # Errors
/// [`Refused::WrongNumber`] if its barcode commands say other numbers alone,
/// [`Refused::NumberMissing`] if nothing says it and there are no graphics that could,
/// [`Refused::UnknownKind`] for other bytes.
pub fn number(bytes: &[u8], number: &str) -> Result<Number, Refused> {
    let (said, graphics) = match spoken(bytes) {
        Some(Spoken::Zpl) => (zpl_codes(bytes), has(bytes, b"^GF") || has(bytes, b"~DG")),
        Some(Spoken::Tspl) => (tspl_codes(bytes), has(bytes, b"BITMAP ") || has(bytes, b"PUTBMP")),
        Some(Spoken::Cpcl | Spoken::Epl) | None => return Err(Refused::UnknownKind),
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
    plain == number || text == number
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
            [b'F', b'D', data @ ..] if is_code => {
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
