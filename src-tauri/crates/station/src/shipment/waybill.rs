//! Numbers: recorded when a carrier issues one, marked when it takes one back.

use super::{Event, ShipmentError, advance, parcel, set_trouble, told};
use crate::{
    carrier::{Template, Waybill, parts},
    order::{Person, Services},
    trouble::{Action, Code, Trouble},
};
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use rusqlite::{Connection, Error, OptionalExtension, params, types::Type};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

/// A carrier's answer is not read past this either.
const TEMPLATE_BYTES_MAX: u64 = 8 << 20;

/// All that a label needs besides the copy's number, as it stood when the number was asked for,
/// so that a reprint shows the same dots without a network or the settings of that day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelFacts {
    /// The carrier's name on the label.
    pub carrier_name: String,
    /// The shop's order number.
    pub order_no: String,
    /// Who sends.
    pub sender: Person,
    /// The profile of the settings that was; empty: the house itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sender_profile: String,
    /// It comes back from who received it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub back: bool,
    /// Who receives, not masked: masking is the form's work.
    pub receiver: Person,
    /// "蓝牙耳机 Pro ×1".
    pub goods: String,
    /// The buyer's remark.
    pub note: String,
    /// What the carrier was asked for besides carrying.
    #[serde(default)]
    pub services: Services,
    /// In how many parcels it was asked to go.
    #[serde(default = "one")]
    pub parcels: u32,
    /// The carrier's drawing may carry other codes than the number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub codes_of_its_own: bool,
    /// What it was estimated to cost by the settings' price list, fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freight_fen: Option<u32>,
    /// What else a shop's own form may show, if the label has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopFacts>,
}

fn one() -> u32 {
    1
}

/// What only a shop's own form shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopFacts {
    /// The form as it was, by its digest.
    pub form: String,
    /// The shop's name.
    pub name: String,
    /// Pieces of goods, all together.
    pub pieces: u32,
    /// Grams.
    pub weight_g: Option<u32>,
    /// When the buyer paid, ms UTC.
    pub paid_at_ms: Option<i64>,
}

/// A live number with what its label shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveWaybill {
    /// Row.
    pub id: i64,
    /// The account that issued it.
    pub account: String,
    /// The key it was asked with.
    pub order_key: String,
    /// What the carrier said.
    pub waybill: Waybill,
    /// What the label shows.
    pub facts: LabelFacts,
    /// ms UTC.
    pub issued_at_ms: i64,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    waybill: Waybill,
    facts: LabelFacts,
}

/// Records the number a carrier issued. A second call with the same number changes nothing.
///
/// # Errors
/// [`ShipmentError::TwoWaybills`] if a live number is there already and it is another, or if the
/// number is live for another order.
pub fn record(
    db: &Connection,
    id: i64,
    account: &str,
    order_key: &str,
    waybill: &Waybill,
    facts: &LabelFacts,
    now_ms: i64,
) -> Result<i64, ShipmentError> {
    if let Some(has) = live(db, id)? {
        if has.waybill.no == waybill.no {
            return Ok(has.id);
        }
        return Err(ShipmentError::TwoWaybills {
            id,
            has: has.waybill.no,
            got: waybill.no.clone(),
        });
    }
    for part in parts::FIRST..=waybill.labels() {
        let no = waybill.no_of(part).unwrap_or_default();
        if let Some(has) = parcel::holder(db, id, account, no)? {
            return Err(ShipmentError::TwoWaybills { id, has, got: no.to_owned() });
        }
    }
    let generation: i64 = db
        .prepare_cached("SELECT generation FROM shipment WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    let stored = serde_json::to_string(&Stored { waybill: waybill.clone(), facts: facts.clone() })?;
    advance(db, id, Event::Issued, "issued", &waybill.no, now_ms)?;
    db.prepare_cached(
        "INSERT INTO waybill (shipment_id, generation, account, order_key, no, sort_code, label,
                              issued_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        id,
        generation,
        account,
        order_key,
        waybill.no,
        waybill.sort_code,
        stored,
        now_ms
    ])?;
    let row = db.last_insert_rowid();
    if let Template::Here(bytes) = &waybill.template {
        db.prepare_cached("INSERT INTO waybill_template (waybill_id, data) VALUES (?1, ?2)")?
            .execute(params![row, deflated(bytes)])?;
    }
    parcel::record(db, row, waybill)?;
    told::issued(db, row, id)?;
    Ok(row)
}

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    let written = out.write_all(bytes).and_then(|()| out.finish());
    written.expect("writing into memory cannot fail")
}

pub(super) fn inflated(stored: &[u8]) -> Result<Vec<u8>, ShipmentError> {
    let mut bytes = Vec::new();
    let read = ZlibDecoder::new(stored).take(TEMPLATE_BYTES_MAX).read_to_end(&mut bytes);
    read.map_err(|why| Error::FromSqlConversionFailure(0, Type::Blob, Box::new(why)))?;
    Ok(bytes)
}

/// The label of a part of a waybill as the carrier drew it, if it was asked to.
///
/// # Errors
/// SQL errors and bytes that are not what [`record`] wrote.
pub fn template(
    db: &Connection,
    waybill_id: i64,
    part: u32,
) -> Result<Option<Vec<u8>>, ShipmentError> {
    if part != parts::FIRST {
        return parcel::template(db, waybill_id, part);
    }
    let stored: Option<Vec<u8>> = db
        .prepare_cached("SELECT data FROM waybill_template WHERE waybill_id = ?1")?
        .query_row([waybill_id], |row| row.get(0))
        .optional()?;
    stored.as_deref().map(inflated).transpose()
}

