//! What we owe the carriers, as rows: enqueued with the state that needs it, leased for a call,
//! and only done with the outcome recorded. The calls themselves are `dispatch`.

mod owed;
mod paper;
mod restored;

pub use owed::owed_by;
pub use paper::{divert, print_on, short, to_come, without_printer};
pub use restored::{blank, restored};

use crate::{
    shipment::{self, ShipmentError, waybill::LabelFacts},
    trouble::{Action, Code, Trouble},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// When an entry whose outcome is unknown, or whose carrier was busy, is sent again.
/// After the last step a person is asked; nothing is dropped.
const BACK_OFF_MS: [i64; 6] = [2_000, 10_000, 60_000, 300_000, 900_000, 3_600_000];
/// Unknown outcomes in a row before a person sees it; the look-ups go on meanwhile.
pub const SHOWN_AFTER_UNKNOWNS: u32 = 3;

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Get a number.
    CreateWaybill,
    /// Give a number back.
    VoidWaybill,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::CreateWaybill => "create_waybill",
            Self::VoidWaybill => "void_waybill",
        }
    }
}

/// An entry to be made.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// What is owed.
    pub kind: Kind,
    /// For which shipment.
    pub shipment_id: i64,
    /// To which account.
    pub account: &'a str,
    /// The key the carrier recognises it by.
    pub order_key: &'a str,
    /// The exact text to be sent, now and at every further attempt.
    pub body: &'a str,
    /// What the label will show.
    pub facts: &'a LabelFacts,
    /// Printer for the first label; `None` for numbers only.
    pub print_on: Option<&'a str>,
    /// The batch it belongs to and its place there.
    pub batch: Option<(i64, u32)>,
    /// Overtakes batches.
    pub urgent: bool,
}

/// A leased entry: ours until the lease ends.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Row.
    pub id: i64,
    /// What is owed.
    pub kind: Kind,
    /// For which shipment.
    pub shipment_id: i64,
    /// To which account.
    pub account: String,
    /// The key the carrier recognises it by.
    pub order_key: String,
    /// The exact text to send.
    pub body: String,
    /// What the label will show.
    pub facts: LabelFacts,
    /// The batch it belongs to and its place there.
    pub batch: Option<(i64, u32)>,
    /// Overtakes batches.
    pub urgent: bool,
    /// This attempt's number, from 1.
    pub attempt: u32,
    /// Unknown outcomes so far.
    pub unknowns: u32,
    /// Whether an earlier attempt may have reached the carrier.
    pub doubt: bool,
}

/// Enqueues. The caller's transaction also moves the shipment.
///
/// # Errors
/// SQL errors; one shipment can have only one open entry.
pub fn enqueue(db: &Connection, new: &NewEntry<'_>, now_ms: i64) -> Result<i64, ShipmentError> {
    let (batch_id, position) = new.batch.unzip();
    let doubt = new.kind == Kind::CreateWaybill && restored::may_be_known(db, new.shipment_id)?;
    db.prepare_cached(
        "INSERT INTO outbox (kind, shipment_id, account, order_key, body, label, print_on,
                             batch_id, position, urgent, due_at_ms, doubt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        new.kind.word(),
        new.shipment_id,
        new.account,
        new.order_key,
        new.body,
        serde_json::to_string(new.facts)?,
        new.print_on,
        batch_id,
        position.unwrap_or(0),
        new.urgent,
        now_ms,
        doubt
    ])?;
    Ok(db.last_insert_rowid())
}

/// When the next entry of an account is due: `Some(now or earlier)` if one can be leased. `room`:
/// how many new numbers may be taken; voids and look-ups need none.
///
/// # Errors
/// SQL errors.
pub fn next_due_ms(
    db: &Connection,
    account: &str,
    room: u32,
    now_ms: i64,
) -> Result<Option<i64>, ShipmentError> {
    let due = db
        .prepare_cached(
            "SELECT min(due_at_ms) FROM outbox
              WHERE account = ?1 AND done_at_ms IS NULL AND parked = 0
                AND coalesce(lease_until_ms, 0) <= ?2
                AND (?3 >= 300 OR kind = 'void_waybill' OR doubt = 1
                     OR ?3 > 0 AND ?3 >= coalesce(json_extract(label, '$.parcels'), 1))
                AND NOT EXISTS (SELECT 1 FROM batch b
                                 WHERE b.id = outbox.batch_id AND b.paused = 1)",
        )?
        .query_row(params![account, now_ms, room], |row| row.get(0))?;
    Ok(due)
}

