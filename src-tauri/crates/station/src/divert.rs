//! A printer stands still, and a person sends its labels to another one. Never done by itself, and
//! only for labels of which certainly no byte left: what may have come out is asked about, where it
//! was sent.

use crate::{
    Station,
    carrier::parts,
    config::PrinterConfig,
    outbox,
    print::{
        draw,
        job::{self, Job},
    },
    shipment::{
        self, ShipmentError,
        waybill::{self, LabelFacts},
    },
    trouble::{Action, Code, Trouble},
    view::Diverted,
};
use rusqlite::Connection;

/// What goes to the other printer.
#[derive(Default)]
struct Waiting {
    jobs: Vec<Job>,
    /// Shipments whose number is still asked for.
    to_come: Vec<i64>,
    /// Labels that do not fit the other printer's paper.
    stay: u32,
}

impl Station {
    /// Sends all labels that wait for a printer to another one, those still to come from a carrier
    /// too; the history of each says so. A label that does not fit there stays where it is.
    ///
    /// # Errors
    /// [`Code::NoPrinter`] for an unknown one, or for the same one; the database.
    pub async fn divert_labels(&self, from: &str, to: &str) -> Result<Diverted, Trouble> {
        let from = self.printer(Some(from))?.config.name.clone();
        let target = &self.printer(Some(to))?.config;
        if target.name == from {
            return Err(Trouble::new(Code::NoPrinter, Action::None, [("name", from)]));
        }
        let Waiting { jobs, to_come, stay } =
            self.db.read(|db| self.waiting_for(db, &from, target))?;
        let (to, now_ms) = (target.name.clone(), self.now_ms());
        let write = move |db: &Connection| -> Result<Diverted, ShipmentError> {
            let mut diverted = Diverted { from, to, labels: 0, to_come: 0, stay };
            let Diverted { from, to, .. } = &diverted;
            let note = format!("{from} → {to}");
            let (mut labels, mut coming) = (0, 0);
            for job in jobs {
                // One that began to leave meanwhile is the first printer's.
                if job::divert(db, &job, to)? {
                    labels += 1;
                    shipment::tell(db, job.shipment_id, "diverted", &note, now_ms)?;
                }
            }
            for id in to_come {
                if outbox::divert(db, id, from, to)? {
                    coming += 1;
                    shipment::tell(db, id, "diverted", &note, now_ms)?;
                }
            }
            (diverted.labels, diverted.to_come) = (labels, coming);
            Ok(diverted)
        };
        let diverted = self.db.write(write).await?;
        let Diverted { from, to, labels, to_come, stay } = &diverted;
        tracing::info!(from, printer = to, labels, to_come, stay, "labels diverted");
        self.wake_all();
        Ok(diverted)
    }

    fn waiting_for(
        &self,
        db: &Connection,
        from: &str,
        target: &PrinterConfig,
    ) -> Result<Waiting, ShipmentError> {
        let mut waiting = Waiting::default();
        for job in job::spooled(db, from)? {
            let live = waybill::live(db, job.shipment_id)?;
            let fits = live.is_some_and(|live| self.fits(&live.facts, job.copy, target));
            if fits {
                waiting.jobs.push(job);
            } else {
                waiting.stay += 1;
            }
        }
        for id in outbox::to_come(db, from)? {
            let facts = outbox::open_of(db, id)?.map(|entry| entry.facts);
            if facts.is_some_and(|facts| self.fits(&facts, 1, target)) {
                waiting.to_come.push(id);
            } else {
                waiting.stay += 1;
            }
        }
        Ok(waiting)
    }

    /// Whether a printer's paper holds a label.
    fn fits(&self, facts: &LabelFacts, nth: u32, printer: &PrinterConfig) -> bool {
        let (at_ms, practice) = (self.now_ms(), self.config.practice);
        let Ok(form) = self.form_of(facts) else { return false };
        let form = form.as_deref();
        let copy =
            draw::Copy { waybill: None, facts, form, part: parts::FIRST, nth, at_ms, practice };
        draw::fits(copy, printer).is_ok()
    }
}
