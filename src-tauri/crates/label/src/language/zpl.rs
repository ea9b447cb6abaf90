//! ZPL II (Zebra, "ZPL II Programming Guide"): `^GF` graphics in bands, and the answer to `~HS`.

use super::{DeviceStatus, Graphics, Options};
use crate::{preview::zlib, raster::Bitmap};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::io::Write;

/// Host status return.
pub(super) const STATUS: &[u8] = b"~HS";

/// `^GF` counts end at 99,999; a larger one is clamped and the rest of the data read as commands.
const BAND_BYTES_MAX: usize = 99_999;

/// This many blank rows end a band; fewer cost less than a new command.
const BLANK_ROWS_MIN: u32 = 24;

/// Level 6 is 0.3 ms slower than 1 and a quarter smaller, and 9 is eight times slower for nothing.
const DEFLATE_LEVEL: u32 = 6;

const DARKNESS_MAX: u8 = 30;
const SPEED_MAX: u8 = 14;

pub(super) fn encode(bitmap: &Bitmap, options: &Options) -> Vec<u8> {
    let mut out = Vec::with_capacity(32 * 1024);
    if let Some(darkness) = options.darkness {
        // Absolute; ^MD would be relative to what the printer is set to.
        write(&mut out, format_args!("~SD{:02}", darkness.min(DARKNESS_MAX)));
    }
    // ^JZY: a label that the end of the roll interrupts is printed again by the printer itself,
    // and counted as waiting until then. The queue counts on it: it never sends that label again.
    let (width, height) = (bitmap.width, bitmap.height);
    write(&mut out, format_args!("^XA^JZY^PW{width}^LL{height}^LH0,0^PON^LRN"));
    if let Some(speed) = options.speed {
        write(&mut out, format_args!("^PR{}", speed.clamp(1, SPEED_MAX)));
    }
    for (top, rows) in bands(bitmap) {
        let stride = bitmap.stride_bytes as usize;
        let data = &bitmap.bits[top as usize * stride..][..rows as usize * stride];
        write(&mut out, format_args!("^FO0,{top}^GFA,{0},{0},{stride},", data.len()));
        match options.graphics {
            Graphics::Z64 => z64(&mut out, data),
            Graphics::Acs => acs(&mut out, data, stride),
        }
        out.extend(b"^FS");
    }
    out.extend(b"^PQ1^XZ\r\n");
    out
}

fn write(out: &mut Vec<u8>, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("writing to memory cannot fail");
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

/// The three strings of an answer to `~HS`, without STX and ETX.
fn strings(answer: &[u8]) -> Option<[&str; 3]> {
    let mut found = answer.split(|&byte| byte == 3).filter_map(|part| {
        let start = part.iter().rposition(|&byte| byte == 2)?;
        std::str::from_utf8(&part[start + 1..]).ok()
    });
    // What follows the last ETX has no STX unless another answer has begun.
    let ends = answer.iter().filter(|&&byte| byte == 3).count();
    let whole: Vec<&str> = found.by_ref().take(ends).collect();
    let last = whole.len() / 3 * 3;
    whole.get(last.checked_sub(3)?..last)?.try_into().ok()
}

/// Whether the three strings have come.
pub(super) fn whole(answer: &[u8]) -> bool {
    strings(answer).is_some()
}

/// Reads `~HS`: string 1 is `aaa,b,c,dddd,eee,f,g,h,iii,j,k,l`, string 2
/// `mmm,n,o,p,q,r,s,t,uuuuuuuu,v,www`.
pub(super) fn read(answer: &[u8]) -> Option<DeviceStatus> {
    let [first, second, _] = strings(answer)?;
    let first: Vec<&str> = first.split(',').map(str::trim).collect();
    let second: Vec<&str> = second.split(',').map(str::trim).collect();
    if first.len() < 12 || second.len() < 9 {
        return None;
    }
    let set = |field: &str| field == "1";
    let formats: u32 = first[4].parse().ok()?;
    let remaining: u32 = second[8].parse().ok()?;
    let waiting = formats.saturating_add(remaining);
    Some(DeviceStatus {
        paper_out: set(first[1]),
        ribbon_out: set(second[3]),
        head_open: set(second[2]),
        paused: set(first[2]),
        // Memory lost, too cold, too hot.
        fault: first[9..12].iter().any(|field| set(field)),
        waiting: Some(waiting),
        // Receive buffer full, or a format half received.
        busy: waiting > 0 || set(first[5]) || set(first[7]),
    })
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

    fn answer(first: &str, second: &str) -> Vec<u8> {
        format!("\x02{first}\x03\r\n\x02{second}\x03\r\n\x021234,0\x03\r\n").into_bytes()
    }

    const READY: [&str; 2] =
        ["030,0,0,1040,000,0,0,0,000,0,0,0", "001,0,0,0,1,2,6,0,00000000,1,000"];

    #[test]
    fn every_flag_of_the_answer_is_read() {
        let read = |first, second| read(&answer(first, second)).unwrap();
        let ready = DeviceStatus { waiting: Some(0), ..DeviceStatus::default() };
        assert_eq!(read(READY[0], READY[1]), ready);
        let cases = [
            (
                "030,1,0,1040,000,0,0,0,000,0,0,0",
                READY[1],
                DeviceStatus { paper_out: true, ..ready },
            ),
            ("030,0,1,1040,000,0,0,0,000,0,0,0", READY[1], DeviceStatus { paused: true, ..ready }),
            (
                "030,0,0,1040,002,0,0,1,000,0,0,0",
                READY[1],
                DeviceStatus { waiting: Some(2), busy: true, ..ready },
            ),
            ("030,0,0,1040,000,1,0,0,000,0,0,0", READY[1], DeviceStatus { busy: true, ..ready }),
            ("030,0,0,1040,000,0,0,0,000,0,0,1", READY[1], DeviceStatus { fault: true, ..ready }),
            (
                READY[0],
                "001,0,1,0,1,2,6,0,00000000,1,000",
                DeviceStatus { head_open: true, ..ready },
            ),
            (
                READY[0],
                "001,0,0,1,1,2,6,0,00000000,1,000",
                DeviceStatus { ribbon_out: true, ..ready },
            ),
            (
                READY[0],
                "001,0,0,0,1,2,6,0,00000003,1,000",
                DeviceStatus { waiting: Some(3), busy: true, ..ready },
            ),
        ];
        for (first, second, want) in cases {
            assert_eq!(read(first, second), want, "{first} {second}");
        }
    }

    #[test]
    fn an_answer_is_whole_with_its_third_string_and_never_before() {
        let all = answer(READY[0], READY[1]);
        let end = all.len() - 2;
        for cut in 0..end {
            assert!(!whole(&all[..cut]), "cut at {cut}");
            assert_eq!(read(&all[..cut]), None);
        }
        assert!(whole(&all[..end]));
        // A second answer that has begun does not hide the first; a whole one replaces it.
        let mut two = all.clone();
        two.extend(answer("030,1,0,1040,000,0,0,0,000,0,0,0", READY[1]));
        assert!(!read(&two[..two.len() - 12]).unwrap().paper_out);
        assert!(read(&two).unwrap().paper_out);
        assert_eq!(read(b"\x02a\x03\x02b\x03\x02c\x03"), None);
    }
}
