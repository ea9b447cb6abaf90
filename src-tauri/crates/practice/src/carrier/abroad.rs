//! Parcels of carriers abroad as KDNiao's other host tells of them (7101, 7108): where the clock of
//! each place is its own. Numbers are nobody's here: each begins its way when it is first heard of.

use super::{
    ask::{Ask, text},
    faults::{Wrong, mix},
    trip::china_time,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Carriers that are followed there.
const CARRIERS: [&str; 7] = ["DHL", "UPS", "FEDEX", "FEDEXCN", "TNT", "ARAMEX", "USPS"];

/// One thing that will happen: thousandths of the way, code, place, its hours ahead of UTC, words.
struct Step(i64, &'static str, &'static str, i64, &'static str);

const WAY: [Step; 6] = [
    Step(60, "2", "HANGZHOU,,CN", 8, "Picked up"),
    Step(200, "220", "SHANGHAI,,CN", 8, "Departed from airport"),
    Step(400, "222", "ANCHORAGE,AK,US", -9, "Arrived in destination country"),
    Step(450, "605", "ANCHORAGE,AK,US", -9, "Handed over to customs"),
    Step(600, "603", "LOUISVILLE,KY,US", -5, "Customs cleared"),
    Step(850, "202", "STOCKTON,CA,US", -8, "Out for delivery"),
];
const SIGNED: Step = Step(1_000, "305", "STOCKTON,CA,US", -8, "Delivered, signed by receiver");
const REFUSED: Step = Step(1_000, "404", "STOCKTON,CA,US", -8, "Refused by receiver");

/// When each number was first heard of, ms UTC.
#[derive(Debug, Default)]
pub struct Abroad {
    first_ms: HashMap<String, i64>,
}

impl Abroad {
    /// The answer to 7101 and 7108. There are no result codes: a "no" is a word alone.
    pub fn answer(&mut self, ask: &Ask, wrong: &Wrong, now_ms: i64, whole_ms: i64) -> Value {
        let (no, shipper) = (text(&ask.data, "LogisticCode"), text(&ask.data, "ShipperCode"));
        let mut answer = json!({"EBusinessID": "practice", "ShipperCode": shipper,
            "LogisticCode": no, "Success": false, "Reason": null});
        let is_no = (8..=40).contains(&no.len()) && no.bytes().all(|it| it.is_ascii_alphanumeric());
        let reason = match () {
            () if wrong.refuse => "没有可用套餐",
            () if !CARRIERS.contains(&shipper) || !is_no => "非法参数",
            () => "",
        };
        if !reason.is_empty() {
            answer["Reason"] = reason.into();
            return answer;
        }
        let first_ms = *self.first_ms.entry(no.to_owned()).or_insert(now_ms);
        answer["Success"] = true.into();
        if ask.request_type == "7108" {
            answer["UpdateTime"] = china_time(now_ms).into();
            return answer;
        }
        let last = if mix(no).is_multiple_of(8) { REFUSED } else { SIGNED };
        let mut told = Vec::new();
        for Step(part, code, place, ahead_h, words) in WAY.into_iter().chain([last]) {
            let at_ms = first_ms + whole_ms * part / 1_000;
            if at_ms <= now_ms {
                let at = china_time(at_ms + (ahead_h - 8) * 3_600_000).replace(' ', "T");
                let zone =
                    format!("{}{:02}:00", if ahead_h < 0 { '-' } else { '+' }, ahead_h.abs());
                told.push(json!({"AcceptTime": at, "AcceptStation": words, "Location": place,
                    "Action": code, "Timezone": zone, "Remark": ""}));
            }
        }
        if let Some(newest) = told.last_mut().filter(|_| wrong.odd_word) {
            newest["Action"] = "999".into();
        }
        let newest = told.last().cloned().unwrap_or_default();
        let code = text(&newest, "Action");
        answer["State"] = code.get(..1).unwrap_or("0").into();
        answer["StateEx"] = code.into();
        answer["Location"] = newest["Location"].clone();
        answer["Traces"] = told.into();
        answer
    }
}
