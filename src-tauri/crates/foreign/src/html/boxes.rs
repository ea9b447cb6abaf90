//! Blocks in lines, at the sides, and with lines that run down the page.

use super::{
    css,
    flex::UNBROKEN,
    frame::{Frame, Size},
    lay::Layout,
    line::{Block, Lines},
    picture::sized_picture,
    pieces::Piece,
    style::{Align, Display, Position, Style, Type},
    turn,
};
use crate::{Refused, piece::Turn};
use scraper::ElementRef;

impl Style {
    /// Whether nothing that floats inside of it meets what floats outside.
    pub(super) fn begins_column(&self) -> bool {
        self.position == Position::Absolute
            || self.float.is_some()
            || self.is_apart
            || self.in_line
            || self.vertical
            || self.display.has_items()
    }
}

impl Layout<'_> {
    /// A column is as high as what floats in it; other blocks are not.
    pub(super) fn with_floats(&self, content: Size, inside: Frame, is_column: bool) -> Size {
        let bottom = self.floats.bottom().filter(|_| is_column);
        let least = bottom.map_or(0, |bottom| bottom - inside.y);
        Size { height: content.height.max(least), ..content }
    }

    /// What is inside a block whose floats meet nothing outside.
    pub(super) fn column(
        &mut self,
        element: ElementRef<'_>,
        look: (Type, Align),
        inside: Frame,
        from: Frame,
        depth: usize,
    ) -> Result<Size, Refused> {
        let around = std::mem::take(&mut self.floats);
        let content = self.content(element, look, inside, from, depth);
        let content = content.map(|content| self.with_floats(content, inside, true));
        self.floats = around;
        content
    }

    /// Where a block begins that stays clear of floats, or that has a column of its own beside
    /// them.
    pub(super) fn beside_floats(
        &self,
        style: &Style,
        name: &str,
        lines: &mut Lines,
        inside: Frame,
    ) -> Frame {
        lines.top = self.floats.clear(lines.top, style.clear);
        let mut flow = Frame { y: lines.top, height: None, ..inside };
        if name == "table" || style.begins_column() {
            let ends = (inside.x, inside.x + inside.width);
            let wants = style.width.unwrap_or(0);
            let (mut from, mut to) = self.floats.room(flow.y, 1, ends);
            while to - from + 130 < wants {
                let Some(below) = self.floats.next_below(flow.y) else { break };
                (flow.y, lines.top) = (below, below);
                (from, to) = self.floats.room(flow.y, 1, ends);
            }
            (flow.x, flow.width) = (from, to - from);
        }
        flow
    }

    /// How wide a block is that is as wide as its content, and no wider than its room.
    fn shrunk(
        &mut self,
        element: ElementRef<'_>,
        style: &Style,
        room: i32,
        depth: usize,
    ) -> Result<i32, Refused> {
        let room = (room - style.margin[1] - style.margin[3]).max(0);
        let key = (element.id(), UNBROKEN, true, None);
        if let Some((width, _)) = self.sizes.get(&key) {
            return Ok((*width).min(room));
        }
        let frame = Frame { x: 0, y: 0, width: UNBROKEN, height: None };
        let own = Style { margin: [0; 4], position: Position::Static, ..style.clone() };
        let own = Style { auto_margin: [false; 4], float: None, ..own };
        let was = std::mem::replace(&mut self.measures, true);
        let wish = self.apart(|layout| layout.block(element, own.clone(), frame, frame, depth + 1));
        self.measures = was;
        let (_, size) = wish?;
        self.sizes.insert(key, (size.width, size.height));
        Ok(size.width.min(room))
    }

    /// Lays something out by itself: its pieces, and how large it is.
    fn apart(
        &mut self,
        lay: impl FnOnce(&mut Self) -> Result<Size, Refused>,
    ) -> Result<(Vec<Piece>, Size), Refused> {
        let (first, right, bottom) = (self.out.len(), self.right, self.bottom);
        let floats = std::mem::take(&mut self.floats);
        let size = lay(self);
        self.floats = floats;
        (self.right, self.bottom) = (right, bottom);
        let pieces = self.out.split_off(first);
        Ok((pieces, size?))
    }

    /// A block of its own width at its own corner.
    fn loose(
        &mut self,
        element: ElementRef<'_>,
        style: &Style,
        room: i32,
        depth: usize,
    ) -> Result<(Vec<Piece>, Size), Refused> {
        let mut own = Style { position: Position::Static, float: None, ..style.clone() };
        own.auto_margin = [false; 4];
        if own.width.is_none() {
            own.width = Some(self.shrunk(element, style, room, depth)?);
            own.counts_border = true;
            if let Some(height) = own.height.filter(|_| !style.counts_border) {
                let over = own.padding[0] + own.padding[2] + own.border[0] + own.border[2];
                own.height = Some(height + over);
            }
        }
        let frame = Frame { x: 0, y: 0, width: room, height: None };
        self.apart(|layout| layout.block(element, own, frame, frame, depth + 1))
    }

    /// A block in a line.
    pub(super) fn in_line(
        &mut self,
        element: ElementRef<'_>,
        style: Style,
        look: Type,
        lines: &mut Lines,
        (inside, _): (Frame, Frame),
        depth: usize,
    ) -> Result<(), Refused> {
        let (pieces, size) = self.loose(element, &style, inside.width, depth)?;
        let Size { width, height } = size;
        let drop_halves = super::table::drop_of(element, self)?;
        let foot = match (drop_halves, foot(&pieces)) {
            // Its middle is where small letters have theirs.
            (Some(1), _) => height / 2 + look.size_um * 27 / 100,
            (_, Some(foot)) if !style.is_apart => foot,
            (_, _) => height,
        };
        // Of the words for 0, one alone is the line's upper edge.
        let is_top = says_top(element, self)?;
        let drop_halves = drop_halves.filter(|halves| *halves == 2 || *halves == 0 && is_top);
        lines.block(Block { pieces, width, height, foot, drop_halves }, &mut self.out);
        Ok(())
    }

    /// A picture in a line, or between two.
    pub(super) fn picture_in_flow(
        &mut self,
        element: ElementRef<'_>,
        style: &Style,
        lines: &mut Lines,
        inside: Frame,
    ) -> Result<(), Refused> {
        let sized = sized_picture(element, style, (inside.width, inside.height))?;
        let Some((grey, width, height)) = sized else { return Ok(()) };
        let is_alone = style.display == Display::Block;
        if is_alone && lines.is_open() {
            lines.end(&mut self.out);
        }
        lines.picture(grey, width, height, &mut self.out);
        if is_alone {
            lines.end(&mut self.out);
        }
        Ok(())
    }

    /// Something that floats.
    pub(super) fn float(
        &mut self,
        element: ElementRef<'_>,
        style: &Style,
        lines: &mut Lines,
        (inside, _): (Frame, Frame),
        depth: usize,
    ) -> Result<(), Refused> {
        let Some(side) = style.float else { return Ok(()) };
        let (mut pieces, size) = if element.value().name() == "img" {
            let sized = sized_picture(element, style, (inside.width, inside.height))?;
            let Some((grey, width, height)) = sized else { return Ok(()) };
            let [above, right, below, left] = style.margin;
            let pieces = vec![Piece::Picture([left, above, width, height], grey)];
            (pieces, Size { width: width + left + right, height: height + above + below })
        } else {
            self.loose(element, style, inside.width, depth)?
        };
        if lines.is_open() && !lines.has_room(size.width) {
            lines.end(&mut self.out);
        }
        let top = self.floats.clear(lines.top, style.clear);
        let ends = (inside.x, inside.x + inside.width);
        let (x, y) = self.floats.add(side, (size.width, size.height), top, ends);
        pieces.iter_mut().for_each(|piece| piece.shift(x, y));
        self.right = self.right.max(x + size.width);
        self.bottom = self.bottom.max(y + size.height);
        self.out.extend(pieces);
        lines.float_came(&self.floats);
        // A column that shrinks to its content holds its floats side by side.
        lines.widest = lines.widest.max(x + size.width - inside.x).min(inside.width);
        Ok(())
    }

    /// Lines that run down the page, the first at the right: laid out level, and then turned. Han
    /// stands upright in them.
    pub(super) fn vertical(
        &mut self,
        element: ElementRef<'_>,
        style: &Style,
        (inside, _): (Frame, Frame),
        depth: usize,
    ) -> Result<Size, Refused> {
        let length = inside.height;
        let look = Type { upright_han: true, ..style.text };
        let room = length.unwrap_or(UNBROKEN);
        // Without a length there is no middle and no end to put lines at.
        let align = if length.is_some() { style.text.align } else { Align::Left };
        let frame = Frame { x: 0, y: 0, width: room, height: None };
        let (mut pieces, size) =
            self.apart(|layout| layout.content(element, (look, align), frame, frame, depth + 1))?;
        // Turned about the corner, its lines run down from there to the left of it.
        let wide = match style.width {
            Some(_) => inside.width,
            None => size.height,
        };
        for piece in &mut pieces {
            turn::turned(piece, Turn::Down, (0, 0));
            piece.shift(inside.x + wide, inside.y);
        }
        self.out.extend(pieces);
        Ok(Size { width: wide, height: length.unwrap_or(size.width) })
    }
}

/// Whether an element hangs from the upper edge of its line.
fn says_top(element: ElementRef<'_>, layout: &Layout<'_>) -> Result<bool, Refused> {
    let declared = css::of(element, layout.rules)?;
    let said = declared.iter().rev().find(|(name, _)| name == "vertical-align");
    Ok(said.is_some_and(|(_, value)| value == "top"))
}

/// Where the letters of the last line stand.
fn foot(pieces: &[Piece]) -> Option<i32> {
    let feet = pieces.iter().filter_map(|piece| match piece {
        Piece::Text { top, look, turn: Turn::Upright, .. } => Some(top + look.size_um * 88 / 100),
        _ => None,
    });
    feet.max()
}
