//! The station's SF client against the practice carrier, over real sockets: two readers of the
//! same documents, written apart.

use foreign::Target;
use label::units::{Head, Paper};
use practice::carrier::{
    Carrier as Practice, Desk, Faults, Knock, Options, Reply, RunningCarrier, SfManner,
};
use station::{
    carrier::{
        Carrier, CarrierError, Consignment, Fix, Template, Waybill,
        http::RealHttp,
        sf::{Account, Digest, Environment, Proof, Sf},
    },
    order::{Address, Codes, Customs, Item, Person},
    outside::{Answer, Http, HttpError, Later, Request},
};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

async fn practice(sf: SfManner, faults: Faults) -> RunningCarrier {
    let options = Options { sf, faults, ..Options::default() };
    Practice::start(options).await.expect("a free port")
}

fn account(practice: &RunningCarrier, proof: Proof) -> Account {
    Account {
        name: "顺丰".into(),
        partner_id: "PB01".into(),
        checkword: "practice".into(),
        proof,
        endpoint: Some(practice.url()),
        environment: Environment::Production,
        monthly_card: "".into(),
        pay_method: None,
        express_type: None,
        template: String::new(),
        carrier_draws: false,
        track: true,
        push_token: "".into(),
        fetch: station::carrier::fetch::Fetch::default(),
        timeout_ms: 10_000,
    }
}

fn sf(account: Account) -> Sf {
    Sf::new(account, Arc::new(|| 1_795_226_400_000))
}

fn consignment(order_key: &str) -> Consignment {
    let person = |name: &str, phone: &str, place: [&str; 3], detail: &str| {
        let [province, city, district] = place.map(str::to_owned);
        let address =
            Address { province, city, district, detail: detail.to_owned(), ..Address::default() };
        Person { name: name.to_owned(), phone: phone.to_owned(), address, ..Person::default() }
    };
    Consignment {
        asked_at_ms: 0,
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
            customs: Customs::default(),
            codes: Codes::default(),
        }],
        weight_g: Some(880),
        volume_cm3: None,
        parcels: 1,
        note: "快点发货😭\n".to_owned(),
        services: station::order::Services::default(),
        ..Consignment::default()
    }
}

async fn create(sf: &Sf, key: &str) -> Result<Waybill, CarrierError> {
    let stored = sf.create_request(&consignment(key)).expect("nothing is missing");
    sf.create_waybill(&RealHttp::new(), &stored).await
}

#[tokio::test]
async fn whichever_proof_a_partner_needs_is_found() {
    for (plain, proof) in [
        (false, Proof::Any),
        (true, Proof::Any),
        (false, Proof::Digest(Digest::Encoded)),
        (true, Proof::Digest(Digest::Plain)),
        (false, Proof::Token),
    ] {
        let manner = SfManner { plain, token_uses: 1, ..SfManner::default() };
        let practice = practice(manner, Faults::default()).await;
        let sf = sf(account(&practice, proof));
        for key in ["PB-1-A", "PB-2-A", "PB-3-A"] {
            let issued = create(&sf, key).await.unwrap_or_else(|why| panic!("{proof:?}: {why}"));
            assert!(issued.no.starts_with("SF") && issued.sort_code.starts_with("021W"));
        }
        assert_eq!(practice.issued().len(), 3);
        assert_eq!(sf.balance(&RealHttp::new()).await, Ok(None), "{proof:?}");
    }
    let practice =
        practice(SfManner { plain: true, ..SfManner::default() }, Faults::default()).await;
    for proof in [Proof::Digest(Digest::Encoded), Proof::Token] {
        let mut account = account(&practice, proof);
        if proof == Proof::Token {
            account.checkword = "another".into();
        }
        let refused = create(&sf(account), "PB-9-A").await.unwrap_err();
        let is_ours = matches!(&refused, CarrierError::Refused { fix: Fix::EditAccount, .. });
        assert!(is_ours, "{proof:?}: {refused}");
    }
    assert!(practice.issued().is_empty());
}

#[tokio::test]
async fn a_repeated_key_has_one_number_in_either_manner() {
    for gives_again in [true, false] {
        let manner = SfManner { gives_again, ..SfManner::default() };
        let practice = practice(manner, Faults::default()).await;
        let sf = sf(account(&practice, Proof::Any));
        let first = create(&sf, "PB-1-A").await.expect("issued");
        let again = create(&sf, "PB-1-A").await.expect("found");
        assert_eq!(first, again);
        let issued = practice.issued();
        assert_eq!((issued.len(), issued[0].asked, issued[0].altered), (1, 2, 0));
    }
}

