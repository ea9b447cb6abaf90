//! What a stranger may read on a parcel (GB/T 41833-2022 快递电子运单): at least one Han character
//! of the name, at least six digits of the phone and the unit and room numbers of the address are
//! hidden. "138****5678" hides four digits and is therefore not enough.

/// Two-character surnames that are seen.
const DOUBLE_SURNAMES: [&str; 24] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯",
    "端木", "长孙", "宇文", "司空", "南宫", "独孤", "轩辕", "公羊", "赫连", "澹台", "百里", "呼延",
];

/// Hides the given name's middle: "张*丰", "张*", "欧阳**". A single character is hidden whole.
/// Foreign names keep the first letter of each word.
pub fn name(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    if name.is_ascii() {
        let word = |word: &str| match word.chars().next() {
            Some(first) => format!("{first}{}", "*".repeat(word.chars().count() - 1)),
            None => String::new(),
        };
        return match chars.len() {
            0..=1 => "*".repeat(chars.len()),
            _ => name.split(' ').map(word).collect::<Vec<_>>().join(" "),
        };
    }
    let double = chars.len() > 2 && DOUBLE_SURNAMES.iter().any(|two| name.starts_with(two));
    let (head, tail) = match chars.len() {
        1 => (0, 0),
        2 => (1, 0),
        _ if double => (2, 0),
        _ => (1, 1),
    };
    let hidden = head..chars.len() - tail;
    let hide = |(at, &c): (usize, &char)| if hidden.contains(&at) { '*' } else { c };
    chars.iter().enumerate().map(hide).collect()
}

/// Digits of a phone number that must be hidden.
const DIGITS_HIDDEN_MIN: usize = 6;
/// The last digits of a mobile number, kept so that sender and courier can compare.
const DIGITS_KEPT_LAST: usize = 4;
/// A number needs this many digits before a trailing group can be an extension.
const DIGITS_BEFORE_EXTENSION_MIN: usize = 10;

/// Hides at least six digits: "1******5678", "0571-******34", "400-******4". The extension of a
/// virtual number ("…-1234", "…转1234") stays: it is of no use without the hidden part and leads
/// to no person. Spaces and a leading +86 go. A "*" of the shop counts as a digit.
pub fn phone(phone: &str) -> String {
    let (number, extension) = split_extension(phone.trim());
    let number = number.strip_prefix("+86").unwrap_or(number);
    let number = number.trim_start_matches([' ', '-']);
    let digits: Vec<char> = number.chars().filter(is_place).collect();
    let area = area_digits(&digits, number);
    let (head, tail) = if area > 0 {
        (area, (digits.len() - area).saturating_sub(DIGITS_HIDDEN_MIN))
    } else {
        let spare = digits.len().saturating_sub(DIGITS_HIDDEN_MIN);
        let tail = spare.min(DIGITS_KEPT_LAST);
        (usize::from(spare > tail), tail)
    };
    let mut out: String = digits[..head].iter().collect();
    if area > 0 {
        out.push('-');
    }
    out.push_str(&"*".repeat(digits.len() - head - tail));
    out.extend(&digits[digits.len() - tail..]);
    out.push_str(extension);
    out
}

/// Digits of an area or service code that stay readable: 010, 0571, 400; 0 if there is none.
fn area_digits(digits: &[char], number: &str) -> usize {
    let area = match digits {
        ['4' | '8', '0', '0', ..] if digits.len() == 10 => 3,
        ['0', ..] if !(10..=12).contains(&digits.len()) => 0,
        // The Ministry's plan: 010 and 02x have three digits, all others four.
        ['0', '1' | '2', ..] => 3,
        ['0', ..] => 4,
        _ => 0,
    };
    let written = number.find('-').is_none_or(|at| at >= area);
    if written && digits.len() >= area + DIGITS_HIDDEN_MIN { area } else { 0 }
}

/// A digit, or one that is hidden already.
fn is_place(c: &char) -> bool {
    c.is_ascii_digit() || *c == '*'
}

/// The number and its extension with the separator, which may be empty.
fn split_extension(phone: &str) -> (&str, &str) {
    let is_digit = |c: char| c.is_ascii_digit();
    let before = phone.trim_end_matches(is_digit);
    let length = phone.len() - before.len();
    let number = before.trim_end_matches(['-', '—', '－', '转', ',', '，', '#', 'x', 'X', ' ']);
    let digits = number.chars().filter(is_place).count();
    if (1..=6).contains(&length)
        && number.len() < before.len()
        && digits >= DIGITS_BEFORE_EXTENSION_MIN
    {
        (number, &phone[number.len()..])
    } else {
        (phone, "")
    }
}

pub use address::detail;

mod address;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_name_a_han_character_is_hidden() {
        let cases = [
            ("张三丰", "张*丰"),
            ("张三", "张*"),
            ("欧阳建国", "欧阳**"),
            ("欧阳娜", "欧阳*"),
            ("欧阳", "欧*"),
            ("明", "*"),
            ("李王思雨", "李**雨"),
            ("𠮷田", "𠮷*"),
            ("阿不都热合曼·买买提", "阿********提"),
            ("John Smith", "J*** S****"),
            ("Li", "L*"),
            ("X", "*"),
            ("", ""),
        ];
        for (whole, masked) in cases {
            assert_eq!(name(whole), masked);
        }
    }

    #[test]
    fn of_a_phone_six_digits_are_hidden() {
        let cases = [
            ("13812345678", "1******5678"),
            ("138 1234 5678", "1******5678"),
            ("138-1234-5678", "1******5678"),
            ("+86 138 1234 5678", "1******5678"),
            ("+8613812345678", "1******5678"),
            ("8613812345678", "8********5678"),
            ("0571-88001234", "0571-******34"),
            ("057188001234", "0571-******34"),
            ("010-62001234", "010-******34"),
            ("0951-2001234", "0951-******4"),
            ("021 5200 1234", "021-******34"),
            ("400-820-1234", "400-******4"),
            ("13812345678-1234", "1******5678-1234"),
            ("13812345678转1234", "1******5678转1234"),
            ("13812345678,5678", "1******5678,5678"),
            ("95013812345678-0042", "9*********5678-0042"),
            ("0571-88001234-805", "0571-******34-805"),
            ("62001234", "******34"),
            ("138****5678", "1******5678"),
            ("1*******34", "********34"),
            ("110", "***"),
            ("", ""),
            ("+852 9123 4567", "8******4567"),
        ];
        for (whole, masked) in cases {
            assert_eq!(phone(whole), masked, "{whole}");
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
            let country = if whole.starts_with("+86") { 2 } else { 0 };
            let shop = whole.chars().filter(|&c| c == '*').count();
            let hidden = digits(whole) + shop - country - digits(masked);
            assert_eq!(phone(masked), masked, "hidden twice");
            assert!(hidden >= DIGITS_HIDDEN_MIN.min(digits(whole)), "{whole} hides {hidden}");
        }
    }
}
