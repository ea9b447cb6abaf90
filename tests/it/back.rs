//! What was sent comes back under a number of its own, and something is sent for it: each number
//! once, whatever dies and when, and in no sum of what goes out.

use scene::{ACCOUNT, Home, Scene, Speech, kill_after, query, waybill_on};
use station::{
    order::FaultCode,
    sheet::{Paper, SheetKind},
    trouble::{Code, Trouble},
    view::{
        Act, ActDone, Deed, ExchangeAsk, LeftWhy, Payer, ReturnAsk, ScanView, State, Tab, Verb,
    },
};

const CSV: &str = "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,weight_g,cod\n\
    B-1,抖店,2026-11-20 10:00:00,李思,13800000001,四川省,成都市,武侯区,天府大道 1 号,保温杯,2,400,12.50\n\
    B-1,抖店,2026-11-20 10:00:00,李思,13800000001,四川省,成都市,武侯区,天府大道 1 号,杯刷,1,100,12.50\n\
    B-2,抖店,2026-11-20 10:01:00,王磊,13800000002,四川省,成都市,武侯区,天府大道 2 号,袜子,1,90,\n";

/// Both orders sent.
async fn sent(home: &Home) -> Scene {
    let mut scene = home.open().await.expect("opens");
    assert_eq!(scene.import(CSV).await.expect("imports").added, 2);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.status().counts.printed, 2);
    scene
}

fn ask(scene: &Scene, order: &str) -> ReturnAsk {
    ReturnAsk { id: scene.row(order).id, reason: "尺码不合".into(), ..ReturnAsk::default() }
}

async fn bring(scene: &Scene, ask: ReturnAsk) -> ActDone {
    scene.station.bring_back(ask).await.expect("asked")
}

fn text<'a>(request: &'a serde_json::Value, side: &str, key: &str) -> &'a str {
    request[side][key].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_parcel_comes_back_under_a_number_of_its_own() {
    let home = Home::new("status");
    let mut scene = sent(&home).await;
    let order = scene.row("B-1");
    let detail = scene.station.detail(order.id).expect("detail");
    assert!(detail.can.contains(&Verb::Return), "{:?}", detail.can);
    let none = ReturnAsk { reason: " ".into(), ..ask(&scene, "B-1") };
    assert_eq!(scene.station.bring_back(none).await.unwrap_err().code, Code::ReasonMissing);
    let part = ReturnAsk { pieces: vec![1, 0], payer: Payer::Receiver, ..ask(&scene, "B-1") };
    let id = bring(&scene, part).await.ids[0];
    let row = scene.station.detail(id).expect("detail").row;
    assert_eq!((row.back, row.nth, row.goods.as_str()), (true, 2, "保温杯 ×1"));
    assert_eq!((row.state, row.weight_g, row.note.as_str()), (State::Ready, None, "尺码不合"));
    // A scan of the order is not about what comes back.
    let scanned = scene.station.scan("B-1").await.expect("scans");
    assert!(matches!(&scanned, ScanView::Printed(found) if found.id == order.id), "{scanned:?}");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let asked = home.world.last_request("B-1").expect("asked");
    assert_eq!(
        (text(&asked, "Sender", "Name"), text(&asked, "Receiver", "Name")),
        ("李思", "拾光家居")
    );
    assert_eq!(text(&asked, "Receiver", "CityName"), "杭州市");
    assert_eq!(asked["PayType"], 2, "到付: {asked}");
    assert!(!asked.to_string().contains("COD"), "nothing is collected for it: {asked}");
    let row = scene.station.detail(id).expect("detail").row;
    assert_eq!(row.state, State::Printed);
    let issued = home.world.issued();
    assert_eq!(issued.len(), 3);
    assert!(issued[2].order_key.ends_with("-2A"), "{}", issued[2].order_key);
    let label = home.world.paper().labels.last().and_then(waybill_on);
    assert_eq!(label, row.waybill_no, "its own number is on its label");
    // The order's own label is as it was, and each knows of the other.
    let first = scene.station.detail(order.id).expect("detail");
    assert_eq!((first.row.waybill_no, first.row.shipments), (order.waybill_no, 1));
    assert_eq!((first.others[0].back, first.others[0].of_nth), (true, Some(1)));
    assert!(first.history.iter().any(|it| it.event == "returned" && it.note == "尺码不合"));
    let back = scene.station.detail(id).expect("detail");
    assert!(!back.can.contains(&Verb::Return) && !back.can.contains(&Verb::BringBack));
    assert_eq!(back.sender.name, "拾光家居", "the house it comes back to");
    // It is found by its own number, voided like others, and asked for again under another key.
    let no = row.waybill_no.expect("numbered");
    assert_eq!(scene.station.resolve(&no).expect("found"), id);
    scene.station.void(&no).await.expect("asked");
    scene.settle().await.expect("settles");
    assert_eq!(scene.station.detail(id).expect("detail").row.state, State::Held);
    scene.station.act(Act { ids: vec![id], deed: Deed::Release }).await.expect("acts");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert!(home.world.issued()[3].order_key.ends_with("-2B"));
    scene.check(3);
}

