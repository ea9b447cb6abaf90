//! Printers are set up from the window: a change is checked as a whole, written without touching
//! the rest of the file, and seen in the next label.

use practice::printer::{self, Faults, Options, Printer};
use scene::{Home, PRINTER, Scene, orders_csv, waybill_on};
use station::{
    config,
    trouble::Code,
    view::{JobState, PrinterChange, PrinterForm, PrinterState, Proof},
};
use std::{fs, path::PathBuf, time::Duration};

/// Puts words of a person into the settings, which must stay.
fn with_comments(home: &Home) -> PathBuf {
    let path = home.folder.path().join("station.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let text = text
        .replace("confirm =", "# 靠窗那台\nconfirm  =")
        .replace("dots_per_mm = 8", "dots_per_mm = 8 # 203");
    fs::write(&path, text).expect("written");
    path
}

/// As the window does it: planned, written, opened anew.
async fn change(home: &Home, scene: Scene, change: &PrinterChange) -> Scene {
    let text = scene.station.plan_printers(change).expect("allowed");
    config::replace(home.folder.path(), &text).expect("written");
    drop(scene);
    home.open().await.expect("opens anew")
}

fn form(scene: &Scene) -> PrinterForm {
    scene.station.printer_setups().expect("setups").printers[0].form.clone()
}

fn set(form: PrinterForm) -> PrinterChange {
    PrinterChange::Set { name: PRINTER.into(), form }
}

#[tokio::test]
async fn a_change_is_in_the_next_labels_bytes_and_nowhere_else_in_the_file() {
    let home = Home::new("none");
    let path = with_comments(&home);
    let scene = home.open().await.expect("opens");
    let was = fs::read_to_string(&path).expect("settings");
    scene.import(&orders_csv(1)).await.expect("imports");
    let id = scene.rows()[0].id;
    let plain = scene.station.label_bytes(id, None).expect("bytes");

    let new = PrinterForm { darkness: Some(17), offset_x: -5, ..form(&scene) };
    let scene = change(&home, scene, &set(new)).await;
    let text = fs::read_to_string(&path).expect("settings");
    let keys = "confirm  = \"none\"\ndarkness = 17\noffset_x = -5\n";
    assert_eq!(text, was.replace("confirm  = \"none\"\n", keys));
    let told = scene.station.label_bytes(id, None).expect("bytes");
    let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    assert!(has(&told, b"~SD17") && !has(&plain, b"~SD"), "{}", String::from_utf8_lossy(&told));
    let [plain, told] = [plain, told].map(|bytes| printer::decode(&bytes, 8).remove(0));
    for (x, y) in [(200, 100), (300, 400), (400, 600)] {
        for x in x..x + 40 {
            assert_eq!(told.black(x - 5, y), plain.black(x, y), "moved 5 dots left: {x}, {y}");
        }
    }
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).expect("file").permissions());
    assert_eq!(mode & 0o777, 0o600, "as private as before");

    // One step back is the old file, byte for byte, and once more the new one.
    assert!(scene.station.printer_setups().expect("setups").can_undo);
    let scene = change(&home, scene, &PrinterChange::Undo).await;
    assert_eq!(fs::read_to_string(&path).expect("settings"), was);
    drop(change(&home, scene, &PrinterChange::Undo).await);
    assert_eq!(fs::read_to_string(&path).expect("settings"), text);
}

#[tokio::test]
async fn a_bad_value_is_refused_with_its_line_and_nothing_is_written() {
    let home = Home::new("status");
    let path = with_comments(&home);
    let scene = home.open().await.expect("opens");
    let was = fs::read_to_string(&path).expect("settings");
    let bad = PrinterForm {
        darkness: Some(31),
        paper: "wide".into(),
        address: "dir:out".into(),
        ..form(&scene)
    };
    let trouble = scene.station.plan_printers(&set(bad)).expect_err("refused");
    assert_eq!(trouble.code, Code::SettingsRefused);
    let line_of = |key: &str| {
        let of = |line: &str| line.trim_start().starts_with(key);
        was.lines().position(of).expect("the key") + 1
    };
    let faults: Vec<&str> = trouble.fields["faults"].lines().collect();
    let begin = |key: &str, why: &str| format!("{}|printer[1].{key}|{why}|", line_of(key));
    assert!(faults.iter().any(|it| it.starts_with(&begin("paper", "bad_paper"))), "{faults:?}");
    let silent = begin("confirm", "confirm_silent");
    assert!(faults.iter().any(|it| it.starts_with(&silent)), "{faults:?}");
    assert!(faults.iter().any(|it| it.contains("|printer[1].darkness|out_of_range|0–30")));
    assert_eq!(faults.len(), 3, "all of them, and no other: {faults:?}");
    assert_eq!(fs::read_to_string(&path).expect("settings"), was);
    assert!(config::before(home.folder.path()).expect("readable").is_none());
    let none = scene.station.plan_printers(&PrinterChange::Undo).expect_err("nothing before");
    assert_eq!(none.code, Code::NothingBefore);
}

