//! The ways to a printer over real sockets and folders: what arrives, and what is said of bytes
//! that did not.

#![allow(clippy::unwrap_used, reason = "a test; clippy sees only the functions marked so")]

use station::print::{
    Address, Port,
    folder::FolderPort,
    open::open,
    tcp::{Limits, TcpPort},
};
use std::{io, net::Ipv4Addr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
};

/// More than the buffers on both sides take.
const MUCH: usize = 4 << 20;
const QUICK: Limits = Limits { connect: Duration::from_secs(5), stall: Duration::from_millis(250) };
const PATIENT: Limits = Limits { connect: Duration::from_secs(5), stall: Duration::from_secs(20) };
/// Only a hang takes as long: a busy machine may be a hundred times slower.
const LONG: Duration = Duration::from_secs(180);

async fn within<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG, what).await.expect("in time")
}

/// A printer with a small buffer.
fn listener() -> (TcpListener, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 << 10).unwrap();
    socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let listener = socket.listen(4).unwrap();
    let at = listener.local_addr().unwrap().to_string();
    (listener, at)
}

async fn pair(limits: Limits) -> (TcpPort, TcpStream) {
    let (listener, at) = listener();
    let (port, accepted) = tokio::join!(TcpPort::connect(&at, limits), listener.accept());
    (port.unwrap(), accepted.unwrap().0)
}

#[tokio::test]
async fn nobody_listening_is_said_with_the_address() {
    let (listener, at) = listener();
    drop(listener);
    let why = within(TcpPort::connect(&at, QUICK)).await.unwrap_err();
    assert_eq!(why.kind(), io::ErrorKind::ConnectionRefused);
    assert!(why.to_string().contains(&at), "{why}");
    let address = Address::Tcp(at);
    assert!(within(open(address, None)).await.is_err());
}

#[tokio::test]
async fn every_byte_arrives() {
    let (mut port, mut printer) = pair(PATIENT).await;
    let label: Vec<u8> = (0..MUCH).map(|at| ((at * 31) >> 3) as u8).collect();
    let read = tokio::spawn(async move {
        let mut got = Vec::new();
        printer.read_to_end(&mut got).await.unwrap();
        got
    });
    within(port.write_label("label", &label)).await.unwrap();
    drop(port);
    assert!(within(read).await.unwrap() == label);
}

#[tokio::test]
async fn a_reset_in_mid_label_is_not_called_nothing() {
    for taken in [1, 5_000] {
        let (mut port, mut printer) = pair(PATIENT).await;
        let reset = tokio::spawn(async move {
            printer.read_exact(&mut vec![0; taken]).await.unwrap();
            printer.set_zero_linger().unwrap();
        });
        let broken = within(port.write_label("label", &vec![7; MUCH])).await.unwrap_err();
        reset.await.unwrap();
        assert!(broken.sent >= taken && broken.sent < MUCH, "{broken}");
        assert!(matches!(
            broken.why.kind(),
            io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
        ));
    }
}

#[tokio::test]
async fn a_printer_that_hung_up_before_the_first_byte_got_nothing() {
    let (mut port, printer) = pair(PATIENT).await;
    drop(printer);
    let why = within(port.ask(b"~HS", LONG, |_| false)).await.unwrap_err();
    assert_ne!(why.kind(), io::ErrorKind::TimedOut);
    let broken = within(port.write_label("label", &[7; 100])).await.unwrap_err();
    assert_eq!(broken.sent, 0);

    // The same without a question in between: the hang-up is seen as soon as it is here.
    let (mut port, mut printer) = pair(PATIENT).await;
    printer.shutdown().await.unwrap();
    while within(port.write_label("label", &[])).await.is_ok() {
        tokio::task::yield_now().await;
    }
    let broken = within(port.write_label("label", &[7; 100])).await.unwrap_err();
    assert_eq!(broken.sent, 0);
}

#[tokio::test]
async fn a_printer_that_takes_no_bytes_is_given_up() {
    let (mut port, printer) = pair(QUICK).await;
    let broken = within(port.write_label("label", &vec![7; MUCH])).await.unwrap_err();
    assert_eq!(broken.why.kind(), io::ErrorKind::TimedOut);
    assert!(broken.sent > 0 && broken.sent < MUCH, "{broken}");
    assert!(broken.sent < 512 << 10, "{} bytes counted, hardly any left", broken.sent);
    drop(printer);
}

#[tokio::test]
async fn answers_come_in_pieces_late_or_never() {
    let (mut port, mut printer) = pair(PATIENT).await;
    let whole = |answer: &[u8]| answer.ends_with(b"\r\n");
    let printer = tokio::spawn(async move {
        let mut question = [0; 3];
        printer.read_exact(&mut question).await.unwrap();
        printer.write_all(b"\x02one").await.unwrap();
        tokio::task::yield_now().await;
        printer.write_all(b"two\x03\r\n").await.unwrap();
        printer.read_exact(&mut question).await.unwrap();
        printer
    });
    let answer = within(port.ask(b"~HS", LONG, whole)).await.unwrap();
    assert_eq!(answer, b"\x02onetwo\x03\r\n");
    let silence = within(port.ask(b"~HS", Duration::from_millis(50), whole)).await.unwrap();
    assert!(silence.is_empty());
    let mut printer = printer.await.unwrap();
    printer.write_all(b"stale\r\n").await.unwrap();
    // The stale answer is here before the next question: only it can end this wait.
    let mut probe = [0; 16];
    let fresh = tokio::spawn(async move {
        printer.read_exact(&mut probe[..3]).await.unwrap();
        printer.write_all(b"fresh\r\n").await.unwrap();
        printer
    });
    let answer = within(port.ask(b"~HS", LONG, |got| got.ends_with(b"fresh\r\n"))).await.unwrap();
    assert!(answer.ends_with(b"fresh\r\n"));
    assert!(port.answers());
    drop(fresh);
}

