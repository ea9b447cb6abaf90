//! SF's requests and answers, names exactly as in its documents, nothing else. Source: carrier list
//! of 2026-11, part 2.1 (documents and working clients); the order's total weight is the field of
//! SF's create document that the list leaves out.

use crate::carrier::reading::{inner, list, text, truth};
use serde::{Deserialize, Serialize};

/// `EXP_RECE_CREATE_ORDER`, the part of it we use.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Create<'a> {
    pub language: &'static str,
    pub order_id: &'a str,
    pub cargo_details: Vec<Cargo>,
    pub contact_info_list: [Contact; 2],
    #[serde(skip_serializing_if = "str::is_empty")]
    pub monthly_card: &'a str,
    pub pay_method: u8,
    pub express_type_id: u16,
    pub parcel_qty: u32,
    /// Kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_weight: Option<f64>,
    /// 0: no courier is called.
    pub is_docall: u8,
    /// From when on one comes, by China's clock.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub send_start_tm: String,
    pub is_return_routelabel: u8,
    pub is_gen_waybill_no: u8,
    /// 1: the signed slip comes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_sign_back: Option<u8>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub service_list: Vec<Service>,
}

/// One of `serviceList`: `COD` or `INSURE`.
#[derive(Debug, Serialize)]
pub struct Service {
    pub name: &'static str,
    pub value: String,
}

#[derive(Debug, Serialize)]
pub struct Cargo {
    pub name: String,
    pub count: u32,
    pub unit: &'static str,
}

/// One of `contactInfoList`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// 1 sends, 2 receives.
    pub contact_type: u8,
    pub contact: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile: String,
    pub country: &'static str,
    pub province: String,
    pub city: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub county: String,
    pub address: String,
}

/// `EXP_RECE_UPDATE_ORDER` with `dealType` 2.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel<'a> {
    pub language: &'static str,
    pub order_id: &'a str,
    pub deal_type: u8,
    pub waybill_no_info_list: [Number<'a>; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Number<'a> {
    pub waybill_type: u8,
    pub waybill_no: &'a str,
}

/// `EXP_RECE_SEARCH_ORDER_RESP`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Search<'a> {
    pub search_type: &'static str,
    pub order_id: &'a str,
    pub language: &'static str,
}

/// `COM_RECE_CLOUD_PRINT_WAYBILLS`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Print<'a> {
    pub template_code: &'a str,
    pub version: &'static str,
    pub file_type: &'static str,
    pub sync: bool,
    pub documents: Vec<Document<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document<'a> {
    pub master_waybill_no: &'a str,
    /// A further parcel's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch_waybill_no: Option<&'a str>,
    /// The signed slip's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_waybill_no: Option<&'a str>,
    /// Which of `sum` parcels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<u32>,
}

/// What is read back from a stored create request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    pub order_id: String,
}

/// Any answer of the gateway.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    #[serde(default, deserialize_with = "text")]
    pub api_result_code: String,
    #[serde(default, deserialize_with = "text")]
    pub api_error_msg: String,
    /// The service's own answer, as JSON inside a text.
    #[serde(default, deserialize_with = "inner")]
    pub api_result_data: Option<Said>,
}

/// What the service behind the gateway says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    #[serde(default, deserialize_with = "truth")]
    pub success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub error_code: String,
    #[serde(default, deserialize_with = "text")]
    pub error_msg: String,
    #[serde(default, deserialize_with = "inner")]
    pub msg_data: Option<Order>,
    /// Cloud print answers here.
    #[serde(default, deserialize_with = "inner")]
    pub obj: Option<Printed>,
}

/// `msgData` of create, search and update.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    #[serde(default, deserialize_with = "text")]
    pub order_id: String,
    #[serde(default, deserialize_with = "text")]
    pub dest_code: String,
    /// 1 a person looks at it, 2 reachable, 3 not reachable.
    #[serde(default, deserialize_with = "text")]
    pub filter_result: String,
    /// Of an update: 1 does not match, 2 done.
    #[serde(default, deserialize_with = "text")]
    pub res_status: String,
    #[serde(default, deserialize_with = "list")]
    pub waybill_no_info_list: Vec<Given>,
    #[serde(default, deserialize_with = "list")]
    pub route_label_info: Vec<Route>,
    /// Of routes.
    #[serde(default, deserialize_with = "list")]
    pub route_resps: Vec<Trail>,
    /// Of times and prices.
    #[serde(default, deserialize_with = "list")]
    pub deliver_tm_dto: Vec<Promise>,
    /// Of charges.
    #[serde(default, deserialize_with = "inner")]
    pub waybill_info: Option<Weighed>,
    #[serde(default, deserialize_with = "list")]
    pub waybill_fee_list: Vec<Fee>,
}

/// `EXP_RECE_QUERY_SFWAYBILL`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AskCharge<'a> {
    /// 1: by our key, 2: by waybill number.
    pub tracking_type: &'static str,
    pub tracking_num: &'a str,
}

