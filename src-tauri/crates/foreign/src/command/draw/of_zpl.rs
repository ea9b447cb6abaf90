//! ZPL's drawing commands on a canvas.

use super::{
    canvas::{Canvas, Letters},
    graphic, unknown,
};
use crate::{Refused, command::zpl::Command};
use label::{
    barcode::{code39, data_matrix},
    page::{Ink, Weight},
};

/// What a field is.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Code128 { height: i32, readable: bool },
    Code39 { height: i32, readable: bool },
    Qr { module: i32 },
    DataMatrix { module: i32 },
}

/// `^FB`: width, lines, dots between them, place.
#[derive(Debug, Clone, Copy)]
struct Block {
    width: i32,
    lines: usize,
    between: i32,
    place: u8,
}

/// The field being described.
#[derive(Debug, Clone)]
struct Field {
    at: (i32, i32),
    /// `^FT`: its lower edge, or where letters stand.
    from_below: bool,
    kind: Kind,
    font: (i32, i32),
    block: Option<Block>,
    hex: Option<u8>,
    data: Option<Vec<u8>>,
}

/// What commands before a field have set.
struct State<'c> {
    canvas: &'c mut Canvas,
    home: (i32, i32),
    font: (i32, i32),
    /// `^BY`: module and height.
    bars: (i32, i32),
    utf8: bool,
    field: Field,
}

fn empty(font: (i32, i32)) -> Field {
    let (at, from_below) = ((0, 0), false);
    Field { at, from_below, kind: Kind::Text, font, block: None, hex: None, data: None }
}

/// Draws a label.
///
/// # Errors
/// Commands and turns that are not followed; broken values.
pub fn draw(commands: &[Command<'_>], canvas: &mut Canvas) -> Result<(), Refused> {
    let font = (9, 5);
    let (home, bars) = ((0, 0), (2, 10));
    let mut state = State { canvas, home, font, bars, utf8: false, field: empty(font) };
    for command in commands.iter().filter(|command| command.draws()) {
        state.take(command)?;
    }
    Ok(())
}

impl State<'_> {
    fn take(&mut self, command: &Command<'_>) -> Result<(), Refused> {
        let number = |nth| command.number(nth).and_then(|n| i32::try_from(n).ok());
        let or = |nth, else_: i32| number(nth).unwrap_or(else_);
        let code = command.word();
        match &code {
            b"LH" => self.home = (or(0, 0), or(1, 0)),
            b"CI" => self.utf8 = number(0) == Some(28),
            b"CF" => self.font = sized((number(1), number(2)), self.font),
            b"BY" => self.bars = (or(0, 2).clamp(1, 30), or(2, self.bars.1)),
            b"FW" | b"LR" | b"PO" | b"FP" => return plain(command),
            b"FO" | b"FT" => {
                self.field.at = (self.home.0 + or(0, 0), self.home.1 + or(1, 0));
                self.field.from_below = code == *b"FT";
            }
            b"FB" => {
                let place = command.letter(3).unwrap_or(b'L');
                let lines = or(1, 1).max(1) as usize;
                let block = Block { width: or(0, 0), lines, between: or(2, 0), place };
                self.field.block = Some(block);
            }
            b"FH" => self.field.hex = Some(command.letter(0).unwrap_or(b'_')),
            b"FD" => self.field.data = Some(command.rest.to_vec()),
            b"GB" => {
                let thick = or(2, 1).max(1);
                let (width, height) = (or(0, thick).max(thick), or(1, thick).max(thick));
                let ink = if command.letter(3) == Some(b'W') { Ink::White } else { Ink::Black };
                let (x, y) = self.upper(height);
                self.canvas.frame([x, y, width, height], thick, ink)?;
            }
            b"GF" => {
                let picture = graphic::of_zpl(command.rest)?;
                let at = self.upper(picture.height as i32);
                self.canvas.picture(at, &picture)?;
            }
            b"BC" | b"B3" | b"BQ" | b"BX" => self.field.kind = self.code(command)?,
            b"FS" => return self.end(),
            [b'A', _] => {
                upright(command.rest.first())?;
                self.field.font = sized((number(1), number(2)), self.font);
            }
            _ => return Err(unknown(&command.name())),
        }
        Ok(())
    }

    /// The upper left corner of something so high.
    fn upper(&self, height: i32) -> (i32, i32) {
        let (x, y) = self.field.at;
        (x, if self.field.from_below { y - height } else { y })
    }

    fn code(&self, command: &Command<'_>) -> Result<Kind, Refused> {
        let number = |nth| command.number(nth).and_then(|n| i32::try_from(n).ok());
        let readable = |nth| command.letter(nth) != Some(b'N');
        // A QR code is never turned; of the others the first value says it.
        if !command.is("BQ") {
            upright(command.rest.first())?;
        }
        match &command.word() {
            b"BC" => {
                if matches!(command.letter(5), Some(b'U' | b'D')) {
                    return Err(unknown("^BC, mode"));
                }
                let height = number(1).unwrap_or(self.bars.1);
                Ok(Kind::Code128 { height, readable: readable(2) })
            }
            b"B3" => {
                if command.letter(1) == Some(b'Y') {
                    return Err(unknown("^B3, check digit"));
                }
                let height = number(2).unwrap_or(self.bars.1);
                Ok(Kind::Code39 { height, readable: readable(3) })
            }
            b"BQ" => Ok(Kind::Qr { module: number(2).unwrap_or(2) }),
            _ => Ok(Kind::DataMatrix { module: number(1).unwrap_or(4) }),
        }
    }

    /// `^FS`: the field is complete.
    fn end(&mut self) -> Result<(), Refused> {
        let field = std::mem::replace(&mut self.field, empty(self.font));
        let Some(data) = &field.data else { return Ok(()) };
        let data = unescaped(data, field.hex)?;
        if !data.is_ascii() && !self.utf8 {
            return Err(unknown("^CI"));
        }
        let text = String::from_utf8(data).map_err(|_| Refused::Broken("commands"))?;
        let module = self.bars.0;
        let (x, y) = field.at;
        let top = |height| if field.from_below { y - height } else { y };
        match field.kind {
            Kind::Text => self.text(&field, &text),
            Kind::Code128 { height, readable } => {
                let text = without_sets(&text)?;
                let wide = self.canvas.code128((x, top(height)), height, module, &text)?;
                self.beneath(readable, (x, top(height) + height), wide, &text)
            }
            Kind::Code39 { height, readable } => {
                let runs = code39::encode(&text).ok_or_else(|| unknown("Code 39"))?;
                let wide = self.canvas.bars((x, top(height)), height, module, runs)?;
                self.beneath(readable, (x, top(height) + height), wide, &text)
            }
            Kind::Qr { module } => {
                // "QA,text": error level, how the text is given, and then the text.
                let Some((b"A", text)) = text
                    .split_once(',')
                    .map(|(how, text)| (&how.as_bytes()[how.len().saturating_sub(1)..], text))
                else {
                    return Err(unknown("^BQ, mode"));
                };
                self.canvas.qr((x, y), module, text)
            }
            Kind::DataMatrix { module } => {
                let grid = data_matrix::encode(&text).ok_or_else(|| unknown("Data Matrix"))?;
                let high = grid.height() as i32 * module;
                self.canvas.grid((x, top(high)), module, grid)
            }
        }
    }

    /// The line for people under bars.
    fn beneath(
        &mut self,
        readable: bool,
        (x, y): (i32, i32),
        wide: i32,
        text: &str,
    ) -> Result<(), Refused> {
        if !readable {
            return Ok(());
        }
        let height = 9 * self.bars.0;
        let letters = Letters { height, advance: 6 * self.bars.0, weight: Weight::Regular };
        let left = x + (wide - Canvas::text_width(text, letters)).max(0) / 2;
        self.canvas.text((left, y + height + self.bars.0), text, letters)
    }

    fn text(&mut self, field: &Field, text: &str) -> Result<(), Refused> {
        let (height, width) = field.font;
        // Font 0 is narrow: its letters take half of their height, its figures a little more.
        let letters = Letters { height, advance: width * 11 / 20, weight: Weight::Bold };
        let (x, y) = field.at;
        let first = if field.from_below { y } else { y + height * 4 / 5 };
        let Some(block) = field.block else { return self.canvas.text((x, first), text, letters) };
        let lines = wrapped(text, block.width, letters);
        if lines.len() > block.lines {
            // A printer would print the rest over the last line.
            return Err(unknown("^FB, lines"));
        }
        let from_below = if field.from_below { lines.len() as i32 - 1 } else { 0 };
        let pitch = height + block.between;
        for (line, nth) in lines.iter().zip(0..) {
            let free = (block.width - Canvas::text_width(line, letters)).max(0);
            let x = x + match block.place {
                b'C' => free / 2,
                b'R' => free,
                _ => 0,
            };
            self.canvas.text((x, first + (nth - from_below) * pitch), line, letters)?;
        }
        Ok(())
    }
}

