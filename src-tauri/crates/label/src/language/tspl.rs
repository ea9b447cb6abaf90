//! TSPL2 (TSC, "TSPL/TSPL2 Programming Language"): `BITMAP` blocks, and the answers to `ESC !S`
//! and `ESC !?`. In `BITMAP` a 0 is black.

use super::{DeviceStatus, Options};
use crate::raster::Bitmap;
use std::{io::Write, ops::Range};

/// Eight bytes come back; TSC firmware from 6.29 on.
pub(super) const STATUS: &[u8] = b"\x1b!S";
/// One byte comes back; every TSPL printer.
pub(super) const STATUS_SHORT: &[u8] = b"\x1b!?";

/// Between two labels. Nearly all rolls have 2 mm, and printers that were calibrated find the gap
/// by themselves.
const GAP_MM: u32 = 2;

/// Rows looked at together when blank paper is left out.
const BAND_ROWS: usize = 4;
/// Blank bytes that part two stretches of a band.
const BLANK_BYTES_MIN: usize = 4;
/// About the length of a `BITMAP` command without its data.
const COMMAND_BYTES: usize = 26;

const DARKNESS_MAX: u8 = 15;
const SPEED_MAX: u8 = 18;

pub(super) fn encode(bitmap: &Bitmap, options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(48 * 1024);
    let (width, height) = (tenths_mm(bitmap.width, options), tenths_mm(bitmap.height, options));
    // DIRECTION 1,0: the label's top leaves the printer first; 0 would turn the picture round.
    // REPRINT ON: a label that the end of the roll interrupts is printed again by the printer
    // itself. The queue counts on it: it never sends that label again.
    write(
        &mut out,
        format_args!(
            "SIZE {}.{} mm,{}.{} mm\r\nGAP {GAP_MM} mm,0 mm\r\nDIRECTION 1,0\r\nREFERENCE 0,0\r\n\
             SET REPRINT ON\r\n",
            width / 10,
            width % 10,
            height / 10,
            height % 10
        ),
    );
    if let Some(darkness) = options.darkness {
        write(&mut out, format_args!("DENSITY {}\r\n", darkness.min(DARKNESS_MAX)));
    }
    if let Some(speed) = options.speed {
        write(&mut out, format_args!("SPEED {}\r\n", speed.clamp(1, SPEED_MAX)));
    }
    out.extend(b"CLS\r\n");
    let mut inverted = Vec::new();
    for Block { rows, bytes } in blocks(bitmap) {
        let (x, y, width, height) = (bytes.start * 8, rows.start, bytes.len(), rows.len());
        write(&mut out, format_args!("BITMAP {x},{y},{width},{height},0,"));
        inverted.clear();
        for y in rows {
            inverted.extend(bitmap.row(y as u32)[bytes.clone()].iter().map(|byte| !byte));
        }
        out.extend(&inverted);
        out.extend(b"\r\n");
    }
    out.extend(b"PRINT 1,1\r\n");
    out
}

fn write(out: &mut Vec<u8>, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("writing to memory cannot fail");
}

fn tenths_mm(dots: u32, options: &Options) -> u64 {
    let per_m = u64::from(options.head.dots_per_m).max(1);
    (u64::from(dots) * 10_000 + per_m / 2) / per_m
}

/// A part of the page with dots.
struct Block {
    rows: Range<usize>,
    bytes: Range<usize>,
}

/// Blocks that hold all dots and little blank paper, which TSPL would send as it is: in bands of a
/// few rows the used stretches, each joined to the block above when that costs less than a new
/// command. Blocks may overlap; all are cut from one picture, so the dots agree.
fn blocks(bitmap: &Bitmap) -> Vec<Block> {
    let height = bitmap.height as usize;
    let mut blocks: Vec<Block> = Vec::new();
    for top in (0..height).step_by(BAND_ROWS) {
        let rows = top..(top + BAND_ROWS).min(height);
        let mut columns = vec![0; bitmap.stride_bytes as usize];
        for y in rows.clone() {
            for (column, byte) in columns.iter_mut().zip(bitmap.row(y as u32)) {
                *column |= byte;
            }
        }
        for bytes in runs(0..columns.len(), BLANK_BYTES_MIN, |x| columns[x] != 0) {
            let piece = Block { rows: rows.clone(), bytes };
            let above = blocks.iter_mut().filter(|block| block.rows.end == top);
            let joined = above
                .map(|block| (block.joined(&piece), block))
                .min_by_key(|(joined, block)| joined.area() - block.area());
            match joined {
                Some((joined, block))
                    if joined.area() <= block.area() + piece.area() + COMMAND_BYTES =>
                {
                    *block = joined;
                }
                _ => blocks.push(piece),
            }
        }
    }
    blocks
}

impl Block {
    fn area(&self) -> usize {
        self.rows.len() * self.bytes.len()
    }

    /// The least block that holds both; `below` ends later.
    fn joined(&self, below: &Self) -> Self {
        let bytes = self.bytes.start.min(below.bytes.start)..self.bytes.end.max(below.bytes.end);
        Self { rows: self.rows.start..below.rows.end, bytes }
    }
}

