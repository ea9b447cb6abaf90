//! What somebody else reads from a label: the codes with `rxing` (a port of ZXing), the printers'
//! bytes with the decoders of this folder. The practice printer reads them again, by another hand.

use crate::{sample, tspl, zpl};
use label::{
    barcode::{code128, qr},
    font::Fonts,
    forms::{
        Undrawable, What,
        waybill::{self, Party, WaybillData},
    },
    language::{Graphics, Language, Options},
    page::{Bars, Item, Page},
    raster::{Bitmap, paint},
    units::{Head, Paper},
};
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, MultiFormatReader, Reader,
    common::HybridBinarizer,
};
use std::collections::HashSet;

pub const HEADS: [Head; 3] = [Head::DPMM_8, Head::DPMM_12, Head::DPI_300];

fn draw(data: &WaybillData, head: Head) -> Page {
    waybill::draw(data, head, Paper::WAYBILL).unwrap()
}

fn bitmap(data: &WaybillData, head: Head) -> Bitmap {
    paint(&draw(data, head), Fonts::shipped())
}

/// What a scanner says of the rows `top..bottom`.
pub fn scan(bitmap: &Bitmap, rows: std::ops::Range<u32>, format: BarcodeFormat) -> Option<String> {
    let dots = rows.clone().flat_map(|y| (0..bitmap.width).map(move |x| (x, y)));
    let luma = dots.map(|(x, y)| if bitmap.is_black(x, y) { 0 } else { 255 }).collect();
    let source = Luma8LuminanceSource::new(luma, bitmap.width, rows.len() as u32).unwrap();
    let hints = DecodeHints::default()
        .with(rxing::DecodeHintValue::PossibleFormats(HashSet::from([format])))
        .with(rxing::DecodeHintValue::TryHarder(true));
    let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
    let read = MultiFormatReader::default().decode_with_hints(&mut image, &hints);
    read.ok().map(|result| result.getText().to_owned())
}

/// A symbol alone on blank paper.
fn symbol(text: &str) -> Bitmap {
    let runs = code128::encode(text).unwrap();
    let (module, quiet) = (2, 2 * code128::QUIET);
    let width = code128::modules(&runs) * module + 2 * quiet;
    let bars = Bars { x: quiet, y: 0, height: 20, module, runs };
    let items = vec![Item::Bars(bars)];
    let page = Page { head: Head::DPMM_8, width, height: 20, items, shortened: Vec::new() };
    paint(&page, Fonts::shipped())
}

/// Numbers that look random and are the same every day.
pub fn dice(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |sides| {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % sides
    }
}

#[test]
fn any_code_128_says_its_text() {
    let mut roll = dice(7);
    for round in 0..400 {
        let length = 1 + roll(24);
        // Digits, waybill letters, printable, and everything.
        let kinds: [&[(u8, u8)]; 4] =
            [&[(48, 58)], &[(48, 58), (65, 91)], &[(32, 127)], &[(0, 128), (48, 58)]];
        let kind = kinds[round % 4];
        let mut one = || {
            let (from, to) = kind[roll(kind.len() as u64) as usize];
            char::from(from + roll(u64::from(to - from)) as u8)
        };
        let text: String = (0..length).map(|_| one()).collect();
        let image = symbol(&text);
        let read = scan(&image, 0..image.height, BarcodeFormat::CODE_128);
        assert_eq!(read.as_deref(), Some(text.as_str()), "{text:?}");
    }
}

#[test]
fn both_codes_of_a_waybill_say_its_number() {
    for head in HEADS {
        for data in [sample::ordinary(), sample::crowded()] {
            let image = bitmap(&data, head);
            let rows = |um: i32, to: i32| head.dots(um) as u32..head.dots(to) as u32;
            let bars = scan(&image, rows(33_000, 50_000), BarcodeFormat::CODE_128);
            assert_eq!(bars, data.no);
            let square = scan(&image, rows(90_500, 115_000), BarcodeFormat::QR_CODE);
            assert_eq!(square, Some(data.qr));
        }
    }
}

