//! The rows of messages. The only writer of the table `message`; each function runs in its caller's
//! transaction.

use crate::{
    db::DbError,
    view::{SmsState, SmsView},
};
use rusqlite::{Connection, Row, params};

/// Every state with its word in the database.
const STATES: [(SmsState, &str); 5] = [
    (SmsState::Asked, "asked"),
    (SmsState::Sent, "sent"),
    (SmsState::Refused, "refused"),
    (SmsState::Unknown, "unknown"),
    (SmsState::Withdrawn, "withdrawn"),
];

/// Why nobody knows, where the program ended in the middle.
const DIED: &str = "the program ended before the answer";
const LATE: &str = "the answer was not recorded";
const RESTORED: &str = "a copy of the database was put back";

/// A message that is to be kept.
pub struct New<'a> {
    /// For which shipment.
    pub shipment_id: i64,
    /// Of which number.
    pub waybill_id: i64,
    /// By which account.
    pub account: &'a str,
    /// By which template.
    pub template: u32,
    /// The exact text.
    pub body: &'a str,
}

/// A message that is to be sent.
#[derive(Debug, Clone)]
pub struct Due {
    /// Row.
    pub id: i64,
    /// Of which shipment.
    pub shipment_id: i64,
    /// Of which number.
    pub waybill_id: i64,
    /// The exact text.
    pub body: String,
    /// Sendings so far.
    pub attempt: u32,
}

fn word(state: SmsState) -> &'static str {
    STATES.iter().find(|row| row.0 == state).map_or("unknown", |row| row.1)
}

/// Keeps a message.
///
/// # Errors
/// SQL errors.
pub fn insert(db: &Connection, new: &New<'_>, now_ms: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "INSERT INTO message (shipment_id, waybill_id, account, template, body, state,
                              asked_at_ms, due_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, 'asked', ?6, ?6)",
    )?
    .execute(params![
        new.shipment_id,
        new.waybill_id,
        new.account,
        new.template,
        new.body,
        now_ms
    ])?;
    Ok(())
}

/// When the next message of an account is due, ms UTC.
///
/// # Errors
/// SQL errors.
pub fn next_due_ms(db: &Connection, account: &str) -> Result<Option<i64>, DbError> {
    let sql = "SELECT min(max(due_at_ms, coalesce(lease_until_ms, 0))) FROM message
                WHERE account = ?1 AND state = 'asked'";
    Ok(db.prepare_cached(sql)?.query_row([account], |row| row.get(0))?)
}

/// Leases the next due message of an account, oldest first. From here on a death of the program
/// leaves doubt.
///
/// # Errors
/// SQL errors.
pub fn lease(
    db: &Connection,
    account: &str,
    now_ms: i64,
    lease_ms: i64,
) -> Result<Option<Due>, DbError> {
    doubted(db, "doubt = 1 AND coalesce(lease_until_ms, 0) <= ?2", LATE, now_ms)?;
    let mut statement = db.prepare_cached(
        "SELECT id, shipment_id, waybill_id, body, attempt FROM message
          WHERE account = ?1 AND state = 'asked' AND doubt = 0 AND due_at_ms <= ?2
            AND coalesce(lease_until_ms, 0) <= ?2
          ORDER BY due_at_ms, id LIMIT 1",
    )?;
    let mut rows = statement.query(params![account, now_ms])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let due = Due {
        id: row.get(0)?,
        shipment_id: row.get(1)?,
        waybill_id: row.get(2)?,
        body: row.get(3)?,
        attempt: row.get(4)?,
    };
    db.prepare_cached(
        "UPDATE message SET doubt = 1, attempt = attempt + 1, lease_until_ms = ?2 WHERE id = ?1",
    )?
    .execute(params![due.id, now_ms + lease_ms])?;
    Ok(Some(due))
}

/// Nothing left, or nothing was done: it may go later.
///
/// # Errors
/// SQL errors.
pub fn undone(db: &Connection, id: i64, due_at_ms: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE message SET doubt = 0, lease_until_ms = NULL, due_at_ms = ?2 WHERE id = ?1",
    )?
    .execute(params![id, due_at_ms])?;
    Ok(())
}

/// What came of it. Its text is never sent again, so it goes: a phone stands in it.
///
/// # Errors
/// SQL errors.
pub fn ended(
    db: &Connection,
    id: i64,
    state: SmsState,
    (key, said): (&str, &str),
    now_ms: i64,
) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE message SET state = ?2, carrier_key = ?3, said = ?4, ended_at_ms = ?5, body = '',
                lease_until_ms = NULL, doubt = (?2 = 'unknown') WHERE id = ?1",
    )?
    .execute(params![id, word(state), key, said, now_ms])?;
    Ok(())
}

