//! YTO's requests and answers, names exactly as in its documents, nothing else. Source: carrier
//! list of 2026-11, part 2.6.

use crate::carrier::reading::{inner, text, truth};
use serde::{Deserialize, Serialize};

/// The body of every request.
#[derive(Debug, Serialize)]
pub struct Body<'a> {
    /// ms since 1970.
    pub timestamp: i64,
    /// JSON as text.
    pub param: &'a str,
    pub format: &'static str,
    pub sign: String,
}

/// `privacy_create_adapter`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Create<'a> {
    pub logistics_no: &'a str,
    pub sender_name: String,
    pub sender_province_name: String,
    pub sender_city_name: String,
    pub sender_county_name: String,
    pub sender_address: String,
    pub sender_mobile: String,
    pub recipient_name: String,
    pub recipient_province_name: String,
    pub recipient_city_name: String,
    pub recipient_county_name: String,
    pub recipient_address: String,
    pub recipient_mobile: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    pub goods: Vec<Item>,
    /// Kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    pub product_code: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Item {
    pub name: String,
    pub quantity: u32,
}

/// `korder_cancel_adapter`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel<'a> {
    pub logistics_no: &'a str,
    pub cancel_desc: &'static str,
}

/// `waybill_print_adapter`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Print<'a> {
    pub waybill_no: &'a str,
}

/// `track_query_adapter`.
#[derive(Debug, Serialize)]
pub struct Track<'a> {
    #[serde(rename = "NUMBER")]
    pub number: &'a str,
}

/// What is read back from a stored create request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    pub logistics_no: String,
}

/// Any answer that is an object.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Envelope {
    #[serde(deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(deserialize_with = "text")]
    pub code: String,
    #[serde(deserialize_with = "text")]
    pub message: String,
    #[serde(deserialize_with = "text")]
    pub reason: String,
    #[serde(deserialize_with = "text")]
    pub logistics_no: String,
    #[serde(deserialize_with = "text")]
    pub mail_no: String,
    /// The three-part code.
    #[serde(deserialize_with = "text")]
    pub short_address: String,
    #[serde(deserialize_with = "inner")]
    pub data: Option<Drawn>,
}

/// `data` of a drawing.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Drawn {
    #[serde(default, deserialize_with = "text")]
    pub pdf_base64: String,
}

/// One event.
#[derive(Debug, Deserialize)]
pub struct Scan {
    #[serde(default, rename = "waybill_No", deserialize_with = "text")]
    pub waybill_no: String,
    #[serde(default, rename = "upload_Time", deserialize_with = "text")]
    pub upload_time: String,
    #[serde(default, rename = "infoContent", deserialize_with = "text")]
    pub info_content: String,
    #[serde(default, rename = "processInfo", deserialize_with = "text")]
    pub process_info: String,
    #[serde(default, deserialize_with = "text")]
    pub city: String,
}
