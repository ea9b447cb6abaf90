//! What is only true now and is forgotten at the end: how carriers and printers answered last.

use crate::{
    config::Config,
    trouble::Trouble,
    undo::Undo,
    view::{CarrierState, ImportReport, PrinterState},
};
use std::collections::HashMap;

/// How a carrier account answered last.
#[derive(Debug, Clone, Default)]
pub struct CarrierLive {
    /// See the view type.
    pub state: CarrierState,
    /// How long its last answer took.
    pub last_ms: Option<u32>,
    /// Calls under way.
    pub in_flight: u32,
    /// The system's words when it is not up.
    pub error: String,
}

/// What a printer said of itself last.
#[derive(Debug, Clone, Default)]
pub struct PrinterLive {
    /// See the view type.
    pub state: PrinterState,
    /// The system's words when it is not ready.
    pub error: String,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Live {
    /// By account name.
    pub carriers: HashMap<String, CarrierLive>,
    /// By printer name.
    pub printers: HashMap<String, PrinterLive>,
    /// The last finished import, once read from the database.
    pub last_import: Option<Option<ImportReport>>,
    /// Why the last copy of the database failed; `None`: it did not.
    pub backup_failed: Option<String>,
    /// Why the last file for a shop could not be written; `None`: it could.
    pub tell_failed: Option<Trouble>,
    /// The last act of a person, as far as it can be taken back.
    pub undo: Option<Undo>,
}

impl Live {
    /// Nothing asked yet.
    pub fn new(config: &Config) -> Self {
        Self {
            carriers: config
                .carriers
                .iter()
                .map(|carrier| (carrier.name.clone(), CarrierLive::default()))
                .collect(),
            printers: config
                .printers
                .iter()
                .map(|printer| (printer.name.clone(), PrinterLive::default()))
                .collect(),
            last_import: None,
            backup_failed: None,
            tell_failed: None,
            undo: None,
        }
    }
}
