//! TSPL of others, taken apart. As with ZPL, only commands that draw are passed on.
//! Source: TSC, "TSPL/TSPL2 Programming Language".

use super::Unpassable;

/// Commands that only draw.
#[rustfmt::skip]
const DRAWING: [&str; 16] = [
    "TEXT", "BLOCK", "BARCODE", "TLC39", "QRCODE", "DMATRIX", "PDF417", "MPDF417", "AZTEC",
    "MAXICODE", "BAR", "BOX", "CIRCLE", "ELLIPSE", "ERASE", "REVERSE",
];
/// Commands that say what our own settings say: left out.
#[rustfmt::skip]
const OURS: [&str; 11] = [
    "CLS", "GAP", "BLINE", "DENSITY", "SPEED", "DIRECTION", "OFFSET", "SHIFT", "SET", "REM",
    "LIMITFEED",
];
/// Commands a label has at most.
const COMMANDS_MAX: usize = 5_000;
/// No place, size or count on a label is larger.
const NUMBER_MAX: u32 = 99_999;

/// A label that may be passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What draws it, without `SIZE`, `CLS` and `PRINT`.
    pub body: Vec<u8>,
    /// `SIZE`, if it says one, µm.
    pub size_um: Option<(i32, i32)>,
}

/// One line, or a picture with its raw bytes.
pub struct Command<'a> {
    /// In capitals.
    pub word: String,
    /// Behind the word.
    pub rest: &'a [u8],
    whole: &'a [u8],
}

impl Command<'_> {
    /// Whether it puts something on the label, or we do not know that it does not.
    pub fn draws(&self) -> bool {
        let word = self.word.as_str();
        !OURS.contains(&word) && !["SIZE", "PRINT", "REFERENCE", "CODEPAGE"].contains(&word)
    }
}

/// The commands of the one label in `bytes`.
///
/// # Errors
/// Bytes that are no commands, more or larger ones than any label has, more than one label.
pub fn commands(bytes: &[u8]) -> Result<Vec<Command<'_>>, Unpassable> {
    let mut found = Vec::new();
    let mut left = bytes;
    while let Some((command, more)) = next(left)? {
        left = more;
        let is_known =
            command.word.len() <= 12 && command.word.bytes().all(|b| b.is_ascii_alphanumeric());
        let large = || numbers(command.rest).any(|number| number > NUMBER_MAX);
        if found.len() == COMMANDS_MAX || !is_known || command.word != "BITMAP" && large() {
            return Err(Unpassable::Broken);
        }
        found.push(command);
    }
    let labels = found.iter().filter(|command| command.word == "PRINT").count();
    match (labels, found.last()) {
        (1, Some(last)) if last.word == "PRINT" => Ok(found),
        (0, _) | (1, _) => Err(Unpassable::Broken),
        (_, _) => Err(Unpassable::Labels),
    }
}

/// A `BITMAP`'s place, bytes a row, and data.
pub fn picture<'a>(command: &Command<'a>) -> Option<(i32, i32, usize, &'a [u8])> {
    let mut parts = command.rest.splitn(6, |&byte| byte == b',');
    let mut number =
        || -> Option<usize> { std::str::from_utf8(parts.next()?).ok()?.trim().parse().ok() };
    let (x, y, row, rows, _mode) = (number()?, number()?, number()?, number()?, number()?);
    let data = parts.next()?.get(..row.checked_mul(rows)?)?;
    Some((i32::try_from(x).ok()?, i32::try_from(y).ok()?, row, data))
}

