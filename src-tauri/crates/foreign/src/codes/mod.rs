//! The codes of a drawn label: found, read, compared with the number, and drawn anew on whole dots
//! where they are not. A bar that is a dot too wide costs one to three grades of ISO/IEC 15416.
//!
//! `bars` and `square` find and measure, `reader` reads (with `rxing`, so that what we draw is
//! read by another hand), `lines` is the arithmetic of rows of dots.

mod bars;
mod lines;
mod reader;
mod square;

use crate::Sheet;
use label::{page::Rect, raster::Bitmap, units::Head};

/// Kinds of codes on labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Symbology {
    /// Code 128.
    Code128,
    /// Another row of bars: Code 39, Code 93, ITF, Codabar, EAN.
    OtherBars,
    /// QR code.
    Qr,
    /// Another matrix or stack: Data Matrix, PDF417, Aztec.
    OtherMatrix,
}

/// What was done with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It lies on whole dots: left as it is.
    Kept,
    /// Drawn anew on whole dots.
    Redrawn {
        /// Dots of its narrowest bar now.
        module: i32,
    },
    /// Off the dots, and there is no room for whole ones with free paper beside them.
    NoRoom,
    /// Off the dots, of a kind or with a text that we do not draw.
    NotOurs,
    /// Read, but neither measured nor touched.
    Unmeasured,
}

/// A code on a foreign label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its kind.
    pub symbology: Symbology,
    /// What it says. May be personal data: never for a log.
    pub text: String,
    /// Where its ink was, in dots of the sheet.
    pub place: Rect,
    /// Its narrowest bar as it came, in thousandths of a dot; 0 where it was not measured.
    pub module_milli: i32,
    /// What was done.
    pub done: Done,
    /// Whether it says the expected number; `None` if none was expected.
    pub expected: Option<bool>,
}

/// Finds every code and draws anew those that lie off the dots.
pub(crate) fn settle(bitmap: &mut Bitmap, head: Head, expected: Option<&str>) -> Vec<Finding> {
    let mut found = bars::settle(bitmap, head, false);
    // Bars along the feed: the same on the label laid on its side.
    let mut turned = lines::turned(bitmap);
    let along = bars::settle(&mut turned, head, true);
    if along.iter().any(|code| matches!(code.done, Done::Redrawn { .. })) {
        *bitmap = lines::turned(&turned);
    }
    found.extend(along);
    found.extend(square::settle(bitmap, head));
    if let Some(number) = expected {
        for code in &mut found {
            code.expected = Some(says(code, number));
        }
    }
    found.sort_by_key(|code| (code.place.y, code.place.x));
    found
}

/// Whether the text of a row of bars is a number: alone, or after what two carriers abroad put
/// before it, which are FedEx's 34 digits that end with it and USPS's postcode after GS1's 420.
pub(crate) fn bars_say(text: &str, number: &str) -> bool {
    let text = text.trim().replace('\u{1d}', "");
    if text == number {
        return true;
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(before) = text.strip_suffix(number).filter(|_| digits(&text)) else { return false };
    match number.len() {
        12..=15 => text.len() == 34,
        20..=26 => before.starts_with("420") && matches!(before.len(), 8 | 12),
        _ => false,
    }
}

/// A row of bars is the number; a matrix may say more beside it.
fn says(code: &Finding, number: &str) -> bool {
    match code.symbology {
        Symbology::Code128 | Symbology::OtherBars => bars_say(&code.text, number),
        Symbology::Qr | Symbology::OtherMatrix => {
            // Not as a part of a longer number.
            let is_word = |c: char| c.is_ascii_alphanumeric();
            code.text.match_indices(number).any(|(at, _)| {
                let before = code.text[..at].chars().next_back();
                let after = code.text[at + number.len()..].chars().next();
                !before.is_some_and(is_word) && !after.is_some_and(is_word)
            })
        }
    }
}

/// The main code: the row of bars that takes most paper.
pub(crate) fn main(found: &[Finding]) -> Option<&Finding> {
    found
        .iter()
        .filter(|code| matches!(code.symbology, Symbology::Code128 | Symbology::OtherBars))
        .max_by_key(|code| i64::from(code.place.width) * i64::from(code.place.height))
}

/// Looks over the whole sheet for kinds that the quick search does not know: slow.
pub(crate) fn look_harder(sheet: &mut Sheet, number: &str) {
    if let Some((symbology, text, place)) = reader::anything(&sheet.bitmap)
        && sheet.findings.iter().all(|known| known.text != text)
    {
        let mut code = Finding {
            symbology,
            text,
            place,
            module_milli: 0,
            done: Done::Unmeasured,
            expected: None,
        };
        code.expected = Some(says(&code, number));
        sheet.findings.push(code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_say_a_number_alone_or_as_two_carriers_do() {
        let no = "794123456782";
        assert!(bars_say(no, no) && bars_say(" SF1\n", "SF1"));
        assert!(bars_say(&format!("1019003801790000000000{no}"), no));
        assert!(!bars_say(&format!("9{no}"), no) && !bars_say(&format!("A019{no}"), no));
        let parcel = "9205590000000000000012";
        assert!(bars_say(&format!("42084170{parcel}"), parcel));
        assert!(bars_say(&format!("420841701234\u{1d}{parcel}"), parcel));
        assert!(!bars_say(&format!("43084170{parcel}"), parcel));
        assert!(!bars_say("1019003801790000000000794123456782", "6782"));
    }
}
