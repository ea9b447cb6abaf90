//! Questions and traces, names exactly as in the manual, nothing else.

use crate::carrier::{
    kdniao::drawn::Drawn,
    reading::{list, text, truth},
};
use serde::{Deserialize, Serialize};

/// 1002, 8001, 8002; and 7101, without `Sort`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Question<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub order_code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub shipper_code: &'a str,
    pub logistic_code: &'a str,
    /// The last four digits of a phone, where the carrier wants them.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub customer_name: &'a str,
    /// 0: oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<u8>,
}

/// An answer, or one of `Data` in a push.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Trail {
    #[serde(default, deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub result_code: String,
    #[serde(default, deserialize_with = "text")]
    pub reason: String,
    #[serde(default, deserialize_with = "text")]
    pub shipper_code: String,
    #[serde(default, deserialize_with = "text")]
    pub logistic_code: String,
    #[serde(default, deserialize_with = "text")]
    pub state: String,
    #[serde(default, deserialize_with = "text")]
    pub state_ex: String,
    #[serde(default, deserialize_with = "list")]
    pub traces: Vec<Trace>,
    /// Of a parcel that 8005 told of.
    #[serde(flatten)]
    pub drawn: Drawn,
}

/// One of `Traces`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Trace {
    #[serde(default, deserialize_with = "text")]
    pub accept_time: String,
    #[serde(default, deserialize_with = "text")]
    pub accept_station: String,
    #[serde(default, deserialize_with = "text")]
    pub location: String,
    /// The `StateEx` of this event.
    #[serde(default, deserialize_with = "text")]
    pub action: String,
    #[serde(default, deserialize_with = "text")]
    pub remark: String,
    /// "-05:00": of 7101, whose times are those of their places.
    #[serde(default, deserialize_with = "text")]
    pub timezone: String,
}
