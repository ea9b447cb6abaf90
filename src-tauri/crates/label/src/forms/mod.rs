//! Forms: what is on a label and where. A form measures before it draws, so that everything after
//! it cannot fail.

pub mod commands;
pub mod lists;
pub mod stamp;
pub mod test_page;
pub mod waybill;

mod pen;
mod sheet;

/// A label that cannot be drawn, and why. The sentence is the window's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {what}")]
pub struct Undrawable {
    /// The field at fault: `sort_code`, `no`, `qr`, `receiver.name`, …
    pub field: &'static str,
    /// What is wrong with it.
    pub what: What,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// It does not fit its place even at the smallest legible size.
    #[error("too_long")]
    TooLong,
    /// None of the fonts has this character.
    #[error("glyph_missing {0}")]
    GlyphMissing(char),
    /// A barcode cannot say it.
    #[error("not_encodable")]
    NotEncodable,
    /// The form does not fit this paper.
    #[error("paper")]
    Paper,
    /// It is not wholly in the free area.
    #[error("outside")]
    Outside,
    /// It lies over another of the shop's things, by its name.
    #[error("overlaps {0}")]
    Overlaps(String),
    /// One of the shop's own things cannot be drawn.
    #[error("{name}: {what}")]
    Extra {
        /// The shop's word for it.
        name: String,
        /// Why.
        what: Box<What>,
    },
}
