//! Numbers go back to the shops: every order's number is in one file, once, whatever dies and when;
//! what was taken back after it was told is said until somebody puts it right.

mod shapes;

use scene::{Home, Scene, kill_after, orders_csv};
use station::{
    sheet::{Paper, SheetKind},
    trouble::{Code, Trouble},
    view::{NumbersView, ScanMode, TellingState},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const SHOP: &str = "抖店";
const HEAD: [&str; 3] = ["订单编号", "快递公司", "快递单号"];

fn with(home: &Home, more: &str) {
    let path = home.folder.path().join("station.toml");
    let toml = fs::read_to_string(&path).expect("settings");
    fs::write(&path, format!("{toml}\n{more}")).expect("written");
}

async fn shipped(home: &Home, orders: usize) -> Scene {
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(orders)).await.expect("imports");
    ship(&mut scene).await;
    scene
}

async fn ship(scene: &mut Scene) {
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
}

fn numbers(scene: &Scene) -> NumbersView {
    scene.station.numbers().expect("numbers")
}

fn untold(scene: &Scene) -> u32 {
    numbers(scene).shops.iter().map(|shop| shop.n).sum()
}

fn number(scene: &Scene, order: &str) -> String {
    scene.row(order).waybill_no.expect("a number")
}

/// The cells of a CSV file of ours, without its headings.
fn rows(path: impl AsRef<Path>) -> Vec<Vec<String>> {
    let bytes = fs::read(path).expect("the file");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("a mark at the beginning");
    let mut lines = text.split_terminator("\r\n").map(|line| {
        let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
        inner.expect("quoted").split("\",\"").map(str::to_owned).collect::<Vec<_>>()
    });
    assert_eq!(lines.next().expect("headings"), HEAD);
    lines.collect()
}

/// All files that were written, whole, by name.
fn files(home: &Home) -> Vec<PathBuf> {
    let Ok(found) = fs::read_dir(home.folder.path().join("numbers")) else { return Vec::new() };
    let mut found: Vec<PathBuf> = found.map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.extension().is_some_and(|it| it == "csv"));
    found.sort();
    found
}

/// How often each order and number stands in all files.
fn told(home: &Home) -> BTreeMap<(String, String), usize> {
    let mut found = BTreeMap::new();
    for row in files(home).iter().flat_map(rows) {
        *found.entry((row[0].clone(), row[2].clone())).or_insert(0) += 1;
    }
    found
}

#[tokio::test]
async fn a_day_s_numbers_are_in_one_file_for_each_shop() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let other = orders_csv(2).replace(SHOP, "淘宝").replace("P-", "007");
    let none = orders_csv(1).replace(SHOP, "").replace("P-", "H-");
    for csv in [orders_csv(3), other, none] {
        scene.import(&csv).await.expect("imports");
    }
    assert!(numbers(&scene).shops.is_empty());
    let early = scene.station.tell_shop(SHOP, None).await.expect_err("nothing is printed");
    assert_eq!(early.code, Code::NumbersNone);
    ship(&mut scene).await;

    let waiting = numbers(&scene);
    let counts: BTreeMap<&str, u32> =
        waiting.shops.iter().map(|it| (it.shop.as_str(), it.n)).collect();
    assert_eq!(counts, BTreeMap::from([(SHOP, 3), ("淘宝", 2), ("", 1)]));
    assert!(waiting.shops.iter().all(|it| it.oldest_at_ms.is_some()));

    let written = scene.station.tell_shops().await.expect("written");
    assert_eq!(written.iter().map(|it| it.n).sum::<u32>(), 5, "what has no shop is left");
    for one in &written {
        let expected: Vec<Vec<String>> = scene
            .rows()
            .iter()
            .filter(|row| row.shop == one.shop)
            .map(|row| {
                let no = row.waybill_no.clone().expect("a number");
                vec![row.order_no.clone(), "圆通速递".into(), no]
            })
            .collect();
        let mut got = rows(&one.path);
        got.sort();
        let mut expected = expected;
        expected.sort();
        assert_eq!(got, expected);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&one.path).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
    let loose = scene.station.tell_shop("", None).await.expect("by hand");
    assert_eq!((loose.n, loose.state), (1, TellingState::Written));
    assert!(loose.file.starts_with("numbers-20") && loose.file.ends_with(".csv"), "{}", loose.file);
    assert_eq!(untold(&scene), 0);
    // The order says so, with the file.
    let detail = scene.station.detail(scene.row("P-1").id).expect("detail");
    let said = detail.told.expect("told");
    assert!(said.file.starts_with("numbers-抖店-"), "{}", said.file);
    assert!(detail.history.iter().any(|line| line.event == "told_shop" && line.note == said.file));
    assert!(scene.station.tell_shops().await.expect("nothing").is_empty());
}

