//! Text in a box: Chinese line breaking, and shrinking down to a named smallest size. What does
//! not fit at that size is never cut silently: the caller gets `None`, or asks for "…".

use crate::{
    font::{self, Fonts},
    page::Weight,
};

/// Never at the start of a line (避头).
const NOT_FIRST: &str = "，。、；：？！）】》」』〉”’…—·％℃,.;:?!)]}%";
/// Never at the end of a line (避尾).
const NOT_LAST: &str = "（【《「『〈“‘([{¥￥#×";
/// Latin letters, digits and these stay together where the line allows it.
const WORD_MARKS: &str = "-_./+@&*'";

/// What marks that more was to be said.
const MORE: &str = "…";

/// Sizes to try and the box they must fit, all in dots.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Dots across.
    pub width: i32,
    /// Dots down.
    pub height: i32,
    /// The size that looks best.
    pub size_max: i32,
    /// The smallest legible size.
    pub size_min: i32,
    /// Weight.
    pub weight: Weight,
}

/// Text that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted {
    /// Dots per em.
    pub size: i32,
    /// From one baseline to the next.
    pub leading: i32,
    /// At least one, unless the text is empty.
    pub lines: Vec<String>,
    /// Whether the end is missing and the last line ends in "…".
    pub shortened: bool,
}

impl Fitted {
    /// Dots from the top of the first line to the bottom of the last.
    pub fn height(&self) -> i32 {
        block_height(self.lines.len() as i32, self.size, self.leading)
    }
}

/// Distance of baselines for a size.
fn leading(size: i32) -> i32 {
    size + (size + 3) / 6
}

fn block_height(lines: i32, size: i32, leading: i32) -> i32 {
    if lines == 0 { 0 } else { (lines - 1) * leading + size }
}

/// Lines that a box of `height` holds.
fn lines_max(height: i32, size: i32) -> usize {
    if height < size { 0 } else { 1 + ((height - size) / leading(size)) as usize }
}

/// `text` at the largest size at which all of it fits; `None` if not even the smallest does.
pub fn fit(text: &str, room: Room, fonts: &Fonts) -> Option<Fitted> {
    for size in (room.size_min..=room.size_max).rev() {
        let Some(lines) = wrap(text, room.width, size, room.weight, fonts) else { continue };
        if lines.len() <= lines_max(room.height, size) {
            return Some(Fitted { size, leading: leading(size), lines, shortened: false });
        }
    }
    None
}

/// As [`fit`]; what is too long at the smallest size ends in "…", visibly. Empty if the box cannot
/// hold one line.
pub fn fit_or_shorten(text: &str, room: Room, fonts: &Fonts) -> Fitted {
    if let Some(fitted) = fit(text, room, fonts) {
        return fitted;
    }
    let size = room.size_min;
    let mut lines = wrap(text, room.width, size, room.weight, fonts).unwrap_or_default();
    lines.truncate(lines_max(room.height, size));
    if let Some(last) = lines.last_mut() {
        let width_max = room.width - fonts.width(MORE, size, room.weight);
        while fonts.width(last, size, room.weight) > width_max && last.pop().is_some() {}
        last.push_str(MORE);
    }
    Fitted { size, leading: leading(size), lines, shortened: true }
}

/// What no line break divides, and its width: a character, or a word of a joined script.
struct Cell {
    /// The byte where it starts.
    at: usize,
    first: char,
    last: char,
    width: i32,
}

/// Greedy lines of at most `width` dots; `None` if a single character is wider.
fn wrap(text: &str, width: i32, size: i32, weight: Weight, fonts: &Fonts) -> Option<Vec<String>> {
    let cells = cells(text, width, size, weight, fonts);
    if cells.iter().any(|cell| cell.width > width) {
        return None;
    }
    let mut lines = Vec::new();
    let mut rest = &cells[..];
    loop {
        let blanks = rest.iter().take_while(|cell| cell.first == ' ').count();
        rest = &rest[blanks..];
        if rest.is_empty() {
            return Some(lines);
        }
        let (line, tail) = rest.split_at(line_end(rest, width));
        let end = tail.first().map_or(text.len(), |cell| cell.at);
        lines.push(text[line[0].at..end].trim_end().to_owned());
        rest = tail;
    }
}

