//! Printers that were looked for, and what an unknown one answered.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The ways on which printers are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Queues of the operating system.
    Queue,
    /// Linux' printer devices.
    Lp,
    /// USB devices that say they are printers.
    Usb,
    /// Serial ports, whatever is behind them.
    Serial,
    /// Platforms' print components on this PC.
    Component,
    /// What announces itself on the own network.
    Network,
}

/// A printer that may be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundPrinter {
    /// What to write into the settings.
    pub address: String,
    /// How it was found.
    pub way: Way,
    /// What it calls itself; may be empty.
    pub model: String,
    /// Languages it claims to read, in the settings' words; a claim is not an answer.
    pub languages: Vec<String>,
    /// The system's words on it: a queue's state, a device's id; may be empty.
    pub words: String,
}

/// What was found, and where could not be looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundPrinters {
    /// By way, in the order of [`Way`].
    pub printers: Vec<FoundPrinter>,
    /// Ways that could not be looked at.
    pub failed: Vec<FailedWay>,
}

/// A way that could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FailedWay {
    /// Which.
    pub way: Way,
    /// The system's words.
    pub why: String,
}

/// What a printer was heard to say, which is how far "printed" can be believed of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Takes bytes and says nothing.
    Silent,
    /// Tells its state: paper, cover, what waits.
    State,
    /// Tells when paper has moved: it counts labels, or reports the end of each.
    Paper,
}

/// A printer that was asked, without printing anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProbeView {
    /// Where it was asked.
    pub address: String,
    /// What it calls itself; may be empty.
    pub model: String,
    /// Languages it answered in, best first; then those it claims.
    pub languages: Vec<String>,
    /// Dots of its head per metre, if it told.
    pub head_dots_per_m: Option<u32>,
    /// What it proved.
    pub proof: Proof,
    /// What it said, in the order of the questions.
    pub heard: Vec<HeardView>,
}

/// What is kept of an answer, until the printer is asked again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Probed {
    /// When it was asked, ms UTC.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// What it called itself; may be empty.
    pub model: String,
    /// Languages it answered in, best first; then those it claims.
    pub languages: Vec<String>,
    /// Dots of its head per metre, if it told.
    pub head_dots_per_m: Option<u32>,
    /// What it proved.
    pub proof: Proof,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeardView {
    /// As the makers' manuals write it.
    pub question: String,
    /// What came, printable: other bytes as `<1b>`; empty is silence.
    pub answer: String,
}
