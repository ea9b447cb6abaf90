//! Recorded answers of a real gateway, and what the packer is offered for each.

use super::*;
use crate::{
    carrier::{Fix, Template, track::Stage},
    order::{Address, Codes, Customs, FaultCode, Item, Person},
    outside::{Answer, HttpError, Method, Request},
};
use std::sync::atomic::AtomicI64;

mod answers;

const KEY: &str = "PB1-ABCDEFGHJKMN-1A";
const NO: &str = "1187817ba1e5";

pub(super) fn account() -> Account {
    Account {
        name: "国际".into(),
        endpoint: "http://127.0.0.1:9".into(),
        token: "key_invented".into(),
        carrier_ids: vec!["pb_demo".into()],
        service: String::new(),
        label_type: LabelType::Zpl,
        carrier_draws: true,
        incoterm: "DAP".into(),
        environment: Environment::Sandbox,
        label_name: "Demo Express".into(),
        timeout_ms: 30_000,
    }
}

fn consignment() -> Consignment {
    let sender = Address {
        province: "ZJ".into(),
        city: "Hangzhou".into(),
        detail: "969 Wenyi West Road".into(),
        postcode: "311121".into(),
        ..Address::default()
    };
    let receiver = Address {
        province: "IL".into(),
        city: "Springfield".into(),
        detail: "1 Example  Street ".into(),
        country: "US".into(),
        postcode: "62704".into(),
        ..Address::default()
    };
    let customs = Customs {
        english: "Ceramic mug".into(),
        hs_code: "691200".into(),
        value_minor: Some(1_250),
        currency: "USD".into(),
        ..Customs::default()
    };
    Consignment {
        asked_at_ms: 0,
        order_key: KEY.into(),
        sender: Person {
            name: "Shiguang Home".into(),
            phone: "+86 571 88001234".into(),
            address: sender,
            ..Person::default()
        },
        receiver: Person {
            name: "Jane Doe".into(),
            phone: "+1 217 555 0100".into(),
            address: receiver,
            email: "jane@example.com".into(),
        },
        items: vec![
            Item {
                title: "水杯".into(),
                quantity: 2,
                customs: customs.clone(),
                codes: Codes::default(),
            },
            Item {
                title: "Brush".into(),
                quantity: 1,
                customs: Customs { english: String::new(), weight_g: Some(80), ..customs },
                codes: Codes::default(),
            },
        ],
        weight_g: Some(880),
        volume_cm3: None,
        parcels: 1,
        note: String::new(),
        services: Services::default(),
        ..Consignment::default()
    }
}

/// What happened, in a word, and what mends it.
fn word<T>(outcome: &Result<T, CarrierError>) -> (&'static str, &str, Option<Fix>) {
    match outcome {
        Ok(_) => ("yes", "", None),
        Err(CarrierError::NotSent { .. }) => ("not sent", "", None),
        Err(CarrierError::Unknown { .. }) => ("unknown", "", None),
        Err(CarrierError::Busy { .. }) => ("busy", "", None),
        Err(CarrierError::Refused { code, fix, .. }) => ("refused", code, Some(*fix)),
    }
}

fn heard(status: u16, body: &str) -> Result<wire::Shipment, CarrierError> {
    answer::read(&Answer { status, body: body.as_bytes().to_vec() })
}

/// A part of what must be asked, and what is said then: status and body, or nothing.
type Line = (&'static str, Result<(u16, &'static str), HttpError>);

/// A gateway that says what it is told to, and keeps what it was asked.
#[derive(Default)]
struct Told {
    answers: Mutex<Vec<Line>>,
    asked: Mutex<Vec<Request>>,
}

impl Told {
    fn new(answers: Vec<(&'static str, u16, &'static str)>) -> Self {
        let answers = answers.into_iter().map(|(part, status, body)| (part, Ok((status, body))));
        Self { answers: Mutex::new(answers.collect()), asked: Mutex::default() }
    }

    fn then(self, part: &'static str, error: HttpError) -> Self {
        self.answers.lock().unwrap().push((part, Err(error)));
        self
    }

    fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .map(|one| one.url.trim_start_matches("http://127.0.0.1:9").to_owned())
            .collect()
    }
}

