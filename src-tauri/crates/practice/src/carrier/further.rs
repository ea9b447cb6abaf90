//! What else KDNiao answers: being told of numbers (1008, 8008), when a parcel under way arrives
//! (6006), where on the map it was (8003), and outlets (6002). Invented, but the same for the same
//! question every time.

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
        "6006" => Some(time(data)),
        "8003" => Some(route(data)),
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

fn time(data: &Value) -> Result<Value, No> {
    for name in ["ShipperCode", "LogisticCode", "SendCity", "ReceiveCity", "CatchTime"] {
        needed(data, name, 100)?;
    }
    for name in ["SenderPhone", "ReceiverPhone"] {
        if !matches!(text(data, name).len(), 0 | 4 | 11) {
            return Err(("103", format!("{name} 格式不对")));
        }
    }
    let hours = 4 + mix(text(data, "LogisticCode")) % 40;
    Ok(json!({"EBusinessID": "practice", "Success": true, "ResultCode": "100", "Reason": "成功",
              "Data": {"ShipperCode": data["ShipperCode"], "LogisticCode": data["LogisticCode"],
                       "Hour": format!("{hours}h"), "DeliveryDate": "",
                       "DeliveryTime": format!("{hours} 小时可达"),
                       "LatestStation": "练习转运中心", "DeliveryMemo": ""}}))
}

fn route(data: &Value) -> Result<Value, No> {
    for name in ["ShipperCode", "LogisticCode", "SenderCityName", "ReceiverCityName"] {
        needed(data, name, 100)?;
    }
    let (from, to) =
        (degrees(text(data, "SenderCityName")), degrees(text(data, "ReceiverCityName")));
    let between = |part: f64| (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
    let written = |(lat, lng): (f64, f64)| format!("{lat:.6},{lng:.6}");
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
