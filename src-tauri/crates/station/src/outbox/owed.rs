//! How much is still owed through an account, and what of it waits for want of numbers.

use crate::shipment::ShipmentError;
use rusqlite::{Connection, params};

/// Entries of an account that are not done, those that wait for a person too.
///
/// # Errors
/// SQL errors.
pub fn owed_by(db: &Connection, account: &str) -> Result<u32, ShipmentError> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM outbox WHERE account = ?1 AND done_at_ms IS NULL")?
        .query_row([account], |row| row.get(0))?)
}

/// Requests that need more numbers than there are say so: labels behind them need not wait.
///
/// # Errors
/// SQL errors.
pub fn short(db: &Connection, account: &str, room: u32) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE outbox SET last_error = 'fewer numbers than parcels'
          WHERE account = ?1 AND done_at_ms IS NULL AND kind = 'create_waybill' AND doubt = 0
            AND last_error IS NULL AND coalesce(json_extract(label, '$.parcels'), 1) > ?2",
    )?
    .execute(params![account, room])?;
    Ok(())
}
