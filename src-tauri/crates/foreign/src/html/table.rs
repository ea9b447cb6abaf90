//! Tables: columns as wide as their cells say or need, rows as high as their cells, cells over
//! several of both. The automatic layout of CSS 2.1, 17.5.2.2, as far as templates use it.

use super::{
    css,
    frame::{Frame, Size, own_frame},
    lay::Layout,
    style::{Align, Display, Style},
};
use crate::Refused;
use columns::{Wishes, say, share, stretch, widths};
use scraper::ElementRef;

mod columns;

/// Rows and columns of one table; what says more is no label.
const SIDE_MAX: usize = 200;
/// One px.
const PX: i32 = 265;
/// Wider than any paper: a line in it is never broken.
const UNBROKEN: i32 = 400_000;

/// One cell and where it stands.
struct Cell<'a> {
    element: ElementRef<'a>,
    style: Style,
    row: usize,
    rows: usize,
    column: usize,
    columns: usize,
    /// Padding and borders of both sides.
    beside: i32,
    /// The same above and below.
    above: i32,
    /// Share of the free room above its content, in halves.
    drop_halves: i32,
}

/// A table's cells and how far apart they are.
struct Grid<'a> {
    cells: Vec<Cell<'a>>,
    /// Heights that the rows say.
    rows: Vec<i32>,
    columns: usize,
    /// Widths that `col` elements say.
    said: Vec<Option<i32>>,
    spacing: i32,
    /// How far a cell's edge reaches over its neighbour's, where edges collapse.
    shared: i32,
    is_fixed: bool,
}

