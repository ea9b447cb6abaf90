//! Elements → pieces with places, µm from the page's corner. Blocks one under another, lines in
//! blocks, and whatever stands at a place of its own.

use super::{
    DEPTH_MAX, ELEMENTS_MAX,
    css::{self, Rule},
    floats::Floats,
    frame::{Frame, Size, own_frame, top_of},
    line::Lines,
    picture::sized_picture,
    pieces::Piece,
    style::{Align, Display, Position, Style, Type},
    table,
};
use crate::Refused;
use ego_tree::NodeId;
use label::units::Paper;
use scraper::{ElementRef, Node};
use std::collections::HashMap;

/// A laid-out page.
pub struct Laid {
    /// What is on it, the first lowest.
    pub pieces: Vec<Piece>,
    /// How far it reaches beyond the paper's first corner, as negative lengths.
    pub left_um: i32,
    /// The same upwards.
    pub top_um: i32,
    /// How far it reaches.
    pub right_um: i32,
    /// How far down it reaches.
    pub bottom_um: i32,
}

pub(super) struct Layout<'a> {
    pub rules: &'a [Rule],
    pub out: Vec<Piece>,
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
    /// Whether only sizes are wanted: then no block fills its parent's width.
    pub measures: bool,
    /// What floats in the column that is being laid out.
    pub floats: Floats,
    /// Sizes that were measured: of which element, in how much room, how wide it wants to be or how
    /// high it is then, and what its heights count from.
    pub sizes: Sizes,
    elements: usize,
}

/// See [`Layout::sizes`].
pub(super) type Sizes = HashMap<(NodeId, i32, bool, Option<i32>), (i32, i32)>;

/// Lays out a body for a paper.
///
/// # Errors
/// What is not followed, by its name.
pub fn page(body: ElementRef<'_>, rules: &[Rule], paper: Paper) -> Result<Laid, Refused> {
    let mut layout = Layout {
        rules,
        out: Vec::new(),
        left: 0,
        top: 0,
        right: 0,
        bottom: 0,
        measures: false,
        floats: Floats::default(),
        sizes: Sizes::new(),
        elements: 0,
    };
    let frame = Frame { x: 0, y: 0, width: paper.width_um, height: Some(paper.height_um) };
    let mut style = layout.style(body, Type::FIRST, frame)?;
    // The body's own margin is the browser's business, the paper's is the printer's.
    style.margin = [0; 4];
    layout.block(body, style, frame, frame, 0)?;
    layout.reach_of_text();
    Ok(Laid {
        pieces: layout.out,
        left_um: layout.left,
        top_um: layout.top,
        right_um: layout.right,
        bottom_um: layout.bottom,
    })
}

