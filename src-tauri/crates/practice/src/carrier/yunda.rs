//! Yunda's side of the practice carrier. Written from the facts collected of its platform in
//! 2026-11 and from nothing of the station's client.

use super::{
    Options,
    book::Book,
    counter::{self, Given, Heard, Said, give, header, hex_md5, is_phone, place, text, wants},
    desk::Knock,
    faults::Wrong,
    pdf,
    trip::{Told, Trips, What},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

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

    /// Who asks about orders; the partner's secret is the key of the practice.
    fn partner(&self, data: &Value) -> Option<Value> {
        let named = wants(data, &[("appid", 30), ("partner_id", 30)]).is_none();
        let known = named && text(data, "secret") == self.key;
        (!known).then(|| no("1003", "合作商账号或密码不正确"))
    }

    fn create(&self, book: &mut Book, heard: &Heard, wrong: &Wrong) -> Value {
        let order = &heard.data["orders"][0];
        if let Some(name) = lacks(order) {
            return error(&heard.key, &format!("{name} 不正确"));
        }
        if book.knows(&heard.key) {
            return error(&heard.key, "订单已存在，更新订单请使用更新接口");
        }
        if wrong.refuse {
            return error(&heard.key, "收件地址不可达");
        }
        let at = |side: &str| place(&order[side], ["province", "city", "county", "address"]);
        match give(book, heard, "YD", &at("sender"), &at("receiver")) {
            Given::New(order) if !wrong.bare => yes(&json!([found(&order)])),
            Given::New(_) | Given::Again(_) | Given::Voided => {
                error(&heard.key, "订单已存在，更新订单请使用更新接口")
            }
        }
    }
}

/// What an order lacks.
fn lacks(order: &Value) -> Option<&'static str> {
    let needed = [("order_serial_no", 50), ("khddh", 50), ("order_type", 10), ("node_id", 5)];
    if let Some(name) = wants(order, &needed) {
        return Some(name);
    }
    for name in ["sender", "receiver"] {
        let who = &order[name];
        let needed = [("name", 50), ("province", 20), ("city", 20), ("address", 300)];
        // Province, city, county and the rest, with commas.
        let split = text(who, "address").split(',').count() >= 4;
        if wants(who, &needed).is_some() || !split || !is_phone(text(who, "mobile")) {
            return Some(name);
        }
    }
    order["items"].as_array().is_none_or(Vec::is_empty).then_some("items")
}

impl Counter {
    fn traced(&self, book: &Book, number: &str, wrong: &Wrong) -> Value {
        let told = self.trips.so_far(book, number, wrong.odd_word);
        if told.is_empty() {
            return yes(&Value::Null);
        }
        let step = |it: &Told| {
            json!({"time": it.at(), "status": word(it.what), "action": word(it.what),
                   "description": it.sentence(), "city": it.place, "station": ""})
        };
        let steps: Vec<Value> = told.iter().map(step).collect();
        yes(&json!({"mailno": number, "steps": steps}))
    }
}

impl counter::Counter for Counter {
    fn hear(&mut self, knock: &Knock<'_>) -> Option<Heard> {
        let call = knock
            .path
            .strip_prefix("/openapi-api/v1/accountOrder/")
            .or_else(|| knock.path.strip_prefix("/openapi/outer/"))?
            .to_owned();
        let body = String::from_utf8_lossy(knock.body).into_owned();
        let data: Value = serde_json::from_str(&body).unwrap_or_default();
        let signed = header(knock, "sign") == hex_md5(&format!("{body}_{}", self.key));
        let no = match () {
            () if header(knock, "app-key").is_empty() => Some(no("1001", "app-key 不能为空")),
            () if header(knock, "req-time").len() != 13 => Some(no("1001", "req-time 不正确")),
            () if !signed => Some(no("1002", "签名不正确")),
            () if !call.starts_with("logictis/") => self.partner(&data),
            () => None,
        };
        let key = text(&data["orders"][0], "order_serial_no").to_owned();
        Some(Heard { call, key, text: body, data, no, at_ms: 0 })
    }

    fn act(&mut self, book: &mut Book, heard: &Heard, wrong: &Wrong, _: &str) -> Said {
        let order = &heard.data["orders"][0];
        Said::Json(match (&heard.no, heard.call.as_str()) {
            (Some(no), _) => no.clone(),
            (None, _) if wrong.refuse_rate => return Said::Busy,
            (None, "createBmOrder") => self.create(book, heard, wrong),
            (None, "updateBmOrder") => match counter::order(book, &heard.key) {
                Some(order) => yes(&json!([found(order)])),
                None => error(&heard.key, "订单不存在"),
            },
            (None, "cancelBmOrder") => cancel(book, heard, wrong),
            (None, "v1/bm/getPdfInfo") => drawn(book, text(order, "mailno"), wrong),
            (None, "logictis/query") => self.traced(book, text(&heard.data, "mailno"), wrong),
            (None, _) => no("1004", "接口不存在"),
        })
    }
}

fn found(order: &Value) -> Value {
    json!({"order_serial_no": order["OrderCode"], "mail_no": order["LogisticCode"],
           "msg": "创建订单成功"})
}

fn cancel(book: &mut Book, heard: &Heard, wrong: &Wrong) -> Value {
    let order = &heard.data["orders"][0];
    if wants(order, &[("order_serial_no", 50), ("mailno", 40)]).is_some() {
        return error(&heard.key, "参数不正确");
    }
    if wrong.refuse {
        return error(&heard.key, "已揽收，不能取消");
    }
    let number = text(order, "mailno");
    match book.void(&heard.key, number) {
        Ok(Some(false)) if wrong.revoid_refuse => error(&heard.key, "订单已取消"),
        Ok(Some(_)) => {
            yes(&json!([{"order_serial_no": heard.key, "mailno": number, "msg": "取消成功"}]))
        }
        _ => error(&heard.key, "订单不存在"),
    }
}

fn drawn(book: &Book, number: &str, wrong: &Wrong) -> Value {
    let Some(order) = book.by_number(number) else { return no("1005", "运单不存在") };
    let tail = if wrong.wrong_template { "0" } else { "" };
    let pdf = pdf::label(&format!("{number}{tail}"), text(order, "MarkDestination"));
    let pdf = pdf.filter(|_| !wrong.no_template).map(|pdf| STANDARD.encode(pdf));
    yes(&json!([{"mailno": number, "pdfInfo": pdf}]))
}

/// Its status of what happened; the sender signs for what comes back with the same word.
fn word(what: What) -> &'static str {
    match what {
        What::Collected => "GOT",
        What::Sent | What::AtHub | What::AtOutlet => "TRANSIT",
        What::Out | What::OutAgain | What::InLocker => "SENT",
        What::Fetched | What::Signed | What::Returned => "SIGNED",
        What::Unreachable | What::Refused => "SIGNFAIL",
        What::Returning => "RETURN",
        What::Odd => "CHANGED",
    }
}

fn yes(data: &Value) -> Value {
    json!({"result": true, "code": "0000", "message": "请求成功", "data": data})
}

fn no(code: &str, words: &str) -> Value {
    json!({"result": false, "code": code, "message": words, "data": null})
}

/// A "yes" of the gateway with the order's own "no" inside.
fn error(key: &str, words: &str) -> Value {
    yes(&json!([{"order_serial_no": key, "mail_no": "", "msg": format!("ERROR:{words}")}]))
}
