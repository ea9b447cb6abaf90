//! What is known of parcels, for those who look: read only.

use super::words::{stage_of, word};
use crate::{
    carrier::{
        offers::Route,
        track::{Stage, TrackEvent},
    },
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
    /// Whether its carrier told its route by itself.
    pub drawn: bool,
    /// Newest first.
    pub events: Vec<TrackEvent>,
}

/// See [`Known`]; of a row by its id.
///
/// # Errors
/// SQL errors.
pub fn known(db: &Connection, id: i64) -> Result<Known, DbError> {
    let mut known = db
        .prepare_cached(
            "SELECT stage, asked_at_ms, due_at_ms, said, route IS NOT NULL FROM track
              WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(Known {
                stage: stage_of(row.get::<_, Option<String>>(0)?.as_deref()),
                asked_at_ms: row.get(1)?,
                due_at_ms: row.get(2)?,
                said: row.get(3)?,
                drawn: row.get(4)?,
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

/// The route that was told of a number at its account: `None`, it has no row there; `Some(None)`,
/// nothing was told.
///
/// # Errors
/// SQL errors.
pub fn route(db: &Connection, account: &str, no: &str) -> Result<Option<Option<Route>>, DbError> {
    let row: Option<Option<String>> = db
        .prepare_cached("SELECT route FROM track WHERE no = ?2 AND account = ?1")?
        .query_row(params![account, no], |row| row.get(0))
        .optional()?;
    Ok(row.map(|text| text.and_then(|text| serde_json::from_str(&text).ok())))
}

/// The newest stage that was understood. What is signed for on its way back, the sender signs for:
/// some carriers have one word for both.
///
/// # Errors
/// SQL errors.
pub fn last_known(db: &Connection, id: i64) -> Result<Option<Stage>, DbError> {
    let newest = |but: Stage| -> Result<Option<Stage>, DbError> {
        let found: Option<String> = db
            .prepare_cached(
                "SELECT stage FROM track_event
                  WHERE track_id = ?1 AND stage <> 'other' AND stage <> ?2
                  ORDER BY at_ms DESC LIMIT 1",
            )?
            .query_row(params![id, word(but)], |row| row.get(0))
            .optional()?;
        Ok(stage_of(found.as_deref()))
    };
    match newest(Stage::Other)? {
        Some(Stage::Delivered) if newest(Stage::Delivered)? == Some(Stage::Returning) => {
            Ok(Some(Stage::Returned))
        }
        known => Ok(known),
    }
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