/// Leases the next due entry of an account; `room` as in [`next_due_ms`]. From here on a death of
/// the program leaves doubt.
///
/// # Errors
/// SQL errors.
pub fn lease(
    db: &Connection,
    account: &str,
    room: u32,
    now_ms: i64,
    lease_ms: i64,
) -> Result<Option<Entry>, ShipmentError> {
    let id: Option<i64> = db
        .prepare_cached(
            "SELECT id FROM outbox
              WHERE account = ?1 AND done_at_ms IS NULL AND parked = 0 AND due_at_ms <= ?2
                AND coalesce(lease_until_ms, 0) <= ?2
                AND (?3 >= 300 OR kind = 'void_waybill' OR doubt = 1
                     OR ?3 > 0 AND ?3 >= coalesce(json_extract(label, '$.parcels'), 1))
                AND NOT EXISTS (SELECT 1 FROM batch b
                                 WHERE b.id = outbox.batch_id AND b.paused = 1)
              ORDER BY urgent DESC, due_at_ms, id LIMIT 1",
        )?
        .query_row(params![account, now_ms, room], |row| row.get(0))
        .optional()?;
    let Some(id) = id else { return Ok(None) };
    let read = db
        .prepare_cached(
            "SELECT id, kind, shipment_id, account, order_key, body, label, batch_id, position,
                    urgent, attempt + 1, unknowns, doubt FROM outbox WHERE id = ?1",
        )?
        .query_row([id], entry)?;
    db.prepare_cached(
        "UPDATE outbox SET attempt = attempt + 1, doubt = 1, leased_at_ms = ?2,
                lease_until_ms = ?3 WHERE id = ?1",
    )?
    .execute(params![id, now_ms, now_ms + lease_ms])?;
    let (mut entry, facts) = read;
    entry.facts = serde_json::from_str(&facts)?;
    Ok(Some(entry))
}

fn entry(row: &Row<'_>) -> Result<(Entry, String), rusqlite::Error> {
    let kind = match row.get_ref(1)?.as_str()? {
        "void_waybill" => Kind::VoidWaybill,
        _ => Kind::CreateWaybill,
    };
    let batch_id: Option<i64> = row.get(7)?;
    let position: u32 = row.get(8)?;
    let entry = Entry {
        id: row.get(0)?,
        kind,
        shipment_id: row.get(2)?,
        account: row.get(3)?,
        order_key: row.get(4)?,
        body: row.get(5)?,
        facts: LabelFacts::default(),
        batch: batch_id.map(|id| (id, position)),
        urgent: row.get(9)?,
        attempt: row.get(10)?,
        unknowns: row.get(11)?,
        doubt: row.get(12)?,
    };
    Ok((entry, row.get(6)?))
}

/// The outcome is recorded: the entry is done. Its text is never sent again, so it goes: it holds
/// the receiver and the account's password, and was half of a year's file.
///
/// # Errors
/// SQL errors.
pub fn done(db: &Connection, id: i64, now_ms: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE outbox SET done_at_ms = ?2, lease_until_ms = NULL, last_error = NULL, body = '',
                label = '' WHERE id = ?1",
    )?
    .execute(params![id, now_ms])?;
    Ok(())
}

/// Nothing left this computer: due again at once (the account itself waits until it is back),
/// and no more in doubt than before.
///
/// # Errors
/// SQL errors.
pub fn not_sent(db: &Connection, entry: &Entry, why: &str) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE outbox SET lease_until_ms = NULL, doubt = ?2, last_error = ?3 WHERE id = ?1",
    )?
    .execute(params![entry.id, entry.doubt, why])?;
    Ok(())
}

/// The carrier was busy and did nothing.
///
/// # Errors
/// SQL errors.
pub fn busy(db: &Connection, entry: &Entry, why: &str, now_ms: i64) -> Result<(), ShipmentError> {
    let due_at_ms = now_ms + back_off_ms(entry.attempt, entry.id).unwrap_or(BACK_OFF_MS[5]);
    db.prepare_cached(
        "UPDATE outbox SET lease_until_ms = NULL, doubt = ?2, last_error = ?3, due_at_ms = ?4
          WHERE id = ?1",
    )?
    .execute(params![entry.id, entry.doubt, why, due_at_ms])?;
    Ok(())
}

/// The outcome is unknown: looked up again later. Returns `false` when the table has ended and
/// the entry now waits for a person.
///
/// # Errors
/// SQL errors.
pub fn unknown(
    db: &Connection,
    entry: &Entry,
    why: &str,
    now_ms: i64,
) -> Result<bool, ShipmentError> {
    let Some(wait_ms) = back_off_ms(entry.unknowns + 1, entry.id) else {
        park(db, entry.id, why)?;
        return Ok(false);
    };
    db.prepare_cached(
        "UPDATE outbox SET lease_until_ms = NULL, unknowns = unknowns + 1, last_error = ?2,
                due_at_ms = ?3 WHERE id = ?1",
    )?
    .execute(params![entry.id, why, now_ms + wait_ms])?;
    Ok(true)
}

