//! Where parcels are: from the label to the receiver's hand, by asking within what is allowed.

use practice::carrier::Faults;
use scene::{Home, Scene, Speech, orders_csv};
use station::{
    carrier::track::Stage,
    trouble::Code,
    view::{Filter, ListQuery, Row, TrackPlan, TrackView},
};
use std::collections::{BTreeMap, BTreeSet};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A station with so many printed parcels, and a line of settings for its account.
async fn printed(home: &Home, orders: usize, setting: &str) -> Scene {
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let set = toml.replace("calls_per_s = 200\n", &format!("calls_per_s = 200\n{setting}\n"));
    std::fs::write(&path, set).expect("written");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(orders)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.status().counts.printed as usize, orders);
    scene
}

fn plan(scene: &Scene) -> TrackPlan {
    scene.station.track_plans().expect("plans").remove(0)
}

fn timeline(scene: &Scene, row: &Row) -> TrackView {
    scene.station.detail(row.id).expect("detail").track.expect("it is asked after")
}

/// The questions so far, by number.
fn asked(home: &Home) -> Vec<String> {
    let requests = home.world.requests.lock().expect("no test panics while it asks");
    let number = |request: &serde_json::Value| {
        let asks = request.get("Sort").is_some() || request.get("trackingNumber").is_some();
        asks.then(|| request["LogisticCode"].as_str().unwrap_or_default().to_owned())
    };
    requests.iter().filter_map(number).collect()
}

fn is_over(stage: Option<Stage>) -> bool {
    matches!(stage, Some(Stage::Delivered | Stage::Returned | Stage::Cancelled))
}

#[tokio::test]
async fn parcels_are_followed_to_the_end_and_then_left() {
    let all = Speech::ALL.map(|speech| (speech, ""));
    for (speech, setting) in all.into_iter().chain([(Speech::Kdniao, "track = \"8001\"")]) {
        let home = Home::speaking(speech, "status", 1);
        let scene = printed(&home, 12, setting).await;
        assert_eq!(plan(&scene).parcels, 12);

        // Nobody fetches a parcel the moment its label is out.
        scene.track_for(HOUR_MS).await.expect("tracks");
        assert_eq!(plan(&scene).calls_today, 0);

        // Under way: each has a trace, in the order of time, nothing doubled however often asked.
        scene.track_for(DAY_MS).await.expect("tracks");
        for row in scene.rows() {
            let seen = timeline(&scene, &row);
            assert_eq!(seen.stage, row.stage);
            assert!(seen.next_at_ms.is_some());
            assert!(seen.events.len() >= 2, "{speech:?} {setting} {row:?} {seen:?}");
            assert!(seen.events.windows(2).all(|pair| pair[0].at_ms >= pair[1].at_ms));
            let different: BTreeSet<_> = seen.events.iter().map(|e| (e.at_ms, &e.text)).collect();
            assert_eq!(different.len(), seen.events.len());
        }

        // SF's and JD's facts do not tell a return from a problem, Karrio's no return that arrived:
        // such a parcel is asked after on.
        scene.track_for(6 * DAY_MS).await.expect("tracks");
        let (over, open): (Vec<Row>, Vec<Row>) =
            scene.rows().into_iter().partition(|row| is_over(row.stage));
        assert!(over.len() >= 9, "{speech:?} {:?}", plan(&scene));
        let back = |row: &Row| matches!(row.stage, Some(Stage::Problem | Stage::Returning));
        assert!(open.iter().all(back), "{speech:?} {open:?}");
        assert_eq!(plan(&scene).parcels as usize, open.len());
        for row in &over {
            assert_eq!(timeline(&scene, row).next_at_ms, None);
        }
        if open.is_empty() {
            let calls = home.world.requests.lock().expect("asked").len();
            scene.track_for(DAY_MS).await.expect("tracks");
            assert_eq!(home.world.requests.lock().expect("asked").len(), calls);
        }
        assert_eq!(plan(&scene).odd_words, [], "{speech:?}");
    }
}

