//! ESC/POS (Epson, "ESC/POS Command Reference"): receipt and label printers of 58, 80 and 104 mm.
//! `GS v 0` raster in bands, in which a 1 is black; `DLE EOT`, and the process ID that comes back
//! when everything before it is printed.

use super::{DeviceStatus, Finish, Media, Options};
use crate::raster::Bitmap;
use std::ops::Range;

/// Four bytes come back at once, also while the printer is blocked: printer, cause of offline,
/// error, paper.
pub(super) const STATUS: &[u8] = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04";

/// `GS ( K` function 49 from -6 to 6; 6 here is what the printer was built with.
pub(super) const DARKNESS_MAX: u8 = 12;
const DARKNESS_BUILT: u8 = 6;
/// `GS ( K` function 50 is a level.
pub(super) const SPEED_MAX: u8 = 13;

/// Rows of one `GS v 0`: printers begin to print when a band is whole, and small ones hold no more.
const BAND_ROWS: usize = 256;
/// This many blank rows end a band; fewer cost less than a new command.
const BLANK_ROWS_MIN: usize = 8;
/// Lines fed on paper without marks, about 12 mm: from the head to the tear bar.
const TEAR_LINES: u8 = 3;

pub(super) fn encode(bitmap: &Bitmap, options: &Options) -> Vec<u8> {
    let mut label = Vec::with_capacity(48 * 1024);
    for copy in 1..=options.copies.get() {
        for band in bands(bitmap) {
            raster(&mut label, bitmap, &band);
        }
        let last = copy == options.copies.get();
        let cut = options.cut_every().is_some_and(|every| last || copy % every == 0);
        end(&mut label, options, cut);
    }
    let mut out = Vec::with_capacity(label.len() + 32);
    out.extend(b"\x1b@");
    // Data that look like DLE DC4 open the cash drawer or switch the printer off, in the middle of
    // a picture; the printer is told not to look for it. Nothing can be told about DLE EOT and DLE
    // ENQ, which do no harm while it prints: the answer of the one comes unasked and is thrown
    // away, the other means something after an error only.
    if label.windows(2).any(|pair| pair == b"\x10\x14") {
        out.extend(b"\x1d(D\x05\x00\x14\x01\x00\x02\x00");
    }
    if let Some(darkness) = options.darkness {
        let level = darkness.min(DARKNESS_MAX).wrapping_sub(DARKNESS_BUILT);
        out.extend([0x1d, b'(', b'K', 2, 0, 49, level]);
    }
    if let Some(speed) = options.speed {
        out.extend([0x1d, b'(', b'K', 2, 0, 50, speed.clamp(1, SPEED_MAX)]);
    }
    out.extend(&label);
    out
}

/// Moves the label out.
fn end(out: &mut Vec<u8>, options: &Options, cut: bool) {
    match (options.media, cut) {
        // GS FF: to the next label or mark.
        (Some(Media::Gap { .. } | Media::Mark { .. }), _) => out.extend(b"\x1d\x0c"),
        // The cut feeds by itself.
        (Some(Media::Continuous) | None, true) => {}
        (Some(Media::Continuous) | None, false)
            if matches!(options.finish, Some(Finish::Cut { .. } | Finish::Uncut)) =>
        {
            // The next one follows on the same piece.
            out.extend([0x1b, b'd', 0]);
        }
        (Some(Media::Continuous) | None, false) => out.extend([0x1b, b'd', TEAR_LINES]),
    }
    if cut {
        out.extend(b"\x1dVB\x00");
    }
}

/// Rows that are sent with one command.
#[derive(Debug, PartialEq, Eq)]
struct Band {
    rows: Range<usize>,
    /// Bytes of each row up to the last dot.
    width: usize,
}

/// All rows of the label, since nothing else moves the paper by whole dots on every make: rows with
/// dots up to their last dot, blank rows as a single byte.
fn bands(bitmap: &Bitmap) -> Vec<Band> {
    let used = |y: usize| {
        let row = bitmap.row(y as u32);
        row.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1)
    };
    let mut bands: Vec<Band> = Vec::new();
    for y in 0..bitmap.height as usize {
        let width = used(y);
        match bands.last_mut() {
            // Blank rows wait behind the band; what follows may still join it.
            Some(band) if band.rows.len() < BAND_ROWS && (band.width > 0) == (width > 0) => {
                band.rows.end = y + 1;
                band.width = band.width.max(width);
            }
            _ => bands.push(Band { rows: y..y + 1, width }),
        }
    }
    joined(bands)
}

/// Short blanks go with their neighbours.
fn joined(bands: Vec<Band>) -> Vec<Band> {
    let mut joined: Vec<Band> = Vec::new();
    for band in bands {
        match joined.last_mut() {
            Some(above)
                if above.rows.len() + band.rows.len() <= BAND_ROWS
                    && above.width > 0
                    && band.width == 0
                    && band.rows.len() < BLANK_ROWS_MIN =>
            {
                above.rows.end = band.rows.end;
            }
            Some(above)
                if above.rows.len() + band.rows.len() <= BAND_ROWS
                    && above.width > 0
                    && band.width > 0
                    && above.width.abs_diff(band.width) * above.rows.len().min(band.rows.len())
                        < 64 =>
            {
                above.rows.end = band.rows.end;
                above.width = above.width.max(band.width);
            }
            _ => joined.push(band),
        }
    }
    joined
}

