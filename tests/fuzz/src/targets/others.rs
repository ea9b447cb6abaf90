//! What SF, 菜鸟 and a Karrio gateway answer: every answer read as the one to each question.

use super::{at_once, carrier::Same, has};
use station::{
    carrier::{
        Carrier, CarrierError, Consignment, Secret,
        cainiao::{self, Cainiao},
        fetch::Fetch,
        karrio::{self, Karrio},
        offers::Way,
        sf::{self, Sf},
        track::TrackAsk,
    },
    order::{Address, Codes, Customs, Item, Person},
};
use std::sync::{Arc, LazyLock};

/// As gateways answer them: Karrio says its "no" by these.
const STATUSES: [u16; 8] = [200, 200, 200, 201, 400, 404, 424, 502];
const KEY: &str = "PB-1-A";
const NO: &str = "SF0000000000001";
const NOW_MS: i64 = 1_795_226_400_000;

/// A carrier, its stored request for a number, and what a "yes" to a void has in it: one of these.
struct Door {
    carrier: Box<dyn Carrier>,
    stored: String,
    yes: &'static [&'static [u8]],
}

static DOORS: LazyLock<[Door; 3]> = LazyLock::new(|| {
    let door = |carrier: Box<dyn Carrier>, yes: &'static [&'static [u8]]| {
        let stored = carrier.create_request(&goods(carrier.goes_abroad()));
        Door { carrier, stored: stored.expect("nothing is missing"), yes }
    };
    [
        door(Box::new(sf()), &[b"2", b"8037", b"8253"]),
        door(Box::new(cainiao()), &[b"true", b"1", b"TRUE", b"True"]),
        door(Box::new(karrio()), &[b"cancelled"]),
    ]
});

fn sf() -> Sf {
    let account = sf::Account {
        name: "顺丰".into(),
        partner_id: "PB01".into(),
        checkword: Secret::new("key-of-nobody"),
        proof: sf::Proof::Any,
        endpoint: None,
        environment: sf::Environment::Production,
        monthly_card: Secret::default(),
        pay_method: None,
        express_type: None,
        template: String::new(),
        carrier_draws: false,
        track: true,
        fetch: Fetch::default(),
        push_token: Secret::default(),
        timeout_ms: 1_000,
    };
    Sf::new(account, Arc::new(|| NOW_MS))
}

fn cainiao() -> Cainiao {
    Cainiao::new(cainiao::Account {
        name: "菜鸟".into(),
        cp_code: "YTO".into(),
        token: "t".into(),
        app_secret: "s".into(),
        template_url: "http://cloudprint.cainiao.com/template/standard/101".into(),
        user_id: String::new(),
        repeats: false,
        endpoint: None,
        sandbox: false,
        timeout_ms: 1_000,
    })
}

fn karrio() -> Karrio {
    let account = karrio::Account {
        name: "karrio".into(),
        endpoint: "http://near".into(),
        token: "t".into(),
        carrier_ids: Vec::new(),
        service: String::new(),
        label_type: karrio::LabelType::Zpl,
        carrier_draws: true,
        incoterm: String::new(),
        environment: karrio::Environment::Sandbox,
        label_name: "karrio".into(),
        timeout_ms: 1_000,
    };
    Karrio::new(account, Arc::new(|| NOW_MS))
}

fn goods(abroad: bool) -> Consignment {
    let place = |names: [&str; 4], country: &str, postcode: &str| {
        let [province, city, district, detail] = names.map(str::to_owned);
        let (country, postcode) = (country.to_owned(), postcode.to_owned());
        Address { province, city, district, detail, country, postcode }
    };
    let [from, to] = match abroad {
        false => [
            place(["浙江省", "杭州市", "余杭区", "示例街 1 号"], "", ""),
            place(["上海市", "上海市", "浦东新区", "示例路 1 号"], "", ""),
        ],
        true => [
            place(["ZJ", "Hangzhou", "", "1 Example Street"], "", "311121"),
            place(["IL", "Springfield", "", "1 Example Street"], "US", "62704"),
        ],
    };
    let person = |name: &str, phone: &str, address: Address| {
        let (name, phone) = (name.to_owned(), phone.to_owned());
        Person { name, phone, address, email: String::new() }
    };
    let customs = Customs {
        english: "Cup".into(),
        value_minor: Some(1_250),
        currency: "USD".into(),
        ..Customs::default()
    };
    let item = Item { title: "Cup".into(), quantity: 1, customs, codes: Codes::default() };
    Consignment {
        order_key: KEY.into(),
        sender: person("Shiguang", "0571-88001234", from),
        receiver: person("Jane Doe", if abroad { "+1 217 555 0100" } else { "13800000001" }, to),
        items: vec![item],
        weight_g: Some(880),
        parcels: 1,
        asked_at_ms: NOW_MS,
        ..Consignment::default()
    }
}

