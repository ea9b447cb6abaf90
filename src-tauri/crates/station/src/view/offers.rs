//! What accounts say of a way, as the window and `--json` see it.

use super::AccountWay;
use crate::{carrier::charge::ChargeLine, trouble::Trouble};
use serde::Serialize;
use ts_rs::TS;

/// What one carrier would charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rate {
    /// The account that was asked.
    pub account: String,
    /// Whose price, by its code there.
    pub carrier: String,
    /// Its product; may be empty.
    pub product: String,
    /// The whole price in the currency's hundredth.
    #[ts(type = "number")]
    pub total_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Days on the way, if said.
    pub days: Option<u16>,
}

/// Prices for an order's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rates {
    /// For how many grams; a kilogram if the order was not weighed.
    pub weight_g: u32,
    /// Cheapest first.
    pub rates: Vec<Rate>,
    /// Accounts that gave no answer.
    pub failed: Vec<Trouble>,
}

/// What one account says of a way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WayOf {
    /// The account.
    pub account: String,
    /// Whether it goes there, if it says so.
    pub yes: Option<bool>,
    /// Its words; may be empty.
    pub said: String,
    /// When it would arrive, in its words; may be empty.
    pub when: String,
    /// Hours on the way, if said.
    pub hours: Option<u16>,
}

/// What all accounts say of a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ways {
    /// One an account that said something.
    pub ways: Vec<WayOf>,
    /// Questions without an answer.
    pub failed: Vec<Trouble>,
}

/// What an order would cost by one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Price {
    /// The whole price in the currency's hundredth.
    #[ts(type = "number")]
    pub total_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// The product it is for; may be empty.
    pub product: String,
}

/// An account by which an order could go, and what it says of the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The account, and what the order lacks for it.
    pub way: AccountWay,
    /// Whether the order goes by it if nobody says otherwise.
    pub usual: bool,
    /// Of what it would order itself.
    pub price: Option<Price>,
    /// By the settings' price list of the account, fen, as estimated.
    pub tariff_fen: Option<u32>,
    /// Days on the way, if said.
    pub days: Option<u16>,
    /// When it would arrive, in its words; may be empty.
    pub when: String,
    /// Whether it goes there, if it says so.
    pub reaches: Option<bool>,
    /// Its words about that; may be empty.
    pub said: String,
    /// The question that brought no answer.
    pub failed: Option<Trouble>,
}

/// Every account that is switched on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Offers {
    /// For how many grams; a kilogram if the order was not weighed.
    pub weight_g: u32,
    /// Those by which it can go first, cheapest first.
    pub offers: Vec<Offer>,
    /// Prices of carriers that none of the accounts orders from.
    pub others: Vec<Rate>,
}

/// What a carrier said it charged for one parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChargeView {
    /// All of it.
    #[ts(type = "number")]
    pub total_fen: i64,
    /// Its parts, in the carrier's words, as far as they were said.
    pub lines: Vec<ChargeLine>,
    /// Grams it was charged for, if said.
    pub weight_g: Option<u32>,
    /// The carrier's guess: it is not settled yet.
    pub estimated: bool,
    /// When it was asked, ms UTC.
    #[ts(type = "number")]
    pub asked_at_ms: i64,
}

/// What stands in a text. Not masked: it is what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SplitView {
    /// Who.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// In full.
    pub province: String,
    /// In full.
    pub city: String,
    /// In full; may be empty.
    pub district: String,
    /// Street and house.
    pub detail: String,
}
