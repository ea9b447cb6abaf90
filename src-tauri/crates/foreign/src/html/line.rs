//! Lines of one block: characters and pictures one after another, broken at the block's edge.

use super::{
    floats::Floats,
    pieces::Piece,
    style::{Align, Type},
};
use crate::{grey::Grey, piece::Turn};
use label::{font::Fonts, units::Head};

/// Widths are measured at this head and told in µm, so that lines break at the same place on every
/// head: 100 dots/mm.
const RULER: Head = Head { dots_per_m: 100_000 };

/// Something in a line.
enum Part {
    Text { text: String, look: Type, width: i32 },
    Picture { grey: Grey, width: i32, height: i32 },
    Block(Block),
}

/// A block in a line, laid out from its own corner.
pub struct Block {
    /// What is in it.
    pub pieces: Vec<Piece>,
    /// Its width with margins.
    pub width: i32,
    /// Its height with margins.
    pub height: i32,
    /// Where its last line stands, from its upper edge.
    pub foot: i32,
    /// What `vertical-align` says: 0 top, 1 middle, 2 bottom; `None`: it stands as letters do.
    pub drop_halves: Option<i32>,
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
    /// What floats beside the lines.
    pub floats: Floats,
    /// The ends of the line that is being filled.
    ends: (i32, i32),
}

/// The width of `text` in µm.
pub fn width(text: &str, look: &Type) -> i32 {
    let size = RULER.dots(look.size_um).max(1);
    Fonts::shipped().width(text, size, look.weight) * 10
}

impl Lines {
    /// Lines in `room` µm from `left`, the first at `top`.
    pub fn new(left: i32, top: i32, room: i32, align: Align) -> Self {
        Self {
            left,
            room,
            align,
            line: Vec::new(),
            used: 0,
            space: None,
            top,
            widest: 0,
            floats: Floats::default(),
            ends: (left, left + room),
        }
    }

    /// Begins a line for something of this size: beside what floats, or below it.
    fn begin(&mut self, width: i32, height: i32) {
        self.ends = (self.left, self.left + self.room);
        if self.floats.is_empty() {
            return;
        }
        loop {
            let whole = (self.left, self.left + self.room);
            self.ends = self.floats.room(self.top, height, whole);
            if self.ends.1 - self.ends.0 + 130 >= width || self.ends == whole {
                return;
            }
            match self.floats.next_below(self.top) {
                Some(below) => self.top = below,
                None => return,
            }
        }
    }

    /// Something began to float beside the line that is being filled.
    pub fn float_came(&mut self, floats: &Floats) {
        self.floats = floats.clone();
        let whole = (self.left, self.left + self.room);
        if self.is_open() {
            self.ends = self.floats.room(self.top, 1, whole);
        }
    }

    /// Whether something of this width still has room in the line that is being filled.
    pub fn has_room(&self, width: i32) -> bool {
        self.is_open() && self.used + width <= self.ends.1 - self.ends.0 + 130
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
        if look.wraps && self.is_open() && !self.has_room(before + wide) {
            self.end(out);
        }
        if !self.is_open() {
            self.begin(wide, look.line_um());
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
        if self.is_open() && !self.has_room(width) {
            self.end(out);
        }
        if !self.is_open() {
            self.begin(width, height);
        }
        self.space = None;
        self.used += width;
        self.line.push(Part::Picture { grey, width, height });
    }

    /// Adds a block.
    pub fn block(&mut self, block: Block, out: &mut Vec<Piece>) {
        let before = self.space.map_or(0, |look| width(" ", &look));
        if self.is_open() && !self.has_room(before + block.width) {
            self.end(out);
        }
        match self.space.take().filter(|_| self.is_open()) {
            Some(look) => self.push(" ".to_owned(), &look, before),
            None => self.begin_if_empty(&block),
        }
        self.used += block.width;
        self.line.push(Part::Block(block));
    }

    fn begin_if_empty(&mut self, block: &Block) {
        if !self.is_open() {
            self.begin(block.width, block.height);
        }
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
            Part::Block(block) => block.height,
        };
        let mut height = parts.iter().map(high).max().unwrap_or(0);
        // Where letters stand; without blocks, all parts stand on the line's lower edge.
        let has_blocks = parts.iter().any(|part| matches!(part, Part::Block(_)));
        let foot = has_blocks.then(|| {
            let rises = parts.iter().map(|part| rise(part, height));
            let foot = rises.max().unwrap_or(0);
            let below = |part: &Part| high(part) - rise(part, high(part));
            height = height.max(foot + parts.iter().map(below).max().unwrap_or(0));
            foot
        });
        let free = (self.ends.1 - self.ends.0 - used).max(0);
        let mut x = self.ends.0
            + match self.align {
                Align::Left => 0,
                Align::Centre => free / 2,
                Align::Right => free,
            };
        for part in parts {
            let top = match foot {
                // Small type stands on the line of large type beside it.
                None => self.top + height - high(&part),
                Some(foot) => self.top + drop(&part, height, foot),
            };
            match part {
                Part::Text { text, look, width } => {
                    let top = top + (look.line_um() - look.size_um) / 2;
                    out.push(Piece::Text { x, top, text, look, turn: Turn::Upright });
                    x += width;
                }
                Part::Picture { grey, width, height } => {
                    out.push(Piece::Picture([x, top, width, height], grey));
                    x += width;
                }
                Part::Block(block) => {
                    out.extend(block.pieces.into_iter().map(|mut piece| {
                        piece.shift(x, top);
                        piece
                    }));
                    x += block.width;
                }
            }
        }
        self.top += height;
    }
}

/// How far a part of a line reaches above where letters stand; `height` is that of the line.
fn rise(part: &Part, height: i32) -> i32 {
    match part {
        // As much is free above its em square as below it, which stands 0.12 em below the letters.
        Part::Text { look, .. } => (look.line_um() - look.size_um) / 2 + look.size_um * 88 / 100,
        Part::Picture { height, .. } => *height,
        Part::Block(block) if block.drop_halves.is_some() => 0.min(height),
        Part::Block(block) => block.foot,
    }
}

/// Where a part begins in a line of this height, whose letters stand at `foot`.
fn drop(part: &Part, height: i32, foot: i32) -> i32 {
    match part {
        Part::Block(Block { drop_halves: Some(halves), height: own, .. }) => {
            (height - own) * halves / 2
        }
        part => foot - rise(part, height),
    }
}

/// Characters beside which a line may end.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}
