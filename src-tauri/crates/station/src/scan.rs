//! What was scanned, and what is done about it.

use crate::{
    Station, batch,
    carrier::parts,
    print::job,
    shipment::{self, ShipmentError, load, waybill},
    trouble::{Action, Code, Trouble},
    view::{CommandView, JobState, Row, ScanCommand, ScanView, State},
};
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

/// Longer than any order number or waybill number; a scan past it is no code of ours.
const CODE_CHARS_MAX: usize = 100;
/// Shipments of one number that are looked at; nobody divides an order into more.
const NAMED_MAX: u32 = 100;

/// Why a command barcode prints another copy, in the history.
const REPRINT_REASON: &str = "command";
/// The first order of the list 待发货, as the window sorts it.
const NEXT: &str = "SELECT id FROM shipment WHERE tab = 'pending' AND back IS NULL
                     ORDER BY sort_at_ms, id LIMIT 1";
/// Whose label came out last; by the index `print_job_done`.
const LAST_PRINTED: &str = "SELECT shipment_id, part FROM print_job WHERE state = 'confirmed'
                             ORDER BY done_at_ms DESC LIMIT 1";

/// What a code names: a shipment, and of a waybill's number (live or voided) which of its parts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    /// The shipment.
    pub id: i64,
    /// `None`: an order number.
    pub part: Option<u32>,
}

impl Station {
    /// Understands one scan: a waiting order is shipped, a printed one offers the reprint, a label
    /// in doubt is confirmed by its own paper; anything else does nothing and says what it is not.
    ///
    /// # Errors
    /// The database. A code that nothing has is an answer, not an error.
    pub async fn scan(self: &Arc<Self>, text: &str) -> Result<ScanView, Trouble> {
        self.scan_read(&self.known_as(text)?).await
    }

    /// The same with what stood around the code taken away.
    pub(crate) async fn scan_read(self: &Arc<Self>, text: &str) -> Result<ScanView, Trouble> {
        if let Some(command) = ScanCommand::of(text) {
            return self.command(command).await;
        }
        let named = match self.named(text) {
            Ok(named) => named,
            Err(trouble) if matches!(trouble.code, Code::ScanUnknown | Code::ScanAmbiguous) => {
                return Ok(ScanView::Unknown(trouble));
            }
            Err(trouble) => return Err(trouble),
        };
        let Named { id, part } = named;
        let row = self.scanned(named, text)?;
        let mut jobs = self.db.read(|db| job::of_shipment(db, id))?;
        jobs.retain(|job| job.state == JobState::Unknown || self.waits_for_scan(job));
        if !jobs.is_empty() {
            let is_it = |job: &job::Job| Some(job.part) == part && job.no == text.trim();
            let Some(doubted) = jobs.into_iter().find(is_it) else {
                return Ok(ScanView::Attention(Box::new(row)));
            };
            let now_ms = self.now_ms();
            self.db.write(move |db| job::confirmed(db, &doubted, "confirmed", now_ms)).await?;
            self.wake_all();
            return Ok(ScanView::Confirmed(Box::new(self.scanned(named, text)?)));
        }
        if row.trouble.is_some() {
            return Ok(ScanView::Attention(Box::new(row)));
        }
        match row.state {
            State::Ready if self.db.read(|db| self.awaits_count(db, id))? => {
                self.begin_count(id, text).await
            }
            State::Ready => {
                self.ship_now(id).await?;
                let row = Box::new(self.row(id)?);
                // The last check before the carrier may have held it.
                Ok(if row.trouble.is_some() {
                    ScanView::Attention(row)
                } else {
                    ScanView::Shipping(row)
                })
            }
            State::Waybilled if self.lacks_labels(id)? => {
                if self.db.read(|db| self.awaits_count(db, id))? {
                    return self.begin_count(id, text).await;
                }
                self.ship_now(id).await?;
                Ok(ScanView::Shipping(Box::new(self.row(id)?)))
            }
            State::Printed => Ok(ScanView::Printed(Box::new(row))),
            State::Requested | State::Waybilled | State::Voiding => {
                Ok(ScanView::InWork(Box::new(row)))
            }
            State::Held | State::Refused => Ok(ScanView::Attention(Box::new(row))),
        }
    }

    /// Does what a command barcode says; without anything to do it with, nothing.
    async fn command(self: &Arc<Self>, command: ScanCommand) -> Result<ScanView, Trouble> {
        if let Some(mode) = command.mode() {
            self.set_mode(mode).await?;
            return Ok(ScanView::Command(CommandView { command, done: true, row: None }));
        }
        if command == ScanCommand::Next
            && let Some(id) = self.db.read(|db| first_of(db, NEXT))?
            && self.db.read(|db| self.awaits_count(db, id))?
        {
            return self.begin_count(id, "").await;
        }
        self.obey(command).await.map(ScanView::Command)
    }

    async fn obey(self: &Arc<Self>, command: ScanCommand) -> Result<CommandView, Trouble> {
        let none = CommandView { command, done: false, row: None };
        match command {
            ScanCommand::Next => {
                let first = self.db.read(|db| first_of(db, NEXT))?;
                let Some(id) = first else { return Ok(none) };
                self.ship_now(id).await?;
                let row = self.row(id)?;
                // The last check before the carrier may have held it.
                let done = row.trouble.is_none();
                Ok(CommandView { done, row: Some(Box::new(row)), ..none })
            }
            ScanCommand::Reprint => {
                let last = self.db.read(last_printed)?;
                let Some((id, part)) = last else { return Ok(none) };
                let row = self.row(id)?;
                if row.waybill_no.is_none() {
                    return Ok(none);
                }
                let asked = self.reprint_part(id, Some(part), REPRINT_REASON).await;
                // A copy on its way, or one in doubt, is no reason for another.
                let done = asked.is_ok();
                Ok(CommandView { done, row: Some(Box::new(self.row(id)?)), ..none })
            }
            ScanCommand::Pause | ScanCommand::Resume | ScanCommand::Stop => {
                let Some(id) = self.db.read(batch::live)? else { return Ok(none) };
                if command == ScanCommand::Pause {
                    self.pause_batch(id).await?;
                } else if command == ScanCommand::Resume {
                    self.resume_batch(id).await?;
                } else {
                    self.stop_batch(id).await?;
                }
                Ok(CommandView { done: true, ..none })
            }
            ScanCommand::ToShip
            | ScanCommand::ToReprint
            | ScanCommand::ToVerify
            | ScanCommand::ToWeigh
            | ScanCommand::ToHandOver => Ok(none),
        }
    }

