//! The zones with barcodes: the waybill number, and the contents beside the QR code.

use super::{Form, Span, WaybillData, place, words};
use crate::{
    barcode::{code128, qr},
    fit::Room,
    forms::{
        Undrawable, What,
        pen::{Align, Style},
    },
    page::{Bars, Ink, Item, Rect, Square, Weight},
};

/// Above and below the bars, with the number in type, µm.
const NUMBER_ROOM: i32 = 7_000;
/// Where this many modules have room, they may be wider than usual: 4 dots of 8 a millimetre on
/// paper of 100 mm.
const WIDE_MODULES: i32 = 185;
/// Lines the order number may take; shops' numbers have up to 100 characters.
const ORDER_LINES_MAX: i32 = 4;

impl Form {
    /// Code 128 across the whole width, the number beneath for people.
    pub(super) fn number(&mut self, data: &WaybillData, span: Span) -> Result<(), Undrawable> {
        let Span { top, end, .. } = span;
        let middle = (self.left + self.right) / 2;
        let Some(no) = &data.no else {
            let style = Style::bold(self.pen.dots(8_000));
            let y = (top + end - style.size) / 2;
            self.pen.line(words::NO_NUMBER, middle, y, Align::Centre, style);
            return Ok(());
        };
        let fault = |what| Undrawable { field: "no", what };
        // Code 128 could say blanks and control characters; nobody could read them beneath it.
        if !no.chars().all(|c| c.is_ascii_graphic()) {
            return Err(fault(What::NotEncodable));
        }
        let runs = code128::encode(no).ok_or(fault(What::NotEncodable))?;
        let modules = code128::modules(&runs);
        let room = self.right - self.left;
        let head = self.pen.page.head;
        // Whole dots only: a module of a fraction of a dot costs up to three grades.
        let module = (head.module_min()..=head.module().max(room / WIDE_MODULES))
            .rev()
            .find(|module| (modules + 2 * code128::QUIET) * module <= room)
            .ok_or(fault(What::TooLong))?;
        let bars_top = top + self.pen.dots(1_500);
        let height = self.pen.dots(span.height_um - NUMBER_ROOM);
        let x = middle - modules * module / 2;
        self.pen.page.items.push(Item::Bars(Bars { x, y: bars_top, height, module, runs }));
        let text = grouped(no);
        let sizes = self.pen.dots(place::SMALL)..=self.pen.dots(4_250);
        let size = self.pen.fit_line("no", &text, room - 2 * self.pad, sizes, Weight::Bold)?;
        self.pen.capitals(&text, middle, (bars_top + height + end) / 2, Style::bold(size));
        Ok(())
    }

    /// Goods, remark and order number, or a shop's own things; the QR code on the right if there is
    /// one.
    pub(super) fn contents(&mut self, data: &WaybillData, span: Span) -> Result<(), Undrawable> {
        let Span { top, end, .. } = span;
        let mut right = self.right;
        if !data.qr.is_empty() {
            match self.qr(&data.qr, top, end) {
                Some(left) => right = left,
                None => self.pen.page.shortened.push("qr"),
            }
        }
        if let Some(extras) = &data.extras {
            return self.extras(extras, span);
        }
        let (pad, caption) = (self.pad, Style::bold(self.pen.dots(2_750)));
        let x = self.left + pad;
        let text_x = x + self.pen.width(words::ORDER, caption) + pad;
        let room = |height, size_max, size_min, weight| Room {
            width: right - pad - text_x,
            height,
            size_max,
            size_min,
            weight,
        };
        let (small, large) = (self.pen.dots(place::SMALL), self.pen.dots(3_250));
        let mut lower = end - pad;
        if !data.order_no.is_empty() {
            let height = ORDER_LINES_MAX * (small + small / 5);
            let room = room(height, caption.size, small, Weight::Regular);
            let order = self.pen.fit("order_no", &data.order_no, room)?;
            lower -= order.height();
            let word_top = lower + (order.size - caption.size) * 88 / 100;
            self.pen.line(words::ORDER, x, word_top, Align::Left, caption);
            self.pen.block(&order, text_x, lower, Weight::Regular);
            lower -= pad;
        }
        let mut upper = top + pad;
        let sections = [
            ("goods", words::GOODS, &data.goods, Weight::Regular, data.note.is_empty()),
            ("note", words::NOTE, &data.note, Weight::Bold, true),
        ];
        for (field, word, text, weight, last) in sections {
            if text.is_empty() {
                continue;
            }
            // Goods leave the remark two lines.
            let kept = if last { 0 } else { 2 * (small + small / 5) + pad };
            let fitted = self.pen.fit_or_shorten(
                field,
                text,
                room(lower - upper - kept, large, small, weight),
            );
            // Caption and first line stand on one baseline.
            let word_top = upper + (fitted.size - caption.size) * 88 / 100;
            self.pen.line(word, x, word_top, Align::Left, caption);
            upper = self.pen.block(&fitted, text_x, upper, weight) + pad;
        }
        Ok(())
    }

    /// The left edge of the QR code's square cell.
    pub(super) fn qr_left(&self, top: i32, end: i32) -> i32 {
        self.right - (end - top)
    }

    /// The QR code as large as its square cell allows; returns the cell's left edge, or nothing
    /// when the text is too long for modules that can be read.
    fn qr(&mut self, text: &str, top: i32, end: i32) -> Option<i32> {
        let matrix = qr::encode(text)?;
        let cell = end - top;
        let size = i32::try_from(matrix.size).ok()?;
        let module = cell / (size + 2 * qr::QUIET);
        if module < self.pen.page.head.module_min() {
            return None;
        }
        let left = self.qr_left(top, end);
        let divider = Rect { x: left - self.rule, y: top, width: self.rule, height: cell };
        self.pen.fill(divider, Ink::Black);
        let inset = (cell - size * module) / 2;
        let square = Square { x: left + inset, y: top + inset, module, matrix };
        self.pen.page.items.push(Item::Qr(square));
        Some(left - self.rule)
    }
}

/// Letters with the first four digits, then groups of four; no group of one: "YT8812 0000 33910".
fn grouped(no: &str) -> String {
    let letters = no.chars().take_while(|c| !c.is_ascii_digit()).count();
    let count = no.chars().count();
    let mut out = String::new();
    for (at, c) in no.chars().enumerate() {
        let digit = at.saturating_sub(letters);
        if digit > 0 && digit % 4 == 0 && count - at > 1 {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_read_in_fours() {
        assert_eq!(grouped("YT8812000033910"), "YT8812 0000 33910");
        assert_eq!(grouped("YT88120000339102"), "YT8812 0000 3391 02");
        assert_eq!(grouped("75312345678901"), "7531 2345 6789 01");
        assert_eq!(grouped("JD-A"), "JD-A");
        assert_eq!(grouped(""), "");
    }
}
