//! Moments as Chinese carriers write them: the wall clock of China, which has had one offset and no
//! summer time since 1991.

use super::reading::china_ms;
use jiff::{Timestamp, tz};

const CHINA: tz::Offset = tz::offset(8);

/// ms UTC of "2026-11-21 10:00:00", of the same with `/` or `T` or without seconds, or of
/// milliseconds or seconds since 1970 as digits; `None` for anything else.
pub fn ms(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.len() >= 10 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return match text.len() {
            13 => Some(number),
            10 => number.checked_mul(1_000),
            _ => None,
        };
    }
    china_ms(text)
}

/// "2026-11-21 10:00:00" of a moment in ms UTC; empty if it is beyond all calendars.
pub fn text(ms: i64) -> String {
    written(ms, "%Y-%m-%d %H:%M:%S")
}

/// A moment in China's time in a form of `strftime`.
pub fn written(ms: i64, form: &str) -> String {
    let Ok(moment) = Timestamp::from_millisecond(ms) else { return String::new() };
    CHINA.to_datetime(moment).strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinas_clock_is_eight_hours_ahead() {
        let moment = 1_795_226_400_000;
        assert_eq!(text(moment), "2026-11-21 10:00:00");
        for same in [
            "2026-11-21 10:00:00",
            " 2026/11/21 10:00:00",
            "2026-11-21T10:00:00",
            "2026-11-21 10:00",
            "2026-11-21 10:00:00.0",
            "1795226400000",
            "1795226400",
        ] {
            assert_eq!(ms(same), Some(moment), "{same}");
        }
        for none in ["", "昨天", "2026-13-01 00:00:00", "20261121100000", "10:00"] {
            assert_eq!(ms(none), None, "{none}");
        }
    }
}
