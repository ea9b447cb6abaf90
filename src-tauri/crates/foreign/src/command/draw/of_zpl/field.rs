//! A field, from what kind it is to its end.

use super::{
    super::{
        parts::{Bar, Block},
        unknown,
    },
    State,
    letters::{Font, unescaped},
    number, sets,
};
use crate::piece::{Place, Turn};
use crate::{Refused, command::zpl::Command};
use label::barcode::{Grid, code39, data_matrix, ean, itf, maxicode, pdf417};

/// What a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Bars { what: Linear, height: i32, line: Option<bool> },
    Qr { module: i32 },
    DataMatrix { module: i32 },
    Pdf417 { row: Option<i32>, level: u8, columns: Option<u8>, rows: usize },
    MaxiCode { mode: u32 },
}

/// Kinds of bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linear {
    /// Code 128, its sets named by the field, by the printer, or as GS1 wants a parcel's number.
    Code128(u8),
    /// Code 39, with a check character.
    Code39(bool),
    /// Interleaved 2 of 5, with a check digit.
    Itf(bool),
    /// EAN-13.
    Ean13,
    /// EAN-8.
    Ean8,
    /// UPC-A.
    UpcA,
}

/// The field being described.
#[derive(Debug, Clone)]
pub struct Field {
    pub at: (i32, i32),
    /// `^FT`: the place is where it stands.
    pub is_foot: bool,
    pub from_right: Option<bool>,
    pub turn: Option<Turn>,
    pub inverts: bool,
    pub kind: Kind,
    pub font: Option<Font>,
    pub block: Option<Block>,
    pub hex: Option<u8>,
    pub data: Option<Vec<u8>>,
}

impl Default for Field {
    fn default() -> Self {
        Self {
            at: (0, 0),
            is_foot: false,
            from_right: None,
            turn: None,
            inverts: false,
            kind: Kind::Text,
            font: None,
            block: None,
            hex: None,
            data: None,
        }
    }
}

/// The kind a command begins; `height` is that of bars where none is said.
///
/// # Errors
/// Kinds and values that are not followed.
pub fn kind(command: &Command<'_>, height: i32) -> Result<Kind, Refused> {
    let said = |nth| number(command, nth);
    let is_yes = |nth| command.letter(nth) == Some(b'Y');
    // A line for people, and whether it is above, if `nth` does not say no.
    let line = |nth, usual: bool| {
        let shown = command.letter(nth).map_or(usual, |letter| letter == b'Y');
        shown.then(|| command.letter(nth + 1) == Some(b'Y'))
    };
    let bars = |what, high: usize, shown: usize| {
        let height = said(high).filter(|height| *height > 0).unwrap_or(height);
        Kind::Bars { what, height, line: line(shown, true) }
    };
    Ok(match &command.word() {
        b"BC" => {
            let mode = command.letter(5).unwrap_or(b'N');
            if !matches!(mode, b'N' | b'A' | b'U') || is_yes(4) {
                return Err(unknown("^BC, mode"));
            }
            bars(Linear::Code128(mode), 1, 2)
        }
        b"B3" => bars(Linear::Code39(is_yes(1)), 2, 3),
        b"B2" => bars(Linear::Itf(is_yes(4)), 1, 2),
        b"BE" => bars(Linear::Ean13, 1, 2),
        b"B8" => bars(Linear::Ean8, 1, 2),
        b"BU" => bars(Linear::UpcA, 1, 2),
        b"BQ" => Kind::Qr { module: said(2).unwrap_or(2) },
        b"BX" => {
            // Other qualities are codes of before 2000, which no phone reads.
            if said(2).is_some_and(|quality| quality != 200) || command.letter(6).is_some() {
                return Err(unknown("^BX, quality"));
            }
            Kind::DataMatrix { module: said(1).unwrap_or(4) }
        }
        b"B7" => {
            if is_yes(5) {
                return Err(unknown("^B7, truncated"));
            }
            Kind::Pdf417 {
                row: said(1).filter(|row| *row > 0),
                level: said(2).and_then(|level| u8::try_from(level).ok()).unwrap_or(0),
                columns: said(3).and_then(|columns| u8::try_from(columns).ok()),
                rows: said(4).and_then(|rows| usize::try_from(rows).ok()).unwrap_or(0).min(90),
            }
        }
        b"BD" => {
            if said(2).unwrap_or(1) != 1 {
                return Err(unknown("^BD, several"));
            }
            Kind::MaxiCode { mode: command.number(0).unwrap_or(2) }
        }
        _ => return Err(unknown(&command.name())),
    })
}

