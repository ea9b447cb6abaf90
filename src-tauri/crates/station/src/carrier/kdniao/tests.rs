//! One row for each recorded answer and what it leads to, and the exact requests.

use super::*;
use crate::{
    carrier::{Child, Fix, Template},
    order::{Address, Codes, Customs, FaultCode, Item, Person},
    outside::{Answer, HttpError},
};
use std::sync::Mutex;

mod parcels;
mod services;

const ISSUED: &str = include_str!("fixtures/issued.json");
const KEY: &str = "PB-1-A";

/// A network that says one thing and remembers what it was asked.
struct Canned {
    answer: Mutex<Option<Result<Answer, HttpError>>>,
    asked: Mutex<Vec<Request>>,
}

impl Canned {
    fn new(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::from(Ok(Answer { status, body: body.as_ref().to_vec() }))
    }

    fn from(answer: Result<Answer, HttpError>) -> Self {
        Self { answer: Mutex::new(Some(answer)), asked: Mutex::default() }
    }
}

impl Http for Canned {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        self.asked.lock().unwrap().push(request);
        let answer = self.answer.lock().unwrap().take().expect("asked once");
        Box::pin(async { answer })
    }
}

fn account(shipper_code: &str) -> Account {
    Account::new("测试账号", shipper_code, "1234567", "11111111-2222-3333-4444-555555555555")
}

fn person(name: &str, phone: &str, place: [&str; 3], detail: &str) -> Person {
    let [province, city, district] = place.map(str::to_owned);
    let [detail, name, phone] = [detail, name, phone].map(str::to_owned);
    let address = Address { province, city, district, detail, ..Address::default() };
    Person { name, phone, address, ..Person::default() }
}

fn item(title: &str, quantity: u32) -> Item {
    Item { title: title.to_owned(), quantity, customs: Customs::default(), codes: Codes::default() }
}

fn consignment() -> Consignment {
    let at = ["浙江省", "杭州市", "余杭区"];
    Consignment {
        asked_at_ms: 0,
        order_key: KEY.to_owned(),
        sender: person("拾光家居", "0571-88001234", at, "仓前街道文一西路 969 号"),
        receiver: person(
            "李四🎀",
            "17000000001转1234",
            ["上海市", "上海市", "浦东新区"],
            "A&B 广场 3# 楼\u{200b}",
        ),
        items: vec![item("保温杯 480ml 雾蓝", 2), item("杯刷 长柄", 1)],
        weight_g: Some(880),
        volume_cm3: None,
        parcels: 1,
        note: "易碎，轻放".to_owned(),
        services: Services::default(),
        ..Consignment::default()
    }
}

/// What a packer is offered, in a word.
fn verdict<T>(outcome: Result<T, CarrierError>) -> Result<T, String> {
    outcome.map_err(|error| match error {
        CarrierError::NotSent { .. } => "not sent".to_owned(),
        CarrierError::Unknown { .. } => "unknown".to_owned(),
        CarrierError::Busy { .. } => "busy".to_owned(),
        CarrierError::Refused { code, fix, .. } => match fix {
            Fix::EditOrder => format!("{code} order"),
            Fix::EditAccount => format!("{code} account"),
            Fix::Wait => format!("{code} wait"),
            Fix::OtherCarrier => format!("{code} other"),
            Fix::AskCarrier => format!("{code} carrier"),
        },
    })
}

