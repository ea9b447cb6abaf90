//! Phone numbers as people write them. Pure.

/// A phone number taken apart, as carriers ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Digits; a landline keeps the hyphen after its area code ("0571-88001234").
    pub number: String,
    /// Digits of the extension; empty without one.
    pub extension: String,
    /// A mobile (or virtual) number of 11 digits.
    pub mobile: bool,
}

/// Reads a phone number of mainland China: 11-digit mobiles, landlines with their area code, 400
/// and 800 numbers; each with an extension or without ("17000000001-1234", "…转802").
/// `None` for anything else, two numbers in one field included.
#[must_use]
pub fn read_phone(text: &str) -> Option<Phone> {
    let text: String = text.chars().map(half_width).collect();
    let text = text.trim().trim_start_matches(['\'', '`']);
    let text = ["+86", "0086", "(+86)", "86-", "+(86)"]
        .iter()
        .find_map(|country| text.strip_prefix(country))
        .unwrap_or(text)
        .trim_start_matches([' ', '-']);
    let (main, extension) = split_extension(text)?;
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    if main.chars().any(|c| !c.is_ascii_digit() && !" -()".contains(c)) {
        return None;
    }
    let mobile = digits.len() == 11 && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]);
    let free = digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    let number = if mobile || free { digits } else { landline(&digits)? };
    Some(Phone { number, extension, mobile })
}

/// "0571-88001234". Two-digit area codes are 010 and 02x, all others have three digits after the 0.
fn landline(digits: &str) -> Option<String> {
    let area = match digits.as_bytes() {
        [b'0', b'1' | b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return None,
    };
    let rest = digits.get(area..)?;
    let first = rest.bytes().next()?;
    ((7..=8).contains(&rest.len()) && (b'2'..=b'9').contains(&first))
        .then(|| format!("{}-{rest}", &digits[..area]))
}

/// The number and the digits after 转, ext, #, *, a comma, or one hyphen too many.
fn split_extension(text: &str) -> Option<(&str, String)> {
    let lower_mark = ["转", "ext.", "ext", "EXT", "分机", "#", "*", ",", ";", "x"];
    let mut parts = None;
    for mark in lower_mark {
        if let Some((main, extension)) = text.split_once(mark) {
            parts = Some((main, extension.trim_matches([' ', '-', ':', ')', '('])));
            break;
        }
    }
    let (main, extension) = parts.or_else(|| hyphen_extension(text)).unwrap_or((text, ""));
    let whole = extension.len() <= 6 && extension.bytes().all(|b| b.is_ascii_digit());
    let asked = parts.is_none() || !extension.is_empty();
    (whole && asked).then(|| (main.trim(), extension.to_owned()))
}

/// "17000000001-1234", "0571-88001234-802", "17000000001 1234": the last part, when what stands
/// before it is a whole number already.
fn hyphen_extension(text: &str) -> Option<(&str, &str)> {
    let (main, extension) = text.rsplit_once(['-', ' '])?;
    let digits = main.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 10 && !extension.is_empty()).then_some((main, extension))
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\t' => ' ',
        '—' | '–' | '‐' | '−' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_as_people_write_them() {
        #[rustfmt::skip]
        let good = [
            ("13800000001", "13800000001", "", true), (" 138 0000 0001 ", "13800000001", "", true),
            ("138-0000-0001", "13800000001", "", true), ("+86 13800000001", "13800000001", "",
            true),
            ("+8613800000001", "13800000001", "", true), ("86-13800000001", "13800000001", "",
            true),
            ("'13800000001", "13800000001", "", true), ("１３８００００００01", "13800000001", "", true),
            ("17000000001-1234", "17000000001", "1234", true), ("17000000001,1234", "17000000001",
            "1234", true),
            ("17000000001转1234", "17000000001", "1234", true), ("17000000001 转 1234",
            "17000000001", "1234", true),
            ("0571-88001234", "0571-88001234", "", false), ("057188001234", "0571-88001234", "",
            false),
            ("0571-88001234-802", "0571-88001234", "802", false), ("(0571)88001234转802",
            "0571-88001234", "802", false),
            ("17000000001-", "17000000001", "", true), ("010-62345678", "010-62345678", "", false),
            ("0735-2345678", "0735-2345678", "", false), ("021-62345678-1", "021-62345678", "1",
            false),
            ("400-820-8820", "4008208820", "", false), ("4008208820-12", "4008208820", "12", false),
        ];
        for (text, number, extension, mobile) in good {
            let (number, extension) = (number.to_owned(), extension.to_owned());
            assert_eq!(read_phone(text), Some(Phone { number, extension, mobile }), "{text}");
        }
        #[rustfmt::skip]
        let bad = [
            "", "无", "1380000000", "138000000011", "12800000001", "88001234", "138****0001",
            "1.38E+10",
            "13800000001/13900000002", "13800000001,13900000002", "13800000001 13900000002",
            "17000000001转", "0571-880", "13800000001-1234567", "010-12345678",
        ];
        for text in bad {
            assert_eq!(read_phone(text), None, "{text}");
        }
    }
}