#[tokio::test]
async fn the_practice_printer_is_a_printer() {
    use practice::printer::{Options, Printer};
    let printer = Printer::start(Options::default()).await.unwrap();
    let mut port = within(open(Address::Practice, Some(printer.port()))).await.unwrap();
    let label = format!("^XA^PW8^LL2^FO0,0^GFA,2,2,1,8001^FS^FX{}^XZ", "x".repeat(20_000));
    for _ in 0..100 {
        within(port.write_label("label", label.as_bytes())).await.unwrap();
    }
    within(printer.await_labels(100)).await;
    assert_eq!(printer.labels()[99].bitmap.bits, [0x80, 0x01]);
    let answer = within(port.ask(b"\x1b!?", LONG, |got| !got.is_empty())).await.unwrap();
    assert_eq!(answer, [0]);
    let none = within(open(Address::Practice, None)).await.err().map(|why| why.kind());
    assert_eq!(none, Some(io::ErrorKind::NotFound));
}

#[tokio::test]
async fn a_folder_keeps_every_label_and_shows_it_to_nobody_else() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("new/labels");
    let mut port = FolderPort::open(&folder, "zpl").unwrap();
    port.write_label("YT77/../1", b"first").await.unwrap();
    port.write_label("YT77/../1", b"again").await.unwrap();
    let address = Address::Dir(folder.clone());
    let mut other = within(open(address, None)).await.unwrap();
    other.write_label("", b"bare").await.unwrap();
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["YT77____1-2.zpl", "YT77____1.zpl", "label.prn"]);
    assert_eq!(std::fs::read(folder.join("YT77____1.zpl")).unwrap(), b"first");
    assert_eq!(std::fs::read(folder.join("YT77____1-2.zpl")).unwrap(), b"again");
    #[cfg(unix)]
    for name in names {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.join(&name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert!(!port.answers());
    let answer = port.ask(b"~HS", LONG, |_| false).await.unwrap();
    assert!(answer.is_empty());
}

#[tokio::test]
async fn a_folder_that_is_none_is_named() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let why = FolderPort::open(&file, "zpl").unwrap_err();
    assert!(why.to_string().contains(file.to_str().unwrap()), "{why}");
    let folder = home.path().join("gone");
    let mut port = FolderPort::open(&folder, "zpl").unwrap();
    std::fs::remove_dir(&folder).unwrap();
    let broken = port.write_label("label", b"x").await.unwrap_err();
    assert_eq!(broken.sent, 0);
    assert!(broken.why.to_string().contains(folder.to_str().unwrap()), "{broken}");
}

#[tokio::test]
async fn the_practice_printer_prints_exactly_our_dots() {
    use label::language::{Graphics, Language, Options as Encoding};
    use label::units::{Head, Paper};
    use practice::printer::{Options, Printer};
    for (head, dots_per_mm) in [(Head::DPMM_8, 8), (Head::DPMM_12, 12)] {
        let page = label::forms::test_page::draw(head, Paper::WAYBILL, "practice");
        let ours = label::raster::paint(&page, label::font::Fonts::shipped());
        let printer = Printer::start(Options { dots_per_mm, ..Options::default() }).await.unwrap();
        let mut port = within(open(Address::Practice, Some(printer.port()))).await.unwrap();
        let mut sent = 0;
        let ways = [
            (Language::Zpl, Graphics::Z64),
            (Language::Zpl, Graphics::Acs),
            (Language::Tspl, Graphics::Z64),
        ];
        for (language, graphics) in ways {
            let encoding = Encoding {
                head,
                graphics,
                darkness: Some(9),
                speed: Some(4),
                ..Encoding::default()
            };
            let bytes = language.encode(&ours, &encoding);
            within(port.write_label("label", &bytes)).await.unwrap();
            sent += 1;
            within(printer.await_labels(sent)).await;
            let question = language.status_question();
            let whole = language.status_check();
            let answer = within(port.ask(question, LONG, whole)).await.unwrap();
            let status = language.read_status(&answer).expect("a readable answer");
            assert!(!status.is_blocked() && !status.busy, "{status:?}");
            assert_ne!(status.waiting, Some(1), "{status:?}");
        }
        let labels = printer.labels();
        assert_eq!(labels.len(), 3);
        for printed in labels {
            let theirs = &printed.bitmap;
            assert_eq!((theirs.width, theirs.height), (ours.width, ours.height));
            assert!(theirs.bits == ours.bits, "other dots in {:?}", printed.language);
        }
        assert!(printer.unknown().is_empty(), "{:?}", printer.unknown());
        assert_eq!(printer.bad_graphics(), 0);
    }
}
