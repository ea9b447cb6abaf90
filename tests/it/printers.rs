//! Several printers on real sockets: each label goes to the one its settings name, and when a
//! printer stands still a person sends its labels to another, each exactly once.

use practice::printer::{Event, Faults, Options, Printer, RunningPrinter};
use scene::{ACCOUNT, Home, PRINTER, PrinterFault, Scene, orders_csv, waybill_on};
use station::{
    Spool,
    sheet::SheetKind,
    trouble::Code,
    view::{JobState, PrinterChange, PrinterState, ShipRequest, State},
};
use std::{collections::HashMap, fs, future::Future, time::Duration};

/// The printer that takes what the stories name.
const OTHER: &str = "热敏 2 号";
/// Another account of the same clerk.
const SECOND: &str = "中通";
/// Nothing in these stories takes this long, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(120);

async fn soon<T>(what: &str, waited: impl Future<Output = T>) -> T {
    let Ok(came) = tokio::time::timeout(PATIENCE, waited).await else { panic!("never: {what}") };
    came
}

async fn started(options: Options) -> RunningPrinter {
    Printer::start(options).await.expect("up")
}

/// A home with a second account and a second printer, which has these keys.
fn home(one: &str, other: &str, keys: &str) -> Home {
    let home = Home::on_printer(one, "zpl");
    let path = home.folder.path().join("station.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let (carrier, printer) = (text.find("[[carrier]]"), text.find("[[printer]]"));
    let (carrier, printer) = (carrier.expect("one"), printer.expect("one"));
    let routing = text.find("[[routing]]").expect("one");
    let second = text[carrier..printer].replace(ACCOUNT, SECOND).replace("YTO", "ZTO");
    let other = text[printer..routing]
        .replace(PRINTER, OTHER)
        .replace(one, other)
        .replace("confirm", &format!("{keys}\nconfirm"));
    let text = format!(
        "{}{second}{}{other}{}",
        &text[..printer],
        &text[printer..routing],
        &text[routing..]
    );
    fs::write(&path, text).expect("written");
    home
}

fn at(printer: &RunningPrinter) -> String {
    format!("tcp://127.0.0.1:{}", printer.port())
}

/// How often each number came out of these printers.
fn printed(printers: &[&RunningPrinter]) -> HashMap<String, usize> {
    let mut numbers = HashMap::new();
    for label in printers.iter().flat_map(|printer| printer.labels()) {
        *numbers.entry(waybill_on(&label.bitmap).expect("a number")).or_default() += 1;
    }
    numbers
}

/// The numbers of these orders, each once.
fn numbers(scene: &Scene, orders: &[&str]) -> HashMap<String, usize> {
    let number = |order: &&str| (scene.row(order).waybill_no.expect("a number"), 1);
    orders.iter().map(number).collect()
}

async fn says(scene: &Scene, printer: usize, state: PrinterState) {
    let mut changed = scene.station.changed();
    let seen = async {
        while scene.status().printers[printer].state != state {
            changed.changed().await.expect("the station runs");
        }
    };
    soon(&format!("{state:?}"), seen).await;
}

#[tokio::test]
async fn labels_go_by_their_shop() {
    let (one, other) = (started(Options::default()).await, started(Options::default()).await);
    let home = home(&at(&one), &at(&other), "shops = [\"淘宝\"]");
    let scene = home.open_real().await.expect("opens");
    let running = scene.station.run();
    let csv = orders_csv(4).replacen("P-2,抖店", "P-2,淘宝", 1).replacen("P-3,抖店", "P-3,淘宝", 1);
    scene.import(&csv).await.expect("imports");
    for (order, printer) in [("P-1", PRINTER), ("P-2", OTHER), ("P-3", OTHER), ("P-4", PRINTER)] {
        let detail = scene.station.detail(scene.row(order).id).expect("detail");
        assert_eq!(detail.printer, printer, "the window says it before");
    }
    let ids = scene.ship_all().await.expect("ships");
    soon("all", scene.station.settled(&ids, true)).await.expect("the database");
    assert_eq!(printed(&[&one]), numbers(&scene, &["P-1", "P-4"]));
    assert_eq!(printed(&[&other]), numbers(&scene, &["P-2", "P-3"]));
    // A copy goes where the label went.
    scene.station.reprint("P-2", "污损").await.expect("asked");
    soon("the copy", other.await_labels(3)).await;
    running.stop().await;
}

#[tokio::test]
async fn labels_go_by_their_carrier_and_by_a_persons_word_before_all() {
    let (one, other) = (started(Options::default()).await, started(Options::default()).await);
    let home = home(&at(&one), &at(&other), &format!("carriers = [\"{SECOND}\"]"));
    let scene = home.open_real().await.expect("opens");
    let running = scene.station.run();
    scene.import(&orders_csv(3)).await.expect("imports");
    let ids: Vec<i64> = ["P-1", "P-2", "P-3"].map(|order| scene.row(order).id).to_vec();
    let ship = async |id: i64, account: Option<&str>, printer: Option<&str>| {
        let [account, printer] = [account, printer].map(|name| name.map(str::to_owned));
        let request = ShipRequest { ids: vec![id], account, printer, print: true };
        scene.station.ship(request).await.expect("ships");
    };
    ship(ids[0], None, None).await;
    ship(ids[1], Some(SECOND), None).await;
    ship(ids[2], Some(SECOND), Some(PRINTER)).await;
    soon("all", scene.station.settled(&ids, true)).await.expect("the database");
    assert_eq!(printed(&[&one]), numbers(&scene, &["P-1", "P-3"]));
    assert_eq!(printed(&[&other]), numbers(&scene, &["P-2"]));
    running.stop().await;
}

#[tokio::test]
async fn a_person_sends_the_labels_of_a_printer_that_stands_still_to_another() {
    let slow = Options { mm_per_s: Some(1_000), ..Options::default() };
    let (one, other) = (started(slow).await, started(Options::default()).await);
    let home = home(&at(&one), &at(&other), "shops = [\"淘宝\"]");
    let scene = home.open_real().await.expect("opens");
    let running = scene.station.run();
    const ALL: usize = 12;
    scene.import(&orders_csv(ALL)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    soon("some", one.await_labels(3)).await;
    one.set(Faults { head_open: true, ..Faults::default() });
    says(&scene, 0, PrinterState::HeadOpen).await;

    assert_eq!(other.total(), 0, "nothing goes elsewhere by itself");
    let diverted = scene.station.divert_labels(PRINTER, OTHER).await.expect("diverts");
    assert!(diverted.labels + diverted.to_come >= 6, "{diverted:?}");
    assert_eq!(diverted.stay, 0);
    let sent = u64::from(diverted.labels + diverted.to_come);
    soon("the others", other.await_labels(sent)).await;
    // What is inside the first comes out of the first, when somebody closes it.
    one.set(Faults::default());
    soon("all", scene.station.settled(&ids, true)).await.expect("the database");

    let orders: Vec<String> = (1..=ALL).map(|n| format!("P-{n}")).collect();
    let orders: Vec<&str> = orders.iter().map(String::as_str).collect();
    assert_eq!(printed(&[&one, &other]), numbers(&scene, &orders), "each exactly once");
    assert_eq!(other.total(), sent);
    let told = ids.iter().filter(|id| {
        let history = scene.station.detail(**id).expect("detail").history;
        let note = format!("{PRINTER} → {OTHER}");
        history.iter().any(|line| line.event == "diverted" && line.note == note)
    });
    assert_eq!(told.count() as u64, sent, "the history of each says so");
    scene.check(ALL);
    running.stop().await;
}

#[tokio::test]
async fn a_label_in_doubt_is_asked_about_where_it_was_sent() {
    let at = "tcp://127.0.0.1:9";
    let home = home(at, at, "shops = [\"淘宝\"]");
    let path = home.folder.path().join("station.toml");
    let text = fs::read_to_string(&path).expect("settings");
    fs::write(&path, text.replace("\"status\"", "\"none\"")).expect("written");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(4)).await.expect("imports");
    let mut plan = vec![Some(PrinterFault::Refused); 400];
    plan[0] = Some(PrinterFault::BreaksInside);
    home.world.paper().plan = plan;
    scene.ship_all().await.expect("ships");
    while scene.status().printers[0].waiting < 3 {
        scene.turn().await.expect("turns");
        home.world.tick(10);
    }
    let diverted = scene.station.divert_labels(PRINTER, OTHER).await.expect("diverts");
    assert_eq!((diverted.labels, diverted.to_come, diverted.stay), (3, 0, 0));
    home.world.paper().plan.clear();
    let mut spool = Spool::default();
    while scene.status().printers[1].waiting > 0 {
        scene.station.print_once(OTHER, &mut spool).await.expect("prints");
        home.world.tick(100);
    }
    scene.settle().await.expect("settles");
    assert_eq!(home.world.paper().labels.len(), 3);
    let doubted: Vec<_> = scene.rows().into_iter().filter(|row| row.trouble.is_some()).collect();
    assert_eq!(doubted.len(), 1, "{doubted:?}");
    let trouble = doubted[0].trouble.as_ref().expect("a trouble");
    assert_eq!((trouble.code, trouble.fields["printer"].as_str()), (Code::LabelUnknown, PRINTER));
    let jobs = scene.station.detail(doubted[0].id).expect("detail").jobs;
    assert_eq!((jobs.len(), jobs[0].state), (1, JobState::Unknown));
    let itself = scene.station.divert_labels(PRINTER, PRINTER).await.expect_err("the same");
    assert_eq!(itself.code, Code::NoPrinter);
}

#[tokio::test]
async fn a_number_that_comes_later_comes_out_where_its_label_was_sent_to() {
    let (one, other) = (started(Options::default()).await, started(Options::default()).await);
    let home = home(&at(&one), &at(&other), "shops = [\"淘宝\"]");
    let scene = home.open_real().await.expect("opens");
    home.world.set_away(true);
    let running = scene.station.run();
    scene.import(&orders_csv(2)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    let diverted = scene.station.divert_labels(PRINTER, OTHER).await.expect("diverts");
    assert_eq!((diverted.labels, diverted.to_come), (0, 2));
    assert_eq!(scene.station.detail(ids[0]).expect("detail").printer, OTHER);
    let gone = PrinterChange::Remove { name: OTHER.into() };
    let waited = scene.station.plan_printers(&gone).expect_err("labels will come out of it");
    assert_eq!(waited.code, Code::PrinterWaitedFor);
    home.world.set_away(false);
    soon("all", scene.station.settled(&ids, true)).await.expect("the database");
    assert_eq!((one.total(), other.total()), (0, 2));
    running.stop().await;
}

#[tokio::test]
async fn sheets_come_out_of_the_printer_that_takes_them() {
    let (one, other) = (started(Options::default()).await, started(Options::default()).await);
    let home = home(&at(&one), &at(&other), "forms = [\"packing\"]");
    let scene = home.open_real().await.expect("opens");
    let running = scene.station.run();
    scene.import(&orders_csv(2)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    soon("labels", scene.station.settled(&ids, true)).await.expect("the database");
    let packed = scene.station.print_sheet(SheetKind::Packing, &ids, None).await.expect("prints");
    assert_eq!((packed.printer.as_str(), packed.pages), (OTHER, 2));
    let picked = scene.station.print_sheet(SheetKind::Picking, &ids, None).await.expect("prints");
    assert_eq!((picked.printer.as_str(), picked.pages), (PRINTER, 1));
    soon("slips", other.await_labels(2)).await;
    soon("the list", one.await_labels(3)).await;
    assert!(scene.rows().iter().all(|row| row.state == State::Printed));
    running.stop().await;
}

#[tokio::test]
async fn calibration_waits_for_the_label_inside_and_the_queue_for_it() {
    let slow = Options { mm_per_s: Some(1_000), ..Options::default() };
    let printer = started(slow).await;
    let home = Home::on_printer(&at(&printer), "zpl");
    let scene = home.open_real().await.expect("opens");
    let mut events = printer.events();
    let running = scene.station.run();
    scene.import(&orders_csv(8)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    soon("some", printer.await_labels(2)).await;
    soon("the way", scene.station.calibrate(PRINTER)).await.expect("calibrates");
    soon("all", scene.station.settled(&ids, true)).await.expect("the database");
    running.stop().await;
    let (mut inside, mut measured) = (0, Vec::new());
    while let Ok(event) = events.try_recv() {
        match event {
            Event::Accepted { .. } => inside += 1,
            Event::Printed { .. } => inside -= 1,
            Event::Measured => measured.push(inside),
            _ => {}
        }
    }
    assert_eq!(measured, [0], "once, and with no label inside");
    let orders = ["P-1", "P-2", "P-3", "P-4", "P-5", "P-6", "P-7", "P-8"];
    assert_eq!(printed(&[&printer]), numbers(&scene, &orders));
    assert!(printer.unknown().is_empty(), "{:?}", printer.unknown());
}
