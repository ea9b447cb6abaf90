//! A long run through everything that happens to a roll of labels: the paper ends, somebody opens
//! the cover, the printer is switched off and on inside a label. Each label comes out once, or a
//! person is asked about it. `PACKBENCH_ROLL=1000` makes it as long as a morning.

use practice::printer::{Faults, Options, Printer, RunningPrinter};
use scene::{Home, Scene, orders_csv, waybill_on};
use station::view::{PrinterState, State};
use std::{collections::HashMap, future::Future, time::Duration};

/// Labels, unless the environment says more.
const LABELS: usize = 150;
/// Nothing in this story takes this long, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(120);

async fn soon<T>(what: &str, waited: impl Future<Output = T>) -> T {
    let Ok(came) = tokio::time::timeout(PATIENCE, waited).await else { panic!("never: {what}") };
    came
}

/// Waits until the screen says this of the printer.
async fn says(scene: &Scene, state: PrinterState) {
    let mut changed = scene.station.changed();
    let seen = async {
        while scene.status().printers[0].state != state {
            changed.changed().await.expect("the station runs");
        }
    };
    soon(&format!("{state:?}"), seen).await;
}

/// How often each number came out.
fn printed(printer: &RunningPrinter) -> HashMap<String, usize> {
    let mut numbers = HashMap::new();
    for label in printer.labels() {
        let number = waybill_on(&label.bitmap).expect("a number on every label");
        *numbers.entry(number).or_default() += 1;
    }
    numbers
}

#[tokio::test]
async fn every_label_of_a_long_roll_is_out_once_or_asked_about() {
    let count = std::env::var("PACKBENCH_ROLL").ok().and_then(|n| n.parse().ok()).unwrap_or(LABELS);
    let at = |permille: usize| (count * permille / 1_000) as u64;
    let faults = Faults { paper_out_after: Some(at(137)), ..Faults::default() };
    let options = Options { faults, mm_per_s: Some(2_000), ..Options::default() };
    let printer = Printer::start(options).await.expect("up");
    let home = Home::on_printer(&format!("tcp://127.0.0.1:{}", printer.port()), "zpl");
    let scene = home.open_real().await.expect("opens");
    let running = scene.station.run();
    scene.import(&orders_csv(count)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");

    says(&scene, PrinterState::PaperOut).await;
    assert_eq!(printer.total(), at(137), "nothing comes out of an empty printer");
    printer.refill();
    soon("the first half", printer.await_labels(at(500))).await;
    printer.set(Faults { head_open: true, ..Faults::default() });
    says(&scene, PrinterState::HeadOpen).await;
    printer.set(Faults::default());
    soon("four fifths", printer.await_labels(at(801))).await;
    printer.set(Faults { reset_after_bytes: Some(5_000), ..Faults::default() });
    soon("all", scene.station.settled(&ids, true)).await.expect("the database");

    let before = printed(&printer);
    let asked: Vec<_> = scene.rows().into_iter().filter(|row| row.trouble.is_some()).collect();
    assert!((1..=3).contains(&asked.len()), "as many as were inside or on their way: {asked:?}");
    for row in &asked {
        let number = row.waybill_no.as_deref().expect("it has a number");
        let out = before.contains_key(number);
        scene.station.confirm(number, out).await.expect("a person looked");
    }
    soon("the rest", scene.station.settled(&ids, true)).await.expect("the database");

    let after = printed(&printer);
    for row in scene.rows() {
        assert_eq!(row.state, State::Printed, "{row:?}");
        let number = row.waybill_no.as_deref().expect("it has a number");
        assert_eq!(after.get(number), Some(&1), "{} is out once", row.order_no);
    }
    assert_eq!(after.len(), count);
    scene.check(count);
    running.stop().await;
    printer.stop().await;
}
