//! Couriers (上门取件): what is asked of carriers that send them, and what those say of them, told by
//! themselves or asked for, in any order, more than once, and never all of it at one time.

use super::{CarrierError, Consignment};
use crate::{
    order::Fault,
    outside::{Http, Later},
};
use serde::{Deserialize, Serialize};

/// How far a booking is, as far as a carrier's word can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PickupStage {
    /// News that move nothing: a fee, a ticket, a changed hour; its facts count all the same.
    Told,
    /// The carrier has it.
    Accepted,
    /// Somebody was told to come.
    Assigned,
    /// 已取件.
    Collected,
    /// 签收.
    Delivered,
    /// Nobody comes: the carrier found nobody, or called it off.
    Ended,
    /// A word or code that is in no table of ours: shown as it came, never taken for progress.
    Other,
}

/// Who comes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Courier {
    /// Their name.
    pub name: String,
    /// Their phone.
    pub phone: String,
    /// What they ask for, or what is shown to them; may be empty.
    pub code: String,
    /// Their outlet; may be empty.
    pub outlet: String,
    /// Its phone; may be empty.
    pub outlet_phone: String,
}

impl Courier {
    /// Whether nobody is named.
    pub fn is_nobody(&self) -> bool {
        *self == Self::default()
    }
}

/// What was charged, in fen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Fees {
    /// The carriage: first weight and further weight.
    #[ts(type = "number")]
    pub carriage_fen: i64,
    /// Of it, for the first weight.
    #[ts(type = "number")]
    pub first_fen: i64,
    /// Of it, for what is over.
    #[ts(type = "number")]
    pub further_fen: i64,
    /// 保价.
    #[ts(type = "number")]
    pub insured_fen: i64,
    /// 包装费.
    #[ts(type = "number")]
    pub packing_fen: i64,
    /// 超长超重.
    #[ts(type = "number")]
    pub oversize_fen: i64,
    /// Whatever else.
    #[ts(type = "number")]
    pub other_fen: i64,
    /// All of it.
    #[ts(type = "number")]
    pub total_fen: i64,
    /// Grams it was charged for, if said.
    pub weight_g: Option<u32>,
}

impl Settles {
    fn is_whole(&self) -> bool {
        *self == Self::Whole
    }
}

impl Fees {
    /// This and more; the weight is the one that was said last.
    pub fn plus(self, more: Self) -> Self {
        Self {
            carriage_fen: self.carriage_fen + more.carriage_fen,
            first_fen: self.first_fen + more.first_fen,
            further_fen: self.further_fen + more.further_fen,
            insured_fen: self.insured_fen + more.insured_fen,
            packing_fen: self.packing_fen + more.packing_fen,
            oversize_fen: self.oversize_fen + more.oversize_fen,
            other_fen: self.other_fen + more.other_fen,
            total_fen: self.total_fen + more.total_fen,
            weight_g: more.weight_g.or(self.weight_g),
        }
    }

    /// Whether the whole is the sum of its parts, as it must be.
    pub fn adds_up(&self) -> bool {
        let carriage = self.first_fen + self.further_fen;
        let rest = self.insured_fen + self.packing_fen + self.oversize_fen + self.other_fen;
        self.carriage_fen == carriage && self.total_fen == self.carriage_fen + rest
    }
}

/// How a sum goes with those that were said before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settles {
    /// It is the whole, as far as it is known.
    #[default]
    Whole,
    /// It comes on top of those of its kind.
    More,
    /// It takes the place of all.
    Anew,
}

/// One thing a carrier said of a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickupTold {
    /// Our key of it; may be empty where the carrier's own is there.
    pub order_key: String,
    /// The carrier's key of it; may be empty.
    pub carrier_key: String,
    /// When, ms UTC.
    pub at_ms: i64,
    /// What it means.
    pub stage: PickupStage,
    /// The carrier's own code or word for it, as it came.
    pub word: String,
    /// Its sentence, as it came; may be empty.
    pub said: String,
    /// Who fetches, by the code there; empty if not said.
    pub carrier: String,
    /// The waybill number; empty if not said.
    pub no: String,
    /// Who comes, if said.
    pub courier: Option<Courier>,
    /// When they come, if that was said anew.
    pub window: Option<Window>,
    /// What was charged, if said.
    pub fees: Option<Fees>,
    /// How that goes with what was said before.
    #[serde(default, skip_serializing_if = "Settles::is_whole")]
    pub settles: Settles,
}

/// A time in which a courier may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Window {
    /// From, ms UTC.
    #[ts(type = "number")]
    pub from_ms: i64,
    /// To, ms UTC.
    #[ts(type = "number")]
    pub to_ms: i64,
}

