//! A printer through Linux' `usblp`: `/dev/usb/lp0`. The kernel keeps one piece of a label on its
//! way at a time, and takes it back when the device is closed: what was taken is waited for.

use crate::print::device::{Device, DevicePort};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{FileTypeExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Most the kernel takes at once (`USBLP_BUF_SIZE`).
const CHUNK_BYTES: usize = 8 << 10;
/// Pause after an answer without a byte.
const NOTHING_WAIT: Duration = Duration::from_millis(10);

/// An open character device.
#[derive(Debug)]
pub(in crate::print) struct LpDevice {
    file: File,
    id: Option<String>,
}

/// Opens `/dev/usb/lp0` or the like; writes nothing.
///
/// # Errors
/// What the system said, with the path; `InvalidInput` if it is not a character device.
pub(in crate::print) async fn open(path: PathBuf) -> io::Result<DevicePort<LpDevice>> {
    DevicePort::open(move || LpDevice::open(&path)).await
}

impl LpDevice {
    fn open(path: &Path) -> io::Result<Self> {
        let at = |why: io::Error| io::Error::new(why.kind(), format!("{}: {why}", path.display()));
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
        let listed = list().unwrap_or_default();
        let id = listed.into_iter().find(|(one, id)| one == path && !id.is_empty());
        let id = id.map(|(_, id)| id);
        // Looked at before it is opened: opening a pipe would wait for somebody at its other end.
        let kind = std::fs::metadata(path).map_err(at)?.file_type();
        if !kind.is_char_device() {
            let why = io::Error::new(io::ErrorKind::InvalidInput, "not a character device");
            return Err(at(why));
        }
        let open = OpenOptions::new().read(true).write(true).custom_flags(flags).open(path);
        Ok(Self { file: open.map_err(at)?, id })
    }

    /// Whether the device is ready for it before `limit` is over.
    fn wait(&self, what: PollFlags, limit: Duration) -> io::Result<bool> {
        let until = Instant::now() + limit;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let left = Timespec::try_from(left).map_err(io::Error::other)?;
            let mut fds = [PollFd::new(&self.file, what)];
            match poll(&mut fds, Some(&left)) {
                Ok(0) => return Ok(false),
                // Hung up or broken, too: the call that follows says how.
                Ok(_) => return Ok(true),
                Err(rustix::io::Errno::INTR) => {}
                Err(why) => return Err(why.into()),
            }
        }
    }
}

impl Device for LpDevice {
    fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
        let until = Instant::now() + limit;
        let chunk = &bytes[..bytes.len().min(CHUNK_BYTES)];
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if !self.wait(PollFlags::OUT, left)? {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "stalled"));
            }
            match self.file.write(chunk) {
                Err(why) if why.kind() == io::ErrorKind::WouldBlock => {}
                done => return done,
            }
        }
    }

    /// As the kernel read it when the printer was plugged in.
    fn id(&mut self) -> Option<String> {
        self.id.clone()
    }

    fn finish(&mut self, limit: Duration) -> io::Result<()> {
        match self.wait(PollFlags::OUT, limit)? {
            true => Ok(()),
            false => Err(io::Error::new(io::ErrorKind::TimedOut, "stalled")),
        }
    }

    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize> {
        if !self.wait(PollFlags::IN, limit)? {
            return Ok(0);
        }
        match self.file.read(into) {
            Err(why) if why.kind() == io::ErrorKind::WouldBlock => Ok(0),
            Ok(0) => {
                // Some printers say "here is nothing" without an end, and poll calls it something.
                std::thread::sleep(NOTHING_WAIT.min(limit));
                Ok(0)
            }
            done => done,
        }
    }
}

/// Linux' printer devices and their IEEE-1284 ids, as the kernel read them at the plugging in.
pub(in crate::print) fn list() -> io::Result<Vec<(PathBuf, String)>> {
    list_under(Path::new("/dev/usb"), Path::new("/sys/class/usbmisc"))
}

fn list_under(devices: &Path, class: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let entries = match std::fs::read_dir(devices) {
        Ok(entries) => entries,
        // No USB printer has been plugged in yet.
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(why) => return Err(why),
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        if name.to_string_lossy().starts_with("lp") {
            let id = std::fs::read_to_string(class.join(&name).join("device/ieee1284_id"));
            found.push((devices.join(name), id.unwrap_or_default().trim().to_owned()));
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_own_words_are_found() {
        let home = tempfile::tempdir().expect("a folder");
        let (devices, class) = (home.path().join("dev"), home.path().join("class"));
        assert_eq!(list_under(&devices, &class).expect("none"), []);
        std::fs::create_dir_all(class.join("lp1/device")).expect("made");
        std::fs::create_dir_all(&devices).expect("made");
        for name in ["lp1", "lp0", "hiddev0"] {
            std::fs::write(devices.join(name), "").expect("written");
        }
        let id = "MFG:TSC;MDL:TTP-244;CMD:TSPL2;";
        std::fs::write(class.join("lp1/device/ieee1284_id"), format!("{id}\n")).expect("written");
        let found = list_under(&devices, &class).expect("found");
        let expected = [(devices.join("lp0"), String::new()), (devices.join("lp1"), id.to_owned())];
        assert_eq!(found, expected);
    }
}
