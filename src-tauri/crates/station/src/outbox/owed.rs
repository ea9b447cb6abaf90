//! How much is still owed through an account.

use crate::shipment::ShipmentError;
use rusqlite::Connection;

/// Entries of an account that are not done, those that wait for a person too.
///
/// # Errors
/// SQL errors.
pub fn owed_by(db: &Connection, account: &str) -> Result<u32, ShipmentError> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM outbox WHERE account = ?1 AND done_at_ms IS NULL")?
        .query_row([account], |row| row.get(0))?)
}
