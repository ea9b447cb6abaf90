//! Labels that come as another printer's commands: what we make of them beside what `labelize`
//! does, dot for dot where letters are not concerned, whose shapes are ours.

use foreign::Target;
use image::GrayImage;
use label::{
    preview,
    units::{Head, Paper},
};
use std::path::{Path, PathBuf};

fn theirs(bytes: &[u8]) -> GrayImage {
    let options = labelize::RenderOptions {
        language: Some(labelize::Language::Zpl),
        width_mm: Some(100.0),
        height_mm: Some(150.0),
        dpmm: 8,
        antialias: false,
    };
    let drawn = labelize::render_png(bytes, options).expect("drawn");
    image::load_from_memory(&drawn.bytes).expect("a picture").into_luma8()
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates/foreign/fixtures");
    std::fs::read(folder.join(name)).expect("a fixture")
}

/// Left, top, width and height of a place.
type Place = [u32; 4];

fn dots([x, y, width, height]: Place) -> impl Iterator<Item = (u32, u32)> {
    (y..y + height).flat_map(move |y| (x..x + width).map(move |x| (x, y)))
}

/// Left, upper, right and lower edge of the ink in a place.
fn edges(is_black: impl Fn(u32, u32) -> bool, place: Place) -> Option<Place> {
    let ink: Vec<(u32, u32)> = dots(place).filter(|&(x, y)| is_black(x, y)).collect();
    let xs = || ink.iter().map(|dot| dot.0);
    let ys = || ink.iter().map(|dot| dot.1);
    Some([xs().min()?, ys().min()?, xs().max()?, ys().max()?])
}

/// A label, its number, what must be the same dot for dot, and codes whose words may be chosen
/// otherwise, so that their edges alone must be the same.
struct Label {
    name: &'static str,
    no: &'static str,
    same: &'static [(&'static str, Place)],
    edges: &'static [(&'static str, Place)],
}

const LABELS: [Label; 3] = [
    Label {
        name: "ups-like",
        no: "1Z999AA10123456784",
        same: &[("rule", [0, 425, 800, 16]), ("rules", [0, 655, 800, 20])],
        edges: &[("postcode", [270, 530, 400, 110]), ("number", [100, 785, 620, 195])],
    },
    Label {
        name: "fedex-like",
        no: "794123456782",
        same: &[("rules", [0, 150, 800, 14]), ("number", [60, 910, 690, 215])],
        edges: &[("PDF417", [20, 430, 640, 160])],
    },
    Label {
        name: "dhl-like",
        no: "1234567895",
        same: &[
            ("logo", [20, 20, 270, 60]),
            ("turned bars", [620, 515, 130, 195]),
            ("2 of 5", [30, 575, 250, 92]),
            ("EAN", [50, 715, 210, 80]),
            ("Data Matrix", [420, 570, 110, 110]),
            ("number", [90, 865, 340, 180]),
        ],
        edges: &[("QR", [420, 700, 160, 160]), ("round box", [10, 245, 780, 148])],
    },
];

#[test]
fn foreign_commands_are_drawn_as_others_draw_them() {
    let target = Target { head: Head::DPMM_8, paper: Paper::WAYBILL_TWO };
    for Label { name, no, same, edges: alike } in LABELS {
        let bytes = fixture(&format!("{name}.zpl"));
        let mut sheets = foreign::redraw(&bytes, target, Some(no)).expect("a label");
        let (ours, theirs) = (sheets.remove(0).bitmap, theirs(&bytes));
        if let Some(folder) = std::env::var_os("THEIRS_SHOTS") {
            let path = |whose: &str| PathBuf::from(&folder).join(format!("{name}-{whose}.png"));
            std::fs::write(path("ours"), preview::png(&ours)).expect("written");
            theirs.save(path("theirs")).expect("written");
        }
        let black = |x, y| theirs.get_pixel(x, y).0[0] < 128;
        for (what, place) in same {
            let apart = dots(*place).filter(|&(x, y)| ours.is_black(x, y) != black(x, y));
            assert_eq!(apart.count(), 0, "{name}, {what}");
        }
        for (what, place) in alike {
            let got = edges(|x, y| ours.is_black(x, y), *place);
            assert!(got.is_some(), "{name}, {what} is not there");
            assert_eq!(got, edges(black, *place), "{name}, {what}");
        }
    }
}
