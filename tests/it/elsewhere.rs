//! Numbers that came from elsewhere, also from abroad; and routes that a carrier tells by itself.

use practice::carrier::Faults;
use scene::{ACCOUNT, Home, Scene, orders_csv};
use station::{carrier::track::Stage, trouble::Code, view::FollowedNumber};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// The account of the stories at KDNiao.
const BUSINESS_ID: &str = "test1777000";
const RECEIVE: &str = "\n[receive]\nport = 18780\n";
const UPS: &str = "1Z0000000000000001";

/// A station with lines for its account, and others for all of it.
async fn opened(home: &Home, of_account: &str, of_all: &str) -> Scene {
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let toml = toml.replace("calls_per_s = 200\n", &format!("calls_per_s = 200\n{of_account}\n"));
    std::fs::write(&path, toml + of_all).expect("written");
    home.open().await.expect("opens")
}

async fn printed(home: &Home, of_account: &str, of_all: &str) -> Scene {
    let mut scene = opened(home, of_account, of_all).await;
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    scene
}

/// What was asked of the carrier so far that has this field.
fn asked(home: &Home, field: &str) -> usize {
    let requests = home.world.requests.lock().expect("no test panics while it asks");
    requests.iter().filter(|request| request.get(field).is_some()).count()
}

async fn followed(scene: &Scene, carrier: Option<&str>) -> FollowedNumber {
    scene.station.follow_number(UPS, "", Some(ACCOUNT), carrier).await.expect("follows")
}

#[tokio::test]
async fn a_number_abroad_is_followed_by_the_clocks_of_its_places() {
    let home = Home::new("none");
    let scene = opened(&home, "track_abroad = true", "").await;
    let found = followed(&scene, None).await;
    assert_eq!((found.carrier.as_str(), found.told), ("UPS", false));
    assert!(found.failed.is_empty(), "{:?}", found.failed);
    scene.track_for(6 * DAY_MS).await.expect("tracks");
    let track = scene.station.followed(UPS, false).await.expect("reads").expect("followed");
    let stages: Vec<Stage> = track.events.iter().map(|event| event.stage).rev().collect();
    assert_eq!(stages[..4], [Stage::InTransit, Stage::InTransit, Stage::InTransit, Stage::Customs]);
    assert!(track.events.windows(2).all(|pair| pair[0].at_ms >= pair[1].at_ms), "{track:?}");
    // Signed for or refused: its last word in either case, and none of it is of the future.
    assert!(track.events[0].at_ms <= home.world.now_ms());
    assert_eq!(track.stage, Some(Stage::Delivered));
    assert_eq!(track.next_at_ms, None);
    // Six hours lie between two questions that are paid for, whatever the stage.
    let hours = track.events[0].at_ms - track.events.last().map_or(0, |event| event.at_ms);
    let looks = asked(&home, "LogisticCode") as i64;
    assert!(looks <= hours / (6 * HOUR_MS) + 8, "{looks} looks");
}

#[tokio::test]
async fn nobody_is_asked_abroad_unless_the_settings_say_so() {
    let home = Home::new("none");
    let scene = opened(&home, "", "").await;
    followed(&scene, Some("UPS")).await;
    scene.track_for(DAY_MS).await.expect("tracks");
    let track = scene.station.followed(UPS, false).await.expect("reads").expect("followed");
    assert_eq!((track.stage, track.events.len()), (None, 0), "{track:?}");
}

#[tokio::test]
async fn a_package_that_is_missing_abroad_stops_nobody_at_home() {
    let home = Home::new("none");
    let scene = printed(&home, "track_abroad = true", "").await;
    followed(&scene, Some("UPS")).await;
    home.world.set_faults(Faults { refuse: 1.0, ..Faults::default() });
    let told = scene.station.followed(UPS, true).await;
    assert_eq!(told.map_err(|trouble| trouble.code), Err(Code::CarrierRefused));
    home.world.set_faults(Faults::default());
    scene.track_for(DAY_MS).await.expect("tracks");
    assert!(scene.row("P-1").stage.is_some());
    assert_eq!(scene.status().carriers[0].tracking.clone().expect("asks").trouble, None);
}

#[tokio::test]
async fn abroad_too_a_number_is_told_of_where_somebody_listens() {
    let home = Home::new("none");
    let scene = opened(&home, "track_abroad = true", RECEIVE).await;
    let found = followed(&scene, Some("UPS")).await;
    assert!(found.told && found.failed.is_empty(), "{found:?}");
}

#[tokio::test]
async fn a_route_is_subscribed_to_once_and_then_told() {
    let home = Home::new("none");
    let scene = printed(&home, "track = \"8001\"\nmap_pushes = true", RECEIVE).await;
    let row = scene.row("P-1");
    let no = row.waybill_no.clone().expect("a number");
    assert!(scene.station.detail(row.id).expect("detail").track.expect("followed").maps);
    assert_eq!(asked(&home, "IsReturnRouteMap"), 0, "nobody asked for it");

    let first = scene.station.route_map(row.id, false).await.expect("subscribes");
    assert!(first.from.is_some() && first.to.is_some() && first.passed.is_empty(), "{first:?}");
    let request = {
        let requests = home.world.requests.lock().expect("asked");
        requests.last().expect("8005").clone()
    };
    assert_eq!(request["Receiver"]["Address"], "", "no street goes along: {request}");
    assert!(request["Receiver"].get("Name").is_none());

    home.world.tick(DAY_MS);
    let early = home.world.push_maps(BUSINESS_ID, &[&no]);
    home.world.tick(DAY_MS);
    let late = home.world.push_maps(BUSINESS_ID, &[&no]);
    for push in [&late, &early, &late] {
        assert_eq!(scene.station.hear(push).await.status, 200);
    }
    let told = scene.station.route_map(row.id, false).await.expect("known");
    assert_eq!(told.told_at_ms, Some(home.world.now_ms() / 1_000 * 1_000));
    assert!(!told.passed.is_empty() && told.passed[0].place == "杭州市", "{told:?}");
    assert_eq!(asked(&home, "IsReturnRouteMap"), 1, "one subscription, and no question");

    // What is told is kept over the night.
    drop(scene);
    let scene = home.open().await.expect("opens again");
    assert_eq!(scene.station.route_map(row.id, false).await.expect("known"), told);
    // A question is another service, which this account has not.
    let none = scene.station.route_map(row.id, true).await;
    assert_eq!(none.map_err(|trouble| trouble.code), Err(Code::NoOffer));
    let track = scene.station.detail(row.id).expect("detail").track.expect("followed");
    assert!(track.maps && !track.events.is_empty());
}

