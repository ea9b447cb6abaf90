//! What is not printed, and what is said of it.

use crate::{LARGE, SF, SMALL, ZTO, fixture, redraw};
use foreign::{Refused, Target, command::Spoken};
use label::{preview, raster::Bitmap, units::Head};

const TARGET: Target = Target { head: Head::DPMM_8, paper: LARGE };

fn html(body: &str) -> Result<(), Refused> {
    let page = format!("<html><body>{body}<p>x</p></body></html>");
    foreign::redraw(page.as_bytes(), TARGET, None).map(drop)
}

#[test]
fn another_number_is_refused() {
    let got = redraw("kdniao-other.html", Head::DPMM_8, LARGE, ZTO);
    assert_eq!(got, Err(Refused::WrongNumber { found: "75312345678902".to_owned() }));
    let got = redraw("label.pdf", Head::DPMM_8, SMALL, "SF1234567890999");
    assert_eq!(got, Err(Refused::WrongNumber { found: SF.to_owned() }));
    let got = redraw("exact-8.png", Head::DPMM_8, SMALL, "1234567890123");
    assert_eq!(got, Err(Refused::WrongNumber { found: SF.to_owned() }));
}

#[test]
fn a_label_without_a_code_is_refused_when_a_number_is_expected() {
    let page =
        b"<html><body><div style='position:absolute;left:9px'>75312345678901</div></body></html>";
    assert!(foreign::redraw(page, TARGET, None).is_ok());
    assert_eq!(foreign::redraw(page, TARGET, Some(ZTO)), Err(Refused::NumberMissing));
    // At 96 dpi these bars are narrower than a pixel: nobody could read them.
    assert_eq!(redraw("small-96.gif", Head::DPMM_8, SMALL, SF), Err(Refused::NumberMissing));
}

#[test]
fn a_pdf_is_never_made_to_fit() {
    let got = redraw("wide.pdf", Head::DPMM_8, SMALL, SF);
    let Err(Refused::Paper { width_um, height_um }) = got else { panic!("{got:?}") };
    assert_eq!((width_um, height_um), (100_000, 150_000));
    // On larger paper it lies in the middle.
    let sheet = redraw("wide.pdf", Head::DPMM_8, LARGE, SF).unwrap().remove(0);
    assert_eq!((sheet.bitmap.width, sheet.bitmap.height), (800, 1440));
    assert!(sheet.bitmap.bits[..100 * 120].iter().all(|&byte| byte == 0));
}

#[test]
fn locked_cut_and_fontless_documents_are_refused() {
    let get = |name: &str| redraw(name, Head::DPMM_8, SMALL, SF);
    assert_eq!(get("locked.pdf"), Err(Refused::Encrypted));
    assert_eq!(get("font-missing.pdf"), Err(Refused::FontMissing));
    let whole = fixture("label.pdf");
    let target = Target { head: Head::DPMM_8, paper: SMALL };
    for share in [1, 3, 6, 9] {
        let cut = &whole[..whole.len() * share / 10];
        let got = foreign::redraw(cut, target, Some(SF));
        assert!(got.is_err(), "{share} tenths of a document were printed");
    }
}

#[test]
fn pictures_of_no_size_and_bombs_are_refused() {
    let target = Target { head: Head::DPMM_8, paper: SMALL };
    let mut square = Bitmap::blank(500, 500);
    square.bits.fill(0xff);
    let png = preview::png(&square);
    assert_eq!(foreign::redraw(&png, target, None), Err(Refused::SizeUnknown));
    let blank = preview::png(&Bitmap::blank(608, 1040));
    assert_eq!(foreign::redraw(&blank, target, None), Err(Refused::Blank));
    let bomb = preview::png(&Bitmap::blank(7_000, 7_000));
    assert!(bomb.len() < 20_000);
    assert_eq!(foreign::redraw(&bomb, target, None), Err(Refused::TooLarge("pixels")));
    let bomb = preview::png(&Bitmap::blank(40_000, 100));
    assert_eq!(foreign::redraw(&bomb, target, None), Err(Refused::TooLarge("pixels")));
    assert_eq!(
        foreign::redraw(&vec![b'x'; 9 << 20], target, None),
        Err(Refused::TooLarge("bytes"))
    );
}

