//! The further numbers of a waybill: its other parcels, and the slip that comes back. The only
//! writer of `parcel` and `parcel_template`.

use super::{
    ShipmentError,
    waybill::{deflated, inflated},
};
use crate::carrier::{Child, Template, Waybill};
use rusqlite::{Connection, OptionalExtension, params};

/// Writes a new waybill's further numbers.
///
/// # Errors
/// SQL errors.
pub(super) fn record(
    db: &Connection,
    waybill_id: i64,
    waybill: &Waybill,
) -> Result<(), ShipmentError> {
    let children = waybill.children.iter().map(|child| ("child", child));
    let slip = waybill.slip.iter().map(|slip| ("slip", slip));
    for (part, (kind, child)) in (2..).zip(children.chain(slip)) {
        db.prepare_cached(
            "INSERT INTO parcel (waybill_id, part, kind, no) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![waybill_id, part, kind, child.no])?;
        if let Template::Here(bytes) = &child.template {
            db.prepare_cached("INSERT INTO parcel_template VALUES (?1, ?2, ?3)")?
                .execute(params![waybill_id, part, deflated(bytes)])?;
        }
    }
    Ok(())
}

/// Reads a waybill's further numbers into it, without their drawings.
///
/// # Errors
/// SQL errors.
pub(super) fn fill(
    db: &Connection,
    waybill_id: i64,
    waybill: &mut Waybill,
) -> Result<(), ShipmentError> {
    let mut statement =
        db.prepare_cached("SELECT kind, no FROM parcel WHERE waybill_id = ?1 ORDER BY part")?;
    let rows = statement
        .query_map([waybill_id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    for row in rows {
        let (kind, no) = row?;
        let child = Child { no, template: Template::NotAsked };
        match kind.as_str() {
            "slip" => waybill.slip = Some(child),
            _ => waybill.children.push(child),
        }
    }
    Ok(())
}

/// The label of a further part as the carrier drew it.
///
/// # Errors
/// SQL errors and bytes that are not what [`record`] wrote.
pub(super) fn template(
    db: &Connection,
    waybill_id: i64,
    part: u32,
) -> Result<Option<Vec<u8>>, ShipmentError> {
    let stored: Option<Vec<u8>> = db
        .prepare_cached("SELECT data FROM parcel_template WHERE waybill_id = ?1 AND part = ?2")?
        .query_row(params![waybill_id, part], |row| row.get(0))
        .optional()?;
    stored.as_deref().map(inflated).transpose()
}

/// Forgets the drawings of a waybill's further parts.
///
/// # Errors
/// SQL errors.
pub(super) fn forget_templates(db: &Connection, waybill_id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached("DELETE FROM parcel_template WHERE waybill_id = ?1")?
        .execute([waybill_id])?;
    Ok(())
}

/// The other order for which a number of an account is live, be it its own or a further one.
///
/// # Errors
/// SQL errors.
pub(super) fn holder(
    db: &Connection,
    id: i64,
    account: &str,
    no: &str,
) -> Result<Option<String>, ShipmentError> {
    Ok(db
        .prepare_cached(
            "SELECT o.number
               FROM (SELECT id, shipment_id FROM waybill WHERE no = ?1 AND account = ?2
                      UNION SELECT w.id, w.shipment_id FROM parcel p
                              JOIN waybill w ON w.id = p.waybill_id
                             WHERE p.no = ?1 AND w.account = ?2) n
                    JOIN waybill w ON w.id = n.id AND w.voided_at_ms IS NULL
                    JOIN shipment s ON s.id = n.shipment_id
                    JOIN orders o ON o.id = s.order_id
              WHERE n.shipment_id <> ?3 LIMIT 1",
        )?
        .query_row(params![no, account, id], |row| row.get(0))
        .optional()?)
}
