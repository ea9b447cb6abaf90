//! What carriers say of parcels: KDNiao's traces and pushes, SF's routes.

use super::{at_once, has};
use station::{
    carrier::{
        Carrier, CarrierError, Secret,
        charge::ChargeAsk,
        fetch::Fetch,
        hear::{Heard, Push},
        kdniao::{self, Kdniao, TrackBy},
        offers::{PicksUp, Way},
        pickup::PickupStage,
        sf::{self, Sf},
        track::{Stage, TrackAsk, TrackEvent, Tracked},
    },
    order::Address,
    outside::{Answer, Http, HttpError, Later, Request},
};
use std::sync::{Arc, LazyLock};

const STATUSES: [u16; 6] = [200, 200, 200, 429, 502, 302];
const NO: &str = "75312345678901";

/// Answers everything alike.
struct Same<'a>(u16, &'a [u8]);

impl Http for Same<'_> {
    fn send(&self, _: Request) -> Later<'_, Result<Answer, HttpError>> {
        let answer = Answer { status: self.0, body: self.1.to_vec() };
        Box::pin(async move { Ok(answer) })
    }
}

fn kdniao() -> Kdniao {
    let account = kdniao::Account::new("中通", "ZTO", "1234567", "key-of-nobody");
    let account = kdniao::Account { track_abroad: true, pickup: true, ..account };
    Kdniao::new(kdniao::Account { track: Some(TrackBy::Watch), ..account })
}

fn sf() -> Sf {
    let account = sf::Account {
        name: "顺丰".into(),
        partner_id: "PB01".into(),
        checkword: Secret::new("key-of-nobody"),
        proof: sf::Proof::Digest(sf::Digest::Plain),
        endpoint: None,
        environment: sf::Environment::Production,
        monthly_card: Secret::default(),
        pay_method: None,
        express_type: None,
        template: String::new(),
        carrier_draws: false,
        track: true,
        fetch: Fetch::default(),
        push_token: Secret::new("token-of-nobody-0001"),
        timeout_ms: 1_000,
    };
    Sf::new(account, Arc::new(|| 1_800_000_000_000))
}

/// The first byte chooses the HTTP status, the rest is the body: read as KDNiao's answer, of a
/// number abroad too, as SF's, and as a push that nobody signed.
pub fn track(bytes: &[u8]) {
    static CARRIERS: LazyLock<[Box<dyn Carrier>; 2]> =
        LazyLock::new(|| [Box::new(kdniao()), Box::new(sf())]);
    let Some((&first, body)) = bytes.split_first() else { return };
    let status = STATUSES[usize::from(first) % STATUSES.len()];
    let ask = |carrier: &str| TrackAsk {
        no: NO.to_owned(),
        order_key: "PBTEST0001".to_owned(),
        carrier: carrier.to_owned(),
        phone_tail: Secret::new("0001"),
    };
    for carrier in CARRIERS.iter() {
        let tracks = carrier.tracks().expect("both are told to");
        for whose in ["", "UPS"] {
            match at_once(tracks.track(&Same(status, body), &[ask(whose)])) {
                Ok(told) => {
                    assert_eq!(status, 200, "a trace out of HTTP {status}");
                    told.iter().for_each(|one| believed(one, body));
                }
                Err(CarrierError::NotSent { why }) => panic!("it was sent: {why}"),
                Err(_) => {}
            }
        }
        promised(&**carrier, &Same(status, body), body);
        if let Some(hears) = carrier.hears() {
            let heard = hears.hear(Push { body, now_ms: 0 });
            match heard {
                Heard::NotMine | Heard::Refused { .. } => {}
                // At an address that holds the account's secret.
                Heard::Tracks { news, answer } if !hears.opens("") => {
                    assert!(
                        has(answer.as_bytes(), b"0000")
                            || has(answer.as_bytes(), b"<Resp")
                            || has(answer.as_bytes(), b"success")
                    );
                    news.tracked.iter().for_each(|one| pushed(one, body));
                }
                Heard::Tracks { .. } | Heard::Pickups { .. } | Heard::Applied { .. } => {
                    panic!("nobody signed it")
                }
            }
        }
        if let Some(applies) = carrier.applies()
            && let Ok(code) = at_once(applies.apply(&Same(status, body), "{}"))
        {
            let yes = has(body, b"true") || has(body, b"1") || has(body, b"\\");
            assert!(status == 200 && yes, "taken out of nothing: {code}");
        }
        if let Some(picks_up) = carrier.picks_up() {
            couriers(picks_up, status, body);
        }
    }
}

