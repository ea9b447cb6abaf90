//! CPCL, EPL2 and ESC/POS: the same frame drawn by hand, the questions, and what comes unasked.

use super::*;

/// The frame's rows, 1 = black.
fn frame_rows() -> Vec<u8> {
    let mut rows = vec![0xff, 0xff];
    (0..6).for_each(|_| rows.extend([0x80, 0x01]));
    rows.extend([0xff, 0xff]);
    rows
}

fn cpcl_frame() -> Vec<u8> {
    let head = &b"! 0 200 200 12 1\r\nPAGE-WIDTH 32\r\nGAP-SENSE\r\nCG 2 8 8 2 "[..];
    [head, &frame_rows(), b"\r\nFORM\r\nPRINT\r\n"].concat()
}

fn epl_frame() -> Vec<u8> {
    let ink: Vec<u8> = frame_rows().iter().map(|byte| !byte).collect();
    [&b"\nN\nq32\nQ12,24\nD8\nS2\nGW8,2,2,8,"[..], &ink, b"\nP1\n"].concat()
}

/// Three bands, the first and the last of blank paper.
fn escpos_frame() -> Vec<u8> {
    let mut bytes = b"\x1b@\x1dv0\x00\x01\x00\x02\x00\x00\x00\x1dv0\x00\x03\x00\x08\x00".to_vec();
    frame_rows().chunks(2).for_each(|row| bytes.extend([0, row[0], row[1]]));
    bytes.extend(b"\x1dv0\x00\x01\x00\x02\x00\x00\x00\x1dVB\x00");
    bytes
}

/// The left 32 dots; an ESC/POS strip is as wide as the head.
fn left(bitmap: &Bitmap) -> String {
    let mut page = Bitmap::white(32, bitmap.height);
    for row in 0..bitmap.height as usize {
        let from = row * bitmap.stride_bytes;
        page.bits[row * 4..row * 4 + 4].copy_from_slice(&bitmap.bits[from..from + 4]);
    }
    drawn(&page)
}

#[test]
fn the_frame_is_the_same_in_every_language() {
    for bytes in [cpcl_frame(), epl_frame(), escpos_frame()] {
        let told = bytes.escape_ascii().to_string();
        assert_eq!(left(&only_picture(read(&bytes))), FRAME, "{told}");
        let whole = read(&bytes);
        for size in [1, 3, 11] {
            let mut reader = Reader::new(8, None);
            let mut items = Vec::new();
            for chunk in bytes.chunks(size) {
                reader.push(chunk);
                items.extend(std::iter::from_fn(|| reader.next()));
            }
            assert_eq!(items, whole, "in pieces of {size}: {told}");
            assert!(!reader.partial());
        }
    }
}

#[test]
fn hexadecimal_and_line_ends_are_read_as_the_manuals_allow() {
    let hex = format!("FFFF{}FFFF", "8001".repeat(6));
    let cpcl = format!("! 0 200 200 12 1\nPW 32\nEG 2 8 8 2 {hex}\nPRINT\n");
    assert_eq!(left(&only_picture(read(cpcl.as_bytes()))), FRAME);
    // CUPS writes a line end where the manual has a comma.
    let ink: Vec<u8> = frame_rows().iter().map(|byte| !byte).collect();
    for end in [&b"\n"[..], b"\r\n"] {
        let bytes = [b"\nN\nq32\nQ12,24\nGW8,2,2,8", end, &ink, b"\nP1\n"].concat();
        assert_eq!(left(&only_picture(read(&bytes))), FRAME);
    }
}

#[test]
fn what_is_not_known_is_named() {
    let unknown = |name: &str| Item::Unknown(name.to_owned());
    assert_eq!(read(b"! 0 200 200 12 1\r\nTEXT 4 0 0 0 hello\r\nABORT\r\n"), [unknown("TEXT")]);
    assert_eq!(read(b"A10,10,0,1,1,1,N,\"x\"\n"), [unknown("A10,10,0,1,1,1,N,\"x\"")]);
    assert_eq!(read(b"\x1dk"), [unknown("GS")]);
    assert_eq!(read(b"! U1 getvar \"ip.addr\"\r\n"), [unknown("! U1")]);
    assert_eq!(read(b"\x1dv0\x01\x01\x00\x01\x00"), [Item::BadGraphic]);
}

