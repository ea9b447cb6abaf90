//! The test page: shows whether the paper lies straight, whether the pitch is what the settings
//! say, and whether the darkness lets a barcode live.

use super::pen::{Align, Pen, Style};
use crate::{
    barcode::code128,
    page::{Bars, Ink, Item, Page, Rect},
    text::clean,
    units::{Head, Paper},
};

const TITLE: &str = "测试页";
const HINT: &str = "四边的框应完整，刻度应与尺一致";
const BARS: &str = "每组线条应根根分明";
const TYPE: &str = "字迹清楚 赢鑫龘 0123456789";
/// Its barcode: as long as a waybill number of most carriers, and never one.
pub const CODE: &str = "PB0123456789012";

/// From the paper's edges to the frame, µm.
const INSET: i32 = 1_000;

/// Draws the test page. `printer_name` is shown as far as it fits.
pub fn draw(head: Head, paper: Paper, printer_name: &str) -> Page {
    let mut pen = Pen::new(head, paper);
    let inset = pen.dots(INSET);
    let frame = Rect {
        x: inset,
        y: inset,
        width: pen.page.width - 2 * inset,
        height: pen.page.height - 2 * inset,
    };
    pen.frame(frame, pen.dots(250).max(2));
    rulers(&mut pen, paper);

    let (left, right) = (pen.dots(8_000), pen.page.width - pen.dots(5_000));
    let middle = (left + right) / 2;
    let big = Style::bold(pen.dots(7_000));
    pen.line(TITLE, middle, pen.dots(9_000), Align::Centre, big);
    let small = Style::regular(pen.dots(3_000));
    let mut name = clean(printer_name);
    while pen.width(&name, small) > right - left && name.pop().is_some() {}
    pen.line(&name, middle, pen.dots(18_000), Align::Centre, small);
    let facts = format!(
        "{} × {} mm · {} dot/mm",
        paper.width_um / 1_000,
        paper.height_um / 1_000,
        dots_per_mm(head)
    );
    pen.line(&facts, middle, pen.dots(22_500), Align::Centre, small);
    pen.line(HINT, middle, pen.dots(27_000), Align::Centre, small);
    darkness(&mut pen, left, right);
    barcode(&mut pen, middle);
    // The sizes of type that forms use, the smallest last.
    for (mm_quarters, top) in [(14, 104_500), (12, 110_000), (11, 115_000), (10, 119_500)] {
        let style = Style::regular(pen.dots(mm_quarters * 250));
        let text = format!("{TYPE} {}.{:02} mm", mm_quarters / 4, mm_quarters % 4 * 25);
        pen.line(&text, middle, pen.dots(top), Align::Centre, style);
    }
    pen.page
}

/// "8", "11.8": as in the settings.
fn dots_per_mm(head: Head) -> String {
    let tenths = (head.dots_per_m + 50) / 100;
    let text = format!("{}.{}", tenths / 10, tenths % 10);
    text.trim_end_matches(".0").to_owned()
}

/// Millimetres along the upper and the left edge, from the paper's corner.
fn rulers(pen: &mut Pen, paper: Paper) {
    let thick = pen.dots(125).max(1);
    let digits = Style::regular(pen.dots(2_500));
    let inset = pen.dots(INSET);
    for (across, length_um) in [(true, paper.width_um), (false, paper.height_um)] {
        for mm in 2..length_um / 1_000 - 1 {
            let long = pen.dots(if mm % 10 == 0 {
                3_000
            } else if mm % 5 == 0 {
                2_000
            } else {
                1_000
            });
            let at = pen.dots(mm * 1_000);
            let tick = if across {
                Rect { x: at - thick / 2, y: inset, width: thick, height: long }
            } else {
                Rect { x: inset, y: at - thick / 2, width: long, height: thick }
            };
            pen.fill(tick, Ink::Black);
            if mm % 10 == 0 {
                let (x, y, align) = if across {
                    (at, inset + long + thick, Align::Centre)
                } else {
                    (inset + long + thick * 4, at - digits.size / 2, Align::Left)
                };
                pen.line(&mm.to_string(), x, y, align, digits);
            }
        }
    }
}

/// Lines and gaps of one to four dots, and a solid field: too dark closes the gaps, too light
/// breaks the field.
fn darkness(pen: &mut Pen, left: i32, right: i32) {
    let (top, height, gap) = (pen.dots(34_000), pen.dots(12_000), pen.dots(3_000));
    let caption = Style::regular(pen.dots(3_000));
    let width = (right - left - 4 * gap) / 5;
    for (at, dots) in (0..).zip([1, 2, 3, 4, width]) {
        let x = left + at * (width + gap);
        let mut line = 0;
        while line + dots <= width {
            pen.fill(Rect { x: x + line, y: top, width: dots, height }, Ink::Black);
            line += 2 * dots;
        }
        if dots < width {
            let middle = x + width / 2;
            pen.line(&dots.to_string(), middle, top + height + gap / 2, Align::Centre, caption);
        }
    }
    let below = top + height + gap / 2 + caption.size + gap / 2;
    pen.line(BARS, (left + right) / 2, below, Align::Centre, caption);
    // The same lying down, where the feed's speed shows instead of the heat.
    let (top, height) = (pen.dots(58_000), pen.dots(10_000));
    for (at, dots) in (0..).zip([1, 2, 3, 4]) {
        let x = left + at * (width + gap);
        let mut line = 0;
        while line + dots <= height {
            pen.fill(Rect { x, y: top + line, width, height: dots }, Ink::Black);
            line += 2 * dots;
        }
    }
}

/// The barcode of a waybill's size, with its text.
fn barcode(pen: &mut Pen, middle: i32) {
    let Some(runs) = code128::encode(CODE) else { return };
    let modules = code128::modules(&runs);
    let module = if (modules + 2 * code128::QUIET) * pen.page.head.module() <= pen.page.width {
        pen.page.head.module()
    } else {
        pen.page.head.module_min()
    };
    let (y, height) = (pen.dots(76_000), pen.dots(14_000));
    let x = middle - modules * module / 2;
    pen.page.items.push(Item::Bars(Bars { x, y, height, module, runs }));
    let style = Style::bold(pen.dots(4_000));
    pen.capitals(CODE, middle, y + height + style.size, style);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_told_as_in_the_settings() {
        let told =
            [8_000, 11_811, 12_000, 23_622].map(|dots_per_m| dots_per_mm(Head { dots_per_m }));
        assert_eq!(told, ["8", "11.8", "12", "23.6"]);
    }
}
