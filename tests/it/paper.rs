//! The station against a practice printer on a real socket: the roll ends inside a label.

use practice::printer::{Event, Faults, Language, Options, Printer};
use scene::{Home, orders_csv, waybill_on};
use station::view::{PrinterState, State};
use std::time::Duration;

#[tokio::test]
async fn the_roll_ends_inside_a_label() {
    for language in ["zpl", "tspl"] {
        let faults = Faults { paper_out_after: Some(1), ..Faults::default() };
        // Slow enough that the next label is inside when the roll ends.
        let options = Options { faults, mm_per_s: Some(500), ..Options::default() };
        let printer = Printer::start(options).await.expect("up");
        let home = Home::on_printer(&format!("tcp://127.0.0.1:{}", printer.port()), language);
        let scene = home.open_real().await.expect("opens");
        let mut events = printer.events();
        let running = scene.station.run();
        scene.import(&orders_csv(3)).await.expect("imports");
        let ids = scene.ship_all().await.expect("ships");
        let interrupted = async {
            while !matches!(events.recv().await.expect("events"), Event::Interrupted { .. }) {}
        };
        tokio::time::timeout(Duration::from_secs(20), interrupted).await.expect("interrupted");
        // The screen says so, and what is inside does not count as printed.
        let mut changed = scene.station.changed();
        while scene.status().printers[0].state != PrinterState::PaperOut {
            let waited = tokio::time::timeout(Duration::from_secs(5), changed.changed()).await;
            waited.expect("paper out is told within seconds").expect("the station runs");
        }
        assert!(scene.status().counts.printed <= 1);
        printer.refill();
        let settled = scene.station.settled(&ids, true);
        tokio::time::timeout(Duration::from_secs(20), settled).await.expect("goes on").expect("db");
        let printed: Vec<_> = printer.labels().iter().map(|l| waybill_on(&l.bitmap)).collect();
        let numbers: Vec<_> = (1..=3).map(|n| scene.row(&format!("P-{n}")).waybill_no).collect();
        assert_eq!(printed, numbers, "{language}: each once, in order, none lost");
        assert!(scene.rows().iter().all(|row| row.state == State::Printed));
        running.stop().await;
        printer.stop().await;
    }
}

#[tokio::test]
async fn two_stations_on_one_printer_never_mix_their_labels() {
    // A printer serves one connection after another, as most do on port 9100.
    let printer = Printer::start(Options::default()).await.expect("up");
    let address = format!("tcp://127.0.0.1:{}", printer.port());
    let homes = [Home::on_printer(&address, "zpl"), Home::on_printer(&address, "tspl")];
    let mut scenes = Vec::new();
    for home in &homes {
        let scene = home.open_real().await.expect("opens");
        scene.import(&orders_csv(4)).await.expect("imports");
        let ids = scene.ship_all().await.expect("ships");
        scenes.push((scene, ids));
    }
    let running: Vec<_> = scenes.iter().map(|(scene, _)| scene.station.run()).collect();
    for (scene, ids) in &scenes {
        let settled = scene.station.settled(ids, true);
        tokio::time::timeout(Duration::from_secs(40), settled).await.expect("ends").expect("db");
    }
    let labels = printer.labels();
    assert_eq!(labels.len(), 8, "each once");
    assert!(printer.unknown().is_empty(), "{:?}", printer.unknown());
    for ((scene, _), language) in scenes.iter().zip([Language::Zpl, Language::Tspl]) {
        assert!(scene.rows().iter().all(|row| row.state == State::Printed));
        let own = labels.iter().filter(|label| label.language == language);
        let printed: Vec<_> = own.map(|label| waybill_on(&label.bitmap)).collect();
        let numbers: Vec<_> = (1..=4).map(|n| scene.row(&format!("P-{n}")).waybill_no).collect();
        assert_eq!(printed, numbers, "{language:?}: whole, and in order");
    }
    for station in running {
        station.stop().await;
    }
    printer.stop().await;
}
