//! From a scan to the first byte of the label, in a small house and in one that never cleans up.

use crate::{
    figures::{Figures, Times, ms},
    home::{Arrivals, AtWork, Home, Settings, instant_world, query},
};
use rusqlite::{Connection, params};
use station::{
    Station,
    view::{ScanView, State, Tab},
};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

/// Scans, and reprints.
const SCANS: usize = 1_000;
/// Not counted: the first ones fill caches.
const WARM: usize = 50;
/// Scans of one size before the other has its turn.
const TURN: usize = 25;
/// Turns of one pass, the uncounted ones included.
const TURNS: usize = (WARM + SCANS) / TURN;
/// As many of the newest are what a house of any size holds in hand: some days.
const NEWEST: i64 = 10_000;
/// Rows of one transaction while filling.
const CHUNK: i64 = 50_000;
/// Ids of filled rows begin here.
const FIRST_ID: i64 = 100_000;
/// Days that the filled shipments are spread over.
const DAYS_MS: i64 = 100 * 86_400_000;

/// Both sizes, and how they compare. Both are filled first and then take turns, because the disk
/// itself is slower for a while after gigabytes, and a shared machine has its moods.
///
/// All of it twice: with the file as the machine leaves it, which may have given its page cache to
/// others, and with the file in memory. The second is our own work, the first has the disk in it.
pub async fn run(figures: &mut Figures) {
    let mut houses = [House::new(10_000).await, House::new(1_000_000).await];
    for pass in [Pass { nth: 0, warms: false }, Pass { nth: 1, warms: true }] {
        for turn in 0..TURNS {
            for house in &mut houses {
                house.turn(pass, pass.nth * TURNS + turn, turn * TURN >= WARM).await;
            }
        }
        let file = if pass.warms { "in memory" } else { "as left" };
        for (house, said) in houses.iter_mut().zip(["10,000", "1,000,000"]) {
            let goal = "p99 ≤ 20 ms";
            let what = |what: &str| format!("{what} to first byte, {said} shipments, file {file}");
            figures.add(what("scan of a waiting order"), house.seen.scans.say(), goal);
            figures.add(what("reprint"), house.seen.reprints.say(), goal);
            figures.add(what("reprint of any age"), house.seen.old_reprints.say(), goal);
            let what = format!("status and first screen, {said} shipments, file {file}");
            figures.add(what, house.looks().say(), "—");
        }
        let [small, large] = &mut houses;
        let (small, large) = (std::mem::take(&mut small.seen), std::mem::take(&mut large.seen));
        compare(figures, small, large, file);
    }
    for house in houses {
        house.work.stop().await;
    }
}

fn compare(figures: &mut Figures, small: Seen, large: Seen, file: &str) {
    let kinds = [
        ("scan", small.scans, large.scans),
        ("reprint", small.reprints, large.reprints),
        ("reprint of any age", small.old_reprints, large.old_reprints),
    ];
    for (kind, mut small, mut large) in kinds {
        let mut ratio =
            |at: usize| large.percentile(at).as_secs_f64() / small.percentile(at).as_secs_f64();
        let seen = format!("p50 {:.2}×, p99 {:.2}×", ratio(50), ratio(99));
        let what = format!("{kind}, 1,000,000 shipments against 10,000, file {file}");
        figures.add(what, seen, "≤ 1.2×");
    }
}

/// One of the two rounds of turns.
#[derive(Clone, Copy)]
struct Pass {
    nth: usize,
    /// Whether the file is read before each turn.
    warms: bool,
}

/// What one pass measured in one house.
#[derive(Default)]
struct Seen {
    scans: Times,
    reprints: Times,
    old_reprints: Times,
}

/// A station with many shipments behind it, at work, and what was measured on it.
struct House {
    shipments: i64,
    arrivals: Arrivals,
    station: Arc<Station>,
    work: AtWork,
    seen: Seen,
    home: Home,
}

impl House {
    async fn new(shipments: i64) -> Self {
        let printers = ["tcp://127.0.0.1:9".to_owned()];
        let home = Home::new(&Settings { accounts: 1, ..Settings::instant(&printers) });
        let arrivals = Arrivals::new();
        let station = home.open(instant_world(&arrivals)).await;
        home.import(&station, 1 + 2 * TURNS * TURN).await;
        let work = AtWork::start(Arc::clone(&station));
        scan(&station, &arrivals, 1).await;
        work.stop().await;
        drop(station);
        let begun = Instant::now();
        fill(&home.file("station.sqlite"), shipments);
        eprintln!("filled with {shipments} in {}", ms(begun.elapsed()));
        let station = home.open(instant_world(&arrivals)).await;
        let work = AtWork::start(Arc::clone(&station));
        Self { shipments, arrivals, station, work, seen: Seen::default(), home }
    }

    /// One turn of each kind; `counts` once the caches of the program itself are filled.
    async fn turn(&mut self, pass: Pass, turn: usize, counts: bool) {
        if pass.warms {
            let file = self.home.file("station.sqlite");
            tokio::task::spawn_blocking(move || into_memory(&file)).await.expect("read");
        }
        for nth in turn * TURN..(turn + 1) * TURN {
            let scan = scan(&self.station, &self.arrivals, nth + 2).await;
            // The newest labels are those that a packer holds in hand; those of any age are, in the
            // large house, mostly on the disk.
            let newest = self.reprint(self.shipments - 1 - stride(nth) % NEWEST).await;
            let old = self.reprint(stride(nth) * 101 % self.shipments).await;
            if counts {
                self.seen.scans.add(scan);
                self.seen.reprints.add(newest);
                self.seen.old_reprints.add(old);
            }
        }
    }

    async fn reprint(&self, place: i64) -> Duration {
        reprint(&self.station, &self.arrivals, &format!("F-{}", FIRST_ID + place)).await
    }

