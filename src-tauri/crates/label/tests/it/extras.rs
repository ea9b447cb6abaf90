//! A shop's own things on a waybill: they fit without touching anything else, or are refused by
//! name; and other hands read their codes.

use crate::{
    golden,
    reading::{HEADS, dice, scan},
    sample,
};
use label::{
    font::Fonts,
    forms::{
        Undrawable, What,
        waybill::{
            self, WaybillData,
            extras::{self, Code, Content, Extra, Frame, Side, Text},
        },
    },
    page::{Rect, Weight},
    raster::{Bitmap, paint},
    units::{Head, Paper},
};
use rxing::BarcodeFormat;

const CODES: [Code; 4] = [Code::Code128, Code::Qr, Code::DataMatrix, Code::Pdf417];

fn words(text: &str, size_um: i32, side: Side) -> Content {
    let (text, weight) = (text.to_owned(), Weight::Regular);
    Content::Text(Text { text, size_um, size_min_um: 2_500, weight, side, may_end: false })
}

fn extra(name: &str, [x_um, y_um, width_um, height_um]: [i32; 4], content: Content) -> Extra {
    Extra { name: name.into(), frame: Frame { x_um, y_um, width_um, height_um }, content }
}

/// A ring with a dot in it, as large as its frame allows.
fn logo(head: Head, side_um: i32) -> Content {
    let side = head.dots(side_um);
    let mut dots = Bitmap::blank(side, side);
    for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
        let (dx, dy) = (2 * x + 1 - side, 2 * y + 1 - side);
        let far = dx * dx + dy * dy;
        let ring = far <= side * side && far * 100 >= side * side * 64;
        if ring || far * 100 <= side * side * 12 {
            dots.fill(Rect { x, y, width: 1, height: 1 }, label::page::Ink::Black);
        }
    }
    Content::Picture(dots)
}

/// µm of dots, as the editor says them.
fn um(head: Head, dots: i32) -> i32 {
    ((i64::from(dots) * 1_000_000 + i64::from(head.dots_per_m) / 2) / i64::from(head.dots_per_m))
        as i32
}

/// Logo, thanks, order number in words and as a code, goods: a shop's usual wishes.
fn wishes(head: Head, paper: Paper) -> Vec<Extra> {
    let free = extras::free(head, paper).unwrap();
    let (x, y) = (um(head, free.x), um(head, free.y));
    let (width, height) = (um(head, free.width), um(head, free.height));
    let code = if width > 60_000 { Code::Pdf417 } else { Code::DataMatrix };
    let code_width = if width > 60_000 { 34_000 } else { 9_000 };
    let right = x + width - code_width;
    let code = Content::Code(code, "WC-20937".into());
    let goods = "保温杯 480ml ×2 · 杯刷 ×1 · 杯盖密封圈 ×4";
    vec![
        extra("logo", [x, y, 9_000, 9_000], logo(head, 9_000)),
        extra(
            "thanks",
            [x + 9_500, y, right - x - 10_000, 9_000],
            words("谢谢光临，满意请给五星", 3_500, Side::Centre),
        ),
        extra("code", [right, y, code_width, 9_000], code),
        extra("goods", [x, y + 9_500, width, height - 14_000], words(goods, 3_250, Side::Left)),
        extra(
            "order",
            [x, y + height - 4_250, width, 4_250],
            words("订单号 WC-20937", 3_000, Side::Right),
        ),
    ]
}

fn with(extras: Vec<Extra>) -> WaybillData {
    WaybillData { extras: Some(extras), ..sample::ordinary() }
}

fn bitmap(data: &WaybillData, head: Head, paper: Paper) -> Bitmap {
    paint(&waybill::draw(data, head, paper).unwrap(), Fonts::shipped())
}

#[test]
fn forms_with_a_shops_things_look_as_approved() {
    for (name, paper) in [("76x130", Paper::WAYBILL), ("100x180", Paper::WAYBILL_TWO_LONG)] {
        for (pitch, head) in [("8", Head::DPMM_8), ("12", Head::DPMM_12)] {
            let got = bitmap(&with(wishes(head, paper)), head, paper);
            golden::check(&format!("waybill-{name}-shop-{pitch}"), &got);
        }
    }
}

