//! What the machine is doing: the queue of formats, the roll of paper, and what came out.
//! Plain decisions under one lock; who waits is in `engine` and `server`.

use super::{
    bitmap::Bitmap,
    faults::Faults,
    reader::{Item, Language, Question},
};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

/// Formats that may wait; more stay with the sender.
const FORMATS_MAX: usize = 64;
/// Dots that may wait, in bytes; more stay with the sender.
const WAITING_BYTES_MAX: usize = 16 << 20;
/// Pictures of printed labels kept, in bytes; the oldest are forgotten first.
const KEPT_BYTES_MAX: usize = 128 << 20;
/// Different unknown commands counted one by one; the rest is counted together.
const UNKNOWN_NAMES_MAX: usize = 64;

/// A label that came out.
#[derive(Debug, Clone)]
pub struct PrintedLabel {
    /// From 1, in the order they came out.
    pub seq: u64,
    /// When it was out, milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// The language it was sent in.
    pub language: Language,
    /// Its dots.
    pub bitmap: Arc<Bitmap>,
    /// Whether the strip was cut behind it.
    pub cut: bool,
}

/// What happened at the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A sender is connected.
    Connected,
    /// The sender is gone.
    Closed,
    /// A format is whole and waits for paper.
    Accepted {
        /// Labels it makes.
        copies: u32,
    },
    /// A question came.
    Asked {
        /// Which one.
        question: Question,
        /// Whether it was answered.
        answered: bool,
    },
    /// A label is out.
    Printed {
        /// Its number.
        seq: u64,
    },
    /// The roll has ended.
    PaperOut,
    /// The label in motion when the roll ended.
    Interrupted {
        /// It is printed again after the refill; otherwise it is lost.
        again: bool,
    },
    /// Everything waiting was forgotten.
    Cancelled,
    /// The connection was reset by the fault of that name.
    Reset,
    /// Dots with a wrong CRC or in no known encoding; nothing of them is printed.
    BadGraphic,
    /// A command this printer does not know.
    Unknown {
        /// Its name.
        name: String,
    },
    /// It measured its paper.
    Measured,
    /// The picture could not be written.
    FileFailed {
        /// What the system said.
        why: String,
    },
}

/// Labels of one picture that wait.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) bitmap: Arc<Bitmap>,
    pub(super) language: Language,
    pub(super) left: u32,
    pub(super) cut: bool,
}

/// The machine.
#[derive(Debug, Default)]
pub(super) struct State {
    faults: Faults,
    paused: bool,
    no_reprint: bool,
    in_motion_at_paper_out: bool,
    waiting: VecDeque<Batch>,
    current: Option<Batch>,
    printed: VecDeque<PrintedLabel>,
    printed_bytes: usize,
    pub(super) total: u64,
    pub(super) unknown: BTreeMap<String, u64>,
    pub(super) bad_graphics: u64,
    pub(super) partial: bool,
    pub(super) length_dots: u32,
    receipts: bool,
    /// Labels accepted, and labels out, lost or cancelled, ever.
    accepted: u64,
    gone: u64,
    /// Letters to send back, each when so many labels are gone.
    proofs: VecDeque<(u64, [u8; 4])>,
    /// Bytes to send without being asked.
    unasked: Vec<u8>,
    news: Vec<Event>,
    moved: bool,
}

impl State {
    pub(super) fn new(faults: Faults) -> Self {
        Self { faults, ..Self::default() }
    }

    pub(super) fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Changes the faults; their counts count down from here.
    pub(super) fn set(&mut self, faults: Faults) {
        if faults.paper_out_after != Some(0) {
            self.in_motion_at_paper_out = false;
        }
        self.faults = faults;
    }

    pub(super) fn tell(&mut self, event: Event) {
        self.news.push(event);
    }

    /// Whether a look changed something that others may wait for.
    pub(super) fn take_moved(&mut self) -> bool {
        std::mem::take(&mut self.moved) || !self.news.is_empty()
    }

