//! Labels that people ask for: a reprint with its reason, a doubt settled, a test label, pictures.

use crate::{
    Station,
    carrier::parts,
    config::{Confirm, PrinterConfig},
    intake,
    print::{
        draw,
        job::{self, NewJob},
    },
    scan::Named,
    shipment::{self, ShipmentError, waybill},
    trouble::{Action, Code, Trouble},
    view::{JobState, JobView, Row, State},
};
use label::{font::Fonts, forms::test_page, preview, raster};

/// No reason is longer than a line.
const REASON_CHARS_MAX: usize = 60;

/// One of the ways of [`draw`].
type Drawing<T> = fn(draw::Copy<'_>, Option<&[u8]>, &PrinterConfig) -> Result<T, draw::Unprintable>;

impl Station {
    /// Prints a label once more: by a number its own, by an order number all of the order's. The
    /// reason is kept, and the copy says which one it is. Of several labels the first job is told.
    ///
    /// # Errors
    /// [`Code::ReasonMissing`], [`Code::NoWaybill`], [`Code::LabelUnknown`] while an earlier copy
    /// is in doubt, [`Code::WrongState`] while one is still on its way; the database.
    pub async fn reprint(&self, code: &str, reason: &str) -> Result<JobView, Trouble> {
        let named = self.named(code)?;
        self.reprint_part(named.id, named.part, reason).await
    }

    /// Prints every label of a shipment once more.
    ///
    /// # Errors
    /// As [`Station::reprint`].
    pub async fn reprint_all(&self, code: &str, reason: &str) -> Result<JobView, Trouble> {
        self.reprint_part(self.resolve(code)?, None, reason).await
    }

    /// One label of a shipment, or all.
    pub(crate) async fn reprint_part(
        &self,
        id: i64,
        part: Option<u32>,
        reason: &str,
    ) -> Result<JobView, Trouble> {
        let reason: String = reason.trim().chars().take(REASON_CHARS_MAX).collect();
        if reason.is_empty() {
            return Err(Trouble::new(Code::ReasonMissing, Action::None, []));
        }
        let printer = self.routed_printer(id)?.config.name.clone();
        let row = self.row(id)?;
        let live = self.db.read(|db| waybill::live(db, id))?;
        let Some(live) = live else {
            return Err(Trouble::new(Code::NoWaybill, Action::None, [("order", row.order_no)]));
        };
        self.may_reprint(&row)?;
        if row.state == State::Waybilled && self.db.read(|db| self.awaits_count(db, id))? {
            let fields = [("order", row.order_no)];
            return Err(Trouble::new(Code::VerifyFirst, Action::None, fields));
        }
        let now_ms = self.now_ms();
        let all = parts::FIRST..=live.waybill.labels();
        let wanted = part.map_or(all, |part| part..=part);
        let job = self
            .db
            .write(move |db| -> Result<_, ShipmentError> {
                let mut first = None;
                for part in wanted {
                    let new = NewJob {
                        shipment_id: id,
                        waybill_id: live.id,
                        part,
                        printer: &printer,
                        reason: &reason,
                        batch: None,
                        urgent: true,
                    };
                    let job_id = job::spool(db, &new, now_ms)?;
                    first = first.or(Some(job_id));
                }
                first.map_or(Ok(None), |job_id| job::get(db, job_id))
            })
            .await?;
        self.wake_all();
        job.map(|job| job_view(&job))
            .ok_or_else(|| Trouble::new(Code::Internal, Action::Retry, [("why", "no job".into())]))
    }

    /// Not while a label of it is on its way or in doubt.
    fn may_reprint(&self, row: &Row) -> Result<(), Trouble> {
        let fields = [("order", row.order_no.clone()), ("state", shipment::word(row.state).into())];
        let busy = Trouble::new(Code::WrongState, Action::Wait, fields);
        if !matches!(row.state, State::Waybilled | State::Printed) {
            return Err(busy);
        }
        for job in self.db.read(|db| job::of_shipment(db, row.id))? {
            match job.state {
                JobState::Spooled | JobState::Sending => return Err(busy),
                JobState::Unknown => return Err(row.trouble.clone().unwrap_or(busy)),
                JobState::Sent | JobState::Confirmed | JobState::Dropped => {}
            }
        }
        Ok(())
    }

    /// Settles a doubt: the label is in somebody's hand, or it is not. Not: it is printed again,
    /// as another copy, because the first may still turn up. With several labels in doubt it is the
    /// one whose number was said, else the one that is asked about.
    ///
    /// # Errors
    /// [`Code::WrongState`] if nothing is in doubt; the database.
    pub async fn confirm(&self, code: &str, came_out: bool) -> Result<Row, Trouble> {
        let Named { id, part } = self.named(code)?;
        let now_ms = self.now_ms();
        let jobs = self.db.read(|db| job::of_shipment(db, id))?;
        // The label whose number was said, else the one that is asked about: the oldest in doubt.
        let oldest = |state| jobs.iter().rev().filter(move |job| job.state == state);
        let doubted = || oldest(JobState::Unknown).chain(oldest(JobState::Sent));
        let said = doubted().find(|job| Some(job.part) == part);
        let Some(doubted) = said.or_else(|| doubted().next()).cloned() else {
            let row = self.row(id)?;
            let fields = [("order", row.order_no), ("state", shipment::word(row.state).to_owned())];
            return Err(Trouble::new(Code::WrongState, Action::None, fields));
        };
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                if came_out {
                    return job::confirmed(db, &doubted, "confirmed", now_ms);
                }
                job::dropped(db, &doubted, "label_lost", now_ms)?;
                let again = NewJob {
                    shipment_id: id,
                    waybill_id: doubted.waybill_id,
                    part: doubted.part,
                    printer: &doubted.printer,
                    reason: "not_out",
                    batch: None,
                    urgent: true,
                };
                job::spool(db, &again, now_ms).map(drop)
            })
            .await?;
        self.wake_all();
        self.row(id)
    }

    /// Whether a label's paper still waits for a scan.
    pub(crate) fn waits_for_scan(&self, job: &job::Job) -> bool {
        let by_scan = |printer: &&crate::Printer| printer.config.name == job.printer;
        job.state == JobState::Sent
            && self
                .printers
                .iter()
                .find(by_scan)
                .is_some_and(|printer| printer.config.confirm == Confirm::Scan)
    }

    /// The dots of a shipment's label, as its printer would get them; without a number yet, what it
    /// would look like.
    ///
    /// # Errors
    /// [`Code::LabelUndrawable`]; no such shipment; the database.
    pub fn label_bitmap(&self, id: i64, printer: Option<&str>) -> Result<raster::Bitmap, Trouble> {
        let drawn = self.with_label(id, parts::FIRST, printer, draw::label)?;
        Ok(drawn.bitmap)
    }

    /// Draws a shipment's label by one of the ways of [`draw`].
    fn with_label<T>(
        &self,
        id: i64,
        part: u32,
        printer: Option<&str>,
        by: Drawing<T>,
    ) -> Result<T, Trouble> {
        let printer = match printer {
            Some(name) => &self.printer(Some(name))?.config,
            None => &self.next_printer(id)?.config,
        };
        let live = self.db.read(|db| waybill::live(db, id))?;
        let mut template = None;
        let (facts, issued) = match live {
            Some(live) => {
                template = self.db.read(|db| waybill::template(db, live.id, part))?;
                (live.facts, Some((live.waybill, live.issued_at_ms)))
            }
            None => {
                let order = self.db.read(|db| intake::order_of(db, id))?;
                let account = self.account(&self.routed(None))?;
                let shop = self.shop_facts(&order, printer).map(|(_, shop)| shop);
                let facts = self.label_facts(account, &order, shop);
                (facts, None)
            }
        };
        let printed = self.db.read(|db| job::of_shipment(db, id))?;
        let form = self.form_of(&facts).map_err(Trouble::from)?;
        let copy = draw::Copy {
            waybill: issued.as_ref().map(|(waybill, _)| waybill),
            facts: &facts,
            form: form.as_deref(),
            part,
            nth: printed.iter().find(|job| job.part == part).map_or(1, |job| job.copy),
            at_ms: issued.as_ref().map_or_else(|| self.now_ms(), |(_, at_ms)| *at_ms),
            practice: self.config.practice,
        };
        by(copy, template.as_deref(), printer)
            .map_err(|fault| Trouble::new(Code::LabelUndrawable, Action::EditOrder, fault.fields()))
    }

    /// The label as a PNG, one pixel a dot.
    ///
    /// # Errors
    /// As [`Station::label_bitmap`].
    pub fn label_png(&self, id: i64) -> Result<Vec<u8>, Trouble> {
        Ok(preview::png(&self.label_bitmap(id, None)?))
    }

    /// The label that a code names as a PNG: of a further parcel its own.
    ///
    /// # Errors
    /// As [`Station::label_bitmap`] and [`Station::resolve`].
    pub fn label_png_of(&self, code: &str) -> Result<Vec<u8>, Trouble> {
        let Named { id, part } = self.named(code)?;
        let drawn = self.with_label(id, part.unwrap_or(parts::FIRST), None, draw::label)?;
        Ok(preview::png(&drawn.bitmap))
    }

    /// The bytes a printer would get.
    ///
    /// # Errors
    /// As [`Station::label_bitmap`]; no such printer.
    pub fn label_bytes(&self, id: i64, printer: Option<&str>) -> Result<Vec<u8>, Trouble> {
        self.bytes_of_part(id, parts::FIRST, printer)
    }

    /// The bytes a printer would get for the label that a code names.
    ///
    /// # Errors
    /// As [`Station::label_bytes`] and [`Station::resolve`].
    pub fn label_bytes_of(&self, code: &str, printer: Option<&str>) -> Result<Vec<u8>, Trouble> {
        let Named { id, part } = self.named(code)?;
        self.bytes_of_part(id, part.unwrap_or(parts::FIRST), printer)
    }

    fn bytes_of_part(&self, id: i64, part: u32, printer: Option<&str>) -> Result<Vec<u8>, Trouble> {
        // As if it were the last of its batch.
        let by: Drawing<_> = |copy, template, printer| draw::bytes(copy, template, printer, true);
        let (bytes, _) = self.with_label(id, part, printer, by)?;
        Ok(bytes)
    }

    /// Prints the alignment and darkness page, past the queue.
    ///
    /// # Errors
    /// [`Code::PrinterAway`] with the system's words.
    pub async fn test_label(&self, name: &str) -> Result<(), Trouble> {
        let printer = self.printer(Some(name))?;
        let bytes = draw::encode(&self.test_bitmap(name)?, &printer.config, true);
        self.send_aside(printer, "packbench-test", &bytes).await
    }

    /// The dots of the test label.
    ///
    /// # Errors
    /// [`Code::NoPrinter`].
    pub fn test_bitmap(&self, name: &str) -> Result<raster::Bitmap, Trouble> {
        let config = &self.printer(Some(name))?.config;
        let page = test_page::draw(draw::head(config), draw::paper(config), name);
        Ok(raster::paint(&page, Fonts::shipped()))
    }
}

/// A job as the window sees it.
pub(crate) fn job_view(job: &job::Job) -> JobView {
    JobView {
        id: job.id,
        printer: job.printer.clone(),
        state: job.state,
        part: job.part,
        no: job.no.clone(),
        copy: job.copy,
        reason: job.reason.clone(),
        spooled_at_ms: job.spooled_at_ms,
        done_at_ms: job.done_at_ms,
        error: job.error.clone(),
    }
}