#[test]
fn every_form_has_room_for_a_shop_beside_the_carriers_code() {
    for paper in Paper::WAYBILLS {
        for head in HEADS {
            let free = extras::free(head, paper).unwrap();
            assert!(free.width >= head.dots(44_000) && free.height >= head.dots(18_000));
            assert_eq!(extras::form_of(paper), Some(paper));
        }
    }
    let small = Paper { width_um: 60_000, height_um: 40_000 };
    assert_eq!(extras::form_of(small), None);
    assert!(extras::free(Head::DPMM_8, small).is_err());
}

/// Black dots where `free` is not.
fn beside(image: &Bitmap, free: Rect) -> Bitmap {
    let mut rest = image.clone();
    rest.fill(free, label::page::Ink::White);
    rest
}

#[test]
fn any_extras_stay_in_the_free_area_and_off_each_other_or_are_refused() {
    const LETTERS: &str = "谢光临满意请给五星（），。·ÅjgyQ_|[]《》༄བོད་Ж9 -/\u{e123}";
    let letters: Vec<char> = LETTERS.chars().collect();
    let (mut roll, mut drawn, mut refused) = (dice(91), 0, 0);
    for round in 0..240 {
        let head = HEADS[round % HEADS.len()];
        let paper = Paper::WAYBILLS[roll(4) as usize];
        let free = extras::free(head, paper).unwrap();
        let (left, top) = (um(head, free.x), um(head, free.y));
        let some: Vec<Extra> = (0..1 + roll(2))
            .map(|nth| {
                let mut within = |from: i32, most: i32| from + roll(most.max(1) as u64) as i32;
                let frame = [
                    within(left - 300, 30_000),
                    within(top - 300, 12_000),
                    within(2_000, 30_000),
                    within(2_000, 14_000),
                ];
                let count = letters.len() as u64 - u64::from(round % 8 != 0);
                let length = roll(30);
                let text: String = (0..length).map(|_| letters[roll(count) as usize]).collect();
                let content = match roll(3) {
                    0 => Content::Code(CODES[roll(4) as usize], format!("WC-{length}")),
                    1 => Content::Picture(Bitmap::blank(head.dots(frame[2]), head.dots(frame[3]))),
                    _ => {
                        let side = [Side::Left, Side::Centre, Side::Right][roll(3) as usize];
                        let size_um = 2_500 + roll(4_000) as i32;
                        let (weight, size_min_um) = (Weight::Bold, 2_500);
                        let may_end = roll(2) == 0;
                        Content::Text(Text { text, size_um, size_min_um, weight, side, may_end })
                    }
                };
                extra(&format!("e{nth}"), frame, content)
            })
            .collect();
        let plain = bitmap(&with(Vec::new()), head, paper);
        match waybill::draw(&with(some.clone()), head, paper) {
            Ok(page) => {
                drawn += 1;
                let image = paint(&page, Fonts::shipped());
                assert_eq!(beside(&image, free), beside(&plain, free), "{some:?}");
                let mut ink = image.clone();
                for one in &some {
                    let frame = one.frame.dots(head);
                    ink.fill(frame, label::page::Ink::White);
                }
                let mut bare = plain.clone();
                for one in &some {
                    bare.fill(one.frame.dots(head), label::page::Ink::White);
                }
                assert_eq!(ink, bare, "ink outside of the frames: {some:?}");
                assert_eq!(extras::misfits(&some, head, paper), Ok(Vec::new()));
            }
            Err(Undrawable { field, what: What::Extra { name, .. } }) => {
                refused += 1;
                assert_eq!(field, "extra");
                let misfits = extras::misfits(&some, head, paper).unwrap();
                assert_eq!(some[misfits[0].nth].name, name);
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(drawn > 40 && refused > 40, "{drawn} drawn, {refused} refused");
}

#[test]
fn what_does_not_fit_is_refused_with_its_reason() {
    let (head, paper) = (Head::DPMM_8, Paper::WAYBILL);
    let free = extras::free(head, paper).unwrap();
    let (x, y) = (um(head, free.x), um(head, free.y));
    let why = |extras: Vec<Extra>| match waybill::draw(&with(extras), head, paper) {
        Err(Undrawable { field: "extra", what: What::Extra { name, what } }) => (name, *what),
        other => panic!("{other:?}"),
    };
    let text = |text: &str| words(text, 3_000, Side::Left);
    let frame = [x, y, 20_000, 4_000];
    let got = why(vec![extra("far", [x, y - 2_000, 20_000, 4_000], text("谢谢"))]);
    assert_eq!(got, ("far".to_owned(), What::Outside));
    let got = why(vec![extra("qr", [x + 30_000, y, 20_000, 4_000], text("谢谢"))]);
    assert_eq!(got.1, What::Outside, "the cell of the carrier's code");
    let both = vec![
        extra("one", frame, text("谢谢")),
        extra("two", [x + 19_000, y, 9_000, 4_000], text("再来")),
    ];
    assert_eq!(why(both), ("two".to_owned(), What::Overlaps("one".to_owned())));
    let long = "谢谢光临".repeat(9);
    assert_eq!(why(vec![extra("long", frame, text(&long))]).1, What::TooLong);
    let unknown = why(vec![extra("odd", frame, text("谢\u{e123}"))]).1;
    assert_eq!(unknown, What::GlyphMissing('\u{e123}'));
    let code = |kind, text: &str| vec![extra("code", frame, Content::Code(kind, text.into()))];
    assert_eq!(why(code(Code::Code128, "订单")).1, What::NotEncodable);
    for kind in CODES {
        assert_eq!(why(code(kind, &"20937-".repeat(13))).1, What::TooLong, "{kind:?}");
    }
    let wide = Content::Picture(Bitmap::blank(200, 20));
    assert_eq!(why(vec![extra("logo", frame, wide)]).1, What::TooLong);
    // What may end does, visibly, and says so.
    let Content::Text(text) = text(&long) else { panic!() };
    let ends = Content::Text(Text { may_end: true, ..text });
    let page = waybill::draw(&with(vec![extra("long", frame, ends)]), head, paper).unwrap();
    assert_eq!(page.shortened, ["extra"]);
}

#[test]
fn a_form_made_on_one_head_holds_on_the_others() {
    for paper in Paper::WAYBILLS {
        for made_on in HEADS {
            for head in HEADS {
                let made = wishes(made_on, paper).into_iter().map(|it| match it.content {
                    Content::Picture(_) => Extra { content: logo(head, 8_500), ..it },
                    _ => it,
                });
                let made: Vec<Extra> = made.collect();
                assert_eq!(
                    extras::misfits(&made, head, paper),
                    Ok(Vec::new()),
                    "{made_on:?} {head:?} {paper:?}"
                );
            }
        }
    }
}

#[test]
fn others_read_a_shops_codes_beside_the_carriers() {
    let formats = [
        (Code::Code128, BarcodeFormat::CODE_128, [40_000, 9_000]),
        (Code::Qr, BarcodeFormat::QR_CODE, [14_000, 14_000]),
        (Code::DataMatrix, BarcodeFormat::DATA_MATRIX, [9_000, 9_000]),
        (Code::Pdf417, BarcodeFormat::PDF_417, [44_000, 12_000]),
    ];
    for paper in Paper::WAYBILLS {
        for head in HEADS {
            let free = extras::free(head, paper).unwrap();
            for (code, format, [width, height]) in formats {
                let (x, y) = (um(head, free.x), um(head, free.y));
                let content = Content::Code(code, "WC-20937".into());
                let data = with(vec![extra("code", [x, y, width, height], content)]);
                // The carrier's own QR code would be found first.
                let data = WaybillData { qr: String::new(), ..data };
                let image = bitmap(&data, head, paper);
                let rows = free.y as u32..(free.y + free.height) as u32;
                let read = scan(&image, rows, format);
                assert_eq!(read.as_deref(), Some("WC-20937"), "{code:?} {head:?} {paper:?}");
            }
        }
    }
}
