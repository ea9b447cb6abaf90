//! Fonts of the machine, lent by the program for the characters that none of ours has.
//!
//! They come last: where ours have a character, or its equal by Unicode, theirs is not looked at,
//! so that a label differs from one machine to the next only where it would otherwise not be
//! printed at all. Private characters are never taken from them: what one machine has there as a
//! rare name another has as a drawing of a telephone.

use super::{FACES, Face, Fonts};
use std::{
    collections::HashMap,
    fmt,
    ops::RangeInclusive,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};
use swash::{
    FontRef,
    scale::{Render, ScaleContext, Source},
};

/// Dots per em at which a foreign glyph is tried.
const TRIED_AT: f32 = 32.0;
/// More than this of the em, upwards and downwards together, and a face is drawn smaller.
const TALL: f32 = 1.1;
/// A face is never drawn smaller than this part of the size asked for.
const SCALE_MIN: f32 = 0.7;
/// How far below the baseline a letter may reach, in parts of the size: where ours end.
const DEPTH_MAX: f32 = 0.2;

/// Bytes of a font file, such as a mapped file.
pub type FontBytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A font of the machine.
pub struct Lent {
    /// Its family, as people know it.
    pub name: String,
    /// The whole file. Kept as long as the program lives.
    pub data: FontBytes,
    /// Which font of a collection, from 0.
    pub index: u32,
}

impl fmt::Debug for Lent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lent").field("name", &self.name).field("index", &self.index).finish()
    }
}

/// Finds a font for a character; asked once for each.
pub type Finder = Box<dyn Fn(char) -> Option<Lent> + Send + Sync>;

/// The fonts lent so far.
pub(super) struct Borrowed {
    finder: Finder,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// The face of each character looked for.
    chars: HashMap<char, Option<u8>>,
    faces: Vec<(&'static Face, &'static str)>,
}

impl Fonts {
    /// Says where to look for characters that no shipped font has. Only the first call counts.
    pub fn lend(&self, finder: Finder) {
        // The second of two: both would find the same.
        drop(self.borrowed.set(Borrowed { finder, known: Mutex::default() }));
    }

    /// Whether a shipped face has `c`, or a lent one draws it.
    pub fn can_draw(&self, c: char) -> bool {
        self.has(c) || self.borrowed_face(c).is_some()
    }

    /// The lent face that has `c`.
    pub(super) fn borrowed_face(&self, c: char) -> Option<u8> {
        if may_not_be_lent(c) {
            return None;
        }
        let borrowed = self.borrowed.get()?;
        let known = || borrowed.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&face) = known().chars.get(&c) {
            return face;
        }
        // Not locked meanwhile: it may take long, and others draw.
        let found = (borrowed.finder)(c);
        let mut known = known();
        let face = found.and_then(|lent| known.keep(lent, c));
        known.chars.insert(c, face);
        face
    }

    /// A face by its number: ours first, then the lent ones.
    pub(super) fn face(&self, face: u8) -> &Face {
        let at = usize::from(face);
        if let Some(own) = self.faces.get(at) {
            return own;
        }
        let lent = self.borrowed.get().and_then(|borrowed| {
            let known = borrowed.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.faces.get(at - FACES.len()).map(|(face, _)| *face)
        });
        lent.unwrap_or(&self.faces[0])
    }

    fn lent_name(&self, face: u8) -> Option<&'static str> {
        let at = usize::from(face).checked_sub(FACES.len())?;
        let known = self.borrowed.get()?.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.faces.get(at).map(|(_, name)| *name)
    }
}

