//! The station's KDNiao client against the practice carrier, over real sockets: two readers of the
//! same manual, written apart.

use practice::carrier::{Carrier as Practice, Faults, Options, RunningCarrier};
use station::{
    carrier::{
        Carrier, CarrierError, Consignment, Waybill,
        http::RealHttp,
        kdniao::{Account, Environment, Kdniao, SHIPPERS},
    },
    order::{Address, Codes, Customs, Item, Person},
};

/// A practice carrier that insists on the account's fields too.
async fn practice() -> RunningCarrier {
    let options = Options { account_fields: true, ..Options::default() };
    Practice::start(options).await.expect("a free port")
}

fn account(practice: &RunningCarrier, shipper_code: &str) -> Account {
    let mut account = Account::new("练习", shipper_code, "test1000000", "practice");
    account.endpoint = Some(practice.url());
    account.customer_name = "K00000000".into();
    account.customer_pwd = "pwd".into();
    account.month_code = "key".into();
    account.send_site = "示例网点".into();
    account.warehouse_id = "W1".into();
    account.send_staff = "S1".into();
    account
}

fn consignment(order_key: &str) -> Consignment {
    let at = |[province, city, district]: [&str; 3], detail: &str| Address {
        province: province.to_owned(),
        city: city.to_owned(),
        district: district.to_owned(),
        detail: detail.to_owned(),
        ..Address::default()
    };
    Consignment {
        asked_at_ms: 0,
        order_key: order_key.to_owned(),
        sender: Person {
            name: "拾光家居".to_owned(),
            phone: "0571-88001234".to_owned(),
            address: at(["浙江省", "杭州市", "余杭区"], "仓前街道文一西路 969 号"),
            ..Person::default()
        },
        receiver: Person {
            name: "小\u{200b}仙女🎀".to_owned(),
            phone: "17000000001-1234".to_owned(),
            address: at(
                ["上海市", "上海市", "浦东新区"],
                "A&B 广场 3# 楼 <东> \"1+1\" 便利店 100% 旁\\后门",
            ),
            ..Person::default()
        },
        items: vec![Item {
            title: "杯子'大'\t雾蓝".to_owned(),
            quantity: 2,
            customs: Customs::default(),
            codes: Codes::default(),
        }],
        weight_g: Some(880),
        volume_cm3: None,
        parcels: 1,
        note: "快点发货😭\n=HYPERLINK(\"http://example.invalid\")".repeat(3),
        ..Consignment::default()
    }
}

/// What happened, in a word.
fn word(outcome: &Result<Waybill, CarrierError>) -> &'static str {
    match outcome {
        Ok(_) => "issued",
        Err(CarrierError::NotSent { .. }) => "not sent",
        Err(CarrierError::Unknown { .. }) => "unknown",
        Err(CarrierError::Busy { .. }) => "busy",
        Err(CarrierError::Refused { .. }) => "refused",
    }
}

#[tokio::test]
async fn every_carrier_of_the_table_gives_a_number() {
    let (practice, http) = (practice().await, RealHttp::new());
    for shipper in SHIPPERS {
        let kdniao = Kdniao::new(account(&practice, shipper.code));
        let key = format!("PB-{}-A", shipper.code);
        let stored = kdniao.create_request(&consignment(&key)).expect("nothing is missing");
        let waybill = kdniao.create_waybill(&http, &stored).await;
        let waybill = waybill.unwrap_or_else(|why| panic!("{}: {why}", shipper.code));
        assert!(waybill.sort_code.starts_with("021"), "{waybill:?}");
        assert_eq!(
            (waybill.bag_place.as_str(), waybill.destination.as_str()),
            ("上海集散包", "上海")
        );
        assert!(!waybill.qr.is_empty());
    }
    assert_eq!(practice.issued().len(), SHIPPERS.len());
}

#[tokio::test]
async fn a_number_is_had_kept_and_given_back() {
    let (practice, http) = (practice().await, RealHttp::new());
    let kdniao = Kdniao::new(account(&practice, "YTO"));
    let before = kdniao.balance(&http).await.unwrap().unwrap().available;
    let stored = kdniao.create_request(&consignment("PB-1-A")).unwrap();
    let first = kdniao.create_waybill(&http, &stored).await.unwrap();
    assert_eq!(kdniao.create_waybill(&http, &stored).await.unwrap(), first);
    assert_eq!(kdniao.balance(&http).await.unwrap().unwrap().available, before - 1);
    let void = kdniao.void_request("PB-1-A", &first.no);
    kdniao.void_waybill(&http, &void).await.unwrap();
    let after = kdniao.create_waybill(&http, &stored).await;
    assert_eq!(word(&after), "refused", "a voided key is burnt");
    let issued = &practice.issued()[0];
    assert_eq!((issued.asked, issued.altered, issued.voided), (3, 0, true));
}

#[tokio::test]
async fn every_way_to_fail_ends_as_it_should_and_in_one_number() {
    let (practice, http) = (practice().await, RealHttp::new());
    let kdniao = Kdniao::new(account(&practice, "YTO"));
    for (fault, want) in [
        ("lose_before=1", "unknown"),
        ("lose_after_commit=1", "unknown"),
        ("http_502=1", "unknown"),
        ("cut_json=1", "unknown"),
        ("bare_106=1", "unknown"),
        ("http_429=1", "busy"),
        ("refuse_rate=1", "busy"),
        ("refuse=1", "refused"),
        ("slow=1", "issued"),
    ] {
        let stored = kdniao.create_request(&consignment(&format!("PB-{fault}"))).unwrap();
        practice.faults().set(Faults::from_args(&[fault, "slow_ms=5"]).unwrap());
        assert_eq!(word(&kdniao.create_waybill(&http, &stored).await), want, "{fault}");
        practice.faults().set(Faults::default());
        assert_eq!(word(&kdniao.create_waybill(&http, &stored).await), "issued", "{fault}");
    }
    let mut account = account(&practice, "YTO");
    account.timeout_ms = 50;
    practice.faults().set(Faults { slow: 1.0, slow_ms: 60_000, ..Faults::default() });
    let stored = kdniao.create_request(&consignment("PB-slow-A")).unwrap();
    let late = Kdniao::new(account).create_waybill(&http, &stored).await;
    assert_eq!(word(&late), "unknown");

    let url = practice.url();
    practice.stop().await;
    let gone = kdniao.create_waybill(&http, &stored).await;
    assert_eq!(word(&gone), "not sent", "nobody at {url}");
}

#[tokio::test]
async fn a_wrong_key_is_the_accounts_fault_and_the_sandbox_has_one_url() {
    let (practice, http) = (practice().await, RealHttp::new());
    let mut wrong = account(&practice, "YTO");
    wrong.api_key = "another".into();
    let kdniao = Kdniao::new(wrong);
    let stored = kdniao.create_request(&consignment("PB-1-A")).unwrap();
    match kdniao.create_waybill(&http, &stored).await {
        Err(CarrierError::Refused { code, .. }) => assert_eq!(code, "102"),
        other => panic!("{other:?}"),
    }
    let mut sandbox = account(&practice, "YTO");
    sandbox.environment = Environment::Sandbox;
    assert_eq!(word(&Kdniao::new(sandbox).create_waybill(&http, &stored).await), "issued");
    let mut elsewhere = account(&practice, "YTO");
    elsewhere.endpoints.insert("1007".into(), format!("{}/api/dist", practice.url()));
    assert_eq!(word(&Kdniao::new(elsewhere).create_waybill(&http, &stored).await), "unknown");
}
