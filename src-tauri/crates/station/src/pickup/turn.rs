//! Asking for couriers: lease a booking, call, record the outcome. No transaction is open while the
//! carrier is waited for. A booking is sent again with the same text, which books nothing twice.

use super::{
    effect, kept,
    row::{self, Pickup},
};
use crate::{
    Account, Ran, Station,
    accounts::Paced,
    calls,
    carrier::{
        CarrierError,
        offers::{Booked, PicksUp},
        pickup::PickupTold,
    },
    outbox,
    shipment::ShipmentError,
    trouble::Trouble,
    view::PickupState,
};
use rusqlite::Connection;

const MINUTE_MS: i64 = 60_000;
/// A lease outlives the longest answers by this, so that it only ends with its holder.
const LEASE_MARGIN_MS: i64 = MINUTE_MS;
/// A booking is asked after so often; no document says how often it may be.
const LOOK_MS: i64 = 30 * MINUTE_MS;
/// In practice somebody is looking.
const PRACTICE_LOOK_MS: i64 = 3_000;
/// One whose carrier tells by itself is asked after so many times less.
const TOLD_LESS: i64 = 4;
/// So long after its hour nobody comes any more, and nobody asks.
const LOOKED_AFTER_MS: i64 = 7 * 24 * 60 * MINUTE_MS;
/// Waits while nothing gets through.
const AWAY_MS: [i64; 5] = [2_000, 10_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];

/// What a turn is about.
enum Outcome {
    Booked(Result<Booked, CarrierError>),
    Off(Result<(), CarrierError>),
    News(Result<Vec<PickupTold>, CarrierError>),
}

impl Outcome {
    fn error(&self) -> Option<&CarrierError> {
        match self {
            Self::Booked(outcome) => outcome.as_ref().err(),
            Self::Off(outcome) => outcome.as_ref().err(),
            Self::News(outcome) => outcome.as_ref().err(),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Booked(_) => "book",
            Self::Off(_) => "call_off",
            Self::News(_) => "ask_after",
        }
    }
}

/// When a booking is looked at again.
#[derive(Clone, Copy)]
pub(super) struct Looks {
    every_ms: Option<i64>,
}

impl Looks {
    /// `told`: the carrier says by itself what becomes of it.
    pub fn next_ms(self, pickup: &Pickup, now_ms: i64, told: bool) -> Option<i64> {
        let every_ms = self.every_ms?;
        let open = matches!(pickup.state, PickupState::Booked | PickupState::Collected);
        let over = now_ms > pickup.to_ms + LOOKED_AFTER_MS;
        let settled = pickup.fees.is_some() && pickup.handed;
        let wait_ms = every_ms * if told { TOLD_LESS } else { 1 };
        (open && !over && !settled).then_some(now_ms + wait_ms)
    }
}

impl Station {
    /// One turn for the couriers of one account: one booking, if one is due. Tests drive this
    /// themselves; `run` drives it for people.
    ///
    /// # Errors
    /// The database failed; the carrier's errors are outcomes, not errors.
    pub async fn pickup_once(&self, account: &str) -> Result<Ran, Trouble> {
        Ok(self.pickup_turn(self.account(account)?).await?)
    }

    pub(crate) async fn pickup_turn(&self, account: &Account) -> Result<Ran, ShipmentError> {
        let Some(picks_up) = account.carrier.picks_up() else {
            return Ok(Ran::Idle { until_ms: None });
        };
        let (now_ms, name) = (self.now_ms(), account.config.name.clone());
        let due_ms = self.db.read(|db| row::next_due_ms(db, &name))?;
        if due_ms.is_none_or(|due_ms| due_ms > now_ms) {
            return Ok(Ran::Idle { until_ms: due_ms });
        }
        let lease_ms = 2 * i64::from(account.config.timeout_ms) + LEASE_MARGIN_MS;
        let leased = self.db.write(move |db| kept::lease(db, &name, now_ms, lease_ms)).await?;
        let Some(pickup) = leased else { return Ok(Ran::Idle { until_ms: None }) };
        if pickup.state == PickupState::Asked && now_ms >= pickup.to_ms && !pickup.doubt {
            self.db.write(move |db| effect::too_late(db, &pickup, now_ms)).await?;
            self.touch();
            return Ok(Ran::Did);
        }
        let http = Paced::aside(self, account);
        let (our, their) = (&pickup.order_key, &pickup.carrier_key);
        let outcome = match (&pickup.state, &pickup.off_why) {
            (PickupState::Asked, _) => Outcome::Booked(picks_up.book(&http, &pickup.body).await),
            (_, Some(why)) => Outcome::Off(picks_up.call_off(&http, our, their, why).await),
            (_, None) => Outcome::News(picks_up.ask_after(&http, our, their).await),
        };
        let looks = self.looks(account, picks_up);
        let ended_ms = self.now_ms();
        tracing::info!(
            pickup.id = pickup.id,
            carrier = %account.config.name,
            what = outcome.word(),
            elapsed_ms = ended_ms - now_ms,
            error = ?outcome.error().map(ToString::to_string),
            "couriers"
        );
        self.db.write(move |db| record(db, &pickup, outcome, looks, ended_ms)).await?;
        self.touch();
        Ok(Ran::Did)
    }

