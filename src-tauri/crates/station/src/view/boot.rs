//! What the window shows first.

use crate::trouble::Trouble;
use serde::Serialize;
use ts_rs::TS;

/// What the window shows first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Boot {
    /// `welcome`: no settings yet; `open`: the station runs; `trouble`: it cannot.
    pub mode: BootMode,
    /// Where everything is kept.
    pub home: String,
    /// Whether it is practice.
    pub practice: bool,
    /// Version of the program.
    pub version: String,
    /// Why it cannot run; while it runs, what of it does not.
    pub trouble: Option<Trouble>,
}

/// See [`Boot`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BootMode {
    /// No settings yet.
    Welcome,
    /// Running.
    Open,
    /// Cannot run.
    Trouble,
}
