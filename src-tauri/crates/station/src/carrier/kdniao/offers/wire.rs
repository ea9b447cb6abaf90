//! 1814, 1815, 6001 and 6004, names exactly as in the documents: 1815 answers in small letters,
//! unlike the rest.

use crate::carrier::reading::{text, truth};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// `Sender` and `Receiver`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Place {
    pub province_name: String,
    pub city_name: String,
    pub exp_area_name: String,
    pub address: String,
}

/// 1815.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Prices {
    pub transport_type: u8,
    pub shipper_type: u8,
    /// Kilograms.
    pub weight: f64,
    /// Yuan.
    pub insure_amount: f64,
    pub sender: Place,
    pub receiver: Place,
}

/// 1814.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Reach {
    pub shipper_type: u8,
    pub sender: Place,
    pub receiver: Place,
}

/// 6004.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Estimate<'a> {
    pub shipper_code: &'a str,
    pub send_province: String,
    pub send_city: String,
    pub send_area: String,
    pub send_address: String,
    pub receive_province: String,
    pub receive_city: String,
    pub receive_area: String,
    pub receive_address: String,
    pub catch_time: String,
}

/// 6001.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Split {
    pub content: String,
}

/// Any of their answers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", bound = "T: DeserializeOwned")]
pub struct Envelope<T> {
    #[serde(default, deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub result_code: String,
    #[serde(default, deserialize_with = "text")]
    pub reason: String,
    #[serde(default = "none", deserialize_with = "data")]
    pub data: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

/// An object or a list, also as JSON text; what cannot be read is none.
fn data<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => serde_json::from_str(&text).ok(),
        value => serde_json::from_value(value).ok(),
    })
}

/// One of 1815's `Data`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Price {
    #[serde(default, deserialize_with = "text")]
    pub shipper_code: String,
    /// Yuan.
    #[serde(default, deserialize_with = "text")]
    pub total_fee: String,
}

/// 6004's `Data`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Eta {
    /// "42h".
    #[serde(default, deserialize_with = "text")]
    pub hour: String,
    #[serde(default, deserialize_with = "text")]
    pub delivery_date: String,
    /// "01月03日下午可达".
    #[serde(default, deserialize_with = "text")]
    pub delivery_time: String,
}

/// 6001's `Data`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Spread {
    #[serde(default, deserialize_with = "text")]
    pub name: String,
    #[serde(default, deserialize_with = "text")]
    pub mobile: String,
    #[serde(default, deserialize_with = "text")]
    pub ext_mobile: String,
    #[serde(default, deserialize_with = "text")]
    pub province_name: String,
    #[serde(default, deserialize_with = "text")]
    pub city_name: String,
    #[serde(default, deserialize_with = "text")]
    pub exp_area_name: String,
    #[serde(default, deserialize_with = "text")]
    pub street_name: String,
    #[serde(default, deserialize_with = "text")]
    pub address: String,
}
