//! Kuaidi100's side of the practice carrier: queries, labels, whose a number is. Written
//! from the facts collected of its demos in 2026-11 and from nothing of the station's client.

mod couriers;

pub use couriers::called;

use super::{
    Options,
    book::Book,
    counter::{self, Given, Heard, Said, fields, give, hex_md5, parts, text, wants},
    desk::Knock,
    faults::Wrong,
    template,
    trip::{Told, Trips, What},
};
use couriers::Couriers;
use serde_json::{Value, json};
use std::{collections::HashMap, io::Cursor};

/// Whom it knows beside the key and secret, which are the practice's own.
const CUSTOMER: &str = "PRACTICECUSTOMER";

/// Kuaidi100's code of a carrier, and KDNiao's, by which numbers are shaped.
const CARRIERS: [(&str, &str); 8] = [
    ("shunfeng", "SF"),
    ("zhongtong", "ZTO"),
    ("yuantong", "YTO"),
    ("shentong", "STO"),
    ("yunda", "YD"),
    ("jtexpress", "JTSD"),
    ("ems", "EMS"),
    ("jd", "JD"),
];

/// Its counter.
#[derive(Debug)]
pub struct Counter {
    key: String,
    couriers: Couriers,
    trips: Trips,
}

impl Counter {
    pub fn new(options: &Options) -> Self {
        let (key, trips) = (options.api_key.clone(), Trips::new(options));
        Self { key, couriers: Couriers::default(), trips }
    }

    /// Key and secret are one in practice.
    fn signed(&self, form: &HashMap<String, String>) -> Result<(), Value> {
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        let text = format!("{}{}{}{}", field("param"), field("t"), self.key, self.key);
        match () {
            () if field("param").is_empty() || field("method").is_empty() => {
                Err(no("400", "提交的数据不完整"))
            }
            () if field("key") != self.key => Err(no("601", "KEY 已过期")),
            () if field("t").len() != 13 => Err(no("400", "时间戳不正确")),
            () if field("sign") != hex_md5(&text).to_uppercase() => Err(no("503", "验证签名失败")),
            () => Ok(()),
        }
    }

    fn query(&self, form: &HashMap<String, String>) -> Heard {
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        let signed = hex_md5(&format!("{}{}{CUSTOMER}", field("param"), self.key)).to_uppercase();
        let data: Value = serde_json::from_str(field("param")).unwrap_or_default();
        let bad = field("customer") != CUSTOMER || field("sign") != signed;
        let no = match () {
            () if bad => Some(failed("503", "验证签名失败")),
            () if wants(&data, &[("com", 30), ("num", 32)]).is_some() => {
                Some(failed("400", "提交的数据不完整"))
            }
            () => None,
        };
        Heard { call: "query".to_owned(), data, no, ..Heard::default() }
    }

    fn order(&self, book: &mut Book, heard: &Heard, wrong: &Wrong, host: &str) -> Value {
        let data = &heard.data;
        if let Some(missing) = missing(data) {
            return no("400", &format!("缺少参数 {missing}"));
        }
        if !book.knows(&heard.key) && wrong.refuse {
            return no("30001", "该收件地址不在派送范围内");
        }
        let com = text(data, "kuaidicom");
        let Some((_, shipper)) = CARRIERS.iter().find(|row| row.0 == com) else {
            return no("400", "不支持的快递公司");
        };
        let addr = |man: &str| parts(data[man]["printAddr"].as_str().unwrap_or_default());
        let order = match give(book, heard, shipper, &addr("sendMan"), &addr("recMan")) {
            Given::New(_) if wrong.bare => return no("501", "请求重复，请稍后再试"),
            Given::New(order) | Given::Again(order) => order,
            Given::Voided => return no("30002", "该订单已取消"),
        };
        let drawn = text(data, "printType") == "IMAGE" && !wrong.no_template;
        let tail = if wrong.wrong_template { "0" } else { "" };
        let number = text(&order, "LogisticCode");
        yes(&json!({
            "taskId": format!("T{}", text(&order, "KDNOrderCode")),
            "kuaidinum": number,
            "childNum": null,
            "label": if drawn { format!("{host}/drawn/{number}{tail}.png") } else { String::new() },
            "bulkpen": text(&order, "MarkDestination").trim(),
            "destCode": order["DestinatioCode"],
            "destName": order["DestinatioName"],
            "pkgCode": order["PackageCode"],
            "pkgName": text(&order, "PackageName").trim(),
            "qrCode": order["QRCode"],
        }))
    }
}

