//! Orders a second from "ship" to "printed", every step of every order flushed to the disk.

use crate::{
    figures::Figures,
    home::{Arrivals, AtWork, Home, Settings, account, instant_world, printer},
};
use station::view::{ShipRequest, State};
use std::time::Instant;

/// Orders of one run; a day has 3,000.
const ORDERS: usize = 3_000;
/// Runs; the middle one counts.
const RUNS: usize = 3;

/// Four accounts, because one is never asked more than 200 times a second.
pub async fn run(figures: &mut Figures) {
    for printers in [1, 4] {
        let mut rates = Vec::new();
        for _ in 0..RUNS {
            rates.push(one_run(4, printers).await);
        }
        rates.sort_by(f64::total_cmp);
        let what = format!(
            "orders a second, request to printed, 4 accounts (the cap of one is 200/s), \
             {printers} printer(s), carrier and printer instant, `synchronous=FULL`"
        );
        figures.add(what, format!("{:.0}/s", rates[RUNS / 2]), "≥ 300/s");
    }
}

async fn one_run(accounts: usize, printers: usize) -> f64 {
    let addresses: Vec<String> =
        (0..printers).map(|nth| format!("tcp://127.0.0.1:{}", nth + 9)).collect();
    let home = Home::new(&Settings { accounts, ..Settings::instant(&addresses) });
    let arrivals = Arrivals::new();
    let station = home.open(instant_world(&arrivals)).await;
    let (_, ids) = home.import(&station, ORDERS).await;
    let work = AtWork::start(station);
    let begun = Instant::now();
    let mut asked = tokio::task::JoinSet::new();
    for (place, part) in ids.chunks(ORDERS.div_ceil(accounts)).enumerate() {
        let station = work.station.clone();
        let request = ShipRequest {
            ids: part.to_vec(),
            account: Some(account(place + 1)),
            printer: Some(printer(place % printers + 1)),
            print: true,
        };
        asked.spawn(async move { station.ship(request).await.expect("shipped") });
    }
    while asked.join_next().await.is_some() {}
    work.station.settled(&ids, true).await.expect("settled");
    let took = begun.elapsed();
    for id in &ids {
        let row = work.station.row(*id).expect("a row");
        assert_eq!(row.state, State::Printed, "{row:?}");
    }
    assert_eq!(arrivals.count(), ORDERS as u64);
    work.stop().await;
    ORDERS as f64 / took.as_secs_f64()
}
