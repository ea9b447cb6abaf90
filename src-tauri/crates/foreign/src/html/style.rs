//! How one element looks: what it inherits, what its element name means, what CSS says.

use super::{
    css::{self, Declaration},
    flow::Flow,
    turn::Transform,
    value::{Sides, auto, border, ink, sides},
};
use crate::Refused;
use label::page::{Ink, Weight};

mod boxes;

/// The size of text where nothing says another: 16 px.
pub const FONT_UM: i32 = 4_233;
/// Lines are so many percent of the type's size where nothing says another: 微软雅黑's, for
/// which the templates are made.
const LEADING_PERCENT: i32 = 132;

/// Where an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// In the flow.
    Static,
    /// In the flow, and what is inside counts from it.
    Relative,
    /// At a place.
    Absolute,
}

/// How an element takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// Not at all.
    None,
    /// As a block.
    Block,
    /// Inside a line.
    Inline,
    /// As a block inside a line.
    InlineBlock,
    /// As a row or column of items.
    Flex,
    /// As a grid of items.
    Grid,
}

impl Display {
    /// Whether its content is items.
    pub fn has_items(self) -> bool {
        matches!(self, Self::Flex | Self::Grid)
    }
}

/// The side of its block at which an element floats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
}

/// Where lines lie in their block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At its left.
    Left,
    /// In its middle.
    Centre,
    /// At its right.
    Right,
}

/// What text inherits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    /// Size, µm.
    pub size_um: i32,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub ink: Ink,
    /// Lines' height, µm; `None`: as the type wants.
    pub leading_um: Option<i32>,
    /// Where lines lie.
    pub align: Align,
    /// Whether lines break at their block's edge.
    pub wraps: bool,
    /// Whether they also break inside words.
    pub breaks_words: bool,
    /// Whether Han stands upright although its line runs down the page.
    pub upright_han: bool,
}

impl Type {
    /// A document's.
    pub const FIRST: Self = Self {
        size_um: FONT_UM,
        weight: Weight::Regular,
        ink: Ink::Black,
        leading_um: None,
        align: Align::Left,
        wraps: true,
        breaks_words: false,
        upright_han: false,
    };

    /// From one line to the next, µm.
    pub fn line_um(&self) -> i32 {
        self.leading_um.unwrap_or(self.size_um * LEADING_PERCENT / 100)
    }
}

/// How one element looks. Lengths in µm.
#[derive(Debug, Clone)]
pub struct Style {
    /// What its text inherits.
    pub text: Type,
    /// Where it stands.
    pub position: Position,
    /// How it takes part.
    pub display: Display,
    /// Top, right, bottom, left, as far as said.
    pub at: [Option<i32>; 4],
    /// Width, if said.
    pub width: Option<i32>,
    /// Height, if said.
    pub height: Option<i32>,
    /// Whether width and height count padding and borders.
    pub counts_border: bool,
    /// Room outside the border.
    pub margin: Sides,
    /// Room inside the border.
    pub padding: Sides,
    /// Widths of its borders, black.
    pub border: Sides,
    /// What is under its content.
    pub background: Option<Ink>,
    /// Which margins take what room is left.
    pub auto_margin: [bool; 4],
    /// Width and height that it has at least and at most.
    pub least: [Option<i32>; 2],
    /// The same at most.
    pub most: [Option<i32>; 2],
    /// Where it floats.
    pub float: Option<Side>,
    /// Whether it begins below what floats left and right.
    pub clear: [bool; 2],
    /// Whether floats inside and outside of it do not meet.
    pub is_apart: bool,
    /// Whether it stands in a line although it is a container of items.
    pub in_line: bool,
    /// Whether its lines run down the page, from right to left.
    pub vertical: bool,
    /// How it is turned and moved when all is laid out.
    pub transform: Transform,
    /// Its items, and itself as an item.
    pub flow: Flow,
}

const BLOCKS: [&str; 20] = [
    "html", "body", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "li", "center", "form",
    "section", "header", "table", "tr", "td", "th",
];
const INLINES: [&str; 14] = [
    "span", "b", "strong", "font", "i", "em", "a", "label", "u", "small", "big", "img", "br", "sup",
];

/// Properties that change nothing that a label of black dots shows, or only in ways that its
/// codes and texts do not depend on.
const HARMLESS: [&str; 30] = [
    "font-family",
    "cursor",
    "z-index",
    "text-decoration",
    "list-style",
    "list-style-type",
    "outline",
    "word-wrap",
    "overflow-wrap",
    "font-style",
    "page-break-after",
    "page-break-before",
    "page-break-inside",
    "break-after",
    "break-before",
    "border-collapse",
    "border-spacing",
    "vertical-align",
    "border-radius",
    "direction",
    "src",
    "content",
    "text-orientation",
    "text-rendering",
    "user-select",
    "border-color",
    "size",
    "text-overflow",
    "table-layout",
    "empty-cells",
];

