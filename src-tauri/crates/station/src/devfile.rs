//! Devices that are files of Linux and only read: HID reports through `hidraw`, where the system's
//! own driver stays and nobody else is kept from reading, and keyboards as input events, which are
//! taken from everybody else. Elsewhere there are none.

use crate::outside::{Device, Reports};
use std::io;

#[cfg(target_os = "linux")]
mod file;
#[cfg(target_os = "linux")]
mod grab;
#[cfg(target_os = "linux")]
mod hidraw;

/// Opens a device.
///
/// # Errors
/// `NotFound`; what the system says, with the path (its rights come from a udev rule).
#[cfg(target_os = "linux")]
pub async fn open(device: Device) -> io::Result<Box<dyn Reports>> {
    let is_keyboard = matches!(device, Device::Keys(_));
    let look = move || match device {
        Device::Hid { numbers, page } => hidraw::find(&hidraw::Places::default(), numbers, page),
        Device::HidFile(path) => Ok(hidraw::at(&hidraw::Places::default(), path)),
        Device::Keys(path) => Ok(hidraw::Found { path, descriptor: Vec::new() }),
    };
    let found = tokio::task::spawn_blocking(look).await.map_err(io::Error::other)??;
    let opened = file::Opened::open(&found.path, found.descriptor)?;
    if is_keyboard {
        grab::grab(&opened).map_err(|why| file::named(&found.path, &why))?;
    }
    Ok(Box::new(opened))
}

/// There is no way to them here.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub async fn open(_: Device) -> io::Result<Box<dyn Reports>> {
    Err(io::ErrorKind::Unsupported.into())
}
