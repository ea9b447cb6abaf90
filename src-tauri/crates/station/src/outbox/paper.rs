//! Which printer the first label of a number to come goes to, and which labels wait for it.

use crate::shipment::ShipmentError;
use rusqlite::{Connection, OptionalExtension, params};

/// The printer of the label that a shipment's open entry will bring; `None` if it brings none.
///
/// # Errors
/// SQL errors.
pub fn print_on(db: &Connection, shipment_id: i64) -> Result<Option<String>, ShipmentError> {
    let found = db
        .prepare_cached(
            "SELECT print_on FROM outbox WHERE shipment_id = ?1 AND done_at_ms IS NULL",
        )?
        .query_row([shipment_id], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

/// The shipments whose labels are to come out of a printer once their carrier has answered.
///
/// # Errors
/// SQL errors.
pub fn to_come(db: &Connection, printer: &str) -> Result<Vec<i64>, ShipmentError> {
    let ids: Result<Vec<i64>, _> = db
        .prepare_cached(
            "SELECT shipment_id FROM outbox WHERE done_at_ms IS NULL AND print_on = ?1",
        )?
        .query_map([printer], |row| row.get(0))?
        .collect();
    Ok(ids?)
}

/// A label to come for one printer shall come out on another; whether it was still to come.
///
/// # Errors
/// SQL errors.
pub fn divert(db: &Connection, id: i64, from: &str, to: &str) -> Result<bool, ShipmentError> {
    let sql = "UPDATE outbox SET print_on = ?3
                WHERE shipment_id = ?1 AND print_on = ?2 AND done_at_ms IS NULL";
    Ok(db.prepare_cached(sql)?.execute(params![id, from, to])? == 1)
}

/// At start: labels to come for a printer that the settings no longer have come nowhere by
/// themselves; their orders wait with their numbers for somebody to print them.
///
/// # Errors
/// SQL errors.
pub fn without_printer(db: &Connection, printers: &[String]) -> Result<(), ShipmentError> {
    let sql = "SELECT DISTINCT print_on FROM outbox
                WHERE done_at_ms IS NULL AND print_on IS NOT NULL";
    let named: Result<Vec<String>, _> = db.prepare(sql)?.query_map([], |row| row.get(0))?.collect();
    for printer in named?.iter().filter(|printer| !printers.contains(printer)) {
        let sql = "UPDATE outbox SET print_on = NULL WHERE print_on = ?1 AND done_at_ms IS NULL";
        db.execute(sql, [printer])?;
    }
    Ok(())
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
