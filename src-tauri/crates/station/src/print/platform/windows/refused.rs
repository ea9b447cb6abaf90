//! `queue:` where the system's queues cannot be used safely yet.

use crate::print::{Broken, Told, queue::QueueInfo};
use std::{convert::Infallible, io};

fn refusal() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "queue_unsupported")
}

pub(in crate::print) fn list() -> io::Result<Vec<QueueInfo>> {
    Err(refusal())
}

pub(in crate::print) fn find(_name: &str) -> io::Result<Infallible> {
    Err(refusal())
}

pub(in crate::print) fn submit(_queue: &str, _job: &str, _label: &[u8]) -> Result<(), Broken> {
    Err(Broken { sent: 0, why: refusal() })
}

pub(in crate::print) async fn told(_queue: &str) -> io::Result<Option<Told>> {
    Ok(None)
}

pub(in crate::print) fn sweep() {}