#[tokio::test]
async fn what_the_sender_signs_for_was_not_delivered() {
    // They have one word for both signatures.
    for speech in [Speech::Yto, Speech::Yunda] {
        let home = Home::speaking(speech, "none", 1);
        let scene = printed(&home, 40, "").await;
        scene.track_for(6 * DAY_MS).await.expect("tracks");
        let mut back = 0;
        for row in scene.rows() {
            let newest = timeline(&scene, &row).events.remove(0);
            let came_back = newest.text.contains("退回");
            back += usize::from(came_back);
            let ended = if came_back { Stage::Returned } else { Stage::Delivered };
            assert_eq!(row.stage, Some(ended), "{speech:?} {newest:?}");
        }
        assert!(back > 0, "{speech:?}: nothing came back");
    }
}

#[tokio::test]
async fn the_allowance_is_kept_and_every_parcel_has_its_turn() {
    let home = Home::new("none");
    let scene = printed(&home, 60, "track_calls_a_day = 40").await;
    scene.track_for(HOUR_MS).await.expect("tracks");
    let day = plan(&scene);
    assert_eq!((day.parcels, day.allowed_calls), (60, Some(40)));
    assert!(day.wanted_calls > 300 && day.planned_calls <= 36, "{day:?}");

    let mut calls = asked(&home).len();
    for _ in 0..6 {
        scene.track_for(DAY_MS).await.expect("tracks");
        let now = asked(&home).len();
        assert!(now - calls <= 40, "{} calls in a day", now - calls);
        calls = now;
    }
    let mut by_number: BTreeMap<String, usize> = BTreeMap::new();
    for no in asked(&home) {
        *by_number.entry(no).or_default() += 1;
    }
    assert_eq!(by_number.len(), 60, "none is left out");
    // Those that are still open at the end had the allowance of those that had arrived.
    assert!(by_number.values().all(|&looks| (2..=10).contains(&looks)), "{by_number:?}");
    assert!(calls > 100, "and the allowance is used: {calls}");
}

#[tokio::test]
async fn a_dead_network_is_not_hammered_and_nothing_is_lost() {
    let home = Home::new("none");
    let scene = printed(&home, 5, "").await;
    home.world.set_away(true);
    scene.track_for(DAY_MS).await.expect("tracks");
    let tried = home.world.refused_calls();
    assert!((5..40).contains(&tried), "{tried} tries in a day");
    assert_eq!(plan(&scene).calls_today, 0, "what was not sent is not counted");
    home.world.set_away(false);
    scene.track_for(DAY_MS).await.expect("tracks");
    assert!(scene.rows().iter().all(|row| row.stage.is_some()));
}

#[tokio::test]
async fn an_account_that_may_not_ask_says_so_and_is_left_alone() {
    let home = Home::new("none");
    let scene = printed(&home, 5, "").await;
    home.world.set_faults(Faults { refuse: 1.0, ..Faults::default() });
    scene.track_for(12 * HOUR_MS).await.expect("tracks");
    assert_eq!(asked(&home).len(), 1);
    let status = scene.status();
    let trouble = status.carriers[0].tracking.clone().expect("asks").trouble.expect("refused");
    assert_eq!(trouble.code, Code::TrackingRefused);
    assert_eq!(trouble.fields["said"], "没有可用套餐");

    // The next day the service was ordered.
    home.world.set_faults(Faults::default());
    scene.track_for(DAY_MS).await.expect("tracks");
    assert_eq!(plan(&scene).trouble, None);
    assert!(scene.rows().iter().all(|row| row.stage.is_some()));
}

#[tokio::test]
async fn a_used_up_day_waits() {
    let home = Home::new("none");
    let scene = printed(&home, 5, "").await;
    home.world.set_faults(Faults { no_quota: 1.0, ..Faults::default() });
    scene.track_for(DAY_MS).await.expect("tracks");
    assert!((2..9).contains(&asked(&home).len()), "{}", asked(&home).len());
    assert_eq!(plan(&scene).trouble, None);
}

