//! Scanners that are keyboards, read as the events of Linux' input devices: every key by its place
//! on a US keyboard, whatever the desktop's layout and input method. Source: the kernel's
//! `input.h` and `input-event-codes.h`.

use super::{CODE_BYTES_MAX, text};
use std::time::Duration;

/// A time stamp of two machine words, kind, code and value.
const EVENT_BYTES: usize = STAMP_BYTES + 8;
const STAMP_BYTES: usize = 2 * size_of::<usize>();
/// Kinds of events: bookkeeping, a key.
const EV_SYN: u16 = 0;
const EV_KEY: u16 = 1;
/// Events were lost: what came of a code is not whole.
const SYN_DROPPED: u16 = 3;
/// What a key does: it goes up or down; 2 would be a repeat.
const UP: i32 = 0;
const DOWN: i32 = 1;

const TAB: u16 = 15;
const ENTER: u16 = 28;
const PAD_ENTER: u16 = 96;
const LINEFEED: u16 = 101;
const CTRL: [u16; 2] = [29, 97];
const SHIFT: [u16; 2] = [42, 54];
const ALT: [u16; 2] = [56, 100];
const META: [u16; 2] = [125, 126];
const CAPS: u16 = 58;
const NUM_LOCK: u16 = 69;
/// With Ctrl an end (J, M) or FNC1 of a GS1 code (]).
const J: u16 = 36;
const M: u16 = 50;
const BRACKET: u16 = 27;
const GROUP_SEPARATOR: u8 = 0x1d;

/// Rows of a US keyboard, from the code of the first key: plain and with Shift.
const ROWS: [(u16, &str, &str); 4] = [
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", "ASDFGHJKL:\"~"),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
];
/// The key pad from 7 to the point, and what stands apart.
const PAD: (u16, &[u8; 13]) = (71, b"789-456+1230.");
const APART: [(u16, u8); 4] = [(55, b'*'), (57, b' '), (98, b'/'), (117, b'=')];

/// Keys of one code are no further apart, ms by the kernel's clock; a pause is the end of something
/// that was no code.
const PAUSE_MS: i64 = 500;
/// Without a key for the end a burst must be longer to be a code, in characters.
const SILENT_CHARS_MIN: usize = 6;
/// So many keys that are no part of a code, one code aside, are a person's.
const STRAY_MAX: u32 = 5;

/// Codes out of key events, in whatever pieces they come.
#[derive(Debug)]
pub struct Keys {
    cut: Vec<u8>,
    pending: Vec<u8>,
    last_ms: i64,
    held: Vec<u16>,
    caps: bool,
    stray: u32,
    /// How long a scanner that sends no key at the end is silent; `None`: it sends one.
    silence: Option<Duration>,
}

impl Keys {
    /// Nothing heard yet.
    pub fn new(silence: Option<Duration>) -> Self {
        Self {
            cut: Vec::new(),
            pending: Vec::new(),
            last_ms: 0,
            held: Vec::new(),
            caps: false,
            stray: 0,
            silence,
        }
    }

    /// Takes bytes off the device; the codes that are whole.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<String> {
        self.cut.extend_from_slice(bytes);
        let whole = self.cut.len() / EVENT_BYTES * EVENT_BYTES;
        let events: Vec<u8> = self.cut.drain(..whole).collect();
        events.chunks_exact(EVENT_BYTES).filter_map(|event| self.event(event)).collect()
    }

    /// How long to wait for more before it is silence.
    pub fn patience(&self) -> Duration {
        let silence = self.silence.filter(|_| !self.pending.is_empty());
        silence.unwrap_or(Duration::from_millis(PAUSE_MS as u64))
    }

    /// Nothing came for so long; the code that this ends.
    pub fn silent(&mut self) -> Option<String> {
        let long = self.pending.len() >= SILENT_CHARS_MIN;
        if self.silence.is_none() || !long {
            self.strayed();
            return None;
        }
        self.end()
    }

    /// Whether what is heard are a person's keys: whoever types here shall have the keyboard back.
    pub fn is_person(&self) -> bool {
        self.stray >= STRAY_MAX
    }

    fn event(&mut self, event: &[u8]) -> Option<String> {
        let (stamp, said) = event.split_at(STAMP_BYTES);
        let short = |at: usize| u16::from_ne_bytes([said[at], said[at + 1]]);
        let (kind, key) = (short(0), short(2));
        let value = i32::from_ne_bytes([said[4], said[5], said[6], said[7]]);
        match (kind, value) {
            (EV_SYN, _) if key == SYN_DROPPED => {
                self.pending.clear();
                self.held.clear();
                None
            }
            (EV_KEY, UP) => {
                self.held.retain(|held| *held != key);
                None
            }
            (EV_KEY, DOWN) => self.down(key, at_ms(stamp)),
            _ => None,
        }
    }

    fn down(&mut self, key: u16, at_ms: i64) -> Option<String> {
        if at_ms - self.last_ms > PAUSE_MS {
            self.strayed();
        }
        self.last_ms = at_ms;
        if [CTRL, SHIFT, ALT, META].iter().any(|keys| keys.contains(&key)) {
            self.held.push(key);
            return None;
        }
        let held = |keys: [u16; 2]| self.held.iter().any(|held| keys.contains(held));
        let (shift, ctrl) = (held(SHIFT), held(CTRL));
        match key {
            CAPS => self.caps = !self.caps,
            NUM_LOCK => {}
            _ if held(ALT) || held(META) => self.stray += 1,
            ENTER | PAD_ENTER | LINEFEED | TAB => return self.end(),
            J | M if ctrl => return self.end(),
            BRACKET if ctrl => self.pending.push(GROUP_SEPARATOR),
            _ if ctrl => self.stray += 1,
            _ => match character(key, shift, self.caps) {
                Some(c) => self.pending.push(c),
                // Arrows, Escape, F keys: no scanner sends them.
                None => self.stray += 1,
            },
        }
        self.pending.truncate(CODE_BYTES_MAX + 1);
        None
    }

    /// Letters without an end are no code.
    fn strayed(&mut self) {
        self.stray += u32::from(!self.pending.is_empty());
        self.pending.clear();
    }

    fn end(&mut self) -> Option<String> {
        let code = std::mem::take(&mut self.pending);
        let said = if code.len() > CODE_BYTES_MAX { None } else { text(&code) };
        if said.is_some() {
            self.stray = 0;
        }
        said
    }
}

