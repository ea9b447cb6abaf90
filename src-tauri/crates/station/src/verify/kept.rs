//! Counts as rows: the only writer of `verification` and `verified_item`.

use crate::shipment::ShipmentError;
use rusqlite::{Connection, OptionalExtension, params};

/// How far the count of an order is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stand {
    /// Somebody began it.
    pub begun: bool,
    /// All was in, or a person let it pass.
    pub done: bool,
}

/// How far the count of a shipment is.
///
/// # Errors
/// SQL errors.
pub fn stand(db: &Connection, shipment_id: i64) -> Result<Stand, ShipmentError> {
    let done: Option<bool> = db
        .prepare_cached("SELECT done_at_ms IS NOT NULL FROM verification WHERE shipment_id = ?1")?
        .query_row([shipment_id], |row| row.get(0))
        .optional()?;
    Ok(Stand { begun: done.is_some(), done: done.unwrap_or(false) })
}

/// The pieces of each line that were counted; lines without any are not told.
///
/// # Errors
/// SQL errors.
pub fn counted(db: &Connection, shipment_id: i64) -> Result<Vec<(u32, u32)>, ShipmentError> {
    let found: Result<Vec<_>, _> = db
        .prepare_cached("SELECT line, counted FROM verified_item WHERE shipment_id = ?1")?
        .query_map([shipment_id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect();
    Ok(found?)
}

/// Begins a count, if it is not begun.
///
/// # Errors
/// SQL errors.
pub fn begin(db: &Connection, shipment_id: i64, now_ms: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "INSERT INTO verification (shipment_id, begun_at_ms) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?
    .execute([shipment_id, now_ms])?;
    Ok(())
}

/// Keeps how many pieces of a line are in.
///
/// # Errors
/// SQL errors.
pub fn set(
    db: &Connection,
    shipment_id: i64,
    line: u32,
    counted: u32,
) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "INSERT INTO verified_item (shipment_id, line, counted) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET counted = excluded.counted",
    )?
    .execute(params![shipment_id, line, counted])?;
    Ok(())
}

/// Ends a count; `why` is not empty if a person let it pass.
///
/// # Errors
/// SQL errors.
pub fn end(db: &Connection, shipment_id: i64, why: &str, now_ms: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE verification SET done_at_ms = ?2, why = ?3
          WHERE shipment_id = ?1 AND done_at_ms IS NULL",
    )?
    .execute(params![shipment_id, now_ms, why])?;
    Ok(())
}

/// Takes out what a person typed: why a count was let pass.
///
/// # Errors
/// SQL errors.
pub fn blank(db: &Connection, shipment_id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached("UPDATE verification SET why = '' WHERE shipment_id = ?1 AND why <> ''")?
        .execute([shipment_id])?;
    Ok(())
}
