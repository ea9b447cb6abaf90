//! Where parcels are, as KDNiao (1002, 8001, 8002, 2002, pushes) and SF (routes) tell it; the ways
//! themselves are `trip`'s.

use super::{
    Options,
    abroad::Abroad,
    ask::{self, Ask, No, text},
    book::Book,
    desk::Desk,
    faults::Wrong,
    further, kuaidi100, marks, sf,
    trip::{Told, Trips, What, china_time},
};
use serde_json::{Value, json};
use std::{
    fmt,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

/// What time it is, ms UTC.
#[derive(Clone)]
pub struct Clock(pub Arc<dyn Fn() -> i64 + Send + Sync>);

impl Default for Clock {
    fn default() -> Self {
        Self(Arc::new(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        }))
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// KDNiao's `StateEx` of what happened.
fn state(what: What) -> &'static str {
    match what {
        What::Collected => "1",
        What::Sent => "206",
        What::AtHub => "204",
        What::AtOutlet => "205",
        What::Out | What::OutAgain => "202",
        What::InLocker => "211",
        What::Fetched => "311",
        What::Signed => "301",
        What::Unreachable => "416",
        What::Refused => "404",
        What::Returning => "407",
        What::Returned => "406",
        What::Odd => "999",
    }
}

/// SF's `opCode` of it.
pub(super) fn op_code(what: What) -> &'static str {
    match what {
        What::Collected => "50",
        What::Sent => "30",
        What::AtHub | What::AtOutlet => "31",
        What::Out | What::OutAgain | What::InLocker => "44",
        What::Signed | What::Fetched => "80",
        What::Unreachable => "70",
        What::Refused => "33",
        What::Returning => "99",
        What::Returned => "648",
        What::Odd => "777",
    }
}

/// Carriers that answer only who knows the end of a phone.
const WANT_PHONE: [&str; 3] = ["SF", "ZTO", "KYSY"];

/// What KDNiao and SF say of parcels.
#[derive(Debug)]
pub struct Journeys {
    trips: Trips,
    abroad: Abroad,
}

impl Journeys {
    pub fn new(options: &Options) -> Self {
        Self { trips: Trips::new(options), abroad: Abroad::default() }
    }

    /// How long a parcel is on its way, ms.
    pub fn whole_ms(&self) -> i64 {
        self.trips.whole_ms()
    }

    pub fn now_ms(&self) -> i64 {
        self.trips.now_ms()
    }

    pub fn trips(&self) -> &Trips {
        &self.trips
    }

    /// The answer to 1002, 8001 and 8002.
    pub fn tell(&self, book: &Book, ask: &Ask, wrong: &Wrong) -> Value {
        let (no, shipper) = (text(&ask.data, "LogisticCode"), text(&ask.data, "ShipperCode"));
        let shortly = |state: bool, reason: &str| {
            json!({"EBusinessID": "practice", "Success": state, "ShipperCode": shipper,
                   "LogisticCode": no, "State": "0", "Reason": reason, "Traces": []})
        };
        let code = |code: &str, reason: &str| {
            json!({"EBusinessID": "practice", "Success": false, "ResultCode": code,
                   "Reason": reason})
        };
        let tail = text(&ask.data, "CustomerName");
        let is_tail = tail.len() == 4 && tail.bytes().all(|byte| byte.is_ascii_digit());
        match () {
            () if wrong.no_quota => return code("405", "查询次数超限"),
            () if wrong.refuse => return shortly(false, "没有可用套餐"),
            () if no.is_empty() => return code("402", "缺少快递单号"),
            () if !no.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                return code("403", "单号含特殊字符");
            }
            () if !(5..=30).contains(&no.len()) => return code("404", "单号长度不符"),
            () if shipper.is_empty() && ask.request_type != "8002" => {
                return code("101", "缺少必要参数: ShipperCode");
            }
            () if WANT_PHONE.contains(&shipper) && !is_tail => {
                return shortly(false, "该快递公司的单号需提供手机号后四位");
            }
            () => {}
        }
        let told = self.trips.so_far(book, no, wrong.odd_word);
        if told.is_empty() {
            return shortly(true, "暂无轨迹信息");
        }
        self::trail(&ask.data, &told, ask.request_type != "1002")
    }

    /// The answer to 7101 and 7108.
    pub fn abroad(&mut self, ask: &Ask, wrong: &Wrong) -> Value {
        let now_ms = self.now_ms();
        self.abroad.answer(ask, wrong, now_ms, self.trips.whole_ms())
    }

    /// `RequestData` of a push: all that has happened to these numbers, with a map or without.
    pub fn told(
        &self,
        book: &Book,
        business_id: &str,
        (finely, map): (bool, bool),
        numbers: &[&str],
    ) -> Value {
        let one = |no: &&str| {
            let (order, _) = book.alive(no)?;
            let ask = json!({"LogisticCode": no, "OrderCode": order["OrderCode"],
                             "ShipperCode": order["ShipperCode"]});
            let told = self.trips.so_far(book, no, false);
            if told.is_empty() {
                return None;
            }
            let mut trail = self::trail(&ask, &told, finely);
            trail["EBusinessID"] = business_id.into();
            trail["CallBack"] = "".into();
            if map {
                let mut passed: Vec<String> = told.iter().map(|it| it.place.clone()).collect();
                passed.dedup();
                let (from, to) = (text(order, "OriginName"), text(order, "DestinatioName"));
                let drawn = further::drawn(from, &passed, to);
                for (name, value) in drawn.as_object().into_iter().flatten() {
                    trail[name] = value.clone();
                }
            }
            Some(trail)
        };
        let data: Vec<Value> = numbers.iter().filter_map(one).collect();
        json!({"EBusinessID": business_id, "PushTime": china_time(self.now_ms()),
               "Count": data.len().to_string(), "Data": data})
    }

    /// The answer to 2002.
    pub fn recognise(&self, book: &Book, ask: &Ask) -> Result<Value, No> {
        let no = text(&ask.data, "LogisticCode");
        if no.is_empty() {
            return Err(("402", "缺少快递单号".to_owned()));
        }
        let shippers: Vec<Value> = match book.by_number(no) {
            Some(order) => vec![text(order, "ShipperCode")],
            None => marks::like(no),
        }
        .into_iter()
        .map(|code| json!({"ShipperCode": code, "ShipperName": format!("练习{code}")}))
        .collect();
        Ok(json!({"EBusinessID": "practice", "Success": true, "LogisticCode": no,
                  "Code": "100", "Shippers": shippers}))
    }

    /// The service's answer to `EXP_RECE_SEARCH_ROUTES`.
    pub fn routes(&self, book: &Book, data: &Value, wrong: &Wrong) -> Result<Value, sf::No> {
        let numbers = data["trackingNumber"].as_array().map(Vec::as_slice).unwrap_or_default();
        let by_key = match text(data, "trackingType") {
            "1" => false,
            "2" => true,
            _ => return Err(("1001", "必填参数为空")),
        };
        if numbers.is_empty() || text(data, "methodType") != "1" {
            return Err(("1001", "必填参数为空"));
        }
        let answers: Vec<Value> = numbers
            .iter()
            .filter_map(Value::as_str)
            .map(|asked| {
                let order = if by_key { book.order(asked) } else { None };
                let no = order.as_ref().map_or(asked, |(order, _)| text(order, "LogisticCode"));
                let seen = by_key || text(data, "checkPhoneNo").len() == 4;
                let told = match seen {
                    true => self.trips.so_far(book, no, wrong.odd_word),
                    false => Vec::new(),
                };
                json!({"mailNo": no, "routes": steps(&told)})
            })
            .collect();
        Ok(json!({"success": true, "errorCode": "S0000", "errorMsg": null,
                  "msgData": {"routeResps": answers}}))
    }
}

