//! A sheet with a title, facts, a table over as many pages as it takes, a total and room to sign:
//! what the lists of a bench have in common. Any paper from a label to A4. Nothing here stops a
//! sheet but the paper: what is too long ends in "…" and is noted on its page.

use super::{
    Undrawable, What,
    pen::{Align, Pen, Style},
};
use crate::{
    barcode::code128,
    fit::{Fitted, Room},
    font::Fonts,
    page::{Bars, Ink, Item, Page, Rect, Weight},
    text::clean,
    units::{Head, Paper},
};

/// A column of the table.
pub(super) struct Column {
    /// What [`Page::shortened`] calls it.
    pub field: &'static str,
    pub title: &'static str,
    /// Thousandths of the width.
    pub share: i32,
    /// Numbers stand on the right.
    pub align: Align,
    pub weight: Weight,
}

/// What is to be drawn; the texts as people typed them.
pub(super) struct Sheet {
    pub title: &'static str,
    /// Beside the title as a barcode, if it can be one and there is room.
    pub code: String,
    /// Caption and text, one below the other; an empty text is left out.
    pub facts: Vec<(&'static str, String)>,
    pub columns: &'static [Column],
    pub rows: Vec<Vec<String>>,
    /// Under the table.
    pub total: String,
    /// Captions of lines to sign on.
    pub signatures: &'static [&'static str],
}

/// More rows would be more pages than anybody walks with; the limit bounds the work.
const ROWS_MAX: usize = 5_000;
/// Lines a cell or a fact may take.
const LINES_MAX: i32 = 3;
/// Longer texts would not fit those lines; the limit bounds the search for a size.
const CHARS_MAX: usize = 300;
/// The least paper, µm.
const WIDTH_MIN: i32 = 74_000;
const HEIGHT_MIN: i32 = 98_000;
/// From here on paper is held further away and printed by office printers, µm.
const OFFICE_WIDTH: i32 = 130_000;

/// Lengths in dots.
struct Sizes {
    margin: i32,
    title: i32,
    text: i32,
    small: i32,
    pad: i32,
    rule: i32,
    sign: i32,
}

/// The sheet being drawn.
struct Paging {
    head: Head,
    paper: Paper,
    sizes: Sizes,
    done: Vec<Page>,
    pen: Pen,
    /// The next free row of dots.
    top: i32,
    left: i32,
    right: i32,
    bottom: i32,
}

/// Draws all pages, at least one.
///
/// # Errors
/// [`What::Paper`] for paper under 74 × 98 mm; `rows` [`What::TooLong`] beyond 5,000 rows.
pub(super) fn draw(sheet: &Sheet, head: Head, paper: Paper) -> Result<Vec<Page>, Undrawable> {
    if paper.width_um < WIDTH_MIN || paper.height_um < HEIGHT_MIN {
        return Err(Undrawable { field: "paper", what: What::Paper });
    }
    if sheet.rows.len() > ROWS_MAX {
        return Err(Undrawable { field: "rows", what: What::TooLong });
    }
    let mut paging = Paging::new(head, paper);
    paging.heading(sheet);
    paging.titles(sheet.columns);
    for row in &sheet.rows {
        paging.row(sheet.columns, row);
    }
    paging.close(sheet);
    Ok(paging.finish())
}

impl Paging {
    fn new(head: Head, paper: Paper) -> Self {
        let um = if paper.width_um < OFFICE_WIDTH {
            [3_000, 5_000, 2_875, 2_500, 1_000, 250, 9_000]
        } else {
            [12_000, 6_500, 3_500, 2_750, 1_250, 250, 12_000]
        };
        let [margin, title, text, small, pad, rule, sign] = um.map(|um| head.dots(um));
        let sizes = Sizes { margin, title, text, small, pad, rule: rule.max(2), sign };
        let pen = Pen::new(head, paper);
        let (left, right) = (margin, pen.page.width - margin);
        let bottom = pen.page.height - margin - small - 2 * pad;
        Self { head, paper, done: Vec::new(), pen, top: margin, left, right, bottom, sizes }
    }

