//! ZPL II (Zebra, "ZPL II Programming Guide"): `^GF` graphics in bands, each within its limit.

use super::{Finish, Graphics, Media, Method, Options, blocks::blocks, write};
use crate::{preview::zlib, raster::Bitmap};
use base64::{Engine, prelude::BASE64_STANDARD};

pub(super) mod answer;

/// `^GF` counts end at 99,999; a larger one is clamped and the rest of the data read as commands.
const BAND_BYTES_MAX: usize = 99_999;

/// This many blank rows end a band; fewer cost less than a new command.
const BLANK_ROWS_MIN: u32 = 24;

/// Level 6 is 0.3 ms slower than 1 and a quarter smaller, and 9 is eight times slower for nothing.
const DEFLATE_LEVEL: u32 = 6;

pub(super) const DARKNESS_MAX: u8 = 30;
pub(super) const SPEED_MAX: u8 = 14;
/// "Set Media Sensor Calibration" (ZPL II Programming Guide, `~JC`): measures the label's length
/// and sets the sensors for paper and ribbon.
pub(super) const CALIBRATE: &[u8] = b"~JC\r\n";

pub(super) fn encode(bitmap: &Bitmap, options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(32 * 1024);
    open(&mut out, (bitmap.width, bitmap.height), options);
    if bitmap.bits.iter().all(|&byte| byte == 0) {
        // A format without a field would feed no paper at all.
        let stride = bitmap.stride_bytes.max(1);
        write(&mut out, format_args!("^FO0,0^GFA,{stride},{stride},{stride},,^FS"));
    }
    if options.graphics == Graphics::Binary {
        binary(&mut out, bitmap);
    } else {
        text(&mut out, bitmap, options.graphics);
    }
    close(&mut out, options);
    out
}

/// Drawing commands of others in a format of ours.
pub(super) fn wrap(body: &[u8], size: (u32, u32), options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 256);
    open(&mut out, size, options);
    // What the last label set for its own fields: turned letters, a font, its own bars.
    out.extend(b"^FWN^CFA,9,5^BY2,3.0,10");
    out.extend(body);
    close(&mut out, options);
    out
}

/// Begins a format, with what the settings say.
fn open(out: &mut Vec<u8>, (width, height): (u32, u32), options: &Options) {
    if let Some(darkness) = options.darkness {
        // Absolute; ^MD would be relative to what the printer is set to.
        write(out, format_args!("~SD{:02}", darkness.min(DARKNESS_MAX)));
    }
    // ^JZY: a label that the end of the roll interrupts is printed again by the printer itself,
    // and counted as waiting until then. The queue counts on it: it never sends that label again.
    write(out, format_args!("^XA^JZY^PW{width}^LL{height}^LH0,0^PON^LRN"));
    settings(out, options);
}

/// Ends a format.
fn close(out: &mut Vec<u8>, options: &Options) {
    match options.cut_every() {
        // Y: cuts after so many, and does not pause there.
        Some(every) => write(out, format_args!("^PQ{},{every},0,Y", options.copies)),
        None => write(out, format_args!("^PQ{}", options.copies)),
    }
    out.extend(b"^XZ\r\n");
}

/// What the printer keeps until it is told otherwise.
fn settings(out: &mut Vec<u8>, options: &Options) {
    if let Some(speed) = options.speed {
        write(out, format_args!("^PR{}", speed.clamp(1, SPEED_MAX)));
    }
    match options.media {
        Some(Media::Gap { .. }) => out.extend(b"^MNY"),
        Some(Media::Mark { .. }) => out.extend(b"^MNM"),
        Some(Media::Continuous) => out.extend(b"^MNN"),
        None => {}
    }
    match options.method {
        Some(Method::Direct) => out.extend(b"^MTD"),
        Some(Method::Transfer) => out.extend(b"^MTT"),
        None => {}
    }
    match options.finish {
        // Tear-off mode runs no cutter, and the next format may be in another mode.
        Some(Finish::Tear | Finish::Uncut) => out.extend(b"^MMT"),
        Some(Finish::Peel) => out.extend(b"^MMP"),
        Some(Finish::Cut { .. }) => out.extend(b"^MMC"),
        None => {}
    }
}

/// Whole rows, packed as text.
fn text(out: &mut Vec<u8>, bitmap: &Bitmap, graphics: Graphics) {
    for (top, rows) in bands(bitmap) {
        let stride = bitmap.stride_bytes as usize;
        let data = &bitmap.bits[top as usize * stride..][..rows as usize * stride];
        write(out, format_args!("^FO0,{top}^GFA,{0},{0},{stride},", data.len()));
        if graphics == Graphics::Z64 {
            z64(out, data);
        } else {
            acs(out, data, stride);
        }
        out.extend(b"^FS");
    }
}

/// Raw bytes. The printer takes as many as were said, whatever they look like.
fn binary(out: &mut Vec<u8>, bitmap: &Bitmap) {
    for block in blocks(bitmap, BAND_BYTES_MAX) {
        let (x, y, stride) = (block.bytes.start * 8, block.rows.start, block.bytes.len());
        let count = stride * block.rows.len();
        write(out, format_args!("^FO{x},{y}^GFB,{count},{count},{stride},"));
        block.write(bitmap, 0x00, out);
        out.extend(b"^FS");
    }
}

