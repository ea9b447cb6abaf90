//! Command barcodes: what a scan of the sheet's codes does, and that the sheet's codes are these.

use scene::{Home, Scene, orders_csv};
use station::{
    sheet::{Paper, SheetKind},
    view::{CommandView, ScanCommand, ScanView, State},
};

async fn said(scene: &Scene, code: &str) -> CommandView {
    match scene.station.scan(code).await.expect("a scan") {
        ScanView::Command(view) => view,
        other => panic!("{code}: {other:?}"),
    }
}

#[tokio::test]
async fn commands_ship_the_next_and_print_the_last_again() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    for (_, code) in ScanCommand::ALL.into_iter().filter(|(one, _)| one.mode().is_none()) {
        let view = said(&scene, code).await;
        assert!(!view.done && view.row.is_none(), "nothing is there yet: {view:?}");
    }
    scene.import(&orders_csv(2)).await.expect("imports");
    let first = said(&scene, "*PB-NEXT*").await;
    assert!(first.done);
    assert_eq!(first.row.expect("an order").order_no, "P-1");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").state, State::Printed);
    assert_eq!(scene.row("P-2").state, State::Ready);

    // A scanner set to small letters.
    let again = said(&scene, "*pb-reprint* ").await;
    assert!(again.done);
    let on_its_way = said(&scene, "*PB-REPRINT*").await;
    assert!(!on_its_way.done, "one copy at a time");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").copies, 2);
    assert_eq!(home.world.paper().labels.len(), 2);
}

#[tokio::test]
async fn commands_hold_a_batch_and_let_it_go_on() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(5)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    assert!(said(&scene, "*PB-PAUSE*").await.done);
    for _ in 0..50 {
        scene.turn().await.expect("turns");
        home.world.tick(100);
    }
    assert!(home.world.paper().labels.is_empty(), "it waits");
    assert!(said(&scene, "*PB-RESUME*").await.done);
    scene.settle().await.expect("settles");
    assert_eq!(home.world.paper().labels.len(), 5);
}

#[tokio::test]
async fn the_sheet_is_one_page_on_office_paper_and_few_on_label_stock() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let papers = [(Paper::A4, 1), (Paper::A5, 2), (Paper::WAYBILL, 2), (Paper::WAYBILL_TWO, 2)];
    for (paper, pages) in papers {
        let pdf = scene.station.sheet(SheetKind::Commands, &[], paper).expect("drawn");
        let kind = b"/Type /Page ";
        assert_eq!(pdf.windows(kind.len()).filter(|part| part == kind).count(), pages, "{paper:?}");
    }
}
