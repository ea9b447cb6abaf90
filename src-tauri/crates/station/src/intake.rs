//! Orders as rows: stored once each by (shop, number), read back, edited. The only writer of
//! `orders`, `order_item`, `import_mapping` and `import_run`.

pub mod carried;
mod stored;

pub use stored::{StoredOrder, order_of};

use crate::{
    db::DbError,
    order::{Customs, Fault, Item, NewOrder, PARCELS_MAX, PayBy},
    shipment::{self, NewShipment, ShipmentError, hand},
    view::{Column, ImportReport, OrderEdit},
    words,
};
use rusqlite::{Connection, OptionalExtension, params};
use stored::{RECEIVER, receiver};

/// "蓝牙耳机 Pro ×1 · 杯刷 ×2": how the items stand in lists and on the label.
pub fn goods_line(items: &[Item]) -> String {
    let lines: Vec<String> =
        items.iter().map(|item| format!("{} ×{}", item.title, item.quantity)).collect();
    lines.join(" · ")
}

/// The word kept in the database.
fn pay_word(pay: PayBy) -> &'static str {
    match pay {
        PayBy::Sender => "sender",
        PayBy::Receiver => "receiver",
        PayBy::Monthly => "monthly",
    }
}

fn pay_of(word: &str) -> Option<PayBy> {
    [PayBy::Sender, PayBy::Receiver, PayBy::Monthly].into_iter().find(|pay| pay_word(*pay) == word)
}

/// Stores an order with its first shipment, unless (shop, number) is here already: then nothing
/// is changed and `None` comes back. Otherwise says whether it is held.
///
/// # Errors
/// SQL errors.
pub fn store(
    db: &Connection,
    order: &NewOrder,
    faults: &[Fault],
    now_ms: i64,
) -> Result<Option<bool>, ShipmentError> {
    let goods = goods_line(&order.items);
    let at = &order.receiver.address;
    let pieces: u32 = order.items.iter().map(|item| item.quantity).sum();
    let new = db
        .prepare_cached(
            "INSERT INTO orders (shop, number, paid_at_ms, name, phone, province, city, district,
                                 detail, goods, pieces, weight_g, note, search, imported_at_ms,
                                 pay, cod_fen, insured_fen, parcels, volume_cm3, slip, country,
                                 postcode, email)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18, ?19, ?20, ?21, ?22, ?23, ?24)
             ON CONFLICT (shop, number) DO NOTHING",
        )?
        .execute(params![
            order.shop,
            order.number,
            order.paid_at_ms,
            order.receiver.name,
            order.receiver.phone,
            at.province,
            at.city,
            at.district,
            at.detail,
            goods,
            pieces,
            order.weight_g,
            order.note,
            words::search_text(&order.number, &order.receiver.name, &order.receiver.phone, &goods),
            now_ms,
            order.services.pay.map(pay_word),
            order.services.cod_fen,
            order.services.insured_fen,
            order.parcels.unwrap_or(1),
            order.volume_cm3,
            order.services.slip,
            at.country,
            at.postcode,
            order.receiver.email
        ])?;
    if new == 0 {
        return Ok(None);
    }
    let order_id = db.last_insert_rowid();
    store_items(db, order_id, &order.items)?;
    let new = NewShipment {
        order_id,
        nth: 1,
        buyer: words::buyer(&order.shop, &order.receiver),
        faults,
        sender: &order.sender,
        sort_at_ms: order.paid_at_ms.unwrap_or(now_ms),
        said: "imported",
        note: "",
    };
    shipment::create(db, &new, now_ms)?;
    Ok(Some(!faults.is_empty()))
}

fn store_items(db: &Connection, order_id: i64, items: &[Item]) -> Result<(), ShipmentError> {
    for (line, item) in (0_i64..).zip(items) {
        db.prepare_cached(
            "INSERT INTO order_item (order_id, line, title, quantity, customs, sku, barcode)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            order_id,
            line,
            item.title,
            item.quantity,
            customs_text(&item.customs)?,
            item.codes.sku,
            item.codes.barcode
        ])?;
        remember_product(db, item)?;
    }
    Ok(())
}

