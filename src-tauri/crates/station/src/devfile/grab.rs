//! Taking a keyboard: while its file is open, its keys go nowhere else.
#![allow(unsafe_code, reason = "one ioctl that takes a number; the call says why it is sound")]

use super::file::Opened;
use rustix::ioctl::{IntegerSetter, Opcode, ioctl, opcode};
use std::io;

/// `EVIOCGRAB`. Source: the kernel's `input.h`.
const EVIOCGRAB: Opcode = opcode::write::<i32>(b'E', 0x90);
const TAKEN: usize = 1;

/// Takes it from everybody else, until it is closed.
///
/// # Errors
/// Somebody else has taken it; it is no input device.
pub(super) fn grab(opened: &Opened) -> io::Result<()> {
    // SAFETY: EVIOCGRAB reads its argument as a number, whether it is 0; it writes nothing. Any
    // other file refuses it (ENOTTY, EINVAL).
    let take = unsafe { IntegerSetter::<EVIOCGRAB>::new_usize(TAKEN) };
    // SAFETY: as above.
    unsafe { ioctl(opened.fd(), take) }.map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[tokio::test]
    async fn what_is_no_keyboard_is_not_taken() {
        assert_eq!(EVIOCGRAB, 0x4004_4590, "as the kernel numbers it");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("event0");
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        let opened = Opened::open(&path, Vec::new()).unwrap();
        assert!(grab(&opened).is_err());
    }
}
