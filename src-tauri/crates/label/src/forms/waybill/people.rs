//! The zones of the receiver and the sender.

use super::{Form, Party, Span, place, words};
use crate::{
    fit::{Fitted, Room},
    forms::{
        Undrawable, What,
        pen::{Align, Style},
    },
    page::{Ink, Rect, Weight},
};

/// The place and the sizes of one person, µm.
struct Look {
    fields: [&'static str; 2],
    mark: &'static str,
    span: Span,
    /// Side of the square with the mark.
    badge: i32,
    /// Black square with a white mark, or only its frame.
    dark: bool,
    /// Sizes to try in turn, until both lines fit.
    sizes: &'static [Sizes],
    weight: Weight,
}

/// Largest and smallest type of the name with the phone, and of the address, µm.
struct Sizes {
    name: (i32, i32),
    /// Lines the name may take; a phone number is best read in one piece.
    name_lines_max: usize,
    address: (i32, i32),
}

const RECEIVER_SIZES: &[Sizes] = &[
    Sizes { name: (5_500, 3_500), name_lines_max: 1, address: (4_500, 3_500) },
    Sizes { name: (4_000, 3_000), name_lines_max: 1, address: (3_500, place::SMALL) },
    Sizes { name: (3_500, 3_000), name_lines_max: 3, address: (3_500, place::SMALL) },
];
const SENDER_SIZES: &[Sizes] =
    &[Sizes { name: (3_000, place::SMALL), name_lines_max: 2, address: (2_750, place::SMALL) }];

impl Form {
    /// After the sort code the largest type.
    pub(super) fn receiver(&mut self, receiver: &Party, span: Span) -> Result<(), Undrawable> {
        let look = Look {
            fields: ["receiver.name", "receiver.address"],
            mark: words::RECEIVER,
            span,
            badge: 8_000,
            dark: true,
            sizes: RECEIVER_SIZES,
            weight: Weight::Bold,
        };
        self.person(receiver, &look)
    }

    pub(super) fn sender(&mut self, sender: &Party, span: Span) -> Result<(), Undrawable> {
        let look = Look {
            fields: ["sender.name", "sender.address"],
            mark: words::SENDER,
            span,
            badge: 5_000,
            dark: false,
            sizes: SENDER_SIZES,
            weight: Weight::Regular,
        };
        self.person(sender, &look)
    }

    fn person(&mut self, party: &Party, look: &Look) -> Result<(), Undrawable> {
        let Span { top, end, .. } = look.span;
        let text_x = self.badge(look.mark, self.pen.dots(look.badge), look.dark, look.span);
        let (upper, lower) = (top + self.pad, end - self.pad);
        let mut fitted = Err(Undrawable { field: look.fields[0], what: What::TooLong });
        for sizes in look.sizes {
            fitted = self.person_text(party, look, sizes, lower - upper, text_x);
            if fitted.is_ok() {
                break;
            }
        }
        let (name, gap, address) = fitted?;
        // What is left over goes above and below alike.
        let used = name.height() + gap + address.height();
        let start = upper + (lower - upper - used).max(0) / 2;
        let below = self.pen.block(&name, text_x, start, look.weight) + gap;
        self.pen.block(&address, text_x, below, look.weight);
        Ok(())
    }

    /// Name with phone, the gap beneath, and the address: the largest name that leaves room.
    fn person_text(
        &self,
        party: &Party,
        look: &Look,
        sizes: &Sizes,
        height: i32,
        text_x: i32,
    ) -> Result<(Fitted, i32, Fitted), Undrawable> {
        let room = |height, size_max, size_min| Room {
            width: self.right - self.pad - text_x,
            height,
            size_max,
            size_min,
            weight: look.weight,
        };
        let who = [party.name.as_str(), &party.phone].join("  ");
        let (name_max, name_min) = (self.pen.dots(sizes.name.0), self.pen.dots(sizes.name.1));
        let (max, min) = (self.pen.dots(sizes.address.0), self.pen.dots(sizes.address.1));
        let mut why = Undrawable { field: look.fields[0], what: What::TooLong };
        for size in (name_min..=name_max).rev() {
            let Ok(name) = self.pen.fit(look.fields[0], who.trim(), room(height, size, size))
            else {
                continue;
            };
            if name.lines.len() > sizes.name_lines_max {
                continue;
            }
            let gap = if name.lines.is_empty() { 0 } else { size / 4 };
            let left = room(height - name.height() - gap, max, min);
            match self.pen.fit(look.fields[1], &party.address, left) {
                Ok(address) => return Ok((name, gap, address)),
                Err(too_long) => why = too_long,
            }
        }
        Err(why)
    }

    /// On the second part: name with phone, and as much of the address as a line holds. Whole they
    /// stand on the first, which is the one that travels; so this is not noted as shortened.
    pub(super) fn short(&mut self, party: &Party, mark: &str, dark: bool, span: Span) {
        let text_x = self.badge(mark, self.pen.dots(5_000), dark, span);
        let size = self.pen.dots(2_750);
        let weight = if dark { Weight::Bold } else { Weight::Regular };
        let width = self.right - self.pad - text_x;
        let room = Room { width, height: size, size_max: size, size_min: size, weight };
        let who = [party.name.as_str(), &party.phone].join("  ");
        let gap = size / 4;
        let mut top = (span.top + span.end - 2 * size - gap) / 2;
        for text in [who.trim(), &party.address] {
            let line = self.pen.one_line(text, room);
            top = self.pen.block(&line, text_x, top, weight) + gap;
        }
    }

    /// The square with 收 or 寄; returns where text starts.
    fn badge(&mut self, mark: &str, side: i32, dark: bool, span: Span) -> i32 {
        let Span { top, end, .. } = span;
        let side = side.min(end - top - self.pad);
        // All badges stand on one axis, and all texts start at one edge.
        let axis = self.left + self.pad + self.pen.dots(4_000);
        let (x, y) = (axis - side / 2, (top + end - side) / 2);
        let square = Rect { x, y, width: side, height: side };
        let style = Style::bold(side * 3 / 4);
        let style = if dark {
            self.pen.fill(square, Ink::Black);
            style.white()
        } else {
            self.pen.frame(square, self.rule);
            style
        };
        self.pen.line(mark, axis, (top + end - style.size) / 2, Align::Centre, style);
        axis + self.pen.dots(4_000) + self.pad
    }
}
