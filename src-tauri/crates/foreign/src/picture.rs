//! PNG, JPEG and GIF. A picture is drawn at the size it declares, or at a size of the paper when
//! its pixels fit that in whole; never "to fit".

use crate::{Refused, Target, grey::Grey};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use label::{raster::Bitmap, units::Head};
use std::io::Cursor;

/// 300 mm at 24 dots/mm; no label has more pixels a side.
const SIDE_PIXELS_MAX: u32 = 7_200;
/// Pixels that are unpacked at most: a bomb of a few bytes stops here.
const PIXELS_MAX: u64 = 24_000_000;
/// What a decoder may take for itself.
const ALLOC_BYTES_MAX: u64 = 160 << 20;
/// How much a declared size may differ from the paper's, µm: printers' margins and rounding.
pub const TOLERANCE_UM: i32 = 2_000;
/// Resolutions at which labels without a declared one are usually drawn, dots per metre:
/// 8, 12, 300 dpi, 24, 150, 96 and 72 dpi.
const USUAL_DOTS_PER_M: [u32; 7] = [8_000, 12_000, 11_811, 24_000, 5_906, 3_780, 2_835];

/// The picture as the paper's dots.
///
/// # Errors
/// Broken or too large bytes, no known size, larger than the paper.
pub fn draw(bytes: &[u8], format: ImageFormat, target: Target) -> Result<Bitmap, Refused> {
    let picture = decode(bytes, format)?;
    let declared = match format {
        ImageFormat::Png => png_dots_per_m(bytes),
        ImageFormat::Jpeg => jpeg_dots_per_m(bytes),
        _ => None,
    };
    let dots_per_m = match declared {
        // 72 and 96 are what programs write that know nothing of paper.
        Some(dots_per_m) if ![2_835, 3_780].contains(&dots_per_m) => Some(dots_per_m),
        Some(_) | None => None,
    };
    let (picture, width, height) = sized(picture, dots_per_m, target)?;
    Ok(centred(&picture.scaled(width, height), target).dots())
}

/// Unpacks a picture to grey, transparent parts on white.
///
/// # Errors
/// Broken or too large bytes.
pub fn decode(bytes: &[u8], format: ImageFormat) -> Result<Grey, Refused> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_PIXELS_MAX);
    limits.max_image_height = Some(SIDE_PIXELS_MAX);
    limits.max_alloc = Some(ALLOC_BYTES_MAX);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(Refused::TooLarge("pixels"));
    }
    let image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    Ok(grey(&image))
}

fn refusal(error: image::ImageError) -> Refused {
    match error {
        image::ImageError::Limits(_) => Refused::TooLarge("pixels"),
        _ => Refused::Broken("picture"),
    }
}

