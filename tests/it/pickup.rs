//! Couriers: booked once whatever is lost or dies, followed by asking and by what is told, called
//! off, and a number that becomes the order's.

use practice::carrier::Faults;
use scene::{Home, Scene, kill_after, orders_csv};
use station::{
    Ran,
    carrier::track::Stage,
    trouble::{Code, Trouble},
    view::{PickupRequest, PickupState, PickupView, PickupWay, State, Verb},
};
use std::collections::BTreeSet;

const HOUR_MS: i64 = 3_600_000;
/// More polls than a story has.
const POLLS_MAX: usize = 3_000;
const ACCOUNT: &str = scene::ACCOUNT;

/// A home whose account has the contract for fetching.
fn home(seed: u64) -> Home {
    let home = Home::with_seed("status", seed);
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let with = toml.replace("calls_per_s = 200\n", "calls_per_s = 200\npickup = true\n");
    std::fs::write(&path, with).expect("written");
    home
}

pub(super) fn request(scene: &Scene, ids: Vec<i64>, way: PickupWay) -> PickupRequest {
    let offer = scene.station.pickup_offers().remove(0);
    let (account, carrier) = (offer.account, String::new());
    PickupRequest { ids, way, account, carrier, window: offer.windows[0] }
}

/// Sends for couriers for these orders.
pub(super) async fn book(scene: &Scene, orders: &[&str], way: PickupWay) -> Result<u32, Trouble> {
    let ids = orders.iter().map(|order| scene.row(order).id).collect();
    Ok(scene.station.book_pickups(request(scene, ids, way)).await?.asked)
}

/// Lets the couriers' worker go on for so long, the clock with it.
pub(super) async fn run_for(scene: &Scene, ms: i64) -> Result<(), Trouble> {
    let end_ms = scene.world.now_ms() + ms;
    loop {
        match scene.station.pickup_once(ACCOUNT).await? {
            Ran::Idle { until_ms: Some(until_ms) } if until_ms < end_ms => {
                scene.world.until(until_ms);
            }
            Ran::Idle { .. } => break,
            Ran::Did => scene.world.tick(1),
        }
    }
    scene.world.until(end_ms);
    Ok(())
}

pub(super) fn of(scene: &Scene, order: &str) -> PickupView {
    let detail = scene.station.detail(scene.row(order).id).expect("detail");
    detail.pickups.into_iter().next().expect("a courier was sent for")
}

/// Keys of all bookings at the carrier.
pub(super) fn keys(home: &Home) -> Vec<String> {
    home.world.issued().into_iter().map(|issued| issued.order_key).collect()
}

#[tokio::test]
async fn a_courier_brings_the_number_and_the_charge() {
    let home = home(1);
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    let detail = scene.station.detail(scene.row("P-2").id).expect("detail");
    assert!(detail.can.contains(&Verb::PickUp));
    assert_eq!(book(&scene, &["P-2"], PickupWay::Send).await.expect("asked"), 1);
    assert_eq!(scene.row("P-2").state, State::Requested);
    assert_eq!(of(&scene, "P-2").state, PickupState::Asked);
    // Whoever ships everything meanwhile asks for no number of it, and for no second courier.
    scene.ship_all().await.expect("ships");
    let ids = vec![scene.row("P-2").id];
    let again = scene.station.book_pickups(request(&scene, ids, PickupWay::Send)).await;
    let again = again.expect("an answer");
    assert_eq!((again.asked, again.held.len(), again.held[0].faults.len()), (0, 1, 0));

    run_for(&scene, 1).await.expect("asks");
    let booked = of(&scene, "P-2");
    assert_eq!((booked.state, booked.no.as_str()), (PickupState::Booked, ""));
    run_for(&scene, 90 * 60_000).await.expect("asks");
    let comes = of(&scene, "P-2");
    let courier = comes.courier.expect("somebody was named");
    assert_eq!((courier.name.as_str(), courier.code.len()), ("练习员", 4));
    assert_eq!(scene.row("P-2").state, State::Requested, "nobody has it yet");

    run_for(&scene, 4 * HOUR_MS).await.expect("asks");
    let fetched = of(&scene, "P-2");
    assert_eq!(fetched.state, PickupState::Collected, "{fetched:?}");
    assert!(!fetched.fees_differ);
    assert_eq!(fetched.fees.map(|fees| fees.total_fen), Some(900));
    let row = scene.row("P-2");
    assert_eq!((row.state, row.waybill_no.clone()), (State::Printed, Some(fetched.no.clone())));
    let detail = scene.station.detail(row.id).expect("detail");
    let can = [Verb::Return, Verb::BringBack];
    assert_eq!(detail.can, can, "there is no label of ours to print or to take back");

    // From here on it is a parcel like any other.
    scene.settle().await.expect("settles");
    assert_eq!(scene.status().counts.printed, 3);
    scene.track_for(5 * 24 * HOUR_MS).await.expect("tracks");
    let stage = scene.row("P-2").stage;
    assert!(matches!(stage, Some(Stage::Delivered | Stage::Returned)), "{stage:?}");
    assert_eq!(keys(&home).iter().collect::<BTreeSet<_>>().len(), 3);
    scene.check(3);
}

