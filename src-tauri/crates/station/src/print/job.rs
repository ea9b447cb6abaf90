//! Print jobs as rows: one label on its way to one printer. The only writer of `print_job`.
//! A job that broke after its first byte is *unknown* and is never sent again by itself.

mod labels;
mod start;

pub use labels::{all_out, missing, spool_missing};
pub use start::{recover, without_printer};

use labels::ask_about;

use crate::{
    shipment::{self, Event, FIRST_PART, ShipmentError},
    view::{JobState, State},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A label that waits this long for the numbers of the labels before it goes first: list order
/// is worth a moment, not an idle printer.
const ORDER_WORTH_MS: i64 = 5_000;

/// A job to be made.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Whose label.
    pub shipment_id: i64,
    /// Which number.
    pub waybill_id: i64,
    /// Which of its labels, from 1: its own number's, further parcels', the slip's.
    pub part: u32,
    /// Name of the printer in the settings.
    pub printer: &'a str,
    /// Empty for the first label; a reprint says why.
    pub reason: &'a str,
    /// The batch it belongs to and its place there.
    pub batch: Option<(i64, u32)>,
    /// Overtakes batches.
    pub urgent: bool,
}

/// A job as it stands.
#[derive(Debug, Clone)]
pub struct Job {
    /// Row.
    pub id: i64,
    /// Whose label.
    pub shipment_id: i64,
    /// Which waybill.
    pub waybill_id: i64,
    /// Which of its labels, from 1: its own number's, further parcels', the slip's.
    pub part: u32,
    /// The number on it.
    pub no: String,
    /// Name of the printer.
    pub printer: String,
    /// Where it stands.
    pub state: JobState,
    /// 1 for the first label.
    pub copy: u32,
    /// Empty for the first label.
    pub reason: String,
    /// Asked for at, ms UTC.
    pub spooled_at_ms: i64,
    /// Came out at, ms UTC.
    pub done_at_ms: Option<i64>,
    /// The last thing that went wrong.
    pub error: String,
}

impl Job {
    /// How the history names it: by its copy, a further parcel by its number.
    fn mark(&self) -> String {
        if self.part == FIRST_PART { self.copy.to_string() } else { self.no.clone() }
    }
}

const COLUMNS: &str = "j.id, j.shipment_id, j.waybill_id, j.printer, j.state, j.copy, j.reason, \
    j.spooled_at_ms, j.done_at_ms, j.error, j.part, \
    coalesce((SELECT p.no FROM parcel p WHERE p.waybill_id = j.waybill_id AND p.part = j.part), \
             (SELECT w.no FROM waybill w WHERE w.id = j.waybill_id))";

/// The condition of the index `print_job_open`, word for word: SQLite does not see that a single
/// state of the three implies it, and would read every label ever printed.
pub const OPEN: &str = "state IN ('sending', 'sent', 'unknown')";

/// The word kept in the database.
pub fn word(state: JobState) -> &'static str {
    match state {
        JobState::Spooled => "spooled",
        JobState::Sending => "sending",
        JobState::Sent => "sent",
        JobState::Confirmed => "confirmed",
        JobState::Unknown => "unknown",
        JobState::Dropped => "dropped",
    }
}

fn job(row: &Row<'_>) -> Result<Job, rusqlite::Error> {
    let state = match row.get_ref(4)?.as_str()? {
        "spooled" => JobState::Spooled,
        "sending" => JobState::Sending,
        "sent" => JobState::Sent,
        "confirmed" => JobState::Confirmed,
        "dropped" => JobState::Dropped,
        _ => JobState::Unknown,
    };
    Ok(Job {
        id: row.get(0)?,
        shipment_id: row.get(1)?,
        waybill_id: row.get(2)?,
        printer: row.get(3)?,
        state,
        copy: row.get(5)?,
        reason: row.get(6)?,
        spooled_at_ms: row.get(7)?,
        done_at_ms: row.get(8)?,
        error: row.get(9)?,
        part: row.get(10)?,
        no: row.get(11)?,
    })
}

/// Spools a label; the copy's number counts all labels ever asked for of that part.
///
/// # Errors
/// SQL errors.
pub fn spool(db: &Connection, new: &NewJob<'_>, now_ms: i64) -> Result<i64, ShipmentError> {
    let (batch_id, position) = new.batch.unzip();
    db.prepare_cached(
        "INSERT INTO print_job (shipment_id, waybill_id, printer, state, copy, reason, batch_id,
                                position, urgent, spooled_at_ms, part)
         SELECT ?1, ?2, ?3, 'spooled', coalesce(max(copy), 0) + 1, ?4, ?5, ?6, ?7, ?8, ?9
           FROM print_job WHERE waybill_id = ?2 AND part = ?9",
    )?
    .execute(params![
        new.shipment_id,
        new.waybill_id,
        new.printer,
        new.reason,
        batch_id,
        position.unwrap_or(0),
        new.urgent,
        now_ms,
        new.part
    ])?;
    let id = db.last_insert_rowid();
    if !new.reason.is_empty() {
        shipment::tell(db, new.shipment_id, "reprint", new.reason, now_ms)?;
    } else if new.part == FIRST_PART {
        shipment::tell(db, new.shipment_id, "spooled", "", now_ms)?;
    }
    Ok(id)
}

