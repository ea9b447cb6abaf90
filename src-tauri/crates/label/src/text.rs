//! What people typed, made fit for a label: no control characters, no emoji, one line.

use crate::font::Fonts;

/// `text` without control, zero-width, direction and variation marks, without emoji, with every
/// run of white space as one space, and none at the ends. Letters are never removed, also when no
/// font has them: see [`crate::font::missing`].
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = !out.is_empty();
        } else if !is_invisible(c) && !is_picture(c) {
            if std::mem::take(&mut space) {
                out.push(' ');
            }
            out.push(c);
        }
    }
    out
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
        '\u{1f000}'..='\u{1faff}' => true,
        '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' => {
            !Fonts::shipped().has(c)
        }
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
        ];
        for (dirty, want) in cases {
            assert_eq!(clean(dirty), want, "{dirty:?}");
        }
    }
}
