//! Doubt is a state: lost answers are looked up with the same request, labels that may be out are
//! asked about, and nothing of it is ever repeated blind.

use practice::carrier::Faults;
use scene::{Home, PrinterFault, orders_csv, waybill_on};
use station::{
    trouble::Code,
    view::{ScanView, State},
};

#[tokio::test]
async fn an_answer_lost_after_commit_yields_the_same_number() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    // The prepaid numbers are counted before the first is asked for.
    scene.settle().await.expect("counts");
    home.world.tick(10);
    home.world.set_faults(Faults { lose_after_commit: 1.0, ..Faults::default() });
    scene.ship_all().await.expect("ships");
    scene.turn().await.expect("asks once");
    let issued = home.world.issued();
    assert_eq!(issued.len(), 1, "the carrier has it");
    assert_eq!(scene.row("P-1").waybill_no, None, "we do not know it");
    home.world.set_faults(Faults::default());
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").waybill_no.as_deref(), Some(issued[0].waybill_no.as_str()));
    let after = home.world.issued();
    assert_eq!((after.len(), after[0].request_sha.clone()), (1, issued[0].request_sha.clone()));
    assert!(after[0].asked >= 2);
}

#[tokio::test]
async fn a_refusal_after_a_lost_answer_is_no_refusal() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    // The prepaid numbers are counted before the first is asked for.
    scene.settle().await.expect("counts");
    home.world.tick(10);
    home.world.set_faults(Faults { lose_after_commit: 1.0, ..Faults::default() });
    scene.ship_all().await.expect("ships");
    scene.turn().await.expect("asks once");
    // Somebody changes the key in the carrier's console: every request is refused as unsigned.
    home.world.refuse_signatures(true);
    home.world.set_faults(Faults::default());
    scene.settle().await.expect("settles");
    let row = scene.row("P-1");
    assert_eq!(row.state, State::Requested);
    assert_eq!(row.trouble.map(|trouble| trouble.code), Some(Code::WaybillUnknown));
    home.world.refuse_signatures(false);
    scene.station.look_again(row.id).await.expect("looks again");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").state, State::Printed);
    assert_eq!(home.world.issued().len(), 1);
}

#[tokio::test]
async fn unknown_for_long_waits_for_a_person_who_types_the_number() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    home.world.set_faults(Faults { bare_106: 1.0, lose_after_commit: 1.0, ..Faults::default() });
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let row = scene.row("P-1");
    assert_eq!(row.trouble.map(|trouble| trouble.code), Some(Code::WaybillUnknown));
    let no = home.world.issued()[0].waybill_no.clone();
    scene.station.enter_waybill(row.id, no.clone()).await.expect("typed");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").state, State::Printed);
    assert_eq!(waybill_on(&home.world.paper().labels[0]), Some(no));
}

#[tokio::test]
async fn a_label_broken_inside_is_asked_about_and_never_sent_again() {
    for fault in [PrinterFault::BreaksInside, PrinterFault::BreaksAfter] {
        let home = Home::new("status");
        let mut scene = home.open().await.expect("opens");
        scene.import(&orders_csv(3)).await.expect("imports");
        home.world.paper().plan = vec![None, Some(fault)];
        scene.ship_all().await.expect("ships");
        scene.settle().await.expect("settles");
        let in_doubt: Vec<_> =
            scene.rows().into_iter().filter(|row| row.trouble.is_some()).collect();
        // The first label may still have been inside when the line broke.
        assert!((1..=2).contains(&in_doubt.len()), "{fault:?}: {in_doubt:?}");
        let second = scene.row("P-2");
        assert_eq!(second.trouble.map(|trouble| trouble.code), Some(Code::LabelUnknown));
        assert_eq!(scene.row("P-3").state, State::Printed, "{fault:?}: the rest goes on");
        let no = second.waybill_no.expect("has a number");
        let shown = |scene: &scene::Scene| {
            let paper = scene.world.paper();
            paper.labels.iter().filter(|l| waybill_on(l).as_deref() == Some(&no)).count()
        };
        let out = usize::from(fault == PrinterFault::BreaksAfter);
        assert_eq!(shown(&scene), out);
        if out == 1 {
            // It is in the packer's hand: its own scan settles it.
            let scanned = scene.station.scan(&no).await.expect("scans");
            assert!(matches!(scanned, ScanView::Confirmed(_)));
            scene.settle().await.expect("settles");
            assert_eq!(shown(&scene), 1);
        } else {
            scene.station.confirm(&no, false).await.expect("not out");
            scene.settle().await.expect("settles");
            assert_eq!(shown(&scene), 1);
        }
        assert_eq!(scene.row("P-2").state, State::Printed);
    }
}

