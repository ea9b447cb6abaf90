//! Reads a printed picture with a decoder of another hand.

use practice::printer::Bitmap;
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, Reader,
    common::HybridBinarizer, oned::Code128Reader,
};

/// The number in the Code 128 of a printed label, if one can be read.
pub fn waybill_on(bitmap: &Bitmap) -> Option<String> {
    let (width, height) = (bitmap.width, bitmap.height);
    // Bands keep the decoder quick: it looks at a few lines of what it is given.
    let band = 60;
    for top in (0..height.saturating_sub(band)).step_by(40) {
        let mut luma = Vec::with_capacity((width * band) as usize);
        for y in top..top + band {
            for x in 0..width {
                luma.push(if bitmap.black(x, y) { 0 } else { 255 });
            }
        }
        let source = Luma8LuminanceSource::new(luma, width, band);
        let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
        let hints = DecodeHints::default();
        if let Ok(found) = Code128Reader.decode_with_hints(&mut image, &hints)
            && *found.getBarcodeFormat() == BarcodeFormat::CODE_128
        {
            return Some(found.getText().to_owned());
        }
    }
    None
}
