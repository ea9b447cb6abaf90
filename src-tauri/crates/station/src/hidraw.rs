//! USB devices that send reports, read through Linux' `hidraw`: the system's own driver stays, and
//! nobody else is kept from reading. Elsewhere there are none.

use crate::outside::Reports;
use std::io;

/// Opens a device by its maker's and model's numbers; the first that is found.
///
/// # Errors
/// `NotFound`; what the system says (its rights come from a udev rule).
#[cfg(target_os = "linux")]
pub async fn open(vendor: u16, product: u16) -> io::Result<Box<dyn Reports>> {
    let found = tokio::task::spawn_blocking(move || linux::find(vendor, product)).await;
    let path = found.map_err(io::Error::other)??;
    linux::Device::open(&path).map(|device| Box::new(device) as Box<dyn Reports>)
}

/// There is no way to them here.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub async fn open(_: u16, _: u16) -> io::Result<Box<dyn Reports>> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
mod linux {
    use crate::outside::{Later, Reports};
    use std::{
        fs::{self, File},
        io::{self, Read},
        path::{Path, PathBuf},
        thread,
        time::Duration,
    };
    use tokio::{sync::mpsc, time};

    /// Where the system lists them.
    const LIST: &str = "/sys/class/hidraw";
    /// No report is longer.
    const REPORT_BYTES_MAX: usize = 256;
    /// Reports that wait to be taken; a scale sends ten a second, and the last is what counts.
    const WAITING_MAX: usize = 64;

    pub(super) fn find(vendor: u16, product: u16) -> io::Result<PathBuf> {
        for entry in fs::read_dir(LIST)? {
            let entry = entry?;
            let told = fs::read_to_string(entry.path().join("device/uevent")).unwrap_or_default();
            if is_it(&told, vendor, product) {
                return Ok(Path::new("/dev").join(entry.file_name()));
            }
        }
        Err(io::ErrorKind::NotFound.into())
    }

    /// `HID_ID=0003:00000922:00008003`: bus, maker, model.
    pub(super) fn is_it(uevent: &str, vendor: u16, product: u16) -> bool {
        let id = uevent.lines().find_map(|line| line.strip_prefix("HID_ID="));
        let Some(id) = id else { return false };
        let numbers: Vec<Option<u32>> =
            id.split(':').map(|part| u32::from_str_radix(part, 16).ok()).collect();
        matches!(numbers.as_slice(), [_, Some(v), Some(p)]
            if (*v, *p) == (u32::from(vendor), u32::from(product)))
    }

    pub(super) struct Device(mpsc::Receiver<io::Result<Vec<u8>>>);

    impl Device {
        /// Its reads block, so they have a thread; it ends with the first report after the device
        /// was let go.
        pub(super) fn open(path: &Path) -> io::Result<Self> {
            let named =
                |why: io::Error| io::Error::new(why.kind(), format!("{}: {why}", path.display()));
            let mut file = File::open(path).map_err(named)?;
            let (tell, told) = mpsc::channel(WAITING_MAX);
            thread::Builder::new().name("hidraw".into()).spawn(move || {
                loop {
                    let mut report = [0; REPORT_BYTES_MAX];
                    let read = match file.read(&mut report) {
                        Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
                        read => read.map(|count| report[..count].to_vec()),
                    };
                    let broke = read.is_err();
                    if tell.blocking_send(read).is_err() || broke {
                        return;
                    }
                }
            })?;
            Ok(Self(told))
        }
    }

    impl Reports for Device {
        fn next(&mut self, wait: Duration) -> Later<'_, io::Result<Option<Vec<u8>>>> {
            Box::pin(async move {
                match time::timeout(wait, self.0.recv()).await {
                    Err(_) => Ok(None),
                    Ok(Some(read)) => read.map(Some),
                    Ok(None) => Err(io::ErrorKind::NotConnected.into()),
                }
            })
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::linux::is_it;

    #[test]
    fn devices_are_known_by_their_numbers() {
        let told = "DRIVER=hid-generic\nHID_ID=0003:00000922:00008003\nHID_NAME=Scale\n";
        assert!(is_it(told, 0x0922, 0x8003));
        assert!(!is_it(told, 0x0922, 0x8004));
        assert!(!is_it("HID_NAME=x\n", 0, 0));
    }
}
