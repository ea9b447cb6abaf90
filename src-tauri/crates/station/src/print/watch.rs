//! Listening to a printer: what it says of itself, and which of the labels inside are out.

use super::{
    draw,
    job::{self, Job},
    spool::{AHEAD_MAX, Inside, Spool},
};
use crate::{Ran, Station, config::PrinterConfig, shipment::ShipmentError, view::PrinterState};
use label::language::DeviceStatus;
use std::time::Duration;

/// How long a printer's answer is waited for. Zebra: no answer means it is blocked.
const ANSWER_WAIT: Duration = Duration::from_secs(2);
/// How often it is asked while labels are in it.
pub(super) const POLL_MS: i64 = 40;
/// No printer moves a label out faster than this. An "all out" before that was said of the time
/// before the label.
const OUT_MIN_MS: i64 = 150;
/// How often a blocked printer is asked whether it goes on.
const BLOCKED_POLL_MS: i64 = 500;
/// A printer that said "ready" this recently is not asked again before the next label.
const FRESH_MS: i64 = 1_000;
/// After this long without a word, labels inside a silent printer are in doubt.
const SILENT_MAX_MS: i64 = 15_000;

impl Station {
    pub(crate) fn note_printer(&self, name: &str, state: PrinterState, error: &str) {
        let moved = {
            let mut live = self.live();
            let printer = live.printers.entry(name.to_owned()).or_default();
            let moved = printer.state != state || printer.error != error;
            printer.state = state;
            error.clone_into(&mut printer.error);
            moved
        };
        if moved {
            tracing::info!(printer = name, ?state, error, "printer");
            self.touch();
        }
    }

    /// Asks the printer how it is. `Ok(None)` is silence.
    async fn ask(
        &self,
        config: &PrinterConfig,
        spool: &mut Spool,
    ) -> std::io::Result<Option<DeviceStatus>> {
        let language = draw::language(config);
        let Some(port) = &mut spool.port else { return Ok(None) };
        let first = (language.status_question(), language.status_check());
        let second = language.status_fallback().map(|bytes| (bytes, language.fallback_check()));
        for (question, whole) in std::iter::once(first).chain(second) {
            let answer = port.ask(question, ANSWER_WAIT, whole).await?;
            if let Some(status) = language.read_status(&answer) {
                return Ok(Some(status));
            }
        }
        Ok(None)
    }

    /// Before a label: a printer that cannot print gets none. `Some` says when to look again.
    pub(super) async fn blocked(
        &self,
        config: &PrinterConfig,
        spool: &mut Spool,
    ) -> Result<Option<Ran>, ShipmentError> {
        let now_ms = self.now_ms();
        if spool.ready_at_ms.is_some_and(|at_ms| now_ms - at_ms < FRESH_MS) {
            return Ok(None);
        }
        let state = match self.ask(config, spool).await {
            Ok(Some(status)) => state_of(&status),
            Ok(None) => PrinterState::Silent,
            Err(why) => {
                self.in_doubt(spool, &why.to_string()).await?;
                return Ok(Some(self.away(config, spool, &why.to_string())));
            }
        };
        self.note_printer(&config.name, state, "");
        if matches!(state, PrinterState::Ready | PrinterState::Printing) {
            spool.ready_at_ms = Some(self.now_ms());
            return Ok(None);
        }
        spool.ready_at_ms = None;
        if state == PrinterState::Silent {
            // A late answer on this connection would be taken for the next one.
            spool.port = None;
        }
        spool.not_before_ms = self.now_ms() + BLOCKED_POLL_MS;
        Ok(Some(Ran::Idle { until_ms: Some(spool.not_before_ms) }))
    }

    /// While labels are inside: confirms those that came out. `Some` says when to look again.
    pub(super) async fn follow(
        &self,
        config: &PrinterConfig,
        spool: &mut Spool,
    ) -> Result<Option<Ran>, ShipmentError> {
        let answer = self.ask(config, spool).await;
        let now_ms = self.now_ms();
        let status = match answer {
            Ok(Some(status)) => status,
            Ok(None) => return self.silent(config, spool, now_ms).await.map(Some),
            Err(why) => {
                self.in_doubt(spool, &why.to_string()).await?;
                return Ok(Some(self.away(config, spool, &why.to_string())));
            }
        };
        spool.silent_since_ms = None;
        let state = state_of(&status);
        self.note_printer(&config.name, state, "");
        let well = matches!(state, PrinterState::Ready | PrinterState::Printing);
        spool.ready_at_ms = well.then_some(now_ms);
        let waiting = status.waiting.map_or(spool.inside.len(), |waiting| waiting as usize);
        let old = |label: &&Inside| now_ms - label.sent_at_ms >= OUT_MIN_MS;
        let out = spool.inside.len().saturating_sub(waiting);
        let out = spool.inside.iter().take(out).take_while(old).count();
        // Out of paper, a printer may have dropped its count: what it holds is not yet out.
        if well && out > 0 {
            let out: Vec<Job> = spool.inside.drain(..out).map(|label| label.job).collect();
            self.db
                .write(move |db| -> Result<(), ShipmentError> {
                    out.iter().try_for_each(|job| job::confirmed(db, job, "printed", now_ms))
                })
                .await?;
            self.touch();
        }
        if well && spool.inside.len() < AHEAD_MAX {
            let name = config.name.clone();
            if spool.inside.is_empty() || self.db.read(|db| job::next(db, &name, now_ms))?.is_some()
            {
                return Ok(None);
            }
        }
        let wait_ms = if well { POLL_MS } else { BLOCKED_POLL_MS };
        Ok(Some(Ran::Idle { until_ms: Some(now_ms + wait_ms) }))
    }

    async fn silent(
        &self,
        config: &PrinterConfig,
        spool: &mut Spool,
        now_ms: i64,
    ) -> Result<Ran, ShipmentError> {
        let since_ms = *spool.silent_since_ms.get_or_insert(now_ms);
        spool.ready_at_ms = None;
        self.note_printer(&config.name, PrinterState::Silent, "");
        if now_ms - since_ms >= SILENT_MAX_MS {
            self.in_doubt(spool, "silent").await?;
            spool.silent_since_ms = None;
            spool.port = None;
        }
        Ok(Ran::Idle { until_ms: Some(now_ms + BLOCKED_POLL_MS) })
    }

    /// The way to the printer broke: nobody can tell any more whether these came out.
    pub(super) async fn in_doubt(&self, spool: &mut Spool, why: &str) -> Result<(), ShipmentError> {
        spool.port = None;
        spool.ready_at_ms = None;
        if spool.inside.is_empty() {
            return Ok(());
        }
        let jobs: Vec<Job> = spool.inside.drain(..).map(|label| label.job).collect();
        let (why, now_ms) = (why.to_owned(), self.now_ms());
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                jobs.iter().try_for_each(|job| job::unknown(db, job, &why, now_ms))
            })
            .await?;
        self.touch();
        Ok(())
    }
}

fn state_of(status: &DeviceStatus) -> PrinterState {
    if status.head_open {
        PrinterState::HeadOpen
    } else if status.paper_out {
        PrinterState::PaperOut
    } else if status.ribbon_out {
        PrinterState::RibbonOut
    } else if status.fault {
        PrinterState::Fault
    } else if status.paused {
        PrinterState::Paused
    } else if status.busy || status.waiting.is_some_and(|waiting| waiting > 0) {
        PrinterState::Printing
    } else {
        PrinterState::Ready
    }
}