impl Desk {
    /// The body of a push, signed as KDNiao signs it: 101, or 102 with its finer states.
    pub fn push(&self, business_id: &str, request_type: &str, numbers: &[&str]) -> Vec<u8> {
        let finely = (request_type == "102", false);
        let data = self.journeys.told(&self.book, business_id, finely, numbers).to_string();
        ask::write(&data, business_id, request_type, &self.api_key)
    }

    /// The same of 102 with the maps that 8005 brings.
    pub fn push_maps(&self, business_id: &str, numbers: &[&str]) -> Vec<u8> {
        let data = self.journeys.told(&self.book, business_id, (true, true), numbers).to_string();
        ask::write(&data, business_id, "102", &self.api_key)
    }

    /// A push of when these are expected, in an invented form: no document shows one.
    pub fn push_etas(&self, business_id: &str, numbers: &[&str]) -> Vec<u8> {
        let parcels: Vec<Value> = numbers.iter().map(|no| further::expected(no)).collect();
        let data = json!({"EBusinessID": business_id, "Count": parcels.len(), "Data": parcels});
        ask::write(&data.to_string(), business_id, "106", &self.api_key)
    }

    /// The body of a push of Kuaidi100's of a subscribed number, signed with this salt.
    pub fn push_kuaidi100(&self, number: &str, salt: &str) -> Option<Vec<u8>> {
        kuaidi100::push(self.journeys.trips(), &self.book, number, salt)
    }

    /// The body of a callback of Kuaidi100's about a booked courier, signed with this salt.
    pub fn call_kuaidi100(&self, key: &str, salt: &str) -> Option<Vec<u8>> {
        kuaidi100::called(self.journeys.trips(), &self.book, key, salt)
    }
}

fn steps(told: &[Told]) -> Vec<Value> {
    let step = |it: &Told| {
        json!({"acceptTime": it.at(), "acceptAddress": it.place, "remark": it.words,
               "opCode": op_code(it.what)})
    };
    told.iter().map(step).collect()
}

fn trail(data: &Value, told: &[Told], finely: bool) -> Value {
    let trace = |it: &Told| {
        let mut trace = json!({"AcceptTime": it.at(), "Remark": "",
            "AcceptStation": it.sentence()});
        if finely {
            trace["Location"] = it.place.clone().into();
            trace["Action"] = state(it.what).into();
        }
        trace
    };
    let traces: Vec<Value> = told.iter().map(trace).collect();
    let newest = told.last().expect("nobody tells of nothing");
    let word = state(newest.what);
    let mut answer = json!({
        "EBusinessID": "practice", "OrderCode": text(data, "OrderCode"),
        "ShipperCode": text(data, "ShipperCode"), "LogisticCode": text(data, "LogisticCode"),
        "Success": true, "Reason": null, "State": &word[..1], "Traces": traces,
    });
    if finely {
        answer["StateEx"] = word.into();
        answer["Location"] = newest.place.clone().into();
    }
    answer
}