impl Http for Told {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        let (part, answer) = self.answers.lock().unwrap().remove(0);
        let asked = format!("{:?} {}", request.method, request.url);
        assert!(asked.contains(part), "{asked} is not {part}");
        assert!(request.headers.contains(&("Authorization", "Token key_invented".to_owned())));
        self.asked.lock().unwrap().push(request);
        let answer = answer.map(|(status, body)| Answer { status, body: body.as_bytes().to_vec() });
        Box::pin(async move { answer })
    }
}

const NONE: (&str, u16, &str) =
    ("Get http://127.0.0.1:9/v1/shipments?", 200, include_str!("fixtures/none.json"));
const DRAFT: (&str, u16, &str) = ("/v1/shipments", 201, include_str!("fixtures/draft.json"));
const BOUGHT: (&str, u16, &str) = ("/purchase", 200, include_str!("fixtures/purchased.json"));
const FOUND: (&str, u16, &str) =
    ("/v1/shipments?reference=", 200, include_str!("fixtures/found.json"));
const LABEL: (&str, u16, &str) = ("/documents/label", 200, include_str!("fixtures/label_doc.json"));

fn karrio() -> Karrio {
    Karrio::new(account(), Arc::new(|| 1_795_339_610_000))
}

async fn create(karrio: &Karrio, told: &Told) -> Result<Waybill, CarrierError> {
    let stored = karrio.create_request(&consignment()).unwrap();
    karrio.create_waybill(told, &stored).await
}

#[test]
fn the_message_is_the_documents() {
    let made = map::draft(&account(), &consignment()).unwrap();
    assert_eq!(made, include_str!("fixtures/create.json").trim_end());
}

#[test]
fn what_is_missing_is_named_before_the_gateway_hears_of_it() {
    let mut ask = consignment();
    ask.receiver.name = "张三".into();
    ask.receiver.address.detail = "x".repeat(101);
    ask.items[0].customs.value_minor = None;
    ask.items[1].customs.currency = "EUR".into();
    ask.weight_g = None;
    ask.services.cod_fen = Some(100);
    let faults = map::draft(&account(), &ask).unwrap_err();
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    let want = [
        ("name", FaultCode::LatinNeeded),
        ("customs", FaultCode::CustomsMissing),
        ("cod", FaultCode::NotOffered),
        ("detail", FaultCode::TooLong),
        ("weight", FaultCode::WeightMissing),
    ];
    assert_eq!(found, want);
    ask.weight_g = Some(100);
    let faults = map::draft(&account(), &ask).unwrap_err();
    assert!(faults.iter().any(|fault| fault.what == "currency"), "one parcel has one value");
}

#[tokio::test]
async fn a_number_comes_with_its_label() {
    let told = Told::new(vec![NONE, DRAFT, BOUGHT]);
    let issued = create(&karrio(), &told).await.unwrap();
    assert_eq!((issued.no.as_str(), issued.sort_code.as_str()), (NO, "US"));
    let Template::Here(zpl) = &issued.template else { panic!("{:?}", issued.template) };
    assert!(zpl.starts_with(b"^XA"));
    let asked = told.asked.lock().unwrap();
    assert_eq!(
        asked.iter().map(|one| one.method).collect::<Vec<_>>(),
        [Method::Get, Method::Post, Method::Post]
    );
    // The stored text goes out byte for byte, marked at its end.
    let stored = map::draft(&account(), &consignment()).unwrap();
    let body = String::from_utf8(asked[1].body.clone()).unwrap();
    let mark = body.strip_prefix(stored.strip_suffix('}').unwrap()).unwrap();
    assert!(mark.starts_with(",\"metadata\":{\"packbench_asked_ms\":\""), "{mark}");
    assert!(mark.contains("\"packbench_asked_ms\":\"1795339610000\""), "{mark}");
}

#[tokio::test]
async fn what_was_bought_before_is_never_asked_for_again() {
    let told = Told::new(vec![FOUND, LABEL]);
    let issued = create(&karrio(), &told).await.unwrap();
    assert_eq!(issued.no, NO);
    assert!(matches!(issued.template, Template::Here(_)));
    // Another order whose key holds ours is not ours.
    let told = Told::new(vec![(FOUND.0, 200, include_str!("fixtures/found.json")), DRAFT, BOUGHT]);
    let stored = karrio().create_request(&consignment()).unwrap().replace(KEY, "ABCDEFGHJKMN-1A");
    let outcome = karrio().create_waybill(&told, &stored).await;
    assert_eq!(word(&outcome).0, "unknown", "and an answer for another key is not, either");
}

