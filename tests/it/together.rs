//! Orders that go together, an order in several shipments, and one that is sent again: one number
//! for each shipment, whatever dies and when.

use scene::{Home, Scene, kill_after, query, waybill_on};
use station::{
    sheet::{Paper, SheetKind},
    trouble::{Code, Trouble},
    view::{Act, ActDone, Deed, Differs, LeftWhy, ListQuery, ScanView, SplitAsk, State, Tab},
};

/// Three orders of one buyer, one of another.
const CSV: &str = "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,weight_g,note,cod\n\
    T-1,抖店,2026-11-20 10:00:00,李思,13800000001,浙江省,杭州市,余杭区,文一西路 1 号,保温杯,2,400,,\n\
    T-2,抖店,2026-11-20 10:01:00,李思,13800000001,浙江省,杭州市,余杭区,文一西路 1 号,杯刷,1,100,,\n\
    T-3,抖店,2026-11-20 10:02:00,李思,13800000001,浙江省,杭州市,余杭区,文一西路 1 号,保温杯,1,200,,\n\
    T-4,抖店,2026-11-20 10:03:00,王磊,13800000004,浙江省,杭州市,余杭区,文一西路 4 号,袜子,1,90,,\n";

async fn scene(home: &Home) -> Scene {
    let scene = home.open().await.expect("opens");
    assert_eq!(scene.import(CSV).await.expect("imports").added, 4);
    scene
}

fn waiting(scene: &Scene) -> Vec<i64> {
    scene.station.list_ids(&query(Some(Tab::Pending))).expect("ids")
}

async fn act(scene: &Scene, ids: Vec<i64>, deed: Deed) -> ActDone {
    scene.station.act(Act { ids, deed }).await.expect("acts")
}

const MERGE: Deed = Deed::Merge { despite: false };

#[tokio::test]
async fn orders_of_one_buyer_go_together() {
    let home = Home::new("status");
    let mut scene = scene(&home).await;
    let ids = waiting(&scene);
    let look = scene.station.merge_look(&ids).expect("looks");
    assert_eq!(look.len(), 1);
    assert_eq!((look[0].orders.clone(), look[0].differs.len()), (texts(&["T-1", "T-2", "T-3"]), 0));
    let done = act(&scene, ids, MERGE).await;
    assert_eq!(done.done, 1);
    assert_eq!(
        done.left.iter().map(|it| (it.why, it.n)).collect::<Vec<_>>(),
        [(LeftWhy::Alone, 1)]
    );
    let row = scene.row("T-1");
    assert_eq!((row.orders, row.goods.as_str(), row.pieces), (3, "保温杯 ×3 · 杯刷 ×1", 4));
    assert_eq!(row.weight_g, Some(700));
    assert_eq!(scene.status().counts.pending, 2, "two lines for four orders");
    assert_eq!(scene.station.mergeable().expect("counts"), 0);
    // Each number finds it: typed, and scanned.
    let search = ListQuery { search: "t-3".into(), ..query(None) };
    assert_eq!(scene.station.list(&search).expect("finds").rows[0].id, row.id);
    assert_eq!(scene.row("T-2").id, row.id);
    let totals = scene.station.totals(&waiting(&scene)).expect("adds up");
    assert_eq!((totals.shipments, totals.orders, totals.pieces), (2, 4, 5));
    assert!(scene.station.sheet(SheetKind::Picking, &waiting(&scene), Paper::A4).is_ok());
    let scanned = scene.station.scan("T-3").await.expect("scans");
    assert!(matches!(scanned, ScanView::Shipping(found) if found.id == row.id));
    scene.settle().await.expect("settles");
    assert_eq!(home.world.issued().len(), 1, "one number for three orders");
    let asked = home.world.last_request("T-1").expect("asked");
    assert!(asked["Commodity"].to_string().contains("杯刷"), "{asked}");
    assert_eq!(home.world.paper().labels.len(), 1);
    for no in ["T-1", "T-2", "T-3"] {
        assert_eq!(scene.row(no).state, State::Printed, "every order follows");
        assert!(matches!(scene.station.scan(no).await.expect("scans"), ScanView::Printed(_)));
    }
    // What is at the carrier is not taken back, and importing again changes nothing.
    assert_eq!(scene.station.undo_offer().expect("offers"), None);
    assert_eq!(scene.import(CSV).await.expect("imports").known, 4);
    let part = act(&scene, vec![row.id], Deed::Part).await;
    assert_eq!((part.done, part.left[0].why), (0, LeftWhy::Numbered));
    scene.check(2);
}

