//! The scale of this bench while the program runs: its last readings, and what is asked about.

use crate::{
    config::ScaleConfig,
    scale::{Address, Decoder, Heard, Judge, Motion, Protocol, Reading},
    view::{ScaleState, ScaleView},
};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The scale of this bench.
pub struct Scale {
    config: ScaleConfig,
    now: Mutex<Now>,
}

struct Now {
    decoder: Decoder,
    judge: Judge,
    /// The system's words while it cannot be reached.
    away: String,
    /// A parcel's number, what was shown for it, and when: a person is asked about it.
    asked: Option<(String, u32, i64)>,
    /// Whose weight was taken last.
    taken_by: String,
}

impl Scale {
    /// Nothing heard yet.
    pub fn new(config: ScaleConfig) -> Self {
        let protocol = if matches!(config.address, Address::Hid { .. }) {
            Protocol::Hid
        } else {
            config.protocol
        };
        let now = Now {
            decoder: Decoder::new(protocol),
            judge: Judge::default(),
            away: String::new(),
            asked: None,
            taken_by: String::new(),
        };
        Self { config, now: Mutex::new(now) }
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn config(&self) -> &ScaleConfig {
        &self.config
    }

    fn held(&self) -> bool {
        self.config.address == Address::Screen
    }

    /// Takes bytes off the wire; whether it stands otherwise than before.
    pub(super) fn hear(&self, bytes: &[u8], at_ms: i64) -> bool {
        let mut now = self.now();
        let before = now.judge.heard(at_ms, self.held());
        for reading in now.decoder.push(bytes) {
            now.judge.hear(reading, at_ms);
        }
        before != now.judge.heard(at_ms, self.held())
    }

    /// Lays a weight on the practice scale: it was empty before.
    pub(super) fn lay(&self, weight_g: u32, at_ms: i64) {
        if !self.held() {
            return;
        }
        let mut now = self.now();
        for mass_mg in [0, i64::from(weight_g) * 1_000] {
            now.judge.hear(Reading { mass_mg, motion: Motion::Stable }, at_ms);
        }
    }

    /// It can be reached, or why not.
    pub(super) fn set_away(&self, why: &str) {
        self.now().away = why.to_owned();
    }

    pub(super) fn is_away(&self) -> bool {
        !self.now().away.is_empty()
    }

    pub(super) fn heard(&self, now_ms: i64) -> Heard {
        self.now().judge.heard(now_ms, self.held())
    }

    /// Whether what lies on it is another parcel still.
    pub(super) fn is_taken_by_another(&self, no: &str) -> bool {
        let now = self.now();
        now.judge.is_taken() && now.taken_by != no
    }

    pub(super) fn take(&self, no: &str) {
        let mut now = self.now();
        now.judge.take();
        now.taken_by = no.to_owned();
        now.asked = None;
    }

    pub(super) fn set_asked(&self, no: &str, weight_g: u32, at_ms: i64) {
        self.now().asked = Some((no.to_owned(), weight_g, at_ms));
    }

    pub(super) fn asked(&self, no: &str) -> Option<(u32, i64)> {
        let now = self.now();
        now.asked
            .as_ref()
            .filter(|(of, ..)| of == no)
            .map(|(_, weight_g, at_ms)| (*weight_g, *at_ms))
    }

    pub(super) fn device(&self) -> String {
        self.config.address.to_string()
    }

    pub(super) fn view(&self, now_ms: i64) -> ScaleView {
        let heard = self.heard(now_ms);
        let now = self.now();
        let state = match heard {
            Heard::Weight(_) => ScaleState::Ready,
            Heard::Stale if !now.away.is_empty() => ScaleState::Away,
            Heard::Stale => ScaleState::Silent,
            Heard::Moving => ScaleState::Moving,
            Heard::Negative => ScaleState::Negative,
            Heard::Zero => ScaleState::Empty,
            Heard::Over => ScaleState::Over,
        };
        ScaleView {
            state,
            weight_g: if state == ScaleState::Away { None } else { now.judge.shown_g() },
            at_ms: now.judge.at_ms(),
            error: now.away.clone(),
            on_screen: self.held(),
        }
    }
}
