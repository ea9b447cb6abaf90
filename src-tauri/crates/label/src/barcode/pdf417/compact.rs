//! Text as code words: three digits in one, or two letters, or six bytes in five.

const LATCH_BYTES: u16 = 901;
const LATCH_NUMBER: u16 = 902;
/// As [`LATCH_BYTES`], when there are sixes of bytes and none over.
const LATCH_SIXES: u16 = 924;
/// What follows is of this character set: 26 is UTF-8.
const CHARACTER_SET: [u16; 2] = [927, 26];

/// Fewer digits are as short as text.
const NUMBER_MIN: usize = 13;
/// Digits that are turned into code words at once.
const NUMBER_GROUP: usize = 44;

/// The characters of the three kinds that stay until another is called for, at their values, and of
/// the punctuation that is borrowed for one character.
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ ";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz ";
const MIXED: &[u8] = b"0123456789&\r\t,:#-.$/+%*=^\0 ";
const MARKS: &[u8] = b";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'";

/// Borrow one character from the capital letters (in the small ones), or one mark.
const SHIFT_UPPER: u8 = 27;
const SHIFT_MARK: u8 = 29;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Upper,
    Lower,
    Mixed,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Upper, Self::Lower, Self::Mixed];

    fn value(self, byte: u8) -> Option<u8> {
        let known = match self {
            Self::Upper => UPPER,
            Self::Lower => LOWER,
            Self::Mixed => MIXED,
        };
        place(known, byte)
    }

    /// What leads from here to `other`.
    fn latch(self, other: Self) -> &'static [u8] {
        match (self, other) {
            (Self::Upper | Self::Mixed, Self::Lower) => &[27],
            (Self::Upper | Self::Lower, Self::Mixed) | (Self::Mixed, Self::Upper) => &[28],
            (Self::Lower, Self::Upper) => &[28, 28],
            _ => &[],
        }
    }
}

fn place(known: &[u8], byte: u8) -> Option<u8> {
    let at = known.iter().position(|&one| one == byte && byte != 0)?;
    u8::try_from(at).ok()
}

/// The code words of `text`, without length and correction.
pub(super) fn words(text: &str) -> Vec<u16> {
    if text.len() >= NUMBER_MIN && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return numbers(text.as_bytes());
    }
    letters(text.as_bytes()).unwrap_or_else(|| bytes(text))
}

fn numbers(digits: &[u8]) -> Vec<u16> {
    let mut words = vec![LATCH_NUMBER];
    for group in digits.chunks(NUMBER_GROUP) {
        // "1" and the group as one number, in base 900, lowest first.
        let mut places = vec![1_u32];
        for digit in group {
            let mut carry = u32::from(digit - b'0');
            for place in &mut places {
                carry += *place * 10;
                *place = carry % 900;
                carry /= 900;
            }
            if carry > 0 {
                places.push(carry);
            }
        }
        words.extend(places.iter().rev().map(|&place| place as u16));
    }
    words
}

/// `None` if some byte is neither letter, digit nor mark.
fn letters(text: &[u8]) -> Option<Vec<u16>> {
    let (mut values, mut kind) = (Vec::new(), Kind::Upper);
    for (at, &byte) in text.iter().enumerate() {
        if let Some(value) = kind.value(byte) {
            values.push(value);
            continue;
        }
        let other = Kind::ALL.into_iter().find(|other| other.value(byte).is_some());
        let stays = |other: Kind| text.get(at + 1).is_some_and(|&next| other.value(next).is_some());
        match (other, place(MARKS, byte)) {
            (Some(Kind::Upper), _) if kind == Kind::Lower && !stays(Kind::Upper) => {
                values.extend([SHIFT_UPPER, Kind::Upper.value(byte)?]);
            }
            (Some(Kind::Mixed), Some(mark)) if !stays(Kind::Mixed) => {
                values.extend([SHIFT_MARK, mark]);
            }
            (Some(other), _) => {
                values.extend(kind.latch(other));
                values.push(other.value(byte)?);
                kind = other;
            }
            (None, mark) => values.extend([SHIFT_MARK, mark?]),
        }
    }
    if values.len() % 2 == 1 {
        values.push(SHIFT_MARK);
    }
    Some(values.chunks_exact(2).map(|two| u16::from(two[0]) * 30 + u16::from(two[1])).collect())
}

fn bytes(text: &str) -> Vec<u16> {
    let mut words = if text.is_ascii() { Vec::new() } else { CHARACTER_SET.to_vec() };
    let sixes = text.as_bytes().chunks_exact(6);
    words.push(if sixes.remainder().is_empty() { LATCH_SIXES } else { LATCH_BYTES });
    let over = sixes.remainder();
    for six in sixes {
        let number = six.iter().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
        words.extend((0..5).rev().map(|at| (number / 900_u64.pow(at) % 900) as u16));
    }
    words.extend(over.iter().map(|&byte| u16::from(byte)));
    words
}
