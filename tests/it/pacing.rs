//! How fast carriers are asked: a refusal for rate backs off and comes back, a day's allowance ends
//! with China's day, and one slow carrier holds up nobody else.

use practice::carrier::{Desk, Faults, Knock, Options, Reply};
use scene::{API_KEY, Home, Scene, Speech, World, orders_csv};
use station::{
    Station, config,
    outside::{Answer, Http, HttpError, Later, Outside, Request},
    view::{CarrierState, ShipRequest, State},
};
use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};
use tokio::sync::watch;

const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;

/// Puts lines into the account's block.
fn with_keys(home: &Path, keys: &str) {
    let text = fs::read_to_string(home.join("station.toml")).expect("settings");
    let text = text.replacen("[[carrier]]\n", &format!("[[carrier]]\n{keys}\n"), 1);
    config::replace(home, &text).expect("written");
}

fn numbered(scene: &Scene) -> usize {
    scene.rows().iter().filter(|row| row.state == State::Waybilled).count()
}

fn without_labels(scene: &Scene) -> ShipRequest {
    let ids = scene.rows().iter().map(|row| row.id).collect();
    ShipRequest { ids, account: None, printer: None, print: false }
}

/// Asks until the account wants to wait until a moment further ahead than any back-off.
async fn ask_until_spent(scene: &Scene) -> i64 {
    for _ in 0..2_000 {
        match scene.station.ask_once(scene::ACCOUNT).await.expect("asked") {
            station::Ran::Did => scene.world.tick(1),
            station::Ran::Idle { until_ms } => {
                let until_ms = until_ms.expect("something is owed");
                let now_ms = scene.station.status().expect("status").carriers[0].goes_on_at_ms;
                if now_ms == Some(until_ms) {
                    return until_ms;
                }
                scene.world.until(until_ms);
            }
        }
    }
    panic!("the allowance never ends");
}

#[tokio::test]
async fn a_days_allowance_ends_with_chinas_day_and_the_next_goes_on() {
    let home = Home::new("none");
    with_keys(home.folder.path(), "calls_a_day = 3");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(5)).await.expect("imports");
    scene.station.ship(without_labels(&scene)).await.expect("shipped");
    // Before anything is measured the account's pace says how long it takes: 5 at 200 a second.
    let left_ms = scene.status().batch.expect("a batch").left_ms;
    assert_eq!(left_ms, Some(25));
    let until_ms = ask_until_spent(&scene).await;
    assert_eq!(numbered(&scene), 3);
    assert_eq!(until_ms % DAY_MS, 16 * HOUR_MS, "midnight in China is 16:00 UTC");
    let carrier = scene.status().carriers.remove(0);
    assert_eq!((carrier.state, carrier.goes_on_at_ms), (CarrierState::Limited, Some(until_ms)));
    assert_eq!(home.world.issued().len(), 3, "the carrier was asked three times");

    // The count outlives the program.
    drop(scene);
    scene = home.open().await.expect("opens again");
    assert_eq!(ask_until_spent(&scene).await, until_ms);
    assert_eq!(home.world.issued().len(), 3);

    home.world.until(until_ms);
    scene.settle().await.expect("settles");
    assert_eq!(numbered(&scene), 5, "the next day begins anew, by itself");
    assert_eq!(scene.status().carriers[0].state, CarrierState::Up);
    scene.check(5);
}

/// 3,000 calls were counted today: then "too often" means the day, not the second.
#[tokio::test]
async fn sf_says_too_often_and_what_was_counted_says_which() {
    for (counted, spent) in [(10, false), (3_000, true)] {
        let home = Home::speaking(Speech::Sf, "none", 1);
        let mut scene = home.open().await.expect("opens");
        scene.import(&orders_csv(1)).await.expect("imports");
        let db = rusqlite::Connection::open(home.folder.path().join("station.sqlite"));
        // 2026-11-21 in China, counted from 1970.
        db.expect("the database")
            .execute(
                "INSERT INTO call_day VALUES (?1, 'EXP_RECE_CREATE_ORDER', 20778, ?2)",
                rusqlite::params![scene::ACCOUNT, counted],
            )
            .expect("counted");
        home.world.set_faults(Faults { refuse_rate: 1.0, first_asks: 1, ..Faults::default() });
        scene.station.ship(without_labels(&scene)).await.expect("shipped");
        assert_eq!(scene.turn().await.expect("asked"), station::Ran::Did);
        let carrier = scene.status().carriers.remove(0);
        assert_eq!(carrier.state == CarrierState::Limited, spent, "{counted}: {carrier:?}");
        if spent {
            assert_eq!(carrier.goes_on_at_ms.expect("a moment") % DAY_MS, 16 * HOUR_MS);
        }
        scene.settle().await.expect("settles");
        assert_eq!(numbered(&scene), 1, "it comes back by itself");
        scene.check(1);
    }
}