#[tokio::test]
async fn before_the_first_byte_it_is_simply_sent_again() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    home.world.paper().plan =
        vec![Some(PrinterFault::Refused), Some(PrinterFault::BreaksAtOnce), None];
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").state, State::Printed);
    assert_eq!(home.world.paper().labels.len(), 1);
}

#[tokio::test]
async fn a_silent_printer_is_blocked_and_its_labels_are_in_doubt() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    home.world.paper().plan = vec![Some(PrinterFault::Silent)];
    scene.ship_all().await.expect("ships");
    for _ in 0..200 {
        scene.turn().await.expect("turns");
        home.world.tick(100);
    }
    let row = scene.row("P-1");
    assert_eq!(row.trouble.map(|trouble| trouble.code), Some(Code::LabelUnknown));
    assert_eq!(home.world.paper().labels.len(), 1);
}

#[tokio::test]
async fn paper_out_waits_and_goes_on_at_the_right_label() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(4)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    while home.world.paper().labels.is_empty() {
        scene.turn().await.expect("turns");
        home.world.tick(10);
    }
    home.world.paper().empty = true;
    for _ in 0..300 {
        scene.turn().await.expect("turns");
        home.world.tick(50);
    }
    assert!(scene.status().counts.printed <= 2, "nothing counts as printed without paper");
    home.world.refill();
    scene.settle().await.expect("settles");
    let printed: Vec<_> = home.world.paper().labels.iter().map(waybill_on).collect();
    let numbers: Vec<_> = (1..=4).map(|n| scene.row(&format!("P-{n}")).waybill_no).collect();
    assert_eq!(printed, numbers, "each once, in order");
    assert_eq!(scene.status().counts.printed, 4);
}

#[tokio::test]
async fn confirmed_by_scan() {
    let home = Home::new("scan");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    scene.station.settled(&ids, true).await.expect("waits for a scan, which is rest");
    assert_eq!(scene.row("P-1").state, State::Waybilled, "not printed before it is scanned");
    let scanned = scene.station.scan("P-1").await.expect("scans");
    assert!(matches!(scanned, ScanView::Attention(_)), "the order's number is not its paper");
    let no = scene.row("P-1").waybill_no.expect("has a number");
    let scanned = scene.station.scan(&no).await.expect("scans");
    assert!(matches!(scanned, ScanView::Confirmed(_)));
    assert_eq!(scene.row("P-1").state, State::Printed);
    assert_eq!(home.world.paper().labels.len(), 1);
}

#[tokio::test]
async fn a_lost_void_is_looked_up_too() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let no = scene.row("P-1").waybill_no.expect("has a number");
    home.world.set_faults(Faults { lose_after_commit: 1.0, ..Faults::default() });
    scene.station.void("P-1").await.expect("voids");
    scene.turn().await.expect("asks once");
    home.world.set_faults(Faults::default());
    assert_eq!(scene.row("P-1").state, State::Voiding, "not known to be given back");
    scene.settle().await.expect("settles");
    assert!(!home.world.has_live(&no));
    assert_eq!(scene.row("P-1").state, State::Held);
}
