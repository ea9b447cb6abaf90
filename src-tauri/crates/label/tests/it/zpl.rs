//! Reads the ZPL this project writes, the way the guide says it: commands by their prefixes, `^GFA`
//! by its counts, run lengths, `:Z64:` with its CRC. Fails on anything else.

use base64::{Engine, prelude::BASE64_STANDARD};
use label::raster::Bitmap;
use std::io::Read;

/// The dots of the one label in `bytes`.
pub fn decode(bytes: &[u8]) -> Result<Bitmap, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "bytes that are not text")?;
    let mut page = Bitmap::blank(0, 0);
    let (mut width, mut at, mut printed) = (0, (0, 0), 0);
    for command in text.trim_end().split('^').skip(1) {
        let (name, rest) = command.split_at(2);
        match name {
            "PW" => width = number(rest)?,
            "LL" => page = Bitmap::blank(width, number(rest)?),
            "FO" => {
                let (x, y) = rest.split_once(',').ok_or("FO")?;
                at = (number(x)?, number(y)?);
            }
            "GF" => lay(&mut page, at, rest)?,
            "XZ" => printed += 1,
            "XA" | "JZ" | "LH" | "PO" | "LR" | "PR" | "FS" | "PQ" => {}
            other => return Err(format!("command {other}")),
        }
    }
    if printed == 1 { Ok(page) } else { Err(format!("{printed} labels")) }
}

/// Every count of every `^GF`.
pub fn counts(bytes: &[u8]) -> Vec<usize> {
    let text = std::str::from_utf8(bytes).unwrap();
    let heads = text.split("^GFA,").skip(1);
    heads.flat_map(|rest| rest.split(',').take(3).map(|n| n.parse().unwrap())).collect()
}

fn number(text: &str) -> Result<i32, String> {
    text.parse().map_err(|_| format!("number {text}"))
}

fn lay(page: &mut Bitmap, (x, y): (i32, i32), field: &str) -> Result<(), String> {
    let parts: Vec<&str> = field.splitn(5, ',').collect();
    let ["A", sent, total, stride, data] = parts[..] else { return Err("GF".to_owned()) };
    let (sent, total, stride) = (number(sent)?, number(total)?, number(stride)? as usize);
    if sent != total || total <= 0 || x % 8 != 0 {
        return Err(format!("counts {sent} {total} {stride} at {x}"));
    }
    let bits = match data.strip_prefix(":Z64:") {
        Some(rest) => z64(rest)?,
        None => runs(data, stride, total as usize)?,
    };
    if bits.len() != total as usize
        || !bits.len().is_multiple_of(stride)
        || stride != page.stride_bytes as usize
    {
        return Err(format!("{} bytes, {total} said", bits.len()));
    }
    let start = y as usize * stride;
    page.bits[start..start + bits.len()].copy_from_slice(&bits);
    Ok(())
}

fn z64(data: &str) -> Result<Vec<u8>, String> {
    let (text, crc) = data.split_once(':').ok_or("no crc")?;
    // Bit by bit, unlike the table under test.
    let sum = text.bytes().fold(0_u16, |crc, byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
        })
    });
    if crc.len() != 4 || u16::from_str_radix(crc, 16) != Ok(sum) {
        return Err("crc".to_owned());
    }
    let packed = BASE64_STANDARD.decode(text).map_err(|e| e.to_string())?;
    let mut bits = Vec::new();
    let mut reader = flate2::read::ZlibDecoder::new(&packed[..]);
    reader.read_to_end(&mut bits).map_err(|e| e.to_string())?;
    Ok(bits)
}

fn runs(data: &str, stride: usize, total: usize) -> Result<Vec<u8>, String> {
    let mut digits: Vec<u8> = Vec::with_capacity(total * 2);
    let mut count = 0;
    let row = stride * 2;
    for c in data.bytes() {
        match c {
            b'G'..=b'Y' => count += usize::from(c - b'F'),
            b'g'..=b'z' => count += usize::from(c - b'f') * 20,
            b',' => digits.resize(digits.len() / row * row + row, 0),
            b':' if digits.len() >= row && digits.len().is_multiple_of(row) => {
                digits.extend_from_within(digits.len() - row..);
            }
            _ => {
                let digit = char::from(c).to_digit(16).ok_or(format!("digit {c}"))? as u8;
                digits.extend(std::iter::repeat_n(digit, count.max(1)));
                count = 0;
            }
        }
    }
    Ok(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
