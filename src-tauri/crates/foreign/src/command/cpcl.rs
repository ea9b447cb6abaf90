//! CPCL of others, taken apart. As with ZPL, only commands that draw are passed on, and of fonts
//! only those that every printer has. Source: Zebra, "CPCL Programming Manual".

use super::Unpassable;

/// Commands that only draw.
#[rustfmt::skip]
const DRAWING: [&str; 33] = [
    "TEXT", "T", "TEXT90", "T90", "TEXT180", "T180", "TEXT270", "T270", "VTEXT", "VT",
    "BARCODE", "B", "VBARCODE", "VB", "BARCODE-TEXT", "BT", "BOX", "LINE", "L", "INVERSE-LINE",
    "IL",
    "SETBOLD", "SETMAG", "SETSP", "UNDERLINE", "UL", "CENTER", "LEFT", "RIGHT",
    "EG", "EXPANDED-GRAPHICS", "CG", "COMPRESSED-GRAPHICS",
];
/// Commands that say what our own settings say: left out.
#[rustfmt::skip]
const OURS: [&str; 14] = [
    "PAGE-WIDTH", "PW", "TONE", "CONTRAST", "SPEED", "FORM", "GAP-SENSE", "BAR-SENSE", "JOURNAL",
    "PREFEED", "POSTFEED", "PRESENT-AT", "NO-PACE", "IN-DOTS",
];
/// Commands a label has at most.
const COMMANDS_MAX: usize = 5_000;
/// No place, size or count on a label is larger.
const NUMBER_MAX: u32 = 99_999;

/// A label that may be passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What draws it, without its first line and `PRINT`.
    pub body: Vec<u8>,
    /// Dots an inch that its first line says.
    pub dpi: u32,
    /// `PAGE-WIDTH`, if it says one, and its height, in dots.
    pub size_dots: (Option<u32>, Option<u32>),
}

/// The drawing commands of the one label in `bytes`.
///
/// # Errors
/// [`Unpassable`] names the command that may not be passed on.
pub fn label(bytes: &[u8]) -> Result<Label, Unpassable> {
    let mut left = bytes.trim_ascii_start();
    let first = line(&mut left);
    let said: Vec<u32> = words(first)
        .skip(1)
        .map(|word| word.parse().ok().filter(|number| *number <= NUMBER_MAX))
        .collect::<Option<_>>()
        .ok_or(Unpassable::Broken)?;
    let [0, dpi, down_dpi, height, copies] = said[..] else { return Err(Unpassable::Broken) };
    if copies != 1 {
        return Err(Unpassable::Labels);
    }
    if dpi != down_dpi {
        return Err(Unpassable::Head);
    }
    let (mut body, mut width) = (Vec::with_capacity(bytes.len()), None);
    for _ in 0..COMMANDS_MAX {
        let from = left;
        let whole = line(&mut left);
        let mut parts = words(whole);
        let Some(word) = parts.next() else {
            if left.is_empty() {
                return Err(Unpassable::Broken);
            }
            continue;
        };
        let values: Vec<&str> = parts.collect();
        match word {
            "PRINT" if left.trim_ascii().is_empty() => {
                return Ok(Label { body, dpi, size_dots: (width, Some(height)) });
            }
            "PRINT" => return Err(Unpassable::Labels),
            "PAGE-WIDTH" | "PW" => width = values.first().and_then(|value| value.parse().ok()),
            _ if word.starts_with(';') || OURS.contains(&word) => {}
            "CG" | "COMPRESSED-GRAPHICS" => {
                let end = graphic_end(from, &values).ok_or(Unpassable::Broken)?;
                body.extend([&from[..end], b"\r\n"].concat());
                left = &from[end..];
            }
            _ if DRAWING.contains(&word) => {
                plain(word, &values)?;
                body.extend([whole, b"\r\n"].concat());
            }
            _ => return Err(Unpassable::Command(word.chars().take(20).collect())),
        }
    }
    Err(Unpassable::Broken)
}

/// Fonts from a printer's memory and codes of several lines are not passed on, nor numbers that are
/// there to break something.
fn plain(word: &str, values: &[&str]) -> Result<(), Unpassable> {
    let unknown = |what: &str| Err(Unpassable::Command(format!("{word} {what}")));
    let is_text = word.starts_with('T') || word.starts_with('V') && word.contains('T');
    let is_code = word.ends_with("BARCODE") || matches!(word, "B" | "VB");
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match values.first() {
        Some(font) if is_text && !is_code && !digits(font) => return unknown("font"),
        // QR, PDF417 and the like go on over several lines.
        Some(kind)
            if is_code && !["128", "39", "UPCA", "EAN13", "EAN8", "I2OF5"].contains(kind) =>
        {
            return unknown("kind");
        }
        _ => {}
    }
    // Of the numbers before a text only: a number to be printed may be long.
    let large = |value: &&str| {
        digits(value) && value.parse::<u32>().map_or(true, |number| number > NUMBER_MAX)
    };
    let count = if is_text {
        4
    } else if is_code {
        6
    } else {
        values.len()
    };
    if !word.starts_with("EG") && !word.starts_with("EXP") && values.iter().take(count).any(large) {
        return Err(Unpassable::Broken);
    }
    Ok(())
}

/// `CG bytes a row, rows, x, y` and the data behind one blank.
fn graphic_end(from: &[u8], values: &[&str]) -> Option<usize> {
    let number = |nth: usize| values.get(nth)?.parse::<usize>().ok();
    let (row, rows, _, _) = (number(0)?, number(1)?, number(2)?, number(3)?);
    // The fifth blank of the line is the one before the data.
    let blanks = from.iter().enumerate().filter(|(_, byte)| **byte == b' ');
    let start = blanks.map(|(at, _)| at).nth(4)? + 1;
    if words(from.get(..start)?).count() != 5 {
        return None;
    }
    let end = start.checked_add(row.checked_mul(rows)?)?;
    (end <= from.len()).then_some(end)
}

/// The next line, without its end.
fn line<'a>(left: &mut &'a [u8]) -> &'a [u8] {
    let end = left.iter().position(|&byte| byte == b'\n');
    let line = &left[..end.unwrap_or(left.len())];
    *left = &left[end.map_or(left.len(), |end| end + 1)..];
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Words of a line, as far as it is text.
fn words(line: &[u8]) -> impl Iterator<Item = &str> {
    let words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    words.map_while(|word| std::str::from_utf8(word).ok())
}

/// What its bars say: the end of each `BARCODE`.
pub fn codes(bytes: &[u8]) -> Vec<String> {
    let lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    lines
        .filter_map(|line| {
            let mut parts = words(line);
            let is_code = matches!(parts.next(), Some("BARCODE" | "B" | "VBARCODE" | "VB"));
            // Kind, width, ratio, height and place.
            let rest: Vec<&str> = parts.skip(6).collect();
            (is_code && !rest.is_empty()).then(|| rest.join(" "))
        })
        .collect()
}