#[tokio::test]
async fn twice_pressed_is_one_file() {
    let home = Home::new("none");
    let scene = shipped(&home, 4).await;
    let (one, two) =
        tokio::join!(scene.station.tell_shop(SHOP, None), scene.station.tell_shop(SHOP, None));
    let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<Trouble>>();
    assert_eq!(refused.iter().map(|it| it.code).collect::<Vec<_>>(), [Code::NumbersNone]);
    assert_eq!(files(&home).len(), 1);
    assert_eq!(told(&home).len(), 4);
}

#[tokio::test]
async fn killed_anywhere_each_number_is_in_one_file_once() {
    // How often a future waits depends on other threads: more kills than it has steps.
    let mut deaths = 0;
    for polls in 1..=8 {
        let home = Home::new("none");
        let scene = shipped(&home, 3).await;
        deaths +=
            usize::from(kill_after(polls, scene.station.tell_shop(SHOP, None)).await.is_err());
        drop(scene);
        all_told_once(&home, 3).await;
    }
    assert!(deaths > 0);
}

#[tokio::test]
async fn killed_before_or_after_the_file_was_there_it_is_the_same_file() {
    for there in [true, false] {
        let home = Home::new("none");
        let scene = shipped(&home, 3).await;
        let path = scene.station.tell_shop(SHOP, None).await.expect("written").path;
        drop(scene);
        let before = fs::read(&path).expect("the file");
        // As a death leaves it: chosen, and owed.
        let db = rusqlite::Connection::open(home.folder.path().join("station.sqlite"));
        let sql = "UPDATE telling SET done_at_ms = NULL, n = 0";
        db.expect("the database").execute(sql, []).expect("owed");
        if !there {
            fs::remove_file(&path).expect("never written");
        }
        all_told_once(&home, 3).await;
        assert_eq!(fs::read(&path).expect("the file"), before);
    }
}

/// At the next start, and when a person presses the key again.
async fn all_told_once(home: &Home, orders: usize) {
    let scene = home.reopen().await;
    scene.station.tell_by_itself().await.expect("written");
    if let Err(trouble) = scene.station.tell_shop(SHOP, None).await {
        assert_eq!(trouble.code, Code::NumbersNone);
    }
    let told = told(home);
    assert_eq!(told.len(), orders, "{told:?}");
    assert!(told.values().all(|n| *n == 1), "{told:?}");
    assert_eq!((files(home).len(), numbers(&scene).tellings.len()), (1, 1));
    assert_eq!(untold(&scene), 0);
}

#[tokio::test]
async fn a_folder_that_is_gone_loses_nothing() {
    let home = Home::new("none");
    let stick = tempfile::tempdir().expect("a folder");
    let gone = stick.path().join("stick");
    with(&home, &format!("[tell]\nfolder = '{}'\nevery_min = 30\n", gone.display()));
    let scene = shipped(&home, 2).await;
    let trouble = scene.station.tell_shop(SHOP, None).await.expect_err("it is not plugged in");
    assert_eq!(trouble.code, Code::NumbersUnwritten);
    assert!(trouble.fields["path"].starts_with(&gone.display().to_string()), "{trouble:?}");
    assert_eq!((untold(&scene), numbers(&scene).tellings.len()), (2, 0), "nothing was chosen");
    assert_eq!(scene.status().tell_failed, None, "whoever pressed the key knows it");

    // By itself nobody is there to be told: it is said until it is right.
    assert_eq!(scene.station.tell_by_itself().await.expect("counts from now"), 0);
    scene.world.tick(30 * 60_000);
    scene.station.tell_by_itself().await.expect_err("still not");
    assert_eq!(scene.status().tell_failed.expect("said").code, Code::NumbersUnwritten);
    assert_eq!(untold(&scene), 2);
    fs::create_dir(&gone).expect("plugged in");
    assert_eq!(scene.station.tell_by_itself().await.expect("written"), 1);
    assert_eq!((untold(&scene), scene.status().tell_failed), (0, None));
    let told = &numbers(&scene).tellings[0];
    assert!(told.by_itself && rows(&told.path).len() == 2);
}

