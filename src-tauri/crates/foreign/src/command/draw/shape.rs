//! Boxes with round corners, ellipses and slanted lines.

use super::canvas::Canvas;
use crate::Refused;
use crate::piece::{Blend, Hold, Piece, Place, Turn};
use label::{
    page::{Ink, Rect},
    raster::Bitmap,
};

/// A shape in its box.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A frame, its corners rounded by so many eighths of half its shorter side (ZPL).
    Round(i32),
    /// An ellipse.
    Ellipse,
    /// A line from one corner to the other, as thick as its edges are apart across; true: from the
    /// upper left.
    Slant(bool),
}

impl Canvas {
    /// A shape in a box, with lines so thick; lengths of theirs.
    ///
    /// # Errors
    /// As [`Canvas::makes`].
    pub fn shape(
        &mut self,
        [x, y, width, height]: [i32; 4],
        (shape, thick): (Shape, i32),
        blend: Blend,
    ) -> Result<(), Refused> {
        let (left, top) = (self.ours(x), self.ours(y));
        let wide = (self.ours(x.saturating_add(width)) - left).max(1);
        let high = (self.ours(y.saturating_add(height)) - top).max(1);
        let thick = self.ours(thick).max(1);
        let more = if matches!(shape, Shape::Slant(_)) { thick } else { 0 };
        if !self.makes(wide + more, high)? {
            return Ok(());
        }
        let mut dots = Bitmap::blank(wide + more, high);
        for (column, row) in (0..high).flat_map(|row| (0..wide + more).map(move |c| (c, row))) {
            if is_in(shape, (column, row), (wide, high), thick) {
                dots.fill(Rect { x: column, y: row, width: 1, height: 1 }, Ink::Black);
            }
        }
        let place = Place { at: (x, y), hold: Hold::Corner, turn: Turn::Upright, blend };
        self.lay(Piece::whole(dots), place);
        Ok(())
    }
}

fn is_in(shape: Shape, (x, y): (i32, i32), (width, height): (i32, i32), thick: i32) -> bool {
    match shape {
        Shape::Round(eighths) => {
            let radius = width.min(height) * eighths / 16;
            let inner = (width - 2 * thick, height - 2 * thick);
            let hole = inner.0 > 0
                && inner.1 > 0
                && in_round((x - thick, y - thick), inner, (radius - thick).max(0));
            in_round((x, y), (width, height), radius) && !hole
        }
        Shape::Ellipse => {
            let inner = (width - 2 * thick, height - 2 * thick);
            let hole = inner.0 > 0 && inner.1 > 0 && in_ellipse((x - thick, y - thick), inner);
            in_ellipse((x, y), (width, height)) && !hole
        }
        Shape::Slant(falls) => {
            let down = if falls { y } else { height - 1 - y };
            let from = i64::from(down) * i64::from(width) / i64::from(height.max(1));
            (from..from + i64::from(thick)).contains(&i64::from(x))
        }
    }
}

/// Twice the distances from the middle, so that halves of dots are whole.
fn in_ellipse((x, y): (i32, i32), (width, height): (i32, i32)) -> bool {
    let (w, h) = (i128::from(width), i128::from(height));
    let (dx, dy) = (i128::from(2 * x + 1) - w, i128::from(2 * y + 1) - h);
    dx * dx * h * h + dy * dy * w * w <= w * w * h * h
}

fn in_round((x, y): (i32, i32), (width, height): (i32, i32), radius: i32) -> bool {
    if !(0..width).contains(&x) || !(0..height).contains(&y) {
        return false;
    }
    // How far into a corner's square it is; none beside the corners.
    let into = |at: i32, length: i32| (radius - at.min(length - 1 - at)).max(0);
    let (dx, dy) = (i64::from(into(x, width)), i64::from(into(y, height)));
    let (twice_x, twice_y) = ((2 * dx - 1).max(0), (2 * dy - 1).max(0));
    dx == 0 || dy == 0 || twice_x * twice_x + twice_y * twice_y <= 4 * i64::from(radius).pow(2)
}
