//! The rows of applications. The only writer of the table `application`; each function runs in its
//! caller's transaction. Passwords never come here, only their places.

use crate::{db::DbError, view::ApplicationState};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One application as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Row.
    pub id: i64,
    /// The account.
    pub account: String,
    /// The carrier behind it.
    pub shipper: String,
    /// The outlet's code.
    pub station_code: String,
    /// The outlet's name.
    pub station_name: String,
    /// How far it is.
    pub state: ApplicationState,
    /// Nobody here asked for it.
    pub stray: bool,
    /// The carrier's key; may be empty.
    pub apply_code: String,
    /// The carrier's words.
    pub said: String,
    /// The number; may be empty.
    pub customer_name: String,
    /// The password's place; may be empty.
    pub secret: String,
    /// When it was asked for, ms UTC.
    pub asked_at_ms: i64,
    /// When it came so far, ms UTC.
    pub changed_at_ms: i64,
}

/// An application to be made, or one that a push told of.
#[derive(Debug)]
pub struct New<'a> {
    /// The account.
    pub account: &'a str,
    /// The carrier behind it.
    pub shipper: &'a str,
    /// The outlet's code.
    pub station_code: &'a str,
    /// The outlet's name.
    pub station_name: &'a str,
    /// The exact text; empty: a stray.
    pub body: &'a str,
}

/// What a push said, with the password kept already.
#[derive(Debug)]
pub enum Told<'a> {
    /// Number and place of its password.
    Granted(&'a str, &'a str),
    /// The carrier's words.
    Refused(&'a str),
}

const COLUMNS: &str = "id, account, shipper, station_code, station_name, state, stray, apply_code,
    said, customer_name, secret, asked_at_ms, changed_at_ms";

/// Keeps one that is to be sent, or a stray.
///
/// # Errors
/// SQL errors.
pub fn insert(db: &Connection, new: &New<'_>, now_ms: i64) -> Result<i64, DbError> {
    db.prepare_cached(
        "INSERT INTO application (account, shipper, station_code, station_name, body, state, stray,
                                  asked_at_ms, changed_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, 'asked', ?5 = '', ?6, ?6)",
    )?
    .execute(params![
        new.account,
        new.shipper,
        new.station_code,
        new.station_name,
        new.body,
        now_ms
    ])?;
    Ok(db.last_insert_rowid())
}

/// From here on it may arrive.
///
/// # Errors
/// SQL errors.
pub fn leaves(db: &Connection, id: i64) -> Result<(), DbError> {
    db.prepare_cached("UPDATE application SET sent = 1 WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// What the answer was, unless a push has settled it, or a person put it aside.
///
/// # Errors
/// SQL errors.
pub fn answered(
    db: &Connection,
    id: i64,
    state: ApplicationState,
    (apply_code, said): (&str, &str),
    now_ms: i64,
) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE application SET state = ?2, said = ?3, changed_at_ms = ?4
          WHERE id = ?1 AND state IN ('asked', 'unknown')",
    )?
    .execute(params![id, word(state), said, now_ms])?;
    db.prepare_cached("UPDATE application SET apply_code = ?2 WHERE id = ?1 AND apply_code = ''")?
        .execute(params![id, apply_code])?;
    Ok(())
}

/// What a push said.
///
/// # Errors
/// SQL errors.
pub fn told(
    db: &Connection,
    id: i64,
    apply_code: &str,
    told: &Told<'_>,
    now_ms: i64,
) -> Result<(), DbError> {
    let (state, name, secret, said) = match *told {
        Told::Granted(name, secret) => (ApplicationState::Granted, name, secret, ""),
        Told::Refused(said) => (ApplicationState::Refused, "", "", said),
    };
    db.prepare_cached(
        "UPDATE application SET state = ?2, customer_name = ?3, secret = ?4, said = ?5,
                apply_code = iif(?6 = '', apply_code, ?6), changed_at_ms = ?7
          WHERE id = ?1",
    )?
    .execute(params![id, word(state), name, secret, said, apply_code, now_ms])?;
    Ok(())
}

/// A person put it aside, or its number stands in the settings.
///
/// # Errors
/// SQL errors.
pub fn ended(
    db: &Connection,
    id: i64,
    state: ApplicationState,
    now_ms: i64,
) -> Result<(), DbError> {
    db.prepare_cached(
        "UPDATE application SET state = ?2, changed_at_ms = ?3,
                secret = iif(?2 = 'dropped', '', secret) WHERE id = ?1",
    )?
    .execute(params![id, word(state), now_ms])?;
    Ok(())
}

/// At start: what was being sent when the program died may have arrived; what was only kept has
/// not left.
///
/// # Errors
/// SQL errors.
pub fn recover(db: &Connection, now_ms: i64) -> Result<usize, DbError> {
    Ok(db.execute(
        "UPDATE application SET state = iif(sent, 'unknown', 'unsent'), changed_at_ms = ?1
          WHERE state = 'asked'",
        [now_ms],
    )?)
}

/// One by its row.
///
/// # Errors
/// SQL errors.
pub fn get(db: &Connection, id: i64) -> Result<Option<Application>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM application WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

/// All of them, the newest first.
///
/// # Errors
/// SQL errors.
pub fn all(db: &Connection) -> Result<Vec<Application>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM application ORDER BY id DESC");
    let rows: Result<_, _> = db.prepare_cached(&sql)?.query_map([], read)?.collect();
    Ok(rows?)
}

/// The places of all passwords, a line each.
///
/// # Errors
/// SQL errors.
pub fn secrets(db: &Connection) -> Result<Vec<String>, DbError> {
    let rows: Result<_, _> = db
        .prepare_cached("SELECT secret FROM application WHERE secret <> ''")?
        .query_map([], |row| row.get(0))?
        .collect();
    Ok(rows?)
}

/// Whether the carrier may still say something of it.
pub fn is_open(state: ApplicationState) -> bool {
    use ApplicationState as S;
    match state {
        S::Asked | S::Accepted | S::Unknown => true,
        S::Unsent | S::Refused | S::Granted | S::Taken | S::Dropped => false,
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Application> {
    let state: String = row.get(5)?;
    let state = ApplicationState::ALL.into_iter().find(|known| word(*known) == state);
    Ok(Application {
        id: row.get(0)?,
        account: row.get(1)?,
        shipper: row.get(2)?,
        station_code: row.get(3)?,
        station_name: row.get(4)?,
        // The table takes no other word.
        state: state.unwrap_or(ApplicationState::Unknown),
        stray: row.get(6)?,
        apply_code: row.get(7)?,
        said: row.get(8)?,
        customer_name: row.get(9)?,
        secret: row.get(10)?,
        asked_at_ms: row.get(11)?,
        changed_at_ms: row.get(12)?,
    })
}

fn word(state: ApplicationState) -> &'static str {
    use ApplicationState as S;
    match state {
        S::Asked => "asked",
        S::Unsent => "unsent",
        S::Accepted => "accepted",
        S::Refused => "refused",
        S::Unknown => "unknown",
        S::Granted => "granted",
        S::Taken => "taken",
        S::Dropped => "dropped",
    }
}