/// What a courier who was sent for is asked to do. Built first (pure), stored, and then sent.
#[derive(Debug, Clone)]
pub struct PickupAsk {
    /// What, from where and to whom; its `order_key` is the booking's.
    pub goods: Consignment,
    /// Which carrier behind the account, by its code there; empty: whoever comes.
    pub carrier: String,
    /// When.
    pub window: Option<Window>,
}

/// A booked courier, as the answer says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Booked {
    /// The carrier's own key of the booking; may be empty.
    pub carrier_key: String,
    /// The waybill number, where it is known at once; else empty.
    pub no: String,
}

/// A carrier that sends couriers (上门取件).
pub trait PicksUp: Send + Sync {
    /// The exact text to be stored and sent for a booking.
    fn pickup_request(&self, ask: &PickupAsk) -> Result<String, Vec<Fault>>;

    /// Sends a stored booking. The same key again books nothing twice.
    fn book<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Booked, CarrierError>>;

    /// Calls a booking off, with a person's reason.
    fn call_off<'a>(
        &'a self,
        http: &'a dyn Http,
        order_key: &'a str,
        carrier_key: &'a str,
        why: &'a str,
    ) -> Later<'a, Result<(), CarrierError>>;

    /// The windows that can be asked for at `now_ms` (ms UTC), soonest first.
    fn windows(&self, now_ms: i64) -> Vec<Window> {
        windows(now_ms)
    }

    /// Whether [`PicksUp::ask_after`] asks anything.
    fn can_ask_after(&self) -> bool {
        false
    }

    /// Asks what became of a booking; nothing is changed by it. Empty: nothing is known.
    fn ask_after<'a>(
        &'a self,
        _http: &'a dyn Http,
        _order_key: &'a str,
        _carrier_key: &'a str,
    ) -> Later<'a, Result<Vec<PickupTold>, CarrierError>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// China is so far ahead of UTC.
const CHINA_MS: i64 = 8 * HOUR_MS;
/// Couriers come from nine to seven, in pieces of two hours.
const FIRST_HOUR: i64 = 9;
const LAST_HOUR: i64 = 19;
const PIECE_HOURS: i64 = 2;
/// A courier who was sent for later than this comes the next day.
const TODAY_UNTIL_HOUR: i64 = 17;
const DAYS: i64 = 3;

/// The windows that are offered from now on, as KDNiao's documents describe them: pieces of two
/// hours from nine to seven of three days, today's until five in the afternoon and none that has
/// begun.
pub fn windows(now_ms: i64) -> Vec<Window> {
    let midnight_ms = (now_ms + CHINA_MS).div_euclid(DAY_MS) * DAY_MS - CHINA_MS;
    let today_is_over = now_ms >= midnight_ms + TODAY_UNTIL_HOUR * HOUR_MS;
    let days = if today_is_over { 1..DAYS } else { 0..DAYS };
    let piece = |day: i64, hour: i64| {
        let from_ms = midnight_ms + day * DAY_MS + hour * HOUR_MS;
        Window { from_ms, to_ms: from_ms + PIECE_HOURS * HOUR_MS }
    };
    let hours = || (FIRST_HOUR..LAST_HOUR).step_by(PIECE_HOURS as usize);
    days.flat_map(|day| hours().map(move |hour| piece(day, hour)))
        .filter(|window| window.from_ms > now_ms)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21 00:00 in China.
    const MIDNIGHT_MS: i64 = 1_795_190_400_000;

    #[test]
    fn windows_are_pieces_of_two_hours_that_have_not_begun() {
        let hours = |now_ms: i64| -> Vec<i64> {
            windows(now_ms).iter().map(|it| (it.from_ms - MIDNIGHT_MS) / HOUR_MS).collect()
        };
        let all = hours(MIDNIGHT_MS);
        assert_eq!(all.len(), 15);
        assert_eq!(all[..6], [9, 11, 13, 15, 17, 33]);
        assert_eq!(hours(MIDNIGHT_MS + 10 * HOUR_MS)[..2], [11, 13]);
        assert_eq!(hours(MIDNIGHT_MS + 9 * HOUR_MS)[0], 11, "one that has begun is none");
        assert_eq!(hours(MIDNIGHT_MS + 16 * HOUR_MS)[..2], [17, 33]);
        assert_eq!(hours(MIDNIGHT_MS + 17 * HOUR_MS)[0], 33, "too late for today");
        assert!(windows(MIDNIGHT_MS).iter().all(|it| it.to_ms - it.from_ms == 2 * HOUR_MS));
    }

    #[test]
    fn fees_are_checked_against_their_parts() {
        let fees = Fees {
            carriage_fen: 1_450,
            first_fen: 700,
            further_fen: 750,
            packing_fen: 200,
            total_fen: 1_650,
            ..Fees::default()
        };
        assert!(fees.adds_up());
        assert!(!Fees { total_fen: 1_450, ..fees }.adds_up());
        assert!(!Fees { further_fen: 0, ..fees }.adds_up());
    }
}
