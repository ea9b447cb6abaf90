//! Weighings as rows: the only writer of `weighing`. A parcel that is weighed again has two; the
//! last is its weight.

use crate::shipment::ShipmentError;
use rusqlite::{Connection, OptionalExtension, params};

/// One weighing.
#[derive(Debug, Clone)]
pub struct Weighing {
    /// Of which number.
    pub waybill_id: i64,
    /// Which of its parcels.
    pub part: u32,
    /// Grams.
    pub weight_g: u32,
    /// Grams it should have weighed.
    pub expected_g: Option<u32>,
    /// Where the scale is.
    pub device: String,
    /// When the scale showed it, ms UTC.
    pub at_ms: i64,
    /// Who was at the bench; empty where nobody says so.
    pub who: String,
    /// Why it was kept although it is not what was expected.
    pub why: String,
}

/// Keeps a weighing.
///
/// # Errors
/// SQL errors.
pub fn keep(db: &Connection, it: &Weighing) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "INSERT INTO weighing (waybill_id, part, weight_g, expected_g, device, at_ms, why, who)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        it.waybill_id,
        it.part,
        it.weight_g,
        it.expected_g,
        it.device,
        it.at_ms,
        it.why,
        it.who
    ])?;
    Ok(())
}

/// What a parcel weighed last, grams.
///
/// # Errors
/// SQL errors.
pub fn last(db: &Connection, waybill_id: i64, part: u32) -> Result<Option<u32>, ShipmentError> {
    Ok(db
        .prepare_cached(
            "SELECT weight_g FROM weighing WHERE waybill_id = ?1 AND part = ?2
              ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![waybill_id, part], |row| row.get(0))
        .optional()?)
}

/// Takes out what a person typed: why an odd weight was kept.
///
/// # Errors
/// SQL errors.
pub fn blank(db: &Connection, shipment_id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE weighing SET why = '' WHERE why <> ''
            AND waybill_id IN (SELECT id FROM waybill WHERE shipment_id = ?1)",
    )?
    .execute([shipment_id])?;
    Ok(())
}
