//! The codes of redrawn labels: their bars counted in dots, their text read by another hand, and
//! nothing else on the label touched.

use crate::{LARGE, SF, SMALL, ZTO, redraw, sheet};
use foreign::{
    Target,
    codes::{Done, Finding, Symbology},
};
use label::{
    barcode::{code128, qr},
    page::{Ink, Rect},
    preview,
    raster::Bitmap,
    units::{Head, Paper},
};
use rxing::{BarcodeFormat, MultiFormatWriter, Writer};

/// Black and white by turns between the first and the last black dot of `row`.
fn lengths(bitmap: &Bitmap, row: i32, place: Rect) -> Vec<i32> {
    let dots: Vec<bool> = (place.x..place.x + place.width)
        .map(|x| x >= 0 && bitmap.is_black(x as u32, row as u32))
        .collect();
    let runs: Vec<_> = dots.chunk_by(|a, b| a == b).collect();
    let from = runs.iter().position(|run| run[0]).unwrap();
    let to = runs.iter().rposition(|run| run[0]).unwrap();
    runs[from..=to].iter().map(|run| run.len() as i32).collect()
}

/// ISO/IEC 15416's decodability of a row of Code 128, edges where the dots are: how much of the
/// room for reading an edge-to-edge length is left by the worst of them.
fn decodability(lengths: &[i32]) -> f64 {
    assert_eq!(lengths.len() % 6, 1);
    let mut worst = 1.0_f64;
    for character in lengths[..lengths.len() - 7].chunks(6) {
        let whole: i32 = character.iter().sum();
        for pair in character[..5].windows(2) {
            let modules = f64::from(pair[0] + pair[1]) * 11.0 / f64::from(whole);
            worst = worst.min(1.0 - (modules - modules.round()).abs() * 2.0);
        }
    }
    worst
}

/// Bars of `module` dots, each edge at the nearest dot as when a picture is scaled.
fn scaled(bitmap: &mut Bitmap, text: &str, module: f64, place: Rect) -> i32 {
    let (mut x, mut modules) = (place.x, 0.0);
    for (at, run) in code128::encode(text).unwrap().iter().enumerate() {
        modules += f64::from(*run);
        let end = place.x + (modules * module).round() as i32;
        if at % 2 == 0 {
            bitmap.fill(Rect { x, width: end - x, ..place }, Ink::Black);
        }
        x = end;
    }
    x - place.x
}

fn only(findings: &[Finding]) -> &Finding {
    assert_eq!(findings.len(), 1, "{findings:?}");
    &findings[0]
}

#[test]
fn bars_off_the_dots_are_drawn_anew() {
    for (head, paper) in [(Head::DPMM_8, SMALL), (Head::DPMM_12, SMALL), (Head::DPMM_8, LARGE)] {
        for module in [2.117, 2.4, 2.64, 3.175, 3.3] {
            let mut theirs = Bitmap::blank(head.dots(paper.width_um), head.dots(paper.height_um));
            let place = Rect { x: 50, y: 300, width: 0, height: 100 };
            let width = scaled(&mut theirs, SF, module, place);
            let place = Rect { width, ..place };
            // What must stay: a line of text's worth above and below, right at the bars.
            for y in [290, 402] {
                theirs.fill(Rect { x: 50, y, width: 90, height: 8 }, Ink::Black);
            }
            let before = decodability(&lengths(&theirs, 350, place));
            let target = Target { head, paper };
            let sheets = foreign::redraw(&preview::png(&theirs), target, Some(SF)).unwrap();
            let ours = &sheets[0].bitmap;
            let found = only(&sheets[0].findings);
            let Done::Redrawn { module: dots } = found.done else { panic!("{module} {found:?}") };
            assert_eq!((found.text.as_str(), found.expected), (SF, Some(true)));
            assert_eq!(found.place, place);
            assert!((f64::from(found.module_milli) / 1000.0 - module).abs() < 0.02, "{found:?}");
            assert!((f64::from(dots) - module).abs() < 1.0, "{module} became {dots}");

            let room = Rect { x: 0, width: ours.width as i32, ..place };
            let first = lengths(ours, 300, room);
            assert!(first.iter().all(|length| length % dots == 0), "{module}: {first:?}");
            assert!((300..400).all(|row| lengths(ours, row, room) == first));
            // 0.50 is the limit between B and C.
            assert!(decodability(&first) >= 0.62 && before < 0.75, "{module}: {before}");
            for y in 0..ours.height {
                if !(300..400).contains(&y) {
                    assert_eq!(ours.row(y), theirs.row(y), "row {y}");
                }
            }
        }
    }
}

