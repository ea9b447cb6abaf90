//! A morning without the network, then the afternoon.

use scene::{Home, orders_csv};
use station::view::{CarrierState, State};

#[tokio::test]
async fn offline_everything_but_numbers_goes_on() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");

    home.world.set_away(true);
    let more: String = orders_csv(6)
        .lines()
        .enumerate()
        .filter(|(n, _)| *n == 0 || *n > 2)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let report = scene.import(&more).await.expect("imports offline");
    assert_eq!(report.added, 4);
    scene.ship_all().await.expect("queues offline");
    for _ in 0..100 {
        scene.turn().await.expect("turns");
        home.world.tick(200);
    }
    let status = scene.status();
    assert_eq!(status.carriers[0].state, CarrierState::Away);
    assert_eq!((status.outbox.waiting, status.outbox.unknown), (4, 0), "queued, and no doubt");
    assert_eq!(status.counts.in_work, 4);
    assert_eq!(home.world.issued().len(), 2);

    // What has a number prints.
    let labels = home.world.paper().labels.len();
    scene.station.reprint("P-1", "打印模糊").await.expect("reprints offline");
    for _ in 0..100 {
        scene.turn().await.expect("turns");
        home.world.tick(20);
    }
    assert_eq!(home.world.paper().labels.len(), labels + 1);

    home.world.set_away(false);
    scene.settle().await.expect("catches up by itself");
    assert!(scene.rows().iter().all(|row| row.state == State::Printed));
    assert_eq!(scene.status().carriers[0].state, CarrierState::Up);
    scene.check(6);
}

#[tokio::test]
async fn away_is_probed_one_call_at_a_time() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(50)).await.expect("imports");
    home.world.set_away(true);
    scene.ship_all().await.expect("ships");
    for _ in 0..600 {
        scene.turn().await.expect("turns");
        home.world.tick(100);
    }
    // 60 s away: 1 + 2 + 5 + 10 + 15 + 15 … s apart.
    assert!(home.world.refused_calls() <= 8, "{} calls", home.world.refused_calls());
    home.world.set_away(false);
    scene.settle().await.expect("catches up");
    assert_eq!(home.world.issued().len(), 50);
}