impl Layout<'_> {
    /// Lays out what is inside a table; `inside.width` is its own, or the room for it if it says
    /// none.
    pub(super) fn table(
        &mut self,
        element: ElementRef<'_>,
        style: &Style,
        (inside, from): (Frame, Frame),
        depth: usize,
    ) -> Result<Size, Refused> {
        let grid = self.grid(element, style, inside)?;
        let gaps = grid.spacing * (grid.columns as i32 + 1) + grid.shared;
        let wishes = self.wishes(&grid, inside.width - gaps, depth)?;
        let widths = widths(&wishes, inside.width - gaps, style.width.is_some());
        let mut heights = grid.rows.clone();
        let mut contents = Vec::new();
        for cell in &grid.cells {
            let width = span(&widths, cell.column, cell.columns, grid.spacing) + grid.shared;
            let content = self.tried(cell, (width - cell.beside).max(0), depth)?;
            contents.push(content.height);
            let said = cell.style.height.unwrap_or(0);
            let high = content.height.max(said) + cell.above - grid.shared;
            let last = (cell.row + cell.rows).min(heights.len()) - 1;
            let others = span(&heights, cell.row, last - cell.row, grid.spacing);
            let between = if last > cell.row { grid.spacing } else { 0 };
            heights[last] = heights[last].max(high - others - between);
        }
        let gaps_down = grid.spacing * (heights.len() as i32 + 1) + grid.shared;
        stretch(&mut heights, style.height.unwrap_or(0) - gaps_down, &grid.rows);
        for (cell, content) in grid.cells.iter().zip(contents) {
            self.cell(cell, &grid, (&widths, &heights), (inside, from, content), depth)?;
        }
        let total = |sides: &[i32], gaps: i32| sides.iter().sum::<i32>() + gaps;
        Ok(Size { width: total(&widths, gaps), height: total(&heights, gaps_down) })
    }

    /// Finds the cells and the places that cells above leave free for them.
    fn grid<'a>(
        &mut self,
        element: ElementRef<'a>,
        style: &Style,
        inside: Frame,
    ) -> Result<Grid<'a>, Refused> {
        let declared = css::of(element, self.rules)?;
        let says = |name: &str, value: &str| {
            declared.iter().rev().find(|(n, _)| n == name).is_some_and(|(_, v)| v == value)
        };
        let px = |name: &str| pixels(element, name);
        let collapses = says("border-collapse", "collapse");
        let spacing = if collapses { 0 } else { px("cellspacing").unwrap_or(2 * PX) };
        let mut grid = Grid {
            cells: Vec::new(),
            rows: Vec::new(),
            columns: 0,
            said: Vec::new(),
            spacing,
            shared: 0,
            is_fixed: says("table-layout", "fixed"),
        };
        let look = (px("border").map_or(0, |wide| wide.min(PX)), px("cellpadding").unwrap_or(PX));
        // For each column, the row from which on it is free.
        let mut taken: Vec<usize> = Vec::new();
        for part in parts(element)? {
            match part.value().name() {
                "col" => grid.said.push(said(part, "width", inside.width)),
                _ => self.row(part, style, (inside, look), &mut grid, &mut taken)?,
            }
        }
        let rows = grid.rows.len();
        for cell in &mut grid.cells {
            cell.rows = cell.rows.min(rows - cell.row);
        }
        if collapses {
            let edge = |cell: &Cell<'_>| cell.style.border[3].max(cell.style.border[0]);
            grid.shared = grid.cells.iter().map(edge).max().unwrap_or(0);
        }
        Ok(grid)
    }

    fn row<'a>(
        &mut self,
        row: ElementRef<'a>,
        table: &Style,
        (inside, (edge, padding)): (Frame, (i32, i32)),
        grid: &mut Grid<'a>,
        taken: &mut Vec<usize>,
    ) -> Result<(), Refused> {
        let of_row = self.style(row, table.text, inside)?;
        if of_row.display == Display::None {
            return Ok(());
        }
        let nth = grid.rows.len();
        grid.rows.push(of_row.height.or_else(|| said(row, "height", 0)).unwrap_or(0).max(0));
        let row_drop = drop_of(row, self)?;
        let mut column = 0;
        for element in row.children().filter_map(ElementRef::wrap) {
            if !matches!(element.value().name(), "td" | "th") {
                continue;
            }
            let mut style = self.style(element, of_row.text, inside)?;
            if style.display == Display::None {
                continue;
            }
            while taken.get(column).is_some_and(|&free| free > nth) {
                column += 1;
            }
            let number = |name: &str| {
                let value = element.value().attr(name).and_then(|text| text.trim().parse().ok());
                value.unwrap_or(1_usize).clamp(1, SIDE_MAX)
            };
            let (columns, rows) = (number("colspan"), number("rowspan"));
            if column + columns > SIDE_MAX || nth >= SIDE_MAX {
                return Err(Refused::TooLarge("html"));
            }
            taken.resize(taken.len().max(column + columns), 0);
            taken[column..column + columns].fill(nth + rows);
            grid.columns = grid.columns.max(column + columns);
            dressed(&mut style, element, inside.width, (edge, padding));
            let (p, b) = (style.padding, style.border);
            grid.cells.push(Cell {
                element,
                row: nth,
                rows,
                column,
                columns,
                beside: p[1] + p[3] + b[1] + b[3],
                above: p[0] + p[2] + b[0] + b[2],
                drop_halves: drop_of(element, self)?.or(row_drop).unwrap_or(1),
                style,
            });
            column += columns;
        }
        Ok(())
    }

    /// What the columns want; cells over several of them come last and share what they lack.
    fn wishes(&mut self, grid: &Grid<'_>, room: i32, depth: usize) -> Result<Wishes, Refused> {
        let count = grid.columns;
        let mut wishes =
            Wishes { least: vec![0; count], most: vec![0; count], said: vec![None; count] };
        for (said, col) in wishes.said.iter_mut().zip(&grid.said) {
            *said = *col;
        }
        let mut cells: Vec<&Cell<'_>> = grid.cells.iter().collect();
        cells.sort_by_key(|cell| cell.columns);
        for cell in cells {
            if grid.is_fixed && cell.row > 0 {
                continue;
            }
            let beside = cell.beside - grid.shared;
            let range = cell.column..cell.column + cell.columns;
            let between = grid.spacing * (cell.columns as i32 - 1);
            let said = wishes.said[range.clone()].to_vec();
            if !grid.is_fixed {
                let least = self.measured(cell, 0, depth)?.min(room.max(0));
                let most = self.measured(cell, UNBROKEN, depth)?.clamp(least, room.max(least));
                share(&mut wishes.least[range.clone()], &said, least + beside - between);
                share(&mut wishes.most[range.clone()], &said, most + beside - between);
            }
            if let Some(said) = cell.style.width {
                let counted = if cell.style.counts_border { 0 } else { beside };
                say(&mut wishes.said[range], said + counted - between);
            }
        }
        for (most, least) in wishes.most.iter_mut().zip(&wishes.least) {
            *most = (*most).max(*least);
        }
        Ok(wishes)
    }

    /// How wide a cell's content gets in so much room; nothing of it is kept.
    fn measured(&mut self, cell: &Cell<'_>, room: i32, depth: usize) -> Result<i32, Refused> {
        let was = std::mem::replace(&mut self.measures, true);
        let size = self.tried(cell, room, depth);
        self.measures = was;
        size.map(|size| size.width)
    }

    /// Lays a cell's content out and forgets it.
    fn tried(&mut self, cell: &Cell<'_>, width: i32, depth: usize) -> Result<Size, Refused> {
        let (count, right, bottom) = (self.out.len(), self.right, self.bottom);
        let inside = Frame { x: 0, y: 0, width, height: cell.style.height };
        let look = (cell.style.text, Align::Left);
        let size = self.column(cell.element, look, inside, inside, depth + 1);
        self.out.truncate(count);
        (self.right, self.bottom) = (right, bottom);
        size
    }

    /// One cell where it belongs, with its edges.
    fn cell(
        &mut self,
        cell: &Cell<'_>,
        grid: &Grid<'_>,
        (widths, heights): (&[i32], &[i32]),
        (inside, from, content): (Frame, Frame, i32),
        depth: usize,
    ) -> Result<(), Refused> {
        let before = |sides: &[i32], at: usize| {
            sides[..at].iter().sum::<i32>() + grid.spacing * (at as i32 + 1)
        };
        let left = inside.x + before(widths, cell.column);
        let top = inside.y + before(heights, cell.row);
        let outer = Size {
            width: span(widths, cell.column, cell.columns, grid.spacing) + grid.shared,
            height: span(heights, cell.row, cell.rows, grid.spacing) + grid.shared,
        };
        let (padding, border) = (cell.style.padding, cell.style.border);
        let free = (outer.height - cell.above - content).max(0);
        let frame = Frame {
            x: left + border[3] + padding[3],
            y: top + border[0] + padding[0] + free * cell.drop_halves / 2,
            width: (outer.width - cell.beside).max(0),
            height: Some((outer.height - cell.above).max(0)),
        };
        let first = self.out.len();
        let look = (cell.style.text, cell.style.text.align);
        let own = own_frame(&cell.style, frame, from);
        self.column(cell.element, look, frame, own, depth + 1)?;
        self.edges(&cell.style, left, top, &outer, first);
        Ok(())
    }
}

