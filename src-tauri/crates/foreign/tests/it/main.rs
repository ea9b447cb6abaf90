//! Foreign labels as they come: pictures approved by eye, codes read by another hand and measured,
//! refusals, and bytes that mean nothing.

#![allow(clippy::unwrap_used, reason = "a test may end where it fails")]

mod codes;
mod commands;
mod golden;
mod hostile;
mod refusals;

use foreign::{Refused, Sheet, Target};
use label::units::{Head, Paper};
use std::path::Path;

/// The number on the PDFs and pictures of `fixtures/`.
const SF: &str = "SF1234567890123";
/// The number on its pages of HTML.
const ZTO: &str = "75312345678901";

const SMALL: Paper = Paper::WAYBILL;
const LARGE: Paper = Paper { width_um: 100_000, height_um: 180_000 };

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn redraw(name: &str, head: Head, paper: Paper, no: &str) -> Result<Vec<Sheet>, Refused> {
    foreign::redraw(&fixture(name), Target { head, paper }, Some(no))
}

fn sheet(name: &str, head: Head, paper: Paper, no: &str) -> Sheet {
    let mut sheets = redraw(name, head, paper, no).unwrap_or_else(|why| panic!("{name}: {why}"));
    assert_eq!(sheets.len(), 1, "{name}");
    sheets.remove(0)
}
