//! What of its numbers the shops were told: the only writer of `untold`, `telling`, `told` and
//! `stale` besides the schema's triggers. A row is an order and the number it travels under; orders
//! that go together have a row each.

mod rows;

pub use rows::{
    Line, Stale, Telling, Untold, children, get, last, lines, of_shipment, owed, recent, stale,
    untold, written,
};

use super::{ShipmentError, tell};
use rusqlite::{Connection, params};

/// Rows of one file. Shops take some thousands at most; what is left waits for the next one.
pub const ROWS_MAX: u32 = 10_000;

/// Since when a number may be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ready {
    /// The carrier issued it.
    Number,
    /// Its label came out.
    #[default]
    Printed,
    /// Its driver's manifest is signed, or the carrier has seen it.
    HandedOver,
}

impl Ready {
    /// Which rows of `untold u` are ready.
    fn sql(self) -> &'static str {
        match self {
            Self::Number => "u.ready >= 0",
            Self::Printed => "u.ready = 1",
            Self::HandedOver => {
                "u.ready = 1 AND (
                   EXISTS (SELECT 1 FROM manifest_parcel p JOIN manifest f ON f.id = p.manifest_id
                            WHERE p.waybill_id = u.waybill_id AND f.closed_at_ms IS NOT NULL)
                   OR EXISTS (SELECT 1 FROM track k WHERE k.waybill_id = u.waybill_id
                                 AND k.stage NOT IN ('announced', 'cancelled', 'other')))"
            }
        }
    }
}

/// Notes a new number as one that is to be told, for each order that travels under it. What comes
/// back to us is no shop's business.
///
/// # Errors
/// SQL errors.
pub(super) fn issued(db: &Connection, waybill_id: i64, id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "WITH RECURSIVE goes(id) AS (
           SELECT ?2 UNION SELECT s.id FROM shipment s JOIN goes g ON s.into_id = g.id)
         INSERT INTO untold (waybill_id, shipment_id, shop, issued_at_ms, ready)
         SELECT w.id, iif(sum(s.id = ?2) > 0, ?2, min(s.id)), o.shop, w.issued_at_ms, 0
           FROM goes JOIN shipment s ON s.id = goes.id JOIN orders o ON o.id = s.order_id
           JOIN waybill w ON w.id = ?1
          WHERE s.back IS NULL
          GROUP BY o.id",
    )?
    .execute([waybill_id, id])?;
    Ok(())
}

/// Chooses what a shop is told next and owes it a file; `None`: nothing is ready.
///
/// # Errors
/// SQL errors.
pub fn choose(
    db: &Connection,
    (shop, when): (&str, Ready),
    (path, by_itself): (&str, bool),
    now_ms: i64,
) -> Result<Option<i64>, ShipmentError> {
    db.prepare_cached(
        "INSERT INTO telling (at_ms, shop, way, path, n, by_itself, operator)
         VALUES (?1, ?2, 'file', ?3, 0, ?4,
                 iif(?4, '', coalesce((SELECT value FROM meta WHERE key = 'seat'), '')))",
    )?
    .execute(params![now_ms, shop, path, by_itself])?;
    let id = db.last_insert_rowid();
    let sql = format!(
        "INSERT INTO told (telling_id, waybill_id, shipment_id)
         SELECT ?1, u.waybill_id, u.shipment_id FROM untold u WHERE u.shop = ?2 AND {}
          ORDER BY u.waybill_id LIMIT ?3",
        when.sql()
    );
    let n = db.prepare_cached(&sql)?.execute(params![id, shop, ROWS_MAX])?;
    if n == 0 {
        db.prepare_cached("DELETE FROM telling WHERE id = ?1")?.execute([id])?;
        return Ok(None);
    }
    db.prepare_cached(
        "DELETE FROM untold WHERE (waybill_id, shipment_id) IN
           (SELECT waybill_id, shipment_id FROM told WHERE telling_id = ?1)",
    )?
    .execute([id])?;
    Ok(Some(id))
}

