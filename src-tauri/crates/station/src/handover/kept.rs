//! Manifests as rows: the only writer of `manifest` and `manifest_parcel`.

use crate::{shipment::ShipmentError, view::ManifestLine};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One manifest.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// Row.
    pub id: i64,
    /// Whose driver takes it.
    pub account: String,
    /// When its first parcel was scanned, ms UTC.
    pub opened_at_ms: i64,
    /// When it was signed, ms UTC.
    pub closed_at_ms: Option<i64>,
    /// Parcels when it was closed.
    pub parcels: Option<u32>,
    /// Grams when it was closed.
    pub weight_g: Option<u32>,
}

/// A parcel that lies on a manifest, or should.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its shipment.
    pub shipment_id: i64,
    /// The number on its label.
    pub no: String,
    /// The shop's order number.
    pub order_no: String,
    /// When it was scanned, or its label came out, ms UTC.
    pub at_ms: i64,
    /// Grams, weighed or expected.
    pub weight_g: Option<u32>,
    /// Whether its number was taken back since.
    pub voided: bool,
}

impl From<Line> for ManifestLine {
    fn from(line: Line) -> Self {
        let Line { no, order_no, at_ms, weight_g, voided, .. } = line;
        Self { no, order_no, at_ms, weight_g, voided }
    }
}

const COLUMNS: &str = "m.id, m.account, m.opened_at_ms, m.closed_at_ms, m.parcels, m.weight_g";

/// What a parcel weighs: as it was weighed last, else its order's weight if it is all of it.
const WEIGHT: &str = "coalesce(
      (SELECT g.weight_g FROM weighing g WHERE g.waybill_id = w.id AND g.part = p.part
        ORDER BY g.id DESC LIMIT 1),
      CASE WHEN o.parcels = 1 THEN o.weight_g END)";

fn manifest(row: &Row<'_>) -> Result<Manifest, rusqlite::Error> {
    Ok(Manifest {
        id: row.get(0)?,
        account: row.get(1)?,
        opened_at_ms: row.get(2)?,
        closed_at_ms: row.get(3)?,
        parcels: row.get(4)?,
        weight_g: row.get(5)?,
    })
}

/// The open manifest of an account.
///
/// # Errors
/// SQL errors.
pub fn open_of(db: &Connection, account: &str) -> Result<Option<Manifest>, ShipmentError> {
    let sql =
        format!("SELECT {COLUMNS} FROM manifest m WHERE m.account = ?1 AND m.closed_at_ms IS NULL");
    Ok(db.prepare_cached(&sql)?.query_row([account], manifest).optional()?)
}

/// One manifest.
///
/// # Errors
/// SQL errors.
pub fn get(db: &Connection, id: i64) -> Result<Option<Manifest>, ShipmentError> {
    let sql = format!("SELECT {COLUMNS} FROM manifest m WHERE m.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], manifest).optional()?)
}

/// The manifest a parcel is on.
///
/// # Errors
/// SQL errors.
pub fn manifest_of(
    db: &Connection,
    waybill_id: i64,
    part: u32,
) -> Result<Option<Manifest>, ShipmentError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM manifest_parcel p JOIN manifest m ON m.id = p.manifest_id
          WHERE p.waybill_id = ?1 AND p.part = ?2"
    );
    Ok(db.prepare_cached(&sql)?.query_row(params![waybill_id, part], manifest).optional()?)
}

/// Closed manifests, newest first; of a search those of that account, number or parcel.
///
/// # Errors
/// SQL errors.
pub fn closed(db: &Connection, search: &str, most: u32) -> Result<Vec<Manifest>, ShipmentError> {
    // "JJ20261122-7" ends in its row.
    let id: i64 = search.rsplit('-').next().and_then(|id| id.parse().ok()).unwrap_or(-1);
    let sql = format!(
        "SELECT {COLUMNS} FROM manifest m WHERE m.closed_at_ms IS NOT NULL
            AND (?1 = '' OR m.account = ?1 OR m.id = ?2 OR m.id IN
                 (SELECT p.manifest_id FROM manifest_parcel p WHERE p.no = ?1))
          ORDER BY m.closed_at_ms DESC LIMIT ?3"
    );
    let found: Result<Vec<_>, _> =
        db.prepare_cached(&sql)?.query_map(params![search, id, most], manifest)?.collect();
    Ok(found?)
}

/// The open manifest of an account, a new one if there is none.
///
/// # Errors
/// SQL errors.
pub fn open(db: &Connection, account: &str, now_ms: i64) -> Result<i64, ShipmentError> {
    if let Some(open) = open_of(db, account)? {
        return Ok(open.id);
    }
    db.prepare_cached("INSERT INTO manifest (account, opened_at_ms) VALUES (?1, ?2)")?
        .execute(params![account, now_ms])?;
    Ok(db.last_insert_rowid())
}

