//! What others make of a label: `labelize` draws the printers' bytes, `rxing` reads the codes from
//! that drawing, and the bars are graded as an ISO 15416 verifier would after printing.

#![allow(clippy::unwrap_used, reason = "a test may end where it fails")]

mod bytes;
mod drawing;
mod escpos;
mod grade;
mod practice_printer;
mod rewrite;
#[path = "../../src-tauri/crates/label/tests/it/sample.rs"]
mod sample;
mod shop;
mod squares;
mod theirs;

use label::units::Head;

const HEADS: [Head; 3] = [Head::DPMM_8, Head::DPMM_12, Head::DPI_300];
