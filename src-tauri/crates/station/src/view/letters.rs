//! What a label makes of an order's letters, for the packer to see before it is printed.

use serde::Serialize;
use ts_rs::TS;

/// What is not printed as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Letters {
    /// Pictures (emoji) printed as words or plain signs.
    pub pictures_worded: u32,
    /// Pictures left out.
    pub pictures_dropped: u32,
    /// Letters in fonts of this machine, with the font's name after each group:
    /// "कख Noto Sans Devanagari". Another machine may draw them otherwise, or not at all.
    pub system_fonts: String,
}
