//! Printer commands as labels: drawn for other printers, passed on as they are where that is safe.

use crate::{SMALL, ZTO, golden, sheet};
use foreign::{
    Refused, Target,
    command::{self, Unpassable},
};
use label::{
    preview,
    units::{Head, Paper},
};

const TARGET: Target = Target { head: Head::DPMM_8, paper: SMALL };

/// A label of 76 × 130 mm at 8 dots/mm; `more` stands inside its format.
fn zpl(no: &str, more: &str) -> Vec<u8> {
    format!(
        "^XA^PW608^LL1040{more}^FO24,24^GB560,980,3^FS^FO60,90^A0N,70,60^FD010-A12-003^FS\
         ^FO60,400^BY2,3,160^BCN,160,N,N,N^FD{no}^FS^FO60,580^A0N,40,36^FD{no}^FS^XZ"
    )
    .into_bytes()
}

fn tspl(no: &str, more: &str) -> Vec<u8> {
    format!(
        "SIZE 76 mm,130 mm\r\nGAP 2 mm,0\r\nDENSITY 15\r\nCLS\r\n{more}BOX 24,24,584,1000,3\r\n\
         BARCODE 60,400,\"128\",160,0,0,2,4,\"{no}\"\r\nPRINT 1,1\r\n"
    )
    .into_bytes()
}

fn pass(bytes: &[u8]) -> Result<String, Unpassable> {
    let body = command::passable(bytes, ZTO, TARGET, (0, 0))?;
    Ok(String::from_utf8(body).unwrap())
}

#[test]
fn only_what_draws_is_passed_on() {
    let body = pass(&zpl(ZTO, "~SD30^MNN^PR14^LT99^FXhello^PQ3")).unwrap();
    assert!(body.starts_with("^LH0,0\n^FO24,24^GB") && body.contains(&format!("^FD{ZTO}^FS")));
    for theirs in ["SD", "MN", "PR", "LT", "FX", "PQ", "PW", "LL", "XA", "XZ"] {
        assert!(!body.contains(theirs), "{theirs}");
    }
    let body = pass(&tspl(ZTO, "")).unwrap();
    assert!(body.starts_with("REFERENCE 0,0\r\nBOX 24,24"), "{body}");
    assert!(!body.contains("DENSITY") && !body.contains("PRINT"));
}

#[test]
fn what_may_change_or_store_something_is_not_passed_on() {
    for (more, name) in [
        ("^JUS", "^JU"),
        ("~JR", "~JR"),
        ("~DYR:A,A,G,8,1,FF", "~DY"),
        ("~DGR:A.GRF,8,1,FFFFFFFFFFFFFFFF", "~DG"),
        ("^IDR:*.*", "^ID"),
        ("^DFR:A.ZPL^FS", "^DF"),
        ("^XFR:A.ZPL^FS", "^XF"),
        ("^FO0,0^XGR:A.GRF^FS", "^XG"),
        ("^NDP,192.0.2.7", "^ND"),
        ("^NSA", "^NS"),
        ("^KPpw", "^KP"),
        ("^SZ2", "^SZ"),
        ("^CC!", "^CC"),
        ("~CT!", "~CT"),
        ("~WC", "~WC"),
        ("~HS", "~HS"),
        ("^HH", "^HH"),
        ("^A@N,20,20,E:A.TTF", "^A@"),
        ("^MUd,203,600", "^MU"),
        ("~!F", "~!F"),
    ] {
        let got = pass(&zpl(ZTO, more));
        assert_eq!(got, Err(Unpassable::Command(name.to_owned())), "{more}");
    }
    for (more, name) in [
        ("DOWNLOAD \"A.BAS\"\r\n", "DOWNLOAD"),
        ("KILL \"*\"\r\n", "KILL"),
        ("PUTBMP 0,0,\"A.BMP\"\r\n", "PUTBMP"),
        ("FORMFEED\r\n", "FORMFEED"),
        ("SELFTEST\r\n", "SELFTEST"),
    ] {
        assert_eq!(pass(&tspl(ZTO, more)), Err(Unpassable::Command(name.to_owned())), "{more}");
    }
    assert_eq!(pass(&tspl(ZTO, "\x1b!R\r\n")), Err(Unpassable::Broken));
    assert_eq!(pass(&tspl(ZTO, "PRINT 1\r\nCLS\r\n")), Err(Unpassable::Labels));
    // A prefix within the raw bytes of a graphic is a dot and no command.
    let raw = "^FO0,0^GFB,8,8,1,~JR^JUS!^FS";
    assert!(pass(&zpl(ZTO, raw)).unwrap().contains(raw));
    let raw = "BITMAP 0,0,4,2,0,KILL\r\nab\r\n";
    assert!(pass(&tspl(ZTO, raw)).unwrap().contains(raw));
}

fn epl(no: &str, more: &str) -> Vec<u8> {
    format!(
        "\nN\nOD\nS4\nD10\nZT\nq608\nQ1040,24\nI8,A,001\n{more}LO24,24,560,3\n\
         A60,90,0,5,1,1,N,\"010-A12-003\"\nB60,400,0,1,2,4,160,N,\"{no}\"\nP1\n"
    )
    .into_bytes()
}

