//! Where a scanner is that is read directly, as one line of text. `Display` and `FromStr` are each
//! other's reverse.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

/// Where a scanner is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `serial:PORT@BAUD` or `tcp://HOST:PORT`, as printers' are written.
    Wire(String),
    /// `hid:any`: the first device that says it is a bar code scanner.
    Any,
    /// `hid:VENDOR:PRODUCT`, both as four hex digits.
    Hid {
        /// Of the maker.
        vendor: u16,
        /// Of the model.
        product: u16,
    },
    /// `hid:/dev/hidraw0`.
    HidFile(PathBuf),
    /// `evdev:/dev/input/by-id/…`: a scanner that is a keyboard, taken from everybody else.
    Keys(PathBuf),
}

/// An address that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not {FORMS}")]
pub struct BadAddress(pub String);

/// How addresses look.
pub const FORMS: &str = "serial:PORT@BAUD, tcp://HOST:PORT, hid:any, hid:VENDOR:PRODUCT, \
                         hid:/dev/hidrawN, evdev:/dev/input/by-id/NAME";

/// Where keyboards are; whatever else a setting named would be taken from everybody.
const INPUT: &str = "/dev/input";
const HIDRAW: &str = "/dev/hidraw";

impl FromStr for Address {
    type Err = BadAddress;
    fn from_str(text: &str) -> Result<Self, BadAddress> {
        let bad = || BadAddress(text.to_owned());
        let (way, rest) = text.split_once(':').ok_or_else(bad)?;
        let hex = |id: &str| u16::from_str_radix(id, 16).ok().filter(|_| id.len() == 4);
        match (way, rest) {
            ("serial" | "tcp", _) => Ok(Self::Wire(text.to_owned())),
            ("hid", "any") => Ok(Self::Any),
            ("hid", file) if file.starts_with(HIDRAW) => Ok(Self::HidFile(file.into())),
            ("hid", ids) => match ids.split_once(':').map(|(v, p)| (hex(v), hex(p))) {
                Some((Some(vendor), Some(product))) => Ok(Self::Hid { vendor, product }),
                _ => Err(bad()),
            },
            ("evdev", file) if is_below(Path::new(file), INPUT) => Ok(Self::Keys(file.into())),
            _ => Err(bad()),
        }
    }
}

fn is_below(file: &Path, folder: &str) -> bool {
    file.strip_prefix(folder).is_ok_and(|rest| rest.file_name().is_some())
        && !file.components().any(|part| part.as_os_str() == "..")
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wire(text) => f.write_str(text),
            Self::Any => f.write_str("hid:any"),
            Self::Hid { vendor, product } => write!(f, "hid:{vendor:04x}:{product:04x}"),
            Self::HidFile(file) => write!(f, "hid:{}", file.display()),
            Self::Keys(file) => write!(f, "evdev:{}", file.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        for text in [
            "serial:/dev/ttyACM0@9600",
            "tcp://10.0.0.7:4001",
            "hid:any",
            "hid:0c2e:0b61",
            "hid:/dev/hidraw3",
            "evdev:/dev/input/by-id/usb-Maker_Scanner-event-kbd",
            "evdev:/dev/input/event5",
        ] {
            assert_eq!(text.parse::<Address>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
        for bad in [
            "",
            "hid",
            "hid:",
            "hid:c2e:0b61",
            "hid:0c2g:0b61",
            "hid:/dev/sda",
            "evdev:/dev/input",
            "evdev:/dev/input/../sda",
            "evdev:event5",
            "usb:0c2e:0b61",
        ] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
    }
}
