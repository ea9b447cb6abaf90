//! What floats at the sides of a column, and the room it leaves. µm.

use super::style::Side;

/// Something that floats, with its margins.
#[derive(Debug, Clone, Copy)]
pub struct Float {
    pub side: Side,
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

/// Everything that floats in one column of text and blocks.
#[derive(Debug, Clone, Default)]
pub struct Floats(Vec<Float>);

impl Floats {
    /// Whether nothing floats.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ends of the room between `left` and `right` for something `height` high at `top`.
    pub fn room(&self, top: i32, height: i32, (left, right): (i32, i32)) -> (i32, i32) {
        let beside = self
            .0
            .iter()
            .filter(|float| float.top < top.saturating_add(height.max(1)) && float.bottom > top);
        beside.fold((left, right), |(left, right), float| match float.side {
            Side::Left => (left.max(float.right), right),
            Side::Right => (left, right.min(float.left)),
        })
    }

    /// The next lower edge of something that floats below `top`; `None` if nothing does.
    pub fn next_below(&self, top: i32) -> Option<i32> {
        self.0.iter().map(|float| float.bottom).filter(|bottom| *bottom > top).min()
    }

    /// Where something begins that stays clear of what floats left, or right.
    pub fn clear(&self, top: i32, [left, right]: [bool; 2]) -> i32 {
        let of = |float: &&Float| match float.side {
            Side::Left => left,
            Side::Right => right,
        };
        self.0.iter().filter(of).map(|float| float.bottom).fold(top, i32::max)
    }

    /// The lowest edge of all.
    pub fn bottom(&self) -> Option<i32> {
        self.0.iter().map(|float| float.bottom).max()
    }

    /// Places something `width` × `height` at a side, at `top` or below; where its left upper
    /// corner is.
    pub fn add(
        &mut self,
        side: Side,
        (width, height): (i32, i32),
        top: i32,
        (left, right): (i32, i32),
    ) -> (i32, i32) {
        // Never above one that was said before.
        let mut top = self.0.iter().map(|float| float.top).fold(top, i32::max);
        let (from, to) = loop {
            let (from, to) = self.room(top, height, (left, right));
            // A dot of rounding is not a reason for a new row.
            if to - from + 130 >= width {
                break (from, to);
            }
            match self.next_below(top) {
                Some(below) => top = below,
                None => break (from, to),
            }
        };
        let x = if side == Side::Left { from } else { to - width };
        self.0.push(Float { side, left: x, top, right: x + width, bottom: top + height });
        (x, top)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_stand_beside_each_other_and_below() {
        let mut floats = Floats::default();
        let ends = (0, 1_000);
        assert_eq!(floats.add(Side::Left, (400, 300), 50, ends), (0, 50));
        assert_eq!(floats.add(Side::Right, (400, 100), 50, ends), (600, 50));
        assert_eq!(floats.room(60, 10, ends), (400, 600));
        assert_eq!(floats.add(Side::Left, (500, 100), 60, ends), (400, 150), "below the right one");
        assert_eq!(floats.clear(60, [false, true]), 150);
        assert_eq!(floats.clear(60, [true, true]), 350);
        assert_eq!(floats.room(400, 10, ends), ends);
    }
}
