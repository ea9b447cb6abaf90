//! Bombs: a document of a few kilobytes can unpack to gigabytes. Its streams are measured before
//! the reader sees them, because it unpacks without a bound of its own.

use crate::Refused;
use flate2::{Decompress, FlushDecompress, Status};
use hayro::hayro_syntax::{
    Filter, Pdf,
    object::{Name, Object, Stream},
};

/// All streams of a document together, unpacked.
const UNPACKED_BYTES_MAX: u64 = 128 << 20;
/// Packed bytes of a stream that cannot be measured here, because its packing is wrapped in
/// another coding: a thousandfold of it is still bearable.
const WRAPPED_BYTES_MAX: usize = 256 << 10;
/// Pixels of one picture inside.
const PIXELS_MAX: u64 = 50_000_000;
/// Bytes of drawing operators, counted as often as they are carried out at most. A label of
/// outlines has up to two million; every operator is kept in memory until the page is painted.
const OPERATOR_BYTES_MAX: u64 = 8 << 20;
/// Where unpacked bytes go to be forgotten.
const ROOM: usize = 1 << 16;

/// Measures every stream that begins like zlib, wherever it stands in the file.
///
/// # Errors
/// [`Refused::TooLarge`].
pub fn packed(bytes: &[u8]) -> Result<(), Refused> {
    let mut left = UNPACKED_BYTES_MAX;
    let mut room = vec![0; ROOM];
    let word = b"stream";
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(word.len()).position(|part| part == word) {
        at += found + word.len();
        let data = &bytes[at..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        // Deflate with a window of up to 32 KB, RFC 1950.
        if data.first().is_some_and(|first| first & 0x0f == 8) {
            let unpacked = measure(data, left, &mut room);
            left = left.checked_sub(unpacked).ok_or(Refused::TooLarge("pdf"))?;
        }
    }
    Ok(())
}

/// How much a zlib stream unpacks to, at most a little more than `most`.
fn measure(data: &[u8], most: u64, room: &mut [u8]) -> u64 {
    let mut reader = Decompress::new(true);
    while reader.total_out() <= most {
        let (read, out) = (reader.total_in(), reader.total_out());
        let rest = &data[(read as usize).min(data.len())..];
        match reader.decompress(rest, room, FlushDecompress::None) {
            Ok(Status::StreamEnd) | Err(_) => break,
            Ok(_) if reader.total_in() == read && reader.total_out() == out => break,
            Ok(_) => {}
        }
    }
    reader.total_out()
}

/// Checks what the first measure could not see: packing inside other codings, and pictures.
///
/// # Errors
/// [`Refused::TooLarge`].
pub fn objects(pdf: &Pdf) -> Result<(), Refused> {
    let (mut bytes, mut repeats) = (0_u64, 1_u64);
    for object in pdf.objects() {
        let Object::Stream(stream) = object else { continue };
        one(&stream)?;
        let Some(is_drawn_by_others) = operators(&stream) else { continue };
        let Ok(content) = stream.decoded() else { continue };
        bytes = bytes.saturating_add(content.len() as u64);
        if is_drawn_by_others {
            repeats = repeats.saturating_mul(drawings(&content).max(1));
        }
    }
    // A form that draws a form ten times, which draws one ten times: what is small to read may have
    // no end to draw. Which draws which is not followed; that all draw each other is assumed.
    match bytes.saturating_mul(repeats) {
        0..=OPERATOR_BYTES_MAX => Ok(()),
        _ => Err(Refused::TooLarge("pdf")),
    }
}

/// Whether a stream has operators, and if so, whether others can draw it: forms and patterns.
fn operators(stream: &Stream<'_>) -> Option<bool> {
    let dict = stream.dict();
    if dict.contains_key(b"PatternType") {
        return Some(true);
    }
    if let Some(kind) = dict.get::<Name<'_>>(b"Subtype") {
        return (kind.as_str() == "Form").then_some(true);
    }
    // Object streams, cross references; fonts; colour profiles; a page's contents say nothing.
    let is_other = [&b"Type"[..], b"Length1", b"N"].iter().any(|key| dict.contains_key(*key));
    (!is_other).then_some(false)
}

/// How often operators draw something that is drawn elsewhere.
fn drawings(content: &[u8]) -> u64 {
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let at = |at: &usize| {
        content[*at..].starts_with(b"Do")
            && ends(content.get(at + 2))
            && *at > 0
            && ends(content.get(at - 1))
    };
    (0..content.len().saturating_sub(1)).filter(at).count() as u64
}

fn one(stream: &Stream<'_>) -> Result<(), Refused> {
    let side = |name: &[u8]| u64::from(stream.dict().get::<u32>(name).unwrap_or(0));
    if side(b"Width") * side(b"Height") > PIXELS_MAX {
        return Err(Refused::TooLarge("pixels"));
    }
    let filters = stream.filters();
    let packs = |filter: &&Filter| {
        matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode)
    };
    let packed = filters.iter().filter(packs).count();
    let is_measured = filters.first() == Some(&Filter::FlateDecode);
    if packed > 1 || packed == 1 && !is_measured && stream.raw_data().len() > WRAPPED_BYTES_MAX {
        return Err(Refused::TooLarge("pdf"));
    }
    Ok(())
}
