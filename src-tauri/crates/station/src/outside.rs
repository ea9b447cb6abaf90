//! Everything the station needs from the world, as arguments: a clock, HTTP, printers, secrets.

use crate::print::{Address, Port};
use std::{future::Future, io, pin::Pin, sync::Arc, time::Duration};

/// A future that a trait object can return.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Whether something is sent or only fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// POST.
    Post,
    /// GET: without a body.
    Get,
}

/// One HTTP request, complete before anything is sent.
#[derive(Clone)]
pub struct Request {
    /// POST or GET.
    pub method: Method,
    /// Absolute URL.
    pub url: String,
    /// Value of `Content-Type`; empty without a body.
    pub content_type: &'static str,
    /// Further headers; they may hold tokens.
    pub headers: Vec<(&'static str, String)>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
    /// How long to wait for the whole answer.
    pub timeout: Duration,
}

/// Names, keys and tokens stand in it: its size and where it goes is all that is shown.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {} ({} bytes)", self.method, self.url, self.body.len())
    }
}

/// What came back, whatever it says.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body, at most [`crate::carrier::ANSWER_BYTES_MAX`].
    pub body: Vec<u8>,
}

/// Why there is no answer, split by whether the other side may have acted.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// Nothing left this computer.
    #[error("nothing was sent: {0}")]
    NotSent(String),
    /// Something may have left: time-out, reset, cut answer.
    #[error("no readable answer: {0}")]
    Unknown(String),
}

/// The only door to the network for carriers.
pub trait Http: Send + Sync {
    /// Sends one request and waits for its whole answer.
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>>;
}

/// Opens a printer. May wait for a connection; never writes.
pub type OpenPrinter = dyn Fn(Address) -> Later<'static, io::Result<Box<dyn Port>>> + Send + Sync;

/// Looks up a secret by name in the system's own store, or says why it cannot.
pub type Keyring = dyn Fn(&str) -> Result<String, String> + Send + Sync;

/// The world. The real one is made by the program, simulated ones by `tests`.
#[derive(Clone)]
pub struct Outside {
    /// Milliseconds since 1970, UTC.
    pub now_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Carriers.
    pub http: Arc<dyn Http>,
    /// Printers.
    pub open_printer: Arc<OpenPrinter>,
    /// Resolves `keyring:NAME` secrets; `env:` and `file:` are resolved by `config`.
    pub keyring: Arc<Keyring>,
    /// Where the practice carrier inside the program listens, if it runs.
    pub practice_url: Option<String>,
}
