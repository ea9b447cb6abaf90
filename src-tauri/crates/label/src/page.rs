//! A drawn label before it becomes dots: a list of things with places, all in dots of one head,
//! origin at the top left. Nothing here wraps, shrinks or fails; forms do that before.

use crate::{
    barcode::{Grid, qr::Matrix},
    raster::Bitmap,
    units::Head,
};

/// A drawn label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The head it is drawn for.
    pub head: Head,
    /// Dots across.
    pub width: i32,
    /// Dots along the feed.
    pub height: i32,
    /// What is on it; later items lie on top.
    pub items: Vec<Item>,
    /// Fields that are not whole on the paper: they end in "…", show 〓 for a character that no
    /// font has, or are a QR code left out. Goods, remark, and what the carrier said.
    pub shortened: Vec<&'static str>,
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A filled rectangle: a rule, a box side, a dark field.
    Fill(Rect, Ink),
    /// One line of text.
    Text(Line),
    /// Bars across the feed.
    Bars(Bars),
    /// A QR code.
    Qr(Square),
    /// Another code of rows: Data Matrix, PDF417.
    Modules(Modules),
    /// Dots as they are: a logo.
    Picture(Picture),
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Dots across; nothing is drawn unless positive.
    pub width: i32,
    /// Dots down; nothing is drawn unless positive.
    pub height: i32,
}

/// What the head does there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Burns.
    Black,
    /// Leaves paper, also on top of black.
    White,
}

/// The weight of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 700.
    Bold,
}

/// One line of text, already cleaned and measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The first character's left edge.
    pub x: i32,
    /// Where letters stand.
    pub baseline: i32,
    /// Dots per em.
    pub size: i32,
    /// Weight.
    pub weight: Weight,
    /// Black, or white on something dark.
    pub ink: Ink,
    /// What it says.
    pub text: String,
}

/// A linear barcode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    /// Left edge of the first bar; the quiet zone lies outside.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Height of every bar.
    pub height: i32,
    /// Dots per module.
    pub module: i32,
    /// Bars and spaces by turns, in modules, a bar first.
    pub runs: Vec<u8>,
}

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Square {
    /// Left edge of the first module; the quiet zone lies outside.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Dots per module.
    pub module: i32,
    /// Its modules.
    pub matrix: Matrix,
}

/// A code of rows whose modules need not be square.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    /// Left edge of the first module; the quiet zone lies outside.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Dots across a module.
    pub module: i32,
    /// Dots down a row of modules.
    pub row: i32,
    /// Its modules.
    pub grid: Grid,
}

/// Dots of the same head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Its dots; white ones leave what is beneath.
    pub bitmap: Bitmap,
}