    /// The first screen, a hundred times.
    fn looks(&self) -> Times {
        let mut looks = Times::default();
        for _ in 0..100 {
            let begun = Instant::now();
            self.station.status().expect("status");
            self.station.list(&query(Some(Tab::Printed))).expect("a list");
            looks.add(begun.elapsed());
        }
        looks
    }
}

/// Reads the whole file, so that the system holds it.
fn into_memory(path: &Path) {
    let mut file = std::fs::File::open(path).expect("the station's database");
    let mut buffer = vec![0; 1 << 20];
    while std::io::Read::read(&mut file, &mut buffer).expect("read") > 0 {}
}

/// Places far apart, none twice.
fn stride(nth: usize) -> i64 {
    i64::try_from(nth).unwrap_or(0) * 7_919
}

async fn scan(station: &Arc<Station>, arrivals: &Arrivals, nth: usize) -> Duration {
    let (code, before) = (format!("P-{nth}"), arrivals.count());
    let begun = Instant::now();
    let seen = station.scan(&code).await.expect("an answer");
    assert!(matches!(seen, ScanView::Shipping(_)), "{code}: {seen:?}");
    let first_byte = arrivals.wait_for(before + 1).await;
    rest(station, &code).await;
    first_byte - begun
}

async fn reprint(station: &Arc<Station>, arrivals: &Arrivals, code: &str) -> Duration {
    let before = arrivals.count();
    let begun = Instant::now();
    station.reprint(code, "破损").await.expect("a job");
    let first_byte = arrivals.wait_for(before + 1).await;
    rest(station, code).await;
    first_byte - begun
}

/// A packer scans next when the label is there, and not within milliseconds.
async fn rest(station: &Station, code: &str) {
    let id = station.resolve(code).expect("known");
    station.settled(&[id], true).await.expect("settled");
    assert_eq!(station.row(id).expect("a row").state, State::Printed);
    tokio::time::sleep(Duration::from_millis(10)).await;
}

/// Makes many shipments of the printed one, with all that belongs to each: order, item, number,
/// outbox entry, print job, history. Triggers are on, as when they come one by one.
fn fill(path: &Path, shipments: i64) {
    let db = Connection::open(path).expect("the station's database");
    db.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;").expect("set");
    let (template, no): (i64, String) = db
        .query_row("SELECT shipment_id, no FROM waybill", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("one number");
    for first in (0..shipments).step_by(usize::try_from(CHUNK).unwrap_or(1)) {
        let last = (first + CHUNK).min(shipments) - 1;
        db.execute_batch("BEGIN").expect("begun");
        for copy in COPIES {
            let sql = format!(
                "WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2),
                 at(i, id, ms) AS
                   (SELECT i, i + {FIRST_ID}, {DAYS_MS} * (i + 1) / ?3 - {DAYS_MS} FROM n)
                 {copy}"
            );
            let rows = db.execute(&sql, params![first, last, shipments, template, no]);
            rows.unwrap_or_else(|why| panic!("{why}: {copy}"));
        }
        db.execute_batch("COMMIT").expect("committed");
    }
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("written back");
    // Or the system would still be writing gigabytes while the scans are timed.
    std::fs::File::open(path).and_then(|file| file.sync_all()).expect("flushed");
}

/// One shipment of every table after the other; `?4` is the template, `?5` its number.
const COPIES: [&str; 7] = [
    "INSERT INTO orders SELECT at.id, shop, 'F-' || at.id, paid_at_ms + ms, name, phone, province,
        city, district, detail, goods, pieces, weight_g, note,
        replace(search, lower(number), 'f-' || at.id), imported_at_ms + ms, pay, cod_fen,
        insured_fen
       FROM at, orders o WHERE o.id = (SELECT order_id FROM shipment WHERE id = ?4) AND ?5 <> ''",
    "INSERT INTO order_item SELECT at.id, line, title, quantity
       FROM at, order_item o
      WHERE o.order_id = (SELECT order_id FROM shipment WHERE id = ?4) AND ?5 <> ''",
    "INSERT INTO shipment (id, order_id, state, account, sort_at_ms)
     SELECT at.id, at.id, state, account, sort_at_ms + ms
       FROM at, shipment s WHERE s.id = ?4 AND ?5 <> ''",
    "INSERT INTO shipment_event (shipment_id, at_ms, event, to_state, note)
     SELECT at.id, at_ms + ms, event, to_state, note
       FROM at, shipment_event e WHERE e.shipment_id = ?4 AND ?5 <> ''",
    "INSERT INTO waybill SELECT at.id, at.id, generation, account, order_key || at.id,
        ?5 || at.id, sort_code, replace(label, ?5, ?5 || at.id), issued_at_ms + ms, NULL
       FROM at, waybill w WHERE w.shipment_id = ?4",
    "INSERT INTO outbox (id, kind, shipment_id, account, order_key, body, label, print_on, urgent,
        attempt, doubt, due_at_ms, leased_at_ms, done_at_ms)
     SELECT at.id, kind, at.id, account, order_key || at.id, body, label, print_on, urgent,
        attempt, doubt, due_at_ms + ms, leased_at_ms + ms, done_at_ms + ms
       FROM at, outbox o WHERE o.shipment_id = ?4 AND ?5 <> ''",
    "INSERT INTO print_job (id, shipment_id, waybill_id, printer, state, copy, reason, urgent,
        spooled_at_ms, sent_at_ms, done_at_ms)
     SELECT at.id, at.id, at.id, printer, state, copy, reason, urgent, spooled_at_ms + ms,
        sent_at_ms + ms, done_at_ms + ms
       FROM at, print_job j WHERE j.shipment_id = ?4 AND ?5 <> ''",
];