/// Height and width of a font, of which one may follow from the other or from before.
fn sized((height, width): (Option<i32>, Option<i32>), before: (i32, i32)) -> (i32, i32) {
    let given = |side: Option<i32>| side.filter(|side| *side > 0);
    match (given(height), given(width)) {
        (Some(height), Some(width)) => (height, width),
        (Some(height), None) => (height, height),
        (None, Some(width)) => (width, width),
        (None, None) => before,
    }
}

/// Commands of which only the usual value is followed.
fn plain(command: &Command<'_>) -> Result<(), Refused> {
    match command.letter(0) {
        None | Some(b'N' | b'H') => Ok(()),
        // Which end leaves the printer first is not the drawing's business.
        Some(_) if command.is("PO") => Ok(()),
        Some(_) => Err(unknown(&command.name())),
    }
}

fn upright(turn: Option<&u8>) -> Result<(), Refused> {
    match turn.map(u8::to_ascii_uppercase) {
        Some(b'R' | b'I' | b'B') => Err(unknown("turned")),
        _ => Ok(()),
    }
}

/// `_41` is `A` after `^FH`.
fn unescaped(data: &[u8], hex: Option<u8>) -> Result<Vec<u8>, Refused> {
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

/// A Code 128's text without its own switches of sets, which ours finds by itself.
fn without_sets(text: &str) -> Result<String, Refused> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '>' => match chars.next() {
                Some(':' | ';' | '9' | '5' | '6' | '7') => {}
                Some('<') => out.push('>'),
                _ => return Err(unknown("^BC, function code")),
            },
            _ => out.push(c),
        }
    }
    Ok(out)
}

/// Lines of a block: at `\&`, between words, and between Han characters.
fn wrapped(text: &str, width: i32, letters: Letters) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\\&") {
        let mut line = String::new();
        let mut words: Vec<String> = Vec::new();
        for c in paragraph.chars() {
            match words.last_mut() {
                Some(word) if c.is_ascii() && word.is_ascii() && !word.ends_with(' ') => {
                    word.push(c);
                }
                _ => words.push(c.to_string()),
            }
        }
        for word in words {
            let longer = format!("{line}{word}");
            let is_over = Canvas::text_width(longer.trim_end(), letters) > width;
            if is_over && !line.trim().is_empty() {
                lines.push(line.trim_end().to_owned());
                line = word.trim_start().to_owned();
            } else {
                line = longer;
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}
