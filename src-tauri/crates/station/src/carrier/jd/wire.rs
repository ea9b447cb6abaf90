//! JD's requests and answers, names exactly as in its documents, nothing else. Every request is an
//! array of one object. Source: carrier list of 2026-11, part 2.3.

use crate::carrier::reading::{inner, list, text, truth};
use serde::{Deserialize, Serialize};

/// `orders/create`, and without key and remark `orders/precheck`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub order_id: &'a str,
    /// 1: a merchant sends to a buyer.
    pub order_origin: u8,
    pub customer_code: &'a str,
    pub sender_contact: Contact,
    pub receiver_contact: Contact,
    pub products_req: Products<'a>,
    /// 1 sender, 2 receiver, 3 by the month.
    pub settle_type: u8,
    pub cargoes: [Cargo; 1],
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// With province and city.
    pub full_address: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Products<'a> {
    pub product_code: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Cargo {
    pub name: String,
    pub quantity: u32,
    /// Kilograms.
    pub weight: f64,
    /// Cubic centimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<u32>,
}

/// `orders/cancel`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel<'a> {
    pub waybill_code: &'a str,
    pub order_origin: u8,
    pub customer_code: &'a str,
    pub cancel_reason: &'static str,
    pub cancel_reason_code: &'static str,
}

/// `orders/trace/query`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace<'a> {
    pub waybill_code: &'a str,
    pub order_origin: u8,
    pub customer_code: &'a str,
}

/// `orders/details/query`, by our key.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Details<'a> {
    pub order_id: &'a str,
    pub order_origin: u8,
    pub customer_code: &'a str,
}

/// What is read back from a stored create request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    pub order_id: String,
}

/// Any answer; the gateway's own "no" stands in `error_response`.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    #[serde(default, deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub code: String,
    #[serde(default, alias = "message", deserialize_with = "text")]
    pub msg: String,
    /// "0_0001" beside a yes: JD had this key, and gives its number again.
    #[serde(default, rename = "subMsg", deserialize_with = "text")]
    pub sub_msg: String,
    #[serde(default, deserialize_with = "inner")]
    pub data: Option<Data>,
    #[serde(default, deserialize_with = "inner")]
    pub error_response: Option<GatewayNo>,
}

/// The gateway's "no".
#[derive(Debug, Deserialize)]
pub struct GatewayNo {
    #[serde(default, deserialize_with = "text")]
    pub code: String,
    #[serde(default, deserialize_with = "text")]
    pub zh_desc: String,
    #[serde(default, deserialize_with = "text")]
    pub en_desc: String,
}

/// `data` of all that is asked here.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    #[serde(default, deserialize_with = "text")]
    pub order_id: String,
    #[serde(default, deserialize_with = "text")]
    pub waybill_code: String,
    /// Of a cancel: 0 cancelled, 1 stopped on its way, 2 not cancelled, 3 not stopped, 4 being
    /// stopped.
    #[serde(default, deserialize_with = "text")]
    pub result_type: String,
    /// Yuan, before the order.
    #[serde(default, deserialize_with = "text")]
    pub total_freight_pre: String,
    /// Yuan without a discount.
    #[serde(default, deserialize_with = "text")]
    pub total_freight_standard: String,
    #[serde(default, deserialize_with = "list")]
    pub trace_details: Vec<Step>,
    /// Yuan; nothing as long as it is not settled.
    #[serde(default, deserialize_with = "text")]
    pub sum_money: String,
    /// Yuan, JD's guess until then.
    #[serde(default, deserialize_with = "text")]
    pub estimate_sum_money: String,
    #[serde(default, deserialize_with = "list")]
    pub common_actual_fee_info_details: Vec<Fee>,
    /// Of an order's details.
    #[serde(default, deserialize_with = "list")]
    pub cargoes: Vec<Weighed>,
}

/// A part of what was charged.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fee {
    #[serde(default, deserialize_with = "text")]
    pub fee_type: String,
    /// Yuan.
    #[serde(default, deserialize_with = "text")]
    pub money: String,
}

/// A parcel as JD weighed and measured it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Weighed {
    /// Kilograms.
    #[serde(default, deserialize_with = "text")]
    pub again_weight: String,
    /// Cubic centimetres.
    #[serde(default, deserialize_with = "text")]
    pub again_volume: String,
}

/// One event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    #[serde(default, deserialize_with = "text")]
    pub waybill_code: String,
    #[serde(default, alias = "state", deserialize_with = "text")]
    pub category: String,
    #[serde(default, deserialize_with = "text")]
    pub category_name: String,
    #[serde(default, deserialize_with = "text")]
    pub operation_title: String,
    #[serde(default, deserialize_with = "text")]
    pub operation_remark: String,
    #[serde(default, alias = "msgTime", deserialize_with = "text")]
    pub operation_time: String,
}
