//! People are gone from every byte of the home so long after delivery, and nobody else is.

use super::pickup::{book, of};
use scene::{Home, Scene, orders_csv};
use station::view::{Act, Deed, OrderEdit, PickupWay, ScanMode, State};
use std::{fs, path::Path};

const DAY_MS: i64 = 86_400_000;
/// Invented people; each text stands nowhere else.
const GONE: [&str; 11] = [
    "欧阳甲乙",
    "13911112222",
    "丙丁路 77 号",
    "送给戊己",
    "欧阳旧名",
    "13933334444",
    "戊己让重打的",
    "@example.test",
    "癸子说少发",
    "丑寅换的箱",
    "卯辰不退了",
];
const STAYS: [&str; 3] = ["司马庚辛", "13955556666", "壬癸路 9 号"];

fn csv() -> String {
    String::from(
        "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,weight_g,note\n\
         F-1,抖店,2026-11-20 10:00:00,欧阳旧名,13933334444,浙江省,杭州市,余杭区,丙丁路 77 号,\
         保温杯,1,400,送给戊己\n\
         F-2,抖店,2026-11-20 10:01:00,司马庚辛,13955556666,浙江省,杭州市,余杭区,壬癸路 9 号,\
         保温杯,1,400,\n",
    )
}

/// Settings with a way of tracking and days after which people are forgotten.
fn with_days(home: &Home, track: &str, days: u32) {
    let path = home.folder.path().join("station.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let more = format!("track = \"{track}\"\npickup = true\ncalls_per_s");
    let text = text.replace("calls_per_s", &more);
    let scale = "[scale]\naddress = \"tcp://127.0.0.1:9\"\nband_percent = 5\nband_g = 10\n";
    let days = format!("{scale}[privacy]\nblank_after_days = {days}\n");
    fs::write(&path, format!("{text}\n{days}")).expect("written");
}

/// Every file below a folder that holds a text.
fn holding(folder: &Path, text: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the home").flatten() {
        let path = entry.path();
        if path.is_dir() {
            holding(&path, text, found);
            continue;
        }
        let bytes = fs::read(&path).expect("readable");
        if bytes.windows(text.len()).any(|part| part == text.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
}

fn where_is(home: &Home, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    holding(home.folder.path(), text, &mut found);
    found
}

/// What a person types of a parcel that has its label.
async fn typed_afterwards(scene: &Scene, no: &str) {
    scene.station.hear_scale(b"ST,GS,+  0.000kg\r\nST,GS,+  2.500kg\r\n");
    scene.station.scan_in(ScanMode::Weigh, no, 1).await.expect("odd");
    scene.station.keep_weight(no, "丑寅换的箱").await.expect("kept");
    book(scene, &["F-1"], PickupWay::Back).await.expect("a courier");
    scene.station.call_off_pickup(of(scene, "F-1").id, "卯辰不退了").await.expect("off");
}

#[tokio::test]
async fn nothing_of_a_person_is_left_in_any_byte_and_the_living_are_not_touched() {
    let home = Home::new("status");
    with_days(&home, "1002", 90);
    let mut scene = home.open().await.expect("opens");
    scene.import(&csv()).await.expect("imports");
    fs::remove_file(home.folder.path().join("orders.csv")).expect("removed");

    let id = scene.row("F-1").id;
    let was = scene.station.detail(id).expect("detail").edit;
    let edit = OrderEdit {
        name: "欧阳甲乙".into(),
        phone: "13911112222".into(),
        email: "a@example.test".into(),
        ..was
    };
    scene.station.fix_order(id, edit).await.expect("edited");
    scene.station.scan_in(ScanMode::Verify, "F-1", 1).await.expect("begun");
    scene.station.pass_count(id, "癸子说少发").await.expect("passes");
    let request =
        station::view::ShipRequest { ids: vec![id], account: None, printer: None, print: true };
    scene.station.ship(request).await.expect("ships");
    scene.settle().await.expect("settles");
    scene.station.reprint("F-1", "戊己让重打的").await.expect("again");
    scene.settle().await.expect("settles");
    let no = scene.row("F-1").waybill_no.expect("a number");
    typed_afterwards(&scene, &no).await;
    scene.track_for(12 * DAY_MS).await.expect("tracks");
    assert_eq!(format!("{:?}", scene.row("F-1").stage), "Some(Delivered)");
    let events = scene.station.detail(id).expect("detail").track.expect("tracked").events.len();
    assert!(events > 2);
    for text in GONE {
        assert!(
            !where_is(&home, text).is_empty(),
            "{text} was never there: the test proves nothing"
        );
    }

    scene.world.tick(60 * DAY_MS);
    assert_eq!(scene.station.blank_old().await.expect("looked"), 0, "not yet");
    assert_eq!(scene.station.detail(id).expect("detail").edit.name, "欧阳甲乙");
    scene.world.tick(31 * DAY_MS);
    assert_eq!(scene.station.blank_old().await.expect("blanked"), 1);
    assert_eq!(scene.station.blank_old().await.expect("looked"), 0, "once");

    let detail = scene.station.detail(id).expect("detail");
    assert_eq!((detail.edit.name.as_str(), detail.edit.phone.as_str()), ("", ""));
    assert_eq!(detail.edit.province, "浙江省", "what tells nobody stays");
    assert_eq!(detail.row.waybill_no.as_deref(), Some(no.as_str()));
    assert_eq!(detail.row.state, State::Printed);
    assert!(detail.track.expect("tracked").events.is_empty());
    assert_eq!(detail.history[0].event, "blanked");
    scene.station.label_png(id).expect("still drawn, without the person");
    assert_eq!(scene.row("F-2").name, "司马**");
    // The log is emptied in the next lull, while the station works.
    let wal = home.folder.path().join("station.sqlite-wal");
    while fs::metadata(&wal).is_ok_and(|log| log.len() > 0) {
        tokio::task::yield_now().await;
    }
    for text in GONE {
        assert_eq!(where_is(&home, text), Vec::<String>::new(), "{text}");
    }
    drop(scene);
    for text in GONE {
        assert_eq!(where_is(&home, text), Vec::<String>::new(), "{text}");
    }
    for text in STAYS {
        assert!(!where_is(&home, text).is_empty(), "{text}");
    }
}

#[tokio::test]
async fn without_the_setting_nobody_is_ever_forgotten() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    scene.world.tick(4_000 * DAY_MS);
    assert_eq!(scene.station.blank_old().await.expect("looked"), 0);
}