#[test]
fn bars_are_whole_dots_with_free_paper_around() {
    let mut numbers =
        vec!["75312345678901", "YT8812000033910", "SF1234567890123", "JDVB0123456789012"];
    numbers.extend(["1", "ABCDEFGHIJKLMNOPQ", "ABCDEFGHIJKLMNOP012"]);
    for (head, no) in HEADS.into_iter().flat_map(|head| numbers.iter().map(move |no| (head, no))) {
        let data = WaybillData { no: Some((*no).to_owned()), ..sample::ordinary() };
        let page = draw(&data, head);
        let bars = page.items.iter().find_map(|item| match item {
            Item::Bars(bars) => Some(bars.clone()),
            _ => None,
        });
        let Bars { x, y, height, module, .. } = bars.unwrap();
        assert!(module >= head.module_min());
        assert!(height >= head.dots(12_000), "bars lower than 12 mm");
        let image = paint(&page, Fonts::shipped());
        let first = runs_of(&image, y as u32);
        let bar_rows = (y as u32..(y + height) as u32).map(|row| runs_of(&image, row));
        assert!(bar_rows.clone().all(|row| row == first), "rows of bars differ");
        // The frame's side, quiet, bars by turns with spaces, quiet, the frame's side.
        let inside: Vec<u32> = first[3..first.len() - 3].to_vec();
        assert!(inside.iter().all(|run| run % module as u32 == 0), "{no}: {inside:?}");
        let quiet = (code128::QUIET * module) as u32;
        assert!(first[2] >= quiet && first[first.len() - 3] >= quiet, "{no}: {first:?}");
        assert_eq!(first[0] + first[1] + first[2], x as u32);
    }
}

/// Lengths of white and black by turns in a row, white first.
pub fn runs_of(image: &Bitmap, row: u32) -> Vec<u32> {
    let dots: Vec<bool> = (0..image.width).map(|x| image.is_black(x, row)).collect();
    dots.chunk_by(|a, b| a == b).map(|run| run.len() as u32).collect()
}

fn options(head: Head, graphics: Graphics) -> Options {
    Options { darkness: Some(8), speed: Some(4), head, graphics, ..Options::default() }
}

#[test]
fn printers_get_the_dots_of_the_preview() {
    for head in HEADS {
        for data in [sample::ordinary(), sample::crowded(), sample::practice()] {
            let image = bitmap(&data, head);
            for graphics in [Graphics::Z64, Graphics::Acs] {
                let bytes = Language::Zpl.encode(&image, &options(head, graphics));
                assert_eq!(zpl::decode(&bytes).unwrap(), image);
            }
            let bytes = Language::Tspl.encode(&image, &options(head, Graphics::Z64));
            assert_eq!(tspl::decode(&bytes, image.width, image.height), image);
        }
    }
}

#[test]
fn any_bitmap_survives_the_way_to_the_printer() {
    let mut roll = dice(11);
    for round in 0..300 {
        let (width, height) = (1 + roll(200) as i32, 1 + roll(120) as i32);
        let mut image = Bitmap::blank(width, height);
        let stride = image.stride_bytes as usize;
        let last = 0xff_u8 << (stride * 8 - width as usize);
        for _ in 0..roll(60) {
            let (row, column) = (roll(height as u64) as usize, roll(stride as u64) as usize);
            let mask = if column == stride - 1 { last } else { 0xff };
            let end = if round % 2 == 0 { row + 1 } else { height as usize };
            for y in row..end {
                image.bits[y * stride + column] = roll(256) as u8 & mask;
            }
        }
        for graphics in [Graphics::Z64, Graphics::Acs] {
            let bytes = Language::Zpl.encode(&image, &options(Head::DPMM_8, graphics));
            assert_eq!(zpl::decode(&bytes).unwrap(), image);
        }
        let bytes = Language::Tspl.encode(&image, &options(Head::DPMM_8, Graphics::Z64));
        assert_eq!(tspl::decode(&bytes, image.width, image.height), image);
    }
}

#[test]
fn a_wrong_crc_is_noticed_by_these_tests() {
    let image = bitmap(&sample::ordinary(), Head::DPMM_8);
    let mut bytes = Language::Zpl.encode(&image, &options(Head::DPMM_8, Graphics::Z64));
    let end = bytes.windows(3).rposition(|part| part == b"^FS").unwrap();
    bytes[end - 4..end].fill(b'0');
    assert_eq!(zpl::decode(&bytes), Err("crc".to_owned()));
}

