//! What is done with many shipments at once, what came of it, and whether it can be taken back.

use super::Flag;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something done with a selection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Act {
    /// The shipments.
    #[ts(type = "number[]")]
    pub ids: Vec<i64>,
    /// What.
    pub deed: Deed,
}

/// What is done with each of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", rename_all_fields = "camelCase")]
pub enum Deed {
    /// Held until somebody lets it go.
    Hold {
        /// The words that stand with it.
        why: String,
    },
    /// Let go, if nothing else is wrong.
    Release,
    /// Flagged, or the flag taken away.
    Flag {
        /// Which.
        flag: Option<Flag>,
    },
    /// Noted for the people at the desk; empty takes the note away.
    Note {
        /// The words.
        text: String,
    },
    /// Sent by this account, where it can; `None` leaves it to the rules again.
    Carrier {
        /// Its name.
        account: Option<String>,
    },
    /// Sent under this name; `None` leaves it to the settings again, `-` is the house itself.
    Sender {
        /// A sender profile of the settings.
        profile: Option<String>,
    },
    /// Put together with the others of the same buyer.
    Merge {
        /// Also where remarks, services or sums differ: somebody has read how.
        despite: bool,
    },
    /// Orders that were put together go apart again.
    Part,
    /// The numbers are given back.
    Void,
}

/// The word of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeedKind {
    /// See [`Deed::Hold`].
    Hold,
    /// See [`Deed::Release`].
    Release,
    /// See [`Deed::Flag`].
    Flag,
    /// See [`Deed::Note`].
    Note,
    /// See [`Deed::Carrier`].
    Carrier,
    /// See [`Deed::Sender`].
    Sender,
    /// See [`Deed::Merge`].
    Merge,
    /// See [`Deed::Part`].
    Part,
    /// See [`Deed::Void`].
    Void,
    /// An order was divided.
    Split,
    /// An order is sent again.
    Reship,
    /// A parcel comes back.
    Return,
    /// A parcel comes back and another one is sent for it.
    Exchange,
}

impl Deed {
    /// Its word.
    pub fn kind(&self) -> DeedKind {
        match self {
            Self::Hold { .. } => DeedKind::Hold,
            Self::Release => DeedKind::Release,
            Self::Flag { .. } => DeedKind::Flag,
            Self::Note { .. } => DeedKind::Note,
            Self::Carrier { .. } => DeedKind::Carrier,
            Self::Sender { .. } => DeedKind::Sender,
            Self::Merge { .. } => DeedKind::Merge,
            Self::Part => DeedKind::Part,
            Self::Void => DeedKind::Void,
        }
    }
}

/// Why something was not done with a shipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftWhy {
    /// It was so already.
    Already,
    /// The carrier is being asked.
    AtCarrier,
    /// It has its number.
    Numbered,
    /// Something is still wrong with the order.
    Faulty,
    /// The account cannot carry it.
    CannotCarry,
    /// It has no number.
    NoNumber,
    /// Its label is being printed at this moment.
    Printing,
    /// No other order of this buyer waits with it.
    Alone,
    /// Remarks, services or sums differ.
    Differs,
    /// A carrier was asked for it before, and for another of them, too.
    AskedBefore,
    /// It goes with another one.
    WithAnother,
    /// Together they would be stopped by the check.
    WouldBeHeld,
    /// There is none of that number.
    Gone,
    /// It comes back itself.
    IsReturn,
    /// All of it is on its way back already.
    BackAlready,
    /// It went abroad.
    Abroad,
}

/// How many were left, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Left {
    /// Why.
    pub why: LeftWhy,
    /// How many.
    pub n: u32,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActDone {
    /// What was done.
    pub deed: DeedKind,
    /// With how many.
    pub done: u32,
    /// The others.
    pub left: Vec<Left>,
    /// What it was done to, or what came of it: the shipment that is left of several.
    #[ts(type = "number[]")]
    pub ids: Vec<i64>,
}

/// The last act, while some of it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoOffer {
    /// What was done.
    pub deed: DeedKind,
    /// With how many it can be taken back.
    pub n: u32,
}

/// Orders that could go together, and what differs between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergeGroup {
    /// The shipments; the first one answers for all of them.
    #[ts(type = "number[]")]
    pub ids: Vec<i64>,
    /// Their orders' numbers.
    pub orders: Vec<String>,
    /// The buyer, masked.
    pub name: String,
    /// What is not the same, a line each.
    pub differs: Vec<Differs>,
}

/// What is not the same in orders that go together, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", rename_all_fields = "camelCase")]
pub enum Differs {
    /// Remarks; all of them stand on the label.
    Notes {
        /// Together.
        text: String,
    },
    /// Who pays the carrier; the first order's way is taken.
    Pay,
    /// Some are paid at the door: the sum of all is collected.
    Cod {
        /// Fen.
        fen: u32,
    },
    /// Some are insured: for the sum of all.
    Insured {
        /// Fen.
        fen: u32,
    },
    /// For some a signed slip comes back: one for all.
    Slip,
    /// Somebody chose other carriers for them; the first order's is taken.
    Carriers,
    /// They go under different names; the first order's is taken.
    Senders,
}

/// An order divided in two shipments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SplitAsk {
    /// The shipment.
    #[ts(type = "number")]
    pub id: i64,
    /// How many pieces of each of its goods go into the new shipment, in their order.
    pub moved: Vec<u32>,
    /// What the new one weighs, grams, where somebody knows.
    pub weight_g: Option<u32>,
}