/// The label that should leave next. Within a batch it waits for numbers still being asked for
/// ahead of it, unless those already failed or keep everybody waiting.
///
/// # Errors
/// SQL errors.
pub fn next(db: &Connection, printer: &str, now_ms: i64) -> Result<Option<Job>, ShipmentError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM print_job j
          WHERE printer = ?1 AND state = 'spooled'
            AND (batch_id IS NULL OR (
                 NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = j.batch_id AND b.paused = 1)
                 AND (urgent = 1 OR NOT EXISTS (SELECT 1 FROM outbox o
                   WHERE o.batch_id = j.batch_id AND o.position < j.position
                     AND o.print_on = j.printer
                     AND o.done_at_ms IS NULL AND o.last_error IS NULL
                     AND coalesce(o.leased_at_ms, ?2) > ?2 - {ORDER_WORTH_MS}))))
            AND EXISTS (SELECT 1 FROM shipment s
                         WHERE s.id = j.shipment_id AND s.state IN ('waybilled', 'printed'))
          ORDER BY urgent DESC, batch_id, position, id LIMIT 1"
    );
    Ok(db.prepare_cached(&sql)?.query_row(params![printer, now_ms], job).optional()?)
}

/// Printers with labels that are not settled: name, state, how many.
///
/// # Errors
/// SQL errors.
pub fn on_the_way(db: &Connection) -> Result<Vec<(String, String, u32)>, ShipmentError> {
    let mut found = Vec::new();
    // Two questions, because each kind has its own index.
    for states in ["state = 'spooled'", "state IN ('sending', 'sent', 'unknown')"] {
        let sql = format!(
            "SELECT printer, state, count(*) FROM print_job WHERE {states} GROUP BY printer, state"
        );
        let mut statement = db.prepare(&sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for row in rows {
            found.push(row?);
        }
    }
    Ok(found)
}

/// How many labels wait for a printer, and how many are in doubt there.
///
/// # Errors
/// SQL errors.
pub fn waiting(db: &Connection, printer: &str) -> Result<(u32, u32), ShipmentError> {
    let spooled = db
        .prepare_cached("SELECT count(*) FROM print_job WHERE printer = ?1 AND state = 'spooled'")?
        .query_row([printer], |row| row.get(0))?;
    let unknown = db
        .prepare_cached(&format!(
            "SELECT count(*) FROM print_job WHERE printer = ?1 AND {OPEN} AND state = 'unknown'"
        ))?
        .query_row([printer], |row| row.get(0))?;
    Ok((spooled, unknown))
}

/// All labels asked for of a shipment, newest first.
///
/// # Errors
/// SQL errors.
pub fn of_shipment(db: &Connection, shipment_id: i64) -> Result<Vec<Job>, ShipmentError> {
    let sql = format!("SELECT {COLUMNS} FROM print_job j WHERE shipment_id = ?1 ORDER BY id DESC");
    let jobs: Result<Vec<Job>, _> =
        db.prepare_cached(&sql)?.query_map([shipment_id], job)?.collect();
    Ok(jobs?)
}

/// One job.
///
/// # Errors
/// SQL errors.
pub fn get(db: &Connection, id: i64) -> Result<Option<Job>, ShipmentError> {
    let sql = format!("SELECT {COLUMNS} FROM print_job j WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], job).optional()?)
}

fn set(
    db: &Connection,
    id: i64,
    from: &[JobState],
    to: JobState,
    error: &str,
) -> Result<bool, ShipmentError> {
    let words: Vec<String> = from.iter().map(|state| format!("'{}'", word(*state))).collect();
    let sql = format!(
        "UPDATE print_job SET state = ?2, error = ?3 WHERE id = ?1 AND state IN ({})",
        words.join(", ")
    );
    Ok(db.prepare_cached(&sql)?.execute(params![id, word(to), error])? == 1)
}

/// Bytes are about to leave. `false` if the job is no longer spooled for that printer: then none
/// may leave.
///
/// # Errors
/// SQL errors.
pub fn sending(db: &Connection, id: i64, printer: &str) -> Result<bool, ShipmentError> {
    let sql = "UPDATE print_job SET state = 'sending', error = ''
                WHERE id = ?1 AND state = 'spooled' AND printer = ?2";
    Ok(db.prepare_cached(sql)?.execute(params![id, printer])? == 1)
}

/// The labels of which certainly no byte went to a printer, in the order they would leave.
///
/// # Errors
/// SQL errors.
pub fn spooled(db: &Connection, printer: &str) -> Result<Vec<Job>, ShipmentError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM print_job j WHERE printer = ?1 AND state = 'spooled'
          ORDER BY urgent DESC, batch_id, position, id"
    );
    let jobs: Result<Vec<Job>, _> = db.prepare_cached(&sql)?.query_map([printer], job)?.collect();
    Ok(jobs?)
}