/// Keeps that two codes mean the same goods; the newest file is right.
fn remember_product(db: &Connection, Item { title, codes, .. }: &Item) -> Result<(), DbError> {
    if codes.sku.is_empty() || codes.barcode.is_empty() {
        return Ok(());
    }
    db.prepare_cached("INSERT OR REPLACE INTO product (sku, barcode, title) VALUES (?1, ?2, ?3)")?
        .execute([&codes.sku, &codes.barcode, title])?;
    Ok(())
}

/// Goods that some file named by this code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The shop's own code.
    pub sku: String,
    /// The maker's code.
    pub barcode: String,
    /// What it was called last.
    pub title: String,
}

/// What is known under a code of goods.
///
/// # Errors
/// SQL errors.
pub fn products(db: &Connection, code: &str) -> Result<Vec<Product>, ShipmentError> {
    let found: Result<Vec<_>, _> = db
        .prepare_cached(
            "SELECT sku, barcode, title FROM product WHERE sku = ?1
              UNION SELECT sku, barcode, title FROM product WHERE barcode = ?1 LIMIT 8",
        )?
        .query_map([code], |row| {
            Ok(Product { sku: row.get(0)?, barcode: row.get(1)?, title: row.get(2)? })
        })?
        .collect();
    Ok(found?)
}

/// What the database keeps of customs: nothing where there is nothing.
fn customs_text(customs: &Customs) -> Result<Option<String>, ShipmentError> {
    if customs.is_empty() { Ok(None) } else { Ok(Some(serde_json::to_string(customs)?)) }
}

