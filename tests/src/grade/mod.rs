//! Bars printed and verified in arithmetic: every dot burns a disc whose heat spreads, a scanner's
//! spot runs across, and the profile is graded by ISO/IEC 15416. Grades compare layouts; they
//! promise nothing of a real printer. [`squares`] does the same for codes of rows.

pub mod squares;

use label::units::Head;

/// Points of the profile a dot.
const POINTS: usize = 24;
const WHITE: f64 = 0.80;
const BLACK: f64 = 0.07;
/// The scanner's spot, 5 mil.
const SPOT_MM: f64 = 0.125;

/// How a head burns.
#[derive(Debug, Clone, Copy)]
pub struct Burn {
    /// A disc's diameter in pitches of the head.
    pub gain: f64,
    /// Standard deviation of the heat's spread.
    pub bleed_mm: f64,
}

/// A head as it should be.
pub const NEW: Burn = Burn { gain: 1.15, bleed_mm: 0.025 };
/// Set too dark, on a tired head.
pub const WORN: Burn = Burn { gain: 1.5, bleed_mm: 0.04 };

/// The standards' grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Fails.
    F,
    /// Poor.
    D,
    /// Fair.
    C,
    /// Good.
    B,
    /// Best.
    A,
}

/// What a verifier measures on one line. Labels have the same bars in every line.
#[derive(Debug, Clone, Copy)]
pub struct Quality {
    /// Between the lightest and the darkest point, of 1.
    pub contrast: f64,
    /// The faintest edge, of the contrast.
    pub modulation: f64,
    /// The greatest unevenness within an element, of the contrast.
    pub defects: f64,
    /// How far the widths stay from being read as something else, 1 at best.
    pub decodability: f64,
    /// The worst of all.
    pub grade: Grade,
}

/// Reflectance across a row of dots.
pub fn scan(row: &[bool], head: Head, burn: Burn) -> Vec<f64> {
    let radius = burn.gain / 2.0;
    let mut ink = vec![0.0_f64; row.len() * POINTS];
    for (dot, _) in row.iter().enumerate().filter(|(_, burnt)| **burnt) {
        let reach = (radius * POINTS as f64).ceil() as usize;
        let centre = dot * POINTS + POINTS / 2;
        let last = (centre + reach).min(ink.len() - 1);
        for (at, ink) in ink.iter_mut().enumerate().take(last + 1).skip(centre - reach) {
            let off = (at as f64 - centre as f64) / POINTS as f64;
            // The bar runs on under and above: of each pitch along it, two half chords are burnt.
            let chord = 2.0 * (radius * radius - off * off).max(0.0).sqrt();
            *ink = ink.max(chord.min(1.0));
        }
    }
    let points_a_mm = POINTS as f64 * f64::from(head.dots_per_m) / 1_000.0;
    let sigma = burn.bleed_mm * points_a_mm;
    let reach = (4.0 * sigma) as i32 + 1;
    let bleed = (-reach..=reach).map(|at| (-f64::from(at * at) / (2.0 * sigma * sigma)).exp());
    let spot = (SPOT_MM * points_a_mm) as usize;
    let lens = (0..spot).map(|at| {
        let off = 2.0 * at as f64 / (spot - 1) as f64 - 1.0;
        (1.0 - off * off).max(0.0).sqrt()
    });
    let ink = smooth(&smooth(&ink, &bleed.collect::<Vec<_>>()), &lens.collect::<Vec<_>>());
    ink.into_iter().map(|ink| WHITE - (WHITE - BLACK) * ink).collect()
}

/// The mean under `weights` moved along; beyond the ends is 0.
fn smooth(values: &[f64], weights: &[f64]) -> Vec<f64> {
    let (sum, half) = (weights.iter().sum::<f64>(), weights.len() / 2);
    let at = |middle: usize| {
        let under = weights.iter().enumerate().filter_map(|(offset, weight)| {
            Some(weight * values.get((middle + offset).checked_sub(half)?)?)
        });
        under.sum::<f64>() / sum
    };
    (0..values.len()).map(at).collect()
}

/// Widths of bars and spaces, in points, where the profile crosses `threshold`; and the parts of
/// the profile between the crossings, quiet zones included.
fn elements(profile: &[f64], threshold: f64) -> (Vec<f64>, Vec<&[f64]>) {
    let sides = profile.chunk_by(|a, b| (*a < threshold) == (*b < threshold));
    let parts: Vec<_> = sides.collect();
    let (mut at, mut edges) = (0, Vec::new());
    for part in &parts[..parts.len() - 1] {
        at += part.len();
        let (before, after) = (profile[at - 1], profile[at]);
        edges.push((at - 1) as f64 + (before - threshold) / (before - after));
    }
    (edges.windows(2).map(|pair| pair[1] - pair[0]).collect(), parts)
}

/// The greatest unevenness within a part: between its peaks and its valleys.
fn defect(part: &[f64]) -> f64 {
    let turns = part.windows(3).filter(|w| w[0].partial_cmp(&w[1]) != w[1].partial_cmp(&w[2]));
    let (low, high) =
        turns.fold((f64::MAX, f64::MIN), |(low, high), w| (low.min(w[1]), high.max(w[1])));
    (high - low).max(0.0)
}

/// Whose rules say how widths are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words of eleven modules, of three bars.
    Code128,
    /// Elements of one module and of three.
    TwoWidths,
    /// Digits of seven modules between guards.
    Ean,
}

