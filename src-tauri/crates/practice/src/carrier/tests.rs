//! The practice carrier over a real socket, asked by hand-made requests.

use super::*;
use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Sends one request; the answer's status and body, or `None` when the connection just closes.
async fn ask(port: u16, request_type: &str, data: &str) -> Option<(u16, String)> {
    let digest = Md5::digest(format!("{data}practice"));
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let sign = STANDARD.encode(hex);
    let body = serde_urlencoded::to_string([
        ("RequestData", data),
        ("EBusinessID", "test1000000"),
        ("RequestType", request_type),
        ("DataSign", &sign),
        ("DataType", "2"),
    ])
    .unwrap();
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok()?;
    let head = format!(
        "POST /api/EOrderService HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    let answer = String::from_utf8(answer).unwrap_or_default();
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}

async fn json_of(port: u16, request_type: &str, data: &Value) -> Value {
    let (status, body) = ask(port, request_type, &data.to_string()).await.unwrap();
    assert_eq!(status, 200);
    serde_json::from_str(&body).unwrap()
}

/// A request that nothing is wrong with.
fn order(key: &str) -> Value {
    let party = |name: &str, city: &str, area: &str| {
        json!({"Name": name, "Mobile": "13800000001", "ProvinceName": "浙江省", "CityName": city,
               "ExpAreaName": area, "Address": "示例路1号"})
    };
    json!({"OrderCode": key, "ShipperCode": "YTO", "PayType": 1, "ExpType": "1", "Quantity": 1,
           "Sender": party("张三", "杭州市", "余杭区"),
           "Receiver": party("李四", "宁波市", "鄞州区"),
           "Commodity": [{"GoodsName": "书籍", "Goodsquantity": 1}]})
}

async fn start(faults: Faults) -> RunningCarrier {
    Carrier::start(Options { faults, ..Options::default() }).await.unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[tokio::test]
async fn an_order_has_one_number_for_ever_and_none_after_a_void() {
    let carrier = start(Faults::default()).await;
    let first = json_of(carrier.port(), "1007", &order("K1")).await;
    assert_eq!((text(&first["ResultCode"]), &first["Success"]), ("100", &Value::Bool(true)));
    let no = text(&first["Order"]["LogisticCode"]).to_owned();
    assert!(no.starts_with("YT") && no.len() == 15);
    assert!(text(&first["Order"]["MarkDestination"]).starts_with("574-"));
    assert_eq!(text(&first["Order"]["PackageName"]), "宁波集散包 ");

    let again = json_of(carrier.port(), "1007", &order("K1")).await;
    assert_eq!(text(&again["ResultCode"]), "106");
    assert_eq!(again["Order"], first["Order"]);
    let mut other = order("K1");
    other["Remark"] = "换了".into();
    assert_eq!(json_of(carrier.port(), "1007", &other).await["Order"], first["Order"]);

    let mut void = json!({"ShipperCode": "YTO", "OrderCode": "K1", "ExpNo": "YT0"});
    assert_eq!(text(&json_of(carrier.port(), "1147", &void).await["ResultCode"]), "105");
    void["ExpNo"] = no.as_str().into();
    for _ in 0..2 {
        assert_eq!(text(&json_of(carrier.port(), "1147", &void).await["ResultCode"]), "100");
    }
    assert_eq!(text(&json_of(carrier.port(), "1007", &order("K1")).await["ResultCode"]), "105");

    let issued = carrier.issued();
    assert_eq!(issued.len(), 1);
    assert_eq!((issued[0].order_key.as_str(), issued[0].waybill_no.as_str()), ("K1", no.as_str()));
    assert_eq!((issued[0].asked, issued[0].altered, issued[0].voided), (4, 1, true));
}

#[tokio::test]
async fn what_the_manual_forbids_is_refused() {
    let carrier = start(Faults::default()).await;
    let refused = |change: fn(&mut Value)| {
        let mut asked = order("K1");
        change(&mut asked);
        let port = carrier.port();
        async move { text(&json_of(port, "1007", &asked).await["ResultCode"]).to_owned() }
    };
    assert_eq!(refused(|o| o["Receiver"]["Name"] = "".into()).await, "101");
    assert_eq!(refused(|o| o["Receiver"]["Address"] = "3# 楼".into()).await, "103");
    assert_eq!(refused(|o| o["Receiver"]["Mobile"] = "没有".into()).await, "103");
    assert_eq!(refused(|o| o["Receiver"]["ProvinceName"] = "上海市".into()).await, "105");
    assert_eq!(refused(|o| o["Commodity"] = json!([])).await, "101");
    assert_eq!(refused(|o| o["OrderCode"] = "K".repeat(31).into()).await, "103");
    assert_eq!(refused(|o| o["ShipperCode"] = "JD".into()).await, "101");
    assert_eq!(refused(|o| o["ShipperCode"] = "JTSD".into()).await, "101");
    assert!(carrier.issued().is_empty());
}

#[tokio::test]
async fn account_fields_are_asked_for_when_told_so() {
    let options = Options { account_fields: true, ..Options::default() };
    let carrier = Carrier::start(options).await.unwrap();
    let mut asked = order("K1");
    assert_eq!(text(&json_of(carrier.port(), "1007", &asked).await["ResultCode"]), "101");
    (asked["CustomerName"], asked["MonthCode"]) = ("K0".into(), "x".into());
    assert_eq!(text(&json_of(carrier.port(), "1007", &asked).await["ResultCode"]), "100");
}

#[tokio::test]
async fn numbers_run_out() {
    let options = Options { balance: 1, ..Options::default() };
    let carrier = Carrier::start(options).await.unwrap();
    let port = carrier.port();
    let left = |answer: &Value| answer["EorderBalance"]["AvailableNum"].as_u64();
    let asked = json!({"ShipperCode": "YTO", "CustomerName": "K0"});
    assert_eq!(left(&json_of(port, "1127", &asked).await), Some(1));
    assert_eq!(text(&json_of(port, "1007", &order("K1")).await["ResultCode"]), "100");
    assert_eq!(left(&json_of(port, "1127", &asked).await), Some(0));
    assert_eq!(text(&json_of(port, "1007", &order("K2")).await["ResultCode"]), "105");
    assert_eq!(text(&json_of(port, "1007", &order("K1")).await["ResultCode"]), "106");
}

#[tokio::test]
async fn a_journal_outlives_the_program_even_cut() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("issued.jsonl");
    let options = Options { journal: Some(journal.clone()), ..Options::default() };
    let carrier = Carrier::start(options.clone()).await.unwrap();
    let first = json_of(carrier.port(), "1007", &order("K1")).await;
    let second = json_of(carrier.port(), "1007", &order("K2")).await;
    let no = text(&second["Order"]["LogisticCode"]);
    let void = json!({"ShipperCode": "YTO", "OrderCode": "K2", "ExpNo": no});
    json_of(carrier.port(), "1147", &void).await;
    carrier.stop().await;

    let whole = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, [whole.as_slice(), b"{\"issued\":{\"order_k"].concat()).unwrap();
    let carrier = Carrier::start(options).await.unwrap();
    let again = json_of(carrier.port(), "1007", &order("K1")).await;
    assert_eq!((text(&again["ResultCode"]), &again["Order"]), ("106", &first["Order"]));
    assert_eq!(text(&json_of(carrier.port(), "1007", &order("K2")).await["ResultCode"]), "105");
    json_of(carrier.port(), "1007", &order("K3")).await;
    assert_eq!(carrier.issued().len(), 3);
    assert_eq!(std::fs::read_to_string(&journal).unwrap().lines().count(), 4);
}

