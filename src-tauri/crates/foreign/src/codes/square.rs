//! QR codes: found by their three finder patterns (ISO/IEC 18004, 6.3.3), with sides along the
//! paper's, as labels have them; drawn anew from their text, head up.

use super::{
    Done, Finding, Symbology,
    lines::{self, Run, is_clear},
    reader,
};
use label::{
    barcode::qr,
    page::{Ink, Rect},
    raster::Bitmap,
    units::Head,
};

/// Modules of a finder pattern.
const FINDER: i32 = 7;
/// Finder patterns that are looked at; a label has a few codes at most.
const FINDERS_MAX: usize = 24;

/// A finder pattern.
#[derive(Debug, Clone, Copy)]
struct Finder {
    /// Its left and upper edge.
    x: i32,
    y: i32,
    /// Its side in dots.
    side: i32,
}

/// Finds all upright QR codes and draws anew those off the dots.
pub fn settle(bitmap: &mut Bitmap, _head: Head) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (place, modules) in places(&finders(bitmap)) {
        let overlaps = |known: &Finding| {
            place.x < known.place.x + known.place.width
                && known.place.x < place.x + place.width
                && place.y < known.place.y + known.place.height
                && known.place.y < place.y + place.height
        };
        if findings.iter().any(overlaps) {
            continue;
        }
        let Some(text) = reader::qr(bitmap, place) else { continue };
        let module_milli = place.width * 1_000 / modules;
        let done = settle_one(bitmap, place, modules, &text);
        let symbology = Symbology::Qr;
        findings.push(Finding { symbology, text, place, module_milli, done, expected: None });
    }
    findings
}

/// Finder patterns: 1 1 3 1 1 along a row and down its middle column.
fn finders(bitmap: &Bitmap) -> Vec<Finder> {
    let mut found: Vec<Finder> = Vec::new();
    for y in (1..bitmap.height).step_by(2) {
        for part in lines::runs(bitmap, y).windows(5) {
            let Some((x, width)) = ratio(part) else { continue };
            let near = |known: &Finder| {
                (known.x - x).abs() <= 2 && (known.y..known.y + known.side).contains(&(y as i32))
            };
            if found.iter().any(near) || found.len() >= FINDERS_MAX {
                continue;
            }
            if let Some((top, height)) = upright(bitmap, x + width / 2, y as i32, width) {
                found.push(Finder { x, y: top, side: (width + height) / 2 });
            }
        }
    }
    found
}

/// Start and length of five runs that are a finder pattern's.
fn ratio(part: &[Run]) -> Option<(i32, i32)> {
    let [a, b, c, d, e] = part else { return None };
    if !a.black {
        return None;
    }
    let width = e.end() - a.start;
    // A run may be off by half a module and a dot.
    let is = |run: &Run, modules: i32| {
        (run.length * FINDER - modules * width).abs() * 2 <= width + 2 * FINDER
    };
    (width >= FINDER * 2 && is(a, 1) && is(b, 1) && is(c, 3) && is(d, 1) && is(e, 1))
        .then_some((a.start, width))
}

/// The same down a column.
fn upright(bitmap: &Bitmap, x: i32, y: i32, side: i32) -> Option<(i32, i32)> {
    let black = |y: i32| y >= 0 && bitmap.is_black(x as u32, y as u32);
    let top = (y - side).max(0);
    let bottom = (y + side).min(bitmap.height as i32);
    let mut runs: Vec<Run> = Vec::new();
    for row in top..bottom {
        match runs.last_mut() {
            Some(run) if run.black == black(row) => run.length += 1,
            _ => runs.push(Run { start: row, length: 1, black: black(row) }),
        }
    }
    let at_middle = |part: &&[Run]| part[2].start <= y && y < part[2].end();
    let part = runs.windows(5).find(at_middle)?;
    let (start, length) = ratio(part)?;
    ((length - side).abs() * 8 <= side).then_some((start, length))
}