impl Counter {
    fn traced(&self, book: &Book, data: &Value, wrong: &Wrong) -> Value {
        let number = text(data, "num");
        let told = self.trips.so_far(book, number, wrong.odd_word);
        let Some(newest) = told.last() else {
            return failed("500", "查询无结果，请隔段时间再查");
        };
        if text(data, "com") == "zhongtong" && text(data, "phone").is_empty() {
            return failed("408", "请输入收、寄件人的电话号码");
        }
        if wrong.no_quota {
            return failed("601", "账号可用单量不足");
        }
        trail(number, text(data, "com"), newest, &told)
    }
}

/// The whole way of a number so far.
fn trail(number: &str, com: &str, newest: &Told, told: &[Told]) -> Value {
    let state = state(newest.what);
    let steps: Vec<Value> = told.iter().rev().map(step).collect();
    let ended = if matches!(state, "3" | "4") { "1" } else { "0" };
    json!({"message": "ok", "nu": number, "ischeck": ended, "com": com,
           "status": "200", "state": state, "condition": "F00", "data": steps})
}

/// The body of a push of a subscribed number, signed with the subscriber's salt; `None` before
/// anything happened to it.
pub fn push(trips: &Trips, book: &Book, number: &str, salt: &str) -> Option<Vec<u8>> {
    let told = trips.so_far(book, number, false);
    let newest = told.last()?;
    let param = json!({"status": "polling", "billstatus": "check", "message": "",
        "lastResult": trail(number, "yuantong", newest, &told)})
    .to_string();
    let sign = hex_md5(&format!("{param}{salt}")).to_uppercase();
    Some(serde_urlencoded::to_string([("param", param), ("sign", sign)]).ok()?.into_bytes())
}

fn step(it: &Told) -> Value {
    json!({"time": it.at(), "ftime": it.at(), "context": it.sentence(), "status": "",
           "statusCode": word(it.what), "areaName": it.place})
}

/// The state of a parcel whose newest this is.
fn state(what: What) -> &'static str {
    match what {
        What::Collected => "1",
        What::Sent | What::AtHub | What::AtOutlet => "0",
        What::Out | What::OutAgain | What::InLocker => "5",
        What::Signed | What::Fetched => "3",
        What::Unreachable => "2",
        What::Refused => "14",
        What::Returning => "6",
        What::Returned => "4",
        What::Odd => "17",
    }
}

impl counter::Counter for Counter {
    fn hear(&mut self, knock: &Knock<'_>) -> Option<Heard> {
        let form = fields(knock.body);
        match knock.path {
            "/poll/query.do" => Some(self.query(&form)),
            "/autonumber/auto" => {
                let asked = fields(knock.query.as_bytes());
                let known = asked.get("key") == Some(&self.key);
                let no = (!known).then(|| failed("601", "KEY 已过期"));
                let data = json!({"num": asked.get("num")});
                Some(Heard { call: "auto".to_owned(), data, no, ..Heard::default() })
            }
            path if path.starts_with("/drawn/") => {
                let data = path.into();
                Some(Heard { call: "drawn".to_owned(), data, ..Heard::default() })
            }
            "/label/order" | "/order/borderapi.do" => {
                let no = self.signed(&form).err();
                let text = form.get("param").cloned().unwrap_or_default();
                let data: Value = serde_json::from_str(&text).unwrap_or_default();
                let method = form.get("method").map_or("", String::as_str);
                let side = if knock.path == "/label/order" { "label" } else { "courier" };
                let key = counter::text(&data, "orderId").to_owned();
                let key = if side == "label" { key } else { String::new() };
                Some(Heard { call: format!("{side}/{method}"), key, text, data, no, at_ms: 0 })
            }
            _ => None,
        }
    }

    fn act(&mut self, book: &mut Book, heard: &Heard, wrong: &Wrong, host: &str) -> Said {
        if let Some(no) = &heard.no {
            return Said::Json(no.clone());
        }
        let data = &heard.data;
        Said::Json(match heard.call.as_str() {
            "query" => self.traced(book, data, wrong),
            "auto" => auto(text(data, "num")),
            "drawn" => return drawn(book, data.as_str().unwrap_or_default()),
            _ if wrong.refuse_rate => no("429", "请求过于频繁"),
            "label/order" => self.order(book, heard, wrong, host),
            "label/cancel" => cancel(book, heard, wrong),
            "label/price" => yes(&json!({
                "kuaidicom": data["kuaidicom"],
                "combos": [
                    {"price": "10.50", "productName": "标准快递", "expType": "1"},
                    {"price": "面议", "productName": "大件", "expType": "2"},
                ],
            })),
            "label/time" => yes(&json!({"arrivalTime": "2026-11-23 18"})),
            call => match call.strip_prefix("courier/") {
                Some(call) => {
                    self.couriers.answer(book, &self.trips, (call, data, &heard.text), wrong)
                }
                None => no("400", "方法不存在"),
            },
        })
    }
}

