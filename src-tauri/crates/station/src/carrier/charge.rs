//! What carriers charged for a parcel that they have, as far as they say so, and what is left of
//! numbers that were paid before.

use super::CarrierError;
use crate::outside::{Http, Later};
use serde::{Deserialize, Serialize};

/// What is left of prepaid waybill numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Numbers that can still be taken.
    pub available: i64,
}

/// A part of a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct ChargeLine {
    /// What for, in the carrier's own words.
    pub name: String,
    /// How much; less than nothing is given back.
    #[ts(type = "number")]
    pub fen: i64,
}

/// What was charged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Charge {
    /// All of it.
    pub total_fen: i64,
    /// Its parts, as far as they were said.
    pub lines: Vec<ChargeLine>,
    /// Grams it was charged for, if said.
    pub weight_g: Option<u32>,
    /// The carrier's guess: it has not settled it yet.
    pub estimated: bool,
}

/// Which parcel is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeAsk {
    /// Its number.
    pub no: String,
    /// Our key of it.
    pub order_key: String,
    /// The carrier's key of the courier who fetched it; empty: nobody was sent for.
    pub booking: String,
}

/// A carrier that says what it charged.
pub trait Charges: Send + Sync {
    /// Whether it would say so of this parcel.
    fn knows(&self, _ask: &ChargeAsk) -> bool {
        true
    }

    /// What was charged; `None`: nothing yet.
    fn charge<'a>(
        &'a self,
        http: &'a dyn Http,
        ask: &'a ChargeAsk,
    ) -> Later<'a, Result<Option<Charge>, CarrierError>>;
}
