//! When carriers expect parcels to arrive, as they said last. The only writer of the table
//! `track_eta`; each function runs in its caller's transaction.

use crate::{carrier::offers::Eta, db::DbError, view::EtaView};
use rusqlite::{Connection, OptionalExtension, params};

/// How an estimate came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By a question.
    Asked,
    /// By itself, or by the wish to be told from now on.
    Told,
}

/// Keeps an estimate that is no older than the one that is known. `eta` may be nothing: the carrier
/// will tell it. A number that the account does not follow is left alone.
///
/// # Errors
/// SQL errors.
pub fn keep(
    db: &Connection,
    (account, no): (&str, &str),
    eta: Option<&Eta>,
    at_ms: i64,
    by: By,
) -> Result<(), DbError> {
    let words = eta.map_or("", |eta| eta.when.as_str());
    let hours = eta.and_then(|eta| eta.hours);
    let at_ms = eta.map(|_| at_ms);
    db.prepare_cached(
        "INSERT INTO track_eta (track_id, words, hours, at_ms, told)
         SELECT id, ?3, ?4, ?5, ?6 FROM track WHERE no = ?2 AND account = ?1
         ON CONFLICT (track_id) DO UPDATE SET
           told = max(told, excluded.told),
           words = CASE WHEN excluded.at_ms >= coalesce(at_ms, 0) THEN excluded.words
                        ELSE words END,
           hours = CASE WHEN excluded.at_ms >= coalesce(at_ms, 0) THEN excluded.hours
                        ELSE hours END,
           at_ms = max(coalesce(at_ms, excluded.at_ms), coalesce(excluded.at_ms, at_ms))",
    )?
    .execute(params![account, no, words, hours, at_ms, by == By::Told])?;
    Ok(())
}

/// What is known of a number at its account; `None`: nothing was asked of it.
///
/// # Errors
/// SQL errors.
pub fn known(db: &Connection, account: &str, no: &str) -> Result<Option<EtaView>, DbError> {
    let row = db
        .prepare_cached(
            "SELECT e.words, e.hours, e.at_ms, e.told
               FROM track t JOIN track_eta e ON e.track_id = t.id
              WHERE t.no = ?2 AND t.account = ?1",
        )?
        .query_row(params![account, no], |row| {
            let (when, hours) = (row.get(0)?, row.get(1)?);
            Ok(EtaView { when, hours, at_ms: row.get(2)?, told: row.get(3)? })
        })
        .optional()?;
    Ok(row)
}

/// Whether an account follows a number, so that what is said of it can be kept.
///
/// # Errors
/// SQL errors.
pub fn is_kept(db: &Connection, account: &str, no: &str) -> Result<bool, DbError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM track WHERE no = ?2 AND account = ?1")?
        .exists(params![account, no])?)
}
