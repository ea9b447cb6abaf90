//! Labels as dots: a form draws a [`page::Page`], [`raster::paint`] turns it into a 1-bit
//! [`raster::Bitmap`], [`language`] wraps the bitmap for a printer and [`preview`] for the screen.
//! The preview is therefore the print, dot for dot.
//!
//! Pure: no files, no network, no clock. The only errors are "this does not fit the paper"
//! ([`forms::Undrawable`]); everything after a page exists cannot fail.
//!
//! Reading order: `units`, `page`, `forms::waybill`, `raster`, `language`.

pub mod barcode;
pub mod fit;
pub mod font;
pub mod forms;
pub mod language;
pub mod mask;
pub mod page;
pub mod pdf;
pub mod preview;
pub mod raster;
pub mod text;
pub mod units;
