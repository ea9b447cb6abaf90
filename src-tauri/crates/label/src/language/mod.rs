//! Printer languages: a bitmap as bytes, the question for a printer's state, and its answer read.
//! Whole labels go as dots, barcodes included: the same picture on every make, and no cheap
//! printer has a Chinese font. How bytes travel is not known here.

use crate::{raster::Bitmap, units::Head};

mod tspl;
mod zpl;

/// A printer language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Zebra's, spoken by many others.
    Zpl,
    /// TSC's, spoken by most Chinese makes.
    Tspl,
}

/// How ZPL carries dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Graphics {
    /// Deflated and base64, with a CRC: smallest. Some imitations do not know it.
    #[default]
    Z64,
    /// Hexadecimal with run lengths: half again to twice as long, understood everywhere.
    Acs,
}

/// How a label is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Heat: 0 to 30 in ZPL, 0 to 15 in TSPL, more counts as the most. `None` leaves what the
    /// printer is set to.
    pub darkness: Option<u8>,
    /// Inches a second. `None` leaves what the printer is set to.
    pub speed: Option<u8>,
    /// The head the bitmap was drawn for; TSPL wants the paper in millimetres.
    pub head: Head,
    /// How ZPL carries dots; TSPL has one way only.
    pub graphics: Graphics,
}

impl Default for Options {
    fn default() -> Self {
        Self { darkness: None, speed: None, head: Head::DPMM_8, graphics: Graphics::Z64 }
    }
}

/// What a printer says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeviceStatus {
    /// No paper.
    pub paper_out: bool,
    /// No ribbon (thermal transfer only).
    pub ribbon_out: bool,
    /// Head or cover open.
    pub head_open: bool,
    /// Somebody pressed pause.
    pub paused: bool,
    /// Jam, heat, memory or another fault of its own.
    pub fault: bool,
    /// Labels accepted and not yet out; 0 when all are out; `None` when the printer does not say.
    pub waiting: Option<u32>,
    /// It prints, or works on what it received.
    pub busy: bool,
}

impl DeviceStatus {
    /// Whether somebody must look after the printer before it goes on.
    pub fn is_blocked(&self) -> bool {
        self.paper_out || self.ribbon_out || self.head_open || self.paused || self.fault
    }
}

impl Language {
    /// The bytes that print `bitmap` once.
    pub fn encode(self, bitmap: &Bitmap, options: &Options) -> Vec<u8> {
        match self {
            Self::Zpl => zpl::encode(bitmap, options),
            Self::Tspl => tspl::encode(bitmap, options),
        }
    }

    /// Asks for the printer's state. Printers that are blocked often stay silent.
    pub fn status_question(self) -> &'static [u8] {
        match self {
            Self::Zpl => zpl::STATUS,
            Self::Tspl => tspl::STATUS,
        }
    }

    /// A question for printers that do not know the first one; its answer is one byte.
    pub fn status_fallback(self) -> Option<&'static [u8]> {
        match self {
            Self::Zpl => None,
            Self::Tspl => Some(tspl::STATUS_SHORT),
        }
    }

    /// Whether `answer` holds a whole answer to [`Self::status_question`]. The answer to
    /// [`Self::status_fallback`] is whole with its first byte.
    pub fn status_whole(self, answer: &[u8]) -> bool {
        match self {
            Self::Zpl => zpl::whole(answer),
            Self::Tspl => tspl::whole(answer),
        }
    }

    /// Reads an answer to either question; `None` if it is neither. The last whole answer counts
    /// when several have come.
    pub fn read_status(self, answer: &[u8]) -> Option<DeviceStatus> {
        match self {
            Self::Zpl => zpl::read(answer),
            Self::Tspl => tspl::read(answer),
        }
    }
}
