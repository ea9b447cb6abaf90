//! Something drawn upright, and how it lies on the label: turned, hung by a corner or by the place
//! where it stands, over, instead of or against what is there.

use label::{
    page::{Ink, Rect},
    raster::Bitmap,
};

/// By how much a piece is turned, clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Not at all.
    Upright,
    /// By a quarter: it reads downwards.
    Down,
    /// By a half.
    Over,
    /// By three quarters: it reads upwards.
    Up,
}

impl Turn {
    /// ZPL's letters.
    pub fn of_letter(letter: u8) -> Option<Self> {
        match letter.to_ascii_uppercase() {
            b'N' => Some(Self::Upright),
            b'R' => Some(Self::Down),
            b'I' => Some(Self::Over),
            b'B' => Some(Self::Up),
            _ => None,
        }
    }

    /// TSPL's degrees.
    pub fn of_degrees(degrees: i32) -> Option<Self> {
        match degrees {
            0 => Some(Self::Upright),
            90 => Some(Self::Down),
            180 => Some(Self::Over),
            270 => Some(Self::Up),
            _ => None,
        }
    }

    /// This, and then another.
    pub fn and(self, other: Self) -> Self {
        const ALL: [Turn; 4] = [Turn::Upright, Turn::Down, Turn::Over, Turn::Up];
        ALL[(self as usize + other as usize) % 4]
    }

    /// Where a point of something `width` × `height` comes to.
    fn point(self, (x, y): (i32, i32), (width, height): (i32, i32)) -> (i32, i32) {
        match self {
            Self::Upright => (x, y),
            Self::Down => (height - y, x),
            Self::Over => (width - x, height - y),
            Self::Up => (y, width - x),
        }
    }
}

/// What of a piece lies at the named place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// The upper left corner, after the turn (`^FO`).
    Corner,
    /// The upper right corner, after the turn (`^FO`, right).
    RightCorner,
    /// The left end of the line it stands on; the piece is turned about it (`^FT`).
    Foot,
    /// The right end of that line (`^FT`, right).
    RightFoot,
    /// The upper left corner before the turn; the piece is turned about it (TSPL).
    Pivot,
}

/// What it does to what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blend {
    /// Its black becomes black.
    Over,
    /// Its black becomes white.
    Erase,
    /// Its black becomes what was not there.
    Invert,
}

/// A place on the label, and how a piece lies there. Dots of the head it was made for.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The place.
    pub at: (i32, i32),
    /// What lies there.
    pub hold: Hold,
    /// How it is turned.
    pub turn: Turn,
    /// What it does.
    pub blend: Blend,
}

/// Something drawn upright, in dots of ours.
pub struct Piece {
    /// Its dots.
    pub dots: Bitmap,
    /// What counts as its corners; a line for people hangs out of it.
    pub body: Rect,
    /// The line it stands on, from the dots' upper edge.
    pub foot: i32,
}

impl Piece {
    /// Dots that are all of it, and that stand on their lower edge.
    pub fn whole(dots: Bitmap) -> Self {
        let (width, height) = (dots.width as i32, dots.height as i32);
        Self { dots, body: Rect { x: 0, y: 0, width, height }, foot: height }
    }

    /// Where the upper left corner of its dots comes to lie, once they are turned.
    pub fn corner(&self, at: (i32, i32), hold: Hold, turn: Turn) -> (i32, i32) {
        let size = (self.dots.width as i32, self.dots.height as i32);
        let Rect { x, y, width, height } = self.body;
        let turned = |point| turn.point(point, size);
        let ends = [turned((x, y)), turned((x + width, y + height))];
        let upper = ends[0].1.min(ends[1].1);
        let held = match hold {
            Hold::Corner => (ends[0].0.min(ends[1].0), upper),
            Hold::RightCorner => (ends[0].0.max(ends[1].0), upper),
            Hold::Foot => turned((x, self.foot)),
            Hold::RightFoot => turned((x + width, self.foot)),
            Hold::Pivot => ends[0],
        };
        (at.0.saturating_sub(held.0), at.1.saturating_sub(held.1))
    }
}

/// The same dots, turned.
pub fn turned(dots: Bitmap, turn: Turn) -> Bitmap {
    if turn == Turn::Upright {
        return dots;
    }
    let size = (dots.width as i32, dots.height as i32);
    let side_on = matches!(turn, Turn::Down | Turn::Up);
    let (width, height) = if side_on { (size.1, size.0) } else { size };
    let mut out = Bitmap::blank(width, height);
    for (x, y) in black(&dots) {
        // A dot is a square: of its four corners, the one that comes to lie above and left counts.
        let (a, b) = (turn.point((x, y), size), turn.point((x + 1, y + 1), size));
        let rect = Rect { x: a.0.min(b.0), y: a.1.min(b.1), width: 1, height: 1 };
        out.fill(rect, Ink::Black);
    }
    out
}

/// The places of its black dots, row by row.
pub fn black(dots: &Bitmap) -> impl Iterator<Item = (i32, i32)> {
    let rows = (0..).zip(dots.bits.chunks_exact(dots.stride_bytes.max(1) as usize));
    rows.flat_map(|(y, row)| {
        let bytes = (0..).zip(row).filter(|(_, byte)| **byte != 0);
        bytes.flat_map(move |(at, byte)| {
            (0..8).filter(move |bit| byte & (0x80 >> bit) != 0).map(move |bit| (at * 8 + bit, y))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three by two dots, black at the upper left and in the middle below.
    fn corner_and_foot() -> Bitmap {
        let mut dots = Bitmap::blank(3, 2);
        for (x, y) in [(0, 0), (1, 1)] {
            dots.fill(Rect { x, y, width: 1, height: 1 }, Ink::Black);
        }
        dots
    }

    #[test]
    fn dots_are_turned_clockwise() {
        let got = |turn| {
            let dots = turned(corner_and_foot(), turn);
            (dots.width, dots.height, black(&dots).collect::<Vec<_>>())
        };
        assert_eq!(got(Turn::Upright), (3, 2, vec![(0, 0), (1, 1)]));
        assert_eq!(got(Turn::Down), (2, 3, vec![(1, 0), (0, 1)]));
        assert_eq!(got(Turn::Over), (3, 2, vec![(1, 0), (2, 1)]));
        assert_eq!(got(Turn::Up), (2, 3, vec![(1, 1), (0, 2)]));
    }

    #[test]
    fn a_piece_lies_where_it_is_held() {
        let piece = Piece { foot: 1, ..Piece::whole(corner_and_foot()) };
        let got = |hold, turn| piece.corner((10, 20), hold, turn);
        let turns = [Turn::Upright, Turn::Down, Turn::Over, Turn::Up];
        assert_eq!(turns.map(|turn| got(Hold::Corner, turn)), [(10, 20); 4]);
        let feet = [(10, 19), (9, 20), (7, 19), (9, 17)];
        assert_eq!(turns.map(|turn| got(Hold::Foot, turn)), feet);
        let pivots = [(10, 20), (8, 20), (7, 18), (10, 17)];
        assert_eq!(turns.map(|turn| got(Hold::Pivot, turn)), pivots);
        assert_eq!(got(Hold::RightFoot, Turn::Upright), (7, 19));
        assert_eq!(got(Hold::RightCorner, Turn::Up), (8, 20));
    }
}