impl Known {
    /// The number of the face, if it can draw `c`.
    fn keep(&mut self, lent: Lent, c: char) -> Option<u8> {
        let bytes = (*lent.data).as_ref();
        if !draws(bytes, lent.index, c) {
            return None;
        }
        let same = |face: &Face| std::ptr::eq(face.data, bytes) && face.index == lent.index;
        if let Some(at) = self.faces.iter().position(|(face, _)| same(face)) {
            return u8::try_from(FACES.len() + at).ok();
        }
        let number = u8::try_from(FACES.len() + self.faces.len()).ok()?;
        // A few fonts, for the life of the program, as ours are.
        let data: &'static [u8] = (**Box::leak(Box::new(lent.data))).as_ref();
        let font = FontRef::from_index(data, usize::try_from(lent.index).ok()?)?;
        let metrics = font.metrics(&[]);
        let em = f32::from(metrics.units_per_em);
        let (up, down) = (metrics.ascent / em, metrics.descent.abs() / em);
        let scale = (TALL / (up + down)).clamp(SCALE_MIN, 1.0);
        let raise = (down * scale - DEPTH_MAX).max(0.0);
        let face = Face::new(data, lent.index, font, scale, raise);
        self.faces.push((Box::leak(Box::new(face)), lent.name.leak()));
        Some(number)
    }
}

/// Not letters: private ones mean something else in each font, and those without a meaning none.
fn may_not_be_lent(c: char) -> bool {
    let noncharacter = c as u32 & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}');
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    private || noncharacter || c == '\u{fffd}' || c.is_control()
}

/// Whether font `index` of a file has `c` and draws it in black: a font of coloured pictures or of
/// dots alone has nothing to draw with, and some have a character with nothing in it.
pub fn draws(data: &[u8], index: u32, c: char) -> bool {
    safely(|| tries(data, index, c)).unwrap_or(false)
}

/// The file of a font that nobody here made may be broken in any way, which the crates that read it
/// do not always survive. It is then as if it were not there.
fn safely<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

fn tries(data: &[u8], index: u32, c: char) -> bool {
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    let Some(font) = FontRef::from_index(data, index) else { return false };
    let id = font.charmap().map(c);
    if id == 0 || font.metrics(&[]).units_per_em == 0 {
        return false;
    }
    if font.glyph_metrics(&[]).advance_width(id) <= 0.0 && !super::shape::is_attached(c) {
        return false;
    }
    let mut context = ScaleContext::new();
    let mut scaler = context.builder(font).size(TRIED_AT).hint(false).build();
    let image = Render::new(&[Source::Outline]).render(&mut scaler, id);
    image.is_some_and(|image| image.data.iter().any(|&alpha| alpha > 0))
}

/// Characters that font `index` of a file names and ours lack, in order, as ranges. Whether it can
/// draw them is another question: [`draws`]. Empty for what is no font.
pub fn beyond_ours(data: &[u8], index: u32) -> Vec<RangeInclusive<char>> {
    let mut found = safely(|| names(data, index)).unwrap_or_default();
    found.sort_unstable();
    found.dedup();
    let runs = found.chunk_by(|&a, &b| a as u32 + 1 == b as u32);
    runs.map(|run| run[0]..=run[run.len() - 1]).collect()
}

fn names(data: &[u8], index: u32) -> Vec<char> {
    let fonts = Fonts::shipped();
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    let Some(font) = FontRef::from_index(data, index) else { return Vec::new() };
    let mut found: Vec<char> = Vec::new();
    font.charmap().enumerate(|code, id| {
        if let Some(c) = char::from_u32(code)
            && id != 0
            && !fonts.has(c)
            && !may_not_be_lent(c)
        {
            found.push(c);
        }
    });
    found
}

/// The characters of `text`, after [`crate::text::clean`], that are drawn with a lent font, each
/// once, and the font's name: on another machine the label looks different, or is not printed.
pub fn borrowed(text: &str) -> Vec<(char, &'static str)> {
    let fonts = Fonts::shipped();
    let name = |c| fonts.borrowed_face(c).and_then(|face| fonts.lent_name(face));
    super::beyond_shipped(text).into_iter().filter_map(|c| Some((c, name(c)?))).collect()
}
