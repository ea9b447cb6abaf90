//! Reading the scale all the time, so that a scan need not wait for it.

use super::Scale;
use crate::{
    Station,
    outside::{Device, Reports},
    print::{self, Port},
    scale::{Address, Protocol, SCALES},
};
use std::{io, sync::Arc, time::Duration};
use tokio::{sync::watch, time};

/// How long one read waits; a question is asked again as often.
const READ_WAIT: Duration = Duration::from_millis(250);
/// Before it is opened again.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// Where readings come from.
enum Wire {
    Port(Box<dyn Port>),
    Hid(Box<dyn Reports>),
}

impl Station {
    /// Reads the scale until the station stops. Without one, or with one on the screen, there is
    /// nothing to read.
    pub(crate) async fn watch_scale(self: Arc<Self>, mut stopping: watch::Receiver<bool>) {
        let Some(scale) = &self.scale else { return };
        if scale.config().address == Address::Screen {
            return;
        }
        while !*stopping.borrow() {
            let why = tokio::select! {
                why = self.read_scale(scale) => why,
                _ = stopping.changed() => break,
            };
            tracing::warn!(%why, "the scale cannot be read");
            scale.set_away(&why.to_string());
            self.touch();
            tokio::select! {
                () = time::sleep(AGAIN_AFTER) => {}
                _ = stopping.changed() => {}
            }
        }
    }

    /// Reads until it cannot any more.
    async fn read_scale(&self, scale: &Scale) -> io::Error {
        let mut wire = match self.open_scale(&scale.config().address).await {
            Ok(wire) => wire,
            Err(why) => return why,
        };
        scale.set_away("");
        loop {
            let read = match &mut wire {
                Wire::Port(port) => read_port(&mut **port, scale.config().protocol).await,
                Wire::Hid(reports) => reports.next(READ_WAIT).await.map(Option::unwrap_or_default),
            };
            match read {
                Ok(bytes) if scale.hear(&bytes, self.now_ms()) => self.touch(),
                Ok(_) => {}
                Err(why) => return why,
            }
        }
    }

    async fn open_scale(&self, address: &Address) -> io::Result<Wire> {
        match address {
            Address::Hid { vendor, product } => {
                let numbers = Some((*vendor, *product));
                let device = Device::Hid { numbers, page: SCALES };
                (self.outside.open_device)(device).await.map(Wire::Hid)
            }
            Address::Wire(text) => {
                let address: print::Address = text.parse().map_err(io::Error::other)?;
                (self.outside.open_printer)(address).await.map(Wire::Port)
            }
            Address::Screen => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

/// Asks where the protocol asks, and takes what came.
async fn read_port(port: &mut dyn Port, protocol: Protocol) -> io::Result<Vec<u8>> {
    let question = protocol.question();
    let whole: fn(&[u8]) -> bool = match question {
        [] => |bytes| !bytes.is_empty(),
        _ => |bytes| bytes.ends_with(b"\n"),
    };
    let bytes = port.ask_on(question, READ_WAIT, whole).await?;
    if !question.is_empty() {
        // An answer in no time is no reason to ask thousands of times.
        time::sleep(READ_WAIT / 4).await;
    }
    Ok(bytes)
}
