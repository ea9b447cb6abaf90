//! What CSS says of rows, columns and grids: read into the words of `taffy`, which lays them out.
//! Lengths in µm.

use super::css;
use taffy::prelude::{
    AlignContent, AlignItems, Dimension, FlexDirection, FlexWrap, FromFr, FromLength, FromPercent,
    GridPlacement, GridTemplateComponent, LengthPercentage, Line, Size, TaffyAuto, TaffyGridLine,
    TaffyGridSpan, TaffyMaxContent, TaffyMinContent, TrackSizingFunction, minmax,
};

/// Tracks of a grid; nobody writes more for a label.
const TRACKS_MAX: usize = 100;

/// What an element says as a container of items, and as an item.
#[derive(Debug, Clone)]
pub struct Flow {
    pub direction: FlexDirection,
    pub wrap: FlexWrap,
    pub justify: AlignContent,
    pub align_lines: AlignContent,
    pub align: AlignItems,
    pub justify_items: AlignItems,
    pub gap: Size<LengthPercentage>,
    pub columns: Vec<GridTemplateComponent<String>>,
    pub rows: Vec<GridTemplateComponent<String>>,
    pub grow: f32,
    pub shrink: f32,
    pub basis: Dimension,
    pub own_align: Option<AlignItems>,
    pub own_justify: Option<AlignItems>,
    pub column: Line<GridPlacement<String>>,
    pub row: Line<GridPlacement<String>>,
    pub order: i32,
}

impl Default for Flow {
    fn default() -> Self {
        let like = taffy::Style::<String>::default();
        Self {
            direction: like.flex_direction,
            wrap: like.flex_wrap,
            justify: like.justify_content,
            align_lines: like.align_content,
            align: like.align_items,
            justify_items: like.justify_items,
            gap: like.gap,
            columns: Vec::new(),
            rows: Vec::new(),
            grow: like.flex_grow,
            shrink: like.flex_shrink,
            basis: like.flex_basis,
            own_align: None,
            own_justify: None,
            column: like.grid_column,
            row: like.grid_row,
            order: 0,
        }
    }
}

impl Flow {
    /// Takes a declaration; `None` if it is none of these, and whether its value was followed.
    pub fn set(&mut self, name: &str, value: &str, em: i32) -> Option<bool> {
        let number = || value.parse::<f32>().ok().filter(|number| (0.0..1e4).contains(number));
        Some(match name {
            "flex-direction" => direction(value).map(|to| self.direction = to).is_some(),
            "flex-wrap" => wrap(value).map(|to| self.wrap = to).is_some(),
            "flex-flow" => value.split_whitespace().all(|part| {
                direction(part).map(|to| self.direction = to).is_some()
                    || wrap(part).map(|to| self.wrap = to).is_some()
            }),
            "justify-content" => content(value).map(|to| self.justify = to).is_some(),
            "align-content" => content(value).map(|to| self.align_lines = to).is_some(),
            "align-items" => items(value).map(|to| self.align = to).is_some(),
            "justify-items" => items(value).map(|to| self.justify_items = to).is_some(),
            "align-self" => items(value).map(|to| self.own_align = Some(to)).is_some(),
            "justify-self" => items(value).map(|to| self.own_justify = Some(to)).is_some(),
            "gap" | "grid-gap" => self.gaps(value, em).is_some(),
            "row-gap" | "grid-row-gap" => share(value, em).map(|to| self.gap.height = to).is_some(),
            "column-gap" | "grid-column-gap" => {
                share(value, em).map(|to| self.gap.width = to).is_some()
            }
            "flex-grow" => number().map(|to| self.grow = to).is_some(),
            "flex-shrink" => number().map(|to| self.shrink = to).is_some(),
            "flex-basis" => basis(value, em).map(|to| self.basis = to).is_some(),
            "flex" => self.flex(value, em).is_some(),
            "order" => value.parse().map(|to| self.order = to).is_ok(),
            "grid-template-columns" => tracks(value, em).map(|to| self.columns = to).is_some(),
            "grid-template-rows" => tracks(value, em).map(|to| self.rows = to).is_some(),
            "grid-column" => lines(value).map(|to| self.column = to).is_some(),
            "grid-row" => lines(value).map(|to| self.row = to).is_some(),
            _ => return None,
        })
    }