#[test]
fn what_is_sent_is_small_and_within_the_commands_limits() {
    let image = bitmap(&sample::ordinary(), Head::DPMM_8);
    let size = |language: Language, graphics| {
        language.encode(&image, &options(Head::DPMM_8, graphics)).len()
    };
    assert!(size(Language::Zpl, Graphics::Z64) <= 20_000);
    assert!(size(Language::Zpl, Graphics::Acs) <= 40_000);
    // 79 040 bytes of dots, of which half are blank paper that is not sent.
    assert!(size(Language::Zpl, Graphics::Binary) <= 42_000);
    for raw in [Language::Tspl, Language::Cpcl, Language::Epl] {
        assert!(size(raw, Graphics::Z64) <= 42_000, "{raw:?}");
    }
    // Rows begin at the left edge, and the form's frame ends at the right one.
    assert!(size(Language::EscPos, Graphics::Z64) < image.bits.len());
    for graphics in [Graphics::Z64, Graphics::Acs] {
        let image = bitmap(&sample::ordinary(), Head::DPMM_12);
        let bytes = Language::Zpl.encode(&image, &options(Head::DPMM_12, graphics));
        assert!(bytes.is_ascii());
        assert!(!bytes.contains(&b'!'));
        assert!(zpl::counts(&bytes).iter().all(|&count| count <= 99_999));
    }
}

fn refused(change: impl FnOnce(&mut WaybillData)) -> Undrawable {
    let mut data = sample::ordinary();
    change(&mut data);
    waybill::draw(&data, Head::DPMM_8, Paper::WAYBILL).unwrap_err()
}

#[test]
fn what_cannot_be_printed_is_refused_by_its_field() {
    let too_long = |field| Undrawable { field, what: What::TooLong };
    let long = "长".repeat(200);
    assert_eq!(refused(|d| d.carrier_name = long.clone()), too_long("carrier_name"));
    assert_eq!(refused(|d| d.receiver.address = long.clone()), too_long("receiver.address"));
    assert_eq!(refused(|d| d.receiver.name = long.clone()), too_long("receiver.name"));
    assert_eq!(refused(|d| d.sender.address = long.clone()), too_long("sender.address"));
    assert_eq!(refused(|d| d.order_no = long.clone()), too_long("order_no"));
    assert_eq!(refused(|d| d.no = Some("A".repeat(40))), too_long("no"));

    let not_encodable = |field| Undrawable { field, what: What::NotEncodable };
    assert_eq!(refused(|d| d.no = Some("运单1".to_owned())), not_encodable("no"));
    assert_eq!(refused(|d| d.no = Some("YT1\n".to_owned())), not_encodable("no"));
    assert_eq!(refused(|d| d.no = Some(String::new())), not_encodable("no"));

    let glyph = |field| Undrawable { field, what: What::GlyphMissing('\u{e123}') };
    assert_eq!(refused(|d| d.receiver.name = "\u{e123}王".into()), glyph("receiver.name"));
    assert_eq!(refused(|d| d.receiver.address.push('\u{e123}')), glyph("receiver.address"));

    let small = Paper { width_um: 60_000, height_um: 40_000 };
    let got = waybill::draw(&sample::ordinary(), Head::DPMM_8, small);
    assert_eq!(got, Err(Undrawable { field: "paper", what: What::Paper }));
}

/// They come with the number, when it is too late to refuse.
#[test]
fn what_the_carrier_says_never_stops_a_label() {
    let long = "恩施土家族苗族自治州".repeat(30);
    let said = |change: &dyn Fn(&mut WaybillData)| {
        let mut data = sample::ordinary();
        change(&mut data);
        let page = draw(&data, Head::DPMM_8);
        assert_eq!(stray(&paint(&page, Fonts::shipped()), Head::DPMM_8), 0);
        page.shortened
    };
    assert_eq!(said(&|d| d.sort_code = long.clone()), ["sort_code"]);
    assert_eq!(said(&|d| d.bag_place = long.clone()), ["bag_place"]);
    assert_eq!(said(&|d| d.destination = long.clone()), ["destination"]);
    assert_eq!(said(&|d| d.sort_code = "574-C48-013 恩施土家族苗族自治州".into()), [""; 0]);
    assert_eq!(said(&|d| d.sort_code.push('\u{e123}')), ["sort_code"]);
    assert_eq!(said(&|d| d.bag_place.push('\u{e123}')), ["bag_place"]);
    assert_eq!(said(&|d| d.qr = "x".repeat(900)), ["qr"]);
    assert_eq!(said(&|d| d.qr = "x".repeat(9_000)), ["qr"]);
}

