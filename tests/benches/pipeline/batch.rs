//! A batch at the speed of paper: a carrier that takes 300 ms, a printer of 150 mm/s on TCP that
//! says what is out. In real time, so 100 labels unless `PACKBENCH_BATCH` says 1000.

use crate::{
    figures::Figures,
    home::{Arrivals, AtWork, Home, Settings, tcp_world},
};
use practice::{carrier, printer};
use station::{outside::Outside, view::ShipRequest};
use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// What the carrier takes for an answer.
const CARRIER_MS: u64 = 300;
/// Speed of the paper.
const MM_PER_S: u32 = 150;
/// A label of 130 mm and the gap of 3 mm.
const LABEL: Duration = Duration::from_micros(133 * 1_000_000 / MM_PER_S as u64);

/// One batch.
pub async fn run(figures: &mut Figures) {
    let count: usize =
        std::env::var("PACKBENCH_BATCH").ok().and_then(|n| n.parse().ok()).unwrap_or(100);
    let options = carrier::Options {
        delay_ms: CARRIER_MS,
        api_key: scene::API_KEY.into(),
        ..carrier::Options::default()
    };
    let carrier = carrier::Carrier::start(options).await.expect("a carrier");
    let options = printer::Options { mm_per_s: Some(MM_PER_S), ..printer::Options::default() };
    let printer = printer::Printer::start(options).await.expect("a printer");
    let home = Home::new(&Settings {
        accounts: 1,
        calls_per_s: 20,
        in_flight: Some(8),
        endpoint: &carrier.url(),
        printers: &[format!("tcp://127.0.0.1:{}", printer.port())],
        confirm: "status",
    });
    let arrivals = Arrivals::new();
    let http = station::carrier::http::RealHttp::new();
    let outside = Outside { http: Arc::new(http), ..tcp_world(&arrivals) };
    let station = home.open(outside).await;
    let (_, ids) = home.import(&station, count).await;
    let work = AtWork::start(station);
    let (begun, begun_at) = (Instant::now(), SystemTime::now());
    let request = ShipRequest { ids: ids.clone(), account: None, printer: None, print: true };
    work.station.ship(request).await.expect("shipped");
    let first_byte = arrivals.wait_for(1).await - begun;
    printer.await_labels(count as u64).await;
    work.station.settled(&ids, true).await.expect("settled");
    work.stop().await;

    let labels = printer.labels();
    let at_ms = |nth: usize| u64::try_from(labels[nth].at_ms).unwrap_or_default();
    let begun_ms = begun_at.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let first_out_ms = u128::from(at_ms(0)).saturating_sub(begun_ms);
    let whole = Duration::from_millis(at_ms(labels.len() - 1) - at_ms(0));
    let moving = LABEL * u32::try_from(labels.len() - 1).unwrap_or(u32::MAX);
    let idle = 100.0 * (1.0 - moving.as_secs_f64() / whole.as_secs_f64());
    let what =
        format!("batch of {count}, carrier {CARRIER_MS} ms at 20/s, printer {MM_PER_S} mm/s");
    let seen = format!(
        "printer begins after {:.2} s, label out after {:.2} s (its paper alone moves for {:.2} s)",
        first_byte.as_secs_f64(),
        first_out_ms as f64 / 1e3,
        LABEL.as_secs_f64()
    );
    figures.add(format!("{what}: first label"), seen, "≤ 1 s");
    figures.add(format!("{what}: printer idle after it"), format!("{idle:.2} %"), "≤ 1 %");
}
