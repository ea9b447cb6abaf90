//! What the carriers that are asked directly answer: every answer read as the one to each question.

use super::{at_once, carrier::Same, has};
use md5::{Digest, Md5};
use station::{
    carrier::{
        Carrier, CarrierError, Template,
        access::{Access, Clock, Repeat},
        charge::ChargeAsk,
        hear::{Heard, Push},
        jd, jtexpress, kuaidi100,
        offers::Way,
        sto,
        track::TrackAsk,
        yto, yunda, zto,
    },
    order::Address,
};
use std::sync::{Arc, LazyLock};

const STATUSES: [u16; 6] = [200, 200, 200, 429, 502, 302];
const SALT: &str = "SALT01";
const KEY: &str = "PB-1-A";
const NO: &str = "PB0000000000001";
/// Longer than anything that is said of one parcel.
const EVENTS_MAX: usize = 1 << 16;

/// A carrier, a stored request of its own, and what a "yes" to a void has in it.
struct Door {
    carrier: Box<dyn Carrier>,
    stored: &'static str,
    yes: &'static [u8],
}

fn access() -> Access {
    Access {
        name: String::new(),
        endpoint: Some("http://near".into()),
        sandbox: false,
        carrier_draws: true,
        timeout_ms: 1_000,
    }
}

fn door(carrier: impl Carrier + 'static, stored: &'static str, yes: &'static [u8]) -> Door {
    Door { carrier: Box::new(carrier), stored, yes }
}

