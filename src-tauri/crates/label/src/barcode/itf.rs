//! Interleaved 2 of 5 (ISO/IEC 16390), wide elements three modules wide, and ITF-14's check digit.

use super::digits;
use crate::page::{Bars, Rect};

/// Empty modules the standard wants on either side.
pub const QUIET: i32 = 10;

/// The narrowest module for a thermal label, in µm (two dots of a 203 dpi head).
pub const MODULE_MIN_UM: i32 = 250;

/// Shorter symbols are read out of the middle of longer ones.
const LENGTH_MIN: usize = 6;
/// Longer ones would not fit any label.
const LENGTH_MAX: usize = 60;

/// Widths of the five bars or the five spaces of each digit.
const WIDTHS: [&[u8; 5]; 10] = [
    b"11331", b"31113", b"13113", b"33111", b"11313", b"31311", b"13311", b"11133", b"31131",
    b"13131",
];

/// Bars and spaces by turns, in modules, a bar first and last; `None` unless `text` is an even
/// number of 6 to 60 digits.
pub fn encode(text: &str) -> Option<Vec<u8>> {
    let digits = digits(text)?;
    if digits.len() % 2 == 1 || !(LENGTH_MIN..=LENGTH_MAX).contains(&digits.len()) {
        return None;
    }
    let mut runs = vec![1, 1, 1, 1];
    for pair in digits.chunks_exact(2) {
        let (bars, spaces) = (WIDTHS[usize::from(pair[0])], WIDTHS[usize::from(pair[1])]);
        runs.extend(bars.iter().zip(spaces).flat_map(|(bar, space)| [bar - b'0', space - b'0']));
    }
    runs.extend([3, 1, 1]);
    Some(runs)
}

/// `text` and its check digit (modulo 10, weights 3 and 1), which makes an odd number even.
pub fn with_check(text: &str) -> Option<String> {
    let check = super::check_digit(&digits(text)?);
    Some(format!("{text}{check}"))
}

/// The bearer bars that lie above and below `bars` and stop a slanted scan from reading a part:
/// two modules high, over the quiet zones too.
pub fn bearers(bars: &Bars) -> [Rect; 2] {
    let modules = super::modules(&bars.runs) + 2 * QUIET;
    let (x, height) = (bars.x - QUIET * bars.module, 2 * bars.module);
    [bars.y - height, bars.y + bars.height].map(|y| Rect {
        x,
        y,
        width: modules * bars.module,
        height,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_gs1() {
        assert_eq!(with_check("1540014128876").as_deref(), Some("15400141288763"));
    }

    #[test]
    fn what_it_cannot_say_is_none() {
        for text in ["", "1234", "1234567", "12345A", "１２３４５６", &"1".repeat(62)] {
            assert_eq!(encode(text), None, "{text}");
        }
    }

    #[test]
    fn bearers_touch_the_bars_and_cover_the_quiet_zones() {
        let runs = encode("123456").unwrap();
        let bars = Bars { x: 100, y: 50, height: 80, module: 3, runs };
        let [above, below] = bearers(&bars);
        assert_eq!((above.y, above.height, below.y), (44, 6, 130));
        // Four for the start, 18 for each pair, five for the stop.
        assert_eq!((above.x, above.width), (70, (4 + 3 * 18 + 5 + 20) * 3));
    }
}
