//! What a cell says: cleaned text, whole numbers, weights, times. Strict: what is not plainly one
//! of these is refused by the caller, never guessed.

use crate::order::PayBy;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// Heaviest weight believed of one row, in grams: ten tonnes.
const WEIGHT_G_MAX: u64 = 10_000_000;

/// The largest sum believed, in fen: a million yuan.
const MONEY_FEN_MAX: u32 = 100_000_000;

/// What exports write where nothing is collected or insured.
pub(super) const NO_MONEY: [&str; 7] = ["", "-", "--", "—", "/", "无", "否"];

/// Who pays the carrier, as shops and carriers write it.
#[rustfmt::skip]
const PAY_WORDS: [(&str, PayBy); 15] = [
    ("寄付", PayBy::Sender), ("寄方付", PayBy::Sender), ("寄付现结", PayBy::Sender),
    ("现付", PayBy::Sender), ("发货方付", PayBy::Sender), ("sender", PayBy::Sender),
    ("到付", PayBy::Receiver), ("收方付", PayBy::Receiver), ("到付现结", PayBy::Receiver),
    ("收货方付", PayBy::Receiver), ("运费到付", PayBy::Receiver), ("receiver", PayBy::Receiver),
    ("月结", PayBy::Monthly), ("寄付月结", PayBy::Monthly), ("monthly", PayBy::Monthly),
];

/// Years an order can have been paid in.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2099;

/// A time in a file without an offset is Chinese time; there is only one zone.
const CHINA_OFFSET_S: i32 = 8 * 3600;

/// What platforms write where there is no time.
const NO_TIME: [&str; 7] = ["-", "--", "—", "/", "无", "null", "0000-00-00 00:00:00"];

/// A cell's text: nothing invisible in it, every run of blanks and line ends one space, no blank at
/// its ends. `="…"`, with which some exports keep numbers as text, is taken off; any other formula
/// stays the text it is.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if invisible(c) {
            continue;
        }
        if !(c.is_whitespace() || c.is_control()) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    match out.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.contains('"') => inner.to_owned(),
        _ => out,
    }
}

/// Zero-width, direction and variation characters, soft hyphens and byte order marks.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// A number that is a name: order numbers and phones, without the apostrophe that keeps them text.
pub(super) fn code(text: &str) -> &str {
    text.trim_start_matches(['\'', '`', '’']).trim()
}

/// "1.23457E+18": a spreadsheet has thrown the last digits away.
pub(super) fn digits_lost(code: &str) -> bool {
    let Some((digits, power)) = code.split_once(['E', 'e']) else { return false };
    let number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    power.strip_prefix('+').is_some_and(number) && number(digits)
}

