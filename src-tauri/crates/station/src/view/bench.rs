//! The scan screen: its modes, and what a scan came to in those that are about parcels and goods.

use super::Row;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a scan on the scan screen is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScanMode {
    /// 扫单打印: a waiting order gets its number and label.
    Ship,
    /// 重打: a printed label is printed again.
    Reprint,
    /// 验货: the order's goods are counted into their box.
    Verify,
    /// 称重出库: the parcel's weight is kept, then it may go.
    Weigh,
    /// 交接: the driver takes it.
    HandOver,
}

impl ScanMode {
    const WORDS: [(Self, &'static str); 5] = [
        (Self::Ship, "ship"),
        (Self::Reprint, "reprint"),
        (Self::Verify, "verify"),
        (Self::Weigh, "weigh"),
        (Self::HandOver, "hand_over"),
    ];

    /// The word kept in the database.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(mode, _)| *mode == self).map_or("", |(_, word)| word)
    }

    /// Reads the word back.
    pub fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(mode, _)| *mode)
    }
}

/// What the scan screen goes on with after a start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BenchView {
    /// What scans are for on this PC.
    pub mode: ScanMode,
    /// The order whose goods are being counted.
    pub verifying: Option<VerifyView>,
    /// Whether a label prints by itself once all is counted.
    pub print_after: bool,
    /// The scale, if there is one.
    pub scale: Option<ScaleView>,
    /// How keys of a scanner are told from a person's.
    pub scanner: ScannerView,
}

/// What a scan came to while goods are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CountSaid {
    /// Its goods can be counted now.
    Begun,
    /// Counted.
    Counted,
    /// More than was ordered: not counted.
    Over,
    /// Not in this order: not counted.
    Wrong,
    /// Something is missing still.
    Under,
    /// All is in.
    Done,
    /// Counted before.
    Already,
    /// A person let it pass as it is.
    Passed,
    /// Counted goods were taken out again.
    TakenBack,
}

/// One kind of goods while it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CountLine {
    /// Its place in the order, from 0.
    pub line: u32,
    /// Title in the shop.
    pub title: String,
    /// The shop's own code; may be empty.
    pub sku: String,
    /// The maker's code; may be empty.
    pub barcode: String,
    /// Pieces ordered.
    pub wanted: u32,
    /// Pieces in the box.
    pub counted: u32,
    /// Whether nothing stands on them that could be scanned.
    pub by_hand: bool,
    /// Whether there is a picture of them.
    pub picture: bool,
}

/// An order whose goods are counted into their box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerifyView {
    /// The order.
    pub row: Row,
    /// Its goods.
    pub lines: Vec<CountLine>,
    /// What the last act came to.
    pub said: CountSaid,
    /// The line it was about.
    pub line: Option<u32>,
    /// What was scanned; empty for other acts.
    pub code: String,
    /// What the goods are that were scanned and are not in this order, where that is known.
    pub other: String,
    /// Whether all is in, or a person let it pass.
    pub done: bool,
    /// Whether the label waits for that.
    pub blocks: bool,
}

/// What a scan came to while parcels are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WeighSaid {
    /// The weight is kept with the parcel: it may go.
    Kept,
    /// It is not what was expected: a person decides.
    Outside,
    /// The settings name no scale.
    NoScale,
    /// The scale cannot be reached.
    Away,
    /// The scale says nothing.
    Stale,
    /// It does not rest.
    Moving,
    /// It shows less than nothing.
    Negative,
    /// Nothing lies on it.
    Zero,
    /// Too much lies on it.
    Over,
    /// What lies on it was weighed for the parcel before.
    NotEmptied,
}

/// A parcel on the scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WeighView {
    /// Its shipment, with the number that is on its label.
    pub row: Row,
    /// What the scan came to.
    pub said: WeighSaid,
    /// Grams: what was kept, what is asked about, or what it weighed before.
    pub weight_g: Option<u32>,
    /// Grams it should weigh.
    pub expected_g: Option<u32>,
    /// The least it may weigh, grams.
    pub low_g: Option<u32>,
    /// The most it may weigh, grams.
    pub high_g: Option<u32>,
}

/// How a scale stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScaleState {
    /// A weight rests on it.
    Ready,
    /// Nothing lies on it.
    Empty,
    /// It does not rest.
    Moving,
    /// It shows less than nothing.
    Negative,
    /// Too much lies on it.
    Over,
    /// It says nothing.
    Silent,
    /// It cannot be reached.
    Away,
}

