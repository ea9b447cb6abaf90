//! How fast one carrier account may be asked: a rate, and a gate that closes while the carrier is
//! away or says it is asked too often. Plain arithmetic over a told time.

/// Waits between probes while nothing gets through.
const AWAY_MS: [i64; 5] = [1_000, 2_000, 5_000, 10_000, 15_000];
/// Longer than every wait here.
const WAIT_MAX_MS: i64 = 60_000;
/// Waits after the carrier said it is asked too often.
const BUSY_MS: [i64; 4] = [1_000, 2_000, 5_000, 15_000];

/// The pace of one account.
#[derive(Debug)]
pub struct Pace {
    spacing_us: i64,
    next_at_us: i64,
    away: usize,
    busy: usize,
    closed_until_ms: i64,
}

impl Pace {
    /// At most `calls_per_s`, evenly spaced: carriers count in windows we do not know.
    pub fn new(calls_per_s: u32) -> Self {
        let spacing_us = 1_000_000 / i64::from(calls_per_s.max(1));
        Self { spacing_us, next_at_us: 0, away: 0, busy: 0, closed_until_ms: 0 }
    }

    /// When the next call may leave; now or earlier means at once.
    pub fn next_at_ms(&self) -> i64 {
        // Rounded up, or a caller that sleeps until then would come a fraction too early.
        ((self.next_at_us + 999) / 1_000).max(self.closed_until_ms)
    }

    /// A call leaves now.
    pub fn left(&mut self, now_ms: i64) {
        // A slot missed by less than one spacing is made up for: sleeping is never exact.
        let now_us = now_ms * 1_000;
        self.next_at_us = self.next_at_us.max(now_us - self.spacing_us) + self.spacing_us;
    }

    /// Whether the carrier is away: then only one call at a time probes it.
    pub fn is_away(&self) -> bool {
        self.away > 0
    }

    /// It answered. Returns whether it had been away.
    pub fn answered(&mut self) -> bool {
        let was_away = self.away > 0;
        self.away = 0;
        self.busy = 0;
        self.closed_until_ms = 0;
        was_away
    }

    /// Nothing got through.
    pub fn away(&mut self, now_ms: i64) {
        let wait_ms = AWAY_MS[self.away.min(AWAY_MS.len() - 1)];
        self.away += 1;
        self.closed_until_ms = now_ms + wait_ms;
    }

    /// It said it is asked too often.
    pub fn busy(&mut self, now_ms: i64) {
        let wait_ms = BUSY_MS[self.busy.min(BUSY_MS.len() - 1)];
        self.busy += 1;
        self.closed_until_ms = self.closed_until_ms.max(now_ms + wait_ms);
    }

    /// Forgets waits that lie further ahead than any wait is long: the PC's clock was set back.
    pub fn mind_clock(&mut self, now_ms: i64) {
        if self.next_at_ms() - now_ms > WAIT_MAX_MS {
            self.next_at_us = 0;
            self.closed_until_ms = 0;
        }
    }

    /// A person asks to try now.
    pub fn open(&mut self) {
        self.closed_until_ms = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_a_second_is_never_passed() {
        let mut pace = Pace::new(20);
        let mut left = Vec::new();
        for now_ms in 0..3_000 {
            if pace.next_at_ms() <= now_ms {
                pace.left(now_ms);
                left.push(now_ms);
            }
        }
        assert_eq!(left.len(), 60);
        for window in left.windows(21) {
            assert!(window[20] - window[0] >= 1_000, "{window:?}");
        }
    }

    #[test]
    fn late_wakes_do_not_lower_the_rate() {
        let mut pace = Pace::new(20);
        let mut now_ms = 0;
        for _ in 0..40 {
            now_ms = now_ms.max(pace.next_at_ms()) + 20; // always 20 ms late
            pace.left(now_ms);
        }
        assert!(now_ms <= 2_100, "{now_ms}");
    }

    #[test]
    fn a_clock_set_back_stops_nothing() {
        let mut pace = Pace::new(20);
        pace.left(3_600_000);
        pace.away(3_600_000);
        pace.mind_clock(1_000);
        assert!(pace.next_at_ms() <= 1_000);
        pace.away(1_000);
        pace.mind_clock(1_000);
        assert!(pace.next_at_ms() > 1_000, "a wait of the usual length stays");
    }

    #[test]
    fn away_closes_longer_and_opens_at_once() {
        let mut pace = Pace::new(20);
        let mut now_ms = 0;
        for wait_ms in [1_000, 2_000, 5_000, 10_000, 15_000, 15_000] {
            pace.away(now_ms);
            assert_eq!(pace.next_at_ms(), now_ms + wait_ms);
            now_ms += wait_ms;
        }
        assert!(pace.is_away());
        assert!(pace.answered());
        assert!(pace.next_at_ms() <= now_ms);
        assert!(!pace.answered());
    }
}