/// Puts a parcel (its number's row and which of its parcels) onto a manifest.
///
/// # Errors
/// SQL errors.
pub fn put(
    db: &Connection,
    manifest_id: i64,
    (waybill_id, part): (i64, u32),
    no: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "INSERT INTO manifest_parcel (waybill_id, part, manifest_id, no, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
    )?
    .execute(params![waybill_id, part, manifest_id, no, now_ms])?;
    Ok(())
}

/// Takes a parcel off its open manifest; whose it is, if it was on one.
///
/// # Errors
/// SQL errors.
pub fn take_off(db: &Connection, no: &str) -> Result<Option<i64>, ShipmentError> {
    let found: Option<(i64, u32, i64)> = db
        .prepare_cached(
            "SELECT p.waybill_id, p.part, w.shipment_id FROM manifest_parcel p
               JOIN manifest m ON m.id = p.manifest_id JOIN waybill w ON w.id = p.waybill_id
              WHERE p.no = ?1 AND m.closed_at_ms IS NULL",
        )?
        .query_row([no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((waybill_id, part, shipment_id)) = found else { return Ok(None) };
    db.prepare_cached("DELETE FROM manifest_parcel WHERE waybill_id = ?1 AND part = ?2")?
        .execute(params![waybill_id, part])?;
    Ok(Some(shipment_id))
}

/// Closes a manifest with what was signed for.
///
/// # Errors
/// SQL errors.
pub fn close(
    db: &Connection,
    id: i64,
    (parcels, weight_g): (u32, u32),
    now_ms: i64,
) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE manifest SET closed_at_ms = ?2, parcels = ?3, weight_g = ?4
          WHERE id = ?1 AND closed_at_ms IS NULL",
    )?
    .execute(params![id, now_ms, parcels, weight_g])?;
    Ok(())
}

/// Parcels on a manifest and their weight, grams.
///
/// # Errors
/// SQL errors.
pub fn sums(db: &Connection, id: i64) -> Result<(u32, u32), ShipmentError> {
    let sql = format!(
        "SELECT count(*), coalesce(sum({WEIGHT}), 0) FROM manifest_parcel p
           JOIN waybill w ON w.id = p.waybill_id JOIN shipment s ON s.id = w.shipment_id
           JOIN orders o ON o.id = s.order_id WHERE p.manifest_id = ?1"
    );
    Ok(db.prepare_cached(&sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The parcels of a manifest, the last scanned first.
///
/// # Errors
/// SQL errors.
pub fn lines(db: &Connection, id: i64, most: u32) -> Result<Vec<Line>, ShipmentError> {
    let sql = format!(
        "SELECT s.id, p.no, o.number, p.at_ms, {WEIGHT}, w.voided_at_ms IS NOT NULL
           FROM manifest_parcel p JOIN waybill w ON w.id = p.waybill_id
           JOIN shipment s ON s.id = w.shipment_id JOIN orders o ON o.id = s.order_id
          WHERE p.manifest_id = ?1 ORDER BY p.at_ms DESC, p.waybill_id DESC, p.part DESC LIMIT ?2"
    );
    let found: Result<Vec<_>, _> =
        db.prepare_cached(&sql)?.query_map(params![id, most], line)?.collect();
    Ok(found?)
}

fn line(row: &Row<'_>) -> Result<Line, rusqlite::Error> {
    Ok(Line {
        shipment_id: row.get(0)?,
        no: row.get(1)?,
        order_no: row.get(2)?,
        at_ms: row.get(3)?,
        weight_g: row.get(4)?,
        voided: row.get(5)?,
    })
}

/// Parcels of an account whose label came out since then, that are on no manifest and that the
/// carrier has not said it has; the oldest first.
///
/// # Errors
/// SQL errors.
pub fn missing(db: &Connection, account: &str, since_ms: i64) -> Result<Vec<Line>, ShipmentError> {
    let sql = format!(
        "SELECT s.id, coalesce(c.no, w.no), o.number, min(p.done_at_ms), {WEIGHT}, 0, t.stage
           FROM print_job p JOIN waybill w ON w.id = p.waybill_id
           JOIN shipment s ON s.id = w.shipment_id JOIN orders o ON o.id = s.order_id
           LEFT JOIN parcel c ON c.waybill_id = w.id AND c.part = p.part
           LEFT JOIN track t ON t.waybill_id = w.id
          WHERE p.state = 'confirmed' AND p.done_at_ms >= ?2 AND w.account = ?1
            AND w.voided_at_ms IS NULL AND s.state = 'printed' AND s.back IS NULL
            AND c.kind IS NOT 'slip'
            AND NOT EXISTS (SELECT 1 FROM manifest_parcel x
                             WHERE x.waybill_id = w.id AND x.part = p.part)
          GROUP BY w.id, p.part ORDER BY 4, w.id, p.part"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![account, since_ms], |row| {
        Ok((line(row)?, row.get::<_, Option<String>>(6)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (line, stage) = row?;
        if !super::has_it(stage.as_deref()) {
            found.push(line);
        }
    }
    Ok(found)
}
