//! Codes of rows under the simulated verifier of `scene::grade::squares`, and what two decoders of
//! other hands read in the simulated prints: `rxing`, and `rqrr` for QR; the `ZXingReader` of
//! Debian's `zxing-cpp-tools` reads all three where it is installed.

use crate::HEADS;
use label::{
    barcode::{Grid, data_matrix, pdf417, qr},
    units::Head,
};
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHintValue, DecodeHints, Luma8Source, MultiFormatReader,
    Reader, common::HybridBinarizer,
};
use scene::grade::{
    Burn, Grade, NEW, WORN,
    squares::{Code, Print},
};
use std::{collections::HashSet, process::Command};

const TEXT: &str = "YT8812000033910";

fn qr_code(module: usize) -> Code {
    let matrix = qr::encode(TEXT).unwrap();
    let size = matrix.size;
    // Three finders with their separators, and the clocks between them.
    let corner = |x: usize, y: usize| x < 8 && y < 8;
    let fixed = |at: usize| {
        let (x, y) = (at % size, at / size);
        let finder = corner(x, y) || corner(size - 1 - x, y) || corner(x, size - 1 - y);
        finder || x == 6 || y == 6
    };
    let fixed = (0..size * size).map(fixed).collect();
    let grid = Grid { width: size, dark: matrix.dark };
    Code { grid, fixed, dots: (module, module), quiet: qr::QUIET as usize }
}

fn data_matrix_code(module: usize) -> Code {
    let grid = data_matrix::encode(TEXT).unwrap();
    let (width, height) = (grid.width, grid.height());
    // The solid sides left and below, the clocks above and right.
    let fixed = (0..width * height).map(|at| {
        let (x, y) = (at % width, at / width);
        x == 0 || y == 0 || x == width - 1 || y == height - 1
    });
    let fixed = fixed.collect();
    Code { grid, fixed, dots: (module, module), quiet: data_matrix::QUIET as usize }
}

fn pdf417_code(module: usize) -> Code {
    let grid = pdf417::encode(TEXT, 3).unwrap();
    let width = grid.width;
    // Start and stop.
    let fixed =
        (0..grid.dark.len()).map(|at| at % width < 17 || at % width >= width - 18).collect();
    let dots = (module, module * pdf417::ROW_MODULES as usize);
    Code { grid, fixed, dots, quiet: pdf417::QUIET as usize }
}

/// How a kind is drawn with modules of so many dots, and its name.
type Kind = (&'static str, BarcodeFormat, fn(usize) -> Code);

const KINDS: [Kind; 3] = [
    ("QRCode", BarcodeFormat::QR_CODE, qr_code),
    ("DataMatrix", BarcodeFormat::DATA_MATRIX, data_matrix_code),
    ("PDF417", BarcodeFormat::PDF_417, pdf417_code),
];

/// The narrowest module of a head and the next; `forms` draws none that is narrower.
fn modules(head: Head) -> [usize; 2] {
    let least = head.module_min() as usize;
    [least, least + 1]
}

fn read_by_rxing(print: &Print, format: BarcodeFormat) -> Option<String> {
    let grey = print.grey();
    let (width, height) = (print.width as u32, print.height() as u32);
    let source = Luma8Source::new_with_slice(&grey, width, height).ok()?;
    let hints = DecodeHints::default()
        .with(DecodeHintValue::TryHarder(true))
        .with(DecodeHintValue::PossibleFormats(HashSet::from([format])));
    let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
    let found = MultiFormatReader::default().decode_with_hints(&mut image, &hints);
    found.ok().map(|found| found.getText().to_owned())
}

fn read_by_rqrr(print: &Print) -> Option<String> {
    let grey = print.grey();
    let at = |x: usize, y: usize| grey[y * print.width + x];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(print.width, print.height(), at);
    image.detect_grids().first()?.decode().ok().map(|(_, text)| text)
}

/// `None` where the reader is not installed; else what it reads, empty if nothing.
fn read_by_zxing_cpp(print: &Print, kind: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("print.png");
    let size = (print.width as u32, print.height() as u32);
    image::GrayImage::from_raw(size.0, size.1, print.grey()).unwrap().save(&path).unwrap();
    let told =
        Command::new("ZXingReader").args(["-1", "-format", kind]).arg(&path).output().ok()?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    Some(told.split('"').nth(1).unwrap_or_default().to_owned())
}

fn least(burn: Burn) -> Grade {
    if burn.gain == NEW.gain { Grade::B } else { Grade::C }
}

#[test]
fn codes_of_rows_are_good_when_new_pass_when_worn_and_are_read_by_two_hands() {
    let mut second = 0;
    for (head, (name, format, code)) in HEADS.into_iter().flat_map(|h| KINDS.map(|kind| (h, kind)))
    {
        for module in modules(head) {
            for burn in [NEW, WORN] {
                let code = code(module);
                let print = code.print(head, burn);
                let got = code.verify(&print);
                let what = format!("{name} {head:?} {module} {burn:?} {got:?}");
                println!("{what}");
                assert!(got.grade >= least(burn), "{what}");
                assert_eq!(read_by_rxing(&print, format).as_deref(), Some(TEXT), "{what}");
                // rqrr gives up on a worn print of the narrowest modules.
                if format == BarcodeFormat::QR_CODE && burn.gain == NEW.gain {
                    assert_eq!(read_by_rqrr(&print).as_deref(), Some(TEXT), "{what}");
                }
                if let Some(read) = read_by_zxing_cpp(&print, name) {
                    assert_eq!(read, TEXT, "{what}");
                    second += 1;
                }
            }
        }
    }
    println!("{second} read by ZXingReader as well");
}

#[test]
fn what_is_wrong_with_a_print_costs_its_grade() {
    let code = qr_code(4);
    let head = Head::DPMM_8;
    let print = code.print(head, NEW);
    let grade = |code: &Code, print: &Print| code.verify(print).grade;
    assert_eq!(grade(&code, &print), Grade::A);

    // A module that should be dark.
    let mut other = code.clone();
    let at = other.fixed.iter().position(|fixed| !fixed).unwrap();
    other.grid.dark[at] = !other.grid.dark[at];
    let got = other.verify(&print);
    assert_eq!((got.wrong, got.grade), (1, Grade::F));
    assert!(got.fixed > 0.5);

    // A finder that is damaged.
    let mut other = code.clone();
    other.grid.dark[0] = false;
    assert!(other.verify(&print).fixed < 0.0);

    // Pale ink.
    let mut pale = print.clone();
    pale.points.iter_mut().for_each(|point| *point = 0.5 + *point * 0.375);
    let got = code.verify(&pale);
    assert!(got.contrast < 0.4 && got.grade <= Grade::D, "{got:?}");

    // Paper that crept: every eighth row of points is missing.
    let mut crept = print.clone();
    let rows = print.points.chunks_exact(print.width).enumerate();
    crept.points = rows.filter(|(at, _)| at % 8 > 0).flat_map(|(_, row)| row.to_vec()).collect();
    crept.points.resize(print.points.len(), 0.8);
    assert!(code.verify(&crept).grade < Grade::C);

    // One dot a module burns into its neighbours.
    let tight = qr_code(1);
    assert!(grade(&tight, &tight.print(head, WORN)) < Grade::C);
}
