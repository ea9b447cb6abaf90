//! Windows: queues are winspool's; there are no printer devices in the file system.

pub(in crate::print) mod winspool;

pub(in crate::print) use winspool as queues;

use super::super::device::{Device, DevicePort};
use std::{convert::Infallible, io, path::PathBuf, time::Duration};

/// There is no such device here.
pub(in crate::print) async fn open_lp(_path: PathBuf) -> io::Result<DevicePort<Infallible>> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "lp_unsupported"))
}

/// There are none here.
pub(in crate::print) fn list_lp() -> io::Result<Vec<(PathBuf, String)>> {
    Ok(Vec::new())
}

impl Device for Infallible {
    fn write(&mut self, _bytes: &[u8], _limit: Duration) -> io::Result<usize> {
        match *self {}
    }

    fn finish(&mut self, _limit: Duration) -> io::Result<()> {
        match *self {}
    }

    fn read(&mut self, _into: &mut [u8], _limit: Duration) -> io::Result<usize> {
        match *self {}
    }
}
