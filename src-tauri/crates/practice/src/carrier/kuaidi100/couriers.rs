//! Kuaidi100's couriers (商家寄件): `bOrder`, `cancel`, `detail`, prices of several carriers, and the
//! callback. A booking takes its number at once and tells it when somebody is on the way; how it
//! goes its key alone decides. What `detail` really answers was not seen: here it has the fields of
//! the callback.

use super::{
    super::{
        book::{self, Book, Extent},
        counter::{hex_md5, parts, text, wants},
        faults::{Wrong, mix},
        trip::Trips,
    },
    CARRIERS,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Couriers are this part of a parcel's whole way.
const PART: i64 = 24;
/// When the parcel is in the courier's hands, in thousandths of their time.
const FETCHED: i64 = 800;

/// What happens: when (thousandths of the courier's time), `status`.
/// Money is taken off twice: the freight, and what was found too long or too heavy afterwards.
const COMES: [(i64, &str); 6] =
    [(0, "0"), (100, "1"), (300, "2"), (FETCHED, "10"), (1_000, "15"), (1_400, "15")];
const NOBODY: [(i64, &str); 3] = [(0, "0"), (100, "1"), (700, "11")];
/// From here on the number and the courier are told.
const KNOWN: [&str; 4] = ["2", "10", "15", "13"];

/// What bookings were asked with; forgotten with the program, unlike their numbers.
#[derive(Debug, Default)]
pub struct Couriers(HashMap<String, Asked>);

#[derive(Debug)]
struct Asked {
    com: String,
    kg: f64,
}

impl Couriers {
    /// Answers a call: its method, what it says, and its text.
    pub fn answer(
        &mut self,
        book: &mut Book,
        trips: &Trips,
        (call, data, signed): (&str, &Value, &str),
        wrong: &Wrong,
    ) -> Value {
        match call {
            "bOrder" => self.book(book, trips, (data, signed), wrong),
            "cancel" => call_off(book, trips, data, wrong),
            "detail" => {
                let key = text(data, "thirdOrderId");
                match so_far(book, trips, key, self.0.get(key)).pop() {
                    Some(news) => said("200", "成功", &news),
                    None => said("500", "订单不存在", &Value::Null),
                }
            }
            "batchPrice" => prices(data),
            _ => said("400", "方法不存在", &Value::Null),
        }
    }

    fn book(
        &mut self,
        book: &mut Book,
        trips: &Trips,
        (data, signed): (&Value, &str),
        wrong: &Wrong,
    ) -> Value {
        let needed = [
            ("kuaidicom", 30),
            ("recManName", 50),
            ("recManMobile", 20),
            ("recManPrintAddr", 300),
            ("sendManName", 50),
            ("sendManMobile", 20),
            ("sendManPrintAddr", 300),
            ("thirdOrderId", 32),
        ];
        if let Some(missing) = wants(data, &needed) {
            return said("400", &format!("缺少参数 {missing}"), &Value::Null);
        }
        let com = text(data, "kuaidicom");
        let Some((_, shipper)) = CARRIERS.iter().find(|row| row.0 == com) else {
            return said("400", "不支持的快递公司", &Value::Null);
        };
        let day = text(data, "dayType");
        if !matches!(day, "" | "今天" | "明天" | "后天") {
            return said("400", "预约日期不正确", &Value::Null);
        }
        let key = text(data, "thirdOrderId");
        if !book.knows(key) && wrong.refuse {
            return said("30010", "该地区暂无快递员", &Value::Null);
        }
        let sha: String = Sha256::digest(signed).iter().map(|byte| format!("{byte:02x}")).collect();
        let (from, to) =
            (parts(text(data, "sendManPrintAddr")), parts(text(data, "recManPrintAddr")));
        let extent = Extent { parcels: 1, slip: false, at_ms: trips.now_ms() };
        let given = book.give(key, shipper, &sha, &from, &to, extent);
        if let book::Given::Voided = given.expect("the practice book can be written") {
            return said("30011", "订单已取消，不能再次使用", &Value::Null);
        }
        let kg = text(data, "weight").parse().unwrap_or(1.0);
        self.0.insert(key.to_owned(), Asked { com: com.to_owned(), kg });
        if wrong.bare {
            return said("501", "请求重复，请稍后再试", &Value::Null);
        }
        let booked = json!({"taskId": task_of(key), "orderId": order_of(key), "kuaidinum": null});
        said("200", "成功", &booked)
    }
}

/// What happened to a booking so far, oldest first.
fn so_far(book: &Book, trips: &Trips, key: &str, asked: Option<&Asked>) -> Vec<Value> {
    let Some((order, _)) = book.order(key) else { return Vec::new() };
    let no = text(order, "LogisticCode");
    let Some((_, born_ms)) = book.alive(no) else { return Vec::new() };
    let comes = !mix(key).is_multiple_of(16);
    let steps: &[(i64, &str)] = if comes { &COMES } else { &NOBODY };
    let whole_ms = trips.whole_ms() / PART;
    let arrived = comes.then_some((born_ms + trips.whole_ms(), "13"));
    let line = |status: &str, first: bool| {
        let known = KNOWN.contains(&status);
        let kg = asked.map_or(1.0, |asked| asked.kg);
        let fen = 700 + (kg.ceil() as u64).saturating_sub(1) * 250;
        let more = json!([
            {"feeType": "OVERLENGTHOVERWEIGHTFEE", "feeDesc": "超长超重费", "amount": "2.00",
             "payStatus": 1},
            {"feeType": "OTHERFEE", "feeDesc": "其他费用", "amount": "1.00", "payStatus": 3},
        ]);
        json!({
            "taskId": task_of(key), "orderId": order_of(key), "thirdOrderId": key,
            "kuaidicom": asked.map_or("", |asked| &asked.com),
            "kuaidiNum": if known { no } else { "" }, "status": status.parse::<u32>().unwrap_or(0),
            "courierName": if known { "练习员" } else { "" },
            "courierMobile": if known { "13700000000" } else { "" },
            "weight": kg.to_string(), "freight": format!("{}.{:02}", fen / 100, fen % 100),
            "feeDetails": if first { json!([]) } else { more },
        })
    };
    let all: Vec<(i64, &str)> = steps
        .iter()
        .map(|(part, status)| (born_ms + whole_ms * part / 1_000, *status))
        .chain(arrived)
        .filter(|(at_ms, _)| *at_ms <= trips.now_ms())
        .collect();
    let before = |nth: usize| all[..nth].iter().any(|one| one.1 == "15");
    all.iter().enumerate().map(|(nth, one)| line(one.1, !before(nth))).collect()
}

/// The body of the callback with the newest of a booking, signed with this salt; `None` if nothing
/// happened.
pub fn called(trips: &Trips, book: &Book, key: &str, salt: &str) -> Option<Vec<u8>> {
    let mut news = so_far(book, trips, key, None).pop()?;
    let no = news["kuaidiNum"].take();
    if news["feeDetails"] != json!([]) {
        news["freight"] = "0".into();
    }
    let gone: Vec<&str> = vec!["taskId", "thirdOrderId", "kuaidiNum", "kuaidicom"];
    let data: serde_json::Map<String, Value> = news
        .as_object()?
        .iter()
        .filter(|(name, _)| !gone.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let param = json!({"kuaidicom": "yuantong", "kuaidinum": no, "status": "200",
        "message": "成功", "data": data})
    .to_string();
    let sign = hex_md5(&format!("{param}{salt}")).to_uppercase();
    let form = [("taskId", task_of(key)), ("param", param), ("sign", sign)];
    Some(serde_urlencoded::to_string(form).ok()?.into_bytes())
}

fn call_off(book: &mut Book, trips: &Trips, data: &Value, wrong: &Wrong) -> Value {
    let (task, order) = (text(data, "taskId"), text(data, "orderId"));
    let mine = |key: &&str| task_of(key) == task && order_of(key) == order;
    let Some(key) = book.keys().find(mine).map(str::to_owned) else {
        return said("500", "订单不存在", &Value::Null);
    };
    let Some((given, _)) = book.order(&key) else {
        return said("500", "订单不存在", &Value::Null);
    };
    let no = text(given, "LogisticCode").to_owned();
    let since_ms = book.alive(&no).map(|(_, born_ms)| trips.now_ms() - born_ms);
    let fetched_ms = trips.whole_ms() / PART * FETCHED / 1_000;
    if wrong.refuse || since_ms.is_some_and(|since_ms| since_ms >= fetched_ms) {
        return said("30012", "订单已取件，不可取消", &Value::Null);
    }
    match book.void(&key, &no) {
        Ok(Some(true)) => said("200", "成功", &Value::Null),
        Ok(Some(false) | None) | Err(_) => said("30011", "订单已取消", &Value::Null),
    }
}

fn prices(data: &Value) -> Value {
    let names = data["kuaidiComList"].as_array().cloned().unwrap_or_default();
    let services = data["serviceTypeList"].as_array().map_or(0, Vec::len);
    if names.is_empty() || names.len() > 15 || services != names.len() {
        return said("400", "快递公司列表不正确", &Value::Null);
    }
    let price = |(nth, com): (usize, Value)| json!({"kuaidicom": com, "price": format!("{}.50", 8 + nth), "serviceType": ""});
    let prices: Vec<Value> = names.into_iter().enumerate().map(price).collect();
    said("200", "成功", &prices.into())
}

fn task_of(key: &str) -> String {
    format!("C{:016x}", mix(key))
}

fn order_of(key: &str) -> String {
    format!("{}", 1_000_000 + mix(key) % 1_000_000)
}

fn said(code: &str, words: &str, data: &Value) -> Value {
    json!({"result": code == "200", "returnCode": code, "message": words, "data": data})
}