    pub(super) fn take_news(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.news)
    }

    pub(super) fn paper_out(&self) -> bool {
        self.faults.paper_out_after == Some(0)
    }

    pub(super) fn paused(&self) -> bool {
        self.paused || self.faults.pause
    }

    pub(super) fn full(&self) -> bool {
        let bytes: usize = self.waiting.iter().map(|batch| batch.bitmap.bits.len()).sum();
        self.waiting.len() >= FORMATS_MAX || bytes >= WAITING_BYTES_MAX
    }

    /// Formats that have not begun.
    pub(super) fn formats_waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Labels of the format in work that are not out.
    pub(super) fn labels_left(&self) -> u32 {
        self.current.as_ref().map_or(0, |batch| batch.left)
    }

    /// How many of `count` bytes that came may be read, and whether the connection then breaks.
    pub(super) fn take_bytes(&mut self, count: usize) -> (usize, bool) {
        match self.faults.reset_after_bytes {
            None => (count, false),
            Some(left) if (count as u64) < left => {
                self.faults.reset_after_bytes = Some(left - count as u64);
                (count, false)
            }
            Some(left) => {
                self.faults.reset_after_bytes = None;
                self.tell(Event::Reset);
                (left as usize, true)
            }
        }
    }

    /// Does what a command wants; questions are answered by `server`.
    pub(super) fn handle(&mut self, item: Item) {
        match item {
            Item::Format { bitmap, copies, language, cut } => {
                self.accepted += u64::from(copies);
                self.waiting.push_back(Batch { bitmap, language, left: copies, cut });
                self.tell(Event::Accepted { copies });
            }
            Item::Cut => self.cut(),
            Item::Measure => self.tell(Event::Measured),
            Item::Cancel => {
                self.waiting.clear();
                self.current = None;
                self.gone = self.accepted;
                self.prove();
                self.tell(Event::Cancelled);
            }
            Item::Pause(on) => self.paused = on,
            Item::Reprint(on) => self.no_reprint = !on,
            Item::Receipts(on) => self.receipts = on,
            Item::Proof(letters) => {
                self.proofs.push_back((self.accepted, letters));
                self.prove();
            }
            Item::BadGraphic => {
                self.bad_graphics += 1;
                self.tell(Event::BadGraphic);
            }
            Item::Unknown(name) => self.count_unknown(name),
            Item::Ask(question) => {
                let answered = !self.silent_to(question);
                self.tell(Event::Asked { question, answered });
            }
        }
    }

    /// A cut of its own belongs to the label sent last.
    fn cut(&mut self) {
        match self.waiting.back_mut().or(self.current.as_mut()) {
            Some(batch) => batch.cut = true,
            None => {
                if let Some(label) = self.printed.back_mut() {
                    label.cut = true;
                }
            }
        }
    }

    /// Whether a question stays without answer now. Some are made for printers that are blocked.
    pub(super) fn silent_to(&self, question: Question) -> bool {
        let blocked = self.paper_out() || self.faults.head_open;
        let always = matches!(
            question,
            Question::ZplErrors | Question::EplErrors | Question::EscPosRealTime(_)
        );
        let new = matches!(question, Question::TsplState);
        self.faults.silent_status
            || self.faults.silent_when_blocked && blocked && !always
            || self.faults.old_questions && new
    }

    /// Sends back the letters whose time has come: `7"`, the letters, NUL.
    fn prove(&mut self) {
        while let Some((_, letters)) = self.proofs.pop_front_if(|(when, _)| *when <= self.gone) {
            self.unasked.extend(b"\x37\x22");
            self.unasked.extend(letters);
            self.unasked.push(0);
        }
    }

    /// What is to be sent without being asked, if anything.
    pub(super) fn take_unasked(&mut self) -> Option<Vec<u8>> {
        let unasked = std::mem::take(&mut self.unasked);
        (!unasked.is_empty() && !self.faults.silent_status).then_some(unasked)
    }

    /// Nobody is there to hear it.
    pub(super) fn drop_unasked(&mut self) {
        self.unasked.clear();
        self.proofs.clear();
    }

    fn count_unknown(&mut self, name: String) {
        let name: String = name.chars().take(24).collect();
        let known = self.unknown.contains_key(&name) || self.unknown.len() < UNKNOWN_NAMES_MAX;
        let name = if known { name } else { "…".to_owned() };
        *self.unknown.entry(name.clone()).or_default() += 1;
        self.tell(Event::Unknown { name });
    }

    /// Starts the next label if paper, head and pause allow it: its picture.
    pub(super) fn start_label(&mut self) -> Option<(Arc<Bitmap>, Language)> {
        if self.current.is_none() {
            self.current = self.waiting.pop_front();
            self.moved = self.current.is_some();
        }
        let batch = self.current.as_mut()?;
        if self.paused || self.faults.pause || self.faults.head_open {
            return None;
        }
        if self.faults.paper_out_after == Some(0) {
            if std::mem::take(&mut self.in_motion_at_paper_out) {
                let knows = matches!(batch.language, Language::Zpl | Language::Tspl);
                let again = knows && !self.no_reprint;
                if !again {
                    batch.left -= 1;
                    self.gone += 1;
                }
                self.news.push(Event::Interrupted { again });
                self.close_batch();
                self.prove();
            }
            return None;
        }
        Some((Arc::clone(&batch.bitmap), batch.language))
    }

    /// The label that was started is out; it is, even if everything was cancelled meanwhile.
    pub(super) fn finish_label(&mut self, bitmap: Arc<Bitmap>, language: Language, at_ms: i64) {
        let mut cut = false;
        if let Some(batch) = &mut self.current
            && Arc::ptr_eq(&batch.bitmap, &bitmap)
        {
            batch.left -= 1;
            cut = batch.cut;
        }
        self.close_batch();
        self.gone = (self.gone + 1).min(self.accepted);
        self.total += 1;
        if language == Language::Epl && self.receipts {
            self.unasked.push(0x06);
        }
        let seq = self.total;
        self.printed_bytes += bitmap.bits.len();
        self.printed.push_back(PrintedLabel { seq, at_ms, language, bitmap, cut });
        while self.printed_bytes > KEPT_BYTES_MAX
            && let Some(oldest) = self.printed.pop_front()
        {
            self.printed_bytes -= oldest.bitmap.bits.len();
        }
        self.prove();
        self.tell(Event::Printed { seq });
        if let Some(left) = &mut self.faults.paper_out_after {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.in_motion_at_paper_out = true;
                self.tell(Event::PaperOut);
            }
        }
    }

    fn close_batch(&mut self) {
        if self.labels_left() == 0 {
            self.current = None;
        }
    }

    pub(super) fn printed(&self) -> Vec<PrintedLabel> {
        self.printed.iter().cloned().collect()
    }

    /// A new roll.
    pub(super) fn refill(&mut self) {
        self.faults.paper_out_after = None;
        self.in_motion_at_paper_out = false;
    }
}
