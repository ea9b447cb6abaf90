//! Settings of the house, one by one; what this computer alone remembers; copies and bundles.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SettingKind {
    /// A line of text.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// One of `choices`.
    Choice,
}

/// One setting; its words stand under `setting.<key>` and `setting_why.<key>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Setting {
    /// Its path in the file.
    pub key: String,
    /// Under which heading it stands.
    pub group: String,
    /// What it takes.
    pub kind: SettingKind,
    /// What the file says; `None`: nothing.
    pub value: Option<String>,
    /// What is meant where the file says nothing; empty: nothing is.
    pub usual: String,
    /// Smallest number.
    pub least: u32,
    /// Largest number.
    pub most: u32,
    /// The words it may be.
    pub choices: Vec<String>,
    /// It must be there.
    pub needed: bool,
}

/// All settings that are changed one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// In the order they are shown.
    pub settings: Vec<Setting>,
    /// Where the file is.
    pub path: String,
}

/// A change of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SettingsChange {
    /// These say so from now on; `null`: as if they were not there.
    Set {
        /// By key.
        values: BTreeMap<String, Option<String>>,
    },
    /// The whole file is replaced by this text.
    Import {
        /// A file of settings.
        text: String,
    },
}

impl SettingsChange {
    /// The keys it is about; empty for a whole file.
    pub fn keys(&self) -> String {
        match self {
            Self::Set { values } => values.keys().cloned().collect::<Vec<_>>().join(", "),
            Self::Import { .. } => String::new(),
        }
    }
}

/// One key that another file of settings says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingDiff {
    /// Its path; blocks by their name: `printer[热敏 1 号].speed`.
    pub key: String,
    /// What is now; `None`: nothing.
    pub from: Option<String>,
    /// What it would be; `None`: nothing.
    pub to: Option<String>,
}

/// What another file of settings would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsLook {
    /// The file, for the change itself.
    pub text: String,
    /// What would be otherwise; empty: nothing.
    pub changes: Vec<SettingDiff>,
    /// What is wrong with it, one a line as in a trouble; empty: it may be taken.
    pub faults: String,
    /// Keys whose secrets this computer does not have.
    pub secrets: Vec<String>,
}

/// How the window is coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Light.
    #[default]
    Light,
    /// Dark.
    Dark,
    /// As the system is.
    System,
}

/// Where a window stood, in pixels of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WindowPlace {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// Inner width.
    pub width: u32,
    /// Inner height.
    pub height: u32,
    /// It filled the screen.
    pub maximized: bool,
}

/// What this computer alone remembers of the window; nothing of the business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DeskPrefs {
    /// Light, dark, or the system's.
    pub theme: Theme,
    /// Size of all words, percent: 100–150.
    pub scale_percent: u32,
    /// Nothing moves by itself, whatever the system says.
    pub still: bool,
    /// `zh` or `en`; empty: nobody chose.
    pub lang: String,
    /// How loud, percent; 0: silent.
    pub volume_percent: u32,
    /// What is heard is also said in words.
    pub voice: bool,
    /// Tells of what needs a person while another window is in front.
    pub notifies: bool,
    /// A sign among the system's own shows how much waits.
    pub tray: bool,
    /// Starts with the computer.
    pub opens_at_login: bool,
    /// Where the window was; by the size of all screens, as `2560x1440`.
    pub places: BTreeMap<String, WindowPlace>,
}

impl Default for DeskPrefs {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            scale_percent: 100,
            still: false,
            lang: String::new(),
            volume_percent: 70,
            voice: false,
            notifies: true,
            tray: true,
            opens_at_login: false,
            places: BTreeMap::new(),
        }
    }
}

/// What is done from the sign among the system's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TrayDeed {
    /// Brings the window to the front.
    Open,
    /// Pauses what is printing.
    Pause,
    /// Goes on with it.
    Resume,
    /// Ends the program.
    Quit,
}

/// One line of that sign's menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrayItem {
    /// What it does.
    pub deed: TrayDeed,
    /// Its words, in the window's language.
    pub label: String,
}

/// What the sign shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrayFace {
    /// How much waits, in the window's language.
    pub tip: String,
    /// What can be done.
    pub items: Vec<TrayItem>,
}

/// A file that was written for a person to take along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WrittenFile {
    /// Where it is.
    pub path: String,
}

/// A copy of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupView {
    /// Where it is.
    pub path: String,
    /// When it was made, ms UTC.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// The copies of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupsView {
    /// Newest first.
    pub backups: Vec<BackupView>,
    /// Where they lie.
    pub folder: String,
    /// How many are kept; 0: none is made by itself.
    pub keep: u32,
    /// Why the last attempt failed; `None`: it did not.
    pub failed: Option<String>,
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Restored {
    /// The copy.
    pub file: String,
    /// When it was made, as far as it can be told, ms UTC.
    #[ts(type = "number | null")]
    pub at_ms: Option<i64>,
    /// Where the database of before is; `None`: there was none.
    pub aside: Option<String>,
    /// Orders it holds.
    pub orders: u32,
}

/// A newer version of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdateView {
    /// Its number.
    pub version: String,
    /// Where to get it; empty: nobody said.
    pub url: String,
    /// What is new, in a line.
    pub notes: String,
}