#[tokio::test]
async fn each_fault_is_what_it_says() {
    let carrier = start(Faults::default()).await;
    let port = carrier.port();
    let count = || carrier.issued().len();
    let told = |fault: &str| {
        carrier.faults().set(Faults::from_args(&[fault]).unwrap());
    };
    let created = async |key: &str| ask(port, "1007", &order(key).to_string()).await;

    told("lose_before=1");
    assert_eq!((created("K1").await, count()), (None, 0));
    told("lose_after_commit=1");
    assert_eq!((created("K1").await, count()), (None, 1));
    told("http_429=1");
    assert_eq!((created("K2").await.unwrap().0, count()), (429, 1));
    told("refuse=1");
    assert!(created("K2").await.unwrap().1.contains("派送范围"));
    told("refuse_rate=1");
    assert!(created("K2").await.unwrap().1.contains("频繁"));
    assert_eq!(count(), 1);
    told("cut_json=1");
    let (status, body) = created("K2").await.unwrap();
    assert!(status == 200 && serde_json::from_str::<Value>(&body).is_err());
    assert_eq!(count(), 2);
    told("bare_106=1");
    let bare: Value = serde_json::from_str(&created("K3").await.unwrap().1).unwrap();
    assert_eq!((text(&bare["ResultCode"]), &bare["Order"]), ("106", &Value::Null));
    assert_eq!(count(), 3);
    told("http_502=1");
    for key in 10..20 {
        assert_eq!(created(&format!("K{key}")).await.unwrap().0, 502);
    }
    assert!((4..13).contains(&count()), "some behind the gateway, some not: {}", count());
    told("seed=1");
    assert_eq!(created("K1").await.unwrap().0, 200);
}

#[tokio::test]
async fn away_means_refused_until_it_is_back() {
    let carrier = start(Faults { away: true, ..Faults::default() }).await;
    let port = carrier.port();
    let created = async || ask(port, "1007", &order("K1").to_string()).await;
    let refused = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
    for _ in 0..3 {
        carrier.faults().set(Faults::default());
        while created().await.is_none() {
            tokio::task::yield_now().await;
        }
        carrier.faults().set(Faults { away: true, ..Faults::default() });
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_ok() {
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(carrier.issued().len(), 1);
}
