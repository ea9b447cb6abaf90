//! Reads a call as KDNiao's manual describes it, written from the manual alone: a client that
//! passes here signs, encodes and fills in its requests as KDNiao wants them.

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};
use serde_json::Value;
use std::collections::HashMap;

/// A "no": result code and the carrier's words.
pub type No = (&'static str, String);

/// A call whose form and signature are right. What it asks for may still be wrong.
#[derive(Debug)]
pub struct Ask {
    pub request_type: String,
    pub business_id: String,
    /// The signed text.
    pub text: String,
    pub data: Value,
}

/// The form of a push, with its signature.
pub fn write(text: &str, business_id: &str, request_type: &str, api_key: &str) -> Vec<u8> {
    let sign = sign(text, api_key);
    let fields = [
        ("RequestData", text),
        ("EBusinessID", business_id),
        ("RequestType", request_type),
        ("DataSign", &sign),
        ("DataType", "2"),
    ];
    serde_urlencoded::to_string(fields).unwrap_or_default().into_bytes()
}

fn sign(text: &str, api_key: &str) -> String {
    let digest = Md5::digest(format!("{text}{api_key}"));
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    STANDARD.encode(hex)
}

/// Takes a form apart and checks its signature.
pub fn read(body: &[u8], api_key: &str) -> Result<Ask, No> {
    let form: HashMap<String, String> =
        serde_urlencoded::from_bytes(body).map_err(|_| ("103", "请求不是表单格式".to_owned()))?;
    let field = |name: &str| match form.get(name).map(String::as_str) {
        None | Some("") => Err(("101", format!("缺少必要参数: {name}"))),
        Some(value) => Ok(value.to_owned()),
    };
    let business_id = field("EBusinessID")?;
    let (text, request_type) = (field("RequestData")?, field("RequestType")?);
    if field("DataType")? != "2" {
        return Err(("103", "DataType 只能是 2".to_owned()));
    }
    if field("DataSign")? != sign(&text, api_key) {
        return Err(("102", "校验问题: 签名不正确".to_owned()));
    }
    let data: Value = serde_json::from_str(&text)
        .ok()
        .filter(Value::is_object)
        .ok_or(("103", "RequestData 不是 JSON 对象".to_owned()))?;
    if let Some(at) = forbidden(&data, String::new()) {
        return Err(("103", format!("含有特殊字符: {at}")));
    }
    Ok(Ask { request_type, business_id, text, data })
}

/// Where a value holds a character that no value may hold.
fn forbidden(value: &Value, at: String) -> Option<String> {
    match value {
        Value::String(text) => {
            text.contains(['\'', '"', '#', '&', '+', '<', '>', '%', '\\']).then_some(at)
        }
        Value::Array(values) => {
            values.iter().enumerate().find_map(|(i, one)| forbidden(one, format!("{at}[{i}]")))
        }
        Value::Object(fields) => {
            fields.iter().find_map(|(name, one)| forbidden(one, format!("{at}.{name}")))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// A text of a request, "" when it is not there.
pub fn text<'a>(data: &'a Value, name: &str) -> &'a str {
    data[name].as_str().unwrap_or_default()
}

/// A text that must be there and not longer than the manual allows.
pub(super) fn needed<'a>(data: &'a Value, name: &str, chars_max: usize) -> Result<&'a str, No> {
    match text(data, name) {
        "" => Err(("101", format!("缺少必要参数: {name}"))),
        long if long.chars().count() > chars_max => Err(("103", format!("超过长度: {name}"))),
        fits => Ok(fits),
    }
}

pub(super) fn number(data: &Value, name: &str, from: f64, to: f64) -> Result<(), No> {
    match data[name].as_f64() {
        None => Err(("101", format!("缺少必要参数: {name}"))),
        Some(value) if (from..=to).contains(&value) => Ok(()),
        Some(_) => Err(("103", format!("取值不对: {name}"))),
    }
}

/// Carriers that weigh before they answer.
const WEIGHING: [&str; 10] =
    ["JD", "JDKY", "DBLKY", "ANEKY", "HTKYKY", "ZTOKY", "LB", "HOAU", "TLWL", "BETWL"];

/// Account fields without which these carriers know nobody.
const ACCOUNTS: [(&str, &[&str]); 7] = [
    ("YTO", &["CustomerName", "MonthCode"]),
    ("ZTO", &["CustomerName", "CustomerPwd"]),
    ("STO", &["CustomerName", "CustomerPwd", "SendSite"]),
    ("YD", &["CustomerName", "CustomerPwd"]),
    ("JTSD", &["CustomerName", "CustomerPwd"]),
    ("EMS", &["CustomerName", "CustomerPwd"]),
    ("JD", &["CustomerName", "WareHouseID"]),
];

