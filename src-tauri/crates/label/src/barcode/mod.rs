//! Barcodes as modules. How many dots a module has is the form's business.

pub mod code128;
pub mod qr;