impl State<'_> {
    /// `^FS`: the field is complete.
    pub fn end(&mut self) -> Result<(), Refused> {
        let at = self.place();
        let field = std::mem::take(&mut self.field);
        let Some(data) = &field.data else { return Ok(()) };
        let text = self.encoding.text(unescaped(data, field.hex)?)?;
        if text.is_empty() {
            return Ok(());
        }
        let place = Place { turn: field.turn.unwrap_or(self.turn), ..at };
        match field.kind {
            Kind::Text => {
                let letters = field.font.unwrap_or(self.font).letters();
                match field.block {
                    Some(block) => self.canvas.block(place, &text, block, letters),
                    None => self.canvas.text(place, &text, letters),
                }
            }
            Kind::Bars { what, height, line } => self.linear(place, what, (height, line), &text),
            Kind::Qr { module } => {
                // "QA,text": error level, how the text is given, and then the text.
                let Some((b"A", text)) = text
                    .split_once(',')
                    .map(|(how, text)| (&how.as_bytes()[how.len().saturating_sub(1)..], text))
                else {
                    return Err(unknown("^BQ, mode"));
                };
                // Printers begin it lower by the height of bars.
                let down = if field.is_foot { 0 } else { self.bars.2 };
                let at = (place.at.0, place.at.1 + down);
                self.canvas.qr(Place { at, turn: Turn::Upright, ..place }, module, text)
            }
            Kind::DataMatrix { module } => {
                // Functions stand in it after a mark, the one of old or the one of new printers.
                if text.contains('~') || text.contains("_1") {
                    return Err(unknown("^BX, function code"));
                }
                let grid = data_matrix::encode(&text).ok_or_else(|| unknown("Data Matrix"))?;
                self.canvas.grid(place, (module, module), grid)
            }
            Kind::Pdf417 { row, level, columns, rows } => {
                let columns = match (columns, rows) {
                    (Some(columns @ 1..=30), _) => columns,
                    _ => return Err(unknown("^B7, columns")),
                };
                let grid = pdf417::encode_at(&text, columns, Some(level), rows);
                let grid = grid.ok_or_else(|| unknown("PDF417"))?;
                let high = grid.height().max(1) as i32;
                let row = row.unwrap_or((self.bars.2 / high).max(1));
                self.canvas.grid(place, (self.bars.0, row), grid)
            }
            Kind::MaxiCode { mode } => {
                let grid = maxi(mode, &text).ok_or_else(|| unknown("^BD"))?;
                self.canvas.maxicode(Place { turn: Turn::Upright, ..place }, &grid)
            }
        }
    }

    fn linear(
        &mut self,
        place: Place,
        what: Linear,
        (height, line): (i32, Option<bool>),
        text: &str,
    ) -> Result<(), Refused> {
        let plain = |runs: Option<Vec<u8>>, name: &str| {
            runs.map(|runs| (runs, text.to_owned())).ok_or_else(|| unknown(name))
        };
        let ((runs, text), wide) = match what {
            Linear::Code128(b'N') => (sets::named(text)?, None),
            Linear::Code128(b'U') => (sets::parcel(text)?, None),
            Linear::Code128(_) => (sets::chosen(text)?, None),
            Linear::Code39(check) => {
                let own = if check { code39::with_check(text) } else { Some(text.to_owned()) };
                (plain(own.and_then(|text| code39::encode(&text)), "Code 39")?, Some(self.bars.1))
            }
            Linear::Itf(check) => {
                let own = if check { itf::with_check(text) } else { Some(text.to_owned()) };
                // Pairs of digits: to an odd number printers add a nought.
                let own = own.map(|own| if own.len() % 2 == 1 { format!("0{own}") } else { own });
                (plain(own.and_then(|text| itf::encode(&text)), "^B2")?, Some(self.bars.1))
            }
            Linear::Ean13 => (plain(ean::encode_13(text), "^BE")?, None),
            Linear::Ean8 => (plain(ean::encode_8(text), "^B8")?, None),
            Linear::UpcA => (plain(ean::encode_upc_a(text), "^BU")?, None),
        };
        let line = line.map(|above| (text, above));
        let module = self.bars.0;
        self.canvas.bars(place, Bar { runs, height, module, wide_tenths: wide, line })
    }
}

/// `^BD`: class of service, country and postcode in front of the text in modes 2 and 3.
fn maxi(mode: u32, text: &str) -> Option<Grid> {
    let head = match mode {
        2 => 15,
        3 => 12,
        4 => return maxicode::encode(text, None),
        _ => return None,
    };
    // A postcode of five digits may go without the other four.
    let end = text.find("[)>").filter(|at| *at < head).unwrap_or(head);
    let (head, rest) = (text.get(..end)?, text.get(end..)?);
    let (service, country) = (head.get(..3)?.parse().ok()?, head.get(3..6)?.parse().ok()?);
    let postcode = head.get(6..)?;
    // Nine digits are mode 2, letters mode 3: whichever the postcode needs.
    let postcode = postcode.to_owned();
    maxicode::encode(rest, Some(&maxicode::Route { postcode, country, service }))
}
