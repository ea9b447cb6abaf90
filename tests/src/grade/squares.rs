//! Codes of rows printed and verified in arithmetic, after ISO/IEC 15415 in a simpler and stricter
//! form. Every dot burns a disc whose heat spreads; a round opening of 80 % of a module looks at
//! the middle of each module. Then, each graded by the standard's limits, the worst counting:
//!
//! * contrast between the lightest and the darkest module;
//! * modulation: how far each module is from the threshold, the worst module for the whole code
//!   (the standard forgives modules that error correction would mend);
//! * fixed pattern: the same of finders, clocks, start and stop alone, and none of them wrong;
//! * axial nonuniformity: how differently a module is wide and high, from the printed outline;
//! * unused error correction: all of it if no module is read wrong, else none.
//!
//! Grid nonuniformity needs a crooked grid, which whole dots do not have.

use super::{BLACK, Burn, Grade, WHITE, graded, smooth};
use label::{barcode::Grid, units::Head};

/// Points a dot, along both sides.
const POINTS: usize = 4;
/// Of a module's shorter side, what the opening is wide.
const OPENING: f64 = 0.8;

/// A code and how it is drawn.
#[derive(Debug, Clone)]
pub struct Code {
    /// Its modules.
    pub grid: Grid,
    /// Those that are the same in every code of its kind and size.
    pub fixed: Vec<bool>,
    /// Dots of a module across and along the feed.
    pub dots: (usize, usize),
    /// Empty modules around it, as wide as high.
    pub quiet: usize,
}

/// What a verifier measures.
#[derive(Debug, Clone, Copy)]
pub struct Quality {
    /// Between the lightest and the darkest module, of 1.
    pub contrast: f64,
    /// The module nearest to the threshold, 1 at best.
    pub modulation: f64,
    /// The same of the fixed patterns; below 0 if one is wrong.
    pub fixed: f64,
    /// Difference of width and height of a module, of their mean.
    pub axial: f64,
    /// Modules read wrong.
    pub wrong: usize,
    /// The worst of all.
    pub grade: Grade,
}

/// A print as a camera sees it.
#[derive(Debug, Clone)]
pub struct Print {
    /// Points in a row.
    pub width: usize,
    /// Reflectance, row by row.
    pub points: Vec<f64>,
}

impl Print {
    /// Rows of points.
    pub fn height(&self) -> usize {
        self.points.len() / self.width.max(1)
    }

    /// The same as grey, white paper 255.
    pub fn grey(&self) -> Vec<u8> {
        self.points.iter().map(|point| (point / WHITE * 255.0).round().min(255.0) as u8).collect()
    }
}

impl Code {
    fn side(&self) -> (usize, usize) {
        let (width, height) = (self.grid.width, self.grid.height());
        let edge = 2 * self.quiet * self.dots.0;
        (width * self.dots.0 + edge, height * self.dots.1 + edge)
    }

    /// Whether a dot is burnt, quiet zone included.
    fn burnt(&self, x: usize, y: usize) -> bool {
        let edge = self.quiet * self.dots.0;
        let module = |at: usize, dots: usize| at.checked_sub(edge).map(|at| at / dots);
        let (Some(x), Some(y)) = (module(x, self.dots.0), module(y, self.dots.1)) else {
            return false;
        };
        x < self.grid.width && self.grid.dark.get(y * self.grid.width + x) == Some(&true)
    }

    /// The print.
    pub fn print(&self, head: Head, burn: Burn) -> Print {
        let (across, along) = self.side();
        let (width, height) = (across * POINTS, along * POINTS);
        let mut ink = vec![0.0_f64; width * height];
        let disc = disc(burn.gain / 2.0 * POINTS as f64);
        for y in 0..along {
            for x in (0..across).filter(|&x| self.burnt(x, y)) {
                for &(dx, dy) in &disc {
                    let x = (x * POINTS) as i32 + dx;
                    let y = (y * POINTS) as i32 + dy;
                    if (0..width as i32).contains(&x) && (0..height as i32).contains(&y) {
                        ink[y as usize * width + x as usize] = 1.0;
                    }
                }
            }
        }
        let sigma = burn.bleed_mm * POINTS as f64 * f64::from(head.dots_per_m) / 1_000.0;
        let reach = (4.0 * sigma) as i32 + 1;
        let bleed: Vec<f64> = (-reach..=reach)
            .map(|at| (-f64::from(at * at) / (2.0 * sigma * sigma)).exp())
            .collect();
        let rows: Vec<f64> = ink.chunks_exact(width).flat_map(|row| smooth(row, &bleed)).collect();
        let turned = turned(&rows, width);
        let columns: Vec<f64> =
            turned.chunks_exact(height).flat_map(|column| smooth(column, &bleed)).collect();
        let ink = self::turned(&columns, height);
        Print { width, points: ink.into_iter().map(|ink| WHITE - (WHITE - BLACK) * ink).collect() }
    }

