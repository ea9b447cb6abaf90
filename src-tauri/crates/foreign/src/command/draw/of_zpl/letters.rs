//! A printer's fonts by their sizes, and the bytes of a field as text.

use super::super::{parts::Letters, unknown};
use crate::Refused;
use label::page::Weight;

/// A font of the printer's own, at a size in dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Font {
    letter: u8,
    height: i32,
    width: i32,
}

/// Fonts of dots, which grow by whole times: letter, height, width, free dots beside. At 8 dots/mm.
const DOTS: [(u8, i32, i32, i32); 9] = [
    (b'A', 9, 5, 1),
    (b'B', 11, 7, 2),
    (b'C', 18, 10, 2),
    (b'D', 18, 10, 2),
    (b'E', 28, 15, 5),
    (b'F', 26, 13, 3),
    (b'G', 60, 40, 8),
    (b'H', 21, 13, 6),
    (b'Q', 28, 24, 0),
];

impl Font {
    /// Of a printer that was told nothing.
    pub const FIRST: Self = Self { letter: b'A', height: 9, width: 5 };

    /// After a command that names letter, height and width, or leaves some of them as they were.
    pub fn next(self, letter: Option<u8>, height: Option<i32>, width: Option<i32>) -> Self {
        let letter = letter.unwrap_or(self.letter);
        let given = |side: Option<i32>| side.filter(|side| *side > 0);
        let (height, width) = match (given(height), given(width)) {
            (Some(height), Some(width)) => (height, width),
            // In proportion; for fonts of dots this is mended when they are used.
            (Some(height), None) => (height, 0),
            (None, Some(width)) => (0, width),
            (None, None) if letter == self.letter => (self.height, self.width),
            (None, None) => (0, 0),
        };
        Self { letter, height, width }
    }

    /// How a field is set in it.
    pub fn letters(self) -> Letters {
        let Self { letter, height, width } = self;
        let dots = DOTS.iter().find(|font| font.0 == letter.to_ascii_uppercase());
        if let Some(&(_, own_height, own_width, gap)) = dots {
            let times = |said: i32, own: i32| ((said + own / 2) / own).clamp(1, 10);
            let (down, across) = match (height, width) {
                (0, 0) => (1, 1),
                (0, width) => (times(width, own_width), times(width, own_width)),
                (height, 0) => (times(height, own_height), times(height, own_height)),
                (height, width) => (times(height, own_height), times(width, own_width)),
            };
            let advance = (own_width + gap) * across;
            let height = own_height * down;
            return Letters { height, advance, wide: height, weight: Weight::Regular };
        }
        let (height, width) = match (height, width) {
            (0, 0) => (15, 15),
            (0, width) => (width, width),
            (height, 0) => (height, height),
            both => both,
        };
        // Font 0 is narrow: its letters take half of their height, its figures a little more.
        Letters { height, advance: (width * 11 / 20).max(1), wide: height, weight: Weight::Bold }
    }
}

/// Which characters bytes beyond ASCII are (`^CI`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Code page 850, which printers start with.
    Printer,
    /// Windows-1252.
    Windows,
    /// UTF-8.
    Utf8,
    /// One that is not followed.
    Other,
}

/// Code page 850 from 0x80 on.
const PAGE_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Encoding {
    /// By `^CI`'s number. 1 to 12 replace some of ASCII's marks, which is not followed either.
    pub fn of(number: i32) -> Self {
        match number {
            0 | 13 => Self::Printer,
            27 => Self::Windows,
            28 => Self::Utf8,
            _ => Self::Other,
        }
    }

    /// A field's bytes as text.
    ///
    /// # Errors
    /// Bytes beyond ASCII in an encoding that is not followed, or that are none in theirs.
    pub fn text(self, data: Vec<u8>) -> Result<String, Refused> {
        if data.is_ascii() && self != Self::Other {
            return String::from_utf8(data).map_err(|_| Refused::Broken("commands"));
        }
        let broken = Refused::Broken("commands");
        match self {
            Self::Utf8 => String::from_utf8(data).map_err(|_| broken),
            Self::Windows => Ok(encoding_rs::WINDOWS_1252.decode(&data).0.into_owned()),
            Self::Printer => data
                .into_iter()
                .map(|byte| match byte {
                    0..=0x7f => Some(char::from(byte)),
                    _ => PAGE_850.chars().nth(usize::from(byte - 0x80)),
                })
                .collect::<Option<String>>()
                .ok_or(broken),
            Self::Other => Err(unknown("^CI")),
        }
    }
}

/// `_41` is `A` after `^FH`.
///
/// # Errors
/// Two characters behind the mark that are no hexadecimal digits.
pub fn unescaped(data: &[u8], hex: Option<u8>) -> Result<Vec<u8>, Refused> {
    let Some(mark) = hex else { return Ok(data.trim_ascii_end().to_vec()) };
    let mut out = Vec::with_capacity(data.len());
    let mut rest = data.trim_ascii_end();
    while let Some((&byte, more)) = rest.split_first() {
        rest = more;
        if byte != mark {
            out.push(byte);
            continue;
        }
        let digits = more.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let value = digits.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        out.push(value.ok_or(Refused::Broken("commands"))?);
        rest = &more[2..];
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_by_their_page() {
        let read = |number, bytes: &[u8]| Encoding::of(number).text(bytes.to_vec()).ok();
        assert_eq!(PAGE_850.chars().count(), 128);
        assert_eq!(read(0, b"Stra\xe1e \x9a").as_deref(), Some("Straße Ü"));
        assert_eq!(read(27, b"Stra\xdfe \x80").as_deref(), Some("Straße €"));
        assert_eq!(read(28, "顺丰".as_bytes()).as_deref(), Some("顺丰"));
        assert_eq!((read(28, b"\xe1"), read(14, b"\xe1"), read(6, b"#")), (None, None, None));
    }

    #[test]
    fn sizes_follow_from_one_another() {
        let size = |font: Font| (font.letters().height, font.letters().advance);
        let first = Font::FIRST;
        assert_eq!(size(first), (9, 6));
        assert_eq!(size(first.next(Some(b'0'), Some(40), None)), (40, 22));
        assert_eq!(size(first.next(Some(b'd'), Some(36), Some(20))), (36, 24));
        assert_eq!(size(first.next(Some(b'D'), Some(0), Some(0))), (18, 12));
        assert_eq!(
            size(first.next(Some(b'0'), Some(30), Some(20)).next(None, None, None)),
            (30, 11)
        );
    }
}