    /// The line of what was scanned. Of a further parcel it bears that parcel's number: what is
    /// offered then is about its label alone.
    fn scanned(&self, named: Named, text: &str) -> Result<Row, Trouble> {
        let mut row = self.row(named.id)?;
        if named.part.is_some_and(|part| part != parts::FIRST) && row.waybill_no.is_some() {
            row.waybill_no = Some(text.trim().to_owned());
        }
        Ok(row)
    }

    /// Whether somebody still has to ask for a label of a number.
    pub(crate) fn lacks_labels(&self, id: i64) -> Result<bool, Trouble> {
        let missing = |db: &Connection| -> Result<bool, ShipmentError> {
            let Some(live) = waybill::live(db, id)? else { return Ok(false) };
            Ok(!job::missing(db, live.id)?.is_empty())
        };
        Ok(self.db.read(missing)?)
    }

    /// The shipment an order number or waybill number names.
    ///
    /// # Errors
    /// [`Code::ScanUnknown`], [`Code::ScanAmbiguous`]; the database.
    pub fn resolve(&self, code: &str) -> Result<i64, Trouble> {
        Ok(self.named(code)?.id)
    }

    /// What a code names.
    ///
    /// # Errors
    /// As [`Station::resolve`].
    pub(crate) fn named(&self, text: &str) -> Result<Named, Trouble> {
        let code = text.trim();
        let unknown = || {
            let code: String = code.chars().take(CODE_CHARS_MAX).collect();
            Trouble::new(Code::ScanUnknown, Action::None, [("code", code)])
        };
        if code.is_empty() || code.chars().count() > CODE_CHARS_MAX {
            return Err(unknown());
        }
        // A number that was taken back may be live for another order by now.
        let by_waybill = self.db.read(|db| -> Result<_, ShipmentError> {
            let live = numbered(db, "AND w.voided_at_ms IS NULL", code)?;
            if live.is_empty() { numbered(db, "", code) } else { Ok(live) }
        })?;
        let by_order = self.db.read(|db| ordered(db, code))?;
        match (by_waybill.as_slice(), by_order.as_slice()) {
            ([(id, part)], _) => Ok(Named { id: *id, part: Some(*part) }),
            ([], [id]) => Ok(Named { id: *id, part: None }),
            ([], []) => Err(unknown()),
            (waybills, orders) => {
                let count = waybills.len().max(orders.len()).to_string();
                let fields = [("code", code.to_owned()), ("count", count)];
                Err(Trouble::new(Code::ScanAmbiguous, Action::None, fields))
            }
        }
    }
}

/// Shipments one of whose numbers this is, and which of its parts.
fn numbered(db: &Connection, and: &str, code: &str) -> Result<Vec<(i64, u32)>, ShipmentError> {
    let sql = format!(
        "SELECT w.shipment_id, 1 FROM waybill w WHERE w.no = ?1 {and}
          UNION SELECT w.shipment_id, p.part FROM parcel p JOIN waybill w ON w.id = p.waybill_id
                 WHERE p.no = ?1 {and} LIMIT 3"
    );
    let found: Result<Vec<(i64, u32)>, _> =
        db.prepare_cached(&sql)?.query_map([code], |row| Ok((row.get(0)?, row.get(1)?)))?.collect();
    Ok(found?)
}

/// Shipments that answer for an order of this number, one for each order. Of an order that was
/// divided or sent again it is the first that is not printed yet; else the last. What comes back is
/// found by its own number alone: nobody scans an order to have it back.
fn ordered(db: &Connection, code: &str) -> Result<Vec<i64>, ShipmentError> {
    let found: Result<Vec<(i64, i64)>, _> = db
        .prepare_cached(
            "SELECT s.id, s.order_id FROM orders o JOIN shipment s ON s.order_id = o.id
              WHERE o.number = ?1 AND s.back IS NULL ORDER BY o.id, s.nth LIMIT ?2",
        )?
        .query_map(params![code, NAMED_MAX], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect();
    let mut of: Vec<(i64, Vec<i64>)> = Vec::new();
    for (id, order_id) in found? {
        let id = load::answering(db, id)?;
        match of.last_mut() {
            Some((last, ids)) if *last == order_id => ids.push(id),
            _ => of.push((order_id, vec![id])),
        }
    }
    let mut answers = Vec::new();
    for (_, ids) in of {
        let mut meant = ids[ids.len() - 1];
        for id in ids {
            if !matches!(shipment::state(db, id)?, State::Printed | State::Voiding) {
                meant = id;
                break;
            }
        }
        if !answers.contains(&meant) {
            answers.push(meant);
        }
    }
    Ok(answers)
}

fn last_printed(db: &Connection) -> Result<Option<(i64, u32)>, ShipmentError> {
    let mut last = db.prepare_cached(LAST_PRINTED)?;
    Ok(last.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn first_of(db: &Connection, sql: &str) -> Result<Option<i64>, ShipmentError> {
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?)
}
