//! LPrint, a printer application of other hands, beside us: our label goes to it over IPP, as our
//! own ZPL and as a raster that it codes itself, and the dots on its wire are ours both times.
//! Where it is not installed the reason is printed and nothing is tested.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test; clippy sees only the functions marked so")]

use label::{
    font::Fonts,
    forms::test_page,
    language::{Language, Options},
    raster::{Bitmap, paint},
    units::{Head, Paper},
};
use station::print::{Address, Port, open::open};
use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::{Duration, Instant},
};

/// Who needs longer is broken.
const LONG: Duration = Duration::from_secs(60);
/// How the script says that there is none here.
const SKIPPED: i32 = 77;
/// What LPrint asks a ZPL printer when it opens it, and "all is well".
const ASKED: &[u8] = b"~HQES\n";
const WELL: &[u8] = b"\x02\r\n  PRINTER STATUS\r\n   ERRORS:         0 00000000 00000000\r\n   \
    WARNINGS:       0 00000000 00000000\r\n\x03";

struct LPrint {
    child: Child,
    port: u16,
    labels: Receiver<Vec<u8>>,
    folder: tempfile::TempDir,
}

impl Drop for LPrint {
    fn drop(&mut self) {
        // The script ends what it started; it may be gone already.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

/// The printer behind LPrint: answers its question, and hands on every other connection's bytes.
fn wire(listener: &TcpListener, labels: &Sender<Vec<u8>>) {
    for mut stream in listener.incoming().flatten() {
        let (mut bytes, mut buffer) = (Vec::new(), [0; 4_096]);
        while let Ok(count @ 1..) = stream.read(&mut buffer) {
            bytes.extend(&buffer[..count]);
            if bytes == ASKED {
                // It reads until the printer hangs up, and prints on another connection.
                let _ = stream.write_all(WELL);
                bytes.clear();
                break;
            }
        }
        if !bytes.is_empty() && labels.send(bytes).is_err() {
            return;
        }
    }
}

impl LPrint {
    /// `None` if there can be none here; the reason is printed.
    fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let at = listener.local_addr().unwrap().port().to_string();
        let (sender, labels) = channel();
        thread::spawn(move || wire(&listener, &sender));
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let script = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../tests/support/ipp/start-lprint.sh");
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let child = Command::new("sh")
            .args([script.as_os_str(), folder.path().as_os_str()])
            .args([port.to_string(), at])
            .stdin(Stdio::null())
            .stderr(log.try_clone().unwrap())
            .stdout(log)
            .spawn()
            .unwrap();
        let mut started = Self { child, port, labels, folder };
        let until = Instant::now() + LONG;
        while !started.folder.path().join("ready").exists() {
            let said = || fs::read_to_string(started.folder.path().join("log")).unwrap_or_default();
            if let Some(ended) = started.child.try_wait().unwrap() {
                assert_eq!(ended.code(), Some(SKIPPED), "{}", said());
                println!("SKIPPED, {}", said());
                return None;
            }
            assert!(Instant::now() < until, "it is not ready\n{}", said());
            thread::yield_now();
        }
        // The queue is there when the port answers; it did, or nothing would be ready.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap());
        Some(started)
    }

    /// Prints as the station does, follows the job to its end, and gives what came out.
    async fn prints(&self, format: &'static str, label: &[u8]) -> Vec<u8> {
        let address = format!("ipp://localhost:{}/ipp/print/label", self.port);
        let mut port: Box<dyn Port> =
            open(address.parse::<Address>().unwrap(), None).await.unwrap();
        port.labels_are(format);
        port.write_label("packbench-1", label).await.unwrap();
        let ended =
            async { while port.told().await.unwrap().expect("it tells").waiting != Some(0) {} };
        tokio::time::timeout(LONG, ended).await.expect("in time");
        self.labels.recv_timeout(LONG).unwrap()
    }
}

fn ours() -> Bitmap {
    let page = test_page::draw(Head::DPMM_8, Paper::WAYBILL, "LPrint");
    paint(&page, Fonts::shipped())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_through_lprint_has_our_dots() {
    let Some(lprint) = LPrint::start() else { return };
    let bitmap = ours();
    let zpl = Language::Zpl.encode(&bitmap, &Options::default());
    let out = lprint.prints("application/vnd.zebra-zpl", &zpl).await;
    assert!(out == zpl, "our ZPL is passed on byte for byte");

    let coded = lprint.prints("image/pwg-raster", &raster(&bitmap)).await;
    let rows = downloaded(&coded).unwrap();
    for y in 0..bitmap.height {
        let ours = bitmap.row(y);
        let (label, beside) = rows[y as usize].split_at(ours.len());
        assert_eq!(label, ours, "row {y}");
        assert!(beside.iter().all(|&byte| byte == 0), "row {y}");
    }
    assert!(rows[bitmap.height as usize..].iter().flatten().all(|&byte| byte == 0));
    println!("{} dots wide: ours {} bytes, LPrint's {}", bitmap.width, zpl.len(), coded.len());
}

/// A page of PWG raster (PWG 5102.4), one bit a dot, 203 dpi.
fn raster(bitmap: &Bitmap) -> Vec<u8> {
    let mut header = [0_u8; 1_796];
    header[..9].copy_from_slice(b"PwgRaster");
    let points = |dots: u32| dots * 72 / 203;
    let (width, height) = (bitmap.width, bitmap.height);
    let stride = u32::try_from(bitmap.row(0).len()).unwrap();
    // Offsets of table 2: resolution, page in points, size in dots, bits of a colour and a pixel,
    // bytes a line, black alone as colour space, one colour, one page.
    for (at, value) in [
        (276, 203),
        (280, 203),
        (352, points(width)),
        (356, points(height)),
        (372, width),
        (376, height),
        (384, 1),
        (388, 1),
        (392, stride),
        (400, 3),
        (420, 1),
        (452, 1),
    ] {
        header[at..at + 4].copy_from_slice(&u32::to_be_bytes(value));
    }
    let mut bytes = [b"RaS2", &header[..]].concat();
    for y in 0..height {
        // This line once; then runs of bytes as they are (257 less their count), or a single one.
        bytes.push(0);
        for part in bitmap.row(y).chunks(128) {
            bytes.push(if part.len() == 1 { 0 } else { (257 - part.len()) as u8 });
            bytes.extend(part);
        }
    }
    bytes
}

/// The rows of the one graphic that `~DG` downloads: hexadecimal with run lengths, `,` and `!` fill
/// a line with white and black, `:` repeats it (Zebra, ZPL II Programming Guide, `~DG`).
fn downloaded(zpl: &[u8]) -> Option<Vec<Vec<u8>>> {
    let from = zpl.windows(3).position(|at| at == b"~DG")?;
    let mut fields = zpl[from..].splitn(4, |&byte| byte == b',').skip(1);
    let number = |field: &[u8]| std::str::from_utf8(field).ok()?.parse::<usize>().ok();
    let (total, stride) = (number(fields.next()?)?, number(fields.next()?)?);
    let (mut rows, mut digits, mut times) = (Vec::new(), Vec::new(), 0);
    for &byte in fields.next()? {
        match byte {
            b'G'..=b'Y' => times += usize::from(byte - b'F'),
            b'g'..=b'z' => times += 20 * usize::from(byte - b'f'),
            b',' => digits.resize(2 * stride, 0),
            b'!' => digits.resize(2 * stride, 15),
            b':' => digits = rows.last().cloned()?,
            b'\r' | b'\n' => {}
            _ => {
                let digit = char::from(byte).to_digit(16)? as u8;
                digits.extend(std::iter::repeat_n(digit, times.max(1)));
                times = 0;
            }
        }
        // Runs may go on over the end of a line.
        while digits.len() >= 2 * stride && !digits.is_empty() {
            let rest = digits.split_off(2 * stride);
            rows.push(std::mem::replace(&mut digits, rest));
        }
        if rows.len() * stride >= total {
            let packed = |row: Vec<u8>| row.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect();
            return Some(rows.into_iter().map(packed).collect());
        }
    }
    None
}