/// What an order lacks.
fn missing(data: &Value) -> Option<&'static str> {
    let needed = [("kuaidicom", 30), ("partnerId", 50), ("printType", 10), ("orderId", 50)];
    if let Some(name) = wants(data, &needed).or_else(|| wants(data, &[("cargo", 100)])) {
        return Some(name);
    }
    for name in ["recMan", "sendMan"] {
        let man = &data[name];
        let phones = [text(man, "mobile"), text(man, "tel")];
        if wants(man, &[("name", 50), ("printAddr", 300)]).is_some()
            || !phones.into_iter().any(counter::is_phone)
        {
            return Some(name);
        }
    }
    (data["reorder"] != false).then_some("reorder")
}

fn cancel(book: &mut Book, heard: &Heard, wrong: &Wrong) -> Value {
    if wants(&heard.data, &[("kuaidicom", 30), ("kuaidinum", 40), ("orderId", 50)]).is_some() {
        return no("400", "提交的数据不完整");
    }
    if wrong.refuse {
        return no("30003", "快件已揽收，不能取消");
    }
    match book.void(&heard.key, text(&heard.data, "kuaidinum")) {
        Ok(Some(false)) if wrong.revoid_refuse => no("30002", "该订单已取消"),
        Ok(Some(_)) => yes(&Value::Null),
        Ok(None) | Err(_) => no("30004", "订单不存在"),
    }
}

/// The finer state of what happened.
fn word(what: What) -> &'static str {
    match what {
        What::Collected => "103",
        What::Sent => "1002",
        What::AtHub => "0",
        What::AtOutlet => "1001",
        What::Out | What::OutAgain => "5",
        What::InLocker => "501",
        What::Fetched => "304",
        What::Signed => "301",
        What::Unreachable => "2",
        What::Refused => "14",
        What::Returning => "6",
        What::Returned => "4",
        What::Odd => "1099",
    }
}

fn auto(number: &str) -> Value {
    let owner = match () {
        () if number.starts_with("YT") => "yuantong",
        () if number.starts_with("SF") => "shunfeng",
        () if number.starts_with("JT") => "jtexpress",
        () => return json!([]),
    };
    json!([{"comCode": owner, "lengthPre": number.len(), "noCount": 100, "noPre": &number[..2]}])
}

/// The label as a picture of 76 × 130 mm at 8 dots a millimetre: the bars of the number.
fn drawn(book: &Book, path: &str) -> Said {
    let number = path.trim_start_matches("/drawn/").trim_end_matches(".png");
    let own = [number, number.strip_suffix('0').unwrap_or_default()];
    let known = own.into_iter().any(|number| book.by_number(number).is_some());
    let bars = template::bars(number).filter(|_| known);
    let Some(bars) = bars else { return Said::Json(json!({"message": "404"})) };
    let mut paper = image::GrayImage::from_pixel(608, 1_040, image::Luma([255]));
    for (x, y, dot) in paper.enumerate_pixels_mut() {
        let (x, y) = (x.wrapping_sub(60) / 2, y.wrapping_sub(300));
        if x < bars.width() && y < 120 {
            *dot = *bars.get_pixel(x, 0);
        }
    }
    let mut png = Cursor::new(Vec::new());
    paper.write_to(&mut png, image::ImageFormat::Png).expect("a picture in memory is written");
    Said::File("image/png", png.into_inner())
}

fn yes(data: &Value) -> Value {
    json!({"success": true, "code": 200, "message": "成功", "time": 12, "data": data})
}

fn no(code: &str, words: &str) -> Value {
    let code: u32 = code.parse().unwrap_or(400);
    json!({"success": false, "code": code, "message": words, "data": null})
}

/// A query's "no".
fn failed(code: &str, words: &str) -> Value {
    json!({"result": false, "returnCode": code, "message": words})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The facts' vectors, with the practice's own rules left aside.
    #[test]
    fn the_known_vectors_are_asked_for() {
        let param = concat!(
            r#"{"kuaidicom":"yuantong","sendAddr":"上海市青浦区测试路1号","#,
            r#""recAddr":"北京市朝阳区测试路2号","weight":"1"}"#
        );
        let all = format!("{param}1700000000000KEYEXAMPLE0001secretexample00000000000000000001");
        assert_eq!(hex_md5(&all).to_uppercase(), "165BEBE7A716DEE78527598543D0975C");
    }
}