    pub(super) fn looks(&self, account: &Account, picks_up: &dyn PicksUp) -> Looks {
        let every_ms = if account.config.practice { PRACTICE_LOOK_MS } else { LOOK_MS };
        Looks { every_ms: picks_up.can_ask_after().then_some(every_ms) }
    }
}

fn record(
    db: &Connection,
    pickup: &Pickup,
    outcome: Outcome,
    looks: Looks,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    if let Some(CarrierError::Refused { code, said, .. }) = outcome.error() {
        calls::refused(db, &pickup.account, code, said, now_ms)?;
    }
    match outcome {
        Outcome::Booked(outcome) => record_booking(db, pickup, outcome, looks, now_ms),
        Outcome::Off(outcome) => record_off(db, pickup, outcome, now_ms),
        Outcome::News(Ok(told)) => {
            for line in &told {
                effect::hear(db, pickup.id, line, now_ms)?;
            }
            let Some(now) = row::get(db, pickup.id)? else { return Ok(()) };
            Ok(kept::next_look(db, now.id, looks.next_ms(&now, now_ms, false))?)
        }
        // Asked after in its turn; that it could not be done changes nothing.
        Outcome::News(Err(_)) => {
            Ok(kept::next_look(db, pickup.id, looks.next_ms(pickup, now_ms, false))?)
        }
    }
}

fn record_booking(
    db: &Connection,
    pickup: &Pickup,
    outcome: Result<Booked, CarrierError>,
    looks: Looks,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let id = pickup.id;
    match outcome {
        Ok(booked) => {
            // As it stands now: while the carrier was asked, a person may have changed their mind.
            let off = row::get(db, id)?.is_some_and(|now| now.off_why.is_some());
            kept::booked(db, id, &booked, None)?;
            let Some(now) = row::get(db, id)? else { return Ok(()) };
            let next_ms = if off { Some(now_ms) } else { looks.next_ms(&now, now_ms, false) };
            kept::next_look(db, id, next_ms)?;
            effect::booked(db, &now, now_ms)
        }
        Err(CarrierError::NotSent { .. } | CarrierError::Busy { .. }) => {
            Ok(kept::undone(db, pickup, now_ms + away_ms(pickup))?)
        }
        Err(CarrierError::Unknown { why }) => {
            match outbox::back_off_ms(pickup.unknowns + 1, id) {
                Some(wait_ms) => kept::doubted(db, id, &why, now_ms + wait_ms)?,
                None => return effect::unknown(db, pickup, &why, now_ms),
            }
            Ok(())
        }
        // After a sending that may have arrived a refusal says nothing of that one.
        Err(CarrierError::Refused { said, .. }) if pickup.doubt => {
            effect::unknown(db, pickup, &said, now_ms)
        }
        Err(CarrierError::Refused { code, said, fix }) => {
            effect::refused(db, pickup, (&code, &said, fix), now_ms)
        }
    }
}

fn record_off(
    db: &Connection,
    pickup: &Pickup,
    outcome: Result<(), CarrierError>,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let id = pickup.id;
    match outcome {
        Ok(()) => effect::called_off(db, pickup, now_ms),
        Err(CarrierError::NotSent { .. } | CarrierError::Busy { .. }) => {
            Ok(kept::undone(db, pickup, now_ms + away_ms(pickup))?)
        }
        Err(CarrierError::Unknown { why }) => {
            match outbox::back_off_ms(pickup.unknowns + 1, id) {
                Some(wait_ms) => kept::doubted(db, id, &why, now_ms + wait_ms)?,
                None => return effect::unknown(db, pickup, &why, now_ms),
            }
            Ok(())
        }
        // "Called off already" and "too late" are words alone: only a first call is understood.
        Err(CarrierError::Refused { said, .. }) if pickup.off_doubt => {
            effect::unknown(db, pickup, &said, now_ms)
        }
        Err(CarrierError::Refused { said, .. }) => effect::stays(db, pickup, &said, now_ms),
    }
}

fn away_ms(pickup: &Pickup) -> i64 {
    let tries = usize::try_from(pickup.attempt).unwrap_or(usize::MAX);
    AWAY_MS[tries.min(AWAY_MS.len() - 1)]
}
