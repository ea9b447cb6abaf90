//! JD's side of the practice carrier. Written from the facts collected of its platform in 2026-11
//! and from nothing of the station's client.

use super::{
    Options,
    book::Book,
    counter::{self, Given, Heard, Said, fields, give, hex_md5, is_phone, parts, text, wants},
    desk::Knock,
    faults::Wrong,
    trip::{Told, Trips, What},
};
use serde_json::{Value, json};

/// Its counter. Key, secret and token are one in practice.
#[derive(Debug)]
pub struct Counter {
    key: String,
    trips: Trips,
}

impl Counter {
    pub fn new(options: &Options) -> Self {
        Self { key: options.api_key.clone(), trips: Trips::new(options) }
    }

    fn gate(&self, knock: &Knock<'_>, body: &str) -> Option<Value> {
        let query = fields(knock.query.as_bytes());
        let field = |name: &str| query.get(name).map_or("", String::as_str);
        let (key, time) = (&self.key, field("timestamp"));
        let text = format!(
            "{key}access_token{key}app_key{key}method{}param_json{body}timestamp{time}v2.0{key}",
            knock.path
        );
        let is_time = time.len() == 19 && time.as_bytes()[4] == b'-' && time.contains(':');
        match () {
            () if field("LOP-DN").is_empty() => Some(gateway("10", "缺少 LOP-DN")),
            () if field("app_key") != key => Some(gateway("11", "app_key 不存在")),
            () if field("access_token") != key => Some(gateway("12", "access_token 已失效")),
            () if field("v") != "2.0" || field("algorithm") != "md5-salt" || !is_time => {
                Some(gateway("13", "系统参数不正确"))
            }
            () if field("sign") != hex_md5(&text).to_uppercase() => {
                Some(gateway("14", "签名不正确"))
            }
            () => None,
        }
    }

    fn create(&self, book: &mut Book, heard: &Heard, wrong: &Wrong) -> Value {
        let data = &heard.data;
        if let Some(words) = lacks(data) {
            return no(2_001, &words);
        }
        if book.knows(&heard.key) {
            return no(2_011, "商家订单号重复");
        }
        if wrong.refuse {
            return no(2_020, "收件地址超出派送范围");
        }
        let at = |name: &str| parts(data[name]["fullAddress"].as_str().unwrap_or_default());
        let given = give(book, heard, "JD", &at("senderContact"), &at("receiverContact"));
        match given {
            Given::New(_) if wrong.bare => no(2_011, "商家订单号重复"),
            Given::New(order) | Given::Again(order) => yes(&found(&order)),
            Given::Voided => no(2_011, "商家订单号重复"),
        }
    }
}

/// What an order lacks, in JD's words.
fn lacks(data: &Value) -> Option<String> {
    if let Some(name) = wants(data, &[("orderId", 50), ("customerCode", 30)]) {
        return Some(format!("{name} 不正确"));
    }
    for name in ["senderContact", "receiverContact"] {
        let contact = &data[name];
        let phones = [text(contact, "mobile"), text(contact, "phone")];
        let complete = wants(contact, &[("name", 50), ("fullAddress", 200)]).is_none()
            && phones.into_iter().any(is_phone);
        // Nothing beyond the plane in which everybody's characters are, and no emoji.
        let rare = contact.to_string().chars().any(|c| u32::from(c) >= 0x1_f000);
        if !complete || rare {
            return Some(format!("{name} 不正确"));
        }
    }
    let cargo = &data["cargoes"][0];
    let weighed = cargo["weight"].as_f64().is_some_and(|kilograms| kilograms > 0.0);
    match () {
        () if data["orderOrigin"] != 1 => Some("orderOrigin 不正确".to_owned()),
        () if !matches!(data["settleType"].as_u64(), Some(1..=3)) => {
            Some("settleType 不正确".to_owned())
        }
        () if wants(&data["productsReq"], &[("productCode", 30)]).is_some() => {
            Some("productCode 不能为空".to_owned())
        }
        () if wants(cargo, &[("name", 50)]).is_some() || !weighed => {
            Some("cargoes 不正确".to_owned())
        }
        () => None,
    }
}

impl Counter {
    fn traced(&self, book: &Book, number: &str, wrong: &Wrong) -> Value {
        let step = |it: &Told| {
            json!({"waybillCode": number, "operationTime": it.at(), "operationTitle": "",
                   "operationRemark": it.sentence(), "categoryName": word(it.what)})
        };
        let told = self.trips.so_far(book, number, wrong.odd_word);
        let steps: Vec<Value> = told.iter().map(step).collect();
        yes(&json!({"traceDetails": steps}))
    }
}

