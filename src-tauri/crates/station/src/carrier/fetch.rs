//! A courier who is called by the request for a number itself. One who fetches without a number is
//! `pickup`.

use super::{Consignment, moment};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// China is so far ahead of UTC.
const CHINA_MS: i64 = 8 * HOUR_MS;

/// For which parcels an account's carrier is called, and when it comes. For none by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fetch {
    /// For all.
    pub all: bool,
    /// For parcels that come back, which wait at somebody else's door.
    pub returns: bool,
    /// From which hour to which of China's clock; `None` is as the carrier likes.
    pub hours: Option<(u8, u8)>,
}

impl Fetch {
    /// Whether the carrier is called for this one.
    pub fn is_called(self, ask: &Consignment) -> bool {
        self.all || (self.returns && ask.back)
    }

    /// From when to when it comes, ms UTC, if it is called and hours are said: today's, from now
    /// on, if an hour of them is left, else tomorrow's.
    pub fn when_ms(self, ask: &Consignment) -> Option<[i64; 2]> {
        let (from, to) = self.hours.filter(|_| self.is_called(ask))?;
        let now_ms = ask.asked_at_ms;
        let today_ms = (now_ms + CHINA_MS).div_euclid(DAY_MS) * DAY_MS - CHINA_MS;
        let at = |day_ms: i64, hour: u8| day_ms + i64::from(hour) * HOUR_MS;
        Some(match now_ms + HOUR_MS <= at(today_ms, to) {
            true => [at(today_ms, from).max(now_ms), at(today_ms, to)],
            false => [at(today_ms + DAY_MS, from), at(today_ms + DAY_MS, to)],
        })
    }

    /// The same as China's clock says it, "2026-11-21 14:00:00"; empty where nothing is said.
    pub fn when(self, ask: &Consignment) -> [String; 2] {
        self.when_ms(ask).map(|both| both.map(moment::text)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_called_carrier_comes_in_the_next_of_its_hours() {
        // 2026-11-21 00:00 in China.
        let midnight_ms = 1_795_190_400_000;
        let fetch = Fetch { all: true, returns: false, hours: Some((14, 18)) };
        let from = |minutes: i64| {
            let asked_at_ms = midnight_ms + minutes * 60_000;
            fetch.when(&Consignment { asked_at_ms, ..Consignment::default() })
        };
        let today = |begin: &str| [format!("2026-11-21 {begin}"), "2026-11-21 18:00:00".into()];
        assert_eq!(from(0), today("14:00:00"));
        assert_eq!(from(15 * 60 + 7), today("15:07:00"));
        assert_eq!(from(17 * 60), today("17:00:00"));
        let tomorrow = ["2026-11-22 14:00:00".to_owned(), "2026-11-22 18:00:00".to_owned()];
        assert_eq!(from(17 * 60 + 1), tomorrow);
        assert_eq!(from(23 * 60), tomorrow);
    }

    #[test]
    fn who_is_called_for_returns_alone_does_not_come_for_the_rest() {
        let there = Consignment::default();
        let back = Consignment { back: true, ..Consignment::default() };
        let called = |fetch: Fetch| [&there, &back].map(|ask| fetch.is_called(ask));
        assert_eq!(called(Fetch::default()), [false, false]);
        let hours = Some((9, 19));
        let returns = Fetch { returns: true, hours, ..Fetch::default() };
        assert_eq!(called(returns), [false, true]);
        assert_eq!(
            [returns.when_ms(&there).is_some(), returns.when_ms(&back).is_some()],
            [false, true]
        );
        assert_eq!(called(Fetch { all: true, ..Fetch::default() }), [true, true]);
    }
}