fn raster(out: &mut Vec<u8>, bitmap: &Bitmap, band: &Band) {
    let width = band.width.max(1).min(bitmap.stride_bytes as usize);
    let [x_low, x_high] = (width as u16).to_le_bytes();
    let [y_low, y_high] = (band.rows.len() as u16).to_le_bytes();
    out.extend([0x1d, b'v', b'0', 0, x_low, x_high, y_low, y_high]);
    for y in band.rows.clone() {
        out.extend(&bitmap.row(y as u32)[..width]);
    }
}

/// `GS ( H` function 48: four printable letters come back once everything before is printed.
pub(super) fn proof_question(id: u16) -> Vec<u8> {
    let mut out = vec![0x1d, b'(', b'H', 6, 0, 48, 48];
    out.extend(letters(id));
    out
}

/// Sixteen letters from `0` on, all printable, as the command wants them.
fn letters(id: u16) -> [u8; 4] {
    [12, 8, 4, 0].map(|shift| b'0' + ((id >> shift) & 0x0f) as u8)
}

/// Whether a process ID has come, ours or an older one.
pub(super) fn proof_whole(answer: &[u8]) -> bool {
    answer.windows(7).any(|part| part[..2] == *b"\x37\x22" && part[6] == 0)
}

/// Whether the process ID came back.
pub(super) fn is_proof(answer: &[u8], id: u16) -> bool {
    let letters = letters(id);
    answer.windows(7).any(|part| part[..2] == *b"\x37\x22" && part[2..6] == letters && part[6] == 0)
}

/// The last four bytes of the fixed pattern that tells a real-time answer from other data.
fn bytes(answer: &[u8]) -> Option<[u8; 4]> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < answer.len() {
        if proof_whole(&answer[at..answer.len().min(at + 7)]) {
            at += 7;
            continue;
        }
        if answer[at] & 0x93 == 0x12 {
            found.push(answer[at]);
        }
        at += 1;
    }
    found.last_chunk().copied()
}

/// Whether all four answers have come.
pub(super) fn whole(answer: &[u8]) -> bool {
    bytes(answer).is_some()
}

/// Reads the four answers. They say nothing of labels: that is what the process ID is for.
pub(super) fn read(answer: &[u8]) -> Option<DeviceStatus> {
    let [printer, cause, error, paper] = bytes(answer)?;
    let mut status = DeviceStatus {
        head_open: cause & 0x04 != 0,
        paper_out: cause & 0x20 != 0 || paper & 0x60 != 0,
        // Cutter, not to be recovered from, and heat; or an error without a name.
        fault: error & 0x68 != 0 || cause & 0x40 != 0,
        // Waiting for a key, or fed by one.
        paused: printer & 0x60 != 0 || cause & 0x08 != 0,
        ..DeviceStatus::default()
    };
    if printer & 0x08 != 0 && !status.is_blocked() {
        // Offline for a reason it does not name.
        status.fault = true;
    }
    Some(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_bytes_are_read() {
        let none = DeviceStatus::default();
        let cases = [
            ([0x12, 0x12, 0x12, 0x12], none),
            ([0x16, 0x12, 0x12, 0x1e], none),
            ([0x1a, 0x16, 0x12, 0x12], DeviceStatus { head_open: true, ..none }),
            ([0x1a, 0x32, 0x12, 0x72], DeviceStatus { paper_out: true, ..none }),
            ([0x12, 0x12, 0x12, 0x72], DeviceStatus { paper_out: true, ..none }),
            ([0x1a, 0x52, 0x1a, 0x12], DeviceStatus { fault: true, ..none }),
            ([0x1a, 0x12, 0x12, 0x12], DeviceStatus { fault: true, ..none }),
            ([0x3a, 0x12, 0x12, 0x12], DeviceStatus { paused: true, ..none }),
        ];
        for (bytes, want) in cases {
            assert_eq!(read(&bytes), Some(want), "{bytes:02x?}");
        }
        assert_eq!(read(&[0x12, 0x12, 0x12]), None);
        // What is no answer of this kind does not count, a process ID above all.
        let mixed = b"\x12\x37\x22\x32\x36\x32\x36\x00\x12\x00\x12\x72";
        assert_eq!(read(mixed), Some(DeviceStatus { paper_out: true, ..none }));
    }

    #[test]
    fn a_process_id_proves_only_its_own_question() {
        assert_eq!(proof_question(0x12af), b"\x1d(H\x06\x00\x30\x3012:?");
        assert!(is_proof(b"\x12\x37\x2212:?\x00", 0x12af));
        assert!(!is_proof(b"\x37\x2212:?\x00", 0x12ae));
        assert!(proof_whole(b"\x37\x2212:?\x00") && !proof_whole(b"\x37\x2212:?"));
        assert!((0..=u16::MAX).all(|id| letters(id).iter().all(|byte| (32..=126).contains(byte))));
    }

    #[test]
    fn blank_rows_are_one_byte_and_bands_are_short() {
        let mut page = Bitmap::blank(160, 700);
        page.bits[20 * 300 + 4] = 1;
        page.bits[20 * 303] = 1;
        page.bits[20 * 400 + 19] = 1;
        let got: Vec<_> = bands(&page).into_iter().map(|b| (b.rows, b.width)).collect();
        let want = [
            (0..256, 0),
            (256..300, 0),
            (300..304, 5),
            (304..400, 0),
            (400..401, 20),
            (401..657, 0),
            (657..700, 0),
        ];
        assert_eq!(got, want);
        page.bits.fill(0xff);
        assert!(bands(&page).iter().all(|band| band.rows.len() <= BAND_ROWS && band.width == 20));
    }
}
