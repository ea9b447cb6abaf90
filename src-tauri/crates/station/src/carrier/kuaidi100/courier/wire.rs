//! Couriers, as Kuaidi100's documents name things. Source: carrier list of 2026-11, part 3.2; what
//! `detail` is asked with and answers is what public clients send and read.

use crate::carrier::reading::{inner, list, text};
use serde::{Deserialize, Serialize};

/// `bOrder`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Courier<'a> {
    pub kuaidicom: &'a str,
    pub rec_man_name: String,
    pub rec_man_mobile: String,
    pub rec_man_print_addr: String,
    pub send_man_name: String,
    pub send_man_mobile: String,
    pub send_man_print_addr: String,
    pub cargo: String,
    pub payment: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub weight: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub day_type: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pickup_start_time: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pickup_end_time: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub valins_pay: String,
    pub third_order_id: &'a str,
    /// Tell by itself who comes, and where the parcel is.
    #[serde(flatten)]
    pub called: Option<Called<'a>>,
}

/// What a booking says so that Kuaidi100 tells of it and of its parcel by itself.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Called<'a> {
    pub call_back_url: &'a str,
    pub salt: &'a str,
    /// "1": of the parcel, too.
    pub op: &'static str,
    pub poll_call_back_url: &'a str,
    pub resultv2: &'static str,
}

/// What is kept of a booking: the text that is sent but for its day, which is said by a word that
/// means another one tomorrow.
#[derive(Debug, Serialize, Deserialize)]
pub struct Booking {
    pub made_at_ms: i64,
    pub from_ms: Option<i64>,
    pub param: String,
}

/// `detail` of a courier.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub task_id: &'a str,
    pub third_order_id: &'a str,
}

/// `cancel` of a courier.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallOff<'a> {
    pub task_id: &'a str,
    pub order_id: &'a str,
    pub cancel_msg: &'a str,
}

/// What is told by itself of one courier.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Callback {
    #[serde(default, deserialize_with = "text")]
    pub kuaidicom: String,
    #[serde(default, alias = "kuaidiNum", deserialize_with = "text")]
    pub kuaidinum: String,
    #[serde(default, deserialize_with = "text")]
    pub task_id: String,
    #[serde(default, deserialize_with = "text")]
    pub order_id: String,
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    #[serde(default, deserialize_with = "inner")]
    pub data: Option<Comes>,
}

/// What is said of a courier: `data` of a callback, and of `detail`, whose form no document shows.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Comes {
    #[serde(deserialize_with = "text")]
    pub task_id: String,
    #[serde(deserialize_with = "text")]
    pub order_id: String,
    #[serde(deserialize_with = "text")]
    pub third_order_id: String,
    #[serde(deserialize_with = "text")]
    pub kuaidicom: String,
    #[serde(alias = "kuaidiNum", deserialize_with = "text")]
    pub kuaidinum: String,
    #[serde(deserialize_with = "text")]
    pub status: String,
    #[serde(deserialize_with = "text")]
    pub courier_name: String,
    #[serde(deserialize_with = "text")]
    pub courier_mobile: String,
    /// Kilograms it was charged for.
    #[serde(deserialize_with = "text")]
    pub weight: String,
    /// Yuan.
    #[serde(deserialize_with = "text")]
    pub freight: String,
    #[serde(deserialize_with = "list")]
    pub fee_details: Vec<Fee>,
}

/// One of `feeDetails`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Fee {
    #[serde(deserialize_with = "text")]
    pub fee_type: String,
    #[serde(deserialize_with = "text")]
    pub fee_desc: String,
    /// Yuan.
    #[serde(deserialize_with = "text")]
    pub amount: String,
    /// -1 failed, 0 not paid, 1 paid, 2 need not be, 3 given back.
    #[serde(deserialize_with = "text")]
    pub pay_status: String,
}