#[tokio::test]
async fn what_was_chosen_before_the_disk_failed_is_written_there_later() {
    let home = Home::new("none");
    let mut scene = shipped(&home, 2).await;
    // Something stands where the file is written to first: chosen, and not written.
    let folder = home.folder.path().join("numbers");
    let (file, part) = (folder.join("one.csv"), folder.join("one.csv.part"));
    fs::create_dir_all(&part).expect("in the way");
    let trouble = scene.station.tell_shop(SHOP, Some(&file)).await.expect_err("in the way");
    assert_eq!(trouble.fields["path"], file.display().to_string());
    let view = numbers(&scene);
    assert_eq!((view.tellings[0].state, view.shops[0].n), (TellingState::Owed, 0));
    assert_eq!(view.failed.expect("said").code, Code::NumbersUnwritten);
    let id = scene.row("P-1").id;
    assert_eq!(scene.station.detail(id).expect("detail").told, None, "not told yet");

    // Another order, and one of the owed is taken back: it is in no file.
    scene.station.void(&number(&scene, "P-2")).await.expect("voids");
    scene.settle().await.expect("settles");
    fs::remove_dir(&part).expect("out of the way");
    scene.station.tell_by_itself().await.expect("written");
    assert_eq!(files(&home), std::slice::from_ref(&file));
    assert_eq!(rows(&file), [["P-1", "圆通速递", &number(&scene, "P-1")]]);
    let view = numbers(&scene);
    assert_eq!((view.tellings[0].n, view.failed), (1, None));
    assert!(view.stale.is_empty(), "the shop never heard of it: {:?}", view.stale);
}

#[tokio::test]
async fn a_number_taken_back_is_never_told_and_said_if_it_was() {
    let home = Home::new("none");
    let mut scene = shipped(&home, 2).await;
    let (first, second) = (number(&scene, "P-1"), number(&scene, "P-2"));
    scene.station.void(&second).await.expect("voids");
    scene.settle().await.expect("settles");
    let file = scene.station.tell_shop(SHOP, None).await.expect("written");
    assert_eq!(rows(&file.path), [["P-1", "圆通速递", &first]]);

    scene.station.void(&first).await.expect("voids");
    scene.settle().await.expect("settles");
    let stale = numbers(&scene).stale;
    assert_eq!(stale.len(), 1);
    let (order, no, new) = (&stale[0].order_no, &stale[0].no, &stale[0].new_no);
    assert_eq!((order.as_str(), no, new.as_str()), ("P-1", &first, ""));
    let id = scene.row("P-1").id;
    assert_eq!(scene.station.detail(id).expect("detail").told, None, "not of a live number");

    // A new one: said until it is told.
    let edit = scene.station.detail(id).expect("detail").edit;
    scene.station.fix_order(id, edit).await.expect("released");
    scene.station.scan("P-1").await.expect("ships again");
    scene.settle().await.expect("settles");
    let fresh = number(&scene, "P-1");
    assert_eq!(numbers(&scene).stale[0].new_no, fresh);
    let again = scene.station.tell_shop(SHOP, None).await.expect("written");
    assert_eq!(rows(&again.path), [["P-1", "圆通速递", &fresh]]);
    assert!(numbers(&scene).stale.is_empty());

    // The shop did not take that file, so it still knows the old one; then by hand.
    scene.station.tell_back(again.id).await.expect("put back");
    assert_eq!((numbers(&scene).stale.len(), untold(&scene)), (1, 1));
    scene.station.settle_number(id, &first).await.expect("put right");
    assert!(numbers(&scene).stale.is_empty());
    let unknown = scene.station.settle_number(id, &first).await.expect_err("no more");
    assert_eq!(unknown.code, Code::ScanUnknown);
}

