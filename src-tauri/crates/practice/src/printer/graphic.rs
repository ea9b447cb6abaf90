//! The data of a ZPL graphic field: hexadecimal with run lengths, `:B64:` and `:Z64:`.
//! Source: ZPL II manual, "Alternative Data Compression Scheme" and "B64 and Z64 encoding".

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Zebra clamps every count of `^GF` to this.
pub(super) const GRAPHIC_BYTES_MAX: usize = 99_999;

/// Dots that could not be read; a printer then prints nothing and says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadGraphic {
    /// The four digits at the end are not the CRC of the text.
    Crc,
    /// Neither of the encodings.
    Encoding,
}

/// Reads field data into at most `total` bytes of rows of `row_bytes`.
pub(super) fn decode(data: &[u8], total: usize, row_bytes: usize) -> Result<Vec<u8>, BadGraphic> {
    let total = total.min(GRAPHIC_BYTES_MAX);
    let text: Vec<u8> = data.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    if let Some(rest) = text.strip_prefix(b":B64:") {
        let mut bytes = STANDARD.decode(checked(rest)?).map_err(|_| BadGraphic::Encoding)?;
        bytes.truncate(total);
        return Ok(bytes);
    }
    if let Some(rest) = text.strip_prefix(b":Z64:") {
        let packed = STANDARD.decode(checked(rest)?).map_err(|_| BadGraphic::Encoding)?;
        let mut bytes = Vec::with_capacity(total);
        ZlibDecoder::new(packed.as_slice())
            .take(total as u64)
            .read_to_end(&mut bytes)
            .map_err(|_| BadGraphic::Encoding)?;
        return Ok(bytes);
    }
    runs(&text, total, row_bytes)
}

/// Takes the CRC off the end and compares it: exactly four hexadecimal digits after a colon.
fn checked(text: &[u8]) -> Result<&[u8], BadGraphic> {
    let colon = text.iter().rposition(|byte| *byte == b':').ok_or(BadGraphic::Crc)?;
    let (body, digits) = (&text[..colon], &text[colon + 1..]);
    let given = std::str::from_utf8(digits)
        .ok()
        .filter(|text| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .and_then(|text| u16::from_str_radix(text, 16).ok());
    if given == Some(crc16(body)) { Ok(body) } else { Err(BadGraphic::Crc) }
}

/// CRC-16/XMODEM: polynomial 0x1021, start 0, over the base64 text as sent.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc: u16, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
        })
    })
}

/// Hexadecimal with run lengths: `G`–`Y` 1–19 and `g`–`z` 20–400 before a digit, `,` rest
/// of the row white, `!` rest of the row black, `:` the row above again.
fn runs(text: &[u8], total: usize, row_bytes: usize) -> Result<Vec<u8>, BadGraphic> {
    if row_bytes == 0 {
        return Err(BadGraphic::Encoding);
    }
    let row = row_bytes * 2;
    let limit = total * 2;
    let mut nibbles: Vec<u8> = Vec::with_capacity(limit);
    let mut times = 0_usize;
    for byte in text {
        if nibbles.len() >= limit {
            break;
        }
        let left = row - nibbles.len() % row;
        match byte {
            b'G'..=b'Y' => times += usize::from(byte - b'F'),
            b'g'..=b'z' => times += usize::from(byte - b'f') * 20,
            b',' => nibbles.resize(nibbles.len() + left, 0),
            b'!' => nibbles.resize(nibbles.len() + left, 0xf),
            b':' => {
                let above = nibbles.len().saturating_sub(row);
                let copy = nibbles[above..].to_vec();
                nibbles.extend(copy);
            }
            digit => {
                let value = char::from(*digit).to_digit(16).ok_or(BadGraphic::Encoding)?;
                let end = (nibbles.len() + times.max(1)).min(limit);
                nibbles.resize(end, value as u8);
                times = 0;
            }
        }
    }
    nibbles.truncate(limit);
    if nibbles.len() % 2 == 1 {
        nibbles.push(0);
    }
    Ok(nibbles.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc_is_xmodem() {
        // The check value every catalogue of CRCs gives for CRC-16/XMODEM.
        assert_eq!(crc16(b"123456789"), 0x31c3);
    }

    #[test]
    fn run_lengths_read_as_the_manual_writes_them() {
        // ZPL II manual: "M6" is seven 6s, "hB" forty Bs, "vMB" 327 Bs.
        assert_eq!(runs(b"M6B", 4, 4), Ok(vec![0x66, 0x66, 0x66, 0x6b]));
        assert_eq!(runs(b"hB", 20, 20), Ok(vec![0xbb; 20]));
        let mut want = vec![0xbb; 163];
        want.push(0xb0);
        assert_eq!(runs(b"vMB,", 164, 164), Ok(want));
    }

    #[test]
    fn commas_and_colons_fill_rows() {
        assert_eq!(runs(b"F,:8001,", 8, 2), Ok(vec![0xf0, 0, 0xf0, 0, 0x80, 0x01, 0, 0]));
        assert_eq!(runs(b"7!:", 4, 2), Ok(vec![0x7f, 0xff, 0x7f, 0xff]));
        assert_eq!(runs(b"xyz?", 4, 2), Err(BadGraphic::Encoding));
    }

    #[test]
    fn packed_graphics_need_their_crc() {
        // Made with Python: binascii.crc_hqx over base64 of ff 00 81 81 81 81, plain and zlib.
        let want = Ok(vec![0xff, 0x00, 0x81, 0x81, 0x81, 0x81]);
        assert_eq!(decode(b":B64:/wCBgYGB:FAE9", 6, 1), want);
        assert_eq!(decode(b":Z64:eJz7z9AIBAALCgME:83CF", 6, 1), want);
        assert_eq!(decode(b":Z64:eJz7z9AI\r\nBAALCgME:83cf\r\n", 6, 1), want);
        for wrong in [":FAE8", ":0000", ":FAE", ":+AE9", ":FAE9F", ""] {
            let data = format!(":B64:/wCBgYGB{wrong}");
            assert_eq!(decode(data.as_bytes(), 6, 1), Err(BadGraphic::Crc), "{wrong}");
        }
        assert_eq!(decode(b":Z64:/wCBgYGB:FAE9", 6, 1), Err(BadGraphic::Encoding));
    }

    #[test]
    fn counts_are_clamped() {
        let bytes = decode("z0".repeat(1_000).as_bytes(), 120_000, 100).unwrap();
        assert_eq!(bytes.len(), GRAPHIC_BYTES_MAX);
        assert_eq!(decode(b":B64:/wCBgYGB:FAE9", 4, 1).unwrap().len(), 4);
    }
}
