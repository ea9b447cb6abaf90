//! Code 128 in the sets that a field says (`^BC`), so that it is as long as on the printer it was
//! made for. Source: Zebra, "ZPL II Programming Guide", `^BC`.

use super::super::unknown;
use crate::Refused;
use label::barcode::code128;

const FUNCTION_1: u8 = 102;
const START: [u8; 3] = [103, 104, 105];
/// Fewer digits are not worth going over to pairs.
const PAIRS_MIN: usize = 4;

/// A symbol's runs, and its text for people.
pub type Symbol = (Vec<u8>, String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    A,
    B,
    C,
}

/// Mode N: the field itself names sets and functions, and begins in set B.
///
/// # Errors
/// Invocations that are none, or characters that their set lacks.
pub fn named(field: &str) -> Result<Symbol, Refused> {
    let broken = || unknown("^BC, sets");
    let (mut set, mut words, mut text) = (Set::B, vec![START[1]], String::new());
    let mut rest = field.as_bytes();
    while let Some((&byte, more)) = rest.split_first() {
        rest = more;
        if byte == b'>' {
            let (&named, more) = more.split_first().ok_or_else(broken)?;
            rest = more;
            let is_first = words.len() == 1;
            let (word, next, shown) = match named {
                b'9' | b':' | b';' if !is_first => return Err(broken()),
                b'9' => (START[0], Set::A, ""),
                b':' => (START[1], Set::B, ""),
                b';' => (START[2], Set::C, ""),
                b'5' if set != Set::C => (99, Set::C, ""),
                b'6' if set != Set::B => (100, Set::B, ""),
                b'7' if set != Set::A => (101, Set::A, ""),
                b'8' => (FUNCTION_1, set, ""),
                b'<' if set != Set::C => (62, set, "^"),
                b'0' if set != Set::C => (30, set, ">"),
                b'=' if set == Set::B => (94, set, "~"),
                _ => return Err(unknown("^BC, function code")),
            };
            if START.contains(&word) {
                words.clear();
            }
            words.push(word);
            set = next;
            text.push_str(shown);
            continue;
        }
        match (set, byte, rest.first()) {
            (Set::C, b'0'..=b'9', Some(&second @ b'0'..=b'9')) => {
                words.push((byte - b'0') * 10 + second - b'0');
                text.push(char::from(byte));
                text.push(char::from(second));
                rest = &rest[1..];
            }
            (Set::A, 32..=95, _) | (Set::B, 32..=127, _) => {
                words.push(byte - 32);
                text.push(char::from(byte));
            }
            (_, _, _) => return Err(broken()),
        }
    }
    let runs = code128::symbol(&words).ok_or_else(|| unknown("Code 128"))?;
    Ok((runs, text))
}

/// Mode A: the printer chooses the sets.
///
/// # Errors
/// Characters that the code lacks, invocations other than `>8`.
pub fn chosen(field: &str) -> Result<Symbol, Refused> {
    if !field.contains('>') {
        let runs = code128::encode(field).ok_or_else(|| unknown("Code 128"))?;
        return Ok((runs, field.to_owned()));
    }
    let text = field.replace(">8", "");
    if text.contains('>') || !field.is_ascii() {
        return Err(unknown("^BC, function code"));
    }
    let (mut words, mut set) = (Vec::new(), Set::B);
    let mut rest = field.as_bytes();
    let run = |rest: &[u8]| rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let after = rest.strip_prefix(b">8").unwrap_or(rest);
    let pairs = run(after) >= PAIRS_MIN;
    words.push(if pairs { START[2] } else { START[1] });
    if pairs {
        set = Set::C;
    }
    while !rest.is_empty() {
        if let Some(more) = rest.strip_prefix(b">8") {
            words.push(FUNCTION_1);
            rest = more;
            continue;
        }
        let digits = run(rest);
        match set {
            Set::C if digits >= 2 => {
                words.push((rest[0] - b'0') * 10 + rest[1] - b'0');
                rest = &rest[2..];
            }
            Set::C => {
                words.push(100);
                set = Set::B;
            }
            _ if digits >= PAIRS_MIN && digits % 2 == 0 => {
                words.push(99);
                set = Set::C;
            }
            _ => {
                words.push(rest[0].checked_sub(32).ok_or_else(|| unknown("Code 128"))?);
                rest = &rest[1..];
            }
        }
    }
    let runs = code128::symbol(&words).ok_or_else(|| unknown("Code 128"))?;
    Ok((runs, text))
}

/// Mode U: the number of a parcel after GS1, whose check digit the printer adds.
///
/// # Errors
/// Anything but 19 digits.
pub fn parcel(field: &str) -> Result<Symbol, Refused> {
    let digits = field.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || field.len() != 19 {
        return Err(unknown("^BC, mode U"));
    }
    let sum: u32 = field
        .bytes()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .fold(0, |sum, (byte, by)| sum + u32::from(byte - b'0') * by);
    chosen(&format!(">8{field}{}", (10 - sum % 10) % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(symbol: Result<Symbol, Refused>) -> Option<(i32, String)> {
        symbol.ok().map(|(runs, text)| (code128::modules(&runs), text))
    }

    #[test]
    fn a_symbol_is_as_long_as_its_sets_say() {
        let words = |count: i32| 11 * count + 13;
        // Start, data and check.
        assert_eq!(modules(named("1234")), Some((words(1 + 4 + 1), "1234".to_owned())));
        assert_eq!(modules(named(">;1234")), Some((words(1 + 2 + 1), "1234".to_owned())));
        assert_eq!(modules(named(">:YT>588120")), None, "five digits are no pairs");
        assert_eq!(
            modules(named(">:YT>58812")),
            Some((words(1 + 2 + 1 + 2 + 1), "YT8812".to_owned()))
        );
        assert_eq!(modules(named(">;>800123")), None);
        assert_eq!(modules(named(">;>80012")), Some((words(1 + 1 + 2 + 1), "0012".to_owned())));
        assert_eq!(modules(named("a>0b")), Some((words(1 + 3 + 1), "a>b".to_owned())));
        assert_eq!(modules(named(">")), None);
        assert_eq!(
            modules(chosen(">8420841709205")),
            Some((words(1 + 1 + 6 + 2 + 1), "420841709205".to_owned()))
                .map(|(_, t)| (11 * (1 + 1 + 6 + 1) + 13, t))
        );
        assert_eq!(
            modules(parcel("0034043412345678901")).map(|(length, _)| length),
            Some(words(1 + 1 + 10 + 1))
        );
    }
}
