//! Scanners that are read directly, so that the keyboard is free: where they are (`address`), and
//! what they send, as pure parsers: `pos` reads reports of bar code scanners by their `descriptor`,
//! `keys` those that are keyboards. Bytes of a line need no parser.

mod address;
mod descriptor;
mod keys;
mod pos;

pub use address::{Address, BadAddress, FORMS};
pub use descriptor::declares;
pub use keys::Keys;
pub use pos::Codes;

/// The usage page of bar code scanners. Source: HID Point of Sale Usage Tables 1.02, 3.
pub const SCANNERS: u16 = 0x8c;
/// No code is longer, in bytes; what is, is noise.
const CODE_BYTES_MAX: usize = 4_096;

/// What a code's bytes say; nothing if that is nothing.
fn text(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    (!text.trim().is_empty()).then_some(text)
}