#[tokio::test]
async fn whatever_goes_wrong_it_is_booked_once() {
    let bad = Faults {
        lose_before: 0.15,
        lose_after_commit: 0.2,
        http_502: 0.15,
        cut_json: 0.1,
        bare_106: 0.1,
        refuse_rate: 0.1,
        http_429: 0.1,
        seed: 5,
        ..Faults::default()
    };
    let home = home(5);
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(20)).await.expect("imports");
    home.world.set_faults(bad);
    let ids = scene.rows().iter().map(|row| row.id).collect();
    let asked = scene.station.book_pickups(request(&scene, ids, PickupWay::Send)).await;
    assert_eq!(asked.expect("asked").asked, 20);
    run_for(&scene, 2 * HOUR_MS).await.expect("asks");
    let keys = keys(&home);
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    assert!(home.world.issued().iter().all(|issued| issued.altered == 0), "other bytes");
    for row in scene.rows() {
        let state = of(&scene, &row.order_no).state;
        assert!(
            matches!(state, PickupState::Booked | PickupState::Collected | PickupState::Failed),
            "{state:?}"
        );
    }
    assert_eq!(keys.len(), 20);
}

#[tokio::test]
async fn a_refusal_is_one_only_while_nothing_can_have_arrived() {
    let home = home(1);
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    home.world.set_faults(Faults { refuse: 1.0, ..Faults::default() });
    book(&scene, &["P-1"], PickupWay::Send).await.expect("asked");
    run_for(&scene, 1).await.expect("asks");
    assert_eq!(of(&scene, "P-1").state, PickupState::Refused);
    let row = scene.row("P-1");
    assert_eq!(row.state, State::Refused);
    assert_eq!(row.trouble.map(|trouble| trouble.code), Some(Code::CarrierRefused));

    // Lost after it was booked, and then the key is wrong: that says nothing of the booking.
    home.world.set_faults(Faults { lose_after_commit: 1.0, ..Faults::default() });
    book(&scene, &["P-2"], PickupWay::Send).await.expect("asked");
    run_for(&scene, 1).await.expect("asks");
    home.world.set_faults(Faults::default());
    home.world.refuse_signatures(true);
    run_for(&scene, 60_000).await.expect("asks");
    assert_eq!(of(&scene, "P-2").state, PickupState::Unknown);
    let row = scene.row("P-2");
    assert_eq!(row.trouble.map(|trouble| trouble.code), Some(Code::PickupUnknown));
    let detail = scene.station.detail(row.id).expect("detail");
    assert!(detail.can.contains(&Verb::LookAgain) && !detail.can.contains(&Verb::PickUp));
    home.world.refuse_signatures(false);
    scene.station.look_again(row.id).await.expect("looks");
    run_for(&scene, 1).await.expect("asks");
    assert_eq!(of(&scene, "P-2").state, PickupState::Booked);
    assert_eq!(scene.row("P-2").trouble, None);
    assert_eq!(keys(&home).len(), 1);
}

