//! After a copy of the database was put back: what may have been asked for since. And what is
//! forgotten of requests that are done.

use crate::shipment::ShipmentError;
use rusqlite::{Connection, params};

/// Orders without a time of payment may have been asked for if they were taken in again so soon
/// after the restore: a week, the longest that files are imported late.
const UNDATED_MS: i64 = 7 * 86_400_000;

/// Notes the moment, and that every open request may have arrived.
///
/// # Errors
/// SQL errors.
pub fn restored(db: &Connection, now_ms: i64) -> Result<(), ShipmentError> {
    db.execute("INSERT OR REPLACE INTO meta VALUES ('restored_at_ms', ?1)", [now_ms.to_string()])?;
    db.execute("UPDATE outbox SET doubt = 1, lease_until_ms = NULL WHERE done_at_ms IS NULL", [])?;
    Ok(())
}

/// Whether a shipment's first request may have been made already, by a database that is gone: its
/// order is from before the restore, and this is its first request since.
///
/// # Errors
/// SQL errors.
pub(super) fn may_be_known(db: &Connection, shipment_id: i64) -> Result<bool, ShipmentError> {
    let may = db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM meta m, shipment s JOIN orders o ON o.id = s.order_id
               WHERE m.key = 'restored_at_ms' AND s.id = ?1
                 AND min(o.imported_at_ms, coalesce(o.paid_at_ms, o.imported_at_ms - ?2))
                     < CAST(m.value AS INTEGER)
                 AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.shipment_id = s.id
                       AND b.kind = 'create_waybill' AND b.done_at_ms >= CAST(m.value AS INTEGER)))",
        )?
        .query_row(params![shipment_id, UNDATED_MS], |row| row.get(0))?;
    Ok(may)
}

/// Takes what was sent and said out of a shipment's requests that are done.
///
/// # Errors
/// SQL errors.
pub fn blank(db: &Connection, shipment_id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE outbox SET body = '', label = '', last_error = NULL
          WHERE shipment_id = ?1 AND done_at_ms IS NOT NULL",
    )?
    .execute([shipment_id])?;
    Ok(())
}
