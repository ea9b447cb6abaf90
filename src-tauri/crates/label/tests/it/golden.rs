//! The forms as pictures, `golden/*.png`, approved by eye. A changed picture fails here and lies
//! beside the approved one as `*.new.png`; to approve it, run with `BLESS=1` and look at it.

use crate::sample;
use label::{
    font::Fonts,
    forms::{
        test_page,
        waybill::{self, WaybillData},
    },
    preview,
    raster::{Bitmap, paint},
    units::{Head, Paper},
};
use std::path::{Path, PathBuf};

/// Compares with the approved picture.
pub fn check(name: &str, bitmap: &Bitmap) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let approved = folder.join(format!("{name}.png"));
    let new: PathBuf = folder.join(format!("{name}.new.png"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&approved, preview::png(bitmap)).unwrap();
        return;
    }
    let picture = image::open(&approved).unwrap().into_luma8();
    let same = (picture.width(), picture.height()) == (bitmap.width, bitmap.height)
        && picture.enumerate_pixels().all(|(x, y, dot)| (dot.0[0] < 128) == bitmap.is_black(x, y));
    if !same {
        std::fs::write(&new, preview::png(bitmap)).unwrap();
        panic!("{name} has changed, see {}", new.display());
    }
}

fn waybill(data: &WaybillData, head: Head) -> Bitmap {
    let page = waybill::draw(data, head, Paper::WAYBILL).unwrap();
    paint(&page, Fonts::shipped())
}

#[test]
fn waybills_look_as_approved() {
    for (pitch, head) in [("8", Head::DPMM_8), ("12", Head::DPMM_12)] {
        check(&format!("waybill-{pitch}"), &waybill(&sample::ordinary(), head));
        check(&format!("waybill-crowded-{pitch}"), &waybill(&sample::crowded(), head));
    }
    check("waybill-practice-8", &waybill(&sample::practice(), Head::DPMM_8));
    check("waybill-11811", &waybill(&sample::ordinary(), Head::DPI_300));
}

#[test]
fn waybills_on_wide_paper_look_as_approved() {
    for paper in &Paper::WAYBILLS[1..] {
        let name = |kind, pitch| {
            format!("waybill-{}x{}{kind}-{pitch}", paper.width_um / 1_000, paper.height_um / 1_000)
        };
        let draw = |data: &WaybillData, head| {
            paint(&waybill::draw(data, head, *paper).unwrap(), Fonts::shipped())
        };
        for (pitch, head) in [("8", Head::DPMM_8), ("11811", Head::DPI_300), ("12", Head::DPMM_12)]
        {
            check(&name("", pitch), &draw(&sample::ordinary(), head));
        }
        check(&name("-crowded", "8"), &draw(&sample::crowded(), Head::DPMM_8));
        check(&name("-marked", "8"), &draw(&sample::marked(), Head::DPMM_8));
    }
    check("waybill-marked-8", &waybill(&sample::marked(), Head::DPMM_8));
    let practice = waybill::draw(&sample::practice(), Head::DPMM_8, Paper::WAYBILL_TWO).unwrap();
    check("waybill-100x150-practice-8", &paint(&practice, Fonts::shipped()));
}

#[test]
fn the_test_page_looks_as_approved() {
    for (pitch, head) in [("8", Head::DPMM_8), ("12", Head::DPMM_12)] {
        let page = test_page::draw(head, Paper::WAYBILL, "热敏 1 号");
        check(&format!("test-page-{pitch}"), &paint(&page, Fonts::shipped()));
    }
}
