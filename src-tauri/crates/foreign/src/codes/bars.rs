//! Rows of bars: found by being the same for some millimetres, measured by their runs, Code 128
//! drawn anew from its text.

use super::{
    Done, Finding, Symbology,
    lines::{self, Run, difference, is_clear},
    reader,
};
use label::{
    barcode::code128,
    page::{Ink, Rect},
    raster::Bitmap,
    units::Head,
};

/// Rows are looked at every so far, µm. Bars are higher than twice this.
const STEP_UM: i32 = 1_000;
/// A longer stretch of one colour is not part of a code, µm: 4 modules of 1 mm.
const RUN_UM_MAX: i32 = 4_000;
/// The fewest bars and spaces of a code that could be a parcel's: Code 39 with two characters.
const RUNS_MIN: usize = 25;
/// Rows of one code differ by less than this share of their dots: specks and soft edges.
const SAME_PERCENT: i32 = 5;
/// Free paper beside bars that is asked for, in modules, best first: the standard's, and what
/// every reader still takes where the carrier itself left no more.
const QUIETS: [i32; 2] = [code128::QUIET, 7];

/// Bars as found.
struct Found {
    place: Rect,
    /// Lengths along its middle row, a bar first and last.
    lengths: Vec<i32>,
    symbology: Symbology,
    text: String,
}

/// Finds all rows of bars and draws anew those off the dots. `turned`: the label lies on its side,
/// and places are told as they are on the upright one.
pub fn settle(bitmap: &mut Bitmap, head: Head, turned: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for found in find(bitmap, head) {
        let (module_milli, done) = settle_one(bitmap, head, &found);
        let Rect { x, y, width, height } = found.place;
        let place =
            if turned { Rect { x: y, y: x, width: height, height: width } } else { found.place };
        let Found { symbology, text, .. } = found;
        findings.push(Finding { symbology, text, place, module_milli, done, expected: None });
    }
    findings
}

fn find(bitmap: &Bitmap, head: Head) -> Vec<Found> {
    let step = head.dots(STEP_UM).max(2);
    let mut found: Vec<Found> = Vec::new();
    let mut seen: Vec<Rect> = Vec::new();
    let mut y = step;
    while y < bitmap.height as i32 - step {
        for part in candidates(bitmap, y, head.dots(RUN_UM_MAX).max(8)) {
            let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
            let (x, width) = (first.start, last.end() - first.start);
            let is_known = |rect: &Rect| {
                (rect.y..rect.y + rect.height).contains(&y)
                    && x < rect.x + rect.width
                    && rect.x < x + width
            };
            let same = |other: i32| {
                let differ = difference(bitmap, y as u32, other as u32, x, width);
                differ * 100 <= width * SAME_PERCENT
            };
            if seen.iter().any(is_known) || !same(y - step) && !same(y + step) {
                continue;
            }
            let top = (0..y).rev().take_while(|&row| same(row)).last().unwrap_or(y);
            let rows = (y + 1)..bitmap.height as i32;
            let bottom = rows.take_while(|&row| same(row)).last().unwrap_or(y);
            let place = Rect { x, y: top, width, height: bottom - top + 1 };
            seen.push(place);
            // The middle is free of what touches the ends.
            let middle = lines::runs(bitmap, (top + place.height / 2) as u32);
            let inside = |run: &&Run| run.start >= x && run.end() <= x + width;
            let lengths: Vec<i32> = middle.iter().filter(inside).map(|run| run.length).collect();
            if let Some((symbology, text)) = reader::bars(&lengths) {
                found.push(Found { place, lengths, symbology, text });
            }
        }
        y += step;
    }
    found
}

/// Stretches of a row that could be a code: many short runs with a quiet zone on either side.
fn candidates(bitmap: &Bitmap, y: i32, run_max: i32) -> Vec<Vec<Run>> {
    let runs = lines::runs(bitmap, y as u32);
    let mut parts = Vec::new();
    for rough in runs.split(|run| run.length > run_max) {
        if rough.len() < RUNS_MIN {
            continue;
        }
        let mut lengths: Vec<i32> = rough.iter().map(|run| run.length).collect();
        lengths.sort_unstable();
        let few = &lengths[..lengths.len() / 2];
        // Ten times the narrowest run: about half of all are one module, some a dot too wide.
        let narrow = few.iter().sum::<i32>() * 10 / few.len().max(1) as i32;
        // No symbology has spaces over four modules; the picture may have added a dot.
        let is_gap = |run: &Run| !run.black && run.length * 10 > narrow * 9 / 2 + 20;
        for part in rough.split(is_gap) {
            let black = |run: &Run| run.black;
            let from = part.iter().position(black).unwrap_or(0);
            let to = part.iter().rposition(black).map_or(0, |at| at + 1);
            if to.saturating_sub(from) >= RUNS_MIN {
                parts.push(part[from..to].to_vec());
            }
        }
    }
    parts
}

