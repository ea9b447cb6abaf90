//! Which file is which device: the kernel's list of `hidraw`, with what each says of itself.

use crate::scanning::declares;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Where the system lists them, and where their files are.
pub(super) struct Places {
    list: PathBuf,
    files: PathBuf,
}

impl Default for Places {
    fn default() -> Self {
        Self { list: "/sys/class/hidraw".into(), files: "/dev".into() }
    }
}

/// A device that is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its file.
    pub path: PathBuf,
    /// Its report descriptor; empty if the system has none.
    pub descriptor: Vec<u8>,
}

/// The device with these numbers; of several, or of all where none are given, the one of this page.
///
/// # Errors
/// `NotFound`; the list cannot be read.
pub(super) fn find(places: &Places, numbers: Option<(u16, u16)>, page: u16) -> io::Result<Found> {
    let mut names = Vec::new();
    for entry in fs::read_dir(&places.list)? {
        names.push(entry?.file_name());
    }
    names.sort();
    let mut first = None;
    for name in names {
        let told = places.list.join(&name).join("device/uevent");
        let told = fs::read_to_string(told).unwrap_or_default();
        if !numbers.is_none_or(|(vendor, product)| is_it(&told, vendor, product)) {
            continue;
        }
        let found = at(places, places.files.join(&name));
        if declares(&found.descriptor, page) {
            return Ok(found);
        }
        first = first.or(numbers.map(|_| found));
    }
    first.ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// The device of a file.
pub(super) fn at(places: &Places, path: PathBuf) -> Found {
    let name = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
    let name = name.file_name().map(Path::new).unwrap_or(&path);
    let descriptor = places.list.join(name).join("device/report_descriptor");
    Found { path, descriptor: fs::read(descriptor).unwrap_or_default() }
}

/// `HID_ID=0003:00000922:00008003`: bus, maker, model.
fn is_it(uevent: &str, vendor: u16, product: u16) -> bool {
    let id = uevent.lines().find_map(|line| line.strip_prefix("HID_ID="));
    let Some(id) = id else { return false };
    let numbers: Vec<Option<u32>> =
        id.split(':').map(|part| u32::from_str_radix(part, 16).ok()).collect();
    matches!(numbers.as_slice(), [_, Some(v), Some(p)]
        if (*v, *p) == (u32::from(vendor), u32::from(product)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCANNER: &[u8] = &[0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0xc0];
    const KEYBOARD: &[u8] = &[0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0xc0];
    const SCALE: &[u8] = &[0x05, 0x8d, 0x09, 0x20, 0xa1, 0x01, 0xc0];

    #[test]
    fn devices_are_known_by_their_numbers() {
        let told = "DRIVER=hid-generic\nHID_ID=0003:00000922:00008003\nHID_NAME=Scale\n";
        assert!(is_it(told, 0x0922, 0x8003));
        assert!(!is_it(told, 0x0922, 0x8004));
        assert!(!is_it("HID_NAME=x\n", 0, 0));
    }

    #[test]
    fn of_several_faces_the_one_that_was_meant_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("class");
        let places = Places { list: list.clone(), files: folder.path().join("dev") };
        let devices = [
            ("hidraw0", "00000922:00008003", SCALE),
            ("hidraw1", "00000C2E:00000B61", KEYBOARD),
            ("hidraw2", "00000C2E:00000B61", SCANNER),
            ("hidraw3", "0000046D:0000C31C", KEYBOARD),
        ];
        for (name, id, descriptor) in devices {
            let device = list.join(name).join("device");
            fs::create_dir_all(&device).unwrap();
            fs::write(device.join("uevent"), format!("HID_ID=0003:{id}\n")).unwrap();
            fs::write(device.join("report_descriptor"), descriptor).unwrap();
        }
        let find = |numbers, page| {
            find(&places, numbers, page).map(|found| (found.path, found.descriptor))
        };
        let file = |name: &str| folder.path().join("dev").join(name);
        let honey = Some((0x0c2e, 0x0b61));
        assert_eq!(find(honey, 0x8c).unwrap(), (file("hidraw2"), SCANNER.to_vec()));
        assert_eq!(find(None, 0x8c).unwrap().0, file("hidraw2"));
        assert_eq!(find(None, 0x8d).unwrap().0, file("hidraw0"));
        // One that is in another mode is found all the same: it says so itself.
        assert_eq!(find(Some((0x046d, 0xc31c)), 0x8c).unwrap().0, file("hidraw3"));
        let none = find(Some((1, 1)), 0x8c).unwrap_err();
        assert_eq!(none.kind(), io::ErrorKind::NotFound);
        assert_eq!(at(&places, file("hidraw2")).descriptor, SCANNER);
        assert_eq!(at(&places, file("hidraw9")).descriptor, b"");
    }
}