#[tokio::test]
async fn a_courier_is_called_off_before_and_not_after() {
    let home = home(1);
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    // Nobody was asked yet: nobody ever is.
    home.world.set_away(true);
    book(&scene, &["P-1"], PickupWay::Send).await.expect("asked");
    let id = of(&scene, "P-1").id;
    let off = scene.station.call_off_pickup(id, "不寄了").await.expect("called off");
    assert_eq!((off.state, scene.row("P-1").state), (PickupState::Cancelled, State::Ready));
    home.world.set_away(false);
    run_for(&scene, HOUR_MS).await.expect("asks");
    assert_eq!(keys(&home).len(), 0);

    // Booked: the carrier is told, and the order can be sent in another way.
    book(&scene, &["P-2"], PickupWay::Send).await.expect("asked");
    run_for(&scene, 1).await.expect("asks");
    let id = of(&scene, "P-2").id;
    let off = scene.station.call_off_pickup(id, "不寄了").await.expect("asked");
    assert!(off.calling_off);
    // The answer is lost: asked again, which the carrier refuses, and a person must find out.
    home.world.set_faults(Faults { lose_after_commit: 1.0, ..Faults::default() });
    run_for(&scene, 1).await.expect("asks");
    home.world.set_faults(Faults::default());
    run_for(&scene, 60_000).await.expect("asks");
    assert_eq!(of(&scene, "P-2").state, PickupState::Unknown);
    scene.station.settle_pickup(id, false).await.expect("settled");
    assert_eq!(scene.row("P-2").state, State::Ready);
    assert_eq!(scene.row("P-2").trouble, None);
    // Booked anew: another key, because the first is used up for ever.
    book(&scene, &["P-2"], PickupWay::Send).await.expect("asked");
    run_for(&scene, 1).await.expect("asks");
    assert_eq!(of(&scene, "P-2").state, PickupState::Booked);
    assert_eq!(keys(&home).len(), 2);

    // Fetched: it stays.
    book(&scene, &["P-3"], PickupWay::Send).await.expect("asked");
    run_for(&scene, 1).await.expect("asks");
    home.world.tick(3 * HOUR_MS);
    let id = of(&scene, "P-3").id;
    scene.station.call_off_pickup(id, "不寄了").await.expect("asked");
    run_for(&scene, HOUR_MS).await.expect("asks");
    let stays = of(&scene, "P-3");
    assert_eq!((stays.state, stays.calling_off), (PickupState::Collected, false), "{stays:?}");
    let over = scene.station.call_off_pickup(id, "不寄了").await.expect_err("over");
    assert_eq!(over.code, Code::WrongState);
}

#[tokio::test]
async fn what_is_told_survives_repeats_and_wrong_order() {
    let home = home(1);
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    book(&scene, &["P-1"], PickupWay::Send).await.expect("asked");
    scene.station.pickup_once(ACCOUNT).await.expect("asks");
    let key = keys(&home).remove(0);
    let told: Vec<Vec<u8>> = (0..5)
        .map(|_| {
            home.world.tick(40 * 60_000);
            home.world.push_couriers("test1777000", &[&key])
        })
        .collect();
    let forged = String::from_utf8_lossy(&told[4]).replace("301", "203");
    let heard = scene.station.hear(forged.as_bytes()).await;
    assert!(heard.body.contains("\"Success\":false"), "{heard:?}");
    assert_eq!(of(&scene, "P-1").state, PickupState::Booked);
    for push in [4, 1, 3, 0, 4, 2, 1, 0] {
        let heard = scene.station.hear(&told[push]).await;
        assert!(heard.status == 200 && heard.body.contains("\"Success\":true"), "{heard:?}");
    }
    let pickup = of(&scene, "P-1");
    assert_eq!((pickup.state, pickup.word.as_str()), (PickupState::Collected, "301"));
    assert_eq!(pickup.fees.map(|fees| fees.total_fen), Some(900));
    assert_eq!(scene.row("P-1").state, State::Printed);
    let strangers = home.world.push_couriers("test1777000", &["nobody's"]);
    assert_eq!(scene.station.hear(&strangers).await.status, 200);
}

