//! Goods are counted into their box: by code, by number of pieces, with what is over, missing or
//! wrong said and not counted; the label follows by itself, and nothing is lost with the program.

use scene::{Home, Scene};
use station::{
    trouble::Code,
    view::{CountSaid, ScanCommand, ScanMode, ScanView, State, VerifyView},
};

const CUP: &str = "6901234567892";
/// Two kinds of goods with codes, and one on which nothing stands.
const ORDERS: &str = "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,\
     weight_g,商家编码,69码\n\
     V-1,抖店,2026-11-20 10:00:00,李思,13800000001,浙江省,杭州市,余杭区,东路 1 号,保温杯,2,800,\
     CUP-480,6901234567892\n\
     V-1,抖店,2026-11-20 10:00:00,李思,13800000001,浙江省,杭州市,余杭区,东路 1 号,杯刷,1,90,BRUSH,\n\
     V-2,抖店,2026-11-20 10:01:00,李思,13800000002,浙江省,杭州市,余杭区,东路 2 号,贺卡,2,20,,\n\
     V-3,抖店,2026-11-20 10:02:00,李思,13800000003,浙江省,杭州市,余杭区,东路 3 号,保温杯,1,400,CUP-480,\n";

fn home(settings: &str) -> Home {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    std::fs::write(&path, format!("{toml}{settings}")).expect("written");
    home
}

async fn count(scene: &Scene, code: &str, times: u32) -> VerifyView {
    match scene.station.scan_in(ScanMode::Verify, code, times).await.expect("a scan") {
        ScanView::Verifying(view) => *view,
        other => panic!("{code}: {other:?}"),
    }
}

fn stand(view: &VerifyView) -> Vec<(u32, u32)> {
    view.lines.iter().map(|line| (line.counted, line.wanted)).collect()
}

#[tokio::test]
async fn an_order_is_counted_and_its_label_prints_by_itself() {
    let home = home("");
    let mut scene = home.open().await.expect("opens");
    scene.import(ORDERS).await.expect("imports");

    let begun = count(&scene, "V-1", 1).await;
    assert_eq!((begun.said, begun.row.order_no.as_str()), (CountSaid::Begun, "V-1"));
    assert_eq!(stand(&begun), [(0, 2), (0, 1)]);
    let over = count(&scene, CUP, 3).await;
    assert_eq!(
        (over.said, over.line, stand(&over)),
        (CountSaid::Over, Some(0), vec![(0, 2), (0, 1)])
    );
    let counted = count(&scene, CUP, 2).await;
    assert_eq!((counted.said, stand(&counted)), (CountSaid::Counted, vec![(2, 2), (0, 1)]));
    let wrong = count(&scene, "4006381333931", 1).await;
    assert_eq!((wrong.said, wrong.line), (CountSaid::Wrong, None));
    let other = count(&scene, "V-3", 1).await;
    assert_eq!((other.said, other.row.order_no.as_str()), (CountSaid::Under, "V-1"));
    let missing = count(&scene, "V-1", 1).await;
    assert_eq!(missing.said, CountSaid::Under, "the order itself does not end it");
    scene.settle().await.expect("settles");
    assert!(home.world.paper().labels.is_empty(), "not before all is in");

    let done = count(&scene, "brush", 1).await;
    assert_eq!((done.said, done.done), (CountSaid::Done, true));
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("V-1").state, State::Printed);
    assert_eq!(home.world.paper().labels.len(), 1);
    assert!(scene.station.bench().expect("bench").verifying.is_none());

    let again = count(&scene, "V-1", 1).await;
    assert_eq!(again.said, CountSaid::Already);
    scene.settle().await.expect("settles");
    assert_eq!(home.world.paper().labels.len(), 1, "counted once, printed once");

    // The file of V-1 said that these are the same cup.
    count(&scene, "V-3", 1).await;
    assert_eq!(count(&scene, CUP, 1).await.said, CountSaid::Done);
}

