//! EPL2 (Zebra, "EPL2 Programmer's Manual"; page mode): `GW` blocks, in which a 0 is black, the
//! answer to `^ee`, and the bytes `US` switches on. Commands end with LF and mind their case.

use super::{DeviceStatus, Finish, GAP_UM, Media, Method, Options, blocks::blocks, write};
use crate::raster::Bitmap;

/// Error codes at once, `00` or `XX[,YY…]`, and CR LF.
pub(super) const STATUS: &[u8] = b"^ee\n";
/// Reports from now on: a byte for each label that is out. Not part of a label, because some makes
/// answer this with the same byte.
pub(super) const GREETING: &[u8] = b"US\n";

pub(super) const DARKNESS_MAX: u8 = 15;
/// `S` is a level; which speed it is, the model says.
pub(super) const SPEED_MAX: u8 = 6;
/// AutoSense: measures label, gap or mark and sets the sensor (Zebra, EPL2 Programmer's Manual,
/// `xa`). The line end before it closes whatever was begun.
pub(super) const CALIBRATE: &[u8] = b"\nxa\n";

/// A label is out.
const ACK: u8 = 0x06;
/// An error, and its code follows.
const NAK: u8 = 0x15;

pub(super) fn encode(bitmap: &Bitmap, options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(48 * 1024);
    open(&mut out, (bitmap.width, bitmap.height), options);
    for block in blocks(bitmap, usize::MAX) {
        let (x, y) = (block.bytes.start * 8, block.rows.start);
        let (width, height) = (block.bytes.len(), block.rows.len());
        write(&mut out, format_args!("GW{x},{y},{width},{height},"));
        block.write(bitmap, 0xff, &mut out);
        out.push(b'\n');
    }
    write(&mut out, format_args!("P{}\n", options.copies));
    out
}

/// Drawing commands of others in a label of ours.
pub(super) fn wrap(body: &[u8], size: (u32, u32), options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 256);
    open(&mut out, size, options);
    out.extend(body);
    write(&mut out, format_args!("P{}\n", options.copies));
    out
}

/// Begins a label, with what the settings say.
fn open(out: &mut Vec<u8>, (width, height): (u32, u32), options: &Options) {
    // The first line end closes whatever a broken sender left open.
    write(out, format_args!("\nN\nq{width}\n"));
    match options.media.unwrap_or(Media::Gap { length_um: GAP_UM }) {
        Media::Gap { length_um } => {
            write(out, format_args!("Q{height},{}\n", options.dots(length_um)));
        }
        Media::Mark { length_um } => {
            write(out, format_args!("Q{height},B{}\n", options.dots(length_um)));
        }
        Media::Continuous => write(out, format_args!("Q{height},0\n")),
    }
    settings(out, options);
}

fn settings(out: &mut Vec<u8>, options: &Options) {
    if let Some(darkness) = options.darkness {
        write(out, format_args!("D{}\n", darkness.min(DARKNESS_MAX)));
    }
    if let Some(speed) = options.speed {
        write(out, format_args!("S{}\n", speed.clamp(1, SPEED_MAX)));
    }
    // From the top, where the origin is; the other way round is done on the dots.
    out.extend(b"ZT\nR0,0\n");
    if options.finish.is_none() && options.method.is_none() {
        return;
    }
    // One command for all hardware options: what it does not name is off.
    let mut words = Vec::new();
    match options.finish {
        Some(Finish::Cut { every }) => words.push(format!("C{every}")),
        Some(Finish::Peel) => words.push("P".to_owned()),
        Some(Finish::Tear | Finish::Uncut) | None => {}
    }
    if options.method != Some(Method::Transfer) {
        words.push("D".to_owned());
    }
    write(out, format_args!("O{}\n", words.join(",")));
}

/// The codes of the last whole line of an answer to `^ee`.
fn codes(answer: &[u8]) -> Option<Vec<u8>> {
    let end = answer.windows(2).rposition(|pair| pair == b"\r\n")?;
    let line = answer[..end].rsplit(|&byte| byte == b'\n' || byte == ACK).next()?;
    std::str::from_utf8(line).ok()?.split(',').map(code).collect()
}

fn code(text: &str) -> Option<u8> {
    let text = text.trim();
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// Whether the line of an answer to `^ee` has come.
pub(super) fn whole(answer: &[u8]) -> bool {
    codes(answer).is_some()
}

/// Reads the answer to `^ee` and what came unasked: ACK for each label that is out, NAK and a code
/// for an error.
pub(super) fn read(answer: &[u8]) -> Option<DeviceStatus> {
    let receipts = answer.iter().filter(|&&byte| byte == ACK).count();
    let unasked = answer.windows(3).rfind(|part| part[0] == NAK);
    let unasked = unasked.and_then(|part| code(std::str::from_utf8(&part[1..]).ok()?));
    // The line is the later word.
    let codes = codes(answer).or(unasked.map(|code| vec![code]));
    if codes.is_none() && receipts == 0 {
        return None;
    }
    let receipts = u32::try_from(receipts).unwrap_or(u32::MAX);
    let mut status = DeviceStatus { receipts, ..DeviceStatus::default() };
    for code in codes.unwrap_or_default() {
        match code {
            0 => {}
            7 => status.paper_out = true,
            11 => status.head_open = true,
            12 => status.paused = true,
            _ => status.fault = true,
        }
    }
    Some(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_of_others_stand_between_ours() {
        let got = wrap(b"LO1,1,9,9\n", (608, 1_040), &Options::default());
        let want = "\nN\nq608\nQ1040,16\nZT\nR0,0\nLO1,1,9,9\nP1\n";
        assert_eq!(String::from_utf8_lossy(&got), want);
    }

    #[test]
    fn codes_and_receipts_are_read() {
        let none = DeviceStatus::default();
        let cases: [(&[u8], _); 9] = [
            (b"00\r\n", none),
            (b"07\r\n", DeviceStatus { paper_out: true, ..none }),
            (b"11,07\r\n", DeviceStatus { paper_out: true, head_open: true, ..none }),
            (b"12\r\n", DeviceStatus { paused: true, ..none }),
            (b"03\r\n", DeviceStatus { fault: true, ..none }),
            (b"\x0600\r\n", DeviceStatus { receipts: 1, ..none }),
            (b"07\r\n00\r\n\x06\x06", DeviceStatus { receipts: 2, ..none }),
            (b"\x06", DeviceStatus { receipts: 1, ..none }),
            (b"\x1511", DeviceStatus { head_open: true, ..none }),
        ];
        for (answer, want) in cases {
            assert_eq!(read(answer), Some(want), "{}", answer.escape_ascii());
        }
        for other in [&b""[..], b"00", b"0\r\n", b"000\r\n", b"ok\r\n", b"\x15x1"] {
            assert_eq!(read(other), None, "{}", other.escape_ascii());
            assert!(!whole(other));
        }
        assert!(whole(b"00\r\n"));
    }
}
