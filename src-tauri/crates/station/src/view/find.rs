//! What a list is asked for: filters, order, saved ones, and what a selection adds up to.

use super::Tab;
use crate::carrier::track::Stage;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListQuery {
    /// Which list; `None` searches all.
    pub tab: Option<Tab>,
    /// Part of an order number, waybill number, name, phone (last digits), goods, or of the first
    /// letters of name or goods in pinyin; empty for all.
    pub search: String,
    /// What narrows it.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// Backwards: newest first, heaviest first.
    pub descending: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// What narrows a list. All that is said must hold; of several shops one is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Filter {
    /// Of these shops; empty for all.
    pub shops: Vec<String>,
    /// To these provinces, in full; empty for all.
    pub provinces: Vec<String>,
    /// Of these carrier accounts (routed, chosen or asked); empty for all.
    pub accounts: Vec<String>,
    /// With one of these flags; empty for all.
    pub flags: Vec<Flag>,
    /// One piece, or several.
    pub pieces: Option<Pieces>,
    /// With a remark of the buyer or a note of the desk, or without.
    pub remark: Option<bool>,
    /// At least so heavy, grams.
    pub weight_from_g: Option<u32>,
    /// At most so heavy, grams.
    pub weight_to_g: Option<u32>,
    /// When the buyer paid.
    pub paid: Option<Paid>,
    /// Only orders that could go together with another one.
    pub mergeable: bool,
    /// Only parcels that are so far.
    pub stage: Option<Stage>,
}

/// One piece, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Pieces {
    /// 单件.
    Single,
    /// 多件.
    Multi,
}

/// When the buyer paid; days are China's. What bears no time of payment was paid at no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", rename_all_fields = "camelCase")]
pub enum Paid {
    /// Today.
    Today,
    /// Yesterday.
    Yesterday,
    /// Not before and before, ms UTC.
    Between {
        /// The first moment that counts.
        #[ts(type = "number")]
        from_ms: i64,
        /// The first that does not any more.
        #[ts(type = "number")]
        to_ms: i64,
    },
    /// Longer ago than that.
    OlderThan {
        /// Hours.
        hours: u32,
    },
}

/// The order of a list. What is equal stands by time of payment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By the time of payment.
    #[default]
    Paid,
    /// By order number.
    Order,
    /// By province, city and district.
    Province,
    /// By carrier account.
    Carrier,
    /// By weight; what was not weighed first.
    Weight,
    /// By goods, so that the same goods lie together.
    Goods,
}

/// A flag that people put on an order: 旗, as the shops have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// 红.
    Red,
    /// 黄.
    Yellow,
    /// 绿.
    Green,
    /// 蓝.
    Blue,
    /// 紫.
    Purple,
}

impl Flag {
    /// All of them; the number in the database is the place here and one more, 0 is none.
    pub const ALL: [Self; 5] = [Self::Red, Self::Yellow, Self::Green, Self::Blue, Self::Purple];

    /// The number kept in the database.
    pub fn number(flag: Option<Self>) -> u8 {
        let place = flag.and_then(|flag| Self::ALL.iter().position(|one| *one == flag));
        place.map_or(0, |place| u8::try_from(place + 1).unwrap_or(0))
    }

    /// The flag of a number.
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }
}

/// A filter with a name, at hand under Alt and a digit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SavedFilter {
    /// 1 to 9: the digit.
    pub slot: u8,
    /// What people call it.
    pub name: String,
    /// What it asks for; pages do not count.
    pub query: ListQuery,
}

/// What a selection adds up to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Shipments.
    pub shipments: u32,
    /// Orders they answer for.
    pub orders: u32,
    /// Boxes.
    pub parcels: u32,
    /// Pieces of goods.
    pub pieces: u32,
    /// By carrier account, most first.
    pub accounts: Vec<AccountTotal>,
    /// Grams of those whose weight is known.
    #[ts(type = "number")]
    pub weight_g: i64,
    /// How many have no weight.
    pub unweighed: u32,
    /// What those cost that the settings have a price for, fen, as estimated; those that are paid
    /// at the door are not ours.
    #[ts(type = "number")]
    pub freight_fen: i64,
    /// How many have no price: no price list, no weight, or abroad. None where there are no lists.
    pub unpriced: u32,
    /// Parcels that come back, which are in none of the sums above.
    pub returns: u32,
}

/// How many of a selection go by an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountTotal {
    /// Its name.
    pub account: String,
    /// Shipments.
    pub n: u32,
}

/// What the filter chips offer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Facets {
    /// All shops seen.
    pub shops: Vec<String>,
    /// All provinces seen.
    pub provinces: Vec<String>,
    /// All carrier accounts of the settings.
    pub accounts: Vec<String>,
    /// All sender profiles of the settings.
    pub senders: Vec<String>,
    /// Who sends what no profile does: the name of `[sender]`.
    pub house: String,
    /// Whether an account sends messages to receivers.
    pub messages: bool,
}
