//! What people typed, made fit for a label: no control characters, emoji as words, one line, and
//! for a character that no font has the plainer one that Unicode names as its equal.

use crate::font::{self, Fonts};
use unicode_normalization::{
    UnicodeNormalization,
    char::{decompose_canonical, decompose_compatible},
    is_nfc,
};

mod pictures;

/// A text as it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tidy {
    /// What is printed.
    pub text: String,
    /// Pictures that are printed as words or plain signs.
    pub worded: usize,
    /// Pictures that left no trace in it.
    pub dropped: usize,
}

/// [`tidy`] without the counts.
pub fn clean(text: &str) -> String {
    tidy(text).text
}

/// `text` without control, zero-width, direction and variation marks, with emoji as words (a row of
/// equal ones as one; all are counted), every run of white space as one space, and
/// none at the ends. A letter that no font has becomes its equal by Unicode (𝐀 → A) if the fonts
/// have that; letters are never removed, also when no font has them: see [`crate::font::missing`].
pub fn tidy(text: &str) -> Tidy {
    if text.chars().any(composes) && !is_nfc(text) {
        return tidy_composed(&text.nfc().collect::<String>());
    }
    tidy_composed(text)
}

/// Marks and Korean letters of which one character may be made.
fn composes(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}' | '\u{3099}' | '\u{309a}')
}

fn tidy_composed(text: &str) -> Tidy {
    let fonts = Fonts::shipped();
    let mut out = Tidy { text: String::with_capacity(text.len()), ..Tidy::default() };
    let (mut space, mut before, mut picture) = (false, None, Picture::default());
    for c in text.chars() {
        if is_common(c) {
            if std::mem::take(&mut space) {
                out.text.push(' ');
            }
            out.text.push(c);
        } else if c.is_whitespace() {
            space = !out.text.is_empty();
        } else if is_picture(c) {
            picture.see(c, &mut space, &mut out);
        } else if is_invisible(c) {
            if joins(before, c) {
                out.text.push(c);
            }
            picture.joined |= c == '\u{200d}';
            continue;
        } else {
            if std::mem::take(&mut space) {
                out.text.push(' ');
            }
            push(c, fonts, &mut out.text);
        }
        if !is_picture(c) {
            picture = Picture::default();
        }
        before = Some(c);
    }
    let end = out.text.trim_end_matches(['\u{200c}', '\u{200d}']).len();
    out.text.truncate(end);
    out
}

/// What every font of ours has and nothing is done to: most of every text.
fn is_common(c: char) -> bool {
    matches!(c,
        '!'..='~' | '\u{4e00}'..='\u{9fa5}' | '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}')
}

/// The pictures just seen.
#[derive(Default)]
struct Picture {
    /// What was put down for them.
    word: String,
    /// Whether the next one belongs to the last one (a family, a woman with a laptop).
    joined: bool,
}

impl Picture {
    fn see(&mut self, c: char, space: &mut bool, out: &mut Tidy) {
        if std::mem::take(&mut self.joined) || pictures::is_skin(c) {
            return;
        }
        match pictures::word(c) {
            // A row of presents is one word; letters of flags are spelled.
            Some(word) if word == self.word && !word.is_ascii() => out.worded += 1,
            Some(word) => {
                // A letter in a circle is still that letter.
                out.worded += usize::from(!word.starts_with(|c: char| c.is_ascii_alphabetic()));
                if std::mem::take(space) {
                    out.text.push(' ');
                }
                out.text.push_str(&word);
                self.word = word;
            }
            None => out.dropped += 1,
        }
    }
}

/// Adds `c`, or what equals it where no font has it.
fn push(c: char, fonts: &Fonts, out: &mut String) {
    // Forms of joined letters by themselves would not join.
    let is_form = matches!(c, '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if fonts.has(c) && !is_form {
        return out.push(c);
    }
    let from = out.len();
    decompose_canonical(c, |part| out.push(part));
    if out[from..].chars().all(|part| part != c && fonts.has(part)) {
        return;
    }
    out.truncate(from);
    decompose_compatible(c, |part| out.push(plain(part)));
    if !out[from..].chars().all(|part| part != c && fonts.has(part)) {
        out.truncate(from);
        out.push(plain(c));
    }
}

