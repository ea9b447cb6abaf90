//! The same commands with their graphics written so that labelize reads them: it takes its input
//! as text, which breaks raw bytes, and has EPL2's polarity reversed. No dot is changed.

use std::{fmt::Write, ops::Range};

/// A graphic of raw bytes within a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// From the command's first letter on.
    pub start: usize,
    /// The numbers before the data.
    pub numbers: Vec<usize>,
    /// The data.
    pub data: Range<usize>,
}

/// How a language writes a graphic of raw bytes: its name, how many numbers follow, what parts
/// them, and which of them say the length of the data.
struct Form {
    mark: &'static [u8],
    numbers: usize,
    between: u8,
    length: fn(&[usize]) -> usize,
}

const CPCL: Form = Form { mark: b"CG ", numbers: 4, between: b' ', length: |n| n[0] * n[1] };
const EPL: Form = Form { mark: b"GW", numbers: 4, between: b',', length: |n| n[2] * n[3] };
const TSPL: Form = Form { mark: b"BITMAP ", numbers: 5, between: b',', length: |n| n[2] * n[3] };
const ZPL: Form = Form { mark: b"^GFB,", numbers: 3, between: b',', length: |n| n[0] };

fn raws(form: &Form, bytes: &[u8]) -> Result<Vec<Raw>, String> {
    let (mut at, mut found) = (0, Vec::new());
    while let Some(start) = bytes[at..].windows(form.mark.len()).position(|part| part == form.mark)
    {
        let start = at + start;
        let mut data = start + form.mark.len();
        let mut numbers = Vec::new();
        for _ in 0..form.numbers {
            let rest = &bytes[data..];
            let length = rest.iter().position(|byte| *byte == form.between).ok_or("cut off")?;
            let text = std::str::from_utf8(&rest[..length]).map_err(|e| e.to_string())?;
            numbers.push(text.parse().map_err(|_| format!("number {text}"))?);
            data += length + 1;
        }
        at = data + (form.length)(&numbers);
        if at > bytes.len() {
            return Err(format!("{} bytes too few", at - bytes.len()));
        }
        found.push(Raw { start, numbers, data: data..at });
    }
    Ok(found)
}

/// The raw graphics of a TSPL job.
pub fn tspl_raws(bytes: &[u8]) -> Result<Vec<Raw>, String> {
    raws(&TSPL, bytes)
}

/// The raw graphics of a CPCL job.
pub fn cpcl_raws(bytes: &[u8]) -> Result<Vec<Raw>, String> {
    raws(&CPCL, bytes)
}

/// The raw graphics of an EPL2 job.
pub fn epl_raws(bytes: &[u8]) -> Result<Vec<Raw>, String> {
    raws(&EPL, bytes)
}

/// The raw graphics of a ZPL job.
pub fn zpl_raws(bytes: &[u8]) -> Result<Vec<Raw>, String> {
    raws(&ZPL, bytes)
}

/// Puts `new` in the place of each graphic.
fn replaced(bytes: &[u8], raws: &[Raw], new: impl Fn(&Raw, &[u8]) -> Vec<u8>) -> Vec<u8> {
    let (mut out, mut at) = (Vec::new(), 0);
    for raw in raws {
        out.extend(&bytes[at..raw.start]);
        out.extend(new(raw, &bytes[raw.data.clone()]));
        at = raw.data.end;
    }
    out.extend(&bytes[at..]);
    out
}

fn hex(data: &[u8]) -> String {
    data.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02X}").expect("writing to memory cannot fail");
        text
    })
}

/// `CG` as `EG`, whose data are hexadecimal.
pub fn cpcl(bytes: &[u8]) -> Result<Vec<u8>, String> {
    Ok(replaced(bytes, &cpcl_raws(bytes)?, |raw, data| {
        let [width, height, x, y] = raw.numbers[..] else { return Vec::new() };
        format!("EG {width} {height} {x} {y} {}", hex(data)).into()
    }))
}

/// `^GFB` as `^GFA`, whose data are hexadecimal. A printer clamps counts over 99 999.
pub fn zpl(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let raws = zpl_raws(bytes)?;
    if raws.iter().any(|raw| raw.numbers.iter().any(|&count| count > 99_999)) {
        return Err("a count over 99 999".to_owned());
    }
    Ok(replaced(bytes, &raws, |raw, data| {
        let [sent, total, stride] = raw.numbers[..] else { return Vec::new() };
        format!("^GFA,{},{total},{stride},{}", sent * 2, hex(data)).into()
    }))
}

/// `GW` with its bits turned over: labelize burns where they are 1, printers where they are 0.
pub fn epl(bytes: &[u8]) -> Result<Vec<u8>, String> {
    Ok(replaced(bytes, &epl_raws(bytes)?, |raw, data| {
        let [x, y, width, height] = raw.numbers[..] else { return Vec::new() };
        let mut new = format!("GW{x},{y},{width},{height},").into_bytes();
        new.extend(data.iter().map(|byte| !byte));
        new
    }))
}
