//! How fast one carrier account may be asked: a rate, a gate that closes while the carrier is away,
//! says it is asked too often, or has no more for today, and how many calls may be under way. Plain
//! arithmetic over a told time.

/// Waits between probes while nothing gets through.
const AWAY_MS: [i64; 5] = [1_000, 2_000, 5_000, 10_000, 15_000];
/// Longer than every wait here.
const WAIT_MAX_MS: i64 = 60_000;
/// No allowance begins anew later than this.
const SPENT_MAX_MS: i64 = 25 * 3_600_000;
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
    spent_until_ms: i64,
}

impl Pace {
    /// At most `calls_per_s`, evenly spaced: carriers count in windows we do not know.
    pub fn new(calls_per_s: u32) -> Self {
        let spacing_us = 1_000_000 / i64::from(calls_per_s.max(1));
        Self { spacing_us, next_at_us: 0, away: 0, busy: 0, closed_until_ms: 0, spent_until_ms: 0 }
    }

    /// When the next call may leave; now or earlier means at once.
    pub fn next_at_ms(&self) -> i64 {
        // Rounded up, or a caller that sleeps until then would come a fraction too early.
        ((self.next_at_us + 999) / 1_000).max(self.closed_until_ms).max(self.spent_until_ms)
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

    /// Today's allowance is used up; the next begins then.
    pub fn spent(&mut self, until_ms: i64) {
        self.spent_until_ms = until_ms;
    }

    /// Until when there is no allowance, if that lies ahead.
    pub fn spent_until_ms(&self, now_ms: i64) -> Option<i64> {
        Some(self.spent_until_ms).filter(|until_ms| *until_ms > now_ms)
    }

    /// Forgets waits that lie further ahead than any wait is long: the PC's clock was set back.
    pub fn mind_clock(&mut self, now_ms: i64) {
        if self.spent_until_ms - now_ms > SPENT_MAX_MS {
            self.spent_until_ms = 0;
        }
        if (self.next_at_us / 1_000).max(self.closed_until_ms) - now_ms > WAIT_MAX_MS {
            self.next_at_us = 0;
            self.closed_until_ms = 0;
        }
    }

    /// A person asks to try now.
    pub fn open(&mut self) {
        self.closed_until_ms = 0;
        self.spent_until_ms = 0;
    }
}

/// Before the first answer: carriers behind aggregators take seconds.
const ANSWER_FIRST_MS: i64 = 2_000;
/// An answer weighs one in so many in the mean.
const ANSWERS_OF_MEAN: i64 = 16;
/// Room above the mean, so that some slow answers hold nobody up.
const ROOM: i64 = 2;
/// Fewest and most calls under way; more connections than that no carrier will like.
const FLIGHT: std::ops::RangeInclusive<i64> = 8..=128;
/// After so many calls in a row without an answer only few go on: what they leave is doubt.
const SILENT_MAX: u32 = 3;
/// So few.
const CAREFUL: u32 = 4;

/// How many calls may be under way at once: as many as the rate needs at the speed of the answers.
#[derive(Debug)]
pub struct Flight {
    answer_ms: i64,
    silent: u32,
}

impl Default for Flight {
    fn default() -> Self {
        Self { answer_ms: ANSWER_FIRST_MS, silent: 0 }
    }
}

impl Flight {
    /// An answer came, after so long.
    pub fn answered(&mut self, elapsed_ms: u32) {
        self.silent = 0;
        self.took(elapsed_ms);
    }

    /// None came within that time.
    pub fn unanswered(&mut self, elapsed_ms: u32) {
        self.silent = self.silent.saturating_add(1);
        self.took(elapsed_ms);
    }

    fn took(&mut self, elapsed_ms: u32) {
        let more_ms = i64::from(elapsed_ms) - self.answer_ms;
        // Rounded away from zero, or the mean would never come all the way down.
        self.answer_ms += (more_ms + more_ms.signum() * (ANSWERS_OF_MEAN - 1)) / ANSWERS_OF_MEAN;
    }

    /// How many at that rate; none more than `most_by_hand`, if a person said so.
    pub fn most(&self, calls_per_s: u32, most_by_hand: Option<u32>) -> u32 {
        if self.silent >= SILENT_MAX {
            return most_by_hand.map_or(CAREFUL, |most| most.min(CAREFUL));
        }
        let needed = i64::from(calls_per_s) * self.answer_ms * ROOM / 1_000 + 4;
        let needed = needed.clamp(*FLIGHT.start(), *FLIGHT.end());
        most_by_hand.unwrap_or_else(|| u32::try_from(needed).unwrap_or(CAREFUL))
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
    fn a_used_up_day_ends_with_the_day_whatever_is_answered_meanwhile() {
        let mut pace = Pace::new(20);
        pace.spent(3_600_000);
        pace.answered();
        pace.mind_clock(1_000);
        assert_eq!(pace.next_at_ms(), 3_600_000);
        assert_eq!(pace.spent_until_ms(1_000), Some(3_600_000));
        assert_eq!(pace.spent_until_ms(3_600_000), None);
        pace.mind_clock(-SPENT_MAX_MS);
        assert!(pace.next_at_ms() <= 0, "the clock was set back");
    }

    #[test]
    fn calls_under_way_follow_the_answers() {
        let mut flight = Flight::default();
        assert_eq!(flight.most(20, None), 84, "two seconds are expected");
        for _ in 0..100 {
            flight.answered(100);
        }
        assert_eq!(flight.most(20, None), 8, "a quick carrier needs few");
        for nth in 0..200 {
            flight.answered(if nth % 20 == 0 { 10_000 } else { 2_000 });
        }
        let most = flight.most(20, None);
        assert!((70..=128).contains(&most), "20/s × 2.4 s, and room: {most}");
        assert_eq!(flight.most(20, Some(5)), 5, "a person's word stands");
    }

    #[test]
    fn silence_leaves_little_in_doubt() {
        let mut flight = Flight::default();
        flight.unanswered(30_000);
        flight.unanswered(30_000);
        assert!(flight.most(20, None) > 8, "two may be chance");
        flight.unanswered(30_000);
        assert_eq!((flight.most(20, None), flight.most(20, Some(2))), (4, 2));
        flight.answered(500);
        assert!(flight.most(20, None) > 8, "it is back");
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