/// Leaves out of an owed file what was taken back since; how many rows are left. A file without any
/// is owed no more.
///
/// # Errors
/// SQL errors.
pub fn without_voided(db: &Connection, id: i64) -> Result<u32, ShipmentError> {
    db.prepare_cached(
        "DELETE FROM told WHERE telling_id = ?1 AND waybill_id IN
           (SELECT w.id FROM waybill w JOIN told t ON t.waybill_id = w.id
             WHERE t.telling_id = ?1 AND w.voided_at_ms IS NOT NULL)",
    )?
    .execute([id])?;
    let left: u32 = db
        .prepare_cached("SELECT count(*) FROM told WHERE telling_id = ?1")?
        .query_row([id], |row| row.get(0))?;
    if left == 0 {
        db.prepare_cached("DELETE FROM telling WHERE id = ?1")?.execute([id])?;
    }
    Ok(left)
}

/// Its file is there, of so many rows: the orders' histories say so.
///
/// # Errors
/// SQL errors.
pub fn done(
    db: &Connection,
    id: i64,
    (n, name): (u32, &str),
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let changed = db
        .prepare_cached(
            "UPDATE telling SET done_at_ms = ?2, n = ?3 WHERE id = ?1 AND done_at_ms IS NULL",
        )?
        .execute(params![id, now_ms, n])?;
    if changed > 0 {
        for shipment_id in shipments(db, id)? {
            tell(db, shipment_id, "told_shop", name, now_ms)?;
        }
    }
    Ok(())
}

/// It was written once more.
///
/// # Errors
/// SQL errors.
pub fn copied(db: &Connection, id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached("UPDATE telling SET copies = copies + 1 WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// The shop did not take it: its numbers, as far as they live, are to be told again. Whether there
/// was anything to put back.
///
/// # Errors
/// SQL errors.
pub fn put_back(db: &Connection, id: i64, name: &str, now_ms: i64) -> Result<bool, ShipmentError> {
    let changed = db
        .prepare_cached("UPDATE telling SET back_at_ms = ?2 WHERE id = ?1 AND back_at_ms IS NULL")?
        .execute(params![id, now_ms])?;
    if changed == 0 {
        return Ok(false);
    }
    db.prepare_cached(
        "INSERT OR IGNORE INTO untold (waybill_id, shipment_id, shop, issued_at_ms, ready)
         SELECT w.id, t.shipment_id, o.shop, w.issued_at_ms,
                CASE s.state WHEN 'printed' THEN 1 WHEN 'waybilled' THEN 0 ELSE -1 END
           FROM told t JOIN waybill w ON w.id = t.waybill_id
           JOIN shipment s ON s.id = w.shipment_id
           JOIN shipment m ON m.id = t.shipment_id JOIN orders o ON o.id = m.order_id
          WHERE t.telling_id = ?1 AND w.voided_at_ms IS NULL",
    )?
    .execute([id])?;
    let done: bool = db
        .prepare_cached("SELECT done_at_ms IS NOT NULL FROM telling WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    for shipment_id in shipments(db, id)?.into_iter().filter(|_| done) {
        tell(db, shipment_id, "told_back", name, now_ms)?;
    }
    Ok(true)
}

/// A person put an old number right in the shop; whether it was one.
///
/// # Errors
/// SQL errors.
pub fn settle(
    db: &Connection,
    shipment_id: i64,
    no: &str,
    now_ms: i64,
) -> Result<bool, ShipmentError> {
    let changed = db
        .prepare_cached(
            "UPDATE stale SET settled_at_ms = ?3
              WHERE shipment_id = ?1 AND settled_at_ms IS NULL
                AND waybill_id IN (SELECT id FROM waybill WHERE no = ?2)",
        )?
        .execute(params![shipment_id, no, now_ms])?;
    if changed > 0 {
        tell(db, shipment_id, "told_settled", no, now_ms)?;
    }
    Ok(changed > 0)
}

fn shipments(db: &Connection, id: i64) -> Result<Vec<i64>, ShipmentError> {
    let found: Result<Vec<i64>, _> = db
        .prepare_cached("SELECT shipment_id FROM told WHERE telling_id = ?1")?
        .query_map([id], |row| row.get(0))?
        .collect();
    Ok(found?)
}
