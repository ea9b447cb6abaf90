//! TSPL as the practice printer reads it: one picture buffer, `BITMAP`, `PRINT`, and the questions.
//! Source: TSC "TSPL/TSPL2 Programming". A 0 bit of `BITMAP` is black.

use super::{
    bitmap::{Bitmap, Meet},
    reader::{Item, Language, Question, Taken},
};
use std::sync::Arc;

/// Bytes of the picture buffer; a page of 104 mm × 300 mm at 300 dpi fits.
const PICTURE_BYTES_MAX: u64 = 1 << 20;
/// Longest line before its end.
const LINE_BYTES_MAX: usize = 1_024;
/// Most labels one `PRINT` takes.
const COPIES_MAX: u32 = 999_999_999;
/// Commands that leave the dots alone.
const WITHOUT_DOTS: [&str; 21] = [
    "GAP",
    "BLINE",
    "OFFSET",
    "SPEED",
    "DENSITY",
    "DIRECTION",
    "SHIFT",
    "COUNTRY",
    "CODEPAGE",
    "SOUND",
    "SET",
    "FEED",
    "BACKFEED",
    "BACKUP",
    "FORMFEED",
    "HOME",
    "LIMITFEED",
    "EOP",
    "DELAY",
    "INITIALPRINTER",
    "SELFTEST",
];

/// What the printer remembers: the size of the paper and the picture on it.
#[derive(Debug)]
pub(super) struct Tspl {
    dots_per_mm: u32,
    /// Shared with the labels printed from it, until it is changed.
    picture: Arc<Bitmap>,
    reference: (u32, u32),
    cuts: bool,
}

impl Tspl {
    pub(super) fn new(dots_per_mm: u32) -> Self {
        let picture = Arc::new(Bitmap::white(104 * dots_per_mm, 130 * dots_per_mm));
        Self { dots_per_mm, picture, reference: (0, 0), cuts: false }
    }

    /// Takes one immediate command `ESC !` and a letter.
    pub(super) fn take_immediate(input: &[u8]) -> Taken {
        let Some(code) = input.get(..3) else { return Taken::More };
        let item = match code {
            [_, b'!', b'S'] => Item::Ask(Question::TsplState),
            [_, b'!', b'?'] => Item::Ask(Question::TsplByte),
            [_, b'!', b'.'] => Item::Cancel,
            [_, b'!', b'P'] => Item::Pause(true),
            [_, b'!', b'O'] => Item::Pause(false),
            [_, b'!', letter] => Item::Unknown(format!("ESC!{}", char::from(*letter))),
            _ => return Taken::Used(1, Some(Item::Unknown("ESC".to_owned()))),
        };
        Taken::Used(3, Some(item))
    }

