//! What the house keeps and what it forgets: copies of the database that can be put back without a
//! number doubled, and people who are gone from every byte.

use scene::{Home, Scene, Speech, orders_csv};
use station::{
    backup, config,
    trouble::Code,
    view::{SettingsChange, State},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const DAY_MS: i64 = 86_400_000;

/// Settings more, as a person writes them.
fn with_settings(home: &Home, more: &str) {
    let path = home.folder.path().join("station.toml");
    let text = fs::read_to_string(&path).expect("settings");
    fs::write(&path, format!("{text}\n{more}")).expect("written");
}

fn numbers(scene: &Scene) -> BTreeMap<String, String> {
    let rows = scene.rows().into_iter();
    rows.filter_map(|row| Some((row.order_no, row.waybill_no?))).collect()
}

#[tokio::test]
async fn a_copy_is_one_moment_checked_private_and_only_the_newest_stay() {
    let home = Home::new("status");
    with_settings(&home, "[backup]\nkeep = 2\n");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    let mut made = Vec::new();
    for _ in 0..3 {
        scene.world.tick(DAY_MS);
        made.push(scene.station.back_up().expect("copied"));
    }
    let view = scene.station.backups().expect("listed");
    let kept: Vec<&str> = view.backups.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(kept, [&*made[2].path, &*made[1].path], "newest first, the oldest is gone");
    assert!(!Path::new(&made[0].path).with_extension("toml").exists());
    let mode = |path: &Path| {
        let may = fs::metadata(path).expect("there").permissions();
        std::os::unix::fs::PermissionsExt::mode(&may) & 0o777
    };
    assert_eq!(mode(Path::new(&made[2].path)), 0o600);
    assert_eq!(mode(&Path::new(&made[2].path).with_extension("toml")), 0o600);
    assert_eq!(mode(&scene.station.backup_folder()), 0o700);
    let copy = rusqlite::Connection::open(&made[2].path).expect("opens");
    let orders: i64 = copy.query_row("SELECT count(*) FROM orders", [], |row| row.get(0)).unwrap();
    assert_eq!(orders, 3);
    scene.settle().await.expect("the bench went on");
}

#[tokio::test]
async fn the_days_copy_waits_for_rest_but_not_for_ever() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    assert!(!scene.station.back_up_daily().expect("looked"), "somebody works");
    scene.world.tick(11 * 60_000);
    assert!(scene.station.back_up_daily().expect("copied"), "the bench rests");
    assert!(!scene.station.back_up_daily().expect("looked"), "one a day");
    scene.world.tick(DAY_MS + 60_000);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert!(!scene.station.back_up_daily().expect("looked"), "somebody works");
    scene.world.tick(5 * 3_600_000);
    scene.import(&orders_csv(3)).await.expect("imports");
    assert!(scene.station.back_up_daily().expect("copied"), "it was waited for long enough");

    let none = set("backup.keep", "0");
    let text = scene.station.plan_settings(&none).expect("allowed");
    config::replace(home.folder.path(), &text).expect("written");
    drop(scene);
    let scene = home.open().await.expect("opens");
    scene.world.tick(10 * DAY_MS);
    assert!(!scene.station.back_up_daily().expect("looked"), "nobody wants any");
}

fn set(key: &str, value: &str) -> SettingsChange {
    SettingsChange::Set { values: [(key.to_owned(), Some(value.to_owned()))].into() }
}

#[tokio::test]
async fn a_copy_that_cannot_be_made_is_said() {
    let home = Home::new("status");
    fs::write(home.folder.path().join("not-a-folder"), "x").expect("written");
    with_settings(&home, "[backup]\nfolder = \"not-a-folder\"\n");
    let scene = home.open().await.expect("opens");
    let failed = scene.station.back_up().expect_err("no folder");
    assert_eq!(failed.code, Code::BackupFailed);
    assert!(scene.station.live_backup_failed().is_some(), "it stays said");
}

/// Two orders are shipped, a copy is made, two more are shipped, the disk dies.
async fn restored(speech: Speech) -> (Home, Scene, BTreeMap<String, String>) {
    let home = Home::speaking(speech, "status", 7);
    let mut scene = home.open().await.expect("opens");
    for count in [2, 4] {
        scene.import(&orders_csv(count)).await.expect("imports");
        scene.ship_all().await.expect("ships");
        scene.settle().await.expect("settles");
        if count == 2 {
            scene.station.back_up().expect("copied");
            // Waits in the copy, and is shipped after it.
            scene.import(&orders_csv(3)).await.expect("imports");
            scene.world.tick(1_000);
            scene.station.back_up().expect("copied");
        }
        scene.world.tick(60_000);
    }
    let before = numbers(&scene);
    assert_eq!(before.len(), 4, "{speech:?}");
    let copy = PathBuf::from(&scene.station.backups().expect("listed").backups[0].path);
    drop(scene);
    let done = backup::restore(home.folder.path(), &copy, home.world.now_ms()).expect("restored");
    assert_eq!(done.orders, 3, "{speech:?}");
    assert!(Path::new(&done.aside.expect("the old one")).join("station.sqlite").exists());
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(4)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    (home, scene, before)
}

