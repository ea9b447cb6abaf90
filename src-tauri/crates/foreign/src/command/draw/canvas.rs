//! A label being drawn from commands: lengths come in dots of the head they were made for, and
//! leave in dots of ours.

use crate::piece::{Blend, Piece, Place, Turn, black, turned};
use crate::{Refused, Target, grey::Grey, picture::TOLERANCE_UM};
use label::{
    font::Fonts,
    page::{Ink, Item, Page, Rect},
    raster::{self, Bitmap},
    units::Head,
};

/// Things on one label.
const THINGS_MAX: usize = 10_000;
/// How often all of a label's dots may be drawn over.
const LAYERS_MAX: i64 = 60;

/// A label being drawn.
pub struct Canvas {
    made: Head,
    target: Target,
    bitmap: Bitmap,
    things: usize,
    /// Dots that may still be drawn.
    left_dots: i64,
    /// How far ink reaches beyond the paper's upper left corner, and to the lower right.
    beyond: (i32, i32),
    reach: (i32, i32),
}

impl Canvas {
    /// An empty label.
    pub fn new(made: Head, target: Target) -> Self {
        let (width, height) = target.dots();
        let bitmap = Bitmap::blank(width, height);
        let left_dots = i64::from(width) * i64::from(height) * LAYERS_MAX;
        Self { made, target, bitmap, things: 0, left_dots, beyond: (0, 0), reach: (0, 0) }
    }

    /// The head the label is drawn for.
    pub fn head(&self) -> Head {
        self.target.head
    }

    /// Dots of theirs in dots of ours.
    pub fn ours(&self, dots: i32) -> i32 {
        let (to, from) = (i64::from(self.target.head.dots_per_m), i64::from(self.made.dots_per_m));
        let scaled = (i64::from(dots) * to + from / 2).div_euclid(from.max(1));
        i32::try_from(scaled).unwrap_or(i32::MAX / 4).clamp(-1_000_000, 1_000_000)
    }

    /// A length of theirs on paper, µm.
    pub fn theirs_of_um(&self, um: i32) -> i32 {
        self.made.dots(um)
    }

    /// A module of a code: whole dots, at least one, never wider than it was.
    pub fn module(&self, dots: i32) -> i32 {
        let (to, from) = (i64::from(self.target.head.dots_per_m), i64::from(self.made.dots_per_m));
        // 300 dpi is a little less than 12 dots/mm: that little is no reason for a dot less.
        (i64::from(dots) * to * 51 / (from.max(1) * 50)).clamp(1, 200) as i32
    }

    /// Counts something of so many dots. False: it cannot be on the paper, and nothing of that size
    /// is to be made; it is refused at the end.
    ///
    /// # Errors
    /// More, or more often drawn over, than any label is.
    pub fn makes(&mut self, width: i32, height: i32) -> Result<bool, Refused> {
        self.things += 1;
        let (wide, high) = self.target.dots();
        let most = wide.max(high).saturating_mul(2);
        if width > most || height > most {
            self.reach = (self.reach.0.max(width), self.reach.1.max(height));
            return Ok(false);
        }
        self.left_dots -= i64::from(width.max(0)) * i64::from(height.max(0));
        if self.things > THINGS_MAX || self.left_dots < 0 {
            return Err(Refused::TooLarge("commands"));
        }
        Ok(true)
    }

    /// Lays a piece.
    pub fn lay(&mut self, piece: Piece, place: Place) {
        let at = (self.ours(place.at.0), self.ours(place.at.1));
        let (left, top) = piece.corner(at, place.hold, place.turn);
        let dots = turned(piece.dots, place.turn);
        let stride = self.bitmap.stride_bytes as usize;
        for (x, y) in black(&dots) {
            let (x, y) = (x + left, y + top);
            if place.blend != Blend::Erase {
                self.beyond = (self.beyond.0.min(x), self.beyond.1.min(y));
                self.reach = (self.reach.0.max(x + 1), self.reach.1.max(y + 1));
            }
            let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { continue };
            if x >= self.bitmap.width || y >= self.bitmap.height {
                continue;
            }
            let byte = &mut self.bitmap.bits[y as usize * stride + x as usize / 8];
            let mask = 0x80 >> (x % 8);
            match place.blend {
                Blend::Over => *byte |= mask,
                Blend::Erase => *byte &= !mask,
                Blend::Invert => *byte ^= mask,
            }
        }
    }

