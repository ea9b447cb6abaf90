//! Lines of one block: characters and pictures one after another, broken at the block's edge.

use super::{
    lay::Piece,
    style::{Align, Type},
};
use crate::grey::Grey;
use label::{font::Fonts, units::Head};

/// Widths are measured at this head and told in µm, so that lines break at the same place on every
/// head: 100 dots/mm.
const RULER: Head = Head { dots_per_m: 100_000 };

/// Something in a line.
enum Part {
    Text { text: String, look: Type, width: i32 },
    Picture { grey: Grey, width: i32, height: i32 },
}

/// The lines of one block, being filled.
pub struct Lines {
    left: i32,
    room: i32,
    align: Align,
    line: Vec<Part>,
    used: i32,
    /// A space that is only drawn if something follows in the line.
    space: Option<Type>,
    /// Where the next line begins, µm.
    pub top: i32,
    /// The widest line so far, µm.
    pub widest: i32,
}

/// The width of `text` in µm.
pub fn width(text: &str, look: &Type) -> i32 {
    let size = RULER.dots(look.size_um).max(1);
    Fonts::shipped().width(text, size, look.weight) * 10
}

impl Lines {
    /// Lines in `room` µm from `left`, the first at `top`.
    pub fn new(left: i32, top: i32, room: i32, align: Align) -> Self {
        Self { left, room, align, line: Vec::new(), used: 0, space: None, top, widest: 0 }
    }

    /// Whether something stands in the line that is not yet drawn.
    pub fn is_open(&self) -> bool {
        !self.line.is_empty()
    }

    /// Adds text: runs of white space are one space, Han characters may part anywhere, other
    /// words only where the type says so.
    pub fn text(&mut self, text: &str, look: &Type, out: &mut Vec<Piece>) {
        let mut word = String::new();
        for c in text.chars() {
            // A no-break space is a letter that looks like a space.
            if c.is_whitespace() && c != '\u{a0}' {
                self.word(&mut word, look, out);
                if self.is_open() {
                    self.space = Some(*look);
                }
            } else if is_han(c) || look.breaks_words {
                self.word(&mut word, look, out);
                word.push(c);
                self.word(&mut word, look, out);
            } else if !c.is_control() {
                word.push(if c == '\u{a0}' { ' ' } else { c });
            }
        }
        self.word(&mut word, look, out);
    }

    fn word(&mut self, word: &mut String, look: &Type, out: &mut Vec<Piece>) {
        if word.is_empty() {
            return;
        }
        let text = std::mem::take(word);
        let wide = width(&text, look);
        let before = self.space.map_or(0, |look| width(" ", &look));
        // A dot of rounding is not a reason for a new line.
        if look.wraps && self.is_open() && self.used + before + wide > self.room + 130 {
            self.end(out);
        }
        if let Some(look) = self.space.take().filter(|_| self.is_open()) {
            self.push(" ".to_owned(), &look, before);
        }
        self.push(text, look, wide);
    }

    fn push(&mut self, text: String, look: &Type, wide: i32) {
        self.used += wide;
        match self.line.last_mut() {
            Some(Part::Text { text: last, look: like, width }) if like == look => {
                last.push_str(&text);
                *width += wide;
            }
            _ => self.line.push(Part::Text { text, look: *look, width: wide }),
        }
    }

    /// Adds a picture.
    pub fn picture(&mut self, grey: Grey, width: i32, height: i32, out: &mut Vec<Piece>) {
        if self.is_open() && self.used + width > self.room + 130 {
            self.end(out);
        }
        self.space = None;
        self.used += width;
        self.line.push(Part::Picture { grey, width, height });
    }

    /// A line break that was asked for; an empty line is as high as its type.
    pub fn broken(&mut self, look: &Type, out: &mut Vec<Piece>) {
        if self.is_open() {
            self.end(out);
        } else {
            self.top += look.line_um();
        }
    }

    /// Ends the line: places its parts and goes to the next.
    pub fn end(&mut self, out: &mut Vec<Piece>) {
        self.space = None;
        let parts = std::mem::take(&mut self.line);
        let used = std::mem::take(&mut self.used);
        self.widest = self.widest.max(used);
        let high = |part: &Part| match part {
            Part::Text { look, .. } => look.line_um(),
            Part::Picture { height, .. } => *height,
        };
        let height = parts.iter().map(high).max().unwrap_or(0);
        let free = (self.room - used).max(0);
        let mut x = self.left
            + match self.align {
                Align::Left => 0,
                Align::Centre => free / 2,
                Align::Right => free,
            };
        for part in parts {
            match part {
                Part::Text { text, look, width } => {
                    // Small type stands on the line of large type beside it.
                    let own = (look.line_um() - look.size_um) / 2;
                    let top = self.top + (height - look.line_um()) + own;
                    out.push(Piece::Text { x, top, text, look });
                    x += width;
                }
                Part::Picture { grey, width, height: own } => {
                    let top = self.top + height - own;
                    out.push(Piece::Picture([x, top, width, own], grey));
                    x += width;
                }
            }
        }
        self.top += height;
    }
}

/// Characters beside which a line may end.
fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}
