//! The practice printer over its socket, and its reading of hand-made snippets. The pictures are
//! drawn by hand from the manuals, not made by the label crate.

mod languages;

use super::{
    reader::{Item, Reader},
    *,
};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A frame of 16 × 8 dots as `^GFA` hexadecimal with run lengths, at 8,2 on 32 × 12 dots.
const ZPL_FRAME: &str = "^XA^PW32^LL12^LH0,2^FO8,0^GFA,16,16,2,JF8H01:::::JF^FS^PQ1^XZ";
/// The same frame: zlib, base64 and CRC made with Python.
const ZPL_FRAME_Z64: &str =
    "^XA^PW32^LL12^LH0,2^FO8,0^GFA,24,16,2,:Z64:eJz7/7+BEQH//wcAPR4HAw==:F967^FS^XZ";
/// The dots both must make.
const FRAME: &str = "\
................................
................................
........################........
........#..............#........
........#..............#........
........#..............#........
........#..............#........
........#..............#........
........#..............#........
........################........
................................
................................
";

fn drawn(bitmap: &Bitmap) -> String {
    let row = |y| (0..bitmap.width).map(move |x| if bitmap.black(x, y) { '#' } else { '.' });
    (0..bitmap.height).flat_map(|y| row(y).chain(['\n'])).collect()
}

fn read(bytes: &[u8]) -> Vec<Item> {
    let mut reader = Reader::new(8, None);
    reader.push(bytes);
    std::iter::from_fn(|| reader.next()).collect()
}

fn only_picture(items: Vec<Item>) -> Arc<Bitmap> {
    match items.as_slice() {
        [Item::Format { bitmap, copies: 1, .. }] => Arc::clone(bitmap),
        other => panic!("not one picture: {other:?}"),
    }
}

fn tspl_frame() -> Vec<u8> {
    let mut bytes = b"SIZE 32 dot,12 dot\r\nGAP 3 mm,0 mm\r\nCLS\r\nBITMAP 8,2,2,8,0,".to_vec();
    bytes.extend([0x00, 0x00]);
    (0..6).for_each(|_| bytes.extend([0x7f, 0xfe]));
    bytes.extend([0x00, 0x00]);
    bytes.extend(b"\r\nPRINT 1,1\r\n");
    bytes
}

#[test]
fn zpl_graphics_land_where_they_were_sent() {
    assert_eq!(drawn(&only_picture(read(ZPL_FRAME_Z64.as_bytes()))), FRAME);
    let plain = ZPL_FRAME.replace("JF8H01:::::JF", "FFFF8001:::::FFFF");
    assert_eq!(drawn(&only_picture(read(plain.as_bytes()))), FRAME);
    assert_eq!(drawn(&only_picture(read(ZPL_FRAME.as_bytes()))), FRAME);
    let mut binary = b"^XA^PW32^LL12^FO8,2^GFB,16,16,2,".to_vec();
    binary.extend([0xff, 0xff]);
    (0..6).for_each(|_| binary.extend([0x80, 0x01]));
    binary.extend([0xff, 0xff]);
    binary.extend(b"^FS^XZ");
    assert_eq!(drawn(&only_picture(read(&binary))), FRAME);
}

#[test]
fn tspl_zero_is_black() {
    assert_eq!(drawn(&only_picture(read(&tspl_frame()))), FRAME);
    let text = String::from_utf8_lossy(b"SIZE 4 mm,1.5 mm\nCLS\nPRINT 1\n").into_owned();
    let blank = only_picture(read(text.as_bytes()));
    assert_eq!((blank.width, blank.height, blank.black_dots()), (32, 12, 0));
    let inches = only_picture(read(b"size 1,0.5\ncls\nprint 1,1\n"));
    assert_eq!((inches.width, inches.height), (203, 102));
}

#[test]
fn a_wrong_crc_prints_nothing() {
    let wrong = ZPL_FRAME_Z64.replace("F967", "0000");
    assert_eq!(read(wrong.as_bytes()), [Item::BadGraphic]);
    assert_eq!(read(ZPL_FRAME_Z64.replace(":F967", "").as_bytes()), [Item::BadGraphic]);
}

#[test]
fn bytes_over_the_limit_of_a_graphic_are_read_as_commands() {
    let mut bytes = b"^XA^PW800^LL1200^FO0,0^GFB,120000,120000,100,".to_vec();
    bytes.extend(vec![0x55; 120_000]);
    bytes.extend(b"^FS^XZ");
    let items = read(&bytes);
    let [Item::Unknown(name), Item::Format { bitmap, .. }] = items.as_slice() else {
        panic!("{items:?}")
    };
    assert_eq!(name, "data");
    assert!(bitmap.black(1, 998) && !bitmap.black(1, 1000), "clamped to 99 999 bytes");
}