#[test]
fn questions_within_a_picture_are_still_questions() {
    let items = read(b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x02\x1dVB\x00");
    assert_eq!(items[0], Item::Ask(Question::EscPosRealTime(2)));
    assert!(matches!(items[1], Item::Format { .. }));
}

#[tokio::test]
async fn each_language_has_its_answers() {
    let printer = Printer::start(Options::default()).await.unwrap();
    let mut stream = connect(&printer).await;
    let dle = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04";
    assert_eq!(ask(&mut stream, b"\x1bh", 1).await, [0]);
    assert_eq!(ask(&mut stream, b"^ee\n", 4).await, b"00\r\n");
    assert_eq!(ask(&mut stream, dle, 4).await, [0x12; 4]);
    assert_eq!(ask(&mut stream, b"~!T\r\n", 10).await, b"PRACTICE\r\n");
    let odometer = b"! U1 getvar \"odometer.total_label_count\"\r\n";
    assert_eq!(ask(&mut stream, odometer, 3).await, b"\"0\"");
    printer.set(Faults { head_open: true, paper_out_after: Some(0), ..Faults::default() });
    assert_eq!(ask(&mut stream, b"\x1bh", 1).await, [0x06]);
    assert_eq!(ask(&mut stream, b"^ee\n", 7).await, b"11,07\r\n");
    assert_eq!(ask(&mut stream, dle, 4).await, [0x1a, 0x36, 0x12, 0x72]);
    let errors = b"\x02\r\n  PRINTER STATUS\r\n   ERRORS:         1 00000000 00000005\r\n   \
                   WARNINGS:       0 00000000 00000000\r\n\x03";
    assert_eq!(ask(&mut stream, b"~HQES", errors.len()).await, errors);
    printer.set(Faults { pause: true, ..Faults::default() });
    assert_eq!(ask(&mut stream, b"^ee\n", 4).await, b"12\r\n");
    stream.write_all(&cpcl_frame()).await.unwrap();
    within(printer.machine.until(|state| (state.labels_left() == 1).then_some(()))).await;
    assert_eq!(ask(&mut stream, b"\x1bh", 1).await, [0x01]);
    assert!(printer.unknown().is_empty(), "{:?}", printer.unknown());
}

#[tokio::test]
async fn a_receipt_comes_for_each_label_and_a_proof_after_all_of_them() {
    let faults = Faults { pause: true, ..Faults::default() };
    let printer = Printer::start(Options { faults, ..Options::default() }).await.unwrap();
    let mut stream = connect(&printer).await;
    let two = [&b"US\n"[..], &epl_frame(), &epl_frame()].concat();
    stream.write_all(&two).await.unwrap();
    within(printer.machine.until(|state| (state.formats_waiting() == 1).then_some(()))).await;
    // Nothing came while nothing was printed.
    assert_eq!(ask(&mut stream, b"^ee\n", 4).await, b"12\r\n");
    printer.set(Faults::default());
    assert_eq!(ask(&mut stream, b"", 2).await, b"\x06\x06");
    printer.set(Faults { pause: true, ..Faults::default() });
    let proof = b"\x1d(H\x06\x00\x30\x30abcd";
    stream.write_all(&[escpos_frame(), proof.to_vec()].concat()).await.unwrap();
    within(printer.machine.until(|state| (state.labels_left() == 1).then_some(()))).await;
    assert_eq!(ask(&mut stream, b"\x10\x04\x01", 1).await, [0x32]);
    printer.set(Faults::default());
    assert_eq!(ask(&mut stream, b"", 7).await, b"\x37\x22abcd\x00");
    assert_eq!(printer.total(), 3);
}

#[tokio::test]
async fn a_printer_of_one_language_takes_another_for_noise() {
    let mut options = Options::default();
    options.apply("language=tspl").unwrap();
    assert_eq!(options.apply("language=pcl"), Err(BadFault("language=pcl".to_owned())));
    let printer = Printer::start(options).await.unwrap();
    let mut stream = connect(&printer).await;
    for foreign in [ZPL_FRAME.as_bytes(), &cpcl_frame(), &epl_frame(), &escpos_frame(), b"~HS"] {
        stream.write_all(foreign).await.unwrap();
    }
    stream.write_all(&tspl_frame()).await.unwrap();
    within(printer.await_labels(1)).await;
    let languages: Vec<_> = printer.labels().iter().map(|label| label.language).collect();
    assert_eq!(languages, [Language::Tspl]);
    for foreign in ["Zpl", "Cpcl", "Epl", "EscPos"] {
        assert!(printer.unknown().contains_key(foreign), "{foreign}: {:?}", printer.unknown());
    }
}

#[test]
fn no_bytes_break_the_reader() {
    let mut state = 53_u64;
    let mut roll = |sides: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let pieces = [
        ZPL_FRAME.as_bytes().to_vec(),
        tspl_frame(),
        cpcl_frame(),
        epl_frame(),
        escpos_frame(),
        b"! U1 getvar \"odometer.total_label_count\"\r\n^ee\n\x1bh~HQES".to_vec(),
    ];
    for _ in 0..4_000 {
        let mut reader = Reader::new(8, None);
        for _ in 0..roll(6) {
            let mut piece = pieces[roll(pieces.len() as u64) as usize].clone();
            for _ in 0..roll(4) {
                let at = roll(piece.len() as u64) as usize;
                match roll(3) {
                    0 => piece[at] = roll(256) as u8,
                    1 => piece.truncate(at.max(1)),
                    _ => piece.insert(at, roll(256) as u8),
                }
            }
            reader.push(&piece);
            while reader.next().is_some() {}
        }
    }
}
