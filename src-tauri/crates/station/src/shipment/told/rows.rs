//! The same as it is read: what waits, what was told, the rows of a file.

use super::Ready;
use crate::db::DbError;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// How much a shop has not been told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The shop; empty for orders without one.
    pub shop: String,
    /// Rows that are ready.
    pub n: u32,
    /// When the oldest of these numbers was issued, ms UTC.
    pub oldest_at_ms: i64,
}

/// One file for one shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Row.
    pub id: i64,
    /// When its numbers were chosen, ms UTC.
    pub at_ms: i64,
    /// The shop.
    pub shop: String,
    /// The file, whole.
    pub path: String,
    /// Its rows.
    pub n: u32,
    /// Nobody pressed a key for it.
    pub by_itself: bool,
    /// Who sat at the bench.
    pub operator: String,
    /// How often it was written.
    pub copies: u32,
    /// When its file was there, ms UTC; `None`: it is owed.
    pub done_at_ms: Option<i64>,
    /// When somebody said that the shop did not take it, ms UTC.
    pub back_at_ms: Option<i64>,
}

/// A row of a file: an order and its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The shop's order number.
    pub order_no: String,
    /// The waybill's row, for its further parcels.
    pub waybill_id: i64,
    /// The number.
    pub no: String,
    /// The account that issued it.
    pub account: String,
    /// The carrier as its label names it.
    pub carrier: String,
    /// When the driver had it, else when its label came out, else when it was issued, ms UTC.
    pub shipped_at_ms: i64,
}

/// A number that a shop knows although it was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The order's shipment.
    pub shipment_id: i64,
    /// The shop.
    pub shop: String,
    /// Its order number.
    pub order_no: String,
    /// The number it knows.
    pub no: String,
    /// The one it should know; empty: there is none.
    pub new_no: String,
}

/// What each shop has not been told, the longest waiting first.
///
/// # Errors
/// SQL errors.
pub fn untold(db: &Connection, when: Ready) -> Result<Vec<Untold>, DbError> {
    let sql = format!(
        "SELECT u.shop, count(*), min(u.issued_at_ms) FROM untold u WHERE {}
          GROUP BY u.shop ORDER BY 3, 1",
        when.sql()
    );
    let found: Result<Vec<_>, _> = db
        .prepare_cached(&sql)?
        .query_map([], |row| {
            Ok(Untold { shop: row.get(0)?, n: row.get(1)?, oldest_at_ms: row.get(2)? })
        })?
        .collect();
    Ok(found?)
}

/// The numbers that shops know although they were taken back, at most so many: told in a file that
/// was taken, and nothing newer told of the same parcel.
///
/// # Errors
/// SQL errors.
pub fn stale(db: &Connection, most: u32) -> Result<Vec<Stale>, DbError> {
    let found: Result<Vec<_>, _> = db
        .prepare_cached(
            "SELECT x.shipment_id, o.shop, o.number, w.no, coalesce(
                      (SELECT n.no FROM waybill n
                        WHERE n.shipment_id = coalesce(a.into_id, a.id, s.id)
                          AND n.voided_at_ms IS NULL), '')
               FROM stale x JOIN waybill w ON w.id = x.waybill_id
               JOIN shipment s ON s.id = x.shipment_id JOIN orders o ON o.id = s.order_id
               LEFT JOIN shipment a ON a.id = coalesce(s.into_id, s.id)
              WHERE x.settled_at_ms IS NULL
                AND EXISTS (SELECT 1 FROM told t JOIN telling g ON g.id = t.telling_id
                             WHERE t.waybill_id = x.waybill_id AND t.shipment_id = x.shipment_id
                               AND g.back_at_ms IS NULL AND g.done_at_ms IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM told t JOIN telling g ON g.id = t.telling_id
                                 WHERE t.shipment_id = x.shipment_id
                                   AND t.waybill_id > x.waybill_id
                                   AND g.back_at_ms IS NULL AND g.done_at_ms IS NOT NULL)
              ORDER BY x.waybill_id, x.shipment_id LIMIT ?1",
        )?
        .query_map([most], |row| {
            Ok(Stale {
                shipment_id: row.get(0)?,
                shop: row.get(1)?,
                order_no: row.get(2)?,
                no: row.get(3)?,
                new_no: row.get(4)?,
            })
        })?
        .collect();
    Ok(found?)
}

