//! All labels of one waybill together: what is still to be spooled, whether all are out, and which
//! of those in doubt a person is asked about.

use super::{COLUMNS, Job, NewJob, job, spool};
use crate::{
    shipment::{self, FIRST_PART, ShipmentError},
    trouble::{Action, Code, Trouble},
};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// The parts whose label nobody asked for yet, or whose label was withdrawn.
///
/// # Errors
/// SQL errors.
pub fn missing(db: &Connection, waybill_id: i64) -> Result<Vec<u32>, ShipmentError> {
    let asked: Result<BTreeSet<u32>, _> = db
        .prepare_cached("SELECT part FROM print_job WHERE waybill_id = ?1 AND state <> 'dropped'")?
        .query_map([waybill_id], |row| row.get(0))?
        .collect();
    let asked = asked?;
    let last: u32 = db
        .prepare_cached("SELECT coalesce(max(part), ?2) FROM parcel WHERE waybill_id = ?1")?
        .query_row(params![waybill_id, FIRST_PART], |row| row.get(0))?;
    Ok((FIRST_PART..=last).filter(|part| !asked.contains(part)).collect())
}

/// Spools the labels of a waybill that are missing, in their order.
///
/// # Errors
/// SQL errors.
pub fn spool_missing(db: &Connection, new: &NewJob<'_>, now_ms: i64) -> Result<(), ShipmentError> {
    for part in missing(db, new.waybill_id)? {
        spool(db, &NewJob { part, ..new.clone() }, now_ms)?;
    }
    Ok(())
}

/// Whether every label of a waybill came out.
///
/// # Errors
/// SQL errors.
pub fn all_out(db: &Connection, waybill_id: i64) -> Result<bool, ShipmentError> {
    Ok(db
        .prepare_cached(
            "SELECT (SELECT count(DISTINCT part) FROM print_job
                      WHERE waybill_id = ?1 AND state = 'confirmed')
                    > (SELECT count(*) FROM parcel WHERE waybill_id = ?1)",
        )?
        .query_row([waybill_id], |row| row.get(0))?)
}

/// Asks about the oldest label of a shipment that is in doubt; if none is, takes such a question
/// away.
///
/// # Errors
/// SQL errors.
pub fn ask_about(db: &Connection, shipment_id: i64) -> Result<(), ShipmentError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM print_job j WHERE j.shipment_id = ?1 AND j.state = 'unknown'
          ORDER BY j.id LIMIT 1"
    );
    let doubted: Option<Job> = db.prepare_cached(&sql)?.query_row([shipment_id], job).optional()?;
    if let Some(Job { no, printer, error, .. }) = doubted {
        let fields = [("waybill", no), ("printer", printer), ("why", error)];
        let trouble = Trouble::new(Code::LabelUnknown, Action::ConfirmLabel, fields);
        return shipment::set_trouble(db, shipment_id, Some(&trouble));
    }
    match shipment::trouble(db, shipment_id)? {
        Some(trouble) if trouble.code == Code::LabelUnknown => {
            shipment::set_trouble(db, shipment_id, None)
        }
        Some(_) | None => Ok(()),
    }
}