    /// Verifies a print of this code.
    pub fn verify(&self, print: &Print) -> Quality {
        let seen = self.seen(print);
        let high = seen.iter().copied().fold(f64::MIN, f64::max).max(WHITE);
        let low = seen.iter().copied().fold(f64::MAX, f64::min);
        let (contrast, threshold) = (high - low, (high + low) / 2.0);
        let margins: Vec<f64> = seen
            .iter()
            .zip(&self.grid.dark)
            .map(|(&seen, &dark)| {
                let off = if dark { threshold - seen } else { seen - threshold };
                2.0 * off / contrast
            })
            .collect();
        let least = |of: &mut dyn Iterator<Item = &f64>| of.copied().fold(1.0, f64::min);
        let modulation = least(&mut margins.iter());
        let mut fixed = margins.iter().zip(&self.fixed).filter(|(_, fixed)| **fixed);
        let fixed = least(&mut fixed.by_ref().map(|(margin, _)| margin));
        let wrong = margins.iter().filter(|margin| **margin <= 0.0).count();
        let axial = self.axial(print, threshold);
        let limits = [0.5, 0.4, 0.3, 0.2];
        let grades = [
            graded(contrast, [0.70, 0.55, 0.40, 0.20]),
            graded(modulation, limits),
            graded(fixed, limits),
            graded(-axial, [-0.06, -0.08, -0.10, -0.12]),
            if wrong == 0 { Grade::A } else { Grade::F },
        ];
        let grade = grades.into_iter().min().unwrap_or(Grade::F);
        Quality { contrast, modulation, fixed, axial, wrong, grade }
    }

    /// What the opening sees of each module.
    fn seen(&self, print: &Print) -> Vec<f64> {
        let opening = disc(OPENING / 2.0 * (self.dots.0.min(self.dots.1) * POINTS) as f64);
        let edge = self.quiet * self.dots.0;
        let middle =
            |at: usize, dots: usize| ((edge + at * dots) * POINTS + dots * POINTS / 2) as i32;
        let look = |at: usize| {
            let x = middle(at % self.grid.width, self.dots.0);
            let y = middle(at / self.grid.width, self.dots.1);
            let points = opening.iter().map(|(dx, dy)| {
                // The disc is that of a dot, whose middle is half its points on.
                let (x, y) = (x + dx - POINTS as i32 / 2, y + dy - POINTS as i32 / 2);
                print.points[y as usize * print.width + x as usize]
            });
            points.sum::<f64>() / opening.len() as f64
        };
        (0..self.grid.dark.len()).map(look).collect()
    }

    /// From the printed outline, which heat makes larger on all sides alike.
    fn axial(&self, print: &Print, threshold: f64) -> f64 {
        let dark: Vec<(usize, usize)> = (0..print.points.len())
            .filter(|&at| print.points[at] < threshold)
            .map(|at| (at % print.width, at / print.width))
            .collect();
        let long = |of: &dyn Fn(&(usize, usize)) -> usize| {
            let ends =
                dark.iter().map(of).fold((usize::MAX, 0), |(a, z), at| (a.min(at), z.max(at)));
            (ends.1 + 1).saturating_sub(ends.0) as f64 / POINTS as f64
        };
        // Modules that are meant to be higher than wide are measured in their own height.
        let wide = long(&|at| at.0) / (self.grid.width * self.dots.0) as f64;
        let high = long(&|at| at.1) / (self.grid.height() * self.dots.1) as f64;
        (wide - high).abs() / ((wide + high) / 2.0)
    }
}

/// Points of a disc around the middle of a dot, from the dot's first point.
fn disc(radius: f64) -> Vec<(i32, i32)> {
    let reach = radius.ceil() as i32 + POINTS as i32;
    let middle = (POINTS as f64 - 1.0) / 2.0;
    let inside = |x: i32, y: i32| {
        let (x, y) = (f64::from(x) - middle, f64::from(y) - middle);
        x * x + y * y <= radius * radius
    };
    let all = (-reach..=reach).flat_map(|y| (-reach..=reach).map(move |x| (x, y)));
    all.filter(|&(x, y)| inside(x, y)).collect()
}

/// Rows as columns.
fn turned(points: &[f64], width: usize) -> Vec<f64> {
    let height = points.len() / width;
    (0..width).flat_map(|x| (0..height).map(move |y| points[y * width + x])).collect()
}
