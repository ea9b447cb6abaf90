//! A shop's own things on the label, in the printer's languages, as others draw and read them.

use crate::{HEADS, drawing, sample};
use label::{
    font::Fonts,
    forms::waybill::{
        self, WaybillData,
        extras::{self, Code, Content, Extra, Frame},
    },
    raster::paint,
    units::{Head, Paper},
};
use rxing::{
    BinaryBitmap, DecodeHintValue, DecodeHints, Luma8Source, Reader, common::HybridBinarizer,
    datamatrix::DataMatrixReader, pdf417::PDF417Reader,
};

const ORDER: &str = "TB-3308821990012345678";

/// A code of the order number at the upper left of the free area, µm.
fn with(code: Code, head: Head, paper: Paper) -> WaybillData {
    let free = extras::free(head, paper).unwrap();
    let um = |dots: i32| (i64::from(dots) * 1_000_000 / i64::from(head.dots_per_m)) as i32 + 100;
    let (width_um, height_um) = match code {
        Code::Pdf417 => (43_000, 15_000),
        Code::Code128 | Code::Qr | Code::DataMatrix => (13_000, 13_000),
    };
    let frame = Frame { x_um: um(free.x), y_um: um(free.y), width_um, height_um };
    let content = Content::Code(code, ORDER.to_owned());
    let extra = Extra { name: "code".to_owned(), frame, content };
    WaybillData { extras: Some(vec![extra]), ..sample::ordinary() }
}

/// What the reader finds in the part of the drawing where a shop's things are.
fn read(image: &image::GrayImage, code: Code, head: Head, paper: Paper) -> Option<String> {
    let free = extras::free(head, paper).unwrap();
    let [x, y, width, height] = [free.x, free.y, free.width, free.height].map(|it| it as u32);
    let part = image::imageops::crop_imm(image, x, y, width, height).to_image();
    let source = Luma8Source::new_with_slice(part.as_raw(), width, height).ok()?;
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints::default().with(DecodeHintValue::TryHarder(true));
    let read = match code {
        Code::Pdf417 => PDF417Reader.decode_with_hints(&mut bitmap, &hints),
        Code::Code128 | Code::Qr | Code::DataMatrix => {
            DataMatrixReader.decode_with_hints(&mut bitmap, &hints)
        }
    };
    read.ok().map(|read| read.getText().to_owned())
}

#[test]
fn what_a_shop_adds_is_read_from_the_printers_bytes() {
    for paper in Paper::WAYBILLS {
        for head in HEADS {
            for code in [Code::DataMatrix, Code::Pdf417] {
                let page = waybill::draw(&with(code, head, paper), head, paper).unwrap();
                let bitmap = paint(&page, Fonts::shipped());
                for way in [drawing::Z64, drawing::TSPL] {
                    let bytes = way.write(&bitmap, head);
                    let image = way.draw(&bytes, &bitmap, head).unwrap();
                    let got = read(&image, code, head, paper);
                    assert_eq!(got.as_deref(), Some(ORDER), "{code:?} {head:?} {paper:?} {way:?}");
                }
            }
        }
    }
}
