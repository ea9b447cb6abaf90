//! The station's Karrio client against the practice gateway, over real sockets; and against a real
//! gateway where `KARRIO_URL` and `KARRIO_TOKEN` say where one is (`make test-karrio`).

use practice::carrier::{Carrier as Practice, Faults, Options, RunningCarrier};
use station::{
    carrier::{
        Carrier, CarrierError, Consignment, Template, Waybill,
        http::RealHttp,
        karrio::{Account, Environment, Karrio, LabelType},
        offers::Way,
        track::{Stage, TrackAsk},
    },
    order::{Address, Codes, Customs, Item, Person, Services},
    outside::{Answer, Http, HttpError, Later, Request},
};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Longer than a purchase is thought to be under way.
const LATER_MS: i64 = 6 * 60_000;

fn account(endpoint: String) -> Account {
    Account {
        name: "国际".into(),
        endpoint,
        token: "practice".into(),
        carrier_ids: vec!["practice_abroad".into()],
        service: String::new(),
        label_type: LabelType::Zpl,
        carrier_draws: true,
        incoterm: "DAP".into(),
        environment: Environment::Sandbox,
        label_name: "Practice Express".into(),
        timeout_ms: 10_000,
    }
}

fn consignment(order_key: &str) -> Consignment {
    let at = |[province, city, detail, country, postcode]: [&str; 5]| Address {
        province: province.to_owned(),
        city: city.to_owned(),
        district: String::new(),
        detail: detail.to_owned(),
        country: country.to_owned(),
        postcode: postcode.to_owned(),
    };
    let customs = Customs {
        english: "Ceramic mug".to_owned(),
        hs_code: "691200".to_owned(),
        value_minor: Some(1_250),
        currency: "USD".to_owned(),
        ..Customs::default()
    };
    Consignment {
        asked_at_ms: 0,
        order_key: order_key.to_owned(),
        sender: Person {
            name: "Shiguang Home".to_owned(),
            phone: "+86 571 88001234".to_owned(),
            address: at(["ZJ", "Hangzhou", "969 Wenyi West Road", "", "311121"]),
            ..Person::default()
        },
        receiver: Person {
            name: "Zoë Müller".to_owned(),
            phone: "+1 217 555 0100".to_owned(),
            address: at(["IL", "Springfield", "1 Example Street #2 (rear)", "US", "62704"]),
            email: "zoe@example.com".to_owned(),
        },
        items: vec![Item {
            title: "水杯".to_owned(),
            quantity: 2,
            customs,
            codes: Codes::default(),
        }],
        weight_g: Some(880),
        volume_cm3: None,
        parcels: 1,
        note: String::new(),
        services: Services::default(),
        ..Consignment::default()
    }
}

/// A clock of each test's own, which does not move by itself.
fn clock() -> Arc<AtomicI64> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Arc::new(AtomicI64::new(i64::try_from(now.as_millis()).unwrap_or_default()))
}

fn opened(account: &Account, clock: &Arc<AtomicI64>) -> Karrio {
    let clock = Arc::clone(clock);
    Karrio::new(account.clone(), Arc::new(move || clock.load(Ordering::SeqCst)))
}

async fn create(karrio: &Karrio, http: &dyn Http, key: &str) -> Result<Waybill, CarrierError> {
    let stored = karrio.create_request(&consignment(key)).expect("nothing is missing");
    karrio.create_waybill(http, &stored).await
}

async fn practice(faults: &str) -> RunningCarrier {
    let args: Vec<&str> = faults.split_whitespace().collect();
    let faults = Faults::from_args(&args).expect("faults");
    let options = Options { faults, ..Options::default() };
    Practice::start(options).await.expect("a free port")
}

/// The network, which dies before or after the n-th request.
struct Dying {
    real: RealHttp,
    left: Mutex<u32>,
    arrives: bool,
}

impl Dying {
    fn at(nth: u32, arrives: bool) -> Self {
        Self { real: RealHttp::new(), left: Mutex::new(nth), arrives }
    }
}

impl Http for Dying {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        let dies = {
            let mut left = self.left.lock().expect("no test panics in it");
            *left = left.saturating_sub(1);
            *left == 0
        };
        Box::pin(async move {
            let lost = || Err(HttpError::Unknown("the program died here".to_owned()));
            if dies && !self.arrives {
                return lost();
            }
            let answer = self.real.send(request).await;
            if dies { lost() } else { answer }
        })
    }
}