#[tokio::test]
async fn a_return_is_fetched_from_the_receiver_and_followed_by_its_own_number() {
    let home = home(1);
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let sent = scene.row("P-1").waybill_no.expect("a number");
    assert_eq!(book(&scene, &["P-1"], PickupWay::Back).await.expect("asked"), 1);
    run_for(&scene, 4 * HOUR_MS).await.expect("asks");
    let back = of(&scene, "P-1");
    assert_eq!((back.way, back.state), (PickupWay::Back, PickupState::Collected), "{back:?}");
    assert_ne!(back.no, sent);
    let row = scene.row("P-1");
    assert_eq!((row.state, row.waybill_no.as_deref()), (State::Printed, Some(sent.as_str())));
    let asked = home.world.requests.lock().expect("asked").clone();
    let booking = asked.iter().find(|it| it.get("TransportType").is_some()).expect("1801");
    assert_eq!(booking["Sender"]["Name"], "李思1");
    assert_eq!(booking["Receiver"]["Name"], "拾光家居");
    scene.track_for(2 * 24 * HOUR_MS).await.expect("tracks");
    let asked = home.world.requests.lock().expect("asked").clone();
    let mut after = asked.iter().filter(|it| it.get("Sort").is_some());
    assert!(after.any(|it| it["LogisticCode"] == back.no.as_str()), "the return is followed");
}

/// A day of couriers, as far as a person drives it.
async fn day(home: &Home) -> Result<(), Trouble> {
    let scene = home.open().await?;
    scene.import(&orders_csv(2)).await?;
    book(&scene, &["P-1", "P-2"], PickupWay::Send).await?;
    run_for(&scene, 10 * 60_000).await?;
    let id = of(&scene, "P-2").id;
    scene.station.call_off_pickup(id, "不寄了").await?;
    run_for(&scene, 5 * HOUR_MS).await
}

#[tokio::test]
async fn killed_at_every_step_nothing_is_booked_twice_and_nothing_forgotten() {
    let mut steps = 0;
    for polls in 1..POLLS_MAX {
        let home = home(1);
        if let Ok(done) = kill_after(polls, day(&home)).await {
            done.unwrap_or_else(|trouble| panic!("the day itself: {trouble:?}"));
            steps = polls;
            break;
        }
        let scene = home.reopen().await;
        let again = async {
            scene.import(&orders_csv(2)).await?;
            for order in ["P-1", "P-2"] {
                if scene.row(order).state == State::Ready {
                    book(&scene, &[order], PickupWay::Send).await?;
                }
            }
            run_for(&scene, 6 * HOUR_MS).await
        };
        again.await.unwrap_or_else(|trouble| panic!("killed at {polls}: {trouble:?}"));
        let mut live = BTreeSet::new();
        for issued in home.world.issued().iter().filter(|issued| !issued.voided) {
            assert_eq!(issued.altered, 0, "killed at {polls}");
            let order = issued.order_key.split('-').next().unwrap_or_default().to_owned();
            assert!(live.insert(order), "killed at {polls}: two couriers for an order");
        }
        for order in ["P-1", "P-2"] {
            let state = of(&scene, order).state;
            // In doubt only where the second calling off was refused.
            let settled = matches!(state, PickupState::Collected | PickupState::Unknown);
            assert!(settled || state == PickupState::Cancelled, "{polls}: {order} {state:?}");
        }
    }
    assert!(steps > 20, "the day has only {steps} steps: it was not killed inside");
}

#[tokio::test]
async fn answers_of_an_unknown_form_are_kept_sealed_and_few() {
    let home = home(1);
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    book(&scene, &["P-1"], PickupWay::Send).await.expect("asked");
    run_for(&scene, 4 * HOUR_MS).await.expect("asks");
    let kept = scene.station.unseen_answers().expect("kept");
    assert!(kept.len() > 3 && kept.iter().all(|one| one.api == "1804"), "{kept:?}");
    let text = scene.station.unseen_answer(kept[0].id).expect("opens").text;
    assert!(text.contains("练习员") && text.contains("13700000000"), "{text}");
    // Neither file of the database has it in the clear.
    for name in ["station.sqlite", "station.sqlite-wal"] {
        let bytes = std::fs::read(home.folder.path().join(name)).unwrap_or_default();
        let sealed = !bytes.windows(9).any(|part| part == b"PersonTel");
        assert!(sealed, "{name} has an answer in the clear");
    }
    // It opens after a restart, and with the key of this home alone.
    drop(scene);
    let scene = home.reopen().await;
    assert_eq!(scene.station.unseen_answer(kept[0].id).expect("opens").text, text);
    let key = home.folder.path().join("secrets/unseen-answers");
    std::fs::write(&key, "00".repeat(32)).expect("written");
    let closed = scene.station.unseen_answer(kept[0].id).expect_err("another key");
    assert_eq!(closed.code, Code::Storage);
}
