//! Every kind of code, of contents that look random, drawn for both heads and read by `rxing`.

use crate::{
    golden,
    reading::{dice, scan},
};
use label::{
    barcode::{Grid, code39, code128, data_matrix, ean, itf, maxicode, modules, pdf417},
    font::Fonts,
    page::{Bars, Item, Modules, Page},
    raster::{Bitmap, paint},
    units::Head,
};
use rxing::{
    BarcodeFormat, BinaryBitmap, Luma8LuminanceSource, Reader, common::GlobalHistogramBinarizer,
    maxicode::MaxiCodeReader,
};

const HEADS: [Head; 2] = [Head::DPMM_8, Head::DPMM_12];

fn whole(head: Head, width: i32, height: i32, items: Vec<Item>) -> Bitmap {
    paint(&Page { head, width, height, items, shortened: Vec::new() }, Fonts::shipped())
}

/// Bars alone with their quiet zones, as narrow as that head may draw them.
fn bars(runs: Vec<u8>, head: Head, quiet: [i32; 2]) -> Bitmap {
    let module = head.module_min();
    let width = (modules(&runs) + quiet[0] + quiet[1]) * module;
    let bars = Bars { x: quiet[0] * module, y: 0, height: 40, module, runs };
    whole(head, width, 40, vec![Item::Bars(bars)])
}

/// Rows alone with their quiet zone.
fn rows(grid: Grid, head: Head, quiet: i32, row_modules: i32) -> Bitmap {
    let module = head.module_min() + 1;
    let (row, edge) = (module * row_modules, module * quiet);
    let (width, height) = (grid.width as i32 * module, grid.height() as i32 * row);
    let code = Modules { x: edge, y: edge, module, row, grid };
    whole(head, width + 2 * edge, height + 2 * edge, vec![Item::Modules(code)])
}

fn read(image: &Bitmap, format: BarcodeFormat) -> Option<String> {
    scan(image, 0..image.height, format)
}

/// So many characters of `alphabet`.
fn some(roll: &mut impl FnMut(u64) -> u64, alphabet: &str, length: u64) -> String {
    let alphabet: Vec<char> = alphabet.chars().collect();
    (0..length).map(|_| alphabet[roll(alphabet.len() as u64) as usize]).collect()
}

const DIGITS: &str = "0123456789";
const PLAIN: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
const ASCII: &str = "0123456789 abcxyzABCXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\n\t";

#[test]
fn any_code_39_says_its_text() {
    let mut roll = dice(39);
    for round in 0..120 {
        let length = 1 + roll(20);
        let text = format!("A{}Z", some(&mut roll, PLAIN, length));
        let text = if round % 2 == 0 { text } else { code39::with_check(&text).unwrap() };
        let head = HEADS[round % 2];
        let image = bars(code39::encode(&text).unwrap(), head, [code39::QUIET; 2]);
        assert_eq!(read(&image, BarcodeFormat::CODE_39), Some(text));
    }
}

#[test]
fn any_itf_says_its_digits() {
    let mut roll = dice(25);
    for round in 0..120 {
        let length = [5, 7, 9, 13, 15][round % 5];
        let text = itf::with_check(&some(&mut roll, DIGITS, length)).unwrap();
        let head = HEADS[round % 2];
        let image = bars(itf::encode(&text).unwrap(), head, [itf::QUIET; 2]);
        assert_eq!(read(&image, BarcodeFormat::ITF), Some(text));
    }
}

#[test]
fn an_itf_between_bearer_bars_is_read() {
    let runs = itf::encode("15400141288763").unwrap();
    let symbol = Bars { x: 30, y: 20, height: 60, module: 3, runs };
    let width = (modules(&symbol.runs) + 2 * itf::QUIET) * 3;
    let bearers = itf::bearers(&symbol).map(|r| Item::Fill(r, label::page::Ink::Black));
    let items = bearers.into_iter().chain([Item::Bars(symbol)]).collect();
    let image = whole(Head::DPMM_8, width, 100, items);
    assert_eq!(read(&image, BarcodeFormat::ITF).as_deref(), Some("15400141288763"));
    assert!((0..image.width).all(|x| image.is_black(x, 17) && image.is_black(x, 82)));
}

