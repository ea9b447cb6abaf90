//! What the carrier was asked for besides carrying, as chips under the receiver: money first and
//! dark, because it is collected at the door.

use super::{Form, Span, place};
use crate::{
    forms::{
        Undrawable, What,
        pen::{Align, Style},
    },
    page::{Ink, Rect},
    text::clean,
};

/// Who pays the carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pay {
    /// The receiver, at the door (到付).
    Receiver,
    /// The sender, by the month (月结).
    Monthly,
}

/// One of several parcels of a shipment (子件). It comes with the number; whoever checks a label
/// before that must put one here that is as long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// Which, from 1.
    pub nth: u32,
    /// Of how many.
    pub of: u32,
    /// The shipment's own number (母件).
    pub mother_no: String,
}

/// Marks on a waybill; none by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Who pays; `None` if it does not stand on the label.
    pub pay: Option<Pay>,
    /// To be collected for the goods (代收货款), fen.
    pub cod_fen: Option<u64>,
    /// Insured value (保价), fen.
    pub insured_fen: Option<u64>,
    /// Whether the carrier hides the people too (隐私面单).
    pub privacy: bool,
    /// Whether goods go back to the shop (退货).
    pub is_return: bool,
    /// Whether a signed slip comes back (签回单); on the slip's own label, too.
    pub slip: bool,
    /// The carrier's product ("特惠", "标快"); may be empty.
    pub product: String,
    /// Set on every parcel of a shipment of several.
    pub child: Option<Child>,
}

/// A mark, and whether it is dark.
type Chip = (String, bool);

/// Rows of chips; more would leave the receiver no room.
const ROWS_MAX: usize = 2;
/// Largest type, the chip's height, and from one row to the next, µm.
const TYPE: i32 = 3_000;
const HEIGHT: i32 = 4_250;
const PITCH: i32 = 5_000;

impl Marks {
    /// As it will be printed.
    pub(super) fn cleaned(&self) -> Self {
        Self { product: clean(&self.product), ..self.clone() }
    }

    fn chips(&self) -> Vec<Chip> {
        let mut chips: Vec<Chip> = Vec::new();
        let mut put = |text: String, dark| chips.push((text, dark));
        if self.is_return {
            put("退货".to_owned(), true);
        }
        if let Some(fen) = self.cod_fen {
            put(format!("代收货款 {}", yuan(fen)), true);
        }
        if self.slip {
            put("签回单".to_owned(), true);
        }
        match self.pay {
            Some(Pay::Receiver) => put("到付".to_owned(), true),
            Some(Pay::Monthly) => put("月结".to_owned(), false),
            None => {}
        }
        if let Some(fen) = self.insured_fen {
            put(format!("保价 {}", yuan(fen)), false);
        }
        if self.privacy {
            put("隐私面单".to_owned(), false);
        }
        if !self.product.is_empty() {
            put(self.product.clone(), false);
        }
        if let Some(Child { nth, of, mother_no }) = &self.child {
            put(format!("子件 {nth}/{of}"), true);
            put(format!("母件 {mother_no}"), false);
        }
        chips
    }
}

/// "¥128.00".
fn yuan(fen: u64) -> String {
    format!("¥{}.{:02}", fen / 100, fen % 100)
}

impl Form {
    /// Draws the chips at the lower end of the receiver's zone; returns what is left of it.
    pub(super) fn marks(&mut self, marks: &Marks, span: Span) -> Result<Span, Undrawable> {
        let chips = marks.chips();
        let sizes = self.pen.dots(place::SMALL)..=self.pen.dots(TYPE);
        let mut fitting = sizes.rev().map(|size| (size, self.rows(&chips, size)));
        let fitting = fitting.find_map(|(size, rows)| Some((size, rows?)));
        let too_long = Undrawable { field: "marks", what: What::TooLong };
        let (size, rows) = fitting.ok_or(too_long)?;
        let (height, pitch) = (self.pen.dots(HEIGHT), self.pen.dots(PITCH));
        let mut end = span.end;
        for row in rows.iter().rev() {
            let y = end - self.pen.dots(1_000) - height;
            let mut x = self.left + self.pad;
            for (text, dark) in *row {
                let width = self.chip_width(text, size);
                let edge = Rect { x, y, width, height };
                let style = Style::bold(size);
                let style = if *dark {
                    self.pen.fill(edge, Ink::Black);
                    style.white()
                } else {
                    self.pen.frame(edge, (self.rule / 2).max(1));
                    style
                };
                let at = y + (height - size) / 2;
                self.pen.line(text, x + width / 2, at, Align::Centre, style);
                x += width + self.pad;
            }
            end -= pitch;
        }
        Ok(Span { end, ..span })
    }

    fn chip_width(&self, text: &str, size: i32) -> i32 {
        self.pen.width(text, Style::bold(size)) + 2 * self.pad
    }

    /// Chips in rows that fit the width; `None` if they are too many.
    fn rows<'a>(&self, chips: &'a [Chip], size: i32) -> Option<Vec<&'a [Chip]>> {
        let room = self.right - self.left - 2 * self.pad;
        let mut rows = Vec::new();
        let mut rest = chips;
        while !rest.is_empty() {
            let mut used = -self.pad;
            let fitting = rest.iter().take_while(|(text, _)| {
                used += self.pad + self.chip_width(text, size);
                used <= room
            });
            let (row, tail) = rest.split_at(fitting.count());
            if row.is_empty() || rows.len() == ROWS_MAX {
                return None;
            }
            rows.push(row);
            rest = tail;
        }
        Some(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::yuan;

    #[test]
    fn money_is_yuan_with_two_digits() {
        assert_eq!(yuan(12_805), "¥128.05");
        assert_eq!(yuan(7), "¥0.07");
    }
}
