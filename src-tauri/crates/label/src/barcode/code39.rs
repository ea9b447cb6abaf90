//! Code 39 (ISO/IEC 16388), plain alphabet, wide elements three modules wide.

/// Empty modules the standard wants on either side.
pub const QUIET: i32 = 10;

/// The narrowest module for a thermal label, in µm (two dots of a 203 dpi head).
pub const MODULE_MIN_UM: i32 = 250;

/// Longer texts would not fit any label: 40 characters are 671 modules.
const LENGTH_MAX: usize = 40;

const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

/// Bars and spaces of each character of the alphabet, in modules; the last is start and stop.
#[rustfmt::skip]
const WIDTHS: [&[u8; 9]; 44] = [
    b"111331311", b"311311113", b"113311113", b"313311111", b"111331113", b"311331111",
    b"113331111", b"111311313", b"311311311", b"113311311", b"311113113", b"113113113",
    b"313113111", b"111133113", b"311133111", b"113133111", b"111113313", b"311113311",
    b"113113311", b"111133311", b"311111133", b"113111133", b"313111131", b"111131133",
    b"311131131", b"113131131", b"111111333", b"311111331", b"113111331", b"111131331",
    b"331111113", b"133111113", b"333111111", b"131131113", b"331131111", b"133131111",
    b"131111313", b"331111311", b"133111311", b"131313111", b"131311131", b"131113131",
    b"111313131", b"131131311",
];

/// Bars and spaces by turns, in modules, a bar first and last, start and stop included; `None` if
/// `text` is empty, longer than 40 characters or holds what the alphabet lacks (small letters too).
pub fn encode(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || text.len() > LENGTH_MAX {
        return None;
    }
    let guard = WIDTHS.len() - 1;
    let mut runs = Vec::with_capacity((text.len() + 2) * 10);
    for at in std::iter::once(Some(guard)).chain(values(text)).chain([Some(guard)]) {
        runs.extend(WIDTHS[at?].iter().map(|digit| digit - b'0'));
        runs.push(1);
    }
    runs.pop();
    Some(runs)
}

/// `text` and its check character (modulo 43), where the reader wants one.
pub fn with_check(text: &str) -> Option<String> {
    let sum = values(text).sum::<Option<usize>>()?;
    Some(format!("{text}{}", char::from(ALPHABET[sum % 43])))
}

fn values(text: &str) -> impl Iterator<Item = Option<usize>> {
    text.bytes().map(|byte| ALPHABET.iter().position(|&known| known == byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_three_wide_elements_of_nine() {
        for widths in WIDTHS {
            assert_eq!(widths.iter().filter(|&&width| width == b'3').count(), 3);
        }
    }

    #[test]
    fn the_check_character_is_the_sum_modulo_43() {
        // 12 + 24 + 13 + 14 + 3 + 9 = 75, and 75 modulo 43 is 32.
        assert_eq!(with_check("CODE39").as_deref(), Some("CODE39W"));
    }

    #[test]
    fn what_it_cannot_say_is_none() {
        for text in ["", "abc", "单", "A*B", &"1".repeat(41)] {
            assert_eq!(encode(text), None, "{text}");
        }
        assert_eq!(with_check("a"), None);
    }
}