    fn gaps(&mut self, value: &str, em: i32) -> Option<()> {
        let both: Option<Vec<LengthPercentage>> =
            value.split_whitespace().map(|part| share(part, em)).collect();
        (self.gap.height, self.gap.width) = match both?[..] {
            [both] => (both, both),
            [rows, columns] => (rows, columns),
            _ => return None,
        };
        Some(())
    }

    /// `flex: 1`, `flex: none`, `flex: 0 0 30mm` …
    fn flex(&mut self, value: &str, em: i32) -> Option<()> {
        let zero = Dimension::from_length(0.0);
        (self.grow, self.shrink, self.basis) = match value {
            "none" => (0.0, 0.0, Dimension::AUTO),
            "auto" => (1.0, 1.0, Dimension::AUTO),
            "initial" => (0.0, 1.0, Dimension::AUTO),
            _ => {
                let (mut numbers, mut said) = (Vec::new(), None);
                for part in value.split_whitespace() {
                    match part.parse::<f32>() {
                        Ok(number) if (0.0..1e4).contains(&number) && numbers.len() < 2 => {
                            numbers.push(number);
                        }
                        _ => said = Some(basis(part, em)?),
                    }
                }
                let grow = numbers.first().copied().unwrap_or(1.0);
                (grow, numbers.get(1).copied().unwrap_or(1.0), said.unwrap_or(zero))
            }
        };
        Some(())
    }
}

fn direction(value: &str) -> Option<FlexDirection> {
    Some(match value {
        "row" => FlexDirection::Row,
        "column" => FlexDirection::Column,
        "row-reverse" => FlexDirection::RowReverse,
        "column-reverse" => FlexDirection::ColumnReverse,
        _ => return None,
    })
}

fn wrap(value: &str) -> Option<FlexWrap> {
    Some(match value {
        "nowrap" => FlexWrap::NoWrap,
        "wrap" => FlexWrap::Wrap,
        "wrap-reverse" => FlexWrap::WrapReverse,
        _ => return None,
    })
}

fn content(value: &str) -> Option<AlignContent> {
    Some(match value {
        "start" | "left" => AlignContent::START,
        "end" | "right" => AlignContent::END,
        "flex-start" => AlignContent::FLEX_START,
        "flex-end" => AlignContent::FLEX_END,
        "normal" | "stretch" => AlignContent::STRETCH,
        "center" => AlignContent::CENTER,
        "space-between" => AlignContent::SPACE_BETWEEN,
        "space-around" => AlignContent::SPACE_AROUND,
        "space-evenly" => AlignContent::SPACE_EVENLY,
        _ => return None,
    })
}

fn items(value: &str) -> Option<AlignItems> {
    Some(match value {
        "start" | "self-start" | "left" => AlignItems::START,
        "end" | "self-end" | "right" => AlignItems::END,
        "flex-start" => AlignItems::FLEX_START,
        "flex-end" => AlignItems::FLEX_END,
        "normal" | "stretch" => AlignItems::STRETCH,
        "center" => AlignItems::CENTER,
        _ => return None,
    })
}

/// µm as `taffy` counts.
pub fn um(um: i32) -> f32 {
    // 16 million are exact, and no paper has so many µm.
    um as f32
}

fn share(value: &str, em: i32) -> Option<LengthPercentage> {
    match percent(value) {
        Some(part) => Some(LengthPercentage::from_percent(part)),
        None if value == "normal" => Some(LengthPercentage::from_length(0.0)),
        None => {
            css::length(value, em, None).map(|length| LengthPercentage::from_length(um(length)))
        }
    }
}

