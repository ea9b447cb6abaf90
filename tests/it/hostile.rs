//! A carrier whose labels are made to break whoever reads them: ours comes out instead, it is told
//! why, the next order is printed like any other, and nothing reaches the printer that was not
//! drawn here.

use scene::{Home, Scene, orders_csv, waybill_on};
use station::view::State;
use std::io::Write;

/// Ships an order whose label is `label`, and one after it; what the history says of the first.
async fn refused(what: &str, label: Vec<u8>) -> String {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let toml = toml.replace("shipper_code =", "label = \"carrier\"\nshipper_code =");
    std::fs::write(&path, toml).expect("written");
    let mut scene: Scene = home.open().await.expect("opens");
    home.world.set_label(label);
    scene.import(&orders_csv(2)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let paper = home.world.paper();
    assert_eq!(paper.labels.len(), 2, "{what}");
    for (order, label) in ["P-1", "P-2"].into_iter().zip(&paper.labels) {
        let row = scene.row(order);
        assert_eq!(row.state, State::Printed, "{what}");
        assert_eq!(waybill_on(label), row.waybill_no, "{what}");
    }
    let said = std::str::from_utf8(&paper.last_bytes).expect("ZPL");
    for theirs in ["^JU", "~JR", "~DY", "~DG", "^NB", "^ND", "^DF", "^ID", "^KP", "HOSTILE"] {
        assert!(!said.contains(theirs), "{what}: {theirs}");
    }
    let id = scene.row("P-1").id;
    let history = scene.station.detail(id).expect("an order").history;
    let mut told = history.into_iter().filter(|line| line.event.starts_with("template"));
    let line = told.next().unwrap_or_else(|| panic!("{what} is not told"));
    assert_eq!((line.event.as_str(), told.next()), ("template_refused", None), "{what}");
    line.note
}

/// `bytes` copies of one byte, packed.
fn packed(bytes: usize) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    let block = vec![b' '; 1 << 20];
    for _ in 0..bytes >> 20 {
        out.write_all(&block).expect("memory");
    }
    out.finish().expect("memory")
}

/// A document of these objects, the first of which is its catalog, and a trailer.
fn document(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut pdf = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n").bytes());
        pdf.extend([object, &b"\nendobj\n"[..]].concat());
    }
    let at = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    let own = trailer.replace("{at}", &at.to_string());
    pdf.extend(
        format!("trailer\n<</Root 1 0 R/Size {size}{own}>>\nstartxref\n{at}\n%%EOF").bytes(),
    );
    pdf
}

/// A page of this size whose content is this stream.
fn page(media_box: &str, stream: Vec<u8>) -> Vec<Vec<u8>> {
    vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[{media_box}]/Contents 4 0 R>>").into_bytes(),
        stream,
    ]
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {}{entries}>>stream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

const SMALL: &str = "0 0 215 368";

#[tokio::test]
async fn documents_that_unpack_or_draw_without_end_are_not_drawn() {
    let bomb = stream("/Filter/FlateDecode", &packed(1 << 30));
    assert!(bomb.len() < 8 << 20);
    let note = refused("a gigabyte", document(&page(SMALL, bomb), "")).await;
    assert_eq!(note, "too_large pdf");
    let huge = stream("", b"0 0 m 9 9 l S");
    let note = refused("a huge page", document(&page("0 0 1000000000 1000000000", huge), "")).await;
    assert!(note.starts_with("paper "), "{note}");
}

