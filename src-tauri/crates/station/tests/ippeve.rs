//! A real IPP printer, CUPS' `ippeveprinter`, takes our labels: byte for byte, in the language's
//! own format, with its own words when it stands still or gives a label up. Where it cannot be had
//! (it wants avahi, which wants root) the reason is printed and nothing is tested.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test; clippy sees only the functions marked so")]

use station::print::{Address, Port, Standing, Told, open::open};
use std::{
    fs, io,
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A printer that needs longer is broken.
const LONG: Duration = Duration::from_secs(30);
/// How the script says that there can be no printer here.
const SKIPPED: i32 = 77;
/// What the printer does with a document: it fails, or is out of paper until there is some.
const DOES: &str = r#"#!/bin/sh
case "$(head -c 3 "$1")" in
BAD) exit 1 ;;
OUT)
    echo "STATE: +media-empty" >&2
    until [ -e "$0.refilled" ]; do sleep 0.05; done
    echo "STATE: -media-empty" >&2
    ;;
esac
cat "$1" > "$0.printed"
"#;

struct Printer {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Drop for Printer {
    fn drop(&mut self) {
        // The script ends what it started; it may be gone already.
        let pid = self.child.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &pid]).status();
        let _ = self.child.wait();
    }
}

impl Printer {
    /// `None` if there can be none here; the reason is printed.
    fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let does = folder.path().join("does");
        fs::write(&does, DOES).unwrap();
        fs::set_permissions(&does, fs::Permissions::from_mode(0o755)).unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let script = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../tests/support/ipp/start-ippeveprinter.sh");
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let child = Command::new("sh")
            .args([script.as_os_str(), folder.path().as_os_str()])
            .arg(port.to_string())
            .arg(&does)
            .stdin(Stdio::null())
            .stderr(log.try_clone().unwrap())
            .stdout(log)
            .spawn()
            .unwrap();
        let mut printer = Self { child, port, folder };
        let until = Instant::now() + LONG;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = printer.child.try_wait().unwrap();
            let said = || fs::read_to_string(printer.file("log")).unwrap_or_default();
            if let Some(ended) = ended {
                assert_eq!(ended.code(), Some(SKIPPED), "{}", said());
                println!("SKIPPED, {}", said());
                return None;
            }
            assert!(Instant::now() < until, "it does not listen\n{}", said());
            thread::yield_now();
        }
        Some(printer)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn open(&self) -> Box<dyn Port> {
        let address = format!("ipp://127.0.0.1:{}/ipp/print", self.port);
        let mut port = open(address.parse::<Address>().unwrap(), None).await.unwrap();
        port.labels_are("application/vnd.zebra-zpl");
        port
    }
}

/// Asks until it says so; it is asked at its own pace.
async fn told(port: &mut dyn Port, wanted: impl Fn(&Told) -> bool) -> io::Result<Told> {
    let asked = async {
        loop {
            let told = port.told().await?.expect("it tells");
            if wanted(&told) {
                return Ok(told);
            }
        }
    };
    tokio::time::timeout(LONG, asked).await.expect("in time")
}

#[tokio::test]
async fn a_real_ipp_printer_takes_labels_and_tells() {
    let Some(printer) = Printer::start() else { return };
    let mut port = printer.open().await;
    let label: Vec<u8> =
        (0..50_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    port.write_label("packbench-1", &label).await.unwrap();
    let done = told(&mut *port, |told| told.waiting == Some(0)).await.unwrap();
    assert_eq!((done.standing, done.words.as_str()), (Standing::Well, ""));
    assert!(fs::read(printer.file("does.printed")).unwrap() == label, "not the label");

    port.write_label("packbench-2", b"OUT^XA^XZ").await.unwrap();
    let empty = told(&mut *port, |told| told.standing == Standing::PaperOut).await.unwrap();
    assert_eq!(empty.waiting, Some(1));
    assert!(empty.words.contains("media-empty"), "{empty:?}");
    fs::write(printer.file("does.refilled"), b"").unwrap();
    told(&mut *port, |told| told.waiting == Some(0)).await.unwrap();
    assert_eq!(fs::read(printer.file("does.printed")).unwrap(), b"OUT^XA^XZ");

    port.write_label("packbench-4", b"BAD^XA^XZ").await.unwrap();
    let why = told(&mut *port, |told| told.waiting == Some(0)).await.unwrap_err();
    assert!(why.to_string().starts_with("aborted: "), "{why}");

    let mut other = printer.open().await;
    other.labels_are("application/vnd.nobody");
    // It takes bytes as they are, looks at them, and wants none of these.
    let broken = other.write_label("packbench-5", b"plain").await.unwrap_err();
    assert_eq!(broken.sent, 0);
    assert!(broken.why.to_string().contains("document-format"), "{broken}");
}
