//! ZPL of others, taken apart. Only commands that draw are passed on; those that would change the
//! printer's settings, store something in it or ask it something are left out where ours stand in
//! their place, and refused everywhere else: a list of what is allowed, not of what is feared.
//! Source: Zebra, "ZPL II Programming Guide".

use super::Unpassable;

/// Commands between `^XA` and `^XZ` that only draw, or whose effect ends with the label.
#[rustfmt::skip]
const DRAWING: [&str; 38] = [
    "FO", "FT", "FS", "FD", "FV", "FB", "FR", "FH", "FP", "FW", "TB", "CF", "CI", "LH", "LR", "PO",
    "GB", "GC", "GD", "GE", "GF", "GS", "BY",
    "B0", "B2", "B3", "B7", "B8", "BA", "BC", "BD", "BE", "BI", "BK", "BO", "BQ", "BU", "BX",
];
/// Commands without which nothing is printed.
const INKED: [&str; 9] = ["FD", "FV", "GB", "GC", "GD", "GE", "GF", "XG", "IM"];
/// Commands that say what our own settings say: left out.
const OURS: [&str; 18] = [
    "FX", "PQ", "PW", "LL", "PR", "MD", "SD", "MM", "MN", "MT", "ML", "LS", "LT", "JZ", "TA", "PN",
    "MC", "MF",
];
/// Commands a label has at most; the largest seen has some 200.
const COMMANDS_MAX: usize = 5_000;
/// No place, size or count on a label is larger; larger ones are there to break something.
const NUMBER_MAX: u32 = 99_999;

/// One command with what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command<'a> {
    /// `^` or `~`.
    pub prefix: u8,
    /// Two characters; `A` and the font's letter count as two.
    pub code: [u8; 2],
    /// All bytes, prefix included.
    pub whole: &'a [u8],
    /// Behind the code.
    pub rest: &'a [u8],
}

impl Command<'_> {
    /// The two characters in capitals.
    pub fn word(&self) -> [u8; 2] {
        self.code.map(|byte| byte.to_ascii_uppercase())
    }

    /// Whether it is this one, without its prefix.
    pub fn is(&self, code: &str) -> bool {
        self.code.eq_ignore_ascii_case(code.as_bytes())
    }

    fn is_one_of(&self, codes: &[&str]) -> bool {
        codes.iter().any(|code| self.is(code))
    }

    /// A built-in font, "^A0N,30"; `^A@` would want one from the printer's memory.
    fn is_font(&self) -> bool {
        self.prefix == b'^' && self.code[0] == b'A' && self.code[1].is_ascii_alphanumeric()
    }

    /// Whether it puts something on the label, or says how.
    pub fn draws(&self) -> bool {
        !self.is_one_of(&OURS) && !self.is("XA") && !self.is("XZ")
    }

    /// "^GB".
    pub fn name(&self) -> String {
        let name = [&[self.prefix], self.code.as_slice()].concat();
        String::from_utf8_lossy(&name).into_owned()
    }

    /// The first letter of a value, in capitals.
    pub fn letter(&self, nth: usize) -> Option<u8> {
        let part = self.rest.split(|&byte| byte == b',').nth(nth)?;
        part.trim_ascii().first().map(u8::to_ascii_uppercase)
    }

    /// A value in tenths: "2.5" is 25.
    pub fn tenths(&self, nth: usize) -> Option<i32> {
        let part = self.rest.split(|&byte| byte == b',').nth(nth)?;
        let value: f32 = std::str::from_utf8(part).ok()?.trim().parse().ok()?;
        (0.0..1_000.0).contains(&value).then_some((value * 10.0).round() as i32)
    }

    /// A value that is a whole number.
    pub fn number(&self, nth: usize) -> Option<u32> {
        let part = self.rest.split(|&byte| byte == b',').nth(nth)?;
        std::str::from_utf8(part).ok()?.trim().parse().ok()
    }
}

/// Takes `bytes` apart.
///
/// # Errors
/// Bytes outside of commands, commands without end, more of them or larger numbers than any label
/// has.
pub fn commands(bytes: &[u8]) -> Result<Vec<Command<'_>>, Unpassable> {
    let mut found = Vec::new();
    let mut left = bytes.trim_ascii_start();
    while let Some(&prefix) = left.first() {
        if !matches!(prefix, b'^' | b'~') || left.len() < 3 || found.len() == COMMANDS_MAX {
            return Err(Unpassable::Broken);
        }
        let code = [left[1], left[2]];
        let end = end_of(left, code).ok_or(Unpassable::Broken)?;
        let command = Command { prefix, code, whole: &left[..end], rest: &left[3..end] };
        let is_text = ["FD", "FV", "FX"].iter().any(|code| command.is(code));
        if !is_text && has_large_number(&command) {
            return Err(Unpassable::Broken);
        }
        found.push(command);
        left = left[end..].trim_ascii_start();
    }
    Ok(found)
}