/// Writes an edited order. The caller checks the state and the new faults.
///
/// # Errors
/// SQL errors.
pub fn edit(db: &Connection, order_id: i64, edit: &OrderEdit) -> Result<(), ShipmentError> {
    let (number, goods): (String, String) = db
        .prepare_cached("SELECT number, goods FROM orders WHERE id = ?1")?
        .query_row([order_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let search = words::search_text(&number, &edit.name, &edit.phone, &goods);
    db.prepare_cached(
        "UPDATE orders SET name = ?2, phone = ?3, province = ?4, city = ?5, district = ?6,
                detail = ?7, weight_g = ?8, note = ?9, search = ?10, pay = ?11, cod_fen = ?12,
                insured_fen = ?13, parcels = ?14, volume_cm3 = ?15, slip = ?16, country = ?17,
                postcode = ?18, email = ?19 WHERE id = ?1",
    )?
    .execute(params![
        order_id,
        edit.name,
        edit.phone,
        edit.province,
        edit.city,
        edit.district,
        edit.detail,
        edit.weight_g,
        edit.note,
        search,
        edit.pay.map(pay_word),
        edit.cod_fen.filter(|fen| *fen > 0),
        edit.insured_fen.filter(|fen| *fen > 0),
        edit.parcels.clamp(1, PARCELS_MAX),
        edit.volume_cm3.filter(|volume| *volume > 0),
        edit.slip,
        edit.country,
        edit.postcode,
        edit.email
    ])?;
    for (line, customs) in (0_i64..).zip(&edit.customs) {
        db.prepare_cached("UPDATE order_item SET customs = ?3 WHERE order_id = ?1 AND line = ?2")?
            .execute(params![order_id, line, customs_text(&customs.clone().into())?])?;
    }
    know_buyer(db, order_id)
}

/// Puts into an edit what the order itself asks of its carrier, and its remark.
///
/// # Errors
/// SQL errors.
pub fn keep_wishes(
    db: &Connection,
    order_id: i64,
    edit: &mut OrderEdit,
) -> Result<(), ShipmentError> {
    let mut wishes = db.prepare_cached(
        "SELECT pay, cod_fen, insured_fen, parcels, volume_cm3, slip, note FROM orders
          WHERE id = ?1",
    )?;
    wishes.query_row([order_id], |row| {
        edit.pay = row.get::<_, Option<String>>(0)?.as_deref().and_then(pay_of);
        (edit.cod_fen, edit.insured_fen) = (row.get(1)?, row.get(2)?);
        (edit.parcels, edit.volume_cm3) = (row.get(3)?, row.get(4)?);
        (edit.slip, edit.note) = (row.get(5)?, row.get(6)?);
        Ok(())
    })?;
    Ok(())
}

/// What an order weighs, grams.
///
/// # Errors
/// SQL errors.
pub fn weight_of(db: &Connection, order_id: i64) -> Result<Option<u32>, ShipmentError> {
    Ok(db
        .prepare_cached("SELECT weight_g FROM orders WHERE id = ?1")?
        .query_row([order_id], |row| row.get(0))?)
}

/// Notes by whom else's orders an order could be accompanied.
///
/// # Errors
/// SQL errors.
pub fn know_buyer(db: &Connection, order_id: i64) -> Result<(), ShipmentError> {
    let (shop, receiver) = db
        .prepare_cached(&format!("SELECT {RECEIVER}, o.shop FROM orders o WHERE o.id = ?1"))?
        .query_row([order_id], |row| Ok((row.get::<_, String>(9)?, receiver(row)?)))?;
    hand::set_buyer(db, order_id, words::buyer(&shop, &receiver))
}

/// Fills in what older programs did not keep, search text and buyer, of so many orders after
/// `after`. The last one's id; `None` at the end.
///
/// # Errors
/// SQL errors.
pub fn refill(db: &Connection, after: i64, limit: u32) -> Result<Option<i64>, ShipmentError> {
    type Words = (i64, String, String, String, String);
    let orders: Result<Vec<Words>, _> = db
        .prepare_cached(
            "SELECT id, number, name, phone, goods FROM orders WHERE id > ?1 ORDER BY id LIMIT ?2",
        )?
        .query_map(params![after, limit], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?
        .collect();
    let mut last = None;
    for (id, number, name, phone, goods) in orders? {
        db.prepare_cached("UPDATE orders SET search = ?2 WHERE id = ?1")?
            .execute(params![id, words::search_text(&number, &name, &phone, &goods)])?;
        know_buyer(db, id)?;
        last = Some(id);
    }
    Ok(last)
}

/// Takes the person out of an order; its number, goods, province and city stay.
///
/// # Errors
/// SQL errors.
pub fn blank(db: &Connection, order_id: i64, now_ms: i64) -> Result<(), ShipmentError> {
    let (number, goods): (String, String) = db
        .prepare_cached("SELECT number, goods FROM orders WHERE id = ?1")?
        .query_row([order_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    db.prepare_cached(
        "UPDATE orders SET name = '', phone = '', district = '', detail = '', postcode = '',
                email = '', note = '', search = ?3, blanked_at_ms = ?2 WHERE id = ?1",
    )?
    .execute(params![order_id, now_ms, words::search_text(&number, "", "", &goods)])?;
    Ok(())
}

/// Forgets the reports of imports before that moment; the newest stays.
///
/// # Errors
/// SQL errors.
pub fn forget_reports(db: &Connection, before_ms: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "DELETE FROM import_run WHERE at_ms < ?1 AND id < (SELECT max(id) FROM import_run)",
    )?
    .execute([before_ms])?;
    Ok(())
}

/// The mapping a person corrected for these headings.
///
/// # Errors
/// SQL errors; a stored mapping that cannot be read counts as none.
pub fn mapping_of(
    db: &Connection,
    heading_key: &str,
) -> Result<Option<Vec<Option<Column>>>, ShipmentError> {
    let json: Option<String> = db
        .prepare_cached("SELECT mapping FROM import_mapping WHERE heading_key = ?1")?
        .query_row([heading_key], |row| row.get(0))
        .optional()?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

/// Remembers a mapping for the next file with these headings.
///
/// # Errors
/// SQL errors.
pub fn remember_mapping(
    db: &Connection,
    heading_key: &str,
    mapping: &[Option<Column>],
) -> Result<(), ShipmentError> {
    db.prepare_cached("INSERT OR REPLACE INTO import_mapping VALUES (?1, ?2)")?
        .execute(params![heading_key, serde_json::to_string(mapping)?])?;
    Ok(())
}

/// Keeps the report of a finished import.
///
/// # Errors
/// SQL errors.
pub fn remember_report(db: &Connection, report: &ImportReport) -> Result<(), ShipmentError> {
    db.prepare_cached("INSERT INTO import_run (at_ms, report) VALUES (?1, ?2)")?
        .execute(params![report.at_ms, serde_json::to_string(report)?])?;
    Ok(())
}

/// The newest report.
///
/// # Errors
/// SQL errors; a stored report that cannot be read counts as none.
pub fn last_report(db: &Connection) -> Result<Option<ImportReport>, ShipmentError> {
    let json: Option<String> = db
        .prepare_cached("SELECT report FROM import_run ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}
