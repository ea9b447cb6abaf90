//! A scanner that is read directly instead of typing into whatever has the focus. What it read
//! waits until the window takes it, in its order.

mod watch;

use crate::{
    Station,
    bench::is_unknown,
    scancode,
    trouble::Trouble,
    view::{CodeView, ScannerState, ScannerStatus},
};
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// No code off a line is longer; what comes without an end is noise.
const PENDING_BYTES_MAX: usize = 512;
/// Codes that wait for the window; it takes them at once.
const WAITING_MAX: usize = 200;

/// Codes out of a stream, those that wait, and how it stands.
#[derive(Default)]
pub(crate) struct Scanner {
    now: Mutex<Now>,
}

#[derive(Default)]
struct Now {
    pending: Vec<u8>,
    waiting: VecDeque<String>,
    state: ScannerState,
    /// The system's words while it cannot be read.
    error: String,
}

impl Scanner {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes bytes off the line; whether a code is whole.
    fn hear(&self, bytes: &[u8]) -> bool {
        let mut now = self.now();
        let Now { pending, waiting, .. } = &mut *now;
        let before = waiting.len();
        for &byte in bytes {
            if !matches!(byte, b'\r' | b'\n' | b'\t' | 0x03) {
                pending.push(byte);
                continue;
            }
            let code = String::from_utf8_lossy(pending).into_owned();
            pending.clear();
            if !code.trim().is_empty() && waiting.len() < WAITING_MAX {
                waiting.push_back(code);
            }
        }
        let over = pending.len().saturating_sub(PENDING_BYTES_MAX);
        pending.drain(..over);
        waiting.len() > before
    }

    /// Takes a whole code.
    fn keep(&self, code: String) {
        let mut now = self.now();
        if now.waiting.len() < WAITING_MAX {
            now.waiting.push_back(code);
        }
    }

    /// It stands so from now on; whether that is news. What was half read is not read on.
    fn set(&self, state: ScannerState, error: &str) -> bool {
        let mut now = self.now();
        now.pending.clear();
        let news = (now.state, now.error.as_str()) != (state, error);
        (now.state, now.error) = (state, error.to_owned());
        news
    }

    fn take(&self) -> Vec<String> {
        self.now().waiting.drain(..).collect()
    }
}

impl Station {
    /// What the scanner that is read directly read since this was asked last.
    pub fn take_scans(&self) -> Vec<String> {
        self.scanner.take()
    }

    /// Bytes that came from that scanner.
    pub fn hear_scanner(&self, bytes: &[u8]) {
        if self.scanner.hear(bytes) {
            self.touch();
        }
    }

    /// What a scanner sent, as it is read here.
    pub fn read_code(&self, sent: &str) -> CodeView {
        let set = &self.config.scanner;
        scancode::read(sent, &set.prefix, &set.suffix)
    }

    /// The name by which a code is known here; its text if by none.
    pub(crate) fn known_as(&self, sent: &str) -> Result<String, Trouble> {
        let code = self.read_code(sent);
        if code.parts.is_empty() {
            return Ok(code.text);
        }
        for name in scancode::names(&code) {
            match self.named(&name) {
                Ok(_) => return Ok(name),
                Err(unknown) if is_unknown(&unknown) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        let goods = code.parts.iter().find(|part| matches!(part.id.as_str(), "01" | "02"));
        Ok(goods.map_or(code.text, |part| ean(&part.value)))
    }

    /// How the scanner that is read directly stands; `None` if there is none.
    pub(crate) fn scanner_status(&self) -> Option<ScannerStatus> {
        let address = self.config.scanner.address.as_ref()?.to_string();
        let now = self.scanner.now();
        Some(ScannerStatus { address, state: now.state, error: now.error.clone() })
    }
}

/// A GTIN of 14 digits as it stands on the goods.
fn ean(gtin: &str) -> String {
    gtin.strip_prefix('0').filter(|ean| ean.len() == 13).unwrap_or(gtin).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_out_whole_and_in_order() {
        let scanner = Scanner::default();
        assert!(!scanner.hear(b"YT88"));
        assert!(scanner.hear(b"1200\r\n\r\nWC-1\rWC"));
        assert!(scanner.hear(b"-2\t"));
        assert_eq!(scanner.take(), ["YT881200", "WC-1", "WC-2"]);
        assert!(scanner.take().is_empty());
        assert!(!scanner.hear(&[b'x'; 4_000]), "noise");
        assert!(scanner.now().pending.len() <= PENDING_BYTES_MAX);
    }

    #[test]
    fn what_was_half_read_is_not_read_on() {
        let scanner = Scanner::default();
        assert!(scanner.set(ScannerState::Ready, ""));
        scanner.hear(b"YT88");
        assert!(scanner.set(ScannerState::Missing, "gone"));
        assert!(!scanner.set(ScannerState::Missing, "gone"), "told once");
        scanner.hear(b"WC-1\r");
        assert_eq!(scanner.take(), ["WC-1"]);
    }

    #[test]
    fn a_gtin_is_known_as_it_stands_on_the_goods() {
        assert_eq!(ean("06901234567892"), "6901234567892");
        assert_eq!(ean("16901234567899"), "16901234567899");
    }
}