/// Checks a 1007 as far as the manual goes.
pub fn check_create(data: &Value, account_fields: bool) -> Result<(), No> {
    let key = needed(data, "OrderCode", 30)?;
    if !key.is_ascii() {
        return Err(("103", "OrderCode 含有非 ASCII 字符".to_owned()));
    }
    let shipper = needed(data, "ShipperCode", 10)?;
    if let Some((_, fields)) = ACCOUNTS.iter().find(|row| account_fields && row.0 == shipper) {
        for field in *fields {
            needed(data, field, 50)?;
        }
    }
    number(data, "PayType", 1.0, 4.0)?;
    needed(data, "ExpType", 2)?;
    number(data, "Quantity", 1.0, 300.0)?;
    if WEIGHING.contains(&shipper) {
        number(data, "Weight", 0.001, 100_000.0)?;
    }
    if shipper == "JTSD" {
        number(data, "DeliveryMethod", 3.0, 6.0)?;
    }
    check_party(&data["Sender"])?;
    check_party(&data["Receiver"])?;
    let goods = data["Commodity"].as_array().map(Vec::as_slice).unwrap_or_default();
    if goods.is_empty() {
        return Err(("101", "缺少必要参数: Commodity".to_owned()));
    }
    for one in goods {
        needed(one, "GoodsName", 100)?;
    }
    for service in data["AddService"].as_array().map(Vec::as_slice).unwrap_or_default() {
        check_service(service)?;
    }
    match text(data, "Remark").chars().count() {
        0..=60 => Ok(()),
        _ => Err(("103", "超过长度: Remark".to_owned())),
    }
}

/// Sums are yuan with at most two digits behind the point.
fn check_service(service: &Value) -> Result<(), No> {
    let (name, value) = (needed(service, "Name", 20)?, needed(service, "Value", 30)?);
    let is_sum = value.split_once('.').is_some_and(|(yuan, cents)| {
        cents.len() == 2 && [yuan, cents].iter().all(|part| part.parse::<u32>().is_ok())
    });
    match name {
        "COD" | "INSURE" if !is_sum => Err(("103", format!("{name} 金额格式不对"))),
        _ => Ok(()),
    }
}

pub(super) fn check_party(party: &Value) -> Result<(), No> {
    needed(party, "Name", 30)?;
    let phones = [text(party, "Mobile"), text(party, "Tel")];
    let is_phone = |phone: &str| {
        phone.len() <= 20 && phone.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    if phones == ["", ""] {
        return Err(("101", "缺少必要参数: Mobile".to_owned()));
    }
    if !phones.into_iter().all(is_phone) {
        return Err(("103", "电话格式不对".to_owned()));
    }
    let province = needed(party, "ProvinceName", 20)?;
    let city = needed(party, "CityName", 20)?;
    needed(party, "ExpAreaName", 20)?;
    needed(party, "Address", 100)?;
    if province.ends_with('市') {
        return Err(("105", "直辖市的省份名称不带市字".to_owned()));
    }
    if ["北京", "上海", "天津", "重庆"].contains(&province) && city != format!("{province}市")
    {
        return Err(("105", "直辖市的城市名称不对".to_owned()));
    }
    Ok(())
}

/// A journal that cannot be written issues nothing.
pub fn disk(why: std::io::Error) -> No {
    ("105", format!("练习快递的账本写不进去: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The whole body of the manual's worked example (carrier list of 2026-11, vector 1).
    const BODY: &str = concat!(
        "RequestData=%7B%22ShipperCode%22%3A%22ZTO%22%2C%22LogisticCode%22%3A",
        "%2275312345678901%22%7D&EBusinessID=1234567&RequestType=1002",
        "&DataSign=Y2VlOWRhY2UzODBhNGM3NjhkM2E5ZDIzYjAxYTA2Mzk%3D&DataType=2"
    );
    const KEY: &str = "11111111-2222-3333-4444-555555555555";

    #[test]
    fn the_worked_example_is_read() {
        let ask = read(BODY.as_bytes(), KEY).unwrap();
        assert_eq!(ask.request_type, "1002");
        assert_eq!(text(&ask.data, "LogisticCode"), "75312345678901");
    }

    #[test]
    fn what_is_wrong_is_refused_with_the_manuals_code() {
        let code = |body: &str, key: &str| read(body.as_bytes(), key).unwrap_err().0;
        assert_eq!(code(BODY, "another key"), "102");
        assert_eq!(code(&BODY.replace("ZTO", "YTO"), KEY), "102");
        assert_eq!(code(&BODY.replace("&EBusinessID=1234567", ""), KEY), "101");
        assert_eq!(code(&BODY.replace("DataType=2", "DataType=1"), KEY), "103");
        let twice = BODY.replace('%', "%25");
        assert_ne!(code(&twice, KEY), "100");
    }

    #[test]
    fn forbidden_characters_are_found_wherever_they_are() {
        for bad in ['\'', '"', '#', '&', '+', '<', '>', '%', '\\'] {
            let data = json!({"A": 1, "Commodity": [{"GoodsName": format!("杯{bad}子")}]});
            let at = forbidden(&data, String::new());
            assert_eq!(at.as_deref(), Some(".Commodity[0].GoodsName"), "{bad}");
        }
        assert_eq!(forbidden(&json!({"A": "杯＆子", "B": null}), String::new()), None);
    }
}
