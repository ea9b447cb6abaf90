//! TSPL's drawing commands on a canvas.

use super::{
    canvas::Canvas,
    graphic,
    parts::{Bar, Block, Letters},
    shape::Shape,
    unknown,
};
use crate::piece::{Blend, Hold, Place, Turn};
use crate::{
    Refused,
    command::tspl::{Command, picture},
};
use encoding_rs::GB18030;
use label::{
    barcode::{code39, code128, data_matrix, ean, itf},
    page::Weight,
};

/// Built-in fonts: name, width and height of a cell, in dots.
const FONTS: [(&str, i32, i32); 8] = [
    ("1", 8, 12),
    ("2", 12, 20),
    ("3", 16, 24),
    ("4", 24, 32),
    ("5", 32, 48),
    ("6", 14, 19),
    ("7", 21, 27),
    ("8", 14, 25),
];
/// Fonts for simplified Chinese: name, side of a Han character's cell.
const HAN: [(&str, i32); 4] =
    [("TSS16.BF2", 16), ("TSS20.BF2", 20), ("TSS24.BF2", 24), ("TSS32.BF2", 32)];
/// A typographer's point, µm: what the outlined fonts are measured in.
const POINT_UM: i32 = 353;

/// The values behind a word; quoted ones without their quotes.
struct Values(Vec<String>);

impl Values {
    fn of(rest: &[u8]) -> Result<Self, Refused> {
        let text = match std::str::from_utf8(rest) {
            Ok(text) => text.to_owned(),
            // The fonts for simplified Chinese are told in GB18030, and nothing else beyond ASCII.
            Err(_) if HAN.iter().any(|(name, _)| has(rest, name)) => {
                let text = GB18030.decode_without_bom_handling_and_without_replacement(rest);
                text.ok_or_else(|| unknown("CODEPAGE"))?.into_owned()
            }
            Err(_) => return Err(unknown("CODEPAGE")),
        };
        let mut values = vec![String::new()];
        let (mut quoted, mut escaped) = (false, false);
        for c in text.trim().chars() {
            match c {
                '\\' if quoted && !escaped => escaped = true,
                '"' if !escaped => quoted = !quoted,
                ',' if !quoted => values.push(String::new()),
                _ => {
                    if let Some(last) = values.last_mut() {
                        last.push(c);
                    }
                    escaped = false;
                }
            }
        }
        Ok(Self(values))
    }

    fn number(&self, nth: usize) -> Result<i32, Refused> {
        let value = self.0.get(nth).and_then(|value| value.trim().parse().ok());
        value.filter(|n| (0..=99_999).contains(n)).ok_or(Refused::Broken("commands"))
    }

    /// A number that need not be there.
    fn perhaps(&self, nth: usize) -> Option<i32> {
        if nth + 1 >= self.0.len() { None } else { self.number(nth).ok() }
    }

    fn word(&self, nth: usize) -> &str {
        self.0.get(nth).map_or("", |value| value.trim())
    }

    fn last(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    fn turn(&self, nth: usize) -> Result<Turn, Refused> {
        Turn::of_degrees(self.number(nth)?).ok_or_else(|| unknown("turned"))
    }
}

fn has(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|at| at.eq_ignore_ascii_case(word.as_bytes()))
}