    fn next_page(&mut self) {
        let pen = Pen::new(self.head, self.paper);
        self.done.push(std::mem::replace(&mut self.pen, pen).page);
        self.top = self.sizes.margin;
    }

    /// `text` as it will be printed, noted if it is not whole.
    fn fitted(&mut self, field: &'static str, text: &str, width: i32, weight: Weight) -> Fitted {
        let all = clean(text);
        let kept: String = all.chars().take(CHARS_MAX).collect();
        let Sizes { text: size_max, small: size_min, .. } = self.sizes;
        let height = LINES_MAX * (size_max + size_max / 5);
        // A number is read in one piece, and rather small than broken.
        let is_number = !kept.is_empty() && kept.chars().all(|c| c.is_ascii_graphic());
        let line_max = self.pen.fit_line(field, &kept, width, size_min..=size_max, weight);
        let size_max = line_max.ok().filter(|_| is_number).unwrap_or(size_max);
        let fitted = self.pen.one_line(&kept, Room { width, height, size_max, size_min, weight });
        let fonts = Fonts::shipped();
        let is_whole = kept.len() == all.len() && kept.chars().all(|c| fonts.can_draw(c));
        if (fitted.shortened || !is_whole) && !self.pen.page.shortened.contains(&field) {
            self.pen.page.shortened.push(field);
        }
        fitted
    }

    fn rule(&mut self, thick: i32) {
        let (x, y, width) = (self.left, self.top, self.right - self.left);
        self.pen.fill(Rect { x, y, width, height: thick }, Ink::Black);
        self.top += thick;
    }

    /// Title, barcode and facts.
    fn heading(&mut self, sheet: &Sheet) {
        let style = Style::bold(self.sizes.title);
        let title_end = self.left + self.pen.width(sheet.title, style);
        let mut end = self.top + style.size + 2 * self.sizes.pad;
        let title_top = self.top;
        if let Some(bars) = self.bars(&sheet.code, title_end) {
            end = end.max(bars.y + bars.height + 2 * self.sizes.pad);
            self.pen.page.items.push(Item::Bars(bars));
        }
        self.pen.line(sheet.title, self.left, title_top, Align::Left, style);
        self.top = end;
        let caption = Style::bold(self.sizes.text);
        for (word, text) in sheet.facts.iter().filter(|(_, text)| !clean(text).is_empty()) {
            self.pen.line(word, self.left, self.top, Align::Left, caption);
            let x = self.left + 4 * caption.size + self.sizes.pad;
            let text = self.fitted("facts", text, self.right - x, Weight::Regular);
            let below = self.pen.block(&text, x, self.top, Weight::Regular);
            self.top = below.max(self.top + caption.size) + self.sizes.pad;
        }
        self.top += self.sizes.pad;
    }

    /// The barcode on the right of the title, its quiet zones free.
    fn bars(&self, code: &str, title_end: i32) -> Option<Bars> {
        let runs = code128::encode(code).filter(|_| code.chars().all(|c| c.is_ascii_graphic()))?;
        let modules = code128::modules(&runs);
        let room = self.right - title_end;
        let (least, most) = (self.head.module_min(), self.head.module());
        let module =
            (least..=most).rev().find(|module| (modules + 2 * code128::QUIET) * module <= room)?;
        // The quiet zone may lie in the margin, but not beyond the paper.
        let end = self.right.min(self.pen.page.width - code128::QUIET * module);
        let x = end - modules * module;
        Some(Bars { x, y: self.top, height: self.pen.dots(12_000), module, runs })
    }

    /// Left and right end of a column's text.
    fn column(&self, columns: &[Column], nth: usize) -> (i32, i32) {
        let width = self.right - self.left;
        let before: i32 = columns[..nth].iter().map(|column| column.share).sum();
        let [from, to] = [before, before + columns[nth].share];
        let gap = if nth + 1 == columns.len() { 0 } else { 2 * self.sizes.pad };
        (self.left + width * from / 1_000, self.left + width * to / 1_000 - gap)
    }