/// The same bytes as the answer to a booking, and to what became of one.
fn couriers(picks_up: &dyn PicksUp, status: u16, body: &[u8]) {
    let stored = r#"{"OrderCode":"PBTEST0001"}"#;
    if let Ok(booked) = at_once(picks_up.book(&Same(status, body), stored)) {
        assert_eq!(status, 200, "a booking out of HTTP {status}");
        let yes = has(body, b"100") || has(body, b"106") || has(body, b"\\");
        assert!(yes, "{booked:?}: nobody said yes");
    }
    let told = at_once(picks_up.ask_after(&Same(status, body), "PBTEST0001", "KDN1"));
    for line in told.into_iter().flatten() {
        assert_eq!(status, 200, "news out of HTTP {status}");
        let understood = line.stage != PickupStage::Other;
        let said = has(body, line.word.as_bytes()) || has(body, b"\\");
        assert!(!understood || said, "{line:?}");
        let fetched = ["104", "301", "2"].contains(&line.word.as_str());
        assert_eq!(line.stage == PickupStage::Collected, fetched, "{line:?}");
    }
}

/// No price that was not said, and none of nothing.
fn promised(carrier: &dyn Carrier, http: &Same<'_>, body: &[u8]) {
    let at =
        || Address { province: "上海市".into(), city: "上海市".into(), ..Address::default() };
    let way = Way { from: at(), to: at(), weight_g: 1_000, insured_fen: None };
    if let Some(quotes) = carrier.quotes()
        && let Ok(all) = at_once(quotes.quote(http, &way))
    {
        let said = has(body, b"fee") || has(body, b"Fee") || has(body, b"\\u");
        assert!(all.is_empty() || said, "a price out of nothing");
        assert!(all.iter().all(|quote| quote.total_minor > 0 && quote.currency == "CNY"));
    }
    let ask = ChargeAsk { no: NO.into(), order_key: "PBTEST0001".into(), booking: String::new() };
    if let Some(charges) = carrier.charges()
        && let Ok(Some(charge)) = at_once(charges.charge(http, &ask))
    {
        assert!(has(body, b"alue") || has(body, b"feeAmt") || has(body, b"\\u"), "out of nothing");
        assert_eq!(charge.lines.iter().map(|line| line.fen).sum::<i64>(), charge.total_fen);
    }
    if let Some(estimates) = carrier.estimates()
        && let Ok(eta) = at_once(estimates.estimate(http, &way, 1_800_000_000_000))
    {
        assert!(!eta.when.is_empty(), "a time out of nothing");
    }
}

/// What was pushed is of a number, in the order of time, and nothing understood was not said.
fn pushed(one: &Tracked, body: &[u8]) {
    assert!(!one.no.is_empty() && !one.events.is_empty() && one.stage.is_none());
    assert!(one.events.is_sorted_by_key(|event| event.at_ms));
    let encoded = has(body, b"\\") || has(body, b"%") || has(body, b"&#");
    for event in one.events.iter().filter(|event| event.stage != Stage::Other) {
        assert!(encoded || has(body, event.word.as_bytes()), "{event:?}");
    }
}

/// Only the number asked about; nothing understood that was not said; the order of time.
fn believed(one: &Tracked, body: &[u8]) {
    let said = |text: &str| has(body, text.as_bytes()) || has(body, b"\\");
    assert_eq!(one.no, NO);
    assert!(said(&one.no), "the number was never said");
    assert!(one.events.len() <= 300);
    assert!(one.events.windows(2).all(|pair| pair[0].at_ms <= pair[1].at_ms));
    for event in &one.events {
        assert!(event.text.chars().count() <= 500 && event.word.chars().count() <= 40);
        let understood = event.stage != Stage::Other;
        assert!(!understood || (!event.word.is_empty() && said(&event.word)), "{event:?}");
        assert!(event.stage != Stage::Delivered || is_signed(event), "{event:?}");
    }
}

/// 3 and its kin at KDNiao, abroad too, 80, 8000 and 607 at SF.
fn is_signed(event: &TrackEvent) -> bool {
    let kdniao = ["3", "301", "302", "304", "305", "306", "307", "311"];
    kdniao.iter().chain(&["80", "8000", "607"]).any(|word| *word == event.word)
}
