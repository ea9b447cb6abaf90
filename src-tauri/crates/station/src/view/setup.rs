//! Printers as the set-up screen sees and changes them: what the settings say of each, in the
//! settings' own words.

use super::{PrinterStatus, Probed};
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
    /// Takes only labels of these carrier accounts; empty takes all that no other printer names.
    pub carriers: Vec<String>,
    /// Takes only labels of these shops; likewise.
    pub shops: Vec<String>,
}

/// One printer on the set-up screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrinterSetup {
    /// What the settings say.
    pub form: PrinterForm,
    /// How it is.
    pub status: PrinterStatus,
    /// What it proved when it was asked; `None` if it never was.
    pub probed: Option<Probed>,
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

/// What came of sending a printer's labels to another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Diverted {
    /// Where they waited.
    pub from: String,
    /// Where they come out now.
    pub to: String,
    /// Labels that wait there now.
    pub labels: u32,
    /// Labels that come out there once the carrier has given their numbers.
    pub to_come: u32,
    /// Labels that do not fit its paper and stay.
    pub stay: u32,
}

/// Sheets that were sent to a printer of labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintedSheet {
    /// Which.
    pub printer: String,
    /// Labels it took.
    pub pages: u32,
}