#[tokio::test]
async fn a_word_of_nobodys_is_kept_counted_and_no_progress() {
    for (speech, setting, word) in [
        (Speech::Kdniao, "track = \"8001\"", "999"),
        (Speech::Sf, "", "777"),
        (Speech::Kuaidi100, "", "1099"),
        (Speech::Jd, "", "换乘"),
        (Speech::Zto, "", "换乘"),
        (Speech::Sto, "", "换乘"),
        (Speech::Yto, "", "TRANSFER_X"),
        (Speech::JtExpress, "", "换乘扫描"),
        (Speech::Yunda, "", "CHANGED"),
        (Speech::Karrio, "", "teleported"),
    ] {
        let home = Home::speaking(speech, "none", 1);
        let scene = printed(&home, 4, setting).await;
        home.world.set_faults(Faults { odd_word: 1.0, ..Faults::default() });
        scene.track_for(6 * DAY_MS).await.expect("tracks");
        for row in scene.rows() {
            assert!(!is_over(row.stage), "{speech:?} {row:?}");
            let newest = timeline(&scene, &row).events.remove(0);
            assert_eq!((newest.stage, newest.word.as_str()), (Stage::Other, word), "{speech:?}");
        }
        let odd = plan(&scene).odd_words;
        assert_eq!((odd.len(), odd[0].word.as_str()), (1, word), "{speech:?}");
        assert!(odd[0].count >= 4 && !odd[0].text.is_empty(), "{odd:?}");
    }
}

#[tokio::test]
async fn a_number_given_back_is_asked_after_no_more() {
    let home = Home::new("none");
    let mut scene = printed(&home, 2, "").await;
    let no = scene.row("P-1").waybill_no.expect("a number");
    scene.station.void(&no).await.expect("voids");
    scene.settle().await.expect("settles");
    scene.track_for(DAY_MS).await.expect("tracks");
    assert!(!asked(&home).contains(&no));
    assert_eq!(scene.row("P-1").stage, None);
    assert!(scene.row("P-2").stage.is_some());
}

#[tokio::test]
async fn a_person_may_ask_now_and_the_list_is_filtered_by_stage() {
    let home = Home::new("none");
    let scene = printed(&home, 3, "").await;
    home.world.tick(DAY_MS);
    let id = scene.row("P-2").id;
    let seen = scene.station.track_now(id).await.expect("asks");
    assert_eq!(seen.row.stage, Some(Stage::InTransit));
    assert_eq!(asked(&home).len(), 1);
    scene.station.track_now(id).await.expect("knows");
    assert_eq!(asked(&home).len(), 1, "what was said a moment ago is shown");
    let filter = Filter { stage: Some(Stage::InTransit), ..Filter::default() };
    let query = ListQuery { filter, ..scene::query(None) };
    let page = scene.station.list(&query).expect("lists");
    assert_eq!((page.total, page.rows[0].id), (1, id));
}

/// The account of the stories at KDNiao.
const BUSINESS_ID: &str = "test1777000";

