//! Orders typed in at the bench.

use super::OrderEdit;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A pasted text taken apart, to be looked at before it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastedView {
    /// Who, where and the remark, as far as they were found; the rest as for an empty order.
    pub edit: OrderEdit,
    /// Whether the place is known down to its district.
    pub certain: bool,
    /// Words that found no place.
    pub left: String,
}

/// Who sends, as it is typed in before there are settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SenderForm {
    /// A shop or a person.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// In full.
    pub province: String,
    /// In full.
    pub city: String,
    /// In full; empty where a city has none.
    pub district: String,
    /// Street and house.
    pub detail: String,
}

/// How the first settings went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Begun {
    /// What is wrong with the sender; nothing was written then.
    pub faults: Vec<crate::order::Fault>,
    /// The sender with the place in full.
    pub sender: SenderForm,
    /// How things stand now, if settings were written.
    pub boot: Option<super::Boot>,
}

/// One kind of goods of an order typed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GoodsLine {
    /// What it is.
    pub title: String,
    /// Pieces, at least 1.
    pub quantity: u32,
}

/// An order typed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderDraft {
    /// Shop; empty is the sender's own name.
    pub shop: String,
    /// The shop's number; empty has one made.
    pub number: String,
    /// Who receives, and what the carrier is asked for.
    pub edit: OrderEdit,
    /// What is in it.
    pub goods: Vec<GoodsLine>,
    /// The sender profile; `None`: the rules'.
    #[serde(default)]
    pub sender: Option<String>,
}

/// Somebody who was sent to before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KnownReceiver {
    /// Their name.
    pub name: String,
    /// The phone as lists show it: "138****0921".
    pub shown_phone: String,
    /// Their phone.
    pub phone: String,
    /// In full.
    pub province: String,
    /// In full.
    pub city: String,
    /// In full; empty where a city has none.
    pub district: String,
    /// Street and house.
    pub detail: String,
}

/// What was typed before, to be chosen instead of typed again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KnownBefore {
    /// Newest first.
    pub receivers: Vec<KnownReceiver>,
    /// Titles of goods, newest first.
    pub goods: Vec<String>,
    /// Shops, by name.
    pub shops: Vec<String>,
}
