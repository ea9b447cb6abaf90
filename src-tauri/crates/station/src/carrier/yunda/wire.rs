//! Yunda's requests and answers, names exactly as in its documents, nothing else. Source: carrier
//! list of 2026-11, part 2.8.

use crate::carrier::reading::{text, truth};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Any request about e-waybills; `orders` holds one.
#[derive(Debug, Serialize)]
pub struct Ask<'a, T> {
    pub appid: &'a str,
    pub partner_id: &'a str,
    pub secret: &'a str,
    pub orders: [T; 1],
}

/// An order for `createBmOrder` and `updateBmOrder`.
#[derive(Debug, Serialize)]
pub struct Order<'a> {
    pub order_serial_no: &'a str,
    /// The merchant's own number of it.
    pub khddh: &'a str,
    pub sender: Who,
    pub receiver: Who,
    /// Kilograms.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub weight: String,
    pub items: Vec<Item>,
    pub order_type: &'static str,
    pub node_id: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cus_area1: String,
}

#[derive(Debug, Serialize)]
pub struct Who {
    pub name: String,
    pub province: String,
    pub city: String,
    pub county: String,
    /// With province, city and county before it, commas between.
    pub address: String,
    pub mobile: String,
}

#[derive(Debug, Serialize)]
pub struct Item {
    pub name: String,
    pub number: u32,
    pub remark: &'static str,
}

/// An order by its number, for `cancelBmOrder`.
#[derive(Debug, Serialize)]
pub struct Numbered<'a> {
    pub order_serial_no: &'a str,
    pub mailno: &'a str,
}

/// A number, for `getPdfInfo`.
#[derive(Debug, Serialize)]
pub struct Number<'a> {
    pub mailno: &'a str,
}

/// What is read back from a stored request.
#[derive(Debug, Deserialize)]
pub struct Stored {
    pub orders: [StoredOrder; 1],
}

#[derive(Debug, Deserialize)]
pub struct StoredOrder {
    pub order_serial_no: String,
}

/// Any answer.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    #[serde(default, deserialize_with = "truth")]
    pub result: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub code: String,
    #[serde(default, deserialize_with = "text")]
    pub message: String,
    #[serde(default)]
    pub data: Value,
}

/// What is said of an order.
#[derive(Debug, Deserialize)]
pub struct Given {
    #[serde(default, deserialize_with = "text")]
    pub order_serial_no: String,
    #[serde(default, alias = "mail_no", deserialize_with = "text")]
    pub mailno: String,
    #[serde(default, deserialize_with = "text")]
    pub msg: String,
    /// The drawing, in base64.
    #[serde(default, rename = "pdfInfo", deserialize_with = "text")]
    pub pdf_info: String,
}

/// `data` of a trace.
#[derive(Debug, Deserialize)]
pub struct Traced {
    #[serde(default, deserialize_with = "text")]
    pub mailno: String,
    #[serde(default, deserialize_with = "crate::carrier::reading::list")]
    pub steps: Vec<Step>,
}

/// One event.
#[derive(Debug, Deserialize)]
pub struct Step {
    #[serde(default, deserialize_with = "text")]
    pub time: String,
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    #[serde(default, deserialize_with = "text")]
    pub action: String,
    #[serde(default, deserialize_with = "text")]
    pub description: String,
    #[serde(default, deserialize_with = "text")]
    pub city: String,
}
