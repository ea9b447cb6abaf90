//! What else KDNiao answers: being told of numbers (1008, 8008, with a map 8005), when a parcel
//! under way arrives (6006, told by 6016), where on the map it was (8003, 8004), and outlets
//! (6002). Invented, but the same for the same question every time.

use super::{
    ask::{No, needed, text},
    faults::mix,
};
use serde_json::{Value, json};

/// Answers one of these questions; `None`: it is none of them.
pub fn answer(request_type: &str, data: &Value) -> Option<Result<Value, No>> {
    match request_type {
        "1008" | "8008" => Some(Ok(subscribe(data))),
        "6002" => Some(outlets(data)),
        // Nobody documents what the wish to be told answers: like a subscription.
        "6016" => Some(time(data).map(|_| subscribe(data))),
        "6006" => Some(time(data)),
        "8003" | "8004" => Some(route(data)),
        "8005" => Some(Ok(subscribe_map(data))),
        _ => None,
    }
}

/// Subscriptions have no result code: their "no" is a word alone.
fn subscribe(data: &Value) -> Value {
    let (no, shipper) = (text(data, "LogisticCode"), text(data, "ShipperCode"));
    let good = (6..=40).contains(&no.len()) && !shipper.is_empty();
    json!({"EBusinessID": "practice", "UpdateTime": "2026-01-01 10:00:00", "Success": good,
           "Reason": if good { "" } else { "快递单号格式错误" }, "ShipperCode": shipper,
           "LogisticCode": no, "EstimatedDeliveryTime": ""})
}

/// 8005: for what is returned 1 is yes and 2 is no, and places are whole or not there.
fn subscribe_map(data: &Value) -> Value {
    let mut answer = subscribe(data);
    let whole = |party: &Value| {
        let named = ["ProvinceName", "CityName", "ExpAreaName"];
        party.is_null() || named.iter().all(|name| !text(party, name).is_empty())
    };
    let asked = |name: &str| matches!(data[name].as_u64(), None | Some(1 | 2));
    let good = whole(&data["Sender"])
        && whole(&data["Receiver"])
        && asked("IsReturnCoordinates")
        && asked("IsReturnRouteMap");
    if !good {
        answer["Success"] = false.into();
        answer["Reason"] = "参数错误".into();
        return answer;
    }
    for (party, field) in [("Sender", "SenderCityLatAndLng"), ("Receiver", "ReceiverCityLatAndLng")]
    {
        let city = text(&data[party], "CityName");
        let at = if city.is_empty() { String::new() } else { written(degrees(city)) };
        answer[field] = at.into();
    }
    answer
}

/// The fields of a map, of a parcel that was at these places on its way to a city.
pub fn drawn(from: &str, passed: &[String], to: &str) -> Value {
    let at = |place: &str| json!({"Location": place, "LatAndLng": written(degrees(place))});
    let passed: Vec<Value> = passed.iter().map(|place| at(place)).collect();
    json!({"SenderCityLatAndLng": written(degrees(from)),
           "ReceiverCityLatAndLng": written(degrees(to)), "Coordinates": passed,
           "PreCoordinates": [at(to)], "RouteMapUrl": ""})
}

fn written((lat, lng): (f64, f64)) -> String {
    format!("{lat:.6},{lng:.6}")
}

fn time(data: &Value) -> Result<Value, No> {
    for name in ["ShipperCode", "LogisticCode", "SendCity", "ReceiveCity", "CatchTime"] {
        needed(data, name, 100)?;
    }
    for name in ["SenderPhone", "ReceiverPhone"] {
        if !matches!(text(data, name).len(), 0 | 4 | 11) {
            return Err(("103", format!("{name} 格式不对")));
        }
    }
    let mut answer = json!({"EBusinessID": "practice", "Success": true, "ResultCode": "100",
                            "Reason": "成功"});
    answer["Data"] = expected(text(data, "LogisticCode"));
    answer["Data"]["ShipperCode"] = data["ShipperCode"].clone();
    Ok(answer)
}

/// When a number's parcel is expected.
pub fn expected(no: &str) -> Value {
    let hours = 4 + mix(no) % 40;
    json!({"LogisticCode": no, "Hour": format!("{hours}h"), "DeliveryDate": "",
           "DeliveryTime": format!("{hours} 小时可达"), "LatestStation": "练习转运中心",
           "DeliveryMemo": ""})
}

fn route(data: &Value) -> Result<Value, No> {
    for name in ["ShipperCode", "LogisticCode", "SenderCityName", "ReceiverCityName"] {
        needed(data, name, 100)?;
    }
    let (from, to) =
        (degrees(text(data, "SenderCityName")), degrees(text(data, "ReceiverCityName")));
    let between = |part: f64| (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
    let at =
        |place: &str, part: f64| json!({"Location": place, "LatAndLng": written(between(part))});
    let no = text(data, "LogisticCode");
    Ok(json!({"EBusinessID": "practice", "Success": true, "ResultCode": "100", "Reason": "",
              "LogisticCode": no, "ShipperCode": data["ShipperCode"], "State": "2", "Traces": [],
              "SenderCityLatAndLng": written(from), "ReceiverCityLatAndLng": written(to),
              "Coordinates": [at(text(data, "SenderCityName"), 0.0), at("练习转运中心", 0.4)],
              "PreCoordinates": [at("练习分拨中心", 0.8), at(text(data, "ReceiverCityName"), 1.0)],
              "RouteMapUrl": format!("https://practice.invalid/route/{no}")}))
}

/// A place in the middle of China, by its name alone.
fn degrees(city: &str) -> (f64, f64) {
    let part = |salt: &str, whole: u64| (mix(&format!("{salt}{city}")) % (whole * 1_000)) as f64;
    (24.0 + part("lat", 16) / 1_000.0, 100.0 + part("lng", 20) / 1_000.0)
}

fn outlets(data: &Value) -> Result<Value, No> {
    let shipper = needed(data, "ShipperCode", 10)?;
    let province = needed(data, "ProvinceName", 20)?;
    if ["SF", "JTSD"].contains(&shipper) {
        needed(data, "Address", 100)?;
    }
    let (city, area) = (text(data, "CityName"), text(data, "AreaName"));
    let point = |nth: u64| {
        json!({"ShipperCode": shipper, "ShipperName": format!("练习{shipper}"),
               "PointCode": format!("{:05}", (mix(area) + nth) % 100_000),
               "PointName": format!("练习{area}{nth}部"), "ProvinceName": province,
               "CityName": city, "AreaName": area, "StreetName": "",
               "Address": format!("练习路 {nth} 号"), "Contact": "", "Tel": "010-00000000",
               "ServiceTime": "08:00-20:00", "Longitude": "116.44", "Latitude": "39.92"})
    };
    Ok(json!({"EBusinessID": "practice", "Success": true, "ResultCode": "100", "Reason": "成功",
              "Count": 2, "ServicePointInfos": [point(1), point(2)]}))
}
