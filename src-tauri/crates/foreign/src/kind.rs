//! What foreign bytes are, by how they begin; names and content types lie.

use crate::command::{self, Spoken};
use image::ImageFormat;

/// A kind of foreign label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PNG, JPEG or GIF.
    Picture(ImageFormat),
    /// PDF.
    Pdf,
    /// HTML.
    Html,
    /// A printer's commands.
    Commands(Spoken),
    /// Nothing we know.
    Unknown,
}

/// Junk before a PDF's first line that readers must take (ISO 32000-1, annex H.3).
const PDF_JUNK_MAX: usize = 1_024;
/// A page of HTML says so within its first characters.
const HTML_LOOK_BYTES: usize = 1_024;

/// What `bytes` are.
pub fn kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Kind::Picture(ImageFormat::Png);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Kind::Picture(ImageFormat::Jpeg);
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Kind::Picture(ImageFormat::Gif);
    }
    let start = &bytes[..bytes.len().min(PDF_JUNK_MAX)];
    if start.windows(5).any(|at| at == b"%PDF-") {
        return Kind::Pdf;
    }
    if let Some(spoken) = command::spoken(bytes) {
        return Kind::Commands(spoken);
    }
    if looks_like_html(bytes) { Kind::Html } else { Kind::Unknown }
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let start = text[..text.len().min(HTML_LOOK_BYTES)].to_ascii_lowercase();
    let names: [&[u8]; 7] =
        [b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<table", b"<style"];
    start.starts_with(b"<")
        && names.iter().any(|name| start.windows(name.len()).any(|at| at == *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_known_by_their_beginning() {
        let cases: [(&[u8], Kind); 9] = [
            (b"\x89PNG\r\n\x1a\n....", Kind::Picture(ImageFormat::Png)),
            (b"\xff\xd8\xff\xe0", Kind::Picture(ImageFormat::Jpeg)),
            (b"GIF89a..", Kind::Picture(ImageFormat::Gif)),
            (b"\r\n%PDF-1.4", Kind::Pdf),
            (b"\xef\xbb\xbf <!DOCTYPE html><p>", Kind::Html),
            (b"<div style='left:0'>", Kind::Html),
            (b"^XA^FO0,0^FS^XZ", Kind::Commands(Spoken::Zpl)),
            (b"hello <html>", Kind::Unknown),
            (b"", Kind::Unknown),
        ];
        for (bytes, want) in cases {
            assert_eq!(kind(bytes), want, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