/// Waits for a person from now on.
///
/// # Errors
/// SQL errors.
pub fn park(db: &Connection, id: i64, why: &str) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE outbox SET lease_until_ms = NULL, parked = 1, unknowns = unknowns + 1,
                last_error = ?2 WHERE id = ?1",
    )?
    .execute(params![id, why])?;
    Ok(())
}

/// A person asks to look again: due now, with the same text. `false` if nothing is open.
///
/// # Errors
/// SQL errors.
pub fn look_again(db: &Connection, shipment_id: i64, now_ms: i64) -> Result<bool, ShipmentError> {
    let rows = db
        .prepare_cached(
            "UPDATE outbox SET parked = 0, unknowns = 0, urgent = 1, due_at_ms = ?2
              WHERE shipment_id = ?1 AND done_at_ms IS NULL",
        )?
        .execute(params![shipment_id, now_ms])?;
    Ok(rows > 0)
}

/// The open entry of a shipment without leasing it.
///
/// # Errors
/// SQL errors.
pub fn open_of(db: &Connection, shipment_id: i64) -> Result<Option<Entry>, ShipmentError> {
    let read = db
        .prepare_cached(
            "SELECT id, kind, shipment_id, account, order_key, body, label, batch_id, position,
                    urgent, attempt, unknowns, doubt FROM outbox
              WHERE shipment_id = ?1 AND done_at_ms IS NULL",
        )?
        .query_row([shipment_id], entry)
        .optional()?;
    let Some((mut entry, facts)) = read else { return Ok(None) };
    entry.facts = serde_json::from_str(&facts)?;
    Ok(Some(entry))
}

/// Takes back all entries of a batch that were never tried; returns their shipments.
///
/// # Errors
/// SQL errors.
pub fn withdraw(db: &Connection, batch_id: i64) -> Result<Vec<i64>, ShipmentError> {
    let ids: Result<Vec<i64>, _> = db
        .prepare_cached(
            "DELETE FROM outbox
              WHERE batch_id = ?1 AND done_at_ms IS NULL AND attempt = 0
             RETURNING shipment_id",
        )?
        .query_map([batch_id], |row| row.get(0))?
        .collect();
    Ok(ids?)
}

/// At start: leases of a program that died are void; the doubt they left stays.
///
/// # Errors
/// SQL errors.
pub fn recover(db: &Connection, now_ms: i64) -> Result<usize, ShipmentError> {
    let rows = db.execute(
        "UPDATE outbox SET lease_until_ms = NULL, due_at_ms = min(due_at_ms, ?1)
          WHERE done_at_ms IS NULL AND lease_until_ms IS NOT NULL",
        [now_ms],
    )?;
    Ok(rows)
}

/// At start: what is owed through an account that the settings no longer have waits for a person.
///
/// # Errors
/// SQL errors.
pub fn without_account(db: &Connection, accounts: &[String]) -> Result<(), ShipmentError> {
    let open: Result<Vec<(i64, String)>, _> = db
        .prepare("SELECT shipment_id, account FROM outbox WHERE done_at_ms IS NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect();
    for (shipment_id, account) in open? {
        if !accounts.contains(&account) {
            let trouble = Trouble::new(Code::NoAccount, Action::EditAccount, [("name", account)]);
            shipment::set_trouble(db, shipment_id, Some(&trouble))?;
        }
    }
    Ok(())
}

/// The wait before attempt `nth + 1`, in ms, spread by a fifth so that entries do not march in
/// step; `None` past the end of the table.
pub fn back_off_ms(nth: u32, id: i64) -> Option<i64> {
    let wait_ms = *BACK_OFF_MS.get(nth.saturating_sub(1) as usize)?;
    let spread = (id.wrapping_mul(7_919).wrapping_add(i64::from(nth) * 104_729)).rem_euclid(41);
    Some(wait_ms * (80 + spread) / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_off_grows_and_ends() {
        for id in [1, 2, 77, 100_000] {
            let waits: Vec<i64> = (1..=6).filter_map(|nth| back_off_ms(nth, id)).collect();
            assert_eq!(waits.len(), 6);
            assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
            for (wait, table) in waits.iter().zip(BACK_OFF_MS) {
                assert!((table * 8 / 10..=table * 12 / 10).contains(wait));
            }
            assert_eq!(back_off_ms(7, id), None);
        }
    }
}