#[tokio::test]
async fn what_comes_back_is_in_no_sum_of_what_goes_out() {
    let home = Home::new("none");
    let mut scene = sent(&home).await;
    let id = bring(&scene, ask(&scene, "B-1")).await.ids[0];
    let all: Vec<i64> = scene.rows().iter().map(|row| row.id).collect();
    let totals = scene.station.totals(&all).expect("adds up");
    assert_eq!((totals.shipments, totals.orders, totals.pieces, totals.returns), (2, 2, 4, 1));
    assert_eq!(totals.weight_g, 590);
    let sheet =
        |ids: &[i64]| scene.station.sheet(SheetKind::Picking, ids, Paper::A4).expect("drawn");
    let out: Vec<i64> = all.iter().copied().filter(|one| *one != id).collect();
    assert_eq!(sheet(&all), sheet(&out), "nobody picks it");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    // The driver does not take it, and it is not missed.
    let no = scene.station.detail(id).expect("detail").row.waybill_no.expect("numbered");
    let view = scene.station.hand_over_to(ACCOUNT).await.expect("chosen");
    assert_eq!(view.missing.len(), 2, "{view:?}");
    let handed = scene.station.scan_in(station::view::ScanMode::HandOver, &no, 1).await;
    let handed = format!("{:?}", handed.expect("scans"));
    assert!(handed.contains("Returned"), "{handed}");
}

#[tokio::test]
async fn pieces_come_back_once() {
    let home = Home::new("none");
    let scene = sent(&home).await;
    let look = scene.station.return_look(scene.row("B-1").id).expect("looks");
    assert_eq!((look.pieces, look.account.as_str()), (vec![2, 1], ACCOUNT));
    bring(&scene, ReturnAsk { pieces: vec![1, 0], ..ask(&scene, "B-1") }).await;
    let left = |done: ActDone| done.left[0].why;
    let two = ReturnAsk { pieces: vec![2, 0], ..ask(&scene, "B-1") };
    assert_eq!(left(bring(&scene, two).await), LeftWhy::BackAlready);
    assert_eq!(scene.station.return_look(scene.row("B-1").id).expect("looks").pieces, [1, 1]);
    let rest = bring(&scene, ask(&scene, "B-1")).await.ids[0];
    assert_eq!(scene.station.detail(rest).expect("detail").row.goods, "保温杯 ×1 · 杯刷 ×1");
    assert_eq!(left(bring(&scene, ask(&scene, "B-1")).await), LeftWhy::BackAlready);
    // Taken back, they may come back again.
    assert_eq!(scene.station.undo().await.expect("undone").done, 1);
    assert_eq!(scene.station.return_look(scene.row("B-1").id).expect("looks").pieces, [1, 1]);
    let again = bring(&scene, ask(&scene, "B-1")).await.ids[0];
    let of_it = ReturnAsk { id: again, ..ask(&scene, "B-1") };
    assert_eq!(left(bring(&scene, of_it).await), LeftWhy::NoNumber);
    assert_eq!(scene.station.reship(again, "x").await.expect("asked").done, 0);
}

#[tokio::test]
async fn an_edit_of_what_comes_back_leaves_the_order_s_own_wishes() {
    let home = Home::new("none");
    let scene = sent(&home).await;
    let id = bring(&scene, ask(&scene, "B-1")).await.ids[0];
    let mut edit = scene.station.detail(id).expect("detail").edit;
    assert_eq!((edit.cod_fen, edit.note.as_str()), (None, "尺码不合"));
    edit.phone = "13900000009".into();
    edit.weight_g = Some(450);
    scene.station.fix_order(id, edit).await.expect("fixed");
    let of = |id| scene.station.detail(id).expect("detail");
    assert_eq!((of(id).row.weight_g, of(id).edit.note.as_str()), (Some(450), "尺码不合"));
    let order = of(scene.row("B-1").id);
    assert_eq!((order.edit.cod_fen, order.row.weight_g), (Some(1_250), Some(500)));
}

