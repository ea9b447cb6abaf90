//! J&T's side of the practice carrier. Written from the facts collected of its platform in 2026-11
//! and from nothing of the station's client.

use super::{
    Options,
    book::Book,
    counter::{
        self, Given, Heard, Said, base64_md5, fields, give, header, hex_md5, is_phone, place, text,
        wants,
    },
    desk::Knock,
    faults::Wrong,
    pdf,
    trip::{Told, Trips, What},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

/// The one customer it knows; the password is the key of the practice.
const CUSTOMER: &str = "J0086000020";
/// Numbers in one question for traces.
const TRACED_MAX: usize = 30;

/// Its counter.
#[derive(Debug)]
pub struct Counter {
    key: String,
    trips: Trips,
}

impl Counter {
    pub fn new(options: &Options) -> Self {
        Self { key: options.api_key.clone(), trips: Trips::new(options) }
    }

    /// The customer's own digest, inside everything about orders.
    fn customer(&self, data: &Value) -> Option<Value> {
        let hidden = hex_md5(&format!("{}jadada236t2", self.key)).to_uppercase();
        let digest = base64_md5(&format!("{CUSTOMER}{hidden}{}", self.key));
        let known = text(data, "customerCode") == CUSTOMER && text(data, "digest") == digest;
        (!known).then(|| no("145003052", "业务参数签名不正确"))
    }

    fn create(&self, book: &mut Book, heard: &Heard, wrong: &Wrong) -> Value {
        let data = &heard.data;
        if let Some(name) = lacks(data) {
            return no("145003050", &format!("{name} 不正确"));
        }
        if !book.knows(&heard.key) && wrong.refuse {
            return no("145003060", "收件地址不在派送范围");
        }
        let at = |side: &str| place(&data[side], ["prov", "city", "area", "address"]);
        match give(book, heard, "JTSD", &at("sender"), &at("receiver")) {
            Given::New(order) if !wrong.bare => yes(&found(&order)),
            Given::New(_) | Given::Again(_) | Given::Voided => {
                no("145003101", "客户订单号已存在，不能下单")
            }
        }
    }
}

/// What an order lacks.
fn lacks(data: &Value) -> Option<&'static str> {
    let needed = [
        ("txlogisticId", 50),
        ("expressType", 5),
        ("orderType", 1),
        ("serviceType", 2),
        ("deliveryType", 2),
        ("payType", 10),
        ("goodsType", 10),
    ];
    if let Some(name) = wants(data, &needed) {
        return Some(name);
    }
    let kilograms: f64 = text(data, "weight").parse().unwrap_or(0.0);
    if !(0.01..=30.0).contains(&kilograms) {
        return Some("weight");
    }
    for name in ["sender", "receiver"] {
        let who = &data[name];
        let needed = [("name", 50), ("prov", 20), ("city", 20), ("address", 200)];
        let called = [text(who, "mobile"), text(who, "phone")].into_iter().any(is_phone);
        if wants(who, &needed).is_some() || !called || text(who, "countryCode") != "CHN" {
            return Some(name);
        }
    }
    (!matches!(text(data, "payType"), "PP_PM" | "CC_CASH")).then_some("payType")
}

impl Counter {
    fn traced(&self, book: &Book, numbers: &str, wrong: &Wrong) -> Value {
        let numbers: Vec<&str> = numbers.split(',').filter(|no| !no.is_empty()).collect();
        if numbers.is_empty() || numbers.len() > TRACED_MAX {
            return no("145003502", "运单号数量不正确");
        }
        let step = |it: &Told| {
            json!({"scanTime": it.at(), "scanType": word(it.what), "desc": it.sentence(),
                   "scanNetworkName": format!("{}网点", it.place)})
        };
        let parcel = |no: &str| {
            let told = self.trips.so_far(book, no, wrong.odd_word);
            let steps: Vec<Value> = told.iter().map(step).collect();
            json!({"billCode": no, "details": steps})
        };
        yes(&numbers.into_iter().map(parcel).collect())
    }
}

