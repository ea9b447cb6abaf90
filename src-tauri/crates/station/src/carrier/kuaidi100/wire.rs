//! Kuaidi100's requests and answers, names exactly as in its documents, nothing else. Source:
//! carrier list of 2026-11, parts 2.2 and 3.2.

use crate::carrier::reading::{inner, list, text, truth};
use serde::{Deserialize, Serialize};

/// `label/order`, method `order`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order<'a> {
    pub print_type: &'static str,
    #[serde(flatten)]
    pub partner: Partner<'a>,
    pub kuaidicom: &'a str,
    pub rec_man: Man,
    pub send_man: Man,
    pub cargo: String,
    pub count: u32,
    /// Kilograms.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub weight: String,
    pub pay_type: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub exp_type: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// Yuan the goods are insured for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub valins_pay: String,
    /// Yuan collected at the door.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub collection: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub need_desensitization: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub temp_id: &'a str,
    pub order_id: &'a str,
    /// False: asked again within 48 h, the first result comes again.
    pub reorder: bool,
    /// Tell by itself where the parcel is.
    #[serde(flatten)]
    pub subscribe: Option<Subscribe<'a>>,
}

/// What an order says so that Kuaidi100 tells of its parcel by itself.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscribe<'a> {
    pub need_subscribe: bool,
    pub poll_call_back_url: &'a str,
    pub salt: &'a str,
    /// With the finer states.
    pub resultv2: &'static str,
}

/// The account at the carrier behind Kuaidi100.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Partner<'a> {
    pub partner_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub partner_key: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub partner_secret: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub partner_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub net: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub check_man: &'a str,
}

/// Who sends or receives.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Man {
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tel: String,
    pub print_addr: String,
}

/// `label/order`, method `cancel`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel<'a> {
    #[serde(flatten)]
    pub partner: Partner<'a>,
    pub kuaidicom: &'a str,
    pub kuaidinum: &'a str,
    pub order_id: &'a str,
    pub reason: &'static str,
}

/// What is kept of a create request: the text that is sent, and since when it may have been sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stored {
    pub made_at_ms: i64,
    pub param: String,
}

/// `query.do`.
#[derive(Debug, Serialize)]
pub struct Query<'a> {
    pub com: &'a str,
    pub num: &'a str,
    pub phone: &'a str,
    pub resultv2: &'static str,
    pub show: &'static str,
    pub order: &'static str,
}

/// `price` of labels, and of couriers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Price<'a> {
    pub kuaidicom: &'a str,
    pub send_addr: String,
    pub rec_addr: String,
    pub weight: String,
}

/// `batchPrice`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchPrice<'a> {
    pub kuaidi_com_list: &'a [String],
    /// As long as the list of carriers; empty is the carrier's usual service.
    pub service_type_list: Vec<&'static str>,
    pub send_man_print_addr: String,
    pub rec_man_print_addr: String,
    pub weight: String,
}

/// `time`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Time<'a> {
    pub kuaidicom: &'a str,
    pub from: String,
    pub to: String,
    pub order_time: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub exp_type: &'a str,
}

/// Any answer of the newer calls; couriers say `result` and `returnCode`, labels `success` and
/// `code`.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    #[serde(default, alias = "result", deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(default, alias = "returnCode", deserialize_with = "text")]
    pub code: String,
    #[serde(default, deserialize_with = "text")]
    pub message: String,
    #[serde(default)]
    pub data: serde_json::Value,
}

/// `data` of an order, for a label or for a courier.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    #[serde(default, deserialize_with = "text")]
    pub task_id: String,
    #[serde(default, deserialize_with = "text")]
    pub order_id: String,
    #[serde(default, deserialize_with = "text")]
    pub kuaidinum: String,
    /// Where the drawing lies.
    #[serde(default, deserialize_with = "text")]
    pub label: String,
    /// 大头笔.
    #[serde(default, deserialize_with = "text")]
    pub bulkpen: String,
    #[serde(default, deserialize_with = "text")]
    pub dest_name: String,
    #[serde(default, deserialize_with = "text")]
    pub pkg_name: String,
    #[serde(default, deserialize_with = "text")]
    pub qr_code: String,
}

/// The answer of `query.do`, yes and no in one.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Traced {
    #[serde(default, deserialize_with = "truth")]
    pub result: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub return_code: String,
    #[serde(default, deserialize_with = "text")]
    pub message: String,
    #[serde(default, deserialize_with = "text")]
    pub nu: String,
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    #[serde(default, deserialize_with = "text")]
    pub state: String,
    #[serde(default, deserialize_with = "list")]
    pub data: Vec<Step>,
}

/// What is told by itself of one parcel: `lastResult` is as if it had been asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    #[serde(default, deserialize_with = "inner")]
    pub last_result: Option<Traced>,
}

/// One event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    #[serde(default, deserialize_with = "text")]
    pub ftime: String,
    #[serde(default, deserialize_with = "text")]
    pub time: String,
    #[serde(default, deserialize_with = "text")]
    pub context: String,
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    #[serde(default, deserialize_with = "text")]
    pub status_code: String,
    #[serde(default, deserialize_with = "text")]
    pub area_name: String,
    #[serde(default, deserialize_with = "text")]
    pub location: String,
}

/// `data` of `price`.
#[derive(Debug, Deserialize)]
pub struct Priced {
    #[serde(default, deserialize_with = "text")]
    pub kuaidicom: String,
    #[serde(default, deserialize_with = "list")]
    pub combos: Vec<Combo>,
}

/// One product, or one carrier of a batch.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Combo {
    #[serde(default, deserialize_with = "text")]
    pub kuaidicom: String,
    #[serde(default, deserialize_with = "text")]
    pub price: String,
    #[serde(default, deserialize_with = "text")]
    pub product_name: String,
    #[serde(default, deserialize_with = "text")]
    pub service_type: String,
}

/// `data` of `time`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    #[serde(default, deserialize_with = "text")]
    pub arrival_time: String,
}

/// One carrier that a number may be of.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Likely {
    #[serde(default, deserialize_with = "text")]
    pub com_code: String,
}

/// The older form of the same answer, and the form of a refusal.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Auto {
    #[serde(default, deserialize_with = "list")]
    pub auto: Vec<Likely>,
    #[serde(default, deserialize_with = "text")]
    pub return_code: String,
    #[serde(default, deserialize_with = "text")]
    pub message: String,
}
