//! CPCL (Zebra, "CPCL Programming Manual"; mobile printers and most Chinese ones with Bluetooth):
//! `CG` blocks, in which a 1 is black, and the one byte that answers `ESC h`.

use super::{DeviceStatus, Finish, Media, Options, blocks::blocks, write};
use crate::raster::Bitmap;

/// One byte comes back, and only once the label before is worked off. Never to be sent between
/// `!` and `PRINT`.
pub(super) const STATUS: &[u8] = b"\x1bh";

/// `TONE`; 0 is what the printer was built with.
pub(super) const DARKNESS_MAX: u8 = 200;
/// `SPEED` is a level, 5 the fastest the printer can.
pub(super) const SPEED_MAX: u8 = 5;

pub(super) fn encode(bitmap: &Bitmap, options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(48 * 1024);
    open(&mut out, (bitmap.width, bitmap.height), options);
    for block in blocks(bitmap, usize::MAX) {
        let (x, y) = (block.bytes.start * 8, block.rows.start);
        let (width, height) = (block.bytes.len(), block.rows.len());
        write(&mut out, format_args!("CG {width} {height} {x} {y} "));
        block.write(bitmap, 0x00, &mut out);
        out.extend(b"\r\n");
    }
    close(&mut out, options);
    out
}

/// Drawing commands of others in a label of ours.
pub(super) fn wrap(body: &[u8], size: (u32, u32), options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 256);
    open(&mut out, size, options);
    // What the last label set for its own fields stays in force otherwise.
    out.extend(b"LEFT\r\nSETMAG 0 0\r\nSETBOLD 0\r\nSETSP 0\r\nBARCODE-TEXT OFF\r\n");
    out.extend(body);
    close(&mut out, options);
    out
}

/// Begins a label, with what the settings say.
fn open(out: &mut Vec<u8>, (width, height): (u32, u32), options: &Options) {
    let copies = options.copies;
    // The manual's two resolutions: 200 stands for 8 dots/mm, 300 for 12.
    let dpi = if options.head.dots_per_m < 10_000 { 200 } else { 300 };
    write(out, format_args!("! 0 {dpi} {dpi} {height} {copies}\r\nPAGE-WIDTH {width}\r\n"));
    match options.media {
        Some(Media::Gap { .. }) => out.extend(b"GAP-SENSE\r\n"),
        Some(Media::Mark { .. }) => out.extend(b"BAR-SENSE\r\n"),
        // No aligning to marks.
        Some(Media::Continuous) => out.extend(b"JOURNAL\r\n"),
        None => {}
    }
    if let Some(darkness) = options.darkness {
        write(out, format_args!("TONE {}\r\n", darkness.min(DARKNESS_MAX)));
    }
    if let Some(speed) = options.speed {
        write(out, format_args!("SPEED {}\r\n", speed.clamp(1, SPEED_MAX)));
    }
}

/// Ends a label.
fn close(out: &mut Vec<u8>, options: &Options) {
    if matches!(options.finish, Some(Finish::Cut { .. })) {
        out.extend(b"CUT\r\n");
    }
    // FORM moves on to the next label, which on paper without marks would be a search in vain.
    if options.media != Some(Media::Continuous) {
        out.extend(b"FORM\r\n");
    }
    out.extend(b"PRINT\r\n");
}

/// Whether the byte has come; noise before it is waited out.
pub(super) fn whole(answer: &[u8]) -> bool {
    read(answer).is_some()
}

/// The last byte counts: bit 0 busy, 1 paper out, 2 latch open, 3 battery low, 4 switched on since
/// the last question. Other bits are no answer to `ESC h`.
pub(super) fn read(answer: &[u8]) -> Option<DeviceStatus> {
    let byte = answer.last().filter(|byte| **byte & 0xe0 == 0)?;
    let bit = |mask: u8| byte & mask != 0;
    Some(DeviceStatus {
        busy: bit(0x01),
        paper_out: bit(0x02),
        head_open: bit(0x04),
        waiting: (byte & 0x07 == 0).then_some(0),
        ..DeviceStatus::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_of_others_stand_between_ours() {
        let got = wrap(b"LO1,1,9,9\n", (608, 1_040), &Options::default());
        let want = "! 0 200 200 1040 1\r\nPAGE-WIDTH 608\r\nLEFT\r\nSETMAG 0 0\r\nSETBOLD 0\r\n\
             SETSP 0\r\nBARCODE-TEXT OFF\r\nLO1,1,9,9\nFORM\r\nPRINT\r\n";
        assert_eq!(String::from_utf8_lossy(&got), want);
    }

    #[test]
    fn the_byte_is_read() {
        let none = DeviceStatus::default();
        let ready = DeviceStatus { waiting: Some(0), ..none };
        let cases = [
            (0x00, ready),
            (0x18, ready),
            (0x01, DeviceStatus { busy: true, ..none }),
            (0x02, DeviceStatus { paper_out: true, ..none }),
            (0x04, DeviceStatus { head_open: true, ..none }),
            (0x07, DeviceStatus { busy: true, paper_out: true, head_open: true, ..none }),
        ];
        for (byte, want) in cases {
            assert_eq!(read(&[byte]), Some(want), "{byte:02x}");
        }
        assert_eq!((read(b""), read(b"?"), read(&[0x80])), (None, None, None));
        assert!(!whole(b"") && !whole(b"?") && whole(b"?\0"));
    }
}
