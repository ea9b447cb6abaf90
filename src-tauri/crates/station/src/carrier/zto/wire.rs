//! ZTO's requests and answers, names exactly as in its documents, nothing else. Source: carrier
//! list of 2026-11, part 2.5.

use crate::carrier::reading::{text, truth};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `zto.open.createOrder`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Create<'a> {
    /// 1 a group's customer, 2 another.
    pub partner_type: &'a str,
    /// 1 over the whole net: the number comes at once.
    pub order_type: &'static str,
    pub partner_order_code: &'a str,
    pub account_info: AccountInfo<'a>,
    pub sender_info: Sender,
    pub receive_info: Receiver,
    pub order_items: Vec<Item>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub site_code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub site_name: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountInfo<'a> {
    pub account_id: &'a str,
    pub account_password: &'a str,
    /// 1: a usual one.
    #[serde(rename = "type")]
    pub kind: u8,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub customer_id: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sender {
    pub sender_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sender_phone: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sender_mobile: String,
    pub sender_province: String,
    pub sender_city: String,
    pub sender_district: String,
    pub sender_address: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receiver {
    pub receiver_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub receiver_phone: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub receiver_mobile: String,
    pub receiver_province: String,
    pub receiver_city: String,
    pub receiver_district: String,
    pub receiver_address: String,
}

#[derive(Debug, Serialize)]
pub struct Item {
    pub name: String,
    pub quantity: u32,
    /// Grams.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
}

/// `zto.open.cancelPreOrder`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel<'a> {
    /// 1: nothing is to be sent any more.
    pub cancel_type: &'static str,
    pub bill_code: &'a str,
}

/// `zto.merchant.waybill.track.query`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Track<'a> {
    pub bill_code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub mobile_phone: &'a str,
}

/// What is read back from a stored create request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    pub partner_order_code: String,
}

/// Any answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    #[serde(default, deserialize_with = "truth")]
    pub status: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub status_code: String,
    #[serde(default, deserialize_with = "text")]
    pub message: String,
    #[serde(default)]
    pub result: Value,
}

/// `result` of a create.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    #[serde(default, deserialize_with = "text")]
    pub bill_code: String,
    #[serde(default, deserialize_with = "text")]
    pub partner_order_code: String,
    #[serde(default, deserialize_with = "crate::carrier::reading::inner")]
    pub big_mark_info: Option<Marks>,
}

/// What the sorting reads.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Marks {
    #[serde(default, deserialize_with = "text")]
    pub mark: String,
    #[serde(default, deserialize_with = "text")]
    pub bag_addr: String,
}

/// One event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scan {
    /// Milliseconds or text.
    #[serde(default, deserialize_with = "text")]
    pub scan_date: String,
    #[serde(default, deserialize_with = "text")]
    pub scan_type: String,
    #[serde(default, deserialize_with = "text")]
    pub desc: String,
    #[serde(default, deserialize_with = "crate::carrier::reading::inner")]
    pub scan_site: Option<Site>,
}

#[derive(Debug, Deserialize)]
pub struct Site {
    #[serde(default, deserialize_with = "text")]
    pub name: String,
    #[serde(default, deserialize_with = "text")]
    pub city: String,
}
