//! One printer at work: takes the next label, draws it, sends it, and finds out whether it came
//! out. Not here: how bytes travel (`tcp`, `queue`, `folder`) and the rows (`job`).

use super::{
    Broken, Port, cut,
    draw::{self, Note},
    job::{self, Job},
    watch::POLL_MS,
};
use crate::{
    Printer, Ran, Station,
    config::{Confirm, PrinterConfig},
    shipment::{self, ShipmentError, waybill},
    trouble::{Action, Code, Trouble},
    view::PrinterState,
};
use label::language::Language;
use std::collections::VecDeque;

/// Labels a printer that tells its state may hold unconfirmed: one prints while the next is
/// already there, so that it never stands still between two.
const AHEAD_MAX: usize = 2;
/// The way to the printer is closed after this long without a label, so that others can print.
const IDLE_CLOSE_MS: i64 = 2_000;
/// How often an idle printer is asked how it is.
const IDLE_ASK_MS: i64 = 10_000;
/// Waits between attempts to reach a printer that is away.
const AWAY_MS: [i64; 4] = [500, 1_000, 2_000, 5_000];

/// What a worker keeps between turns. Made new, it knows nothing and doubts nothing.
#[derive(Default)]
pub struct Spool {
    pub(super) port: Option<Box<dyn Port>>,
    /// Sent, not yet confirmed, oldest first; only where the printer tells its state.
    pub(super) inside: VecDeque<Inside>,
    pub(super) ready_at_ms: Option<i64>,
    pub(super) silent_since_ms: Option<i64>,
    /// Since when it is well with labels inside.
    pub(super) well_since_ms: Option<i64>,
    /// The last process ID asked for; 0 before the first.
    pub(super) proof_id: u16,
    /// Whether the printer was greeted on this way.
    pub(super) greeted: bool,
    /// On this way only the second of two questions is answered.
    pub(super) second_only: bool,
    /// Labels out since the last cut.
    uncut: u32,
    away: usize,
    pub(super) not_before_ms: i64,
    used_at_ms: i64,
}

/// A label that left us and is not yet known to be out.
pub(super) struct Inside {
    /// The label.
    pub job: Job,
    /// When its last byte left, ms UTC.
    pub sent_at_ms: i64,
}

impl Spool {
    /// Whether labels are inside the printer whose fate it will still tell.
    pub fn holds_labels(&self) -> bool {
        !self.inside.is_empty()
    }

    /// Whether the open way is asked before and between labels: because the settings say that the
    /// printer tells, or because the way tells by itself.
    fn listens(&self, config: &PrinterConfig) -> bool {
        config.confirm == Confirm::Status || self.port.as_ref().is_some_and(|port| port.tells())
    }

    /// Whether a label that left is followed until it is out. A way that follows labels by itself
    /// is believed even where the settings are content with "sent".
    fn follows(&self, config: &PrinterConfig) -> bool {
        let by_itself = self.port.as_ref().is_some_and(|port| port.follows());
        config.confirm == Confirm::Status || config.confirm == Confirm::None && by_itself
    }

    /// How many labels may be inside at once: one where an interruption leaves the label inside in
    /// doubt, so that it is one label and not two; and one where the way follows labels by itself,
    /// since such a way spools, too, and may refuse a second one while the first prints.
    pub(super) fn ahead_max(&self, language: Language) -> usize {
        let alone = self.port.as_ref().is_some_and(|port| port.follows()) || !language.reprints();
        if alone { 1 } else { AHEAD_MAX }
    }
}

impl Station {
    /// Before a stop: follows what is inside, sends nothing new.
    pub(crate) async fn drain(
        &self,
        printer: &Printer,
        spool: &mut Spool,
    ) -> Result<(), ShipmentError> {
        self.follow(&printer.config, spool).await.map(drop)
    }

    /// One turn for one printer. Tests drive this themselves; `run` drives it for people.
    ///
    /// # Errors
    /// The database failed; printers' errors are outcomes, not errors.
    pub async fn print_once(&self, printer: &str, spool: &mut Spool) -> Result<Ran, Trouble> {
        let printer = self.printer(Some(printer))?;
        Ok(self.turn(printer, spool).await?)
    }

    pub(crate) async fn turn(
        &self,
        printer: &Printer,
        spool: &mut Spool,
    ) -> Result<Ran, ShipmentError> {
        let _turn = printer.way.turn.lock().await;
        let ran = self.one_turn(printer, spool).await;
        printer.way.note(spool);
        ran
    }

