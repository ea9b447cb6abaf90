//! 1801, 1802, 1804, 1816 and push 103, names exactly as in the documents.

use crate::carrier::{
    kdniao::wire::Party,
    reading::{inner, text, truth},
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// 1801.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Book<'a> {
    pub transport_type: u8,
    pub shipper_type: u8,
    /// Only with the right to name one.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub shipper_code: &'a str,
    pub order_code: &'a str,
    pub exp_type: &'static str,
    pub pay_type: u8,
    pub sender: Party,
    pub receiver: Party,
    pub start_date: String,
    pub end_date: String,
    /// Kilograms.
    pub weight: f64,
    pub quantity: u32,
    /// Cubic metres.
    pub volume: f64,
    /// Yuan.
    pub insure_amount: f64,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    pub commodity: Vec<Goods>,
}

/// Unlike 1007's, its `GoodsQuantity` has a capital Q.
#[derive(Debug, Serialize)]
pub struct Goods {
    #[serde(rename = "GoodsName")]
    pub name: String,
    #[serde(rename = "GoodsQuantity")]
    pub quantity: u32,
}

/// 1802.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CallOff<'a> {
    pub order_code: &'a str,
    pub cancel_type: u8,
    pub cancel_msg: String,
}

/// 1804.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Ours<'a> {
    pub order_code: &'a str,
}

/// 1816.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Theirs<'a> {
    pub kdn_order_code: &'a str,
}

/// An answer to 1804 or 1816: not seen; read where push 103 has its fields.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct News {
    #[serde(default, deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub result_code: String,
    #[serde(default, deserialize_with = "text")]
    pub reason: String,
    #[serde(default, deserialize_with = "several")]
    pub order: Vec<Wrapped>,
    #[serde(default, deserialize_with = "several")]
    pub data: Vec<Wrapped>,
}

/// One of `Data`: an object, or its text.
#[derive(Debug)]
pub struct Wrapped(pub Option<Told103>);

impl<'de> Deserialize<'de> for Wrapped {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        inner(from).map(Self)
    }
}

/// A list, or one alone; also as JSON text.
fn several<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Wrapped>, D::Error> {
    let one = |value: Value| serde_json::from_value(value).ok();
    Ok(match value_of(Value::deserialize(from)?) {
        Value::Array(values) => values.into_iter().filter_map(one).collect(),
        object @ Value::Object(_) => one(object).into_iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    })
}

fn value_of(value: Value) -> Value {
    match &value {
        Value::String(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        _ => value,
    }
}

/// What push 103 says of one booking.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Told103 {
    #[serde(deserialize_with = "text")]
    pub order_code: String,
    #[serde(rename = "KDNOrderCode", alias = "KdnOrderCode", deserialize_with = "text")]
    pub kdn_order_code: String,
    #[serde(deserialize_with = "text")]
    pub shipper_code: String,
    #[serde(deserialize_with = "text")]
    pub logistic_code: String,
    #[serde(deserialize_with = "text")]
    pub state: String,
    #[serde(deserialize_with = "text")]
    pub create_time: String,
    #[serde(deserialize_with = "text")]
    pub reason: String,
    #[serde(deserialize_with = "picker")]
    pub picker_info: Option<Picker>,
    #[serde(deserialize_with = "text")]
    pub start_date: String,
    #[serde(deserialize_with = "text")]
    pub end_date: String,
    #[serde(deserialize_with = "text")]
    pub weight: String,
    #[serde(deserialize_with = "text")]
    pub cost: String,
    #[serde(deserialize_with = "text")]
    pub first_weight_amount: String,
    #[serde(deserialize_with = "text")]
    pub continuous_weight_amount: String,
    #[serde(deserialize_with = "text")]
    pub insure_amount: String,
    #[serde(deserialize_with = "text")]
    pub package_fee: String,
    #[serde(deserialize_with = "text")]
    pub over_fee: String,
    #[serde(deserialize_with = "text")]
    pub other_fee: String,
    #[serde(deserialize_with = "text")]
    pub total_fee: String,
    /// 0: the change was made.
    #[serde(deserialize_with = "text")]
    pub update_status: String,
    #[serde(deserialize_with = "text")]
    pub kdn_order_code_new: String,
}

/// One of `PickerInfo`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Picker {
    #[serde(deserialize_with = "text")]
    pub person_name: String,
    #[serde(deserialize_with = "text")]
    pub person_tel: String,
    #[serde(deserialize_with = "text")]
    pub pickup_code: String,
    #[serde(deserialize_with = "text")]
    pub station_name: String,
    #[serde(deserialize_with = "text")]
    pub station_tel: String,
}

/// The first of a list, or the one that stands there.
fn picker<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Picker>, D::Error> {
    Ok(match value_of(Value::deserialize(from)?) {
        Value::Array(values) => {
            values.into_iter().find_map(|value| serde_json::from_value(value).ok())
        }
        object @ Value::Object(_) => serde_json::from_value(object).ok(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}
