//! Labels on their way, and the numbers they bear, as the window sees them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A further number of a shipment, with a label of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NumberView {
    /// Which label: 2 and more.
    pub part: u32,
    /// The number.
    pub no: String,
    /// Whether it is the signed slip's way back, not a parcel.
    pub slip: bool,
}

/// One label on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JobView {
    /// The job.
    #[ts(type = "number")]
    pub id: i64,
    /// The printer's name in the settings.
    pub printer: String,
    /// Where it stands.
    pub state: JobState,
    /// Which of the shipment's labels: 1 bears the waybill's own number.
    pub part: u32,
    /// The number on it.
    pub no: String,
    /// 1 for the first label, 2 and more for reprints.
    pub copy: u32,
    /// Why it was printed again; empty for the first.
    pub reason: String,
    /// Asked for at, ms UTC.
    #[ts(type = "number")]
    pub spooled_at_ms: i64,
    /// Came out at, ms UTC, as far as is known.
    #[ts(type = "number | null")]
    pub done_at_ms: Option<i64>,
    /// The last thing that went wrong; the system's or printer's words.
    pub error: String,
}

/// Where a print job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for the printer.
    Spooled,
    /// Bytes are leaving.
    Sending,
    /// All bytes left; paper not yet confirmed.
    Sent,
    /// It came out.
    Confirmed,
    /// It may or may not have come out.
    Unknown,
    /// A person said it did not come out, or it was withdrawn before it was sent.
    Dropped,
}