fn created(http: &Canned) -> Result<Waybill, CarrierError> {
    let kdniao = Kdniao::new(account("ZTO"));
    let stored = format!(r#"{{"OrderCode":"{KEY}"}}"#);
    futures_now(kdniao.create_waybill(http, &stored))
}

/// A recorded answer.
fn fixture(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/carrier/kdniao/fixtures/");
    std::fs::read_to_string(format!("{folder}{name}")).unwrap()
}

/// The canned network never waits, so neither does this.
fn futures_now<T>(later: Later<'_, T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(later)
}

#[test]
fn every_answer_to_a_create_leads_somewhere() {
    let zto: Result<&str, &str> = Ok("75312345678901");
    let with = |from: &str, to: &str| ISSUED.replacen(from, to, 1);
    #[rustfmt::skip]
    let rows: Vec<(&str, u16, String, Result<&str, &str>)> = vec![
        ("issued",             200, ISSUED.into(),                             zto),
        ("byte order mark",    200, format!("\u{feff}{ISSUED}"),               zto),
        ("lenient",            200, fixture("issued_lenient.json"),            zto),
        ("again, with order",  200, fixture("repeat_with_order.json"),         zto),
        ("success, new code",  200, with(r#""100""#, r#""107""#),              zto),
        ("again, bare",        200, fixture("repeat_bare.json"),               Err("unknown")),
        ("no number",          200, with("75312345678901", " "),               Err("unknown")),
        ("number no number",   200, with("75312345678901", "七五三"),             Err("unknown")),
        ("another order",      200, with("PB-1-A", "PB-2-A"),                  Err("unknown")),
        ("order is null",      200, r#"{"Success":true,"Order":null}"#.into(), Err("unknown")),
        ("success, no order",  200, r#"{"Success":true}"#.into(),              Err("unknown")),
        ("100 and false",      200, with("true", "false"),                     Err("unknown")),
        ("105 and true",       200, with(r#""100""#, r#""105""#),              Err("unknown")),
        ("nothing in it",      200, "{}".into(),                               Err("unknown")),
        ("false, no code",     200, r#"{"Success":false,"Reason":"系统异常"}"#.into(),Err("unknown")),
        ("missing field",      200, fixture("refused_101.json"),               Err("101 order")),
        ("signature",          200, fixture("refused_102.json"),               Err("102 account")),
        ("format",             200, fixture("refused_103.json"),               Err("103 order")),
        ("user",               200, fixture("refused_104.json"),               Err("104 account")),
        ("carrier says no",    200, fixture("refused_105.json"),               Err("105 carrier")),
        ("too heavy",          200, fixture("overweight_105.json"),            Err("105 carrier")),
        ("code not in manual", 200, fixture("refused_999.json"),               Err("999 carrier")),
        ("too many calls",     200, fixture("busy_105.json"),                  Err("busy")),
        ("HTTP 429",           429, "slow down".into(),                        Err("busy")),
        ("gateway page",       502, fixture("gateway.html"),                   Err("unknown")),
        ("gateway page, 200",  200, fixture("gateway.html"),                   Err("unknown")),
        ("error with a body",  500, ISSUED.into(),                             Err("unknown")),
        ("redirect",           302, String::new(),                             Err("unknown")),
        ("empty",              200, String::new(),                             Err("unknown")),
        ("cut",                200, ISSUED[..ISSUED.len() / 2].into(),         Err("unknown")),
        ("JSON of a kind",     200, r#"["Success"]"#.into(),                   Err("unknown")),
    ];
    for (name, status, body, want) in rows {
        let got = verdict(created(&Canned::new(status, body))).map(|waybill| waybill.no);
        assert_eq!(got, want.map(str::to_owned).map_err(str::to_owned), "{name}");
    }
}

#[test]
fn what_the_network_says_is_passed_on() {
    let lost = |error| created(&Canned::from(Err(error))).unwrap_err();
    assert_eq!(
        lost(HttpError::NotSent("refused".into())),
        CarrierError::NotSent { why: "refused".into() }
    );
    assert_eq!(
        lost(HttpError::Unknown("reset".into())),
        CarrierError::Unknown { why: "reset".into() }
    );
}

#[test]
fn print_data_is_read_with_the_number() {
    let read = |body: &str| created(&Canned::new(200, body)).unwrap();
    let waybill =
        |no: &str, sort_code: &str, bag_place: &str, destination: &str, qr: &str| Waybill {
            no: no.into(),
            sort_code: sort_code.into(),
            bag_place: bag_place.into(),
            destination: destination.into(),
            qr: qr.into(),
            ..Waybill::default()
        };
    let zto = "75312345678901";
    assert_eq!(read(ISSUED), waybill(zto, "113 C107 M07", "北京集散包", "北京", ""));
    assert_eq!(
        read(include_str!("fixtures/issued_lenient.json")),
        waybill(zto, "113 C107 M07", "北京顺义集散包", "北京转运中心", "")
    );
    let qr = "MMM={'k1':'010W'}";
    let sf = waybill("SF1234567890123", "010W-CD-001", "北京集散包", "北京", qr);
    assert_eq!(read(include_str!("fixtures/issued_sf.json")), sf);
    assert_eq!(read(include_str!("fixtures/issued_sf_text.json")), sf);
}

#[test]
fn the_carriers_drawing_is_kept_when_it_was_asked_for() {
    let drawing = Account { carrier_draws: true, ..account("ZTO") };
    let kdniao = Kdniao::new(Account { customer_name: "Z001".into(), ..drawing });
    let stored = kdniao.create_request(&consignment()).unwrap();
    assert!(stored.contains(r#""IsReturnPrintTemplate":"1""#), "{stored}");
    let read = |answer: &str| {
        let http = Canned::new(200, answer);
        futures_now(kdniao.create_waybill(&http, &stored)).unwrap().template
    };
    let html = "<html><body>示例面单 SAMPLE</body></html>";
    assert_eq!(read(ISSUED), Template::Here(html.as_bytes().to_vec()));
    assert_eq!(read(&ISSUED.replace(html, "")), Template::Missing);
    assert_eq!(read(&ISSUED.replace("PrintTemplate", "Other")), Template::Missing);
    assert_eq!(format!("{:?}", read(ISSUED)), "Here(45 bytes)", "names stand in it");
}

#[test]
fn the_request_is_the_manuals_to_the_byte() {
    let mut yto = account("YTO");
    yto.customer_name = "K00000000".into();
    yto.month_code = "key-x".into();
    let text = Kdniao::new(yto).create_request(&consignment()).unwrap();
    assert_eq!(text, include_str!("fixtures/request_yto.json"));

    let mut jtsd = account("JTSD");
    jtsd.customer_name = "J0086".into();
    jtsd.customer_pwd = "pwd-x".into();
    let mut ask = consignment();
    let dongguan = ["广东省", "东莞市", ""];
    ask.receiver = person("李四", "13900000002", dongguan, "南城街道示例路 1 号");
    (ask.items, ask.weight_g, ask.note) = (vec![item("🎁", 0)], None, String::new());
    let text = Kdniao::new(jtsd).create_request(&ask).unwrap();
    assert_eq!(text, include_str!("fixtures/request_jtsd.json"));

    let mut zto = account("ZTO");
    zto.customer_name = "Z001".into();
    zto.customer_pwd = "pwd-x".into();
    let text = Kdniao::new(zto).void_request(KEY, "75312345678901");
    assert_eq!(text, include_str!("fixtures/request_void.json"));
}

#[test]
fn the_stored_text_is_sent_byte_for_byte() {
    let http = Canned::new(200, ISSUED);
    let stored = format!(r#"{{ "OrderCode":"{KEY}",  "z":1.50, "a":"老 文本" }}"#);
    let kdniao = Kdniao::new(account("ZTO"));
    futures_now(kdniao.create_waybill(&http, &stored)).unwrap();
    let asked = http.asked.lock().unwrap();
    let key = "11111111-2222-3333-4444-555555555555";
    assert_eq!(asked[0].body, sign::form(&stored, "1234567", "1007", key));
    assert_eq!(asked[0].url, "https://api.kdniao.com/api/EOrderService");
    assert_eq!(asked[0].timeout, Duration::from_secs(30));
}

#[test]
fn what_cannot_be_sent_is_said_before() {
    let faults = |change: fn(&mut Consignment)| {
        let mut ask = consignment();
        change(&mut ask);
        match Kdniao::new(account("JD")).create_request(&ask) {
            Ok(_) => vec![],
            Err(faults) => faults.into_iter().map(|fault| (fault.code, fault.field)).collect(),
        }
    };
    let one = |code, field: &str| vec![(code, field.to_owned())];
    assert_eq!(faults(|_| ()), vec![]);
    assert_eq!(faults(|ask| ask.weight_g = None), one(FaultCode::WeightMissing, "weight"));
    assert_eq!(faults(|ask| ask.weight_g = Some(0)), one(FaultCode::WeightMissing, "weight"));
    assert_eq!(faults(|ask| ask.receiver.name = "长".repeat(31)), one(FaultCode::TooLong, "name"));
    assert_eq!(faults(|ask| ask.receiver.name = "长".repeat(30)), vec![]);
    assert_eq!(faults(|ask| ask.receiver.name = "🎀".into()), one(FaultCode::NameMissing, "name"));
    assert_eq!(
        faults(|ask| ask.receiver.address.detail = "长".repeat(101)),
        one(FaultCode::TooLong, "detail")
    );
    assert_eq!(faults(|ask| ask.receiver.phone.clear()), one(FaultCode::PhoneMissing, "phone"));
    assert_eq!(
        faults(|ask| ask.sender.phone = "没有".into()),
        one(FaultCode::PhoneUnreadable, "sender.phone")
    );
    assert_eq!(
        faults(|ask| ask.receiver.address.district.clear()),
        one(FaultCode::DistrictMissing, "district")
    );
    assert_eq!(faults(|ask| ask.note = "长".repeat(500)), vec![]);
    assert_eq!(faults(|ask| ask.items = vec![item(&"长".repeat(500), 1)]), vec![]);
    assert_eq!(faults(|ask| ask.receiver = Person::default()).len(), 6);
}

#[test]
fn places_are_written_as_kdniao_wants_them() {
    for (place, want) in [
        (["上海市", "上海市", "闵行区"], ["上海", "上海市", "闵行区"]),
        (["重庆市", "县", "彭水苗族土家族自治县"], ["重庆", "重庆市", "彭水苗族土家族自治县"]),
        (["北京", "", "朝阳区"], ["北京", "北京市", "朝阳区"]),
        (
            ["内蒙古自治区", "锡林郭勒盟", "锡林浩特市"],
            ["内蒙古自治区", "锡林郭勒盟", "锡林浩特市"],
        ),
        (["广东省", "中山市", ""], ["广东省", "中山市", "中山市"]),
        (["海南省", "儋州市", "儋州市"], ["海南省", "儋州市", "儋州市"]),
        (["甘肃省", "嘉峪关市", ""], ["甘肃省", "嘉峪关市", "嘉峪关市"]),
        (["湖北省", "省直辖县级行政区划", "仙桃市"], ["湖北省", "仙桃市", "仙桃市"]),
    ] {
        let mut ask = consignment();
        ask.receiver = person("李四", "13900000002", place, "示例路 1 号");
        let text = Kdniao::new(account("SF")).create_request(&ask).unwrap();
        let [province, city, area] = want;
        let names =
            format!(r#""ProvinceName":"{province}","CityName":"{city}","ExpAreaName":"{area}""#);
        assert!(text.contains(&names), "{text}");
    }
}

#[test]
fn carriers_differ_where_the_table_says() {
    let text = |account: Account| Kdniao::new(account).create_request(&consignment()).unwrap();
    assert!(text(account("JD")).contains(r#""ExpType":"6""#));
    assert!(text(account("DBL")).contains(r#""PayType":3"#));
    assert!(text(account("EMS")).contains(r#""PostCode":"000000""#));
    let mut sf = account("SF");
    assert!(text(sf.clone()).contains(r#""PayType":1"#));
    sf.month_code = "0000000000".into();
    assert!(text(sf.clone()).contains(r#""PayType":3"#));
    (sf.pay_type, sf.exp_type) = (Some(2), "2".into());
    assert!(text(sf).contains(r#""PayType":2,"ExpType":"2""#));
    assert_eq!(Kdniao::new(account("YTO")).label_name(), "圆通速递");
    assert_eq!(Kdniao::new(account("XYZ")).label_name(), "XYZ");
    assert!(Kdniao::new(account("JD")).needs().weight);
    assert!(!Kdniao::new(account("YTO")).needs().weight);
    assert_eq!(account("YTO").missing(), ["customer_name", "month_code"]);
}

#[test]
fn a_void_and_a_balance_are_read() {
    let kdniao = Kdniao::new(account("ZTO"));
    let stored = kdniao.void_request(KEY, "75312345678901");
    for (status, body, want) in [
        (200, include_str!("fixtures/voided.json"), Ok(())),
        (200, include_str!("fixtures/void_refused.json"), Err("105 carrier")),
        (200, include_str!("fixtures/refused_102.json"), Err("102 account")),
        (200, include_str!("fixtures/repeat_bare.json"), Err("106 carrier")),
        (502, include_str!("fixtures/gateway.html"), Err("unknown")),
        (200, "{", Err("unknown")),
    ] {
        let http = Canned::new(status, body);
        let got = verdict(futures_now(kdniao.void_waybill(&http, &stored)));
        assert_eq!(got, want.map_err(str::to_owned), "{body}");
        let asked = http.asked.lock().unwrap();
        assert!(String::from_utf8_lossy(&asked[0].body).contains("&RequestType=1147&"));
    }
    for (body, want) in [
        (include_str!("fixtures/balance.json"), Ok(873)),
        (include_str!("fixtures/balance_text.json"), Ok(873)),
        (include_str!("fixtures/voided.json"), Err("unknown")),
        (include_str!("fixtures/refused_104.json"), Err("104 account")),
    ] {
        let got = verdict(futures_now(kdniao.balance(&Canned::new(200, body))));
        assert_eq!(
            got.map(|left| left.expect("kept").available),
            want.map_err(str::to_owned),
            "{body}"
        );
    }
}

#[test]
fn secrets_are_not_shown() {
    let mut account = account("ZTO");
    account.customer_pwd = "pwd-x".into();
    let shown = format!("{:?}", Kdniao::new(account));
    assert!(!shown.contains("pwd-x") && !shown.contains("1111"), "{shown}");
}

#[test]
fn an_unreadable_answer_is_not_quoted() {
    let body = r#"{"Success":true,"ResultCode":"100","Order":{"ReceiverName":"李四""#;
    let error = created(&Canned::new(200, body)).unwrap_err();
    assert!(!format!("{error}").contains("李四"));
}
