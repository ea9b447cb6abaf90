//! The print queues of Windows, by winspool itself: every call's answer is looked at, every written
//! byte counted. A label goes as datatype RAW, past the driver, or as XPS_PASS where the driver is
//! of version 4, which knows no RAW.
#![allow(unsafe_code, reason = "winspool is a C interface; each call says why it is sound")]

use crate::print::{Broken, Standing, Told, queue::QueueInfo};
use std::{ffi::c_void, io};
use windows::{
    Win32::Graphics::Printing::{
        ClosePrinter, DOC_INFO_1W, DRIVER_INFO_2W, EndDocPrinter, EndPagePrinter, EnumPrintersW,
        GetDefaultPrinterW, GetPrinterDriverW, GetPrinterW, JOB_CONTROL_DELETE, OpenPrinterW,
        PRINTER_ATTRIBUTE_WORK_OFFLINE, PRINTER_ENUM_CONNECTIONS, PRINTER_ENUM_LOCAL,
        PRINTER_HANDLE, PRINTER_INFO_2W, PRINTER_STATUS_BUSY, PRINTER_STATUS_DOOR_OPEN,
        PRINTER_STATUS_ERROR, PRINTER_STATUS_NO_TONER, PRINTER_STATUS_NOT_AVAILABLE,
        PRINTER_STATUS_OFFLINE, PRINTER_STATUS_OUT_OF_MEMORY, PRINTER_STATUS_PAPER_JAM,
        PRINTER_STATUS_PAPER_OUT, PRINTER_STATUS_PAPER_PROBLEM, PRINTER_STATUS_PAUSED,
        PRINTER_STATUS_PRINTING, PRINTER_STATUS_PROCESSING, PRINTER_STATUS_SERVER_OFFLINE,
        PRINTER_STATUS_USER_INTERVENTION, SetJobW, StartDocPrinterW, StartPagePrinter,
        WritePrinter,
    },
    core::{BOOL, PCWSTR, PWSTR},
};

/// Bytes handed over at once.
const CHUNK_BYTES: usize = 64 << 10;
/// Lists grow while they are asked for; more often than this they do not.
const TRIES_MAX: usize = 5;

/// Text for Windows: UTF-16 and a zero.
fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// Text of Windows; empty for none.
fn text(from: PWSTR) -> String {
    if from.is_null() {
        return String::new();
    }
    // SAFETY: winspool ends its texts with a zero, and they live in the buffer that is still held.
    unsafe { from.to_string() }.unwrap_or_default()
}

fn last() -> io::Error {
    io::Error::last_os_error()
}

fn done(answer: BOOL) -> io::Result<()> {
    if answer.as_bool() { Ok(()) } else { Err(last()) }
}

/// An open queue; closed when dropped.
struct Open(PRINTER_HANDLE);

impl Open {
    fn queue(name: &str) -> io::Result<Self> {
        let wanted = wide(name);
        let mut handle = PRINTER_HANDLE::default();
        // SAFETY: the name ends with a zero and outlives the call; the handle is ours to fill.
        unsafe { OpenPrinterW(PCWSTR(wanted.as_ptr()), &raw mut handle, None) }.map_err(|why| {
            let why = io::Error::from(why);
            // ERROR_INVALID_PRINTER_NAME
            match why.raw_os_error() {
                Some(1801) => {
                    io::Error::new(io::ErrorKind::NotFound, format!("queue \"{name}\" not found"))
                }
                _ => why,
            }
        })?;
        Ok(Self(handle))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: the handle was opened by us and is used no more. On failure nothing is to do.
        drop(unsafe { ClosePrinter(self.0) });
    }
}

/// Calls until the buffer is large enough: `call` says how many bytes it needs. The buffer is made
/// of words of eight bytes, because the structures in it are read in place.
fn filled(mut call: impl FnMut(Option<&mut [u8]>, &mut u32) -> bool) -> io::Result<Vec<u64>> {
    let mut buffer: Vec<u64> = Vec::new();
    for _ in 0..TRIES_MAX {
        let mut needed = 0;
        let bytes = buffer.len() * 8;
        // SAFETY: the words are ours, initialised, and as many bytes long as is said.
        let room =
            unsafe { std::slice::from_raw_parts_mut(buffer.as_mut_ptr().cast::<u8>(), bytes) };
        if call((bytes > 0).then_some(room), &mut needed) {
            return Ok(buffer);
        }
        if needed as usize <= bytes {
            return Err(last());
        }
        buffer = vec![0; (needed as usize).div_ceil(8)];
    }
    Err(last())
}