impl Layout<'_> {
    pub(super) fn style(
        &mut self,
        element: ElementRef<'_>,
        parent: Type,
        frame: Frame,
    ) -> Result<Style, Refused> {
        self.elements += 1;
        // Cells are measured before they are laid out, and so is what is in them.
        if self.elements > 8 * ELEMENTS_MAX {
            return Err(Refused::TooLarge("html"));
        }
        let declarations = css::of(element, self.rules)?;
        let attribute = |name: &str| element.value().attr(name).map(str::to_owned);
        let whole = (Some(frame.width), frame.height);
        Style::of(element.value().name(), &attribute, &declarations, parent, whole)
    }

    /// Lays out one block whose margin begins at `flow`'s corner; places count from `from`.
    pub(super) fn block(
        &mut self,
        element: ElementRef<'_>,
        style: Style,
        flow: Frame,
        from: Frame,
        depth: usize,
    ) -> Result<Size, Refused> {
        if depth > DEPTH_MAX {
            return Err(Refused::TooLarge("html"));
        }
        let is_table = element.value().name() == "table";
        let style = if is_table { table::of(style, element, flow.width) } else { style };
        let [_, pad_right, _, pad_left] = style.padding;
        let [_, edge_right, _, edge_left] = style.border;
        let beside = pad_left + pad_right + edge_left + edge_right;
        let counted = if style.counts_border { beside } else { 0 };
        let left = self.left_of(&style, flow, from, beside - counted);
        let beyond = style.at[1].filter(|_| style.at[3].is_none()).unwrap_or(0);
        let room = (from.x + from.width - left - beyond).max(0);
        let is_placed = style.position == Position::Absolute;
        let width = self.width_of(&style, (flow, room), beside, counted);
        let high = style.padding[0] + style.padding[2] + style.border[0] + style.border[2];
        let height =
            style.height.map(|height| (height - if style.counts_border { high } else { 0 }).max(0));
        let top = top_of(&style, flow, from, height.map(|height| height + high))?;
        let inside = Frame {
            x: left + edge_left + pad_left,
            y: top + style.border[0] + style.padding[0],
            width,
            height,
        };
        let first = self.out.len();
        let own = own_frame(&style, inside, from);
        let one_side = style.at[1].is_none() || style.at[3].is_none();
        let fills = !(is_placed && one_side || is_table || self.measures);
        let is_shrunk = style.width.is_none() && !fills;
        // A box as wide as its line has no free room to put the line in the middle of.
        let align = if is_shrunk { Align::Left } else { style.text.align };
        let content = self.inner(element, &style, (inside, own), (is_shrunk, align), depth)?;
        let width = if is_shrunk || is_table { content.width } else { width };
        let said = height.filter(|_| !is_table);
        let least = style.least[1].unwrap_or(0) - if style.counts_border { high } else { 0 };
        let inner = said.unwrap_or(content.height).max(least);
        let outer = Size { width: width + beside, height: inner + high };
        let mut by = 0;
        if let (true, None, Some(right)) = (is_shrunk, style.at[3], style.at[1]) {
            // Only now its width is known, and with it where it begins.
            by = from.x + from.width - right - style.margin[1] - outer.width - left;
        }
        if is_table && table::is_centred(element) {
            by = (flow.width - outer.width).max(0) / 2;
        }
        self.out[first..].iter_mut().for_each(|piece| piece.shift(by, 0));
        self.dressed(&style, (left + by, top), &outer, first, is_placed);
        let between = style.margin[0] + style.margin[2];
        Ok(Size {
            width: outer.width + style.margin[1] + style.margin[3],
            height: outer.height + between,
        })
    }

    /// What is inside a block, whichever way it is laid out.
    fn inner(
        &mut self,
        element: ElementRef<'_>,
        style: &Style,
        (inside, own): (Frame, Frame),
        (is_shrunk, align): (bool, Align),
        depth: usize,
    ) -> Result<Size, Refused> {
        let is_table = element.value().name() == "table";
        let is_column = is_table || style.begins_column();
        let around = is_column.then(|| std::mem::take(&mut self.floats));
        let content = match () {
            () if is_table => self.table(element, style, (inside, own), depth)?,
            () if style.display.has_items() => {
                self.items(element, style, (inside, own), (!is_shrunk, depth))?
            }
            () if style.vertical => self.vertical(element, style, (inside, own), depth)?,
            () => self.content(element, (style.text, align), inside, own, depth)?,
        };
        let content = self.with_floats(content, inside, is_column);
        if let Some(around) = around {
            self.floats = around;
        }
        Ok(content)
    }

    /// How wide it is inside padding and borders, before its content says otherwise.
    fn width_of(
        &self,
        style: &Style,
        (flow, room): (Frame, i32),
        beside: i32,
        counted: i32,
    ) -> i32 {
        let width = match style.width {
            Some(width) => width - counted,
            None if style.position == Position::Absolute => match (style.at[3], style.at[1]) {
                (Some(_), Some(right)) => room - right - beside,
                _ => room - beside,
            },
            None => flow.width - style.margin[1] - style.margin[3] - beside,
        };
        let bound = |side: Option<i32>| side.map(|side| side - counted);
        let most = bound(style.most[0]).unwrap_or(i32::MAX);
        width.min(most).max(bound(style.least[0]).unwrap_or(0)).max(0)
    }

    /// Where its border begins.
    fn left_of(&self, style: &Style, flow: Frame, from: Frame, beside: i32) -> i32 {
        let placed = style.position == Position::Absolute;
        if let (false, Some(width), [_, auto_right, _, true]) =
            (placed, style.width, style.auto_margin)
        {
            // What room is left goes to the left, or to both sides.
            let free = flow.width - width - beside - style.margin[1];
            return flow.x + free.max(0) / if auto_right { 2 } else { 1 };
        }
        match (style.at[3], style.at[1], style.width) {
            (Some(left), _, _) if placed => from.x + left + style.margin[3],
            (None, Some(right), Some(width)) if placed => {
                from.x + from.width - right - width - beside
            }
            (None, Some(_), None) if placed => from.x,
            (Some(left), _, _) if style.position == Position::Relative => {
                flow.x + style.margin[3] + left
            }
            _ => flow.x + style.margin[3],
        }
    }

    /// What is inside a block: lines, blocks, and what stands at a place.
    pub(super) fn content(
        &mut self,
        element: ElementRef<'_>,
        (look, align): (Type, Align),
        inside: Frame,
        from: Frame,
        depth: usize,
    ) -> Result<Size, Refused> {
        let mut lines = Lines::new(inside.x, inside.y, inside.width, align);
        lines.floats = self.floats.clone();
        self.children(element, look, &mut lines, (inside, from), depth)?;
        if lines.is_open() {
            lines.end(&mut self.out);
        }
        Ok(Size { width: lines.widest, height: lines.top - inside.y })
    }

    fn children(
        &mut self,
        element: ElementRef<'_>,
        look: Type,
        lines: &mut Lines,
        (inside, from): (Frame, Frame),
        depth: usize,
    ) -> Result<(), Refused> {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => lines.text(text, &look, &mut self.out),
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else { continue };
                    self.child(child, look, lines, (inside, from), depth)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn child(
        &mut self,
        child: ElementRef<'_>,
        look: Type,
        lines: &mut Lines,
        (inside, from): (Frame, Frame),
        depth: usize,
    ) -> Result<(), Refused> {
        if depth > DEPTH_MAX {
            return Err(Refused::TooLarge("html"));
        }
        let name = child.value().name();
        if matches!(name, "style" | "title" | "meta" | "head" | "noscript" | "template") {
            return Ok(());
        }
        if name == "br" {
            lines.broken(&look, &mut self.out);
            return Ok(());
        }
        let style = self.style(child, look, inside)?;
        if style.display == Display::None {
            return Ok(());
        }
        if style.position == Position::Absolute {
            let flow = Frame { y: lines.top, ..inside };
            if name == "img" {
                self.placed_picture(child, &style, flow, from)?;
            } else {
                self.block(child, style, flow, from, depth + 1)?;
            }
            return Ok(());
        }
        if style.float.is_some() {
            return self.float(child, &style, lines, (inside, from), depth);
        }
        if style.in_line && name != "img" {
            return self.in_line(child, style, look, lines, (inside, from), depth);
        }
        if name == "img" {
            return self.picture_in_flow(child, &style, lines, inside);
        }
        match style.display {
            Display::Inline => {
                if style.background.is_some() || style.border != [0; 4] {
                    return Err(Refused::UnknownLayout(format!("inline <{name}> with a box")));
                }
                self.children(child, style.text, lines, (inside, from), depth + 1)?;
            }
            _ => {
                if lines.is_open() {
                    lines.end(&mut self.out);
                }
                let flow = self.beside_floats(&style, name, lines, inside);
                let margins = style.margin;
                let size = self.block(child, style, flow, from, depth + 1)?;
                lines.top += size.height;
                lines.floats = self.floats.clone();
                // A block that says no width is as wide as its parent, which shrinks to lines.
                lines.widest = lines.widest.max((size.width - margins[1]).min(inside.width));
            }
        }
        Ok(())
    }

    /// A picture at a place of its own.
    fn placed_picture(
        &mut self,
        element: ElementRef<'_>,
        style: &Style,
        flow: Frame,
        from: Frame,
    ) -> Result<(), Refused> {
        let Some((grey, width, height)) = sized_picture(element, style, (from.width, from.height))?
        else {
            return Ok(());
        };
        let sized = Style { width: Some(width), ..style.clone() };
        let left = self.left_of(&sized, flow, from, 0);
        let top = match (style.at[0], style.at[2], from.height) {
            (Some(top), _, _) => from.y + top,
            (None, Some(bottom), Some(whole)) => from.y + whole - bottom - height,
            _ => flow.y,
        };
        self.right = self.right.max(left + width);
        self.bottom = self.bottom.max(top + height);
        self.out.push(Piece::Picture([left, top, width, height], grey));
        Ok(())
    }
}
