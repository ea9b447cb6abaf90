//! Kuaidi100's couriers: booked once, known by asking and by callbacks alike, their number the
//! order's.

use super::pickup::{book, keys, of, run_for};
use practice::carrier::Faults;
use scene::{Home, Speech, orders_csv};
use station::view::{PickupState, PickupWay, State};
use std::collections::BTreeSet;

const HOUR_MS: i64 = 3_600_000;
/// A booking that somebody comes for, in the practice carrier's way of choosing.
const SEED: u64 = 1;

/// A home whose Kuaidi100 account hears callbacks.
fn home(seed: u64) -> Home {
    let home = Home::speaking(Speech::Kuaidi100, "none", seed);
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let told = "salt = \"file:key\"\npush_url = \"https://push.example.cn/push\"\n[[printer]]";
    std::fs::write(&path, toml.replacen("[[printer]]", told, 1)).expect("written");
    home
}

#[tokio::test]
async fn a_courier_is_asked_after_and_brings_the_number_and_the_charge() {
    let home = home(SEED);
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    book(&scene, &["P-1", "P-2"], PickupWay::Send).await.expect("asked");
    run_for(&scene, 1).await.expect("asks");
    for order in ["P-1", "P-2"] {
        let booked = of(&scene, order);
        assert_eq!((booked.state, booked.no.as_str()), (PickupState::Booked, ""));
    }
    run_for(&scene, 8 * HOUR_MS).await.expect("asks");
    let fetched = of(&scene, "P-2");
    assert_eq!(fetched.state, PickupState::Collected, "{fetched:?}");
    assert_eq!(fetched.carrier, "YTO");
    assert_eq!(fetched.courier.map(|one| one.name).as_deref(), Some("练习员"));
    let charged = fetched.fees.map(|fees| fees.total_fen);
    assert_eq!((charged, fetched.fees_differ), (Some(700), false));
    // What was found too long or too heavy afterwards is known to whoever asks.
    let asked = scene.station.ask_charge(scene.row("P-2").id).await.expect("answered");
    assert_eq!(asked.map(|charge| charge.total_fen), Some(900));
    let row = scene.row("P-2");
    assert_eq!((row.state, row.waybill_no.as_deref()), (State::Printed, Some(&*fetched.no)));
    // What `detail` said is kept for whoever will read it.
    let kept = scene.station.unseen_answers().expect("kept");
    assert!(!kept.is_empty() && kept.iter().all(|one| one.api == "detail"), "{kept:?}");
    scene.check(2);
}

#[tokio::test]
async fn callbacks_say_the_same_in_any_order_and_only_with_the_salt() {
    let home = home(SEED);
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    book(&scene, &["P-1"], PickupWay::Send).await.expect("asked");
    run_for(&scene, 1).await.expect("asks");
    let key = keys(&home).remove(0);
    let mut calls = Vec::new();
    for _ in 0..10 {
        calls.push(home.world.call_kuaidi100(&key, scene::API_KEY));
        home.world.tick(HOUR_MS / 2);
    }
    let foreign = home.world.call_kuaidi100(&key, "another salt");
    let answer = scene.station.hear(&foreign).await;
    assert!(answer.body.contains("\"result\":false"), "{}", answer.body);
    assert_eq!(of(&scene, "P-1").state, PickupState::Booked);
    // The newest first, each twice.
    for call in calls.iter().rev().chain(&calls) {
        let answer = scene.station.hear(call).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.body.contains("\"returnCode\":\"200\""), "{}", answer.body);
    }
    let told = of(&scene, "P-1");
    assert_eq!(told.state, PickupState::Collected, "{told:?}");
    assert_eq!(scene.row("P-1").waybill_no.as_deref(), Some(&*told.no));
    // Money was taken off twice, and told of thrice and more; what is asked for says the same.
    let fees = told.fees.expect("charged");
    assert_eq!((fees.total_fen, fees.oversize_fen, told.fees_differ), (900, 200, false));
    let id = scene.row("P-1").id;
    let asked = scene.station.ask_charge(id).await.expect("answered").expect("charged");
    let lines: Vec<_> = asked.lines.iter().map(|line| (line.name.as_str(), line.fen)).collect();
    assert_eq!((asked.total_fen, lines), (900, vec![("运费", 700), ("超长超重费", 200)]));
    scene.check(1);
}

#[tokio::test]
async fn whatever_is_lost_a_courier_is_booked_once() {
    let bad = Faults {
        lose_before: 0.15,
        lose_after_commit: 0.2,
        http_502: 0.15,
        cut_json: 0.1,
        bare_106: 0.1,
        seed: 7,
        ..Faults::default()
    };
    let home = home(7);
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(12)).await.expect("imports");
    home.world.set_faults(bad);
    let orders: Vec<String> = scene.rows().iter().map(|row| row.order_no.clone()).collect();
    let orders: Vec<&str> = orders.iter().map(String::as_str).collect();
    book(&scene, &orders, PickupWay::Send).await.expect("asked");
    run_for(&scene, 2 * HOUR_MS).await.expect("asks");
    let keys = keys(&home);
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    assert!(home.world.issued().iter().all(|issued| issued.altered == 0), "other bytes");
    for order in orders {
        let state = of(&scene, order).state;
        // In doubt only while nobody could be asked; never refused, never asked for anew.
        let known = matches!(state, PickupState::Booked | PickupState::Collected);
        assert!(known || matches!(state, PickupState::Failed | PickupState::Unknown), "{order}");
    }
}
