//! The queues of the operating system. On Windows winspool is spoken with directly; elsewhere CUPS
//! through crate `printers`, clear of its faults:
//! * its `print` leaves the label readable for everybody in the temporary folder: we hand over a
//!   file of our own, mode 0600 in a folder of mode 0700, and take both away;
//! * without `application/vnd.cups-raw` a queue with a driver prints ZPL as text;
//! * it tells no reason for a refusal: we ask `lpstat` for the system's own words;
//! * it tells no reason for a queue that stands still: we ask the spooler by IPP;
//! * its list of jobs leaks, so it is asked for only after a failure;
//! * on Windows it reads a null list when there is no printer and takes a half-written label for a
//!   whole one, so it is not built there at all.

use super::{Broken, Port, Told, platform::queues as system};
use crate::outside::Later;
use std::{io, time::Duration};

/// Longest wait for the system to take a label; its spooler is on this computer or near it.
const SUBMIT_TIME_MAX: Duration = Duration::from_secs(30);

/// A queue as the system lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueInfo {
    /// The name to write after `queue:`.
    pub name: String,
    /// What people call it; may be empty.
    pub info: String,
    /// `ready`, `printing`, `paused`, `offline` or `unknown`.
    pub state: &'static str,
    /// The system's reasons, `none` if all is well.
    pub reasons: Vec<String>,
    /// Whether programs print there if nothing else is said.
    pub is_default: bool,
}

/// Every queue of this computer, as it is now. Blocks for up to a second.
///
/// # Errors
/// What the system said; CUPS that is not there has no queues.
pub fn list_queues() -> io::Result<Vec<QueueInfo>> {
    system::list()
}

/// Takes away what a run that was killed left in the temporary folder. Call it once at start.
pub fn sweep_stale() {
    system::sweep();
}

/// An open queue. "Open" means that the system knew it a moment ago.
#[derive(Debug)]
pub struct QueuePort {
    name: String,
}

impl QueuePort {
    /// Looks the queue up.
    ///
    /// # Errors
    /// `NotFound` with its name, or what the system said.
    pub async fn open(name: &str) -> io::Result<Self> {
        let name = name.to_owned();
        let wanted = name.clone();
        blocking(move || {
            sweep_stale();
            system::find(&wanted).map(|_| ())
        })
        .await?;
        Ok(Self { name })
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|panic| Err(io::Error::other(panic)))
}

impl Port for QueuePort {
    fn write_label<'a>(
        &'a mut self,
        name: &'a str,
        bytes: &'a [u8],
    ) -> Later<'a, Result<(), Broken>> {
        let (queue, job) = (self.name.clone(), name.to_owned());
        let (label, count) = (bytes.to_vec(), bytes.len());
        Box::pin(async move {
            let submit = blocking(move || Ok(system::submit(&queue, &job, &label)));
            match tokio::time::timeout(SUBMIT_TIME_MAX, submit).await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(why)) => Err(Broken { sent: count, why }),
                Err(_) => Err(Broken { sent: count, why: io::ErrorKind::TimedOut.into() }),
            }
        })
    }

    fn tells(&self) -> bool {
        true
    }

    fn told(&mut self) -> Later<'_, io::Result<Option<Told>>> {
        Box::pin(system::told(&self.name))
    }
}
