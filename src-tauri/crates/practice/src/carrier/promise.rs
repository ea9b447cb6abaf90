//! What SF promises of a way (`EXP_RECE_QUERY_DELIVERTM`): when and for how much. Written from the
//! page of that service and from nothing of the station's client.

use super::{ask::text, sf::No, trip::china_time};
use serde_json::{Value, json};

/// Its products: code, name, hours on the way, yuan for the first kilogram and for each more.
const PRODUCTS: [(&str, &str, i64, f64, f64); 3] = [
    ("1", "顺丰特快", 24, 23.0, 13.0),
    ("2", "顺丰标快", 48, 18.0, 8.0),
    ("6", "顺丰即日", 8, 35.0, 15.0),
];

/// The service's answer.
pub fn answer(data: &Value, now_ms: i64) -> Result<Value, No> {
    let (from, to) = (&data["srcAddress"], &data["destAddress"]);
    let placed = |at: &Value| !text(at, "province").is_empty() && !text(at, "city").is_empty();
    if !placed(from) || !placed(to) {
        return Err(("S0002", "必传参数为空"));
    }
    let kilograms = data["weight"].as_f64().unwrap_or(1.0);
    if kilograms <= 0.0 {
        return Err(("S0006", "参数 weight 不能小于 0"));
    }
    let priced = match data.get("searchPrice") {
        None => false,
        Some(asked) if asked == "0" => false,
        Some(asked) if asked == "1" => true,
        Some(_) => return Err(("S0007", "参数 searchPrice 类型错误")),
    };
    let asked = text(data, "businessType");
    let wanted = PRODUCTS.iter().filter(|product| asked.is_empty() || product.0 == asked);
    let promises: Vec<Value> = wanted
        .map(|(code, name, hours, first, next)| {
            let more = (kilograms - 1.0).max(0.0).ceil();
            let fee = if priced { json!(first + more * next) } else { Value::Null };
            let until = china_time(now_ms + hours * 3_600_000);
            json!({"businessType": code, "businessTypeDesc": name, "fee": fee,
                   "deliverTime": format!("{until},{until}"), "closeTime": null,
                   "searchPrice": if priced { "1" } else { "0" }})
        })
        .collect();
    Ok(json!({"success": true, "errorCode": "S0000", "errorMsg": null,
              "msgData": {"deliverTmDto": promises}}))
}
