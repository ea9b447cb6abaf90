//! Printers: where they are and how bytes get there. The queue of labels is `job` and `spool`.

mod address;
mod apart;
pub(crate) mod aside;
pub mod component;
mod cut;
mod device;
pub mod draw;
pub mod find;
mod findings;
pub mod folder;
mod heard;
pub mod ipp;
pub mod job;
pub mod letters;
pub mod open;
mod party;
mod platform;
pub mod probe;
pub mod queue;
pub mod serial;
pub mod spool;
pub mod tcp;
pub mod usb;
mod watch;

pub use address::{Address, BadAddress, Flow};

use crate::outside::Later;
use std::{io, time::Duration};

/// What a way to a printer says by itself, without a question in the printer's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// How the printer is.
    pub standing: Standing,
    /// Labels handed over through this port whose end is not known yet, if the way follows them.
    pub waiting: Option<u32>,
    /// Its own words, for a person to read; empty if it has none.
    pub words: String,
}

/// How a printer is, in the words that all ways have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing stands in the way.
    Well,
    /// At work.
    Printing,
    /// No paper.
    PaperOut,
    /// No ribbon.
    RibbonOut,
    /// Cover open.
    CoverOpen,
    /// Stopped by somebody or by the system.
    Paused,
    /// Another fault of its own.
    Fault,
    /// The way ends before the printer: what is handed over now comes out later, if ever.
    Away,
}

impl Standing {
    /// Whether a label handed over now would not come out now.
    pub fn is_blocked(self) -> bool {
        !matches!(self, Self::Well | Self::Printing)
    }
}

/// Bytes did not all get through.
#[derive(Debug, thiserror::Error)]
#[error("broke after {sent} bytes: {why}")]
pub struct Broken {
    /// Bytes that may have reached the printer; 0 means certainly none, so sending again is safe.
    pub sent: usize,
    /// What the system said.
    pub why: io::Error,
}

/// An open printer.
pub trait Port: Send {
    /// Writes all bytes of one label (`name` names the job where the system shows one; it holds no
    /// personal data), or says how many may have left.
    fn write_label<'a>(
        &'a mut self,
        name: &'a str,
        bytes: &'a [u8],
    ) -> Later<'a, Result<(), Broken>>;

    /// Asks the printer and reads until `enough` says the answer is whole or `wait` is over.
    /// Returns what came, possibly nothing: silence is an answer too, and the only one of ways
    /// that have no way back.
    fn ask<'a>(
        &'a mut self,
        _question: &'a [u8],
        _wait: Duration,
        _enough: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// The same, and what came unasked before is part of the answer instead of being thrown away.
    /// Ways whose printers may report labels unasked (EPL2) must not lose it.
    fn ask_on<'a>(
        &'a mut self,
        question: &'a [u8],
        wait: Duration,
        enough: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>> {
        self.ask(question, wait, enough)
    }

    /// Whether this way to the printer has a way back at all.
    fn answers(&self) -> bool {
        false
    }

    /// Says in which format labels come, as a MIME type, for ways that want to know it.
    fn labels_are(&mut self, _format: &'static str) {}

    /// What the printer calls itself before any question: its IEEE-1284 device id
    /// (`MFG:…;MDL:…;CMD:…;`); `None` if this way has none.
    fn identity(&mut self) -> Later<'_, Option<String>> {
        Box::pin(async { None })
    }

    /// Whether [`Port::told`] knows more than silence: then it is asked instead of the printer.
    fn tells(&self) -> bool {
        false
    }

    /// Whether [`Port::told`] knows what became of each label.
    fn follows(&self) -> bool {
        false
    }

    /// What the way says by itself; `None` if it says nothing.
    ///
    /// # Errors
    /// The way is gone, or a label handed over through it came to nothing: with its words.
    fn told(&mut self) -> Later<'_, io::Result<Option<Told>>> {
        Box::pin(async { Ok(None) })
    }
}
