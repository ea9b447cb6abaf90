//! What was scanned, and what is done about it.

use crate::{
    Station, batch,
    print::job,
    shipment::ShipmentError,
    trouble::{Action, Code, Trouble},
    view::{CommandView, JobState, ScanCommand, ScanView, State},
};
use rusqlite::{Connection, OptionalExtension};
use std::sync::Arc;

/// Longer than any order number or waybill number; a scan past it is no code of ours.
const CODE_CHARS_MAX: usize = 100;

/// Why a command barcode prints another copy, in the history.
const REPRINT_REASON: &str = "command";
/// The first order of the list 待发货, as the window sorts it.
const NEXT: &str = "SELECT id FROM shipment WHERE tab = 'pending' ORDER BY sort_at_ms, id LIMIT 1";
/// Whose label came out last; by the index `print_job_done`.
const LAST_PRINTED: &str = "SELECT shipment_id FROM print_job WHERE state = 'confirmed'
                             ORDER BY done_at_ms DESC LIMIT 1";

/// What a code names.
enum Named {
    /// A waybill number, live or voided.
    Waybill(i64),
    /// An order number.
    Order(i64),
}

impl Station {
    /// Understands one scan: a waiting order is shipped, a printed one offers the reprint, a label
    /// in doubt is confirmed by its own paper; anything else does nothing and says what it is not.
    ///
    /// # Errors
    /// The database. A code that nothing has is an answer, not an error.
    pub async fn scan(self: &Arc<Self>, text: &str) -> Result<ScanView, Trouble> {
        if let Some(command) = ScanCommand::of(text) {
            return self.command(command).await.map(ScanView::Command);
        }
        let named = match self.named(text) {
            Ok(named) => named,
            Err(trouble) if matches!(trouble.code, Code::ScanUnknown | Code::ScanAmbiguous) => {
                return Ok(ScanView::Unknown(trouble));
            }
            Err(trouble) => return Err(trouble),
        };
        let (id, by_paper) = match named {
            Named::Waybill(id) => (id, true),
            Named::Order(id) => (id, false),
        };
        let row = self.row(id)?;
        let jobs = self.db.read(|db| job::of_shipment(db, id))?;
        let doubted =
            jobs.into_iter().find(|job| job.state == JobState::Unknown || self.waits_for_scan(job));
        if let Some(doubted) = doubted {
            if !by_paper || row.waybill_no.as_deref() != Some(text.trim()) {
                return Ok(ScanView::Attention(Box::new(row)));
            }
            let now_ms = self.now_ms();
            self.db.write(move |db| job::confirmed(db, &doubted, "confirmed", now_ms)).await?;
            self.wake_all();
            return Ok(ScanView::Confirmed(Box::new(self.row(id)?)));
        }
        if row.trouble.is_some() {
            return Ok(ScanView::Attention(Box::new(row)));
        }
        match row.state {
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
            State::Waybilled if row.copies == 0 && !self.label_on_its_way(id)? => {
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
    async fn command(self: &Arc<Self>, command: ScanCommand) -> Result<CommandView, Trouble> {
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
                let last = self.db.read(|db| first_of(db, LAST_PRINTED))?;
                let Some(id) = last else { return Ok(none) };
                let row = self.row(id)?;
                let Some(no) = row.waybill_no.clone() else { return Ok(none) };
                let asked = self.reprint(&no, REPRINT_REASON).await;
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
        }
    }

    fn label_on_its_way(&self, id: i64) -> Result<bool, Trouble> {
        let jobs = self.db.read(|db| job::of_shipment(db, id))?;
        Ok(jobs.iter().any(|job| job.state != JobState::Dropped))
    }

    /// The shipment an order number or waybill number names.
    ///
    /// # Errors
    /// [`Code::ScanUnknown`], [`Code::ScanAmbiguous`]; the database.
    pub fn resolve(&self, code: &str) -> Result<i64, Trouble> {
        match self.named(code)? {
            Named::Waybill(id) | Named::Order(id) => Ok(id),
        }
    }

    fn named(&self, text: &str) -> Result<Named, Trouble> {
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
            let all = "SELECT DISTINCT shipment_id FROM waybill WHERE no = ?1";
            let live = ids(db, &format!("{all} AND voided_at_ms IS NULL LIMIT 3"), code)?;
            if live.is_empty() { ids(db, &format!("{all} LIMIT 3"), code) } else { Ok(live) }
        })?;
        let by_order = self.db.read(|db| {
            ids(
                db,
                "SELECT s.id FROM orders o JOIN shipment s ON s.order_id = o.id
                  WHERE o.number = ?1 LIMIT 3",
                code,
            )
        })?;
        match (by_waybill.as_slice(), by_order.as_slice()) {
            ([id], _) => Ok(Named::Waybill(*id)),
            ([], [id]) => Ok(Named::Order(*id)),
            ([], []) => Err(unknown()),
            (waybills, orders) => {
                let count = waybills.len().max(orders.len()).to_string();
                let fields = [("code", code.to_owned()), ("count", count)];
                Err(Trouble::new(Code::ScanAmbiguous, Action::None, fields))
            }
        }
    }
}

fn ids(db: &Connection, sql: &str, code: &str) -> Result<Vec<i64>, ShipmentError> {
    let found: Result<Vec<i64>, _> =
        db.prepare_cached(sql)?.query_map([code], |row| row.get(0))?.collect();
    Ok(found?)
}

fn first_of(db: &Connection, sql: &str) -> Result<Option<i64>, ShipmentError> {
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?)
}
