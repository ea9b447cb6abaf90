//! The embedded faces, which characters they have, how wide those are, and their dots; and, last,
//! faces that the machine lends.
//!
//! The fonts are part of the executable (24 MB): a label must look the same on every machine, and
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
static LETTERS: &[u8] = include_bytes!("../fonts/scripts/letters.ttf");
static KOREAN: &[u8] = include_bytes!("../fonts/scripts/korean.otf");
static YI: &[u8] = include_bytes!("../fonts/scripts/yi.ttf");
static ARABIC: &[u8] = include_bytes!("../fonts/scripts/arabic.ttf");
static TIBETAN: &[u8] = include_bytes!("../fonts/scripts/tibetan.ttf");
static MONGOLIAN: &[u8] = include_bytes!("../fonts/scripts/mongolian.ttf");
static THAI: &[u8] = include_bytes!("../fonts/scripts/thai.ttf");

/// Faces in the order in which a character is looked for (of the first two, the one of the weight
/// asked for), with the size at which they are drawn and how far they are raised, in percent of the
/// em: a tall script must not touch the line above or below, which is spaced for Han.
const FACES: [(&[u8], i32, i32); 10] = [
    (REGULAR, 100, 0),
    (BOLD, 100, 0),
    (RARE, 100, 0),
    (LETTERS, 100, 0),
    (KOREAN, 100, 0),
    (YI, 100, 0),
    (ARABIC, 85, 8),
    (TIBETAN, 76, 16),
    (MONGOLIAN, 90, 0),
    (THAI, 82, 6),
];

mod lent;
mod shape;

pub use lent::{Finder, FontBytes, Lent, beyond_ours, borrowed, draws};
pub(crate) use shape::{Laid, clusters, is_arabic, is_mongolian, is_shaped, joined_forms, words};

/// Drawn for a character that no face has. Forms refuse such a character before it comes to this.
const STAND_IN: char = '〓';

/// Glyphs kept as dots. A day's labels use some 3,000; a full cache is emptied, which costs one
/// slow label. 8,192 glyphs of 24 dots are 1 MB.
const CACHE_MAX: usize = 8_192;

/// The shipped fonts and the dots of the glyphs used so far.
pub struct Fonts {
    faces: [Face; FACES.len()],
    borrowed: OnceLock<lent::Borrowed>,
    painted: Mutex<Painted>,
}

struct Face {
    data: &'static [u8],
    /// Which font of a collection.
    index: u32,
    /// Of the size asked for.
    scale: f32,
    /// Parts of the size asked for.
    raise: f32,
    /// Made when the first word is shaped.
    shaping: OnceLock<Option<harfrust::Font>>,
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
            faces: FACES.map(Face::shipped),
            borrowed: OnceLock::new(),
            painted: Mutex::default(),
        })
    }

    /// Whether some shipped face has `c`.
    pub fn has(&self, c: char) -> bool {
        matches!(c, ' ' | '\u{200c}' | '\u{200d}' | '\u{180b}'..='\u{180f}')
            || self.faces.iter().any(|face| face.charmap.map(c) != 0)
    }

    /// The width of one line of `text` in dots.
    pub fn width(&self, text: &str, size: i32, weight: Weight) -> i32 {
        if text.chars().any(shape::is_shaped) {
            return self.lay(text, size, weight).1;
        }
        text.chars().map(|c| self.advance(self.glyph(c, weight), size)).sum()
    }

    /// The glyph of `c`: of the face of that weight, else of the first other face that has it, else
    /// of a lent one, else the stand-in.
    pub(crate) fn glyph(&self, c: char, weight: Weight) -> Glyph {
        let own = match weight {
            Weight::Regular => 0,
            Weight::Bold => 1,
        };
        let id = self.faces[usize::from(own)].charmap.map(c);
        if id != 0 {
            return Glyph { face: own, id };
        }
        let of = |face: u8, c| Some(self.face(face).charmap.map(c)).filter(|&id| id != 0);
        let others = 2..self.faces.len() as u8;
        let found = others.into_iter().find_map(|face| Some(Glyph { face, id: of(face, c)? }));
        let lent = || self.borrowed_face(c).and_then(|face| Some(Glyph { face, id: of(face, c)? }));
        let stand_in = || Glyph { face: own, id: of(own, STAND_IN).unwrap_or(0) };
        found.or_else(lent).unwrap_or_else(stand_in)
    }

    /// How far the pen moves, in whole dots, so that equal letters have equal distances.
    pub(crate) fn advance(&self, glyph: Glyph, size: i32) -> i32 {
        let face = self.face(glyph.face);
        let units = face.metrics.advance_width(glyph.id);
        (units * size as f32 * face.scale / face.units_per_em).round() as i32
    }

    /// Calls `draw` with the dots of each glyph, painting those that are not kept yet.
    pub(crate) fn each_dots(&self, laid: &[Laid], size: i32, mut draw: impl FnMut(&Laid, &Dots)) {
        // A poisoned cache only means that somebody else's drawing died; what it holds is whole.
        let mut painted = self.painted.lock().unwrap_or_else(PoisonError::into_inner);
        for one in laid {
            let glyph = one.glyph;
            let dots = painted.dots(self.face(glyph.face), glyph, size);
            draw(one, &dots);
        }
    }

    /// Forgets all painted glyphs; for measuring a cold start.
    pub fn forget(&self) {
        self.painted.lock().unwrap_or_else(PoisonError::into_inner).glyphs.clear();
    }
}