/// Where three finder patterns make a code, and how many modules it has along a side.
fn places(finders: &[Finder]) -> Vec<(Rect, i32)> {
    let mut places = Vec::new();
    for corner in finders {
        for right in finders {
            for below in finders {
                // Head up, on its side or head down: the fourth corner may be any.
                let (across, down) = ((right.x - corner.x).abs(), (below.y - corner.y).abs());
                let slack = corner.side / FINDER + 1;
                let like = |other: &Finder| (other.side - corner.side).abs() <= slack;
                let square = (across - down).abs() <= slack + across / 40
                    && (right.y - corner.y).abs() <= slack
                    && (below.x - corner.x).abs() <= slack;
                if across < corner.side || !square || !like(right) || !like(below) {
                    continue;
                }
                let sum = corner.side + right.side + below.side;
                // Modules between two patterns' edges; a side has 17 + 4 × version.
                let between = (across * 3 * FINDER + sum / 2) / sum.max(1);
                let modules = (between + FINDER - 17 + 2) / 4 * 4 + 17;
                if (21..=177).contains(&modules) {
                    let (x, y) = (corner.x.min(right.x), corner.y.min(below.y));
                    let (width, height) = (across + corner.side, down + corner.side);
                    places.push((Rect { x, y, width, height }, modules));
                }
            }
        }
    }
    places.sort_by_key(|(place, _)| place.width);
    places
}

/// Draws it anew if it must be and can be.
fn settle_one(bitmap: &mut Bitmap, place: Rect, modules: i32, text: &str) -> Done {
    if is_whole(bitmap, place, modules) {
        return Done::Kept;
    }
    // Without a character set in the code, what other letters mean is each reader's guess.
    if !text.is_ascii() {
        return Done::NotOurs;
    }
    let Some(matrix) = qr::encode(text) else { return Done::NotOurs };
    let size = matrix.size as i32;
    // Not larger than the old one, whose free paper is then enough.
    let module = place.width.min(place.height) / size;
    if module < 2 {
        return Done::NoRoom;
    }
    let side = size * module;
    let (x, y) = (place.x + (place.width - side) / 2, place.y + (place.height - side) / 2);
    let quiet = (qr::QUIET * module - (place.width - side) / 2).max(0);
    let had = qr::QUIET * place.width / modules;
    let around = |by: i32| Rect {
        x: place.x - by,
        y: place.y - by,
        width: place.width + 2 * by,
        height: place.height + 2 * by,
    };
    let old = copy_of(bitmap, place);
    bitmap.fill(place, Ink::White);
    // Where the carrier left less than four modules free, ours may not have less than that.
    if !is_clear(bitmap, around(quiet)) && is_clear(bitmap, around(had)) {
        put_back(bitmap, place, &old);
        return Done::NoRoom;
    }
    for (row, dark) in (0..).zip(matrix.dark.chunks_exact(matrix.size.max(1))) {
        for (column, _) in (0..).zip(dark).filter(|(_, dark)| **dark) {
            let (x, y) = (x + column * module, y + row * module);
            bitmap.fill(Rect { x, y, width: module, height: module }, Ink::Black);
        }
    }
    Done::Redrawn { module }
}

/// Whether every module is the same whole number of dots, at least two.
fn is_whole(bitmap: &Bitmap, place: Rect, modules: i32) -> bool {
    let module = place.width / modules;
    if place.width % modules != 0 || place.height != place.width || module < 2 {
        return false;
    }
    // Every edge of a row lies between two modules.
    (0..modules).all(|row| {
        let y = (place.y + row * module + module / 2) as u32;
        lines::runs(bitmap, y)
            .iter()
            .filter(|run| run.start > place.x && run.start < place.x + place.width)
            .all(|run| (run.start - place.x) % module == 0)
    })
}

fn copy_of(bitmap: &Bitmap, place: Rect) -> Vec<(i32, i32)> {
    let rows = place.y..place.y + place.height;
    let dots = rows.flat_map(|y| (place.x..place.x + place.width).map(move |x| (x, y)));
    dots.filter(|&(x, y)| bitmap.is_black(x as u32, y as u32)).collect()
}

fn put_back(bitmap: &mut Bitmap, place: Rect, dots: &[(i32, i32)]) {
    bitmap.fill(place, Ink::White);
    for &(x, y) in dots {
        bitmap.fill(Rect { x, y, width: 1, height: 1 }, Ink::Black);
    }
}