/// Draws a label.
///
/// # Errors
/// Commands, fonts and values that are not followed; broken values.
pub fn draw(commands: &[Command<'_>], canvas: &mut Canvas) -> Result<(), Refused> {
    let mut origin = (0, 0);
    for command in commands {
        let word = command.word.as_str();
        match word {
            "REFERENCE" => {
                let values = Values::of(command.rest)?;
                origin = (values.number(0)?, values.number(1)?);
            }
            "BITMAP" => {
                let (x, y, row, data) = picture(command).ok_or(Refused::Broken("commands"))?;
                let place = upright((x + origin.0, y + origin.1));
                canvas.picture(place, &graphic::of_tspl(data, row)?, (1, 1))?;
            }
            "TEXT" | "BLOCK" | "BARCODE" | "QRCODE" | "DMATRIX" | "BAR" | "BOX" | "ERASE"
            | "REVERSE" | "CIRCLE" | "ELLIPSE" => {
                one(word, &Values::of(command.rest)?, origin, canvas)?;
            }
            _ if command.draws() => return Err(unknown(word)),
            _ => {}
        }
    }
    Ok(())
}

fn upright(at: (i32, i32)) -> Place {
    Place { at, hold: Hold::Pivot, turn: Turn::Upright, blend: Blend::Over }
}

fn one(
    word: &str,
    values: &Values,
    origin: (i32, i32),
    canvas: &mut Canvas,
) -> Result<(), Refused> {
    let number = |nth| values.number(nth);
    let (x, y) = (number(0)? + origin.0, number(1)? + origin.1);
    let place = upright((x, y));
    match word {
        "TEXT" => text(place, values, canvas),
        "BLOCK" => block(place, values, canvas),
        "BARCODE" => barcode(place, values, canvas),
        "QRCODE" => canvas.qr(Place { turn: values.turn(5)?, ..place }, number(3)?, values.last()),
        "DMATRIX" => matrix(place, values, canvas),
        "BAR" => canvas.fill([x, y, number(2)?, number(3)?], Blend::Over),
        "ERASE" => canvas.fill([x, y, number(2)?, number(3)?], Blend::Erase),
        "REVERSE" => canvas.fill([x, y, number(2)?, number(3)?], Blend::Invert),
        "CIRCLE" => {
            let (side, thick) = (number(2)?, number(3)?);
            canvas.shape([x, y, side, side], (Shape::Ellipse, thick), Blend::Over)
        }
        "ELLIPSE" => {
            let size = [x, y, number(2)?, number(3)?];
            canvas.shape(size, (Shape::Ellipse, number(4)?), Blend::Over)
        }
        _ => {
            let (right, bottom) = (number(2)? + origin.0, number(3)? + origin.1);
            if values.0.len() > 5 && number(5)? > 0 {
                return Err(unknown("BOX, radius"));
            }
            canvas.frame([x, y, right - x, bottom - y], number(4)?, Blend::Over)
        }
    }
}

/// A font by its name, so many times as wide and high.
fn letters(name: &str, across: i32, down: i32, canvas: &Canvas) -> Result<Letters, Refused> {
    let name = name.to_ascii_uppercase();
    let weight = Weight::Regular;
    if let Some((_, width, height)) = FONTS.iter().find(|(own, ..)| *own == name) {
        let (across, down) = (across.clamp(1, 10), down.clamp(1, 10));
        let height = height * down;
        return Ok(Letters { height, advance: width * across, wide: height, weight });
    }
    if let Some((_, side)) = HAN.iter().find(|(own, _)| *own == name) {
        let (across, down) = (across.clamp(1, 10), down.clamp(1, 10));
        let (wide, height) = (side * across, side * down);
        return Ok(Letters { height, advance: (wide / 2).max(1), wide, weight });
    }
    if name == "0" || name.ends_with(".TTF") {
        // Outlines, in points.
        let dots = |points: i32| canvas.theirs_of_um(points.clamp(1, 300) * POINT_UM);
        let (wide, height) = (dots(across), dots(down));
        return Ok(Letters { height, advance: (wide * 11 / 20).max(1), wide, weight });
    }
    Err(unknown(&format!("font {name}")))
}

/// `TEXT x,y,"font",turn,times across,times down,[place,]"words"`.
fn text(place: Place, values: &Values, canvas: &mut Canvas) -> Result<(), Refused> {
    let letters = letters(values.word(2), values.number(4)?, values.number(5)?, canvas)?;
    let place = Place { turn: values.turn(3)?, ..place };
    beside(values.perhaps(6))?;
    canvas.text(place, values.last(), letters)
}

/// `BLOCK x,y,width,height,"font",turn,times across,times down,[between,][place,][fit,]"words"`.
fn block(place: Place, values: &Values, canvas: &mut Canvas) -> Result<(), Refused> {
    let letters = letters(values.word(4), values.number(6)?, values.number(7)?, canvas)?;
    let place = Place { turn: values.turn(5)?, ..place };
    let between = values.perhaps(8).unwrap_or(0);
    let side = match values.perhaps(9) {
        Some(2) => b'C',
        Some(3) => b'R',
        _ => b'L',
    };
    let (width, height) = (values.number(2)?, values.number(3)?);
    let pitch = (letters.height + between).max(1);
    let lines = ((height + between) / pitch).max(1) as usize;
    canvas.block(place, values.last(), Block { width, lines, between, side }, letters)
}

/// `BARCODE x,y,"kind",height,readable,turn,narrow,wide,[place,]"text"`.
fn barcode(place: Place, values: &Values, canvas: &mut Canvas) -> Result<(), Refused> {
    let place = Place { turn: values.turn(5)?, ..place };
    let (height, module, wide) = (values.number(3)?, values.number(6)?, values.number(7)?);
    beside(values.perhaps(8))?;
    let kind = values.word(2).to_ascii_uppercase();
    let text = values.last();
    let runs = match kind.as_str() {
        "128" | "128M" => code128::encode(text.strip_prefix("!105").unwrap_or(text)),
        "39" => code39::encode(text),
        "39C" => code39::with_check(text).and_then(|text| code39::encode(&text)),
        "25" => itf::encode(text),
        "25C" => itf::with_check(text).and_then(|text| itf::encode(&text)),
        "EAN13" => ean::encode_13(text),
        "EAN8" => ean::encode_8(text),
        "UPCA" => ean::encode_upc_a(text),
        _ => None,
    };
    let runs = runs.ok_or_else(|| unknown(&format!("BARCODE {kind}")))?;
    let two_widths = kind.starts_with("39") || kind.starts_with("25");
    let tenths = (wide * 10 / module.max(1)).clamp(20, 30);
    let wide_tenths = two_widths.then_some(tenths);
    let line = (values.number(4)? > 0).then(|| (text.to_owned(), false));
    canvas.bars(place, Bar { runs, height, module, wide_tenths, line })
}

/// `DMATRIX x,y,width,height,[c…,][xmodule,][rturn,][rows,columns,]"text"`.
fn matrix(place: Place, values: &Values, canvas: &mut Canvas) -> Result<(), Refused> {
    let (mut module, mut turn) = (None, Turn::Upright);
    for value in values.0.iter().take(values.0.len().saturating_sub(1)).skip(4) {
        let value = value.trim().to_ascii_lowercase();
        let number = |mark: char| value.strip_prefix(mark).and_then(|rest| rest.parse().ok());
        if let Some(dots) = number('x') {
            module = Some(dots);
        } else if let Some(degrees) = number('r') {
            turn = Turn::of_degrees(degrees).ok_or_else(|| unknown("turned"))?;
        } else if value.starts_with('c') {
            return Err(unknown("DMATRIX, escape"));
        }
    }
    let grid = data_matrix::encode(values.last()).ok_or_else(|| unknown("Data Matrix"))?;
    // Without a module it is as large as its field lets it be.
    let side = grid.width.max(1) as i32;
    let module = module.unwrap_or((values.number(2)?.min(values.number(3)?) / side).max(1));
    canvas.grid(Place { turn, ..place }, (module, module), grid)
}

/// Texts and bars in the middle of their place, or ending there, are not followed.
fn beside(place: Option<i32>) -> Result<(), Refused> {
    match place {
        None | Some(0 | 1) => Ok(()),
        Some(_) => Err(unknown("alignment")),
    }
}