#[test]
fn any_ean_and_upc_says_its_digits_and_the_check_digit() {
    type Encode = fn(&str) -> Option<Vec<u8>>;
    let kinds: [(Encode, u64, [i32; 2], BarcodeFormat); 3] = [
        (ean::encode_13, 12, ean::QUIET_13, BarcodeFormat::EAN_13),
        (ean::encode_8, 7, ean::QUIET_8, BarcodeFormat::EAN_8),
        (ean::encode_upc_a, 11, ean::QUIET_UPC, BarcodeFormat::UPC_A),
    ];
    let mut roll = dice(13);
    for round in 0..180 {
        let (encode, length, quiet, format) = kinds[round % 3];
        let text = some(&mut roll, DIGITS, length);
        let image = bars(encode(&text).unwrap(), HEADS[round / 3 % 2], quiet);
        let said = read(&image, format).unwrap();
        assert_eq!(said[..length as usize], text, "{format:?}");
        // The check digit read is the one that is right, and no other is taken.
        assert_eq!(encode(&said), encode(&text));
        let wrong = (said.as_bytes()[length as usize] - b'0' + 1) % 10;
        assert_eq!(encode(&format!("{text}{wrong}")), None);
    }
}

#[test]
fn any_data_matrix_says_its_text() {
    let mut roll = dice(16_022);
    for round in 0..100 {
        let length = 1 + roll(60);
        let text = some(&mut roll, [DIGITS, PLAIN, ASCII][round % 3], length);
        let image =
            rows(data_matrix::encode(&text).unwrap(), HEADS[round % 2], data_matrix::QUIET, 1);
        assert_eq!(read(&image, BarcodeFormat::DATA_MATRIX), Some(text));
    }
    assert_eq!(data_matrix::encode(""), None);
    assert_eq!(data_matrix::encode(&"运单".repeat(1_000)), None);
}

#[test]
fn any_pdf417_says_its_text() {
    let mut roll = dice(15_438);
    for round in 0..100 {
        let length = 1 + roll(80);
        let text = some(&mut roll, [DIGITS, PLAIN, ASCII][round % 3], length);
        let columns = 2 + roll(6) as u8;
        let grid = pdf417::encode(&text, columns).unwrap();
        let image = rows(grid, HEADS[round % 2], pdf417::QUIET, pdf417::ROW_MODULES);
        assert_eq!(read(&image, BarcodeFormat::PDF_417).as_ref(), Some(&text), "{columns}");
    }
    for (text, columns) in [("", 4), ("A", 0), ("A", 31)] {
        assert_eq!(pdf417::encode(text, columns), None);
    }
    assert_eq!(pdf417::encode(&"a;B1".repeat(500), 4), None);
}

/// Without looking for it: `rxing` finds one MaxiCode in six not at all, wherever it comes from.
fn maxi(image: &Bitmap) -> Option<String> {
    let dots = (0..image.height).flat_map(|y| (0..image.width).map(move |x| (x, y)));
    let luma = dots.map(|(x, y)| if image.is_black(x, y) { 0 } else { 255 }).collect();
    let source = Luma8LuminanceSource::new(luma, image.width, image.height).unwrap();
    let mut image = BinaryBitmap::new(GlobalHistogramBinarizer::new(source));
    let read = MaxiCodeReader::default().decode(&mut image);
    read.ok().map(|result| result.getText().to_owned())
}

#[test]
fn any_maxicode_says_its_text_and_its_route() {
    let mut roll = dice(16_023);
    let heads = [Head::DPMM_8, Head::DPMM_12, Head::DPI_300];
    for round in 0..60 {
        let length = 1 + roll(40);
        let text = some(&mut roll, [DIGITS, PLAIN, ASCII][round % 3], length);
        let head = heads[round % 3];
        let grid = maxicode::encode(&text, None).unwrap();
        assert_eq!(maxi(&maxicode::drawn(&grid, head)), Some(text));
    }
    for (postcode, said) in [("841706672", "841706672"), ("10115", "10115"), ("B1050", "B1050 ")] {
        let route = maxicode::Route { postcode: postcode.to_owned(), country: 840, service: 7 };
        let text = "[)>\u{1e}01\u{1d}961Z00004951\u{1d}UPSN\u{1e}\u{4}";
        let image = maxicode::drawn(&maxicode::encode(text, Some(&route)).unwrap(), Head::DPMM_8);
        let want = text.replace("96", &format!("96{said}\u{1d}840\u{1d}007\u{1d}"));
        assert_eq!(maxi(&image), Some(want));
        if postcode.len() == 9 {
            golden::check("maxicode-8", &image);
        }
    }
}

