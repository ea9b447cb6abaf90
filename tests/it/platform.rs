//! A platform's labels: a carrier that gives another number each time it is asked, and labels that
//! only its component can print. Asked once, whatever dies and when; the rest is a person's.

use practice::carrier::Faults;
use scene::{Home, PrinterFault, Scene, Speech, kill_after, orders_csv};
use station::{
    trouble::{Action, Code, Trouble},
    view::{ShipRequest, State, Verb},
};
use std::collections::HashMap;

const ORDERS: usize = 3;
/// More polls than the day has.
const POLLS_MAX: usize = 2_000;

/// Numbers that the carrier holds live, by order.
fn live(home: &Home) -> HashMap<String, Vec<String>> {
    let mut live: HashMap<String, Vec<String>> = HashMap::new();
    for issued in home.world.issued().into_iter().filter(|issued| !issued.voided) {
        let key = issued.order_key.split('#').next().unwrap_or_default().to_owned();
        live.entry(key).or_default().push(issued.waybill_no);
    }
    live
}

fn check(home: &Home, scene: &Scene) {
    assert_eq!(scene.rows().len(), ORDERS, "orders lost or doubled");
    let live = live(home);
    assert!(live.values().all(|numbers| numbers.len() == 1), "two numbers: {live:?}");
}

async fn day(home: &Home) -> Result<(), Trouble> {
    let mut scene = home.open().await?;
    scene.import(&orders_csv(ORDERS)).await?;
    scene.ship_all().await?;
    scene.settle().await?;
    let no = scene.row("P-1").waybill_no.unwrap_or_default();
    scene.station.reprint(&no, "纸张褶皱").await?;
    scene.settle().await
}

#[tokio::test]
async fn a_platforms_label_goes_to_its_component_as_it_came() {
    let home = Home::speaking(Speech::Cainiao, "status", 1);
    day(&home).await.expect("a day");
    let documents = home.world.paper().documents.clone();
    assert_eq!(documents.len(), ORDERS + 1);
    for issued in home.world.issued() {
        let first = format!("{}-1", issued.waybill_no);
        assert_eq!(documents.iter().filter(|name| **name == first).count(), 1);
    }
    assert_eq!(documents[ORDERS], format!("{}-2", home.world.issued()[0].waybill_no));
    let scene = home.open().await.expect("opens");
    check(&home, &scene);
}

#[tokio::test]
async fn a_lost_answer_is_never_asked_for_again() {
    let home = Home::speaking(Speech::Cainiao, "status", 1);
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    home.world.set_faults(Faults { lose_after_commit: 1.0, ..Faults::default() });
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    home.world.set_faults(Faults::default());
    let row = scene.row("P-1");
    let trouble = row.trouble.expect("a trouble");
    assert_eq!((trouble.code, trouble.action), (Code::WaybillOnlyOnce, Action::EnterNumber));
    let can = scene.station.detail(row.id).expect("detail").can;
    assert!(can.contains(&Verb::EnterWaybill) && !can.contains(&Verb::LookAgain), "{can:?}");
    assert_eq!(scene.station.look_again(row.id).await.expect_err("no").code, trouble.code);
    // Months of waiting and starts change nothing.
    drop(scene);
    home.world.tick(90 * 86_400_000);
    let mut scene = home.open().await.expect("opens");
    scene.settle().await.expect("settles");
    assert_eq!(home.world.issued().len(), 1);
    // The console has the number; it is typed, and has no label to print.
    let no = home.world.issued()[0].waybill_no.clone();
    scene.station.enter_waybill(row.id, no.clone()).await.expect("typed");
    scene.settle().await.expect("settles");
    let row = scene.row("P-1");
    assert_eq!(row.waybill_no, Some(no));
    assert_eq!(row.trouble.map(|trouble| trouble.code), Some(Code::LabelUndrawable));
    assert!(home.world.paper().documents.is_empty());
}

#[tokio::test]
async fn a_request_that_never_left_is_asked_again_by_itself() {
    let home = Home::speaking(Speech::Cainiao, "status", 1);
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(ORDERS)).await.expect("imports");
    home.world.set_away(true);
    scene.ship_all().await.expect("ships");
    for _ in 0..6 {
        scene.turn().await.expect("a turn");
        home.world.tick(20_000);
    }
    assert!(home.world.refused_calls() > 0);
    home.world.set_away(false);
    scene.settle().await.expect("settles");
    assert!(scene.rows().iter().all(|row| row.state == State::Printed));
    check(&home, &scene);
}