impl counter::Counter for Counter {
    fn hear(&mut self, knock: &Knock<'_>) -> Option<Heard> {
        let call = knock.path.strip_prefix("/webopenplatformapi/api/")?.to_owned();
        let biz = fields(knock.body).remove("bizContent").unwrap_or_default();
        let data: Value = serde_json::from_str(&biz).unwrap_or_default();
        let signed = header(knock, "digest") == base64_md5(&format!("{biz}{}", self.key));
        let no = match () {
            () if header(knock, "apiAccount").is_empty() => Some(no("145003010", "API账号不存在")),
            () if header(knock, "timestamp").len() != 13 => Some(no("145003012", "时间戳为空")),
            () if !signed => Some(no("145003030", "headers签名失败")),
            () if call.starts_with("order/") => self.customer(&data),
            () => None,
        };
        let key = text(&data, "txlogisticId").to_owned();
        Some(Heard { call, key, text: biz, data, no, at_ms: 0 })
    }

    fn act(&mut self, book: &mut Book, heard: &Heard, wrong: &Wrong, _: &str) -> Said {
        let data = &heard.data;
        Said::Json(match (&heard.no, heard.call.as_str()) {
            (Some(no), _) => no.clone(),
            (None, _) if wrong.refuse_rate => return Said::Busy,
            (None, "order/v2/addOrder" | "order/addOrder") => self.create(book, heard, wrong),
            (None, "order/getOrders") => {
                let asked = data["serialNumber"].as_array().cloned().unwrap_or_default();
                let keys = asked.iter().filter_map(Value::as_str);
                let orders: Vec<Value> =
                    keys.filter_map(|key| counter::order(book, key)).map(found).collect();
                yes(&orders.into())
            }
            (None, "order/cancelOrder") => cancel(book, heard, wrong),
            (None, "order/printOrder") => drawn(book, text(data, "billCode"), wrong),
            (None, "logistics/trace") => self.traced(book, text(data, "billCodes"), wrong),
            (None, _) => no("145003040", "接口不存在"),
        })
    }
}

fn found(order: &Value) -> Value {
    json!({"txlogisticId": order["OrderCode"], "billCode": order["LogisticCode"],
           "sortingCode": text(order, "MarkDestination").trim(),
           "lastCenterName": order["DestinationAllocationCentre"], "sumFreight": null})
}

fn cancel(book: &mut Book, heard: &Heard, wrong: &Wrong) -> Value {
    if wants(&heard.data, &[("txlogisticId", 50), ("orderType", 1), ("reason", 50)]).is_some() {
        return no("145003089", "取消原因不能为空");
    }
    if wrong.refuse {
        return no("145003090", "订单已揽收，不能取消");
    }
    let number =
        counter::order(book, &heard.key).map(|order| text(order, "LogisticCode").to_owned());
    match number.map(|number| book.void(&heard.key, &number)) {
        Some(Ok(Some(false))) if wrong.revoid_refuse => no("145003091", "订单已取消"),
        Some(Ok(Some(_))) => yes(&json!({"txlogisticId": heard.key})),
        _ => no("145003092", "订单不存在"),
    }
}

fn drawn(book: &Book, number: &str, wrong: &Wrong) -> Value {
    let Some(order) = book.by_number(number) else { return no("145003092", "运单不存在") };
    let tail = if wrong.wrong_template { "0" } else { "" };
    let pdf = pdf::label(&format!("{number}{tail}"), text(order, "MarkDestination"));
    let pdf = pdf.filter(|_| !wrong.no_template).map(|pdf| STANDARD.encode(pdf));
    yes(&json!({"billCode": number, "base64EncodeContent": pdf}))
}

/// Its scan of what happened.
fn word(what: What) -> &'static str {
    match what {
        What::Collected => "快件揽收",
        What::Sent => "发件扫描",
        What::AtHub | What::AtOutlet => "到件扫描",
        What::Out | What::OutAgain => "出仓扫描",
        What::InLocker => "入库扫描",
        What::Fetched => "出库扫描",
        What::Signed => "快件签收",
        What::Unreachable | What::Refused => "问题件扫描",
        What::Returning => "退件扫描",
        What::Returned => "退件签收",
        What::Odd => "换乘扫描",
    }
}

fn yes(data: &Value) -> Value {
    json!({"code": "1", "msg": "success", "data": data})
}

/// Its codes of errors are numbers.
fn no(code: &str, words: &str) -> Value {
    let code: u64 = code.parse().unwrap_or(0);
    json!({"code": code, "msg": words, "data": null})
}
