//! Labels that others drew, and the commands of printers.

use super::has;
use foreign::{Kind, Refused, Sheet, Target, command};
use label::units::{Head, Paper};

const PAPER: Paper = Paper::WAYBILL;
const TARGET: Target = Target { head: Head::DPMM_8, paper: PAPER };
/// The number that the labels of the corpus bear.
const NO: &str = "SF1234567890123";

/// Whatever comes out is a whole label of this paper, and of this number where one is asked for.
fn redrawn(bytes: &[u8], expected: Option<&str>) {
    match foreign::redraw(bytes, TARGET, expected) {
        Ok(sheets) => {
            assert!(!sheets.is_empty(), "no sheet and no refusal");
            for sheet in &sheets {
                let bitmap = &sheet.bitmap;
                assert_eq!((bitmap.width, bitmap.height), (608, 1040));
                assert_eq!(bitmap.bits.len(), bitmap.stride_bytes as usize * 1040);
            }
            let mut findings = sheets.iter().flat_map(|sheet| &sheet.findings);
            let says = findings.any(|found| found.expected == Some(true));
            assert!(expected.is_none() || says, "a label of nobody's number");
        }
        // Short, since the window shows it.
        Err(why) => assert!(why.to_string().chars().count() < 4_000, "{}", why.to_string().len()),
    }
}

/// HTML.
pub fn html(bytes: &[u8]) {
    if !matches!(foreign::kind(bytes), Kind::Html) {
        return redrawn(&[b"<html><body>", bytes].concat(), None);
    }
    redrawn(bytes, Some(NO));
    redrawn(bytes, None);
}

/// PDF.
pub fn pdf(bytes: &[u8]) {
    redrawn(bytes, Some(NO));
}

/// PNG, JPEG and GIF. A PNG's checksums are mended: no mutation would get past them.
pub fn picture(bytes: &[u8]) {
    let mut bytes = bytes.to_vec();
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        mend(&mut bytes[8..]);
    }
    redrawn(&bytes, None);
}

/// Length, name, data, checksum of name and data (PNG, 5.3).
fn mend(mut chunks: &mut [u8]) {
    while let Some(length) = chunks.first_chunk().map(|length| u32::from_be_bytes(*length)) {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let Some((chunk, rest)) = chunks.split_at_mut_checked(length.saturating_add(12)) else {
            return;
        };
        let (said, sum) = chunk.split_at_mut(8 + length);
        sum.copy_from_slice(&super::orders::crc32(&said[4..]).to_be_bytes());
        chunks = rest;
    }
}

/// Commands that are passed on if they say the number.
pub fn commands(bytes: &[u8]) {
    let spoken = command::spoken(bytes);
    match command::number(bytes, NO) {
        Ok(command::Number::Said) => {
            assert!(spoken.is_some());
            // With the set switches of Code 128 between its parts, at most.
            assert!(has(bytes, NO.as_bytes()) || has(bytes, b">"), "the number is not in it");
        }
        Ok(command::Number::InGraphics) => {
            let marks: [&[u8]; 7] = [b"^GF", b"~DG", b"BITMAP ", b"PUTBMP", b"GW", b"CG ", b"EG "];
            assert!(marks.iter().any(|mark| has(bytes, mark)));
        }
        Err(Refused::UnknownKind) => {}
        Err(Refused::WrongNumber { found }) => assert!(found != NO),
        Err(Refused::NumberMissing) => assert!(spoken.is_some()),
        Err(other) => panic!("{other}"),
    }
    if spoken.is_some() && matches!(foreign::kind(bytes), Kind::Commands(_)) {
        // Whatever is drawn for a number says it.
        if let Ok(sheets) = foreign::redraw(bytes, TARGET, Some(NO)) {
            let says =
                |sheet: &Sheet| sheet.findings.iter().any(|code| code.expected == Some(true));
            assert!(sheets.iter().any(says));
        }
    }
}

/// A stream of bytes at the practice printer.
pub fn practice(bytes: &[u8]) {
    for (label, copies) in practice::printer::formats(bytes, 8).into_iter().take(4) {
        assert!(
            copies > 0 && label.black_dots() <= u64::from(label.width) * u64::from(label.height)
        );
    }
}