#[tokio::test]
async fn an_order_that_sf_has_is_never_refused() {
    // Every create is carried out and then called a duplicate; the look-up fails in many ways.
    for faults in ["http_502=1", "cut_json=1", "lose_after_commit=1", "http_429=1"] {
        let practice = practice(SfManner::default(), Faults::default()).await;
        let sf = sf(account(&practice, Proof::Any));
        create(&sf, "PB-1-A").await.expect("issued");
        practice.faults().set(Faults::from_args(&[faults]).expect("a fault"));
        let outcome = create(&sf, "PB-1-A").await;
        let open = matches!(outcome, Err(CarrierError::Unknown { .. } | CarrierError::Busy { .. }));
        assert!(open, "{faults}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_number_is_given_back_once() {
    for revoid in ["revoid_refuse=1", "revoid_refuse=0"] {
        let faults = Faults::from_args(&[revoid]).expect("a fault");
        let practice = practice(SfManner::default(), faults).await;
        let sf = sf(account(&practice, Proof::Any));
        let no = create(&sf, "PB-1-A").await.expect("issued").no;
        let stored = sf.void_request("PB-1-A", &no);
        for _ in 0..2 {
            sf.void_waybill(&RealHttp::new(), &stored).await.expect("taken back");
        }
        assert!(practice.issued()[0].voided);
        let wrong = sf.void_request("PB-1-A", "SF0000000000009");
        let refused = sf.void_waybill(&RealHttp::new(), &wrong).await;
        assert!(matches!(refused, Err(CarrierError::Refused { .. })), "{refused:?}");
    }
}

#[tokio::test]
async fn its_drawing_comes_some_time_after_the_number() {
    let practice = practice(SfManner::default(), Faults::default()).await;
    let draws = Account { carrier_draws: true, ..account(&practice, Proof::Any) };
    let issued = create(&sf(draws), "PB-1-A").await.expect("issued");
    let Template::Here(pdf) = &issued.template else { panic!("{:?}", issued.template) };
    assert!(pdf.starts_with(b"%PDF-"));
    // The drawing is followed to the dot: its bars name our number.
    let target = Target { head: Head::DPMM_8, paper: Paper::WAYBILL };
    let sheets = foreign::redraw(pdf, target, Some(&issued.no)).expect("a label of ours");
    assert_eq!(sheets.len(), 1);
}

/// The practice carrier's clerk without a socket: no real time goes by.
struct Near(Mutex<Desk>);

impl Http for Near {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        Box::pin(async move {
            let path = request.url.strip_prefix("http://near").unwrap_or_default();
            let knock =
                Knock { host: "http://near", path, body: &request.body, ..Knock::default() };
            let mut desk = self.0.lock().expect("no test panics in it");
            let call = desk.hear(knock);
            match desk.answer(call) {
                Reply::Http(status, _, body) => Ok(Answer { status, body }),
                Reply::Lost => Err(HttpError::Unknown("connection reset".to_owned())),
            }
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_drawing_that_never_comes_costs_the_order_nothing() {
    let faults = Faults::from_args(&["no_template=1"]).expect("a fault");
    let desk = Desk::open(&Options { faults, ..Options::default() }).expect("no journal");
    let near = Near(Mutex::new(desk));
    let practice = practice(SfManner::default(), Faults::default()).await;
    let endpoint = Some("http://near".to_owned());
    let draws = Account { carrier_draws: true, endpoint, ..account(&practice, Proof::Any) };
    let sf = sf(draws);
    let stored = sf.create_request(&consignment("PB-1-A")).expect("nothing is missing");
    let begun = tokio::time::Instant::now();
    let issued = sf.create_waybill(&near, &stored).await.expect("issued");
    assert_eq!(issued.template, Template::Missing);
    assert_eq!(begun.elapsed().as_secs(), 15, "asked again after 1, 2, 4 and 8 s");
}

/// Takes all the time a call has, refuses the first token, and then knows the order already.
struct Slow(AtomicU32);

impl Http for Slow {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        Box::pin(async move {
            tokio::time::sleep(request.timeout).await;
            let body = if request.url.ends_with("/accessToken") {
                r#"{"apiResultCode":"A1000","accessToken":"t","expiresIn":7200}"#
            } else if self.0.fetch_add(1, Ordering::Relaxed) == 1 {
                concat!(
                    r#"{"apiResultCode":"A1000","apiResultData":"#,
                    r#""{\"success\":false,\"errorCode\":\"8016\"}"}"#
                )
            } else {
                r#"{"apiResultCode":"A1011"}"#
            };
            Ok(Answer { status: 200, body: body.into() })
        })
    }
}

/// Or a second worker would have the same order in hand.
#[tokio::test(start_paused = true)]
async fn a_number_takes_no_longer_than_its_lease() {
    let practice = practice(SfManner::default(), Faults::default()).await;
    let slow = account(&practice, Proof::Token);
    let sf = sf(slow);
    let stored = sf.create_request(&consignment("PB-1-A")).expect("nothing is missing");
    let begun = tokio::time::Instant::now();
    let outcome = sf.create_waybill(&Slow(AtomicU32::new(0)), &stored).await;
    assert!(matches!(outcome, Err(CarrierError::Unknown { .. })), "{outcome:?}");
    assert!(begun.elapsed().as_secs() <= 10 + 30, "{:?}", begun.elapsed());
}
