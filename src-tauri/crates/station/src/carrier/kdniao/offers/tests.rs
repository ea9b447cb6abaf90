//! Documented answers to the questions beside numbers, and what is asked.

use super::*;
use crate::outside::{Answer, HttpError, Request};
use std::sync::Mutex;

/// A network that says one thing and remembers what it was asked.
struct Canned(&'static str, Mutex<Vec<Request>>);

impl Http for Canned {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        self.1.lock().unwrap().push(request);
        let body = self.0.as_bytes().to_vec();
        Box::pin(async move { Ok(Answer { status: 200, body }) })
    }
}

fn http(body: &'static str) -> Canned {
    Canned(body, Mutex::default())
}

fn now<T>(later: Later<'_, T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(later)
}

fn way() -> Way {
    let at = |province: &str, city: &str, district: &str, detail: &str| {
        let [province, city, district, detail] =
            [province, city, district, detail].map(str::to_owned);
        Address { province, city, district, detail, ..Address::default() }
    };
    Way {
        from: at("广东省", "深圳市", "南山区", "示例路1号A座101"),
        to: at("北京市", "北京市", "朝阳区", "样例街2号院3号楼402"),
        weight_g: 3_000,
        insured_fen: None,
    }
}

fn kdniao() -> Kdniao {
    Kdniao::new(super::super::Account::new("A", "ZTO", "1234567", "k"))
}

/// `RequestData` and the path it went to.
fn asked(http: &Canned) -> (String, serde_json::Value) {
    let sent = http.1.lock().unwrap();
    let body: Vec<(String, String)> = serde_urlencoded::from_bytes(&sent[0].body).unwrap();
    let data = &body.iter().find(|field| field.0 == "RequestData").unwrap().1;
    (sent[0].url.clone(), serde_json::from_str(data).unwrap())
}

#[test]
fn prices_are_fen_whether_they_come_as_numbers_or_texts() {
    let http = http(
        r#"{"Success":true,"ResultCode":"100","Data":[
            {"shipperCode":"YTO","weight":3,"cost":12.0,"totalFee":12.0},
            {"shipperCode":"JTSD","cost":"11.3","totalFee":"11.3"},
            {"shipperCode":"STO","totalFee":"十元"},
            {"shipperCode":"","totalFee":5},
            {"shipperCode":"YD","totalFee":11.955}]}"#,
    );
    let quotes = now(kdniao().quote(&http, &way())).unwrap();
    let read: Vec<_> = quotes.iter().map(|one| (one.carrier.as_str(), one.total_minor)).collect();
    assert_eq!(read, [("YTO", 1_200), ("JTSD", 1_130), ("YD", 1_195)]);
    let (url, data) = asked(&http);
    assert_eq!(url, "https://api.kdniao.com/api/OOrderService");
    assert_eq!((&data["Weight"], &data["ShipperType"]), (&3.0.into(), &5.into()));
    assert_eq!(data["Receiver"]["ProvinceName"], "北京");
    assert_eq!(data["Receiver"]["CityName"], "北京市");
}

#[test]
fn reach_is_a_yes_or_a_no_and_a_wrong_account_is_neither() {
    let reach = |body| now(kdniao().reach(&http(body), &way()));
    let yes = reach(r#"{"Success":true,"ResultCode":"100","Reason":"成功"}"#).unwrap();
    assert!(yes.yes);
    let no = reach(r#"{"Success":false,"ResultCode":"105","Reason":"超出服务范围"}"#).unwrap();
    assert_eq!(no, Reach { yes: false, said: "超出服务范围".into() });
    let account = reach(r#"{"Success":false,"ResultCode":"102","Reason":"签名"}"#);
    assert!(matches!(account, Err(CarrierError::Refused { fix: Fix::EditAccount, .. })));
    for unclear in ["{}", r#"{"Success":true,"ResultCode":"105"}"#] {
        assert!(matches!(reach(unclear), Err(CarrierError::Unknown { .. })), "{unclear}");
    }
}

#[test]
fn a_time_is_the_carriers_words_and_its_hours() {
    let http = http(
        r#"{"Success":true,"ResultCode":"100","Data":{"ShipperCode":"ZTO","Hour":"42h",
            "DeliveryDate":"2026-01-03","DeliveryTime":"01月03日下午可达"}}"#,
    );
    // 2026-01-01 10:00 UTC.
    let eta = now(kdniao().estimate(&http, &way(), 1_767_261_600_000)).unwrap();
    assert_eq!(eta, Eta { when: "01月03日下午可达".into(), hours: Some(42) });
    let (url, data) = asked(&http);
    assert_eq!(url, "https://api.kdniao.com/api/dist");
    assert_eq!(data["CatchTime"], "2026-01-01 18:00:00");
    assert_eq!(data["ReceiveAddress"], "样例街2号院3号楼402");
}

#[test]
fn an_address_is_split_with_the_extension_of_a_virtual_number() {
    let http = http(concat!(
        r#"{"Success":true,"ResultCode":"100","Data":"{\"Name\":\"李四\",\"Mobile\":"#,
        r#"\"17000000001\",\"ExtMobile\":\"1234\",\"ProvinceName\":\"北京市\","#,
        r#"\"CityName\":\"北京市\",\"ExpAreaName\":\"朝阳区\",\"StreetName\":\"三里屯街道\","#,
        r#"\"Address\":\"样例街2号院\"}"}"#,
    ));
    let found = now(kdniao().split(&http, "李四 17000000001-1234 北京…")).unwrap().person;
    assert_eq!((found.name.as_str(), found.phone.as_str()), ("李四", "17000000001-1234"));
    assert_eq!(found.address.detail, "三里屯街道样例街2号院");
}

#[test]
fn an_address_that_is_not_whole_is_not_asked_about() {
    let http = http("{}");
    let mut way = way();
    way.to.district.clear();
    assert!(matches!(now(kdniao().quote(&http, &way)), Err(CarrierError::NotSent { .. })));
    assert!(http.1.lock().unwrap().is_empty());
}
