//! A carrier at its worst usual: answers of two seconds, some lost after the number was given, some
//! five times slower. Its rate must be used all the same, and no order have two numbers. In real
//! time, so 400 numbers unless `PACKBENCH_PACE` says 2000.

use crate::{
    figures::Figures,
    home::{Arrivals, AtWork, Home, Settings, instant_world},
};
use practice::carrier::{self, Faults};
use station::{
    carrier::http::RealHttp,
    outside::{Answer, Http, HttpError, Later, Outside, Request},
    view::ShipRequest,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// What the account may ask.
const CALLS_PER_S: u32 = 20;
/// What the carrier takes for an answer, and for a slow one beside that.
const CARRIER_MS: u64 = 2_000;
const SLOWER_MS: u64 = 8_000;
const LOST: f64 = 0.01;
const SLOW: f64 = 0.05;

/// The network, with the moments at which calls left.
struct Timed {
    http: RealHttp,
    left: Mutex<Vec<Instant>>,
}

impl Http for Timed {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        self.left.lock().expect("nobody panics here").push(Instant::now());
        self.http.send(request)
    }
}

/// One batch of numbers without labels.
pub async fn run(figures: &mut Figures) {
    let count: usize =
        std::env::var("PACKBENCH_PACE").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let faults = Faults {
        lose_after_commit: LOST,
        slow: SLOW,
        slow_ms: SLOWER_MS,
        seed: 7,
        ..Faults::default()
    };
    let options = carrier::Options {
        delay_ms: CARRIER_MS,
        api_key: scene::API_KEY.into(),
        faults,
        ..carrier::Options::default()
    };
    let carrier = carrier::Carrier::start(options).await.expect("a carrier");
    let home = Home::new(&Settings {
        accounts: 1,
        calls_per_s: CALLS_PER_S,
        in_flight: None,
        endpoint: &carrier.url(),
        printers: &["tcp://127.0.0.1:9".into()],
        confirm: "none",
    });
    let timed = Arc::new(Timed { http: RealHttp::new(), left: Mutex::default() });
    let http: Arc<dyn Http> = Arc::<Timed>::clone(&timed);
    let station = home.open(Outside { http, ..instant_world(&Arrivals::new()) }).await;
    let (_, ids) = home.import(&station, count).await;
    let work = AtWork::start(station);
    let begun = Instant::now();
    let request = ShipRequest { ids: ids.clone(), account: None, printer: None, print: false };
    work.station.ship(request).await.expect("shipped");
    let mut changed = work.station.changed();
    // Lost answers are looked up by themselves, after a while.
    while work.station.status().expect("status").outbox.waiting > 0 {
        changed.changed().await.expect("the station is open");
    }
    let whole = begun.elapsed();
    work.stop().await;

    let mut a_key: BTreeMap<String, usize> = BTreeMap::new();
    for issued in carrier.issued() {
        *a_key.entry(issued.order_key).or_default() += 1;
    }
    let doubled = a_key.values().filter(|numbers| **numbers > 1).count();
    assert_eq!((a_key.len(), doubled), (count, 0), "one number for each order");
    let what = format!(
        "{count} numbers at {CALLS_PER_S}/s, answers of {} s, {} % lost, {} % of {} s",
        CARRIER_MS / 1_000,
        LOST * 100.0,
        SLOW * 100.0,
        (CARRIER_MS + SLOWER_MS) / 1_000
    );
    let share = 100.0 * share_of_ceiling(&timed.left.lock().expect("nobody panics here"));
    figures.add(format!("{what}: of the rate used"), format!("{share:.1} %"), "≥ 95 %");
    let seen = format!("{:.1} s, {doubled} doubled", whole.as_secs_f64());
    figures.add(format!("{what}: all numbers"), seen, "0 doubled");
}

/// Calls that left against those that might have, from the first to the one that was the last new
/// order's at the earliest: after it only look-ups are left.
fn share_of_ceiling(left: &[Instant]) -> f64 {
    let orders = left.len() * 98 / 100;
    let (Some(first), Some(last)) = (left.first(), left.get(orders.saturating_sub(1))) else {
        return 0.0;
    };
    let spacing = Duration::from_secs(1) / CALLS_PER_S;
    let least = spacing * u32::try_from(orders.saturating_sub(1)).unwrap_or(u32::MAX);
    least.as_secs_f64() / (*last - *first).as_secs_f64()
}
