//! ZPL's drawing commands on a canvas.

use super::{canvas::Canvas, graphic, parts::Block, shape::Shape, unknown};
use crate::piece::{Blend, Hold, Place, Turn};
use crate::{Refused, command::zpl::Command, grey::Grey};
use field::{Field, Kind};
use letters::{Encoding, Font};
use std::collections::HashMap;

mod field;
mod letters;
mod sets;

/// Graphics that a label may keep for itself.
const STORED_MAX: usize = 50;

/// What commands before a field have set.
struct State<'c> {
    canvas: &'c mut Canvas,
    home: (i32, i32),
    font: Font,
    /// `^BY`: module, wide ones in tenths of it, and height.
    bars: (i32, i32, i32),
    encoding: Encoding,
    turn: Turn,
    /// `^FW`: places are right ends.
    from_right: bool,
    /// `^LR`: everything is laid against what is there.
    inverts: bool,
    stored: HashMap<Vec<u8>, Grey>,
    field: Field,
}

/// Draws a label.
///
/// # Errors
/// Commands and values that are not followed; broken values.
pub fn draw(commands: &[Command<'_>], canvas: &mut Canvas) -> Result<(), Refused> {
    let mut state = State {
        canvas,
        home: (0, 0),
        font: Font::FIRST,
        bars: (2, 30, 10),
        encoding: Encoding::Printer,
        turn: Turn::Upright,
        from_right: false,
        inverts: false,
        stored: HashMap::new(),
        field: Field::default(),
    };
    for command in commands.iter().filter(|command| command.draws()) {
        state.take(command)?;
    }
    Ok(())
}

fn number(command: &Command<'_>, nth: usize) -> Option<i32> {
    command.number(nth).and_then(|n| i32::try_from(n).ok())
}

impl State<'_> {
    fn take(&mut self, command: &Command<'_>) -> Result<(), Refused> {
        let or = |nth, else_: i32| number(command, nth).unwrap_or(else_);
        let code = command.word();
        match &code {
            b"LH" => self.home = (or(0, 0), or(1, 0)),
            b"CI" => self.encoding = Encoding::of(or(0, 0)),
            b"CF" => {
                self.font =
                    self.font.next(command.letter(0), number(command, 1), number(command, 2))
            }
            b"BY" => {
                let tenths = command.tenths(1).unwrap_or(self.bars.1).clamp(20, 30);
                self.bars = (or(0, self.bars.0).clamp(1, 30), tenths, or(2, self.bars.2));
            }
            b"FW" => {
                self.turn = self.turned(command.letter(0))?;
                self.from_right = self.side(command.letter(1), self.from_right)?;
            }
            b"LR" => self.inverts = command.letter(0) == Some(b'Y'),
            b"FR" => self.field.inverts = true,
            // Which end leaves the printer first is not the drawing's business.
            b"PO" => {}
            b"PM" if command.letter(0) != Some(b'Y') => {}
            b"FP" => {
                if !matches!(command.letter(0), None | Some(b'H')) || or(1, 0) != 0 {
                    return Err(unknown("^FP"));
                }
            }
            b"FO" | b"FT" => {
                self.field.at = (self.home.0 + or(0, 0), self.home.1 + or(1, 0));
                self.field.is_foot = code == *b"FT";
                self.field.from_right = Some(self.side(command.letter(2), self.from_right)?);
            }
            b"FB" => {
                let side = command.letter(3).unwrap_or(b'L');
                if or(4, 0) != 0 {
                    return Err(unknown("^FB, indent"));
                }
                let lines = or(1, 1).max(1) as usize;
                self.field.block = Some(Block { width: or(0, 0), lines, between: or(2, 0), side });
            }
            b"FH" => self.field.hex = Some(command.rest.first().copied().unwrap_or(b'_')),
            b"FD" | b"FV" => self.field.data = Some(command.rest.to_vec()),
            b"FS" => return self.end(),
            b"GB" | b"GC" | b"GD" | b"GE" => return self.shape(command),
            b"GF" => {
                let picture = graphic::of_zpl(command.rest)?;
                self.canvas.picture(self.place(), &picture, (1, 1))?;
            }
            b"DG" | b"XG" | b"IM" | b"ID" => return self.stored(command),
            [b'B', kind] if kind.is_ascii_alphanumeric() => {
                self.field.kind = self.code(command)?;
            }
            [b'A', font] => {
                self.field.turn = Some(self.turned(command.rest.first().copied())?);
                let given = (number(command, 1), number(command, 2));
                self.field.font = Some(self.font.next(Some(*font), given.0, given.1));
            }
            _ => return Err(unknown(&command.name())),
        }
        Ok(())
    }

    /// A turn that is said, or else the one for all.
    fn turned(&self, letter: Option<u8>) -> Result<Turn, Refused> {
        match letter {
            Some(letter) if letter != b',' => {
                Turn::of_letter(letter).ok_or(Refused::Broken("commands"))
            }
            _ => Ok(self.turn),
        }
    }

    /// Whether places are right ends.
    fn side(&self, letter: Option<u8>, before: bool) -> Result<bool, Refused> {
        match letter {
            None => Ok(before),
            // Automatic is left for all scripts that a printer has without a font of its own.
            Some(b'0' | b'2') => Ok(false),
            Some(b'1') => Ok(true),
            Some(_) => Err(Refused::Broken("commands")),
        }
    }

    fn blend(&self) -> Blend {
        if self.inverts || self.field.inverts { Blend::Invert } else { Blend::Over }
    }

    /// Where the field is, upright.
    fn place(&self) -> Place {
        let from_right = self.field.from_right.unwrap_or(self.from_right);
        let hold = match (self.field.is_foot, from_right) {
            (false, false) => Hold::Corner,
            (false, true) => Hold::RightCorner,
            (true, false) => Hold::Foot,
            (true, true) => Hold::RightFoot,
        };
        Place { at: self.field.at, hold, turn: Turn::Upright, blend: self.blend() }
    }

    /// Boxes, circles, ellipses and slanted lines.
    fn shape(&mut self, command: &Command<'_>) -> Result<(), Refused> {
        let or = |nth, else_: i32| number(command, nth).unwrap_or(else_);
        let is = |code| command.is(code);
        // A circle has one size, and its thickness and colour come earlier.
        let (high_at, thick_at) = if is("GC") { (0, 1) } else { (1, 2) };
        let thick = or(thick_at, 1).max(1);
        let (width, height) = (or(0, thick).max(thick), or(high_at, thick).max(thick));
        let white = command.letter(thick_at + 1) == Some(b'W');
        let blend = match self.blend() {
            Blend::Invert => Blend::Invert,
            _ if white => Blend::Erase,
            other => other,
        };
        let (x, y) = self.field.at;
        let y = if self.field.is_foot { y - height } else { y };
        let x = if self.field.from_right == Some(true) { x - width } else { x };
        let place = [x, y, width, height];
        let round = or(4, 0).clamp(0, 8);
        let shape = match () {
            () if is("GB") && round == 0 => return self.canvas.frame(place, thick, blend),
            () if is("GB") => Shape::Round(round),
            () if is("GD") => {
                Shape::Slant(command.letter(4) == Some(b'L') || command.letter(4) == Some(b'\\'))
            }
            () => Shape::Ellipse,
        };
        self.canvas.shape(place, (shape, thick), blend)
    }

    /// Graphics that the label stores for itself: nothing of them is left when it is drawn.
    fn stored(&mut self, command: &Command<'_>) -> Result<(), Refused> {
        let mut parts = command.rest.splitn(2, |&byte| byte == b',');
        let name = named(parts.next().unwrap_or_default());
        match &command.word() {
            b"DG" => {
                let rest = parts.next().ok_or(Refused::Broken("commands"))?;
                if self.stored.len() >= STORED_MAX {
                    return Err(Refused::TooLarge("commands"));
                }
                self.stored.insert(name, graphic::of_stored(rest)?);
            }
            b"ID" => {}
            _ => {
                let Some(picture) = self.stored.get(&name) else {
                    // In the printer's memory, which is not here.
                    return Err(unknown(&command.name()));
                };
                let times = |nth| number(command, nth).unwrap_or(1).clamp(1, 10);
                self.canvas.makes(1, 1)?;
                let place = self.place();
                self.canvas.picture(place, picture, (times(1), times(2)))?;
            }
        }
        Ok(())
    }

    /// What kind of code a command begins.
    fn code(&mut self, command: &Command<'_>) -> Result<Kind, Refused> {
        // A QR code is never turned; of the others the first value says it.
        if !command.is("BQ") && !command.is("BD") {
            self.field.turn = Some(self.turned(command.rest.first().copied())?);
        }
        field::kind(command, self.bars.2)
    }
}

/// A stored thing's name without its place: "R:LOGO.GRF" is "LOGO".
fn named(name: &[u8]) -> Vec<u8> {
    let name = name.trim_ascii().to_ascii_uppercase();
    let name = name.splitn(2, |&byte| byte == b':').last().unwrap_or_default();
    name.split(|&byte| byte == b'.').next().unwrap_or_default().to_vec()
}