#[test]
fn whole_bars_are_left_alone() {
    let found = sheet("whole-dots.pdf", Head::DPMM_8, SMALL, SF).findings;
    let bars = found.iter().find(|code| code.symbology == Symbology::Code128).unwrap();
    assert_eq!((bars.done, bars.module_milli), (Done::Kept, 3_000));
    // The same bars are not whole at 11.811 dots/mm.
    let found = sheet("whole-dots.pdf", Head::DPI_300, SMALL, SF).findings;
    let bars = found.iter().find(|code| code.symbology == Symbology::Code128).unwrap();
    assert!(matches!(bars.done, Done::Redrawn { module: 4 }), "{bars:?}");
}

#[test]
fn every_code_of_a_template_is_found_and_lies_on_dots() {
    for head in [Head::DPMM_8, Head::DPMM_12, Head::DPI_300] {
        let sheet = sheet("kdniao.html", head, LARGE, ZTO);
        let kinds: Vec<_> = sheet.findings.iter().map(|code| code.symbology).collect();
        assert_eq!(kinds, [Symbology::Code128, Symbology::Qr, Symbology::Code128], "{head:?}");
        for code in sheet.findings.iter().filter(|code| code.symbology == Symbology::Code128) {
            assert_eq!((code.text.as_str(), code.expected), (ZTO, Some(true)));
            let Done::Redrawn { module } = code.done else { continue };
            let middle = code.place.y + code.place.height / 2;
            // New bars may be a little wider than the old.
            let Rect { x, width, .. } = code.place;
            let room = Rect { x: x - 30, width: width + 90, ..code.place };
            let lengths = lengths(&sheet.bitmap, middle, room);
            assert!(lengths.iter().all(|length| length % module == 0), "{head:?} {code:?}");
        }
        // Drawn and read once more, nothing is left to do.
        let again =
            foreign::redraw(&preview::png(&sheet.bitmap), Target { head, paper: LARGE }, None);
        let again = again.unwrap().remove(0);
        assert_eq!(again.findings.len(), 3, "{head:?}");
        assert!(again.findings.iter().all(|code| code.done == Done::Kept), "{:?}", again.findings);
        assert_eq!(again.bitmap, sheet.bitmap);
    }
}

#[test]
fn bars_along_the_feed_are_found_too() {
    let (width, height) = (608, 1040);
    let mut side = Bitmap::blank(height, width);
    let place = Rect { x: 300, y: 100, width: 0, height: 90 };
    let width_of_bars = scaled(&mut side, SF, 2.3, place);
    let mut label = Bitmap::blank(width, height);
    for y in 0..height {
        for x in (0..width).filter(|&x| side.is_black(y as u32, x as u32)) {
            label.fill(Rect { x, y, width: 1, height: 1 }, Ink::Black);
        }
    }
    let target = Target { head: Head::DPMM_8, paper: SMALL };
    let sheet = foreign::redraw(&preview::png(&label), target, Some(SF)).unwrap().remove(0);
    let found = only(&sheet.findings);
    assert_eq!(found.place, Rect { x: 100, y: 300, width: 90, height: width_of_bars });
    assert_eq!(found.done, Done::Redrawn { module: 2 });
    let column: Vec<bool> = (0..1040).map(|y| sheet.bitmap.is_black(140, y)).collect();
    let runs: Vec<usize> = column.chunk_by(|a, b| a == b).map(<[bool]>::len).collect();
    assert!(runs[1..runs.len() - 1].iter().all(|run| run % 2 == 0), "{runs:?}");
}

#[test]
fn without_room_nothing_is_overdrawn() {
    let mut theirs = Bitmap::blank(608, 1040);
    // 1.6 dots: two would need more paper than the two columns leave.
    let place = Rect { x: 190, y: 300, width: 0, height: 100 };
    let width = scaled(&mut theirs, SF, 1.6, place);
    for x in [170, 190 + width + 14] {
        theirs.fill(Rect { x, y: 250, width: 6, height: 300 }, Ink::Black);
    }
    let target = Target { head: Head::DPMM_8, paper: Paper::WAYBILL };
    match foreign::redraw(&preview::png(&theirs), target, Some(SF)) {
        Ok(sheets) => {
            assert_eq!(only(&sheets[0].findings).done, Done::NoRoom);
            assert_eq!(sheets[0].bitmap, theirs);
        }
        Err(why) => panic!("{why}"),
    }
}