/// A world whose first carrier answers only when told, and whose second at once.
struct TwoCarriers {
    slow: watch::Sender<bool>,
    desk: Mutex<Desk>,
}

impl Http for TwoCarriers {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        Box::pin(async move {
            if request.url.starts_with("http://127.0.0.1:9/") {
                let mut told = self.slow.subscribe();
                told.wait_for(|go| *go).await.expect("the world is there");
            }
            let begin = request.url.find("://").map_or(0, |at| at + 3);
            let at = request.url[begin..].find('/').map_or(request.url.len(), |at| begin + at);
            let (host, path) = request.url.split_at(at);
            let mut desk = self.desk.lock().expect("no test panics while it asks");
            let call = desk.hear(Knock { host, path, body: &request.body, ..Knock::default() });
            match desk.answer(call) {
                Reply::Http(status, _, body) => Ok(Answer { status, body }),
                Reply::Lost => Err(HttpError::Unknown("connection reset".into())),
            }
        })
    }
}

const SECOND: &str = "[[carrier]]\nname = \"中通\"\nkind = \"kdniao\"\nshipper_code = \"ZTO\"\n\
    business_id = \"test1777000\"\napi_key = \"file:key\"\ncustomer_name = \"K1\"\n\
    customer_pwd = \"file:key\"\nendpoint = \"http://127.0.0.1:10\"\n[[routing]]\n\
    carrier = \"圆通\"\n";

#[tokio::test(flavor = "multi_thread")]
async fn one_slow_carrier_never_slows_another() {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let text = fs::read_to_string(&path).expect("settings") + SECOND;
    fs::write(&path, text).expect("written");
    let options = Options { api_key: API_KEY.into(), ..Options::default() };
    let desk = Mutex::new(Desk::open(&options).expect("no journal to open"));
    let world = Arc::new(TwoCarriers { slow: watch::Sender::new(false), desk });
    let http: Arc<dyn Http> = Arc::<TwoCarriers>::clone(&world);
    let scene = home.open_in(Outside { http, ..real_clock(&home) }).await.expect("opens");
    scene.import(&orders_csv(40)).await.expect("imports");
    let ids: Vec<i64> = scene.rows().iter().map(|row| row.id).collect();
    let station: Arc<Station> = Arc::clone(&scene.station);
    let working = station.run();
    for (ids, account) in [(&ids[..20], None), (&ids[20..], Some("中通".to_owned()))] {
        let request = ShipRequest { ids: ids.to_vec(), account, printer: None, print: false };
        station.ship(request).await.expect("shipped");
    }
    let done = |account: &str| {
        let rows = scene.rows();
        rows.iter().filter(|r| r.account == account && r.state == State::Waybilled).count()
    };
    let mut changed = station.changed();
    while done("中通") < 20 {
        changed.changed().await.expect("the station is open");
    }
    assert_eq!(done(scene::ACCOUNT), 0, "nobody has answered for the first");
    let waiting = station.status().expect("status").carriers[0].in_flight;
    assert!(waiting > 0, "it is being asked all the while");
    world.slow.send_replace(true);
    while done(scene::ACCOUNT) < 20 {
        changed.changed().await.expect("the station is open");
    }
    working.stop().await;
}

/// The world of a story with this computer's clock.
fn real_clock(home: &Home) -> Outside {
    let now_ms = || {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        i64::try_from(now.unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
    };
    Outside { now_ms: Arc::new(now_ms), ..World::outside(&home.world) }
}
