//! What a shipment carries where that is not just its order's goods. The only writer of
//! `shipment_item`. A shipment that goes with another one (`into_id`) keeps its state and is in no
//! list; nothing moves it, so that no carrier is ever asked for it while the other one answers.

use super::ShipmentError;
use rusqlite::{Connection, OptionalExtension, params};

/// Shipments that go with one that itself went with another: more than anybody makes.
const STEPS_MAX: usize = 8;

/// A line it carries: order, line, pieces.
pub type Line = (i64, i64, u32);

/// What it carries, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Pieces in all.
    pub pieces: u32,
    /// The goods in one line.
    pub goods: String,
    /// Grams, where known.
    pub weight_g: Option<u32>,
    /// The remarks of its orders.
    pub note: String,
}

/// The shipment it goes with; `None`: it goes by itself.
///
/// # Errors
/// [`ShipmentError::Missing`]; SQL errors.
pub fn leader(db: &Connection, id: i64) -> Result<Option<i64>, ShipmentError> {
    db.prepare_cached("SELECT into_id FROM shipment WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?
        .ok_or(ShipmentError::Missing(id))
}

/// The shipment that answers for it: itself, or the one it goes with in the end.
///
/// # Errors
/// [`ShipmentError::Missing`]; SQL errors.
pub fn answering(db: &Connection, id: i64) -> Result<i64, ShipmentError> {
    let mut found = id;
    for _ in 0..STEPS_MAX {
        match leader(db, found)? {
            Some(further) => found = further,
            None => break,
        }
    }
    Ok(found)
}

/// The shipments that go with it.
///
/// # Errors
/// SQL errors.
pub fn members(db: &Connection, id: i64) -> Result<Vec<i64>, ShipmentError> {
    let found: Result<Vec<i64>, _> = db
        .prepare_cached("SELECT id FROM shipment WHERE into_id = ?1 ORDER BY id")?
        .query_map([id], |row| row.get(0))?
        .collect();
    Ok(found?)
}

/// Lets it go with another one, or by itself again.
///
/// # Errors
/// SQL errors.
pub fn go_with(db: &Connection, id: i64, leader: Option<i64>) -> Result<(), ShipmentError> {
    db.prepare_cached("UPDATE shipment SET into_id = ?2 WHERE id = ?1")?
        .execute(params![id, leader])?;
    Ok(())
}

/// What it carries now; `None`: what its order says.
///
/// # Errors
/// SQL errors.
pub fn of(db: &Connection, id: i64) -> Result<Option<Load>, ShipmentError> {
    Ok(db
        .prepare_cached(
            "SELECT load_pieces, load_goods, load_weight_g, load_note FROM shipment
              WHERE id = ?1 AND load_pieces IS NOT NULL",
        )?
        .query_row([id], |row| {
            Ok(Load {
                pieces: row.get(0)?,
                goods: row.get(1)?,
                weight_g: row.get(2)?,
                note: row.get(3)?,
            })
        })
        .optional()?)
}

/// Notes what it carries; `None`: what its order says.
///
/// # Errors
/// SQL errors.
pub fn set(db: &Connection, id: i64, load: Option<&Load>) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE shipment SET load_pieces = ?2, load_goods = ?3, load_weight_g = ?4, load_note = ?5
          WHERE id = ?1",
    )?
    .execute(params![
        id,
        load.map(|load| load.pieces),
        load.map(|load| &load.goods),
        load.and_then(|load| load.weight_g),
        load.map(|load| &load.note)
    ])?;
    Ok(())
}

/// Writes the lines it carries; without any it carries its whole order.
///
/// # Errors
/// SQL errors; a line without a piece.
pub fn list(db: &Connection, id: i64, lines: &[Line]) -> Result<(), ShipmentError> {
    db.prepare_cached("DELETE FROM shipment_item WHERE shipment_id = ?1")?.execute([id])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO shipment_item (shipment_id, order_id, line, quantity) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (order_id, line, quantity) in lines {
        insert.execute(params![id, order_id, line, quantity])?;
    }
    Ok(())
}

/// Notes that it comes back and who pays for that, or that it is sent in exchange; either of which
/// shipment.
///
/// # Errors
/// SQL errors; a word that is none.
pub fn belongs(
    db: &Connection,
    id: i64,
    of: i64,
    payer: Option<&str>,
) -> Result<(), ShipmentError> {
    db.prepare_cached("UPDATE shipment SET of_id = ?2, back = ?3 WHERE id = ?1")?
        .execute(params![id, of, payer])?;
    Ok(())
}

/// The lines of a shipment that come back already, by returns that nobody took back.
///
/// # Errors
/// SQL errors.
pub fn coming_back(db: &Connection, id: i64) -> Result<Vec<Line>, ShipmentError> {
    let found: Result<Vec<Line>, _> = db
        .prepare_cached(
            "SELECT i.order_id, i.line, sum(i.quantity) FROM shipment s
               JOIN shipment_item i ON i.shipment_id = s.id
              WHERE s.of_id = ?1 AND s.back IS NOT NULL AND s.into_id IS NULL
              GROUP BY i.order_id, i.line",
        )?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect();
    Ok(found?)
}

/// Parts are not put together with other orders by their buyer.
///
/// # Errors
/// SQL errors.
pub fn forget_buyer(db: &Connection, id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached("UPDATE shipment SET buyer = 0 WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// The highest number of a shipment in its order, and where the order stands in the lists, ms UTC.
///
/// # Errors
/// SQL errors.
pub fn last_of(db: &Connection, order_id: i64) -> Result<(u32, i64), ShipmentError> {
    Ok(db
        .prepare_cached("SELECT max(nth), min(sort_at_ms) FROM shipment WHERE order_id = ?1")?
        .query_row([order_id], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
