//! TSPL2 (TSC, "TSPL/TSPL2 Programming Language"): `BITMAP` blocks, and the answers to `ESC !S`
//! and `ESC !?`. In `BITMAP` a 0 is black.

use super::{DeviceStatus, Finish, GAP_UM, Media, Method, Options, blocks::blocks, write};
use crate::raster::Bitmap;

/// Eight bytes come back; TSC firmware from 6.29 on.
pub(super) const STATUS: &[u8] = b"\x1b!S";
/// One byte comes back; every TSPL printer.
pub(super) const STATUS_SHORT: &[u8] = b"\x1b!?";

pub(super) const DARKNESS_MAX: u8 = 15;
pub(super) const SPEED_MAX: u8 = 18;
/// "Feeds the paper through the gap sensor to determine paper and gap sizes"; without numbers both
/// are found by the printer (TSC, TSPL/TSPL2 Programming Manual, `GAPDETECT`).
pub(super) const CALIBRATE_GAP: &[u8] = b"GAPDETECT\r\n";
/// The same by the black mark (the same manual, `BLINEDETECT`).
pub(super) const CALIBRATE_MARK: &[u8] = b"BLINEDETECT\r\n";

pub(super) fn encode(bitmap: &Bitmap, options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(48 * 1024);
    open(&mut out, (bitmap.width, bitmap.height), options);
    for block in blocks(bitmap, usize::MAX) {
        let (x, y) = (block.bytes.start * 8, block.rows.start);
        let (width, height) = (block.bytes.len(), block.rows.len());
        write(&mut out, format_args!("BITMAP {x},{y},{width},{height},0,"));
        block.write(bitmap, 0xff, &mut out);
        out.extend(b"\r\n");
    }
    write(&mut out, format_args!("PRINT 1,{}\r\n", options.copies));
    out
}

/// Drawing commands of others in a label of ours.
pub(super) fn wrap(body: &[u8], size: (u32, u32), options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 256);
    open(&mut out, size, options);
    out.extend(body);
    write(&mut out, format_args!("PRINT 1,{}\r\n", options.copies));
    out
}

/// Begins a label, with what the settings say.
fn open(out: &mut Vec<u8>, (width, height): (u32, u32), options: &Options) {
    let (width, height) = (tenths_mm(width, options), tenths_mm(height, options));
    let (track, length_um) = match options.media {
        None => ("GAP", GAP_UM),
        Some(Media::Gap { length_um }) => ("GAP", length_um),
        Some(Media::Mark { length_um }) => ("BLINE", length_um),
        // No gap at all.
        Some(Media::Continuous) => ("GAP", 0),
    };
    let (mm, tenths) = (length_um / 1_000, length_um % 1_000 / 100);
    // DIRECTION 1,0: the label's top leaves the printer first; 0 would turn the picture round.
    // REPRINT ON: a label that the end of the roll interrupts is printed again by the printer
    // itself. The queue counts on it: it never sends that label again.
    write(
        out,
        format_args!(
            "SIZE {}.{} mm,{}.{} mm\r\n{track} {mm}.{tenths} mm,0 mm\r\nDIRECTION 1,0\r\n\
             REFERENCE 0,0\r\nSET REPRINT ON\r\n",
            width / 10,
            width % 10,
            height / 10,
            height % 10
        ),
    );
    settings(out, options);
    out.extend(b"CLS\r\n");
}

/// What the printer keeps until it is told otherwise.
fn settings(out: &mut Vec<u8>, options: &Options) {
    if let Some(darkness) = options.darkness {
        write(out, format_args!("DENSITY {}\r\n", darkness.min(DARKNESS_MAX)));
    }
    if let Some(speed) = options.speed {
        write(out, format_args!("SPEED {}\r\n", speed.clamp(1, SPEED_MAX)));
    }
    match options.method {
        Some(Method::Direct) => out.extend(b"SET RIBBON OFF\r\n"),
        Some(Method::Transfer) => out.extend(b"SET RIBBON ON\r\n"),
        None => {}
    }
    match options.finish {
        Some(Finish::Tear) => out.extend(b"SET CUTTER OFF\r\nSET PEEL OFF\r\nSET TEAR ON\r\n"),
        Some(Finish::Peel) => out.extend(b"SET CUTTER OFF\r\nSET PEEL ON\r\n"),
        Some(Finish::Uncut) => out.extend(b"SET CUTTER OFF\r\nSET PEEL OFF\r\n"),
        Some(Finish::Cut { every }) => {
            write(out, format_args!("SET PEEL OFF\r\nSET CUTTER {every}\r\n"));
        }
        None => {}
    }
}

fn tenths_mm(dots: u32, options: &Options) -> u64 {
    let per_m = u64::from(options.head.dots_per_m).max(1);
    (u64::from(dots) * 10_000 + per_m / 2) / per_m
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
        // Backing, cutting, feeding, printing, imaging, waiting for a label to be taken off; or the
        // receive buffer is full.
        busy: matches!(message, b'B' | b'C' | b'F' | b'L' | b'P' | b'W') || bits(warning, 0x08),
        ..DeviceStatus::default()
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
            (*b"L@@@", DeviceStatus { busy: true, ..none }),
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
