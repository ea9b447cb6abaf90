//! The stream of bytes as commands: which language each is in, and what it wants of the machine.

use super::{bitmap::Bitmap, cpcl::Cpcl, epl::Epl, escpos::EscPos, tspl::Tspl, zpl::Zpl};
use std::{collections::VecDeque, sync::Arc};

/// An unfinished command longer than this is thrown away; a page of ZPL hexadecimal fits.
const UNFINISHED_BYTES_MAX: usize = 4 << 20;

/// The language a label came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Zebra.
    Zpl,
    /// TSC and many others.
    Tspl,
    /// Mobile printers.
    Cpcl,
    /// Older Zebra desks.
    Epl,
    /// Receipt printers.
    EscPos,
}

impl Language {
    /// The language a word names: `zpl`, `tspl`, `cpcl`, `epl` or `escpos`.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "zpl" => Self::Zpl,
            "tspl" => Self::Tspl,
            "cpcl" => Self::Cpcl,
            "epl" => Self::Epl,
            "escpos" => Self::EscPos,
            _ => return None,
        })
    }
}

/// What a sender may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// `~HS`.
    ZplState,
    /// `~HI`.
    ZplModel,
    /// `ESC !S`.
    TsplState,
    /// `~HQES`.
    ZplErrors,
    /// `! U1 getvar "odometer.total_label_count"`.
    Odometer,
    /// `ESC !?`.
    TsplByte,
    /// `~!T`.
    TsplModel,
    /// `ESC h`.
    CpclByte,
    /// `^ee`.
    EplErrors,
    /// `DLE EOT` and its number, 1 to 4.
    EscPosRealTime(u8),
}

/// What one command wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// Labels to print.
    Format { bitmap: Arc<Bitmap>, copies: u32, language: Language, cut: bool },
    /// The strip is cut behind what was sent before.
    Cut,
    /// The paper is measured.
    Measure,
    /// An answer.
    Ask(Question),
    /// Everything accepted and not yet printed is forgotten.
    Cancel,
    /// Stop or go.
    Pause(bool),
    /// Whether a label the end of the roll interrupted is printed again.
    Reprint(bool),
    /// Whether a byte is sent for each label that is out (EPL2).
    Receipts(bool),
    /// Letters to send back when everything before is out (ESC/POS).
    Proof([u8; 4]),
    /// Dots with a wrong CRC or in no known encoding.
    BadGraphic,
    /// A command this printer does not know.
    Unknown(String),
}

/// What became of the front of the input.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// The command is not whole yet.
    More,
    /// So many bytes were a command.
    Used(usize, Option<Item>),
}

/// All languages and the bytes that are not a whole command yet.
#[derive(Debug)]
pub(super) struct Reader {
    /// The only language this printer knows; `None` knows all and tells them apart.
    only: Option<Language>,
    zpl: Zpl,
    tspl: Tspl,
    cpcl: Cpcl,
    epl: Epl,
    escpos: EscPos,
    /// Found in one command, not yet given out.
    wanted: VecDeque<Item>,
    input: Vec<u8>,
    /// So many bytes of `input` are done with.
    done: usize,
}

impl Reader {
    pub(super) fn new(dots_per_mm: u32, only: Option<Language>) -> Self {
        Self {
            only,
            zpl: Zpl::new(dots_per_mm),
            tspl: Tspl::new(dots_per_mm),
            cpcl: Cpcl::new(dots_per_mm),
            epl: Epl::new(dots_per_mm),
            escpos: EscPos::new(dots_per_mm),
            wanted: VecDeque::new(),
            input: Vec::new(),
            done: 0,
        }
    }

    /// Adds what came.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.input.drain(..self.done);
        self.done = 0;
        self.input.extend_from_slice(bytes);
    }

    /// The next thing wanted, if its command is whole. One at a time, so that a sender of many
    /// small labels waits for the paper and not for memory.
    pub(super) fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.wanted.pop_front() {
                return Some(item);
            }
            if self.done == self.input.len() {
                break;
            }
            let mut wanted = Vec::new();
            let (language, taken) = self.take(&mut wanted);
            match taken {
                Taken::More => break,
                Taken::Used(used, item) => {
                    self.done += used;
                    wanted.extend(item);
                }
            }
            match (self.only, language) {
                (Some(only), Some(other)) if only != other => {
                    // A printer takes another language for noise.
                    let noise = |_| Item::Unknown(format!("{other:?}"));
                    self.wanted.extend(wanted.into_iter().map(noise));
                }
                _ => self.wanted.extend(wanted),
            }
        }
        if self.input.len() - self.done > UNFINISHED_BYTES_MAX {
            self.forget_unfinished();
            return Some(Item::Unknown("unfinished".to_owned()));
        }
        None
    }

    /// Takes one command off the front, and says whose it is.
    fn take(&mut self, wanted: &mut Vec<Item>) -> (Option<Language>, Taken) {
        let rest = &self.input[self.done..];
        let (language, taken) = match *rest {
            _ if self.cpcl.in_session() => (Language::Cpcl, self.cpcl.take(rest)),
            [b'\r' | b'\n' | b'\t' | b' ' | 0, ..] => return (None, Taken::Used(1, None)),
            [b'~', b'!', ..] => (Language::Tspl, self.tspl.take(rest)),
            [b'^', b'e', b'e', ..] => (Language::Epl, Epl::take_question(rest)),
            [b'^' | b'~', ..] => (Language::Zpl, self.zpl.take(rest)),
            _ if self.zpl.in_format() => (Language::Zpl, loose(rest)),
            [0x1b, b'!', ..] => (Language::Tspl, Tspl::take_immediate(rest)),
            [0x1b, b'h', ..] => {
                (Language::Cpcl, Taken::Used(2, Some(Item::Ask(Question::CpclByte))))
            }
            [0x10 | 0x1b | 0x1d, ..] => (Language::EscPos, self.escpos.take(rest, wanted)),
            // A ZPL printer with Link-OS answers this one, too; the odometer is no picture.
            [b'!', ..] => match self.cpcl.begin(rest) {
                taken @ Taken::Used(_, Some(Item::Ask(Question::Odometer))) => {
                    (Language::Zpl, taken)
                }
                taken => (Language::Cpcl, taken),
            },
            // A line of TSPL begins with it, too: GAP.
            [b'G'] => return (None, Taken::More),
            _ => match self.epl.take(rest) {
                Some(taken) => (Language::Epl, taken),
                None => (Language::Tspl, self.tspl.take(rest)),
            },
        };
        (Some(language), taken)
    }

    /// Whether a command or a format has begun and not ended.
    pub(super) fn partial(&self) -> bool {
        self.zpl.in_format()
            || self.cpcl.in_session()
            || self.escpos.in_label()
            || self.done < self.input.len()
    }

    /// A new sender starts afresh; settings such as `^LL` stay.
    pub(super) fn forget_unfinished(&mut self) {
        self.input.clear();
        self.done = 0;
        self.wanted.clear();
        self.zpl.drop_format();
        self.cpcl.drop_session();
        self.escpos.drop_strip();
    }

    /// Length of the label in dots, as `~HS` tells it.
    pub(super) fn length_dots(&self) -> u32 {
        self.zpl.length_dots()
    }
}

/// Bytes inside a format that belong to no command, up to the next prefix.
fn loose(rest: &[u8]) -> Taken {
    let end = rest.iter().position(|byte| matches!(byte, b'^' | b'~')).unwrap_or(rest.len());
    Taken::Used(end, Some(Item::Unknown("data".to_owned())))
}