/// Killed before and after every one of its requests and started again, at once and later: one
/// number, whatever it was told.
async fn one_number_however_it_dies(account: &Account, word: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for (nth, arrives) in (1..=3).flat_map(|nth| [(nth, false), (nth, true)]) {
        for same_run in [true, false] {
            let key = format!("{word}-{nth}{arrives}{same_run}-1A");
            let time = clock();
            let karrio = opened(account, &time);
            let first = create(&karrio, &Dying::at(nth, arrives), &key).await;
            let open =
                matches!(first, Err(CarrierError::NotSent { .. } | CarrierError::Unknown { .. }));
            assert!(open, "{key}: {first:?}");
            let karrio = if same_run { karrio } else { opened(account, &time) };
            let mut second = create(&karrio, &RealHttp::new(), &key).await;
            if let Err(CarrierError::Unknown { why }) = &second {
                assert!(why.contains("under way"), "{key}: {why}");
                time.fetch_add(LATER_MS, Ordering::SeqCst);
                second = create(&karrio, &RealHttp::new(), &key).await;
            }
            let issued = second.unwrap_or_else(|why| panic!("{key}: {why}"));
            let again = create(&karrio, &RealHttp::new(), &key).await.expect("found");
            assert_eq!(issued.no, again.no, "{key}");
            keys.push(key);
        }
    }
    keys
}

#[tokio::test]
async fn however_it_dies_there_is_one_number() {
    let practice = practice("").await;
    let keys = one_number_however_it_dies(&account(practice.url()), "PB").await;
    let issued = practice.issued();
    assert_eq!(issued.len(), keys.len(), "{issued:?}");
}

#[tokio::test]
async fn whatever_the_gateway_does_there_is_one_number() {
    for faults in ["http_502=1", "lose_after_commit=1", "cut_json=1", "bare_106=1"] {
        let practice = practice(&format!("{faults} first_asks=1")).await;
        let time = clock();
        let karrio = opened(&account(practice.url()), &time);
        let mut tries = 0;
        let issued = loop {
            match create(&karrio, &RealHttp::new(), "PB-1-A").await {
                Ok(issued) => break issued,
                Err(CarrierError::Refused { said, .. }) => panic!("{faults}: {said}"),
                Err(_) => time.fetch_add(LATER_MS, Ordering::SeqCst),
            };
            tries += 1;
            assert!(tries < 9, "{faults}: no end");
        };
        let given: Vec<String> = practice.issued().into_iter().map(|one| one.waybill_no).collect();
        assert_eq!(given, [issued.no], "{faults}");
    }
}

#[tokio::test]
async fn a_number_is_given_back_and_the_label_is_the_gateways() {
    let practice = practice("").await;
    let karrio = opened(&account(practice.url()), &clock());
    let issued = create(&karrio, &RealHttp::new(), "PB-1-A").await.expect("issued");
    let Template::Here(zpl) = &issued.template else { panic!("{:?}", issued.template) };
    assert!(zpl.starts_with(b"^XA"));
    assert_eq!(karrio.balance(&RealHttp::new()).await, Ok(None));
    let stored = karrio.void_request("PB-1-A", &issued.no);
    for _ in 0..2 {
        karrio.void_waybill(&RealHttp::new(), &stored).await.expect("taken back");
    }
    assert!(practice.issued()[0].voided);
    let next = create(&karrio, &RealHttp::new(), "PB-1-B").await.expect("issued");
    assert_ne!(next.no, issued.no);
}

#[tokio::test]
async fn a_refusal_says_whose_it_is() {
    let practice = practice("refuse=1").await;
    let karrio = opened(&account(practice.url()), &clock());
    let refused = create(&karrio, &RealHttp::new(), "PB-1-A").await.unwrap_err();
    let CarrierError::Refused { code, said, .. } = refused else { panic!("{refused}") };
    assert_eq!(code, "9001");
    assert_eq!(said, "practice_abroad: The destination address is not serviced");
    practice.faults().set(Faults::default());
    let token = Account { token: "another".into(), ..account(practice.url()) };
    let refused = create(&opened(&token, &clock()), &RealHttp::new(), "PB-1-A").await;
    assert!(matches!(&refused, Err(CarrierError::Refused { code, .. }) if code == "invalid_token"));
    let issued = create(&karrio, &RealHttp::new(), "PB-1-A").await.expect("mended");
    assert_eq!(practice.issued().len(), 1);
    let ask = TrackAsk {
        no: issued.no,
        order_key: "PB-1-A".into(),
        carrier: String::new(),
        phone_tail: "".into(),
    };
    let tracks = karrio.tracks().expect("it tracks");
    let found = tracks.track(&RealHttp::new(), &[ask]).await.expect("told").remove(0);
    assert_eq!(found.stage, Some(Stage::Announced));
}

