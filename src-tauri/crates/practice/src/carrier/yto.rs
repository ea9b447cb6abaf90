//! YTO's side of the practice carrier. Written from the facts collected of its platform in 2026-11
//! and from nothing of the station's client.

use super::{
    Options,
    book::Book,
    counter::{self, Given, Heard, Said, base64_md5, give, is_phone, text, wants},
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
    gives_again: bool,
    trips: Trips,
}

impl Counter {
    pub fn new(options: &Options) -> Self {
        Self {
            key: options.api_key.clone(),
            gives_again: options.gives_again,
            trips: Trips::new(options),
        }
    }

    fn create(&self, book: &mut Book, heard: &Heard, wrong: &Wrong) -> Value {
        let data = &heard.data;
        if let Some(name) = lacks(data) {
            return no("2001", &format!("{name} 不正确"));
        }
        if !book.knows(&heard.key) && wrong.refuse {
            return no("3001", "收件地址超区");
        }
        let names = |side: &str| {
            ["ProvinceName", "CityName", "CountyName", "Address"]
                .map(|name| format!("{side}{name}"))
        };
        let (sender, recipient) = (names("sender"), names("recipient"));
        let at = |names: &[String; 4]| {
            let [a, b, c, d] = names.each_ref().map(String::as_str);
            [a, b, c, d].map(|name| text(data, name).to_owned())
        };
        let (from, to) = (at(&sender), at(&recipient));
        let order = match give(book, heard, "YTO", &whole(&from), &whole(&to)) {
            Given::New(_) if wrong.bare => return json!({"success": "true", "code": "1001"}),
            Given::New(order) => order,
            Given::Again(order) if self.gives_again => order,
            Given::Again(_) | Given::Voided => return no("3002", "物流单号重复"),
        };
        json!({"logisticsNo": order["OrderCode"], "mailNo": order["LogisticCode"],
               "shortAddress": text(&order, "MarkDestination").trim()})
    }
}

fn whole(parts: &[String; 4]) -> super::marks::Place<'_> {
    let [province, city, district, detail] = parts.each_ref().map(String::as_str);
    super::marks::Place { province, city, district, detail }
}

/// What an order lacks.
fn lacks(data: &Value) -> Option<&'static str> {
    let needed = [
        ("logisticsNo", 50),
        ("senderName", 50),
        ("senderProvinceName", 20),
        ("senderCityName", 20),
        ("senderAddress", 200),
        ("recipientName", 50),
        ("recipientProvinceName", 20),
        ("recipientCityName", 20),
        ("recipientAddress", 200),
        ("productCode", 10),
    ];
    if let Some(name) = wants(data, &needed) {
        return Some(name);
    }
    let goods = data["goods"].as_array().map_or(0, Vec::len);
    if !(1..=20).contains(&goods) {
        return Some("goods");
    }
    ["senderMobile", "recipientMobile"].into_iter().find(|name| !is_phone(text(data, name)))
}

impl Counter {
    fn traced(&self, book: &Book, number: &str, wrong: &Wrong) -> Value {
        let told = self.trips.so_far(book, number, wrong.odd_word);
        if told.is_empty() {
            return json!({"code": "1001", "message": "查询结果为空", "success": "true"});
        }
        let step = |it: &Told| {
            json!({"waybill_No": number, "upload_Time": it.at(), "infoContent": word(it.what),
                   "processInfo": it.sentence(), "city": it.place, "district": ""})
        };
        told.iter().map(step).collect()
    }
}

impl counter::Counter for Counter {
    fn hear(&mut self, knock: &Knock<'_>) -> Option<Heard> {
        let rest = knock.path.strip_prefix("/open/")?;
        let parts: Vec<&str> = rest.split('/').collect();
        let [method, "v1", user, customer] = parts.as_slice() else { return None };
        let body: Value = serde_json::from_slice(knock.body).unwrap_or_default();
        let param = text(&body, "param");
        let signed = text(&body, "sign") == base64_md5(&format!("{param}{method}v1{}", self.key));
        let no = match () {
            () if user.is_empty() || customer.is_empty() => Some(no("1002", "用户不存在")),
            () if !body["timestamp"].is_i64() || text(&body, "format") != "JSON" => {
                Some(no("1003", "参数不正确"))
            }
            () if !signed => Some(no("1004", "签名不正确")),
            () => None,
        };
        let data: Value = serde_json::from_str(param).unwrap_or_default();
        let key = text(&data, "logisticsNo").to_owned();
        Some(Heard { call: (*method).to_owned(), key, text: param.to_owned(), data, no, at_ms: 0 })
    }

    fn act(&mut self, book: &mut Book, heard: &Heard, wrong: &Wrong, _: &str) -> Said {
        let data = &heard.data;
        Said::Json(match (&heard.no, heard.call.as_str()) {
            (Some(no), _) => no.clone(),
            (None, _) if wrong.refuse_rate => return Said::Busy,
            (None, "privacy_create_adapter") => self.create(book, heard, wrong),
            (None, "korder_cancel_adapter") => cancel(book, heard, wrong),
            (None, "waybill_print_adapter") => drawn(book, text(data, "waybillNo"), wrong),
            (None, "track_query_adapter") => self.traced(book, text(data, "NUMBER"), wrong),
            (None, _) => no("1005", "接口不存在"),
        })
    }
}

fn cancel(book: &mut Book, heard: &Heard, wrong: &Wrong) -> Value {
    if wants(&heard.data, &[("logisticsNo", 50), ("cancelDesc", 100)]).is_some() {
        return no("2001", "参数不正确");
    }
    if wrong.refuse {
        return no("3003", "已揽收，不能取消");
    }
    let number =
        counter::order(book, &heard.key).map(|order| text(order, "LogisticCode").to_owned());
    match number.map(|number| book.void(&heard.key, &number)) {
        Some(Ok(Some(false))) if wrong.revoid_refuse => no("3004", "订单已取消"),
        Some(Ok(Some(_))) => json!({"logisticsNo": heard.key}),
        _ => no("3005", "订单不存在"),
    }
}

fn drawn(book: &Book, number: &str, wrong: &Wrong) -> Value {
    let Some(order) = book.by_number(number) else { return no("3005", "运单不存在") };
    let tail = if wrong.wrong_template { "0" } else { "" };
    let pdf = pdf::label(&format!("{number}{tail}"), text(order, "MarkDestination"));
    let pdf = pdf.filter(|_| !wrong.no_template).map(|pdf| STANDARD.encode(pdf));
    json!({"success": "true", "code": "0", "data": {"pdfBase64": pdf}})
}

/// Its word for what happened; the sender signs for what comes back with the same word.
fn word(what: What) -> &'static str {
    match what {
        What::Collected => "GOT",
        What::Sent => "DEPARTURE",
        What::AtHub | What::AtOutlet => "ARRIVAL",
        What::Out | What::OutAgain => "SENT_SCAN",
        What::InLocker => "INBOUND",
        What::Fetched | What::Signed | What::Returned => "SIGNED",
        What::Unreachable | What::Refused => "FAILED",
        What::Returning => "TMS_RETURN",
        What::Odd => "TRANSFER_X",
    }
}

/// Its yes and no are texts.
fn no(code: &str, words: &str) -> Value {
    json!({"success": "false", "code": code, "message": words})
}
