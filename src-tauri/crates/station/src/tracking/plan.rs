//! How often parcels are asked after: a wish for each stage, and one stretch for all when the
//! account's allowance is less. Every parcel is asked less often then, in proportion; none never.
//! Plain arithmetic over told times.

use crate::carrier::track::{Allowance, Stage};

const HOUR_MS: i64 = 3_600_000;
/// A day.
pub const DAY_MS: i64 = 24 * HOUR_MS;
/// Without news for so long a parcel is asked after half as often: most news come within a day.
const QUIET_MS: i64 = 3 * DAY_MS;
/// A number that nobody scanned for so long was never handed over.
const NEVER_SENT_MS: i64 = 15 * DAY_MS;
/// The slowest ways inland end within a month; carriers themselves call five days a problem.
const LOST_MS: i64 = 30 * DAY_MS;
/// Nobody fetches a parcel the moment its label is out.
const FIRST_MS: i64 = 2 * HOUR_MS;
/// A parcel whose carrier tells by itself is asked after so many times less often.
const TOLD_LESS: i64 = 4;
/// A push counts so long as "tells by itself".
const TOLD_MS: i64 = 2 * DAY_MS;
/// Of the day's calls so many hundredths are planned; the rest is for people who ask at once.
const PLANNED_PERCENT: u64 = 90;
/// Calls a second, whatever the carrier allows: the packer's own calls go first.
const CALLS_PER_S_MAX: u32 = 5;
/// In practice hours pass as minutes: somebody is looking.
const PRACTICE_FASTER: i64 = 90;

/// How time passes for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// As it does.
    Real,
    /// As in practice.
    Practice,
}

/// Parcels that are asked after alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// How far they are.
    pub stage: Option<Stage>,
    /// No news for days.
    pub quiet: bool,
    /// How many.
    pub parcels: u32,
}

/// What an account is asked in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Parcels that are on their way.
    pub parcels: u32,
    /// Calls a day if each were asked after as often as its stage deserves.
    pub wanted_calls: u64,
    /// Calls a day that are allowed, if that is limited.
    pub allowed_calls: Option<u32>,
    /// Calls a day that will be made.
    pub planned_calls: u64,
    /// How many times longer each waits for its next look, in thousandths; at least 1,000.
    pub stretch_permille: u64,
}

/// The time between two looks that a stage deserves, ms; `None`: nothing more will happen.
pub fn wanted_ms(stage: Option<Stage>, quiet: bool) -> Option<i64> {
    let hours = match stage? {
        Stage::OutForDelivery => 2,
        Stage::Announced | Stage::Collected => 4,
        Stage::InTransit | Stage::Problem | Stage::Other => 6,
        Stage::AwaitsReceiver | Stage::Returning => 12,
        Stage::Customs => 24,
        Stage::Delivered | Stage::Returned | Stage::Cancelled => return None,
    };
    Some(hours * HOUR_MS * if quiet { 2 } else { 1 })
}

/// The same with the time for those of which nothing is known yet: it is not "nothing more".
fn look_every_ms(stage: Option<Stage>, quiet: bool) -> Option<i64> {
    match stage {
        None => wanted_ms(Some(Stage::Announced), quiet),
        Some(_) => wanted_ms(stage, quiet),
    }
}

/// The day of an account with these parcels.
pub fn plan(groups: &[Group], allowance: &Allowance, calls_a_day: Option<u32>, time: Time) -> Plan {
    let allowed_calls = match (allowance.calls_a_day, calls_a_day) {
        (Some(documented), Some(set)) => Some(documented.min(set)),
        (documented, set) => documented.or(set),
    };
    let mut looks_per_million = 0;
    let mut parcels = 0;
    for group in groups {
        let Some(every_ms) = look_every_ms(group.stage, group.quiet) else { continue };
        let every_ms = faster(every_ms.max(allowance.again_after_ms), time).max(1);
        parcels += group.parcels;
        let a_day = DAY_MS as u64 * 1_000_000 / every_ms.unsigned_abs();
        looks_per_million += u64::from(group.parcels) * a_day;
    }
    let batch = allowance.batch_max.max(1) as u64;
    let wanted_calls = looks_per_million.div_ceil(1_000_000 * batch);
    let stretch_permille = match allowed_calls {
        None => 1_000,
        Some(allowed) => (wanted_calls * 1_000).div_ceil(planned(allowed)).max(1_000),
    };
    let planned_calls = wanted_calls * 1_000 / stretch_permille;
    Plan { parcels, wanted_calls, allowed_calls, planned_calls, stretch_permille }
}