/// Signs of the same meaning that no font has.
fn plain(c: char) -> char {
    match c {
        '≒' => '≈',
        '\u{2044}' => '/',
        other => other,
    }
}

/// Whether the joiner or variation mark `c` shapes the letter `before` it.
fn joins(before: Option<char>, c: char) -> bool {
    match c {
        '\u{200c}' | '\u{200d}' => {
            before.is_some_and(|b| font::is_arabic(b) || font::is_mongolian(b))
        }
        '\u{180b}'..='\u{180f}' => before.is_some_and(font::is_mongolian),
        _ => false,
    }
}

/// Marks that take no room, or none that a label could show.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{20d0}'..='\u{20ff}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}' | '\u{e0000}'..='\u{e0fff}')
}

/// Emoji, and symbols of the older blocks unless a font has them (★ ☎ ♀ stay).
fn is_picture(c: char) -> bool {
    match c {
        '\u{1f000}'..='\u{1f0ff}' | '\u{1f130}'..='\u{1f1ff}' | '\u{1f300}'..='\u{1faff}' => true,
        '\u{203c}'
        | '\u{2049}'
        | '\u{2300}'..='\u{23ff}'
        | '\u{2600}'..='\u{27bf}'
        | '\u{2b00}'..='\u{2bff}' => !Fonts::shipped().has(c),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_printed_stays() {
        let cases = [
            ("  张三\t李四\r\n王五  ", "张三 李四 王五"),
            ("张\u{200b}三\u{feff}", "张三"),
            ("小明👍🏻快递☀️", "小明快递☀"),
            ("👨\u{200d}👩\u{200d}👧 家", "家"),
            ("1\u{fe0f}\u{20e3}号楼", "1号楼"),
            ("★好评☎", "★好评☎"),
            ("葛\u{e0100}城", "葛城"),
            ("全\u{3000}角", "全 角"),
            ("𠮷田", "𠮷田"),
            ("\u{202e}abc", "abc"),
            ("张\u{200d}三", "张三"),
            ("送你 🎁🎁🎁 一个", "送你 [礼物] 一个"),
            ("爱你❤️💖", "爱你♥"),
            ("🇨🇳2️⃣楼🅰座", "CN2楼A座"),
            ("5㎏ 25℃ ¥9 ３㎡ №① ㈱ ½", "5㎏ 25℃ ¥9 ３㎡ №① ㈱ ½"),
            ("ﬆ 𝐀 🈚 ㋀", "st A 🈚 ㋀"),
            ("局\u{f9dc}\u{fa70}", "局\u{f9dc}並"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("\u{fe8f}\u{feae}", "بر"),
            ("ᠮᠣᠩ\u{180b}ᠭᠣᠯ", "ᠮᠣᠩ\u{180b}ᠭᠣᠯ"),
        ];
        for (dirty, want) in cases {
            assert_eq!(clean(dirty), want, "{dirty:?}");
        }
    }

    #[test]
    fn pictures_are_counted_with_a_word_and_without() {
        let counts = |text| (tidy(text).worded, tidy(text).dropped);
        assert_eq!(tidy("好👍🏻👍。").text, "好。");
        assert_eq!(counts("好👍🏻👍。"), (0, 2));
        assert_eq!(counts("👨\u{200d}👩\u{200d}👧"), (0, 1));
        assert_eq!(counts("🎁🎁❤️ 📦👍"), (4, 1));
        assert_eq!(counts("🇨🇳🅰座 ★☎"), (0, 0), "letters and signs of ours are no pictures");
    }

    #[test]
    fn every_word_of_a_picture_can_be_printed() {
        for c in ('\u{2000}'..='\u{2bff}').chain('\u{1f000}'..='\u{1faff}') {
            let word = pictures::word(c).unwrap_or_default();
            assert_eq!(crate::font::missing(&word), [], "{c}");
        }
    }
}