#[test]
fn no_personal_data_stays_readable() {
    let page = draw(&sample::ordinary(), Head::DPMM_8);
    let texts = page.items.iter().filter_map(|item| match item {
        Item::Text(line) => Some(line.text.as_str()),
        _ => None,
    });
    let all: String = texts.collect();
    for hidden in ["建国", "15100007730", "902", "88001234"] {
        assert!(!all.contains(hidden), "{hidden} in {all}");
    }
    assert!(all.contains("欧阳**  1******7730"));
}

#[test]
fn goods_and_remark_never_stop_a_parcel_and_their_cut_is_seen() {
    let mut data = sample::ordinary();
    data.goods = "保温杯 480ml ×2 · ".repeat(60);
    data.note = "谢谢\u{e123}".repeat(60);
    let page = draw(&data, Head::DPMM_8);
    assert_eq!(page.shortened, ["goods", "note"]);
    assert_eq!(draw(&sample::ordinary(), Head::DPMM_8).shortened, [""; 0]);
}

#[test]
fn everything_drawn_lies_within_the_margins() {
    let wide = Paper { width_um: 100_000, height_um: 150_000 };
    for (head, paper) in HEADS.into_iter().flat_map(|h| [(h, Paper::WAYBILL), (h, wide)]) {
        for data in [sample::ordinary(), sample::crowded(), sample::practice()] {
            let image = paint(&waybill::draw(&data, head, paper).unwrap(), Fonts::shipped());
            assert_eq!(stray(&image, head), 0);
        }
    }
}

#[test]
fn any_text_is_drawn_within_the_margins_or_refused() {
    const LETTERS: &str =
        "浙江省杭州市余杭区（），。《》“”…·—×a Bc-_./12345#￥𠮷𠈌👍\u{200b}\n 室号楼\u{e123}क";
    let letters: Vec<char> = LETTERS.chars().collect();
    let (mut roll, mut roll_paper) = (dice(23), dice(24));
    let mut drawn = 0;
    for round in 0..300 {
        // The last two are in no font; they would refuse nearly every label.
        let count = if round % 8 == 0 { letters.len() } else { letters.len() - 2 } as u64;
        let mut text = |most: u64| -> String {
            (0..roll(most)).map(|_| letters[roll(count) as usize]).collect()
        };
        let data = WaybillData {
            carrier_name: text(12),
            sort_code: text(14),
            bag_place: text(10),
            destination: text(10),
            order_no: text(60),
            sender: Party { name: text(12), phone: text(15), address: text(60) },
            receiver: Party { name: text(12), phone: text(15), address: text(110) },
            goods: text(300),
            note: text(200),
            copy: round,
            practice: round % 2 == 0,
            ..sample::ordinary()
        };
        let head = HEADS[round as usize % HEADS.len()];
        let paper = Paper::WAYBILLS[roll_paper(4) as usize];
        match waybill::draw(&data, head, paper) {
            Ok(page) => {
                drawn += 1;
                assert_eq!(stray(&paint(&page, Fonts::shipped()), head), 0, "{data:?}");
            }
            Err(Undrawable { what: What::GlyphMissing(c), .. }) => {
                assert!("\u{e123}क".contains(c), "{c}");
            }
            Err(Undrawable { what, .. }) => assert_eq!(what, What::TooLong),
        }
    }
    assert!(drawn > 30, "{drawn}");
}

/// Black dots on the outer two millimetres.
pub fn stray(image: &Bitmap, head: Head) -> usize {
    let margin = head.dots(2_000) as u32;
    let (right, bottom) = (image.width - margin, image.height - margin);
    let inside = |x, y| (margin..right).contains(&x) && (margin..bottom).contains(&y);
    let dots = (0..image.height).flat_map(|y| (0..image.width).map(move |x| (x, y)));
    dots.filter(|&(x, y)| image.is_black(x, y) && !inside(x, y)).count()
}

#[test]
fn a_qr_code_says_han_and_addresses() {
    let matrix = qr::encode("https://example.com/单号?no=YT1").unwrap();
    assert_eq!(matrix.dark.len(), matrix.size * matrix.size);
    assert_eq!(qr::encode(&"x".repeat(3_000)), None);
}
