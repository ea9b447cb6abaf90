//! The three embedded faces, which characters they have, how wide those are, and their dots.
//!
//! The fonts are part of the executable (21 MB): a label must look the same on every machine, and
//! a name must never become an empty box for want of a system font. The system maps an executable
//! and reads its pages when they are touched, so what is never printed is never read from disk.

use crate::{page::Weight, text::clean};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};
use swash::{
    Charmap, FontRef, GlyphMetrics,
    scale::{Render, ScaleContext, Source},
    zeno::{Format, Placement},
};

static REGULAR: &[u8] = include_bytes!("../fonts/NotoSansSC-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/NotoSansSC-Bold.ttf");
static RARE: &[u8] = include_bytes!("../fonts/rare.otf");

/// Drawn for a character that no face has. Forms refuse such a character before it comes to this.
const STAND_IN: char = '〓';

/// Glyphs kept as dots. A day's labels use some 3,000; a full cache is emptied, which costs one
/// slow label. 8,192 glyphs of 24 dots are 1 MB.
const CACHE_MAX: usize = 8_192;

/// The shipped fonts and the dots of the glyphs used so far.
pub struct Fonts {
    /// Regular, bold, rare.
    faces: [Face; 3],
    painted: Mutex<Painted>,
}

struct Face {
    font: FontRef<'static>,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units_per_em: f32,
}

#[derive(Default)]
struct Painted {
    glyphs: HashMap<(Glyph, i32), Arc<Dots>>,
    context: ScaleContext,
}

/// A glyph of one of the faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Glyph {
    face: u8,
    id: u16,
}

/// A glyph as dots.
#[derive(Debug)]
pub(crate) struct Dots {
    /// From the pen to the left column.
    pub(crate) left: i32,
    /// From the baseline up to the top row.
    pub(crate) top: i32,
    /// Bytes a row; the first column is the highest bit, unused bits are 0.
    pub(crate) stride: usize,
    /// Rows, 1 = black.
    pub(crate) bits: Vec<u8>,
}

impl Fonts {
    /// The fonts of this program. The first call reads a few tables; glyphs are read when used.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Fonts> = OnceLock::new();
        SHIPPED.get_or_init(|| Self {
            faces: [REGULAR, BOLD, RARE].map(Face::new),
            painted: Mutex::default(),
        })
    }

    /// Whether some face has `c`.
    pub fn has(&self, c: char) -> bool {
        c == ' ' || self.faces.iter().any(|face| face.charmap.map(c) != 0)
    }

    /// The width of one line of `text` in dots.
    pub fn width(&self, text: &str, size: i32, weight: Weight) -> i32 {
        text.chars().map(|c| self.advance(self.glyph(c, weight), size)).sum()
    }

    /// The glyph of `c`: of the face of that weight, else of the rare face, else the stand-in.
    pub(crate) fn glyph(&self, c: char, weight: Weight) -> Glyph {
        let own = match weight {
            Weight::Regular => 0,
            Weight::Bold => 1,
        };
        for (face, c) in [(own, c), (2, c), (own, STAND_IN)] {
            let id = self.faces[usize::from(face)].charmap.map(c);
            if id != 0 {
                return Glyph { face, id };
            }
        }
        Glyph { face: own, id: 0 }
    }

    /// How far the pen moves, in whole dots, so that equal letters have equal distances.
    pub(crate) fn advance(&self, glyph: Glyph, size: i32) -> i32 {
        let face = &self.faces[usize::from(glyph.face)];
        (face.metrics.advance_width(glyph.id) * size as f32 / face.units_per_em).round() as i32
    }

    /// Calls `draw` with the dots of each glyph, painting those that are not kept yet.
    pub(crate) fn each_dots(
        &self,
        glyphs: &[Glyph],
        size: i32,
        mut draw: impl FnMut(usize, &Dots),
    ) {
        // A poisoned cache only means that somebody else's drawing died; what it holds is whole.
        let mut painted = self.painted.lock().unwrap_or_else(PoisonError::into_inner);
        for (at, &glyph) in glyphs.iter().enumerate() {
            let dots = painted.dots(&self.faces[usize::from(glyph.face)], glyph, size);
            draw(at, &dots);
        }
    }

    /// Forgets all painted glyphs; for measuring a cold start.
    pub fn forget(&self) {
        self.painted.lock().unwrap_or_else(PoisonError::into_inner).glyphs.clear();
    }
}

