//! The one-part waybill (一联单), 76 × 130 mm, zones in the order of GB/T 41833-2022: carrier, sort
//! code, bag and destination, number, receiver, sender, contents with QR code, signature. Wider or
//! longer paper is used as it is.
//!
//! Personal data is masked here, so that no caller can forget it.

use super::{
    Undrawable, What,
    pen::{Align, Pen, Style},
};
use crate::{
    fit::Room,
    font::Fonts,
    mask,
    page::{Ink, Page, Rect, Weight},
    text::clean,
    units::{Head, Paper},
};

mod codes;
mod people;

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

/// Lengths, µm.
mod place {
    /// Free on all sides: feeds are not exact to more than a millimetre.
    pub(super) const MARGIN: i32 = 2_000;
    pub(super) const RULE: i32 = 250;
    /// Between a rule and text.
    pub(super) const PAD: i32 = 1_250;
    /// Lower edges of the zones from the paper's upper edge.
    pub(super) const HEADER_END: i32 = 10_000;
    pub(super) const SORT_END: i32 = 25_000;
    pub(super) const BAG_END: i32 = 32_500;
    pub(super) const CODE_END: i32 = 54_000;
    pub(super) const RECEIVER_END: i32 = 78_500;
    pub(super) const SENDER_END: i32 = 90_000;
    pub(super) const CONTENTS_END: i32 = 115_500;
    /// The least paper, with its margins.
    pub(super) const WIDTH_MIN: i32 = 74_000;
    pub(super) const HEIGHT_MIN: i32 = 128_000;
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
    if paper.width_um < place::WIDTH_MIN || paper.height_um < place::HEIGHT_MIN {
        return Err(Undrawable { field: "paper", what: What::Paper });
    }
    let data = &cleaned(data);
    check_glyphs(data)?;
    let mut form = Form::new(head, paper);
    form.pen.page.shortened = unknown_words(data);
    form.header(data)?;
    form.sort_code(data);
    form.bag(data);
    form.number(data)?;
    form.receiver(&data.receiver)?;
    form.sender(&data.sender)?;
    form.contents(data)?;
    form.signature(data.practice);
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
    let lacks = |text: &str| text.chars().any(|c| !fonts.has(c));
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
    ];
    let fonts = Fonts::shipped();
    for (field, text) in fields {
        if let Some(c) = text.chars().find(|&c| !fonts.has(c)) {
            return Err(Undrawable { field, what: What::GlyphMissing(c) });
        }
    }
    Ok(())
}

impl Form {
    fn new(head: Head, paper: Paper) -> Self {
        let mut pen = Pen::new(head, paper);
        let (margin, rule) = (pen.dots(place::MARGIN), pen.dots(place::RULE).max(2));
        let frame = Rect {
            x: margin,
            y: margin,
            width: pen.page.width - 2 * margin,
            height: pen.page.height - 2 * margin,
        };
        pen.frame(frame, rule);
        let pad = pen.dots(place::PAD);
        let (left, right) = (margin + rule, pen.page.width - margin - rule);
        let mut form = Self { pen, left, right, rule, pad };
        for end in [
            place::HEADER_END,
            place::SORT_END,
            place::BAG_END,
            place::CODE_END,
            place::RECEIVER_END,
            place::SENDER_END,
            place::CONTENTS_END,
        ] {
            form.rule_at(end);
        }
        form
    }

    /// A rule across whose upper edge is `um` from the top.
    fn rule_at(&mut self, um: i32) {
        let (x, y, width) = (self.left, self.pen.dots(um), self.right - self.left);
        self.pen.fill(Rect { x, y, width, height: self.rule }, Ink::Black);
    }

    /// The free rows of the zone between two rules.
    fn zone(&self, start_um: i32, end_um: i32) -> (i32, i32) {
        (self.pen.dots(start_um) + self.rule, self.pen.dots(end_um))
    }

    /// Carrier on the left; time and kind, or the copy's number, on the right.
    fn header(&mut self, data: &WaybillData) -> Result<(), Undrawable> {
        let (top, end) = self.zone(place::MARGIN, place::HEADER_END);
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
    fn sort_code(&mut self, data: &WaybillData) {
        let (top, end) = self.zone(place::HEADER_END, place::SORT_END);
        let width = self.right - self.left - 2 * self.pad;
        let sizes = self.pen.dots(6_000)..=self.pen.dots(14_500);
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
    fn bag(&mut self, data: &WaybillData) {
        let (top, end) = self.zone(place::SORT_END, place::BAG_END);
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

    /// Room to sign; on practice waybills the warning in its place.
    fn signature(&mut self, practice: bool) {
        let top = self.pen.dots(place::CONTENTS_END) + self.rule;
        let end = self.pen.page.height - self.pen.dots(place::MARGIN) - self.rule;
        let middle = (self.left + self.right) / 2;
        if practice {
            let (x, width) = (self.left, self.right - self.left);
            self.pen.fill(Rect { x, y: top, width, height: end - top }, Ink::Black);
            let style = Style::bold(self.pen.dots(7_500)).white();
            self.pen.line(
                words::PRACTICE,
                middle,
                (top + end - style.size) / 2,
                Align::Centre,
                style,
            );
            return;
        }
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
