//! Reading codes with `rxing`, a port of ZXing: another hand than the one that draws.

use super::Symbology;
use label::{page::Rect, raster::Bitmap};
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHintValue, DecodeHints, Luma8LuminanceSource,
    MultiFormatReader, RXingResult, Reader,
    common::{BitArray, HybridBinarizer},
    oned::{MultiFormatOneDReader, OneDReader},
    qrcode::QRCodeReader,
};
use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// White that a reader wants beside a code.
const MARGIN: usize = 40;
/// Fewer digits in a code without a check are more often chance than meaning.
const ITF_CHARS_MIN: usize = 6;

/// A fault of the reader over foreign dots is a code that was not read.
fn guarded<T>(read: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

/// Reads one row of bars given as lengths, a bar first.
pub fn bars(lengths: &[i32]) -> Option<(Symbology, String)> {
    guarded(|| row(lengths))
}

/// Reads the QR code inside `place`.
pub fn qr(bitmap: &Bitmap, place: Rect) -> Option<String> {
    guarded(|| square(bitmap, place))
}

/// Any code anywhere on the label, of all kinds the reader knows; slow.
pub fn anything(bitmap: &Bitmap) -> Option<(Symbology, String, Rect)> {
    guarded(|| whole(bitmap))
}

fn row(lengths: &[i32]) -> Option<(Symbology, String)> {
    let width: usize = lengths.iter().map(|&length| length.max(0) as usize).sum();
    let mut row = BitArray::with_size(width + 2 * MARGIN);
    let mut at = MARGIN;
    for (index, &length) in lengths.iter().enumerate() {
        let end = at + length.max(0) as usize;
        if index % 2 == 0 {
            (at..end).for_each(|dot| row.set(dot));
        }
        at = end;
    }
    let hints = hints(&[
        BarcodeFormat::CODE_128,
        BarcodeFormat::CODE_39,
        BarcodeFormat::CODE_93,
        BarcodeFormat::CODABAR,
        BarcodeFormat::ITF,
        BarcodeFormat::EAN_13,
        BarcodeFormat::EAN_8,
        BarcodeFormat::UPC_A,
    ]);
    let mut reader = MultiFormatOneDReader::new(&hints);
    let read = reader.decode_row(0, &row, &hints).ok().or_else(|| {
        // Printed head down.
        row.reverse();
        reader.decode_row(0, &row, &hints).ok()
    })?;
    let text = read.getText().to_owned();
    match read.getBarcodeFormat() {
        BarcodeFormat::CODE_128 => Some((Symbology::Code128, text)),
        BarcodeFormat::ITF | BarcodeFormat::CODABAR if text.len() < ITF_CHARS_MIN => None,
        _ => Some((Symbology::OtherBars, text)),
    }
}

fn square(bitmap: &Bitmap, place: Rect) -> Option<String> {
    let (luma, width, height) = luma(bitmap, place)?;
    let source = Luma8LuminanceSource::new(luma, width, height).ok()?;
    let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = hints(&[BarcodeFormat::QR_CODE]);
    let read = QRCodeReader::new().decode_with_hints(&mut image, &hints).ok()?;
    Some(read.getText().to_owned())
}

fn whole(bitmap: &Bitmap) -> Option<(Symbology, String, Rect)> {
    let (width, height) = (bitmap.width as i32, bitmap.height as i32);
    let (luma, wide, high) = luma(bitmap, Rect { x: 0, y: 0, width, height })?;
    let source = Luma8LuminanceSource::new(luma, wide, high).ok()?;
    let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = hints(&[
        BarcodeFormat::QR_CODE,
        BarcodeFormat::DATA_MATRIX,
        BarcodeFormat::PDF_417,
        BarcodeFormat::CODE_128,
    ]);
    let read = MultiFormatReader::default().decode_with_hints(&mut image, &hints).ok()?;
    let symbology = match read.getBarcodeFormat() {
        BarcodeFormat::CODE_128 => Symbology::Code128,
        BarcodeFormat::QR_CODE => Symbology::Qr,
        _ => Symbology::OtherMatrix,
    };
    Some((symbology, read.getText().to_owned(), around(&read)))
}

fn hints(formats: &[BarcodeFormat]) -> DecodeHints {
    DecodeHints::default()
        .with(DecodeHintValue::PossibleFormats(HashSet::from_iter(formats.iter().copied())))
        .with(DecodeHintValue::TryHarder(true))
}

/// The dots of `place` as grey, with white around.
fn luma(bitmap: &Bitmap, place: Rect) -> Option<(Vec<u8>, u32, u32)> {
    let margin = MARGIN as i32;
    let (width, height) = (place.width + 2 * margin, place.height + 2 * margin);
    let mut luma = vec![255; usize::try_from(width).ok()? * usize::try_from(height).ok()?];
    for y in place.y.max(0)..(place.y + place.height).min(bitmap.height as i32) {
        let row = (y - place.y + margin) * width;
        for x in place.x.max(0)..(place.x + place.width).min(bitmap.width as i32) {
            if bitmap.is_black(x as u32, y as u32) {
                luma[(row + x - place.x + margin) as usize] = 0;
            }
        }
    }
    Some((luma, width as u32, height as u32))
}

/// The smallest rectangle with all points that a reading names.
fn around(read: &RXingResult) -> Rect {
    let mut rect: Option<(f32, f32, f32, f32)> = None;
    for point in read.getPoints() {
        let (left, top, right, bottom) = rect.unwrap_or((point.x, point.y, point.x, point.y));
        rect = Some((left.min(point.x), top.min(point.y), right.max(point.x), bottom.max(point.y)));
    }
    let (left, top, right, bottom) = rect.unwrap_or_default();
    let margin = MARGIN as i32;
    let (x, y) = (left as i32 - margin, top as i32 - margin);
    Rect { x, y, width: (right - left) as i32, height: (bottom - top) as i32 }
}