/// First row and number of rows of each band: rows with dots, split at wide blanks and where a
/// band would be too long for one command.
fn bands(bitmap: &Bitmap) -> Vec<(u32, u32)> {
    let rows_max = (BAND_BYTES_MAX / (bitmap.stride_bytes as usize).max(1)).max(1) as u32;
    let mut bands: Vec<(u32, u32)> = Vec::new();
    for y in (0..bitmap.height).filter(|&y| bitmap.row(y).iter().any(|&byte| byte != 0)) {
        match bands.last_mut() {
            Some((top, rows)) if y - (*top + *rows) < BLANK_ROWS_MIN && y - *top < rows_max => {
                *rows = y - *top + 1;
            }
            _ => bands.push((y, 1)),
        }
    }
    bands
}

/// `:Z64:` data and its CRC, which Zebra checks: with a wrong one it prints nothing and says
/// nothing.
fn z64(out: &mut Vec<u8>, data: &[u8]) {
    let text = BASE64_STANDARD.encode(zlib(data, DEFLATE_LEVEL));
    let crc = crc16(text.as_bytes());
    write(out, format_args!(":Z64:{text}:{crc:04x}"));
}

/// CRC-16/XMODEM: polynomial 0x1021, start 0, over the base64 text.
fn crc16(data: &[u8]) -> u16 {
    const TABLE: [u16; 256] = crc16_table();
    data.iter().fold(0, |crc, &byte| crc << 8 ^ TABLE[usize::from((crc >> 8) as u8 ^ byte)])
}

const fn crc16_table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut crc = (at as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
}

/// Alternative compression scheme: `G`–`Y` repeat a digit 1–19 times, `g`–`z` 20–400 times, `,`
/// fills the row with zeros, `:` repeats the row above. `!` (fill with ones) is left out, as
/// imitations read it differently.
fn acs(out: &mut Vec<u8>, data: &[u8], stride: usize) {
    let mut above: &[u8] = &[];
    for row in data.chunks_exact(stride) {
        if row == above {
            out.push(b':');
            continue;
        }
        above = row;
        let used = row.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        let nibbles = row[..used].iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let (mut digit, mut count) = (0, 0);
        for nibble in nibbles {
            if nibble != digit {
                repeat(out, digit, count);
                (digit, count) = (nibble, 0);
            }
            count += 1;
        }
        // The second half of the last byte may be blank, which the comma says as well.
        if digit != 0 || used == stride {
            repeat(out, digit, count);
        }
        if used < stride {
            out.push(b',');
        }
    }
}

/// `count` times a hexadecimal digit.
fn repeat(out: &mut Vec<u8>, digit: u8, mut count: usize) {
    let hex = b"0123456789ABCDEF"[usize::from(digit)];
    while count > 400 {
        out.extend([b'z', hex]);
        count -= 400;
    }
    if count == 0 {
        return;
    }
    if count >= 20 {
        out.push(b'f' + (count / 20) as u8);
    }
    // A single digit stands for itself, but "twenty and one" needs the one.
    if count % 20 > 1 || count % 20 == 1 && count > 20 {
        out.push(b'F' + (count % 20) as u8);
    }
    out.push(hex);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crc_is_xmodem() {
        // The check value of the CRC catalogue (reveng.sourceforge.io).
        assert_eq!(crc16(b"123456789"), 0x31c3);
    }

    #[test]
    fn runs_are_written_as_the_guide_says() {
        let run = |digit, count| {
            let mut out = Vec::new();
            repeat(&mut out, digit, count);
            String::from_utf8(out).unwrap()
        };
        let got = [(15, 1), (15, 6), (10, 19), (11, 20), (11, 21), (6, 327), (0, 400), (1, 402)]
            .map(|(digit, count)| run(digit, count));
        assert_eq!(got, ["F", "LF", "YA", "gB", "gGB", "vM6", "z0", "z1H1"]);
    }

    #[test]
    fn rows_are_shortened_without_exclamation_marks() {
        let mut out = Vec::new();
        acs(&mut out, &[0, 0, 0, 0xff, 0xf0, 0, 0xff, 0xf0, 0, 0, 0x0f, 0xff], 3);
        assert_eq!(String::from_utf8(out).unwrap(), ",IF,:I0IF");
    }

    #[test]
    fn long_labels_are_split_and_blank_rows_skipped() {
        let mut page = Bitmap::blank(912, 1_560);
        page.bits.fill(0xff);
        let rows = BAND_BYTES_MAX as u32 / page.stride_bytes;
        assert_eq!(bands(&page), [(0, rows), (rows, 1_560 - rows)]);
        assert!(rows * page.stride_bytes <= 99_999);

        let mut page = Bitmap::blank(16, 200);
        for y in [10, 30, 60, 199] {
            page.bits[y * 2] = 1;
        }
        assert_eq!(bands(&page), [(10, 21), (60, 1), (199, 1)]);
        assert_eq!(bands(&Bitmap::blank(0, 10)), []);
    }
}
