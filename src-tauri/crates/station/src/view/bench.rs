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
}

impl ScanMode {
    const WORDS: [(Self, &'static str); 3] =
        [(Self::Ship, "ship"), (Self::Reprint, "reprint"), (Self::Verify, "verify")];

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