/// Where a real gateway is, if one is.
fn real() -> Option<Account> {
    let told = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let (Some(endpoint), Some(token)) = (told("KARRIO_URL"), told("KARRIO_TOKEN")) else {
        println!("no KARRIO_URL and KARRIO_TOKEN: a real gateway was not asked");
        return None;
    };
    let carrier_ids = vec!["packbench_test".to_owned()];
    Some(Account {
        token: token.as_str().into(),
        carrier_ids,
        timeout_ms: 60_000,
        ..account(endpoint)
    })
}

/// Numbers of every run are new: the gateway keeps those of the runs before.
fn word() -> String {
    format!("T{:x}", clock().load(Ordering::SeqCst))
}

#[tokio::test]
async fn real_however_it_dies_there_is_one_number() {
    let Some(account) = real() else { return };
    let keys = one_number_however_it_dies(&account, &word()).await;
    for key in keys {
        // One number under the key, read as the gateway lists it.
        let url = format!("{}/v1/shipments?reference={key}&limit=100", account.endpoint);
        let token = format!("Token {}", account.token.expose());
        let answer = RealHttp::new()
            .send(Request {
                method: station::outside::Method::Get,
                url,
                content_type: "",
                headers: vec![("Authorization", token)],
                body: Vec::new(),
                timeout: Duration::from_secs(20),
            })
            .await
            .expect("the list");
        let page: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
        let all = page["results"].as_array().expect("a list");
        let bought: Vec<_> = all.iter().filter(|one| one["status"] == "created").collect();
        assert_eq!(bought.len(), 1, "{key}: {}", page["count"]);
    }
}

#[tokio::test]
async fn real_numbers_prices_tracks_and_cancels() {
    let Some(account) = real() else { return };
    let http = RealHttp::new();
    let karrio = opened(&account, &clock());
    assert_eq!(karrio.balance(&http).await, Ok(None));
    let key = format!("{}-1A", word());
    let issued = create(&karrio, &http, &key).await.expect("issued");
    let Template::Here(zpl) = &issued.template else { panic!("{:?}", issued.template) };
    assert!(zpl.starts_with(b"^XA"), "a label in ZPL");
    let ask = consignment(&key);
    let way = Way {
        from: ask.sender.address,
        to: ask.receiver.address,
        weight_g: 880,
        insured_fen: None,
    };
    let quotes = karrio.quotes().expect("it says prices").quote(&http, &way).await.expect("prices");
    assert_eq!(quotes[0].carrier, "packbench_test");
    let ask = TrackAsk {
        no: issued.no.clone(),
        order_key: key.clone(),
        carrier: String::new(),
        phone_tail: "".into(),
    };
    let tracks = karrio.tracks().expect("it tracks");
    let found = tracks.track(&http, &[ask]).await.expect("told").remove(0);
    assert_eq!(found.stage, Some(Stage::Announced), "the offline carrier has no tracker");
    let stored = karrio.void_request(&key, &issued.no);
    for _ in 0..2 {
        karrio.void_waybill(&http, &stored).await.expect("taken back");
    }
    let other = opened(&Account { token: "key_0".into(), ..account.clone() }, &clock());
    let refused = create(&other, &http, &key).await.unwrap_err();
    assert!(matches!(&refused, CarrierError::Refused { code, .. } if code == "invalid_token"));
    let mut wrong = consignment(&format!("{key}X"));
    wrong.receiver.address.postcode = "ABC".into();
    let stored = karrio.create_request(&wrong).expect("only the gateway knows American codes");
    let refused = karrio.create_waybill(&http, &stored).await.unwrap_err();
    let CarrierError::Refused { said, .. } = &refused else { panic!("{refused}") };
    assert!(said.contains("recipient.postal_code"), "{said}");
}

#[tokio::test]
async fn real_labels_come_in_every_kind() {
    let Some(account) = real() else { return };
    for (label_type, begin) in [
        (LabelType::Zpl300, "^XA^PW1200^LL1800"),
        (LabelType::Zpl, "^XA"),
        (LabelType::Pdf, "%PDF-"),
    ] {
        let karrio = opened(&Account { label_type, ..account.clone() }, &clock());
        let key = format!("{}-1{label_type:?}", word());
        let issued = create(&karrio, &RealHttp::new(), &key).await.expect("issued");
        let Template::Here(bytes) = &issued.template else { panic!("{:?}", issued.template) };
        assert!(bytes.starts_with(begin.as_bytes()), "{label_type:?}");
    }
}
