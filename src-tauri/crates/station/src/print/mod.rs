//! Printers: where they are and how bytes get there. The queue of labels is `job` and `spool`.

pub mod draw;
pub mod folder;
pub mod job;
pub mod open;
pub mod queue;
pub mod spool;
pub mod tcp;
mod watch;

use crate::outside::Later;
use std::{fmt, io, path::PathBuf, str::FromStr, time::Duration};

/// Where a printer listens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// `tcp://HOST:PORT`: a raw port, usually 9100. Answers questions.
    Tcp(String),
    /// `queue:NAME`: a queue of the operating system. Never answers.
    Queue(String),
    /// `dir:PATH`: one file a label, for those who print elsewhere. Never answers.
    Dir(PathBuf),
    /// `practice`: the practice printer inside the program.
    Practice,
}

/// A printer address that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not tcp://HOST:PORT, queue:NAME, dir:PATH or practice")]
pub struct BadAddress(pub String);

impl FromStr for Address {
    type Err = BadAddress;
    fn from_str(text: &str) -> Result<Self, BadAddress> {
        let bad = || BadAddress(text.to_owned());
        if text == "practice" {
            return Ok(Self::Practice);
        }
        if let Some(rest) = text.strip_prefix("tcp://") {
            let (host, port) = rest.trim_end_matches('/').rsplit_once(':').ok_or_else(bad)?;
            let port: u16 = port.parse().map_err(|_| bad())?;
            return if host.is_empty() || port == 0 {
                Err(bad())
            } else {
                Ok(Self::Tcp(format!("{host}:{port}")))
            };
        }
        match text.split_once(':') {
            Some(("queue", name)) if !name.is_empty() => Ok(Self::Queue(name.to_owned())),
            Some(("dir", path)) if !path.is_empty() => Ok(Self::Dir(PathBuf::from(path))),
            _ => Err(bad()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(at) => write!(f, "tcp://{at}"),
            Self::Queue(name) => write!(f, "queue:{name}"),
            Self::Dir(path) => write!(f, "dir:{}", path.display()),
            Self::Practice => f.write_str("practice"),
        }
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
    /// Returns what came, possibly nothing: silence is an answer too.
    fn ask<'a>(
        &'a mut self,
        question: &'a [u8],
        wait: Duration,
        enough: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>>;

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
    fn answers(&self) -> bool;
}