/// What an account cannot do is said before anything is made.
#[tokio::test]
async fn what_a_carrier_cannot_do_is_said_before() {
    let faults = |scene: &Scene, payer| {
        let look = scene.station.return_look(scene.row("B-2").id).expect("looks");
        let way = look.ways.into_iter().find(|one| one.payer == payer).expect("listed");
        way.way.faults.into_iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    let home = Home::new("none");
    let scene = sent(&home).await;
    assert_eq!(faults(&scene, Payer::Sender), []);
    let home = Home::speaking(Speech::Zto, "none", 1);
    let mut scene = home.open().await.expect("opens");
    scene.import(&CSV.replace("12.50", "")).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(faults(&scene, Payer::Receiver), [FaultCode::NotOffered]);
    assert_eq!(faults(&scene, Payer::Usual), []);
    let home = Home::speaking(Speech::Cainiao, "none", 1);
    let mut scene = home.open().await.expect("opens");
    scene.import(&CSV.replace("12.50", "")).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert!(faults(&scene, Payer::Usual).contains(&FaultCode::NotBack));
    let held = bring(&scene, ask(&scene, "B-2")).await.ids[0];
    assert_eq!(scene.station.detail(held).expect("detail").row.state, State::Held);
}

/// SF's way to fetch a return is a usual order for which its courier is called.
#[tokio::test]
async fn sf_is_called_to_the_buyer_for_what_comes_back_alone() {
    let home = Home::speaking(Speech::Sf, "status", 1);
    let settings = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&settings).expect("settings");
    let called = "kind = \"sf\"\nfetch_returns = true\ncourier_hours = \"9-19\"";
    std::fs::write(&settings, toml.replace("kind = \"sf\"", called)).expect("writes");
    let mut scene = sent(&home).await;
    let there = home.world.last_request("B-2").expect("asked");
    assert_eq!((&there["isDocall"], &there["sendStartTm"]), (&0.into(), &().into()));
    bring(&scene, ReturnAsk { payer: Payer::Receiver, ..ask(&scene, "B-2") }).await;
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let back = home.world.last_request("B-2").expect("asked");
    assert_eq!((&back["isDocall"], &back["payMethod"]), (&1.into(), &2.into()));
    assert!(back["sendStartTm"].as_str().is_some_and(|when| when.len() == 19), "{back}");
    assert_eq!(back["contactInfoList"][0]["contact"], "王磊");
    assert_eq!(back["contactInfoList"][1]["contact"], "拾光家居");
    assert_eq!(home.world.issued().len(), 3);
}

#[tokio::test]
async fn an_exchange_is_a_return_and_a_fresh_parcel() {
    let home = Home::new("none");
    let mut scene = sent(&home).await;
    let back = ReturnAsk { pieces: vec![1, 0], ..ask(&scene, "B-1") };
    let wanted = ExchangeAsk { back, pieces: vec![2, 1], weight_g: Some(480) };
    let done = scene.station.exchange(wanted).await.expect("asked");
    assert_eq!((done.done, done.ids.len()), (1, 2));
    let of = |id: i64| scene.station.detail(id).expect("detail");
    let (back, fresh) = (of(done.ids[0]), of(done.ids[1]));
    assert_eq!((back.row.back, back.row.goods.as_str()), (true, "保温杯 ×1"));
    assert_eq!((fresh.row.back, fresh.row.goods.as_str()), (false, "保温杯 ×2 · 杯刷 ×1"));
    assert_eq!((fresh.row.weight_g, fresh.edit.cod_fen), (Some(480), None));
    for it in [&back, &fresh] {
        assert!(it.others.iter().any(|other| other.nth == 1), "{:?}", it.others);
    }
    assert!(fresh.history.iter().any(|it| it.event == "exchanged" && it.note == "尺码不合"));
    assert_eq!(scene.station.undo().await.expect("undone").done, 2, "both go together");
    assert_eq!(scene.status().counts.pending, 0);
    let again = ExchangeAsk { back: ask(&scene, "B-1"), ..ExchangeAsk::default() };
    let done = scene.station.exchange(again).await.expect("asked");
    assert_eq!(of(done.ids[1]).row.goods, "保温杯 ×2 · 杯刷 ×1", "as much as comes back");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let keys: Vec<String> = home.world.issued().into_iter().map(|it| it.order_key).collect();
    assert_eq!(keys.len(), 4, "{keys:?}");
    assert!(keys[2].ends_with("-4A") && keys[3].ends_with("-5A"), "{keys:?}");
    let asked = home.world.last_request("B-1").expect("asked");
    assert_eq!(text(&asked, "Receiver", "Name"), "李思", "the last asked for goes out");
    scene.check(4);
}

