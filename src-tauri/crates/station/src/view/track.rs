//! What happened to a shipment here, where its parcel is, and how parcels are asked after.

use crate::{carrier::track::Stage, trouble::Trouble};
use serde::Serialize;
use ts_rs::TS;

/// One line of a shipment's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    /// ms UTC.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Word of what happened: `history.<event>` in the language files.
    pub event: String,
    /// Literal addition: a number, a reason, the carrier's words.
    pub note: String,
}

/// One thing that happened to a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackEventView {
    /// ms UTC.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Our word; `other` says nothing.
    pub stage: Stage,
    /// The carrier's own code, as it came; may be empty.
    pub word: String,
    /// The carrier's sentence, as it came.
    pub text: String,
    /// Where, as the carrier names it; may be empty.
    pub place: String,
}

/// What the carrier said of one parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackView {
    /// How far it is; `None`: no trace yet.
    pub stage: Option<Stage>,
    /// When it was asked after last, ms UTC.
    #[ts(type = "number | null")]
    pub asked_at_ms: Option<i64>,
    /// When it will be, ms UTC; `None`: not any more.
    #[ts(type = "number | null")]
    pub next_at_ms: Option<i64>,
    /// Why the carrier says nothing, in its words; else empty.
    pub said: String,
    /// Newest first.
    pub events: Vec<TrackEventView>,
    /// Whether where on the map it was is known, or its account says it.
    pub maps: bool,
    /// When it is expected to arrive, if that was said.
    pub eta: Option<EtaView>,
    /// Whether its account says when it arrives.
    pub estimates: bool,
}

/// When a carrier expects a parcel to arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EtaView {
    /// In its words; may be empty where hours are said.
    pub when: String,
    /// Hours on the way, if said.
    pub hours: Option<u16>,
    /// When it said so, ms UTC; `None`: nothing is known yet, it will tell it.
    #[ts(type = "number | null")]
    pub at_ms: Option<i64>,
    /// Whether it tells it by itself.
    pub told: bool,
}

/// How an account's parcels are asked after, at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackingStatus {
    /// On their way.
    pub parcels: u32,
    /// Calls a day that they take.
    #[ts(type = "number")]
    pub planned_calls: u64,
    /// Calls a day that are allowed, if that is limited.
    pub allowed_calls: Option<u32>,
    /// Why nobody is asked for now.
    pub trouble: Option<Trouble>,
}

/// The day of an account whose parcels are asked after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackPlan {
    /// Name in the settings.
    pub account: String,
    /// On their way.
    pub parcels: u32,
    /// The same by how far they are.
    pub stages: Vec<TrackStage>,
    /// Calls a day if each were asked after as often as its stage deserves.
    #[ts(type = "number")]
    pub wanted_calls: u64,
    /// Calls a day that will be made.
    #[ts(type = "number")]
    pub planned_calls: u64,
    /// Calls a day that are allowed, if that is limited.
    pub allowed_calls: Option<u32>,
    /// Calls of today so far.
    pub calls_today: u32,
    /// How many times longer each waits for its next look than it deserves, in hundredths.
    #[ts(type = "number")]
    pub stretch_percent: u64,
    /// Words of this carrier that nobody documents.
    pub odd_words: Vec<OddWord>,
    /// Why nobody is asked for now.
    pub trouble: Option<Trouble>,
}

/// Parcels that are equally far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackStage {
    /// `None`: no trace yet.
    pub stage: Option<Stage>,
    /// How many.
    pub parcels: u32,
    /// Minutes between two looks at one of them.
    #[ts(type = "number")]
    pub every_min: i64,
}

/// A word that is in no table of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OddWord {
    /// As it came.
    pub word: String,
    /// How many events bore it.
    pub count: u32,
    /// The first sentence that bore it.
    pub text: String,
}

/// A number that came from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FollowedNumber {
    /// The number.
    pub no: String,
    /// The account that asks after it.
    pub account: String,
    /// Whose it is, by the code there; empty: the account's own carrier's.
    pub carrier: String,
    /// Whether its carrier tells of it by itself.
    pub told: bool,
    /// What is known of it, where that was looked up.
    pub track: Option<TrackView>,
    /// What could not be asked: it is followed all the same.
    pub failed: Vec<crate::trouble::Trouble>,
}

/// An answer whose form no document shows, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnseenAnswer {
    /// Row.
    pub id: i64,
    /// The account that was asked.
    pub account: String,
    /// The carrier's name for what was asked, e.g. "1804".
    pub api: String,
    /// ms UTC.
    pub at_ms: i64,
    /// How long it is.
    pub bytes: u32,
}

/// What it says. Not masked: a person asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnseenText {
    /// As it came.
    pub text: String,
}
