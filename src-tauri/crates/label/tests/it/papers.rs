//! Every form of the waybill on every head: codes that are read, bars on whole dots, nothing in the
//! margins or at the perforation, and the form that the paper asks for.

use crate::{
    reading::{HEADS, runs_of, scan, stray},
    sample,
};
use label::{
    barcode::{code128, qr},
    font::Fonts,
    forms::{
        Undrawable, What,
        waybill::{self, Marks, Pay, WaybillData},
    },
    page::{Bars, Item, Page},
    raster::paint,
    units::{Head, Paper},
};
use rxing::BarcodeFormat;

/// Every paper on every head, with every sample that it holds.
fn pages() -> Vec<(WaybillData, Page, Paper)> {
    let mut pages = Vec::new();
    for (head, paper) in HEADS.into_iter().flat_map(|head| Paper::WAYBILLS.map(|p| (head, p))) {
        for data in [sample::ordinary(), sample::crowded(), sample::marked(), sample::practice()] {
            let page = waybill::draw(&data, head, paper).unwrap();
            pages.push((data, page, paper));
        }
    }
    pages
}

fn texts(page: &Page) -> Vec<&str> {
    let mut texts = Vec::new();
    for item in &page.items {
        if let Item::Text(line) = item {
            texts.push(line.text.as_str());
        }
    }
    texts
}

fn bars(page: &Page) -> Vec<&Bars> {
    let mut found = Vec::new();
    for item in &page.items {
        if let Item::Bars(bars) = item {
            found.push(bars);
        }
    }
    found
}

#[test]
fn every_code_of_every_form_is_read() {
    for (data, page, paper) in pages() {
        let image = paint(&page, Fonts::shipped());
        let parts = if paper.height_um >= 150_000 { 2 } else { 1 };
        assert_eq!(bars(&page).len(), if data.no.is_some() { parts } else { 0 });
        for bars in bars(&page) {
            let rows = bars.y as u32..(bars.y + bars.height) as u32;
            assert_eq!(scan(&image, rows, BarcodeFormat::CODE_128), data.no, "{paper:?}");
        }
        let squares =
            page.items.iter().filter_map(|i| if let Item::Qr(s) = i { Some(s) } else { None });
        for square in squares {
            let quiet = qr::QUIET * square.module;
            let side = square.matrix.size as i32 * square.module + quiet;
            let rows = (square.y - quiet) as u32..(square.y + side) as u32;
            assert_eq!(
                scan(&image, rows, BarcodeFormat::QR_CODE).as_ref(),
                Some(&data.qr),
                "{paper:?}"
            );
        }
        assert!(!page.shortened.contains(&"qr"), "{paper:?}");
    }
}

#[test]
fn bars_of_every_form_are_whole_dots_and_twelve_millimetres() {
    for (_, page, paper) in pages() {
        let image = paint(&page, Fonts::shipped());
        for Bars { x, y, height, module, runs } in bars(&page) {
            assert!(*height >= page.head.dots(12_000), "{paper:?}");
            assert!(*module >= page.head.module_min());
            let first = runs_of(&image, *y as u32);
            assert!((*y..y + height).all(|row| runs_of(&image, row as u32) == first));
            let inside = &first[3..first.len() - 3];
            let want: Vec<u32> = runs.iter().map(|&run| u32::from(run) * *module as u32).collect();
            assert_eq!(inside, want, "{paper:?}");
            let quiet = (code128::QUIET * module) as u32;
            assert!(first[2] >= quiet && first[first.len() - 3] >= quiet, "{paper:?} {first:?}");
            assert_eq!(first[0] + first[1] + first[2], *x as u32);
        }
    }
}

#[test]
fn margins_and_perforations_stay_white() {
    for (_, page, paper) in pages() {
        let image = paint(&page, Fonts::shipped());
        assert_eq!(stray(&image, page.head), 0, "{paper:?}");
        let tear_um = match paper.height_um {
            150_000 => 90_000,
            180_000 => 110_000,
            _ => continue,
        };
        let [from, to] = [-900, 900].map(|um| page.head.dots(tear_um + um) as u32);
        let is_black = |row| (0..image.width).any(|x| image.is_black(x, row));
        assert!(!(from..to).any(is_black), "{paper:?}");
    }
}

#[test]
fn the_paper_says_which_form_it_is() {
    let parts = |width_um, height_um| {
        let paper = Paper { width_um, height_um };
        waybill::draw(&sample::ordinary(), Head::DPMM_8, paper).map(|page| bars(&page).len())
    };
    assert_eq!(parts(76_000, 130_000), Ok(1));
    assert_eq!(parts(75_000, 129_000), Ok(1));
    assert_eq!(parts(100_000, 110_000 + 1_000), Ok(1));
    assert_eq!(parts(100_000, 140_000), Ok(1));
    assert_eq!(parts(100_000, 150_000), Ok(2));
    assert_eq!(parts(102_000, 210_000), Ok(2));
    let unsuitable = Err(Undrawable { field: "paper", what: What::Paper });
    assert_eq!(parts(60_000, 130_000), unsuitable);
    assert_eq!(parts(100_000, 100_000), unsuitable);
}

#[test]
fn marks_say_what_the_courier_must_do() {
    for (data, page, paper) in pages() {
        let all = texts(&page);
        let is_marked = data.marks != Marks::default();
        for mark in
            ["退货", "代收货款 ¥128.05", "到付", "保价 ¥3000.00", "隐私面单", "标快", "子件 2/3"]
        {
            assert_eq!(all.contains(&mark), is_marked, "{mark} {paper:?}");
        }
        assert_eq!(all.contains(&"母件 YT8812000033909"), is_marked);
    }
    let monthly = Marks { pay: Some(Pay::Monthly), ..Marks::default() };
    let data = WaybillData { marks: monthly, ..sample::ordinary() };
    let page = waybill::draw(&data, Head::DPMM_8, Paper::WAYBILL).unwrap();
    assert!(texts(&page).contains(&"月结"));
    let long = Marks { product: "标".repeat(60), ..Marks::default() };
    let data = WaybillData { marks: long, ..sample::ordinary() };
    let refused = waybill::draw(&data, Head::DPMM_8, Paper::WAYBILL);
    assert_eq!(refused, Err(Undrawable { field: "marks", what: What::TooLong }));
}

#[test]
fn the_second_part_repeats_number_and_people() {
    for paper in [Paper::WAYBILL_TWO, Paper::WAYBILL_TWO_LONG] {
        let page = waybill::draw(&sample::ordinary(), Head::DPMM_8, paper).unwrap();
        let twice = |text: &str| texts(&page).iter().filter(|line| **line == text).count() == 2;
        for text in ["YT8812 0000 33910", "欧阳**  1******7730", "收", "寄"] {
            assert!(twice(text), "{text} {paper:?}");
        }
    }
}
