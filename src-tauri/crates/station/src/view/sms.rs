//! Messages to receivers, as the screens see them.

use serde::Serialize;
use ts_rs::TS;

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SmsState {
    /// It waits for its turn.
    Asked,
    /// The account took it; nobody says what became of it then.
    Sent,
    /// The account declined.
    Refused,
    /// Nobody knows whether it was sent. It is not sent again by itself.
    Unknown,
    /// Not sent: the number that it tells of was taken back before, or its account sends none any
    /// more.
    Withdrawn,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SmsView {
    /// Names it.
    #[ts(type = "number")]
    pub id: i64,
    /// The order's number at the shop.
    pub order_no: String,
    /// The account that sends it.
    pub account: String,
    /// By which template.
    pub template: u32,
    /// How far it is.
    pub state: SmsState,
    /// ms UTC.
    #[ts(type = "number")]
    pub asked_at_ms: i64,
    /// When something came of it, ms UTC.
    #[ts(type = "number | null")]
    pub ended_at_ms: Option<i64>,
    /// The account's number of it; may be empty.
    pub key: String,
    /// What was said of it, or why nobody knows.
    pub said: String,
    /// Nobody knows, and a person lets it stand.
    pub settled: bool,
}

/// Why a receiver gets no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SmsWhy {
    /// There is no number yet, or not any more.
    NoNumber,
    /// It comes back to us.
    Back,
    /// No mobile: a landline, or nothing that can be read.
    NoMobile,
    /// A virtual number with an extension, as platforms give them.
    Virtual,
    /// The platform hides its digits.
    Hidden,
    /// A receiver abroad.
    Abroad,
    /// The template wants something that this order has not.
    Hole,
    /// One by this template was sent, or is on its way.
    Already,
    /// Nobody knows whether one by this template was sent.
    Doubt,
}

/// A receiver who gets none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SmsLeft {
    /// The shipment.
    #[ts(type = "number")]
    pub id: i64,
    /// The order's number at the shop.
    pub order_no: String,
    /// Why.
    pub why: SmsWhy,
}

/// How many messages go by one template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SmsBy {
    /// The account.
    pub account: String,
    /// Its template.
    pub template: u32,
    /// So many.
    pub n: u32,
}

/// What a wish for messages comes to: before it is made, or after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SmsAsked {
    /// Messages that can go, or that are on their way now.
    pub asked: u32,
    /// By which templates.
    pub by: Vec<SmsBy>,
    /// Who gets none.
    pub left: Vec<SmsLeft>,
}
