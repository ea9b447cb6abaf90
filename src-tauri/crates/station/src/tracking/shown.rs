//! What is known of parcels, for those who look: read only.

use super::words::stage_of;
use crate::{
    carrier::track::{Stage, TrackEvent},
    db::DbError,
};
use rusqlite::{Connection, OptionalExtension, params};

/// The newest of a parcel's events that are shown.
const SHOWN_MAX: u32 = 200;
/// Words that are shown of one account; a carrier's table is not longer.
const ODD_SHOWN_MAX: u32 = 100;

/// What is known of a shipment's number, and everything that happened to it, newest first.
pub struct Known {
    /// How far it is.
    pub stage: Option<Stage>,
    /// Asked last, ms UTC.
    pub asked_at_ms: Option<i64>,
    /// Asked next, ms UTC; `None`: not any more.
    pub due_at_ms: Option<i64>,
    /// Why the carrier says nothing, in its words.
    pub said: String,
    /// Newest first.
    pub events: Vec<TrackEvent>,
}

/// See [`Known`]; of a row by its id.
///
/// # Errors
/// SQL errors.
pub fn known(db: &Connection, id: i64) -> Result<Known, DbError> {
    let mut known = db
        .prepare_cached("SELECT stage, asked_at_ms, due_at_ms, said FROM track WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Known {
                stage: stage_of(row.get::<_, Option<String>>(0)?.as_deref()),
                asked_at_ms: row.get(1)?,
                due_at_ms: row.get(2)?,
                said: row.get(3)?,
                events: Vec::new(),
            })
        })?;
    let mut statement = db.prepare_cached(
        "SELECT at_ms, stage, word, text, place FROM track_event WHERE track_id = ?1
          ORDER BY at_ms DESC LIMIT ?2",
    )?;
    let events: Result<Vec<TrackEvent>, _> = statement
        .query_map(params![id, SHOWN_MAX], |row| {
            Ok(TrackEvent {
                at_ms: row.get(0)?,
                stage: stage_of(row.get::<_, Option<String>>(1)?.as_deref())
                    .unwrap_or(Stage::Other),
                word: row.get(2)?,
                text: row.get(3)?,
                place: row.get(4)?,
            })
        })?
        .collect();
    known.events = events?;
    Ok(known)
}

/// The row of a shipment's live number.
///
/// # Errors
/// SQL errors.
pub fn of_shipment(db: &Connection, shipment_id: i64) -> Result<Option<i64>, DbError> {
    Ok(db
        .prepare_cached(
            "SELECT t.id FROM track t JOIN waybill w ON w.id = t.waybill_id
              WHERE w.shipment_id = ?1 AND w.voided_at_ms IS NULL",
        )?
        .query_row([shipment_id], |row| row.get(0))
        .optional()?)
}

/// A number that came from elsewhere.
pub struct Elsewhere {
    /// Row.
    pub id: i64,
    /// The number.
    pub no: String,
    /// The account that asks after it.
    pub account: String,
    /// Whose it is, by the code there; empty: the account's own carrier's.
    pub carrier: String,
    /// Whether its carrier told of it by itself.
    pub told: bool,
}

/// Numbers that came from elsewhere, newest first.
///
/// # Errors
/// SQL errors.
pub fn of_elsewhere(db: &Connection, most: u32) -> Result<Vec<Elsewhere>, DbError> {
    let mut statement = db.prepare_cached(
        "SELECT id, no, account, carrier, told_at_ms IS NOT NULL FROM track
          WHERE waybill_id IS NULL ORDER BY id DESC LIMIT ?1",
    )?;
    let rows: Result<Vec<Elsewhere>, _> = statement
        .query_map([most], |row| {
            Ok(Elsewhere {
                id: row.get(0)?,
                no: row.get(1)?,
                account: row.get(2)?,
                carrier: row.get(3)?,
                told: row.get(4)?,
            })
        })?
        .collect();
    Ok(rows?)
}

/// Words of an account that are in no table of ours: word, how often, the first sentence with it.
///
/// # Errors
/// SQL errors.
pub fn odd_words(db: &Connection, account: &str) -> Result<Vec<(String, u32, String)>, DbError> {
    let mut statement = db.prepare_cached(
        "SELECT word, n, text FROM track_word WHERE account = ?1 ORDER BY n DESC, word LIMIT ?2",
    )?;
    let words: Result<Vec<_>, _> = statement
        .query_map(params![account, ODD_SHOWN_MAX], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect();
    Ok(words?)
}
