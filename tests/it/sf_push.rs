//! What SF tells of parcels by itself, at an address that ends in the account's secret.

use practice::carrier::sf_has_taken;
use scene::{Home, Scene, Speech, orders_csv};
use station::{carrier::track::Stage, view::TrackView};

const HOUR_MS: i64 = 3_600_000;
const TOKEN: &str = scene::API_KEY;

async fn printed(home: &Home, orders: usize) -> Scene {
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let token = "calls_per_s = 200\npush_token = \"file:key\"\n";
    std::fs::write(&path, toml.replace("calls_per_s = 200\n", token)).expect("written");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(orders)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    scene
}

fn timelines(scene: &Scene) -> Vec<TrackView> {
    let ids = scene.rows().into_iter().map(|row| row.id);
    ids.map(|id| scene.station.detail(id).expect("detail").track.expect("followed")).collect()
}

#[tokio::test]
async fn routes_are_heard_in_both_forms_repeated_and_late_and_agree_with_what_is_asked() {
    for xml in [false, true] {
        let home = Home::speaking(Speech::Sf, "none", 1);
        let scene = printed(&home, 4).await;
        let rows = scene.rows();
        let numbers: Vec<String> = rows.iter().filter_map(|row| row.waybill_no.clone()).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        home.world.tick(60 * HOUR_MS);
        let pushes = home.world.push_sf(&numbers, xml);
        assert!(pushes.len() > 1, "all parcels mixed, ten things a push");
        // The newest first, then all of them, in their order.
        for push in pushes.iter().rev().chain(&pushes) {
            let answer = scene.station.hear_at(TOKEN, push).await;
            assert!(sf_has_taken(xml, answer.status, &answer.body), "{}", answer.body);
        }
        let told = timelines(&scene);
        assert!(told.iter().all(|one| one.events.len() >= 4), "{told:?}");
        // What SF says when it is asked is the same, and nothing is there twice.
        scene.track_for(48 * HOUR_MS).await.expect("tracks");
        for (told, asked) in told.iter().zip(timelines(&scene)) {
            assert!(asked.asked_at_ms.is_some());
            assert_eq!(asked.events[asked.events.len() - told.events.len()..], told.events);
            assert!(!asked.events.iter().any(|event| event.stage == Stage::Other));
        }
    }
}

#[tokio::test]
async fn a_push_elsewhere_or_of_nobodys_parcel_changes_nothing() {
    let home = Home::speaking(Speech::Sf, "none", 1);
    let scene = printed(&home, 1).await;
    let no = scene.rows()[0].waybill_no.clone().expect("a number");
    home.world.tick(60 * HOUR_MS);
    let push = home.world.push_sf(&[&no], false).remove(0);
    for elsewhere in ["", "token-of-nobody-0002"] {
        assert!(elsewhere.is_empty() || !scene.station.opens(elsewhere));
        assert_eq!(scene.station.hear_at(elsewhere, &push).await.status, 404, "{elsewhere}");
    }
    // Answered as one that was heard, or SF would say it for ever.
    let nobodys = String::from_utf8_lossy(&push).replace(&no, "SF9999999999999");
    let answer = scene.station.hear_at(TOKEN, nobodys.as_bytes()).await;
    assert!(sf_has_taken(false, answer.status, &answer.body), "{}", answer.body);
    assert_eq!(timelines(&scene)[0].events, []);
    assert_eq!(timelines(&scene)[0].stage, None);
    // What breaks on its way is asked for again.
    let answer = scene.station.hear_at(TOKEN, &push[..push.len() / 2]).await;
    assert!(!sf_has_taken(false, answer.status, &answer.body), "{}", answer.body);
    assert_eq!(timelines(&scene)[0].events, []);
}
