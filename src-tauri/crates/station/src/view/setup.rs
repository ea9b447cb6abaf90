//! Printers as the set-up screen sees and changes them: what the settings say of each, in the
//! settings' own words.

use super::PrinterStatus;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One `[[printer]]` of the settings. What is not in it (`graphics`, `finish`, …) stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrinterForm {
    /// Unique.
    pub name: String,
    /// `tcp://HOST:PORT`, `queue:NAME`, …
    pub address: String,
    /// `zpl`, `tspl`, `cpcl`, `epl` or `escpos`.
    pub language: String,
    /// `8`, `11.8` or `12`.
    pub dots_per_mm: String,
    /// `76x130`, mm.
    pub paper: String,
    /// `none`, `status` or `scan`.
    pub confirm: String,
    /// In the language's own scale; `None` leaves what the printer is set to.
    pub darkness: Option<u32>,
    /// The same.
    pub speed: Option<u32>,
    /// Moves the picture right, dots.
    pub offset_x: i32,
    /// Moves it down, dots.
    pub offset_y: i32,
    /// Turned by 180°.
    pub upside_down: bool,
    /// `gap`, `mark` or `continuous`; `None` leaves what the printer is set to.
    pub media: Option<String>,
}

/// How far "printed" can be believed of a printer as it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tells {
    /// It tells when paper has moved.
    Paper,
    /// It tells its own state only.
    State,
    /// A person scans the fresh label.
    Scan,
    /// It takes bytes and says nothing.
    Nothing,
}

/// One printer on the set-up screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrinterSetup {
    /// What the settings say.
    pub form: PrinterForm,
    /// How it is.
    pub status: PrinterStatus,
    /// What its word is worth.
    pub tells: Tells,
    /// The darkest there is in its language.
    pub darkness_max: u32,
    /// The fastest there is.
    pub speed_max: u32,
    /// How far its picture may be moved, dots.
    pub offset_max: i32,
    /// Whether it can be told to measure its paper.
    pub calibrates: bool,
}

/// All printers of the settings, the default first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrinterSetups {
    /// In the order of the settings.
    pub printers: Vec<PrinterSetup>,
    /// Whether the last change can be taken back.
    pub can_undo: bool,
    /// The code on the test label.
    pub test_code: String,
}

/// A change of the printers of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum PrinterChange {
    /// One more, after the last.
    Add {
        /// What it is.
        form: PrinterForm,
    },
    /// What one of them is from now on.
    Set {
        /// Its name until now.
        name: String,
        /// What it is.
        form: PrinterForm,
    },
    /// One fewer.
    Remove {
        /// Which.
        name: String,
    },
    /// Another default.
    First {
        /// Which.
        name: String,
    },
    /// The settings as they were before the last change; once more takes that back again.
    Undo,
}
