//! Numbers that go back to the shops, as the window and `--json` see them.

use crate::trouble::Trouble;
use serde::Serialize;
use ts_rs::TS;

/// What the shops have not been told, and what they were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NumbersView {
    /// Practice numbers go to nobody.
    pub practice: bool,
    /// Where the files are written.
    pub folder: String,
    /// Something writes them by itself.
    pub by_itself: bool,
    /// Every shop that has something, the longest waiting first.
    pub shops: Vec<ShopNumbers>,
    /// Numbers that shops know although they were taken back, at most 200.
    pub stale: Vec<StaleNumber>,
    /// The newest files, at most 50.
    pub tellings: Vec<TellingView>,
    /// Why the last file could not be written; `None`: it could.
    pub failed: Option<Trouble>,
}

/// One shop's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShopNumbers {
    /// The shop; empty: orders without one.
    pub shop: String,
    /// Orders with a number it has not been told.
    pub n: u32,
    /// When the oldest of these numbers was issued, ms UTC.
    #[ts(type = "number | null")]
    pub oldest_at_ms: Option<i64>,
    /// Its last file.
    pub last: Option<TellingView>,
}

/// A number that was taken back after the shop was told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StaleNumber {
    /// The order's shipment.
    #[ts(type = "number")]
    pub id: i64,
    /// The shop.
    pub shop: String,
    /// Its order number.
    pub order_no: String,
    /// The number it knows.
    pub no: String,
    /// The one that goes there with the next file; empty: there is none.
    pub new_no: String,
}

/// What became of a file for a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TellingState {
    /// Its numbers are chosen; the file could not be written yet, and will be.
    Owed,
    /// The file was written.
    Written,
    /// The shop did not take it: its numbers are untold again.
    Back,
}

/// One file for one shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TellingView {
    /// Row.
    #[ts(type = "number")]
    pub id: i64,
    /// The shop.
    pub shop: String,
    /// When its numbers were chosen, ms UTC.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// What became of it.
    pub state: TellingState,
    /// The file, whole.
    pub path: String,
    /// Its name alone.
    pub file: String,
    /// Its rows; 0 while it is owed.
    pub n: u32,
    /// How often it was written.
    pub copies: u32,
    /// Nobody pressed a key for it.
    pub by_itself: bool,
    /// Who sat at the bench; empty: nobody said.
    pub operator: String,
}

/// The file that told a shop an order's number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToldView {
    /// ms UTC.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// The file's name.
    pub file: String,
}
