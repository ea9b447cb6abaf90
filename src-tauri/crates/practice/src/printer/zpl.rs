//! ZPL as the practice printer reads it: formats of graphic fields, and the questions.
//! Not in it: text, boxes and barcodes of the printer; such commands are reported as unknown.

use super::{
    bitmap::{Bitmap, Meet},
    graphic::{self, GRAPHIC_BYTES_MAX},
    reader::{Item, Language, Question, Taken},
};
use std::sync::Arc;

/// Decoded graphics one format may hold; more than two full pages of 100 × 210 mm at 300 dpi.
const FORMAT_GRAPHIC_BYTES_MAX: usize = 1 << 20;
/// Longest label, 300 mm at 300 dpi; a Zebra takes 32 000, which would be 5 MB a label here.
const LENGTH_DOTS_MAX: u32 = 3_600;
/// Most copies `^PQ` takes.
const COPIES_MAX: u32 = 99_999_999;
/// Width of the head.
const HEAD_MM: u32 = 104;
/// Length of a label before `^LL` says otherwise.
const LENGTH_MM: u32 = 130;
/// Commands that leave the dots alone.
const WITHOUT_DOTS: [&str; 21] = [
    "CI", "CV", "FX", "FT", "JM", "JU", "LS", "LT", "MC", "MD", "MF", "ML", "MN", "MT", "MU", "PM",
    "PN", "PR", "SD", "TA", "XB",
];

/// What the printer remembers, and the format it is in.
#[derive(Debug)]
pub(super) struct Zpl {
    head_dots: u32,
    width: u32,
    length: u32,
    home: (u32, u32),
    cuts: bool,
    format: Option<Open>,
}

/// A format between `^XA` and `^XZ`.
#[derive(Debug, Default)]
struct Open {
    origin: (u32, u32),
    fields: Vec<Field>,
    graphic_bytes: usize,
    copies: u32,
}

/// A graphic at its place, ink 1 = black.
#[derive(Debug)]
struct Field {
    x: u32,
    y: u32,
    row_bytes: usize,
    ink: Vec<u8>,
}

impl Zpl {
    pub(super) fn new(dots_per_mm: u32) -> Self {
        let (head_dots, length) = (HEAD_MM * dots_per_mm, LENGTH_MM * dots_per_mm);
        Self { head_dots, width: head_dots, length, home: (0, 0), cuts: false, format: None }
    }

    /// Whether a format is open; then everything up to `^XZ` is ZPL.
    pub(super) fn in_format(&self) -> bool {
        self.format.is_some()
    }

    /// Length of the label in dots, as `~HS` tells it.
    pub(super) fn length_dots(&self) -> u32 {
        self.length
    }

    /// Forgets a format that will not be finished.
    pub(super) fn drop_format(&mut self) {
        self.format = None;
    }

    /// Takes one command that starts with `^` or `~`.
    pub(super) fn take(&mut self, input: &[u8]) -> Taken {
        let Some(code) = input.get(1..3) else { return Taken::More };
        let code = String::from_utf8_lossy(code).to_uppercase();
        match (input[0], code.as_str()) {
            (b'^', "XA") => {
                self.format = Some(Open { copies: 1, ..Open::default() });
                Taken::Used(3, None)
            }
            (b'^', "XZ") => Taken::Used(3, self.close()),
            (b'^', "FS") => {
                self.open().origin = (0, 0);
                Taken::Used(3, None)
            }
            (b'^', "GF") => self.graphic(input),
            (b'~', "HS") => Taken::Used(3, Some(Item::Ask(Question::ZplState))),
            (b'~', "HQ") => match input.get(3..5) {
                None => Taken::More,
                Some(code) if code.eq_ignore_ascii_case(b"ES") => {
                    Taken::Used(5, Some(Item::Ask(Question::ZplErrors)))
                }
                Some(_) => Taken::Used(5, Some(Item::Unknown("~HQ".to_owned()))),
            },
            (b'~', "HI") => Taken::Used(3, Some(Item::Ask(Question::ZplModel))),
            (b'~', "JA") => Taken::Used(3, Some(Item::Cancel)),
            (b'~', "PS") => Taken::Used(3, Some(Item::Pause(false))),
            (b'~', "PP") => Taken::Used(3, Some(Item::Pause(true))),
            (prefix, code) => match command_end(input) {
                Some(end) => {
                    // A broken command may end within its two letters.
                    let rest = input.get(3..end).unwrap_or_default();
                    let rest = String::from_utf8_lossy(rest).trim().to_owned();
                    Taken::Used(end, self.set(prefix, code, &rest))
                }
                None => Taken::More,
            },
        }
    }