/// Sends a label to another printer, if still no byte of it has left; whether it did.
///
/// # Errors
/// SQL errors.
pub fn divert(db: &Connection, job: &Job, to: &str) -> Result<bool, ShipmentError> {
    let sql = "UPDATE print_job SET printer = ?3, error = ''
                WHERE id = ?1 AND state = 'spooled' AND printer = ?2";
    Ok(db.prepare_cached(sql)?.execute(params![job.id, job.printer, to])? == 1)
}

/// Certainly no byte left: it waits again.
///
/// # Errors
/// SQL errors.
pub fn back(db: &Connection, id: i64, error: &str) -> Result<(), ShipmentError> {
    set(db, id, &[JobState::Sending, JobState::Spooled], JobState::Spooled, error)?;
    Ok(())
}

/// All bytes left.
///
/// # Errors
/// SQL errors.
pub fn sent(db: &Connection, job: &Job, now_ms: i64) -> Result<(), ShipmentError> {
    if set(db, job.id, &[JobState::Sending], JobState::Sent, "")? {
        db.prepare_cached("UPDATE print_job SET sent_at_ms = ?2 WHERE id = ?1")?
            .execute(params![job.id, now_ms])?;
        shipment::tell(db, job.shipment_id, "sent", &job.printer, now_ms)?;
    }
    Ok(())
}

/// It came out, as far as the printer's `confirm` can tell, or as a person or a scan says.
///
/// # Errors
/// SQL errors.
pub fn confirmed(db: &Connection, job: &Job, said: &str, now_ms: i64) -> Result<(), ShipmentError> {
    let from = [JobState::Sending, JobState::Sent, JobState::Unknown];
    if !set(db, job.id, &from, JobState::Confirmed, "")? {
        return Ok(());
    }
    db.prepare_cached(
        "UPDATE print_job SET done_at_ms = ?2, sent_at_ms = coalesce(sent_at_ms, ?2)
          WHERE id = ?1",
    )?
    .execute(params![job.id, now_ms])?;
    let note = job.mark();
    let state = shipment::state(db, job.shipment_id)?;
    let holds_number = matches!(state, State::Waybilled | State::Printed);
    if holds_number && all_out(db, job.waybill_id)? {
        shipment::advance(db, job.shipment_id, Event::Printed, said, &note, now_ms)?;
    } else {
        shipment::tell(db, job.shipment_id, said, &note, now_ms)?;
    }
    ask_about(db, job.shipment_id)
}

/// It may or may not have come out: a person is asked.
///
/// # Errors
/// SQL errors.
pub fn unknown(db: &Connection, job: &Job, why: &str, now_ms: i64) -> Result<(), ShipmentError> {
    if !set(db, job.id, &[JobState::Sending, JobState::Sent], JobState::Unknown, why)? {
        return Ok(());
    }
    shipment::tell(db, job.shipment_id, "label_unknown", why, now_ms)?;
    ask_about(db, job.shipment_id)
}

/// A person said it did not come out, or it is withdrawn before it was sent.
///
/// # Errors
/// SQL errors.
pub fn dropped(db: &Connection, job: &Job, said: &str, now_ms: i64) -> Result<(), ShipmentError> {
    let from = [JobState::Spooled, JobState::Sent, JobState::Unknown];
    if set(db, job.id, &from, JobState::Dropped, "")? {
        shipment::tell(db, job.shipment_id, said, &job.mark(), now_ms)?;
        ask_about(db, job.shipment_id)?;
    }
    Ok(())
}

/// Withdraws the labels of a batch that are still spooled; returns how many.
///
/// # Errors
/// SQL errors.
pub fn withdraw(db: &Connection, batch_id: i64, now_ms: i64) -> Result<usize, ShipmentError> {
    let sql =
        format!("SELECT {COLUMNS} FROM print_job j WHERE batch_id = ?1 AND state = 'spooled'");
    let jobs: Result<Vec<Job>, _> = db.prepare_cached(&sql)?.query_map([batch_id], job)?.collect();
    let jobs = jobs?;
    for job in &jobs {
        dropped(db, job, "stopped", now_ms)?;
    }
    Ok(jobs.len())
}

/// After a copy of the database was put back: labels that waited then may have come out since. They
/// are as if the program had died while it sent them.
///
/// # Errors
/// SQL errors.
pub fn restored(db: &Connection) -> Result<(), ShipmentError> {
    db.execute("UPDATE print_job SET state = 'sending' WHERE state = 'spooled'", [])?;
    Ok(())
}

/// Takes the words people typed out of a shipment's jobs.
///
/// # Errors
/// SQL errors.
pub fn blank(db: &Connection, shipment_id: i64) -> Result<(), ShipmentError> {
    db.prepare_cached("UPDATE print_job SET reason = '', error = '' WHERE shipment_id = ?1")?
        .execute([shipment_id])?;
    Ok(())
}
