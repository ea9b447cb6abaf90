//! One line of text as glyphs with places. Han, kana, Hangul, Latin and Cyrillic stand one after
//! the other and cost a table look-up each. Scripts whose letters join, stack or run from right to
//! left (Uyghur and other Arabic, Tibetan, Mongolian, Thai; with a lent font also those of India
//! and its neighbours) are ordered by the Unicode bidirectional algorithm (UAX 9) and shaped by
//! their font's own tables.
//!
//! Mongolian is set along the line, as on a screen, and not in columns.

use super::{Fonts, Glyph};
use crate::page::Weight;
use harfrust::{Buffer, Direction, ShapeOptions, ShaperFont};
use unicode_bidi::ParagraphBidiInfo;

/// The first of the faces whose tables are used; those before it only map characters.
const FIRST_SHAPED: u8 = 6;

/// A glyph and where it stands, in dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Laid {
    pub(crate) glyph: Glyph,
    /// From the line's left edge.
    pub(crate) x: i32,
    /// Above the baseline.
    pub(crate) up: i32,
}

/// Whether `c` may not be drawn without looking at its neighbours.
pub(crate) fn is_shaped(c: char) -> bool {
    match c {
        // Most of every text.
        ..'\u{590}'
        | '\u{2000}'..='\u{a7ff}'
        | '\u{ac00}'..='\u{fb1c}'
        | '\u{ff00}'..='\u{ffff}' => false,
        _ => is_arabic(c) || is_mongolian(c) || is_tibetan(c) || is_thai(c) || is_afar(c),
    }
}

/// Scripts that none of the shipped fonts has and that are wrong letter by letter: India's, Lao,
/// Burmese, Khmer, Dai and their relatives, and those from right to left of the upper planes.
fn is_afar(c: char) -> bool {
    matches!(c,
        '\u{900}'..='\u{dff}' | '\u{e80}'..='\u{eff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}' | '\u{1900}'..='\u{1c7f}' | '\u{a800}'..='\u{a95f}'
        | '\u{a980}'..='\u{abff}' | '\u{10800}'..='\u{11fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Right to left, letters join.
pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Letters join.
pub(crate) fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1800}'..='\u{18af}')
}

fn is_tibetan(c: char) -> bool {
    matches!(c, '\u{f00}'..='\u{fff}')
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}')
}

/// Marks without a place of their own: they belong to the character before.
pub(crate) fn is_attached(c: char) -> bool {
    c >= '\u{300}'
        && (unicode_normalization::char::is_combining_mark(c)
            || matches!(c, '\u{200c}' | '\u{200d}' | '\u{180b}'..='\u{180f}' | '\u{e33}'))
}

/// Parts of `text` that are set as one: single characters, and of the shaped scripts whole words
/// (Tibetan syllables, Thai letters with their marks).
pub(crate) fn words(text: &str) -> Vec<&str> {
    split(text, |a, b| {
        let joined = is_shaped(a) && is_shaped(b) && !is_thai(b);
        let ends = matches!(a, '\u{f0b}' | '\u{f0d}') && !matches!(b, '\u{f0b}' | '\u{f0d}');
        // Thai vowels written before their letter.
        let leads = matches!(a, '\u{e40}'..='\u{e44}') && is_thai(b);
        joined && !ends || leads
    })
}

/// Characters of `word` with the marks on them.
pub(crate) fn clusters(word: &str) -> Vec<&str> {
    split(word, |_, _| false)
}

/// `cluster` alone and joined to a letter before, after and on both sides.
pub(crate) fn joined_forms(cluster: &str) -> Vec<String> {
    let mut forms = vec![cluster.to_owned()];
    if cluster.starts_with(|c| is_arabic(c) || is_mongolian(c)) {
        for (before, after) in [("", "\u{200d}"), ("\u{200d}", ""), ("\u{200d}", "\u{200d}")] {
            forms.push(format!("{before}{cluster}{after}"));
        }
    }
    forms
}