/// A document whose only stream is `data`, with the filters of `filter`.
fn document(filter: &str, data: &[u8]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 4 0 R>>endobj\n"
        .to_vec();
    let head = format!("4 0 obj<</Length {}/Filter{filter}>>stream\n", data.len());
    pdf.extend(
        [head.as_bytes(), data, b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"].concat(),
    );
    pdf
}

#[test]
fn documents_that_unpack_to_too_much_are_refused() {
    let packed = flate2_bytes(&vec![b' '; 140 << 20]);
    assert!(packed.len() < 1_000_000);
    let got = foreign::redraw(&document("/FlateDecode", &packed), TARGET, None);
    assert_eq!(got, Err(Refused::TooLarge("pdf")));
    let twice = flate2_bytes(&packed);
    let got = foreign::redraw(&document("[/FlateDecode/FlateDecode]", &twice), TARGET, None);
    assert_eq!(got, Err(Refused::TooLarge("pdf")));
    let honest = flate2_bytes(b"0 0 1 rg 10 10 50 50 re f");
    assert!(foreign::redraw(&document("/FlateDecode", &honest), TARGET, None).is_ok());
}

/// Forms that draw each other: ten levels, each ten times the next.
fn laughing() -> Vec<u8> {
    let mut pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 4 0 R\
        /Resources<</XObject<</X 5 0 R>>>>>>endobj\n\
        4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n"
        .to_vec();
    for level in 5..15 {
        let draws = if level == 14 { "0 0 9 9 re f ".to_owned() } else { "/X Do ".repeat(10) };
        let next = level + 1;
        let form = format!(
            "{level} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 200 300]\
             /Resources<</XObject<</X {next} 0 R>>>>/Length {}>>stream\n{draws}\nendstream endobj\n",
            draws.len()
        );
        pdf.extend(form.bytes());
    }
    pdf.extend(b"trailer<</Root 1 0 R>>\n%%EOF");
    pdf
}

#[test]
fn a_document_that_draws_without_end_is_refused_before_it_begins() {
    let bytes = laughing();
    assert!(bytes.len() < 4_000);
    assert_eq!(foreign::redraw(&bytes, TARGET, None), Err(Refused::TooLarge("pdf")));
    let lines = flate2_bytes("0 0 m 200 300 l S\n".repeat(600_000).as_bytes());
    assert!(lines.len() < 100_000);
    let got = foreign::redraw(&document("/FlateDecode", &lines), TARGET, None);
    assert_eq!(got, Err(Refused::TooLarge("pdf")));
}

fn flate2_bytes(data: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(data).unwrap();
    out.finish().unwrap()
}

#[test]
fn what_comes_from_elsewhere_is_refused() {
    for body in [
        "<img src='http://example.com/a.png'>",
        "<img src='//example.com/a.png'>",
        "<img src='file:///etc/passwd'>",
        "<img src='a.png'>",
        "<img src='data:image/png;base64,' srcset='http://example.com/a.png'>",
        "<link rel=stylesheet href='https://example.com/a.css'>",
        "<iframe src='https://example.com'></iframe>",
        "<object data='a.swf'></object>",
        "<style>@import 'https://example.com/a.css'; p{color:red}</style>",
        "<style>p{background:url(https://example.com/a.png)}</style>",
        "<div style=\"background-image:url('https://example.com/a.png')\">x</div>",
        "<meta http-equiv=refresh content='0;url=https://example.com'>",
        "<table background='https://example.com/a.png'></table>",
    ] {
        let got = html(body);
        assert!(matches!(got, Err(Refused::Network(_))), "{body}: {got:?}");
    }
}

#[test]
fn a_layout_that_is_not_followed_is_named() {
    for (body, what) in [
        ("<table><caption>1</caption></table>", "<caption> in a table"),
        ("<div style='display:table-cell'>x</div>", "display: table-cell"),
        ("<svg></svg>", "<svg>"),
        ("<script>document.write('x')</script>", "<script>"),
        ("<div style='transform:rotate(45deg)'>x</div>", "transform: rotate(45deg)"),
        ("<div style='writing-mode:vertical-lr'>x</div>", "writing-mode: vertical-lr"),
        (
            "<div style='display:grid;grid-template-areas:\"a b\"'>x</div>",
            "grid-template-areas: \"a b\"",
        ),
        ("<div style='display:flex;justify-content:baseline'>x</div>", "justify-content: baseline"),
        ("<div style='width:calc(1px + 2px)'>x</div>", "width: calc(1px + 2px)"),
        ("<style>p{columns:2}</style>", "columns: 2"),
    ] {
        assert_eq!(html(body), Err(Refused::UnknownLayout(what.to_owned())), "{body}");
    }
}

#[test]
fn boxes_in_boxes_end() {
    for (style, levels) in [
        ("display:flex", 50),
        ("display:grid", 50),
        ("display:inline-block", 50),
        ("float:left", 50),
        ("display:flex;flex-direction:column;writing-mode:vertical-rl", 50),
        ("position:absolute;display:inline-flex", 50),
    ] {
        let one = format!("<div style='{style}'>x");
        let got = html(&(one.repeat(levels) + &"</div>".repeat(levels)));
        let ends = matches!(got, Ok(()) | Err(Refused::TooLarge("html") | Refused::Paper { .. }));
        assert!(ends, "{style}: {got:?}");
    }
    // What is measured is measured once.
    assert_eq!(html(&"<div style='display:flex'>x".repeat(12)), Ok(()));
}

#[test]
fn a_page_larger_than_the_paper_is_refused() {
    let wide = "<div style='position:absolute;left:0;top:0;width:400px;height:9px'>x</div>";
    assert!(matches!(html(wide), Err(Refused::Paper { width_um: 105_833, .. })));
    let deep = "<div style='position:absolute;top:800px'>x</div>";
    assert!(matches!(html(deep), Err(Refused::Paper { .. })));
    let long =
        "<div style='position:absolute;left:300px;white-space:nowrap'>0123456789012345</div>";
    assert!(matches!(html(long), Err(Refused::Paper { .. })), "text is never cut silently");
}

#[test]
fn languages_that_are_not_drawn_are_named() {
    let got = foreign::redraw(b"! 0 200 200 400 1\r\nPRINT\r\n", TARGET, None);
    assert_eq!(got, Err(Refused::Commands(Spoken::Cpcl)));
    assert_eq!(foreign::redraw(b"plain text", TARGET, None), Err(Refused::UnknownKind));
}

/// A page of 4 × 6 in with a black rectangle, in points from its lower left corner.
fn four_by_six(rectangle: &str) -> Vec<u8> {
    let draw = format!("{rectangle} re f");
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Contents 4 0 R>>endobj\n\
         4 0 obj<</Length {}>>stream\n{draw}\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        draw.len()
    )
    .into_bytes()
}