/// `text` in cells; words that are wider than the line are divided, each letter as wide as the
/// widest of its forms.
fn cells(text: &str, width: i32, size: i32, weight: Weight, fonts: &Fonts) -> Vec<Cell> {
    let single = |(at, c): (usize, char)| Cell {
        at,
        first: c,
        last: c,
        width: fonts.advance(fonts.glyph(c, weight), size),
    };
    if !text.chars().any(font::is_shaped) {
        return text.char_indices().map(single).collect();
    }
    let cell = |at: usize, part: &str, width: i32| Cell {
        at,
        first: part.chars().next().unwrap_or(' '),
        last: part.chars().next_back().unwrap_or(' '),
        width,
    };
    let (mut cells, mut at) = (Vec::new(), 0);
    for word in font::words(text) {
        let wide = fonts.width(word, size, weight);
        if wide <= width {
            cells.push(cell(at, word, wide));
            at += word.len();
            continue;
        }
        for part in font::clusters(word) {
            let forms = font::joined_forms(part);
            let widths = forms.iter().map(|form| fonts.width(form, size, weight));
            cells.push(cell(at, part, widths.max().unwrap_or(0)));
            at += part.len();
        }
    }
    cells
}

/// How many cells the next line takes, at least one.
fn line_end(cells: &[Cell], width: i32) -> usize {
    let mut used = 0;
    let fitting = cells.iter().take_while(|cell| {
        used += cell.width;
        used <= width
    });
    let most = fitting.count();
    if most == cells.len() {
        return most;
    }
    // A blank after the line may hang over its edge.
    let good = (1..=most).rev().find(|&at| may_break(cells[at - 1].last, cells[at].first));
    good.unwrap_or(most)
}

/// Whether a line may end after `a` when `b` follows.
fn may_break(a: char, b: char) -> bool {
    let in_word = |c: char| c.is_ascii_alphanumeric() || WORD_MARKS.contains(c);
    if a == ' ' || b == ' ' {
        return true;
    }
    !(NOT_LAST.contains(a) || NOT_FIRST.contains(b) || in_word(a) && in_word(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(width: i32, height: i32, size_min: i32) -> Room {
        Room { width, height, size_max: 24, size_min, weight: Weight::Bold }
    }

    fn lines(text: &str, width: i32) -> Vec<String> {
        fit(text, room(width, 1_000, 24), Fonts::shipped()).unwrap().lines
    }

    #[test]
    fn lines_break_as_in_chinese_print() {
        assert_eq!(lines("浙江省杭州市余杭区", 24 * 4), ["浙江省杭", "州市余杭", "区"]);
        // No punctuation at the start, no opening bracket at the end.
        assert_eq!(lines("放在门口，谢谢", 24 * 4), ["放在门", "口，谢谢"]);
        assert_eq!(lines("放门口（快递柜）", 24 * 4), ["放门口", "（快递", "柜）"]);
        // A number stays whole if a line can hold it.
        assert_eq!(lines("天府大道1388号", 24 * 5), ["天府大道", "1388号"]);
        assert_eq!(lines("A Bc def", 24 * 3), ["A Bc", "def"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken_in_it() {
        let got = lines("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 96);
        assert!(got.len() > 3);
        assert_eq!(got.concat(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    }

    #[test]
    fn text_shrinks_until_it_fits_and_no_further() {
        let fonts = Fonts::shipped();
        let fitted = fit("四川省成都市武侯区", room(24 * 7, 24, 16), fonts).unwrap();
        assert_eq!((fitted.size, fitted.lines.len()), (18, 1));
        assert_eq!(fit("四川省成都市武侯区", room(24 * 5, 24, 16), fonts), None);
        let empty = fit("", room(24, 24, 16), fonts).unwrap();
        assert_eq!((empty.lines.len(), empty.height()), (0, 0));
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_too_wide() {
        let fonts = Fonts::shipped();
        let text = "新疆维吾尔自治区乌鲁木齐市天山区（光明路）No.12-3号楼 Unit 5，ABC大厦，谢谢！";
        let bare = |text: &str| text.replace(' ', "");
        for width in 24..400 {
            for size_min in [10, 17, 24] {
                let Some(got) = fit(text, room(width, 150, size_min), fonts) else { continue };
                assert!(got.height() <= 150);
                assert_eq!(bare(&got.lines.concat()), bare(text));
                for line in &got.lines {
                    assert!(fonts.width(line, got.size, Weight::Bold) <= width, "{line}");
                }
            }
        }
    }

    #[test]
    fn a_shortened_text_says_so() {
        let got = fit_or_shorten(&"保温杯".repeat(40), room(120, 60, 20), Fonts::shipped());
        assert!(got.shortened);
        assert!(got.lines.last().unwrap().ends_with('…'));
        assert!(got.lines.iter().all(|l| Fonts::shipped().width(l, 20, Weight::Bold) <= 120));
    }
}