    async fn one_turn(&self, printer: &Printer, spool: &mut Spool) -> Result<Ran, ShipmentError> {
        let now_ms = self.now_ms();
        if spool.inside.is_empty() && printer.way.is_wanted() {
            spool.port = None;
            return Ok(Ran::Idle { until_ms: Some(now_ms + POLL_MS) });
        }
        // A wait longer than any of ours means that the PC's clock was set back.
        let wait_ms = spool.not_before_ms - now_ms;
        if (1..=AWAY_MS[AWAY_MS.len() - 1]).contains(&wait_ms) {
            return Ok(Ran::Idle { until_ms: Some(spool.not_before_ms) });
        }
        let config = &printer.config;
        if !spool.inside.is_empty()
            && let Some(wait) = self.follow(config, spool).await?
        {
            return Ok(wait);
        }
        if printer.way.is_wanted() {
            return Ok(Ran::Idle { until_ms: Some(now_ms + POLL_MS) });
        }
        let name = config.name.clone();
        let next = self.db.read(|db| job::next(db, &name, now_ms))?;
        let Some(next) = next else { return self.rest(config, spool).await };
        let cut = self.db.read(|db| cut::after(db, config, spool.uncut, &next))?;
        let Some((bytes, notes)) = self.drawn(config, &next, cut).await? else {
            return Ok(Ran::Did);
        };
        if let Err(wait) = self.reach(config, spool).await {
            return Ok(wait);
        }
        if spool.listens(config)
            && let Some(wait) = self.blocked(config, spool).await?
        {
            return Ok(wait);
        }
        self.note_drawing(&next, notes).await?;
        if self.send(config, spool, next, &bytes).await? {
            spool.uncut = if cut { 0 } else { spool.uncut + 1 };
        }
        Ok(Ran::Did)
    }

    /// Draws and encodes; a label that cannot be drawn goes to a person instead of the printer.
    async fn drawn(
        &self,
        config: &PrinterConfig,
        next: &Job,
        cut: bool,
    ) -> Result<Option<(Vec<u8>, Vec<Note>)>, ShipmentError> {
        let live = self.db.read(|db| waybill::live(db, next.shipment_id))?;
        let Some(live) = live.filter(|live| live.id == next.waybill_id) else {
            let (job, now_ms) = (next.clone(), self.now_ms());
            self.db.write(move |db| job::dropped(db, &job, "stopped", now_ms)).await?;
            return Ok(None);
        };
        let form = self.form_of(&live.facts)?;
        let copy = draw::Copy {
            waybill: Some(&live.waybill),
            facts: &live.facts,
            form: form.as_deref(),
            part: next.part,
            nth: next.copy,
            at_ms: live.issued_at_ms,
            practice: self.config.practice,
        };
        let template = self.db.read(|db| waybill::template(db, live.id, next.part))?;
        match draw::bytes(copy, template.as_deref(), config, cut) {
            Ok(drawn) => Ok(Some(drawn)),
            Err(fault) => {
                let (job, now_ms) = (next.clone(), self.now_ms());
                let trouble = Trouble::new(Code::LabelUndrawable, Action::None, fault.fields());
                self.db
                    .write(move |db| {
                        job::dropped(db, &job, "stopped", now_ms)?;
                        shipment::set_trouble(db, job.shipment_id, Some(&trouble))
                    })
                    .await?;
                self.touch();
                Ok(None)
            }
        }
    }

    /// What a person should know of a drawing is told with its first copy, once however often the
    /// printer is tried; that a copy bears no mark, with that copy.
    async fn note_drawing(&self, job: &Job, mut notes: Vec<Note>) -> Result<(), ShipmentError> {
        notes.retain(|note| job.copy == 1 || note.0 == "copy_unmarked");
        if notes.is_empty() {
            return Ok(());
        }
        let (id, now_ms) = (job.shipment_id, self.now_ms());
        let told = move |db: &_| {
            notes
                .iter()
                .try_for_each(|(said, what)| shipment::tell_once(db, id, said, what, now_ms))
        };
        self.db.write(told).await
    }

    /// Makes sure that the printer is connected; `Err` says when to try again.
    async fn reach(&self, config: &PrinterConfig, spool: &mut Spool) -> Result<(), Ran> {
        if spool.port.is_some() {
            return Ok(());
        }
        match (self.outside.open_printer)(config.address.clone()).await {
            Ok(mut port) => {
                port.labels_are(draw::format(config));
                spool.port = Some(port);
                spool.greeted = false;
                spool.second_only = false;
                spool.away = 0;
                Ok(())
            }
            Err(why) => Err(self.away(config, spool, &why.to_string())),
        }
    }

