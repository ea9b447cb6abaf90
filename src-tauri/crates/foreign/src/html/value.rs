//! Values of CSS that are more than a length: colours, four sides, borders.

use super::css;
use label::page::Ink;

/// Top, right, bottom, left.
pub type Sides = [i32; 4];

/// Black or white, whichever is nearer; a label has no third.
pub fn ink(value: &str) -> Option<Ink> {
    let grey = match value {
        "white" => 255,
        "black" | "inherit" | "initial" | "red" | "blue" | "green" | "navy" => 0,
        "gray" | "grey" => 128,
        "silver" | "lightgray" | "lightgrey" | "yellow" => 200,
        _ => {
            if let Some(list) = value.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
                let parts: Option<Vec<u32>> =
                    list.split(',').map(|part| part.trim().parse().ok()).collect();
                let parts = parts.filter(|parts| parts.len() == 3)?;
                parts.iter().map(|part| (*part).min(255)).sum::<u32>() / 3
            } else {
                let hex = value.strip_prefix('#').filter(|hex| hex.is_ascii())?;
                let digits = match hex.len() {
                    3 => hex.chars().flat_map(|c| [c, c]).collect::<String>(),
                    6 => hex.to_owned(),
                    _ => return None,
                };
                let part = |at: usize| u32::from_str_radix(&digits[at..at + 2], 16).ok();
                (part(0)? + part(2)? + part(4)?) / 3
            }
        }
    };
    Some(if grey < 160 { Ink::Black } else { Ink::White })
}

const SIDES: [&str; 4] = ["top", "right", "bottom", "left"];

/// `margin…` and `padding…`; `auto` counts as 0.
pub fn sides(
    sides: &mut Sides,
    name: &str,
    value: &str,
    em: i32,
    whole: Option<i32>,
) -> Option<()> {
    let length =
        |value: &str| if value == "auto" { Some(0) } else { css::length(value, em, whole) };
    if let Some((_, side)) = name.split_once('-') {
        let at = SIDES.iter().position(|known| *known == side)?;
        sides[at] = length(value)?;
        return Some(());
    }
    let all: Option<Vec<i32>> = value.split_whitespace().map(length).collect();
    *sides = match all?[..] {
        [all] => [all; 4],
        [y, x] => [y, x, y, x],
        [top, x, bottom] => [top, x, bottom, x],
        [top, right, bottom, left] => [top, right, bottom, left],
        _ => return None,
    };
    Some(())
}

/// Notes which margins are `auto`.
pub fn auto(sides: &mut [bool; 4], name: &str, value: &str) {
    if let Some((_, side)) = name.split_once('-') {
        if let Some(at) = SIDES.iter().position(|known| *known == side) {
            sides[at] = value == "auto";
        }
        return;
    }
    let all: Vec<bool> = value.split_whitespace().map(|part| part == "auto").collect();
    *sides = match all[..] {
        [all] => [all; 4],
        [y, x] => [y, x, y, x],
        [top, x, bottom] => [top, x, bottom, x],
        [top, right, bottom, left] => [top, right, bottom, left],
        _ => return,
    };
}

/// `border`, `border-left`, `border-width`, `border-top-style` …
pub fn border(sides: &mut Sides, name: &str, value: &str, em: i32) -> Option<()> {
    let mut parts = name.split('-').skip(1);
    let first = parts.next();
    let which = first.and_then(|side| SIDES.iter().position(|known| *known == side));
    let what = if which.is_some() { parts.next() } else { first };
    let width = match what {
        Some("color") => return Some(()),
        None | Some("width" | "style") => {
            let mut width = None;
            for part in value.split_whitespace() {
                match part {
                    "none" | "hidden" | "initial" => width = Some(0),
                    "thin" => width = width.or(Some(265)),
                    "medium" => width = width.or(Some(794)),
                    "thick" => width = width.or(Some(1_323)),
                    "solid" | "dashed" | "dotted" | "double" => {}
                    _ => width = css::length(part, em, None).or(width),
                }
            }
            // `border: solid` is of medium width; a style alone changes no width we know.
            match (what, width) {
                (None, width) => width.unwrap_or(794),
                (_, Some(width)) => width,
                (_, None) => return Some(()),
            }
        }
        Some(_) => return None,
    };
    match which {
        Some(at) => sides[at] = width,
        None => *sides = [width; 4],
    }
    Some(())
}
