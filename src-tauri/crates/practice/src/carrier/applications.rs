//! Applications for customer numbers at outlets: 1107 takes them, push 1117 tells what came of
//! them. Written from the fields of two public programs. The same data again is another
//! application: no document says what it is at KDNiao.

use super::{
    ask::{self, Ask, No, needed, text},
    desk::Desk,
    faults::mix,
};
use serde_json::{Value, json};

/// Carriers whose outlets took applications in 2018, and the common ones of practice.
const TAKING: [&str; 9] = ["UC", "YD", "YTO", "HTKY", "ANE", "YCWL", "ZTO", "STO", "JTSD"];

/// What outlets were asked for.
#[derive(Debug, Default)]
pub struct Applications {
    /// Shipper, outlet and its name, in the order they came.
    taken: Vec<[String; 3]>,
    /// Merchant and number of those that nobody was told of yet.
    untold: Vec<(String, usize)>,
}

impl Applications {
    /// Answers 1107.
    pub fn take(&mut self, ask: &Ask, refuse: bool) -> Result<Value, No> {
        let data = &ask.data;
        let shipper = needed(data, "ShipperCode", 10)?;
        let code = needed(data, "StationCode", 50)?;
        let name = needed(data, "StationName", 50)?;
        ask::check_party(data)?;
        for field in ["ProivnceCode", "CityCode", "ExpAreaCode"] {
            let is_code =
                |code: &str| code.len() == 6 && code.bytes().all(|it| it.is_ascii_digit());
            if !matches!(text(data, field), "") && !is_code(text(data, field)) {
                return Err(("103", format!("{field} 格式不对")));
            }
        }
        if refuse || !TAKING.contains(&shipper) {
            return Err(("105", "该网点不接受在线申请电子面单账号".to_owned()));
        }
        self.taken.push([shipper, code, name].map(str::to_owned));
        self.untold.push((ask.business_id.clone(), self.taken.len()));
        Ok(json!({"EBusinessID": "practice", "Success": true, "ResultCode": "100",
                  "Reason": "申请已受理", "UniquerRequestNumber": format!("{:032x}", mix(code)),
                  "ApplyCode": key(self.taken.len())}))
    }

    /// How many were taken.
    pub fn count(&self) -> usize {
        self.taken.len()
    }

    /// What a push says of the nth, from 1.
    fn told(&self, nth: usize, refused: Option<&str>) -> Option<Value> {
        let [shipper, code, name] = self.taken.get(nth.checked_sub(1)?)?;
        let mut told = json!({"ApplyCode": key(nth), "StationCode": code, "StationName": name});
        match refused {
            Some(why) => {
                told["Success"] = false.into();
                told["Reason"] = why.into();
            }
            None => {
                told["CustomerName"] = format!("K{nth:08}").into();
                told["CustomerPwd"] = password(nth, shipper).into();
            }
        }
        Some(told)
    }
}

impl Desk {
    /// The body of push 1117 about the nth application (from 1), signed: a number, or why there is
    /// none. Empty if there is no such application.
    pub fn push_applied(&self, business_id: &str, nth: usize, refused: Option<&str>) -> Vec<u8> {
        let told = self.applications.told(nth, refused);
        let told =
            told.map(|told| ask::write(&told.to_string(), business_id, "1117", &self.api_key));
        told.unwrap_or_default()
    }

    /// What it tells by itself now, each once: merchant and push.
    pub(super) fn take_untold(&mut self) -> Vec<(String, Vec<u8>)> {
        let untold = std::mem::take(&mut self.applications.untold);
        let push = |(merchant, nth): (String, usize)| {
            let body = self.push_applied(&merchant, nth, None);
            (merchant, body)
        };
        untold.into_iter().map(push).collect()
    }

    /// How many applications were taken.
    pub fn applied(&self) -> usize {
        self.applications.count()
    }

    /// The body of push 1117 with any fields.
    pub fn push_1117(&self, business_id: &str, data: &Value) -> Vec<u8> {
        ask::write(&data.to_string(), business_id, "1117", &self.api_key)
    }
}

/// Whether KDNiao takes an answer for "heard": anything else, and the push comes again.
pub fn is_taken(business_id: &str, status: u16, answer: &str) -> bool {
    let said: Value = serde_json::from_str(answer).unwrap_or_default();
    status == 200
        && said["Success"] == true
        && said["RequestType"] == "1117"
        && said["Message"] == ""
        && said["EBusinessID"] == business_id
}

/// The password of the nth number.
fn password(nth: usize, shipper: &str) -> String {
    format!("practice-word-{nth}-{shipper}")
}

fn key(nth: usize) -> String {
    format!("PA{nth:06}")
}