#[tokio::test]
async fn printers_come_change_places_and_go() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let second = PrinterForm {
        name: "小票机".into(),
        language: "escpos".into(),
        paper: "80x150.5".into(),
        confirm: "status".into(),
        dots_per_mm: "11.8".into(),
        shops: vec!["抖店".into(), "淘宝".into()],
        ..form(&scene)
    };
    let scene = change(&home, scene, &PrinterChange::Add { form: second.clone() }).await;
    let text = fs::read_to_string(home.folder.path().join("station.toml")).expect("settings");
    assert!(text.contains("shops = [\"抖店\", \"淘宝\"]\n"), "{text}");
    let alone = PrinterForm { shops: vec!["抖店".into()], ..form(&scene) };
    let refused = scene.station.plan_printers(&set(alone)).expect_err("nobody takes the rest");
    assert!(refused.fields["faults"].contains("|printer|rest_without_printer|"), "{refused:?}");
    let setups = scene.station.printer_setups().expect("setups");
    assert_eq!(setups.printers[1].form, second);
    assert_eq!(setups.printers[1].probed, None, "nobody has asked it");
    let twice = scene.station.plan_printers(&PrinterChange::Add { form: second });
    assert_eq!(twice.expect_err("the same name").code, Code::SettingsRefused);

    let first = PrinterChange::First { name: "小票机".into() };
    let scene = change(&home, scene, &first).await;
    let names = |scene: &Scene| -> Vec<String> {
        let setups = scene.station.printer_setups().expect("setups");
        setups.printers.into_iter().map(|printer| printer.form.name).collect()
    };
    assert_eq!(names(&scene), ["小票机", PRINTER]);
    let scene = change(&home, scene, &PrinterChange::Remove { name: "小票机".into() }).await;
    assert_eq!(names(&scene), [PRINTER]);
    let last = scene.station.plan_printers(&PrinterChange::Remove { name: PRINTER.into() });
    assert_eq!(last.expect_err("the last stays").code, Code::SettingsRefused);
    let none = scene.station.plan_printers(&PrinterChange::First { name: "没有".into() });
    assert_eq!(none.expect_err("no such printer").code, Code::NoPrinter);
}

#[tokio::test]
async fn no_printer_changes_under_a_label() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    home.world.paper().plan = vec![Some(scene::PrinterFault::Silent)];
    scene.ship_all().await.expect("ships");
    // The first goes in, and the printer says nothing more.
    let inside = |scene: &Scene| {
        scene.rows().iter().any(|row| {
            let jobs = scene.station.detail(row.id).expect("detail").jobs;
            jobs.iter().any(|job| job.state == JobState::Sent)
        })
    };
    while !inside(&scene) {
        scene.turn().await.expect("turns");
        home.world.tick(100);
    }
    let darker = set(PrinterForm { darkness: Some(9), ..form(&scene) });
    let busy = scene.station.plan_printers(&darker).expect_err("a label is inside");
    assert_eq!((busy.code, busy.fields["printer"].as_str()), (Code::PrinterBusy, PRINTER));
    home.world.paper().silent = false;
    scene.settle().await.expect("settles");
    assert!(scene.station.plan_printers(&darker).is_ok(), "all are out");
}

#[tokio::test]
async fn a_printer_that_labels_wait_for_can_be_mended_but_not_lost() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    home.world.paper().plan = vec![Some(scene::PrinterFault::Refused); 400];
    scene.ship_all().await.expect("ships");
    while scene.status().printers[0].waiting == 0 {
        scene.turn().await.expect("turns");
        home.world.tick(10);
    }
    let other = PrinterForm { address: "tcp://127.0.0.1:9101".into(), ..form(&scene) };
    let renamed = set(PrinterForm { name: "别名".into(), ..other.clone() });
    let trouble =
        scene.station.plan_printers(&renamed).expect_err("a label waits for the old name");
    assert_eq!(trouble.code, Code::PrinterWaitedFor);
    // A wrong address is mended, and the label comes out there.
    let mut scene = change(&home, scene, &set(other)).await;
    home.world.paper().plan.clear();
    scene.settle().await.expect("settles");
    assert_eq!(home.world.paper().labels.len(), 1);
}

