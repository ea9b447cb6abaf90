//! What SF charged (清单运费查询, `EXP_RECE_QUERY_SFWAYBILL`): one number at a time, and nothing
//! before the parcel was fetched. Written from the facts collected of that service and from nothing
//! of the station's client.

use super::{
    super::{book::Book, trip::Trips},
    No, text,
};
use serde_json::{Value, json};

/// The service's answer.
pub fn answer(book: &Book, trips: &Trips, data: &Value) -> Result<Value, No> {
    let asked = text(data, "trackingNum");
    // One number; several are another service's.
    if asked.is_empty() || asked.contains(',') {
        return Err(("S0002", "必传参数为空"));
    }
    let order = match text(data, "trackingType") {
        "1" => book.order(asked).map(|(order, _)| order),
        "2" => book.by_number(asked),
        _ => return Err(("S0002", "必传参数为空")),
    };
    let order = order.ok_or(("8018", "未获取到订单信息"))?;
    let no = text(order, "LogisticCode");
    let fetched = !trips.so_far(book, no, false).is_empty();
    let fee = |kind: &str, name: &str, yuan: Value| {
        json!({"type": kind, "name": name, "value": yuan, "paymentTypeCode": "1",
               "settlementTypeCode": "2", "customerAcctCode": "7550001234"})
    };
    // Numbers and texts mixed, as SF does; a part that is not settled has no sum yet.
    let fees = match fetched {
        true => vec![
            fee("1", "运费", json!(18.0)),
            fee("3", "保价", json!("1.50")),
            fee("59", "附加费", Value::Null),
        ],
        false => Vec::new(),
    };
    let info = json!({"waybillNo": no, "orderId": order["OrderCode"], "waybillChilds": "",
        "meterageWeightQty": 1.5, "realWeightQty": 1.32, "productName": "练习标快"});
    Ok(json!({"success": true, "errorCode": "S0000", "errorMsg": null,
              "msgData": {"waybillInfo": info, "waybillFeeList": fees}}))
}
