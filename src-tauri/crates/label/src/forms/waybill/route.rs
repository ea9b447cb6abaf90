//! The zones that carriers' people and machines sort by: carrier, sort code, bag and destination.

use super::{Form, Span, WaybillData, place, words};
use crate::{
    fit::Room,
    forms::{
        Undrawable,
        pen::{Align, Style},
    },
    page::{Ink, Rect, Weight},
};

impl Form {
    /// Carrier on the left; time and kind, or the copy's number, on the right.
    pub(super) fn header(&mut self, data: &WaybillData, span: Span) -> Result<(), Undrawable> {
        let Span { top, end, .. } = span;
        let small = Style::regular(self.pen.dots(2_750));
        let gap = (end - top - 2 * small.size) / 3;
        let (right, second) = (self.right - self.pad, top + 2 * gap + small.size);
        self.pen.line(&data.made_at, right, top + gap, Align::Right, small);
        let mut taken = self.pen.width(&data.made_at, small);
        if data.copy > 1 {
            let (text, style) = (words::copy(data.copy), Style::bold(small.size));
            self.pen.line(&text, right, second, Align::Right, style);
            taken = taken.max(self.pen.width(&text, style));
        } else {
            self.pen.line(words::KIND, right, second, Align::Right, small);
            taken = taken.max(self.pen.width(words::KIND, small));
        }
        let mut x = self.left + self.pad;
        if data.practice {
            let style = Style::bold(self.pen.dots(4_000)).white();
            let (inner, height) = (self.pen.dots(750), style.size + self.pen.dots(1_500));
            let width = self.pen.width(words::PRACTICE_SHORT, style) + 2 * inner;
            let y = (top + end - height) / 2;
            self.pen.fill(Rect { x, y, width, height }, Ink::Black);
            let text_top = (top + end - style.size) / 2;
            self.pen.line(words::PRACTICE_SHORT, x + inner, text_top, Align::Left, style);
            x += width + self.pad;
        }
        let sizes = self.pen.dots(place::SMALL)..=self.pen.dots(5_000);
        let room = right - taken - self.pad - x;
        let name = &data.carrier_name;
        let size = self.pen.fit_line("carrier_name", name, room, sizes, Weight::Bold)?;
        self.pen.line(name, x, (top + end - size) / 2, Align::Left, Style::bold(size));
        Ok(())
    }

    /// The largest type on the label, read from two metres.
    pub(super) fn sort_code(&mut self, data: &WaybillData, span: Span) {
        let Span { top, end, .. } = span;
        let width = self.right - self.left - 2 * self.pad;
        let sizes = self.pen.dots(6_000)..=end - top - self.rule;
        let code = &data.sort_code;
        let middle = (self.left + self.right) / 2;
        if let Ok(size) = self.pen.fit_line("sort_code", code, width, sizes, Weight::Bold) {
            self.pen.capitals(code, middle, (top + end) / 2, Style::bold(size));
            return;
        }
        let room = Room {
            width,
            height: end - top - 2 * self.rule,
            size_max: self.pen.dots(6_000),
            size_min: self.pen.dots(place::SMALL),
            weight: Weight::Bold,
        };
        let text = self.pen.fit_or_shorten("sort_code", code, room);
        let at = (top + end - text.height()) / 2;
        self.pen.block(&text, self.left + self.pad, at, Weight::Bold);
    }

    /// Bag place on the left half, destination on the right, each with its caption.
    pub(super) fn bag(&mut self, data: &WaybillData, span: Span) {
        let Span { top, end, .. } = span;
        let middle = (self.left + self.right) / 2;
        let divider = Rect { x: middle, y: top, width: self.rule, height: end - top };
        self.pen.fill(divider, Ink::Black);
        let halves = [
            ("bag_place", words::BAG, &data.bag_place, self.left, middle),
            ("destination", words::DESTINATION, &data.destination, middle + self.rule, self.right),
        ];
        for (field, caption, text, left, right) in halves {
            let style = Style::regular(self.pen.dots(place::SMALL));
            let x = left + self.pad;
            self.pen.line(caption, x, (top + end - style.size) / 2, Align::Left, style);
            let x = x + self.pen.width(caption, style) + self.pad;
            let sizes = style.size..=self.pen.dots(4_750);
            let room = Room {
                width: right - self.pad - x,
                height: end - top - self.rule,
                size_max: style.size,
                size_min: style.size,
                weight: Weight::Bold,
            };
            if let Ok(size) = self.pen.fit_line(field, text, room.width, sizes, Weight::Bold) {
                self.pen.line(text, x, (top + end - size) / 2, Align::Left, Style::bold(size));
                continue;
            }
            // Long prefectures: the carrier's own words on two lines.
            let text = self.pen.fit_or_shorten(field, text, room);
            self.pen.block(&text, x, (top + end - text.height()) / 2, Weight::Bold);
        }
    }
}
