//! What is counted before a carrier is asked, its prepaid numbers and the calls of a day, and what
//! its answers say of the account.

use super::error_word;
use crate::{
    Account, Station, accounts::Paced, calls, carrier::CarrierError, order::PARCELS_MAX, outbox,
    shipment::ShipmentError, view::CarrierState,
};

impl Station {
    /// Whether the account's prepaid numbers are to be counted now, and how many may be asked for.
    pub(super) fn counts(&self, account: &Account, now_ms: i64) -> (bool, u32) {
        if !account.carrier.prepaid() {
            return (false, u32::MAX);
        }
        let purse = account.purse();
        (purse.is_due(now_ms), purse.room())
    }

    /// When the account's next request is due for which there are numbers. One that needs more
    /// than there are waits, has them counted again, and keeps no other label waiting.
    pub(super) async fn due_ms(
        &self,
        account: &Account,
        room: u32,
        now_ms: i64,
    ) -> Result<Option<i64>, ShipmentError> {
        let name = &account.config.name;
        let due = |room| self.db.read(|db| outbox::next_due_ms(db, name, room, now_ms));
        let due_ms = due(room)?;
        let is_now = |at_ms: Option<i64>| at_ms.is_some_and(|at_ms| at_ms <= now_ms);
        if (1..PARCELS_MAX).contains(&room)
            && !is_now(due_ms)
            && is_now(due(u32::MAX)?)
            && account.purse().fall_short(now_ms)
        {
            let name = name.clone();
            self.db.write(move |db| outbox::short(db, &name, room)).await?;
        }
        Ok(due_ms)
    }

    /// Counts the prepaid numbers. That it cannot be done stops nothing.
    pub(crate) async fn count(&self, account: &Account) {
        let counted = account.carrier.balance(&Paced::queued(self, account)).await;
        let (now_ms, name) = (self.now_ms(), &account.config.name);
        let under_way = self.in_flight(name);
        match counted {
            Ok(Some(balance)) => account.purse().counted(balance.available, under_way, now_ms),
            Ok(None) => account.purse().failed(now_ms),
            Err(why) => {
                tracing::info!(carrier = %name, outcome = error_word(&why), "numbers not counted");
                account.purse().failed(now_ms);
                if let CarrierError::NotSent { .. } = why {
                    account.pace().away(now_ms);
                }
            }
        }
        self.wake_all();
    }

    /// Asked too often is one thing in a second, and another when today's calls are used up: then
    /// the account goes on when China's next day begins. Whether it does not before.
    pub(super) fn mind_allowance(
        &self,
        account: &Account,
        now_ms: i64,
    ) -> Result<bool, ShipmentError> {
        // The first is the one that gives numbers: what others have used up is not its business.
        let Some(limit) = account.carrier.limits().first() else { return Ok(false) };
        let Some(allowed) = account.calls_a_day(limit) else { return Ok(false) };
        let name = &account.config.name;
        let spent = self.db.read(|db| calls::today(db, name, limit.api, now_ms))? >= allowed;
        if spent {
            account.pace().spent(calls::next_china_midnight_ms(now_ms));
        }
        Ok(spent)
    }

    /// What an answer, or none, says of an account.
    pub(crate) fn note_answer(
        &self,
        account: &Account,
        error: Option<&CarrierError>,
        elapsed_ms: u32,
        now_ms: i64,
    ) {
        {
            let mut pace = account.pace();
            match error {
                Some(CarrierError::NotSent { .. }) => pace.away(now_ms),
                Some(CarrierError::Busy { .. }) => pace.busy(now_ms),
                Some(CarrierError::Unknown { .. } | CarrierError::Refused { .. }) | None => {
                    pace.answered();
                }
            }
        }
        account.took(matches!(error, Some(CarrierError::Unknown { .. })), elapsed_ms);
        self.with_carrier(&account.config.name, |live| {
            let (state, why) = match error {
                Some(CarrierError::NotSent { why }) => (CarrierState::Away, why.as_str()),
                Some(CarrierError::Unknown { why }) => (CarrierState::Silent, why.as_str()),
                Some(CarrierError::Busy { .. } | CarrierError::Refused { .. }) | None => {
                    (CarrierState::Up, "")
                }
            };
            live.state = state;
            why.clone_into(&mut live.error);
            if state == CarrierState::Up {
                live.last_ms = Some(elapsed_ms);
            }
        });
    }
}
