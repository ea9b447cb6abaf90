//! What KDNiao takes as text: its forbidden characters, lengths and phone fields. Pure.

pub use crate::carrier::writing::cut;

/// Characters KDNiao allows in no value, and the full-width forms a reader takes for the same.
const FORBIDDEN: [(char, char); 9] = [
    ('\'', '＇'),
    ('"', '＂'),
    ('#', '＃'),
    ('&', '＆'),
    ('+', '＋'),
    ('<', '＜'),
    ('>', '＞'),
    ('%', '％'),
    ('\\', '＼'),
];

/// Text as it may be sent: forbidden characters full-width, zero-width characters and emoji
/// dropped, every run of blanks and line ends one blank, none at the ends.
pub fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !is_dropped(*c))
        .map(|c| FORBIDDEN.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1))
        .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c })
        .collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Zero-width, direction and variation marks, and emoji. The few signs of the emoji blocks that
/// are in GBK (★☆☉♀♂) are kept: people write them.
fn is_dropped(c: char) -> bool {
    match c {
        '★' | '☆' | '☉' | '♀' | '♂' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{20e3}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' => true,
        '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1fbff}' => true,
        _ => false,
    }
}

/// A phone as KDNiao wants it: mobiles and landlines have a field each.
#[derive(Debug, PartialEq, Eq)]
pub enum Phone {
    /// Eleven digits; a virtual number keeps its extension: "17000000001-1234".
    Mobile(String),
    /// Area code, number and extension with hyphens, or a service number.
    Tel(String),
}

/// Longest value of `Mobile` and of `Tel`.
const PHONE_CHARS_MAX: usize = 20;

/// Reads a phone as typed; `None` when it is not one (a masked number is not one).
pub fn phone(typed: &str) -> Option<Phone> {
    let digits_ascii: String = typed.chars().map(ascii_digit).collect();
    if digits_ascii.contains(['*', '×', '•']) {
        return None;
    }
    let mut groups: Vec<&str> =
        digits_ascii.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let first = *groups.first()?;
    match first {
        "86" | "0086" => {
            groups.remove(0);
        }
        _ => {
            for country in ["0086", "86"] {
                if let Some(rest) = first.strip_prefix(country).filter(|rest| is_mobile(rest)) {
                    groups[0] = rest;
                }
            }
        }
    }
    let all = groups.concat();
    match groups.as_slice() {
        _ if is_mobile(&all) => Some(Phone::Mobile(all)),
        [number, extension] if is_mobile(number) && extension.len() <= 6 => {
            Some(Phone::Mobile(format!("{number}-{extension}")))
        }
        [number, ..] if is_mobile(number) => None,
        _ if all.len() < 5 => None,
        _ => Some(groups.join("-")).filter(|tel| tel.len() <= PHONE_CHARS_MAX).map(Phone::Tel),
    }
}

fn is_mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1])
}

fn ascii_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kdniao_forbids_is_never_left() {
        for (typed, sent) in [
            (
                "A&B 广场 3# 楼 <东> \"1+1\" 便利店 100% 旁\\后门",
                "A＆B 广场 3＃ 楼 ＜东＞ ＂1＋1＂ 便利店 100％ 旁＼后门",
            ),
            ("杯子'大'", "杯子＇大＇"),
            ("小\u{200b}仙女🎀", "小仙女"),
            ("快点发货😭❤\u{fe0f}", "快点发货"),
            (" 一行\r\n二行\t三 \u{3000}四 ", "一行 二行 三 四"),
            ("㛃𠮷龘 ★店", "㛃𠮷龘 ★店"),
            ("👨\u{200d}👩\u{200d}👧", ""),
        ] {
            assert_eq!(clean(typed), sent, "{typed:?}");
        }
    }

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(cut("𠮷晓雯", 2), "𠮷晓");
        assert_eq!(cut("ab cd", 3), "ab");
        assert_eq!(cut("ab", 3), "ab");
    }

    #[test]
    fn phones_go_where_they_belong() {
        let mobile = |n: &str| Some(Phone::Mobile(n.into()));
        let tel = |n: &str| Some(Phone::Tel(n.into()));
        for (typed, read) in [
            ("13800000001", mobile("13800000001")),
            ("138 0000 0001", mobile("13800000001")),
            ("+86 138-0000-0001", mobile("13800000001")),
            ("8613800000001", mobile("13800000001")),
            ("008613800000001", mobile("13800000001")),
            ("１３８００００0001", mobile("13800000001")),
            ("17000000001-1234", mobile("17000000001-1234")),
            ("17000000001转1234", mobile("17000000001-1234")),
            ("0571-88001234", tel("0571-88001234")),
            ("(0571)88001234", tel("0571-88001234")),
            ("0571-88001234-802", tel("0571-88001234-802")),
            ("400-800-1234", tel("400-800-1234")),
            ("95338", tel("95338")),
            ("13800000001/13900000002", None),
            ("138****0001", None),
            ("没有", None),
            ("12", None),
            ("0571-88001234-123456789", None),
        ] {
            assert_eq!(phone(typed), read, "{typed}");
        }
    }
}
