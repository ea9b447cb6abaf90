//! The station's clients of carriers that are asked directly, against the practice carrier over
//! real sockets: two readers of the same documents, written apart.

use foreign::Target;
use label::units::{Head, Paper};
use practice::carrier::{
    Carrier as Practice, Clock as PracticeClock, Faults, Options, RunningCarrier,
};
use station::{
    carrier::{
        Carrier, CarrierError, Consignment, Fix, Template, Waybill,
        access::{Access, Clock, Repeat},
        http::RealHttp,
        jd::{self, Jd},
        jtexpress::{self, JtExpress},
        kuaidi100::{self, Kuaidi100},
        offers::{PickupAsk, Way},
        sto::{self, Sto},
        track::{Stage, TrackAsk},
        yto::{self, Yto},
        yunda::{self, Yunda},
        zto::{self, Zto},
    },
    order::{Address, Item, Person},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// What every request is signed with.
const KEY: &str = "practice";
/// What each number begins with, by the code of its carrier.
const BEGINS: [(&str, &str); 7] = [
    ("YTO", "YT"),
    ("JD", "JD"),
    ("ZTO", "75"),
    ("STO", "77"),
    ("YTO", "YT"),
    ("JTSD", "JT"),
    ("YD", "43"),
];

async fn practice(faults: Faults) -> RunningCarrier {
    Practice::start(Options { faults, ..Options::default() }).await.expect("a free port")
}

fn access(practice: &RunningCarrier, carrier_draws: bool) -> Access {
    Access {
        name: "测试".into(),
        endpoint: Some(practice.url()),
        sandbox: false,
        carrier_draws,
        timeout_ms: 10_000,
    }
}

fn clock() -> Clock {
    Arc::new(|| 1_795_226_400_000)
}

fn kuaidi100(access: Access, key: &str) -> Kuaidi100 {
    let account = kuaidi100::Account {
        access,
        key: KEY.into(),
        secret: key.into(),
        customer: "PRACTICECUSTOMER".into(),
        com: "yuantong".into(),
        partner_id: "K1".into(),
        partner_key: "".into(),
        partner_secret: "".into(),
        partner_name: String::new(),
        net: String::new(),
        outlet_code: String::new(),
        check_man: String::new(),
        pay: None,
        exp_type: String::new(),
        temp_id: String::new(),
        privacy: false,
        salt: "".into(),
        push_url: String::new(),
        compare: Vec::new(),
    };
    Kuaidi100::new(account, clock())
}

fn jd(access: Access, key: &str) -> Jd {
    let account = jd::Account {
        access,
        app_key: KEY.into(),
        app_secret: key.into(),
        token: KEY.into(),
        customer_code: "027K0000001".into(),
        domain: String::new(),
        product: String::new(),
        pay: None,
        volume_cm3: None,
    };
    Jd::new(account, clock())
}

fn zto(access: Access, key: &str) -> Zto {
    Zto::new(zto::Account {
        access,
        app_key: "K1".into(),
        app_secret: key.into(),
        account_id: "K1".into(),
        account_password: "x".into(),
        customer_id: String::new(),
        group: false,
        site_code: String::new(),
        site_name: String::new(),
        repeat: Repeat::Same,
    })
}

/// A client of each carrier.
fn all(practice: &RunningCarrier, draws: bool, key: &str) -> [Box<dyn Carrier>; 7] {
    let access = || access(practice, draws);
    let repeat = Repeat::Same;
    let sto = sto::Account {
        access: access(),
        from_appkey: "K1".into(),
        from_code: "K1".into(),
        secret_key: key.into(),
        order_source: "K1".into(),
        site_code: "310000".into(),
        customer_name: "K1".into(),
        site_pwd: "x".into(),
        month_customer_code: String::new(),
        repeat,
    };
    let interface =
        yto::Interface { user_id: "U1".into(), customer_code: "K1".into(), secret: key.into() };
    let yto = yto::Account {
        access: access(),
        create: interface,
        cancel: None,
        print: None,
        track: None,
        product: String::new(),
        repeat,
    };
    let jtexpress = jtexpress::Account {
        access: access(),
        api_account: "A1".into(),
        private_key: key.into(),
        customer_code: "J0086000020".into(),
        password: KEY.into(),
        network: String::new(),
        goods_type: String::new(),
        pay: None,
        privacy: false,
    };
    let yunda = yunda::Account {
        access: access(),
        app_key: "K1".into(),
        app_secret: key.into(),
        partner_id: "K1".into(),
        partner_secret: KEY.into(),
    };
    [
        Box::new(kuaidi100(access(), key)),
        Box::new(jd(access(), key)),
        Box::new(zto(access(), key)),
        Box::new(Sto::new(sto)),
        Box::new(Yto::new(yto, clock())),
        Box::new(JtExpress::new(jtexpress, clock())),
        Box::new(Yunda::new(yunda, clock())),
    ]
}

fn person(name: &str, phone: &str, place: [&str; 3], detail: &str) -> Person {
    let [province, city, district] = place.map(str::to_owned);
    let address =
        Address { province, city, district, detail: detail.to_owned(), ..Address::default() };
    Person { name: name.to_owned(), phone: phone.to_owned(), address, ..Person::default() }
}

fn consignment(order_key: &str) -> Consignment {
    Consignment {
        order_key: order_key.to_owned(),
        sender: person(
            "拾光家居",
            "0571-88001234",
            ["浙江省", "杭州市", "余杭区"],
            "文一西路 969 号",
        ),
        receiver: person(
            "小仙女🎀",
            "17000000001-1234",
            ["上海市", "上海市", "浦东新区"],
            "A&B 广场 3# 楼 <东> \"1+1\" 100% ~*",
        ),
        items: vec![Item {
            title: "杯子'大'\t雾蓝".to_owned(),
            quantity: 2,
            customs: station::order::Customs::default(),
            codes: station::order::Codes::default(),
        }],
        weight_g: Some(880),
        note: "快点发货😭\n".to_owned(),
        ..Consignment::default()
    }
}

async fn create(carrier: &dyn Carrier, key: &str) -> Result<Waybill, CarrierError> {
    let stored = carrier.create_request(&consignment(key)).expect("nothing is missing");
    carrier.create_waybill(&RealHttp::new(), &stored).await
}

async fn void(carrier: &dyn Carrier, key: &str, no: &str) -> Result<(), CarrierError> {
    let stored = carrier.void_request(key, no);
    carrier.void_waybill(&RealHttp::new(), &stored).await
}

#[tokio::test]
async fn a_repeated_key_has_one_number_and_a_void_takes_it_back() {
    for (nth, begin) in BEGINS.iter().enumerate() {
        let practice = practice(Faults::default()).await;
        let carrier = &*all(&practice, false, KEY)[nth];
        let (code, begins) = *begin;
        assert_eq!(carrier.code(), code);
        let first = create(carrier, "PB-1-A").await.unwrap_or_else(|why| panic!("{nth}: {why}"));
        assert!(first.no.starts_with(begins), "{first:?}");
        let stored = carrier.create_request(&consignment("PB-1-A")).expect("nothing is missing");
        let again = carrier.create_again(&RealHttp::new(), &stored).await;
        assert_eq!(again.as_ref(), Ok(&first), "{code}");
        assert_eq!(create(carrier, "PB-1-A").await, Ok(first.clone()), "{code}");
        let other = create(carrier, "PB-2-A").await.expect("issued");
        assert_ne!(other.no, first.no);
        assert_eq!(carrier.balance(&RealHttp::new()).await, Ok(None), "{code}");
        for _ in 0..2 {
            assert_eq!(void(carrier, "PB-1-A", &first.no).await, Ok(()), "{code}");
        }
        let wrong = void(carrier, "PB-9-A", "YT9").await;
        assert!(matches!(wrong, Err(CarrierError::Refused { .. })), "{code}: {wrong:?}");
        let issued = practice.issued();
        assert_eq!(issued.len(), 2);
        assert!(issued[0].voided && !issued[1].voided && issued[0].altered == 0);
    }
}

#[tokio::test]
async fn a_wrong_key_is_the_accounts_and_issues_nothing() {
    for nth in 0..BEGINS.len() {
        let practice = practice(Faults::default()).await;
        let carrier = &*all(&practice, false, "another")[nth];
        let refused = create(carrier, "PB-1-A").await;
        assert!(matches!(refused, Err(CarrierError::Refused { .. })), "{nth}: {refused:?}");
        let proven = carrier.balance(&RealHttp::new()).await;
        let is_ours = matches!(&proven, Err(CarrierError::Refused { fix: Fix::EditAccount, .. }));
        assert!(is_ours, "{nth}: {proven:?}");
        assert!(practice.issued().is_empty());
    }
}

#[tokio::test]
async fn what_may_have_been_issued_is_never_refused() {
    // Every answer after the number is lost, cut, a gateway's page, or hollow.
    for fault in ["lose_after_commit=1", "cut_json=1", "bare_106=1"] {
        for nth in 0..BEGINS.len() {
            let faults = Faults::from_args(&[fault]).expect("a fault");
            let practice = practice(faults).await;
            let carrier = &*all(&practice, false, KEY)[nth];
            let stored = carrier.create_request(&consignment("PB-1-A")).expect("nothing missing");
            let first = carrier.create_waybill(&RealHttp::new(), &stored).await;
            let held = matches!(first, Ok(_) | Err(CarrierError::Unknown { .. }));
            assert!(held, "{nth} {fault}: {first:?}");
            practice.faults().set(Faults::default());
            let found = carrier.create_again(&RealHttp::new(), &stored).await;
            let found = found.unwrap_or_else(|why| panic!("{nth} {fault}: {why}"));
            let issued = practice.issued();
            assert_eq!((issued.len(), &issued[0].waybill_no), (1, &found.no), "{nth} {fault}");
        }
    }
}

#[tokio::test]
async fn too_many_calls_are_no_refusal() {
    for nth in [0, 2, 3, 4, 5, 6] {
        let faults = Faults::from_args(&["refuse_rate=1"]).expect("a fault");
        let practice = practice(faults).await;
        let carrier = &*all(&practice, false, KEY)[nth];
        let busy = create(carrier, "PB-1-A").await;
        assert!(matches!(busy, Err(CarrierError::Busy { .. })), "{nth}: {busy:?}");
    }
}

#[tokio::test]
async fn a_parcel_is_followed_and_an_unknown_word_is_no_progress() {
    for nth in 0..BEGINS.len() {
        let now_ms = Arc::new(AtomicI64::new(1_795_226_400_000));
        let its = Arc::clone(&now_ms);
        let clock = PracticeClock(Arc::new(move || its.load(Ordering::SeqCst)));
        let options = Options { clock, ..Options::default() };
        let practice = Practice::start(options).await.expect("a free port");
        let carrier = &*all(&practice, false, KEY)[nth];
        let no = create(carrier, "PB-1-A").await.expect("issued").no;
        let tracks = carrier.tracks().expect("all say where parcels are");
        let ask = |no: &str| TrackAsk {
            no: no.to_owned(),
            order_key: String::new(),
            carrier: String::new(),
            phone_tail: "0001".into(),
        };
        let asks = [ask(&no), ask("YT9999999999999")];
        let http = RealHttp::new();
        let told = async || {
            let all = tracks.track(&http, &asks).await;
            all.unwrap_or_else(|why| panic!("{nth}: {why}"))
        };
        assert_eq!(told().await[0].events, [], "{nth}: it was issued this moment");

        // Two days and a half of three: out for delivery at the latest.
        now_ms.fetch_add(60 * 3_600_000, Ordering::SeqCst);
        let all = told().await;
        let stages: Vec<Stage> = all[0].events.iter().map(|event| event.stage).collect();
        let want = [Stage::Collected, Stage::InTransit, Stage::InTransit, Stage::InTransit];
        assert_eq!((all[0].no.as_str(), &stages[..4]), (no.as_str(), &want[..]), "{nth}");
        assert!(all[1].events.is_empty(), "{nth}");
        practice.faults().set(Faults::from_args(&["odd_word=1"]).expect("a fault"));
        let odd = told().await;
        let newest = odd[0].events.last().expect("as many as before");
        assert_eq!((odd[0].events.len(), newest.stage), (stages.len(), Stage::Other), "{nth}");
        assert!(!newest.word.is_empty(), "{nth}");
    }
}

/// Kuaidi100 sends a picture; YTO, J&T and Yunda a PDF.
#[tokio::test]
async fn a_carriers_own_drawing_becomes_a_label_of_ours() {
    let target = Target { head: Head::DPMM_8, paper: Paper::WAYBILL };
    for nth in [0, 4, 5, 6] {
        let practice = practice(Faults::default()).await;
        let issued = create(&*all(&practice, true, KEY)[nth], "PB-1-A").await.expect("issued");
        let Template::Here(bytes) = &issued.template else { panic!("{nth}: no drawing") };
        let sheets = foreign::redraw(bytes, target, Some(&issued.no)).expect("a label of ours");
        assert_eq!(sheets.len(), 1, "{nth}");
        let faults = Faults::from_args(&["no_template=1"]).expect("a fault");
        practice.faults().set(faults);
        let issued = create(&*all(&practice, true, KEY)[nth], "PB-2-A").await.expect("issued");
        assert_eq!(issued.template, Template::Missing, "{nth}");
    }
}

fn way(to_city: &str) -> Way {
    let place = |province: &str, city: &str, district: &str| Address {
        province: province.to_owned(),
        city: city.to_owned(),
        district: district.to_owned(),
        detail: "示例路 1 号".to_owned(),
        ..Address::default()
    };
    Way {
        from: place("浙江省", "杭州市", "余杭区"),
        to: place("海南省", to_city, ""),
        weight_g: 1_000,
        insured_fen: None,
    }
}

#[tokio::test]
async fn prices_times_and_reach_are_asked_for() {
    let practice = practice(Faults::default()).await;
    let http = RealHttp::new();
    let kuaidi100 = kuaidi100(access(&practice, false), KEY);
    let way_there = way("海口市");
    let quotes = kuaidi100.quotes().expect("said").quote(&http, &way_there).await.expect("priced");
    assert_eq!((quotes.len(), quotes[0].total_minor), (1, 1_050), "{quotes:?}");
    let estimates = kuaidi100.estimates().expect("said");
    let eta = estimates.estimate(&http, &way_there, 1_795_226_400_000).await.expect("estimated");
    assert_eq!(eta.when, "2026-11-23 18");
    let owners = kuaidi100.recognises().expect("said");
    let owners = owners.recognise(&http, "JT0000000000001").await.expect("recognised");
    assert_eq!(owners[0].code, "JTSD");
    let jd = jd(access(&practice, false), KEY);
    let quotes = jd.quotes().expect("said").quote(&http, &way_there).await.expect("priced");
    assert_eq!((quotes[0].total_minor, quotes[0].product.as_str()), (950, "ed-m-0001"));
    let reaches = jd.reaches().expect("said");
    assert!(reaches.reach(&http, &way_there).await.expect("an answer").yes);
    assert!(!reaches.reach(&http, &way("三沙市")).await.expect("an answer").yes);
}

#[tokio::test]
async fn a_courier_is_booked_once_and_called_off() {
    let practice = practice(Faults::default()).await;
    let http = RealHttp::new();
    let kuaidi100 = kuaidi100(access(&practice, false), KEY);
    let picks_up = kuaidi100.picks_up().expect("couriers");
    let goods = consignment("PB-1-A");
    let ask = PickupAsk { goods, carrier: String::new(), window: None };
    let stored = picks_up.pickup_request(&ask).expect("nothing is missing");
    let booked = picks_up.book(&http, &stored).await.expect("booked");
    assert_eq!(picks_up.book(&http, &stored).await, Ok(booked.clone()));
    let key = &booked.carrier_key;
    assert_eq!(picks_up.call_off(&http, "PB-1-A", key, "不寄了").await, Ok(()));
    let again = picks_up.call_off(&http, "PB-1-A", key, "不寄了").await;
    assert!(matches!(again, Err(CarrierError::Refused { .. })), "{again:?}");
}
