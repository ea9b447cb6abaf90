//! Text that does not stand upright, as dots.

use super::style::Type;
use crate::piece::{Hold, Piece, Turn, black, turned};
use label::{
    font::Fonts,
    page::{Item, Line, Page, Rect},
    raster::{self, Bitmap},
    units::Head,
};

/// Longer pieces are on no paper, and were refused before.
const DOTS_MAX: i32 = 20_000;

/// Lays a piece of text whose upper left corner, before it was turned, is at `at`. Dots.
pub fn lay(
    bitmap: &mut Bitmap,
    at: (i32, i32),
    (text, look, turn): (&str, &Type, Turn),
    head: Head,
) {
    let size = head.dots(look.size_um).max(1);
    let mut along = 0;
    for run in runs(text, look.upright_han && turn == Turn::Down) {
        let width = Fonts::shipped().width(run.text, size, look.weight);
        if !(0..DOTS_MAX).contains(&width) || !(0..DOTS_MAX).contains(&along) {
            return;
        }
        if run.stands {
            // Its em square, turned back: it hangs to the left of the line's upper edge.
            let place = (at.0 - size, at.1 + along);
            one(bitmap, place, (run.text, size, width), look, Turn::Upright, head);
            along += size;
        } else {
            let place = match turn {
                Turn::Upright => (at.0 + along, at.1),
                Turn::Down => (at.0, at.1 + along),
                Turn::Over => (at.0 - along, at.1),
                Turn::Up => (at.0, at.1 - along),
            };
            one(bitmap, place, (run.text, size, width), look, turn, head);
            along += width;
        }
    }
}

struct Run<'t> {
    text: &'t str,
    /// Whether it stands upright in a line that runs down.
    stands: bool,
}

/// Han one by one if they stand, and what is between.
fn runs(text: &str, stand: bool) -> Vec<Run<'_>> {
    if !stand {
        return vec![Run { text, stands: false }];
    }
    let (mut all, mut from) = (Vec::new(), 0);
    for (at, c) in text.char_indices().filter(|(_, c)| super::line::is_han(*c)) {
        if from < at {
            all.push(Run { text: &text[from..at], stands: false });
        }
        from = at + c.len_utf8();
        all.push(Run { text: &text[at..from], stands: true });
    }
    if from < text.len() {
        all.push(Run { text: &text[from..], stands: false });
    }
    all
}

fn one(
    bitmap: &mut Bitmap,
    at: (i32, i32),
    (text, size, width): (&str, i32, i32),
    look: &Type,
    turn: Turn,
    head: Head,
) {
    // Strokes may hang out of the em square.
    let edge = size / 2 + 1;
    let (wide, high) = (width + 2 * edge, size + 2 * edge);
    let line = Line {
        x: edge,
        // Han characters reach from 0.88 em above the baseline to 0.12 em below.
        baseline: edge + (size * 88 + 50) / 100,
        size,
        weight: look.weight,
        ink: label::page::Ink::Black,
        text: text.to_owned(),
    };
    let items = vec![Item::Text(line)];
    let page = Page { head, width: wide, height: high, items, shortened: Vec::new() };
    let dots = raster::paint(&page, Fonts::shipped());
    let body = Rect { x: edge, y: edge, width, height: size };
    let piece = Piece { dots, body, foot: high };
    let (left, top) = piece.corner(at, Hold::Pivot, turn);
    let dots = turned(piece.dots, turn);
    for (x, y) in black(&dots) {
        bitmap.fill(Rect { x: x + left, y: y + top, width: 1, height: 1 }, look.ink);
    }
}
