//! Selections: list order, numbers only, pause, stop, refusals, and what is never done twice.

use practice::carrier::Faults;
use scene::{Home, orders_csv, query, waybill_on};
use station::{
    trouble::Code,
    view::{ScanView, ShipRequest, State, Tab},
};

fn request(ids: Vec<i64>, print: bool) -> ShipRequest {
    ShipRequest { ids, account: None, printer: None, print }
}

#[tokio::test]
async fn labels_come_in_list_order_even_if_an_answer_is_late() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(6)).await.expect("imports");
    let mut ids = scene.station.list_ids(&query(Some(Tab::Pending))).expect("ids");
    ids.reverse();
    scene.station.ship(request(ids, true)).await.expect("ships");
    scene.settle().await.expect("settles");
    let printed: Vec<_> = home.world.paper().labels.iter().map(waybill_on).collect();
    let wanted: Vec<_> = (1..=6).rev().map(|n| scene.row(&format!("P-{n}")).waybill_no).collect();
    assert_eq!(printed, wanted);
}

#[tokio::test]
async fn shipping_twice_asks_once() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    scene.station.ship(request(ids.clone(), true)).await.expect("the same again");
    scene.settle().await.expect("settles");
    scene.station.ship(request(ids, true)).await.expect("and again");
    scene.settle().await.expect("settles");
    assert_eq!(home.world.issued().len(), 3);
    assert_eq!(home.world.paper().labels.len(), 3, "asking again for a label is a reprint");
}

#[tokio::test]
async fn numbers_first_labels_later() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    let ids = scene.station.list_ids(&query(None)).expect("ids");
    scene.station.ship(request(ids.clone(), false)).await.expect("numbers only");
    scene.settle().await.expect("settles");
    assert_eq!(scene.status().counts.to_print, 2);
    assert!(home.world.paper().labels.is_empty());
    let scanned = scene.station.scan("P-2").await.expect("scans");
    assert!(matches!(scanned, ScanView::Shipping(_)));
    scene.station.ship(request(ids, true)).await.expect("now print");
    scene.settle().await.expect("settles");
    assert_eq!(home.world.paper().labels.len(), 2, "each once");
    assert_eq!(home.world.issued().len(), 2);
}

#[tokio::test]
async fn pause_and_stop() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(10)).await.expect("imports");
    let ids = scene.station.list_ids(&query(None)).expect("ids");
    let batch = scene.station.ship(request(ids, true)).await.expect("ships");
    for _ in 0..3 {
        scene.turn().await.expect("turns");
        home.world.tick(50);
    }
    scene.station.pause_batch(batch.id).await.expect("pauses");
    let asked = home.world.issued().len();
    assert!((1..10).contains(&asked));
    for _ in 0..50 {
        scene.turn().await.expect("turns");
        home.world.tick(50);
    }
    assert_eq!(home.world.issued().len(), asked, "nothing new while paused");
    // A single urgent label overtakes the paused batch.
    let extra = "order_no,shop,name,phone,province,city,district,detail,goods,qty\n\
                 U-1,抖店,赵六,13800000077,浙江省,杭州市,余杭区,文一西路 7 号,袜子,1\n";
    scene.import(extra).await.expect("imports");
    scene.station.scan("U-1").await.expect("scans");
    let shown = scene.status().batch.map(|it| (it.id, it.paused));
    assert_eq!(shown, Some((batch.id, true)), "what waits for a person stays in sight");
    for _ in 0..20 {
        scene.turn().await.expect("turns");
        home.world.tick(50);
    }
    assert_eq!(scene.row("U-1").state, State::Printed);
    let stopped = scene.station.stop_batch(batch.id).await.expect("stops");
    assert_eq!(stopped.stopped as usize, 10 - asked);
    scene.settle().await.expect("settles");
    let counts = scene.status().counts;
    assert_eq!(counts.pending as usize, 10 - asked, "what nobody heard of waits again");
    scene.ship_all().await.expect("ships the rest");
    scene.settle().await.expect("settles");
    assert_eq!(home.world.issued().len(), 11);
    scene.check(11);
}

#[tokio::test]
async fn refused_with_the_carriers_words() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    home.world.set_faults(Faults { refuse: 1.0, ..Faults::default() });
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let row = scene.row("P-1");
    assert_eq!(row.state, State::Refused);
    let trouble = row.trouble.expect("waits for a person");
    assert_eq!(trouble.code, Code::CarrierRefused);
    assert!(trouble.fields["said"].contains("派送范围"), "{trouble:?}");
    // Mended by a person, it is asked for again under the same key.
    home.world.set_faults(Faults::default());
    let edit = scene.station.detail(row.id).expect("detail").edit;
    scene.station.fix_order(row.id, edit).await.expect("edited");
    scene.station.scan("P-1").await.expect("scans");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").state, State::Printed);
    assert_eq!(home.world.issued().len(), 1);
}

