//! Where a scale is, as one line of text. `Display` and `FromStr` are each other's reverse.

use std::{fmt, str::FromStr};

/// Where a scale is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `serial:PORT@BAUD` or `tcp://HOST:PORT`, as printers' are written.
    Wire(String),
    /// `hid:VENDOR:PRODUCT`, both as four hex digits.
    Hid {
        /// Of the maker.
        vendor: u16,
        /// Of the model.
        product: u16,
    },
    /// `screen`: a practice scale in the window; somebody types what lies on it.
    Screen,
}

/// An address that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not {FORMS}")]
pub struct BadAddress(pub String);

/// How addresses look.
pub const FORMS: &str = "serial:PORT@BAUD, tcp://HOST:PORT, hid:VENDOR:PRODUCT";

impl FromStr for Address {
    type Err = BadAddress;
    fn from_str(text: &str) -> Result<Self, BadAddress> {
        let bad = || BadAddress(text.to_owned());
        if text == "screen" {
            return Ok(Self::Screen);
        }
        if text.starts_with("serial:") || text.starts_with("tcp:") {
            return Ok(Self::Wire(text.to_owned()));
        }
        let ids = text.strip_prefix("hid:").and_then(|ids| ids.split_once(':')).ok_or_else(bad)?;
        let hex = |id: &str| u16::from_str_radix(id, 16).ok().filter(|_| id.len() == 4);
        match (hex(ids.0), hex(ids.1)) {
            (Some(vendor), Some(product)) => Ok(Self::Hid { vendor, product }),
            _ => Err(bad()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wire(text) => f.write_str(text),
            Self::Hid { vendor, product } => write!(f, "hid:{vendor:04x}:{product:04x}"),
            Self::Screen => f.write_str("screen"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        for text in ["serial:/dev/ttyUSB0@9600", "tcp://10.0.0.7:4001", "hid:0922:8003", "screen"] {
            assert_eq!(text.parse::<Address>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
        for bad in ["", "hid:922:8003", "hid:09zz:8003", "usb:0922:8003", "hid:0922"] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
    }
}