const HAN: &str = "运单YT8812000033910·成都";

#[test]
fn codes_of_rows_say_han() {
    let grid = pdf417::encode(HAN, 4).unwrap();
    let image = rows(grid, Head::DPMM_8, pdf417::QUIET, pdf417::ROW_MODULES);
    assert_eq!(read(&image, BarcodeFormat::PDF_417).as_deref(), Some(HAN));
    // `rxing` 0.9 reads a Data Matrix in UTF-8 as Latin-1 and twice; ZXing C++ read the approved
    // picture below right. Here the bytes it found are enough.
    let image = rows(data_matrix::encode(HAN).unwrap(), Head::DPMM_8, data_matrix::QUIET, 1);
    let latin: String = HAN.bytes().map(char::from).collect();
    assert!(read(&image, BarcodeFormat::DATA_MATRIX).is_some_and(|said| said.starts_with(&latin)));
}

#[test]
fn every_code_looks_as_approved() {
    let linear = [
        (code39::encode("PACK-39 A"), code39::QUIET),
        (itf::encode("15400141288763"), itf::QUIET),
        (ean::encode_13("6901234567892"), ean::QUIET_13[0]),
        (ean::encode_8("96385074"), ean::QUIET_8[0]),
        (ean::encode_upc_a("036000291452"), ean::QUIET_UPC[0]),
    ];
    let (mut items, mut y) = (Vec::new(), 20);
    for (runs, quiet) in linear {
        let runs = runs.unwrap();
        items.push(Item::Bars(Bars { x: quiet * 2, y, height: 50, module: 2, runs }));
        y += 80;
    }
    let (module, row) = (4, 4);
    let grid = data_matrix::encode(HAN).unwrap();
    items.push(Item::Modules(Modules { x: 20, y, module, row, grid }));
    let (x, module, row, grid) = (180, 2, 6, pdf417::encode(HAN, 4).unwrap());
    items.push(Item::Modules(Modules { x, y, module, row, grid }));
    golden::check("codes-8", &whole(Head::DPMM_8, 520, y + 140, items));
}

/// The fewest code words for `text` in `set`, by trying everything: said here, said in another set
/// for one character, or after going over to another set.
fn fewest(text: &[u8], set: char, may_go: bool) -> usize {
    let Some((&first, rest)) = text.split_first() else { return 0 };
    let says = |set: char| match set {
        'A' => first < 96,
        'B' => first >= 32,
        _ => false,
    };
    let mut best = 1_000;
    if says(set) {
        best = best.min(1 + fewest(rest, set, true));
    }
    if set == 'C' && first.is_ascii_digit() && rest.first().is_some_and(u8::is_ascii_digit) {
        best = best.min(1 + fewest(&rest[1..], set, true));
    }
    if set == 'A' && says('B') || set == 'B' && says('A') {
        best = best.min(2 + fewest(rest, set, true));
    }
    if may_go {
        for other in ['A', 'B', 'C'].into_iter().filter(|&other| other != set) {
            best = best.min(1 + fewest(text, other, false));
        }
    }
    best
}

#[test]
fn no_code_128_is_shorter() {
    let mut roll = dice(128);
    let alphabets = ["0123456789Aa", "01a\u{1}", "0123A\u{2}z", "0aA\u{3}\u{1f}~"];
    for round in 0..600 {
        let length = 1 + roll(8);
        let text = some(&mut roll, alphabets[round % alphabets.len()], length);
        let start = ['A', 'B', 'C'].map(|set| fewest(text.as_bytes(), set, false));
        let words = 2 + start.into_iter().min().unwrap() as i32;
        let runs = code128::encode(&text).unwrap();
        assert_eq!(code128::modules(&runs), 11 * words + 13, "{text:?}");
    }
}
