//! Printers behind a line that blocks, on real pseudo-terminals: what arrives, what is answered,
//! and what is said of bytes that did not arrive. USB has no such stand-in and is not seen here.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test; clippy sees only the functions marked so")]

use serialport::{SerialPort, TTYPort};
use station::print::{Address, Flow, Port, open::open, serial};
use std::{
    fs::File,
    io::{self, Read, Write},
    thread::{self, JoinHandle},
    time::Duration,
};

const LONG: Duration = Duration::from_secs(20);
/// More than a pseudo-terminal holds.
const MUCH: usize = 300_000;

async fn within<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG, what).await.expect("in time")
}

/// A line with nobody on our end yet: the printer's end, and ours with its name. Ours is kept open,
/// so that the line stays as it was set, but not as the crate opens it, which keeps others out.
fn line() -> (TTYPort, File, String) {
    let (mut printer, mut ours) = TTYPort::pair().unwrap();
    ours.set_exclusive(false).unwrap();
    printer.set_timeout(LONG).unwrap();
    let name = ours.name().unwrap();
    let kept = File::options().read(true).write(true).open(&name).unwrap();
    (printer, kept, name)
}

/// The ways to a printer at the end of a line.
fn ways(name: &str) -> [Address; 2] {
    [
        Address::Lp(name.into()),
        Address::Serial { port: name.to_owned(), baud: 115_200, flow: Flow::None },
    ]
}

/// Every byte there is, in no order that a line would keep by accident.
fn label() -> Vec<u8> {
    (0..MUCH as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

fn reads(mut printer: TTYPort, count: usize) -> JoinHandle<(TTYPort, Vec<u8>)> {
    thread::spawn(move || {
        let mut got = vec![0; count];
        printer.read_exact(&mut got).unwrap();
        (printer, got)
    })
}

#[tokio::test]
async fn every_byte_arrives_as_it_is() {
    for way in 0..2 {
        let (printer, _ours, name) = line();
        let mut port = within(open(ways(&name)[way].clone(), None)).await.unwrap();
        let printer = reads(printer, MUCH);
        within(port.write_label("label", &label())).await.unwrap();
        let (_, got) = printer.join().unwrap();
        assert!(got == label(), "{} bytes, not the label", got.len());
    }
}

#[tokio::test]
async fn answers_come_in_pieces_late_or_never() {
    for way in 0..2 {
        let (mut printer, _ours, name) = line();
        let mut port = within(open(ways(&name)[way].clone(), None)).await.unwrap();
        assert!(port.answers() && !port.tells());
        let whole = |answer: &[u8]| answer.ends_with(b"\r\n");
        // An answer to somebody else's question.
        printer.write_all(b"stale\r\n").unwrap();
        let answered = thread::spawn(move || {
            let mut question = [0; 3];
            printer.read_exact(&mut question).unwrap();
            assert_eq!(&question, b"~HS");
            printer.write_all(b"\x02one").unwrap();
            thread::yield_now();
            printer.write_all(b"\x11\x13\x03\r\n").unwrap();
            printer.read_exact(&mut question).unwrap();
            printer
        });
        let answer = within(port.ask(b"~HS", LONG, whole)).await.unwrap();
        assert_eq!(answer, b"\x02one\x11\x13\x03\r\n", "{way}: control bytes are kept");
        let silence = within(port.ask(b"~HS", Duration::from_millis(60), whole)).await.unwrap();
        assert!(silence.is_empty());
        drop(answered.join().unwrap());
    }
}

#[tokio::test]
async fn a_line_that_is_pulled_in_mid_label_is_not_called_nothing() {
    for way in 0..2 {
        let (printer, ours, name) = line();
        let mut port = within(open(ways(&name)[way].clone(), None)).await.unwrap();
        let printer = reads(printer, 5_000);
        let pulled = thread::spawn(move || drop((printer.join().unwrap(), ours)));
        let broken = within(port.write_label("label", &label())).await.unwrap_err();
        pulled.join().unwrap();
        assert!(broken.sent >= 5_000 && broken.sent < MUCH, "{broken}");
        // What follows fails as well, and nothing of it arrives.
        let broken = within(port.write_label("label", &label())).await.unwrap_err();
        assert_eq!(broken.sent, 0, "{broken}");
        assert!(within(port.ask(b"~HS", LONG, |_| false)).await.is_err());
    }
}

#[tokio::test]
async fn a_printer_that_takes_no_bytes_is_given_up() {
    let (printer, _ours, name) = line();
    let port = within(serial::open(name, 9_600, Flow::None)).await.unwrap();
    let mut port = port.patient(Duration::from_millis(200));
    let broken = within(port.write_label("label", &label())).await.unwrap_err();
    assert_eq!(broken.why.kind(), io::ErrorKind::TimedOut, "{broken}");
    assert!(broken.sent > 0 && broken.sent < 64 << 10, "{broken}");
    drop(printer);
}

#[tokio::test]
async fn what_is_no_printer_is_named() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let why = within(open(Address::Lp(file.clone()), None)).await.err().unwrap();
    assert_eq!(why.kind(), io::ErrorKind::InvalidInput);
    assert!(why.to_string().contains(file.to_str().unwrap()), "{why}");
    for address in ways("/dev/packbench-no-such-line") {
        let why = within(open(address, None)).await.err().unwrap();
        assert!(why.to_string().contains("/dev/packbench-no-such-line"), "{why}");
    }
    let absent = Address::Usb { vendor: 0xffff, product: 0xfffe, serial: None };
    let why = within(open(absent, None)).await.err().unwrap();
    assert!(why.to_string().contains("usb:ffff:fffe"), "{why}");
}
