//! STO's requests and answers, names exactly as in its documents, nothing else. Source: carrier
//! list of 2026-11, part 2.7.

use crate::carrier::reading::{inner, text, truth};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `OMS_EXPRESS_ORDER_CREATE`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Create<'a> {
    pub order_no: &'a str,
    pub order_source: &'a str,
    /// 00: nothing special.
    pub bill_type: &'static str,
    /// 01: no courier is called.
    pub order_type: &'static str,
    pub sender: Who,
    pub receiver: Who,
    pub cargo: Cargo,
    pub customer: Customer<'a>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

#[derive(Debug, Serialize)]
pub struct Who {
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile: String,
    pub province: String,
    pub city: String,
    pub area: String,
    pub address: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cargo {
    /// 10: whether there is a battery in it is not known.
    pub battery: &'static str,
    pub goods_type: &'static str,
    pub goods_name: String,
    pub goods_count: u32,
    /// Kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer<'a> {
    pub site_code: &'a str,
    pub customer_name: &'a str,
    pub site_pwd: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub month_customer_code: &'a str,
}

/// `EDI_MODIFY_ORDER_CANCEL`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel<'a> {
    pub bill_code: &'a str,
    pub order_type: &'static str,
    pub order_source: &'a str,
}

/// `STO_TRACE_QUERY_COMMON`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace<'a> {
    pub order: &'static str,
    pub waybill_no_list: Vec<&'a str>,
}

/// What is read back from a stored create request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    pub order_no: String,
}

/// Any answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    #[serde(default, deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub error_code: String,
    #[serde(default, deserialize_with = "text")]
    pub error_msg: String,
    #[serde(default)]
    pub data: Value,
}

/// A create's answer with its data.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    #[serde(default, deserialize_with = "text")]
    pub order_no: String,
    #[serde(default, deserialize_with = "text")]
    pub waybill_no: String,
    /// 大头笔.
    #[serde(default, deserialize_with = "text")]
    pub big_word: String,
    #[serde(default, deserialize_with = "text")]
    pub package_place: String,
}

/// `data`, also as text.
#[derive(Debug, Deserialize)]
pub struct Inner {
    #[serde(deserialize_with = "inner")]
    pub data: Option<Given>,
}

/// One event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scan {
    #[serde(default, deserialize_with = "text")]
    pub op_time: String,
    #[serde(default, deserialize_with = "text")]
    pub scan_type: String,
    #[serde(default, deserialize_with = "text")]
    pub memo: String,
    #[serde(default, deserialize_with = "text")]
    pub op_org_city_name: String,
}