fn cpcl(no: &str, more: &str) -> Vec<u8> {
    format!(
        "! 0 200 200 1040 1\r\nPAGE-WIDTH 608\r\nTONE 100\r\nGAP-SENSE\r\n{more}\
         BOX 24 24 584 1000 3\r\nT 4 0 60 90 010-A12-003\r\nB 128 1 1 160 60 400 {no}\r\n\
         FORM\r\nPRINT\r\n"
    )
    .into_bytes()
}

#[test]
fn the_older_languages_are_passed_on_by_the_same_rule() {
    let body = pass(&epl(ZTO, "R8,4\n;hello\nGW0,0,1,2,~P\n")).unwrap();
    let drawing = "LO24,24,560,3\nA60,90,0,5,1,1,N,\"010-A12-003\"\n";
    assert!(
        body.starts_with(&format!("R0,0\nI8,A,001\nR8,4\nGW0,0,1,2,~P\n{drawing}B60,")),
        "{body}"
    );
    assert!(!body.contains("\nP1") && !body.contains("q608") && !body.contains("hello"));
    let body = pass(&cpcl(ZTO, "CG 1 2 9 9 !\n\r\n")).unwrap();
    assert!(body.starts_with("CG 1 2 9 9 !\n\r\nBOX 24 24"), "{body}");
    assert!(!body.contains("TONE") && !body.contains("PRINT") && !body.contains("PAGE-WIDTH"));
    for (more, name) in [
        ("M99,99\n", "M"),
        ("FK\"X\"\n", "FK"),
        ("GG9,9,\"LOGO\"\n", "GG"),
        ("UN\n", "UN"),
        ("GK\"*\"\n", "GK"),
        ("V00,9,N,\"x\"\n", "V"),
        ("oB\n", "oB"),
    ] {
        assert_eq!(pass(&epl(ZTO, more)), Err(Unpassable::Command(name.to_owned())), "{more}");
    }
    for (more, name) in [
        ("! U1 setvar \"x\" \"y\"\r\n", "!"),
        ("T LOGO.CPF 0 9 9 x\r\n", "T font"),
        ("B QR 9 9 M 2 U 6\r\nMA,x\r\nENDQR\r\n", "B kind"),
        ("PCX 9 9 !<LOGO.PCX\r\n", "PCX"),
        ("COUNT 9\r\n", "COUNT"),
        ("ABORT\r\n", "ABORT"),
    ] {
        assert_eq!(pass(&cpcl(ZTO, more)), Err(Unpassable::Command(name.to_owned())), "{more}");
    }
    assert_eq!(pass(&epl(ZTO, "^ee\n")), Err(Unpassable::Broken));
    assert_eq!(pass(&epl(ZTO, "P2\n")), Err(Unpassable::Labels));
    assert_eq!(pass(&epl(ZTO, "GW0,0,99,99999,x\n")), Err(Unpassable::Broken));
    assert_eq!(pass(&cpcl(ZTO, "PRINT\r\n! 0 200 200 9 1\r\n")), Err(Unpassable::Labels));
    assert_eq!(pass(&cpcl(ZTO, "CG 99 9999 0 0 x\r\n")), Err(Unpassable::Broken));
    for other in [epl("75312345678902", ""), cpcl("75312345678902", "")] {
        assert_eq!(pass(&other), Err(Unpassable::Number));
    }
    let fine = Target { head: Head::DPMM_12, ..TARGET };
    for label in [epl(ZTO, ""), cpcl(ZTO, "")] {
        assert_eq!(command::passable(&label, ZTO, fine, (0, 0)), Err(Unpassable::Head));
    }
    let moved = command::passable(&epl(ZTO, ""), ZTO, TARGET, (5, 8)).unwrap();
    assert!(moved.starts_with(b"R5,8\n"));
    assert_eq!(command::passable(&cpcl(ZTO, ""), ZTO, TARGET, (5, 8)), Err(Unpassable::Offset));
}

#[test]
fn commands_for_another_head_number_or_place_are_not_passed_on() {
    assert_eq!(pass(&zpl("75312345678902", "")), Err(Unpassable::Number));
    let text_alone = b"^XA^FO9,9^A0N,30^FD75312345678901^FS^XZ";
    assert_eq!(pass(text_alone), Err(Unpassable::Number));
    let fine = Target { head: Head::DPMM_12, ..TARGET };
    let got = command::passable(&zpl(ZTO, ""), ZTO, fine, (0, 0));
    assert_eq!(got, Err(Unpassable::Head));
    let got = command::passable(&tspl(ZTO, ""), ZTO, fine, (0, 0));
    assert_eq!(got, Err(Unpassable::Head));
    let wide = String::from_utf8(zpl(ZTO, "")).unwrap().replace("^PW608", "^PW830");
    assert_eq!(pass(wide.as_bytes()), Err(Unpassable::Paper));
    let twice = [zpl(ZTO, ""), zpl(ZTO, "")].concat();
    assert_eq!(pass(&twice), Err(Unpassable::Labels));
    // Our offset moves theirs, but nothing over the edge.
    let moved = |offset| command::passable(&zpl(ZTO, "^LH10,20"), ZTO, TARGET, offset);
    assert!(moved((5, -4)).is_err(), "before ^LH the origin is 0");
    let body = String::from_utf8(moved((5, 8)).unwrap()).unwrap();
    assert!(body.starts_with("^LH5,8\n^LH15,28\n"), "{body}");
}

