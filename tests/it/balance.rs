//! Prepaid numbers run down: warned of in time, stopped on before the carrier is asked in vain, and
//! gone on from by itself.

use practice::carrier::Faults;
use scene::{Home, Scene, orders_csv};
use station::{Ran, view::State};

/// Lets the station work for so long by its clock, come to rest or not.
async fn for_a_while(scene: &mut Scene, ms: i64) {
    let end_ms = scene.world.now_ms() + ms;
    while scene.world.now_ms() < end_ms {
        match scene.turn().await.expect("turns") {
            Ran::Did => scene.world.tick(1),
            Ran::Idle { until_ms } => scene.world.until(until_ms.unwrap_or(end_ms).min(end_ms)),
        }
    }
}

fn asked(home: &Home) -> u32 {
    home.world.issued().iter().map(|issued| issued.asked).sum()
}

#[tokio::test]
async fn the_last_number_is_used_and_no_further_one_is_asked_for() {
    let home = Home::new("none");
    home.world.set_balance(3);
    let mut scene = home.open().await.expect("opens");
    for_a_while(&mut scene, 1_000).await;
    let carrier = scene.status().carriers[0].clone();
    assert_eq!((carrier.balance, carrier.low, carrier.empty), (Some(3), true, false), "at once");

    scene.import(&orders_csv(5)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    for_a_while(&mut scene, 30_000).await;
    let carrier = scene.status().carriers[0].clone();
    assert_eq!((carrier.balance, carrier.empty), (Some(0), true));
    assert_eq!((home.world.issued().len(), asked(&home)), (3, 3), "nobody was refused");
    let state = |scene: &Scene, order: &str| (scene.row(order).state, scene.row(order).trouble);
    assert_eq!(state(&scene, "P-3").0, State::Printed);
    for waiting in ["P-4", "P-5"] {
        assert_eq!(state(&scene, waiting), (State::Requested, None), "{waiting} simply waits");
    }
    // Who waits for the batch is not kept waiting.
    let ids: Vec<i64> = scene.rows().iter().map(|row| row.id).collect();
    scene.station.settled(&ids, true).await.expect("at rest");

    // A number that is given back is one more; voids are asked for with an empty purse.
    let no = scene.row("P-1").waybill_no.expect("a number");
    scene.station.void(&no).await.expect("asked");
    for_a_while(&mut scene, 1_000).await;
    assert_eq!(scene.row("P-1").state, State::Held);

    home.world.set_balance(103);
    for_a_while(&mut scene, 61_000).await;
    assert_eq!(state(&scene, "P-5"), (State::Printed, None), "it went on by itself");
    let carrier = scene.status().carriers[0].clone();
    assert!(!carrier.empty && carrier.low, "{carrier:?}");
}

#[tokio::test]
async fn a_purse_that_cannot_be_counted_stops_nothing() {
    let home = Home::new("none");
    home.world.set_faults(Faults { http_502: 1.0, first_asks: 1, ..Faults::default() });
    let mut scene = home.open().await.expect("opens");
    for_a_while(&mut scene, 1_000).await;
    assert_eq!(scene.status().carriers[0].balance, None);
    home.world.set_faults(Faults::default());
    scene.import(&orders_csv(3)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-3").state, State::Printed);
}

/// Somebody else took the last numbers: the carrier says no once, and is then asked how many are
/// left instead of being asked again and again.
#[tokio::test]
async fn a_refusal_has_the_purse_looked_into() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    for_a_while(&mut scene, 1_000).await;
    home.world.set_balance(2);
    scene.import(&orders_csv(6)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    for_a_while(&mut scene, 30_000).await;
    let refused = scene.rows().iter().filter(|row| row.state == State::Refused).count();
    let waiting = scene.rows().iter().filter(|row| row.state == State::Requested).count();
    assert_eq!((refused, waiting), (1, 3));
    assert!(scene.status().carriers[0].empty);
}

/// An order of several parcels needs as many numbers: the carrier is not asked in vain, smaller
/// orders go on, and it goes by itself when there are enough.
#[tokio::test]
async fn an_order_that_needs_more_numbers_than_are_left_waits() {
    let home = Home::new("none");
    home.world.set_balance(3);
    let mut scene = home.open().await.expect("opens");
    for_a_while(&mut scene, 1_000).await;
    scene.import(&orders_csv(3)).await.expect("imports");
    let id = scene.row("P-1").id;
    let edit = scene.station.detail(id).expect("detail").edit;
    let edit = station::view::OrderEdit { parcels: 5, ..edit };
    scene.station.fix_order(id, edit).await.expect("mended");
    scene.ship_all().await.expect("ships");
    for_a_while(&mut scene, 30_000).await;
    let state = |scene: &Scene, order: &str| (scene.row(order).state, scene.row(order).trouble);
    assert_eq!(state(&scene, "P-1"), (State::Requested, None), "it simply waits");
    assert_eq!(state(&scene, "P-2").0, State::Printed);
    assert_eq!(state(&scene, "P-3").0, State::Printed);
    assert_eq!(asked(&home), 2, "nobody was refused");
    let ids: Vec<i64> = scene.rows().iter().map(|row| row.id).collect();
    scene.station.settled(&ids, true).await.expect("at rest");

    home.world.set_balance(7);
    for_a_while(&mut scene, 90_000).await;
    assert_eq!(state(&scene, "P-1"), (State::Printed, None), "it went on by itself");
}
