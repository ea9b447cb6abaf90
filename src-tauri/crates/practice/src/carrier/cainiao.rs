//! 菜鸟's side of the practice carrier: its LINK gateway. Written from the facts collected of its
//! documents in 2026-11 and from nothing of the station's client. An order asked for again gets
//! another number: no document says that it does not.

use super::{
    ask::text,
    book::{Book, Extent, Given},
    faults::Wrong,
    marks::Place,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A call that passed the gateway.
#[derive(Debug)]
pub struct Ask {
    pub msg_type: String,
    pub data: Value,
    message: String,
}

/// A "no": code and words.
pub type No = (&'static str, &'static str);

/// Takes a form apart and checks its digest.
pub fn read(body: &[u8], secret: &str) -> Result<Ask, No> {
    let form: HashMap<String, String> =
        serde_urlencoded::from_bytes(body).map_err(|_| ("S01", "非法的消息格式"))?;
    let field = |name: &str| form.get(name).filter(|value| !value.is_empty()).cloned();
    let message = field("logistics_interface").ok_or(("S01", "非法的消息格式"))?;
    if field("logistic_provider_id").is_none() {
        return Err(("S03", "非法的物流公司编号"));
    }
    let digest = STANDARD.encode(Md5::digest(format!("{message}{secret}")));
    if field("data_digest") != Some(digest) {
        return Err(("S02", "非法的数字签名"));
    }
    let msg_type = field("msg_type").ok_or(("S04", "非法的通知类型"))?;
    let data = serde_json::from_str(&message).map_err(|_| ("S05", "非法的通知内容"))?;
    Ok(Ask { msg_type, data, message })
}

/// What the order is called in faults: its `objectId`.
pub fn key(ask: &Ask) -> &str {
    text(&ask.data["tradeOrderInfoDtos"][0], "objectId")
}

/// Does what was asked.
pub fn act(book: &mut Book, ask: &Ask, wrong: &Wrong, left: u64, now_ms: i64) -> Value {
    let cp_code = text(&ask.data, "cpCode");
    let said = match ask.msg_type.as_str() {
        _ if cp_code.is_empty() => Err(("S05", "cpCode 不能为空")),
        "TMS_WAYBILL_GET" => get(book, ask, wrong, left, now_ms),
        "TMS_WAYBILL_DISCARD" => discard(book, &ask.data, wrong),
        "TMS_WAYBILL_SUBSCRIPTION_QUERY" => Ok(json!({"waybillApplySubscriptionCols": [{
            "cpCode": cp_code,
            "branchAccountCols": [{"branchCode": "571001", "quantity": left,
                "shippAddressCols": [{"province": "浙江省", "city": "杭州市"}]}],
        }]})),
        _ => Err(("S04", "非法的通知类型")),
    };
    match said {
        Ok(mut answer) => {
            // Text: both occur.
            answer["success"] = "true".into();
            answer
        }
        Err(why) => no(why),
    }
}

/// A refusal as it is sent.
pub fn no((code, words): No) -> Value {
    json!({"success": "false", "errorCode": code, "errorMsg": words})
}

fn get(book: &mut Book, ask: &Ask, wrong: &Wrong, left: u64, now_ms: i64) -> Result<Value, No> {
    let data = &ask.data;
    party(&data["sender"], "发货人信息不完整")?;
    let trades = data["tradeOrderInfoDtos"].as_array().map(Vec::as_slice).unwrap_or_default();
    let [trade] = trades else { return Err(("S05", "tradeOrderInfoDtos 每次 1 单")) };
    party(&trade["recipient"], "收件人信息不完整")?;
    let object = text(trade, "objectId");
    let things = trade["packageInfo"]["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let missing = object.is_empty()
        || object.len() > 32
        || trade["orderInfo"]["tradeOrderList"][0].as_str().is_none()
        || text(trade, "templateUrl").is_empty()
        || things.is_empty();
    if missing {
        return Err(("S05", "必填字段缺失或过长"));
    }
    if wrong.refuse {
        return Err(("CP_UNREACHABLE", "收件地址不在派送范围内"));
    }
    if left == 0 {
        return Err(("NO_QUANTITY", "面单余额不足"));
    }
    // The first time, and each further time, a number of its own.
    let nth = (1..).find(|nth| !book.knows(&named(object, *nth))).unwrap_or(1);
    let sha: String = Md5::digest(&ask.message).iter().map(|byte| format!("{byte:02x}")).collect();
    let extent = Extent { parcels: 1, slip: false, at_ms: now_ms };
    let (from, to) = (place(&data["sender"]), place(&trade["recipient"]));
    let given = book.give(&named(object, nth), text(data, "cpCode"), &sha, &from, &to, extent);
    let (Given::New(order, _) | Given::Again(order, _)) =
        given.map_err(|_| ("S07", "练习菜鸟的账本写不进去"))?
    else {
        return Err(("S07", "系统异常"));
    };
    let no = &order["LogisticCode"];
    let label = json!({
        "encryptedData": format!("AES:{}", STANDARD.encode(no.to_string())),
        "signature": "MD:cHJhY3RpY2U=",
        "templateURL": trade["templateUrl"],
        "ver": "waybill_print_secret_version_1",
    });
    let label = if wrong.no_template { Value::Null } else { label.to_string().into() };
    let one = json!({"objectId": object, "waybillCode": no, "printData": label});
    Ok(json!({ "waybillCloudPrintResponseList": [one] }))
}

/// Under what the book keeps the n-th number of an order.
fn named(object: &str, nth: u32) -> String {
    if nth == 1 { object.to_owned() } else { format!("{object}#{nth}") }
}

fn discard(book: &mut Book, data: &Value, wrong: &Wrong) -> Result<Value, No> {
    let no = text(data, "waybillCode");
    if no.is_empty() {
        return Err(("S05", "waybillCode 不能为空"));
    }
    let of = book.issued().into_iter().find(|issued| issued.waybill_no == no);
    let Some(issued) = of else { return Err(("NOT_FOUND", "面单号不存在")) };
    if wrong.refuse {
        return Ok(json!({"discardResult": false, "errorMsg": "面单已揽收"}));
    }
    book.void(&issued.order_key, no).map_err(|_| ("S07", "练习菜鸟的账本写不进去"))?;
    Ok(json!({"discardResult": "true"}))
}

fn party(of: &Value, words: &'static str) -> Result<(), No> {
    let place = &of["address"];
    let phone = !text(of, "mobile").is_empty() || !text(of, "phone").is_empty();
    let whole = ["province", "detail"].iter().all(|name| !text(place, name).is_empty());
    if phone && whole && !text(of, "name").is_empty() { Ok(()) } else { Err(("S05", words)) }
}

fn place(of: &Value) -> Place<'_> {
    let at = &of["address"];
    Place {
        province: text(at, "province"),
        city: text(at, "city"),
        district: text(at, "district"),
        detail: text(at, "detail"),
    }
}
