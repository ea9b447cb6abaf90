//! Practice mode: the practice carrier and the practice printer, running inside the program.

use crate::home;
use practice::{carrier, printer};
use station::config;
use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
};

/// How fast the practice printer feeds, as a small desk printer does.
const MM_PER_S: u32 = 150;
/// A practice parcel is at its receiver's after so long: somebody is looking.
const JOURNEY_MS: i64 = 10 * 60_000;
/// Numbers the practice carrier has to give.
const BALANCE: u64 = 5_000;

/// The stand-ins of practice mode. They are reached over real sockets, like real ones.
pub struct Playing {
    carrier: carrier::RunningCarrier,
    printer: printer::RunningPrinter,
}

impl Playing {
    /// Starts both. Numbers the carrier issued are kept in the home, so they survive a restart.
    ///
    /// # Errors
    /// No port, or the disk failed.
    pub async fn start(home: &Path) -> io::Result<Self> {
        let folder = home.join(home::PRACTICE);
        fs::create_dir_all(&folder)?;
        let carrier = carrier::Carrier::start(carrier::Options {
            journal: Some(folder.join("carrier.jsonl")),
            api_key: config::PRACTICE_KEY.to_owned(),
            balance: BALANCE,
            journey_ms: JOURNEY_MS,
            push_to: push_to(home),
            ..carrier::Options::default()
        });
        let printer = printer::Printer::start(printer::Options {
            mm_per_s: Some(MM_PER_S),
            ..printer::Options::default()
        });
        Ok(Self { carrier: carrier.await?, printer: printer.await? })
    }

    /// Where the carrier listens.
    pub fn carrier_url(&self) -> String {
        self.carrier.url()
    }

    /// Where the printer listens on this computer.
    pub fn printer_port(&self) -> u16 {
        self.printer.port()
    }

    /// Ends both.
    pub async fn stop(self) {
        self.carrier.stop().await;
        self.printer.stop().await;
    }
}

/// The port that the settings name, at the moment something is told.
fn push_to(home: &Path) -> carrier::PushTo {
    let home = home.to_owned();
    carrier::PushTo(Arc::new(move || {
        let receive = config::read(&home).ok()?.receive?;
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, receive.at.port()));
        Some((at, receive.path))
    }))
}