impl Face {
    fn shipped((data, scale, raise): (&'static [u8], i32, i32)) -> Self {
        let font = FontRef::from_index(data, 0).expect("a font of this crate, read in its tests");
        Self::new(data, 0, font, scale as f32 / 100.0, raise as f32 / 100.0)
    }

    fn new(
        data: &'static [u8],
        index: u32,
        font: FontRef<'static>,
        scale: f32,
        raise: f32,
    ) -> Self {
        let metrics = font.metrics(&[]);
        Self {
            data,
            index,
            scale,
            raise,
            shaping: OnceLock::new(),
            font,
            charmap: font.charmap(),
            metrics: font.glyph_metrics(&[]),
            units_per_em: f32::from(metrics.units_per_em),
        }
    }

    /// The face for shaping, and how many dots its units have at `size`.
    fn shaping(&self, size: i32) -> Option<(&harfrust::Font, f32)> {
        let font =
            self.shaping.get_or_init(|| harfrust::Font::new(self.data, self.index)).as_ref()?;
        Some((font, size as f32 * self.scale / self.units_per_em))
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
        let scaled = size as f32 * face.scale;
        let mut scaler = self.context.builder(face.font).size(scaled).hint(false).build();
        let image = Render::new(&[Source::Outline])
            .format(Format::Alpha)
            .render(&mut scaler, glyph.id)
            .unwrap_or_default();
        let mut dots = Dots::new(image.placement, &image.data, ink_from(size));
        dots.top += (size as f32 * face.raise).round() as i32;
        let dots = Arc::new(dots);
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

/// The characters of `text`, after [`clean`], that neither the shipped fonts nor a lent one have;
/// each once.
pub fn missing(text: &str) -> Vec<char> {
    let mut found = beyond_shipped(text);
    found.retain(|&c| !Fonts::shipped().can_draw(c));
    found
}

/// The characters of `text`, after [`clean`], that none of the shipped fonts has; each once.
pub fn beyond_shipped(text: &str) -> Vec<char> {
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
        assert_eq!(missing("张\u{e123}三\u{e123}𠈌क"), ['\u{e123}', 'क']);
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
        let text: String = ('\u{4e00}'..='\u{4eff}').collect();
        let (glyphs, _) = fonts.lay(&text, 24, Weight::Regular);
        let mut drawn = 0;
        for size in 8..8 + (CACHE_MAX / glyphs.len()) as i32 + 2 {
            fonts.each_dots(&glyphs, size, |_, dots| drawn += usize::from(dots.stride > 0));
        }
        assert!(drawn > CACHE_MAX);
        assert!(fonts.painted.lock().unwrap().glyphs.len() <= CACHE_MAX);
    }
}
