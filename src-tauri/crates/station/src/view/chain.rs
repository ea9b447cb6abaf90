//! The chain at a glance: carriers, printers, what is owed.

use super::{BatchView, Counts, ImportReport, ScannerStatus, TrackingStatus};
use crate::trouble::Trouble;
use serde::Serialize;
use ts_rs::TS;

/// The chain at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// By list.
    pub counts: Counts,
    /// Carrier accounts.
    pub carriers: Vec<CarrierStatus>,
    /// Printers.
    pub printers: Vec<PrinterStatus>,
    /// The scanner that is read directly, if there is one.
    pub scanner: Option<ScannerStatus>,
    /// What we owe the outside world.
    pub outbox: OutboxStatus,
    /// The newest batch that is not finished.
    pub batch: Option<BatchView>,
    /// Labels printed since local midnight.
    pub printed_today: u32,
    /// The last finished import.
    pub last_import: Option<ImportReport>,
    /// Why the last file for a shop could not be written; `None`: it could.
    pub tell_failed: Option<Trouble>,
    /// Practice mode.
    pub practice: bool,
}

/// A carrier account at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CarrierStatus {
    /// Name in the settings.
    pub name: String,
    /// Short code, e.g. "YTO".
    pub code: String,
    /// `idle` (not asked yet), `up`, `away` (nothing gets through), `silent` (no readable answers),
    /// `limited` (no more calls today).
    pub state: CarrierState,
    /// How long the last answer took.
    pub last_ms: Option<u32>,
    /// Calls under way.
    pub in_flight: u32,
    /// Prepaid numbers left, if ever asked.
    #[ts(type = "number | null")]
    pub balance: Option<i64>,
    /// Fewer are left than the settings warn of.
    pub low: bool,
    /// None is left: no number is asked for until there are again. It goes on by itself.
    pub empty: bool,
    /// The system's words when it is not up.
    pub error: String,
    /// When it goes on, ms UTC, if today's calls are used up.
    #[ts(type = "number | null")]
    pub goes_on_at_ms: Option<i64>,
    /// How its parcels are asked after, if they are.
    pub tracking: Option<TrackingStatus>,
}

/// How a carrier answered last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CarrierState {
    /// Not asked since the start.
    #[default]
    Idle,
    /// Answers.
    Up,
    /// Nothing gets through: offline.
    Away,
    /// Requests leave, no readable answer comes.
    Silent,
    /// Today's calls are used up.
    Limited,
}

/// A printer at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrinterStatus {
    /// Name in the settings.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// What it last said of itself.
    pub state: PrinterState,
    /// Labels that wait for it.
    pub waiting: u32,
    /// Labels in doubt.
    pub unknown: u32,
    /// The system's words when it is not ready.
    pub error: String,
}

/// What a printer last said of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrinterState {
    /// Not used since the start.
    #[default]
    Idle,
    /// Ready.
    Ready,
    /// Printing.
    Printing,
    /// No paper.
    PaperOut,
    /// No ribbon.
    RibbonOut,
    /// Head or cover open.
    HeadOpen,
    /// Somebody pressed pause.
    Paused,
    /// Jam, heat or another fault of its own.
    Fault,
    /// Connected but silent.
    Silent,
    /// Cannot be reached.
    Away,
}

/// What we owe the outside world.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutboxStatus {
    /// Not done.
    pub waiting: u32,
    /// Of these, failed at least once.
    pub failing: u32,
    /// Outcome unknown, being looked up.
    pub unknown: u32,
}