#[tokio::test]
async fn what_goes_together_can_go_apart_until_it_is_sent() {
    let home = Home::new("none");
    let mut scene = scene(&home).await;
    act(&scene, waiting(&scene), MERGE).await;
    assert_eq!(scene.station.undo().await.expect("undone").done, 1);
    assert_eq!(waiting(&scene).len(), 4);
    let row = scene.row("T-1");
    assert_eq!((row.orders, row.pieces, row.weight_g), (1, 2, Some(400)));
    // Once more, and apart by hand: each gets a number of its own.
    let done = act(&scene, waiting(&scene), MERGE).await;
    assert_eq!(act(&scene, done.ids, Deed::Part).await.done, 1);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(home.world.issued().len(), 4);
    scene.check(4);
}

/// The number is given back, the orders go apart: nobody has two.
#[tokio::test]
async fn a_void_lets_them_go_apart_again() {
    let home = Home::new("none");
    let mut scene = scene(&home).await;
    let leader = act(&scene, waiting(&scene), MERGE).await.ids[0];
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    act(&scene, vec![leader], Deed::Void).await;
    scene.settle().await.expect("settles");
    act(&scene, vec![leader], Deed::Part).await;
    act(&scene, vec![leader], Deed::Release).await;
    assert_eq!(waiting(&scene).len(), 3);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let live = home.world.issued().iter().filter(|issued| !issued.voided).count();
    assert_eq!(live, 4);
    scene.check(4);
    assert_eq!(scene.status().counts.printed, 4);
}

#[tokio::test]
async fn what_differs_is_asked_first() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let csv = CSV
        .replace("杯刷,1,100,,", "杯刷,1,100,轻放,12.50")
        .replace("保温杯,1,200,,", "保温杯,1,200,请先电话,7.50");
    scene.import(&csv).await.expect("imports");
    let ids = waiting(&scene);
    let look = scene.station.merge_look(&ids).expect("looks");
    let differs = &look[0].differs;
    assert!(differs.contains(&Differs::Notes { text: "轻放；请先电话".into() }), "{differs:?}");
    assert!(differs.contains(&Differs::Cod { fen: 2_000 }), "{differs:?}");
    let done = act(&scene, ids.clone(), MERGE).await;
    assert_eq!(done.done, 0);
    assert!(done.left.iter().any(|it| (it.why, it.n) == (LeftWhy::Differs, 3)), "{done:?}");
    assert_eq!(act(&scene, ids, Deed::Merge { despite: true }).await.done, 1);
    let detail = scene.station.detail(scene.row("T-1").id).expect("detail");
    assert_eq!((detail.edit.cod_fen, detail.edit.note.as_str()), (Some(2_000), "轻放；请先电话"));
}

#[tokio::test]
async fn an_order_goes_in_two_shipments() {
    let home = Home::new("status");
    let mut scene = scene(&home).await;
    let id = scene.row("T-1").id;
    let ask = |moved: u32, weight_g| SplitAsk { id, moved: vec![moved], weight_g };
    for nothing in [0, 2, 3] {
        assert_eq!(scene.station.split(ask(nothing, None)).await.expect("asked").done, 0);
    }
    let second = scene.station.split(ask(1, Some(150))).await.expect("splits").ids[0];
    let of = |id| scene.station.detail(id).expect("detail").row;
    assert_eq!(
        (of(id).pieces, of(id).weight_g, of(id).nth, of(id).shipments),
        (1, Some(250), 1, 2)
    );
    assert_eq!((of(second).pieces, of(second).weight_g, of(second).nth), (1, Some(150), 2));
    assert_eq!(of(second).goods, "保温杯 ×1");
    assert_eq!(scene.station.mergeable().expect("counts"), 2, "T-2 and T-3; parts stay apart");
    assert_eq!(scene.station.undo().await.expect("undone").done, 1);
    assert_eq!((of(id).pieces, of(id).weight_g, of(id).shipments), (2, Some(400), 1));
    assert_eq!(scene.station.mergeable().expect("counts"), 3);
    // Divided again, each part is shipped by a scan of the same number.
    scene.station.split(ask(1, None)).await.expect("splits");
    for _ in 0..2 {
        assert!(matches!(scene.station.scan("T-1").await.expect("scans"), ScanView::Shipping(_)));
        scene.settle().await.expect("settles");
    }
    assert!(matches!(scene.station.scan("T-1").await.expect("scans"), ScanView::Printed(_)));
    let keys: Vec<String> = home.world.issued().into_iter().map(|it| it.order_key).collect();
    assert_eq!(keys.len(), 2);
    assert!(keys[0].ends_with("-1A") && keys[1].ends_with("-3A"), "no key twice: {keys:?}");
    scene.check(5);
}