    pub(super) fn away(&self, config: &PrinterConfig, spool: &mut Spool, why: &str) -> Ran {
        let wait_ms = AWAY_MS[spool.away.min(AWAY_MS.len() - 1)];
        spool.away += 1;
        spool.port = None;
        spool.ready_at_ms = None;
        spool.not_before_ms = self.now_ms() + wait_ms;
        self.note_printer(&config.name, PrinterState::Away, why);
        Ran::Idle { until_ms: Some(spool.not_before_ms) }
    }

    /// The label leaves: on disk before the first byte, and again after the last. Whether it did.
    async fn send(
        &self,
        config: &PrinterConfig,
        spool: &mut Spool,
        next: Job,
        bytes: &[u8],
    ) -> Result<bool, ShipmentError> {
        let id = next.id;
        let printer = config.name.clone();
        if !self.db.write(move |db| job::sending(db, id, &printer)).await? {
            return Ok(false);
        }
        let Some(port) = &mut spool.port else { return Ok(false) };
        let result = port.write_label(&format!("packbench-{id}"), bytes).await;
        let now_ms = self.now_ms();
        spool.used_at_ms = now_ms;
        let outcome = match &result {
            Ok(()) => "sent",
            Err(Broken { sent: 0, .. }) => "not_sent",
            Err(_) => "unknown",
        };
        tracing::info!(job = id, printer = %config.name, bytes = bytes.len(), outcome, "label");
        let job = next.clone();
        let left = result.is_ok();
        match result {
            Ok(()) => {
                let follows = spool.follows(config);
                let at_once = config.confirm == Confirm::None && !follows;
                self.db
                    .write(move |db| -> Result<(), ShipmentError> {
                        job::sent(db, &job, now_ms)?;
                        if at_once { job::confirmed(db, &job, "printed", now_ms) } else { Ok(()) }
                    })
                    .await?;
                if follows {
                    spool.inside.push_back(Inside { job: next, sent_at_ms: now_ms });
                } else {
                    self.note_printer(&config.name, PrinterState::Ready, "");
                }
            }
            Err(Broken { sent, why }) => {
                let why = why.to_string();
                let said = why.clone();
                self.db
                    .write(move |db| {
                        if sent == 0 {
                            job::back(db, id, &said)
                        } else {
                            job::unknown(db, &job, &said, now_ms)
                        }
                    })
                    .await?;
                self.in_doubt(spool, &why).await?;
                self.away(config, spool, &why);
            }
        }
        self.touch();
        Ok(left)
    }

    /// Nothing to print: lets go of the printer after a while, and asks now and then how it is.
    async fn rest(&self, config: &PrinterConfig, spool: &mut Spool) -> Result<Ran, ShipmentError> {
        let now_ms = self.now_ms();
        if !spool.inside.is_empty() {
            return Ok(Ran::Idle { until_ms: Some(now_ms + POLL_MS) });
        }
        let name = config.name.clone();
        let (spooled, _) = self.db.read(|db| job::waiting(db, &name))?;
        if spooled > 0 {
            // Something is spooled but waits for numbers ahead of it, or is paused.
            return Ok(Ran::Idle { until_ms: Some(now_ms + IDLE_CLOSE_MS / 2) });
        }
        if config.confirm != Confirm::Status {
            return self.part(config, spool).await;
        }
        let idle_ms = now_ms - spool.used_at_ms;
        if idle_ms < IDLE_CLOSE_MS {
            return Ok(Ran::Idle { until_ms: Some(spool.used_at_ms + IDLE_CLOSE_MS) });
        }
        let asked_ms = spool.ready_at_ms.unwrap_or(i64::MIN / 2);
        if now_ms - asked_ms >= IDLE_ASK_MS {
            if let Err(wait) = self.reach(config, spool).await {
                return Ok(wait);
            }
            if let Some(wait) = self.blocked(config, spool).await? {
                spool.port = None;
                return Ok(wait);
            }
        }
        spool.port = None;
        Ok(Ran::Idle { until_ms: Some(now_ms + IDLE_ASK_MS) })
    }

    /// Nothing to print for a printer whose labels count as printed: a queue is watched until it
    /// stands still no more, so that its reason is on the screen; then everything is let go.
    async fn part(&self, config: &PrinterConfig, spool: &mut Spool) -> Result<Ran, ShipmentError> {
        if spool.listens(config) {
            // That all was well before the last label says nothing of now.
            spool.ready_at_ms = None;
            if let Some(wait) = self.blocked(config, spool).await? {
                return Ok(wait);
            }
            let state = self.live().printers.get(&config.name).map(|printer| printer.state);
            if state == Some(PrinterState::Printing) {
                return Ok(Ran::Idle { until_ms: Some(self.now_ms() + IDLE_CLOSE_MS / 2) });
            }
        }
        spool.port = None;
        Ok(Ran::Idle { until_ms: None })
    }
}