#[test]
fn four_by_six_inches_come_out_whole_on_100_by_150_or_not_at_all() {
    let paper = label::units::Paper { width_um: 100_000, height_um: 150_000 };
    let target = Target { head: Head::DPMM_8, paper };
    // 280 × 424 pt are 98.8 × 149.6 mm: all of it, dot for dot, in the middle.
    let sheet = foreign::redraw(&four_by_six("4 4 280 424"), target, None).unwrap().remove(0);
    let bitmap = sheet.bitmap;
    let black = |x: u32, y: u32| {
        let row = bitmap.width.div_ceil(8);
        bitmap.bits[(y * row + x / 8) as usize] & (0x80 >> (x % 8)) != 0
    };
    let dots = (0..bitmap.height).flat_map(|y| (0..bitmap.width).map(move |x| (x, y)));
    let ink: Vec<(u32, u32)> = dots.filter(|&(x, y)| black(x, y)).collect();
    let [left, right] = [ink.iter().map(|at| at.0).min(), ink.iter().map(|at| at.0).max()];
    let [top, bottom] = [ink.iter().map(|at| at.1).min(), ink.iter().map(|at| at.1).max()];
    let (wide, high) = (right.unwrap() - left.unwrap() + 1, bottom.unwrap() - top.unwrap() + 1);
    assert!((789..=792).contains(&wide) && (1_195..=1_198).contains(&high), "{wide} × {high}");
    assert!(left.unwrap().abs_diff(bitmap.width - 1 - right.unwrap()) <= 1, "in the middle");
    // Ink to the edges does not fit, and is not cut.
    let got = foreign::redraw(&four_by_six("0 0 288 432"), target, None);
    assert!(matches!(got, Err(Refused::Paper { .. })), "{got:?}");
}