#[tokio::test]
async fn busy_backs_off_and_comes_back() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(5)).await.expect("imports");
    home.world.set_faults(Faults { refuse_rate: 0.5, seed: 3, ..Faults::default() });
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.status().counts.printed, 5);
    assert_eq!(home.world.issued().len(), 5);
}

#[tokio::test]
async fn scans_of_nothing_say_so_and_do_nothing() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    for code in ["YT0000000000000", "P-2", "", "   ", "%", &"9".repeat(200)] {
        let scanned = scene.station.scan(code).await.expect("scans");
        assert!(matches!(scanned, ScanView::Unknown(_)), "{code:?}: {scanned:?}");
    }
    assert_eq!(scene.status().counts.pending, 1);
}

#[tokio::test]
async fn one_number_in_two_shops_is_asked_about() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let csv = orders_csv(1);
    scene.import(&csv).await.expect("imports");
    scene.import(&csv.replace("抖店", "淘宝")).await.expect("imports");
    assert_eq!(scene.rows().len(), 2);
    let scanned = scene.station.scan("P-1").await.expect("scans");
    let ScanView::Unknown(trouble) = scanned else { panic!("{scanned:?}") };
    assert_eq!(trouble.code, Code::ScanAmbiguous);
}

#[tokio::test]
async fn what_cannot_be_undone_is_refused_in_its_state() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    let id = scene.row("P-1").id;
    let code = |result: Result<_, station::trouble::Trouble>| result.map(drop).unwrap_err().code;
    assert_eq!(code(scene.station.reprint("P-1", "x").await.map(drop)), Code::NoWaybill);
    assert_eq!(code(scene.station.void("P-1").await.map(drop)), Code::NoWaybill);
    assert_eq!(code(scene.station.confirm("P-1", true).await.map(drop)), Code::WrongState);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(code(scene.station.reprint("P-1", "  ").await.map(drop)), Code::ReasonMissing);
    let edit = scene.station.detail(id).expect("detail").edit;
    assert_eq!(code(scene.station.fix_order(id, edit).await.map(drop)), Code::WrongState);
    assert_eq!(code(scene.station.look_again(id).await.map(drop)), Code::WrongState);
}

#[tokio::test]
async fn too_long_for_the_label_is_held_before_a_number_is_taken() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let long = "国际电子商务产业园".repeat(40);
    let csv = orders_csv(1).replace("文一西路 1 号", &long);
    scene.import(&csv).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").state, State::Held);
    assert!(home.world.issued().is_empty());
}

#[tokio::test]
async fn a_young_batch_tells_its_true_rate() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(40)).await.expect("imports");
    let ids = scene.station.list_ids(&query(None)).expect("ids");
    let batch = scene.station.ship(request(ids, true)).await.expect("ships");
    // Ten seconds, two labels a second.
    let mut printed = 0;
    for _ in 0..20 {
        while scene.status().counts.printed == printed {
            scene.turn().await.expect("turns");
        }
        printed = scene.status().counts.printed;
        home.world.tick(500);
    }
    let view = scene.station.batch(batch.id).expect("the batch");
    assert!((100..=140).contains(&view.per_minute), "{view:?}");
    let left_ms = view.left_ms.expect("something moves");
    assert!((8_000..=12_000).contains(&left_ms), "{view:?}");
}

#[tokio::test]
async fn the_longest_prefectures_fit_the_label() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let csv = "order_no,shop,name,phone,province,city,district,detail,goods,qty\n\
               L-1,抖店,赵六,13800000077,四川省,阿坝藏族羌族自治州,九寨沟县,文一路 7 号,袜子,1\n\
               L-2,抖店,钱七,13800000078,湖北省,恩施土家族苗族自治州,恩施市,文一路 8 号,袜子,1\n";
    scene.import(csv).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.status().counts.printed, 2, "{:?}", scene.rows());
}

/// What does not fit must be found while no carrier has heard of the order.
#[tokio::test]
async fn no_number_is_taken_for_a_label_that_cannot_be_drawn() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let mut csv = String::from("order_no,shop,name,phone,address,goods,qty\n");
    for chars in 40..=100 {
        let number = "W".repeat(chars);
        csv.push_str(&format!(
            "{number},抖店,赵六,13800000077,浙江省杭州市余杭区文一西路 7 号,袜子,1\n"
        ));
    }
    scene.import(&csv).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let (held, printed): (Vec<_>, Vec<_>) =
        scene.rows().into_iter().partition(|row| row.waybill_no.is_none());
    assert!(held.len() > 5 && printed.len() > 5, "{} held, {}", held.len(), printed.len());
    assert!(held.iter().all(|row| row.state == State::Held));
    let not_out = printed.iter().find(|row| row.state != State::Printed);
    assert_eq!(not_out, None, "a number and no label");
    assert_eq!(home.world.issued().len(), printed.len());
}
