//! The rows of couriers, read.

use crate::{
    carrier::pickup::PickupTold,
    db::DbError,
    view::{PickupState, PickupWay},
};
use rusqlite::{Connection, Row, params};

/// Every state with its word in the database.
const STATES: [(PickupState, &str); 8] = [
    (PickupState::Asked, "asked"),
    (PickupState::Booked, "booked"),
    (PickupState::Collected, "collected"),
    (PickupState::Delivered, "delivered"),
    (PickupState::Cancelled, "cancelled"),
    (PickupState::Failed, "failed"),
    (PickupState::Refused, "refused"),
    (PickupState::Unknown, "unknown"),
];

/// The word of a state.
pub(super) fn word(state: PickupState) -> &'static str {
    STATES.iter().find(|row| row.0 == state).map_or("unknown", |row| row.1)
}

/// The word of a way.
pub(super) fn way_word(way: PickupWay) -> &'static str {
    match way {
        PickupWay::Send => "send",
        PickupWay::Back => "back",
    }
}

/// A booking as it is kept.
#[derive(Debug, Clone)]
pub struct Pickup {
    /// Row.
    pub id: i64,
    /// For which shipment.
    pub shipment_id: i64,
    /// From where to where.
    pub way: PickupWay,
    /// Of which account.
    pub account: String,
    /// Our key.
    pub order_key: String,
    /// The exact text.
    pub body: String,
    /// What a label of it would show, as JSON.
    pub facts: String,
    /// How far it is.
    pub state: PickupState,
    /// Asked first, ms UTC.
    pub asked_at_ms: i64,
    /// Somebody comes from, ms UTC.
    pub from_ms: i64,
    /// Until, ms UTC.
    pub to_ms: i64,
    /// Calls for it so far.
    pub attempt: u32,
    /// Unknown outcomes in a row.
    pub unknowns: u32,
    /// An earlier booking may have arrived.
    pub doubt: bool,
    /// Why a person wants it called off.
    pub off_why: Option<String>,
    /// An earlier calling off may have arrived.
    pub off_doubt: bool,
    /// The carrier's key; may be empty.
    pub carrier_key: String,
    /// What is known of it.
    pub carrier: String,
    /// The number; may be empty.
    pub no: String,
    /// As JSON.
    pub courier: Option<String>,
    /// As JSON.
    pub fees: Option<String>,
    /// The carrier's newest word.
    pub word: String,
    /// Its newest sentence.
    pub said: String,
    /// Its number has become the shipment's.
    pub handed: bool,
}

const SELECT: &str = "SELECT id, shipment_id, way, account, order_key, body, facts, state, \
    asked_at_ms, from_ms, to_ms, attempt, unknowns, doubt, off_why, off_doubt, carrier_key, \
    carrier, no, courier, fees, word, said, handed FROM pickup";

fn pickup(row: &Row<'_>) -> Result<Pickup, rusqlite::Error> {
    let state: String = row.get(7)?;
    let way: String = row.get(2)?;
    Ok(Pickup {
        id: row.get(0)?,
        shipment_id: row.get(1)?,
        way: if way == "back" { PickupWay::Back } else { PickupWay::Send },
        account: row.get(3)?,
        order_key: row.get(4)?,
        body: row.get(5)?,
        facts: row.get(6)?,
        state: STATES.iter().find(|row| row.1 == state).map_or(PickupState::Unknown, |row| row.0),
        asked_at_ms: row.get(8)?,
        from_ms: row.get(9)?,
        to_ms: row.get(10)?,
        attempt: row.get(11)?,
        unknowns: row.get(12)?,
        doubt: row.get(13)?,
        off_why: row.get(14)?,
        off_doubt: row.get(15)?,
        carrier_key: row.get(16)?,
        carrier: row.get(17)?,
        no: row.get(18)?,
        courier: row.get(19)?,
        fees: row.get(20)?,
        word: row.get(21)?,
        said: row.get(22)?,
        handed: row.get(23)?,
    })
}

