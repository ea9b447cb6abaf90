//! Turned blocks: `transform` by quarters, and lines that run down the page (`writing-mode`).

use super::{css, pieces::Piece};
use crate::{Refused, piece::Turn};

/// One step of `transform`, the first said last done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Clockwise.
    Turn(Turn),
    /// Right and down, µm, or in percent of the box.
    Move([Length; 2]),
}

/// A length that may count from the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// µm.
    Um(i32),
    /// Hundredths of a percent.
    Share(i32),
}

impl Length {
    fn read(value: &str, em: i32) -> Option<Self> {
        match value.strip_suffix('%') {
            Some(percent) => {
                let percent: f64 = percent.trim().parse().ok()?;
                (percent.abs() < 1e5).then(|| Self::Share((percent * 100.0).round() as i32))
            }
            None => css::length(value, em, None).map(Self::Um),
        }
    }

    fn um(self, whole: i32) -> i32 {
        match self {
            Self::Um(um) => um,
            Self::Share(share) => (i64::from(whole) * i64::from(share) / 10_000) as i32,
        }
    }
}

/// What is done to a laid-out box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transform {
    /// Its steps, in the order in which they are said.
    pub steps: Vec<Step>,
    /// What it is turned about, from the box's corner.
    pub about: [Length; 2],
}

impl Default for Transform {
    fn default() -> Self {
        Self { steps: Vec::new(), about: [Length::Share(5_000); 2] }
    }
}

/// The steps of a `transform`.
///
/// # Errors
/// Functions other than turns by quarters and moves.
pub fn steps(value: &str, em: i32) -> Result<Vec<Step>, Refused> {
    let unknown = || Refused::UnknownLayout(format!("transform: {value}"));
    let mut steps = Vec::new();
    for part in value.split(')').map(str::trim).filter(|part| !part.is_empty() && *part != "none") {
        let (name, inside) = part.split_once('(').ok_or_else(unknown)?;
        let values: Vec<&str> = inside.split(',').map(str::trim).collect();
        let length = |nth: usize| {
            values.get(nth).map_or(Some(Length::Um(0)), |value| Length::read(value, em))
        };
        let none = Length::Um(0);
        steps.push(match name.trim() {
            "rotate" | "rotatez" => Step::Turn(quarter(inside).ok_or_else(unknown)?),
            "translate" => {
                Step::Move([length(0).ok_or_else(unknown)?, length(1).ok_or_else(unknown)?])
            }
            "translatex" => Step::Move([length(0).ok_or_else(unknown)?, none]),
            "translatey" => Step::Move([none, length(0).ok_or_else(unknown)?]),
            "scale" if values.iter().all(|value| *value == "1") => continue,
            _ => return Err(unknown()),
        });
    }
    Ok(steps)
}

fn quarter(angle: &str) -> Option<Turn> {
    let angle = angle.trim();
    let degrees = match (angle.strip_suffix("deg"), angle.strip_suffix("turn")) {
        (Some(degrees), _) => degrees.trim().parse::<f64>().ok()?,
        (_, Some(turns)) => turns.trim().parse::<f64>().ok()? * 360.0,
        _ if angle == "0" => 0.0,
        _ => return None,
    };
    if !(-3_600.0..=3_600.0).contains(&degrees) || degrees.fract() != 0.0 {
        return None;
    }
    Turn::of_degrees((degrees as i32).rem_euclid(360))
}

/// `transform-origin`.
pub fn origin(value: &str, em: i32) -> Option<[Length; 2]> {
    let mut about = [Length::Share(5_000); 2];
    for (nth, part) in value.split_whitespace().enumerate().take(2) {
        match part {
            "left" => about[0] = Length::Share(0),
            "right" => about[0] = Length::Share(10_000),
            "top" => about[1] = Length::Share(0),
            "bottom" => about[1] = Length::Share(10_000),
            "center" => {}
            _ => about[nth] = Length::read(part, em)?,
        }
    }
    Some(about)
}

/// Does it to the pieces of the box `[left, top, width, height]`.
pub fn apply(transform: &Transform, pieces: &mut [Piece], [left, top, width, height]: [i32; 4]) {
    let about = (left + transform.about[0].um(width), top + transform.about[1].um(height));
    for step in transform.steps.iter().rev() {
        for piece in pieces.iter_mut() {
            match step {
                Step::Turn(turn) => turned(piece, *turn, about),
                Step::Move([x, y]) => piece.shift(x.um(width), y.um(height)),
            }
        }
    }
}

/// Where a point comes to when everything is turned about `about`.
fn point(turn: Turn, (x, y): (i32, i32), about: (i32, i32)) -> (i32, i32) {
    let (dx, dy) = (x - about.0, y - about.1);
    let (dx, dy) = match turn {
        Turn::Upright => (dx, dy),
        Turn::Down => (-dy, dx),
        Turn::Over => (-dx, -dy),
        Turn::Up => (dy, -dx),
    };
    (about.0 + dx, about.1 + dy)
}

/// Turns a piece about a point.
pub fn turned(piece: &mut Piece, by: Turn, about: (i32, i32)) {
    match piece {
        Piece::Text { x, top, turn, .. } => {
            (*x, *top) = point(by, (*x, *top), about);
            *turn = turn.and(by);
        }
        Piece::Fill(place, _) => *place = rect(by, *place, about),
        Piece::Picture(place, grey) => {
            *place = rect(by, *place, about);
            *grey = grey.turned(by);
        }
    }
}

fn rect(by: Turn, [x, y, width, height]: [i32; 4], about: (i32, i32)) -> [i32; 4] {
    let (a, b) = (point(by, (x, y), about), point(by, (x + width, y + height), about));
    [a.0.min(b.0), a.1.min(b.1), (a.0 - b.0).abs(), (a.1 - b.1).abs()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transforms_are_read() {
        let read = |value| steps(value, 1_000).ok();
        assert_eq!(read("none"), Some(vec![]));
        assert_eq!(read("rotate(90deg)"), Some(vec![Step::Turn(Turn::Down)]));
        assert_eq!(read("rotate(-0.25turn)"), Some(vec![Step::Turn(Turn::Up)]));
        let moved = Step::Move([Length::Share(-5_000), Length::Um(3_000)]);
        assert_eq!(
            read("translate(-50%, 3mm) rotate(180deg)"),
            Some(vec![moved, Step::Turn(Turn::Over)])
        );
        for value in
            ["rotate(45deg)", "scale(2)", "skew(3deg)", "rotate(90deg", "matrix(1,0,0,1,0,0)"]
        {
            assert_eq!(read(value).is_some(), value == "rotate(90deg", "{value}");
        }
        assert_eq!(origin("left bottom", 1), Some([Length::Share(0), Length::Share(10_000)]));
        assert_eq!(origin("0 0", 1), Some([Length::Um(0); 2]));
    }

    #[test]
    fn boxes_are_turned_about_their_middle() {
        let fill = |transform: &str, place: [i32; 4]| {
            let steps = steps(transform, 1).unwrap();
            let mut pieces = [Piece::Fill([10, 20, 40, 10], label::page::Ink::Black)];
            apply(&Transform { steps, ..Transform::default() }, &mut pieces, place);
            let [Piece::Fill(place, _)] = pieces else { panic!() };
            place
        };
        assert_eq!(fill("rotate(90deg)", [10, 20, 40, 10]), [25, 5, 10, 40]);
        assert_eq!(fill("rotate(180deg)", [10, 20, 40, 20]), [10, 30, 40, 10]);
        assert_eq!(fill("translate(50%,0)", [10, 20, 40, 10]), [30, 20, 40, 10]);
    }
}
