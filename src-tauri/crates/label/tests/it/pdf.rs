//! Reads a PDF back by its cross-reference table and compares the dots.

use crate::sample;
use label::{
    font::Fonts,
    forms::waybill,
    pdf::pdf,
    raster::{Bitmap, paint},
    units::{Head, Paper},
};
use std::io::Read as _;

/// The bytes of object `number`, found through the table at the end.
fn object(file: &[u8], number: usize) -> &[u8] {
    let text = String::from_utf8_lossy(&file[file.len() - 40..]).into_owned();
    let table: usize =
        text.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
    assert!(file[table..].starts_with(b"xref\n0 "));
    let rows = table + file[table + 5..].iter().position(|&b| b == b'\n').unwrap() + 6;
    let row = std::str::from_utf8(&file[rows + 20 * number..][..20]).unwrap();
    assert!(row.ends_with(" 00000 n \n"), "{row:?}");
    let start: usize = row[..10].parse().unwrap();
    assert!(file[start..].starts_with(format!("{number} 0 obj\n").as_bytes()));
    &file[start..]
}

fn entry(object: &[u8], name: &str) -> String {
    let end = object.len().min(600);
    let text = String::from_utf8_lossy(&object[..end]).into_owned();
    text.split(name)
        .nth(1)
        .unwrap()
        .trim_start()
        .split(['/', '>'])
        .next()
        .unwrap()
        .trim()
        .to_owned()
}

#[test]
fn a_pdf_has_the_dots_of_the_preview_at_their_size() {
    let head = Head::DPMM_8;
    let pages: Vec<Bitmap> = [Paper::WAYBILL, Paper::WAYBILL_TWO]
        .map(|paper| {
            paint(&waybill::draw(&sample::crowded(), head, paper).unwrap(), Fonts::shipped())
        })
        .into();
    let file = pdf(&pages, head);
    assert!(file.starts_with(b"%PDF-1.4\n") && file.ends_with(b"%%EOF\n"));
    assert_eq!(entry(object(&file, 2), "/Kids"), "[3 0 R 6 0 R]");
    let sizes = ["[0 0 215.4331 368.5039]", "[0 0 283.4646 425.1969]"];
    for ((page, nth), size) in pages.iter().zip(0..).zip(sizes) {
        assert_eq!(entry(object(&file, 3 + 3 * nth), "/MediaBox"), size);
        let picture = object(&file, 5 + 3 * nth);
        assert_eq!(entry(picture, "/Width"), page.width.to_string());
        assert_eq!(entry(picture, "/Height"), page.height.to_string());
        assert_eq!(entry(picture, "/Decode"), "[1 0]");
        let length: usize = entry(picture, "/Length").parse().unwrap();
        let start = picture.windows(7).position(|part| part == b"stream\n").unwrap() + 7;
        assert!(picture[start + length..].starts_with(b"\nendstream"));
        let mut bits = Vec::new();
        flate2::read::ZlibDecoder::new(&picture[start..start + length])
            .read_to_end(&mut bits)
            .unwrap();
        assert_eq!(bits, page.bits);
    }
}