fn split(text: &str, together: impl Fn(char, char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, c) in text.char_indices() {
        let held = before.is_some_and(|b| is_attached(c) || together(b, c));
        if at > start && !held {
            parts.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

/// `c` as it looks in text from right to left (UAX 9, rule L4).
fn mirrored(c: char) -> char {
    const PAIRS: [&str; 11] =
        ["()", "[]", "{}", "<>", "«»", "（）", "［］", "【】", "《》", "〈〉", "「」"];
    let pair = PAIRS.iter().find(|pair| pair.contains(c));
    pair.and_then(|pair| pair.chars().find(|&other| other != c)).unwrap_or(c)
}

/// `text` as its order is judged: a masked number (1******0001) is one number, or its parts would
/// change places beside letters from right to left. Every byte keeps its place.
fn whole_numbers(text: &str) -> String {
    let in_number = |c: char| c.is_ascii_digit() || c == '*';
    let parts = split(text, |a, b| in_number(a) && in_number(b));
    let number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let judged = parts.iter().map(|part| match number(part) {
        true => part.replace('*', "0"),
        false => (*part).to_owned(),
    });
    judged.collect()
}

impl Fonts {
    /// The glyphs of one line from left to right, and its width in dots.
    pub(crate) fn lay(&self, text: &str, size: i32, weight: Weight) -> (Vec<Laid>, i32) {
        let mut laid = Vec::with_capacity(text.len() / 2);
        let mut x = 0;
        if !text.chars().any(is_shaped) {
            for c in text.chars() {
                self.set(c, size, weight, &mut x, &mut laid);
            }
            return (laid, x);
        }
        let judged = whole_numbers(text);
        let order = ParagraphBidiInfo::new(&judged, None);
        let (levels, runs) = order.visual_runs(0..text.len());
        for run in runs {
            let rtl = levels[run.start].is_rtl();
            let mut pieces = self.pieces(&text[run], weight);
            if rtl {
                pieces.reverse();
            }
            for piece in pieces {
                self.set_piece(piece, rtl, (size, weight), &mut x, &mut laid);
            }
        }
        (laid, x)
    }

    /// Sets one character that stands alone.
    fn set(&self, c: char, size: i32, weight: Weight, x: &mut i32, laid: &mut Vec<Laid>) {
        let glyph = self.glyph(c, weight);
        laid.push(Laid { glyph, x: *x, up: 0 });
        *x += self.advance(glyph, size);
    }

    /// Runs of shaped characters of one face, and runs of others.
    fn pieces<'a>(&self, run: &'a str, weight: Weight) -> Vec<&'a str> {
        let face = |c| is_shaped(c).then(|| self.glyph(c, weight).face);
        let joiner = |c| matches!(c, '\u{200c}' | '\u{200d}');
        split(run, |a, b| joiner(a) && is_shaped(b) || face(a) == face(b))
    }

    fn set_piece(
        &self,
        piece: &str,
        rtl: bool,
        (size, weight): (i32, Weight),
        x: &mut i32,
        laid: &mut Vec<Laid>,
    ) {
        let first = piece.chars().find(|&c| is_shaped(c));
        let face = first.map(|c| self.glyph(c, weight).face).filter(|&face| face >= FIRST_SHAPED);
        if let Some(face) = face
            && let Some(width) = self.shape(face, piece, rtl, (size, *x), laid)
        {
            *x += width;
        } else if rtl {
            piece.chars().rev().for_each(|c| self.set(mirrored(c), size, weight, x, laid));
        } else {
            piece.chars().for_each(|c| self.set(c, size, weight, x, laid));
        }
    }

    /// Shapes `piece` from `x` on and answers its width; `None` if the face cannot, or if it lacks
    /// a letter that is made of others, which only fonts of the machine do.
    fn shape(
        &self,
        face: u8,
        piece: &str,
        rtl: bool,
        (size, x): (i32, i32),
        laid: &mut Vec<Laid>,
    ) -> Option<i32> {
        let (font, dots_a_unit) = self.face(face).shaping(size)?;
        let mut buffer = Buffer::new();
        buffer.push_str(piece);
        buffer.guess_segment_properties();
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        harfrust::shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new()).ok()?;
        if buffer.glyph_infos().iter().any(|info| info.glyph_id == 0) {
            return None;
        }
        let mut pen = 0;
        for (info, place) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let id = u16::try_from(info.glyph_id).ok()?;
            let dots = |units: i32| (units as f32 * dots_a_unit).round() as i32;
            let glyph = Glyph { face, id };
            laid.push(Laid { glyph, x: x + dots(pen + place.x_offset), up: dots(place.y_offset) });
            pen += place.x_advance;
        }
        // Rounded up, so that the parts of a line are never narrower than the line.
        Some((pen as f32 * dots_a_unit).ceil() as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_number_keeps_its_order_beside_uyghur() {
        let fonts = Fonts::shipped();
        let glyphs = |text: &str| -> Vec<Glyph> {
            fonts.lay(text, 24, Weight::Bold).0.iter().map(|laid| laid.glyph).collect()
        };
        let number = glyphs("1******0023");
        for line in ["ئايگۈل 1******0023", "1******0023 ئايگۈل", "收 ئايگۈل 1******0023"]
        {
            let all = glyphs(line);
            assert!(all.windows(number.len()).any(|part| part == number), "{line}");
        }
        assert_eq!(whole_numbers("ئا* 1**2 *3"), "ئا* 1002 *3");
    }
}