/// Measures one and draws it anew if it must be and can be.
fn settle_one(bitmap: &mut Bitmap, head: Head, found: &Found) -> (i32, Done) {
    let (milli, is_whole) = measure(found);
    // A single dot grades F once the head is worn, however straight its bars are.
    if is_whole && milli >= 2_000 {
        return (milli, Done::Kept);
    }
    // Other runs than whole characters mean that something else touches the bars.
    if found.symbology != Symbology::Code128 || found.lengths.len() % 6 != 1 {
        return (milli, Done::NotOurs);
    }
    // FNC1 and its like come as marks that our encoder does not write.
    let encoded = code128::encode(&found.text).filter(|runs| says_the_same(runs, &found.text));
    let Some(runs) = encoded else { return (milli, Done::NotOurs) };
    match fitting(bitmap, head, found, milli, code128::modules(&runs)) {
        Some((x, module)) => {
            draw(bitmap, found.place, x, module, &runs);
            (milli, Done::Redrawn { module })
        }
        None => (milli, Done::NoRoom),
    }
}

/// The narrowest bar in thousandths of a dot, and whether every run is a whole number of it.
fn measure(found: &Found) -> (i32, bool) {
    let width = found.place.width;
    let runs = found.lengths.len() as i32;
    let modules = match found.symbology {
        // 6 runs and 11 modules a character, 7 and 13 the stop (ISO/IEC 15417).
        Symbology::Code128 => (runs - 7) / 6 * 11 + 13,
        _ => {
            let narrow = found.lengths.iter().copied().min().unwrap_or(1).max(1);
            width / narrow
        }
    };
    let milli = width * 1_000 / modules.max(1);
    let module = milli / 1_000;
    let is_whole =
        milli % 1_000 == 0 && found.lengths.iter().all(|length| length % module.max(1) == 0);
    match found.symbology {
        Symbology::Code128 => (milli, is_whole),
        // Wide bars of two or three narrow ones: whole if all runs are multiples of the narrowest.
        _ => {
            let narrow = found.lengths.iter().copied().min().unwrap_or(1).max(1);
            (narrow * 1_000, found.lengths.iter().all(|length| length % narrow == 0))
        }
    }
}

/// Whether another hand reads the same text from what we would draw.
fn says_the_same(runs: &[u8], text: &str) -> bool {
    let lengths: Vec<i32> = runs.iter().map(|&run| i32::from(run) * 3).collect();
    reader::bars(&lengths) == Some((Symbology::Code128, text.to_owned()))
}

/// Left edge and dots per module of the new bars: as near to the old ones as whole dots allow,
/// with free paper on either side and never on anything else.
fn fitting(
    bitmap: &Bitmap,
    head: Head,
    found: &Found,
    milli: i32,
    modules: i32,
) -> Option<(i32, i32)> {
    let place = found.place;
    let Rect { x, y, width, height } = place;
    let column = |x: i32| is_clear(bitmap, Rect { x, y, width: 1, height });
    let reach = 20 * (milli / 1_000 + 2);
    let free_left = (1..=reach).take_while(|by| column(x - by)).count() as i32;
    let free_right = (0..reach).take_while(|by| column(x + width + by)).count() as i32;
    // Beyond the paper's edge there is no quiet zone.
    let left = (x - free_left).max(0);
    let right = (x + width + free_right).min(bitmap.width as i32);
    let near = milli / 1_000;
    let sizes = [near + 1, near, near - 1, near - 2];
    let mut sizes: Vec<i32> = sizes.into_iter().filter(|&module| module >= 2).collect();
    sizes.sort_by_key(|module| (module * 1_000 - milli).abs());
    // Wide enough for handling before as near as possible, if anything is.
    sizes.sort_by_key(|&module| module < head.module_min());
    for quiet in QUIETS {
        for &module in &sizes {
            let (needs, ours) = ((modules + 2 * quiet) * module, modules * module);
            if needs > right - left {
                continue;
            }
            let middle = x + (width - ours) / 2;
            let from = left + quiet * module;
            return Some((middle.clamp(from, right - quiet * module - ours), module));
        }
    }
    None
}

/// Takes the old bars away and puts the new ones in their rows.
fn draw(bitmap: &mut Bitmap, old: Rect, x: i32, module: i32, runs: &[u8]) {
    bitmap.fill(old, Ink::White);
    let mut at = x;
    for (index, &run) in runs.iter().enumerate() {
        let width = i32::from(run) * module;
        if index % 2 == 0 {
            bitmap.fill(Rect { x: at, width, ..old }, Ink::Black);
        }
        at += width;
    }
}