#[tokio::test]
async fn a_parcel_nobody_tells_about_is_forgotten_later_and_one_in_doubt_never() {
    let home = Home::new("status");
    with_days(&home, "off", 7);
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    // One of them is before a person.
    scene.station.reprint("P-2", "again").await.expect("again");
    scene.world.paper().plan = vec![Some(scene::PrinterFault::BreaksInside)];
    scene.settle().await.expect("settles");
    assert!(scene.row("P-2").trouble.is_some());
    scene.world.tick(60 * DAY_MS);
    assert_eq!(scene.station.blank_old().await.expect("looked"), 0, "it may still travel");
    scene.world.tick(8 * DAY_MS);
    assert_eq!(scene.station.blank_old().await.expect("blanked"), 2);
    assert_eq!(scene.row("P-2").name, "李*2");
    assert_eq!(scene.row("P-1").name, "");
}

/// Orders that went together come to their end together, and what people noted of them goes too.
#[tokio::test]
async fn orders_that_went_together_are_forgotten_together() {
    let home = Home::new("status");
    with_days(&home, "1002", 90);
    let mut scene = home.open().await.expect("opens");
    let one =
        "2026-11-20 10:00:00,欧阳甲乙,13911112222,浙江省,杭州市,余杭区,丙丁路 77 号,保温杯,1,400";
    let csv = format!(
        "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,weight_g,note\n\
         F-1,抖店,{one},\nF-2,抖店,{one},送给戊己\n"
    );
    scene.import(&csv).await.expect("imports");
    fs::remove_file(home.folder.path().join("orders.csv")).expect("removed");
    let ids = scene.station.list_ids(&scene::query(None)).expect("ids");
    let act = |deed| Act { ids: ids.clone(), deed };
    scene.station.act(act(Deed::Note { text: GONE[6].into() })).await.expect("noted");
    let merge = Deed::Merge { despite: true };
    assert_eq!(scene.station.act(act(merge)).await.expect("merges").done, 1);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    for _ in 0..12 {
        scene.track_for(DAY_MS).await.expect("tracks");
    }
    scene.world.tick(91 * DAY_MS);
    assert_eq!(scene.station.blank_old().await.expect("blanked"), 2);
    let wal = home.folder.path().join("station.sqlite-wal");
    while fs::metadata(&wal).is_ok_and(|log| log.len() > 0) {
        tokio::task::yield_now().await;
    }
    for text in &GONE[..4] {
        assert_eq!(where_is(&home, text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(where_is(&home, GONE[6]), Vec::<String>::new());
}