/// Carriers' drawings of numbers issued before `before_ms` that nobody needs any more, at most
/// `most`: taken back, or printed with no copy under way, asked for since, or in doubt. Numbers
/// with their shipments. Reads all that are kept: not for a writer that others wait for.
///
/// # Errors
/// SQL errors.
pub fn old_templates(
    db: &Connection,
    before_ms: i64,
    most: u32,
) -> Result<Vec<(i64, i64)>, ShipmentError> {
    let old: Result<Vec<(i64, i64)>, _> = db
        .prepare_cached(
            "SELECT t.waybill_id, w.shipment_id
               FROM (SELECT waybill_id FROM waybill_template
                      UNION SELECT waybill_id FROM parcel_template) t
                    JOIN waybill w ON w.id = t.waybill_id
                    JOIN shipment s ON s.id = w.shipment_id
              WHERE w.issued_at_ms < ?1
                AND (w.voided_at_ms IS NOT NULL OR (s.state = 'printed' AND s.trouble IS NULL))
                AND NOT EXISTS (SELECT 1 FROM print_job j
                                 WHERE j.waybill_id = w.id
                                   AND (j.spooled_at_ms >= ?1
                                        OR j.state NOT IN ('confirmed', 'dropped')))
              ORDER BY t.waybill_id LIMIT ?2",
        )?
        .query_map(params![before_ms, most], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect();
    Ok(old?)
}

/// Forgets these drawings, but for those of which a copy was asked for meanwhile; how many. Further
/// copies are drawn by us, which the history says.
///
/// # Errors
/// SQL errors.
pub fn forget_templates(
    db: &Connection,
    old: &[(i64, i64)],
    now_ms: i64,
) -> Result<usize, ShipmentError> {
    let mut count = 0;
    for &(waybill_id, shipment_id) in old {
        let wanted: bool = db
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM print_job j WHERE j.waybill_id = ?1
                                   AND j.state NOT IN ('confirmed', 'dropped'))",
            )?
            .query_row([waybill_id], |row| row.get(0))?;
        if !wanted {
            db.prepare_cached("DELETE FROM waybill_template WHERE waybill_id = ?1")?
                .execute([waybill_id])?;
            parcel::forget_templates(db, waybill_id)?;
            super::tell(db, shipment_id, "template_forgotten", "", now_ms)?;
            count += 1;
        }
    }
    Ok(count)
}

/// The live number of a shipment.
///
/// # Errors
/// SQL errors and a stored label that cannot be read.
pub fn live(db: &Connection, id: i64) -> Result<Option<LiveWaybill>, ShipmentError> {
    let row = db
        .prepare_cached(
            "SELECT id, account, order_key, label, issued_at_ms FROM waybill
              WHERE shipment_id = ?1 AND voided_at_ms IS NULL",
        )?
        .query_row([id], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, i64>(4)?,
            ))
        })
        .optional()?;
    let Some((id, account, order_key, label, issued_at_ms)) = row else { return Ok(None) };
    let Stored { mut waybill, facts } = serde_json::from_str(&label)?;
    parcel::fill(db, id, &mut waybill)?;
    Ok(Some(LiveWaybill { id, account, order_key, waybill, facts, issued_at_ms }))
}

/// Takes the person out of all a shipment's labels, and the carriers' drawings with them.
///
/// # Errors
/// SQL errors and a stored label that cannot be read.
pub fn blank(db: &Connection, shipment_id: i64) -> Result<(), ShipmentError> {
    let labels: Result<Vec<(i64, String)>, _> = db
        .prepare_cached("SELECT id, label FROM waybill WHERE shipment_id = ?1")?
        .query_map([shipment_id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect();
    for (id, label) in labels? {
        let Stored { mut waybill, mut facts } = serde_json::from_str(&label)?;
        waybill.qr.clear();
        let buyer = if facts.back { &mut facts.sender } else { &mut facts.receiver };
        let at = std::mem::take(buyer).address;
        buyer.address.province = at.province;
        buyer.address.city = at.city;
        facts.note.clear();
        let stored = serde_json::to_string(&Stored { waybill, facts })?;
        db.prepare_cached("UPDATE waybill SET label = ?2 WHERE id = ?1")?
            .execute(params![id, stored])?;
        db.prepare_cached("DELETE FROM waybill_template WHERE waybill_id = ?1")?.execute([id])?;
        parcel::forget_templates(db, id)?;
    }
    Ok(())
}

/// The carrier took the number back: the shipment waits, held, for a person; the next number is
/// asked for under a new key, because a carrier never takes a voided key again.
///
/// # Errors
/// [`ShipmentError::WrongState`] unless it is being voided.
pub fn record_void(db: &Connection, id: i64, no: &str, now_ms: i64) -> Result<(), ShipmentError> {
    advance(db, id, Event::Voided, "voided", no, now_ms)?;
    db.prepare_cached(
        "UPDATE waybill SET voided_at_ms = ?2 WHERE shipment_id = ?1 AND voided_at_ms IS NULL",
    )?
    .execute(params![id, now_ms])?;
    db.prepare_cached("UPDATE shipment SET generation = generation + 1 WHERE id = ?1")?
        .execute([id])?;
    let why = [("waybill", no.to_owned())];
    set_trouble(db, id, Some(&Trouble::new(Code::HeldByPerson, Action::EditOrder, why)))
}
