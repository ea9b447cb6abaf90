//! Parcels that come back from their receiver, and what is sent in exchange.

use super::{AccountWay, State};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who pays for the way back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The account, in its usual way.
    #[default]
    Usual,
    /// 寄付: the buyer, who sends it.
    Sender,
    /// 到付: the shop, at its door.
    Receiver,
    /// 月结: the shop, by the month.
    Monthly,
}

/// A parcel that shall come back under a number of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReturnAsk {
    /// The shipment that was sent.
    #[ts(type = "number")]
    pub id: i64,
    /// How many pieces of each of its goods come back, in their order; empty: all of them.
    pub pieces: Vec<u32>,
    /// Who pays.
    pub payer: Payer,
    /// By which account; `None`: by the one it went by.
    pub account: Option<String>,
    /// What it weighs, grams, where somebody knows.
    pub weight_g: Option<u32>,
    /// Why.
    pub reason: String,
}

/// The same, and goods that are sent in exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExchangeAsk {
    /// What comes back.
    pub back: ReturnAsk,
    /// How many pieces of each of its goods are sent; empty: what comes back.
    pub pieces: Vec<u32>,
    /// What they weigh, grams, where somebody knows.
    pub weight_g: Option<u32>,
}

/// How a shipment could come back, before anybody is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReturnLook {
    /// Every account that is switched on, with what keeps the parcel from coming back by it, for
    /// each way to pay.
    pub ways: Vec<ReturnWay>,
    /// The account it went by.
    pub account: String,
    /// Pieces of each of its goods that are not on their way back yet.
    pub pieces: Vec<u32>,
}

/// An account, as to a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReturnWay {
    /// Who pays.
    pub payer: Payer,
    /// The account, and what the return lacks for it.
    pub way: AccountWay,
}

/// Another shipment of the same order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OtherShipment {
    /// The shipment.
    #[ts(type = "number")]
    pub id: i64,
    /// Its number in the order, from 1.
    pub nth: u32,
    /// It comes back.
    pub back: bool,
    /// It brings back, or replaces, the shipment of this number in the order.
    pub of_nth: Option<u32>,
    /// Where it stands.
    pub state: State,
    /// Once issued.
    pub waybill_no: Option<String>,
}