fn grey(image: &DynamicImage) -> Grey {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let luma = if image.color().has_alpha() {
        let mixed = image.to_luma_alpha8();
        let on_white = |dot: &image::LumaA<u8>| {
            let (luma, alpha) = (u32::from(dot.0[0]), u32::from(dot.0[1]));
            ((luma * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        mixed.pixels().map(on_white).collect()
    } else {
        image.to_luma8().into_raw()
    };
    Grey { width, height, luma }
}

/// The picture, cropped to its content if only that fits, and its size in dots.
fn sized(
    picture: Grey,
    dots_per_m: Option<u32>,
    target: Target,
) -> Result<(Grey, usize, usize), Refused> {
    let content = picture.content().ok_or(Refused::Blank)?;
    let (pixels_x, pixels_y) = (picture.width, picture.height);
    if let Some(dots_per_m) = dots_per_m {
        let um = |pixels: usize| pixels_um(pixels, dots_per_m);
        if fits(um(pixels_x), um(pixels_y), target, 0) {
            return Ok(at(picture, dots_per_m, target.head));
        }
        // A page of an office printer with a label on it.
        let part = picture.part(content);
        let (width_um, height_um) = (um(part.width), um(part.height));
        return if fits(width_um, height_um, target, 0) {
            Ok(at(part, dots_per_m, target.head))
        } else {
            Err(Refused::Paper { width_um, height_um })
        };
    }
    // No size said: one at which all of it, or its content, is as large as the paper.
    for part in [(0, 0, pixels_x, pixels_y), content] {
        let um = |dots_per_m| (pixels_um(part.2, dots_per_m), pixels_um(part.3, dots_per_m));
        let usual = std::iter::once(target.head.dots_per_m).chain(USUAL_DOTS_PER_M);
        // 300 dpi and 12 dots/mm both may fit: the nearest is meant, the head's own first.
        let known = usual
            .filter(|&dots_per_m| {
                let (x, y) = um(dots_per_m);
                fits(x, y, target, 2 * TOLERANCE_UM)
            })
            .min_by_key(|&dots_per_m| {
                let (x, y) = um(dots_per_m);
                x.abs_diff(target.paper.width_um) + y.abs_diff(target.paper.height_um)
            });
        if let Some(dots_per_m) = known {
            return Ok(at(picture.part(part), dots_per_m, target.head));
        }
    }
    let (width, height) = target.dots();
    let (width, height) = (width.max(0) as usize, height.max(0) as usize);
    // The paper's shape, whatever the resolution: within half a per cent it is the paper.
    let (ours, theirs) = (width * pixels_y, height * pixels_x);
    if ours.abs_diff(theirs) * 200 <= ours {
        Ok((picture, width, height))
    } else {
        Err(Refused::SizeUnknown)
    }
}

/// Whether a size lies on the paper and, if `less_um` is not 0, is no smaller than by that.
fn fits(width_um: i32, height_um: i32, target: Target, less_um: i32) -> bool {
    let side = |um: i32, paper_um: i32| {
        um <= paper_um + TOLERANCE_UM && (less_um == 0 || um >= paper_um - less_um)
    };
    side(width_um, target.paper.width_um) && side(height_um, target.paper.height_um)
}

fn pixels_um(pixels: usize, dots_per_m: u32) -> i32 {
    let um = pixels as u64 * 1_000_000 / u64::from(dots_per_m.max(1));
    i32::try_from(um).unwrap_or(i32::MAX)
}

/// A picture of so many pixels a metre in dots of the head; none changes if they are the same.
fn at(picture: Grey, dots_per_m: u32, head: Head) -> (Grey, usize, usize) {
    // 203 dpi and its roundings mean 8 dots a millimetre, 305 means 12: the pixels are the dots.
    let same = dots_per_m.abs_diff(head.dots_per_m) * 200 <= head.dots_per_m;
    let dots = |pixels: usize| {
        if same { pixels } else { head.dots(pixels_um(pixels, dots_per_m)).max(1) as usize }
    };
    let (width, height) = (dots(picture.width), dots(picture.height));
    (picture, width, height)
}

/// In the middle of the paper; what hangs over by the tolerance is its edge and is cut on
/// either side alike.
pub fn centred(picture: &Grey, target: Target) -> Grey {
    let (width, height) = target.dots();
    let mut page = Grey::blank(width.max(0) as usize, height.max(0) as usize);
    let middle = |room: i32, has: usize| (room - has as i32).div_euclid(2);
    page.lay(picture, middle(width, picture.width), middle(height, picture.height));
    page
}

/// `pHYs` of a PNG, if it counts in metres and both ways alike (PNG specification, 11.3.4.3).
fn png_dots_per_m(bytes: &[u8]) -> Option<u32> {
    let mut at = 8;
    loop {
        let head = bytes.get(at..at + 8)?;
        let length = u32::from_be_bytes(head[..4].try_into().ok()?) as usize;
        match &head[4..] {
            b"pHYs" => {
                let data = bytes.get(at + 8..at + 17)?;
                let x = u32::from_be_bytes(data[..4].try_into().ok()?);
                let y = u32::from_be_bytes(data[4..8].try_into().ok()?);
                return (x == y && data[8] == 1 && x > 0).then_some(x);
            }
            b"IDAT" | b"IEND" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
}

/// The density of a JFIF header (ITU-T T.871, 10.1), if it says one.
fn jpeg_dots_per_m(bytes: &[u8]) -> Option<u32> {
    let start = bytes.get(..18)?;
    if start[2..4] != [0xff, 0xe0] || start[6..11] != *b"JFIF\0" {
        return None;
    }
    let x = u32::from(u16::from_be_bytes([start[14], start[15]]));
    let y = u32::from(u16::from_be_bytes([start[16], start[17]]));
    let dots_per_m = match start[13] {
        1 => (x * 10_000 + 127) / 254,
        2 => x * 100,
        _ => return None,
    };
    (x == y && x > 0).then_some(dots_per_m)
}
