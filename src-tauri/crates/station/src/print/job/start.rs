//! What becomes at a start of the labels that the last run left.

use super::{COLUMNS, Job, OPEN, dropped, job, unknown};
use crate::{shipment::ShipmentError, view::JobState};
use rusqlite::Connection;

/// At start: labels that wait for a printer the settings no longer have are withdrawn; they can
/// be asked for again, on another one.
///
/// # Errors
/// SQL errors.
pub fn without_printer(
    db: &Connection,
    printers: &[String],
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let sql = format!("SELECT {COLUMNS} FROM print_job j WHERE state = 'spooled'");
    let jobs: Result<Vec<Job>, _> = db.prepare(&sql)?.query_map([], job)?.collect();
    for job in jobs?.iter().filter(|job| !printers.contains(&job.printer)) {
        dropped(db, job, "stopped", now_ms)?;
    }
    Ok(())
}

/// At start: what was being sent when the program died is unknown. So is what was sent to a
/// printer that confirms by status, because nobody listened any more; `waits_for_scan` names the
/// printers whose sent labels simply wait on.
///
/// # Errors
/// SQL errors.
pub fn recover(
    db: &Connection,
    waits_for_scan: &[String],
    now_ms: i64,
) -> Result<usize, ShipmentError> {
    let sql = format!("SELECT {COLUMNS} FROM print_job j WHERE {OPEN} AND state <> 'unknown'");
    let jobs: Result<Vec<Job>, _> = db.prepare(&sql)?.query_map([], job)?.collect();
    let mut count = 0;
    for job in jobs? {
        if job.state == JobState::Sent && waits_for_scan.contains(&job.printer) {
            continue;
        }
        unknown(db, &job, "restart", now_ms)?;
        count += 1;
    }
    Ok(count)
}
