//! Where the strip of labels is cut: after so many as the settings say, after the last of a batch,
//! and after a label that somebody stands waiting for.

use super::job::Job;
use crate::{
    config::{Finish, PrinterConfig},
    shipment::ShipmentError,
};
use rusqlite::{Connection, params};

/// Whether the printer cuts after this label, when so many before it are still on the strip.
pub(super) fn after(
    db: &Connection,
    printer: &PrinterConfig,
    uncut: u32,
    job: &Job,
) -> Result<bool, ShipmentError> {
    match printer.how.finish {
        Some(Finish::Cut { every }) => Ok(uncut + 1 >= u32::from(every) || is_last(db, job.id)?),
        Some(Finish::Tear | Finish::Peel) | None => Ok(true),
    }
}

/// Whether no other label of its batch will follow on this printer: none waits, and none is asked
/// for, unless that has failed already.
fn is_last(db: &Connection, id: i64) -> Result<bool, ShipmentError> {
    let followed = db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM print_job j WHERE j.id = ?1 AND j.urgent = 0
               AND (EXISTS (SELECT 1 FROM print_job n
                             WHERE n.batch_id = j.batch_id AND n.printer = j.printer
                               AND n.state = 'spooled' AND n.id <> j.id)
                 OR EXISTS (SELECT 1 FROM outbox o
                             WHERE o.batch_id = j.batch_id AND o.print_on = j.printer
                               AND o.done_at_ms IS NULL AND o.last_error IS NULL)
                 OR EXISTS (SELECT 1 FROM batch b WHERE b.id = j.batch_id AND b.sealed = 0)))",
        )?
        .query_row(params![id], |row| row.get::<_, bool>(0))?;
    Ok(!followed)
}
