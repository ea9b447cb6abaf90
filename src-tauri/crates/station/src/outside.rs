//! Everything the station needs from the world, as arguments: a clock, HTTP, printers, secrets.

use crate::print::{Address, Port};
use std::{future::Future, io, path::PathBuf, pin::Pin, sync::Arc, time::Duration};

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

/// Why nothing was sent, as far as it can be told; the first word of [`HttpError::NotSent`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoWay {
    /// The server's name is not found.
    Name,
    /// No connection comes up.
    Unreachable,
    /// Nobody whom this computer trusts vouches for the server.
    Untrusted,
    /// The server's certificate has ended.
    Expired,
    /// The server's certificate has not begun.
    NotYet,
    /// The certificate is another server's.
    WrongHost,
    /// No encrypted connection comes up.
    Tls,
}

impl NoWay {
    const WORDS: [(Self, &'static str); 7] = [
        (Self::Name, "name"),
        (Self::Unreachable, "unreachable"),
        (Self::Untrusted, "untrusted"),
        (Self::Expired, "expired"),
        (Self::NotYet, "not_yet"),
        (Self::WrongHost, "wrong_host"),
        (Self::Tls, "tls"),
    ];

    /// With the system's words behind it.
    pub fn because(self, words: &str) -> String {
        let named = Self::WORDS.iter().find(|(way, _)| *way == self);
        format!("{}: {words}", named.map_or("", |(_, word)| word))
    }

    /// Takes `because` apart; text of others has no such word.
    pub fn read(why: &str) -> (Option<Self>, &str) {
        let known = |word: &str| Self::WORDS.iter().find(|(_, known)| *known == word);
        match why.split_once(": ").and_then(|(word, rest)| Some((known(word)?.0, rest))) {
            Some((way, rest)) => (Some(way), rest),
            None => (None, why),
        }
    }
}

/// The only door to the network for carriers.
pub trait Http: Send + Sync {
    /// Sends one request and waits for its whole answer.
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>>;
}

/// Opens a printer. May wait for a connection; never writes.
pub type OpenPrinter = dyn Fn(Address) -> Later<'static, io::Result<Box<dyn Port>>> + Send + Sync;

/// A device that sends reports, such as a scale on USB. It is only read.
pub trait Reports: Send {
    /// What its reports mean, in the device's own words; empty where nobody says.
    fn descriptor(&self) -> &[u8] {
        &[]
    }

    /// The next report; `None` if none came for that long.
    fn next(&mut self, wait: Duration) -> Later<'_, io::Result<Option<Vec<u8>>>>;
}

/// Where such a device is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Device {
    /// The first one of HID that has the maker's and the model's numbers, if any are given; of
    /// several the one that says that it is of this usage page, which it must where none are.
    Hid {
        /// Of the maker, and of the model.
        numbers: Option<(u16, u16)>,
        /// What it should be.
        page: u16,
    },
    /// A file of `hidraw`.
    HidFile(PathBuf),
    /// A keyboard among the input devices: its events as the kernel writes them, several a report.
    /// Nobody else hears it while it is open.
    Keys(PathBuf),
}

/// Opens such a device.
pub type OpenDevice = dyn Fn(Device) -> Later<'static, io::Result<Box<dyn Reports>>> + Send + Sync;

/// Looks up a secret by name in the system's own store, or says why it cannot.
pub type Keyring = dyn Fn(&str) -> Result<String, String> + Send + Sync;

/// Keeps a secret under a name in the system's own store, or forgets it (`None`); or says why it
/// cannot. Who asks for it later gets it from [`Keyring`].
pub type KeepSecret = dyn Fn(&str, Option<&str>) -> Result<(), String> + Send + Sync;

/// The world. The real one is made by the program, simulated ones by `tests`.
#[derive(Clone)]
pub struct Outside {
    /// Milliseconds since 1970, UTC.
    pub now_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Carriers.
    pub http: Arc<dyn Http>,
    /// Printers.
    pub open_printer: Arc<OpenPrinter>,
    /// Scales and scanners on USB.
    pub open_device: Arc<OpenDevice>,
    /// Resolves `keyring:NAME` secrets; `env:` and `file:` are resolved by `config`.
    pub keyring: Arc<Keyring>,
    /// Keeps what is typed in the window; where it cannot, a private file does.
    pub keep_secret: Arc<KeepSecret>,
    /// Where the practice carrier inside the program listens, if it runs.
    pub practice_url: Option<String>,
}