    /// Takes one line, or a `BITMAP` with its bytes.
    pub(super) fn take(&mut self, input: &[u8]) -> Taken {
        if input.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"BITMAP ")) {
            return self.bitmap(input);
        }
        let end = input.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let end = match end {
            Some(end) => end,
            None if input.len() < LINE_BYTES_MAX => return Taken::More,
            None => input.len(),
        };
        let line = String::from_utf8_lossy(&input[..end]).trim().to_owned();
        Taken::Used(end, self.line(&line))
    }

    fn line(&mut self, line: &str) -> Option<Item> {
        let (word, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let word = word.to_uppercase();
        let number = |at: usize| rest.split(',').nth(at).and_then(|n| n.trim().parse().ok());
        match word.as_str() {
            "SIZE" => return self.size(rest),
            "CLS" => Arc::make_mut(&mut self.picture).bits.fill(0),
            "REFERENCE" => {
                self.reference = (number(0).unwrap_or(0_u32), number(1).unwrap_or(0_u32));
            }
            "PRINT" => {
                let sets = number(0).unwrap_or(1_u32);
                let copies = number(1).unwrap_or(1_u32);
                let copies = sets.saturating_mul(copies).clamp(1, COPIES_MAX);
                let bitmap = self.picture.clone();
                let (language, cut) = (Language::Tspl, self.cuts);
                return Some(Item::Format { bitmap, copies, language, cut });
            }
            "SET" if rest.to_uppercase().starts_with("REPRINT") => {
                return Some(Item::Reprint(!rest.trim().to_uppercase().ends_with("OFF")));
            }
            "SET" if rest.to_uppercase().starts_with("CUTTER") => {
                let every = rest.split_whitespace().nth(1).unwrap_or_default().to_uppercase();
                self.cuts = !matches!(every.as_str(), "OFF" | "0");
            }
            "CUT" => return Some(Item::Cut),
            "GAPDETECT" | "BLINEDETECT" | "AUTODETECT" => return Some(Item::Measure),
            "~!T" => return Some(Item::Ask(Question::TsplModel)),
            known if WITHOUT_DOTS.contains(&known) => {}
            _ => return Some(Item::Unknown(word)),
        }
        None
    }

    /// `SIZE m mm,n mm`, `SIZE m dot,n dot`, or inches. New paper, white.
    fn size(&mut self, rest: &str) -> Option<Item> {
        let mut sides = rest.split(',').map(|side| self.dots(side));
        let width = sides.next().flatten();
        let height = match sides.next() {
            Some(side) => side,
            None => Some(self.picture.height),
        };
        match (width, height) {
            (Some(width), Some(height))
                if u64::from(width.div_ceil(8)) * u64::from(height) <= PICTURE_BYTES_MAX =>
            {
                self.picture = Arc::new(Bitmap::white(width, height));
                None
            }
            _ => Some(Item::Unknown("SIZE".to_owned())),
        }
    }

    fn dots(&self, side: &str) -> Option<u32> {
        let side = side.trim().to_lowercase();
        let per_mm = f64::from(self.dots_per_mm);
        let (number, dots_each) = if let Some(number) = side.strip_suffix("mm") {
            (number, per_mm)
        } else if let Some(number) = side.strip_suffix("dot") {
            (number, 1.0)
        } else {
            (side.as_str(), per_mm * 25.4)
        };
        let dots = (number.trim().parse::<f64>().ok()? * dots_each).round();
        (1.0..=32_000.0).contains(&dots).then_some(dots as u32)
    }

    /// `BITMAP x,y,width in bytes,height,mode,` and then exactly width × height bytes.
    fn bitmap(&mut self, input: &[u8]) -> Taken {
        let unknown = |used| Taken::Used(used, Some(Item::Unknown("BITMAP".to_owned())));
        let commas = input.iter().enumerate().filter(|(_, byte)| **byte == b',').map(|(at, _)| at);
        let Some(fifth) = commas.take(5).nth(4) else {
            return if input.len() < 64 { Taken::More } else { unknown(7) };
        };
        let head = String::from_utf8_lossy(&input[7..fifth]).into_owned();
        let numbers: Option<Vec<u32>> =
            head.split(',').map(|number| number.trim().parse().ok()).collect();
        let Some([x, y, row_bytes, rows, mode]) = numbers.as_deref() else { return unknown(7) };
        let (count, row_bytes) = (u64::from(*row_bytes) * u64::from(*rows), *row_bytes as usize);
        let meet = match mode {
            0 => Meet::Replace,
            1 => Meet::Or,
            2 => Meet::Xor,
            _ => return unknown(fifth + 1),
        };
        if count > PICTURE_BYTES_MAX {
            return unknown(fifth + 1);
        }
        let from = fifth + 1;
        let Some(data) = input.get(from..from + count as usize) else { return Taken::More };
        let ink: Vec<u8> = data.iter().map(|byte| !byte).collect();
        let (x, y) = (x.saturating_add(self.reference.0), y.saturating_add(self.reference.1));
        Arc::make_mut(&mut self.picture).put(x, y, row_bytes, &ink, meet);
        Taken::Used(from + data.len(), None)
    }
}
