//! STO's side of the practice carrier. Written from the facts collected of its gateway in 2026-11
//! and from nothing of the station's client.

use super::{
    Options,
    book::Book,
    counter::{self, Given, Heard, Said, base64_md5, fields, give, is_phone, place, text, wants},
    desk::Knock,
    faults::Wrong,
    trip::{Told, Trips, What},
};
use serde_json::{Map, Value, json};

/// Its services, and whom each asks.
const SERVICES: [(&str, &str); 3] = [
    ("OMS_EXPRESS_ORDER_CREATE", "sto_oms"),
    ("EDI_MODIFY_ORDER_CANCEL", "edi_modify_order"),
    ("STO_TRACE_QUERY_COMMON", "sto_trace_query"),
];
/// Parcels in one question.
const TRACED_MAX: usize = 100;

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
            return no("1002", &words);
        }
        if !book.knows(&heard.key) && wrong.refuse {
            return no("3001", "收件地址不可达");
        }
        let at = |side: &str| place(&data[side], ["province", "city", "area", "address"]);
        match give(book, heard, "STO", &at("sender"), &at("receiver")) {
            Given::New(_) if wrong.bare => json!({"success": true, "data": {}}),
            Given::New(order) => yes(&found(&order)),
            Given::Again(order) if self.gives_again => yes(&found(&order)),
            Given::Again(_) | Given::Voided => no("3002", "订单号重复"),
        }
    }
}

/// What an order lacks.
fn lacks(data: &Value) -> Option<String> {
    let kinds = [("orderNo", 64), ("orderSource", 30), ("billType", 2), ("orderType", 2)];
    let customer = [("siteCode", 20), ("customerName", 50), ("sitePwd", 50)];
    let cargo = [("battery", 2), ("goodsType", 10), ("goodsName", 50)];
    let named = wants(data, &kinds)
        .or_else(|| wants(&data["customer"], &customer))
        .or_else(|| wants(&data["cargo"], &cargo));
    if let Some(name) = named {
        return Some(format!("{name} 不能为空"));
    }
    for name in ["sender", "receiver"] {
        let who = &data[name];
        let needed = [("name", 50), ("province", 20), ("city", 20), ("address", 200)];
        let called = [text(who, "mobile"), text(who, "tel")].into_iter().any(is_phone);
        if wants(who, &needed).is_some() || !called {
            return Some(format!("{name} 不正确"));
        }
    }
    None
}

impl Counter {
    fn traced(&self, book: &Book, data: &Value, wrong: &Wrong) -> Value {
        let numbers = data["waybillNoList"].as_array().cloned().unwrap_or_default();
        if numbers.is_empty() || numbers.len() > TRACED_MAX || data["order"] != "asc" {
            return no("1002", "waybillNoList 不正确");
        }
        let step = |it: &Told| {
            json!({"opTime": it.at(), "scanType": word(it.what), "memo": it.sentence(),
                   "opOrgCityName": it.place})
        };
        let mut traces = Map::new();
        for no in numbers.iter().filter_map(Value::as_str) {
            let told = self.trips.so_far(book, no, wrong.odd_word);
            if !told.is_empty() {
                traces.insert(no.to_owned(), told.iter().map(step).collect());
            }
        }
        yes(&traces.into())
    }
}

impl counter::Counter for Counter {
    fn hear(&mut self, knock: &Knock<'_>) -> Option<Heard> {
        if knock.path != "/gateway/link.do" {
            return None;
        }
        let form = fields(knock.body);
        // Others' gateways have the same path.
        form.get("api_name")?;
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        let (api, to) = (field("api_name"), field("to_appkey"));
        let signed =
            field("data_digest") == base64_md5(&format!("{}{}", field("content"), self.key));
        let data: Value = serde_json::from_str(field("content")).unwrap_or_default();
        let no = match () {
            () if field("from_appkey").is_empty() || field("from_code").is_empty() => {
                Some(no("S01", "from_appkey 不能为空"))
            }
            () if !signed => Some(no("S02", "签名不正确")),
            () if to != field("to_code") || !SERVICES.contains(&(api, to)) => {
                Some(no("S03", "服务不存在"))
            }
            () if !data.is_object() => Some(no("S04", "content 不是 JSON")),
            () => None,
        };
        let key = text(&data, "orderNo").to_owned();
        Some(Heard {
            call: api.to_owned(),
            key,
            text: field("content").to_owned(),
            data,
            no,
            at_ms: 0,
        })
    }

    fn act(&mut self, book: &mut Book, heard: &Heard, wrong: &Wrong, _: &str) -> Said {
        let data = &heard.data;
        Said::Json(match (&heard.no, heard.call.as_str()) {
            (Some(no), _) => no.clone(),
            (None, _) if wrong.refuse_rate => return Said::Busy,
            (None, "OMS_EXPRESS_ORDER_CREATE") => self.create(book, heard, wrong),
            (None, "EDI_MODIFY_ORDER_CANCEL") => cancel(book, data, wrong),
            (None, _) => self.traced(book, data, wrong),
        })
    }
}

fn found(order: &Value) -> Value {
    json!({
        "orderNo": order["OrderCode"],
        "waybillNo": order["LogisticCode"],
        "bigWord": text(order, "MarkDestination").trim(),
        "packagePlace": text(order, "PackageName").trim(),
        "sourceOrderId": order["OrderCode"],
        "safeNo": null,
    })
}

fn cancel(book: &mut Book, data: &Value, wrong: &Wrong) -> Value {
    if wants(data, &[("billCode", 40), ("orderType", 2), ("orderSource", 30)]).is_some() {
        return no("1002", "billCode 不能为空");
    }
    if wrong.refuse {
        return no("3003", "已揽收，不能取消");
    }
    let number = text(data, "billCode");
    let key = book.by_number(number).map(|order| text(order, "OrderCode").to_owned());
    match key.map(|key| book.void(&key, number)) {
        Some(Ok(Some(false))) if wrong.revoid_refuse => no("3004", "订单已取消"),
        Some(Ok(Some(_))) => yes(&Value::Null),
        _ => no("3005", "订单不存在"),
    }
}

/// Its scan of what happened.
fn word(what: What) -> &'static str {
    match what {
        What::Collected => "收件",
        What::Sent => "发件",
        What::AtHub | What::AtOutlet => "到件",
        What::Out | What::OutAgain => "派件",
        What::InLocker => "驿站代收",
        What::Fetched | What::Signed => "签收",
        What::Unreachable | What::Refused => "问题件",
        What::Returning => "退回件",
        What::Returned => "退件签收",
        What::Odd => "换乘",
    }
}

/// Its yes is a text.
fn yes(data: &Value) -> Value {
    json!({"success": "true", "errorCode": null, "errorMsg": null, "data": data})
}

fn no(code: &str, words: &str) -> Value {
    json!({"success": "false", "errorCode": code, "errorMsg": words, "data": null})
}