/// The drawing commands of the one label in `bytes`, moved by `offset` dots.
///
/// # Errors
/// [`Unpassable`] names the command that may not be passed on.
pub fn label(bytes: &[u8], (right, down): (i32, i32)) -> Result<Label, Unpassable> {
    if right < 0 || down < 0 {
        return Err(Unpassable::Offset);
    }
    let mut body = format!("REFERENCE {right},{down}\r\n").into_bytes();
    let mut size_um = None;
    for command in commands(bytes)? {
        match command.word.as_str() {
            "SIZE" => size_um = Some(size(command.rest).ok_or(Unpassable::Broken)?),
            "PRINT" => {}
            "REFERENCE" => {
                let [x, y] = two(command.rest).ok_or(Unpassable::Broken)?;
                body.extend(format!("REFERENCE {},{}\r\n", x + right, y + down).bytes());
            }
            word if OURS.contains(&word) => {}
            word if DRAWING.contains(&word) || ["CODEPAGE", "BITMAP"].contains(&word) => {
                body.extend([command.whole, b"\r\n"].concat());
            }
            word => return Err(Unpassable::Command(word.to_owned())),
        }
    }
    Ok(Label { body, size_um })
}

/// The next command, and what follows it.
fn next(bytes: &[u8]) -> Result<Option<(Command<'_>, &[u8])>, Unpassable> {
    let bytes = bytes.trim_ascii_start();
    if bytes.is_empty() {
        return Ok(None);
    }
    let word_end = bytes.iter().position(|byte| byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    let word = String::from_utf8_lossy(&bytes[..word_end]).to_ascii_uppercase();
    let end = match word.as_str() {
        "BITMAP" => picture_end(bytes, word_end).ok_or(Unpassable::Broken)?,
        _ => bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len()),
    };
    let whole = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
    let rest = whole.get(word_end..).unwrap_or_default();
    Ok(Some((Command { word, rest, whole }, &bytes[end..])))
}

/// `BITMAP x,y,bytes a row,rows,mode,data`: the data is as long as that says.
fn picture_end(bytes: &[u8], word_end: usize) -> Option<usize> {
    let commas = bytes.iter().enumerate().skip(word_end).filter(|(_, byte)| **byte == b',');
    let at: Vec<usize> = commas.map(|(at, _)| at).take(5).collect();
    let number = |nth: usize| -> Option<usize> {
        std::str::from_utf8(bytes.get(at.get(nth)? + 1..*at.get(nth + 1)?)?)
            .ok()?
            .trim()
            .parse()
            .ok()
    };
    let end = at.get(4)?.checked_add(1)?.checked_add(number(1)?.checked_mul(number(2)?)?)?;
    (end <= bytes.len()).then_some(end)
}

/// Whole numbers between commas, outside of quotes.
fn numbers(rest: &[u8]) -> impl Iterator<Item = u32> {
    let text = String::from_utf8_lossy(rest).into_owned();
    let plain: Vec<String> = text.split('"').step_by(2).map(str::to_owned).collect();
    plain.into_iter().flat_map(|part| {
        part.split(',')
            .filter(|one| one.trim().bytes().all(|b| b.is_ascii_digit()) && !one.trim().is_empty())
            .map(|one| one.trim().parse().unwrap_or(u32::MAX))
            .collect::<Vec<_>>()
    })
}

fn two(rest: &[u8]) -> Option<[i32; 2]> {
    let text = std::str::from_utf8(rest).ok()?;
    let (a, b) = text.split_once(',')?;
    let number = |text: &str| text.trim().parse().ok().filter(|n| (0..=9_999).contains(n));
    Some([number(a)?, number(b)?])
}

/// `76 mm,130 mm`, `4,6` (inches) or `600 dot,…`, which says nothing without a head.
fn size(rest: &[u8]) -> Option<(i32, i32)> {
    let text = std::str::from_utf8(rest).ok()?.to_ascii_lowercase();
    let (width, height) = text.split_once(',')?;
    let one = |side: &str| -> Option<i32> {
        let side = side.trim();
        let (number, unit_um) = match side.strip_suffix("mm") {
            Some(mm) => (mm, 1_000.0),
            None => (side, 25_400.0),
        };
        let number: f64 = number.trim().parse().ok()?;
        let um = number * unit_um;
        (1_000.0..=1_000_000.0).contains(&um).then_some(um.round() as i32)
    };
    Some((one(width)?, one(height)?))
}
