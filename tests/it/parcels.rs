//! Orders of several parcels: one number each, one label each, in their order, each exactly once,
//! whatever dies and whatever the carrier answers.

use practice::{carrier::Faults, printer::Bitmap};
use scene::{Home, PrinterFault, Scene, Speech, kill_after, waybill_on};
use station::{
    trouble::{Code, Trouble},
    view::{JobState, ScanView, State, Verb},
};
use std::collections::HashMap;

/// More polls than such a day has.
const POLLS_MAX: usize = 3_000;

const FILE: &str = "订单编号,收货人姓名,联系手机,省,市,区,收货地址,宝贝标题,件数,包裹数,签回单\n\
    P-1,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,12,3,\n\
    P-2,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,,\n\
    P-3,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,2,2,是\n\
    P-4,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,301,\n\
    P-5,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,2,\n\
    P-5,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,杯刷,1,3,\n";

async fn shipped(home: &Home) -> Result<Scene, Trouble> {
    let mut scene = home.open().await?;
    scene.import(FILE).await?;
    scene.ship_all().await?;
    scene.settle().await?;
    Ok(scene)
}

/// The numbers on the labels that came out, in their order.
fn on_paper(home: &Home) -> Vec<String> {
    let paper = home.world.paper();
    paper.labels.iter().map(|label| waybill_on(label).expect("a number")).collect()
}

/// An order's numbers, its own first.
fn numbers(scene: &Scene, order: &str) -> Vec<String> {
    let detail = scene.station.detail(scene.row(order).id).expect("an order");
    let own = detail.row.waybill_no.expect("a number");
    std::iter::once(own).chain(detail.numbers.into_iter().map(|number| number.no)).collect()
}

#[tokio::test]
async fn each_parcel_gets_its_number_and_its_label_in_order() {
    for speech in [Speech::Kdniao, Speech::Sf] {
        let home = Home::speaking(speech, "none", 1);
        let mut scene = home.open().await.expect("opens");
        let report = scene.import(FILE).await.expect("imports");
        assert_eq!((report.added, report.refused_count), (3, 3), "{:?}", report.refused);
        assert_eq!((scene.row("P-1").parcels, scene.row("P-1").pieces), (3, 12));
        scene.ship_all().await.expect("ships");
        scene.settle().await.expect("settles");
        let all: Vec<String> =
            ["P-1", "P-2", "P-3"].iter().flat_map(|order| numbers(&scene, order)).collect();
        assert_eq!(all.len(), 3 + 1 + 3, "the slip has a number, too");
        assert_eq!(on_paper(&home), all);
        for order in ["P-1", "P-2", "P-3"] {
            let row = scene.row(order);
            assert_eq!((row.state, row.copies), (State::Printed, 1), "{order}");
        }
        let slips: Vec<bool> = scene
            .station
            .detail(scene.row("P-3").id)
            .expect("an order")
            .numbers
            .iter()
            .map(|number| number.slip)
            .collect();
        assert_eq!(slips, [false, true]);
        if speech == Speech::Kdniao {
            assert_eq!(home.world.last_request("P-1").expect("asked")["Quantity"], 3);
            assert_eq!(home.world.last_request("P-3").expect("asked")["IsReturnSignBill"], 1);
            let plain = home.world.last_request("P-2").expect("asked");
            assert!(plain["Quantity"] == 1 && plain["IsReturnSignBill"].is_null(), "{plain}");
        }
    }
}

#[tokio::test]
async fn a_scan_of_a_parcels_number_prints_that_label_alone() {
    let home = Home::new("none");
    let mut scene = shipped(&home).await.expect("ships");
    let numbers = numbers(&scene, "P-1");
    let ScanView::Printed(row) = scene.station.scan(&numbers[1]).await.expect("understood") else {
        panic!("a printed one");
    };
    assert_eq!(row.waybill_no.as_ref(), Some(&numbers[1]), "what is offered is about this one");
    home.world.paper().labels.clear();
    let job = scene.station.reprint(&numbers[1], "污损").await.expect("asked");
    assert_eq!((job.part, job.copy, job.no.as_str()), (2, 2, numbers[1].as_str()));
    scene.settle().await.expect("settles");
    assert_eq!(on_paper(&home), [numbers[1].clone()]);

    home.world.paper().labels.clear();
    scene.station.reprint("P-1", "整单重打").await.expect("asked");
    scene.settle().await.expect("settles");
    assert_eq!(on_paper(&home), numbers, "by the order's number all of them");
    let copies: HashMap<u32, u32> = scene
        .station
        .detail(scene.row("P-1").id)
        .expect("an order")
        .jobs
        .iter()
        .rev()
        .map(|job| (job.part, job.copy))
        .collect();
    assert_eq!(copies, HashMap::from([(1, 2), (2, 3), (3, 2)]), "each counts its own copies");
}

