//! A shop's logo: a picture of any size that becomes the dots of a frame, its shape kept.

use crate::{
    Refused,
    grey::Grey,
    kind::{Kind, kind},
    picture,
};
use label::raster::Bitmap;

/// More bytes no logo needs.
pub const LOGO_BYTES_MAX: usize = 2 << 20;
/// Larger ones are kept at this size, pixels a side: 100 mm at 12 dots/mm.
const SIDE_PIXELS_MAX: usize = 1_200;

/// A logo, read and cropped to what is drawn on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo(Grey);

impl Logo {
    /// Reads a PNG, JPEG or GIF.
    ///
    /// # Errors
    /// Another kind, broken or too many bytes, nothing on it.
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.len() > LOGO_BYTES_MAX {
            return Err(Refused::TooLarge("bytes"));
        }
        let Kind::Picture(format) = kind(bytes) else { return Err(Refused::UnknownKind) };
        let picture = picture::decode(bytes, format)?;
        let content = picture.content().ok_or(Refused::Blank)?;
        let picture = picture.part(content);
        let (width, height) = within(&picture, SIDE_PIXELS_MAX, SIDE_PIXELS_MAX);
        let is_larger = width < picture.width;
        Ok(Self(if is_larger { picture.scaled(width, height) } else { picture }))
    }

    /// Its dots, as large as `width` and `height` allow: edges sharp, photographs by diffusion.
    pub fn dots(&self, width: u32, height: u32) -> Bitmap {
        let (width, height) = within(&self.0, width as usize, height as usize);
        self.0.scaled(width, height).dots()
    }
}

/// The size of `picture` when one of its sides is as long as it may be; never nothing.
fn within(picture: &Grey, width: usize, height: usize) -> (usize, usize) {
    let (has_width, has_height) = (picture.width.max(1), picture.height.max(1));
    if width * has_height <= height * has_width {
        (width.max(1), (has_height * width / has_width).max(1))
    } else {
        ((has_width * height / has_height).max(1), height.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, ink: impl Fn(u32, u32) -> bool) -> Vec<u8> {
        let picture = image::GrayImage::from_fn(width, height, |x, y| {
            image::Luma([if ink(x, y) { 0 } else { 255 }])
        });
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_logo_keeps_its_shape_and_loses_its_margin() {
        // Twice as wide as high, with blank paper around.
        let logo = png(300, 200, |x, y| (50..250).contains(&x) && (50..150).contains(&y));
        let logo = Logo::read(&logo).unwrap();
        for (room, size) in [((80, 80), (80, 40)), ((80, 30), (60, 30)), ((1, 1), (1, 1))] {
            let dots = logo.dots(room.0, room.1);
            assert_eq!((dots.width, dots.height), size);
            assert!(dots.is_black(0, 0) && dots.is_black(size.0 - 1, size.1 - 1));
        }
        let large = Logo::read(&png(2_000, 1_000, |_, _| true)).unwrap();
        assert_eq!(large.0.width, SIDE_PIXELS_MAX);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert_eq!(Logo::read(b"%PDF-1.4"), Err(Refused::UnknownKind));
        assert_eq!(Logo::read(&png(9, 9, |_, _| false)), Err(Refused::Blank));
        let large = vec![0; LOGO_BYTES_MAX + 1];
        assert_eq!(Logo::read(&large), Err(Refused::TooLarge("bytes")));
        let cut = &png(90, 90, |x, y| x > y)[..60];
        assert_eq!(Logo::read(cut), Err(Refused::Broken("picture")));
    }
}