/// How far the widths stay from being read as something else, 1 at best; `None` if they are.
fn decodability(widths: &[f64], runs: &[u8], kind: Kind) -> Option<f64> {
    match kind {
        Kind::Code128 => words_of_128(widths, runs),
        Kind::TwoWidths => two_widths(widths, runs),
        Kind::Ean => digits_of_ean(widths, runs),
    }
}

/// The reference threshold lies between the narrow and the wide (ISO/IEC 16388, 16390): how far
/// the elements stay from it, of what they would at their nominal widths.
fn two_widths(widths: &[f64], runs: &[u8]) -> Option<f64> {
    let module = widths.iter().sum::<f64>() / runs.iter().map(|&run| f64::from(run)).sum::<f64>();
    let margins = widths.iter().zip(runs).map(|(width, &run)| {
        let off = if run == 1 { 2.0 - width / module } else { width / module - 2.0 };
        off.min(1.0)
    });
    let least = margins.fold(1.0, f64::min);
    (least > 0.0).then_some(least)
}

/// A digit is read by two distances between like edges, in modules (ISO/IEC 15420).
fn digits_of_ean(widths: &[f64], runs: &[u8]) -> Option<f64> {
    let sides = (runs.len() - 11) / 2;
    let halves = [3..3 + sides, 8 + sides..8 + 2 * sides];
    let mut least = 1.0_f64;
    for half in halves {
        let digits = widths[half.clone()].chunks_exact(4).zip(runs[half].chunks_exact(4));
        for (digit, want) in digits {
            let module = digit.iter().sum::<f64>() / 7.0;
            for at in 0..2 {
                let pair = (digit[at] + digit[at + 1]) / module;
                let off = (pair - f64::from(want[at] + want[at + 1])).abs();
                if off >= 0.5 {
                    return None;
                }
                least = least.min(1.0 - 2.0 * off);
            }
            // 1 and 7, 2 and 8 share those distances; their bars differ by two modules.
            if [0, 1].iter().all(|&at| matches!(want[at] + want[at + 1], 3 | 4)) {
                let bars = (digit[1] + digit[3]) / module;
                least = least.min(1.0 - (bars - f64::from(want[1] + want[3])).abs());
            }
        }
    }
    (least > 0.0).then_some(least)
}

/// Of Code 128. The widest bar of the stop counts for nothing.
fn words_of_128(widths: &[f64], runs: &[u8]) -> Option<f64> {
    let mut least = 1.0_f64;
    for (word, want) in widths.chunks_exact(6).zip(runs.chunks_exact(6)) {
        let module = word.iter().sum::<f64>() / 11.0;
        for at in 0..4 {
            let pair = (word[at] + word[at + 1]) / module;
            if pair.round() as u8 != want[at] + want[at + 1] {
                return None;
            }
            let margins = (1..8).map(|border| (pair - (f64::from(border) + 0.5)).abs() * 2.0);
            least = margins.fold(least, f64::min);
        }
        let bars = word.iter().step_by(2).sum::<f64>() / module;
        let bars_want: u8 = want.iter().step_by(2).sum();
        least = least.min((1.75 - (bars - f64::from(bars_want)).abs()) / 1.75);
    }
    Some(least.max(0.0))
}

/// The best grade whose limit is reached; limits for A, B, C and D.
fn graded(value: f64, limits: [f64; 4]) -> Grade {
    let mut grades = [Grade::A, Grade::B, Grade::C, Grade::D].into_iter().zip(limits);
    grades.find(|(_, limit)| value >= *limit).map_or(Grade::F, |(grade, _)| grade)
}

/// Verifies a profile that should say `runs` in Code 128; `None` if it says something else.
pub fn verify(profile: &[f64], runs: &[u8]) -> Option<Quality> {
    verify_as(profile, runs, Kind::Code128)
}

/// The same in any linear code.
pub fn verify_as(profile: &[f64], runs: &[u8], kind: Kind) -> Option<Quality> {
    let high = profile.iter().copied().fold(f64::MIN, f64::max);
    let low = profile.iter().copied().fold(f64::MAX, f64::min);
    let contrast = high - low;
    let (widths, parts) = elements(profile, (high + low) / 2.0);
    if widths.len() != runs.len() {
        return None;
    }
    // Spaces, the first of which is the quiet zone, by their lightest point; bars by their darkest.
    let peak = |(at, part): (usize, &&[f64])| {
        let points = part.iter().copied();
        if at % 2 == 0 { points.fold(f64::MIN, f64::max) } else { points.fold(f64::MAX, f64::min) }
    };
    let peaks: Vec<f64> = parts.iter().enumerate().map(peak).collect();
    let edge = peaks.windows(2).map(|pair| (pair[0] - pair[1]).abs()).fold(f64::MAX, f64::min);
    let defects = parts.iter().map(|part| defect(part)).fold(0.0, f64::max) / contrast;
    let decodability = decodability(&widths, runs, kind)?;
    let modulation = edge / contrast;
    let passed = low <= high / 2.0 && edge >= 0.15;
    let grades = [
        if passed { Grade::A } else { Grade::F },
        graded(contrast, [0.70, 0.55, 0.40, 0.20]),
        graded(modulation, [0.70, 0.60, 0.50, 0.40]),
        graded(-defects, [-0.15, -0.20, -0.25, -0.30]),
        graded(decodability, [0.62, 0.50, 0.37, 0.25]),
    ];
    let grade = grades.into_iter().min()?;
    Some(Quality { contrast, modulation, defects, decodability, grade })
}