/// A table's own look: its attributes where CSS says nothing. Its width counts its edges.
pub(super) fn of(mut style: Style, table: ElementRef<'_>, whole: i32) -> Style {
    if style.border == [0; 4] {
        style.border = [pixels(table, "border").unwrap_or(0).min(4 * PX); 4];
    }
    style.width = style.width.or_else(|| said(table, "width", whole)).map(|um| um.max(0));
    style.height = style.height.or_else(|| said(table, "height", 0)).map(|um| um.max(0));
    style.counts_border = true;
    style
}

/// Whether a table stands in the middle of its room.
pub(super) fn is_centred(table: ElementRef<'_>) -> bool {
    table.value().attr("align").is_some_and(|value| value.eq_ignore_ascii_case("center"))
}

/// Rows and `col`s of a table, through its bodies.
fn parts(table: ElementRef<'_>) -> Result<Vec<ElementRef<'_>>, Refused> {
    let mut found = Vec::new();
    for child in table.children().filter_map(ElementRef::wrap) {
        match child.value().name() {
            "tr" | "col" => found.push(child),
            "thead" | "tbody" | "tfoot" | "colgroup" => {
                let inner = child.children().filter_map(ElementRef::wrap);
                found.extend(inner.filter(|part| matches!(part.value().name(), "tr" | "col")));
            }
            "style" => {}
            name => return Err(Refused::UnknownLayout(format!("<{name}> in a table"))),
        }
    }
    Ok(found)
}

/// What a cell gets from the table's attributes and its own, where CSS says nothing.
fn dressed(style: &mut Style, cell: ElementRef<'_>, whole: i32, (edge, padding): (i32, i32)) {
    if style.padding == [0; 4] {
        style.padding = [padding; 4];
    }
    if style.border == [0; 4] {
        style.border = [edge; 4];
    }
    style.width = style.width.or_else(|| said(cell, "width", whole)).map(|um| um.max(0));
    style.height = style.height.or_else(|| said(cell, "height", 0)).map(|um| um.max(0));
    style.text.wraps &= cell.value().attr("nowrap").is_none();
}

/// Where content stands in its cell: 0 at the top, 1 in the middle, 2 at the bottom.
pub(super) fn drop_of(
    element: ElementRef<'_>,
    layout: &Layout<'_>,
) -> Result<Option<i32>, Refused> {
    let declared = css::of(element, layout.rules)?;
    let css = declared.into_iter().rev().find(|(name, _)| name == "vertical-align");
    let value = css.map(|(_, value)| value);
    let value = value.or_else(|| element.value().attr("valign").map(str::to_ascii_lowercase));
    Ok(match value.as_deref() {
        Some("top" | "text-top" | "baseline") => Some(0),
        Some("middle") => Some(1),
        Some("bottom" | "text-bottom") => Some(2),
        _ => None,
    })
}

/// An attribute in px or percent.
fn said(element: ElementRef<'_>, name: &str, whole: i32) -> Option<i32> {
    let value = element.value().attr(name)?.trim().to_ascii_lowercase();
    pixels(element, name).or_else(|| css::length(&value, 0, (whole > 0).then_some(whole)))
}

/// An attribute in px.
fn pixels(element: ElementRef<'_>, name: &str) -> Option<i32> {
    let px: f64 = element.value().attr(name)?.trim().parse().ok()?;
    (0.0..10_000.0).contains(&px).then(|| (px * 25_400.0 / 96.0).round() as i32)
}

/// So many neighbours with what is between them.
fn span(sides: &[i32], from: usize, count: usize, spacing: i32) -> i32 {
    let end = (from + count).min(sides.len());
    sides[from..end].iter().sum::<i32>() + spacing * (count as i32 - 1).max(0)
}
