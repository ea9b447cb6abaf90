//! The rows of couriers: asked for, leased, merged with what is said of them. The only writer of
//! the tables `pickup…`; each function runs in its caller's transaction.

use super::{
    fold::{Known, fold},
    row::{self, Pickup},
};
use crate::{
    carrier::{offers::Booked, pickup::PickupTold},
    db::DbError,
    view::{PickupState, PickupWay},
};
use rusqlite::{Connection, params};

/// A booking to be made.
#[derive(Debug)]
pub struct New<'a> {
    /// For which shipment.
    pub shipment_id: i64,
    /// From where to where.
    pub way: PickupWay,
    /// Of which account.
    pub account: &'a str,
    /// Our key.
    pub order_key: &'a str,
    /// The exact text to be sent.
    pub body: &'a str,
    /// What a label of it would show, as JSON.
    pub facts: &'a str,
    /// When somebody comes, ms UTC.
    pub from_ms: i64,
    /// Until, ms UTC.
    pub to_ms: i64,
}

/// Keeps a booking that is to be asked for.
///
/// # Errors
/// SQL errors; a shipment has one open booking a way.
pub fn insert(db: &Connection, new: &New<'_>, now_ms: i64) -> Result<i64, DbError> {
    db.prepare_cached(
        "INSERT INTO pickup (shipment_id, way, account, order_key, body, facts, state, asked_at_ms,
                             from_ms, to_ms, due_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'asked', ?7, ?8, ?9, ?7)",
    )?
    .execute(params![
        new.shipment_id,
        row::way_word(new.way),
        new.account,
        new.order_key,
        new.body,
        new.facts,
        now_ms,
        new.from_ms,
        new.to_ms
    ])?;
    Ok(db.last_insert_rowid())
}

/// Leases the next due booking of an account. From here on a death of the program leaves doubt: it
/// is in the row, and not yet in what is given back.
///
/// # Errors
/// SQL errors.
pub fn lease(
    db: &Connection,
    account: &str,
    now_ms: i64,
    lease_ms: i64,
) -> Result<Option<Pickup>, DbError> {
    let due = "WHERE account = ?1 AND due_at_ms <= ?2 AND coalesce(lease_until_ms, 0) <= ?2 \
               ORDER BY due_at_ms, id LIMIT 1";
    let Some(found) = row::all(db, due, params![account, now_ms])?.into_iter().next() else {
        return Ok(None);
    };
    db.prepare_cached(
        "UPDATE pickup SET lease_until_ms = ?2, attempt = attempt + 1,
                doubt = doubt OR state = 'asked',
                off_doubt = off_doubt OR (state <> 'asked' AND off_why IS NOT NULL)
          WHERE id = ?1",
    )?
    .execute(params![found.id, now_ms + lease_ms])?;
    Ok(Some(found))
}

/// At start: leases of a program that died are void; the doubt they left stays.
///
/// # Errors
/// SQL errors.
pub fn recover(db: &Connection) -> Result<usize, DbError> {
    Ok(db.execute("UPDATE pickup SET lease_until_ms = NULL WHERE lease_until_ms IS NOT NULL", [])?)
}

/// Nothing was done: the doubt is what it was before the call.
///
/// # Errors
/// SQL errors.
pub fn undone(db: &Connection, was: &Pickup, due_at_ms: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE pickup SET lease_until_ms = NULL, doubt = ?2, off_doubt = ?3, due_at_ms = ?4
          WHERE id = ?1",
    )?
    .execute(params![was.id, was.doubt, was.off_doubt, due_at_ms])?;
    Ok(())
}

/// Nobody knows: asked again at `due_at_ms`.
///
/// # Errors
/// SQL errors.
pub fn doubted(db: &Connection, id: i64, why: &str, due_at_ms: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE pickup SET lease_until_ms = NULL, unknowns = unknowns + 1, said = ?2,
                due_at_ms = ?3 WHERE id = ?1",
    )?
    .execute(params![id, why, due_at_ms])?;
    Ok(())
}

/// The carrier has it.
///
/// # Errors
/// SQL errors.
pub fn booked(
    db: &Connection,
    id: i64,
    answer: &Booked,
    due_at_ms: Option<i64>,
) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE pickup SET state = 'booked', lease_until_ms = NULL, unknowns = 0, said = '',
                due_at_ms = ?2,
                carrier_key = CASE WHEN ?3 = '' THEN carrier_key ELSE ?3 END,
                no = CASE WHEN ?4 = '' THEN no ELSE ?4 END
          WHERE id = ?1",
    )?
    .execute(params![id, due_at_ms, answer.carrier_key, answer.no])?;
    Ok(())
}

/// It has come to where it stays, or to where a person must decide.
///
/// # Errors
/// SQL errors.
pub fn rest(db: &Connection, id: i64, state: PickupState, said: &str) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE pickup SET state = ?2, said = CASE WHEN ?3 = '' THEN said ELSE ?3 END,
                lease_until_ms = NULL, due_at_ms = NULL WHERE id = ?1",
    )?
    .execute(params![id, row::word(state), said])?;
    Ok(())
}

