//! Printers that are read and written by calls that block: each call is limited in time and runs on
//! a thread made for that. What a device took may have left; the count of it is what tells "send
//! again" from "ask a person".

use super::{Broken, Port, Standing, Told};
use crate::outside::Later;
use std::{
    io,
    time::{Duration, Instant},
};

/// Without a single byte taken. As for TCP: a buffer holds a label or two.
const STALL: Duration = Duration::from_secs(10);
/// Longest wait for a device to be opened; a Bluetooth line is connected by that.
const OPEN_TIME_MAX: Duration = Duration::from_secs(8);
/// Longest answer listened to; a status answer has under 200 bytes.
const ANSWER_BYTES_MAX: usize = 64 << 10;
/// How long to listen for an answer that came too late for its question.
const STALE_WAIT: Duration = Duration::from_millis(2);

/// A device behind a wire.
pub(super) trait Device: Send + 'static {
    /// Hands over some of the bytes, waiting `limit` at most; `TimedOut` if none were taken.
    fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize>;

    /// Waits until what was taken has left this computer, `limit` at most without progress.
    fn finish(&mut self, limit: Duration) -> io::Result<()>;

    /// Reads what is there, waiting `limit` at most for the first byte; 0 if nothing came.
    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize>;

    /// The IEEE-1284 device id, if the device has one.
    fn id(&mut self) -> Option<String> {
        None
    }

    /// What the wire itself says of the printer, if it does.
    fn standing(&mut self) -> io::Result<Option<Standing>> {
        Ok(None)
    }
}

/// An open device.
pub struct DevicePort<D> {
    /// `None` after a call that was given up: its thread still has the device.
    device: Option<D>,
    stall: Duration,
}

#[expect(private_bounds, reason = "the devices are the modules beside this one")]
impl<D: Device> DevicePort<D> {
    /// Opens a device on a thread for blocking calls.
    pub(super) async fn open(
        open: impl FnOnce() -> io::Result<D> + Send + 'static,
    ) -> io::Result<Self> {
        let opened = tokio::time::timeout(OPEN_TIME_MAX, tokio::task::spawn_blocking(open)).await;
        let opened = opened.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "open"))?;
        let device = opened.unwrap_or_else(|panic| Err(io::Error::other(panic)))?;
        Ok(Self { device: Some(device), stall: STALL })
    }

    /// The same, giving a printer up after another time without a byte taken.
    #[must_use]
    pub fn patient(self, stall: Duration) -> Self {
        Self { stall, ..self }
    }

    /// Runs a call on the device. `None` if an earlier call never came back.
    async fn with<T: Send + 'static>(
        &mut self,
        call: impl FnOnce(&mut D) -> T + Send + 'static,
    ) -> Option<T> {
        let mut device = self.device.take()?;
        let called = tokio::task::spawn_blocking(move || {
            let result = call(&mut device);
            (device, result)
        });
        let (device, result) = called.await.ok()?;
        self.device = Some(device);
        Some(result)
    }
}

fn lost() -> io::Error {
    io::ErrorKind::NotConnected.into()
}

fn write_all(device: &mut impl Device, bytes: &[u8], stall: Duration) -> Result<(), Broken> {
    let mut sent = 0;
    while sent < bytes.len() {
        match device.write(&bytes[sent..], stall) {
            Ok(0) => return Err(Broken { sent, why: io::ErrorKind::WriteZero.into() }),
            Ok(count) => sent += count,
            Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
            Err(why) => return Err(Broken { sent, why }),
        }
    }
    device.finish(stall).map_err(|why| Broken { sent, why })
}

/// Throws away an answer that came too late for its question.
fn drop_stale(device: &mut impl Device) -> io::Result<()> {
    let (mut chunk, mut stale) = ([0; 1_024], 0);
    while stale < ANSWER_BYTES_MAX {
        match device.read(&mut chunk, STALE_WAIT)? {
            0 => return Ok(()),
            count => stale += count,
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "never silent"))
}

fn ask(
    device: &mut impl Device,
    question: &[u8],
    wait: Duration,
    enough: fn(&[u8]) -> bool,
) -> io::Result<Vec<u8>> {
    let mut chunk = [0; 1_024];
    let until = Instant::now() + wait;
    match write_all(device, question, wait) {
        Ok(()) => {}
        // A printer that takes no question gives no answer.
        Err(Broken { why, .. }) if why.kind() == io::ErrorKind::TimedOut => return Ok(Vec::new()),
        Err(Broken { why, .. }) => return Err(why),
    }
    let mut answer = Vec::new();
    while !enough(&answer) && answer.len() < ANSWER_BYTES_MAX {
        let left = until.saturating_duration_since(Instant::now());
        match device.read(&mut chunk, left)? {
            0 if Instant::now() >= until => break,
            0 => {}
            count => answer.extend_from_slice(&chunk[..count]),
        }
    }
    Ok(answer)
}

impl<D: Device> Port for DevicePort<D> {
    fn write_label<'a>(
        &'a mut self,
        _name: &'a str,
        bytes: &'a [u8],
    ) -> Later<'a, Result<(), Broken>> {
        let (label, stall) = (bytes.to_vec(), self.stall);
        Box::pin(async move {
            if self.device.is_none() {
                return Err(Broken { sent: 0, why: lost() });
            }
            let written = self.with(move |device| write_all(device, &label, stall)).await;
            // A thread that panicked may have written anything.
            written.unwrap_or_else(|| Err(Broken { sent: bytes.len(), why: lost() }))
        })
    }

    fn ask<'a>(
        &'a mut self,
        question: &'a [u8],
        wait: Duration,
        enough: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>> {
        let question = question.to_vec();
        Box::pin(async move {
            let asked = self.with(move |device| {
                drop_stale(device)?;
                ask(device, &question, wait, enough)
            });
            asked.await.unwrap_or_else(|| Err(lost()))
        })
    }

    fn ask_on<'a>(
        &'a mut self,
        question: &'a [u8],
        wait: Duration,
        enough: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>> {
        let question = question.to_vec();
        Box::pin(async move {
            let asked = self.with(move |device| ask(device, &question, wait, enough)).await;
            asked.unwrap_or_else(|| Err(lost()))
        })
    }

    fn answers(&self) -> bool {
        true
    }

    fn identity(&mut self) -> Later<'_, Option<String>> {
        Box::pin(async { self.with(Device::id).await.flatten() })
    }

    fn told(&mut self) -> Later<'_, io::Result<Option<Told>>> {
        Box::pin(async {
            let standing = self.with(Device::standing).await.unwrap_or_else(|| Err(lost()))?;
            let told = |standing| Told { standing, waiting: None, words: String::new() };
            Ok(standing.map(told))
        })
    }
}
