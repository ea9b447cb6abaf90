//! Reads a printed picture with a decoder of another hand.

use practice::printer::Bitmap;
use rxing::{
    BinaryBitmap, DecodeHints, Luma8Source, Reader, common::HybridBinarizer, oned::Code128Reader,
};

/// Rows given to the decoder at once: it looks at a few lines of what it is given.
const BAND: usize = 60;
/// Rows between two bands; the bars are higher than a band and a step.
const STEP: usize = 30;

/// The number in the Code 128 of a printed label, if one can be read.
pub fn waybill_on(bitmap: &Bitmap) -> Option<String> {
    let (width, height) = (bitmap.width, bitmap.height);
    let mut luma = Vec::with_capacity((width * height) as usize);
    for y in 0..height {
        for x in 0..width {
            luma.push(if bitmap.black(x, y) { 0 } else { 255 });
        }
    }
    number_in(&luma, width)
}

/// The same from a picture of one byte a dot.
pub fn number_in(luma: &[u8], width: u32) -> Option<String> {
    let row = width as usize;
    let height = luma.len() / row;
    (0..height.saturating_sub(BAND)).step_by(STEP).find_map(|top| {
        let band = &luma[top * row..(top + BAND) * row];
        let source = Luma8Source::new_with_slice(band, width, BAND as u32).ok()?;
        let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
        let found = Code128Reader.decode_with_hints(&mut image, &DecodeHints::default());
        found.ok().map(|found| found.getText().to_owned())
    })
}
