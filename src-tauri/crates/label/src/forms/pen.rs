//! Draws on a page while measuring text: what the forms share.

use super::{Undrawable, What};
use crate::{
    fit::{self, Fitted, Room},
    font::Fonts,
    page::{Ink, Item, Line, Page, Rect, Weight},
    units::{Head, Paper},
};

/// Where text lies in its width.
#[derive(Clone, Copy)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// How a line of text looks.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Dots per em.
    pub size: i32,
    pub weight: Weight,
    pub ink: Ink,
}

impl Style {
    pub(super) fn regular(size: i32) -> Self {
        Self { size, weight: Weight::Regular, ink: Ink::Black }
    }

    pub(super) fn bold(size: i32) -> Self {
        Self { size, weight: Weight::Bold, ink: Ink::Black }
    }

    pub(super) fn white(self) -> Self {
        Self { ink: Ink::White, ..self }
    }
}

/// A page being drawn.
pub(super) struct Pen {
    pub page: Page,
    fonts: &'static Fonts,
}

impl Pen {
    pub(super) fn new(head: Head, paper: Paper) -> Self {
        let page = Page {
            head,
            width: head.dots(paper.width_um),
            height: head.dots(paper.height_um),
            items: Vec::with_capacity(64),
            shortened: Vec::new(),
        };
        Self { page, fonts: Fonts::shipped() }
    }

    /// A length in dots.
    pub(super) fn dots(&self, um: i32) -> i32 {
        self.page.head.dots(um)
    }

    pub(super) fn fill(&mut self, rect: Rect, ink: Ink) {
        self.page.items.push(Item::Fill(rect, ink));
    }

    /// A frame inside the edges of `rect`.
    pub(super) fn frame(&mut self, rect: Rect, thick: i32) {
        let Rect { x, y, width, height } = rect;
        let (right, bottom) = (x + width - thick, y + height - thick);
        for side in [
            Rect { x, y, width, height: thick },
            Rect { x, y: bottom, width, height: thick },
            Rect { x, y, width: thick, height },
            Rect { x: right, y, width: thick, height },
        ] {
            self.fill(side, Ink::Black);
        }
    }

    pub(super) fn width(&self, text: &str, style: Style) -> i32 {
        self.fonts.width(text, style.size, style.weight)
    }

    /// One line whose em square starts at `top`; `x` is its left end, middle or right end.
    pub(super) fn line(&mut self, text: &str, x: i32, top: i32, align: Align, style: Style) {
        // Noto's Han characters reach from 0.88 em above the baseline to 0.12 em below.
        self.at_baseline(text, x, top + (style.size * 88 + 50) / 100, align, style);
    }

    /// One line of digits and capitals whose middle is at `middle`.
    pub(super) fn capitals(&mut self, text: &str, x: i32, middle: i32, style: Style) {
        // Capitals and digits of Noto Sans are 0.733 em high.
        let baseline = middle + (style.size * 733 + 1_000) / 2_000;
        self.at_baseline(text, x, baseline, Align::Centre, style);
    }

    fn at_baseline(&mut self, text: &str, x: i32, baseline: i32, align: Align, style: Style) {
        let x = match align {
            Align::Left => x,
            Align::Centre => x - self.width(text, style) / 2,
            Align::Right => x - self.width(text, style),
        };
        let Style { size, weight, ink } = style;
        let text = text.to_owned();
        self.page.items.push(Item::Text(Line { x, baseline, size, weight, ink, text }));
    }

    /// Fitted lines from `top` down; returns where they end.
    pub(super) fn block(&mut self, text: &Fitted, x: i32, top: i32, weight: Weight) -> i32 {
        let style = Style { size: text.size, weight, ink: Ink::Black };
        for (line, at) in text.lines.iter().zip(0..) {
            self.line(line, x, top + at * text.leading, Align::Left, style);
        }
        top + text.height()
    }

    /// `text` in `room`, or why not.
    pub(super) fn fit(
        &self,
        field: &'static str,
        text: &str,
        room: Room,
    ) -> Result<Fitted, Undrawable> {
        fit::fit(text, room, self.fonts).ok_or(Undrawable { field, what: What::TooLong })
    }

    /// As much of `text` as `room` holds, for what stands whole elsewhere on the page.
    pub(super) fn one_line(&self, text: &str, room: Room) -> Fitted {
        fit::fit_or_shorten(text, room, self.fonts)
    }

    /// `text` in `room`, ending in "…" and noted on the page if it is too long.
    pub(super) fn fit_or_shorten(&mut self, field: &'static str, text: &str, room: Room) -> Fitted {
        let fitted = fit::fit_or_shorten(text, room, self.fonts);
        if fitted.shortened {
            self.page.shortened.push(field);
        }
        fitted
    }

    /// The largest size at which `text` is one line of at most `width`.
    pub(super) fn fit_line(
        &self,
        field: &'static str,
        text: &str,
        width: i32,
        sizes: std::ops::RangeInclusive<i32>,
        weight: Weight,
    ) -> Result<i32, Undrawable> {
        sizes
            .rev()
            .find(|&size| self.fonts.width(text, size, weight) <= width)
            .ok_or(Undrawable { field, what: What::TooLong })
    }
}
