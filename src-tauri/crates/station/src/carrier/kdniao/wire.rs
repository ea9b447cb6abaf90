//! KDNiao's requests and answers, names exactly as in the manual (its misspellings included),
//! nothing else.

use crate::carrier::reading::{inner, text, texts, truth};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// 1007, the part of it we use.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Create<'a> {
    pub order_code: &'a str,
    pub shipper_code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub customer_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub customer_pwd: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub send_site: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub send_staff: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub month_code: &'a str,
    #[serde(rename = "WareHouseID", skip_serializing_if = "str::is_empty")]
    pub warehouse_id: &'a str,
    pub pay_type: u8,
    pub exp_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_method: Option<u8>,
    pub sender: Party,
    pub receiver: Party,
    pub commodity: Vec<Commodity>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub add_service: Vec<AddService<'a>>,
    /// Kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Cubic metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<f64>,
    /// Parcels.
    pub quantity: u32,
    /// 1: the signed slip comes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_return_sign_bill: Option<u8>,
    /// What is to be done with the slip.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub operate_require: String,
    /// The shop's own order number.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub thr_order_code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub currency_code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dutiable: Option<Dutiable>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub custom_area: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trans_type: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packing_type: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_send_message: Option<u8>,
    /// "0": the trace is not subscribed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_subscribe: Option<&'static str>,
    /// 1: the carrier is not called to fetch it.
    pub is_notice: u8,
    /// When it is fetched, where the carrier is called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub start_date: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub end_date: String,
    pub is_return_print_template: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub template_size: &'a str,
}

/// What customs between the parts of China are told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Dutiable {
    /// In whole units of `CurrencyCode`, with cents behind the point.
    pub declared_value: f64,
}

/// `Sender` and `Receiver`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Party {
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub post_code: String,
    pub province_name: String,
    pub city_name: String,
    pub exp_area_name: String,
    pub address: String,
}

#[derive(Debug, Serialize)]
pub struct Commodity {
    #[serde(rename = "GoodsName")]
    pub name: String,
    #[serde(rename = "Goodsquantity")]
    pub quantity: u32,
}

/// One of `AddService`: `COD`, `INSURE`, `SafeMail`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddService<'a> {
    pub name: Cow<'a, str>,
    pub value: String,
    #[serde(rename = "CustomerID", skip_serializing_if = "str::is_empty")]
    pub customer_id: &'a str,
}

/// 1147.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Void<'a> {
    pub shipper_code: &'a str,
    pub order_code: &'a str,
    pub exp_no: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub customer_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub customer_pwd: &'a str,
}

/// 1127.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Left<'a> {
    pub shipper_code: &'a str,
    pub customer_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub customer_pwd: &'a str,
}

/// What is read back from a stored request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Stored {
    pub order_code: String,
    #[serde(default, deserialize_with = "text")]
    pub is_return_print_template: String,
    #[serde(default, deserialize_with = "text")]
    pub is_return_sign_bill: String,
}

/// Any answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Answer {
    #[serde(default, deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub result_code: String,
    #[serde(default, deserialize_with = "text")]
    pub reason: String,
    #[serde(default, deserialize_with = "inner")]
    pub order: Option<Order>,
    #[serde(default, deserialize_with = "text")]
    pub print_template: String,
    /// Numbers of the further parcels; old answers have a text.
    #[serde(default, deserialize_with = "texts")]
    pub sub_orders: Vec<String>,
    #[serde(default, deserialize_with = "texts")]
    pub sub_print_templates: Vec<String>,
    #[serde(default, deserialize_with = "text")]
    pub sign_bill_print_template: String,
    #[serde(default, alias = "EOrderBalance", deserialize_with = "inner")]
    pub eorder_balance: Option<EorderBalance>,
}

impl Answer {
    /// One that says a code and a reason alone.
    pub fn no(result_code: String, reason: String) -> Self {
        Self {
            success: Some(false),
            result_code,
            reason,
            order: None,
            print_template: String::new(),
            sub_orders: Vec::new(),
            sub_print_templates: Vec::new(),
            sign_bill_print_template: String::new(),
            eorder_balance: None,
        }
    }
}

/// `Order` of an answer to 1007 or 1801.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Order {
    #[serde(default, deserialize_with = "text")]
    pub order_code: String,
    #[serde(default, deserialize_with = "text")]
    pub logistic_code: String,
    /// KDNiao's own number of the order.
    #[serde(default, rename = "KDNOrderCode", deserialize_with = "text")]
    pub kdn_order_code: String,
    #[serde(default, deserialize_with = "text")]
    pub mark_destination: String,
    #[serde(default, deserialize_with = "text")]
    pub sorting_code: String,
    #[serde(default, deserialize_with = "text")]
    pub package_code: String,
    #[serde(default, deserialize_with = "text")]
    pub package_name: String,
    #[serde(default, deserialize_with = "text")]
    pub destinatio_name: String,
    #[serde(default, deserialize_with = "text")]
    pub destination_allocation_centre: String,
    /// The number under which the signed slip comes back.
    #[serde(default, deserialize_with = "text")]
    pub sign_waybill_code: String,
    #[serde(default, rename = "QRCode", deserialize_with = "text")]
    pub qr_code: String,
    #[serde(default, deserialize_with = "inner")]
    pub shipper_info: Option<ShipperInfo>,
    #[serde(default, rename = "shipperInfoDetails", deserialize_with = "inner")]
    pub shipper_info_details: Option<ShipperInfo>,
}

/// SF's own routing fields.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ShipperInfo {
    #[serde(default, deserialize_with = "text")]
    pub dest_route_label: String,
    #[serde(default, deserialize_with = "text")]
    pub two_dimension_code: String,
}

/// `EorderBalance` of an answer to 1127.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EorderBalance {
    #[serde(default, deserialize_with = "text")]
    pub available_num: String,
}
