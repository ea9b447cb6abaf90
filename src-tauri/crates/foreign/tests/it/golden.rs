//! Redrawn labels as pictures, `golden/*.png`, approved by eye. A changed picture fails here and
//! lies beside the approved one as `*.new.png`; to approve it, run with `BLESS=1` and look at it.

use crate::{LARGE, SF, SMALL, ZTO, sheet};
use foreign::Sheet;
use label::{preview, units::Head};
use std::path::Path;

/// Compares with the approved picture.
pub fn check(name: &str, sheet: &Sheet) {
    let bitmap = &sheet.bitmap;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let approved = folder.join(format!("{name}.png"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&approved, preview::png(bitmap)).unwrap();
        return;
    }
    let picture = image::open(&approved).unwrap().into_luma8();
    let same = (picture.width(), picture.height()) == (bitmap.width, bitmap.height)
        && picture.enumerate_pixels().all(|(x, y, dot)| (dot.0[0] < 128) == bitmap.is_black(x, y));
    if !same {
        let new = folder.join(format!("{name}.new.png"));
        std::fs::write(&new, preview::png(bitmap)).unwrap();
        panic!("{name} has changed, see {}", new.display());
    }
}

#[test]
fn html_looks_as_approved() {
    check("kdniao-8", &sheet("kdniao.html", Head::DPMM_8, LARGE, ZTO));
    check("kdniao-12", &sheet("kdniao.html", Head::DPMM_12, LARGE, ZTO));
    check("flex-8", &sheet("flex.html", Head::DPMM_8, LARGE, ZTO));
    check("floats-8", &sheet("floats.html", Head::DPMM_8, LARGE, ZTO));
    check("flex-12", &sheet("flex.html", Head::DPMM_12, LARGE, ZTO));
    check("table-8", &sheet("table.html", Head::DPMM_8, LARGE, ZTO));
}

#[test]
fn pdf_looks_as_approved() {
    check("label-pdf-8", &sheet("label.pdf", Head::DPMM_8, SMALL, SF));
    check("label-pdf-11811", &sheet("label.pdf", Head::DPI_300, SMALL, SF));
}

#[test]
fn pictures_look_as_approved() {
    check("exact-8", &sheet("exact-8.png", Head::DPMM_8, SMALL, SF));
    check("scan-300-8", &sheet("scan-300.jpg", Head::DPMM_8, SMALL, SF));
    check("a4-8", &sheet("a4-200.png", Head::DPMM_8, SMALL, SF));
}
