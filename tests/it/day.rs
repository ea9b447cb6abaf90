//! One day at the bench, step by step: a file in, labels out, a reprint, a void, the next number.

use scene::{Home, Speech, orders_csv, waybill_on};
use station::view::{ScanView, State, Tab};

/// The same day with every carrier, in each manner of treating a repeated key.
#[tokio::test]
async fn a_day() {
    for speech in Speech::ALL {
        eprintln!("{speech:?}");
        a_day_with(speech).await;
    }
}

async fn a_day_with(speech: Speech) {
    let home = Home::speaking(speech, "status", 1);
    let mut scene = home.open().await.expect("opens");

    // Morning: the shop's file. One order has no phone.
    let csv = format!(
        "{}P-6,抖店,2026-11-20 11:00:00,王五,,浙江省,杭州市,余杭区,文一西路 6 号,袜子,1,90,\n",
        orders_csv(5)
    );
    let report = scene.import(&csv).await.expect("imports");
    assert_eq!((report.added, report.held, report.known), (6, 1, 0));
    let again = scene.import(&csv).await.expect("imports again");
    assert_eq!((again.added, again.known), (0, 6), "importing again doubles nothing");

    // Everything that waits is shipped; the held order never reaches the carrier.
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let counts = scene.status().counts;
    assert_eq!((counts.printed, counts.attention, counts.pending), (5, 1, 0));
    assert_eq!(home.world.issued().len(), 5);

    // The labels came out in list order, each with its own number.
    let printed: Vec<_> = home.world.paper().labels.iter().map(waybill_on).collect();
    let numbers: Vec<_> = (1..=5).map(|n| scene.row(&format!("P-{n}")).waybill_no).collect();
    assert_eq!(printed, numbers);

    // A scan of a printed label offers the reprint and does nothing by itself.
    let no = scene.row("P-2").waybill_no.expect("has a number");
    let scanned = scene.station.scan(&no).await.expect("scans");
    assert!(matches!(scanned, ScanView::Printed(row) if row.order_no == "P-2"));
    scene.settle().await.expect("settles");
    assert_eq!(home.world.paper().labels.len(), 5);

    // The reprint has a reason, is counted, and shows the same number.
    scene.station.reprint(&no, "纸张褶皱").await.expect("reprints");
    scene.settle().await.expect("settles");
    assert_eq!(home.world.paper().labels.len(), 6);
    assert_eq!(waybill_on(&home.world.paper().labels[5]).as_deref(), Some(no.as_str()));
    assert_eq!(scene.row("P-2").copies, 2);

    // P-3 is given back; once mended it gets another number under another key.
    let first = scene.row("P-3").waybill_no.expect("has a number");
    scene.station.void(&first).await.expect("voids");
    scene.settle().await.expect("settles");
    assert!(!home.world.has_live(&first));
    let row = scene.row("P-3");
    assert_eq!((row.state, row.waybill_no.clone()), (State::Held, None));
    let edit = scene.station.detail(row.id).expect("detail").edit;
    scene.station.fix_order(row.id, edit).await.expect("released");
    scene.station.scan("P-3").await.expect("scans");
    scene.settle().await.expect("settles");
    let second = scene.row("P-3").waybill_no.expect("has another number");
    assert_ne!(first, second);
    assert_eq!(scene.row("P-3").state, State::Printed);

    // The held order is mended in the form and shipped by a scan.
    let row = scene.row("P-6");
    let mut edit = scene.station.detail(row.id).expect("detail").edit;
    edit.phone = "13800000066".into();
    let mended = scene.station.fix_order(row.id, edit).await.expect("mended");
    assert_eq!(mended.row.state, State::Ready);
    let scanned = scene.station.scan("P-6").await.expect("scans");
    assert!(matches!(scanned, ScanView::Shipping(_)));
    scene.settle().await.expect("settles");
    assert_eq!(scene.status().counts.printed, 6);
    assert!(
        scene.station.list(&scene::query(Some(Tab::Attention))).expect("lists").rows.is_empty()
    );
    scene.check(6);
}

#[tokio::test]
async fn history_tells_the_day() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let id = scene.row("P-1").id;
    let history = scene.station.detail(id).expect("detail").history;
    let words: Vec<&str> = history.iter().rev().map(|line| line.event.as_str()).collect();
    assert_eq!(words, ["imported", "requested", "issued", "spooled", "sent", "printed"]);
}