fn planned(allowed: u32) -> u64 {
    (u64::from(allowed) * PLANNED_PERCENT / 100).max(1)
}

impl Plan {
    /// The time between two looks at a parcel of a group, ms.
    pub fn every_ms(&self, group: &Group, allowance: &Allowance, time: Time) -> i64 {
        let Some(every_ms) = look_every_ms(group.stage, group.quiet) else { return 0 };
        faster(stretched(every_ms.max(allowance.again_after_ms), self.stretch_permille), time)
    }

    /// The least time between two calls, ms: they are spread over the day.
    pub fn spacing_ms(&self, allowance: &Allowance) -> i64 {
        let by_second = 1_000 / i64::from(allowance.calls_per_s.clamp(1, CALLS_PER_S_MAX));
        let by_day = self.allowed_calls.map_or(0, |allowed| DAY_MS / planned(allowed) as i64);
        by_second.max(by_day)
    }
}

/// A parcel as far as its next look depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Parcel {
    /// Row; spreads the looks.
    pub id: i64,
    /// How far it is.
    pub stage: Option<Stage>,
    /// When it began to be asked after, ms UTC.
    pub since_ms: i64,
    /// When anything happened to it last, ms UTC.
    pub news_at_ms: i64,
    /// When its carrier told of it by itself last, ms UTC.
    pub told_at_ms: Option<i64>,
}

impl Parcel {
    /// Whether nothing was heard of it for days.
    pub fn is_quiet(&self, now_ms: i64) -> bool {
        self.news_at_ms < quiet_before_ms(now_ms)
    }

    /// When it is asked after next; `None`: it has arrived, or is given up.
    pub fn next_ms(
        &self,
        now_ms: i64,
        stretch_permille: u64,
        again_after_ms: i64,
        time: Time,
    ) -> Option<i64> {
        let silent_ms = now_ms - self.since_ms.max(self.news_at_ms);
        let patience_ms = if self.stage.is_none() { NEVER_SENT_MS } else { LOST_MS };
        if silent_ms > patience_ms {
            return None;
        }
        let mut wait_ms = look_every_ms(self.stage, self.is_quiet(now_ms))?.max(again_after_ms);
        wait_ms = stretched(wait_ms, stretch_permille);
        if self.told_at_ms.is_some_and(|told_ms| now_ms - told_ms < TOLD_MS) {
            wait_ms *= TOLD_LESS;
        }
        Some(now_ms + faster(self.spread_ms(wait_ms), time))
    }

    /// When it is asked after for the first time.
    pub fn first_ms(&self, time: Time) -> i64 {
        self.since_ms + faster(self.spread_ms(FIRST_MS), time)
    }

    /// Up to a tenth earlier or later, always the same for a parcel: a batch that was printed at
    /// once is not asked after at once for ever.
    fn spread_ms(&self, wait_ms: i64) -> i64 {
        let spread = self.id.wrapping_mul(7_919).rem_euclid(201);
        wait_ms / 1_000 * (900 + spread)
    }
}

/// News older than this make a parcel quiet.
pub fn quiet_before_ms(now_ms: i64) -> i64 {
    now_ms - QUIET_MS
}

fn stretched(ms: i64, stretch_permille: u64) -> i64 {
    ms.saturating_mul(i64::try_from(stretch_permille).unwrap_or(i64::MAX)) / 1_000
}

fn faster(ms: i64, time: Time) -> i64 {
    match time {
        Time::Real => ms,
        Time::Practice => ms / PRACTICE_FASTER,
    }
}

#[cfg(test)]
mod tests;
