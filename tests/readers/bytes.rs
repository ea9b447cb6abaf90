//! The bytes of every label, for every head, in every language: drawn by another hand they are the
//! dots of our bitmap, and their codes say the waybill number.

use crate::{
    HEADS,
    drawing::{ACS, BINARY, CPCL, EPL, ESCPOS, TSPL, WAYS, Way, Z64, bars_on, same, square_on},
    sample,
};
use label::{
    font::Fonts,
    forms::{
        test_page,
        waybill::{self, WaybillData},
    },
    language::{Graphics, Language},
    raster::{Bitmap, paint},
    units::{Head, Paper},
};
use std::ops::Range;

/// A label and what its codes must say.
struct Case {
    name: &'static str,
    bitmap: Bitmap,
    bars: Option<String>,
    square: Option<String>,
}

fn waybill(name: &'static str, data: WaybillData, head: Head) -> Case {
    let page = waybill::draw(&data, head, Paper::WAYBILL).unwrap();
    let square = Some(data.qr).filter(|text| !text.is_empty());
    Case { name, bitmap: paint(&page, Fonts::shipped()), bars: data.no, square }
}

fn cases(head: Head) -> [Case; 5] {
    let no = "PX00000000017";
    let numbered = WaybillData { no: Some(no.to_owned()), qr: no.to_owned(), ..sample::practice() };
    let page = test_page::draw(head, Paper::WAYBILL, "热敏 1 号");
    [
        waybill("ordinary", sample::ordinary(), head),
        waybill("crowded", sample::crowded(), head),
        waybill("practice without a number", sample::practice(), head),
        waybill("practice", numbered, head),
        Case {
            name: "test page",
            bitmap: paint(&page, Fonts::shipped()),
            bars: Some("PB0123456789012".to_owned()),
            square: None,
        },
    ]
}

fn read_back(way: Way) {
    for head in HEADS {
        for Case { name, bitmap, bars, square } in cases(head) {
            let bytes = way.write(&bitmap, head);
            let told = format!("{name}, {head:?}, {way:?}");
            let drawing = way.draw(&bytes, &bitmap, head).unwrap_or_else(|e| panic!("{told}: {e}"));
            same(&drawing, &bitmap).unwrap_or_else(|e| panic!("{told}: {e}"));
            assert_eq!(bars_on(&drawing), bars, "{told}");
            assert_eq!(square_on(&drawing), square, "{told}");
        }
    }
}

#[test]
fn deflated_zpl_draws_our_dots_and_its_codes_say_the_number() {
    read_back(Z64);
}

#[test]
fn zpl_of_run_lengths_draws_our_dots_and_its_codes_say_the_number() {
    read_back(ACS);
}

#[test]
fn tspl_draws_our_dots_and_its_codes_say_the_number() {
    read_back(TSPL);
}

#[test]
fn raw_zpl_draws_our_dots_and_its_codes_say_the_number() {
    read_back(BINARY);
}

#[test]
fn cpcl_draws_our_dots_and_its_codes_say_the_number() {
    read_back(CPCL);
}

#[test]
fn epl_draws_our_dots_and_its_codes_say_the_number() {
    read_back(EPL);
}

#[test]
fn escpos_draws_our_dots_and_its_codes_say_the_number() {
    read_back(ESCPOS);
}

/// Where the data of the largest graphic lies.
fn data_of(way: Way, bytes: &[u8]) -> Range<usize> {
    if way.language != Language::Zpl || way.graphics == Graphics::Binary {
        let raws = way.raws(bytes).unwrap().into_iter().map(|raw| raw.data);
        return raws.max_by_key(|data| data.len()).unwrap();
    }
    let mark = b"^GFA,";
    let head = bytes.windows(mark.len()).position(|part| part == mark).unwrap() + mark.len();
    let commas = bytes.iter().enumerate().skip(head).filter(|(_, byte)| **byte == b',');
    let start = commas.map(|(at, _)| at).nth(2).unwrap() + 1;
    start..start + bytes[start..].iter().position(|&byte| byte == b'^').unwrap()
}

#[test]
fn one_flipped_bit_anywhere_in_the_dots_is_noticed() {
    let head = Head::DPMM_8;
    let Case { bitmap, .. } = waybill("ordinary", sample::ordinary(), head);
    for way in WAYS {
        let bytes = way.write(&bitmap, head);
        let data = data_of(way, &bytes);
        assert!(data.len() > 200, "{way:?}: {data:?}");
        for (round, at) in data.clone().step_by(data.len() / 16).enumerate() {
            // Bit 5 only makes a hexadecimal digit small, which says the same.
            let bit = round % 5;
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let read = way.draw(&flipped, &bitmap, head).and_then(|drawn| same(&drawn, &bitmap));
            assert!(read.is_err(), "{way:?}: bit {bit} of byte {at}");
        }
    }
}

#[test]
fn another_labels_codes_are_not_ours() {
    let head = Head::DPMM_8;
    let [ours, other, ..] = cases(head);
    let drawn = TSPL.draw(&TSPL.write(&other.bitmap, head), &other.bitmap, head).unwrap();
    assert_ne!(bars_on(&drawn), ours.bars);
    assert_ne!(square_on(&drawn), ours.square);
    assert!(same(&drawn, &ours.bitmap).is_err());
}
