//! Price lists of the outlets on the settings screen.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One `[[tariff]]` of the settings, as somebody may have typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TariffRow {
    /// Each as people call it, or what was typed for several: "江浙沪"; empty: the rest.
    pub provinces: Vec<String>,
    /// Fixed prices, lightest first.
    pub steps: Vec<TariffStep>,
    /// 首重, grams.
    pub first_g: Option<u32>,
    /// What it costs, fen.
    pub first_fen: Option<u32>,
    /// 续重, grams.
    pub next_g: Option<u32>,
    /// What each that is begun costs, fen.
    pub next_fen: Option<u32>,
    /// cm³ that weigh a kilogram.
    pub volume_divisor: Option<u32>,
}

/// A fixed price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TariffStep {
    /// Up to and with so many grams.
    pub upto_g: u32,
    /// Fen.
    pub fen: u32,
}

/// The price list of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TariffSetup {
    /// The account.
    pub account: String,
    /// Our code of its carrier.
    pub code: String,
    /// In the order of the settings; empty: nobody wrote one.
    pub rows: Vec<TariffRow>,
}

/// What an account's price list is from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TariffChange {
    /// The account.
    pub account: String,
    /// All of it; empty: none.
    pub rows: Vec<TariffRow>,
}

/// What was read out of a pasted table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TariffPaste {
    /// Provinces of one price stand together.
    pub rows: Vec<TariffRow>,
    /// Lines that are in none of them.
    pub faults: Vec<TariffFault>,
    /// Headings of columns that were not read.
    pub unread: Vec<String>,
}

/// A line of a pasted table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TariffFault {
    /// Which, from 1.
    pub line: u32,
    /// What is wrong.
    pub why: TariffWhy,
    /// The cell at fault, or what would be right.
    pub what: String,
}

/// What is wrong with a line of a pasted table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TariffWhy {
    /// Not a province.
    Province,
    /// Not an amount of yuan.
    Money,
    /// Not a weight.
    Weight,
    /// A price is missing: 首重 and 续重 go together.
    Missing,
    /// Which column says what is not said.
    Columns,
    /// Longer than any price list.
    TooLong,
}
