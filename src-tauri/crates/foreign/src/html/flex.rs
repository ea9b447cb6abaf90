//! Rows, columns and grids: `taffy` says where their items lie, we say how large these are and draw
//! them.

use super::{
    flow::um,
    frame::{Frame, Size},
    lay::Layout,
    line::Lines,
    picture::sized_picture,
    pieces::Piece,
    style::{Display, Position, Style},
};
use crate::{Refused, grey::Grey};
use scraper::{ElementRef, Node};
use taffy::{
    AvailableSpace, TaffyTree,
    prelude::{Dimension, FromLength, LengthPercentageAuto, TaffyAuto},
};

/// Wider than any paper: a line in it is never broken.
pub const UNBROKEN: i32 = 400_000;
/// Items of one container.
const ITEMS_MAX: usize = 500;

/// Something that a container places.
enum Item<'a> {
    Element(ElementRef<'a>, Box<Style>),
    Picture(Grey, Box<Style>, (i32, i32)),
    /// Words that stand in the container itself.
    Text(String),
}

impl Layout<'_> {
    /// Lays out what is inside a row, column or grid. `fills`: whether it is as wide as its room.
    pub(super) fn items(
        &mut self,
        element: ElementRef<'_>,
        style: &Style,
        (inside, from): (Frame, Frame),
        (fills, depth): (bool, usize),
    ) -> Result<Size, Refused> {
        let items = self.collected(element, style, (inside, from), depth)?;
        let mut tree: TaffyTree<usize> = TaffyTree::new();
        tree.disable_rounding();
        let failed = |_| Refused::Broken("html");
        let mut leaves = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            leaves.push(tree.new_leaf_with_context(leaf(item), at).map_err(failed)?);
        }
        let mut of_all = container(style, inside.height);
        if fills {
            of_all.size.width = Dimension::from_length(um(inside.width));
        }
        let root = tree.new_with_children(of_all.clone(), &leaves).map_err(failed)?;
        let room = match inside.width {
            _ if self.measures && inside.width <= 0 => AvailableSpace::MinContent,
            _ if inside.width >= UNBROKEN => AvailableSpace::MaxContent,
            _ if fills => AvailableSpace::Definite(um(inside.width)),
            _ => AvailableSpace::MaxContent,
        };
        self.solve(&mut tree, root, room, (style, &items, inside), depth)?;
        let width =
            |tree: &TaffyTree<usize>| tree.layout(root).map(|all| all.size.width.round() as i32);
        if !fills && inside.width > 0 && width(&tree).map_err(failed)? > inside.width {
            of_all.size.width = Dimension::from_length(um(inside.width));
            tree.set_style(root, of_all).map_err(failed)?;
            let room = AvailableSpace::Definite(um(inside.width));
            self.solve(&mut tree, root, room, (style, &items, inside), depth)?;
        }
        for (item, leaf) in items.into_iter().zip(leaves) {
            let place = *tree.layout(leaf).map_err(failed)?;
            let (x, y) = (place.location.x.round() as i32, place.location.y.round() as i32);
            let end = |from: f32, side: f32| (from + side).round() as i32;
            let (right, bottom) =
                (end(place.location.x, place.size.width), end(place.location.y, place.size.height));
            let frame = Frame {
                x: inside.x + x,
                y: inside.y + y,
                width: right - x,
                height: Some(bottom - y),
            };
            self.place_item(item, style, frame, from, depth)?;
        }
        let all = tree.layout(root).map_err(failed)?.size;
        Ok(Size { width: all.width.round() as i32, height: all.height.round() as i32 })
    }

    /// The items in their order; what stands at a place of its own is laid out at once.
    fn collected<'a>(
        &mut self,
        element: ElementRef<'a>,
        style: &Style,
        (inside, from): (Frame, Frame),
        depth: usize,
    ) -> Result<Vec<Item<'a>>, Refused> {
        let mut items = Vec::new();
        for child in element.children() {
            match child.value() {
                Node::Text(text) if !text.trim().is_empty() => {
                    items.push((0, Item::Text(text.to_string())));
                }
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else { continue };
                    let name = child.value().name();
                    if matches!(name, "style" | "title" | "meta" | "noscript" | "template" | "br") {
                        continue;
                    }
                    let mut own = self.style(child, style.text, inside)?;
                    if own.display == Display::None {
                        continue;
                    }
                    if own.position == Position::Absolute {
                        let mut lines =
                            Lines::new(inside.x, inside.y, inside.width, style.text.align);
                        self.child(child, style.text, &mut lines, (inside, from), depth + 1)?;
                        continue;
                    }
                    if own.display == Display::Inline {
                        own.display = Display::Block;
                    }
                    own.float = None;
                    own.is_apart = true;
                    own.in_line = false;
                    let order = own.flow.order;
                    if name == "img" {
                        let sized = sized_picture(child, &own, (inside.width, inside.height))?;
                        let Some((grey, width, height)) = sized else { continue };
                        items.push((order, Item::Picture(grey, Box::new(own), (width, height))));
                    } else {
                        items.push((order, Item::Element(child, Box::new(own))));
                    }
                }
                _ => {}
            }
        }
        if items.len() > ITEMS_MAX {
            return Err(Refused::TooLarge("html"));
        }
        items.sort_by_key(|(order, _)| *order);
        Ok(items.into_iter().map(|(_, item)| item).collect())
    }

    fn solve(
        &mut self,
        tree: &mut TaffyTree<usize>,
        root: taffy::NodeId,
        room: AvailableSpace,
        (style, items, inside): (&Style, &[Item<'_>], Frame),
        depth: usize,
    ) -> Result<(), Refused> {
        let mut failed = None;
        let space = taffy::Size { width: room, height: AvailableSpace::MaxContent };
        let done =
            tree.compute_layout_with_measure(root, space, |inputs, _, context, leaf_style| {
                taffy::compute_leaf_layout(
                    inputs,
                    leaf_style,
                    |_, _| 0.0,
                    |known, available| {
                        let Some(item) = context.and_then(|at| items.get(*at)) else {
                            return taffy::Size::ZERO;
                        };
                        self.item_size(item, style, (known, available.width), inside, depth)
                            .unwrap_or_else(|why| {
                                failed.get_or_insert(why);
                                taffy::Size::ZERO
                            })
                    },
                )
            });
        match (failed, done) {
            (Some(why), _) => Err(why),
            (None, Err(_)) => Err(Refused::Broken("html")),
            (None, Ok(())) => Ok(()),
        }
    }

    /// How large an item is with its padding and borders, as far as that is not known.
    fn item_size(
        &mut self,
        item: &Item<'_>,
        style: &Style,
        (known, room): (taffy::Size<Option<f32>>, AvailableSpace),
        inside: Frame,
        depth: usize,
    ) -> Result<taffy::Size<f32>, Refused> {
        if let (Some(width), Some(height)) = (known.width, known.height) {
            return Ok(taffy::Size { width, height });
        }
        if let Item::Picture(_, _, (width, height)) = item {
            // One side that is known keeps the shape.
            let (wide, high) = (um(*width), um(*height).max(1.0));
            return Ok(match (known.width, known.height) {
                (Some(width), _) => taffy::Size { width, height: width * high / wide.max(1.0) },
                (_, Some(height)) => taffy::Size { width: height * wide / high, height },
                _ => taffy::Size { width: wide, height: high },
            });
        }
        let width = match (known.width, room) {
            (Some(width), _) => width.round() as i32,
            (None, AvailableSpace::MinContent) => {
                self.tried_item(item, style, inside, 0, true, depth)?.width
            }
            (None, AvailableSpace::MaxContent) => {
                self.tried_item(item, style, inside, UNBROKEN, true, depth)?.width
            }
            (None, AvailableSpace::Definite(most)) => {
                let wish = self.tried_item(item, style, inside, UNBROKEN, true, depth)?.width;
                wish.min((most.round() as i32).max(0))
            }
        };
        let height = match known.height {
            Some(height) => height,
            None => um(self.tried_item(item, style, inside, width, false, depth)?.height),
        };
        Ok(taffy::Size { width: known.width.unwrap_or(um(width)), height })
    }

    /// Lays an item out in so much room and forgets it.
    fn tried_item(
        &mut self,
        item: &Item<'_>,
        style: &Style,
        inside: Frame,
        room: i32,
        measures: bool,
        depth: usize,
    ) -> Result<Size, Refused> {
        let key = match item {
            Item::Element(element, _) => Some((element.id(), room, measures, inside.height)),
            Item::Picture(..) | Item::Text(_) => None,
        };
        if let Some(&(width, height)) = key.and_then(|key| self.sizes.get(&key)) {
            return Ok(Size { width, height });
        }
        let (count, right, bottom) = (self.out.len(), self.right, self.bottom);
        let was = std::mem::replace(&mut self.measures, measures);
        let frame = Frame { x: 0, y: 0, width: room, height: inside.height };
        let size = match item {
            Item::Text(text) => {
                let mut lines = Lines::new(0, 0, room, style.text.align);
                lines.text(text, &style.text, &mut self.out);
                if lines.is_open() {
                    lines.end(&mut self.out);
                }
                Ok(Size { width: lines.widest, height: lines.top })
            }
            Item::Element(element, own) => {
                let mut own = (**own).clone();
                own.margin = [0; 4];
                if !measures {
                    own.width = Some(room);
                    own.counts_border = true;
                    own.height = None;
                }
                self.block(*element, own, frame, frame, depth + 1)
            }
            Item::Picture(_, _, (width, height)) => Ok(Size { width: *width, height: *height }),
        };
        self.measures = was;
        self.out.truncate(count);
        (self.right, self.bottom) = (right, bottom);
        if let (Some(key), Ok(size)) = (key, &size) {
            self.sizes.insert(key, (size.width, size.height));
        }
        size
    }

    fn place_item(
        &mut self,
        item: Item<'_>,
        style: &Style,
        frame: Frame,
        from: Frame,
        depth: usize,
    ) -> Result<(), Refused> {
        match item {
            Item::Text(text) => {
                let mut lines = Lines::new(frame.x, frame.y, frame.width, style.text.align);
                lines.text(&text, &style.text, &mut self.out);
                if lines.is_open() {
                    lines.end(&mut self.out);
                }
            }
            Item::Picture(grey, _, _) => {
                let place = [frame.x, frame.y, frame.width, frame.height.unwrap_or(0)];
                self.right = self.right.max(place[0] + place[2]);
                self.bottom = self.bottom.max(place[1] + place[3]);
                if place[2] > 0 && place[3] > 0 {
                    self.out.push(Piece::Picture(place, grey));
                }
            }
            Item::Element(element, mut own) => {
                own.margin = [0; 4];
                own.auto_margin = [false; 4];
                own.width = Some(frame.width);
                own.height = frame.height;
                own.counts_border = true;
                self.block(element, *own, frame, from, depth + 1)?;
            }
        }
        Ok(())
    }
}

fn container(style: &Style, height: Option<i32>) -> taffy::Style<String> {
    let flow = &style.flow;
    let is_grid = style.display == Display::Grid;
    taffy::Style {
        display: if is_grid { taffy::Display::Grid } else { taffy::Display::Flex },
        size: taffy::Size {
            width: Dimension::AUTO,
            height: height.map_or(Dimension::AUTO, |height| Dimension::from_length(um(height))),
        },
        flex_direction: flow.direction,
        flex_wrap: flow.wrap,
        justify_content: flow.justify,
        align_content: flow.align_lines,
        align_items: flow.align,
        justify_items: flow.justify_items,
        gap: flow.gap,
        grid_template_columns: flow.columns.clone(),
        grid_template_rows: flow.rows.clone(),
        ..taffy::Style::default()
    }
}

/// An item as `taffy` sees it: a box of its own size, padding and borders inside.
fn leaf(item: &Item<'_>) -> taffy::Style<String> {
    let (own, picture) = match item {
        Item::Text(_) => return taffy::Style::default(),
        Item::Element(_, own) => (own, None),
        Item::Picture(_, own, size) => (own, Some(*size)),
    };
    let [above, right, below, left] = own.padding;
    let [edge_above, edge_right, edge_below, edge_left] = own.border;
    let (beside, over) =
        (left + right + edge_left + edge_right, above + below + edge_above + edge_below);
    let length = |said: Option<i32>, more: i32| {
        let more = if own.counts_border { 0 } else { more };
        said.map_or(Dimension::AUTO, |said| Dimension::from_length(um(said + more)))
    };
    let bound = |said: Option<i32>, more: i32| {
        let more = if own.counts_border { 0 } else { more };
        said.map_or(LengthPercentageAuto::AUTO, |said| {
            LengthPercentageAuto::from_length(um(said + more))
        })
    };
    let margin = |side: usize| match own.auto_margin[side] {
        true => LengthPercentageAuto::AUTO,
        false => LengthPercentageAuto::from_length(um(own.margin[side])),
    };
    let (width, height) = match picture {
        Some((width, height)) => (Some(width), Some(height)),
        None => (own.width, own.height),
    };
    taffy::Style {
        item_is_replaced: picture.is_some(),
        size: taffy::Size { width: length(width, beside), height: length(height, over) },
        min_size: taffy::Size {
            width: bound(own.least[0], beside),
            height: bound(own.least[1], over),
        },
        max_size: taffy::Size {
            width: bound(own.most[0], beside),
            height: bound(own.most[1], over),
        },
        margin: taffy::Rect {
            top: margin(0),
            right: margin(1),
            bottom: margin(2),
            left: margin(3),
        },
        flex_grow: own.flow.grow,
        flex_shrink: own.flow.shrink,
        flex_basis: own.flow.basis,
        align_self: own.flow.own_align,
        justify_self: own.flow.own_justify,
        grid_column: own.flow.column.clone(),
        grid_row: own.flow.row.clone(),
        ..taffy::Style::default()
    }
}