fn percent(value: &str) -> Option<f32> {
    let percent: f32 = value.strip_suffix('%')?.trim().parse().ok()?;
    (0.0..10_000.0).contains(&percent).then_some(percent / 100.0)
}

fn basis(value: &str, em: i32) -> Option<Dimension> {
    match (value, percent(value)) {
        ("auto" | "content" | "max-content", _) => Some(Dimension::AUTO),
        (_, Some(part)) => Some(Dimension::from_percent(part)),
        _ => css::length(value, em, None).map(|length| Dimension::from_length(um(length))),
    }
}

/// `30mm 1fr repeat(2, minmax(10mm, auto))`.
fn tracks(value: &str, em: i32) -> Option<Vec<GridTemplateComponent<String>>> {
    let mut all = Vec::new();
    if value == "none" {
        return Some(all);
    }
    for part in words(value) {
        if let Some(inside) = part.strip_prefix("repeat(").and_then(|rest| rest.strip_suffix(')')) {
            let (count, repeated) = inside.split_once(',')?;
            let count: usize = count.trim().parse().ok().filter(|count| *count <= TRACKS_MAX)?;
            for _ in 0..count {
                for part in words(repeated) {
                    all.push(GridTemplateComponent::Single(track(&part, em)?));
                }
            }
        } else {
            all.push(GridTemplateComponent::Single(track(&part, em)?));
        }
        if all.len() > TRACKS_MAX {
            return None;
        }
    }
    Some(all)
}

fn track(value: &str, em: i32) -> Option<TrackSizingFunction> {
    if let Some(inside) = value.strip_prefix("minmax(").and_then(|rest| rest.strip_suffix(')')) {
        let (least, most) = inside.split_once(',')?;
        return Some(minmax(track(least.trim(), em)?.min, track(most.trim(), em)?.max));
    }
    Some(match (value, value.strip_suffix("fr"), percent(value)) {
        ("auto", ..) => TrackSizingFunction::AUTO,
        ("min-content", ..) => TrackSizingFunction::MIN_CONTENT,
        ("max-content", ..) => TrackSizingFunction::MAX_CONTENT,
        (_, Some(share), _) => {
            let share: f32 = share.trim().parse().ok().filter(|s| (0.0..1e4).contains(s))?;
            TrackSizingFunction::from_fr(share)
        }
        (_, _, Some(part)) => TrackSizingFunction::from_percent(part),
        _ => TrackSizingFunction::from_length(um(css::length(value, em, None)?)),
    })
}

/// Parts between blanks, but not inside brackets.
fn words(value: &str) -> Vec<String> {
    let (mut all, mut open) = (vec![String::new()], 0);
    for c in value.chars() {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        match all.last_mut() {
            Some(last) if !c.is_whitespace() || open > 0 => last.push(c),
            _ => all.push(String::new()),
        }
    }
    all.retain(|part| !part.is_empty());
    all
}

/// `2`, `span 2`, `1 / 3`, `1 / span 2`.
fn lines(value: &str) -> Option<Line<GridPlacement<String>>> {
    let one = |value: &str| -> Option<GridPlacement<String>> {
        let value = value.trim();
        let near = |number: i16| (-100..=100).contains(&number) && number != 0;
        if value == "auto" {
            return Some(GridPlacement::AUTO);
        }
        match value.strip_prefix("span ") {
            Some(count) => {
                let count: u16 =
                    count.trim().parse().ok().filter(|count| (1..=100).contains(count))?;
                Some(GridPlacement::from_span(count))
            }
            None => {
                value.parse().ok().filter(|line| near(*line)).map(GridPlacement::from_line_index)
            }
        }
    };
    let (start, end) = match value.split_once('/') {
        Some((start, end)) => (one(start)?, one(end)?),
        None => (one(value)?, GridPlacement::AUTO),
    };
    Some(Line { start, end })
}