/// Messages that wait for their turn: their row, shipment and account.
///
/// # Errors
/// SQL errors.
pub fn waiting(db: &Connection) -> Result<Vec<(i64, i64, String)>, DbError> {
    let sql = "SELECT id, shipment_id, account FROM message WHERE state = 'asked'";
    let mut statement = db.prepare_cached(sql)?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let rows: Result<_, _> = statement.query_map([], read)?.collect();
    Ok(rows?)
}

/// What was being sent when the program died may have left. Those that were not begun go on.
///
/// # Errors
/// SQL errors.
pub fn recover(db: &Connection, now_ms: i64) -> Result<usize, DbError> {
    doubted(db, "doubt = 1", DIED, now_ms)
}

/// After a copy of the database was put back: what waits in it may have been sent since.
///
/// # Errors
/// SQL errors.
pub fn restored(db: &Connection, now_ms: i64) -> Result<usize, DbError> {
    // The copy may be of a program that sent none.
    let there = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'message')";
    if !db.query_row(there, [], |row| row.get(0))? {
        return Ok(0);
    }
    doubted(db, "1", RESTORED, now_ms)
}

fn doubted(db: &Connection, which: &str, why: &str, now_ms: i64) -> Result<usize, DbError> {
    let sql = format!(
        "UPDATE message SET state = 'unknown', said = ?1, ended_at_ms = ?2, body = '', doubt = 1,
                lease_until_ms = NULL WHERE state = 'asked' AND {which}"
    );
    Ok(db.execute(&sql, params![why, now_ms])?)
}

/// A person lets a doubt stand; `false`: there is none.
///
/// # Errors
/// SQL errors.
pub fn settle(db: &Connection, id: i64) -> Result<bool, DbError> {
    let rows = db
        .prepare_cached("UPDATE message SET settled = 1 WHERE id = ?1 AND state = 'unknown'")?
        .execute([id])?;
    Ok(rows > 0)
}

/// How far the messages of a shipment by a template are that count: sent, on their way, in doubt.
///
/// # Errors
/// SQL errors.
pub fn counting(
    db: &Connection,
    shipment_id: i64,
    template: u32,
) -> Result<Vec<SmsState>, DbError> {
    let mut statement = db.prepare_cached(
        "SELECT state FROM message WHERE shipment_id = ?1 AND template = ?2
            AND state IN ('asked', 'sent', 'unknown') ORDER BY id DESC",
    )?;
    let rows: Result<Vec<String>, _> =
        statement.query_map(params![shipment_id, template], |row| row.get(0))?.collect();
    Ok(rows?.iter().map(|word| state(word)).collect())
}

/// Messages of an account that wait for their turn.
///
/// # Errors
/// SQL errors.
pub fn open_with(db: &Connection, account: &str) -> Result<u32, DbError> {
    let sql = "SELECT count(*) FROM message WHERE account = ?1 AND state = 'asked'";
    Ok(db.prepare_cached(sql)?.query_row([account], |row| row.get(0))?)
}

/// Those of a shipment, newest first.
///
/// # Errors
/// SQL errors.
pub fn of_shipment(db: &Connection, shipment_id: i64) -> Result<Vec<SmsView>, DbError> {
    shown(db, "WHERE m.shipment_id = ?1 ORDER BY m.id DESC", [shipment_id])
}

/// The newest of all, at most `most`.
///
/// # Errors
/// SQL errors.
pub fn newest(db: &Connection, most: u32) -> Result<Vec<SmsView>, DbError> {
    shown(db, "ORDER BY m.id DESC LIMIT ?1", [most])
}

/// Takes what a carrier said of a person out of a shipment's messages that are over.
///
/// # Errors
/// SQL errors.
pub fn blank(db: &Connection, shipment_id: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE message SET body = '', said = '' WHERE shipment_id = ?1 AND state <> 'asked'",
    )?
    .execute([shipment_id])?;
    Ok(())
}

fn state(word: &str) -> SmsState {
    STATES.iter().find(|row| row.1 == word).map_or(SmsState::Unknown, |row| row.0)
}

fn shown(db: &Connection, rest: &str, of: impl rusqlite::Params) -> Result<Vec<SmsView>, DbError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT m.id, o.number, m.account, m.template, m.state, m.asked_at_ms, m.ended_at_ms,
                m.carrier_key, m.said, m.settled
           FROM message m JOIN shipment s ON s.id = m.shipment_id
           JOIN orders o ON o.id = s.order_id {rest}"
    ))?;
    let rows: Result<Vec<SmsView>, _> = statement.query_map(of, view)?.collect();
    Ok(rows?)
}

fn view(row: &Row<'_>) -> Result<SmsView, rusqlite::Error> {
    let word: String = row.get(4)?;
    Ok(SmsView {
        id: row.get(0)?,
        order_no: row.get(1)?,
        account: row.get(2)?,
        template: row.get(3)?,
        state: state(&word),
        asked_at_ms: row.get(5)?,
        ended_at_ms: row.get(6)?,
        key: row.get(7)?,
        said: row.get(8)?,
        settled: row.get(9)?,
    })
}
