//! Scanners that are read directly, while the keyboard stays free: what a stand-in for the device
//! gives, in whatever pieces, comes to the window as codes; pulled out and back, refused or in the
//! wrong mode it says so, and goes on by itself where it can.

use scene::{Home, Scene, World};
use station::{
    Running, config,
    outside::{Device, Later, Outside, Reports},
    trouble::Code,
    view::{ScannerState, ScannerStatus},
};
use std::{
    collections::VecDeque,
    fs, io,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{sync::mpsc, time};

/// A HID-POS scanner: report 2 has a length, three bytes of symbology, 56 of data, two that are
/// nobody's, and a bit for "data continued". Source: HID Point of Sale Usage Tables 1.02, 3.
const SCANNER: &[u8] = &[
    0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02, 0x09, 0x12, 0xa1, 0x02, 0x15, 0x00, 0x26, 0xff,
    0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x95, 0x03, 0x05, 0x8c, 0x09,
    0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02, 0x95, 0x38, 0x09, 0xfe, 0x82, 0x02, 0x01, 0x95, 0x02,
    0x81, 0x03, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02, 0x75, 0x07, 0x81, 0x03,
    0xc0, 0xc0,
];
const KEYBOARD: &[u8] = &[0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0xc0];
/// Long enough for any machine.
const SEEN_MAX: Duration = Duration::from_secs(60);

/// What a device says next: bytes, or why it does not.
type Said = io::Result<Vec<u8>>;

/// A device in the hand of a story.
struct Plugged {
    descriptor: Vec<u8>,
    said: mpsc::UnboundedReceiver<Said>,
}

impl Reports for Plugged {
    fn descriptor(&self) -> &[u8] {
        &self.descriptor
    }

    fn next(&mut self, wait: Duration) -> Later<'_, io::Result<Option<Vec<u8>>>> {
        Box::pin(async move {
            match time::timeout(wait, self.said.recv()).await {
                Err(_) => Ok(None),
                Ok(Some(said)) => said.map(Some),
                Ok(None) => Err(io::Error::other("No such device")),
            }
        })
    }
}

/// What whoever opens the device finds, one after another, and where it was looked for.
#[derive(Default)]
struct Port {
    found: Mutex<VecDeque<io::Result<Plugged>>>,
    asked: Mutex<Vec<Device>>,
}

impl Port {
    fn plug(&self, descriptor: &[u8]) -> mpsc::UnboundedSender<Said> {
        let (say, said) = mpsc::unbounded_channel();
        self.put(Ok(Plugged { descriptor: descriptor.to_vec(), said }));
        say
    }

    fn put(&self, found: io::Result<Plugged>) {
        self.found.lock().expect("whole").push_back(found);
    }

    fn open(&self, device: Device) -> io::Result<Box<dyn Reports>> {
        self.asked.lock().expect("whole").push(device);
        let found = self.found.lock().expect("whole").pop_front();
        let plugged = found.unwrap_or_else(|| Err(io::ErrorKind::NotFound.into()))?;
        Ok(Box::new(plugged))
    }
}

struct Desk {
    scene: Scene,
    running: Running,
    _home: Home,
}

impl Desk {
    async fn open(settings: &str, port: &Arc<Port>) -> Self {
        let home = Home::new("none");
        let path = home.folder.path().join("station.toml");
        let text = fs::read_to_string(path).expect("settings");
        let text = format!("{text}\n[scanner]\n{settings}\n");
        config::replace(home.folder.path(), &text).expect("written");
        let port = Arc::clone(port);
        let open_device = Arc::new(move |device| -> Later<'static, _> {
            let opened = port.open(device);
            Box::pin(async move { opened })
        });
        let outside = Outside { open_device, ..World::outside(&home.world) };
        let scene = home.open_in(outside).await.expect("opens");
        let running = scene.station.run();
        Self { scene, running, _home: home }
    }

    fn status(&self) -> ScannerStatus {
        self.scene.status().scanner.expect("there is one")
    }

    /// Waits until it stands so.
    async fn stands(&self, state: ScannerState) -> ScannerStatus {
        let mut changed = self.scene.station.changed();
        let seen = async {
            while self.status().state != state {
                changed.changed().await.expect("open");
            }
        };
        let seen = time::timeout(SEEN_MAX, seen).await;
        assert!(seen.is_ok(), "never {state:?}: {:?}", self.status());
        self.status()
    }

    /// Waits for so many codes.
    async fn reads(&self, count: usize) -> Vec<String> {
        let mut changed = self.scene.station.changed();
        let mut codes = Vec::new();
        let seen = async {
            loop {
                codes.extend(self.scene.station.take_scans());
                if codes.len() >= count {
                    break;
                }
                changed.changed().await.expect("open");
            }
        };
        let seen = time::timeout(SEEN_MAX, seen).await;
        assert!(seen.is_ok(), "only {codes:?}");
        codes
    }

    async fn close(self) {
        self.running.stop().await;
    }
}

