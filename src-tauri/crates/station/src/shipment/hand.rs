//! What a person's hand puts on a shipment: a flag, a note, a hold, a carrier, a sender. No state
//! is decided here; a hold works through the check (`recheck`).

use super::ShipmentError;
use rusqlite::{Connection, OptionalExtension, params};

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// 0 is none; the numbers of `view::Flag`.
    pub flag: u8,
    /// For the people at the desk.
    pub memo: String,
    /// Why it is held.
    pub hold: Option<String>,
    /// The account somebody chose; empty: the rules'.
    pub wanted: String,
    /// The account it was asked at or shall be; empty: the rules'.
    pub account: String,
    /// The sender profile somebody chose; empty: the rules'.
    pub sender: String,
}

/// What is on a shipment.
///
/// # Errors
/// [`ShipmentError::Missing`]; SQL errors.
pub fn of(db: &Connection, id: i64) -> Result<Hand, ShipmentError> {
    db.prepare_cached(
        "SELECT flag, memo, hold, wanted, account, sender FROM shipment WHERE id = ?1",
    )?
    .query_row([id], |row| {
        Ok(Hand {
            flag: row.get(0)?,
            memo: row.get(1)?,
            hold: row.get(2)?,
            wanted: row.get(3)?,
            account: row.get(4)?,
            sender: row.get(5)?,
        })
    })
    .optional()?
    .ok_or(ShipmentError::Missing(id))
}

/// Puts it on. What a hold does is said by the next check.
///
/// # Errors
/// SQL errors.
pub fn put(db: &Connection, id: i64, hand: &Hand) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE shipment SET flag = ?2, memo = ?3, hold = ?4, wanted = ?5, account = ?6,
                sender = ?7 WHERE id = ?1",
    )?
    .execute(params![
        id,
        hand.flag,
        hand.memo,
        hand.hold,
        hand.wanted,
        hand.account,
        hand.sender
    ])?;
    Ok(())
}

/// Shipments before their number that name this sender profile.
///
/// # Errors
/// SQL errors.
pub fn wait_for_sender(db: &Connection, profile: &str) -> Result<u32, ShipmentError> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM shipment
              WHERE sender = ?1 AND sender <> '' AND state IN ('held', 'ready', 'refused')",
        )?
        .query_row([profile], |row| row.get(0))?)
}

/// Notes whose order it is; parts of an order are never put together with others.
///
/// # Errors
/// SQL errors.
pub fn set_buyer(db: &Connection, order_id: i64, buyer: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE shipment SET buyer = ?2 WHERE order_id = ?1 AND buyer <> ?2
            AND NOT EXISTS (SELECT 1 FROM shipment_item i WHERE i.shipment_id = shipment.id)",
    )?
    .execute([order_id, buyer])?;
    Ok(())
}
