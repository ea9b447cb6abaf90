//! The waybill, zones after GB/T 41833-2022: carrier, sort code, bag and destination, number,
//! receiver, sender, contents with QR code, signature. The printer's paper says which form it is:
//! 76 × 130 or 100 × 113 mm in one part, 100 × 150 or 100 × 180 in two, of which the second repeats
//! number and people for whoever keeps it. Larger paper uses the largest form that it holds.
//!
//! Personal data is masked here, so that no caller can forget it.

use super::{
    Undrawable, What,
    pen::{Align, Pen, Style},
};
use crate::{
    font::Fonts,
    mask,
    page::{Ink, Page, Rect},
    text::clean,
    units::{Head, Paper},
};

mod code;
mod codes;
pub mod extras;
mod layout;
mod marks;
mod people;
mod route;

pub use marks::{Child, Marks, Pay};

use extras::Extra;
use layout::{Layout, Span, Zone};

/// What a waybill says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaybillData {
    /// "圆通速递".
    pub carrier_name: String,
    /// Three-part code (三段码, 大头笔); may be empty.
    pub sort_code: String,
    /// Where it is bagged for (集包地); may be empty.
    pub bag_place: String,
    /// Destination place; may be empty.
    pub destination: String,
    /// The carrier's number; `None` draws "尚未取号" in its place.
    pub no: Option<String>,
    /// What the QR code says; empty for none.
    pub qr: String,
    /// The shop's order number; may be empty.
    pub order_no: String,
    /// Who sends.
    pub sender: Party,
    /// Who gets it.
    pub receiver: Party,
    /// "保温杯 480ml ×2 · 杯刷 ×1".
    pub goods: String,
    /// Remark; may be empty.
    pub note: String,
    /// Local time, "2026-11-21 10:04".
    pub made_at: String,
    /// 1 for the first print; from 2 on it is printed.
    pub copy: u32,
    /// Whether it is not a real waybill.
    pub practice: bool,
    /// What the carrier was asked for besides carrying.
    pub marks: Marks,
    /// What the shop puts in the place of goods, remark and order number, if it has a form of its
    /// own.
    pub extras: Option<Vec<Extra>>,
}

/// Somebody with an address, not masked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Phone, with an extension if the number is virtual.
    pub phone: String,
    /// Province to room.
    pub address: String,
}

/// The printed words. Labels are read by couriers in China whatever language the window speaks.
mod words {
    pub(super) const KIND: &str = "电子面单";
    pub(super) const BAG: &str = "集包地";
    pub(super) const DESTINATION: &str = "目的地";
    pub(super) const NO_NUMBER: &str = "尚未取号";
    pub(super) const RECEIVER: &str = "收";
    pub(super) const SENDER: &str = "寄";
    pub(super) const GOODS: &str = "内件";
    pub(super) const NOTE: &str = "备注";
    pub(super) const ORDER: &str = "订单号";
    pub(super) const SIGNED_BY: &str = "签收人";
    pub(super) const SIGNED_AT: &str = "签收时间";
    pub(super) const CONSENT: &str = "请当面验收。签字即表示包装完好、内件与面单相符。";
    pub(super) const PRACTICE: &str = "练习面单 · 勿寄";
    pub(super) const PRACTICE_SHORT: &str = "练习";

    pub(super) fn copy(copy: u32) -> String {
        format!("第 {copy} 次打印")
    }
}

/// "第 2 次打印".
pub(super) fn copy_words(nth: u32) -> String {
    words::copy(nth)
}

/// Lengths, µm.
mod place {
    /// Free on all sides: feeds are not exact to more than a millimetre.
    pub(super) const MARGIN: i32 = 2_000;
    pub(super) const RULE: i32 = 250;
    /// Between a rule and text.
    pub(super) const PAD: i32 = 1_250;
    /// The smallest Han character that is legible at 8 dots/mm.
    pub(super) const SMALL: i32 = 2_500;
}

/// The form being filled: the pen, and the frame's inner edges in dots.
struct Form {
    pen: Pen,
    left: i32,
    right: i32,
    rule: i32,
    pad: i32,
}

/// Draws the waybill, with names, phones and rooms masked.
///
/// # Errors
/// When a field does not fit its place at the smallest legible size, holds a character that no
/// font has, or the number cannot be said by a barcode. Goods, remark and what the carrier says
/// never fail, because the latter comes only when the number is taken: they end in "…", show 〓 for
/// unknown characters, a QR code that cannot be drawn is left out, and [`Page::shortened`] says so.
pub fn draw(data: &WaybillData, head: Head, paper: Paper) -> Result<Page, Undrawable> {
    let layout = layout::of(paper).ok_or(Undrawable { field: "paper", what: What::Paper })?;
    let data = &cleaned(data);
    check_glyphs(data)?;
    let mut form = Form::new(head, paper);
    form.pen.page.shortened = unknown_words(data);
    for (zone, span) in form.spans(layout) {
        form.zone(data, zone, span)?;
    }
    Ok(form.pen.page)
}

/// The carrier's words that some font lacks a character for, which 〓 stands for.
fn unknown_words(data: &WaybillData) -> Vec<&'static str> {
    let fonts = Fonts::shipped();
    let words = [
        ("sort_code", &data.sort_code),
        ("bag_place", &data.bag_place),
        ("destination", &data.destination),
    ];
    let lacks = |text: &str| text.chars().any(|c| !fonts.can_draw(c));
    words.into_iter().filter(|(_, text)| lacks(text)).map(|(field, _)| field).collect()
}

