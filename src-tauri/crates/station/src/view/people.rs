//! Who works here, what they may, and what was done by whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What not everybody may. Its sentence is `right.<right>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Give waybill numbers back.
    Void,
    /// Decide against the program: a number by hand, a void settled, a check passed over.
    Force,
    /// Print more copies of a label than the settings allow everybody.
    Reprint,
    /// Change settings, printers, accounts, forms and operators.
    Settings,
    /// See names, phones and addresses in full, and edit them.
    Personal,
}

impl Right {
    /// All of them, as they are shown.
    pub const ALL: [Self; 5] =
        [Self::Void, Self::Force, Self::Reprint, Self::Settings, Self::Personal];
}

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OperatorView {
    /// Row.
    #[ts(type = "number")]
    pub id: i64,
    /// As shown beside what they did.
    pub name: String,
    /// What they may.
    pub rights: Vec<Right>,
    /// They can type a PIN.
    pub has_pin: bool,
    /// They can scan a badge.
    pub has_badge: bool,
}

/// Everybody, and who is here now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeopleView {
    /// By name; empty: nobody is told apart, and everybody may everything.
    pub operators: Vec<OperatorView>,
    /// Who works at this bench now; `None` with operators: it is locked.
    pub current: Option<String>,
    /// What may be done now.
    pub rights: Vec<Right>,
    /// Locks after so many minutes without a key; 0: never.
    pub lock_after_min: u32,
}

/// An operator as typed in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OperatorForm {
    /// Unique.
    pub name: String,
    /// What they may.
    pub rights: Vec<Right>,
    /// Four to twelve digits; empty: none; `None`: as before.
    pub pin: Option<String>,
    /// What their badge's barcode says; empty: none; `None`: as before.
    pub badge: Option<String>,
}

/// A change of the operators.
#[derive(Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OperatorChange {
    /// One more.
    Add {
        /// Who.
        form: OperatorForm,
    },
    /// Another form of one.
    Set {
        /// Which.
        #[ts(type = "number")]
        id: i64,
        /// Who.
        form: OperatorForm,
    },
    /// One fewer; what they did stays theirs.
    Remove {
        /// Which.
        #[ts(type = "number")]
        id: i64,
    },
}

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActLine {
    /// ms UTC.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Who; empty: nobody had said.
    pub operator: String,
    /// `history.<what>` of an order, else `act.<what>`.
    pub what: String,
    /// The order it was done to.
    pub order_no: Option<String>,
    /// Literal addition.
    pub note: String,
}

/// What to look for among what was done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActsQuery {
    /// Part of a name, an order number or a note; empty: all.
    pub search: String,
    /// Words of what was done that are meant, too.
    pub whats: Vec<String>,
    /// Only before this moment, ms UTC; `None`: the newest.
    #[ts(type = "number | null")]
    pub before_ms: Option<i64>,
}