#[tokio::test]
async fn a_push_is_merged_like_an_answer_repeated_or_late() {
    let home = Home::new("none");
    let scene = printed(&home, 3, "track = \"8001\"").await;
    let rows = scene.rows();
    let numbers: Vec<&str> = rows.iter().filter_map(|row| row.waybill_no.as_deref()).collect();
    let (told, untold) = (&rows[0], &rows[1]);

    home.world.tick(DAY_MS);
    let early = home.world.push(BUSINESS_ID, "102", &numbers[..1]);
    home.world.tick(36 * HOUR_MS);
    let late = home.world.push(BUSINESS_ID, "102", &numbers[..1]);
    let answer = scene.station.hear(&late).await;
    assert_eq!(answer.status, 200);
    let said: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!((&said["EBusinessID"], &said["Success"]), (&BUSINESS_ID.into(), &true.into()));
    let seen = timeline(&scene, told);
    assert!(seen.events.len() >= 4, "{seen:?}");

    // The same again, and the one before it: nothing is doubled, nothing taken back.
    scene.station.hear(&late).await;
    assert_eq!(scene.station.hear(&early).await.status, 200);
    let after = timeline(&scene, told);
    assert_eq!((after.stage, &after.events), (seen.stage, &seen.events));

    // It is asked after less than one that nobody tells of.
    scene.track_for(2 * 60_000).await.expect("tracks");
    let wait = |row| timeline(&scene, row).next_at_ms.map(|at_ms| at_ms - home.world.now_ms());
    assert!(wait(told) > wait(untold).map(|ms| ms * 2), "{:?} {:?}", wait(told), wait(untold));
}

#[tokio::test]
async fn a_push_that_is_not_proven_changes_nothing() {
    let home = Home::new("none");
    let scene = printed(&home, 1, "").await;
    let row = scene.rows().remove(0);
    let no = row.waybill_no.clone().expect("a number");
    home.world.tick(5 * DAY_MS);
    let push = home.world.push(BUSINESS_ID, "101", &[&no]);
    let text = String::from_utf8(push.clone()).expect("a form");
    let digit = if no.ends_with('0') { '1' } else { '0' };
    let bent = text.replace(&no, &format!("{}{digit}", &no[..no.len() - 1]));
    assert_ne!(bent, text);
    let refused = scene.station.hear(bent.as_bytes()).await;
    assert_eq!(refused.status, 200);
    assert!(refused.body.contains("\"Success\":false"), "{}", refused.body);
    let foreign = home.world.push("test1999999", "101", &[&no]);
    assert_eq!(scene.station.hear(&foreign).await.status, 404);
    for nothing in ["", "{}", "RequestData=&DataSign=&RequestType="] {
        assert_eq!(scene.station.hear(nothing.as_bytes()).await.status, 404, "{nothing}");
    }
    assert_eq!(timeline(&scene, &row).events, []);
    assert_eq!(scene.station.hear(&push).await.status, 200);
    assert!(is_over(scene.row("P-1").stage) || scene.row("P-1").stage == Some(Stage::Problem));
}

#[tokio::test]
async fn kuaidi100_tells_by_itself_and_only_its_salt_is_believed() {
    let home = Home::speaking(Speech::Kuaidi100, "none", 1);
    let salt = "salt = \"file:key\"\npush_url = \"https://push.example.cn/push\"";
    let scene = printed(&home, 2, salt).await;
    let rows = scene.rows();
    let no = rows[0].waybill_no.clone().expect("a number");
    home.world.tick(DAY_MS);
    let early = home.world.push_kuaidi100(&no, scene::API_KEY);
    home.world.tick(36 * HOUR_MS);
    let late = home.world.push_kuaidi100(&no, scene::API_KEY);
    let answer = scene.station.hear(&late).await;
    assert_eq!(answer.status, 200);
    let said: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!((&said["result"], &said["returnCode"]), (&true.into(), &"200".into()));
    let seen = timeline(&scene, &rows[0]);
    assert!(seen.events.len() >= 4, "{seen:?}");
    // Again, an older one, one of another salt: nothing changes.
    for push in [late, early] {
        assert_eq!(scene.station.hear(&push).await.status, 200);
    }
    let foreign = home.world.push_kuaidi100(&no, "another salt");
    let answer = scene.station.hear(&foreign).await;
    assert!(answer.body.contains("\"result\":false"), "{}", answer.body);
    let after = timeline(&scene, &rows[0]);
    assert_eq!((after.stage, after.events), (seen.stage, seen.events));
    assert_eq!(timeline(&scene, &rows[1]).events, []);
}
