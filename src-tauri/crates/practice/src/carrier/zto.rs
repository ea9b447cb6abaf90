//! ZTO's side of the practice carrier. Written from the facts collected of its platform in 2026-11
//! and from nothing of the station's client.

use super::{
    Options,
    book::Book,
    counter::{self, Given, Heard, Said, base64_md5, give, header, is_phone, place, text, wants},
    desk::Knock,
    faults::Wrong,
    trip::{Told, Trips, What},
};
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
        if let Some(words) = lacks(data) {
            return no("S208", &words);
        }
        if !book.knows(&heard.key) && wrong.refuse {
            return no("B2001", "收件地址不在服务范围");
        }
        let at = |side: &str, names| place(&data[side], names);
        let from =
            at("senderInfo", ["senderProvince", "senderCity", "senderDistrict", "senderAddress"]);
        let to = at(
            "receiveInfo",
            ["receiverProvince", "receiverCity", "receiverDistrict", "receiverAddress"],
        );
        match give(book, heard, "ZTO", &from, &to) {
            Given::New(_) if wrong.bare => no("S202", "发生错误"),
            Given::New(order) => yes("0000", &found(&order)),
            Given::Again(order) if self.gives_again => yes("0000", &found(&order)),
            Given::Again(_) | Given::Voided => no("B2002", "合作商订单号重复"),
        }
    }
}

/// What an order lacks.
fn lacks(data: &Value) -> Option<String> {
    let account = &data["accountInfo"];
    let sender = &data["senderInfo"];
    let receiver = &data["receiveInfo"];
    let named = wants(data, &[("partnerOrderCode", 64), ("partnerType", 1), ("orderType", 1)])
        .or_else(|| wants(account, &[("accountId", 50), ("accountPassword", 50)]))
        .or_else(|| wants(sender, &[("senderName", 50), ("senderProvince", 20)]))
        .or_else(|| wants(sender, &[("senderCity", 20), ("senderAddress", 200)]))
        .or_else(|| wants(receiver, &[("receiverName", 50), ("receiverProvince", 20)]))
        .or_else(|| wants(receiver, &[("receiverCity", 20), ("receiverAddress", 200)]));
    if let Some(name) = named {
        return Some(format!("{name} 不能为空"));
    }
    let called =
        |side: &Value, names: [&str; 2]| names.into_iter().any(|name| is_phone(text(side, name)));
    let reachable = called(sender, ["senderMobile", "senderPhone"])
        && called(receiver, ["receiverMobile", "receiverPhone"]);
    (!reachable).then(|| "电话不能为空".to_owned())
}

impl Counter {
    fn traced(&self, book: &Book, data: &Value, wrong: &Wrong) -> Value {
        if text(data, "mobilePhone").len() != 4 {
            return no("E413", "鉴权失败,请输入收寄人任一方电话号码后4位");
        }
        let step = |it: &Told| {
            json!({"scanDate": it.at_ms, "scanType": word(it.what), "desc": it.sentence(),
                   "scanSite": {"name": format!("{}网点", it.place), "city": it.place}})
        };
        let told = self.trips.so_far(book, text(data, "billCode"), wrong.odd_word);
        let steps: Vec<Value> = told.iter().map(step).collect();
        yes("SYS000", &steps.into())
    }
}

impl counter::Counter for Counter {
    fn hear(&mut self, knock: &Knock<'_>) -> Option<Heard> {
        let call = knock.path.strip_prefix("/zto.")?.to_owned();
        let body = String::from_utf8_lossy(knock.body).into_owned();
        let data: Value = serde_json::from_str(&body).unwrap_or_default();
        let signed = header(knock, "x-dataDigest") == base64_md5(&format!("{body}{}", self.key));
        let no = match () {
            () if header(knock, "x-appKey").is_empty() => Some(no("S210", "无权限访问")),
            () if !signed => Some(no("S211", "签名错误")),
            () if !data.is_object() => Some(no("S208", "请求体不能为空")),
            () => None,
        };
        let key = text(&data, "partnerOrderCode").to_owned();
        Some(Heard { call, key, text: body, data, no, at_ms: 0 })
    }

    fn act(&mut self, book: &mut Book, heard: &Heard, wrong: &Wrong, _: &str) -> Said {
        let data = &heard.data;
        Said::Json(match (&heard.no, heard.call.as_str()) {
            (Some(no), _) => no.clone(),
            (None, _) if wrong.refuse_rate => no("S221", "api qps flow limit"),
            (None, "open.createOrder") => self.create(book, heard, wrong),
            (None, "open.cancelPreOrder") => cancel(book, data, wrong),
            (None, "merchant.waybill.track.query") => self.traced(book, data, wrong),
            (None, _) => no("S207", "API不存在"),
        })
    }
}

fn found(order: &Value) -> Value {
    json!({
        "billCode": order["LogisticCode"],
        "orderCode": order["KDNOrderCode"],
        "partnerOrderCode": order["OrderCode"],
        "bigMarkInfo": {
            "mark": text(order, "MarkDestination").trim(),
            "bagAddr": text(order, "PackageName").trim(),
        },
        "verifyCode": null,
    })
}

fn cancel(book: &mut Book, data: &Value, wrong: &Wrong) -> Value {
    if wants(data, &[("cancelType", 1), ("billCode", 40)]).is_some() {
        return no("S208", "billCode 不能为空");
    }
    if wrong.refuse {
        return no("B2003", "全网件不支持取消");
    }
    let number = text(data, "billCode");
    let key = book.by_number(number).map(|order| text(order, "OrderCode").to_owned());
    match key.map(|key| book.void(&key, number)) {
        Some(Ok(Some(false))) if wrong.revoid_refuse => no("B2004", "订单已取消"),
        Some(Ok(Some(_))) => yes("0000", &Value::Null),
        _ => no("B2005", "订单不存在"),
    }
}

/// Its scan of what happened.
fn word(what: What) -> &'static str {
    match what {
        What::Collected => "收件",
        What::Sent => "发件",
        What::AtHub | What::AtOutlet => "到件",
        What::Out | What::OutAgain => "派件",
        What::InLocker => "入库",
        What::Fetched | What::Signed => "签收",
        What::Unreachable | What::Refused => "问题件",
        What::Returning => "退件",
        What::Returned => "退件签收",
        What::Odd => "换乘",
    }
}

fn yes(code: &str, result: &Value) -> Value {
    json!({"status": true, "statusCode": code, "message": "成功", "result": result})
}

fn no(code: &str, words: &str) -> Value {
    json!({"status": false, "statusCode": code, "message": words, "result": null})
}
