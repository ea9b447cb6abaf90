//! The chain at a glance: lists, carriers, printers, outbox, batch.

use crate::{
    Account, Station, batch, intake,
    print::job,
    shipment::ShipmentError,
    trouble::Trouble,
    view::{CarrierState, CarrierStatus, Counts, OutboxStatus, PrinterStatus, Status},
};
use jiff::{Timestamp, tz::TimeZone};
use rusqlite::Connection;

impl Station {
    /// Everything the frame of the window shows. Cheap: asked several times a second.
    ///
    /// # Errors
    /// The database.
    pub fn status(&self) -> Result<Status, Trouble> {
        let now_ms = self.now_ms();
        let (counts, outbox, batch, printed_today) =
            self.db.read(|db| -> Result<_, ShipmentError> {
                let batch = match batch::live(db)? {
                    Some(id) => Some(batch::view(db, id, now_ms)?),
                    None => None,
                };
                Ok((counts(db)?, outbox(db)?, batch, printed_since(db, midnight_ms(now_ms))?))
            })?;
        let batch = batch.map(|batch| self.with_time_left(batch)).transpose()?;
        let printers = self.printer_status()?;
        let known = self.live().last_import.clone();
        let last_import = match known {
            Some(report) => report,
            None => {
                let report = self.db.read(intake::last_report)?;
                self.live().last_import = Some(report.clone());
                report
            }
        };
        Ok(Status {
            counts,
            carriers: self.carrier_status(),
            printers,
            scanner: self.scanner_status(),
            outbox,
            batch,
            printed_today,
            last_import,
            tell_failed: self.live().tell_failed.clone(),
            practice: self.config.practice,
        })
    }

    pub(crate) fn carrier_status(&self) -> Vec<CarrierStatus> {
        let now_ms = self.now_ms();
        // Before the lock below: a dispatcher holds an account's pace when it asks for that lock.
        let goes_on = |account: &Account| account.pace().spent_until_ms(now_ms);
        let goes_on: Vec<Option<i64>> = self.accounts.iter().map(goes_on).collect();
        let live = self.live();
        self.accounts
            .iter()
            .zip(goes_on)
            .map(|(account, goes_on_at_ms)| {
                let name = account.config.name.clone();
                let now = live.carriers.get(&name).cloned().unwrap_or_default();
                let purse = account.purse();
                CarrierStatus {
                    code: account.carrier.code().to_owned(),
                    name,
                    state: match goes_on_at_ms {
                        Some(_) => CarrierState::Limited,
                        None => now.state,
                    },
                    goes_on_at_ms,
                    last_ms: now.last_ms,
                    in_flight: now.in_flight,
                    balance: purse.left(),
                    low: purse.is_low(),
                    empty: purse.is_empty(),
                    error: now.error,
                    tracking: account.tracking(),
                }
            })
            .collect()
    }

    pub(crate) fn printer_status(&self) -> Result<Vec<PrinterStatus>, Trouble> {
        let mut all = Vec::new();
        for printer in &self.printers {
            let name = printer.config.name.clone();
            let (waiting, unknown) = self.db.read(|db| job::waiting(db, &name))?;
            let now = self.live().printers.get(&name).cloned().unwrap_or_default();
            all.push(PrinterStatus {
                address: printer.config.address.to_string(),
                name,
                state: now.state,
                waiting,
                unknown,
                error: now.error,
            });
        }
        Ok(all)
    }
}

fn counts(db: &Connection) -> Result<Counts, ShipmentError> {
    let mut statement = db.prepare_cached("SELECT tab, n FROM tally")?;
    let mut rows = statement.query([])?;
    let mut counts = Counts::default();
    while let Some(row) = rows.next()? {
        let n: u32 = row.get(1)?;
        match row.get_ref(0)?.as_str().unwrap_or_default() {
            "pending" => counts.pending = n,
            "in_work" => counts.in_work = n,
            "to_print" => counts.to_print = n,
            "printed" => counts.printed = n,
            _ => counts.attention = n,
        }
    }
    Ok(counts)
}

fn outbox(db: &Connection) -> Result<OutboxStatus, ShipmentError> {
    Ok(db
        .prepare_cached(
            "SELECT count(*), coalesce(sum(last_error IS NOT NULL), 0),
                    coalesce(sum(doubt = 1 AND lease_until_ms IS NULL), 0)
               FROM outbox WHERE done_at_ms IS NULL",
        )?
        .query_row([], |row| {
            Ok(OutboxStatus { waiting: row.get(0)?, failing: row.get(1)?, unknown: row.get(2)? })
        })?)
}

fn printed_since(db: &Connection, since_ms: i64) -> Result<u32, ShipmentError> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM print_job WHERE state = 'confirmed' AND done_at_ms >= ?1",
        )?
        .query_row([since_ms], |row| row.get(0))?)
}

/// The beginning of the local day, ms UTC.
pub(crate) fn midnight_ms(now_ms: i64) -> i64 {
    Timestamp::from_millisecond(now_ms)
        .ok()
        .map(|now| now.to_zoned(TimeZone::system()))
        .and_then(|now| now.start_of_day().ok())
        .map_or(0, |midnight| midnight.timestamp().as_millisecond())
}
