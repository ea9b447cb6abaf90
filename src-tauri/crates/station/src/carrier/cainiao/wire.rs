//! LINK's messages, with the documents' own names (carrier list of 2026-11, part 2.4). Answers are
//! read leniently: texts, numbers and JSON inside texts all occur.

use crate::carrier::reading::{inner, list, text, truth};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `TMS_WAYBILL_GET`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Get<'a> {
    pub cp_code: &'a str,
    pub sender: Party,
    pub trade_order_info_dtos: [Trade<'a>; 1],
    /// The people come back encrypted: their component alone reads them.
    pub need_encrypt: bool,
}

#[derive(Debug, Serialize)]
pub struct Party {
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    pub address: Place,
}

#[derive(Debug, Serialize)]
pub struct Place {
    pub province: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub city: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub district: String,
    pub detail: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trade<'a> {
    pub object_id: &'a str,
    pub order_info: OrderInfo<'a>,
    pub package_info: Package<'a>,
    pub recipient: Party,
    pub template_url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub user_id: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderInfo<'a> {
    pub order_channels_type: &'a str,
    pub trade_order_list: [&'a str; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Package<'a> {
    pub id: &'a str,
    pub items: Vec<Thing>,
    pub total_packages_count: u32,
}

#[derive(Debug, Serialize)]
pub struct Thing {
    pub name: String,
    pub count: u32,
}

/// `TMS_WAYBILL_DISCARD`, and, without a number, `TMS_WAYBILL_SUBSCRIPTION_QUERY`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct About<'a> {
    pub cp_code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub waybill_code: &'a str,
}

/// What of a stored request is read again.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    pub trade_order_info_dtos: Vec<StoredTrade>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredTrade {
    pub object_id: String,
}

/// Every answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    #[serde(default, deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub error_code: String,
    #[serde(default, deserialize_with = "text")]
    pub error_msg: String,
    #[serde(default, deserialize_with = "list")]
    pub waybill_cloud_print_response_list: Vec<Given>,
    #[serde(default, deserialize_with = "truth")]
    pub discard_result: Option<bool>,
    #[serde(default, deserialize_with = "list")]
    pub waybill_apply_subscription_cols: Vec<Subscription>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    #[serde(default, deserialize_with = "text")]
    pub object_id: String,
    #[serde(default, deserialize_with = "text")]
    pub waybill_code: String,
    /// JSON inside a text, or the object itself.
    #[serde(default, deserialize_with = "inner")]
    pub print_data: Option<Value>,
}

/// What the merchant has opened with one carrier.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    #[serde(default, deserialize_with = "text")]
    pub cp_code: String,
    #[serde(default, deserialize_with = "list")]
    pub branch_account_cols: Vec<Branch>,
}

#[derive(Debug, Deserialize)]
pub struct Branch {
    /// Prepaid numbers left; carriers that settle by the month say none.
    #[serde(default, deserialize_with = "text")]
    pub quantity: String,
}