#[test]
fn a_square_off_the_dots_is_drawn_anew_in_its_place() {
    let text = format!("MMM={{'k3':'{SF}'}}");
    let matrix = qr::encode(&text).unwrap();
    let mut theirs = Bitmap::blank(608, 1040);
    let edge = |module: usize| 200 + (module as f64 * 4.6).round() as i32;
    for (y, row) in matrix.dark.chunks(matrix.size).enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            let (left, top) = (edge(x), edge(y));
            let (width, height) = (edge(x + 1) - left, edge(y + 1) - top);
            theirs.fill(Rect { x: left, y: top, width, height }, Ink::Black);
        }
    }
    let target = Target { head: Head::DPMM_8, paper: SMALL };
    let sheet = foreign::redraw(&preview::png(&theirs), target, Some(SF)).unwrap().remove(0);
    let found = only(&sheet.findings);
    assert_eq!((found.symbology, found.text.as_str()), (Symbology::Qr, text.as_str()));
    assert_eq!((found.done, found.expected), (Done::Redrawn { module: 4 }, Some(true)));
    let again = foreign::redraw(&preview::png(&sheet.bitmap), target, Some(SF)).unwrap().remove(0);
    let found = only(&again.findings);
    assert_eq!((found.text.as_str(), found.done), (text.as_str(), Done::Kept));
}

#[test]
fn a_square_is_found_whichever_way_it_lies() {
    let matrix = qr::encode(SF).unwrap();
    let n = matrix.size;
    for turn in 0..4 {
        let mut theirs = Bitmap::blank(608, 1040);
        for (x, y) in (0..n).flat_map(|y| (0..n).map(move |x| (x, y))) {
            let (across, down) =
                [(x, y), (n - 1 - y, x), (n - 1 - x, n - 1 - y), (y, n - 1 - x)][turn];
            if matrix.dark[y * n + x] {
                let (x, y) = (300 + across as i32 * 5, 300 + down as i32 * 5);
                theirs.fill(Rect { x, y, width: 5, height: 5 }, Ink::Black);
            }
        }
        let target = Target { head: Head::DPMM_8, paper: SMALL };
        let sheet = foreign::redraw(&preview::png(&theirs), target, Some(SF)).unwrap().remove(0);
        let found = only(&sheet.findings);
        assert_eq!((found.text.as_str(), found.done), (SF, Done::Kept), "turned {turn} times");
        assert_eq!((found.place.x, found.place.y, found.place.width), (300, 300, n as i32 * 5));
    }
}

#[test]
fn a_label_with_another_matrix_alone_is_read_too() {
    let formats = [(BarcodeFormat::DATA_MATRIX, 6), (BarcodeFormat::PDF_417, 2)];
    for (format, side) in formats {
        let matrix = MultiFormatWriter.encode(SF, &format, 0, 0).unwrap();
        let mut theirs = Bitmap::blank(608, 1040);
        for (x, y) in (0..matrix.height()).flat_map(|y| (0..matrix.width()).map(move |x| (x, y))) {
            if matrix.get(x, y) {
                let (x, y) = (60 + x as i32 * side, 400 + y as i32 * side);
                theirs.fill(Rect { x, y, width: side, height: side }, Ink::Black);
            }
        }
        let target = Target { head: Head::DPMM_8, paper: SMALL };
        let sheet = foreign::redraw(&preview::png(&theirs), target, Some(SF)).unwrap().remove(0);
        let found = only(&sheet.findings);
        assert_eq!((found.symbology, found.done), (Symbology::OtherMatrix, Done::Unmeasured));
        assert_eq!((found.text.as_str(), found.expected), (SF, Some(true)));
        assert_eq!(sheet.bitmap, theirs, "nothing of it is touched");
    }
}

#[test]
fn every_page_of_a_document_is_a_label() {
    let child = redraw("parts.pdf", Head::DPMM_8, SMALL, SF);
    // The second page is another parcel's: it must not be printed as this one's.
    let wrong = foreign::Refused::WrongNumber { found: "SF1234567890124".to_owned() };
    assert_eq!(child, Err(wrong));
    let target = Target { head: Head::DPMM_8, paper: SMALL };
    let both = foreign::redraw(&crate::fixture("parts.pdf"), target, None).unwrap();
    let numbers: Vec<_> = both.iter().map(|sheet| sheet.findings[0].text.as_str()).collect();
    assert_eq!(numbers, [SF, "SF1234567890124"]);
}