#[tokio::test]
async fn the_test_label_on_the_screen_is_the_one_on_paper() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    scene.station.test_label(PRINTER).await.expect("prints");
    let printed = home.world.paper().labels[0].clone();
    let shown = scene.station.test_bitmap(PRINTER).expect("drawn");
    assert_eq!((printed.width, printed.height), (shown.width, shown.height));
    for (x, y) in (0..shown.height).flat_map(|y| (0..shown.width).map(move |x| (x, y))) {
        assert_eq!(printed.black(x, y), shown.is_black(x, y), "{x}, {y}");
    }
    let png = scene.station.test_png(PRINTER).expect("png");
    assert!(png.starts_with(b"\x89PNG"));
    let nobody = scene.station.test_png("没有").expect_err("no such printer");
    assert_eq!(nobody.code, Code::NoPrinter);
}

#[tokio::test]
async fn what_a_printer_proved_is_kept_with_its_date() {
    for (faults, proof) in [
        (Faults::default(), Proof::Paper),
        (Faults { silent_status: true, ..Faults::default() }, Proof::Silent),
    ] {
        let language = printer::Language::named("zpl");
        let options = Options { faults, language, ..Options::default() };
        let printer = Printer::start(options).await.expect("up");
        let home = Home::on_printer(&format!("tcp://127.0.0.1:{}", printer.port()), "zpl");
        let scene = home.open_real().await.expect("opens");
        let running = scene.station.run();
        let probed = |scene: &Scene| {
            let setups = scene.station.printer_setups().expect("setups");
            setups.printers[0].probed.clone()
        };
        assert_eq!(probed(&scene), None, "it is not guessed from the language");
        let said = scene.station.probe_printer(PRINTER).await.expect("asked");
        let kept = probed(&scene).expect("kept");
        assert_eq!((said.proof, kept.proof), (proof, proof));
        assert!(kept.at_ms > 0);
        assert_eq!(printer.total(), 0, "a question prints nothing");
        running.stop().await;
        drop(scene);
        let scene = home.open_real().await.expect("opens again");
        assert_eq!(probed(&scene), Some(kept));
        // Another place is another printer.
        let other = PrinterForm { address: "tcp://127.0.0.1:9101".into(), ..form(&scene) };
        let text = scene.station.plan_printers(&set(other)).expect("allowed");
        config::replace(home.folder.path(), &text).expect("written");
        drop(scene);
        assert_eq!(probed(&home.open_real().await.expect("opens")), None);
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_told_its_form() {
    let scene = Home::new("none").open().await.expect("opens");
    let bad = scene.station.probe_printer("tcp://printer").await.expect_err("no port");
    assert_eq!(bad.code, Code::BadAddress);
    assert_eq!(bad.fields["form"], "tcp://HOST:PORT");
    let name = scene.station.probe_printer("没有").await.expect_err("no such name");
    assert_eq!(name.code, Code::NoPrinter);
}

#[tokio::test]
async fn labels_survive_a_change_to_an_address_where_nobody_is() {
    let faults = Faults { head_open: true, ..Faults::default() };
    let printer = Printer::start(Options { faults, ..Options::default() }).await.expect("up");
    let home = Home::on_printer(&format!("tcp://127.0.0.1:{}", printer.port()), "zpl");
    let scene = home.open_real().await.expect("opens");
    let running = scene.station.run();
    scene.import(&orders_csv(3)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    let says = async |scene: &Scene, state: PrinterState| {
        let mut changed = scene.station.changed();
        let seen = async {
            while scene.status().printers[0].state != state
                || scene.status().printers[0].waiting < 3
            {
                changed.changed().await.expect("the station runs");
            }
        };
        tokio::time::timeout(Duration::from_secs(60), seen).await.expect("is told");
    };
    says(&scene, PrinterState::HeadOpen).await;

    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let wrong = format!("tcp://{}", nobody.local_addr().expect("its address"));
    drop(nobody);
    let moved = set(PrinterForm { address: wrong.clone(), ..form(&scene) });
    let again = async |scene: Scene, running: station::Running, change: &PrinterChange| {
        running.stop().await;
        let text = scene.station.plan_printers(change).expect("allowed");
        config::replace(home.folder.path(), &text).expect("written");
        drop(scene);
        let scene = home.open_real().await.expect("opens anew");
        let running = scene.station.run();
        (scene, running)
    };
    let (scene, running) = again(scene, running, &moved).await;
    says(&scene, PrinterState::Away).await;
    assert!(!scene.status().printers[0].error.is_empty(), "why is said");
    assert!(scene.rows().iter().all(|row| row.trouble.is_none()), "no byte left, nothing in doubt");

    let (scene, running) = again(scene, running, &PrinterChange::Undo).await;
    printer.set(Faults::default());
    let settled = scene.station.settled(&ids, true);
    tokio::time::timeout(Duration::from_secs(60), settled).await.expect("settles").expect("db");
    let printed: Vec<_> = printer.labels().iter().map(|label| waybill_on(&label.bitmap)).collect();
    let wanted: Vec<_> = (1..=3).map(|n| scene.row(&format!("P-{n}")).waybill_no).collect();
    assert_eq!(printed, wanted, "each once, in order");
    running.stop().await;
}
