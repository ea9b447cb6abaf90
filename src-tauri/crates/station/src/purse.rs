//! The prepaid numbers of one account, as far as is known: when they are counted, and when no more
//! are asked for. Plain arithmetic over a told time.

/// Numbers taken between two counts, and where there are few left.
const EVERY: i64 = 50;
const EVERY_LOW: i64 = 5;
/// How soon an empty purse is looked into again: somebody may be paying at this moment.
const EMPTY_AGAIN_MS: i64 = 60_000;
/// How soon after a count that failed. It stops nothing: the carrier says itself when it has none.
const FAILED_AGAIN_MS: i64 = 600_000;

/// What is known of an account's numbers.
#[derive(Debug)]
pub struct Purse {
    warn_below: i64,
    /// By the last count.
    counted: Option<i64>,
    /// Asked for since.
    taken: i64,
    /// The next count is due then; `None` before the first.
    next_at_ms: Option<i64>,
    /// A count is under way.
    counting: bool,
    /// Some are left, and an order that waits needs more.
    short: bool,
}

impl Purse {
    /// Nothing is known yet.
    pub fn new(warn_below: u32) -> Self {
        let warn_below = i64::from(warn_below);
        Self {
            warn_below,
            counted: None,
            taken: 0,
            next_at_ms: None,
            counting: false,
            short: false,
        }
    }

    /// What is left, as far as is known; never under zero.
    pub fn left(&self) -> Option<i64> {
        self.counted.map(|counted| (counted - self.taken).max(0))
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.left() == Some(0)
    }

    /// For how many numbers there is room; without limit before the first count.
    pub fn room(&self) -> u32 {
        self.left().map_or(u32::MAX, |left| u32::try_from(left).unwrap_or(u32::MAX))
    }

    /// Whether an order waits for want of numbers.
    pub fn is_waited_for(&self) -> bool {
        self.is_empty() || self.short
    }

    /// An order that waits needs more than there are: looked into again as an empty one. Whether
    /// that is new.
    pub fn fall_short(&mut self, now_ms: i64) -> bool {
        if self.short {
            return false;
        }
        self.short = true;
        let again_ms = now_ms + EMPTY_AGAIN_MS;
        self.next_at_ms = Some(self.next_at_ms.map_or(again_ms, |at_ms| at_ms.min(again_ms)));
        true
    }

    /// Whether so few are left that somebody should buy more.
    pub fn is_low(&self) -> bool {
        self.left().is_some_and(|left| left < self.warn_below)
    }

    /// Numbers are about to be asked for.
    pub fn take(&mut self, numbers: u32) {
        self.taken += i64::from(numbers);
    }

    /// Whether they should be counted now. The first count is before the first number.
    pub fn is_due(&self, now_ms: i64) -> bool {
        let every = if self.is_low() { EVERY_LOW } else { EVERY };
        let spent = self.counted.is_some() && (self.taken >= every || self.is_spent());
        !self.counting && (spent || self.next_at_ms.is_none_or(|at_ms| at_ms <= now_ms))
    }

    /// Empty by our own sum alone, which may be wrong.
    fn is_spent(&self) -> bool {
        self.is_empty() && self.taken > 0
    }

    /// When the next count is due, if only time brings it.
    pub fn next_at_ms(&self) -> Option<i64> {
        self.next_at_ms
    }

    /// A count leaves.
    pub fn count(&mut self) {
        self.counting = true;
    }

    /// What the carrier counted, while `under_way` numbers were being asked for.
    pub fn counted(&mut self, left: i64, under_way: u32, now_ms: i64) {
        (self.counting, self.short) = (false, false);
        self.counted = Some(left);
        self.taken = if left > 0 { i64::from(under_way) } else { 0 };
        self.next_at_ms = Some(if left > 0 { i64::MAX } else { now_ms + EMPTY_AGAIN_MS });
    }

    /// A count failed; what was known is known no more.
    pub fn failed(&mut self, now_ms: i64) {
        (self.counting, self.short, self.counted, self.taken) = (false, false, None, 0);
        self.next_at_ms = Some(now_ms + FAILED_AGAIN_MS);
    }

    /// The carrier refused something: it may be for want of numbers.
    pub fn doubt(&mut self, now_ms: i64) {
        self.next_at_ms = Some(now_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_counted_first_then_after_some_and_more_often_when_few() {
        let mut purse = Purse::new(100);
        assert!(purse.is_due(0) && purse.left().is_none() && !purse.is_empty());
        purse.count();
        assert!(!purse.is_due(0), "one count at a time");
        purse.counted(1_000, 0, 0);
        assert!(!purse.is_due(1_000_000), "nothing was taken since");
        purse.take(49);
        assert!(!purse.is_due(0));
        purse.take(1);
        assert!(purse.is_due(0) && purse.left() == Some(950));
        purse.counted(104, 2, 0);
        purse.take(4);
        assert!(purse.is_low() && purse.left() == Some(98));
        assert!(purse.is_due(0));
    }

    #[test]
    fn an_empty_purse_is_looked_into_every_minute_and_a_sum_of_ours_at_once() {
        let mut purse = Purse::new(0);
        purse.counted(3, 0, 0);
        purse.take(3);
        assert!(purse.is_empty() && purse.is_due(0), "the sum may be wrong");
        purse.counted(0, 1, 5);
        assert!(purse.is_empty() && !purse.is_due(5) && !purse.is_due(60_004));
        assert_eq!((purse.next_at_ms(), purse.is_due(60_005)), (Some(60_005), true));
        purse.counted(10, 0, 60_010);
        assert!(!purse.is_empty() && !purse.is_low());
    }

    #[test]
    fn a_count_that_fails_stops_nothing() {
        let mut purse = Purse::new(100);
        purse.counted(0, 0, 0);
        purse.count();
        purse.failed(7);
        assert!(!purse.is_empty() && !purse.is_low() && purse.left().is_none());
        assert!(!purse.is_due(8) && purse.is_due(600_007));
        purse.counted(99, 0, 600_008);
        assert!(purse.is_low(), "the threshold is kept");
        purse.doubt(600_009);
        assert!(purse.is_due(600_009));
    }

    #[test]
    fn one_that_is_short_for_an_order_is_looked_into_every_minute() {
        let mut purse = Purse::new(0);
        assert_eq!(purse.room(), u32::MAX);
        purse.counted(3, 0, 0);
        assert_eq!((purse.room(), purse.is_waited_for()), (3, false));
        assert!(purse.fall_short(5) && !purse.fall_short(9));
        assert!(purse.is_waited_for() && !purse.is_empty() && !purse.is_due(60_004));
        assert!(purse.is_due(60_005), "from the first time on");
        purse.counted(300, 0, 60_006);
        assert_eq!((purse.room(), purse.is_waited_for()), (300, false));
    }
}