/// What the scale shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScaleView {
    /// How it stands.
    pub state: ScaleState,
    /// Grams.
    #[ts(type = "number | null")]
    pub weight_g: Option<i64>,
    /// When it said so, ms UTC.
    #[ts(type = "number | null")]
    pub at_ms: Option<i64>,
    /// The system's words while it cannot be reached.
    pub error: String,
    /// A practice scale: what lies on it is typed.
    pub on_screen: bool,
}

/// What a scan came to while parcels are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandSaid {
    /// It is on the manifest now.
    Taken,
    /// It was on it already.
    Twice,
    /// It was handed over before.
    Closed,
    /// Another carrier's.
    WrongCarrier,
    /// Its carrier says that it comes back, or was given up.
    Returned,
}

/// A parcel on the way to the driver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandView {
    /// Its shipment, with the number that is on its label.
    pub row: Row,
    /// What the scan came to.
    pub said: HandSaid,
    /// The manifest at hand after it.
    pub manifest: ManifestView,
    /// The manifest it was on before; empty if it was on none.
    pub on: String,
    /// When that one was closed, ms UTC.
    #[ts(type = "number | null")]
    pub closed_at_ms: Option<i64>,
}

/// One parcel of a manifest, or one that should be on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ManifestLine {
    /// The number on its label.
    pub no: String,
    /// The shop's order number.
    pub order_no: String,
    /// When it was scanned, or its label came out, ms UTC.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Grams, weighed or expected.
    pub weight_g: Option<u32>,
    /// Whether its number was taken back since.
    pub voided: bool,
}

/// A manifest: open while parcels are scanned, closed once the driver signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ManifestView {
    /// Its row; none before its first parcel.
    #[ts(type = "number | null")]
    pub id: Option<i64>,
    /// As it is written: "JJ20261122-7".
    pub no: String,
    /// Whose driver takes it; empty while nobody chose.
    pub account: String,
    /// When its first parcel was scanned, ms UTC.
    #[ts(type = "number | null")]
    pub opened_at_ms: Option<i64>,
    /// When it was closed, ms UTC.
    #[ts(type = "number | null")]
    pub closed_at_ms: Option<i64>,
    /// Parcels on it.
    pub parcels: u32,
    /// Their weight, grams, as far as it is known.
    pub weight_g: u32,
    /// The last scanned first, at most 300.
    pub lines: Vec<ManifestLine>,
    /// Printed and not scanned, the oldest first, at most 300; none of a closed one.
    pub missing: Vec<ManifestLine>,
    /// How many these are in all.
    pub missing_count: u32,
}

/// Manifests that were closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ManifestList {
    /// Newest first, at most 60.
    pub manifests: Vec<ManifestView>,
}

/// What stands in a GS1 code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CodePart {
    /// Application identifier: "01".
    pub id: String,
    /// Its value.
    pub value: String,
}

/// What a scanner sent, as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CodeView {
    /// The text without what was put around it.
    pub text: String,
    /// The scanner's word for the kind of code: "]C1"; empty if it does not say it.
    pub symbology: String,
    /// What a GS1 code holds.
    pub parts: Vec<CodePart>,
}

/// How a scanner ends a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScanEnding {
    /// With Enter or Tab.
    Key,
    /// Not at all: it falls silent.
    Silence,
}

/// How keys of a scanner are told from a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScannerView {
    /// Keys of a scanner are on average no further apart, ms.
    pub gap_ms: u32,
    /// How it ends a code.
    pub ending: ScanEnding,
}

/// How a scanner stands that is read directly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScannerState {
    /// It is being looked for.
    #[default]
    Opening,
    /// It is read.
    Ready,
    /// It is not plugged in.
    Missing,
    /// This program has no right to read it.
    Denied,
    /// It does not say that it is a scanner: it is in another mode, or another device.
    NotScanner,
    /// A person types on it: it is let go until the settings change.
    Typed,
    /// This system has no such way.
    Unsupported,
    /// It cannot be read, in the system's words.
    Away,
}

/// The scanner that is read directly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScannerStatus {
    /// Where the settings say it is.
    pub address: String,
    /// How it stands.
    pub state: ScannerState,
    /// The system's words while it cannot be read.
    pub error: String,
}
