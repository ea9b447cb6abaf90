//! What is laid out, as pieces to draw, and how far they reach.

use super::{
    frame::Size,
    lay::Layout,
    style::{Style, Type},
    turn,
};
use crate::{grey::Grey, piece::Turn};
use label::page::Ink;

/// Something to draw; places are left, top, width, height.
#[derive(Debug)]
pub enum Piece {
    /// A rectangle.
    Fill([i32; 4], Ink),
    /// One line of text whose em squares begin at `top`.
    Text {
        /// Its left end.
        x: i32,
        /// Its upper edge.
        top: i32,
        /// What it says.
        text: String,
        /// How it looks.
        look: Type,
        /// How it is turned about its upper left corner.
        turn: Turn,
    },
    /// A picture.
    Picture([i32; 4], Grey),
}

impl Piece {
    /// Moves it.
    pub fn shift(&mut self, right: i32, down: i32) {
        match self {
            Self::Fill(place, _) | Self::Picture(place, _) => {
                (place[0], place[1]) = (place[0] + right, place[1] + down);
            }
            Self::Text { x, top, .. } => (*x, *top) = (*x + right, *top + down),
        }
    }

    /// Left, upper, right and lower edge.
    pub fn edges(&self) -> [i32; 4] {
        match self {
            Self::Text { x, top, text, look, turn } => {
                let (wide, high) = (super::line::width(text, look), look.size_um);
                match turn {
                    Turn::Upright => [*x, *top, x + wide, top + high],
                    Turn::Down => [x - high, *top, *x, top + wide],
                    Turn::Over => [x - wide, top - high, *x, *top],
                    Turn::Up => [*x, top - wide, x + high, *top],
                }
            }
            Self::Picture([x, y, width, height], _) | Self::Fill([x, y, width, height], _) => {
                [*x, *y, x + width, y + height]
            }
        }
    }
}

impl Layout<'_> {
    /// A laid-out box gets its edges, and is turned and moved as it says.
    pub(super) fn dressed(
        &mut self,
        style: &Style,
        (left, top): (i32, i32),
        outer: &Size,
        first: usize,
        is_placed: bool,
    ) {
        self.edges(style, left, top, outer, first);
        if style.transform.steps.is_empty() {
            self.reach(left, top, outer, style, is_placed);
        } else {
            let place = [left, top, outer.width, outer.height];
            turn::apply(&style.transform, &mut self.out[first..], place);
        }
    }

    /// Background and borders, under what is inside.
    pub(super) fn edges(&mut self, style: &Style, left: i32, top: i32, outer: &Size, first: usize) {
        let Size { width, height } = *outer;
        let [above, right, below, before] = style.border;
        let mut under = Vec::new();
        if let Some(ink) = style.background {
            under.push(Piece::Fill([left, top, width, height], ink));
        }
        for side in [
            [left, top, width, above],
            [left, top + height - below, width, below],
            [left, top, before, height],
            [left + width - right, top, right, height],
        ] {
            if side[2] > 0 && side[3] > 0 {
                under.push(Piece::Fill(side, Ink::Black));
            }
        }
        drop(self.out.splice(first..first, under));
    }

    /// Notes how far a block reaches: its box where it says one.
    pub(super) fn reach(
        &mut self,
        left: i32,
        top: i32,
        outer: &Size,
        style: &Style,
        is_placed: bool,
    ) {
        if style.width.is_some() || style.border != [0; 4] || is_placed {
            self.right = self.right.max(left + outer.width);
        }
        if style.height.is_some() || style.border != [0; 4] || is_placed {
            self.bottom = self.bottom.max(top + outer.height);
        }
    }

    /// What hangs out of its box counts too, or it would be cut silently.
    pub(super) fn reach_of_text(&mut self) {
        for piece in &self.out {
            let [left, top, right, bottom] = piece.edges();
            // What is wholly beyond the paper's first corner was put there to be unseen.
            if right > 0 && bottom > 0 {
                self.left = self.left.min(left);
                self.top = self.top.min(top);
            }
            self.right = self.right.max(right);
            self.bottom = self.bottom.max(bottom);
        }
    }
}
