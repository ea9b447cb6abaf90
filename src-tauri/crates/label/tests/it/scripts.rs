//! Names of every script that a Chinese address may hold: what they look like, and that no line is
//! wider than it was measured or touches the next.

use crate::golden;
use label::{
    fit::{self, Room},
    font::{self, Fonts},
    page::{Ink, Item, Line, Page, Weight},
    raster::{Bitmap, paint},
    text::clean,
    units::Head,
};

/// Invented names and places.
const LINES: [&str; 14] = [
    "维 ئابدۇرەھىم مۇھەممەت",
    "ئۈرۈمچى شەھىرى 830000 (تەڭرىتاغ)",
    "收 阿依古丽 ئايگۈل 先生",
    "藏 བཀྲ་ཤིས་བདེ་ལེགས།",
    "ལྷ་ས་གྲོང་ཁྱེར། སྒྲོལ་མ",
    "蒙 ᠪᠠᠲᠤᠪᠠᠶᠠᠷ ᠬᠥᠬᠡᠬᠣᠲᠠ",
    "朝 김영희 서울특별시 똠방각하",
    "彝 ꆈꌠꉙ ꀉꂿ",
    "泰 สมชาย ใจดี ที่อยู่ กรุงเทพฯ",
    "越 Nguyễn Thị Hằng, Đường Lê Lợi",
    "俄 Ёлкина Ольга, ул. Щорса",
    "哈 Әсел Қайратқызы; Łódź Čeština",
    "希 Ελληνικά Ψάρι; Türkçe ğışİ",
    "5㎏ 25℃ ¥9 ３㎡ №① ²³ ½ ♥ → ″ €",
];

fn line(text: &str, size: i32, x: i32, baseline: i32) -> Item {
    let (weight, ink, text) = (Weight::Bold, Ink::Black, text.to_owned());
    Item::Text(Line { x, baseline, size, weight, ink, text })
}

fn page(width: i32, height: i32, items: Vec<Item>) -> Bitmap {
    let page = Page { head: Head::DPMM_8, width, height, items, shortened: Vec::new() };
    paint(&page, Fonts::shipped())
}

#[test]
fn every_script_looks_as_approved() {
    let (mut items, mut y) = (Vec::new(), 8);
    for size in [24, 40] {
        for text in LINES {
            let text = clean(text);
            assert_eq!(font::missing(&text), []);
            items.push(line(&text, size, 12, y + size * 88 / 100));
            y += size + (size + 3) / 6;
        }
    }
    golden::check("scripts-8", &page(800, y + 8, items));
}

/// Black dots: left, right, top, bottom, each inclusive.
fn ink(image: &Bitmap) -> Option<(i32, i32, i32, i32)> {
    let all = (0..image.height).flat_map(|y| (0..image.width).map(move |x| (x, y)));
    let black: Vec<_> = all.filter(|&(x, y)| image.is_black(x, y)).collect();
    let (left, right) = (black.iter().map(|d| d.0).min()?, black.iter().map(|d| d.0).max()?);
    let (top, bottom) = (black.first()?.1, black.last()?.1);
    Some((left as i32, right as i32, top as i32, bottom as i32))
}

#[test]
fn ink_stays_within_the_width_measured_and_near_its_line() {
    let fonts = Fonts::shipped();
    for (size, text) in [18, 24, 40].into_iter().flat_map(|size| LINES.map(|text| (size, text))) {
        let width = fonts.width(text, size, Weight::Bold);
        let image = page(width + 200, 200, vec![line(text, size, 100, 100)]);
        let (left, right, top, bottom) = ink(&image).unwrap();
        assert!(left >= 99 && right <= 101 + width, "{text} {left} {right} {width}");
        assert!(right - left >= width - size, "{text} {left} {right} {width}");
        // The line's box and what Latin with marks above and below takes of the gap.
        let (over, under) = (size + 1, size * 26 / 100 + 1);
        assert!(100 - top <= over && bottom - 100 <= under, "{size} {text} {top} {bottom}");
    }
}

#[test]
fn lines_of_every_script_hold_all_of_the_text_in_their_width() {
    let fonts = Fonts::shipped();
    let text = LINES.join(" ");
    let bare = |text: &str| text.replace(' ', "");
    for width in (60..600).step_by(17) {
        let room = Room { width, height: 9_999, size_max: 24, size_min: 18, weight: Weight::Bold };
        let got = fit::fit(&text, room, fonts).unwrap();
        assert_eq!(bare(&got.lines.concat()), bare(&text));
        for line in &got.lines {
            assert!(fonts.width(line, got.size, Weight::Bold) <= width, "{width} {line}");
        }
    }
}

#[test]
fn joined_letters_are_not_those_that_stand_alone() {
    let fonts = Fonts::shipped();
    let width = |text: &str| fonts.width(text, 40, Weight::Bold);
    for word in ["بەھر", "ᠮᠣᠩᠭᠣᠯ"] {
        let alone: i32 = word.chars().map(|c| width(&c.to_string())).sum();
        assert!(width(word) < alone, "{word}");
    }
    // A Tibetan stack is as wide as its widest letter.
    assert!(width("སྒྲ") < width("ས") * 2);
}

#[test]
fn words_from_right_to_left_run_from_right_to_left() {
    let draw = |text: &str| page(400, 60, vec![line(text, 40, 20, 44)]);
    let (alef, beh) = ("\u{627}", "\u{628}");
    // Alef does not join to the letter after it: the beh stands alone at its left.
    let both = draw(&format!("{alef}{beh}"));
    let width = Fonts::shipped().width(beh, 40, Weight::Bold);
    let left = draw(beh);
    let columns = |image: &Bitmap| {
        let dots = (0..60).flat_map(|y| (0..20 + width as u32).map(move |x| (x, y)));
        dots.map(|(x, y)| image.is_black(x, y)).collect::<Vec<_>>()
    };
    assert!(columns(&both) == columns(&left));
}

#[test]
fn all_of_gbk_and_extension_a_has_a_glyph() {
    let pairs = (0x81..=0xfe_u8).flat_map(|a| (0x40..=0xfe_u8).map(move |b| [a, b]));
    let han = pairs.filter_map(|pair| {
        let (text, faults) = encoding_rs::GBK.decode_without_bom_handling(&pair);
        let c = text.chars().next().filter(|_| !faults && text.chars().count() == 1)?;
        // Half a character of four bytes, or what a user was to define.
        (!('\u{e000}'..='\u{f8ff}').contains(&c)).then_some(c)
    });
    let all: String = han.chain('\u{3400}'..='\u{4db5}').collect();
    assert!(all.chars().count() > 28_000);
    assert_eq!(font::missing(&all), []);
}