    fn open(&mut self) -> &mut Open {
        self.format.get_or_insert_with(|| Open { copies: 1, ..Open::default() })
    }

    /// A command with plain numbers after it.
    fn set(&mut self, prefix: u8, code: &str, rest: &str) -> Option<Item> {
        let number = |at: usize| rest.split(',').nth(at).and_then(|n| n.trim().parse().ok());
        let place = (number(0).unwrap_or(0_u32), number(1).unwrap_or(0_u32));
        let place = (place.0.min(LENGTH_DOTS_MAX), place.1.min(LENGTH_DOTS_MAX));
        match code {
            "FO" => self.open().origin = place,
            "LH" => self.home = place,
            "PW" => self.width = number(0).unwrap_or(self.width).clamp(2, self.head_dots),
            "LL" => self.length = number(0).unwrap_or(self.length).clamp(1, LENGTH_DOTS_MAX),
            "PQ" => self.open().copies = number(0).unwrap_or(1).clamp(1, COPIES_MAX),
            "JZ" => return Some(Item::Reprint(!rest.eq_ignore_ascii_case("n"))),
            "MM" => self.cuts = rest.get(..1).is_some_and(|mode| mode.eq_ignore_ascii_case("c")),
            "JC" => return Some(Item::Measure),
            // Upright and not reversed; the other way round the dots would be others.
            "PO" | "LR" if rest.eq_ignore_ascii_case("n") => {}
            known if WITHOUT_DOTS.contains(&known) => {}
            _ => return Some(Item::Unknown(format!("{}{code}", char::from(prefix)))),
        }
        None
    }

    /// `^GFa,b,c,d,data`: b bytes sent, c bytes of dots, d bytes a row.
    fn graphic(&mut self, input: &[u8]) -> Taken {
        let commas = input.iter().enumerate().filter(|(_, byte)| **byte == b',').map(|(at, _)| at);
        let Some(fourth) = commas.take(4).nth(3) else {
            return match command_end(input) {
                Some(end) => Taken::Used(end, Some(Item::BadGraphic)),
                None => Taken::More,
            };
        };
        let head = String::from_utf8_lossy(&input[3..fourth]).into_owned();
        let parts: Vec<&str> = head.split(',').map(str::trim).collect();
        let number = |at: usize| parts[at].parse::<usize>().unwrap_or(0).min(GRAPHIC_BYTES_MAX);
        let (sent, total, row_bytes) = (number(1), number(2), number(3));
        let data = &input[fourth + 1..];
        let (used, ink) = if parts[0].eq_ignore_ascii_case("b") {
            let Some(raw) = data.get(..sent) else { return Taken::More };
            (sent, Ok(raw[..raw.len().min(total)].to_vec()))
        } else {
            let Some(end) = data.iter().position(|byte| matches!(byte, b'^' | b'~')) else {
                return Taken::More;
            };
            (end, graphic::decode(&data[..end], total, row_bytes))
        };
        let item = match ink {
            Ok(ink) if row_bytes > 0 => self.place(row_bytes, ink),
            Ok(_) | Err(_) => Some(Item::BadGraphic),
        };
        Taken::Used(fourth + 1 + used, item)
    }

    fn place(&mut self, row_bytes: usize, ink: Vec<u8>) -> Option<Item> {
        let home = self.home;
        let open = self.open();
        open.graphic_bytes += ink.len();
        if open.graphic_bytes > FORMAT_GRAPHIC_BYTES_MAX {
            return Some(Item::BadGraphic);
        }
        let (x, y) = (home.0 + open.origin.0, home.1 + open.origin.1);
        open.fields.push(Field { x, y, row_bytes, ink });
        None
    }

    /// `^XZ`: a format without a field that prints feeds no paper.
    fn close(&mut self) -> Option<Item> {
        let open = self.format.take().filter(|open| !open.fields.is_empty())?;
        let mut bitmap = Bitmap::white(self.width, self.length);
        for field in &open.fields {
            bitmap.put(field.x, field.y, field.row_bytes, &field.ink, Meet::Or);
        }
        Some(Item::Format {
            bitmap: Arc::new(bitmap),
            copies: open.copies,
            language: Language::Zpl,
            cut: self.cuts,
        })
    }
}

/// A plain command ends before the next prefix or at the end of the line.
fn command_end(input: &[u8]) -> Option<usize> {
    let ends = |byte: &u8| matches!(byte, b'^' | b'~' | b'\r' | b'\n');
    input[1..].iter().position(ends).map(|at| at + 1)
}