#[tokio::test]
async fn a_printer_fault_at_the_second_label_asks_about_it_alone() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(FILE).await.expect("imports");
    home.world.paper().plan = vec![None, Some(PrinterFault::BreaksAfter)];
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let numbers = numbers(&scene, "P-1");
    let row = scene.row("P-1");
    let trouble = row.trouble.expect("asked about");
    assert_eq!((trouble.code, &trouble.fields["waybill"]), (Code::LabelUnknown, &numbers[1]));
    assert_eq!(row.state, State::Waybilled, "not all are out for certain");
    // The wrong paper settles nothing; its own does.
    let wrong = scene.station.scan(&numbers[2]).await.expect("understood");
    assert!(matches!(wrong, ScanView::Attention(_)), "{wrong:?}");
    let right = scene.station.scan(&numbers[1]).await.expect("understood");
    assert!(matches!(right, ScanView::Confirmed(_)), "{right:?}");
    let row = scene.row("P-1");
    assert_eq!((row.state, row.trouble), (State::Printed, None));
    scene.settle().await.expect("settles");
    assert_eq!(on_paper(&home)[..3], numbers, "nothing was printed twice");
}

#[tokio::test]
async fn what_was_lost_is_printed_once_more_and_no_other() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(FILE).await.expect("imports");
    use PrinterFault::BreaksInside;
    home.world.paper().plan = vec![None, Some(BreaksInside), Some(BreaksInside)];
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let numbers = numbers(&scene, "P-1");
    // Two are in doubt; they are asked about one after the other, the older one first.
    for lost in &numbers[1..] {
        let trouble = scene.row("P-1").trouble.expect("asked about");
        assert_eq!(&trouble.fields["waybill"], lost);
        scene.station.confirm("P-1", false).await.expect("answered");
        scene.settle().await.expect("settles");
    }
    let row = scene.row("P-1");
    assert_eq!((row.state, row.trouble), (State::Printed, None));
    let mut mine = on_paper(&home);
    mine.retain(|no| numbers.contains(no));
    assert_eq!(mine, numbers);
}

#[tokio::test]
async fn fewer_numbers_than_parcels_go_before_a_person_and_are_not_asked_for_again() {
    for speech in [Speech::Kdniao, Speech::Sf] {
        let home = Home::speaking(speech, "none", 1);
        home.world.set_faults(Faults { few_parcels: 1.0, ..Faults::default() });
        let mut scene = shipped(&home).await.expect("ships");
        let row = scene.row("P-1");
        let trouble = row.trouble.clone().expect("before a person");
        assert_eq!(trouble.code, Code::PartsDiffer);
        assert_eq!((&trouble.fields["asked"], &trouble.fields["got"]), (&"3".into(), &"2".into()));
        let numbers = numbers(&scene, "P-1");
        assert_eq!(numbers.len(), 2, "as they came");
        assert!(!on_paper(&home).iter().any(|no| numbers.contains(no)), "no label by itself");
        let asked: u32 = home.world.issued().iter().map(|issued| issued.asked).sum();
        assert_eq!(asked, 3, "each order once");

        let can = scene.station.detail(row.id).expect("an order").can;
        assert!(can.contains(&Verb::Ship) && can.contains(&Verb::Void), "{can:?}");
        // A person who wants these labels has them, each once.
        scene.station.acknowledge(row.id).await.expect("read");
        let scanned = scene.station.scan("P-1").await.expect("understood");
        assert!(matches!(scanned, ScanView::Shipping(_)), "{scanned:?}");
        scene.settle().await.expect("settles");
        let mut mine = on_paper(&home);
        mine.retain(|no| numbers.contains(no));
        assert_eq!(mine, numbers);
        assert_eq!(scene.row("P-1").state, State::Printed);
    }
}

#[tokio::test]
async fn all_numbers_are_given_back_together() {
    for speech in [Speech::Kdniao, Speech::Sf] {
        let home = Home::speaking(speech, "none", 1);
        let mut scene = shipped(&home).await.expect("ships");
        let before = numbers(&scene, "P-1");
        scene.station.void(&before[2]).await.expect("asked");
        scene.settle().await.expect("settles");
        assert_eq!(scene.row("P-1").state, State::Held);
        assert!(!home.world.has_live(&before[0]));
        // Shipped again it has new numbers, and the old ones still find it.
        let id = scene.row(&before[1]).id;
        let edit = scene.station.detail(id).expect("an order").edit;
        assert_eq!(edit.parcels, 3);
        scene.station.fix_order(id, edit).await.expect("mended");
        scene.ship_all().await.expect("ships");
        scene.settle().await.expect("settles");
        let after = numbers(&scene, "P-1");
        assert_eq!(after.len(), 3);
        assert!(after.iter().all(|no| !before.contains(no)), "{before:?} {after:?}");
        assert_eq!(scene.row(&before[1]).id, id);
    }
}

