//! Every question that the KDNiao client asks besides e-waybills, over real sockets: each is
//! understood by the practice carrier, which was written apart, and refused where the key is wrong.

use practice::carrier::{Carrier as Practice, Options, RunningCarrier};
use station::{
    carrier::{
        Carrier, CarrierError, Consignment,
        http::RealHttp,
        kdniao::{Account, Kdniao, TrackBy},
        offers::{PickupAsk, Sent, Way},
        track::TrackAsk,
    },
    order::{Address, Item, Person},
};

const NO: &str = "YT8800000000001";
/// 2026-11-21 10:00:00 in China.
const NOW_MS: i64 = 1_795_226_400_000;

async fn practice() -> RunningCarrier {
    let options = Options { account_fields: true, ..Options::default() };
    Practice::start(options).await.expect("a free port")
}

/// An account that may ask everything, and is told nothing by pushes.
fn account(practice: &RunningCarrier, key: &str) -> Account {
    Account {
        endpoint: Some(practice.url()),
        customer_name: "K00000000".into(),
        month_code: "key".into(),
        pickup: true,
        queries: true,
        track_abroad: true,
        track: Some(TrackBy::Free),
        ..Account::new("练习", "YTO", "test1000000", key)
    }
}

fn place(province: &str, city: &str, district: &str, detail: &str) -> Address {
    let [province, city, district, detail] = [province, city, district, detail].map(String::from);
    Address { province, city, district, detail, ..Address::default() }
}

fn way() -> Way {
    Way {
        from: place("浙江省", "杭州市", "余杭区", "仓前街道文一西路 969 号"),
        to: place("上海市", "上海市", "浦东新区", "示例路 1 号"),
        weight_g: 1_200,
        insured_fen: Some(10_000),
    }
}

fn sent() -> Sent {
    let phone_tails = ["1234".into(), "0001".into()];
    Sent { way: way(), no: NO.into(), phone_tails, left_at_ms: NOW_MS }
}

fn ask(no: &str, carrier: &str) -> TrackAsk {
    let (no, carrier) = (no.to_owned(), carrier.to_owned());
    TrackAsk { no, order_key: String::new(), carrier, phone_tail: "0001".into() }
}

fn goods(order_key: &str) -> Consignment {
    let person = |name: &str, phone: &str, address: Address| {
        let (name, phone) = (name.to_owned(), phone.to_owned());
        Person { name, phone, address, ..Person::default() }
    };
    let Way { from, to, .. } = way();
    let item = Item {
        title: "水杯".into(),
        quantity: 2,
        customs: station::order::Customs::default(),
        codes: station::order::Codes::default(),
    };
    Consignment {
        order_key: order_key.into(),
        sender: person("拾光家居", "0571-88001234", from),
        receiver: person("张小雨", "13800000001", to),
        items: vec![item],
        weight_g: Some(1_200),
        parcels: 1,
        asked_at_ms: NOW_MS,
        ..Consignment::default()
    }
}

