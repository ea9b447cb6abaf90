//! EPL2 as the practice printer reads it: one image buffer, `GW`, `P`, and the questions. Source:
//! Zebra "EPL2 Programmer's Manual". A 0 bit of `GW` is black; commands mind their case.

use super::{
    bitmap::{Bitmap, Meet},
    reader::{Item, Language, Question, Taken},
};
use std::sync::Arc;

/// Bytes of the image buffer; a page of 104 mm × 300 mm at 300 dpi fits.
const PICTURE_BYTES_MAX: u64 = 1 << 20;
/// Longest line before its end.
const LINE_BYTES_MAX: usize = 1_024;
/// Most labels one `P` takes.
const COPIES_MAX: u32 = 65_535;
/// Width of the head, and length of a label before `Q` says otherwise.
const SIZE_MM: [u32; 2] = [104, 130];

/// What the printer remembers: the size of the paper and the picture on it.
#[derive(Debug)]
pub(super) struct Epl {
    /// Shared with the labels printed from it, until it is changed.
    picture: Arc<Bitmap>,
    reference: (u32, u32),
    cuts: bool,
}

/// Whether a line can be EPL2: one or two letters, then a digit, a comma or nothing. TSPL's words
/// are longer.
pub(super) fn is_line(line: &[u8]) -> bool {
    let letters = line.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let next = line.get(letters);
    (1..=2).contains(&letters) && next.is_none_or(|byte| byte.is_ascii_digit() || *byte == b',')
}

impl Epl {
    pub(super) fn new(dots_per_mm: u32) -> Self {
        let [width, height] = SIZE_MM.map(|mm| mm * dots_per_mm);
        let picture = Arc::new(Bitmap::white(width, height));
        Self { picture, reference: (0, 0), cuts: false }
    }

    /// Takes `^ee` and its line end.
    pub(super) fn take_question(input: &[u8]) -> Taken {
        match input.get(3) {
            None => Taken::More,
            Some(b'\r' | b'\n') => Taken::Used(4, Some(Item::Ask(Question::EplErrors))),
            Some(_) => Taken::Used(3, Some(Item::Unknown("^ee".to_owned()))),
        }
    }

    /// Takes one line, or a `GW` with its bytes. `None`: the line is no EPL2.
    pub(super) fn take(&mut self, input: &[u8]) -> Option<Taken> {
        if input.starts_with(b"GW") {
            return Some(self.graphic(input));
        }
        let end = input.iter().position(|byte| matches!(byte, b'\r' | b'\n'))?;
        if end > LINE_BYTES_MAX || !is_line(&input[..end]) {
            return None;
        }
        let line = String::from_utf8_lossy(&input[..end]).into_owned();
        Some(Taken::Used(end, self.line(&line)))
    }

    fn line(&mut self, line: &str) -> Option<Item> {
        let rest = line.get(1..).unwrap_or_default();
        let number = |at: usize| rest.split(',').nth(at).and_then(|n| n.trim().parse().ok());
        let letter = line.chars().next().unwrap_or_default();
        match (letter, rest) {
            ('N', "") => Arc::make_mut(&mut self.picture).bits.fill(0),
            ('U', "S") => return Some(Item::Receipts(true)),
            ('U', "N") => return Some(Item::Receipts(false)),
            // AutoSense feeds; nothing is printed.
            ('x', "a") => return Some(Item::Measure),
            // Printed from the top, where the origin is; the other way round the dots are others.
            ('Z', "T") | ('J', "F" | "B") => {}
            ('q', _) => return self.size(number(0), Some(self.picture.height)),
            ('Q', _) => return self.size(Some(self.picture.width), number(0)),
            ('R', _) => self.reference = (number(0).unwrap_or(0), number(1).unwrap_or(0)),
            ('D' | 'S', _) if number(0).is_some_and(|level: u32| level <= 15) => {}
            ('O', options) if options.chars().all(|c| "BCDFLPS,0123456789".contains(c)) => {
                self.cuts = options.contains('C');
            }
            ('P', _) => {
                let (sets, copies) = (number(0).unwrap_or(1_u32), number(1).unwrap_or(1_u32));
                let copies = sets.saturating_mul(copies).clamp(1, COPIES_MAX);
                let bitmap = Arc::clone(&self.picture);
                let (language, cut) = (Language::Epl, self.cuts);
                return Some(Item::Format { bitmap, copies, language, cut });
            }
            _ => return Some(Item::Unknown(line.to_owned())),
        }
        None
    }

    /// New paper, white.
    fn size(&mut self, width: Option<u32>, height: Option<u32>) -> Option<Item> {
        match (width, height) {
            (Some(width @ 1..), Some(height @ 1..))
                if u64::from(width.div_ceil(8)) * u64::from(height) <= PICTURE_BYTES_MAX =>
            {
                self.picture = Arc::new(Bitmap::white(width, height));
                None
            }
            _ => Some(Item::Unknown("q".to_owned())),
        }
    }

    /// `GWx,y,width in bytes,height,` (or a line end for the last comma) and the bytes.
    fn graphic(&mut self, input: &[u8]) -> Taken {
        let ends = |byte: &u8| matches!(byte, b',' | b'\n' | b'\r');
        let parts = input.iter().enumerate().filter(|(_, byte)| ends(byte)).map(|(at, _)| at);
        let Some(fourth) = parts.take(4).nth(3) else {
            let bad = || Taken::Used(2, Some(Item::BadGraphic));
            return if input.len() < 64 { Taken::More } else { bad() };
        };
        let head = String::from_utf8_lossy(&input[2..fourth]).into_owned();
        let numbers: Option<Vec<u32>> =
            head.split(',').map(|part| part.trim().parse().ok()).collect();
        let Some([x, y, row_bytes, rows]) = numbers.as_deref() else {
            return Taken::Used(fourth, Some(Item::BadGraphic));
        };
        let (count, row_bytes) = (u64::from(*row_bytes) * u64::from(*rows), *row_bytes as usize);
        if count == 0 || count > PICTURE_BYTES_MAX {
            return Taken::Used(fourth, Some(Item::BadGraphic));
        }
        // CR LF in place of the comma.
        let from = fourth + 1 + usize::from(input[fourth..].starts_with(b"\r\n"));
        let Some(data) = input.get(from..from + count as usize) else { return Taken::More };
        let ink: Vec<u8> = data.iter().map(|byte| !byte).collect();
        let (x, y) = (x.saturating_add(self.reference.0), y.saturating_add(self.reference.1));
        Arc::make_mut(&mut self.picture).put(x, y, row_bytes, &ink, Meet::Or);
        Taken::Used(from + data.len(), None)
    }
}