#[tokio::test]
async fn the_count_goes_on_after_the_program_died() {
    let home = home("");
    let scene = home.open().await.expect("opens");
    scene.import(ORDERS).await.expect("imports");
    count(&scene, "V-1", 1).await;
    count(&scene, CUP, 1).await;
    drop(scene);

    let scene = home.reopen().await;
    let bench = scene.station.bench().expect("bench");
    assert_eq!(bench.mode, ScanMode::Verify);
    let at_hand = bench.verifying.expect("still at hand");
    assert_eq!((at_hand.row.order_no.as_str(), stand(&at_hand)), ("V-1", vec![(1, 2), (0, 1)]));

    // Put aside, and taken up again where it was.
    scene.station.put_aside().await.expect("aside");
    assert_eq!(count(&scene, "V-3", 1).await.said, CountSaid::Begun);
    scene.station.put_aside().await.expect("aside");
    assert_eq!(stand(&count(&scene, "V-1", 1).await), [(1, 2), (0, 1)]);
}

#[tokio::test]
async fn goods_without_a_code_are_counted_by_hand_and_others_are_not() {
    let home = home("");
    let mut scene = home.open().await.expect("opens");
    scene.import(ORDERS).await.expect("imports");
    let cards = count(&scene, "V-2", 1).await;
    assert!(cards.lines[0].by_hand);
    let id = cards.row.id;
    let one = scene.station.count_by_hand(id, 0, 1).await.expect("counted");
    assert_eq!((one.said, stand(&one)), (CountSaid::Counted, vec![(1, 2)]));
    let over = scene.station.count_by_hand(id, 0, 2).await.expect("said");
    assert_eq!((over.said, stand(&over)), (CountSaid::Over, vec![(1, 2)]));
    let back = scene.station.count_by_hand(id, 0, -1).await.expect("taken back");
    assert_eq!((back.said, stand(&back)), (CountSaid::TakenBack, vec![(0, 2)]));
    let done = scene.station.count_by_hand(id, 0, 2).await.expect("counted");
    assert_eq!(done.said, CountSaid::Done);
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("V-2").state, State::Printed);
    let late = scene.station.count_by_hand(id, 0, -1).await.expect_err("it is closed");
    assert_eq!(late.code, Code::VerifyNone);

    let id = count(&scene, "V-1", 1).await.row.id;
    let scan_it = scene.station.count_by_hand(id, 0, 1).await.expect_err("it has a code");
    assert_eq!(scan_it.code, Code::VerifyScanIt);
}

#[tokio::test]
async fn no_label_before_the_count_where_the_settings_say_so() {
    let home = home("[verify]\nbefore_label = true\n");
    let mut scene = home.open().await.expect("opens");
    scene.import(ORDERS).await.expect("imports");

    // A scan that would ship begins to count instead.
    let scanned = scene.station.scan("V-1").await.expect("scans");
    assert!(matches!(&scanned, ScanView::Verifying(view) if view.blocks), "{scanned:?}");
    assert_eq!(scene.station.bench().expect("bench").mode, ScanMode::Verify);

    // A selection gets its numbers, no labels, and comes to rest.
    let ids = scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    scene.station.settled(&ids, true).await.expect("comes to rest");
    assert_eq!(scene.row("V-1").state, State::Waybilled);
    assert!(home.world.paper().labels.is_empty());
    let no = scene.row("V-1").waybill_no.expect("a number");
    let early = scene.station.reprint(&no, "damaged").await.expect_err("no way around");
    assert_eq!(early.code, Code::VerifyFirst);

    count(&scene, CUP, 2).await;
    let id = count(&scene, "BRUSH", 1).await.row.id;
    scene.settle().await.expect("settles");
    assert_eq!((scene.row("V-1").state, home.world.paper().labels.len()), (State::Printed, 1));
    let words: Vec<_> = scene.station.detail(id).expect("detail").history;
    assert!(words.iter().any(|line| line.event == "verified" && line.note == "3"), "{words:?}");
}

