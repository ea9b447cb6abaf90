//! What KDNiao says of a way before anything is sent: prices (1815), reach (1814), time (6004), and
//! what stands in an address (6001). Invented, but the same for the same way every time.

use super::{
    ask::{No, text},
    faults::mix,
};
use serde_json::{Value, json};

/// Who fetches under the practice contract: first kilogram, each further one, fen.
const TARIFFS: [(&str, u64, u64); 5] =
    [("YTO", 700, 250), ("STO", 680, 260), ("JTSD", 650, 240), ("YD", 690, 250), ("ZTO", 750, 300)];
/// Where nobody fetches.
const FAR: &str = "三沙市";

/// Answers one of these questions; `None`: it is none of them.
pub fn answer(request_type: &str, data: &Value) -> Option<Result<Value, No>> {
    match request_type {
        "1814" => Some(reach(data)),
        "1815" => Some(prices(data)),
        "6001" => Some(split(data)),
        "6004" => Some(time(data)),
        _ => None,
    }
}

fn yes(data: Value) -> Value {
    let mut answer = json!({"EBusinessID": "practice", "Success": true, "ResultCode": "100",
                            "Reason": "成功"});
    if !data.is_null() {
        answer["Data"] = data;
    }
    answer
}

/// The three names and, where it is asked for, the street of a side.
fn check(place: &Value, street: bool) -> Result<(), No> {
    let mut names = vec!["ProvinceName", "CityName", "ExpAreaName"];
    names.extend(street.then_some("Address"));
    match names.into_iter().find(|name| text(place, name).is_empty()) {
        Some(name) => Err(("101", format!("缺少必要参数: {name}"))),
        None => Ok(()),
    }
}

fn of_service(data: &Value) -> Result<(), No> {
    match data["ShipperType"].as_u64() {
        Some(3..=5) => Ok(()),
        _ => Err(("103", "ShipperType 取值不对".to_owned())),
    }
}

fn reach(data: &Value) -> Result<Value, No> {
    of_service(data)?;
    check(&data["Sender"], true)?;
    check(&data["Receiver"], true)?;
    if text(&data["Receiver"], "CityName") == FAR {
        return Err(("105", "超出服务范围".to_owned()));
    }
    Ok(yes(Value::Null))
}

fn prices(data: &Value) -> Result<Value, No> {
    of_service(data)?;
    check(&data["Sender"], false)?;
    check(&data["Receiver"], false)?;
    let weight = data["Weight"].as_f64().filter(|kg| *kg > 0.0);
    let weight = weight.ok_or(("101", "缺少必要参数: Weight".to_owned()))?;
    let more = (weight.ceil() as u64).saturating_sub(1);
    let line = |(nth, (code, first, step)): (usize, (&str, u64, u64))| {
        let total_fen = first + more * step;
        let yuan = total_fen as f64 / 100.0;
        // Numbers and texts: KDNiao does both.
        let total = if nth % 2 == 0 { json!(yuan) } else { json!(yuan.to_string()) };
        json!({"shipperCode": code, "weight": weight, "firstWeight": 1, "continuousWeight": more,
               "firstWeightAmount": first as f64 / 100.0,
               "continuousWeightPrice": step as f64 / 100.0,
               "cost": total, "totalFee": total, "isSubsectionContinuousWeightPrice": 0})
    };
    Ok(yes(TARIFFS.into_iter().enumerate().map(line).collect()))
}

fn time(data: &Value) -> Result<Value, No> {
    for name in ["ShipperCode", "SendCity", "SendArea", "ReceiveCity", "ReceiveArea", "CatchTime"] {
        if text(data, name).is_empty() {
            return Err(("101", format!("缺少必要参数: {name}")));
        }
    }
    let (from, to) = (text(data, "SendCity"), text(data, "ReceiveCity"));
    let hours = 20 + mix(&format!("{from}/{to}")) % 60;
    Ok(yes(json!({"ShipperCode": data["ShipperCode"], "Hour": format!("{hours}h"),
                  "DeliveryDate": "", "DeliveryTime": format!("{hours} 小时可达"),
                  "PredictPath": format!("{from}->{to}")})))
}

/// Blanks between name, phone, the three names and the street; anything else is not understood.
fn split(data: &Value) -> Result<Value, No> {
    let parts: Vec<&str> = text(data, "Content").split_whitespace().collect();
    let [name, phone, province, city, area, street @ ..] = parts.as_slice() else {
        return Err(("105", "地址解析失败".to_owned()));
    };
    let (mobile, extension) = phone.split_once('-').unwrap_or((phone, ""));
    Ok(yes(json!({"Name": name, "Mobile": mobile, "ExtMobile": extension,
                  "ProvinceName": province, "CityName": city, "ExpAreaName": area,
                  "StreetName": "", "Address": street.concat()})))
}
