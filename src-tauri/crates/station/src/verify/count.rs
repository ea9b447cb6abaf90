//! Counting goods against an order: pure. Whatever a scan says, nothing is counted unless all of it
//! fits one line of the order.

use crate::view::{CountLine, CountSaid};

/// What one scan did to the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// In a word.
    pub said: CountSaid,
    /// Which line (its place in the list), if one was meant.
    pub at: Option<usize>,
}

/// A code as it is compared. A GTIN is the same number with 8, 12, 13 or 14 digits: scanners and
/// files differ in the zeros before it.
pub fn plain(code: &str) -> String {
    let code = code.trim();
    if code.len() >= 8 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return code.trim_start_matches('0').to_owned();
    }
    code.to_uppercase()
}

/// Counts pieces of what these codes name. Several codes are several names of the same goods.
pub fn count(lines: &mut [CountLine], names: &[String], pieces: u32) -> Counted {
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let is_named = |code: &str| !code.is_empty() && names.contains(&plain(code));
    let mut full = None;
    for (at, line) in lines.iter_mut().enumerate() {
        if !is_named(&line.sku) && !is_named(&line.barcode) {
            continue;
        }
        let counted = line.counted.saturating_add(pieces);
        if counted <= line.wanted {
            line.counted = counted;
            let said = if complete(lines) { CountSaid::Done } else { CountSaid::Counted };
            return Counted { said, at: Some(at) };
        }
        // The same goods may stand on a further line.
        full = full.or(Some(at));
    }
    let said = if full.is_some() { CountSaid::Over } else { CountSaid::Wrong };
    Counted { said, at: full }
}

/// Whether everything is in.
pub fn complete(lines: &[CountLine]) -> bool {
    lines.iter().all(|line| line.counted == line.wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use CountSaid::{Counted as C, Done, Over, Wrong};

    fn line(at: u32, sku: &str, barcode: &str, wanted: u32) -> CountLine {
        CountLine {
            line: at,
            title: sku.to_owned(),
            sku: sku.to_owned(),
            barcode: barcode.to_owned(),
            wanted,
            counted: 0,
            by_hand: false,
            picture: false,
        }
    }

    #[test]
    fn what_scans_do() {
        let mut lines = vec![
            line(0, "CUP-480-B", "6901234567892", 2),
            line(1, "BRUSH", "", 1),
            line(2, "CUP-480-B", "6901234567892", 1),
        ];
        #[rustfmt::skip]
        let cases = [
            ("6901234567892",  1, C,     Some(0)),
            ("06901234567892", 2, Over,  Some(0)), // one place is left on each line
            ("cup-480-b",      1, C,     Some(0)),
            ("06901234567892", 1, C,     Some(2)), // as GTIN-14; the first line is full
            ("CUP-480-B",      1, Over,  Some(0)),
            ("690123456789",   1, Wrong, None),    // a digit short is another code
            ("BRUSH",          3, Over,  Some(1)),
            ("BRUSH",          1, Done,  Some(1)),
            ("BRUSH",          1, Over,  Some(1)),
        ];
        for (code, pieces, said, at) in cases {
            let got = count(&mut lines, &[code.to_owned()], pieces);
            assert_eq!(got, Counted { said, at }, "{pieces} × {code}");
        }
        assert!(complete(&lines));
    }

    #[test]
    fn nothing_is_found_by_no_code() {
        let mut lines = vec![line(0, "", "", 1)];
        assert_eq!(count(&mut lines, &[String::new()], 1).said, Wrong);
    }

    #[test]
    fn goods_known_by_two_codes_are_found_by_either() {
        let mut lines = vec![line(0, "CUP", "", 1)];
        let names = ["6901234567892".to_owned(), "cup".to_owned()];
        assert_eq!(count(&mut lines, &names, 1).said, Done);
    }
}
