//! Sending messages: lease one, call, record the outcome. No transaction is open while the account
//! is waited for. One at a time: what packers wait for goes first.

use super::kept::{self, Due};
use crate::{
    Account, Ran, Station,
    accounts::Paced,
    calls,
    carrier::CarrierError,
    shipment::{self, ShipmentError, waybill},
    trouble::Trouble,
    view::SmsState,
};
use rusqlite::Connection;

const MINUTE_MS: i64 = 60_000;
/// A lease outlives the longest answer by this, so that it only ends with its holder.
const LEASE_MARGIN_MS: i64 = MINUTE_MS;
/// Waits while nothing gets through.
const AWAY_MS: [i64; 5] = [2_000, 10_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];

impl Station {
    /// One turn for the messages of one account: one message, if one is due. Tests drive this
    /// themselves; `run` drives it for people.
    ///
    /// # Errors
    /// The database failed; the account's errors are outcomes, not errors.
    pub async fn sms_once(&self, account: &str) -> Result<Ran, Trouble> {
        Ok(self.sms_turn(self.account(account)?).await?)
    }

    pub(crate) async fn sms_turn(&self, account: &Account) -> Result<Ran, ShipmentError> {
        let Some(messages) = account.carrier.messages() else {
            return Ok(Ran::Idle { until_ms: None });
        };
        let (now_ms, name) = (self.now_ms(), account.config.name.clone());
        let due_ms = self.db.read(|db| kept::next_due_ms(db, &name))?;
        if due_ms.is_none_or(|due_ms| due_ms > now_ms) {
            return Ok(Ran::Idle { until_ms: due_ms });
        }
        let lease_ms = i64::from(account.config.timeout_ms) + LEASE_MARGIN_MS;
        let leased = self.db.write(move |db| lease(db, &name, now_ms, lease_ms)).await?;
        let due = match leased {
            Leased::Nothing => return Ok(Ran::Idle { until_ms: None }),
            Leased::Withdrawn => {
                self.touch();
                return Ok(Ran::Did);
            }
            Leased::Due(due) => due,
        };
        let outcome = messages.send_message(&Paced::aside(self, account), &due.body).await;
        let ended_ms = self.now_ms();
        // Words of the account are not logged: a phone may stand in them.
        tracing::info!(
            message.id = due.id,
            carrier = %account.config.name,
            outcome = word(&outcome),
            elapsed_ms = ended_ms - now_ms,
            "message"
        );
        let name = account.config.name.clone();
        self.db.write(move |db| record(db, &name, &due, outcome, ended_ms)).await?;
        self.touch();
        Ok(Ran::Did)
    }
}

enum Leased {
    Due(Due),
    Withdrawn,
    Nothing,
}

/// The next one. A message of a number that was taken back is not sent: it would tell of a parcel
/// that does not come.
fn lease(
    db: &Connection,
    account: &str,
    now_ms: i64,
    lease_ms: i64,
) -> Result<Leased, ShipmentError> {
    let Some(due) = kept::lease(db, account, now_ms, lease_ms)? else {
        return Ok(Leased::Nothing);
    };
    if waybill::live(db, due.shipment_id)?.is_some_and(|live| live.id == due.waybill_id) {
        return Ok(Leased::Due(due));
    }
    withdraw(db, (due.id, due.shipment_id), account, now_ms)?;
    Ok(Leased::Withdrawn)
}

/// At start: what was under way is in doubt; what waits for an account that sends none any more is
/// not sent.
///
/// # Errors
/// SQL errors.
pub(crate) fn recover(
    db: &Connection,
    senders: &[String],
    now_ms: i64,
) -> Result<usize, ShipmentError> {
    let doubted = kept::recover(db, now_ms)?;
    for (id, shipment_id, account) in kept::waiting(db)? {
        if !senders.contains(&account) {
            withdraw(db, (id, shipment_id), &account, now_ms)?;
        }
    }
    Ok(doubted)
}

fn withdraw(
    db: &Connection,
    (id, shipment_id): (i64, i64),
    account: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    kept::ended(db, id, SmsState::Withdrawn, ("", ""), now_ms)?;
    shipment::tell(db, shipment_id, "sms_withdrawn", account, now_ms)
}

fn record(
    db: &Connection,
    account: &str,
    due: &Due,
    outcome: Result<String, CarrierError>,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let (state, key, said) = match outcome {
        Ok(key) => (SmsState::Sent, key, String::new()),
        Err(CarrierError::NotSent { .. } | CarrierError::Busy { .. }) => {
            return Ok(kept::undone(db, due.id, now_ms + away_ms(due.attempt))?);
        }
        Err(CarrierError::Unknown { why }) => (SmsState::Unknown, String::new(), why),
        Err(CarrierError::Refused { code, said, .. }) => {
            calls::refused(db, account, &code, &said, now_ms)?;
            let said = if said.is_empty() { code } else { said };
            (SmsState::Refused, String::new(), said)
        }
    };
    kept::ended(db, due.id, state, (&key, &said), now_ms)?;
    let event = match state {
        SmsState::Sent => "sms_sent",
        SmsState::Refused => "sms_refused",
        SmsState::Asked | SmsState::Unknown | SmsState::Withdrawn => "sms_unknown",
    };
    shipment::tell(db, due.shipment_id, event, account, now_ms)
}

fn away_ms(attempt: u32) -> i64 {
    let tries = usize::try_from(attempt).unwrap_or(usize::MAX);
    AWAY_MS[tries.min(AWAY_MS.len() - 1)]
}

fn word(outcome: &Result<String, CarrierError>) -> &'static str {
    match outcome {
        Ok(_) => "sent",
        Err(CarrierError::NotSent { .. }) => "not_sent",
        Err(CarrierError::Busy { .. }) => "busy",
        Err(CarrierError::Unknown { .. }) => "unknown",
        Err(CarrierError::Refused { .. }) => "refused",
    }
}
