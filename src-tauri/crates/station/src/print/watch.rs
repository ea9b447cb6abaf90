//! Listening to a printer: what it says of itself, and which of the labels inside are out.
//!
//! A Zebra's count of all labels (`odometer.total_label_count`, `~HQOD`) is asked by `probe` and
//! not here: it moves with every feed, calibration and label of another sender, twice for one that
//! is printed again after the roll ended (`^JZY`), and nothing documents how soon after the paper
//! it moves. So it can neither prove one label nor deny one in time; `~HS`, which counts what is
//! still inside, does. `^SX` reports by a connection of the printer's own, which a bench behind a
//! firewall does not get.

use super::{
    draw,
    heard::{Heard, state_of},
    job::{self, Job},
    spool::{Inside, Spool},
};
use crate::{Ran, Station, config::PrinterConfig, shipment::ShipmentError, view::PrinterState};
use label::language::{DeviceStatus, Language, Proof};
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
/// How long the first of two questions is waited for: a printer that is blocked may answer only the
/// second, and paper-out must be on the screen within two seconds.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// How long a process ID is waited for before the state is asked again: paper-out must not wait.
const PROOF_WAIT: Duration = Duration::from_millis(300);
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
    ) -> std::io::Result<Option<Heard>> {
        let language = draw::language(config);
        let Some(port) = &mut spool.port else { return Ok(None) };
        if port.tells() {
            return Ok(port.told().await?.map(Heard::from));
        }
        let greeting = if spool.greeted { b"" } else { language.greeting() };
        spool.greeted = true;
        let first = ([greeting, language.status_question()].concat(), language.status_check());
        let second = language.status_fallback();
        let second = second.map(|bytes| (bytes.to_vec(), language.fallback_check()));
        let wait = if second.is_some() { FIRST_WAIT } else { ANSWER_WAIT };
        let first = (!spool.second_only).then_some((first, wait));
        let second = second.map(|second| (second, ANSWER_WAIT));
        for (nth, ((question, whole), wait)) in first.into_iter().chain(second).enumerate() {
            // Reports of labels come unasked; before a label there is nothing to report.
            let answer = if language.proof() == Proof::Receipts && !spool.inside.is_empty() {
                port.ask_on(&question, wait, whole).await?
            } else {
                port.ask(&question, wait, whole).await?
            };
            if let Some(status) = language.read_status(&answer) {
                // Many imitations of TSPL know the short question only.
                spool.second_only |= language == Language::Tspl && nth == 1;
                return Ok(Some(Heard::from(status)));
            }
        }
        // A printer that is blocked often is silent; its wire may still say why. That the wire
        // finds nothing wrong is not the printer's word.
        let told = port.told().await?.filter(|told| told.standing.is_blocked());
        Ok(told.map(Heard::from))
    }

    /// Asks what the printer says only in answer to something else: whether all is out.
    async fn prove(
        &self,
        language: Language,
        spool: &mut Spool,
        status: &mut DeviceStatus,
    ) -> std::io::Result<()> {
        match language.proof() {
            Proof::State => {}
            Proof::Receipts => {
                let receipts = status.receipts as usize;
                status.waiting =
                    (receipts > 0).then(|| spool.inside.len().saturating_sub(receipts) as u32);
            }
            // A printer that is blocked keeps questions of this kind for later.
            Proof::Echo if status.is_blocked() => {}
            Proof::Echo => {
                if spool.proof_id == 0 {
                    // Answers to an earlier run may still be on their way.
                    spool.proof_id = self.now_ms() as u16;
                }
                spool.proof_id = spool.proof_id.wrapping_add(1);
                let id = spool.proof_id;
                let Some(question) = language.proof_question(id) else { return Ok(()) };
                let Some(port) = &mut spool.port else { return Ok(()) };
                let answer = port.ask(&question, PROOF_WAIT, Language::proof_whole).await?;
                status.waiting = Language::is_proof(&answer, id).then_some(0);
            }
        }
        status.busy |= status.waiting.is_none();
        Ok(())
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
        let (state, words) = match self.ask(config, spool).await {
            Ok(Some(heard)) => (heard.state, heard.words),
            Ok(None) => (PrinterState::Silent, String::new()),
            Err(why) => {
                self.in_doubt(spool, &why.to_string()).await?;
                return Ok(Some(self.away(config, spool, &why.to_string())));
            }
        };
        self.note_printer(&config.name, state, &words);
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
        let language = draw::language(config);
        let answer = match self.ask(config, spool).await {
            Ok(Some(mut heard)) if !heard.by_way => {
                let proved = self.prove(language, spool, &mut heard.status).await;
                heard.state = state_of(&heard.status);
                proved.map(|()| Some(heard))
            }
            other => other,
        };
        let now_ms = self.now_ms();
        let Heard { status, state, words, by_way } = match answer {
            Ok(Some(heard)) => heard,
            Ok(None) => return self.silent(config, spool, now_ms).await.map(Some),
            Err(why) => {
                self.in_doubt(spool, &why.to_string()).await?;
                return Ok(Some(self.away(config, spool, &why.to_string())));
            }
        };
        spool.silent_since_ms = None;
        self.note_printer(&config.name, state, &words);
        let well = matches!(state, PrinterState::Ready | PrinterState::Printing);
        spool.ready_at_ms = well.then_some(now_ms);
        let well_since_ms = if well { Some(spool.well_since_ms.unwrap_or(now_ms)) } else { None };
        spool.well_since_ms = well_since_ms;
        let lost = lost(language, &status, spool, now_ms).filter(|_| !by_way);
        if let Some(why) = lost {
            self.in_doubt(spool, why).await?;
            return Ok(Some(Ran::Idle { until_ms: Some(now_ms + BLOCKED_POLL_MS) }));
        }
        let waiting = status.waiting.map_or(spool.inside.len(), |waiting| waiting as usize);
        // A proof is of the label itself; a state may be of the time before it.
        let proof = by_way || language.proof() != Proof::State;
        let old = |label: &&Inside| proof || now_ms - label.sent_at_ms >= OUT_MIN_MS;
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
        if well && spool.inside.len() < spool.ahead_max(language) {
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

/// Why nobody can tell any more whether the labels inside came out whole.
fn lost(
    language: Language,
    status: &DeviceStatus,
    spool: &Spool,
    now_ms: i64,
) -> Option<&'static str> {
    if !language.reprints() && (status.paper_out || status.head_open) {
        return Some("interrupted");
    }
    let since_ms = spool.well_since_ms?.max(spool.inside.back()?.sent_at_ms);
    // Well, and silent about the label: it does not know how to tell.
    let unproved = language.proof() != Proof::State && status.waiting.is_none();
    (unproved && now_ms - since_ms >= SILENT_MAX_MS).then_some("unproved")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::JobState;

    /// A spool with one label inside, sent at 1,000 ms, and well since 2,000 ms.
    fn spool() -> Spool {
        let job = Job {
            id: 1,
            shipment_id: 1,
            waybill_id: 1,
            part: 1,
            no: String::new(),
            printer: "p".to_owned(),
            state: JobState::Sent,
            copy: 1,
            reason: String::new(),
            spooled_at_ms: 0,
            done_at_ms: None,
            error: String::new(),
        };
        let mut spool = Spool::default();
        spool.well_since_ms = Some(2_000);
        spool.inside.push_back(Inside { job, sent_at_ms: 1_000 });
        spool
    }

    #[test]
    fn a_printer_that_cannot_prove_a_label_leaves_it_in_doubt_after_a_while() {
        let well = DeviceStatus { busy: true, ..DeviceStatus::default() };
        for language in Language::ALL {
            let late = lost(language, &well, &spool(), 2_000 + SILENT_MAX_MS);
            let proves = language.proof() == Proof::State;
            assert_eq!(late, (!proves).then_some("unproved"), "{language:?}");
            assert_eq!(lost(language, &well, &spool(), 1_999 + SILENT_MAX_MS), None);
        }
        let proved = DeviceStatus { waiting: Some(0), ..DeviceStatus::default() };
        assert_eq!(lost(Language::EscPos, &proved, &spool(), i64::MAX), None);
    }

    #[test]
    fn an_interruption_leaves_a_label_in_doubt_unless_the_printer_prints_it_again() {
        let states = [
            DeviceStatus { paper_out: true, ..DeviceStatus::default() },
            DeviceStatus { head_open: true, ..DeviceStatus::default() },
        ];
        for (language, status) in Language::ALL.into_iter().flat_map(|l| states.map(|s| (l, s))) {
            let again = matches!(language, Language::Zpl | Language::Tspl);
            let got = lost(language, &status, &spool(), 2_001);
            assert_eq!(got, (!again).then_some("interrupted"), "{language:?}");
            assert_eq!(spool().ahead_max(language), if again { 2 } else { 1 });
        }
    }
}