fn info(queue: &Open) -> io::Result<(PRINTER_INFO_2W, Vec<u64>)> {
    let buffer = filled(|room, needed| {
        // SAFETY: the handle is open, the room is as long as its slice.
        unsafe { GetPrinterW(queue.0, 2, room, needed) }.is_ok()
    })?;
    if buffer.len() * 8 < size_of::<PRINTER_INFO_2W>() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // SAFETY: winspool filled in one such structure; its texts point into the buffer, which goes
    // along with it.
    let info = unsafe { *buffer.as_ptr().cast::<PRINTER_INFO_2W>() };
    Ok((info, buffer))
}

/// The datatype that passes the driver by.
fn datatype(queue: &Open) -> &'static str {
    let driver = filled(|room, needed| {
        // SAFETY: as for `info`.
        unsafe { GetPrinterDriverW(queue.0, PCWSTR::null(), 2, room, needed) }.as_bool()
    });
    let version = driver.ok().filter(|it| it.len() * 8 >= size_of::<DRIVER_INFO_2W>()).map(|it| {
        // SAFETY: winspool filled in one such structure, of which only a number is read.
        unsafe { *it.as_ptr().cast::<DRIVER_INFO_2W>() }.cVersion
    });
    if version.is_some_and(|version| version >= 4) { "XPS_PASS" } else { "RAW" }
}

pub(in crate::print) fn list() -> io::Result<Vec<QueueInfo>> {
    let mut count = 0;
    let flags = PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS;
    let buffer = filled(|room, needed| {
        // SAFETY: the room is as long as its slice, the counts are ours to fill.
        let listed =
            unsafe { EnumPrintersW(flags, PCWSTR::null(), 2, room, needed, &raw mut count) };
        listed.is_ok()
    })?;
    let count = (count as usize).min(buffer.len() * 8 / size_of::<PRINTER_INFO_2W>());
    let usual = default_queue();
    let found = (0..count).map(|at| {
        // SAFETY: winspool filled in so many, one after the other, at the front of the buffer,
        // which holds at least so many; with none the buffer is not touched.
        let one = unsafe { *buffer.as_ptr().cast::<PRINTER_INFO_2W>().add(at) };
        let name = text(one.pPrinterName);
        let (standing, words) = standing(one.Status, one.Attributes, one.cJobs);
        QueueInfo {
            is_default: usual.as_ref() == Some(&name),
            info: text(one.pComment),
            state: match standing {
                Standing::Well => "ready",
                Standing::Printing => "printing",
                Standing::Away => "offline",
                Standing::PaperOut
                | Standing::RibbonOut
                | Standing::CoverOpen
                | Standing::Paused
                | Standing::Fault => "paused",
            },
            reasons: if words.is_empty() { vec!["none".to_owned()] } else { words },
            name,
        }
    });
    Ok(found.collect())
}

fn default_queue() -> Option<String> {
    let mut count = 0;
    // SAFETY: without a buffer only the count is filled in.
    let _ = unsafe { GetDefaultPrinterW(None, &raw mut count) };
    let mut name = vec![0_u16; count as usize];
    // SAFETY: the buffer is as long as is said.
    let told = unsafe { GetDefaultPrinterW(Some(PWSTR(name.as_mut_ptr())), &raw mut count) };
    let end = name.iter().position(|unit| *unit == 0)?;
    told.as_bool().then(|| String::from_utf16_lossy(&name[..end]))
}

pub(in crate::print) fn find(name: &str) -> io::Result<()> {
    Open::queue(name).map(drop)
}

/// Hands a label to the spooler.
pub(in crate::print) fn submit(queue: &str, job: &str, label: &[u8]) -> Result<(), Broken> {
    let none_sent = |why| Broken { sent: 0, why };
    let queue = Open::queue(queue).map_err(none_sent)?;
    let (mut name, mut kind) = (wide(job), wide(datatype(&queue)));
    let document = DOC_INFO_1W {
        pDocName: PWSTR(name.as_mut_ptr()),
        pOutputFile: PWSTR::null(),
        pDatatype: PWSTR(kind.as_mut_ptr()),
    };
    // SAFETY: the handle is open; the texts end with a zero and outlive the call.
    let id = unsafe { StartDocPrinterW(queue.0, 1, &raw const document) };
    if id == 0 {
        return Err(none_sent(last()));
    }
    write(&queue, label).inspect_err(|_| {
        // What the spooler has not begun to print is taken back; it may have begun.
        // SAFETY: the handle is open and the job is ours.
        unsafe {
            let _ = SetJobW(queue.0, id, 0, None, JOB_CONTROL_DELETE);
            let _ = EndDocPrinter(queue.0);
        }
    })
}

