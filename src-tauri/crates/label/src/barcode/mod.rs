//! Barcodes as modules. How many dots a module has is the form's business.
//!
//! Linear ones are runs of modules ([`crate::page::Bars`]), the others rows of modules
//! ([`crate::page::Modules`]). Each names the quiet zone that must stay free around it.

pub mod code128;
pub mod code39;
pub mod data_matrix;
pub mod ean;
pub mod itf;
pub mod maxicode;
pub mod pdf417;
pub mod qr;

/// A code of rows, whose rows are all alike in length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Modules in a row.
    pub width: usize,
    /// Row by row; true is dark.
    pub dark: Vec<bool>,
}

impl Grid {
    /// Rows.
    pub fn height(&self) -> usize {
        self.dark.len() / self.width.max(1)
    }
}

/// The sum of `runs`.
pub fn modules(runs: &[u8]) -> i32 {
    runs.iter().map(|&run| i32::from(run)).sum()
}

/// The digits of `text`; `None` if it holds anything else.
fn digits(text: &str) -> Option<Vec<u8>> {
    text.bytes().map(|byte| byte.is_ascii_digit().then(|| byte - b'0')).collect()
}

/// The check digit of GS1 for `digits`: modulo 10, weights 3 and 1 from the right.
fn check_digit(digits: &[u8]) -> u8 {
    let weighted = digits.iter().rev().zip([3, 1].into_iter().cycle());
    let sum: u32 = weighted.map(|(&digit, weight)| u32::from(digit) * weight).sum();
    ((10 - sum % 10) % 10) as u8
}