/// A person wants it called off; or, with `None`, not any more.
///
/// # Errors
/// SQL errors.
pub fn wish_off(
    db: &Connection,
    id: i64,
    why: Option<&str>,
    due_at_ms: Option<i64>,
) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE pickup SET off_why = ?2, off_doubt = 0, unknowns = 0,
                state = CASE state WHEN 'unknown' THEN 'booked' ELSE state END,
                due_at_ms = ?3 WHERE id = ?1",
    )?
    .execute(params![id, why, due_at_ms])?;
    Ok(())
}

/// It is not called off after all; `said` is why.
///
/// # Errors
/// SQL errors.
pub fn stays(db: &Connection, id: i64, said: &str, due_at_ms: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE pickup SET off_why = NULL, off_doubt = 0, unknowns = 0, lease_until_ms = NULL,
                said = ?2, due_at_ms = ?3 WHERE id = ?1",
    )?
    .execute(params![id, said, due_at_ms])?;
    Ok(())
}

/// A person asks to look again: the same text, or the same calling off, once more.
///
/// # Errors
/// SQL errors.
pub fn again(db: &Connection, id: i64, now_ms: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE pickup SET unknowns = 0, due_at_ms = ?2,
                state = CASE WHEN state <> 'unknown' THEN state
                             WHEN off_why IS NULL THEN 'asked' ELSE 'booked' END
          WHERE id = ?1",
    )?
    .execute(params![id, now_ms])?;
    Ok(())
}

/// When it is asked after next; `None`: not any more.
///
/// # Errors
/// SQL errors.
pub fn next_look(db: &Connection, id: i64, due_at_ms: Option<i64>) -> Result<(), DbError> {
    db.prepare_cached("UPDATE pickup SET lease_until_ms = NULL, due_at_ms = ?2 WHERE id = ?1")?
        .execute(params![id, due_at_ms])?;
    Ok(())
}

/// Its number has become the shipment's.
///
/// # Errors
/// SQL errors.
pub fn handed(db: &Connection, id: i64) -> Result<(), DbError> {
    db.prepare_cached("UPDATE pickup SET handed = 1 WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Keeps a line and folds all of them into the row; the row as it is now, and whether the line is
/// new. A line without a time is of now, unless it says what another said.
///
/// # Errors
/// SQL errors.
pub fn put(
    db: &Connection,
    id: i64,
    told: &PickupTold,
    now_ms: i64,
) -> Result<(Known, bool), DbError> {
    let mut lines = row::lines(db, id)?;
    let timeless = |line: &PickupTold| PickupTold { at_ms: 0, ..line.clone() };
    let known = match told.at_ms {
        0 => lines.iter().any(|line| timeless(line) == *told),
        _ => lines.contains(told),
    };
    if !known {
        let at_ms = if told.at_ms == 0 { now_ms } else { told.at_ms };
        let line = PickupTold { at_ms, ..told.clone() };
        db.prepare_cached("INSERT OR IGNORE INTO pickup_event VALUES (?1, ?2, ?3)")?
            .execute(params![id, serde_json::to_string(&line)?, now_ms])?;
        lines.push(line);
    }
    let folded = fold(&lines);
    let json = |text: Option<serde_json::Result<String>>| text.transpose();
    db.prepare_cached(
        "UPDATE pickup SET carrier = ?2, word = ?3, courier = ?4, fees = ?5,
                carrier_key = CASE WHEN ?6 = '' THEN carrier_key ELSE ?6 END,
                no = CASE WHEN ?7 = '' AND carrier IN ('', ?2) THEN no ELSE ?7 END,
                said = CASE WHEN ?8 = '' THEN said ELSE ?8 END,
                from_ms = coalesce(?9, from_ms), to_ms = coalesce(?10, to_ms)
          WHERE id = ?1",
    )?
    .execute(params![
        id,
        folded.carrier,
        folded.word,
        json(folded.courier.as_ref().map(serde_json::to_string))?,
        json(folded.fees.as_ref().map(serde_json::to_string))?,
        folded.carrier_key,
        folded.no,
        folded.said,
        folded.window.map(|window| window.from_ms),
        folded.window.map(|window| window.to_ms)
    ])?;
    Ok((folded, !known))
}

/// Takes the people out of a shipment's bookings that have come to their end; `facts` is what a
/// label of nobody would show.
///
/// # Errors
/// SQL errors.
pub fn blank(db: &Connection, shipment_id: i64, facts: &str) -> Result<(), DbError> {
    db.prepare_cached(
        "DELETE FROM pickup_event WHERE pickup_id IN (SELECT id FROM pickup
           WHERE shipment_id = ?1 AND state NOT IN ('asked', 'booked', 'unknown'))",
    )?
    .execute([shipment_id])?;
    db.prepare_cached(
        "UPDATE pickup SET body = '', facts = ?2, courier = NULL, said = '', off_why = NULL
          WHERE shipment_id = ?1 AND state NOT IN ('asked', 'booked', 'unknown')",
    )?
    .execute(params![shipment_id, facts])?;
    Ok(())
}