/// Pieces: a whole number from 1 to 9,999, "2" or "2.00". `None` is unreadable.
pub(super) fn quantity(text: &str) -> Option<u32> {
    let text = half_width(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let zero = !fraction.is_empty() && fraction.bytes().all(|b| b == b'0');
    let digits = (1..=9).contains(&whole.len()) && whole.bytes().all(|b| b.is_ascii_digit());
    let pieces = whole.parse().ok()?;
    (digits && zero && (1..=9_999).contains(&pieces)).then_some(pieces)
}

/// Grams of a weight whose number counts `unit_g` grams, unless it names its unit. Rounded up.
/// `Some(0)` says nothing was weighed; `None` is unreadable.
pub(super) fn weight_g(text: &str, unit_g: u64) -> Option<u32> {
    const UNITS: [(&str, u64); 7] = [
        ("千克", 1000),
        ("公斤", 1000),
        ("kg", 1000),
        ("克", 1),
        ("g", 1),
        ("斤", 500),
        ("㎏", 1000),
    ];
    let grams = measured(text, &UNITS, unit_g)?;
    (grams <= WEIGHT_G_MAX).then(|| u32::try_from(grams).ok())?
}

/// A number of `unit` small units, unless it names another of `units`; rounded up.
pub(crate) fn measured(text: &str, units: &[(&str, u64)], unit: u64) -> Option<u64> {
    let text = half_width(text).to_lowercase();
    let named = units.iter().find_map(|(name, size)| Some((text.strip_suffix(name)?, *size)));
    let (number, unit) = named.unwrap_or((&text, unit));
    let number = number.trim();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |s: &str| (1..=9).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let parts = whole.parse::<u64>().ok()? * scale + fraction.parse::<u64>().ok()?;
    Some((parts * unit).div_ceil(scale))
}

/// A sum of yuan in fen: "128", "¥128.50", "128.5 元". `Ok(None)`: there is none. `Err`: unreadable,
/// which a thousands separator is, too: in other languages it is a decimal point.
pub(super) fn money_fen(text: &str) -> Result<Option<u32>, ()> {
    let text = half_width(text);
    if NO_MONEY.contains(&text.as_str()) {
        return Ok(None);
    }
    let number = text.trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |s: &str, most| (1..=most).contains(&s.len()) && s.bytes().all(digit);
    if !digits(whole, 7) || !digits(fraction, 2) {
        return Err(());
    }
    let cents: u32 = format!("{fraction:0<2}").parse().map_err(drop)?;
    let fen = whole.parse::<u32>().map_err(drop)? * 100 + cents;
    if fen > MONEY_FEN_MAX { Err(()) } else { Ok(Some(fen).filter(|fen| *fen > 0)) }
}

fn digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

/// ISO 4217 of a currency as shops write it; what is none of these stays as it is, in capitals.
pub(super) fn currency(text: &str) -> String {
    match half_width(text).to_uppercase().as_str() {
        "RMB" | "人民币" | "元" | "¥" => "CNY".to_owned(),
        "美元" | "$" | "US$" => "USD".to_owned(),
        "欧元" | "€" => "EUR".to_owned(),
        "英镑" | "£" => "GBP".to_owned(),
        "日元" | "円" => "JPY".to_owned(),
        code => code.to_owned(),
    }
}

/// Who pays the carrier. `Ok(None)`: the cell does not say. `Err`: unreadable.
pub(super) fn pay(text: &str) -> Result<Option<PayBy>, ()> {
    let text = half_width(text).to_lowercase();
    if NO_MONEY.contains(&text.as_str()) {
        return Ok(None);
    }
    PAY_WORDS.iter().find(|(word, _)| *word == text).map(|(_, pay)| Some(*pay)).ok_or(())
}

/// A time in ms UTC. `Ok(None)`: the cell says there is none. `Err`: unreadable.
pub(super) fn time_ms(text: &str) -> Result<Option<i64>, ()> {
    let text = half_width(text);
    if text.is_empty() || NO_TIME.contains(&text.as_str()) {
        return Ok(None);
    }
    read_time(&text).map(Some).ok_or(())
}

fn read_time(text: &str) -> Option<i64> {
    let (date, rest) = read_date(text)?;
    let rest = rest.trim_start_matches(['T', 't', ' ', '日']);
    let (clock, offset) = match rest.find(['+', 'Z', 'z', 'U', 'G']).or_else(|| rest.rfind('-')) {
        Some(at) => (rest[..at].trim(), read_offset(rest[at..].trim())?),
        None => (rest.trim(), CHINA_OFFSET_S),
    };
    let (hour, minute, second, nano) = read_clock(clock)?;
    let zone = TimeZone::fixed(Offset::from_seconds(offset).ok()?);
    let when = date.at(hour, minute, second, nano).to_zoned(zone).ok()?;
    Some(when.timestamp().as_millisecond())
}

/// "2026-11-21", "2026/11/21", "2026.11.21", "2026年11月21日", "20261121"; then what follows.
fn read_date(text: &str) -> Option<(Date, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (year, month, day, rest) = if digits == 8 || digits == 14 {
        (&text[..4], &text[4..6], &text[6..8], &text[8..])
    } else {
        let (year, rest) = text.split_once(['-', '/', '.', '年'])?;
        let (month, rest) = rest.split_once(['-', '/', '.', '月'])?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        (year, month, &rest[..end], &rest[end..])
    };
    let year = (year.len() == 4).then(|| year.parse().ok())?.filter(|year| YEARS.contains(year))?;
    Some((Date::new(year, small(month)?, small(day)?).ok()?, rest))
}

/// "10:04", "10:04:05", "10:04:05.123", "100405", "10时04分05秒" or nothing.
fn read_clock(text: &str) -> Option<(i8, i8, i8, i32)> {
    if text.is_empty() {
        return Some((0, 0, 0, 0));
    }
    if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        return clock(small(&text[..2])?, small(&text[2..4])?, small(&text[4..])?, 0);
    }
    let text = text.trim_end_matches(['秒', '分']);
    let mut parts = text.split([':', '时', '分']);
    let hour = small(parts.next()?)?;
    let minute = small(parts.next()?)?;
    let (second, fraction) = match parts.next() {
        Some(part) => part.split_once('.').unwrap_or((part, "0")),
        None => ("0", "0"),
    };
    let numeric = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    if !numeric || parts.next().is_some() {
        return None;
    }
    let nano = format!("{fraction:0<9}").parse().ok()?;
    clock(hour, minute, small(second)?, nano)
}

fn clock(hour: i8, minute: i8, second: i8, nano: i32) -> Option<(i8, i8, i8, i32)> {
    (hour < 24 && minute < 60 && second < 60).then_some((hour, minute, second, nano))
}

