//! What a shipment carries where that is not just its own order's goods: orders that go together, a
//! part of an order, an order sent again. Reads only; `shipment/load.rs` writes.

use super::{StoredOrder, goods_line, stored::item};
use crate::{
    order::{Codes, Item},
    shipment::{
        ShipmentError,
        load::{Line, Load},
    },
};
use rusqlite::Connection;

/// A line of an order, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The order.
    pub order_id: i64,
    /// Its line.
    pub line: i64,
    /// Pieces.
    pub quantity: u32,
    /// What it is.
    pub title: String,
    customs: Option<String>,
    codes: Codes,
}

/// Lines as they are written.
pub fn plain(lines: &[Carried]) -> Vec<Line> {
    lines.iter().map(|it| (it.order_id, it.line, it.quantity)).collect()
}

/// Puts into an order what its shipment carries.
pub(super) fn fill(
    db: &Connection,
    id: i64,
    order: &mut StoredOrder,
    loaded: bool,
) -> Result<(), ShipmentError> {
    if order.nth > 1 {
        // The money was collected, or will be, with the first one.
        order.services.cod_fen = None;
        order.parcels = 1;
    }
    if !loaded {
        return Ok(());
    }
    let (goods, weight_g, note) = db
        .prepare_cached("SELECT load_goods, load_weight_g, load_note FROM shipment WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    (order.goods, order.weight_g, order.note) = (goods, weight_g, note);
    order.items = items(lines(db, id)?)?;
    order.volume_cm3 = None;
    if order.nth > 1 {
        order.services.insured_fen = None;
    }
    let mut others = db.prepare_cached(
        "SELECT o.number, iif(m.nth = 1, o.cod_fen, NULL), o.insured_fen, o.slip
           FROM shipment m JOIN orders o ON o.id = m.order_id
          WHERE m.into_id = ?1 AND m.order_id <> ?2 ORDER BY m.id",
    )?;
    let mut others = others.query([id, order.id])?;
    let sum = |a: Option<u32>, b: Option<u32>| match (a, b) {
        (None, None) => None,
        (a, b) => Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))),
    };
    while let Some(row) = others.next()? {
        order.further.push(row.get(0)?);
        order.services.cod_fen = sum(order.services.cod_fen, row.get(1)?);
        order.services.insured_fen = sum(order.services.insured_fen, row.get(2)?);
        order.services.slip |= row.get::<_, bool>(3)?;
    }
    order.further.dedup();
    Ok(())
}

/// The lines a shipment carries: its own, and those of the shipments that go with it.
///
/// # Errors
/// SQL errors.
pub fn lines(db: &Connection, id: i64) -> Result<Vec<Carried>, ShipmentError> {
    let own: i64 = db
        .prepare_cached("SELECT order_id FROM shipment WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    let mut all = listed(db, id)?;
    if all.is_empty() {
        all = whole(db, own)?;
    }
    let members: Result<Vec<(i64, i64)>, _> = db
        .prepare_cached("SELECT id, order_id FROM shipment WHERE into_id = ?1 ORDER BY id")?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect();
    for (member, order_id) in members? {
        let listed = listed(db, member)?;
        if !listed.is_empty() {
            all.extend(listed);
        } else if order_id != own {
            all.extend(whole(db, order_id)?);
        }
    }
    Ok(all)
}

/// What stands with a shipment itself.
///
/// # Errors
/// SQL errors.
pub fn listed(db: &Connection, id: i64) -> Result<Vec<Carried>, ShipmentError> {
    read(
        db,
        "SELECT c.order_id, c.line, c.quantity, i.title, i.customs, i.sku, i.barcode
           FROM shipment_item c
           JOIN order_item i ON i.order_id = c.order_id AND i.line = c.line
          WHERE c.shipment_id = ?1 ORDER BY c.order_id, c.line",
        id,
    )
}

fn whole(db: &Connection, order_id: i64) -> Result<Vec<Carried>, ShipmentError> {
    read(
        db,
        "SELECT order_id, line, quantity, title, customs, sku, barcode FROM order_item
          WHERE order_id = ?1 ORDER BY line",
        order_id,
    )
}

fn read(db: &Connection, sql: &str, id: i64) -> Result<Vec<Carried>, ShipmentError> {
    let found: Result<Vec<Carried>, _> = db
        .prepare_cached(sql)?
        .query_map([id], |row| {
            Ok(Carried {
                order_id: row.get(0)?,
                line: row.get(1)?,
                quantity: row.get(2)?,
                title: row.get(3)?,
                customs: row.get(4)?,
                codes: Codes { sku: row.get(5)?, barcode: row.get(6)? },
            })
        })?
        .collect();
    Ok(found?)
}

/// The goods of lines; the same goods of several orders stand once.
fn items(lines: Vec<Carried>) -> Result<Vec<Item>, ShipmentError> {
    let mut all: Vec<Item> = Vec::new();
    for carried in lines {
        let new = item(carried.title, carried.quantity, carried.customs, carried.codes)?;
        let same = |it: &&mut Item| {
            (&it.title, &it.codes, &it.customs) == (&new.title, &new.codes, &new.customs)
        };
        match all.iter_mut().find(same) {
            Some(same) => same.quantity = same.quantity.saturating_add(new.quantity),
            None => all.push(new),
        }
    }
    Ok(all)
}

/// What a shipment carries in a few words; `weight_g` is the caller's.
///
/// # Errors
/// SQL errors.
pub fn load(db: &Connection, id: i64, weight_g: Option<u32>) -> Result<Load, ShipmentError> {
    let items = items(lines(db, id)?)?;
    let mut notes: Vec<String> = Vec::new();
    let mut found = db.prepare_cached(
        "SELECT o.note FROM shipment m JOIN orders o ON o.id = m.order_id
          WHERE m.id = ?1 OR m.into_id = ?1 ORDER BY m.id = ?1 DESC, m.id",
    )?;
    let mut found = found.query([id])?;
    while let Some(row) = found.next()? {
        let note: String = row.get(0)?;
        if !notes.iter().any(|other| other.contains(&note)) {
            notes.push(note);
        }
    }
    notes.retain(|note| !note.is_empty());
    Ok(Load {
        pieces: items.iter().map(|item| item.quantity).sum(),
        goods: goods_line(&items),
        weight_g,
        note: notes.join("；"),
    })
}

/// The weight of whole orders that go together, if each is known.
///
/// # Errors
/// SQL errors.
pub fn weight_together(db: &Connection, id: i64) -> Result<Option<u32>, ShipmentError> {
    Ok(db
        .prepare_cached(
            "SELECT iif(count(*) = count(w), sum(w), NULL) FROM
               (SELECT iif(m.load_pieces IS NULL OR m.id = ?1, o.weight_g, m.load_weight_g) AS w
                  FROM shipment m JOIN orders o ON o.id = m.order_id
                 WHERE m.id = ?1 OR m.into_id = ?1
                   AND m.order_id <> (SELECT order_id FROM shipment WHERE id = ?1))",
        )?
        .query_row([id], |row| row.get(0))?)
}