#[tokio::test]
async fn numbers_told_by_telephone_are_taken_all_at_once() {
    let home = Home::new("none");
    home.world.set_faults(Faults { lose_before: 1.0, ..Faults::default() });
    let mut scene = home.open().await.expect("opens");
    scene.import(FILE).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let id = scene.row("P-3").id;
    assert_eq!(scene.row("P-3").trouble.expect("unknown").code, Code::WaybillUnknown);
    home.world.set_faults(Faults::default());
    scene.station.enter_waybill(id, "YT1, YT2，YT3".into()).await.expect("taken");
    scene.settle().await.expect("settles");
    assert_eq!(numbers(&scene, "P-3"), ["YT1", "YT2", "YT3"]);
    let slips = scene.station.detail(id).expect("an order").numbers;
    assert!(!slips[0].slip && slips[1].slip, "{slips:?}");
    assert_eq!(on_paper(&home)[..3], ["YT1", "YT2", "YT3"]);
}

/// The carrier's own drawings: one for each parcel, each with its own number, in either way that
/// answers have them.
#[tokio::test]
async fn each_parcel_has_the_carriers_drawing_of_its_own() {
    for as_text in [0.0, 1.0] {
        let home = Home::new("none");
        let settings = home.folder.path().join("station.toml");
        let toml = std::fs::read_to_string(&settings).expect("settings");
        let drawn = toml.replace("calls_per_s", "label = \"carrier\"\ncalls_per_s");
        std::fs::write(&settings, drawn).expect("written");
        home.world.set_faults(Faults { text_parcels: as_text, ..Faults::default() });
        let scene = shipped(&home).await.expect("ships");
        let all: Vec<String> =
            ["P-1", "P-2", "P-3"].iter().flat_map(|order| numbers(&scene, order)).collect();
        assert_eq!(on_paper(&home), all);
        let history = scene.station.detail(scene.row("P-1").id).expect("an order").history;
        assert!(history.iter().any(|line| line.event == "template_redrawn"), "{history:?}");
        assert!(!history.iter().any(|line| line.event == "template_refused"), "{history:?}");
    }
}

async fn day(home: &Home) -> Result<(), Trouble> {
    let mut scene = shipped(home).await?;
    let numbers = numbers(&scene, "P-1");
    scene.station.reprint(&numbers[1], "纸张褶皱").await?;
    scene.settle().await
}

#[tokio::test]
async fn killed_at_every_step_no_label_is_lost_or_doubled() {
    let mut steps = 0;
    for polls in 1..POLLS_MAX {
        let home = Home::new("status");
        if let Ok(done) = kill_after(polls, day(&home)).await {
            done.unwrap_or_else(|trouble| panic!("the day itself: {trouble:?}"));
            steps = polls;
            break;
        }
        let mut scene = reopened(&home).await;
        finish(&mut scene).await.unwrap_or_else(|why| panic!("killed at {polls}: {why:?}"));
        let mut copies: HashMap<String, usize> = HashMap::new();
        for no in on_paper(&home) {
            *copies.entry(no).or_default() += 1;
        }
        for order in ["P-1", "P-2", "P-3"] {
            let row = scene.row(order);
            assert_eq!(row.state, State::Printed, "killed at {polls}: {row:?}");
            for no in numbers(&scene, order) {
                let many = copies.remove(&no).unwrap_or(0);
                // One reprint of one label was asked for.
                let most = if no == numbers(&scene, "P-1")[1] { 2 } else { 1 };
                assert!((1..=most).contains(&many), "killed at {polls}: {no} is out {many} times");
            }
        }
        assert!(copies.is_empty(), "killed at {polls}: {copies:?}");
    }
    assert!(steps > 40, "the day has only {steps} steps: it was not killed inside");
}

/// What a person does after the restart: import again, answer for each label in doubt.
async fn finish(scene: &mut Scene) -> Result<(), Trouble> {
    scene.import(FILE).await?;
    scene.check(3);
    scene.settle().await?;
    loop {
        let doubted = scene.rows().into_iter().find_map(|row| {
            let trouble = row.trouble.clone().filter(|it| it.code == Code::LabelUnknown)?;
            Some((row, trouble.fields["waybill"].clone()))
        });
        let Some((row, no)) = doubted else { break };
        let jobs = scene.station.detail(row.id)?.jobs;
        let mine = |label: &Bitmap| waybill_on(label).as_ref() == Some(&no);
        let out = scene.world.paper().labels.iter().filter(|label| mine(label)).count();
        let known = |state| jobs.iter().filter(move |job| job.state == state);
        let confirmed = known(JobState::Confirmed).filter(|job| job.no == no).count();
        scene.station.confirm(&no, out > confirmed).await?;
        scene.settle().await?;
    }
    scene.check(3);
    scene.ship_all().await?;
    scene.settle().await
}

/// The dead station's database thread may still finish a commit before the lock is free.
async fn reopened(home: &Home) -> Scene {
    loop {
        match home.open().await {
            Ok(scene) => return scene,
            Err(trouble) if trouble.code == Code::HomeLocked => tokio::task::yield_now().await,
            Err(trouble) => panic!("{trouble:?}"),
        }
    }
}
