//! Waiting until shipments have come to rest, for the command line and for scripts.

use crate::{
    Station, pickup,
    print::job,
    trouble::Trouble,
    view::{JobState, State},
};
use std::time::Duration;

/// Looking more often would only cost; looking less often would be felt at the end of a batch.
const LOOK_EVERY: Duration = Duration::from_millis(40);

impl Station {
    /// Waits until each shipment is printed, held, refused, unknown, waits for a scan, or was
    /// taken out again. With only numbers asked for, a number is enough.
    ///
    /// # Errors
    /// The database.
    pub async fn settled(&self, ids: &[i64], print: bool) -> Result<(), Trouble> {
        let mut changed = self.changed();
        let mut open = ids.to_vec();
        loop {
            // From the end, where the last labels of a batch are: as long as one of them moves,
            // nobody needs to know of the others.
            while let Some(id) = open.last() {
                if !self.at_rest(*id, print)? {
                    break;
                }
                open.pop();
            }
            if open.is_empty() {
                return Ok(());
            }
            if changed.changed().await.is_err() {
                return Ok(());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn at_rest(&self, id: i64, print: bool) -> Result<bool, Trouble> {
        let row = self.row(id)?;
        if row.trouble.is_some() {
            return Ok(true);
        }
        Ok(match row.state {
            State::Held | State::Refused | State::Ready => true,
            // Without numbers it waits for a person who buys some, however long.
            State::Requested => {
                self.account(&row.account)?.purse().room() < row.parcels
                    // A courier brings its number, some day.
                    || self.db.read(|db| pickup::brings(db, id))?
            }
            State::Voiding => false,
            State::Waybilled | State::Printed => {
                let jobs = self.db.read(|db| job::of_shipment(db, id))?;
                let moving = jobs.iter().any(|job| match job.state {
                    JobState::Spooled | JobState::Sending => true,
                    JobState::Sent => !self.waits_for_scan(job),
                    JobState::Confirmed | JobState::Unknown | JobState::Dropped => false,
                });
                let uncounted = self.db.read(|db| self.awaits_count(db, id))?;
                let asked = !jobs.is_empty() || row.state == State::Printed;
                !moving && (!print || asked || uncounted)
            }
        })
    }
}
