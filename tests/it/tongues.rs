//! The station against a practice printer that knows one of the newer languages only: labels count
//! as printed when the printer has proved it, and a label that nobody can tell of is asked about.

use practice::printer::{self, Event, Faults, Options, Printer, Question, RunningPrinter};
use scene::{Home, orders_csv, waybill_on};
use station::{
    trouble::Code,
    view::{PrinterState, State},
};
use std::time::Duration;

const TONGUES: [&str; 3] = ["cpcl", "epl", "escpos"];

async fn started(tongue: &str, faults: Faults) -> RunningPrinter {
    // Slow enough that a label is inside for a while.
    let language = printer::Language::named(tongue);
    let options = Options { faults, language, mm_per_s: Some(500), ..Options::default() };
    Printer::start(options).await.expect("up")
}

/// Printers with receipt paper are wider than the label, which lies on the left.
fn numbers(printer: &RunningPrinter) -> Vec<Option<String>> {
    printer.labels().iter().map(|label| waybill_on(&label.bitmap)).collect()
}

#[tokio::test]
async fn labels_come_out_and_are_believed() {
    for tongue in TONGUES {
        let printer = started(tongue, Faults::default()).await;
        let home = Home::on_printer(&format!("tcp://127.0.0.1:{}", printer.port()), tongue);
        let scene = home.open_real().await.expect("opens");
        let running = scene.station.run();
        scene.import(&orders_csv(3)).await.expect("imports");
        let ids = scene.ship_all().await.expect("ships");
        let settled = scene.station.settled(&ids, true);
        tokio::time::timeout(Duration::from_secs(60), settled).await.expect("settles").expect("db");
        let printed = numbers(&printer);
        let wanted: Vec<_> = (1..=3).map(|n| scene.row(&format!("P-{n}")).waybill_no).collect();
        assert_eq!(printed, wanted, "{tongue}: each once, in order");
        assert!(scene.rows().iter().all(|row| row.state == State::Printed), "{tongue}");
        assert!(printer.unknown().is_empty(), "{tongue}: {:?}", printer.unknown());
        running.stop().await;
        printer.stop().await;
    }
}

#[tokio::test]
async fn a_label_the_roll_ends_in_is_asked_about_and_the_rest_goes_on() {
    for tongue in TONGUES {
        let faults = Faults { paper_out_after: Some(1), ..Faults::default() };
        let printer = started(tongue, faults).await;
        let home = Home::on_printer(&format!("tcp://127.0.0.1:{}", printer.port()), tongue);
        let scene = home.open_real().await.expect("opens");
        let mut events = printer.events();
        let running = scene.station.run();
        scene.import(&orders_csv(3)).await.expect("imports");
        let ids = scene.ship_all().await.expect("ships");
        let out_of_paper =
            async { while !matches!(events.recv().await.expect("events"), Event::PaperOut) {} };
        tokio::time::timeout(Duration::from_secs(60), out_of_paper).await.expect("paper out");
        let mut changed = scene.station.changed();
        while scene.status().printers[0].state != PrinterState::PaperOut {
            let waited = tokio::time::timeout(Duration::from_secs(20), changed.changed()).await;
            waited.expect("paper out is told").expect("the station runs");
        }
        printer.refill();
        let settled = scene.station.settled(&ids, true);
        tokio::time::timeout(Duration::from_secs(60), settled).await.expect("goes on").expect("db");
        let rows: Vec<_> = (1..=3).map(|n| scene.row(&format!("P-{n}"))).collect();
        let out = numbers(&printer);
        for row in &rows {
            let times = out.iter().filter(|number| **number == row.waybill_no).count();
            let asked = row.trouble.as_ref().map(|trouble| trouble.code);
            match row.state {
                State::Printed => assert_eq!((times, asked), (1, None), "{tongue} {row:?}"),
                _ => assert_eq!(asked, Some(Code::LabelUnknown), "{tongue} {row:?}"),
            }
            assert!(times <= 1, "{tongue}: twice {row:?}");
        }
        let printed = rows.iter().filter(|row| row.state == State::Printed).count();
        assert!(printed >= 2, "{tongue}: one label at most is asked about");
        running.stop().await;
        printer.stop().await;
    }
}

#[tokio::test]
async fn a_silent_zebra_out_of_paper_says_why_when_asked_otherwise() {
    let faults = Faults { silent_when_blocked: true, head_open: true, ..Faults::default() };
    let printer = started("zpl", faults).await;
    let home = Home::on_printer(&format!("tcp://127.0.0.1:{}", printer.port()), "zpl");
    let scene = home.open_real().await.expect("opens");
    let running = scene.station.run();
    scene.import(&orders_csv(1)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    let mut changed = scene.station.changed();
    while scene.status().printers[0].state != PrinterState::HeadOpen {
        let waited = tokio::time::timeout(Duration::from_secs(30), changed.changed()).await;
        waited.expect("the open head is told").expect("the station runs");
    }
    printer.set(Faults::default());
    let settled = scene.station.settled(&ids, true);
    tokio::time::timeout(Duration::from_secs(60), settled).await.expect("goes on").expect("db");
    assert!(scene.rows().iter().all(|row| row.state == State::Printed));
    running.stop().await;
    printer.stop().await;
}

#[tokio::test]
async fn an_imitation_that_knows_the_short_question_only_is_asked_that_one() {
    let faults = Faults { old_questions: true, ..Faults::default() };
    let printer = started("tspl", faults).await;
    let home = Home::on_printer(&format!("tcp://127.0.0.1:{}", printer.port()), "tspl");
    let scene = home.open_real().await.expect("opens");
    let mut events = printer.events();
    let running = scene.station.run();
    scene.import(&orders_csv(2)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    let settled = scene.station.settled(&ids, true);
    tokio::time::timeout(Duration::from_secs(60), settled).await.expect("settles").expect("db");
    assert!(scene.rows().iter().all(|row| row.state == State::Printed));
    running.stop().await;
    let (mut long, mut short) = (0, 0);
    while let Ok(event) = events.try_recv() {
        match event {
            Event::Asked { question: Question::TsplState, .. } => long += 1,
            Event::Asked { question: Question::TsplByte, .. } => short += 1,
            _ => {}
        }
    }
    // Once on each way to the printer, and a label takes dozens of questions.
    assert!(long <= 2 && short > long, "{long} long questions, {short} short ones");
    printer.stop().await;
}
