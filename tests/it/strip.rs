//! Labels cut off in strips: after so many, after the last of a batch, and after a label that
//! somebody waits for. Each label stays a job of its own.

use practice::printer::{Language, Options, Printer, RunningPrinter};
use scene::{Home, orders_csv};
use std::{fs, time::Duration};

const PATIENCE: Duration = Duration::from_secs(120);

fn cuts(printer: &RunningPrinter) -> Vec<bool> {
    printer.labels().iter().map(|label| label.cut).collect()
}

#[tokio::test]
async fn a_strip_is_cut_after_so_many_and_at_the_end_of_a_batch() {
    for tongue in ["zpl", "tspl", "cpcl", "epl", "escpos"] {
        let language = Language::named(tongue);
        let options = Options { language, mm_per_s: Some(2_000), ..Options::default() };
        let printer = Printer::start(options).await.expect("up");
        let home = Home::on_printer(&format!("tcp://127.0.0.1:{}", printer.port()), tongue);
        let path = home.folder.path().join("station.toml");
        let text = fs::read_to_string(&path).expect("settings");
        let keys = "finish = \"cut\"\ncut_every = 3\nconfirm";
        fs::write(&path, text.replace("confirm", keys)).expect("written");
        let scene = home.open_real().await.expect("opens");
        let running = scene.station.run();
        let settled = async |ids: &[i64]| {
            let settled = scene.station.settled(ids, true);
            tokio::time::timeout(PATIENCE, settled).await.expect("settles").expect("the database");
        };
        scene.import(&orders_csv(7)).await.expect("imports");
        settled(&scene.ship_all().await.expect("ships")).await;
        let strip = [false, false, true];
        let batch = [&strip[..], &strip, &[true]].concat();
        assert_eq!(cuts(&printer), batch, "{tongue}");
        scene.import(&orders_csv(8)).await.expect("imports");
        scene.station.scan("P-8").await.expect("scanned");
        settled(&[scene.row("P-8").id]).await;
        assert_eq!(cuts(&printer)[7..], [true], "{tongue}: into the hand that waits");
        assert!(printer.unknown().is_empty(), "{tongue}: {:?}", printer.unknown());
        running.stop().await;
        printer.stop().await;
    }
}