#[tokio::test]
async fn once_more_and_not_taken() {
    let home = Home::new("none");
    let mut scene = shipped(&home, 3).await;
    let file = scene.station.tell_shop(SHOP, None).await.expect("written");
    let more = scene.station.tell_again(file.id).await.expect("once more").path;
    assert_eq!(more, file.path.replace(".csv", " (2).csv"));
    assert_eq!(rows(&more), rows(&file.path));
    scene.station.void(&number(&scene, "P-2")).await.expect("voids");
    scene.settle().await.expect("settles");
    let third = scene.station.tell_again(file.id).await.expect("once more").path;
    assert!(third.ends_with(" (3).csv"));
    assert_eq!(rows(&third).len(), 2, "what was taken back is not in it");
    assert_eq!(numbers(&scene).tellings[0].copies, 3);
    assert_eq!(untold(&scene), 0, "told all the same");

    scene.station.tell_back(file.id).await.expect("put back");
    assert_eq!(untold(&scene), 2);
    assert!(numbers(&scene).stale.is_empty(), "the shop took nothing");
    for refused in [
        scene.station.tell_again(file.id).await.expect_err("not that one"),
        scene.station.tell_back(file.id).await.expect_err("once"),
        scene.station.tell_back(99).await.expect_err("there is none"),
    ] {
        assert_eq!(refused.code, Code::TellingNone);
    }
    let id = scene.row("P-1").id;
    let history = scene.station.detail(id).expect("detail").history;
    assert_eq!(history[0].event, "told_back");
    let next = scene.station.tell_shop(SHOP, None).await.expect("written");
    assert_ne!(next.path, file.path, "no file is written over");
    assert_eq!(rows(&next.path).len(), 2);
}

#[tokio::test]
async fn returns_are_no_shop_s_business() {
    let home = Home::new("none");
    let mut scene = shipped(&home, 1).await;
    let id = scene.row("P-1").id;
    let ask = station::view::ReturnAsk {
        id,
        reason: "不要了".into(),
        pieces: Vec::new(),
        payer: station::view::Payer::Usual,
        account: None,
        weight_g: None,
    };
    scene.station.bring_back(ask).await.expect("comes back");
    ship(&mut scene).await;
    let path = scene.station.tell_shop(SHOP, None).await.expect("written").path;
    assert_eq!(rows(path).len(), 1);
    assert_eq!(untold(&scene), 0);
}

#[tokio::test]
async fn a_number_is_told_when_the_settings_say() {
    let home = Home::new("none");
    with(&home, "[tell]\nwhen = 'handed_over'\n");
    let scene = shipped(&home, 2).await;
    assert_eq!(untold(&scene), 0, "printed is not enough");
    scene.station.scan_in(ScanMode::HandOver, &number(&scene, "P-1"), 1).await.expect("a scan");
    assert_eq!(untold(&scene), 0, "not signed yet");
    let closed = scene.station.close_manifest().await.expect("closed");
    assert_eq!(untold(&scene), 1);
    let id = closed.id.expect("a row");
    scene.station.sheet(SheetKind::Manifest, &[id], Paper::A4).expect("drawn");
    drop(scene);

    let path = home.folder.path().join("station.toml");
    let toml = fs::read_to_string(&path).expect("settings");
    fs::write(&path, toml.replace("handed_over", "number")).expect("written");
    let mut scene = home.reopen().await;
    assert_eq!(untold(&scene), 2);
    scene.world.paper().empty = true;
    scene.import(&orders_csv(3)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    while scene.row("P-3").waybill_no.is_none() {
        scene.turn().await.expect("a turn");
    }
    assert_eq!(untold(&scene), 3, "as soon as it is there");
}
