//! Which reading is a weight: fresh, at rest, more than nothing. Scales that do not say whether
//! they rest do so when their readings agree for a while.

use super::{Motion, Reading};

/// Older readings are those of another parcel, ms.
pub const STALE_MS: i64 = 2_000;
/// Readings of a scale that does not tell have to agree for so long, ms.
const AGREE_MS: i64 = 700;
/// And they have to be so many.
const AGREE_MIN: u32 = 3;
/// Less lies on no scale for parcels, mg.
const NOTHING_MG: i64 = 1_500;

/// What of the last reading can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// A weight, grams.
    Weight(u32),
    /// Nothing came for too long, or never.
    Stale,
    /// It moves.
    Moving,
    /// Less than nothing lies on it.
    Negative,
    /// Nothing lies on it.
    Zero,
    /// Too much lies on it.
    Over,
}

/// The last readings of one scale.
#[derive(Debug, Clone, Default)]
pub struct Judge {
    last: Option<(Reading, i64)>,
    agreed_since_ms: i64,
    agreed: u32,
    /// Whether nothing lay on it since the last weight was taken.
    emptied: bool,
    taken: bool,
}

impl Judge {
    /// Takes a reading that came at `at_ms`.
    pub fn hear(&mut self, reading: Reading, at_ms: i64) {
        let same = self.last.is_some_and(|(last, _)| last.mass_mg == reading.mass_mg);
        if !same {
            (self.agreed, self.agreed_since_ms) = (0, at_ms);
        }
        self.agreed = self.agreed.saturating_add(1);
        let empty = reading.mass_mg.abs() < NOTHING_MG;
        self.emptied |= empty && !matches!(reading.motion, Motion::Over | Motion::Under);
        self.last = Some((reading, at_ms));
    }

    /// What lies on it now; `held`: its readings do not age, as those of a scale on the screen.
    pub fn heard(&self, now_ms: i64, held: bool) -> Heard {
        let Some((reading, at_ms)) = self.last else { return Heard::Stale };
        if !held && now_ms - at_ms > STALE_MS {
            return Heard::Stale;
        }
        let rests = match reading.motion {
            Motion::Over => return Heard::Over,
            Motion::Under => return Heard::Negative,
            Motion::Stable => true,
            Motion::Moving => false,
            Motion::Untold => self.agreed >= AGREE_MIN && at_ms - self.agreed_since_ms >= AGREE_MS,
        };
        match reading.mass_mg {
            _ if !rests => Heard::Moving,
            mass_mg if mass_mg.abs() < NOTHING_MG => Heard::Zero,
            mass_mg if mass_mg < 0 => Heard::Negative,
            mass_mg => u32::try_from((mass_mg + 500) / 1_000).map_or(Heard::Over, Heard::Weight),
        }
    }

    /// The last value as the scale shows it, grams, whatever it is worth.
    pub fn shown_g(&self) -> Option<i64> {
        self.last.map(|(reading, _)| (reading.mass_mg + 500).div_euclid(1_000))
    }

    /// When the last reading came, ms UTC.
    pub fn at_ms(&self) -> Option<i64> {
        self.last.map(|(_, at_ms)| at_ms)
    }

    /// Whether what lies on it was weighed already for another parcel.
    pub fn is_taken(&self) -> bool {
        self.taken && !self.emptied
    }

    /// What lies on it is a parcel's weight now.
    pub fn take(&mut self) {
        (self.taken, self.emptied) = (true, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mass_g: i64, motion: Motion) -> Reading {
        Reading { mass_mg: mass_g * 1_000, motion }
    }

    #[test]
    fn only_a_fresh_weight_at_rest_counts() {
        #[rustfmt::skip]
        let cases = [
            (of(1_085, Motion::Stable), 0,     Heard::Weight(1_085)),
            (of(1_085, Motion::Stable), 2_000, Heard::Weight(1_085)),
            (of(1_085, Motion::Stable), 2_001, Heard::Stale),
            (of(1_085, Motion::Moving), 0,     Heard::Moving),
            (of(1_085, Motion::Untold), 0,     Heard::Moving),
            (of(0,     Motion::Stable), 0,     Heard::Zero),
            (of(-1,    Motion::Stable), 0,     Heard::Zero),
            (of(-20,   Motion::Stable), 0,     Heard::Negative),
            (of(0,     Motion::Over),   0,     Heard::Over),
            (of(0,     Motion::Under),  0,     Heard::Negative),
        ];
        assert_eq!(Judge::default().heard(0, false), Heard::Stale);
        for (reading, age_ms, want) in cases {
            let mut judge = Judge::default();
            judge.hear(reading, 10_000);
            assert_eq!(judge.heard(10_000 + age_ms, false), want, "{reading:?} {age_ms}");
        }
        let mut judge = Judge::default();
        judge.hear(of(300, Motion::Stable), 0);
        assert_eq!(judge.heard(60_000, true), Heard::Weight(300));
    }

    #[test]
    fn a_scale_that_does_not_tell_rests_when_its_readings_agree() {
        let mut judge = Judge::default();
        for at_ms in [0, 200, 400, 600] {
            judge.hear(of(500, Motion::Untold), at_ms);
            assert_eq!(judge.heard(at_ms, false), Heard::Moving, "{at_ms}");
        }
        judge.hear(of(500, Motion::Untold), 800);
        assert_eq!(judge.heard(800, false), Heard::Weight(500));
        judge.hear(of(510, Motion::Untold), 1_000);
        assert_eq!(judge.heard(1_000, false), Heard::Moving);
    }

    #[test]
    fn a_weight_is_taken_once_until_the_scale_was_empty() {
        let mut judge = Judge::default();
        judge.hear(of(500, Motion::Stable), 0);
        assert!(!judge.is_taken());
        judge.take();
        judge.hear(of(700, Motion::Stable), 100);
        assert!(judge.is_taken(), "something was put on top");
        judge.hear(of(0, Motion::Moving), 200);
        judge.hear(of(700, Motion::Stable), 300);
        assert!(!judge.is_taken());
    }
}