/// Seconds and microseconds, as the machine writes its words.
fn at_ms(stamp: &[u8]) -> i64 {
    let (seconds, micros) = stamp.split_at(STAMP_BYTES / 2);
    let word = |bytes: &[u8]| bytes.try_into().map_or(0, usize::from_ne_bytes) as i64;
    word(seconds).saturating_mul(1_000).saturating_add(word(micros) / 1_000)
}

/// What a key types on a US keyboard.
fn character(key: u16, shift: bool, caps: bool) -> Option<u8> {
    let in_row = |from: u16, row: &[u8]| row.get(usize::from(key.checked_sub(from)?)).copied();
    for (from, plain, shifted) in ROWS {
        // The code behind ` is the left Shift.
        let Some(c) = in_row(from, plain.as_bytes()) else { continue };
        let up = if c.is_ascii_lowercase() { shift != caps } else { shift };
        return if up { in_row(from, shifted.as_bytes()) } else { Some(c) };
    }
    let apart = || APART.iter().find(|(apart, _)| *apart == key).map(|(_, c)| *c);
    in_row(PAD.0, PAD.1).or_else(apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIFT_KEY: u16 = SHIFT[0];
    const ESCAPE: u16 = 1;

    fn event(at_ms: i64, kind: u16, code: u16, value: i32) -> Vec<u8> {
        let (seconds, micros) = ((at_ms / 1_000) as usize, (at_ms % 1_000 * 1_000) as usize);
        let mut bytes = [seconds.to_ne_bytes(), micros.to_ne_bytes()].concat();
        bytes.extend(kind.to_ne_bytes());
        bytes.extend(code.to_ne_bytes());
        bytes.extend(value.to_ne_bytes());
        bytes
    }

    /// A key down and up, as a scanner sends it: scan code, key, report.
    fn tap(at_ms: i64, key: u16) -> Vec<u8> {
        let mut all = event(at_ms, 4, 4, 0x0007_0000);
        for value in [DOWN, UP] {
            all.extend(event(at_ms, EV_KEY, key, value));
            all.extend(event(at_ms, EV_SYN, 0, 0));
        }
        all
    }

    fn held(at_ms: i64, with: u16, key: u16) -> Vec<u8> {
        let (down, up) = (event(at_ms, EV_KEY, with, DOWN), event(at_ms, EV_KEY, with, UP));
        [down, tap(at_ms, key), up].concat()
    }

    /// What a scanner sends for a text, a key every `step_ms`.
    fn typed(from_ms: i64, step_ms: i64, said: &str) -> Vec<u8> {
        let mut all = Vec::new();
        for (nth, c) in (0..).zip(said.bytes()) {
            let at_ms = from_ms + nth * step_ms;
            let keys = || 0..=127_u16;
            let plain = keys().find(|key| *key < 100 && character(*key, false, false) == Some(c));
            let shifted = || keys().find(|key| character(*key, true, false) == Some(c));
            match (c, plain) {
                (b'\n', _) => all.extend(tap(at_ms, ENTER)),
                (GROUP_SEPARATOR, _) => all.extend(held(at_ms, CTRL[1], BRACKET)),
                (_, Some(key)) => all.extend(tap(at_ms, key)),
                (_, None) => all.extend(held(at_ms, SHIFT_KEY, shifted().expect("on the board"))),
            }
        }
        all
    }

    #[test]
    fn keys_are_where_the_kernel_says() {
        let at = |key, shift| character(key, shift, false).map(char::from);
        for (key, plain, shifted) in [
            (2, '1', '!'),
            (11, '0', ')'),
            (12, '-', '_'),
            (16, 'q', 'Q'),
            (26, '[', '{'),
            (30, 'a', 'A'),
            (39, ';', ':'),
            (41, '`', '~'),
            (43, '\\', '|'),
            (44, 'z', 'Z'),
            (53, '/', '?'),
            (57, ' ', ' '),
            (71, '7', '7'),
            (82, '0', '0'),
            (83, '.', '.'),
        ] {
            assert_eq!((at(key, false), at(key, true)), (Some(plain), Some(shifted)), "{key}");
        }
        for none in [0, ESCAPE, 14, 59, 68, 70, 84, 103, 111] {
            assert_eq!(at(none, false), None, "{none}");
        }
        assert_eq!(
            (character(30, false, true), character(30, true, true)),
            (Some(b'A'), Some(b'a'))
        );
        assert_eq!(character(2, false, true), Some(b'1'), "Caps Lock is for letters");
    }

    #[test]
    fn codes_come_out_whole_however_the_bytes_are_cut() {
        let said = "YT8812003456789\n*PB-TO-SHIP*\n]C100123\u{1d}21Ab~\n\n\n";
        let bytes = typed(1_000, 2, said);
        let wanted = ["YT8812003456789", "*PB-TO-SHIP*", "]C100123\u{1d}21Ab~"];
        for piece in [1, 7, EVENT_BYTES, EVENT_BYTES + 5, bytes.len()] {
            let mut keys = Keys::new(None);
            let heard: Vec<String> = bytes.chunks(piece).flat_map(|it| keys.hear(it)).collect();
            assert_eq!(heard, wanted, "pieces of {piece}");
            assert!(!keys.is_person());
        }
    }

    #[test]
    fn ends_repeats_and_locks() {
        let mut keys = Keys::new(None);
        for (end, code) in [(TAB, "A1"), (PAD_ENTER, "A2"), (LINEFEED, "A3")] {
            assert!(keys.hear(&typed(0, 1, code)).is_empty());
            assert_eq!(keys.hear(&tap(3, end)), [code]);
        }
        keys.hear(&typed(4, 1, "b4"));
        assert_eq!(keys.hear(&held(6, CTRL[0], J)), ["b4"]);
        keys.hear(&tap(7, CAPS));
        keys.hear(&typed(8, 1, "a"));
        keys.hear(&event(9, EV_KEY, 30, 2));
        assert_eq!(keys.hear(&typed(10, 1, "1\n")), ["A1"], "a repeat is no key");
    }

    #[test]
    fn what_was_lost_or_broken_off_is_no_code() {
        let mut keys = Keys::new(None);
        keys.hear(&typed(0, 1, "YT88"));
        keys.hear(&event(5, EV_SYN, SYN_DROPPED, 0));
        assert_eq!(keys.hear(&typed(6, 1, "WC-1\n")), ["WC-1"]);
        keys.hear(&typed(20, 1, "YT88"));
        let later = typed(24 + PAUSE_MS + 1, 1, "WC-2\n");
        assert_eq!(keys.hear(&later), ["WC-2"], "the rest of a cut code is another one");
        keys.hear(&typed(2_000, 0, &"x".repeat(3 * CODE_BYTES_MAX)));
        assert!(keys.hear(&typed(2_001, 1, "\n")).is_empty());
        assert_eq!(keys.hear(&typed(2_003, 1, "WC-3\n")), ["WC-3"]);
    }

    #[test]
    fn silence_ends_a_code_where_no_key_does() {
        let silence = Duration::from_millis(135);
        let mut keys = Keys::new(Some(silence));
        assert!(keys.patience() > silence);
        keys.hear(&typed(0, 2, "YT8812"));
        assert_eq!(keys.patience(), silence);
        assert_eq!(keys.silent().as_deref(), Some("YT8812"));
        keys.hear(&typed(20, 2, "abc"));
        assert_eq!(keys.silent(), None, "too short");
        let mut keys = Keys::new(None);
        keys.hear(&typed(0, 2, "YT8812"));
        assert!(keys.patience() > silence);
        assert_eq!(keys.silent(), None, "it sends a key");
    }

    #[test]
    fn a_person_is_known() {
        let mut keys = Keys::new(None);
        for n in 0..4 {
            keys.hear(&tap(n * 100, ESCAPE));
        }
        assert!(!keys.is_person());
        keys.hear(&typed(500, 1, "WC-1\n"));
        for n in 0..4 {
            keys.hear(&typed(1_000 + n * 600, 1, "h"));
        }
        assert!(!keys.is_person(), "a code between them");
        keys.hear(&held(3_500, ALT[0], TAB));
        keys.hear(&held(3_600, CTRL[0], 46));
        assert!(keys.is_person());
    }
}
