//! Reading the scanner until the station stops: a line, reports of HID, or the keys of a keyboard
//! that is taken from everybody else. What is pulled out is found again once it is back.

use crate::{
    Station,
    outside::Device,
    print,
    scanning::{Address, Codes, Keys, SCANNERS},
    view::ScannerState,
};
use std::{convert::Infallible, io, path::Path, sync::Arc, time::Duration};
use tokio::{sync::watch, time};

/// How long one read waits.
const READ_WAIT: Duration = Duration::from_millis(250);
/// Before it is opened again: twice as long each time it is not there, up to the second.
const AGAIN_AFTER: Duration = Duration::from_secs(1);
const AGAIN_AFTER_MAX: Duration = Duration::from_secs(8);
/// A scanner that sends no key at the end is silent for so many gaps, as in the window.
const SILENCE_GAPS: u32 = 3;

/// Why it is not read any more.
enum Why {
    /// The system says so.
    Io(io::Error),
    /// It does not say that it reads codes.
    NotScanner,
    /// A person types on it.
    Typed,
}

impl From<io::Error> for Why {
    fn from(why: io::Error) -> Self {
        Self::Io(why)
    }
}

impl Why {
    fn state(&self) -> ScannerState {
        let Self::Io(why) = self else {
            return if matches!(self, Self::Typed) {
                ScannerState::Typed
            } else {
                ScannerState::NotScanner
            };
        };
        match why.kind() {
            io::ErrorKind::NotFound => ScannerState::Missing,
            io::ErrorKind::PermissionDenied => ScannerState::Denied,
            io::ErrorKind::Unsupported => ScannerState::Unsupported,
            _ => ScannerState::Away,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Io(why) => why.to_string(),
            Self::NotScanner | Self::Typed => String::new(),
        }
    }
}

impl Station {
    /// Reads the scanner until the station stops. Without one there is nothing to read.
    pub(crate) async fn watch_scanner(self: Arc<Self>, mut stopping: watch::Receiver<bool>) {
        let Some(address) = self.config.scanner.address.clone() else { return };
        let mut again = AGAIN_AFTER;
        while !*stopping.borrow() {
            let why = tokio::select! {
                why = self.read_scanner(&address) => why,
                _ = stopping.changed() => return,
            };
            let was_read = self.scanner.now().state == ScannerState::Ready;
            again = if was_read { AGAIN_AFTER } else { (again * 2).min(AGAIN_AFTER_MAX) };
            let state = why.state();
            self.scanner_stands(state, &why.words());
            if matches!(state, ScannerState::Typed | ScannerState::Unsupported) {
                // Nothing changes that but the settings, and with them the station.
                return;
            }
            tokio::select! {
                () = time::sleep(again) => {}
                _ = stopping.changed() => {}
            }
        }
    }

    fn scanner_stands(&self, state: ScannerState, words: &str) {
        if self.scanner.set(state, words) {
            tracing::info!(?state, words, "the scanner");
            self.touch();
        }
    }

    async fn read_scanner(&self, address: &Address) -> Why {
        let device = |numbers| Device::Hid { numbers, page: SCANNERS };
        let read = match address {
            Address::Wire(text) => self.read_line(text).await,
            Address::Any => self.read_reports(device(None)).await,
            Address::Hid { vendor, product } => {
                self.read_reports(device(Some((*vendor, *product)))).await
            }
            Address::HidFile(path) => self.read_reports(Device::HidFile(path.clone())).await,
            Address::Keys(path) => self.read_keys(path).await,
        };
        match read {
            Err(why) => why,
            Ok(never) => match never {},
        }
    }

    async fn read_line(&self, address: &str) -> Result<Infallible, Why> {
        let address: print::Address = address.parse().map_err(io::Error::other)?;
        let mut port = (self.outside.open_printer)(address).await?;
        self.scanner_stands(ScannerState::Ready, "");
        loop {
            let bytes = port.ask_on(b"", READ_WAIT, |bytes| !bytes.is_empty()).await?;
            self.hear_scanner(&bytes);
        }
    }

    async fn read_reports(&self, device: Device) -> Result<Infallible, Why> {
        let mut device = (self.outside.open_device)(device).await?;
        let mut codes = Codes::of(device.descriptor()).ok_or(Why::NotScanner)?;
        self.scanner_stands(ScannerState::Ready, "");
        loop {
            let report = device.next(READ_WAIT).await?;
            self.keep_codes(report.and_then(|report| codes.hear(&report)));
        }
    }

    async fn read_keys(&self, path: &Path) -> Result<Infallible, Why> {
        let mut device = (self.outside.open_device)(Device::Keys(path.to_owned())).await?;
        let set = &self.config.scanner;
        let silence = Duration::from_millis(u64::from(set.gap_ms * SILENCE_GAPS));
        let mut keys = Keys::new(set.silent_end.then_some(silence));
        self.scanner_stands(ScannerState::Ready, "");
        loop {
            match device.next(keys.patience()).await? {
                Some(events) => self.keep_codes(keys.hear(&events)),
                None => self.keep_codes(keys.silent()),
            }
            if keys.is_person() {
                return Err(Why::Typed);
            }
        }
    }

    /// Codes that are whole.
    fn keep_codes(&self, codes: impl IntoIterator<Item = String>) {
        for code in codes {
            self.scanner.keep(code);
            self.touch();
        }
    }
}
