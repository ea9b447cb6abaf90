//! Couriers, as the window and `--json` see them. Not masked: who comes is to be rung up.

use crate::{
    carrier::{
        offers::Window,
        pickup::{Courier, Fees},
    },
    order::Fault,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// From where to where somebody carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PickupWay {
    /// From us to the receiver; the courier brings the number.
    Send,
    /// 退货: from the receiver to us.
    Back,
}

/// How far a booking is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PickupState {
    /// Kept here; the carrier is being asked.
    Asked,
    /// 已预约.
    Booked,
    /// 已取件.
    Collected,
    /// 已签收.
    Delivered,
    /// Called off by us.
    Cancelled,
    /// Nobody comes: the carrier said so.
    Failed,
    /// The carrier declined to book it.
    Refused,
    /// It may be booked, or called off; a person finds out.
    Unknown,
}

/// One booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PickupView {
    /// Row.
    #[ts(type = "number")]
    pub id: i64,
    /// The order's number at the shop.
    pub order_no: String,
    /// From where to where.
    pub way: PickupWay,
    /// The account it was asked of.
    pub account: String,
    /// How far it is.
    pub state: PickupState,
    /// A person wants it called off, and that is not certain yet.
    pub calling_off: bool,
    /// When somebody comes.
    pub window: Window,
    /// Asked first, ms UTC.
    #[ts(type = "number")]
    pub asked_at_ms: i64,
    /// Who fetches, by the code there; may be empty.
    pub carrier: String,
    /// The number; may be empty.
    pub no: String,
    /// Who comes, if it was said.
    pub courier: Option<Courier>,
    /// What was charged, if it was said.
    pub fees: Option<Fees>,
    /// Whether the charge is not the sum of its parts.
    pub fees_differ: bool,
    /// The carrier's newest word, as it came; may be empty.
    pub word: String,
    /// Its newest sentence, or why nobody comes; may be empty.
    pub said: String,
}

/// What the window sends to have couriers come.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PickupRequest {
    /// Shipments; one booking each.
    #[ts(type = "number[]")]
    pub ids: Vec<i64>,
    /// From where to where.
    pub way: PickupWay,
    /// Which account sends them.
    pub account: String,
    /// Which carrier behind it, by its code there; empty: whoever comes.
    pub carrier: String,
    /// When.
    pub window: Window,
}

/// What a person does about a booking.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PickupAct {
    /// Calls it off.
    CallOff {
        /// The carrier is told.
        why: String,
    },
    /// Asks again.
    Again,
    /// Found out whether somebody comes.
    Settle {
        /// Whether somebody does.
        comes: bool,
    },
}

/// A shipment that nobody was sent for, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PickupHeld {
    /// The shipment.
    #[ts(type = "number")]
    pub id: i64,
    /// The order's number at the shop.
    pub order_no: String,
    /// What must be mended first; empty: it is not in a state for it, or somebody comes already.
    pub faults: Vec<Fault>,
}

/// What became of a [`PickupRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PickupAsked {
    /// Bookings that are under way now.
    pub asked: u32,
    /// The rest.
    pub held: Vec<PickupHeld>,
}

/// What can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PickupOffer {
    /// The account.
    pub account: String,
    /// When somebody may come, soonest first.
    pub windows: Vec<Window>,
}
