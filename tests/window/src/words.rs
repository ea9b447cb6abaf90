//! Words on a printed label: drawn by themselves in every size the forms use, and looked for dot by
//! dot, wherever they stand.

use label::{
    font::Fonts,
    page::{Ink, Line, Weight},
    raster,
};
use practice::printer::Bitmap;
use std::ops::RangeInclusive;

/// From the smallest to the largest type of people and marks, dots per em at 8 dots/mm.
const SIZES: RangeInclusive<i32> = 18..=44;

/// Dots of some words, without white around them.
struct Shape {
    width: u32,
    height: u32,
    dots: Vec<bool>,
}

impl Shape {
    /// `None` if no font has a dot for them.
    fn of(text: &str, size: i32, weight: Weight) -> Option<Self> {
        let across = size * (text.chars().count() as i32 + 1);
        let mut sheet = raster::Bitmap::blank(across, 2 * size);
        let text = text.to_owned();
        let baseline = size + size / 2;
        let line = Line { x: size / 2, baseline, size, weight, ink: Ink::Black, text };
        sheet.write(&line, Fonts::shipped());
        let places = || (0..sheet.height).flat_map(|y| (0..sheet.width).map(move |x| (x, y)));
        let black: Vec<(u32, u32)> = places().filter(|&(x, y)| sheet.is_black(x, y)).collect();
        let (left, right) = bounds(black.iter().map(|&(x, _)| x))?;
        let (top, end) = bounds(black.iter().map(|&(_, y)| y))?;
        let rows = (top..=end).flat_map(|y| (left..=right).map(move |x| (x, y)));
        let dots = rows.map(|(x, y)| sheet.is_black(x, y)).collect();
        Some(Self { width: right - left + 1, height: end - top + 1, dots })
    }

    /// Whether it stands there, black on white, or the other way round.
    fn is_at(&self, label: &Bitmap, left: u32, top: u32, dark: bool) -> bool {
        let mut dots = self.dots.iter();
        (top..top + self.height).all(|y| {
            (left..left + self.width)
                .all(|x| dots.next().is_some_and(|dot| (label.black(x, y) != dark) == *dot))
        })
    }

    fn is_on(&self, label: &Bitmap) -> bool {
        let (last_x, last_y) =
            (label.width.saturating_sub(self.width), label.height.saturating_sub(self.height));
        (0..=last_y).any(|top| {
            (0..=last_x).any(|left| {
                self.is_at(label, left, top, false) || self.is_at(label, left, top, true)
            })
        })
    }
}

fn bounds(all: impl Iterator<Item = u32> + Clone) -> Option<(u32, u32)> {
    Some((all.clone().min()?, all.max()?))
}

/// Whether these words stand on a label: at the beginning of a line, or as a mark.
pub fn says(label: &Bitmap, words: &str) -> bool {
    let looks = SIZES.flat_map(|size| [(size, Weight::Regular), (size, Weight::Bold)]);
    looks.into_iter().any(|(size, weight)| {
        Shape::of(words, size, weight).is_some_and(|shape| shape.is_on(label))
    })
}
