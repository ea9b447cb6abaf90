//! Digits and units as milligrams, without rounding on the way.

/// Longer numbers are none.
const DIGITS_MAX: usize = 12;
/// More decimals are below a milligram of any unit here.
const DECIMALS_MAX: usize = 6;

/// A number as scales write it: sign, blanks, digits, point. In thousandths of the unit's `mg`.
pub(super) fn read(text: &str, unit: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let empty = whole.is_empty() && decimals.is_empty();
    let long = whole.len() > DIGITS_MAX || decimals.len() > DECIMALS_MAX;
    if empty || long || !all_digits(whole) || !all_digits(decimals) {
        return None;
    }
    let number: i64 = format!("{whole}{decimals}").parse().ok()?;
    let mass_mg = scaled(number, u32::try_from(decimals.len()).ok()?, unit)?;
    Some(if negative { -mass_mg } else { mass_mg })
}

/// `number` / 10^`decimals` units, as milligrams, rounded.
pub(super) fn scaled(number: i64, decimals: u32, unit: &str) -> Option<i64> {
    let micrograms = match unit.trim().to_ascii_lowercase().as_str() {
        "mg" => 1_000,
        "g" => 1_000_000,
        "kg" => 1_000_000_000,
        "t" => 1_000_000_000_000,
        // The international pound; an ounce is its sixteenth part.
        "lb" | "lbs" => 453_592_370,
        "oz" => 28_349_523,
        _ => return None,
    };
    let divisor = 10_i128.checked_pow(decimals)? * 1_000;
    let mass = i128::from(number) * micrograms;
    let half = if mass < 0 { -divisor / 2 } else { divisor / 2 };
    i64::try_from((mass + half) / divisor).ok()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numbers_and_units() {
        #[rustfmt::skip]
        let cases = [
            ("+  1.085", "kg", Some(1_085_000)),
            ("-00183.69", "g", Some(-183_690)),
            ("0000013.5", "kg", Some(13_500_000)),
            ("12", "lb", Some(5_443_108)),
            ("1.5", "oz", Some(42_524)),
            (".5", "g", Some(500)),
            ("", "g", None),
            ("1.2.3", "g", None),
            ("12", "pcs", None),
            ("9999999999999", "g", None),
        ];
        for (text, unit, mass_mg) in cases {
            assert_eq!(read(text, unit), mass_mg, "{text} {unit}");
        }
    }
}
