//! Couriers of KDNiao's contract for fetching: 1801, 1802, 1804, 1816 and push 103. A booking takes
//! its number at once and tells it when somebody is on the way; how it goes the key alone decides.
//! What 1804 and 1816 really answer was not seen: here it has the fields of push 103.

use super::{
    ask::{self, Ask, No, check_party, needed, number, text},
    book::{Book, Extent, Given},
    desk::{self, Desk},
    faults::{Wrong, mix},
    journey::Journeys,
    trip::china_time,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Who fetches under the practice contract.
const CARRIERS: [&str; 8] = ["YTO", "STO", "ZTO", "YD", "JTSD", "JD", "SF", "DBL"];
/// Where nobody fetches.
const FAR: &str = "三沙市";
/// Couriers are this part of a parcel's whole way.
const PART: i64 = 24;

/// One thing that happens: when (thousandths of the courier's time), `State`, `Reason`.
type Step = (i64, &'static str, &'static str);

const COMES: [Step; 4] = [
    (100, "102", "已分配网点"),
    (300, "103", "已分配快递员"),
    (800, "104", "已取件"),
    (1_000, "301", "订单已完成"),
];
const NOBODY: [Step; 2] = [(100, "102", "已分配网点"), (500, "99", "网点暂停服务")];
const GIVES_UP: [Step; 3] = [
    (100, "102", "已分配网点"),
    (300, "103", "已分配快递员"),
    (700, "203", "揽收失败：无法联系客户"),
];
const ARRIVED: (&str, &str) = ("3", "正常签收");

/// What a booking was asked with; forgotten with the program, unlike its number.
#[derive(Debug, Default)]
pub struct Pickups(HashMap<String, f64>);

impl Pickups {
    /// Answers one of these calls; `None`: it is none of them.
    pub fn answer(
        &mut self,
        book: &mut Book,
        journeys: &Journeys,
        ask: &Ask,
        wrong: &Wrong,
    ) -> Option<Result<Value, No>> {
        let now_ms = journeys.now_ms();
        Some(match ask.request_type.as_str() {
            "1801" => self.book(book, ask, wrong, now_ms),
            "1802" => call_off(book, journeys, ask, wrong),
            "1804" => self.tell(book, journeys, text(&ask.data, "OrderCode")),
            "1816" => {
                let code = text(&ask.data, "KdnOrderCode");
                let known = book.keys().find(|key| kdn_code(key) == code).map(str::to_owned);
                self.tell(book, journeys, &known.unwrap_or_default())
            }
            _ => return None,
        })
    }

    fn book(
        &mut self,
        book: &mut Book,
        ask: &Ask,
        wrong: &Wrong,
        now_ms: i64,
    ) -> Result<Value, No> {
        let data = &ask.data;
        check(data)?;
        let key = text(data, "OrderCode");
        let nobody = text(&data["Sender"], "CityName") == FAR;
        if !book.knows(key) && (wrong.refuse || nobody) {
            return Err(("105", "当前地区无运力".to_owned()));
        }
        let sha =
            Sha256::digest(&ask.text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let (from, to) = (desk::place(&data["Sender"]), desk::place(&data["Receiver"]));
        let carrier = match text(data, "ShipperCode") {
            "" => CARRIERS[(mix(key) % 5) as usize],
            named => named,
        };
        let extent = Extent { parcels: 1, slip: false, at_ms: now_ms };
        let code = match book.give(key, carrier, &sha, &from, &to, extent).map_err(ask::disk)? {
            Given::New(..) => "100",
            Given::Again(..) => "106",
            Given::Voided => return Err(("105", "该订单号已取消，不能再次使用".to_owned())),
        };
        self.0.insert(key.to_owned(), data["Weight"].as_f64().unwrap_or(1.0));
        // The documents show a 106 without success and without the order.
        if code == "106" || wrong.bare {
            return Err(("106", "该订单号已下单成功".to_owned()));
        }
        let order = json!({"OrderCode": key, "KDNOrderCode": kdn_code(key)});
        Ok(json!({"EBusinessID": "practice", "Success": true, "ResultCode": code,
                  "Reason": "成功", "StartDate": data["StartDate"], "EndDate": data["EndDate"],
                  "Order": order}))
    }

    /// The newest of what happened.
    fn tell(&self, book: &Book, journeys: &Journeys, key: &str) -> Result<Value, No> {
        if book.order(key).is_none() {
            return Err(("105", "订单不存在".to_owned()));
        }
        let mut answer = json!({"EBusinessID": "practice", "Success": true, "ResultCode": "100",
                                "Reason": "成功"});
        if let Some(news) = self.so_far(book, journeys, key).pop() {
            answer["Order"] = news;
        }
        Ok(answer)
    }

    /// What happened to a booking so far, oldest first, as push 103 says it.
    fn so_far(&self, book: &Book, journeys: &Journeys, key: &str) -> Vec<Value> {
        let Some((order, _)) = book.order(key) else { return Vec::new() };
        let no = text(order, "LogisticCode");
        let Some((_, born_ms)) = book.alive(no) else { return Vec::new() };
        let steps: &[Step] = match mix(key) % 16 {
            0 => &NOBODY,
            1 => &GIVES_UP,
            _ => &COMES,
        };
        let whole_ms = journeys.whole_ms() / PART;
        let arrived_ms = born_ms + journeys.whole_ms();
        let comes = steps.len() == COMES.len();
        let last = comes.then_some((arrived_ms, ARRIVED.0, ARRIVED.1));
        let weight = self.0.get(key).copied().unwrap_or(1.0);
        steps
            .iter()
            .map(|(part, state, why)| (born_ms + whole_ms * part / 1_000, *state, *why))
            .chain(last)
            .filter(|(at_ms, ..)| *at_ms <= journeys.now_ms())
            .map(|(at_ms, state, why)| line(key, order, weight, (at_ms, state, why)))
            .collect()
    }
}

fn line(key: &str, order: &Value, weight: f64, (at_ms, state, why): (i64, &str, &str)) -> Value {
    let mut line = json!({
        "EBusinessID": "practice", "CallRequestType": "1801", "OrderCode": key,
        "KDNOrderCode": kdn_code(key), "ShipperCode": order["ShipperCode"], "LogisticCode": "",
        "State": state, "CreateTime": china_time(at_ms), "FetchTime": "", "Reason": why,
        "PickerInfo": [], "Weight": weight, "Cost": 0.0, "Success": true, "OperateType": 2,
    });
    if ["103", "104", "301", "3"].contains(&state) {
        line["LogisticCode"] = order["LogisticCode"].clone();
    }
    if ["103", "104", "301"].contains(&state) {
        line["PickerInfo"] = json!([{"PersonName": "练习员", "PersonTel": "13700000000",
                                     "PickupCode": code_of(key), "PersonCode": ""}]);
    }
    if state == "301" {
        let further = ((weight.ceil() as u64).saturating_sub(1)) * 250;
        let yuan = |fen: u64| format!("{}.{:02}", fen / 100, fen % 100);
        // Sums as texts, the whole as a number: KDNiao does both.
        line["Cost"] = ((700 + further) as f64 / 100.0).into();
        line["FirstWeightAmount"] = "7.00".into();
        line["ContinuousWeightAmount"] = yuan(further).into();
        line["PackageFee"] = "2.00".into();
        for none in ["InsureAmount", "OverFee", "OtherFee"] {
            line[none] = "0.00".into();
        }
        line["OtherFeeDetail"] = "{}".into();
        line["TotalFee"] = ((900 + further) as f64 / 100.0).into();
    }
    line
}

/// KDNiao's own number of a booking.
fn kdn_code(key: &str) -> String {
    format!("KDN{:016}", mix(key) % 10_000_000_000_000_000)
}

fn code_of(key: &str) -> String {
    format!("{:04}", mix(key) % 10_000)
}

fn call_off(book: &mut Book, journeys: &Journeys, ask: &Ask, wrong: &Wrong) -> Result<Value, No> {
    let key = needed(&ask.data, "OrderCode", 30)?.to_owned();
    number(&ask.data, "CancelType", 1.0, 11.0)?;
    needed(&ask.data, "CancelMsg", 60)?;
    let Some((order, _)) = book.order(&key) else {
        return Err(("105", "订单不存在".to_owned()));
    };
    let no = text(order, "LogisticCode").to_owned();
    let since_ms = book.alive(&no).map(|(_, born_ms)| journeys.now_ms() - born_ms);
    let fetched_ms = journeys.whole_ms() / PART * COMES[2].0 / 1_000;
    if wrong.refuse || since_ms.is_some_and(|since_ms| since_ms >= fetched_ms) {
        return Err(("105", "订单已取件，不可取消".to_owned()));
    }
    match book.void(&key, &no).map_err(ask::disk)? {
        Some(true) => Ok(json!({"EBusinessID": "practice", "Success": true, "ResultCode": "100",
                                "Reason": "成功"})),
        Some(false) | None => Err(("105", "订单已取消".to_owned())),
    }
}

/// Checks a 1801 as far as the documents go.
fn check(data: &Value) -> Result<(), No> {
    needed(data, "OrderCode", 30)?;
    needed(data, "ExpType", 2)?;
    number(data, "TransportType", 1.0, 1.0)?;
    number(data, "ShipperType", 3.0, 5.0)?;
    number(data, "PayType", 1.0, 3.0)?;
    number(data, "Weight", 0.001, 1_000.0)?;
    number(data, "Quantity", 1.0, 1.0)?;
    let carrier = text(data, "ShipperCode");
    if !carrier.is_empty() && !CARRIERS.contains(&carrier) {
        return Err(("105", "没有指定快递公司权限".to_owned()));
    }
    check_party(&data["Sender"])?;
    check_party(&data["Receiver"])?;
    let (from, to) = (needed(data, "StartDate", 19)?, needed(data, "EndDate", 19)?);
    let shape = |moment: &str| {
        moment.len() == 19 && moment.as_bytes()[10] == b' ' && moment.as_bytes()[4] == b'-'
    };
    let hour = |moment: &str| moment.get(11..13).and_then(|hour| hour.parse::<u32>().ok());
    let open = hour(from).is_some_and(|hour| hour >= 9) && hour(to).is_some_and(|hour| hour <= 19);
    if !shape(from) || !shape(to) || to <= from || !open {
        return Err(("103", "预约时间不对".to_owned()));
    }
    let goods = data["Commodity"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut chars = 0;
    for one in goods {
        chars += needed(one, "GoodsName", 50)?.chars().count();
        number(one, "GoodsQuantity", 1.0, 1_000_000.0)?;
    }
    match (goods.len(), chars, text(data, "Remark").chars().count()) {
        (0, ..) => Err(("101", "缺少必要参数: Commodity".to_owned())),
        (_, 0..=150, 0..=60) => Ok(()),
        _ => Err(("103", "超过长度".to_owned())),
    }
}

impl Desk {
    /// The body of push 103 with the newest of each booking, signed as KDNiao signs it.
    pub fn push_couriers(&self, business_id: &str, keys: &[&str]) -> Vec<u8> {
        let data: Vec<Value> = keys
            .iter()
            .filter_map(|key| self.pickups.so_far(&self.book, &self.journeys, key).pop())
            .collect();
        let text = json!({"EBusinessID": business_id, "Count": data.len().to_string(),
                          "PushTime": china_time(self.journeys.now_ms()), "Data": data});
        ask::write(&text.to_string(), business_id, "103", &self.api_key)
    }
}
