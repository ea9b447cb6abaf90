//! A label as `labelize` draws it from the bytes for a printer, and the codes `rxing` finds there.

use crate::{escpos, rewrite};
use image::GrayImage;
use label::{
    language::{Graphics, Language, Options},
    raster::Bitmap,
    units::Head,
};
use labelize::RenderOptions;
use rxing::{
    BinaryBitmap, DecodeHintValue, DecodeHints, Luma8Source, Reader, common::HybridBinarizer,
    qrcode::QRCodeReader,
};

/// One way to write a label.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// The printer's language.
    pub language: Language,
    /// How ZPL carries dots.
    pub graphics: Graphics,
}

/// ZPL, deflated.
pub const Z64: Way = Way { language: Language::Zpl, graphics: Graphics::Z64 };
/// ZPL, run lengths.
pub const ACS: Way = Way { language: Language::Zpl, graphics: Graphics::Acs };
/// ZPL, raw bytes.
pub const BINARY: Way = Way { language: Language::Zpl, graphics: Graphics::Binary };
/// TSPL, which has one way only, like those below.
pub const TSPL: Way = Way { language: Language::Tspl, graphics: Graphics::Z64 };
/// CPCL.
pub const CPCL: Way = Way { language: Language::Cpcl, graphics: Graphics::Z64 };
/// EPL2.
pub const EPL: Way = Way { language: Language::Epl, graphics: Graphics::Z64 };
/// ESC/POS.
pub const ESCPOS: Way = Way { language: Language::EscPos, graphics: Graphics::Z64 };
/// All of them.
pub const WAYS: [Way; 7] = [Z64, ACS, BINARY, TSPL, CPCL, EPL, ESCPOS];

impl Way {
    /// The bytes a printer gets.
    pub fn write(self, bitmap: &Bitmap, head: Head) -> Vec<u8> {
        let Self { language, graphics } = self;
        language.encode(
            bitmap,
            &Options { darkness: Some(8), speed: Some(4), head, graphics, ..Options::default() },
        )
    }

    /// The graphics of raw bytes in a job.
    pub fn raws(self, bytes: &[u8]) -> Result<Vec<rewrite::Raw>, String> {
        match self.language {
            Language::Zpl => rewrite::zpl_raws(bytes),
            Language::Tspl => rewrite::tspl_raws(bytes),
            Language::Cpcl => rewrite::cpcl_raws(bytes),
            Language::Epl => rewrite::epl_raws(bytes),
            Language::EscPos => escpos::raws(bytes),
        }
    }

    /// The one label in `bytes`. TSPL and CPCL name their paper; the others do not, and are given
    /// `bitmap`'s size.
    pub fn draw(self, bytes: &[u8], bitmap: &Bitmap, head: Head) -> Result<GrayImage, String> {
        // labelize knows whole dots a millimetre only, and the next one holds every dot.
        let dpmm = head.dots_per_m.div_ceil(1_000);
        let mm = |dots: u32| Some(f64::from(dots) / f64::from(dpmm));
        let size = [mm(bitmap.width), mm(bitmap.height)];
        let (language, sizes, bytes) = match self.language {
            Language::Zpl if self.graphics == Graphics::Binary => {
                (labelize::Language::Zpl, size, rewrite::zpl(bytes)?)
            }
            Language::Zpl => {
                checksums(bytes)?;
                (labelize::Language::Zpl, size, bytes.to_vec())
            }
            Language::Tspl => (labelize::Language::Tspl, [None, None], bytes.to_vec()),
            Language::Cpcl => (labelize::Language::Cpcl, [None, None], rewrite::cpcl(bytes)?),
            Language::Epl => (labelize::Language::Epl, size, rewrite::epl(bytes)?),
            Language::EscPos => return escpos::draw(bytes, bitmap.width),
        };
        let options = RenderOptions {
            language: Some(language),
            width_mm: sizes[0],
            height_mm: sizes[1],
            dpmm: dpmm as i32,
            antialias: false,
        };
        let drawn = labelize::render_png(&bytes, options).map_err(|e| e.to_string())?;
        if drawn.labels != 1 {
            return Err(format!("{} labels", drawn.labels));
        }
        Ok(image::load_from_memory(&drawn.bytes).map_err(|e| e.to_string())?.into_luma8())
    }
}

/// A Zebra refuses `:Z64:` data whose CRC (XMODEM, over the base64 text) is wrong; labelize drops
/// the CRC unread, so it is looked at here.
fn checksums(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    for field in text.split(":Z64:").skip(1) {
        let field = field.split('^').next().unwrap_or_default();
        let (data, said) = field.rsplit_once(':').ok_or("no crc")?;
        let mut crc = 0_u16;
        for byte in data.bytes() {
            crc ^= u16::from(byte) << 8;
            for _ in 0..8 {
                let carry = crc & 0x8000 != 0;
                crc = crc << 1 ^ if carry { 0x1021 } else { 0 };
            }
        }
        if said.len() != 4 || u16::from_str_radix(said, 16) != Ok(crc) {
            return Err(format!("crc {said}, not {crc:04x}"));
        }
    }
    Ok(())
}

/// Whether the drawing has `bitmap`'s dots and blank paper beyond them.
pub fn same(drawing: &GrayImage, bitmap: &Bitmap) -> Result<(), String> {
    let (width, height) = drawing.dimensions();
    if width < bitmap.width || height < bitmap.height {
        return Err(format!("{width} × {height}"));
    }
    let other = drawing.enumerate_pixels().find(|&(x, y, dot)| {
        let want = if bitmap.is_black(x, y) { 0 } else { 255 };
        dot.0[0] != want
    });
    other.map_or(Ok(()), |(x, y, _)| Err(format!("another dot at {x}, {y}")))
}

/// The text of the Code 128, if there is one.
pub fn bars_on(drawing: &GrayImage) -> Option<String> {
    scene::number_in(drawing.as_raw(), drawing.width())
}

/// The text of the QR code, if there is one.
pub fn square_on(drawing: &GrayImage) -> Option<String> {
    let (width, height) = drawing.dimensions();
    let source = Luma8Source::new_with_slice(drawing.as_raw(), width, height).ok()?;
    let hints = DecodeHints::default().with(DecodeHintValue::TryHarder(true));
    let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
    let found = QRCodeReader.decode_with_hints(&mut image, &hints);
    found.ok().map(|found| found.getText().to_owned())
}