/// The rows of a file whose numbers live, in the order of the numbers.
///
/// # Errors
/// SQL errors.
pub fn lines(db: &Connection, id: i64) -> Result<Vec<Line>, DbError> {
    let found: Result<Vec<_>, _> = db
        .prepare_cached(
            "SELECT o.number, w.id, w.no, w.account,
                    coalesce(json_extract(w.label, '$.facts.carrier_name'), ''),
                    coalesce((SELECT min(p.at_ms) FROM manifest_parcel p WHERE p.waybill_id = w.id),
                             (SELECT min(j.done_at_ms) FROM print_job j
                               WHERE j.waybill_id = w.id AND j.state = 'confirmed'),
                             w.issued_at_ms)
               FROM told t JOIN waybill w ON w.id = t.waybill_id
               JOIN shipment m ON m.id = t.shipment_id JOIN orders o ON o.id = m.order_id
              WHERE t.telling_id = ?1 AND w.voided_at_ms IS NULL
              ORDER BY w.id, o.id",
        )?
        .query_map([id], |row| {
            Ok(Line {
                order_no: row.get(0)?,
                waybill_id: row.get(1)?,
                no: row.get(2)?,
                account: row.get(3)?,
                carrier: row.get(4)?,
                shipped_at_ms: row.get(5)?,
            })
        })?
        .collect();
    Ok(found?)
}

/// The numbers of a waybill's further parcels; a slip that comes back signed is none.
///
/// # Errors
/// SQL errors.
pub fn children(db: &Connection, waybill_id: i64) -> Result<Vec<String>, DbError> {
    let found: Result<Vec<String>, _> = db
        .prepare_cached(
            "SELECT no FROM parcel WHERE waybill_id = ?1 AND kind = 'child' ORDER BY part",
        )?
        .query_map([waybill_id], |row| row.get(0))?
        .collect();
    Ok(found?)
}

const COLUMNS: &str =
    "g.id, g.at_ms, g.shop, g.path, g.n, g.by_itself, g.operator, g.copies, g.done_at_ms,
     g.back_at_ms";

fn telling(row: &Row<'_>) -> Result<Telling, rusqlite::Error> {
    Ok(Telling {
        id: row.get(0)?,
        at_ms: row.get(1)?,
        shop: row.get(2)?,
        path: row.get(3)?,
        n: row.get(4)?,
        by_itself: row.get(5)?,
        operator: row.get(6)?,
        copies: row.get(7)?,
        done_at_ms: row.get(8)?,
        back_at_ms: row.get(9)?,
    })
}

/// One of them.
///
/// # Errors
/// SQL errors.
pub fn get(db: &Connection, id: i64) -> Result<Option<Telling>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM telling g WHERE g.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], telling).optional()?)
}

/// The newest, at most so many.
///
/// # Errors
/// SQL errors.
pub fn recent(db: &Connection, most: u32) -> Result<Vec<Telling>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM telling g ORDER BY g.id DESC LIMIT ?1");
    let found: Result<Vec<_>, _> = db.prepare_cached(&sql)?.query_map([most], telling)?.collect();
    Ok(found?)
}

/// The newest of each shop.
///
/// # Errors
/// SQL errors.
pub fn last(db: &Connection) -> Result<Vec<Telling>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM telling g WHERE g.id IN (SELECT max(id) FROM telling GROUP BY shop)"
    );
    let found: Result<Vec<_>, _> = db.prepare_cached(&sql)?.query_map([], telling)?.collect();
    Ok(found?)
}

/// Those whose file is owed, oldest first.
///
/// # Errors
/// SQL errors.
pub fn owed(db: &Connection) -> Result<Vec<Telling>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM telling g WHERE g.done_at_ms IS NULL AND g.back_at_ms IS NULL
          ORDER BY g.id"
    );
    let found: Result<Vec<_>, _> = db.prepare_cached(&sql)?.query_map([], telling)?.collect();
    Ok(found?)
}

/// Whether a file of that name was written or is owed.
///
/// # Errors
/// SQL errors.
pub fn written(db: &Connection, path: &str) -> Result<bool, DbError> {
    Ok(db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM telling WHERE path = ?1)")?
        .query_row([path], |row| row.get(0))?)
}

/// The file that told the shop the live number of a shipment's order.
///
/// # Errors
/// SQL errors.
pub fn of_shipment(db: &Connection, id: i64) -> Result<Option<Telling>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM told t JOIN telling g ON g.id = t.telling_id
           JOIN waybill w ON w.id = t.waybill_id
          WHERE t.shipment_id = ?1 AND w.voided_at_ms IS NULL
            AND g.done_at_ms IS NOT NULL AND g.back_at_ms IS NULL
          ORDER BY g.id DESC LIMIT 1"
    );
    Ok(db.prepare_cached(&sql)?.query_row(params![id], telling).optional()?)
}