fn write(queue: &Open, label: &[u8]) -> Result<(), Broken> {
    // SAFETY: the handle is open and a document is begun, here and below.
    done(unsafe { StartPagePrinter(queue.0) }).map_err(|why| Broken { sent: 0, why })?;
    let mut sent = 0;
    while sent < label.len() {
        let chunk = &label[sent..label.len().min(sent + CHUNK_BYTES)];
        let mut written = 0;
        // SAFETY: the bytes are ours and as many as is said.
        let answer = unsafe {
            let from = chunk.as_ptr().cast::<c_void>();
            WritePrinter(queue.0, from, chunk.len() as u32, &raw mut written)
        };
        sent += (written as usize).min(chunk.len());
        done(answer).map_err(|why| Broken { sent, why })?;
        if written == 0 {
            return Err(Broken { sent, why: io::ErrorKind::WriteZero.into() });
        }
    }
    // SAFETY: as above. Only the end of the document gives the label to the printer for certain.
    done(unsafe { EndPagePrinter(queue.0) }).map_err(|why| Broken { sent, why })?;
    done(unsafe { EndDocPrinter(queue.0) }).map_err(|why| Broken { sent, why })
}

/// Why a queue stands still.
pub(in crate::print) async fn told(queue: &str) -> io::Result<Option<Told>> {
    let name = queue.to_owned();
    let asked = move || {
        let queue = Open::queue(&name)?;
        let (info, _texts) = info(&queue)?;
        let (standing, words) = standing(info.Status, info.Attributes, info.cJobs);
        Ok(Some(Told { standing, waiting: None, words: words.join(", ") }))
    };
    let told = tokio::task::spawn_blocking(asked).await;
    told.unwrap_or_else(|panic| Err(io::Error::other(panic)))
}

/// What Windows says of a queue: its worst first, and every word of it.
fn standing(status: u32, attributes: u32, jobs: u32) -> (Standing, Vec<String>) {
    const WORDS: [(u32, Standing, &str); 14] = [
        (PRINTER_STATUS_PAPER_OUT, Standing::PaperOut, "paper-out"),
        (PRINTER_STATUS_PAPER_PROBLEM, Standing::PaperOut, "paper-problem"),
        (PRINTER_STATUS_DOOR_OPEN, Standing::CoverOpen, "door-open"),
        (PRINTER_STATUS_NO_TONER, Standing::RibbonOut, "no-toner"),
        (PRINTER_STATUS_PAPER_JAM, Standing::Fault, "paper-jam"),
        (PRINTER_STATUS_OUT_OF_MEMORY, Standing::Fault, "out-of-memory"),
        (PRINTER_STATUS_USER_INTERVENTION, Standing::Fault, "user-intervention"),
        (PRINTER_STATUS_ERROR, Standing::Fault, "error"),
        (PRINTER_STATUS_OFFLINE, Standing::Away, "offline"),
        (PRINTER_STATUS_NOT_AVAILABLE, Standing::Away, "not-available"),
        (PRINTER_STATUS_SERVER_OFFLINE, Standing::Away, "server-offline"),
        (PRINTER_STATUS_PAUSED, Standing::Paused, "paused"),
        (PRINTER_STATUS_BUSY, Standing::Printing, "busy"),
        (PRINTER_STATUS_PRINTING | PRINTER_STATUS_PROCESSING, Standing::Printing, "printing"),
    ];
    let mut said: Vec<(Standing, String)> = WORDS
        .iter()
        .filter(|(bits, _, _)| status & bits != 0)
        .map(|(_, standing, word)| (*standing, (*word).to_owned()))
        .collect();
    if attributes & PRINTER_ATTRIBUTE_WORK_OFFLINE != 0 {
        said.insert(0, (Standing::Away, "work-offline".to_owned()));
    }
    let idle = if jobs > 0 { Standing::Printing } else { Standing::Well };
    let standing = said.first().map_or(idle, |(standing, _)| *standing);
    let blocks = standing.is_blocked();
    (standing, said.into_iter().map(|(_, word)| word).filter(|_| blocks).collect())
}

/// Nothing is left behind here: labels go to the spooler without a file of ours.
pub(in crate::print) fn sweep() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_says_its_worst_first() {
        assert_eq!(standing(0, 0, 0), (Standing::Well, vec![]));
        assert_eq!(standing(0, 0, 1), (Standing::Printing, vec![]));
        assert_eq!(standing(PRINTER_STATUS_PRINTING, 0, 1), (Standing::Printing, vec![]));
        let (worst, words) = standing(PRINTER_STATUS_OFFLINE | PRINTER_STATUS_PAPER_OUT, 0, 1);
        assert_eq!(worst, Standing::PaperOut);
        assert_eq!(words, ["paper-out", "offline"]);
        let (worst, _) = standing(0, PRINTER_ATTRIBUTE_WORK_OFFLINE, 0);
        assert_eq!(worst, Standing::Away);
    }

    #[test]
    fn no_queue_is_no_fault() {
        // With no printer at all the list is empty, not null.
        let queues = list().expect("a list");
        let name = "packbench no such queue";
        assert!(queues.iter().all(|queue| queue.name != name));
        assert!(find(name).is_err());
        let broken = submit(name, "packbench-test", b"^XA^XZ").expect_err("no queue");
        assert_eq!(broken.sent, 0);
    }
}
