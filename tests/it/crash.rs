//! The day, killed at every step in turn and started again: nothing lost, nothing doubled.

use scene::{Home, Scene, Speech, kill_after, orders_csv, waybill_on};
use station::{
    trouble::{Code, Trouble},
    view::State,
};
use std::collections::HashMap;

/// More polls than the day has.
const POLLS_MAX: usize = 3_000;
const ORDERS: usize = 4;

async fn day(home: &Home) -> Result<(), Trouble> {
    let mut scene = home.open().await?;
    scene.import(&orders_csv(ORDERS)).await?;
    scene.ship_all().await?;
    scene.settle().await?;
    let no = scene.row("P-1").waybill_no.unwrap_or_default();
    scene.station.reprint(&no, "纸张褶皱").await?;
    scene.settle().await?;
    scene.station.void(&no).await?;
    scene.settle().await
}

/// What a person would do after the restart: import again, answer the questions about labels.
async fn finish(scene: &mut Scene) -> Result<(), Trouble> {
    scene.import(&orders_csv(ORDERS)).await?;
    scene.check(ORDERS);
    scene.settle().await?;
    for row in scene.rows() {
        if row.trouble.as_ref().is_some_and(|trouble| trouble.code == Code::LabelUnknown) {
            let no = row.waybill_no.clone().unwrap_or_default();
            let mine = |label: &practice::printer::Bitmap| {
                waybill_on(label).as_deref() == Some(no.as_str())
            };
            let out = scene.world.paper().labels.iter().filter(|label| mine(label)).count();
            let asked = row.copies as usize;
            scene.station.confirm(&no, out > asked).await?;
        }
    }
    scene.settle().await?;
    scene.check(ORDERS);
    scene.ship_all().await?;
    scene.settle().await
}

#[tokio::test]
async fn killed_at_every_step() {
    for speech in [Speech::Kdniao, Speech::Sf, Speech::Karrio] {
        killed_with(speech, 1).await;
    }
}

/// The other carriers differ in what a request says and in how its outcome is found again, not in
/// how it is kept: every so many steps is enough for them, and each begins elsewhere.
#[tokio::test]
async fn killed_now_and_then_with_the_other_carriers() {
    let others = [
        Speech::Kuaidi100,
        Speech::Jd,
        Speech::Zto,
        Speech::Sto,
        Speech::Yto,
        Speech::JtExpress,
        Speech::Yunda,
    ];
    for speech in others {
        killed_with(speech, 11).await;
    }
}

async fn killed_with(speech: Speech, every: usize) {
    let mut steps = 0;
    let first = 1 + speech as usize % every;
    for polls in (first..POLLS_MAX).step_by(every) {
        let home = Home::speaking(speech, "status", 1);
        let killed = kill_after(polls, day(&home)).await;
        if let Ok(done) = killed {
            done.unwrap_or_else(|trouble| panic!("the day itself: {trouble:?}"));
            steps = polls;
            break;
        }
        let mut scene = home.reopen().await;
        let result = finish(&mut scene).await;
        result.unwrap_or_else(|trouble| panic!("killed at {polls}: {trouble:?}"));
        for row in scene.rows() {
            let given_back = row.state == State::Held && row.order_no == "P-1";
            assert!(given_back || row.state == State::Printed, "killed at {polls}: {row:?}");
        }
        let mut copies: HashMap<Option<String>, usize> = HashMap::new();
        for label in &home.world.paper().labels {
            *copies.entry(waybill_on(label)).or_default() += 1;
        }
        assert!(!copies.contains_key(&None), "killed at {polls}: a label without a number");
        // One reprint was asked for, of one order; nothing else may be out twice.
        let doubled = copies.values().filter(|count| **count > 1).count();
        assert!(doubled <= 1 && copies.values().all(|c| *c <= 2), "killed at {polls}: {copies:?}");
    }
    assert!(steps > 40, "the day has only {steps} steps: it was not killed inside");
}