#[tokio::test]
async fn documents_that_lead_in_circles_end() {
    let plain = || page(SMALL, stream("", b"0 0 9 9 re f"));
    refused("its own earlier table", document(&plain(), "/Prev {at}")).await;
    let mut pages = plain();
    pages[1] = b"<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 3>>".to_vec();
    refused("pages of pages", document(&pages, "")).await;
    let mut streams = plain();
    streams[3] = b"4 0 R".to_vec();
    refused("an object that is itself", document(&streams, "")).await;
    // A stream of objects that goes on in itself, and holds itself.
    let mut objects = plain();
    objects.push(stream("/Type/ObjStm/N 1/First 4/Extends 5 0 R", b"5 0 <</A 5 0 R>>"));
    objects[3] = b"<</Length 5 0 R>>stream\n0 0 9 9 re f\nendstream".to_vec();
    refused("a stream of objects in itself", document(&objects, "/Extends 5 0 R")).await;
}

#[tokio::test]
async fn documents_of_many_levels_cost_no_stack() {
    for (what, open, close) in [("arrays", "[", "]"), ("dictionaries", "<</A", ">>")] {
        let deep = [open.repeat(400_000), close.repeat(400_000)].concat().into_bytes();
        let mut objects = page(SMALL, stream("", b"0 0 9 9 re f"));
        objects[0] = [b"<</Type/Catalog/Pages 2 0 R/A ", &deep[..], b">>"].concat();
        refused(what, document(&objects, "")).await;
        refused(what, document(&page(SMALL, stream("", &deep)), "")).await;
    }
}

#[tokio::test]
async fn pictures_that_say_they_are_endless_are_not_unpacked() {
    // A PNG of 100,000 × 100,000 in its head, and a GIF of the largest canvas.
    let mut png =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\x06\0\0\0".to_vec();
    png.extend([0; 4]);
    let data = packed(64 << 20);
    png.extend(
        [&u32::try_from(data.len()).expect("small").to_be_bytes()[..], b"IDAT", &data].concat(),
    );
    png.extend([0; 4]);
    let note = refused("a PNG", png).await;
    assert!(note.starts_with("too_large") || note.starts_with("broken"), "{note}");
    let mut gif = b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    gif.extend(b"\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0\x3b");
    let note = refused("a GIF", gif).await;
    assert!(note.starts_with("too_large") || note.starts_with("broken"), "{note}");
}

#[tokio::test]
async fn pages_of_endless_levels_are_refused() {
    for bytes in [4 << 20, 1_900 << 10] {
        let page = ["<html><body>", &"<div>".repeat(bytes / 5)].concat().into_bytes();
        assert_eq!(refused("levels", page).await, "too_large html");
    }
    let page = ["<html><body>", &"<b><i><p>".repeat(6_000)].concat().into_bytes();
    let note = refused("crossed levels", page).await;
    assert!(note.starts_with("too_large"), "{note}");
}

#[tokio::test]
async fn commands_that_set_a_printer_do_not_reach_it() {
    let label = "^FO60,400^BY2,3,160^BCN,160,N,N,N^FD{no}^FS";
    for command in [
        "^JUS",
        "~JR",
        "~DYR:HOSTILE,B,G,8,1,FF",
        "^NBS",
        "^NDP,192.0.2.7",
        "^DFR:H.ZPL^FS",
        "^KPhostile",
        "^SZ2",
        "^CC!",
        "~JSN",
        "^HH",
        "^XFR:HOSTILE.ZPL",
    ] {
        let note =
            refused(command, format!("^XA^PW608^LL1040{command}{label}^XZ").into_bytes()).await;
        let name = &command[..3];
        assert_eq!(note, format!("unknown_layout {name}"), "the command is named");
    }
    let two = format!("^XA{label}^XZ^XA{label}^FDHOSTILE^FS^XZ");
    assert_eq!(refused("two labels", two.into_bytes()).await, "too_large pages");
    let tspl = "SIZE 76 mm,130 mm\r\nCLS\r\nDOWNLOAD \"HOSTILE.BAS\",4,KILL\r\n\
        BARCODE 60,400,\"128\",160,0,0,2,4,\"{no}\"\r\nPRINT 1\r\n";
    assert_eq!(refused("TSPL", tspl.as_bytes().to_vec()).await, "unknown_layout DOWNLOAD");
}
