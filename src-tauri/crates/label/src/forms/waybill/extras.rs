//! A shop's own things on a waybill: words, a logo, a small code, each in a frame of its own. They
//! stand in the free area, which is the contents' zone without the cell of the carrier's QR code;
//! the zone's usual words (goods, remark, order number) are not drawn then. Nothing of an extra
//! ever leaves its frame: what does not fit at the smallest size is refused.

use super::{Form, Span, code, layout, layout::Zone, place};
use crate::{
    fit::{self, Fitted, Room},
    font::Fonts,
    forms::{
        Undrawable, What,
        pen::{Align, Style},
    },
    page::{Ink, Item, Page, Picture, Rect, Weight},
    raster::{self, Bitmap},
    text::clean,
    units::{Head, Paper},
};

/// The smallest type an extra may ask for, µm: the smallest that is legible at 8 dots/mm.
pub const SIZE_MIN_UM: i32 = place::SMALL;
/// Between the free area and the rules around it, µm.
const INSET: i32 = 500;
/// Dots that the free area of one head is smaller than that of another by rounding.
const HANG_MAX: i32 = 2;
/// Between a frame and its text, µm: letters reach a little beyond their own boxes.
const TEXT_INSET: i32 = 250;

/// Something a shop puts on its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// The shop's word for it, for whoever must be told that it does not fit.
    pub name: String,
    /// Where it is.
    pub frame: Frame,
    /// What it is.
    pub content: Content,
}

/// A rectangle on the paper, µm from its upper left corner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frame {
    /// Left edge.
    pub x_um: i32,
    /// Upper edge.
    pub y_um: i32,
    /// From left to right.
    pub width_um: i32,
    /// From top to bottom.
    pub height_um: i32,
}

impl Frame {
    /// The same on the grid of a head's dots. Edges are rounded, not lengths: frames that touch
    /// on paper touch in dots.
    pub fn dots(self, head: Head) -> Rect {
        let (x, y) = (head.dots(self.x_um), head.dots(self.y_um));
        let right = head.dots(self.x_um.saturating_add(self.width_um));
        let bottom = head.dots(self.y_um.saturating_add(self.height_um));
        Rect { x, y, width: right - x, height: bottom - y }
    }
}

/// What an extra shows. Without text it shows nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Words, wrapped and shrunk to fit.
    Text(Text),
    /// A logo in dots of the head, in the middle of its frame, whose dots are [`within`]'s.
    Picture(Bitmap),
    /// A barcode, as large as its frame allows on whole dots, quiet zones inside.
    Code(Code, String),
}

/// Words and how they look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What they say.
    pub text: String,
    /// Type at its best, µm an em.
    pub size_um: i32,
    /// And at its smallest; not under [`SIZE_MIN_UM`].
    pub size_min_um: i32,
    /// Weight.
    pub weight: Weight,
    /// Where lines lie.
    pub side: Side,
    /// Whether too long a text may end in "…"; else it is refused.
    pub may_end: bool,
}

/// Where lines lie in their frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Side {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// Which barcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Code 128: bars across the feed.
    Code128,
    /// QR.
    Qr,
    /// Data Matrix.
    DataMatrix,
    /// PDF417.
    Pdf417,
}

/// An extra that cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Which, from 0.
    pub nth: usize,
    /// Why.
    pub what: What,
}

/// The paper of the form that is drawn on `paper`; `None` if it is too small for any.
pub fn form_of(paper: Paper) -> Option<Paper> {
    layout::of(paper).map(|layout| layout.paper)
}

/// Where extras may stand, in dots of the head. It does not depend on what the waybill says.
///
/// # Errors
/// The paper is too small for any form.
pub fn free(head: Head, paper: Paper) -> Result<Rect, Undrawable> {
    let too_small = Undrawable { field: "paper", what: What::Paper };
    let layout = layout::of(paper).ok_or(too_small.clone())?;
    let mut form = Form::new(head, paper);
    let spans = form.spans(layout);
    let contents = spans.iter().find(|(zone, _)| *zone == Zone::Contents).ok_or(too_small)?;
    Ok(form.free(contents.1))
}

/// All extras that do not fit, for whoever is placing them.
///
/// # Errors
/// The paper is too small for any form.
pub fn misfits(extras: &[Extra], head: Head, paper: Paper) -> Result<Vec<Misfit>, Undrawable> {
    let free = free(head, paper)?;
    let mut form = Form::new(head, paper);
    let all = (0..extras.len()).filter_map(|nth| {
        let what = form.extra(extras, nth, free).err()?;
        Some(Misfit { nth, what })
    });
    Ok(all.collect())
}

impl Form {
    /// The contents' zone without the QR code's cell, which stays free whatever the code says.
    fn free(&self, Span { top, end, .. }: Span) -> Rect {
        let inset = self.pen.dots(INSET);
        let (x, y) = (self.left + inset, top + inset);
        let right = self.qr_left(top, end) - self.rule - inset;
        Rect { x, y, width: right - x, height: end - inset - y }
    }

