//! CPCL as the practice printer reads it: sessions from `!` to `PRINT` with `CG` and `EG` graphics,
//! and the question. Source: Zebra "CPCL Programming Manual". A 1 bit is black.

use super::{
    bitmap::{Bitmap, Meet},
    reader::{Item, Language, Question, Taken},
};
use std::sync::Arc;

/// Bytes of one picture; a page of 104 mm × 300 mm at 300 dpi fits.
const PICTURE_BYTES_MAX: usize = 1 << 20;
/// Longest line before its end.
const LINE_BYTES_MAX: usize = 1_024;
/// Most labels one session prints.
const COPIES_MAX: u32 = 1_024;
/// Longest label, 300 mm at 300 dpi.
const LENGTH_DOTS_MAX: u32 = 3_600;
/// Width of the head.
const HEAD_MM: u32 = 104;
/// Commands that leave the dots alone.
const WITHOUT_DOTS: [&str; 15] = [
    "BAR-SENSE",
    "CONTRAST",
    "FORM",
    "GAP-SENSE",
    "IN-DOTS",
    "JOURNAL",
    "LABEL",
    "LEFT",
    "NO-PACE",
    "ON-FEED",
    "PACE",
    "POSTFEED",
    "PREFEED",
    "SPEED",
    "TONE",
];

/// What the printer remembers, and the session it is in.
#[derive(Debug)]
pub(super) struct Cpcl {
    head_dots: u32,
    session: Option<Session>,
}

/// A session between `!` and `PRINT`.
#[derive(Debug)]
struct Session {
    /// `None` in `! UTILITIES` and the like, which print nothing.
    page: Option<Page>,
}

#[derive(Debug)]
struct Page {
    bitmap: Bitmap,
    copies: u32,
    cut: bool,
}

impl Cpcl {
    pub(super) fn new(dots_per_mm: u32) -> Self {
        Self { head_dots: HEAD_MM * dots_per_mm, session: None }
    }

    /// Whether a session is open; then everything up to `PRINT` is CPCL.
    pub(super) fn in_session(&self) -> bool {
        self.session.is_some()
    }

    /// Forgets a session that will not be finished.
    pub(super) fn drop_session(&mut self) {
        self.session = None;
    }

    /// Takes the line that begins a session, or a question to the settings (`! U1 getvar`).
    pub(super) fn begin(&mut self, input: &[u8]) -> Taken {
        let Some(end) = line_end(input) else { return Taken::More };
        let line = String::from_utf8_lossy(&input[1..end]).into_owned();
        let mut words = line.split_whitespace();
        let item = match words.next() {
            Some("U1") => Some(match (words.next(), words.next()) {
                (Some("getvar"), Some("\"odometer.total_label_count\"")) => {
                    Item::Ask(Question::Odometer)
                }
                _ => Item::Unknown("! U1".to_owned()),
            }),
            Some("U" | "UTILITIES") => {
                self.session = Some(Session { page: None });
                None
            }
            _ => self.open(&line),
        };
        Taken::Used(end, item)
    }

    /// `! offset dpi dpi height copies`.
    fn open(&mut self, line: &str) -> Option<Item> {
        let numbers: Option<Vec<u32>> =
            line.split_whitespace().map(|word| word.parse().ok()).collect();
        match numbers.as_deref() {
            Some(
                [0, 100..=600, 100..=600, height @ 1..=LENGTH_DOTS_MAX, copies @ 1..=COPIES_MAX],
            ) => {
                let bitmap = Bitmap::white(self.head_dots, *height);
                let copies = *copies;
                self.session = Some(Session { page: Some(Page { bitmap, copies, cut: false }) });
                None
            }
            _ => Some(Item::Unknown("!".to_owned())),
        }
    }

    /// Takes one line of a session, or a graphic with its data.
    pub(super) fn take(&mut self, input: &[u8]) -> Taken {
        if input.len() < 3 && b"CG ".starts_with(input) {
            return Taken::More;
        }
        if input.starts_with(b"CG ") || input.starts_with(b"EG ") {
            return self.graphic(input);
        }
        let Some(end) = line_end(input) else { return Taken::More };
        let line = String::from_utf8_lossy(&input[..end]).trim().to_owned();
        Taken::Used(end.max(1), self.line(&line))
    }

    fn line(&mut self, line: &str) -> Option<Item> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "" => {}
            "PRINT" => {
                let Page { bitmap, copies, cut } = self.session.take()?.page?;
                let bitmap = Arc::new(bitmap);
                return Some(Item::Format { bitmap, copies, language: Language::Cpcl, cut });
            }
            "CUT" => {
                let page = self.session.as_mut().and_then(|session| session.page.as_mut());
                page?.cut = true;
            }
            "END" | "ABORT" => self.session = None,
            "PAGE-WIDTH" | "PW" => {
                let head_dots = self.head_dots;
                let width =
                    rest.trim().parse().ok().filter(|width| (1..=head_dots).contains(width));
                let page = self.session.as_mut().and_then(|session| session.page.as_mut());
                match (width, page) {
                    (Some(width), Some(page)) if page.bitmap.black_dots() == 0 => {
                        page.bitmap = Bitmap::white(width, page.bitmap.height);
                    }
                    _ => return Some(Item::Unknown("PAGE-WIDTH".to_owned())),
                }
            }
            known if WITHOUT_DOTS.contains(&known) => {}
            other => return Some(Item::Unknown(other.to_owned())),
        }
        None
    }

    /// `CG width height x y ` and width × height bytes; `EG` the same in hexadecimal.
    fn graphic(&mut self, input: &[u8]) -> Taken {
        let hex = input[0] == b'E';
        let spaces = input.iter().enumerate().filter(|(_, byte)| **byte == b' ').map(|(at, _)| at);
        let Some(fifth) = spaces.take(5).nth(4) else {
            let bad = || Taken::Used(2, Some(Item::BadGraphic));
            return if input.len() < 64 { Taken::More } else { bad() };
        };
        let head = String::from_utf8_lossy(&input[3..fifth]).into_owned();
        let numbers: Option<Vec<usize>> =
            head.split(' ').map(|number| number.parse().ok()).collect();
        let Some([width, height, x, y]) = numbers.as_deref() else {
            return Taken::Used(fifth, Some(Item::BadGraphic));
        };
        let count = width.saturating_mul(*height);
        if count == 0 || count > PICTURE_BYTES_MAX {
            return Taken::Used(fifth, Some(Item::BadGraphic));
        }
        let from = fifth + 1;
        let sent = if hex { count * 2 } else { count };
        let Some(data) = input.get(from..from + sent) else { return Taken::More };
        let ink = if hex { digits(data) } else { Some(data.to_vec()) };
        let page = self.session.as_mut().and_then(|session| session.page.as_mut());
        let item = match (ink, page) {
            (Some(ink), Some(page)) => {
                let place = |dots: &usize| u32::try_from(*dots).unwrap_or(u32::MAX);
                page.bitmap.put(place(x), place(y), *width, &ink, Meet::Or);
                None
            }
            _ => Some(Item::BadGraphic),
        };
        Taken::Used(from + sent, item)
    }
}

fn digits(data: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|value| value as u8);
    data.chunks_exact(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}

fn line_end(input: &[u8]) -> Option<usize> {
    let end = input.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    end.or_else(|| (input.len() >= LINE_BYTES_MAX).then_some(input.len()))
}
