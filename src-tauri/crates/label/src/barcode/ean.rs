//! EAN-13, EAN-8 and UPC-A (ISO/IEC 15420), with their check digits.

use super::{check_digit, digits};

/// Empty modules left and right of an EAN-13.
pub const QUIET_13: [i32; 2] = [11, 7];
/// Empty modules left and right of an EAN-8.
pub const QUIET_8: [i32; 2] = [7, 7];
/// Empty modules left and right of a UPC-A.
pub const QUIET_UPC: [i32; 2] = [9, 9];

/// The narrowest module, in µm: 80 % of the standard's 330.
pub const MODULE_MIN_UM: i32 = 264;

/// Widths of a digit that starts with a space and has an odd number of dark modules (set A).
/// Read backwards they are set B; as bars first, set C.
const WIDTHS: [[u8; 4]; 10] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
];

/// Which of the six left digits are of set B says the first digit.
const BACKWARDS: [&[u8; 6]; 10] = [
    b"000000", b"001011", b"001101", b"001110", b"010011", b"011001", b"011100", b"010101",
    b"010110", b"011010",
];

/// An EAN-13, 95 modules: bars and spaces by turns, a bar first and last. `text` is twelve digits,
/// or thirteen of which the last is the right check digit; otherwise `None`.
pub fn encode_13(text: &str) -> Option<Vec<u8>> {
    let digits = checked(text, 13)?;
    let backwards = BACKWARDS[usize::from(digits[0])];
    Some(halves(&digits[1..7], &digits[7..], |at| backwards[at] == b'1'))
}

/// An EAN-8, 67 modules, of seven digits or eight with the right check digit.
pub fn encode_8(text: &str) -> Option<Vec<u8>> {
    let digits = checked(text, 8)?;
    Some(halves(&digits[..4], &digits[4..], |_| false))
}

/// A UPC-A, 95 modules, of eleven digits or twelve with the right check digit.
pub fn encode_upc_a(text: &str) -> Option<Vec<u8>> {
    let digits = checked(text, 12)?;
    Some(halves(&digits[..6], &digits[6..], |_| false))
}

/// The digits with the check digit, which is added or must be right.
fn checked(text: &str, length: usize) -> Option<Vec<u8>> {
    let mut digits = digits(text)?;
    if digits.len() + 1 == length {
        digits.push(check_digit(&digits));
    }
    let (check, rest) = digits.split_last()?;
    (digits.len() == length && check_digit(rest) == *check).then_some(digits)
}

fn halves(left: &[u8], right: &[u8], is_backwards: impl Fn(usize) -> bool) -> Vec<u8> {
    let mut runs = vec![1, 1, 1];
    for (at, &digit) in left.iter().enumerate() {
        let mut widths = WIDTHS[usize::from(digit)];
        if is_backwards(at) {
            widths.reverse();
        }
        runs.extend(widths);
    }
    runs.extend([1; 5]);
    runs.extend(right.iter().flat_map(|&digit| WIDTHS[usize::from(digit)]));
    runs.extend([1, 1, 1]);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::barcode::modules;

    #[test]
    fn symbols_have_the_modules_of_the_standard() {
        assert_eq!(encode_13("6901234567892").map(|runs| modules(&runs)), Some(95));
        assert_eq!(encode_13("690123456789"), encode_13("6901234567892"));
        assert_eq!(encode_8("9638507").map(|runs| modules(&runs)), Some(67));
        assert_eq!(encode_8("9638507"), encode_8("96385074"));
        assert_eq!(encode_upc_a("03600029145"), encode_13("0036000291452"));
    }

    #[test]
    fn what_it_cannot_say_is_none() {
        for text in ["", "69012345678", "6901234567893", "69012345678921", "69012345678A"] {
            assert_eq!(encode_13(text), None, "{text}");
        }
        assert_eq!(encode_8("96385075"), None);
        assert_eq!(encode_upc_a("036000291453"), None);
    }
}