/// More polls than the story has.
const POLLS_MAX: usize = 3_000;

async fn story(home: &Home) -> Result<(), Trouble> {
    let mut scene = home.open().await?;
    scene.import(CSV).await?;
    scene.ship_all().await?;
    scene.settle().await?;
    let back = ask(&scene, "B-1");
    scene.station.exchange(ExchangeAsk { back, ..ExchangeAsk::default() }).await?;
    let two = scene.station.bring_back(ask(&scene, "B-2")).await?;
    scene.station.undo().await?;
    assert_eq!(two.done, 1);
    scene.ship_all().await?;
    scene.settle().await
}

#[tokio::test]
async fn killed_at_every_step_nothing_comes_back_twice() {
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
        scene.ship_all().await.expect("ships what waits");
        scene.settle().await.expect("settles");
        home.world.check_one_live_number_an_order();
        let rows = scene.rows();
        let (back, out): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.back);
        let of = |order: &str| back.iter().filter(|row| row.order_no == order).count();
        assert!(of("B-1") <= 1 && of("B-2") <= 1, "killed at {polls}: {back:?}");
        // Both of an exchange, or neither.
        let fresh = out.iter().filter(|row| row.order_no == "B-1" && row.nth > 1).count();
        assert_eq!(fresh, of("B-1"), "killed at {polls}: {rows:?}");
        for row in &rows {
            let doubt = row.trouble.is_some();
            assert!(doubt || row.state == State::Printed, "killed at {polls}: {row:?}");
        }
        let live = home.world.issued().iter().filter(|it| !it.voided).count();
        let numbered = rows.iter().filter(|row| row.waybill_no.is_some()).count();
        assert_eq!(live, numbered, "killed at {polls}: {rows:?}");
        for label in &home.world.paper().labels {
            assert!(waybill_on(label).is_some(), "killed at {polls}");
        }
    }
    panic!("the story has more steps than {POLLS_MAX}");
}

/// Nobody is kept by what came back longer than by what went out.
#[tokio::test]
async fn the_buyer_is_forgotten_on_both_labels() {
    let home = Home::new("none");
    let settings = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&settings).expect("settings");
    std::fs::write(&settings, toml + "[privacy]\nblank_after_days = 7\n").expect("written");
    let mut scene = sent(&home).await;
    let id = bring(&scene, ask(&scene, "B-1")).await.ids[0];
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    scene.world.tick(90 * 86_400_000);
    assert_eq!(scene.station.blank_old().await.expect("blanks"), 2);
    let path = home.folder.path().join("station.sqlite");
    let db = rusqlite::Connection::open(path).expect("opens");
    let sql = "SELECT count(*) FROM waybill WHERE label LIKE '%李思%' OR label LIKE '%天府大道%'";
    let left: u32 = db.query_row(sql, [], |row| row.get(0)).expect("counts");
    assert_eq!(left, 0);
    let sender = scene.station.detail(id).expect("detail").sender;
    assert_eq!(sender.name, "拾光家居", "the house is no secret");
}

#[tokio::test]
async fn waits_in_the_list_of_what_is_to_be_sent() {
    let home = Home::new("none");
    let scene = sent(&home).await;
    let id = bring(&scene, ask(&scene, "B-2")).await.ids[0];
    assert_eq!(scene.station.list_ids(&query(Some(Tab::Pending))).expect("ids"), [id]);
    // A command that ships the next order does not mean it.
    let next = scene.station.scan("*PB-NEXT*").await.expect("scans");
    let ScanView::Command(next) = next else { panic!("{next:?}") };
    assert!(!next.done, "{next:?}");
}