impl Face {
    fn new(data: &'static [u8]) -> Self {
        let font = FontRef::from_index(data, 0).expect("a font of this crate, read in its tests");
        let metrics = font.metrics(&[]);
        Self {
            font,
            charmap: font.charmap(),
            metrics: font.glyph_metrics(&[]),
            units_per_em: f32::from(metrics.units_per_em),
        }
    }
}

impl Painted {
    fn dots(&mut self, face: &Face, glyph: Glyph, size: i32) -> Arc<Dots> {
        if let Some(dots) = self.glyphs.get(&(glyph, size)) {
            return dots.clone();
        }
        if self.glyphs.len() >= CACHE_MAX {
            self.glyphs.clear();
        }
        let mut scaler = self.context.builder(face.font).size(size as f32).hint(false).build();
        let image = Render::new(&[Source::Outline])
            .format(Format::Alpha)
            .render(&mut scaler, glyph.id)
            .unwrap_or_default();
        let dots = Arc::new(Dots::new(image.placement, &image.data, ink_from(size)));
        self.glyphs.insert((glyph, size), dots.clone());
        dots
    }
}

/// The coverage (of 255) from which a dot burns. At small sizes a stroke is thinner than a dot and
/// may lie across two; a lower bar keeps it in one piece. Judged by eye on printed sizes.
fn ink_from(size: i32) -> u8 {
    if size < 28 { 104 } else { 120 }
}

impl Dots {
    fn new(placement: Placement, coverage: &[u8], from: u8) -> Self {
        let width = placement.width as usize;
        let stride = width.div_ceil(8);
        let mut bits = vec![0; stride * placement.height as usize];
        if width > 0 {
            for (row, line) in coverage.chunks_exact(width).zip(bits.chunks_exact_mut(stride)) {
                for (x, _) in row.iter().enumerate().filter(|&(_, &alpha)| alpha >= from) {
                    line[x / 8] |= 0x80 >> (x % 8);
                }
            }
        }
        Self { left: placement.left, top: placement.top, stride, bits }
    }
}

/// The characters of `text`, after [`clean`], that none of the shipped fonts has; each once.
pub fn missing(text: &str) -> Vec<char> {
    let fonts = Fonts::shipped();
    let mut found = Vec::new();
    for c in clean(text).chars() {
        if !fonts.has(c) && !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rare_name_can_be_printed() {
        let names = "㛃𠮷堃喆龑赟䶮𬱖𫖯𬭎𫘧𬍛玥槑犇燚羴鱻㐂𠈌嬲孖﨩髙";
        assert_eq!(missing(names), []);
        assert_eq!(missing("寄件 ABC abc 0123-*×·（）#¥㎡①“”…—"), []);
        assert_eq!(missing("张\u{e123}三\u{e123}𠈌ก"), ['\u{e123}', 'ก']);
    }

    #[test]
    fn han_are_as_wide_as_high_and_digits_all_alike() {
        let fonts = Fonts::shipped();
        assert_eq!(fonts.width("欧阳建国", 24, Weight::Bold), 96);
        assert_eq!(fonts.width("𠮷", 24, Weight::Regular), 24);
        for digit in '0'..='9' {
            let width = fonts.width(&digit.to_string(), 40, Weight::Bold);
            assert_eq!(width, fonts.width("8", 40, Weight::Bold), "{digit}");
        }
    }

    #[test]
    fn a_full_cache_starts_again() {
        let fonts = Fonts::shipped();
        let glyphs: Vec<Glyph> =
            ('\u{4e00}'..='\u{4eff}').map(|c| fonts.glyph(c, Weight::Regular)).collect();
        let mut drawn = 0;
        for size in 8..8 + (CACHE_MAX / glyphs.len()) as i32 + 2 {
            fonts.each_dots(&glyphs, size, |_, dots| drawn += usize::from(dots.stride > 0));
        }
        assert!(drawn > CACHE_MAX);
        assert!(fonts.painted.lock().unwrap().glyphs.len() <= CACHE_MAX);
    }
}
