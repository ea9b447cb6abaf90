//! J&T's requests and answers, names exactly as in its documents, nothing else. Source: carrier
//! list of 2026-11, part 2.9.

use crate::carrier::reading::text;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who asks about orders.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer<'a> {
    pub customer_code: &'a str,
    pub digest: String,
}

/// `order/v2/addOrder`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Create<'a> {
    #[serde(flatten)]
    pub customer: Customer<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub network: &'a str,
    pub txlogistic_id: &'a str,
    pub express_type: &'static str,
    /// 1 a single customer, 2 one who pays by the month.
    pub order_type: &'static str,
    /// 02: brought to the outlet or fetched as agreed.
    pub service_type: &'static str,
    /// 03: to the door.
    pub delivery_type: &'static str,
    pub pay_type: &'static str,
    pub sender: Who,
    pub receiver: Who,
    pub goods_type: &'a str,
    /// Kilograms, 0.01 to 30.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub weight: String,
    pub total_quantity: u32,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Who {
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    pub country_code: &'static str,
    pub prov: String,
    pub city: String,
    pub area: String,
    pub address: String,
}

/// `order/cancelOrder`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel<'a> {
    #[serde(flatten)]
    pub customer: Customer<'a>,
    pub order_type: &'static str,
    pub txlogistic_id: &'a str,
    pub reason: &'static str,
}

/// `order/getOrders`, by our keys.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Find<'a> {
    #[serde(flatten)]
    pub customer: Customer<'a>,
    /// 1: by the client's own numbers.
    pub command: u8,
    pub serial_number: [&'a str; 1],
}

/// `order/printOrder`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Print<'a> {
    #[serde(flatten)]
    pub customer: Customer<'a>,
    pub bill_code: &'a str,
    pub is_privacy_flag: bool,
}

/// `logistics/trace`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    /// With commas between.
    pub bill_codes: String,
}

/// What is read back from a stored create request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    pub txlogistic_id: String,
}

/// Any answer.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    #[serde(default, deserialize_with = "text")]
    pub code: String,
    #[serde(default, deserialize_with = "text")]
    pub msg: String,
    #[serde(default)]
    pub data: Value,
}

/// An order with its number, new or found.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    #[serde(default, deserialize_with = "text")]
    pub txlogistic_id: String,
    #[serde(default, deserialize_with = "text")]
    pub bill_code: String,
    /// The three-part code.
    #[serde(default, deserialize_with = "text")]
    pub sorting_code: String,
    /// 集包地.
    #[serde(default, deserialize_with = "text")]
    pub last_center_name: String,
}

/// `data` of a drawing.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Drawn {
    #[serde(default, deserialize_with = "text")]
    pub base64_encode_content: String,
}

/// One parcel of a trace.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parcel {
    #[serde(default, deserialize_with = "text")]
    pub bill_code: String,
    #[serde(default, deserialize_with = "crate::carrier::reading::list")]
    pub details: Vec<Scan>,
}

/// One event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scan {
    #[serde(default, deserialize_with = "text")]
    pub scan_time: String,
    #[serde(default, deserialize_with = "text")]
    pub scan_type: String,
    #[serde(default, deserialize_with = "text")]
    pub desc: String,
    #[serde(default, deserialize_with = "text")]
    pub scan_network_name: String,
}