/// What a person does with every question after the restart: looks in the carrier's console, takes
/// back what has no label here, and says that there is none.
async fn finish(home: &Home, scene: &mut Scene) -> Result<(), Trouble> {
    scene.import(&orders_csv(ORDERS)).await?;
    scene.settle().await?;
    check(home, scene);
    let known: Vec<String> = scene.rows().into_iter().filter_map(|row| row.waybill_no).collect();
    for row in scene.rows() {
        match row.trouble.as_ref().map(|trouble| trouble.code) {
            Some(Code::WaybillOnlyOnce) => {
                let digits: String =
                    row.order_no.chars().filter(char::is_ascii_alphanumeric).collect();
                let of = |key: &str| key.starts_with(&format!("{digits}-"));
                for (_, numbers) in live(home).into_iter().filter(|(key, _)| of(key)) {
                    numbers
                        .iter()
                        .filter(|no| !known.contains(no))
                        .for_each(|no| home.world.take_back(no));
                }
                scene.station.enter_waybill(row.id, String::new()).await?;
            }
            Some(Code::LabelUnknown) => {
                let no = row.waybill_no.clone().unwrap_or_default();
                let name = format!("{no}-");
                let out = home
                    .world
                    .paper()
                    .documents
                    .iter()
                    .filter(|one| one.starts_with(&name))
                    .count();
                scene.station.confirm(&no, out > row.copies as usize).await?;
            }
            Some(_) | None => {}
        }
    }
    scene.settle().await?;
    scene.ship_all().await?;
    let refused = scene.rows().into_iter().filter(|row| row.state == State::Refused);
    let ids: Vec<i64> = refused.map(|row| row.id).collect();
    if !ids.is_empty() {
        let request = ShipRequest { ids, account: None, printer: None, print: true };
        scene.station.ship(request).await?;
    }
    scene.settle().await
}

#[tokio::test]
async fn killed_at_every_step_it_is_asked_once() {
    for polls in 1..POLLS_MAX {
        let home = Home::speaking(Speech::Cainiao, "status", 1);
        if let Ok(done) = kill_after(polls, day(&home)).await {
            done.unwrap_or_else(|trouble| panic!("the day itself: {trouble:?}"));
            assert!(polls > 30, "the day has only {polls} steps: it was not killed inside");
            return;
        }
        let mut scene = home.reopen().await;
        let result = finish(&home, &mut scene).await;
        result.unwrap_or_else(|trouble| panic!("killed at {polls}: {trouble:?}"));
        check(&home, &scene);
        for row in scene.rows() {
            assert_eq!(row.state, State::Printed, "killed at {polls}: {row:?}");
        }
        let documents = home.world.paper().documents.clone();
        let mut firsts: HashMap<&String, usize> = HashMap::new();
        documents.iter().for_each(|name| *firsts.entry(name).or_default() += 1);
        assert!(firsts.values().all(|count| *count == 1), "killed at {polls}: {documents:?}");
    }
    panic!("the day does not end");
}

/// A screen that shows the order learns of the question at once, and not with the next thing that
/// happens.
#[tokio::test]
async fn a_question_after_a_death_is_told_to_whoever_watches() {
    let mut asked = 0;
    for polls in 1..POLLS_MAX {
        let home = Home::speaking(Speech::Cainiao, "status", 1);
        let one = async {
            let mut scene = home.open().await?;
            scene.import(&orders_csv(1)).await?;
            scene.ship_all().await?;
            scene.settle().await
        };
        if kill_after(polls, one).await.is_ok() {
            break;
        }
        let mut scene = home.reopen().await;
        if scene.rows().len() != 1 || scene.row("P-1").state != State::Requested {
            continue;
        }
        let mut watched = scene.station.changed();
        // The lease of the dead ends first.
        home.world.tick(600_000);
        for _ in 0..20 {
            watched.mark_unchanged();
            scene.turn().await.expect("a turn");
            let code = scene.row("P-1").trouble.map(|trouble| trouble.code);
            if code == Some(Code::WaybillOnlyOnce) {
                assert!(watched.has_changed().expect("open"), "killed at {polls}: nobody was told");
                asked += 1;
                break;
            }
        }
    }
    assert!(asked > 0, "no death left a question");
}

#[tokio::test]
async fn a_label_broken_inside_the_component_is_asked_about() {
    let home = Home::speaking(Speech::Cainiao, "status", 1);
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    home.world.paper().plan = vec![None, Some(PrinterFault::BreaksAfter)];
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let asked = scene.rows().into_iter().filter(|row| {
        row.trouble.as_ref().is_some_and(|trouble| trouble.code == Code::LabelUnknown)
    });
    assert!(asked.count() >= 1);
    assert_eq!(home.world.paper().documents.len(), 2, "nothing is sent again");
}