#[test]
fn commands_are_drawn_at_the_heads_dots() {
    for (name, bytes) in [("zpl", zpl(ZTO, "")), ("tspl", tspl(ZTO, ""))] {
        for head in [Head::DPMM_8, Head::DPMM_12, Head::DPI_300] {
            let target = Target { head, ..TARGET };
            let mut sheets = foreign::redraw(&bytes, target, Some(ZTO)).unwrap();
            let sheet = sheets.remove(0);
            assert_eq!(sheet.bitmap.width as i32, head.dots(SMALL.width_um), "{name}");
            let bars = sheet.findings.iter().find(|code| code.expected == Some(true)).unwrap();
            assert_eq!(bars.text, ZTO);
            if let Some(folder) = std::env::var_os("FOREIGN_SHOTS") {
                let path = std::path::Path::new(&folder);
                let file = path.join(format!("{name}-{}.png", head.dots_per_m));
                std::fs::write(file, preview::png(&sheet.bitmap)).unwrap();
            }
        }
    }
}

/// Labels as gateways abroad return them: turned and inverted fields, MaxiCode, PDF417, graphics of
/// their own.
#[test]
fn labels_from_abroad_are_drawn() {
    let cases = [
        ("ups-like", "1Z999AA10123456784"),
        ("fedex-like", "794123456782"),
        ("dhl-like", "1234567895"),
    ];
    for (name, no) in cases {
        let sheet = sheet(&format!("{name}.zpl"), Head::DPMM_8, Paper::WAYBILL_TWO, no);
        golden::check(&format!("{name}-8"), &sheet);
    }
}

#[test]
fn commands_that_are_no_label_are_refused() {
    let draw = |bytes: &[u8]| foreign::redraw(bytes, TARGET, Some(ZTO)).map(drop);
    let wrong = draw(&zpl("75312345678902", ""));
    assert_eq!(wrong, Err(Refused::WrongNumber { found: "75312345678902".to_owned() }));
    assert_eq!(draw(&zpl(ZTO, "^PQ50")), Err(Refused::TooLarge("pages")));
    assert_eq!(draw(&[zpl(ZTO, ""), zpl(ZTO, "")].concat()), Err(Refused::TooLarge("pages")));
    assert_eq!(draw(b"^XA^FO0,0^GB999999999,9,9^FS^XZ"), Err(Refused::Broken("commands")));
    for (more, name) in [
        ("^FO9,9^BD2^FDx^FS", "^BD"),
        ("^FO9,9^BD4,1,2^FDx^FS", "^BD, several"),
        ("^FO9,9^BON,4^FDx^FS", "^BO"),
        ("^FO9,9^XGR:LOGO.GRF^FS", "^XG"),
        ("^FO9,9^BXN,4,100^FDx^FS", "^BX, quality"),
        ("^PMY", "^PM"),
        ("^FO9,9^A0N,20^FB60,1^FDmore words than a line^FS", "lines"),
    ] {
        assert_eq!(draw(&zpl(ZTO, more)), Err(Refused::UnknownLayout(name.to_owned())), "{more}");
    }
    let many = zpl(ZTO, &"^FO1,1^FS".repeat(4_000));
    assert_eq!(draw(&many), Err(Refused::Broken("commands")));
    let beyond = zpl(ZTO, "^FO640,200^GB100,100,9^FS");
    assert!(matches!(draw(&beyond), Err(Refused::Paper { .. })), "never cut silently");
    assert_eq!(draw(b"^XA^XZ"), Err(Refused::Blank));
    assert_eq!(draw(&zpl(ZTO, "^FO0,0^GFB,90000,8,1,short")), Err(Refused::Broken("commands")));
}

#[test]
fn a_packed_graphic_cannot_unpack_to_everything() {
    use base64::{Engine, prelude::BASE64_STANDARD};
    use std::io::Write;
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(&vec![0; 64 << 20]).unwrap();
    let data = BASE64_STANDARD.encode(out.finish().unwrap());
    let bomb = zpl(ZTO, &format!("^FO0,0^GFA,90000,90000,76,:Z64:{data}:0000^FS"));
    let got = foreign::redraw(&bomb, TARGET, Some(ZTO)).map(drop);
    // What was said to be 90,000 bytes is unpacked no further.
    assert_eq!(got, Ok(()));
    let more = zpl(ZTO, &format!("^FO0,0^GFA,99999,99999999,76,:Z64:{data}:0000^FS"));
    let got = foreign::redraw(&more, TARGET, Some(ZTO)).map(drop);
    assert_eq!(got, Err(Refused::Broken("commands")));
}