#[tokio::test]
async fn looking_up_and_drafting_leave_nothing_behind() {
    let lost = || HttpError::Unknown("reset".into());
    let told = Told::default().then("Get", lost());
    assert_eq!(word(&create(&karrio(), &told).await).0, "not sent");
    let told = Told::new(vec![NONE]).then("Post", lost());
    assert_eq!(word(&create(&karrio(), &told).await).0, "not sent");
    let told = Told::new(vec![NONE, DRAFT]).then("/purchase", lost());
    assert_eq!(word(&create(&karrio(), &told).await).0, "unknown");
}

#[tokio::test]
async fn nobody_buys_beside_a_purchase_that_may_be_under_way() {
    let now = Arc::new(AtomicI64::new(1_795_339_610_000));
    let clock = Arc::clone(&now);
    let open = || {
        let clock = Arc::clone(&clock);
        Karrio::new(account(), Arc::new(move || clock.load(Ordering::SeqCst)))
    };
    let ours = open();
    let marked = |run: &str| -> &'static str {
        let draft: serde_json::Value =
            serde_json::from_str(include_str!("fixtures/draft.json")).unwrap();
        let mut draft = draft;
        draft["metadata"] = serde_json::json!({
            "packbench_asked_ms": "1795339610000", "packbench_run": run,
        });
        let page = serde_json::json!({"count": 1, "next": null, "results": [draft]});
        Box::leak(page.to_string().into_boxed_str())
    };
    let page = |run: &str| ("/v1/shipments?", 200, marked(run));
    // Of another run nothing is known.
    let outcome = create(&ours, &Told::new(vec![page("another")])).await;
    assert_eq!(word(&outcome).0, "unknown");
    // Of our own run it is known that none was sent.
    let told = Told::new(vec![page(&ours.run), DRAFT, BOUGHT]);
    assert_eq!(word(&create(&ours, &told).await).0, "yes");
    assert!(told.paths()[2].contains("shp_6724"), "the draft of this very call is bought");
    // Unless one was, and not answered.
    let told =
        Told::new(vec![page(&ours.run), DRAFT]).then("/purchase", HttpError::Unknown("x".into()));
    assert_eq!(word(&create(&ours, &told).await).0, "unknown");
    let outcome = create(&ours, &Told::new(vec![page(&ours.run)])).await;
    assert_eq!(word(&outcome).0, "unknown");
    // Later it is dead.
    now.fetch_add(story::SETTLED_MS, Ordering::SeqCst);
    for run in [ours.run.as_str(), "another"] {
        let told = Told::new(vec![page(run), DRAFT, BOUGHT]);
        assert_eq!(word(&create(&ours, &told).await).0, "yes", "{run}");
    }
}

#[tokio::test]
async fn a_conflict_is_looked_into() {
    let again = ("/purchase", 409, include_str!("fixtures/again.json"));
    let bought = (
        "Get http://127.0.0.1:9/v1/shipments/shp_6724",
        200,
        include_str!("fixtures/purchased.json"),
    );
    let told = Told::new(vec![NONE, DRAFT, again, bought]);
    assert_eq!(create(&karrio(), &told).await.unwrap().no, NO);
    let still = ("/v1/shipments/shp_6724", 200, include_str!("fixtures/draft.json"));
    let told = Told::new(vec![NONE, DRAFT, again, still]);
    assert_eq!(word(&create(&karrio(), &told).await).0, "unknown");
}

#[tokio::test]
async fn a_number_is_given_back_once_however_often_it_is_asked() {
    let stored = karrio().void_request(KEY, NO);
    let cancelled = ("/cancel", 200, include_str!("fixtures/cancelled.json"));
    let told = Told::new(vec![FOUND, cancelled]);
    assert_eq!(word(&karrio().void_waybill(&told, &stored).await).0, "yes");
    let gone: &'static str = Box::leak(
        include_str!("fixtures/found.json").replace("\"created\"", "\"cancelled\"").into(),
    );
    let told = Told::new(vec![(FOUND.0, 200, gone)]);
    assert_eq!(word(&karrio().void_waybill(&told, &stored).await).0, "yes");
    let other = karrio().void_request(KEY, "1Z");
    let told = Told::new(vec![FOUND]);
    let refused = karrio().void_waybill(&told, &other).await;
    assert_eq!(word(&refused), ("refused", "not_found", Some(Fix::AskCarrier)));
    let told = Told::new(vec![FOUND, ("/cancel", 409, include_str!("fixtures/again.json"))]);
    let refused = karrio().void_waybill(&told, &stored).await;
    assert_eq!(word(&refused), ("refused", "state_error", Some(Fix::AskCarrier)));
}

