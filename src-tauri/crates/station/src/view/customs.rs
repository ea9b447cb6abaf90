//! Goods, and what customs ask about them, as the order's form has it.

use crate::order::Customs;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What customs ask about one kind of goods.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomsLine {
    /// In English.
    pub english: String,
    /// Code of the Harmonized System.
    pub hs_code: String,
    /// Where it was made, ISO 3166 alpha-2; empty is China.
    pub origin: String,
    /// Value of one piece in the currency's hundredth.
    pub value_minor: Option<u32>,
    /// ISO 4217; empty is "CNY".
    pub currency: String,
    /// Grams of one piece.
    pub weight_g: Option<u32>,
}

impl From<Customs> for CustomsLine {
    fn from(customs: Customs) -> Self {
        let Customs { english, hs_code, origin, value_minor, currency, weight_g } = customs;
        Self { english, hs_code, origin, value_minor, currency, weight_g }
    }
}

impl From<CustomsLine> for Customs {
    fn from(line: CustomsLine) -> Self {
        let CustomsLine { english, hs_code, origin, value_minor, currency, weight_g } = line;
        Self { english, hs_code, origin, value_minor, currency, weight_g }
    }
}

/// One kind of goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemView {
    /// Title in the shop.
    pub title: String,
    /// Pieces.
    pub quantity: u32,
}