    /// Draws a shop's extras in the place of the contents.
    pub(super) fn extras(&mut self, extras: &[Extra], span: Span) -> Result<(), Undrawable> {
        let free = self.free(span);
        for (nth, extra) in extras.iter().enumerate() {
            self.extra(extras, nth, free).map_err(|what| {
                let what = What::Extra { name: extra.name.clone(), what: Box::new(what) };
                Undrawable { field: "extra", what }
            })?;
        }
        Ok(())
    }

    fn extra(&mut self, extras: &[Extra], nth: usize, free: Rect) -> Result<(), What> {
        let head = self.pen.page.head;
        let extra = &extras[nth];
        let frame = within(extra.frame.dots(head), free).ok_or(What::Outside)?;
        let met = extras[..nth].iter().find(|other| meet(other.frame.dots(head), frame));
        if let Some(other) = met {
            return Err(What::Overlaps(other.name.clone()));
        }
        match &extra.content {
            Content::Text(text) => self.words(text, frame)?,
            Content::Picture(bitmap) => self.logo(bitmap, frame)?,
            Content::Code(kind, text) => {
                let items = code::drawn(*kind, text, frame, head)?;
                self.pen.page.items.extend(items);
            }
        }
        Ok(())
    }

    fn logo(&mut self, bitmap: &Bitmap, frame: Rect) -> Result<(), What> {
        let [width, height] = [bitmap.width, bitmap.height].map(|dots| dots as i32);
        if width > frame.width || height > frame.height {
            return Err(What::TooLong);
        }
        let x = frame.x + (frame.width - width) / 2;
        let y = frame.y + (frame.height - height) / 2;
        self.pen.page.items.push(Item::Picture(Picture { x, y, bitmap: bitmap.clone() }));
        Ok(())
    }

    fn words(&mut self, text: &Text, frame: Rect) -> Result<(), What> {
        let said = clean(&text.text);
        let fonts = Fonts::shipped();
        if let Some(c) = said.chars().find(|&c| !fonts.has(c)) {
            if !text.may_end {
                return Err(What::GlyphMissing(c));
            }
            self.pen.page.shortened.push("extra");
        }
        let inset = self.pen.dots(TEXT_INSET);
        let min = self.pen.dots(text.size_min_um.max(SIZE_MIN_UM));
        let max = self.pen.dots(text.size_um).max(min);
        let room = |size| Room {
            width: frame.width - 2 * inset,
            height: frame.height - 2 * inset,
            size_max: size,
            size_min: size,
            weight: text.weight,
        };
        for size in (min..=max).rev() {
            let fitted = fit::fit(&said, room(size), fonts);
            if fitted.is_some_and(|fitted| self.set(&fitted, text, frame)) {
                return Ok(());
            }
        }
        if text.may_end {
            // Less room below, for letters that reach down, until nothing hangs over.
            for less in 0..min {
                let height = room(min).height - less;
                let fitted = fit::fit_or_shorten(&said, Room { height, ..room(min) }, fonts);
                if !fitted.lines.is_empty() && self.set(&fitted, text, frame) {
                    self.pen.page.shortened.push("extra");
                    return Ok(());
                }
            }
        }
        Err(What::TooLong)
    }

    /// Sets the lines unless some of their ink would lie outside of the frame; says whether.
    fn set(&mut self, fitted: &Fitted, text: &Text, frame: Rect) -> bool {
        let inset = self.pen.dots(TEXT_INSET);
        let (x, align) = match text.side {
            Side::Left => (frame.x + inset, Align::Left),
            Side::Centre => (frame.x + frame.width / 2, Align::Centre),
            Side::Right => (frame.x + frame.width - inset, Align::Right),
        };
        let style = Style { size: fitted.size, weight: text.weight, ink: Ink::Black };
        let start = self.pen.page.items.len();
        for (line, at) in fitted.lines.iter().zip(0..) {
            let top = frame.y + inset + at * fitted.leading;
            self.pen.line(line, x, top, align, style);
        }
        let lines = self.pen.page.items.split_off(start);
        let alone = Page { items: lines, shortened: Vec::new(), ..self.pen.page };
        let mut dots = raster::paint(&alone, Fonts::shipped());
        dots.fill(frame, Ink::White);
        let stays = dots.bits.iter().all(|&byte| byte == 0);
        if stays {
            self.pen.page.items.extend(alone.items);
        }
        stays
    }
}

/// Where a frame is drawn: itself if it lies in `free`; `None` if it does not. Frames are placed on
/// the dots of one head and rounded on another, where rules are as thick as whole dots: an edge
/// that hangs over by `HANG_MAX` dots is moved in.
pub fn within(frame: Rect, free: Rect) -> Option<Rect> {
    let ends = |at: i32, length: i32| (at, at + length);
    let side = |(start, end): (i32, i32), (first, last): (i32, i32)| {
        let (from, to) = (start.max(first), end.min(last));
        let inside = from - start <= HANG_MAX && end - to <= HANG_MAX && from < to;
        inside.then_some((from, to - from))
    };
    let (x, width) = side(ends(frame.x, frame.width), ends(free.x, free.width))?;
    let (y, height) = side(ends(frame.y, frame.height), ends(free.y, free.height))?;
    Some(Rect { x, y, width, height })
}

fn meet(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