/// As it will be printed: clean, and masked.
fn cleaned(data: &WaybillData) -> WaybillData {
    let party = |party: &Party| Party {
        name: clean(&party.name),
        phone: mask::phone(&clean(&party.phone)),
        address: clean(&party.address),
    };
    let receiver = party(&data.receiver);
    WaybillData {
        carrier_name: clean(&data.carrier_name),
        sort_code: clean(&data.sort_code),
        bag_place: clean(&data.bag_place),
        destination: clean(&data.destination),
        no: data.no.clone(),
        qr: data.qr.clone(),
        order_no: clean(&data.order_no),
        sender: party(&data.sender),
        receiver: Party {
            name: mask::name(&receiver.name),
            address: mask::detail(&receiver.address),
            ..receiver
        },
        goods: clean(&data.goods),
        note: clean(&data.note),
        made_at: clean(&data.made_at),
        marks: data.marks.cleaned(),
        extras: data.extras.clone(),
        ..*data
    }
}

fn check_glyphs(data: &WaybillData) -> Result<(), Undrawable> {
    let fields = [
        ("carrier_name", &data.carrier_name),
        ("order_no", &data.order_no),
        ("sender.name", &data.sender.name),
        ("sender.phone", &data.sender.phone),
        ("sender.address", &data.sender.address),
        ("receiver.name", &data.receiver.name),
        ("receiver.phone", &data.receiver.phone),
        ("receiver.address", &data.receiver.address),
        ("made_at", &data.made_at),
        ("marks", &data.marks.product),
    ];
    let fonts = Fonts::shipped();
    for (field, text) in fields {
        if let Some(c) = text.chars().find(|&c| !fonts.can_draw(c)) {
            return Err(Undrawable { field, what: What::GlyphMissing(c) });
        }
    }
    Ok(())
}

impl Form {
    fn new(head: Head, paper: Paper) -> Self {
        let pen = Pen::new(head, paper);
        let (margin, rule) = (pen.dots(place::MARGIN), pen.dots(place::RULE).max(2));
        let pad = pen.dots(place::PAD);
        let (left, right) = (margin + rule, pen.page.width - margin - rule);
        Self { pen, left, right, rule, pad }
    }

    /// Draws the frame of every part and the rules between its zones, and says where the zones
    /// are. Paper that is longer than its form makes the last zone higher.
    fn spans(&mut self, layout: &Layout) -> Vec<(Zone, Span)> {
        let mut spans = Vec::new();
        let x = self.left - self.rule;
        let width = self.right + self.rule - x;
        for (nth, part) in (1..).zip(layout.parts) {
            let mut top_um = part.top;
            let y = self.pen.dots(top_um);
            let bottom = if nth == layout.parts.len() {
                self.pen.page.height - self.pen.dots(place::MARGIN)
            } else {
                self.pen.dots(part.end())
            };
            self.pen.frame(Rect { x, y, width, height: bottom - y }, self.rule);
            for &(zone, end_um) in part.zones {
                let is_last = end_um == part.end();
                let end = if is_last { bottom - self.rule } else { self.pen.dots(end_um) };
                let top = self.pen.dots(top_um) + self.rule;
                spans.push((zone, Span { top, end, height_um: end_um - top_um }));
                if !is_last {
                    let (y, width) = (self.pen.dots(end_um), self.right - self.left);
                    let rule = Rect { x: self.left, y, width, height: self.rule };
                    self.pen.fill(rule, Ink::Black);
                }
                top_um = end_um;
            }
        }
        spans
    }

    fn zone(&mut self, data: &WaybillData, zone: Zone, span: Span) -> Result<(), Undrawable> {
        match zone {
            Zone::Header => self.header(data, span)?,
            Zone::SortCode => self.sort_code(data, span),
            Zone::Bag => self.bag(data, span),
            Zone::Number => self.number(data, span)?,
            Zone::Receiver => {
                let span = self.marks(&data.marks, span)?;
                self.receiver(&data.receiver, span)?;
            }
            Zone::Sender => self.sender(&data.sender, span)?,
            Zone::Contents => self.contents(data, span)?,
            Zone::Signature if data.practice => self.practice(span),
            Zone::Signature => self.signature(span),
            Zone::ReceiverShort => self.short(&data.receiver, words::RECEIVER, true, span),
            Zone::SenderShort if data.practice => self.practice(span),
            Zone::SenderShort => self.short(&data.sender, words::SENDER, false, span),
        }
        Ok(())
    }

    /// The warning, in the place of what a practice waybill has no use for.
    fn practice(&mut self, span: Span) {
        let Span { top, end, .. } = span;
        let (x, width, middle) = (self.left, self.right - self.left, (self.left + self.right) / 2);
        self.pen.fill(Rect { x, y: top, width, height: end - top }, Ink::Black);
        let size = self.pen.dots(7_500).min((end - top) * 3 / 4);
        let style = Style::bold(size).white();
        let at = (top + end - size) / 2;
        self.pen.line(words::PRACTICE, middle, at, Align::Centre, style);
    }

    /// Room to sign.
    fn signature(&mut self, span: Span) {
        let Span { top, end, .. } = span;
        let middle = (self.left + self.right) / 2;
        let small = Style::regular(self.pen.dots(place::SMALL));
        let consent = end - self.pad - small.size;
        self.pen.line(words::CONSENT, middle, consent, Align::Centre, small);
        let style = Style::regular(self.pen.dots(3_000));
        let line_top = (top + consent - style.size) / 2;
        let ends = [(words::SIGNED_BY, self.left, middle), (words::SIGNED_AT, middle, self.right)];
        for (caption, left, right) in ends {
            self.pen.line(caption, left + self.pad, line_top, Align::Left, style);
            let x = left + self.pad + self.pen.width(caption, style) + self.pad / 2;
            let rule = Rect {
                x,
                y: line_top + style.size,
                width: right - self.pad - x,
                height: (self.rule / 2).max(1),
            };
            self.pen.fill(rule, Ink::Black);
        }
    }
}