/// Seconds east of UTC: "Z", "UTC", "+08:00", "+0800", "+08".
fn read_offset(text: &str) -> Option<i32> {
    let text = text.trim_start_matches("UTC").trim_start_matches("GMT");
    if text.is_empty() || text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = match text.as_bytes()[0] {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|&c| c != ':').collect();
    let whole =
        (digits.len() == 2 || digits.len() == 4) && digits.bytes().all(|b| b.is_ascii_digit());
    let hours = i32::from(small(digits.get(..2)?)?);
    let minutes = i32::from(small(digits.get(2..).filter(|s| !s.is_empty()).unwrap_or("0"))?);
    (whole && hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// One or two digits.
fn small(text: &str) -> Option<i8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Full-width digits and signs as ASCII; blanks at the ends taken off.
pub(crate) fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.trim().chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_blanks_become_one() {
        assert_eq!(clean("\u{feff}小\u{200b}仙女🎀 "), "小仙女🎀");
        assert_eq!(clean("\u{3000}文一西路\r\n 1 号\u{a0}\t"), "文一西路 1 号");
        assert_eq!(clean("=\"690123\""), "690123");
        let formula = "=HYPERLINK(\"http://example.invalid\",\"x\")";
        assert_eq!(clean(formula), formula);
        assert_eq!(clean("\u{200b} \u{200b}"), "");
        assert_eq!(code("'0571"), "0571");
    }

    #[test]
    fn pieces_are_whole_numbers() {
        for (text, want) in [("1", 1), (" 2 ", 2), ("3.00", 3), ("９", 9), ("9999", 9999)] {
            assert_eq!(quantity(text), Some(want), "{text}");
        }
        for text in ["", "0", "-1", "1.5", "两件", "2件", "1e3", "10000", "1,000", "+1", "1."] {
            assert_eq!(quantity(text), None, "{text}");
        }
    }

    #[test]
    fn weights_are_whole_grams() {
        for (text, unit_g, want) in [
            ("410", 1, 410),
            ("410.0", 1, 410),
            ("410.2", 1, 411),
            ("0.41", 1000, 410),
            ("1.2345", 1000, 1235),
            ("0.5kg", 1, 500),
            ("500 克", 1000, 500),
            ("0", 1, 0),
            ("0.00", 1000, 0),
        ] {
            assert_eq!(weight_g(text, unit_g), Some(want), "{text}");
        }
        for text in ["", "-1", "轻", "1,5", "1.", ".5", "99999999", "NaN", "1e3"] {
            assert_eq!(weight_g(text, 1), None, "{text}");
        }
    }

    #[test]
    fn money_is_whole_fen() {
        for (text, want) in [
            ("128", Some(12_800)),
            ("¥128.5", Some(12_850)),
            ("128.05 元", Some(12_805)),
            ("１２８", Some(12_800)),
            ("1000000", Some(100_000_000)),
            ("0.00", None),
            ("", None),
            ("无", None),
        ] {
            assert_eq!(money_fen(text), Ok(want), "{text}");
        }
        for text in ["1,280", "128.005", "-1", "1e3", "十元", "1000000.01", "是", ".5", "5."] {
            assert_eq!(money_fen(text), Err(()), "{text}");
        }
    }

    #[test]
    fn who_pays_is_one_of_the_usual_words() {
        assert_eq!(pay("到付"), Ok(Some(PayBy::Receiver)));
        assert_eq!(pay("寄付月结"), Ok(Some(PayBy::Monthly)));
        assert_eq!(pay("Sender"), Ok(Some(PayBy::Sender)));
        assert_eq!(pay(""), Ok(None));
        for text in ["微信", "货到付款", "到付到付"] {
            assert_eq!(pay(text), Err(()), "{text}");
        }
    }

    #[test]
    fn times_without_an_offset_are_chinese() {
        let at = 1_795_226_645_000; // 2026-11-21T02:04:05Z
        for text in [
            "2026-11-21 10:04:05",
            "2026/11/21 10:04:05",
            "2026.11.21 10:04:05",
            "2026-11-21T10:04:05",
            "2026年11月21日 10:04:05",
            "2026年11月21日10时04分05秒",
            "20261121100405",
            "20261121 100405",
            "2026-11-21T10:04:05+08:00",
            "2026-11-21 10:04:05 +0800",
            "2026-11-21T02:04:05Z",
            "2026-11-21 02:04:05 UTC",
            "2026-11-20T21:04:05-05:00",
            "2026-11-21 10:04:05.000",
            "２０２６-11-21 10:04:05",
        ] {
            assert_eq!(time_ms(text), Ok(Some(at)), "{text}");
        }
        assert_eq!(time_ms("2026/11/21 10:04"), Ok(Some(at - 5000)));
        assert_eq!(time_ms("2026/1/2"), Ok(Some(1_767_283_200_000))); // 2026-01-01T16:00:00Z
        for none in ["", "-", "0000-00-00 00:00:00"] {
            assert_eq!(time_ms(none), Ok(None), "{none}");
        }
        for bad in [
            "昨天",
            "2026-13-01",
            "2026-02-30",
            "11/21/2026",
            "2026-11-21 25:00",
            "2026-11-21 10:61",
            "1999-01-01",
            "46000.5",
            "2026-11-21 10:04 abc",
            "2026-11-21 10",
            "2026-11-21 10:04:05 +99",
        ] {
            assert_eq!(time_ms(bad), Err(()), "{bad}");
        }
    }

    #[test]
    fn numbers_a_spreadsheet_has_rounded_are_told() {
        assert!(digits_lost("1.23457E+18") && digits_lost("4E+15"));
        for whole in ["S1-100000", "1E10", "#1001", "E+", "2026E+A", "4318888000000000001"] {
            assert!(!digits_lost(whole), "{whole}");
        }
    }
}