/// The first byte chooses carrier and HTTP status, the rest is the body.
pub fn others(bytes: &[u8]) {
    let Some((&first, body)) = bytes.split_first() else { return };
    let first = usize::from(first);
    let door = &DOORS[first % DOORS.len()];
    let status = STATUSES[first / DOORS.len() % STATUSES.len()];
    let (http, carrier) = (Same(status, body), &*door.carrier);
    let fine = matches!(status, 200 | 201);
    for again in [false, true] {
        let outcome = match again {
            false => at_once(carrier.create_waybill(&http, &door.stored)),
            true => at_once(carrier.create_again(&http, &door.stored)),
        };
        match outcome {
            Ok(waybill) => {
                assert!(fine, "a waybill out of HTTP {status}");
                let no = waybill.no;
                let fits = !no.is_empty() && no.len() <= 40;
                assert!(fits && no.bytes().all(|byte| byte.is_ascii_graphic()), "{no}");
                assert!(has(body, no.as_bytes()) || has(body, b"\\"), "{no} was never said");
            }
            Err(error) => told(carrier, &error),
        }
    }
    let void = carrier.void_request(KEY, NO);
    match at_once(carrier.void_waybill(&http, &void)) {
        Ok(()) => {
            let yes = door.yes.iter().any(|word| has(body, word)) || has(body, b"\\");
            assert!(yes, "nobody said that it was taken back");
            assert!(fine || status == 404, "taken back by HTTP {status}");
        }
        Err(error) => told(carrier, &error),
    }
    if let Err(error) = at_once(carrier.balance(&http)) {
        told(carrier, &error);
    }
    besides(carrier, &http, body);
}

/// What they say besides numbers.
fn besides(carrier: &dyn Carrier, http: &Same<'_>, body: &[u8]) {
    let ask = TrackAsk {
        no: NO.into(),
        order_key: KEY.into(),
        carrier: String::new(),
        phone_tail: "0001".into(),
    };
    if let Some(tracks) = carrier.tracks() {
        match at_once(tracks.track(http, &[ask])) {
            Ok(all) => {
                assert!(all.iter().all(|one| one.no == NO), "nobody asked for it");
                let sorted = |one: &_| {
                    let one: &station::carrier::track::Tracked = one;
                    one.events.is_sorted_by_key(|event| event.at_ms)
                };
                assert!(all.iter().all(sorted));
            }
            Err(error) => told(carrier, &error),
        }
    }
    let ends = goods(carrier.goes_abroad());
    let (from, to) = (ends.sender.address, ends.receiver.address);
    let way = Way { from, to, weight_g: 1_000, insured_fen: None };
    if let Some(quotes) = carrier.quotes() {
        match at_once(quotes.quote(http, &way)) {
            Ok(all) => assert!(all.iter().all(|quote| quote.total_minor >= 0)),
            Err(error) => told(carrier, &error),
        }
    }
    if let Some(estimates) = carrier.estimates()
        && let Ok(eta) = at_once(estimates.estimate(http, &way, 0))
    {
        assert!(!eta.when.is_empty() && !body.is_empty());
    }
}

/// What arrived is never "not sent", and words stay short. At Karrio what buys is a second request,
/// which an odd answer to the first keeps from being sent.
fn told(carrier: &dyn Carrier, error: &CarrierError) {
    match error {
        CarrierError::NotSent { .. } if carrier.goes_abroad() => {}
        CarrierError::NotSent { why } => panic!("it was sent: {why}"),
        CarrierError::Unknown { why } => assert!(why.chars().count() < 1_000),
        CarrierError::Busy { said } => assert!(said.chars().count() <= 300),
        CarrierError::Refused { said, .. } => assert!(said.chars().count() <= 300),
    }
}