#[tokio::test]
async fn a_tracker_is_read_and_a_new_word_is_no_progress() {
    let ask = TrackAsk {
        no: NO.into(),
        order_key: KEY.into(),
        carrier: String::new(),
        phone_tail: "".into(),
    };
    let told =
        Told::new(vec![("/v1/trackers/1187817ba1e5", 200, include_str!("fixtures/tracker.json"))]);
    let found = karrio().track(&told, std::slice::from_ref(&ask)).await.unwrap().remove(0);
    assert_eq!(found.stage, Some(Stage::InTransit));
    let events: Vec<_> = found.events.iter().map(|e| (e.at_ms, e.stage, e.word.as_str())).collect();
    let want = [
        (1_795_425_960_000, Stage::Collected, "PU"),
        (1_795_529_100_000, Stage::InTransit, "DEP"),
        (1_795_564_800_000, Stage::Other, "on_the_moon"),
    ];
    assert_eq!(events, want);
    // Carriers without trackers: the shipment's own word.
    let none = ("/v1/trackers/", 404, include_str!("fixtures/no_tracker.json"));
    let told = Told::new(vec![none, FOUND]);
    let found = karrio().track(&told, std::slice::from_ref(&ask)).await.unwrap().remove(0);
    assert_eq!((found.stage, found.events.len()), (Some(Stage::Announced), 0));
    for (word, stage) in [
        ("pending", Stage::Announced),
        ("picked_up", Stage::Collected),
        ("on_hold", Stage::Problem),
        ("cancelled", Stage::Cancelled),
        ("delivered", Stage::Delivered),
        ("in_transit", Stage::InTransit),
        ("delivery_failed", Stage::Problem),
        ("delivery_delayed", Stage::Problem),
        ("out_for_delivery", Stage::OutForDelivery),
        ("ready_for_pickup", Stage::AwaitsReceiver),
        ("return_to_sender", Stage::Returning),
        ("unknown", Stage::Other),
        ("", Stage::Other),
    ] {
        assert_eq!(codes::stage(word), stage, "{word}");
    }
}

#[tokio::test]
async fn prices_and_the_account_itself_are_asked_for() {
    let way = Way {
        from: consignment().sender.address,
        to: consignment().receiver.address,
        weight_g: 500,
        insured_fen: None,
    };
    let told = Told::new(vec![("/v1/proxy/rates", 200, include_str!("fixtures/rates.json"))]);
    let quote = karrio().quote(&told, &way).await.unwrap().remove(0);
    let want = ("pb_demo", "standard_service", 0, "USD", Some(1));
    let got = (&*quote.carrier, &*quote.product, quote.total_minor, &*quote.currency, quote.days);
    assert_eq!(got, want);
    let there = ("/v1/connections", 200, include_str!("fixtures/connections.json"));
    let told = Told::new(vec![there]);
    assert_eq!(karrio().balance(&told).await, Ok(None));
    for (id, environment, code) in [
        ("nobody", Environment::Sandbox, "connection"),
        ("pb_demo", Environment::Production, "test_mode"),
    ] {
        let account = Account { carrier_ids: vec![id.into()], environment, ..account() };
        let karrio = Karrio::new(account, Arc::new(|| 0));
        let refused = karrio.balance(&Told::new(vec![there])).await;
        assert_eq!(word(&refused), ("refused", code, Some(Fix::EditAccount)));
    }
}

#[test]
fn zpl_for_300_dpi_says_so() {
    let account = Account { label_type: LabelType::Zpl300, ..account() };
    let drawn = |zpl: &str| match answer::label(&account, zpl) {
        Template::Here(bytes) => String::from_utf8(bytes).unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(drawn("^XA^FO1,1^FDx^FS^XZ"), "^XA^PW1200^LL1800^FO1,1^FDx^FS^XZ");
    assert_eq!(drawn("^XA^PW812^FDx^FS^XZ"), "^XA^PW812^FDx^FS^XZ");
}
