//! Seeded faults on both sides, with the invariants checked after every step. A failure names its
//! seed; `PACKBENCH_SEED=n` runs that one alone.

use practice::carrier::Faults;
use scene::{Home, PrinterFault, Speech, orders_csv, waybill_on};
use station::{
    Ran,
    trouble::Code,
    view::{Row, State},
};
use std::collections::HashMap;

const ORDERS: usize = 12;
/// Every speech at least once, four of them with a printer that confirms and one that does not.
const SEEDS: u64 = Speech::ALL.len() as u64 + 4;
/// Steps of the bad time; afterwards all is well and everything must come to rest.
const STEPS: usize = 400;

/// A small generator whose whole state is the seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }
}

fn plan(dice: &mut Dice) -> Option<PrinterFault> {
    match dice.roll(16) {
        0 => Some(PrinterFault::Refused),
        1 => Some(PrinterFault::BreaksAtOnce),
        2 => Some(PrinterFault::BreaksInside),
        3 => Some(PrinterFault::BreaksAfter),
        4 => Some(PrinterFault::Silent),
        _ => None,
    }
}

async fn bad_time(seed: u64) {
    let speech = Speech::ALL[seed as usize % Speech::ALL.len()];
    let home = Home::speaking(speech, if seed.is_multiple_of(2) { "status" } else { "none" }, seed);
    let mut dice = Dice(seed);
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(ORDERS)).await.expect("imports");
    home.world.set_faults(Faults {
        lose_before: 0.05,
        lose_after_commit: 0.15,
        http_502: 0.1,
        cut_json: 0.1,
        bare_106: 0.3,
        refuse_rate: 0.1,
        refuse: 0.05,
        seed,
        ..Faults::default()
    });
    home.world.paper().plan = (0..40).map(|_| plan(&mut dice)).collect();
    scene.ship_all().await.expect("ships");
    for _ in 0..STEPS {
        if let Ran::Idle { until_ms: Some(until_ms) } = scene.turn().await.expect("turns") {
            home.world.until(until_ms.min(i64::MAX / 2));
        }
        match dice.roll(60) {
            0 => home.world.set_away(true),
            1..=4 => home.world.set_away(false),
            5 => home.world.paper().empty = true,
            6..=8 => home.world.refill(),
            10..=14 => home.world.paper().silent = false,
            9 => {
                drop(scene);
                scene = home.open().await.expect("opens again");
            }
            _ => {}
        }
        scene.check(ORDERS);
        labels_belong(&scene);
    }
    all_is_well(&home, &mut scene).await;
    let rows = scene.rows();
    for row in &rows {
        let rests = matches!(row.state, State::Printed | State::Refused);
        assert!(rests, "{row:?}");
    }
    scene.check(ORDERS);
    labels_belong(&scene);
    assert_eq!(scene.status().outbox.waiting, 0, "the outbox drains");
}

/// After the bad time: a person answers what is asked, everything else goes on by itself.
async fn all_is_well(home: &Home, scene: &mut scene::Scene) {
    home.world.set_faults(Faults::default());
    home.world.set_away(false);
    home.world.refill();
    home.world.paper().plan.clear();
    home.world.paper().silent = false;
    for _ in 0..3 {
        scene.settle().await.expect("settles");
        for row in scene.rows() {
            answer(scene, &row).await;
        }
    }
    scene.settle().await.expect("settles");
}

async fn answer(scene: &scene::Scene, row: &Row) {
    match row.trouble.as_ref().map(|trouble| trouble.code) {
        Some(Code::LabelUnknown) => {
            let no = row.waybill_no.clone().unwrap_or_default();
            let out = scene
                .world
                .paper()
                .labels
                .iter()
                .filter(|label| waybill_on(label).as_deref() == Some(no.as_str()))
                .count();
            scene.station.confirm(&no, out > row.copies as usize).await.expect("answered");
        }
        Some(Code::WaybillUnknown) => {
            scene.station.look_again(row.id).await.expect("looks again");
        }
        _ => {}
    }
}

/// Every picture that came out shows a number of this station, and no number more often than it
/// was asked for.
fn labels_belong(scene: &scene::Scene) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut read = scene.world.read_labels.lock().expect("one reader");
    let paper = scene.world.paper();
    for label in paper.labels.iter().skip(read.len()) {
        read.push(waybill_on(label).expect("a readable number"));
    }
    for no in read.iter() {
        *seen.entry(no.clone()).or_default() += 1;
    }
    for (no, times) in seen {
        let id = scene.station.resolve(&no).expect("a number of this station");
        let jobs = scene.station.detail(id).expect("detail").jobs.len();
        assert!(times as usize <= jobs, "{no} came out {times} times for {jobs} jobs");
    }
}

#[tokio::test]
async fn seeds() {
    if let Ok(seed) = std::env::var("PACKBENCH_SEED") {
        return bad_time(seed.parse().expect("PACKBENCH_SEED is a number")).await;
    }
    for seed in 1..=SEEDS {
        println!("seed {seed}");
        bad_time(seed).await;
    }
}