/// Where a command ends: before the next one, but raw graphics are as long as they say.
fn end_of(left: &[u8], code: [u8; 2]) -> Option<usize> {
    let mut from = 3;
    if code.eq_ignore_ascii_case(b"GF")
        && left.get(3).is_some_and(|b| b.eq_ignore_ascii_case(&b'B'))
    {
        let mut commas = left.iter().enumerate().filter(|(_, byte)| **byte == b',');
        let (first, second, fourth) = (commas.next()?.0, commas.next()?.0, commas.nth(1)?.0);
        let count = std::str::from_utf8(left.get(first + 1..second)?).ok()?.trim().parse().ok()?;
        from = fourth.checked_add(1)?.checked_add(count)?;
        if from > left.len() {
            return None;
        }
    }
    let next = left[from..].iter().position(|byte| matches!(byte, b'^' | b'~'));
    Some(next.map_or(left.len(), |at| from + at))
}

/// Of the numbers before the data only: a graphic's digits are dots.
fn has_large_number(command: &Command<'_>) -> bool {
    let parts = match &command.word() {
        b"GF" => 4,
        b"DG" => 3,
        _ => usize::MAX,
    };
    let digits = |part: &[u8]| {
        let part = part.trim_ascii();
        !part.is_empty() && part.iter().all(u8::is_ascii_digit)
    };
    let large = |part: &[u8]| {
        let number = std::str::from_utf8(part.trim_ascii()).ok().and_then(|t| t.parse().ok());
        number.is_none_or(|number: u32| number > NUMBER_MAX)
    };
    command.rest.split(|&byte| byte == b',').take(parts).any(|part| digits(part) && large(part))
}

/// How many labels the commands print.
pub fn labels(commands: &[Command<'_>]) -> u32 {
    let copies = commands.iter().filter(|command| command.is("PQ")).filter_map(|c| c.number(0));
    copies.max().unwrap_or(1).max(1) * formats(commands).min(100)
}

/// How many of the formats put something on paper: others only set the printer.
fn formats(commands: &[Command<'_>]) -> u32 {
    let (mut count, mut has_ink) = (0, false);
    for command in commands {
        has_ink |= command.is_one_of(&INKED);
        if command.is("XZ") {
            count += u32::from(has_ink);
            has_ink = false;
        }
    }
    // Without an end it is broken, which is found elsewhere.
    count + u32::from(has_ink)
}

/// `^PW` and `^LL`, if they are said.
pub fn size_dots(commands: &[Command<'_>]) -> (Option<u32>, Option<u32>) {
    let said = |code: &str| commands.iter().rev().find(|c| c.is(code)).and_then(|c| c.number(0));
    (said("PW"), said("LL"))
}

/// A label that may be passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What draws it, without `^XA` and `^XZ`.
    pub body: Vec<u8>,
    /// `^PW` and `^LL`, if it says them, in dots of the head it was made for.
    pub size_dots: (Option<u32>, Option<u32>),
}

/// The drawing commands of the one label in `bytes`, moved by `offset` dots.
///
/// # Errors
/// [`Unpassable`] names the command that may not be passed on.
pub fn label(bytes: &[u8], (right, down): (i32, i32)) -> Result<Label, Unpassable> {
    let mut body = Vec::with_capacity(bytes.len() + 32);
    let home = |body: &mut Vec<u8>, x: u32, y: u32| {
        let moved = |at: u32, by: i32| i32::try_from(at).ok()?.checked_add(by).filter(|&n| n >= 0);
        let (x, y) = (moved(x, right)?, moved(y, down)?);
        body.extend(format!("^LH{x},{y}\n").bytes());
        Some(())
    };
    home(&mut body, 0, 0).ok_or(Unpassable::Offset)?;
    let commands = commands(bytes)?;
    let size_dots = size_dots(&commands);
    let (mut is_open, labels) = (false, formats(&commands));
    for command in commands {
        match () {
            () if command.is("XA") && !is_open => is_open = true,
            () if command.is("XZ") && is_open => is_open = false,
            () if command.is_one_of(&OURS) => {}
            () if !is_open || command.prefix == b'~' => {
                return Err(Unpassable::Command(command.name()));
            }
            () if command.is("LH") => {
                let at = |nth| command.number(nth).unwrap_or(0);
                home(&mut body, at(0), at(1)).ok_or(Unpassable::Offset)?;
            }
            () if command.is_one_of(&DRAWING) || command.is_font() => {
                body.extend(command.whole);
            }
            () => return Err(Unpassable::Command(command.name())),
        }
    }
    match (labels, is_open) {
        (1, false) => Ok(Label { body, size_dots }),
        (1, true) | (0, _) => Err(Unpassable::Broken),
        (_, _) => Err(Unpassable::Labels),
    }
}