    /// The table's head.
    fn titles(&mut self, columns: &[Column]) {
        self.rule(self.sizes.rule);
        self.top += self.sizes.pad;
        let style = Style::bold(self.sizes.small);
        for (nth, column) in columns.iter().enumerate() {
            let (from, to) = self.column(columns, nth);
            self.pen.line(
                column.title,
                ends(column.align, from, to),
                self.top,
                column.align,
                style,
            );
        }
        self.top += style.size + self.sizes.pad;
        self.rule(self.sizes.rule);
    }

    fn row(&mut self, columns: &[Column], row: &[String]) {
        let mut cells = Vec::new();
        let noted = self.pen.page.shortened.len();
        for (nth, (column, text)) in columns.iter().zip(row).enumerate() {
            let (from, to) = self.column(columns, nth);
            cells.push((
                column,
                from,
                to,
                self.fitted(column.field, text, to - from, column.weight),
            ));
        }
        let height = cells.iter().map(|(.., cell)| cell.height()).max().unwrap_or(0);
        let thin = (self.sizes.rule / 2).max(1);
        if self.top + height + 2 * self.sizes.pad + thin > self.bottom {
            // What is cut is cut on the page where it stands.
            let cut = self.pen.page.shortened.split_off(noted);
            self.next_page();
            self.pen.page.shortened = cut;
            self.titles(columns);
        }
        let top = self.top + self.sizes.pad;
        for (column, from, to, cell) in cells {
            let style = Style { weight: column.weight, ..Style::regular(cell.size) };
            // All first lines stand on one baseline.
            let first = top + (height.min(self.sizes.text) - cell.size).max(0) * 88 / 100;
            for (line, at) in cell.lines.iter().zip(0..) {
                let y = first + at * cell.leading;
                self.pen.line(line, ends(column.align, from, to), y, column.align, style);
            }
        }
        self.top = top + height + self.sizes.pad;
        self.rule(thin);
    }

    /// The total and the lines to sign on, together on one page.
    fn close(&mut self, sheet: &Sheet) {
        let Sizes { pad, text, sign, .. } = self.sizes;
        let signing = if sheet.signatures.is_empty() { 0 } else { sign };
        if self.top + 2 * pad + text + signing > self.bottom {
            self.next_page();
        }
        self.top += 2 * pad;
        let style = Style::bold(text);
        self.pen.line(&sheet.total, self.right, self.top, Align::Right, style);
        let y = self.top + signing;
        let width = (self.right - self.left) / sheet.signatures.len().max(1) as i32;
        for (caption, nth) in sheet.signatures.iter().zip(0..) {
            let from = self.left + nth * width;
            let style = Style::regular(text);
            self.pen.line(caption, from, y, Align::Left, style);
            let x = from + self.pen.width(caption, style) + pad;
            let height = (self.sizes.rule / 2).max(1);
            let line = Rect { x, y: y + text, width: from + width - 2 * pad - x, height };
            self.pen.fill(line, Ink::Black);
        }
    }

    /// "1 / 3" at the foot of every page.
    fn finish(mut self) -> Vec<Page> {
        self.next_page();
        let count = self.done.len();
        let (middle, size) = ((self.left + self.right) / 2, self.sizes.small);
        let top = self.pen.page.height - self.sizes.margin - size;
        for (page, nth) in self.done.iter_mut().zip(1..) {
            std::mem::swap(&mut self.pen.page, page);
            let text = format!("{nth} / {count}");
            self.pen.line(&text, middle, top, Align::Centre, Style::regular(size));
            std::mem::swap(&mut self.pen.page, page);
        }
        self.done
    }
}

/// Where a line of a cell is held.
fn ends(align: Align, from: i32, to: i32) -> i32 {
    match align {
        Align::Left => from,
        Align::Centre => (from + to) / 2,
        Align::Right => to,
    }
}