/// `waybillInfo` of a charge.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Weighed {
    #[serde(default, deserialize_with = "text")]
    pub waybill_no: String,
    /// Kilograms it was charged for.
    #[serde(default, deserialize_with = "text")]
    pub meterage_weight_qty: String,
}

/// One of `waybillFeeList`.
#[derive(Debug, Deserialize)]
pub struct Fee {
    #[serde(default, rename = "type", deserialize_with = "text")]
    pub kind: String,
    #[serde(default, deserialize_with = "text")]
    pub name: String,
    /// Yuan; nothing if it is not settled.
    #[serde(default, alias = "feeAmt", deserialize_with = "text")]
    pub value: String,
}

/// `EXP_RECE_QUERY_DELIVERTM`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AskPromise<'a> {
    pub business_type: &'a str,
    /// Kilograms.
    pub weight: f64,
    pub consigned_time: String,
    /// 1: with its price.
    pub search_price: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub monthly_card: &'a str,
    pub src_address: Place<'a>,
    pub dest_address: Place<'a>,
}

#[derive(Debug, Serialize)]
pub struct Place<'a> {
    pub province: &'a str,
    pub city: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub district: &'a str,
    pub address: &'a str,
}

/// One of `deliverTmDto`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Promise {
    #[serde(default, deserialize_with = "text")]
    pub business_type: String,
    #[serde(default, deserialize_with = "text")]
    pub business_type_desc: String,
    /// "2020-10-20 18:00:00,2020-10-20 18:00:00".
    #[serde(default, deserialize_with = "text")]
    pub deliver_time: String,
    /// Yuan; nothing if it was not asked for or is not known.
    #[serde(default, deserialize_with = "text")]
    pub fee: String,
}

/// `EXP_RECE_SEARCH_ROUTES`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AskRoutes<'a> {
    pub language: &'static str,
    /// 1: by waybill number, 2: by our key.
    pub tracking_type: &'static str,
    pub tracking_number: Vec<&'a str>,
    pub method_type: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub check_phone_no: &'a str,
}

/// What became of one number.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trail {
    #[serde(default, deserialize_with = "text")]
    pub mail_no: String,
    #[serde(default, deserialize_with = "list")]
    pub routes: Vec<Step>,
}

/// One of `routes`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    #[serde(default, deserialize_with = "text")]
    pub accept_time: String,
    #[serde(default, deserialize_with = "text")]
    pub accept_address: String,
    #[serde(default, deserialize_with = "text")]
    pub remark: String,
    #[serde(default, deserialize_with = "text")]
    pub op_code: String,
}

/// One of `WaybillRoute`, told by SF itself: a step with its own name for it.
#[derive(Debug, Deserialize)]
pub struct Pushed {
    /// SF's number of what happened.
    #[serde(default, deserialize_with = "text")]
    pub id: String,
    #[serde(default, deserialize_with = "text")]
    pub mailno: String,
    #[serde(flatten)]
    pub step: Step,
}

/// One of `orderState`, told by SF itself.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stated {
    #[serde(default, deserialize_with = "text")]
    pub waybill_no: String,
    #[serde(default, deserialize_with = "text")]
    pub order_state_code: String,
    #[serde(default, deserialize_with = "text")]
    pub order_state_desc: String,
    #[serde(default, deserialize_with = "text")]
    pub emp_code: String,
    #[serde(default, deserialize_with = "text")]
    pub emp_phone: String,
    #[serde(default, deserialize_with = "text")]
    pub last_time: String,
    #[serde(default, deserialize_with = "text")]
    pub book_time: String,
    #[serde(default, deserialize_with = "text")]
    pub create_tm: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    /// 1 mother, 2 child, 3 return.
    #[serde(default, deserialize_with = "text")]
    pub waybill_type: String,
    #[serde(default, deserialize_with = "text")]
    pub waybill_no: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    #[serde(default, deserialize_with = "inner")]
    pub route_label_data: Option<RouteLabel>,
}

/// What the sorting reads.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteLabel {
    #[serde(default, deserialize_with = "text")]
    pub dest_route_label: String,
    #[serde(default, deserialize_with = "text")]
    pub two_dimension_code: String,
}

#[derive(Debug, Deserialize)]
pub struct Printed {
    #[serde(default, deserialize_with = "list")]
    pub files: Vec<File>,
}

/// A label that can be fetched for a day.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    #[serde(default, deserialize_with = "text")]
    pub url: String,
    #[serde(default, deserialize_with = "text")]
    pub token: String,
    #[serde(default, deserialize_with = "text")]
    pub waybill_no: String,
}

/// The answer to a request for a token.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    #[serde(default, deserialize_with = "text")]
    pub api_result_code: String,
    #[serde(default, deserialize_with = "text")]
    pub api_error_msg: String,
    #[serde(default, deserialize_with = "text")]
    pub access_token: String,
    /// Seconds.
    #[serde(default, deserialize_with = "text")]
    pub expires_in: String,
}
