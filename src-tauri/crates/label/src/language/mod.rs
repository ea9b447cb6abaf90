//! Printer languages: a bitmap as bytes, the question for a printer's state, and its answer read.
//! Whole labels go as dots, barcodes included: the same picture on every make, and no cheap
//! printer has a Chinese font. How bytes travel is not known here.

use crate::raster::Bitmap;
use std::io::Write;

mod blocks;
mod cpcl;
mod epl;
mod escpos;
mod options;
mod tspl;
mod zpl;

pub use options::{Finish, Graphics, Media, Method, Options};

/// Between two labels where nothing else is said. Nearly all rolls have 2 mm, and printers that
/// were calibrated find the gap by themselves.
const GAP_UM: u32 = 2_000;

/// A printer language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Zebra's, spoken by many others.
    Zpl,
    /// TSC's, spoken by most Chinese makes.
    Tspl,
    /// Zebra's for mobile printers, spoken by most small ones.
    Cpcl,
    /// Eltron's, spoken by older Zebra desks.
    Epl,
    /// Epson's, spoken by receipt printers.
    EscPos,
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
    /// Labels it reported out since it was listened to last; only EPL2 reports them.
    pub receipts: u32,
    /// It prints, or works on what it received.
    pub busy: bool,
}

impl DeviceStatus {
    /// Whether somebody must look after the printer before it goes on.
    pub fn is_blocked(&self) -> bool {
        self.paper_out || self.ribbon_out || self.head_open || self.paused || self.fault
    }
}

