//! A scanner on a line of its own: read here instead of typing into whatever has the focus. What
//! it read waits until the window takes it, in its order.

use crate::{Station, bench::is_unknown, print, scancode, trouble::Trouble, view::CodeView};
use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::watch, time};

/// How long one read waits.
const READ_WAIT: Duration = Duration::from_millis(250);
/// Before it is opened again.
const AGAIN_AFTER: Duration = Duration::from_secs(2);
/// No code is longer; what comes without an end is noise.
const PENDING_BYTES_MAX: usize = 512;
/// Codes that wait for the window; it takes them at once.
const WAITING_MAX: usize = 200;

/// Codes out of a stream, and those that wait.
#[derive(Default)]
pub(crate) struct Scanner {
    now: Mutex<(Vec<u8>, VecDeque<String>)>,
}

impl Scanner {
    /// Takes bytes off the line; whether a code is whole.
    fn hear(&self, bytes: &[u8]) -> bool {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let (pending, waiting) = &mut *now;
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

    fn take(&self) -> Vec<String> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.1.drain(..).collect()
    }
}

impl Station {
    /// What the scanner on its own line read since this was asked last.
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

    /// Reads the scanner on its own line until the station stops.
    pub(crate) async fn watch_scanner(self: Arc<Self>, mut stopping: watch::Receiver<bool>) {
        let Some(address) = self.config.scanner.address.clone() else { return };
        while !*stopping.borrow() {
            let why = tokio::select! {
                why = self.read_scanner(&address) => why,
                _ = stopping.changed() => break,
            };
            tracing::warn!(%why, "the scanner cannot be read");
            tokio::select! {
                () = time::sleep(AGAIN_AFTER) => {}
                _ = stopping.changed() => {}
            }
        }
    }

    async fn read_scanner(&self, address: &print::Address) -> io::Error {
        let mut port = match (self.outside.open_printer)(address.clone()).await {
            Ok(port) => port,
            Err(why) => return why,
        };
        loop {
            match port.ask_on(b"", READ_WAIT, |bytes| !bytes.is_empty()).await {
                Ok(bytes) => self.hear_scanner(&bytes),
                Err(why) => return why,
            }
        }
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
        assert!(scanner.now.lock().unwrap().0.len() <= PENDING_BYTES_MAX);
    }

    #[test]
    fn a_gtin_is_known_as_it_stands_on_the_goods() {
        assert_eq!(ean("06901234567892"), "6901234567892");
        assert_eq!(ean("16901234567899"), "16901234567899");
    }
}