#[tokio::test]
async fn after_a_restore_no_order_gets_a_second_number() {
    for speech in Speech::ALL.into_iter().chain([Speech::Cainiao]) {
        let (_home, scene, before) = restored(speech).await;
        scene.check(4);
        let issued = scene.world.issued().len();
        assert_eq!(issued, 4, "{speech:?}: no further number was given");
        for (order, no) in numbers(&scene) {
            assert_eq!(before[&order], no, "{speech:?}: {order}");
        }
        for row in scene.rows().iter().filter(|row| row.waybill_no.is_none()) {
            // Who would give another number is not asked: a person finds out.
            let trouble = row.trouble.as_ref().map(|it| it.code);
            let asked = matches!(trouble, Some(Code::WaybillOnlyOnce | Code::WaybillUnknown));
            assert!(asked, "{speech:?}: {row:?}");
        }
    }
}

#[tokio::test]
async fn carriers_that_know_the_key_give_all_numbers_back_by_themselves() {
    for speech in [Speech::Kdniao, Speech::Sf, Speech::Jd, Speech::JtExpress] {
        let (_home, mut scene, before) = restored(speech).await;
        assert_eq!(numbers(&scene), before, "{speech:?}");
        assert!(scene.rows().iter().all(|row| row.state == State::Printed), "{speech:?}");
        // What is new since is not in doubt.
        scene.world.tick(8 * DAY_MS);
        let csv = orders_csv(1).replace("P-1,", "N-1,").replace("2026-11-20", "2026-12-20");
        scene.import(&csv).await.expect("imports");
        scene.ship_all().await.expect("ships");
        scene.settle().await.expect("settles");
        assert_eq!(scene.row("N-1").state, State::Printed, "{speech:?}");
    }
}

#[tokio::test]
async fn labels_that_waited_in_the_copy_are_asked_about_and_not_printed_again() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    while scene.row("P-1").waybill_no.is_none() {
        scene.station.ask_once(scene::ACCOUNT).await.expect("asks");
        scene.world.tick(1);
    }
    let copy = scene.station.back_up().expect("copied").path;
    scene.settle().await.expect("settles");
    assert_eq!(scene.world.paper().labels.len(), 1);
    drop(scene);
    backup::restore(home.folder.path(), Path::new(&copy), home.world.now_ms()).expect("restored");
    let mut scene = home.open().await.expect("opens");
    scene.settle().await.expect("settles");
    let asked = scene.row("P-1").trouble.expect("asked");
    assert_eq!(asked.code, Code::LabelUnknown);
    assert_eq!(scene.world.paper().labels.len(), 1, "no second label");
}

#[tokio::test]
async fn only_a_whole_database_of_this_home_is_put_back() {
    let home = Home::new("status");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(200)).await.expect("imports");
    let copy = PathBuf::from(scene.station.back_up().expect("copied").path);
    let path = home.folder.path();
    let restore = |file: &Path| backup::restore(path, file, home.world.now_ms());
    assert_eq!(restore(&copy).expect_err("at work").code, Code::HomeLocked);
    drop(scene);
    let other = path.join("other");
    fs::write(&other, "no database").expect("written");
    assert_eq!(restore(&other).expect_err("text").code, Code::BackupUnusable);
    assert_eq!(restore(&path.join("none")).expect_err("none").code, Code::BackupUnusable);
    let mut bytes = fs::read(&copy).expect("readable");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8_192].fill(0xa5);
    fs::write(&other, &bytes).expect("written");
    assert_eq!(restore(&other).expect_err("damaged").code, Code::BackupUnusable);
    bytes.truncate(middle);
    fs::write(&other, &bytes).expect("written");
    assert_eq!(restore(&other).expect_err("cut").code, Code::BackupUnusable);
    fs::copy(&copy, &other).expect("copied");
    let newer = rusqlite::Connection::open(&other).expect("opens");
    newer.pragma_update(None, "user_version", 9_999).expect("set");
    drop(newer);
    assert_eq!(restore(&other).expect_err("newer").code, Code::DatabaseNewer);
    let scene = home.open().await.expect("nothing was touched");
    assert_eq!(scene.rows().len(), 200);
}