#[test]
fn any_cut_of_the_stream_reads_the_same() {
    let mut both = ZPL_FRAME_Z64.as_bytes().to_vec();
    both.extend(b"\r\n~HS");
    both.extend(tspl_frame());
    both.extend(b"\x1b!S\x1b!?~HI");
    let whole = read(&both);
    assert_eq!(whole.len(), 6);
    for size in [1, 2, 3, 7, 64] {
        let mut reader = Reader::new(8, None);
        let items: Vec<Item> = both
            .chunks(size)
            .flat_map(|chunk| {
                reader.push(chunk);
                std::iter::from_fn(|| reader.next()).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(items, whole, "in pieces of {size}");
    }
}

#[test]
fn copies_settings_and_strange_words() {
    let text = "^XA^PW8^LL1^FO0,0^GFA,1,1,1,80^FS^PQ3,0,0,N^XZ~JA^XA^JZN^XZSET REPRINT ON\n\
                ^XA^PON^LRN^LRY^FDtext^FS^XZ~HQXX\nHELLO 1\n";
    let items = read(text.as_bytes());
    assert!(matches!(items[0], Item::Format { copies: 3, .. }));
    let unknown = |name: &str| Item::Unknown(name.to_owned());
    let rest = [Item::Cancel, Item::Reprint(false), Item::Reprint(true)];
    assert_eq!(items[1..4], rest);
    assert_eq!(items[4..], [unknown("^LR"), unknown("^FD"), unknown("~HQ"), unknown("HELLO")]);
}

async fn within<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), what).await.expect("in time")
}

async fn connect(printer: &RunningPrinter) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    // The system would take some megabytes by itself and hide what the printer does.
    socket.set_send_buffer_size(16 << 10).unwrap();
    within(socket.connect((Ipv4Addr::LOCALHOST, printer.port()).into())).await.unwrap()
}

async fn ask(stream: &mut TcpStream, question: &[u8], length: usize) -> Vec<u8> {
    stream.write_all(question).await.unwrap();
    let mut answer = vec![0; length];
    within(stream.read_exact(&mut answer)).await.unwrap();
    answer
}

/// A whole `~HS` answer: paused, one format waiting, two labels of another left.
const STATE: &str = "\x02030,0,1,0012,001,0,0,0,000,0,0,0\x03\r\n\
                     \x02001,0,0,0,0,2,4,0,00000002,1,000\x03\r\n\x020000,0\x03\r\n";

#[tokio::test]
async fn labels_come_out_in_order_and_into_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("label-0007.png"), b"earlier").unwrap();
    let path = Some(folder.path().to_owned());
    let printer = Printer::start(Options { folder: path, ..Options::default() }).await.unwrap();
    let mut stream = connect(&printer).await;
    stream.write_all(ZPL_FRAME_Z64.as_bytes()).await.unwrap();
    stream.write_all(&tspl_frame()).await.unwrap();
    within(printer.await_labels(2)).await;
    let labels = printer.labels();
    assert_eq!(labels.iter().map(|label| label.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(labels[0].language, Language::Zpl);
    assert_eq!(labels[1].language, Language::Tspl);
    assert_eq!(labels[0].bitmap, labels[1].bitmap);
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["label-0007.png", "label-0008.png", "label-0009.png"]);
    assert!(printer.unknown().is_empty());
    printer.stop().await;
}

#[tokio::test]
async fn questions_tell_paper_head_pause_and_what_waits() {
    let faults = Faults { pause: true, ..Faults::default() };
    let printer = Printer::start(Options { faults, ..Options::default() }).await.unwrap();
    let mut stream = connect(&printer).await;
    stream.write_all(ZPL_FRAME.replace("^PQ1", "^PQ2").as_bytes()).await.unwrap();
    stream.write_all(ZPL_FRAME.as_bytes()).await.unwrap();
    within(printer.machine.until(|state| (state.labels_left() == 2).then_some(()))).await;
    let answer = ask(&mut stream, b"~HS", STATE.len()).await;
    assert_eq!(String::from_utf8(answer).unwrap(), STATE);
    assert_eq!(ask(&mut stream, b"\x1b!S", 8).await, b"\x02`@@@\x03\r\n");
    assert_eq!(ask(&mut stream, b"\x1b!?", 1).await, [0x10]);
    printer.set(Faults { head_open: true, ..Faults::default() });
    assert_eq!(ask(&mut stream, b"\x1b!S", 8).await, b"\x02E@@\x60\x03\r\n");
    assert_eq!(ask(&mut stream, b"\x1b!?", 1).await, [0x01]);
    printer.set(Faults { paper_out_after: Some(0), ..Faults::default() });
    assert_eq!(ask(&mut stream, b"\x1b!?", 1).await, [0x04]);
    assert_eq!(ask(&mut stream, b"~HS", STATE.len()).await[5], b'1');
    printer.refill();
    within(printer.await_labels(3)).await;
    assert_eq!(ask(&mut stream, b"\x1b!?", 1).await, [0x00]);
    let model = b"\x02PRACTICE,V1.0,8,8192KB,\x03\r\n";
    assert_eq!(ask(&mut stream, b"~HI", model.len()).await, model);
}

