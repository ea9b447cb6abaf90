//! A selection that is shipped at one go: progress, pause, stop. The only writer of `batch`.

use crate::{
    outbox,
    print::job,
    shipment::{self, Event, ShipmentError},
    view::BatchView,
};
use rusqlite::{Connection, OptionalExtension, params};

/// The window over which labels a minute are counted.
const RATE_WINDOW_MS: i64 = 60_000;
/// The shortest time from which a rate is told.
const RATE_WINDOW_MIN_MS: i64 = 2_000;

/// Opens a batch; it is filled in chunks and then sealed.
///
/// # Errors
/// SQL errors.
pub fn open(db: &Connection, print: bool, now_ms: i64) -> Result<i64, ShipmentError> {
    db.prepare_cached("INSERT INTO batch (created_at_ms, print) VALUES (?1, ?2)")?
        .execute(params![now_ms, print])?;
    Ok(db.last_insert_rowid())
}

/// Adds a shipment at a place.
///
/// # Errors
/// SQL errors.
pub fn add(db: &Connection, id: i64, position: u32, shipment_id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "INSERT INTO batch_item (batch_id, position, shipment_id) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![id, position, shipment_id])?;
    Ok(())
}

/// Nothing more comes in.
///
/// # Errors
/// SQL errors.
pub fn seal(db: &Connection, id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached("UPDATE batch SET sealed = 1 WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// At start: a batch that was being filled when the program died stays as far as it got.
///
/// # Errors
/// SQL errors.
pub fn recover(db: &Connection) -> Result<(), ShipmentError> {
    db.execute("UPDATE batch SET sealed = 1 WHERE sealed = 0", [])?;
    Ok(())
}

/// Pauses or goes on. What is under way at a carrier or printer is finished.
///
/// # Errors
/// SQL errors.
pub fn set_paused(db: &Connection, id: i64, paused: bool) -> Result<(), ShipmentError> {
    db.prepare_cached("UPDATE batch SET paused = ?2 WHERE id = ?1")?
        .execute(params![id, paused])?;
    Ok(())
}

/// Stops: what no carrier has heard of goes back to the waiting orders, labels not yet sent are
/// withdrawn; what is under way is finished and kept.
///
/// # Errors
/// SQL errors.
pub fn stop(db: &Connection, id: i64, now_ms: i64) -> Result<(), ShipmentError> {
    for shipment_id in outbox::withdraw(db, id)? {
        shipment::advance(db, shipment_id, Event::Withdrawn, "stopped", "", now_ms)?;
        db.prepare_cached(
            "UPDATE batch_item SET stopped = 1 WHERE batch_id = ?1 AND shipment_id = ?2",
        )?
        .execute(params![id, shipment_id])?;
    }
    // Entries already tried go on until their outcome is known, but print nothing by themselves.
    db.prepare_cached(
        "UPDATE outbox SET print_on = NULL WHERE batch_id = ?1 AND done_at_ms IS NULL",
    )?
    .execute([id])?;
    job::withdraw(db, id, now_ms)?;
    db.prepare_cached("UPDATE batch SET paused = 0, closed_at_ms = ?2 WHERE id = ?1")?
        .execute(params![id, now_ms])?;
    Ok(())
}

/// The batch that is in sight: of those not finished a paused one first, which waits for a person;
/// then the newest of several orders, so that a single one that overtakes does not hide it.
///
/// # Errors
/// SQL errors.
pub fn live(db: &Connection) -> Result<Option<i64>, ShipmentError> {
    Ok(db
        .prepare_cached(
            "SELECT b.id FROM batch b WHERE b.closed_at_ms IS NULL
              ORDER BY b.paused DESC,
                       (SELECT count(*) FROM (SELECT 1 FROM batch_item i
                                               WHERE i.batch_id = b.id LIMIT 2)) DESC,
                       b.id DESC
              LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// How far a batch is.
///
/// # Errors
/// SQL errors.
pub fn view(db: &Connection, id: i64, now_ms: i64) -> Result<BatchView, ShipmentError> {
    let (print, paused, created_at_ms): (bool, bool, i64) = db
        .prepare_cached("SELECT print, paused, created_at_ms FROM batch WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let (total, numbered, printed, attention, stopped): (u32, u32, u32, u32, u32) = db
        .prepare_cached(
            "SELECT count(*), coalesce(sum(s.state IN ('waybilled', 'printed', 'voiding')), 0),
                    coalesce(sum(s.state = 'printed'), 0), coalesce(sum(s.tab = 'attention'), 0),
                    coalesce(sum(i.stopped), 0)
               FROM batch_item i JOIN shipment s ON s.id = i.shipment_id
              WHERE i.batch_id = ?1",
        )?
        .query_row([id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
    let done = if print { printed } else { numbered };
    // A young batch is measured over its own age, or it would seem slower than it is.
    let window_ms = (now_ms - created_at_ms).clamp(RATE_WINDOW_MIN_MS, RATE_WINDOW_MS);
    let moved: i64 = db
        .prepare_cached(
            "SELECT count(*) FROM shipment_event e JOIN batch_item i
                 ON i.batch_id = ?1 AND i.shipment_id = e.shipment_id
              WHERE e.seq > (SELECT coalesce(max(seq), 0) - 20000 FROM shipment_event)
                AND e.at_ms > ?2 AND e.event = ?3",
        )?
        .query_row(
            params![id, now_ms - window_ms, if print { "printed" } else { "issued" }],
            |row| row.get(0),
        )?;
    let per_minute = u32::try_from(moved * RATE_WINDOW_MS / window_ms).unwrap_or(u32::MAX);
    let left = i64::from(total.saturating_sub(done + attention + stopped));
    let left_ms = (per_minute > 0).then(|| left * 60_000 / i64::from(per_minute));
    Ok(BatchView { id, total, numbered, done, attention, stopped, paused, per_minute, left_ms })
}

/// How many numbers of a batch each account still owes.
///
/// # Errors
/// SQL errors.
pub fn owed(db: &Connection, id: i64) -> Result<Vec<(String, u32)>, ShipmentError> {
    let found: Result<Vec<_>, _> = db
        .prepare_cached(
            "SELECT account, count(*) FROM outbox
              WHERE batch_id = ?1 AND done_at_ms IS NULL AND parked = 0 GROUP BY account",
        )?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect();
    Ok(found?)
}

/// Closes a sealed batch in which nothing moves by itself any more. Returns whether it did.
///
/// # Errors
/// SQL errors.
pub fn close_if_done(db: &Connection, id: i64, now_ms: i64) -> Result<bool, ShipmentError> {
    // Two questions about labels, because each has its own small index.
    let sql = format!(
        "UPDATE batch SET closed_at_ms = ?2
          WHERE id = ?1 AND closed_at_ms IS NULL AND sealed = 1
            AND NOT EXISTS (SELECT 1 FROM outbox WHERE batch_id = ?1
                             AND done_at_ms IS NULL AND parked = 0)
            AND NOT EXISTS (SELECT 1 FROM print_job WHERE batch_id = ?1 AND state = 'spooled')
            AND NOT EXISTS (SELECT 1 FROM print_job WHERE batch_id = ?1
                             AND {} AND state <> 'unknown')",
        job::OPEN
    );
    let rows = db.prepare_cached(&sql)?.execute(params![id, now_ms])?;
    Ok(rows == 1)
}