fn report(aim: &[u8; 3], data: &[u8], more: bool) -> Said {
    let mut bytes = vec![2, u8::try_from(data.len()).expect("short")];
    bytes.extend(aim);
    bytes.extend(data);
    bytes.resize(63, 0);
    bytes.push(u8::from(more));
    Ok(bytes)
}

/// Key events as the kernel writes them: a key down and up, at a moment.
fn key(at_ms: usize, code: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    for value in [1_i32, 0] {
        bytes.extend((at_ms / 1_000).to_ne_bytes());
        bytes.extend((at_ms % 1_000 * 1_000).to_ne_bytes());
        bytes.extend(1_u16.to_ne_bytes());
        bytes.extend(code.to_ne_bytes());
        bytes.extend(value.to_ne_bytes());
    }
    bytes
}

/// "1234567890" and Enter.
fn digits(from_ms: usize) -> Vec<u8> {
    let codes = (2..=11).chain([28]);
    (0..).zip(codes).flat_map(|(nth, code)| key(from_ms + nth, code)).collect()
}

fn gone() -> Said {
    Err(io::Error::other("No such device"))
}

#[tokio::test]
async fn a_scanner_in_hid_pos_mode_is_read() {
    let port = Arc::new(Port::default());
    let say = port.plug(SCANNER);
    let desk = Desk::open("address = \"hid:0c2e:0b61\"", &port).await;
    assert_eq!(desk.stands(ScannerState::Ready).await.address, "hid:0c2e:0b61");
    let numbers = Some((0x0c2e, 0x0b61));
    assert_eq!(*port.asked.lock().expect("whole"), [Device::Hid { numbers, page: 0x8c }]);
    let long = [b'7'; 120];
    for said in [
        report(b"]C0", b"YT8812003456789", false),
        report(b"]Q1", &long[..56], true),
        report(b"]Q1", &long[..56], true),
        report(b"]Q1", &long[..8], false),
        report(b"]C1", b"0106901234567892", false),
    ] {
        say.send(said).expect("read");
    }
    let codes = desk.reads(3).await;
    assert_eq!(codes[..2], ["YT8812003456789".to_owned(), "7".repeat(120)]);
    let gs1 = desk.scene.station.read_code(&codes[2]);
    assert_eq!((gs1.text.as_str(), gs1.parts[0].id.as_str()), ("0106901234567892", "01"));
    desk.close().await;
}

