//! Karrio's requests and answers, names exactly as in its API (`/v1`, OpenAPI of version 2026.1),
//! nothing else. What was seen on a real server is in `fixtures/`.

use crate::carrier::reading::{inner, list, text, truth};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is stored for a shipment: `POST /v1/shipments` without `metadata`, which says when and by
/// whom it is sent.
#[derive(Debug, Serialize)]
pub struct Draft<'a> {
    pub shipper: Party,
    pub recipient: Party,
    pub parcels: [Parcel; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customs: Option<Declaration>,
    pub options: Options,
    pub label_type: &'static str,
    pub carrier_ids: &'a [String],
    pub reference: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Party {
    pub person_name: String,
    pub address_line1: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address_line2: String,
    pub city: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state_code: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postal_code: String,
    pub country_code: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone_number: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
}

#[derive(Debug, Serialize)]
pub struct Parcel {
    pub weight: f64,
    pub weight_unit: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Options {
    /// Of the goods' value in `declared_value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurance: Option<f64>,
}

/// `customs`.
#[derive(Debug, Serialize)]
pub struct Declaration {
    pub content_type: &'static str,
    pub incoterm: String,
    pub commodities: Vec<Commodity>,
    pub duty: Duty,
}

#[derive(Debug, Serialize)]
pub struct Commodity {
    pub title: String,
    pub description: String,
    pub quantity: u32,
    pub weight: f64,
    pub weight_unit: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hs_code: String,
    pub value_amount: f64,
    pub value_currency: String,
    pub origin_country: String,
}

#[derive(Debug, Serialize)]
pub struct Duty {
    pub paid_by: &'static str,
    pub currency: String,
    pub declared_value: f64,
}

/// `metadata` of a draft: how a later attempt knows whose it is.
#[derive(Debug, Serialize)]
pub struct Mark<'a> {
    /// When, ms UTC of our clock, as text: `metadata` keeps texts.
    pub packbench_asked_ms: String,
    /// By which run of the program.
    pub packbench_run: &'a str,
}

/// `POST /v1/shipments/{id}/purchase`.
#[derive(Debug, Serialize)]
pub struct Purchase<'a> {
    pub selected_rate_id: &'a str,
    pub label_type: &'a str,
}

/// `POST /v1/proxy/rates`.
#[derive(Debug, Serialize)]
pub struct RateAsk<'a> {
    pub shipper: Party,
    pub recipient: Party,
    pub parcels: [Parcel; 1],
    pub options: Options,
    pub carrier_ids: &'a [String],
}

/// What is read back of a stored draft.
#[derive(Debug, Deserialize)]
pub struct StoredDraft {
    pub reference: String,
    pub label_type: String,
}

/// What is stored for a number that is given back.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredVoid {
    pub reference: String,
    pub tracking_number: String,
}

/// A shipment, in whatever answer.
#[derive(Debug, Clone, Deserialize)]
pub struct Shipment {
    #[serde(default, deserialize_with = "text")]
    pub id: String,
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    #[serde(default, deserialize_with = "text")]
    pub reference: String,
    #[serde(default, deserialize_with = "text")]
    pub tracking_number: String,
    #[serde(default, deserialize_with = "truth")]
    pub test_mode: Option<bool>,
    #[serde(default, deserialize_with = "inner")]
    pub metadata: Option<Known>,
    #[serde(default, deserialize_with = "inner")]
    pub recipient: Option<Where>,
    #[serde(default, deserialize_with = "list")]
    pub rates: Vec<Rate>,
    #[serde(default, deserialize_with = "list")]
    pub messages: Vec<Message>,
    #[serde(default, deserialize_with = "list")]
    pub shipping_documents: Vec<Document>,
    #[serde(default, deserialize_with = "text")]
    pub label_url: String,
}

/// [`Mark`] as it comes back; others write other things there.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Known {
    #[serde(default, deserialize_with = "text")]
    pub packbench_asked_ms: String,
    #[serde(default, deserialize_with = "text")]
    pub packbench_run: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Where {
    #[serde(default, deserialize_with = "text")]
    pub country_code: String,
    #[serde(default, deserialize_with = "text")]
    pub postal_code: String,
}

