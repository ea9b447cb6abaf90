//! Bytes that mean nothing, or nearly something: refused or drawn, never a panic, and no label of
//! another number.

use crate::{SF, fixture};
use foreign::Target;
use label::units::{Head, Paper};

const TARGET: Target = Target { head: Head::DPMM_8, paper: Paper::WAYBILL };

/// Numbers that look random and are the same every day.
fn dice(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |sides| {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % sides as u64) as usize
    }
}

/// Draws and insists that whatever comes out is a whole label.
fn drawn(bytes: &[u8], expected: Option<&str>) {
    if let Ok(sheets) = foreign::redraw(bytes, TARGET, expected) {
        for sheet in sheets {
            assert_eq!((sheet.bitmap.width, sheet.bitmap.height), (608, 1040));
            let last = sheet.bitmap.stride_bytes as usize * 1040;
            assert_eq!(sheet.bitmap.bits.len(), last);
        }
    }
}

#[test]
fn any_bytes_are_survived() {
    let mut roll = dice(3);
    let starts: [&[u8]; 7] = [
        b"",
        b"%PDF-1.4\n",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"<html><body><div style='",
        b"^XA",
    ];
    for start in starts {
        for _ in 0..60 {
            let mut bytes = start.to_vec();
            bytes.extend((0..roll(400)).map(|_| roll(256) as u8));
            drawn(&bytes, Some(SF));
        }
    }
}

#[test]
fn changed_and_cut_labels_are_survived() {
    let mut roll = dice(5);
    for name in ["kdniao.html", "label.pdf", "a4-200.png", "small-96.gif", "scan-300.jpg"] {
        let whole = fixture(name);
        let rounds = if name == "scan-300.jpg" { 6 } else { 25 };
        for round in 0..rounds {
            let mut bytes = whole.clone();
            if round % 3 == 0 {
                bytes.truncate(roll(whole.len()));
            }
            for _ in 0..1 + roll(12) {
                let length = bytes.len().max(1);
                if let Some(byte) = bytes.get_mut(roll(length)) {
                    *byte = roll(256) as u8;
                }
            }
            drawn(&bytes, Some(SF));
        }
    }
}

#[test]
fn odd_pages_of_html_are_survived() {
    let values = [
        "-99999999px",
        "99999999px",
        "1e9mm",
        "-0.0001em",
        "0",
        "50%",
        "-300%",
        "NaN",
        "auto",
        "",
        "1px solid red",
        "bold 9px/0 x",
        "absolute",
        "none",
        "#fff",
        "#1",
        "rgb(1,2)",
        "}",
        "{",
    ];
    let names = [
        "left",
        "top",
        "right",
        "bottom",
        "width",
        "height",
        "margin",
        "padding",
        "border",
        "font",
        "font-size",
        "line-height",
        "background",
        "color",
        "position",
        "display",
        "text-align",
    ];
    let mut roll = dice(9);
    for _ in 0..400 {
        let mut page = "<html><style>.a{".to_owned();
        for at in 0..20 {
            let (name, value) = (names[roll(names.len())], values[roll(values.len())]);
            page.push_str(&format!("{name}:{value};"));
            if at % 5 == 4 {
                page.push_str("}</style><body><div class=a style='position:absolute;");
            }
        }
        page.push_str("'>字 word<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></div>");
        drawn(page.as_bytes(), None);
    }
    // Deep and long pages end in a refusal, not in the stack's end.
    drawn(format!("<html><body>{}x", "<div>".repeat(20_000)).as_bytes(), None);
    drawn(format!("<html><body>{}x", "<b>".repeat(5_000)).as_bytes(), None);
    drawn(format!("<html><body>{}", "<div>x</div>".repeat(20_000)).as_bytes(), None);
}