/// How a printer lets us know that a label is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Its state counts or denies what is still inside.
    State,
    /// It sends a byte for each label that is out.
    Receipts,
    /// It echoes [`Language::proof_question`] when everything before it is out.
    Echo,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Zpl, Self::Tspl, Self::Cpcl, Self::Epl, Self::EscPos];

    /// The bytes that print `bitmap`, placed as `options` say.
    pub fn encode(self, bitmap: &Bitmap, options: &Options) -> Vec<u8> {
        let bitmap = &options.placed(bitmap);
        match self {
            Self::Zpl => zpl::encode(bitmap, options),
            Self::Tspl => tspl::encode(bitmap, options),
            Self::Cpcl => cpcl::encode(bitmap, options),
            Self::Epl => epl::encode(bitmap, options),
            Self::EscPos => escpos::encode(bitmap, options),
        }
    }

    /// Drawing commands of others as one label of `size` dots, with the settings of `options` but
    /// for their offset and turn, which move dots. `None` for languages without such labels.
    pub fn wrap(self, body: &[u8], size: (u32, u32), options: &Options) -> Option<Vec<u8>> {
        match self {
            Self::Zpl => Some(zpl::wrap(body, size, options)),
            Self::Tspl => Some(tspl::wrap(body, size, options)),
            Self::Cpcl => Some(cpcl::wrap(body, size, options)),
            Self::Epl => Some(epl::wrap(body, size, options)),
            Self::EscPos => None,
        }
    }

    /// The darkest there is, in the language's own scale from 0.
    pub fn darkness_max(self) -> u8 {
        match self {
            Self::Zpl => zpl::DARKNESS_MAX,
            Self::Tspl => tspl::DARKNESS_MAX,
            Self::Cpcl => cpcl::DARKNESS_MAX,
            Self::Epl => epl::DARKNESS_MAX,
            Self::EscPos => escpos::DARKNESS_MAX,
        }
    }

    /// The fastest there is, in the language's own scale from 1.
    pub fn speed_max(self) -> u8 {
        match self {
            Self::Zpl => zpl::SPEED_MAX,
            Self::Tspl => tspl::SPEED_MAX,
            Self::Cpcl => cpcl::SPEED_MAX,
            Self::Epl => epl::SPEED_MAX,
            Self::EscPos => escpos::SPEED_MAX,
        }
    }

    /// What is said once on every new way to the printer, before the first question. Its answer, if
    /// any, means nothing.
    pub fn greeting(self) -> &'static [u8] {
        match self {
            Self::Epl => epl::GREETING,
            Self::Zpl | Self::Tspl | Self::Cpcl | Self::EscPos => b"",
        }
    }

    /// Asks for the printer's state. Printers that are blocked often stay silent.
    pub fn status_question(self) -> &'static [u8] {
        match self {
            Self::Zpl => zpl::answer::STATUS,
            Self::Tspl => tspl::STATUS,
            Self::Cpcl => cpcl::STATUS,
            Self::Epl => epl::STATUS,
            Self::EscPos => escpos::STATUS,
        }
    }

    /// A question for printers that do not know the first one, or do not answer it while blocked.
    pub fn status_fallback(self) -> Option<&'static [u8]> {
        match self {
            Self::Zpl => Some(zpl::answer::ERRORS),
            Self::Tspl => Some(tspl::STATUS_SHORT),
            Self::Cpcl | Self::Epl | Self::EscPos => None,
        }
    }

    /// Says whether bytes hold a whole answer to [`Self::status_question`].
    pub fn status_check(self) -> fn(&[u8]) -> bool {
        match self {
            Self::Zpl => zpl::answer::whole,
            Self::Tspl => tspl::whole,
            Self::Cpcl => cpcl::whole,
            Self::Epl => epl::whole,
            Self::EscPos => escpos::whole,
        }
    }

    /// The same for [`Self::status_fallback`]; TSPL's answer to it is whole with its first byte.
    pub fn fallback_check(self) -> fn(&[u8]) -> bool {
        match self {
            Self::Tspl => |answer| !answer.is_empty(),
            Self::Zpl | Self::Cpcl | Self::Epl | Self::EscPos => self.status_check(),
        }
    }

    /// Whether `answer` holds a whole answer to [`Self::status_question`].
    pub fn status_whole(self, answer: &[u8]) -> bool {
        self.status_check()(answer)
    }

    /// Reads an answer to either question; `None` if it is neither. The last whole answer counts
    /// when several have come.
    pub fn read_status(self, answer: &[u8]) -> Option<DeviceStatus> {
        match self {
            Self::Zpl => zpl::answer::read(answer),
            Self::Tspl => tspl::read(answer),
            Self::Cpcl => cpcl::read(answer),
            Self::Epl => epl::read(answer),
            Self::EscPos => escpos::read(answer),
        }
    }

    /// How a printer of this language lets us know that a label is out.
    pub fn proof(self) -> Proof {
        match self {
            Self::Zpl | Self::Tspl | Self::Cpcl => Proof::State,
            Self::Epl => Proof::Receipts,
            Self::EscPos => Proof::Echo,
        }
    }

    /// Whether a label that the end of the roll interrupts is printed again by the printer itself,
    /// because the bytes of every label tell it to. Where it is not, its fate is unknown.
    pub fn reprints(self) -> bool {
        matches!(self, Self::Zpl | Self::Tspl)
    }

    /// A question that is answered when everything sent before it is printed. `None` where there
    /// is none. Never the same `id` twice in a row, or an old answer proves a new label.
    pub fn proof_question(self, id: u16) -> Option<Vec<u8>> {
        (self == Self::EscPos).then(|| escpos::proof_question(id))
    }

    /// Whether an answer to any [`Self::proof_question`] has come.
    pub fn proof_whole(answer: &[u8]) -> bool {
        escpos::proof_whole(answer)
    }

    /// Whether the answer to the question with this `id` has come.
    pub fn is_proof(answer: &[u8], id: u16) -> bool {
        escpos::is_proof(answer, id)
    }

    /// Has the printer measure where its labels end; it feeds a few. `None` where there is no such
    /// command (CPCL's `GAP-SENSE` only chooses the sensor, receipt printers have nothing to
    /// measure) and for paper without ends.
    pub fn calibrate(self, media: Option<Media>) -> Option<&'static [u8]> {
        match (self, media) {
            (_, Some(Media::Continuous)) | (Self::Cpcl | Self::EscPos, _) => None,
            (Self::Zpl, Some(Media::Gap { .. } | Media::Mark { .. }) | None) => {
                Some(zpl::CALIBRATE)
            }
            (Self::Tspl, Some(Media::Mark { .. })) => Some(tspl::CALIBRATE_MARK),
            (Self::Tspl, Some(Media::Gap { .. }) | None) => Some(tspl::CALIBRATE_GAP),
            (Self::Epl, Some(Media::Gap { .. } | Media::Mark { .. }) | None) => {
                Some(epl::CALIBRATE)
            }
        }
    }

    /// Asks how many labels the printer ever printed; Zebras with Link-OS answer.
    pub fn odometer_question(self) -> Option<&'static [u8]> {
        (self == Self::Zpl).then_some(zpl::answer::ODOMETER)
    }

    /// Reads the answer to [`Self::odometer_question`].
    pub fn read_odometer(answer: &[u8]) -> Option<u64> {
        zpl::answer::read_odometer(answer)
    }
}

fn write(out: &mut Vec<u8>, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("writing to memory cannot fail");
}