/// One of `rates`.
#[derive(Debug, Clone, Deserialize)]
pub struct Rate {
    #[serde(default, deserialize_with = "text")]
    pub id: String,
    #[serde(default, deserialize_with = "text")]
    pub carrier_id: String,
    #[serde(default, deserialize_with = "text")]
    pub currency: String,
    #[serde(default, deserialize_with = "text")]
    pub service: String,
    /// In the currency's unit.
    #[serde(default, deserialize_with = "text")]
    pub total_charge: String,
    #[serde(default, deserialize_with = "text")]
    pub transit_days: String,
}

/// One of `shipping_documents`, and the answer to `…/documents/label`.
#[derive(Debug, Clone, Deserialize)]
pub struct Document {
    #[serde(default, deserialize_with = "text")]
    pub category: String,
    #[serde(default, deserialize_with = "text")]
    pub base64: String,
}

/// A list of anything.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: serde::de::DeserializeOwned")]
pub struct Page<T> {
    /// Lists that are cut at their end would hide a shipment.
    #[serde(default, deserialize_with = "text")]
    pub next: String,
    #[serde(default, deserialize_with = "list")]
    pub results: Vec<T>,
}

/// Every answer that is no "yes": the gateway's own errors, or its carriers' messages.
#[derive(Debug, Default, Deserialize)]
pub struct No {
    #[serde(default, deserialize_with = "list")]
    pub errors: Vec<Message>,
    #[serde(default, deserialize_with = "list")]
    pub messages: Vec<Message>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Message {
    #[serde(default)]
    pub code: Value,
    #[serde(default, deserialize_with = "text")]
    pub level: String,
    #[serde(default)]
    pub details: Value,
    #[serde(default, deserialize_with = "text")]
    pub message: String,
    #[serde(default, deserialize_with = "text")]
    pub carrier_id: String,
}

impl Message {
    /// The code, whatever it was written as.
    pub fn code(&self) -> String {
        match &self.code {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
        }
    }

    /// An exception of the gateway's own that slipped among its carriers' words: seen with the code
    /// of an XML reader, a number, and nothing beside it.
    pub fn is_exception(&self) -> bool {
        self.code.is_number() && self.level.is_empty() && self.details.is_null()
    }
}

/// One of `GET /v1/connections`.
#[derive(Debug, Deserialize)]
pub struct Connection {
    #[serde(default, deserialize_with = "text")]
    pub carrier_id: String,
    #[serde(default, deserialize_with = "truth")]
    pub active: Option<bool>,
    #[serde(default, deserialize_with = "truth")]
    pub test_mode: Option<bool>,
}

/// The answer to `POST /v1/proxy/rates`.
#[derive(Debug, Deserialize)]
pub struct Rates {
    #[serde(default, deserialize_with = "list")]
    pub rates: Vec<Rate>,
    #[serde(default, deserialize_with = "list")]
    pub messages: Vec<Message>,
}

/// `GET /v1/trackers/{number}`.
#[derive(Debug, Deserialize)]
pub struct Tracker {
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    #[serde(default, deserialize_with = "text")]
    pub tracking_number: String,
    #[serde(default, deserialize_with = "list")]
    pub events: Vec<TrackerEvent>,
}

/// One of `events`.
#[derive(Debug, Deserialize)]
pub struct TrackerEvent {
    /// With its zone, where the carrier says one: "2026-11-22T09:26:50.000Z".
    #[serde(default, deserialize_with = "text")]
    pub timestamp: String,
    /// "2026-11-22".
    #[serde(default, deserialize_with = "text")]
    pub date: String,
    /// "09:26" or "09:26 AM", the place's own time.
    #[serde(default, deserialize_with = "text")]
    pub time: String,
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    #[serde(default, deserialize_with = "text")]
    pub code: String,
    #[serde(default, deserialize_with = "text")]
    pub description: String,
    #[serde(default, deserialize_with = "text")]
    pub location: String,
}