/// Rows by what stands behind the table's name.
///
/// # Errors
/// SQL errors.
pub(super) fn all(
    db: &Connection,
    rest: &str,
    of: impl rusqlite::Params,
) -> Result<Vec<Pickup>, DbError> {
    let mut statement = db.prepare_cached(&format!("{SELECT} {rest}"))?;
    let rows: Result<Vec<Pickup>, _> = statement.query_map(of, pickup)?.collect();
    Ok(rows?)
}

/// One booking.
///
/// # Errors
/// SQL errors.
pub fn get(db: &Connection, id: i64) -> Result<Option<Pickup>, DbError> {
    Ok(all(db, "WHERE id = ?1", [id])?.into_iter().next())
}

/// All of a shipment, newest first.
///
/// # Errors
/// SQL errors.
pub fn of_shipment(db: &Connection, shipment_id: i64) -> Result<Vec<Pickup>, DbError> {
    all(db, "WHERE shipment_id = ?1 ORDER BY id DESC", [shipment_id])
}

/// The newest of all, at most `most`.
///
/// # Errors
/// SQL errors.
pub fn newest(db: &Connection, most: u32) -> Result<Vec<Pickup>, DbError> {
    all(db, "ORDER BY id DESC LIMIT ?1", [most])
}

/// How many of this way a shipment ever had: the generation of the next one's key.
///
/// # Errors
/// SQL errors.
pub fn count(db: &Connection, shipment_id: i64, way: PickupWay) -> Result<u32, DbError> {
    let sql = "SELECT count(*) FROM pickup WHERE shipment_id = ?1 AND way = ?2";
    let of = params![shipment_id, way_word(way)];
    Ok(db.prepare_cached(sql)?.query_row(of, |row| row.get(0))?)
}

/// The one that is open, or may be.
///
/// # Errors
/// SQL errors.
pub fn live(db: &Connection, shipment_id: i64, way: PickupWay) -> Result<Option<Pickup>, DbError> {
    let open = "WHERE shipment_id = ?1 AND way = ?2 AND state IN ('asked', 'booked', 'unknown')";
    Ok(all(db, open, params![shipment_id, way_word(way)])?.into_iter().next())
}

/// How many are open with an account.
///
/// # Errors
/// SQL errors.
pub fn open_with(db: &Connection, account: &str) -> Result<u32, DbError> {
    let sql = "SELECT count(*) FROM pickup WHERE account = ?1 \
               AND state IN ('asked', 'booked', 'unknown')";
    Ok(db.prepare_cached(sql)?.query_row([account], |row| row.get(0))?)
}

/// When the next of an account is due, ms UTC.
///
/// # Errors
/// SQL errors.
pub fn next_due_ms(db: &Connection, account: &str) -> Result<Option<i64>, DbError> {
    let sql = "SELECT min(max(due_at_ms, coalesce(lease_until_ms, 0))) FROM pickup \
               WHERE account = ?1 AND due_at_ms IS NOT NULL";
    Ok(db.prepare_cached(sql)?.query_row([account], |row| row.get(0))?)
}

/// The booking a line is about.
///
/// # Errors
/// SQL errors.
pub fn named(db: &Connection, told: &PickupTold) -> Result<Option<Pickup>, DbError> {
    let newest = |by: &str, key: &str| {
        let key = Some(key).filter(|key| !key.is_empty());
        let by = format!("WHERE {by} = ?1 ORDER BY id DESC LIMIT 1");
        Ok::<_, DbError>(all(db, &by, [key])?.into_iter().next())
    };
    match newest("order_key", &told.order_key)? {
        None => newest("carrier_key", &told.carrier_key),
        found => Ok(found),
    }
}

/// All that was said of a booking.
///
/// # Errors
/// SQL errors.
pub fn lines(db: &Connection, id: i64) -> Result<Vec<PickupTold>, DbError> {
    let mut statement = db.prepare_cached("SELECT told FROM pickup_event WHERE pickup_id = ?1")?;
    let rows: Result<Vec<String>, _> = statement.query_map([id], |row| row.get(0))?.collect();
    // A line of a version to come that cannot be read is no line of ours.
    Ok(rows?.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
}
