//! What a message to a receiver may say of an order.

use serde::{Deserialize, Serialize};

/// One of our fields, for a template's placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsWord {
    /// The order's number at the shop.
    Order,
    /// The waybill's number.
    Number,
    /// The carrier's name.
    Carrier,
    /// The shop.
    Shop,
    /// The receiver's name.
    Receiver,
    /// The goods in one line.
    Goods,
}

impl SmsWord {
    /// All of them, by their words in the settings.
    pub const ALL: [(&'static str, Self); 6] = [
        ("order", Self::Order),
        ("number", Self::Number),
        ("carrier", Self::Carrier),
        ("shop", Self::Shop),
        ("receiver", Self::Receiver),
        ("goods", Self::Goods),
    ];

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(word, _)| *word == name).map(|(_, meaning)| *meaning)
    }
}
