//! Fonts of the machine come last, and only for what they draw. A process of its own, because a
//! font once lent stays: the other tests draw with ours alone.

#![allow(clippy::unwrap_used, reason = "a test; clippy sees only the functions marked so")]

use label::{
    font::{self, Fonts, Lent, beyond_ours, draws},
    forms::{
        What,
        waybill::{self, Party, WaybillData},
    },
    page::{Ink, Item, Line, Page, Weight},
    raster::{Bitmap, paint},
    text::tidy,
    units::{Head, Paper},
};
use std::sync::{
    Arc, Once,
    atomic::{AtomicUsize, Ordering},
};

/// Boxes of our own, see `fonts/make-invented.py`.
const INVENTED: &[u8] = include_bytes!("fonts/invented.ttf");
static ASKED: AtomicUsize = AtomicUsize::new(0);

fn lend() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let data: Arc<Vec<u8>> = Arc::new(INVENTED.to_vec());
        Fonts::shipped().lend(Box::new(move |c| {
            ASKED.fetch_add(usize::from(c == 'क'), Ordering::Relaxed);
            Some(Lent { name: "Invented".into(), data: data.clone(), index: 0 })
        }));
    });
}

fn drawn(text: &str) -> Bitmap {
    lend();
    let (weight, ink, text) = (Weight::Bold, Ink::Black, text.to_owned());
    let line = Item::Text(Line { x: 10, baseline: 88, size: 100, weight, ink, text });
    let head = Head::DPMM_8;
    let page = Page { head, width: 400, height: 120, items: vec![line], shortened: Vec::new() };
    paint(&page, Fonts::shipped())
}

/// Columns with ink in rows `rows`.
fn columns(image: &Bitmap, rows: std::ops::Range<u32>) -> Vec<bool> {
    (0..image.width).map(|x| rows.clone().any(|y| image.is_black(x, y))).collect()
}

fn runs(columns: &[bool]) -> Vec<(bool, usize)> {
    columns.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect()
}

#[test]
fn what_ours_lack_is_drawn_with_a_lent_font_and_said() {
    let image = drawn("中क");
    assert_eq!(font::missing("中क"), []);
    assert_eq!(font::borrowed("中 क A क"), [('क', "Invented")]);
    assert_eq!(font::beyond_shipped("中क"), ['क']);
    // The box of the letter is there, and not the stand-in: one solid run at every height.
    let box_at = runs(&columns(&image, 60..61));
    assert_eq!(box_at.last().map(|run| run.0), Some(false));
    let solid = box_at[box_at.len() - 2];
    assert!(solid.0 && (35..=60).contains(&solid.1), "{box_at:?}");
    for _ in 0..10 {
        drawn("क");
    }
    assert_eq!(ASKED.load(Ordering::Relaxed), 1, "each character is looked for once");
}

#[test]
fn what_ours_have_is_never_lent() {
    lend();
    assert_eq!(font::borrowed("ABC 中文"), []);
    // The lent font's own A is a bar; the equal of 𝐀 is our A.
    assert_eq!(tidy("𝐀").text, "A");
    assert_eq!(drawn("A").bits, drawn(&tidy("𝐀").text).bits);
    // Pictures stay words or go, and are no letters of the machine's.
    assert_eq!(tidy("好🎯").text, "好");
}

#[test]
fn private_characters_and_empty_drawings_are_still_missing() {
    lend();
    assert_eq!(font::missing("\u{e123}"), ['\u{e123}']);
    assert_eq!(font::missing("\u{1950}"), ['\u{1950}'], "named, but nothing is in it");
    assert_eq!(font::missing("ꙮ"), ['ꙮ'], "the font that was lent has it not");
    assert_eq!(font::borrowed("\u{e123}\u{1950}ꙮ"), []);
    assert!(!draws(INVENTED, 0, '\u{1950}') && !draws(INVENTED, 1, 'क'));
    assert!(!draws(b"no font", 0, 'क') && beyond_ours(b"no font", 0).is_empty());
    for end in 0..INVENTED.len() {
        // A file that was cut off is no font, or names less; it is never the end of the program.
        let cut = &INVENTED[..end];
        let (drawn, named) = (draws(cut, 0, 'क'), beyond_ours(cut, 0));
        assert!(!drawn || named.iter().any(|range| range.contains(&'क')), "{end}");
    }
    let names = beyond_ours(INVENTED, 0);
    assert!(names.contains(&('א'..='ב')) && names.contains(&('क'..='क')), "{names:?}");
    assert!(names.iter().all(|range| !range.contains(&'A') && !range.contains(&'\u{e123}')));
}

#[test]
fn lent_letters_have_their_direction_and_their_place() {
    lend();
    // Alef is narrow and high, bet is wide and low: alef is read first, so it stands on the right.
    let hebrew = drawn("אב");
    let high = columns(&hebrew, 20..45);
    let low = columns(&hebrew, 55..65);
    let first = |columns: &[bool]| columns.iter().position(|&ink| ink).unwrap();
    assert!(first(&high) > first(&low) + 30, "from right to left");
    // The vowel is written after its letter and stands before it.
    let devanagari = drawn("\u{915}\u{93f}");
    let tall = columns(&devanagari, 5..15);
    let both = columns(&devanagari, 30..60);
    let vowel = first(&tall);
    let after = both[vowel..].iter().filter(|&&ink| ink).count();
    assert!(after > 40, "{:?}", runs(&both));
    assert_eq!(first(&both), vowel, "{:?}", runs(&both));
}

#[test]
fn forms_take_what_can_be_lent_and_refuse_the_rest() {
    lend();
    let waybill = |name: &str| {
        let party = |name: &str| Party {
            name: name.into(),
            phone: "13800000001".into(),
            address: "浙江省杭州市余杭区文一西路 1 号".into(),
        };
        let data = WaybillData {
            no: Some("YT8812000033910".into()),
            sender: party("拾光家居"),
            receiver: party(name),
            ..WaybillData::default()
        };
        waybill::draw(&data, Head::DPMM_8, Paper::WAYBILL)
    };
    assert!(waybill("试收 कאב").is_ok());
    let refused = waybill("试收 ꙮ").unwrap_err();
    assert_eq!((refused.field, refused.what), ("receiver.name", What::GlyphMissing('ꙮ')));
}

#[test]
fn a_lent_letter_stays_in_its_line() {
    let tower = drawn("\u{1a20}");
    let rows = |y: u32| (0..tower.width).any(|x| tower.is_black(x, y));
    let top = (0..tower.height).find(|&y| rows(y)).unwrap();
    let bottom = (0..tower.height).rfind(|&y| rows(y)).unwrap();
    // At most a third over what Han takes, downwards hardly more than ours.
    assert!(bottom < 88 + 25, "{top}..{bottom}");
    assert!(bottom - top < 140, "{top}..{bottom}");
}