    /// A filled rectangle.
    ///
    /// # Errors
    /// As [`Self::makes`].
    pub fn fill(&mut self, [x, y, width, height]: [i32; 4], blend: Blend) -> Result<(), Refused> {
        let (left, top) = (self.ours(x), self.ours(y));
        let width = (self.ours(x.saturating_add(width)) - left).max(i32::from(width > 0));
        let height = (self.ours(y.saturating_add(height)) - top).max(i32::from(height > 0));
        if blend != Blend::Erase {
            self.beyond = (self.beyond.0.min(left), self.beyond.1.min(top));
            self.reach = (self.reach.0.max(left + width), self.reach.1.max(top + height));
        }
        let rect = Rect { x: left, y: top, width, height };
        match blend {
            // Most of a label is this, and done a byte at a time.
            Blend::Over | Blend::Erase => {
                let ink = if blend == Blend::Over { Ink::Black } else { Ink::White };
                if self.makes(1, height)? {
                    self.bitmap.fill(rect, ink);
                }
            }
            Blend::Invert => {
                if self.makes(width, height)? {
                    let mut dots = Bitmap::blank(width, height);
                    dots.fill(Rect { x: 0, y: 0, ..rect }, Ink::Black);
                    let place = Place {
                        at: (x, y),
                        hold: crate::piece::Hold::Corner,
                        turn: Turn::Upright,
                        blend,
                    };
                    self.lay(Piece::whole(dots), place);
                }
            }
        }
        Ok(())
    }

    /// A frame of lines inside its edges.
    ///
    /// # Errors
    /// As [`Self::makes`].
    pub fn frame(
        &mut self,
        [x, y, w, h]: [i32; 4],
        thick: i32,
        blend: Blend,
    ) -> Result<(), Refused> {
        let thick = thick.max(1);
        if thick.saturating_mul(2) >= w.min(h) {
            return self.fill([x, y, w, h], blend);
        }
        for side in [
            [x, y, w, thick],
            [x, y + h - thick, w, thick],
            [x, y + thick, thick, h - 2 * thick],
            [x + w - thick, y + thick, thick, h - 2 * thick],
        ] {
            self.fill(side, blend)?;
        }
        Ok(())
    }

    /// Dots of theirs, each `across` × `down` times as large.
    ///
    /// # Errors
    /// As [`Self::makes`].
    pub fn picture(
        &mut self,
        place: Place,
        picture: &Grey,
        (across, down): (i32, i32),
    ) -> Result<(), Refused> {
        let side = |length: usize, times: i32| {
            let theirs = i32::try_from(length).unwrap_or(i32::MAX).saturating_mul(times);
            self.ours(theirs).max(1)
        };
        let (width, height) = (side(picture.width, across), side(picture.height, down));
        let Some((left, top, wide, high)) = picture.content() else { return Ok(()) };
        // White around it is no ink: only what is printed must be on the paper.
        let part = |from: usize, length: usize, whole: usize, all: i32| {
            let scale = |at: usize| (at as i64 * i64::from(all) / whole.max(1) as i64) as i32;
            (scale(from), (scale(from + length) - scale(from)).max(1))
        };
        let (x, inner_width) = part(left, wide, picture.width, width);
        let (y, inner_height) = part(top, high, picture.height, height);
        if !self.makes(inner_width, inner_height)? {
            return Ok(());
        }
        let inner = picture.part((left, top, wide, high));
        let inner = inner.scaled(inner_width as usize, inner_height as usize);
        let mut dots = Bitmap::blank(inner_width, inner_height);
        for (row, line) in (0..).zip(inner.luma.chunks_exact(inner.width.max(1))) {
            for (column, _) in (0..).zip(line).filter(|(_, luma)| **luma < 128) {
                dots.fill(Rect { x: column, y: row, width: 1, height: 1 }, Ink::Black);
            }
        }
        let body = Rect { x: -x, y: -y, width, height };
        self.lay(Piece { dots, body, foot: height - y }, place);
        Ok(())
    }

    fn fits(&self) -> bool {
        let (width, height) = self.target.dots();
        let over = self.target.head.dots(TOLERANCE_UM);
        self.reach.0 <= width + over
            && self.reach.1 <= height + over
            && self.beyond.0 >= -over
            && self.beyond.1 >= -over
    }

    /// The dots.
    ///
    /// # Errors
    /// Ink beyond the paper.
    pub fn finish(self) -> Result<Bitmap, Refused> {
        let head = self.target.head;
        if self.fits() {
            return Ok(self.bitmap);
        }
        let um = |from: i32, to: i32| {
            (i64::from(to - from) * 1_000_000 / i64::from(head.dots_per_m)) as i32
        };
        let width_um = um(self.beyond.0, self.reach.0);
        Err(Refused::Paper { width_um, height_um: um(self.beyond.1, self.reach.1) })
    }

    /// Things as dots of their own.
    pub fn painted(&self, width: i32, height: i32, items: Vec<Item>) -> Bitmap {
        let page = Page { head: self.target.head, width, height, items, shortened: Vec::new() };
        raster::paint(&page, Fonts::shipped())
    }
}