/// What became of a question, by its RequestType.
type Said = (&'static str, Result<(), CarrierError>);

/// Where parcels are, in each of its ways, and being told of them.
async fn tracked(account: &Account, http: &RealHttp) -> Vec<Said> {
    let with = |change: &dyn Fn(&mut Account)| {
        let mut account = account.clone();
        change(&mut account);
        Kdniao::new(account)
    };
    let mut said = Vec::new();
    for (by, looks, tells) in [
        (TrackBy::Free, "1002", Some("1008")),
        (TrackBy::Watch, "8001", Some("8008")),
        (TrackBy::Query, "8002", None),
    ] {
        let kdniao = with(&|account| account.track = Some(by));
        let look = kdniao.tracks().expect("tracks").track(http, &[ask(NO, "")]).await;
        said.push((looks, look.map(drop)));
        if let Some(tells) = tells {
            let told = kdniao.subscribes().expect("is told").subscribe(http, &ask(NO, "")).await;
            said.push((tells, told));
        }
    }
    let kdniao = with(&|_| ());
    let ups = [ask("1Z0000000000000001", "UPS")];
    said.push(("7101", kdniao.tracks().expect("tracks").track(http, &ups).await.map(drop)));
    let told = kdniao.subscribes().expect("is told").subscribe(http, &ups[0]).await;
    said.push(("7108", told));
    let told = with(&|account| account.map_pushes = true);
    let route = told.tells_routes().expect("is told").tell_route(http, &sent()).await;
    said.push(("8005", route.map(drop)));
    let told = with(&|account| account.eta_pushes = true);
    let eta = told.tells_etas().expect("is told").tell_eta(http, &sent()).await;
    said.push(("6016", eta.map(drop)));
    let query = with(&|account| account.track = Some(TrackBy::Query));
    said.push(("8004", query.routes().expect("draws").route(http, &sent()).await.map(drop)));
    said
}

/// Prices, reach, times, maps, outlets, addresses, owners of numbers.
async fn offered(account: &Account, http: &RealHttp) -> Vec<Said> {
    let (kdniao, way) = (Kdniao::new(account.clone()), way());
    let quotes = kdniao.quotes().expect("says prices").quote(http, &way).await;
    let reach = kdniao.reaches().expect("says reach").reach(http, &way).await;
    let eta = kdniao.estimates().expect("says times").estimate(http, &way, NOW_MS).await;
    let sent_eta = kdniao.estimates_sent().expect("says times").estimate_sent(http, &sent()).await;
    let route = kdniao.routes().expect("draws").route(http, &sent()).await;
    let outlets = kdniao.outlets().expect("says outlets").outlets(http, &way.to).await;
    let text = "张小雨 13800000001 上海市浦东新区示例路 1 号";
    let split = kdniao.splits().expect("splits").split(http, text).await;
    let owner = kdniao.recognises().expect("recognises").recognise(http, NO).await;
    vec![
        ("1815", quotes.map(drop)),
        ("1814", reach.map(drop)),
        ("6004", eta.map(drop)),
        ("6006", sent_eta.map(drop)),
        ("8003", route.map(drop)),
        ("6002", outlets.map(drop)),
        ("6001", split.map(drop)),
        ("2002", owner.map(drop)),
        ("1127", kdniao.balance(http).await.map(drop)),
    ]
}

/// A courier: booked, asked after, called off.
async fn fetched(account: &Account, http: &RealHttp) -> Vec<Said> {
    let kdniao = Kdniao::new(account.clone());
    let couriers = kdniao.picks_up().expect("sends couriers");
    let window = couriers.windows(NOW_MS).into_iter().next();
    let ask = PickupAsk { goods: goods("PB-1-A"), carrier: String::new(), window };
    let stored = couriers.pickup_request(&ask).expect("nothing is missing");
    let booked = couriers.book(http, &stored).await;
    let key = booked.as_ref().map(|booked| booked.carrier_key.clone()).unwrap_or_default();
    let told = couriers.ask_after(http, "PB-1-A", &key).await;
    let off = couriers.call_off(http, "PB-1-A", &key, "不寄了").await;
    vec![("1801", booked.map(drop)), ("1804", told.map(drop)), ("1802", off)]
}

async fn all(account: &Account, http: &RealHttp) -> Vec<Said> {
    let mut said = tracked(account, http).await;
    said.extend(offered(account, http).await);
    said.extend(fetched(account, http).await);
    said
}

#[tokio::test]
async fn every_question_is_understood() {
    let (practice, http) = (practice().await, RealHttp::new());
    let said = all(&account(&practice, "practice"), &http).await;
    let failed: Vec<&Said> = said.iter().filter(|(_, outcome)| outcome.is_err()).collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(said.len(), 22);
}

#[tokio::test]
async fn no_question_takes_a_wrong_key_for_a_yes() {
    let (practice, http) = (practice().await, RealHttp::new());
    for (request_type, outcome) in all(&account(&practice, "another"), &http).await {
        // To ask after a booking is nobody's duty: what says nothing is no news.
        if request_type == "1804" {
            continue;
        }
        assert!(outcome.is_err(), "{request_type}: {outcome:?}");
    }
}