impl Counter {
    /// Nothing before it was fetched, a guess before it has arrived, then what the bill says.
    fn charged(&self, book: &Book, data: &Value) -> Value {
        let number = text(data, "waybillCode");
        if number.is_empty() || data["orderOrigin"] != 1 || text(data, "customerCode").is_empty() {
            return no(2_001, "查询参数不正确");
        }
        if book.by_number(number).is_none() {
            return no(2_012, "订单不存在");
        }
        let told = self.trips.so_far(book, number, false);
        let over =
            told.iter().any(|it| matches!(it.what, What::Signed | What::Fetched | What::Returned));
        let fees =
            json!([{"feeType": "QIPSF", "money": 9.5}, {"feeType": "QLHCF", "money": "1.00"}]);
        yes(&match (told.is_empty(), over) {
            (true, _) => json!({"sumMoney": null, "estimateSumMoney": null}),
            (false, false) => json!({"sumMoney": 0, "estimateSumMoney": "9.50",
                "commonActualFeeInfoDetails": null}),
            (false, true) => json!({"sumMoney": 10.5, "estimateSumMoney": "9.50",
                "commonActualFeeInfoDetails": fees}),
        })
    }
}

impl counter::Counter for Counter {
    fn hear(&mut self, knock: &Knock<'_>) -> Option<Heard> {
        let call = knock.path.strip_prefix("/ecap/v1/orders/")?.to_owned();
        let body = String::from_utf8_lossy(knock.body).into_owned();
        let mut no = self.gate(knock, &body);
        let mut all: Vec<Value> = serde_json::from_str(&body).unwrap_or_default();
        if all.len() != 1 && no.is_none() {
            no = Some(gateway("15", "请求体不是数组"));
        }
        let data = all.pop().unwrap_or_default();
        let key = text(&data, "orderId").to_owned();
        Some(Heard { call, key, text: body, data, no, at_ms: 0 })
    }

    fn act(&mut self, book: &mut Book, heard: &Heard, wrong: &Wrong, _: &str) -> Said {
        let data = &heard.data;
        Said::Json(match (&heard.no, heard.call.as_str()) {
            (Some(no), _) => no.clone(),
            (None, _) if wrong.refuse_rate => gateway("16", "请求过于频繁"),
            (None, "create") => self.create(book, heard, wrong),
            (None, "details/query") => match counter::order(book, &heard.key) {
                Some(order) => yes(&weighed(order)),
                None => no(2_012, "订单不存在"),
            },
            (None, "actualfee/query") => self.charged(book, data),
            (None, "cancel") => cancel(book, data, wrong),
            (None, "trace/query") => self.traced(book, text(data, "waybillCode"), wrong),
            (None, "precheck") => match text(&data["receiverContact"], "fullAddress") {
                far if far.contains("三沙市") => no(2_020, "收件地址超出派送范围"),
                _ => yes(&json!({"totalFreightPre": 9.5, "totalFreightStandard": 12,
                     "shipmentInfo": {"startStationNo": 1, "endStationNo": 2}})),
            },
            (None, _) => gateway("17", "接口不存在"),
        })
    }
}

/// An order's details, as JD weighed and measured it.
fn weighed(order: &Value) -> Value {
    let mut found = found(order);
    found["cargoes"] = json!([{"againWeight": "1.20", "againVolume": "12000"}]);
    found
}

fn found(order: &Value) -> Value {
    json!({"orderId": order["OrderCode"], "waybillCode": order["LogisticCode"],
           "orderCode": format!("ECO{}", text(order, "KDNOrderCode"))})
}

fn cancel(book: &mut Book, data: &Value, wrong: &Wrong) -> Value {
    let needed = [("waybillCode", 40), ("customerCode", 30), ("cancelReason", 60)];
    if wants(data, &needed).is_some() || text(data, "cancelReasonCode").is_empty() {
        return no(2_001, "取消参数不正确");
    }
    if wrong.refuse {
        return no(2_030, "已揽收，不能取消");
    }
    let number = text(data, "waybillCode");
    let key = book.by_number(number).map(|order| text(order, "OrderCode").to_owned());
    match key.map(|key| book.void(&key, number)) {
        Some(Ok(Some(false))) if wrong.revoid_refuse => no(2_031, "订单已取消"),
        Some(Ok(Some(_))) => yes(&json!({"waybillCode": number, "resultType": 0})),
        _ => no(2_012, "订单不存在"),
    }
}

/// Its category of what happened; a parcel that goes back stays refused.
fn word(what: What) -> &'static str {
    match what {
        What::Collected => "揽收",
        What::Sent | What::AtHub | What::AtOutlet => "运输中",
        What::Out | What::OutAgain => "派送中",
        What::InLocker => "待取件",
        What::Fetched | What::Signed => "妥投",
        What::Unreachable | What::Refused | What::Returning | What::Returned => "拒收",
        What::Odd => "换乘",
    }
}

fn yes(data: &Value) -> Value {
    json!({"success": true, "code": 0, "msg": "成功", "data": data, "requestId": "practice"})
}

fn no(code: u32, words: &str) -> Value {
    json!({"success": false, "code": code, "msg": words, "data": null, "requestId": "practice"})
}

/// The gateway's own "no".
fn gateway(code: &str, words: &str) -> Value {
    json!({"error_response": {"code": code, "zh_desc": words, "en_desc": "refused"}})
}