static DOORS: LazyLock<[Door; 7]> = LazyLock::new(|| {
    let clock: Clock = Arc::new(|| 1_795_226_400_000);
    let interface =
        yto::Interface { user_id: "U".into(), customer_code: "K".into(), secret: "s".into() };
    [
        door(
            kuaidi100::Kuaidi100::new(kuaidi100_account(), Arc::clone(&clock)),
            r#"{"made_at_ms":1795226400000,"param":"{}"}"#,
            b"200",
        ),
        door(jd::Jd::new(jd_account(), Arc::clone(&clock)), r#"[{"orderId":"PB-1-A"}]"#, b"0"),
        door(zto::Zto::new(zto_account()), r#"{"partnerOrderCode":"PB-1-A"}"#, b""),
        door(sto::Sto::new(sto_account()), r#"{"orderNo":"PB-1-A"}"#, b""),
        door(
            yto::Yto::new(yto_account(interface), Arc::clone(&clock)),
            r#"{"logisticsNo":"PB-1-A"}"#,
            b"PB-1-A",
        ),
        door(
            jtexpress::JtExpress::new(jtexpress_account(), Arc::clone(&clock)),
            r#"{"txlogisticId":"PB-1-A"}"#,
            b"1",
        ),
        door(
            yunda::Yunda::new(yunda_account(), clock),
            r#"{"orders":[{"order_serial_no":"PB-1-A"}]}"#,
            b"PB-1-A",
        ),
    ]
});

fn kuaidi100_account() -> kuaidi100::Account {
    kuaidi100::Account {
        access: access(),
        key: "k".into(),
        secret: "s".into(),
        customer: "c".into(),
        com: "yuantong".into(),
        partner_id: "p".into(),
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
        salt: SALT.into(),
        push_url: String::new(),
        compare: Vec::new(),
    }
}

fn jd_account() -> jd::Account {
    jd::Account {
        access: access(),
        app_key: "k".into(),
        app_secret: "s".into(),
        token: "t".into(),
        customer_code: "c".into(),
        domain: String::new(),
        product: String::new(),
        pay: None,
        volume_cm3: None,
    }
}

fn zto_account() -> zto::Account {
    zto::Account {
        access: access(),
        app_key: "k".into(),
        app_secret: "s".into(),
        account_id: "a".into(),
        account_password: "p".into(),
        customer_id: String::new(),
        group: false,
        site_code: String::new(),
        site_name: String::new(),
        repeat: Repeat::Same,
    }
}

fn sto_account() -> sto::Account {
    sto::Account {
        access: access(),
        from_appkey: "k".into(),
        from_code: "k".into(),
        secret_key: "s".into(),
        order_source: "o".into(),
        site_code: "1".into(),
        customer_name: "c".into(),
        site_pwd: "p".into(),
        month_customer_code: String::new(),
        repeat: Repeat::Same,
    }
}

fn yto_account(create: yto::Interface) -> yto::Account {
    yto::Account {
        access: access(),
        create,
        cancel: None,
        print: None,
        track: None,
        product: String::new(),
        repeat: Repeat::Same,
    }
}

fn jtexpress_account() -> jtexpress::Account {
    jtexpress::Account {
        access: access(),
        api_account: "a".into(),
        private_key: "s".into(),
        customer_code: "c".into(),
        password: "p".into(),
        network: String::new(),
        goods_type: String::new(),
        pay: None,
        privacy: false,
    }
}

fn yunda_account() -> yunda::Account {
    yunda::Account {
        access: access(),
        app_key: "k".into(),
        app_secret: "s".into(),
        partner_id: "p".into(),
        partner_secret: "p".into(),
    }
}

/// The first byte chooses carrier and HTTP status, the rest is the body.
pub fn direct(bytes: &[u8]) {
    let Some((&first, body)) = bytes.split_first() else { return };
    let first = usize::from(first);
    let door = &DOORS[first % DOORS.len()];
    let status = STATUSES[first / DOORS.len() % STATUSES.len()];
    let http = Same(status, body);
    let carrier = &*door.carrier;
    for again in [false, true] {
        let outcome = match again {
            false => at_once(carrier.create_waybill(&http, door.stored)),
            true => at_once(carrier.create_again(&http, door.stored)),
        };
        match outcome {
            Ok(waybill) => {
                assert_eq!(status, 200, "a waybill out of HTTP {status}");
                let no = waybill.no;
                let fits = !no.is_empty() && no.len() <= 40;
                assert!(fits && no.bytes().all(|b| b.is_ascii_graphic()), "{no}");
                assert!(has(body, no.as_bytes()) || has(body, b"\\"), "{no} was never said");
                let draws = !matches!(carrier.code(), "JD" | "ZTO" | "STO");
                assert_eq!(waybill.template != Template::NotAsked, draws);
            }
            Err(error) => told(&error, status),
        }
    }
    let void = carrier.void_request(KEY, NO);
    match at_once(carrier.void_waybill(&http, &void)) {
        Ok(()) => assert!(status == 200 && (has(body, door.yes) || has(body, b"\\"))),
        Err(error) => told(&error, status),
    }
    if let Err(error) = at_once(carrier.balance(&http)) {
        told(&error, status);
    }
    offers(carrier, &http, status);
    pushed(carrier, body);
}

/// A push that is signed with the account's own salt: whatever is in it, only what was said is
/// told.
fn pushed(carrier: &dyn Carrier, body: &[u8]) {
    let Some(hears) = carrier.hears() else { return };
    let Ok(param) = std::str::from_utf8(body) else { return };
    let sign: String =
        Md5::digest(format!("{param}{SALT}")).iter().map(|byte| format!("{byte:02X}")).collect();
    let form = serde_urlencoded::to_string([("param", param), ("sign", &sign)]);
    let form = form.expect("pairs of texts");
    match hears.hear(Push { body: form.as_bytes(), now_ms: 0 }) {
        Heard::Tracks { news, .. } => {
            for one in news.tracked {
                let no = one.no.as_bytes();
                assert!(has(body, no) || has(body, b"\\"), "{} was never said", one.no);
                assert!(one.events.is_sorted_by_key(|event| event.at_ms));
            }
        }
        Heard::Pickups { told, .. } => {
            let one = &told[0];
            let named =
                !one.order_key.is_empty() || !one.carrier_key.is_empty() || has(body, b"\\");
            assert!(told.len() == 1 && !one.word.is_empty());
            assert!(named || has(body, b"askId"), "{one:?}");
            assert!(one.fees.is_none_or(|fees| fees.adds_up()), "{one:?}");
        }
        Heard::Refused { answer, .. } => assert!(answer.contains("\"result\":false")),
        _ => panic!("it is for this account"),
    }
}

/// What a carrier says besides numbers.
fn offers(carrier: &dyn Carrier, http: &Same<'_>, status: u16) {
    let ask = TrackAsk {
        no: NO.into(),
        order_key: KEY.into(),
        carrier: String::new(),
        phone_tail: "0001".into(),
    };
    if let Some(tracks) = carrier.tracks() {
        match at_once(tracks.track(http, &[ask])) {
            Ok(all) => {
                assert!(status == 200 && all.len() == 1 && all[0].no == NO);
                let events = &all[0].events;
                assert!(events.len() < EVENTS_MAX);
                assert!(events.is_sorted_by_key(|event| event.at_ms));
            }
            Err(error) => told(&error, status),
        }
    }
    let way = Way {
        from: Address::default(),
        to: Address::default(),
        weight_g: 1_000,
        insured_fen: None,
    };
    if let Some(quotes) = carrier.quotes() {
        match at_once(quotes.quote(http, &way)) {
            Ok(all) => assert!(status == 200 && all.iter().all(|quote| quote.total_minor >= 0)),
            Err(error) => told(&error, status),
        }
    }
    if let Some(reaches) = carrier.reaches() {
        match at_once(reaches.reach(http, &way)) {
            Ok(_) => assert_eq!(status, 200),
            Err(error) => told(&error, status),
        }
    }
    if let Some(estimates) = carrier.estimates() {
        match at_once(estimates.estimate(http, &way, 0)) {
            Ok(eta) => assert!(status == 200 && !eta.when.is_empty()),
            Err(error) => told(&error, status),
        }
    }
    let ask = ChargeAsk { no: NO.into(), order_key: KEY.into(), booking: "C1/1".into() };
    if let Some(charges) = carrier.charges() {
        match at_once(charges.charge(http, &ask)) {
            Ok(charge) => {
                assert_eq!(status, 200);
                let all: Option<i64> =
                    charge.as_ref().map(|it| it.lines.iter().map(|line| line.fen).sum());
                let whole = charge.map(|it| it.total_fen);
                assert!(carrier.code() == "JD" || whole == all, "{whole:?} {all:?}");
            }
            Err(error) => told(&error, status),
        }
    }
    if let Some(recognises) = carrier.recognises() {
        match at_once(recognises.recognise(http, NO)) {
            Ok(all) => assert!(status == 200 && all.iter().all(|owner| !owner.code.is_empty())),
            Err(error) => told(&error, status),
        }
    }
}

/// What arrived is never "not sent"; words stay short; a gateway's page is no refusal.
fn told(error: &CarrierError, status: u16) {
    match error {
        CarrierError::NotSent { why } => panic!("it was sent: {why}"),
        CarrierError::Unknown { why } => assert!(why.chars().count() < 1_000),
        CarrierError::Busy { said } => assert!(said.chars().count() <= 300),
        CarrierError::Refused { said, .. } => {
            assert!(status == 200 && said.chars().count() <= 300);
        }
    }
}