#[tokio::test]
async fn a_lost_subscription_is_not_taken_for_one() {
    let home = Home::new("none");
    let scene = printed(&home, "track = \"8001\"\nmap_pushes = true", RECEIVE).await;
    let id = scene.row("P-1").id;
    home.world.set_away(true);
    let away = scene.station.route_map(id, false).await;
    assert_eq!(away.map_err(|trouble| trouble.code), Err(Code::CarrierAway));
    home.world.set_away(false);
    home.world.tick(DAY_MS);
    let no = scene.row("P-1").waybill_no.expect("a number");
    // By the carrier's clock, which is behind ours.
    let push = home.world.push_maps(BUSINESS_ID, &[&no]);
    home.world.tick(60_000);
    let first = scene.station.route_map(id, false).await.expect("subscribes");
    assert!(first.from.is_some() && first.passed.is_empty());
    assert_eq!(scene.station.hear(&push).await.status, 200);
    assert!(!scene.station.route_map(id, false).await.expect("told").passed.is_empty());
}

#[tokio::test]
async fn without_a_port_a_route_is_asked_for_in_the_manner_of_the_account() {
    for (track, path) in [("8001", "IsReturnRouteMap"), ("8002", "SenderCityName")] {
        let home = Home::new("none");
        let settings = format!("track = \"{track}\"\nmap_pushes = true\nqueries = true");
        let scene = printed(&home, &settings, "").await;
        let id = scene.row("P-1").id;
        let route = scene.station.route_map(id, false).await.expect("asked");
        assert_eq!((route.passed.len(), route.told_at_ms), (2, None));
        scene.station.route_map(id, false).await.expect("asked again");
        assert_eq!(asked(&home, path), 2, "paid for each time");
    }
}

#[tokio::test]
async fn a_time_of_arrival_is_asked_once_and_kept() {
    let home = Home::new("none");
    let scene = printed(&home, "queries = true", "").await;
    let id = scene.row("P-1").id;
    let track = |scene: &Scene| scene.station.detail(id).expect("detail").track.expect("followed");
    assert!(track(&scene).estimates && track(&scene).eta.is_none());
    let eta = scene.station.eta(id, false).await.expect("says");
    assert!(eta.when.ends_with("小时可达") && !eta.told, "{eta:?}");
    assert_eq!(asked(&home, "CatchTime"), 1);
    drop(scene);
    let scene = home.open().await.expect("opens again");
    assert_eq!(track(&scene).eta, Some(eta));
    assert_eq!(asked(&home, "CatchTime"), 1, "only a person asks");
}

#[tokio::test]
async fn a_time_of_arrival_is_subscribed_to_once_and_then_told() {
    let home = Home::new("none");
    let scene = printed(&home, "eta_pushes = true", RECEIVE).await;
    let row = scene.row("P-1");
    let no = row.waybill_no.clone().expect("a number");
    assert!(scene.station.detail(row.id).expect("detail").track.expect("followed").estimates);
    home.world.set_away(true);
    let away = scene.station.eta(row.id, false).await;
    assert_eq!(away.map_err(|trouble| trouble.code), Err(Code::CarrierAway));
    home.world.set_away(false);
    for _ in 0..2 {
        let nothing = scene.station.eta(row.id, false).await.expect("subscribes");
        assert_eq!((nothing.at_ms, nothing.told), (None, true), "{nothing:?}");
    }
    assert_eq!(
        asked(&home, "CatchTime"),
        1,
        "what was not sent is no subscription, and one is enough"
    );
    let answers = scene.station.unseen_answers().expect("kept").len();
    assert_eq!(answers, 1, "the answer's form was not seen: it is kept");

    home.world.tick(DAY_MS);
    let push = home.world.push_etas(BUSINESS_ID, &[&no, "75300000000002"]);
    for _ in 0..2 {
        assert_eq!(scene.station.hear(&push).await.status, 200);
    }
    let told = scene.station.eta(row.id, false).await.expect("known");
    assert!(told.when.ends_with("小时可达") && told.told, "{told:?}");
    assert_eq!(told.at_ms, Some(home.world.now_ms()));
    let track = scene.station.detail(row.id).expect("detail").track.expect("followed");
    assert_eq!(track.eta, Some(told));
    assert_eq!(scene.station.unseen_answers().expect("kept").len(), answers + 2);
    assert_eq!(asked(&home, "CatchTime"), 1);
    // A question is another service, which this account has not.
    let none = scene.station.eta(row.id, true).await;
    assert_eq!(none.map_err(|trouble| trouble.code), Err(Code::NoOffer));
}
