//! TSPL's drawing commands on a canvas.

use super::{
    canvas::{Canvas, Letters},
    graphic, unknown,
};
use crate::{
    Refused,
    command::tspl::{Command, picture},
};
use label::{
    barcode::code39,
    page::{Ink, Weight},
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

/// The values behind a word; quoted ones without their quotes.
struct Values(Vec<String>);

impl Values {
    fn of(rest: &[u8]) -> Result<Self, Refused> {
        let text = std::str::from_utf8(rest).map_err(|_| unknown("CODEPAGE"))?;
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

    fn word(&self, nth: usize) -> &str {
        self.0.get(nth).map_or("", |value| value.trim())
    }

    fn last(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }
}

/// Draws a label.
///
/// # Errors
/// Commands, fonts and turns that are not followed; broken values.
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
                let at = (x + origin.0, y + origin.1);
                canvas.picture(at, &graphic::of_tspl(data, row)?)?;
            }
            "TEXT" | "BARCODE" | "QRCODE" | "BAR" | "BOX" | "ERASE" => {
                one(word, &Values::of(command.rest)?, origin, canvas)?;
            }
            _ if command.draws() => return Err(unknown(word)),
            _ => {}
        }
    }
    Ok(())
}

fn one(
    word: &str,
    values: &Values,
    origin: (i32, i32),
    canvas: &mut Canvas,
) -> Result<(), Refused> {
    let number = |nth| values.number(nth);
    let (x, y) = (number(0)? + origin.0, number(1)? + origin.1);
    match word {
        "TEXT" => text((x, y), values, canvas),
        "BARCODE" => barcode((x, y), values, canvas),
        "QRCODE" => {
            upright(number(5)?)?;
            canvas.qr((x, y), number(3)?, values.last())
        }
        "BAR" => canvas.fill([x, y, number(2)?, number(3)?], Ink::Black),
        "ERASE" => canvas.fill([x, y, number(2)?, number(3)?], Ink::White),
        _ => {
            let (right, bottom) = (number(2)? + origin.0, number(3)? + origin.1);
            canvas.frame([x, y, right - x, bottom - y], number(4)?, Ink::Black)
        }
    }
}

/// `TEXT x,y,"font",turn,times across,times down,[place,]"words"`.
fn text((x, y): (i32, i32), values: &Values, canvas: &mut Canvas) -> Result<(), Refused> {
    upright(values.number(3)?)?;
    let font = values.word(2);
    let (across, down) = (values.number(4)?.clamp(1, 10), values.number(5)?.clamp(1, 10));
    let Some((_, width, height)) = FONTS.iter().find(|(name, ..)| *name == font) else {
        return Err(unknown(&format!("font {font}")));
    };
    let (height, advance) = (height * down, width * across);
    let letters = Letters { height, advance, weight: Weight::Regular };
    canvas.text((x, y + height * 4 / 5), values.last(), letters)
}

/// `BARCODE x,y,"kind",height,readable,turn,narrow,wide,[place,]"text"`.
fn barcode((x, y): (i32, i32), values: &Values, canvas: &mut Canvas) -> Result<(), Refused> {
    upright(values.number(5)?)?;
    let (kind, high, module) = (values.word(2), values.number(3)?, values.number(6)?);
    let text = values.last();
    let wide = match kind {
        "128" => canvas.code128((x, y), high, module, text)?,
        "39" => {
            let runs = code39::encode(text).ok_or_else(|| unknown("Code 39"))?;
            canvas.bars((x, y), high, module, runs)?
        }
        other => return Err(unknown(&format!("BARCODE {other}"))),
    };
    if values.number(4)? > 0 {
        let letters = Letters { height: 24, advance: 12, weight: Weight::Regular };
        let left = x + (wide - Canvas::text_width(text, letters)).max(0) / 2;
        canvas.text((left, y + high + 24), text, letters)?;
    }
    Ok(())
}

fn upright(turn: i32) -> Result<(), Refused> {
    if turn == 0 { Ok(()) } else { Err(unknown("turned")) }
}
