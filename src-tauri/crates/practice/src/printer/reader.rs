//! The stream of bytes as commands: which language each is in, and what it wants of the machine.

use super::{bitmap::Bitmap, tspl::Tspl, zpl::Zpl};
use std::sync::Arc;

/// An unfinished command longer than this is thrown away; a page of ZPL hexadecimal fits.
const UNFINISHED_BYTES_MAX: usize = 4 << 20;

/// The language a label came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Zebra.
    Zpl,
    /// TSC and many others.
    Tspl,
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
    /// `ESC !?`.
    TsplByte,
}

/// What one command wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// Labels to print.
    Format { bitmap: Arc<Bitmap>, copies: u32, language: Language },
    /// An answer.
    Ask(Question),
    /// Everything accepted and not yet printed is forgotten.
    Cancel,
    /// Stop or go.
    Pause(bool),
    /// Whether a label the end of the roll interrupted is printed again.
    Reprint(bool),
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

/// Both languages and the bytes that are not a whole command yet.
#[derive(Debug)]
pub(super) struct Reader {
    zpl: Zpl,
    tspl: Tspl,
    input: Vec<u8>,
    /// So many bytes of `input` are done with.
    done: usize,
}

impl Reader {
    pub(super) fn new(dots_per_mm: u32) -> Self {
        let (zpl, tspl) = (Zpl::new(dots_per_mm), Tspl::new(dots_per_mm));
        Self { zpl, tspl, input: Vec::new(), done: 0 }
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
        while self.done < self.input.len() {
            match self.take() {
                Taken::More => break,
                Taken::Used(used, item) => {
                    self.done += used;
                    if item.is_some() {
                        return item;
                    }
                }
            }
        }
        if self.input.len() - self.done > UNFINISHED_BYTES_MAX {
            self.forget_unfinished();
            return Some(Item::Unknown("unfinished".to_owned()));
        }
        None
    }

    fn take(&mut self) -> Taken {
        let rest = &self.input[self.done..];
        match rest[0] {
            b'\r' | b'\n' | b'\t' | b' ' | 0 => Taken::Used(1, None),
            b'~' if rest.get(1) == Some(&b'!') => self.tspl.take(rest),
            b'^' | b'~' => self.zpl.take(rest),
            _ if self.zpl.in_format() => loose(rest),
            0x1b => Tspl::take_immediate(rest),
            _ => self.tspl.take(rest),
        }
    }

    /// Whether a command or a format has begun and not ended.
    pub(super) fn partial(&self) -> bool {
        self.zpl.in_format() || self.done < self.input.len()
    }

    /// A new sender starts afresh; settings such as `^LL` stay.
    pub(super) fn forget_unfinished(&mut self) {
        self.input.clear();
        self.done = 0;
        self.zpl.drop_format();
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