#[tokio::test]
async fn who_lets_an_order_pass_says_why() {
    let home = home("[verify]\nbefore_label = true\n");
    let mut scene = home.open().await.expect("opens");
    scene.import(ORDERS).await.expect("imports");
    let id = count(&scene, "V-1", 1).await.row.id;
    count(&scene, CUP, 2).await;
    let silent = scene.station.pass_count(id, "  ").await.expect_err("no reason");
    assert_eq!(silent.code, Code::PassReasonMissing);
    let passed = scene.station.pass_count(id, "刷子缺货，客户同意").await.expect("passes");
    assert_eq!((passed.said, passed.done), (CountSaid::Passed, true));
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("V-1").state, State::Printed);
    let history = scene.station.detail(id).expect("detail").history;
    let line = history.iter().find(|line| line.event == "verify_passed").expect("in the history");
    assert_eq!(line.note, "2/3 · 刷子缺货，客户同意");
}

#[tokio::test]
async fn goods_without_an_order_and_held_orders_do_nothing() {
    let home = home("[verify]\nprint = false\n");
    let mut scene = home.open().await.expect("opens");
    scene.import(&ORDERS.replace("13800000003", "")).await.expect("imports");
    let alone = scene.station.scan_in(ScanMode::Verify, CUP, 1).await.expect("scans");
    assert!(matches!(&alone, ScanView::Unknown(why) if why.code == Code::VerifyOrderFirst));
    let unknown = scene.station.scan_in(ScanMode::Verify, "NOPE", 1).await.expect("scans");
    assert!(matches!(&unknown, ScanView::Unknown(why) if why.code == Code::ScanUnknown));
    let held = scene.station.scan_in(ScanMode::Verify, "V-3", 1).await.expect("scans");
    assert!(matches!(held, ScanView::Attention(_)), "{held:?}");
    let id = count(&scene, "V-2", 1).await.row.id;
    scene.station.count_by_hand(id, 0, 2).await.expect("counted");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("V-2").state, State::Ready, "the settings print nothing by itself");
}

#[tokio::test]
async fn modes_are_chosen_by_barcode_and_a_reprint_ships_nothing() {
    let home = home("");
    let scene = home.open().await.expect("opens");
    scene.import(ORDERS).await.expect("imports");
    assert_eq!(scene.station.bench().expect("bench").mode, ScanMode::Ship);
    for (command, code) in ScanCommand::ALL {
        let Some(mode) = command.mode() else { continue };
        let said = scene.station.scan_in(ScanMode::Verify, code, 1).await.expect("scans");
        assert!(matches!(said, ScanView::Command(said) if said.done && said.command == command));
        assert_eq!(scene.station.bench().expect("bench").mode, mode);
    }
    let waits = scene.station.scan_in(ScanMode::Reprint, "V-3", 1).await.expect("scans");
    assert!(matches!(waits, ScanView::Waiting(_)));
    assert_eq!(scene.row("V-3").state, State::Ready);
}

#[tokio::test]
async fn goods_and_parcels_are_found_whatever_stands_around_their_codes() {
    let home = home("[scanner]\nprefix = \"~\"\nsuffix = \"#\"\n");
    let scene = home.open().await.expect("opens");
    scene.import(ORDERS).await.expect("imports");
    assert_eq!(count(&scene, "~V-1#\r", 1).await.said, CountSaid::Begun);
    let gs1 = "]d201069012345678921727123110AB-7\u{1d}21S9";
    assert_eq!(count(&scene, gs1, 1).await.said, CountSaid::Counted);
    assert_eq!(count(&scene, "(01)06901234567892", 1).await.said, CountSaid::Counted);
    let command = scene.station.scan_in(ScanMode::Verify, "~*PB-TO-SHIP*#", 1).await;
    assert!(matches!(command.expect("scans"), ScanView::Command(said) if said.done));
    let order = scene.station.scan("\u{1d}400V-3").await.expect("scans");
    assert!(matches!(order, ScanView::Shipping(_)), "{order:?}");
}

#[tokio::test]
async fn a_scanner_on_its_own_line_is_read_without_the_keyboard() {
    let home = home("");
    let scene = home.open().await.expect("opens");
    let mut changed = scene.station.changed();
    scene.station.hear_scanner(b"V-");
    assert!(!changed.has_changed().expect("open"));
    scene.station.hear_scanner(b"1\r\nV-2\r\n");
    changed.changed().await.expect("said");
    assert_eq!(scene.station.take_scans(), ["V-1", "V-2"]);
    assert!(scene.station.take_scans().is_empty());
}