/// The used stretches of `all`; blanks shorter than `blank_min` do not part them.
fn runs(all: Range<usize>, blank_min: usize, used: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in all.filter(|&at| used(at)) {
        match runs.last_mut() {
            Some(run) if at - run.end < blank_min => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// `02 m w e d 03 0D 0A`; the last two may still be on their way.
fn long(answer: &[u8]) -> Option<[u8; 4]> {
    let found = answer.windows(6).rfind(|part| part[0] == 2 && part[5] == 3)?;
    found[1..5].try_into().ok()
}

/// Whether the eight bytes have come.
pub(super) fn whole(answer: &[u8]) -> bool {
    answer.windows(8).any(|part| part[0] == 2 && part[5..] == *b"\x03\r\n")
}

/// Reads either answer. A lone byte is an answer to `ESC !?`.
pub(super) fn read(answer: &[u8]) -> Option<DeviceStatus> {
    match answer {
        [byte] => Some(read_short(*byte)),
        _ => long(answer).map(read_long),
    }
}

/// `ESC !S`: message, warning, error and device bytes (TTP-244 manual, page 85).
fn read_long([message, warning, error, device]: [u8; 4]) -> DeviceStatus {
    let bits = |byte: u8, mask: u8| byte & mask != 0;
    // The bytes are letters with bit 6 set ("@" is none); the flags are the lower six bits.
    let mut status = DeviceStatus {
        paper_out: bits(device, 0x01),
        ribbon_out: bits(device, 0x04),
        head_open: bits(device, 0x20),
        paused: message == b'`',
        // Both heats, cutter, memory; paper jam and ribbon jam.
        fault: bits(error, 0x1b) || bits(device, 0x0a),
        waiting: None,
        // Backing, cutting, feeding, printing, imaging; or the receive buffer is full.
        busy: matches!(message, b'B' | b'C' | b'F' | b'P' | b'W') || bits(warning, 0x08),
    };
    if message == b'E' && !status.is_blocked() {
        status.fault = true;
    }
    // Waiting for somebody to press a key.
    status.paused |= message == b'K';
    if message == b'@' && !status.busy && !status.is_blocked() {
        status.waiting = Some(0);
    }
    status
}

/// `ESC !?`: bits for head, jam, paper and ribbon, or one of three whole values.
fn read_short(byte: u8) -> DeviceStatus {
    let mut status = DeviceStatus::default();
    match byte {
        0x00 => status.waiting = Some(0),
        0x01..=0x0f => {
            status.head_open = byte & 1 != 0;
            status.fault = byte & 2 != 0;
            status.paper_out = byte & 4 != 0;
            status.ribbon_out = byte & 8 != 0;
        }
        0x10 => status.paused = true,
        0x20 => status.busy = true,
        _ => status.fault = true,
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long_answer(bytes: [u8; 4]) -> Vec<u8> {
        [&[2], &bytes[..], b"\x03\r\n"].concat()
    }

    #[test]
    fn both_answers_are_read() {
        let none = DeviceStatus::default();
        let ready = DeviceStatus { waiting: Some(0), ..none };
        let long = [
            (*b"@@@@", ready),
            (*b"P@@@", DeviceStatus { busy: true, ..none }),
            (*b"W@@@", DeviceStatus { busy: true, ..none }),
            (*b"@H@@", DeviceStatus { busy: true, ..none }),
            (*b"`@@@", DeviceStatus { paused: true, ..none }),
            (*b"E@@A", DeviceStatus { paper_out: true, ..none }),
            (*b"E@@`", DeviceStatus { head_open: true, ..none }),
            (*b"E@@D", DeviceStatus { ribbon_out: true, ..none }),
            (*b"E@@B", DeviceStatus { fault: true, ..none }),
            (*b"EA@@", DeviceStatus { fault: true, ..none }),
            (*b"@@A@", DeviceStatus { fault: true, ..none }),
            (*b"@@@A", DeviceStatus { paper_out: true, ..none }),
        ];
        for (bytes, want) in long {
            assert_eq!(read(&long_answer(bytes)), Some(want), "{}", bytes.escape_ascii());
        }
        let short = [
            (0x00, ready),
            (0x01, DeviceStatus { head_open: true, ..none }),
            (0x02, DeviceStatus { fault: true, ..none }),
            (0x05, DeviceStatus { head_open: true, paper_out: true, ..none }),
            (0x08, DeviceStatus { ribbon_out: true, ..none }),
            (0x10, DeviceStatus { paused: true, ..none }),
            (0x20, DeviceStatus { busy: true, ..none }),
            (0x80, DeviceStatus { fault: true, ..none }),
        ];
        for (byte, want) in short {
            assert_eq!(read(&[byte]), Some(want), "{byte:02x}");
        }
    }

    #[test]
    fn an_answer_is_whole_with_its_eighth_byte() {
        let all = long_answer(*b"@@@@");
        for cut in 0..8 {
            assert!(!whole(&all[..cut]));
        }
        assert!(whole(&all));
        assert_eq!(read(&all[..5]), None);
        assert_eq!(read(b""), None);
    }

    #[test]
    fn blank_paper_is_not_sent() {
        let mut page = Bitmap::blank(160, 100);
        page.bits[20 * 10 + 1] = 0x40;
        page.bits[20 * 12 + 2] = 1;
        page.bits[20 * 12 + 19] = 1;
        page.bits[20 * 90] = 0x80;
        let got: Vec<_> = blocks(&page).into_iter().map(|b| (b.bytes, b.rows)).collect();
        assert_eq!(got, [(1..3, 8..16), (19..20, 12..16), (0..1, 88..92)]);
    }

    #[test]
    fn the_paper_is_given_in_millimetres() {
        for (head, width, want) in [
            (crate::units::Head::DPMM_8, 608, "SIZE 76.0 mm,1.0 mm\r\n"),
            (crate::units::Head::DPMM_12, 912, "SIZE 76.0 mm,0.7 mm\r\n"),
            (crate::units::Head::DPI_300, 898, "SIZE 76.0 mm,0.7 mm\r\n"),
        ] {
            let options = Options { head, ..Options::default() };
            let bytes = encode(&Bitmap::blank(width, 8), &options);
            assert!(bytes.starts_with(want.as_bytes()), "{}", bytes.escape_ascii());
        }
    }
}
