//! Declarations that say where a box stands, how large it is, and what it does with others.

use super::{Display, Position, Side, Style};
use crate::{
    Refused,
    html::{css, turn},
};

impl Style {
    /// Where it stands and how large it is; whether that was what was said.
    pub(super) fn set_box(
        &mut self,
        name: &str,
        value: &str,
        (wide, high): (Option<i32>, Option<i32>),
    ) -> Result<bool, Refused> {
        let unknown = || Refused::UnknownLayout(format!("{name}: {value}"));
        let em = self.text.size_um;
        let or_auto = |whole: Option<i32>| match value {
            "auto" | "inherit" | "initial" | "none" => Ok(None),
            _ => css::length(value, em, whole).ok_or_else(unknown).map(Some),
        };
        match name {
            "position" => {
                self.position = match value {
                    "absolute" | "fixed" => Position::Absolute,
                    "relative" => Position::Relative,
                    "static" => Position::Static,
                    _ => return Err(unknown()),
                };
            }
            "top" => self.at[0] = or_auto(high)?,
            "right" => self.at[1] = or_auto(wide)?,
            "bottom" => self.at[2] = or_auto(high)?,
            "left" => self.at[3] = or_auto(wide)?,
            "width" => self.width = or_auto(wide)?,
            "height" => {
                self.height = or_auto(high).or_else(|error| match high {
                    None if value.ends_with('%') => Ok(None),
                    _ => Err(error),
                })?
            }
            "min-width" => self.least[0] = or_auto(wide)?,
            "min-height" => self.least[1] = or_auto(high).unwrap_or(None),
            "max-width" => self.most[0] = or_auto(wide)?,
            "max-height" => self.most[1] = or_auto(high).unwrap_or(None),
            "box-sizing" => self.counts_border = value == "border-box",
            "display" => {
                (self.display, self.in_line) = match value {
                    "none" => (Display::None, false),
                    "block" | "flow-root" | "list-item" => (Display::Block, false),
                    "inline" => (Display::Inline, false),
                    "inline-block" => (Display::InlineBlock, true),
                    "flex" => (Display::Flex, false),
                    "inline-flex" => (Display::Flex, true),
                    "grid" => (Display::Grid, false),
                    "inline-grid" => (Display::Grid, true),
                    _ => return Err(unknown()),
                };
            }
            "visibility" => {
                if value == "hidden" {
                    self.display = Display::None;
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// How it floats, turns, and lays out its items; whether that was what was said.
    pub(super) fn set_flow(&mut self, name: &str, value: &str) -> Result<bool, Refused> {
        let unknown = || Refused::UnknownLayout(format!("{name}: {value}"));
        let em = self.text.size_um;
        match name {
            "float" => {
                self.float = match value {
                    "left" => Some(Side::Left),
                    "right" => Some(Side::Right),
                    "none" => None,
                    _ => return Err(unknown()),
                };
            }
            "clear" => {
                self.clear = match value {
                    "left" => [true, false],
                    "right" => [false, true],
                    "both" => [true, true],
                    _ => [false, false],
                };
            }
            css::HOLDS_FLOATS => self.is_apart |= value == "yes",
            "overflow" | "overflow-x" | "overflow-y" => self.is_apart |= value != "visible",
            "transform" => self.transform.steps = turn::steps(value, em)?,
            "transform-origin" => {
                self.transform.about = turn::origin(value, em).ok_or_else(unknown)?;
            }
            "writing-mode" | "-webkit-writing-mode" => {
                self.vertical = match value {
                    "horizontal-tb" | "lr-tb" | "lr" => false,
                    "vertical-rl" | "tb-rl" | "tb" => true,
                    _ => return Err(unknown()),
                };
            }
            _ => {
                return self.flow.set(name, value, em).map_or(Ok(false), |followed| {
                    if followed { Ok(true) } else { Err(unknown()) }
                });
            }
        }
        Ok(true)
    }
}
