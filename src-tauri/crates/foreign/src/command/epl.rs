//! EPL2 of others, taken apart. As with ZPL, only commands that draw are passed on. A command is a
//! line, its word the letters it begins with, and capitals count.
//! Source: Zebra, "EPL2 Programmer's Manual".

use super::Unpassable;

/// Commands that only draw, and the one that says which letters bytes are.
const DRAWING: [&str; 10] = ["A", "B", "b", "LO", "LE", "LW", "LS", "X", "GW", "I"];
/// Commands that say what our own settings say: left out.
const OURS: [&str; 13] = ["N", "q", "Q", "D", "S", "Z", "ZT", "ZB", "JF", "JB", "O", "OD", "OC"];
/// Commands a label has at most.
const COMMANDS_MAX: usize = 5_000;
/// No place, size or count on a label is larger.
const NUMBER_MAX: u32 = 99_999;

/// A label that may be passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What draws it, without `N` and `P`.
    pub body: Vec<u8>,
    /// `q` and `Q`, if it says them, in dots.
    pub size_dots: (Option<u32>, Option<u32>),
}

struct Command<'a> {
    word: &'a str,
    /// Behind the word.
    rest: &'a [u8],
    whole: &'a [u8],
}

impl Command<'_> {
    fn number(&self, nth: usize) -> Option<u32> {
        let part = self.rest.split(|&byte| byte == b',').nth(nth)?;
        std::str::from_utf8(part).ok()?.trim().parse().ok()
    }
}

/// The drawing commands of the one label in `bytes`, moved by `offset` dots.
///
/// # Errors
/// [`Unpassable`] names the command that may not be passed on.
pub fn label(bytes: &[u8], (right, down): (i32, i32)) -> Result<Label, Unpassable> {
    let home = |body: &mut Vec<u8>, x: u32, y: u32| {
        let moved = |at: u32, by: i32| i32::try_from(at).ok()?.checked_add(by).filter(|&n| n >= 0);
        let (x, y) = (moved(x, right)?, moved(y, down)?);
        body.extend(format!("R{x},{y}\n").bytes());
        Some(())
    };
    let (mut body, mut size_dots, mut labels) =
        (Vec::with_capacity(bytes.len() + 32), (None, None), 0);
    home(&mut body, 0, 0).ok_or(Unpassable::Offset)?;
    for command in commands(bytes)? {
        if labels > 0 {
            // Nothing may follow the print: it would be another label.
            return Err(Unpassable::Labels);
        }
        match command.word {
            "P" => {
                let copies = |nth| command.number(nth).unwrap_or(1);
                if copies(0) != 1 || copies(1) != 1 {
                    return Err(Unpassable::Labels);
                }
                labels += 1;
            }
            "R" => {
                let at = |nth| command.number(nth).ok_or(Unpassable::Broken);
                home(&mut body, at(0)?, at(1)?).ok_or(Unpassable::Offset)?;
            }
            "q" => size_dots.0 = command.number(0),
            "Q" => size_dots.1 = command.number(0),
            word if OURS.contains(&word) => {}
            word if DRAWING.contains(&word) => body.extend([command.whole, b"\n"].concat()),
            word => return Err(Unpassable::Command(word.to_owned())),
        }
    }
    if labels == 1 { Ok(Label { body, size_dots }) } else { Err(Unpassable::Broken) }
}

fn commands(bytes: &[u8]) -> Result<Vec<Command<'_>>, Unpassable> {
    let (mut found, mut left) = (Vec::new(), bytes);
    loop {
        left = left.trim_ascii_start();
        if left.is_empty() {
            return Ok(found);
        }
        let long = left.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(left.len());
        let word = std::str::from_utf8(&left[..long]).map_err(|_| Unpassable::Broken)?;
        if found.len() == COMMANDS_MAX || left[0] != b';' && (word.is_empty() || word.len() > 2) {
            return Err(Unpassable::Broken);
        }
        let end = match word {
            "GW" => graphic_end(left, long).ok_or(Unpassable::Broken)?,
            _ => left.iter().position(|&byte| byte == b'\n').unwrap_or(left.len()),
        };
        let whole = left[..end].strip_suffix(b"\r").unwrap_or(&left[..end]);
        let command = Command { word, rest: whole.get(long..).unwrap_or_default(), whole };
        if word != "GW" && has_large_number(command.rest) {
            return Err(Unpassable::Broken);
        }
        if left[0] != b';' {
            found.push(command);
        }
        left = &left[end..];
    }
}

/// `GWx,y,bytes a row,rows,` and the data, as long as that says.
fn graphic_end(bytes: &[u8], word_end: usize) -> Option<usize> {
    let commas = bytes.iter().enumerate().skip(word_end).filter(|(_, byte)| **byte == b',');
    let at: Vec<usize> = commas.map(|(at, _)| at).take(4).collect();
    let number = |nth: usize| -> Option<usize> {
        let part = bytes.get(at.get(nth)? + 1..*at.get(nth + 1)?)?;
        std::str::from_utf8(part).ok()?.trim().parse().ok()
    };
    let end = at.get(3)?.checked_add(1)?.checked_add(number(1)?.checked_mul(number(2)?)?)?;
    (end <= bytes.len()).then_some(end)
}

/// Outside of quotes.
fn has_large_number(rest: &[u8]) -> bool {
    let text = String::from_utf8_lossy(rest);
    let plain: Vec<&str> = text.split('"').step_by(2).collect();
    plain.iter().flat_map(|part| part.split(',')).map(str::trim).any(|part| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse::<u32>().map_or(true, |number| number > NUMBER_MAX)
    })
}

/// What its bars say: the quoted end of each `B`.
pub fn codes(bytes: &[u8]) -> Vec<String> {
    let lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    lines
        .filter(|line| line.starts_with(b"B") && line.get(1).is_some_and(u8::is_ascii_digit))
        .filter_map(|line| Some(String::from_utf8_lossy(line).rsplit('"').nth(1)?.to_owned()))
        .collect()
}
