//! Pictures inside a page: `data:` URLs only, and their size on the paper.

use super::{css, style::Style};
use crate::{Refused, grey::Grey, kind, kind::Kind, picture};
use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use scraper::ElementRef;

/// The bytes of a `data:` URL (RFC 2397), base64 only: nobody writes pictures another way.
fn data_url(url: &str) -> Result<Vec<u8>, Refused> {
    let broken = Refused::Broken("html picture");
    let Some((_, data)) = url.split_once(";base64,") else { return Err(broken) };
    let plain: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(&STANDARD, config).decode(plain).map_err(|_| broken)
}

/// The picture of an `img`, whatever type its URL names; `None` for one without a source.
fn picture(element: ElementRef<'_>) -> Result<Option<Grey>, Refused> {
    let Some(url) = element.value().attr("src").filter(|url| !url.is_empty()) else {
        return Ok(None);
    };
    let bytes = data_url(url)?;
    match kind(&bytes) {
        Kind::Picture(format) => picture::decode(&bytes, format).map(Some),
        _ => Err(Refused::Broken("html picture")),
    }
}

/// An `img` with its size: CSS, else its attributes, else its pixels of 1/96 inch; one side alone
/// keeps the shape.
pub fn sized_picture(
    element: ElementRef<'_>,
    style: &Style,
    inside: (i32, Option<i32>),
) -> Result<Option<(Grey, i32, i32)>, Refused> {
    let Some(grey) = picture(element)? else { return Ok(None) };
    let attribute = |name: &str, whole: Option<i32>| {
        let value = element.value().attr(name)?.trim();
        let px = value.parse::<f64>().ok().map(|px| (px * 25_400.0 / 96.0).round());
        px.filter(|um| um.abs() < 1e7).map(|um| um as i32).or_else(|| css::length(value, 0, whole))
    };
    let (pixels_x, pixels_y) = (grey.width.max(1) as i64, grey.height.max(1) as i64);
    let um = |pixels: i64| (pixels * 25_400 / 96).min(10_000_000) as i32;
    let width = style.width.or_else(|| attribute("width", Some(inside.0)));
    let height = style.height.or_else(|| attribute("height", inside.1));
    let shaped = |side: i32, of: i64, to: i64| (i64::from(side) * to / of).min(10_000_000) as i32;
    let (width, height) = match (width, height) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, shaped(width, pixels_x, pixels_y)),
        (None, Some(height)) => (shaped(height, pixels_y, pixels_x), height),
        (None, None) => (um(pixels_x), um(pixels_y)),
    };
    // Nothing larger than any paper is drawn, nor scaled to see that it does not fit.
    if width > 400_000 || height > 400_000 {
        return Err(Refused::Paper { width_um: width, height_um: height });
    }
    Ok((width > 0 && height > 0).then_some((grey, width, height)))
}
