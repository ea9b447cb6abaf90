//! Rectangles, and where a block begins in them. µm.

use super::style::{Position, Style};
use crate::Refused;

/// A rectangle that places and percentages count from.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: Option<i32>,
}

/// How far a block came.
pub(super) struct Size {
    pub width: i32,
    pub height: i32,
}

/// Where its border begins, down the page; `height` is its own with padding and borders.
pub(super) fn top_of(
    style: &Style,
    flow: Frame,
    from: Frame,
    height: Option<i32>,
) -> Result<i32, Refused> {
    let in_flow = flow.y + style.margin[0];
    match style.position {
        Position::Static => Ok(in_flow),
        Position::Relative => Ok(in_flow + style.at[0].unwrap_or(0)),
        Position::Absolute => match (style.at[0], style.at[2], height, from.height) {
            (Some(top), ..) => Ok(from.y + top + style.margin[0]),
            (None, None, ..) => Ok(in_flow),
            (None, Some(bottom), Some(height), Some(whole)) => Ok(from.y + whole - bottom - height),
            (None, Some(_), ..) => Err(Refused::UnknownLayout("bottom without height".to_owned())),
        },
    }
}

/// What places inside count from: the padding's edge of the nearest block that has a position.
pub(super) fn own_frame(style: &Style, inside: Frame, from: Frame) -> Frame {
    if style.position == Position::Static {
        return from;
    }
    let [above, right, below, left] = style.padding;
    Frame {
        x: inside.x - left,
        y: inside.y - above,
        width: inside.width + left + right,
        height: inside.height.map(|height| height + above + below),
    }
}