#[tokio::test]
async fn an_order_is_sent_again() {
    let home = Home::new("none");
    let mut scene = scene(&home).await;
    let leader = act(&scene, waiting(&scene), MERGE).await.ids[0];
    assert_eq!(scene.station.reship(leader, "x").await.expect("asked").done, 0, "not sent yet");
    scene.station.scan("T-1").await.expect("ships");
    scene.settle().await.expect("settles");
    let none = scene.station.reship(leader, "  ").await.unwrap_err();
    assert_eq!(none.code, Code::ReasonMissing);
    let again = scene.station.reship(leader, "运输途中丢失").await.expect("begins").ids[0];
    let row = scene.station.detail(again).expect("detail").row;
    assert_eq!((row.state, row.goods.as_str(), row.nth), (State::Ready, "保温杯 ×3 · 杯刷 ×1", 2));
    scene.station.scan("T-1").await.expect("ships the second");
    scene.settle().await.expect("settles");
    assert_eq!(home.world.issued().iter().filter(|it| !it.voided).count(), 2, "by two keys");
    let history = scene.station.detail(leader).expect("detail").history;
    assert!(history.iter().any(|it| it.event == "reshipped" && it.note == "运输途中丢失"));
    scene.check(3);
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

/// More polls than the story has.
const POLLS_MAX: usize = 3_000;

/// Together, apart, together again, sent; another one divided and sent.
async fn story(home: &Home) -> Result<(), Trouble> {
    let mut scene = home.open().await?;
    scene.import(CSV).await?;
    let ids = waiting(&scene);
    scene.station.act(Act { ids: ids.clone(), deed: MERGE }).await?;
    scene.station.undo().await?;
    scene.station.act(Act { ids, deed: MERGE }).await?;
    let id = scene.row("T-1").id;
    scene.station.scan("T-2").await?;
    scene.settle().await?;
    let again = scene.station.reship(id, "丢失").await?;
    scene.ship_all().await?;
    scene.settle().await?;
    scene.station.act(Act { ids: again.ids, deed: Deed::Void }).await?;
    scene.settle().await
}

#[tokio::test]
async fn killed_at_every_step_nothing_has_two_numbers() {
    for polls in 1..POLLS_MAX {
        let home = Home::new("none");
        if let Ok(done) = kill_after(polls, story(&home)).await {
            done.expect("the story itself");
            assert!(polls > 30, "it was killed now and then: {polls}");
            return;
        }
        let mut scene = home.reopen().await;
        scene.import(CSV).await.expect("imports again");
        scene.settle().await.expect("settles");
        home.world.check_one_live_number_an_order();
        scene.ship_all().await.expect("ships what waits");
        scene.settle().await.expect("settles");
        home.world.check_one_live_number_an_order();
        // Every order has a live number by one shipment, and no number is on two orders' labels.
        for no in ["T-1", "T-2", "T-3", "T-4"] {
            let row = scene.row(no);
            let doubt = row.trouble.is_some();
            assert!(doubt || row.state == State::Printed, "killed at {polls}: {no} {row:?}");
        }
        let live = home.world.issued().iter().filter(|it| !it.voided).count();
        let rows = scene.rows();
        let numbered = rows.iter().filter(|row| row.waybill_no.is_some()).count();
        assert_eq!(live, numbered, "killed at {polls}: {rows:?}");
        let carried: u32 = rows.iter().filter(|row| row.nth == 1).map(|row| row.pieces).sum();
        assert_eq!(carried, 5, "killed at {polls}: all goods once");
        for label in &home.world.paper().labels {
            assert!(waybill_on(label).is_some(), "killed at {polls}");
        }
    }
    panic!("the story has more steps than {POLLS_MAX}");
}