#[tokio::test]
async fn pulled_out_and_back_it_goes_on_without_the_half_code() {
    let port = Arc::new(Port::default());
    let first = port.plug(SCANNER);
    let desk = Desk::open("address = \"hid:any\"", &port).await;
    desk.stands(ScannerState::Ready).await;
    first.send(report(b"]C0", b"YT88", true)).expect("read");
    first.send(gone()).expect("read");
    assert_eq!(desk.stands(ScannerState::Away).await.error, "No such device");
    assert_eq!(desk.stands(ScannerState::Missing).await.address, "hid:any");
    let second = port.plug(SCANNER);
    desk.stands(ScannerState::Ready).await;
    second.send(report(b"]C0", b"WC-1", false)).expect("read");
    assert_eq!(desk.reads(1).await, ["WC-1"]);
    desk.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_told_by_its_name() {
    let port = Arc::new(Port::default());
    port.put(Err(io::ErrorKind::PermissionDenied.into()));
    let desk = Desk::open("address = \"hid:/dev/hidraw3\"", &port).await;
    assert!(!desk.stands(ScannerState::Denied).await.error.is_empty());
    let asked = port.asked.lock().expect("whole").clone();
    assert_eq!(asked, [Device::HidFile("/dev/hidraw3".into())]);
    // The right comes, but it is in keyboard mode; then its code for HID-POS is scanned.
    let typing = port.plug(KEYBOARD);
    desk.stands(ScannerState::NotScanner).await;
    drop(typing);
    let say = port.plug(SCANNER);
    desk.stands(ScannerState::Ready).await;
    say.send(report(b"]C0", b"WC-1", false)).expect("read");
    assert_eq!(desk.reads(1).await, ["WC-1"]);
    desk.close().await;

    let port = Arc::new(Port::default());
    port.put(Err(io::ErrorKind::Unsupported.into()));
    let desk = Desk::open("address = \"hid:any\"", &port).await;
    desk.stands(ScannerState::Unsupported).await;
    desk.close().await;
    assert_eq!(port.asked.lock().expect("whole").len(), 1, "another system is not asked again");
}

#[tokio::test]
async fn a_scanner_that_is_a_keyboard_is_read_in_any_pieces() {
    let port = Arc::new(Port::default());
    let say = port.plug(&[]);
    let path = "/dev/input/by-id/usb-Sample_Scanner-event-kbd";
    let desk = Desk::open(&format!("address = \"evdev:{path}\""), &port).await;
    desk.stands(ScannerState::Ready).await;
    assert_eq!(*port.asked.lock().expect("whole"), [Device::Keys(path.into())]);
    let bytes = [digits(1_000), digits(3_000)].concat();
    for piece in bytes.chunks(5) {
        say.send(Ok(piece.to_vec())).expect("read");
    }
    assert_eq!(desk.reads(2).await, ["1234567890"; 2]);
    desk.close().await;
}

#[tokio::test]
async fn one_that_sends_no_end_is_done_when_it_is_silent() {
    let port = Arc::new(Port::default());
    let say = port.plug(&[]);
    let settings = "address = \"evdev:/dev/input/event7\"\nending = \"silence\"\ngap_ms = 15";
    let desk = Desk::open(settings, &port).await;
    let bytes = digits(1_000);
    let without_end = bytes.len() / 11 * 10;
    say.send(Ok(bytes[..without_end].to_vec())).expect("read");
    assert_eq!(desk.reads(1).await, ["1234567890"]);
    desk.close().await;
}

#[tokio::test]
async fn a_keyboard_that_somebody_types_on_is_given_back() {
    let port = Arc::new(Port::default());
    let say = port.plug(&[]);
    let desk = Desk::open("address = \"evdev:/dev/input/event2\"", &port).await;
    desk.stands(ScannerState::Ready).await;
    const ESCAPE: u16 = 1;
    for at in 0..5 {
        say.send(Ok(key(1_000 + at * 200, ESCAPE))).expect("read");
    }
    desk.stands(ScannerState::Typed).await;
    // Whoever held it let it go, and nobody takes it again.
    assert!(say.is_closed());
    desk.close().await;
    assert_eq!(port.asked.lock().expect("whole").len(), 1);
}

#[tokio::test]
async fn without_one_nothing_is_said_or_opened() {
    let port = Arc::new(Port::default());
    let desk = Desk::open("gap_ms = 40", &port).await;
    assert_eq!(desk.scene.status().scanner, None);
    desk.close().await;
    assert!(port.asked.lock().expect("whole").is_empty());
    for bad in ["usb:0c2e:0b61", "evdev:/etc/passwd", "hid:", "queue:x", "serial:"] {
        let home = Home::new("none");
        let path = home.folder.path().join("station.toml");
        let text = fs::read_to_string(path).expect("settings");
        let text = format!("{text}\n[scanner]\naddress = \"{bad}\"\n");
        config::replace(home.folder.path(), &text).expect("written");
        let refused = home.open().await.err().expect("refused");
        assert_eq!(refused.code, Code::BadConfig, "{bad}");
    }
}