impl Style {
    /// The look of an element. `whole`: width and height of what percentages count from.
    ///
    /// # Errors
    /// [`Refused::UnknownLayout`] names what we do not follow.
    pub fn of(
        name: &str,
        attributes: &dyn Fn(&str) -> Option<String>,
        declarations: &[Declaration],
        parent: Type,
        whole: (Option<i32>, Option<i32>),
    ) -> Result<Self, Refused> {
        let display = match name {
            _ if BLOCKS.contains(&name) => Display::Block,
            _ if INLINES.contains(&name) => Display::Inline,
            _ => return Err(Refused::UnknownLayout(format!("<{name}>"))),
        };
        let mut style = Self {
            text: parent,
            position: Position::Static,
            display,
            at: [None; 4],
            width: None,
            height: None,
            counts_border: false,
            margin: [0; 4],
            padding: [0; 4],
            border: [0; 4],
            background: None,
            auto_margin: [false; 4],
            least: [None; 2],
            most: [None; 2],
            float: None,
            clear: [false; 2],
            is_apart: false,
            in_line: false,
            vertical: false,
            transform: Transform::default(),
            flow: Flow::default(),
        };
        if matches!(name, "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            style.text.weight = Weight::Bold;
        }
        if matches!(name, "center" | "th") {
            style.text.align = Align::Centre;
        }
        // Of a table it says where the table stands.
        if let Some(value) = attributes("align").filter(|_| name != "table") {
            style.text.align = align(&value)?;
        }
        // The type's size first: other lengths may count in it.
        for (name, value) in declarations.iter().filter(|(name, _)| name.starts_with("font")) {
            style.font(name, value)?;
        }
        for (name, value) in declarations.iter().filter(|(name, _)| !name.starts_with("font")) {
            style.set(name, value, whole)?;
        }
        let is_out = style.position == Position::Absolute || style.float.is_some();
        if is_out && matches!(style.display, Display::Inline | Display::InlineBlock) {
            style.display = Display::Block;
        }
        style.in_line &= !is_out;
        if style.position == Position::Absolute {
            style.float = None;
        }
        Ok(style)
    }

    fn font(&mut self, name: &str, value: &str) -> Result<(), Refused> {
        let unknown = || Refused::UnknownLayout(format!("{name}: {value}"));
        let size = |value: &str, em: i32| match value {
            "inherit" => Some(em),
            "medium" => Some(FONT_UM),
            "small" => Some(3_440),
            "x-small" => Some(2_646),
            "large" => Some(4_763),
            "x-large" => Some(6_350),
            _ => css::length(value, em, Some(em)),
        };
        match name {
            "font-size" => {
                let um = size(value, self.text.size_um).filter(|um| (300..=100_000).contains(um));
                self.text.size_um = um.ok_or_else(unknown)?;
            }
            "font-weight" => {
                self.text.weight = match value {
                    "bold" | "bolder" | "600" | "700" | "800" | "900" => Weight::Bold,
                    _ => Weight::Regular,
                };
            }
            // `font: bold 12px/14px name`: weight, size and leading alone matter.
            "font" => {
                for part in value.split_whitespace() {
                    let (em, leading) = part.split_once('/').unwrap_or((part, ""));
                    match em {
                        "bold" | "700" => self.text.weight = Weight::Bold,
                        "normal" | "400" => self.text.weight = Weight::Regular,
                        _ => {
                            if let Some(um) = css::length(em, self.text.size_um, None) {
                                self.text.size_um = um.clamp(300, 100_000);
                                self.text.leading_um = css::length(leading, um, Some(um));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn set(
        &mut self,
        name: &str,
        value: &str,
        (wide, high): (Option<i32>, Option<i32>),
    ) -> Result<(), Refused> {
        let unknown = || Refused::UnknownLayout(format!("{name}: {value}"));
        let em = self.text.size_um;
        let length = |whole: Option<i32>| css::length(value, em, whole).ok_or_else(unknown);
        if self.set_box(name, value, (wide, high))? || self.set_flow(name, value)? {
            return Ok(());
        }
        match name {
            "text-align" => self.text.align = align(value)?,
            "line-height" => {
                self.text.leading_um = match (value, value.parse::<f64>()) {
                    ("normal", _) => None,
                    (_, Ok(times)) if (0.0..100.0).contains(&times) => {
                        Some((f64::from(em) * times).round() as i32)
                    }
                    _ => Some(length(Some(em))?),
                };
            }
            "white-space" => self.text.wraps = !matches!(value, "nowrap" | "pre"),
            "word-break" => self.text.breaks_words = value == "break-all",
            "color" => self.text.ink = ink(value).ok_or_else(unknown)?,
            "background" | "background-color" => {
                self.background = match value {
                    "none" | "transparent" | "initial" => None,
                    _ => Some(ink(value).ok_or_else(unknown)?),
                };
            }
            "letter-spacing" | "text-indent" | "opacity" | "zoom"
                if matches!(value, "normal" | "none" | "0" | "0px" | "1" | "100%") => {}
            _ if name.starts_with("border") && !HARMLESS.contains(&name) => {
                border(&mut self.border, name, value, em).ok_or_else(unknown)?;
            }
            _ if name.starts_with("margin") => {
                auto(&mut self.auto_margin, name, value);
                sides(&mut self.margin, name, value, em, wide).ok_or_else(unknown)?;
            }
            _ if name.starts_with("padding") => {
                sides(&mut self.padding, name, value, em, wide).ok_or_else(unknown)?;
            }
            _ if HARMLESS.contains(&name) || name.starts_with('-') || name.starts_with('*') => {}
            _ => return Err(unknown()),
        }
        Ok(())
    }
}

fn align(value: &str) -> Result<Align, Refused> {
    match value.to_ascii_lowercase().as_str() {
        "left" | "start" | "justify" | "inherit" => Ok(Align::Left),
        "center" | "middle" | "-webkit-center" => Ok(Align::Centre),
        "right" | "end" => Ok(Align::Right),
        other => Err(Refused::UnknownLayout(format!("align: {other}"))),
    }
}
