//! Labels that others drew become one of ours: a picture, a PDF, a page of HTML or commands of
//! another printer in, the dots of one head out, with its codes found, checked against the number
//! they must say, and drawn anew where their bars do not lie on whole dots.
//!
//! Pure: no files, no network, no clock; nothing in foreign bytes is ever executed, and a page that
//! wants something from elsewhere is refused. Foreign bytes are bounded before they are unpacked.
//!
//! Reading order: [`redraw`], `grey`, `codes`, `picture`, `pdf`, `html`, `command`.

pub mod codes;
pub mod command;

mod grey;
mod html;
mod kind;
mod logo;
mod pdf;
mod picture;
mod piece;

pub use kind::{Kind, kind};
pub use logo::{LOGO_BYTES_MAX, Logo};

use codes::Finding;
use label::{
    raster::Bitmap,
    units::{Head, Paper},
};

/// Larger input is not read: the largest label seen is some 300 KB.
pub const INPUT_BYTES_MAX: usize = 8 << 20;

/// What a foreign label is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The print head.
    pub head: Head,
    /// The label stock.
    pub paper: Paper,
}

impl Target {
    /// Dots across and along the feed.
    fn dots(self) -> (i32, i32) {
        (self.head.dots(self.paper.width_um), self.head.dots(self.paper.height_um))
    }
}

/// One label of ours, made from one page of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its dots, exactly as large as the paper.
    pub bitmap: Bitmap,
    /// Its codes, from top to bottom, and what was done with them.
    pub findings: Vec<Finding>,
}

/// Why a foreign label is not printed. The sentence is the window's; no text of the label is in it
/// but the numbers of its codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// None of the kinds we draw.
    #[error("unknown_kind")]
    UnknownKind,
    /// Commands in a language that is neither drawn nor passed on.
    #[error("commands")]
    Commands(command::Spoken),
    /// The bytes are cut or broken.
    #[error("broken {0}")]
    Broken(&'static str),
    /// More bytes, pixels or pages than any label has.
    #[error("too_large {0}")]
    TooLarge(&'static str),
    /// A PDF that wants a password.
    #[error("encrypted")]
    Encrypted,
    /// Larger than the paper; it is never made to fit. µm.
    #[error("paper {width_um} {height_um}")]
    Paper {
        /// Its width.
        width_um: i32,
        /// Its height.
        height_um: i32,
    },
    /// A picture that says no size and has none that fits the paper in whole.
    #[error("size_unknown")]
    SizeUnknown,
    /// A page of HTML laid out in a way that we do not follow; the property or element.
    #[error("unknown_layout {0}")]
    UnknownLayout(String),
    /// It wants something from the network or from this computer.
    #[error("network {0}")]
    Network(&'static str),
    /// Its text needs a font that it does not bring.
    #[error("font_missing")]
    FontMissing,
    /// Nothing on it.
    #[error("blank")]
    Blank,
    /// Its main code says another number than it must.
    #[error("wrong_number {found}")]
    WrongNumber {
        /// What the code says.
        found: String,
    },
    /// None of its codes could be read as the number.
    #[error("number_missing")]
    NumberMissing,
}

/// Draws a foreign label for `target`: one sheet a page. `expected` is the waybill number that a
/// code of it must say.
///
/// # Errors
/// [`Refused`] says why nothing of it is printed.
pub fn redraw(bytes: &[u8], target: Target, expected: Option<&str>) -> Result<Vec<Sheet>, Refused> {
    if bytes.len() > INPUT_BYTES_MAX {
        return Err(Refused::TooLarge("bytes"));
    }
    let bitmaps = match kind(bytes) {
        Kind::Picture(format) => vec![picture::draw(bytes, format, target)?],
        Kind::Pdf => pdf::draw(bytes, target)?,
        Kind::Html => vec![html::draw(bytes, target)?],
        Kind::Commands(spoken) => vec![command::draw(bytes, spoken, target)?],
        Kind::Unknown => return Err(Refused::UnknownKind),
    };
    if bitmaps.iter().all(|bitmap| bitmap.bits.iter().all(|&byte| byte == 0)) {
        return Err(Refused::Blank);
    }
    let mut sheets: Vec<Sheet> =
        bitmaps.into_iter().map(|bitmap| settle(bitmap, target.head, expected)).collect();
    if let Some(number) = expected {
        checked(&mut sheets, number)?;
    }
    Ok(sheets)
}

/// Finds the codes of a drawn label and puts them on dots.
fn settle(mut bitmap: Bitmap, head: Head, expected: Option<&str>) -> Sheet {
    let findings = codes::settle(&mut bitmap, head, expected);
    Sheet { bitmap, findings }
}

/// Whether a code says the number, and no page is another parcel's.
fn checked(sheets: &mut [Sheet], number: &str) -> Result<(), Refused> {
    let says = |sheet: &Sheet| sheet.findings.iter().any(|found| found.expected == Some(true));
    if !sheets.iter().any(says) {
        // A code of a kind that is rarely on labels is looked for only when nothing else spoke.
        for sheet in sheets.iter_mut() {
            codes::look_harder(sheet, number);
        }
    }
    for sheet in sheets.iter().filter(|sheet| !says(sheet)) {
        if let Some(main) = codes::main(&sheet.findings) {
            return Err(Refused::WrongNumber { found: main.text.clone() });
        }
    }
    if sheets.iter().any(says) { Ok(()) } else { Err(Refused::NumberMissing) }
}