#[tokio::test]
async fn an_interrupted_label_comes_again_or_is_lost() {
    for (setting, total) in [("^XA^JZY^XZ", 3), ("^XA^JZN^XZ", 2)] {
        let faults = Faults { paper_out_after: Some(1), ..Faults::default() };
        let printer = Printer::start(Options { faults, ..Options::default() }).await.unwrap();
        let mut events = printer.events();
        let mut stream = connect(&printer).await;
        let three = format!("{setting}{ZPL_FRAME}{ZPL_FRAME}{ZPL_FRAME}");
        stream.write_all(three.as_bytes()).await.unwrap();
        let again = loop {
            if let Event::Interrupted { again } = within(events.recv()).await.unwrap() {
                break again;
            }
        };
        assert_eq!(again, total == 3);
        assert_eq!(printer.total(), 1);
        printer.refill();
        within(printer.await_labels(total)).await;
        let left = printer.machine.read(|state| (state.formats_waiting(), state.labels_left()));
        assert_eq!(left, (0, 0));
    }
}

#[tokio::test]
async fn a_reset_in_mid_label_loses_only_that_label() {
    let first = ZPL_FRAME.len() as u64;
    let faults = Faults { reset_after_bytes: Some(first + 40), ..Faults::default() };
    let printer = Printer::start(Options { faults, ..Options::default() }).await.unwrap();
    let mut stream = connect(&printer).await;
    stream.write_all(format!("{ZPL_FRAME}{ZPL_FRAME}").as_bytes()).await.unwrap();
    let broken = within(stream.read(&mut [0; 16])).await.unwrap_err();
    assert_eq!(broken.kind(), io::ErrorKind::ConnectionReset);
    let mut stream = connect(&printer).await;
    stream.write_all(ZPL_FRAME_Z64.as_bytes()).await.unwrap();
    within(printer.await_labels(2)).await;
    assert!(printer.labels().iter().all(|label| drawn(&label.bitmap) == FRAME));
    assert_eq!(printer.faults(), Faults::default());
    assert!(printer.unknown().is_empty() && printer.bad_graphics() == 0);
}

#[tokio::test]
async fn a_stalled_or_silent_printer_says_nothing_until_it_recovers() {
    let faults = Faults { stall: true, ..Faults::default() };
    let printer = Printer::start(Options { faults, ..Options::default() }).await.unwrap();
    let mut stream = connect(&printer).await;
    let much = ZPL_FRAME.repeat(5_000);
    let early = tokio::time::timeout(Duration::from_millis(300), stream.write_all(much.as_bytes()));
    assert!(early.await.is_err(), "330 KB went into a printer that does not read");
    drop(stream);
    printer.set(Faults { silent_status: true, ..Faults::default() });
    let mut events = printer.events();
    let mut stream = connect(&printer).await;
    stream.write_all(b"~HS").await.unwrap();
    let mut asked = within(events.recv()).await.unwrap();
    while !matches!(asked, Event::Asked { .. }) {
        asked = within(events.recv()).await.unwrap_or(Event::Connected);
    }
    assert_eq!(asked, Event::Asked { question: Question::ZplState, answered: false });
}

#[tokio::test]
async fn a_full_queue_holds_the_sender_back() {
    let faults = Faults { pause: true, ..Faults::default() };
    let printer = Printer::start(Options { faults, ..Options::default() }).await.unwrap();
    let stream = connect(&printer).await;
    let (_read, mut write) = stream.into_split();
    let much = ZPL_FRAME.repeat(4_000);
    let sender = tokio::spawn(async move { write.write_all(much.as_bytes()).await });
    within(printer.machine.until(|state| state.full().then_some(()))).await;
    assert!(!sender.is_finished());
    assert_eq!(printer.total(), 0);
    printer.set(Faults::default());
    within(sender).await.unwrap().unwrap();
    within(printer.await_labels(4_000)).await;
}

#[tokio::test(start_paused = true)]
async fn paper_moves_at_its_speed() {
    // 1 015 mm and a gap of 3 mm at 100 mm/s; the clock is tokio's and jumps.
    let options = Options { mm_per_s: Some(100), ..Options::default() };
    let machine = Arc::new(Machine::new(State::new(Faults::default())));
    let Options { mm_per_s, dots_per_mm, folder, .. } = options;
    let feed = Feed { mm_per_s, dots_per_mm, folder };
    let task = tokio::spawn(machine::print(Arc::clone(&machine), feed));
    let begun = tokio::time::Instant::now();
    let bitmap = Arc::new(Bitmap::white(8, 776));
    let language = Language::Zpl;
    machine.change(|state| state.handle(Item::Format { bitmap, copies: 10, language, cut: false }));
    machine.until(|state| (state.total == 10).then_some(())).await;
    assert_eq!(begun.elapsed().as_secs(), 10);
    task.abort();
}

#[tokio::test]
async fn the_line_server_tells_and_obeys() {
    let mut lines = Vec::new();
    let orders: &[u8] = b"stall=on\nsmoke\nrefill\nquit\n";
    let served = serve(Options::default(), orders, |line| lines.push(line.to_owned()));
    within(served).await.unwrap();
    assert!(lines[0].starts_with("listening "));
    assert_eq!(lines[1..], ["done stall=on", "refused smoke", "done refill"]);
}
