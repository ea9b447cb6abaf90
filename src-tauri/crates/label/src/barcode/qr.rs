//! QR codes, error level M (15 %): a thin cover over `fast_qr`.

use fast_qr::{ECL, QRBuilder};

/// Empty modules the standard (ISO/IEC 18004) wants on every side.
pub const QUIET: i32 = 4;

/// A QR code's modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Modules along one side.
    pub size: usize,
    /// Row by row; true is dark.
    pub dark: Vec<bool>,
}

/// The smallest code that holds `text`; `None` if none is large enough.
pub fn encode(text: &str) -> Option<Matrix> {
    let code = QRBuilder::new(text.as_bytes()).ecl(ECL::M).build().ok()?;
    let dark = (0..code.size).flat_map(|y| code[y][..code.size].iter().map(|m| m.value()));
    Some(Matrix { size: code.size, dark: dark.collect() })
}
