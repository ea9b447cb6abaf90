//! Where parcels are: each number goes its way from the moment it was issued, by a plan that the
//! number alone decides. KDNiao's 1002, 8001, 8002 and 2002 and SF's routes are answered from it.

use super::{
    Options,
    ask::{self, Ask, No, text},
    book::Book,
    desk::Desk,
    faults::{Wrong, mix},
    marks, sf,
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

/// One thing that happens: when (thousandths of the journey), KDNiao's `StateEx`, SF's `opCode`, at
/// the destination or not yet, and the sentence behind the place.
struct Step(i64, &'static str, &'static str, bool, &'static str);

const COMMON: [Step; 4] = [
    Step(60, "1", "50", false, "快件已揽收"),
    Step(150, "206", "30", false, "快件已发往转运中心"),
    Step(350, "204", "31", false, "快件已到达转运中心"),
    Step(700, "205", "31", true, "快件已到达派件网点"),
];
const TO_THE_DOOR: [Step; 2] = [
    Step(850, "202", "44", true, "派送中，派件员 练习员，电话 13700000000"),
    Step(1_000, "301", "80", true, "已签收，签收人：本人"),
];
const TO_A_LOCKER: [Step; 3] = [
    Step(850, "202", "44", true, "派送中，派件员 练习员，电话 13700000000"),
    Step(900, "211", "44", true, "快件已放入练习快递柜，请凭取件码取件"),
    Step(1_300, "311", "80", true, "已从快递柜取出"),
];
const LATE: [Step; 3] = [
    Step(850, "416", "70", true, "收件人电话无法接通，改日再派"),
    Step(1_200, "202", "44", true, "再次派送中"),
    Step(1_300, "301", "80", true, "已签收，签收人：前台"),
];
const BACK: [Step; 3] = [
    Step(850, "404", "33", true, "收件人拒收"),
    Step(950, "407", "99", true, "快件退回中"),
    Step(1_600, "406", "648", false, "退回件已签收"),
];

/// Carriers that answer only who knows the end of a phone.
const WANT_PHONE: [&str; 3] = ["SF", "ZTO", "KYSY"];

/// All ways of all parcels.
#[derive(Debug)]
pub struct Journeys {
    whole_ms: i64,
    clock: Clock,
}

/// What has happened to one number.
struct Told {
    at_ms: i64,
    code: &'static str,
    op_code: &'static str,
    place: String,
    words: &'static str,
}

impl Journeys {
    pub fn new(options: &Options) -> Self {
        Self { whole_ms: options.journey_ms.max(1), clock: options.clock.clone() }
    }

    pub fn now_ms(&self) -> i64 {
        (self.clock.0)()
    }

    /// What has happened to a number so far, oldest first.
    fn so_far(&self, book: &Book, no: &str) -> Vec<Told> {
        let Some((order, born_ms)) = book.alive(no) else { return Vec::new() };
        let ending = match mix(no) % 16 {
            0 => &BACK[..],
            1 | 2 => &LATE[..],
            3..=5 => &TO_A_LOCKER[..],
            _ => &TO_THE_DOOR[..],
        };
        let now_ms = self.now_ms();
        let when = |thousandths: i64| born_ms + self.whole_ms * thousandths / 1_000;
        COMMON
            .iter()
            .chain(ending)
            .filter(|step| when(step.0) <= now_ms)
            .map(|&Step(thousandths, code, op_code, arrived, words)| {
                let place = if arrived { "DestinatioName" } else { "OriginName" };
                let place = format!("{}市", text(order, place).trim_end_matches('市'));
                Told { at_ms: when(thousandths), code, op_code, place, words }
            })
            .collect()
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
        let told = self.so_far(book, no);
        if told.is_empty() {
            return shortly(true, "暂无轨迹信息");
        }
        self::trail(&ask.data, &told, ask.request_type != "1002", wrong.odd_word)
    }

    /// `RequestData` of a push: all that has happened to these numbers.
    pub fn told(&self, book: &Book, business_id: &str, finely: bool, numbers: &[&str]) -> Value {
        let one = |no: &&str| {
            let (order, _) = book.alive(no)?;
            let ask = json!({"LogisticCode": no, "OrderCode": order["OrderCode"],
                             "ShipperCode": order["ShipperCode"]});
            let told = self.so_far(book, no);
            if told.is_empty() {
                return None;
            }
            let mut trail = self::trail(&ask, &told, finely, false);
            trail["EBusinessID"] = business_id.into();
            trail["CallBack"] = "".into();
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
                let told = if seen { self.so_far(book, no) } else { Vec::new() };
                json!({"mailNo": no, "routes": steps(&told, wrong.odd_word)})
            })
            .collect();
        Ok(json!({"success": true, "errorCode": "S0000", "errorMsg": null,
                  "msgData": {"routeResps": answers}}))
    }
}

impl Desk {
    /// The body of a push, signed as KDNiao signs it: 101, or 102 with its finer states.
    pub fn push(&self, business_id: &str, request_type: &str, numbers: &[&str]) -> Vec<u8> {
        let finely = request_type == "102";
        let data = self.journeys.told(&self.book, business_id, finely, numbers).to_string();
        ask::write(&data, business_id, request_type, &self.api_key)
    }
}

fn steps(told: &[Told], odd_word: bool) -> Vec<Value> {
    let newest = told.len().saturating_sub(1);
    let step = |(n, it): (usize, &Told)| {
        let odd = odd_word && n == newest;
        json!({"acceptTime": china_time(it.at_ms), "acceptAddress": it.place,
               "remark": it.words, "opCode": if odd { "777" } else { it.op_code }})
    };
    told.iter().enumerate().map(step).collect()
}

fn trail(data: &Value, told: &[Told], finely: bool, odd_word: bool) -> Value {
    let newest = told.len().saturating_sub(1);
    let word = |n: usize| if odd_word && n == newest { "999" } else { told[n].code };
    let traces: Vec<Value> = (0..told.len())
        .map(|n| {
            let it = &told[n];
            let mut trace = json!({"AcceptTime": china_time(it.at_ms), "Remark": "",
                "AcceptStation": format!("【{}】{}", it.place, it.words)});
            if finely {
                trace["Location"] = it.place.clone().into();
                trace["Action"] = word(n).into();
            }
            trace
        })
        .collect();
    let mut answer = json!({
        "EBusinessID": "practice", "OrderCode": text(data, "OrderCode"),
        "ShipperCode": text(data, "ShipperCode"), "LogisticCode": text(data, "LogisticCode"),
        "Success": true, "Reason": null, "State": &word(newest)[..1], "Traces": traces,
    });
    if finely {
        answer["StateEx"] = word(newest).into();
        answer["Location"] = told[newest].place.clone().into();
    }
    answer
}

/// "2026-01-31 18:20:11", China's time.
fn china_time(at_ms: i64) -> String {
    let seconds = (at_ms + 8 * 3_600_000).div_euclid(1_000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days since 1970 to a date, by eras of 400 years that begin on the first of March.
    let day = days + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, late) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!(
        "{:04}-{month:02}-{date:02} {:02}:{:02}:{:02}",
        year + era * 400 + late,
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::china_time;

    #[test]
    fn moments_are_written_in_chinas_time() {
        for (at_ms, written) in [
            (1_767_262_811_000, "2026-01-01 18:20:11"),
            (0, "1970-01-01 08:00:00"),
            (1_709_164_799_999, "2024-02-29 07:59:59"),
            (1_709_222_400_000, "2024-03-01 00:00:00"),
        ] {
            assert_eq!(china_time(at_ms), written);
        }
    }
}
