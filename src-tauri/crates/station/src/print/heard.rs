//! What was heard of a printer, in its language or by the way to it.

use super::{Standing, Told};
use crate::view::PrinterState;
use label::language::DeviceStatus;

/// What was heard of a printer, by whatever way.
pub(super) struct Heard {
    /// What the printer said; of a way that tells by itself only what waits.
    pub status: DeviceStatus,
    /// How it is.
    pub state: PrinterState,
    /// For a person; empty where the state says it all.
    pub words: String,
    /// The way said it by itself, and knows of each label.
    pub by_way: bool,
}

impl From<DeviceStatus> for Heard {
    fn from(status: DeviceStatus) -> Self {
        Self { state: state_of(&status), status, words: String::new(), by_way: false }
    }
}

impl From<Told> for Heard {
    fn from(told: Told) -> Self {
        let state = match told.standing {
            Standing::Well => PrinterState::Ready,
            Standing::Printing => PrinterState::Printing,
            Standing::PaperOut => PrinterState::PaperOut,
            Standing::RibbonOut => PrinterState::RibbonOut,
            Standing::CoverOpen => PrinterState::HeadOpen,
            Standing::Paused => PrinterState::Paused,
            Standing::Fault => PrinterState::Fault,
            Standing::Away => PrinterState::Away,
        };
        let status = DeviceStatus { waiting: told.waiting, ..DeviceStatus::default() };
        Self { status, state, words: told.words, by_way: true }
    }
}

/// The worst of what a printer says first.
pub(super) fn state_of(status: &DeviceStatus) -> PrinterState {
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
