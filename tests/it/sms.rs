//! Messages to receivers: each once, by a person's wish alone; what nobody knows of is not sent
//! again by itself; whom a message does not reach is said.

use practice::carrier::{Carrier as Practice, Faults, Message, Options};
use scene::{ACCOUNT, API_KEY, Home, Scene, World, kill_after, orders_csv};
use station::{
    Ran,
    carrier::http::RealHttp,
    outside::Outside,
    trouble::{Code, Trouble},
    view::{ShipRequest, SmsBy, SmsState, SmsWhy},
};
use std::{collections::BTreeMap, sync::Arc};

const SETTINGS: &str = "sms_template = 7001\nsms_words = [\"Code=number\", \"Shop=shop\"]";
const ORDERS: usize = 4;
/// More polls than the wish and its messages have.
const POLLS_MAX: usize = 400;

/// A home whose account has these lines too.
fn home(of_account: &str) -> Home {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let toml = toml.replace("calls_per_s = 200\n", &format!("calls_per_s = 200\n{of_account}\n"));
    std::fs::write(&path, toml).expect("written");
    home
}

/// All orders of a file with their labels.
async fn shipped(home: &Home, csv: &str) -> (Scene, Vec<i64>) {
    let mut scene = home.open().await.expect("opens");
    scene.import(csv).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    (scene, ids)
}

/// Lets the messages go, the clock with them, for at most so long.
async fn send_for(scene: &Scene, ms: i64) -> Result<(), Trouble> {
    let end_ms = scene.world.now_ms() + ms;
    loop {
        match scene.station.sms_once(ACCOUNT).await? {
            Ran::Did => scene.world.tick(1),
            Ran::Idle { until_ms: Some(until_ms) } if until_ms < end_ms => {
                scene.world.until(until_ms);
            }
            Ran::Idle { .. } => return Ok(()),
        }
    }
}

async fn ask(scene: &Scene, ids: &[i64], again: bool) -> u32 {
    scene.station.send_sms(ids, again).await.expect("asked").asked
}

fn states(scene: &Scene) -> Vec<SmsState> {
    scene.station.messages().expect("messages").iter().map(|it| it.state).collect()
}

fn a_mobile(home: &Home) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for Message { mobile, .. } in home.world.messages() {
        *found.entry(mobile).or_default() += 1;
    }
    found
}

#[tokio::test]
async fn many_get_one_each_and_the_text_says_what_the_settings_say() {
    let home = home(SETTINGS);
    let (scene, ids) = shipped(&home, &orders_csv(30)).await;
    let look = scene.station.sms_look(&ids, false).expect("looked");
    let by = SmsBy { account: ACCOUNT.into(), template: 7001, n: 30 };
    assert_eq!((look.asked, look.by, look.left.len()), (30, vec![by], 0));
    assert!(home.world.messages().is_empty() && states(&scene).is_empty(), "only looked");
    assert_eq!(ask(&scene, &ids, false).await, 30);
    assert_eq!(ask(&scene, &ids, false).await, 0, "once asked for is enough");
    send_for(&scene, 60_000).await.expect("sends");
    assert_eq!(states(&scene), vec![SmsState::Sent; 30]);
    assert_eq!(a_mobile(&home).into_values().collect::<Vec<_>>(), vec![1; 30]);
    let no = scene.row("P-1").waybill_no.expect("a number");
    let first = home.world.messages().into_iter().find(|it| it.mobile == "13800000001");
    let words = first.expect("sent").words;
    assert_eq!(words, [("Code".to_owned(), no), ("Shop".to_owned(), "抖店".to_owned())]);
    let detail = scene.station.detail(scene.row("P-1").id).expect("detail");
    assert_eq!(detail.messages[0].state, SmsState::Sent);
    assert!(detail.messages[0].key.starts_with("8101"), "{:?}", detail.messages);
    assert!(detail.history.iter().any(|line| line.event == "sms_sent"));
    let again = scene.station.send_sms(&ids, false).await.expect("asked");
    assert!(again.left.iter().all(|left| left.why == SmsWhy::Already), "{again:?}");
    assert_eq!(ask(&scene, &ids[..1], true).await, 1, "a person says again");
    send_for(&scene, 60_000).await.expect("sends");
    assert_eq!(home.world.messages().len(), 31);
}

#[tokio::test]
async fn nothing_goes_unless_the_settings_have_a_template() {
    let home = home("");
    let (scene, ids) = shipped(&home, &orders_csv(1)).await;
    let trouble = scene.station.send_sms(&ids, false).await.expect_err("nobody sends");
    assert_eq!(trouble.code, Code::NoOffer);
    assert!(!scene.station.facets().expect("facets").messages);
}

#[tokio::test]
async fn a_refusal_is_said_in_its_words_and_may_be_asked_again() {
    let home = home(SETTINGS);
    let (scene, ids) = shipped(&home, &orders_csv(2)).await;
    home.world.set_faults(Faults { refuse: 1.0, ..Faults::default() });
    ask(&scene, &ids, false).await;
    send_for(&scene, 60_000).await.expect("sends");
    let messages = scene.station.messages().expect("messages");
    assert!(messages.iter().all(|it| it.state == SmsState::Refused), "{messages:?}");
    assert!(messages.iter().all(|it| it.said.contains("余额不足")), "{messages:?}");
    assert!(home.world.messages().is_empty());
    home.world.set_faults(Faults::default());
    assert_eq!(ask(&scene, &ids, false).await, 2);
    send_for(&scene, 60_000).await.expect("sends");
    assert_eq!(a_mobile(&home).into_values().collect::<Vec<_>>(), [1, 1]);
}

#[tokio::test]
async fn a_lost_answer_is_not_asked_for_again_by_itself() {
    let home = home(SETTINGS);
    let (scene, ids) = shipped(&home, &orders_csv(2)).await;
    home.world.set_faults(Faults { lose_after_commit: 1.0, ..Faults::default() });
    ask(&scene, &ids[..1], false).await;
    send_for(&scene, 60_000).await.expect("sends");
    home.world.set_faults(Faults::default());
    drop(scene);
    let scene = home.reopen().await;
    send_for(&scene, 3_600_000).await.expect("sends");
    assert_eq!(states(&scene), [SmsState::Unknown]);
    assert_eq!(home.world.messages().len(), 1);
    let left = scene.station.send_sms(&ids[..1], false).await.expect("asked").left;
    assert_eq!(left[0].why, SmsWhy::Doubt);
    // A person lets it stand, and another time says: send it all the same.
    let message = scene.station.messages_of(ids[0]).expect("messages").remove(0);
    scene.station.settle_sms(message.id).await.expect("settles");
    assert!(scene.station.messages_of(ids[0]).expect("messages")[0].settled);
    send_for(&scene, 3_600_000).await.expect("sends");
    assert_eq!(home.world.messages().len(), 1);
    assert_eq!(ask(&scene, &ids[..1], true).await, 1);
    send_for(&scene, 60_000).await.expect("sends");
    assert_eq!(states(&scene), [SmsState::Sent, SmsState::Unknown]);
    assert_eq!(home.world.messages().len(), 2);
}

#[tokio::test]
async fn what_never_left_goes_when_the_network_is_back() {
    let home = home(SETTINGS);
    let (scene, ids) = shipped(&home, &orders_csv(3)).await;
    home.world.set_away(true);
    ask(&scene, &ids, false).await;
    send_for(&scene, 60_000).await.expect("sends");
    assert_eq!(states(&scene), [SmsState::Asked; 3]);
    home.world.set_away(false);
    drop(scene);
    let scene = home.reopen().await;
    send_for(&scene, 3_600_000).await.expect("sends");
    assert_eq!(states(&scene), [SmsState::Sent; 3]);
    assert_eq!(a_mobile(&home).into_values().collect::<Vec<_>>(), [1, 1, 1]);
}

#[tokio::test]
async fn killed_at_every_step_each_goes_at_most_once() {
    let mut doubts = 0;
    for polls in 1..POLLS_MAX {
        let home = home(SETTINGS);
        let (scene, ids) = shipped(&home, &orders_csv(ORDERS)).await;
        let work = async {
            ask(&scene, &ids, false).await;
            send_for(&scene, 60_000).await.expect("sends");
        };
        let done = kill_after(polls, work).await.is_ok();
        drop(scene);
        let scene = home.reopen().await;
        // The person asks once more; who has one, or may have one, gets no other.
        scene.station.send_sms(&ids, false).await.expect("asked");
        send_for(&scene, 3_600_000).await.expect("sends");
        let sent = a_mobile(&home);
        assert!(sent.values().all(|count| *count == 1), "killed at {polls}: {sent:?}");
        let unknown = states(&scene).iter().filter(|it| **it == SmsState::Unknown).count();
        assert!(sent.len() + unknown >= ORDERS, "killed at {polls}: {sent:?}, {unknown} unknown");
        assert!(unknown <= 1 && !states(&scene).contains(&SmsState::Asked), "killed at {polls}");
        doubts += unknown;
        if done {
            assert!(polls > 10 && doubts > 0, "it was not killed inside: {polls}");
            return;
        }
    }
    panic!("the work does not end");
}

#[tokio::test]
async fn whom_a_message_does_not_reach_is_said() {
    let home = home(SETTINGS);
    let row = |no: &str, shop: &str, phone: &str| {
        format!(
            "{no},{shop},2026-11-20 10:00:00,李思,{phone},浙江省,杭州市,余杭区,文一西路 1 号,杯,1,400,\n"
        )
    };
    let head = orders_csv(0);
    let csv = [
        head,
        row("P-1", "抖店", "13800000001"),
        row("P-2", "抖店", "0571-88001234"),
        row("P-3", "抖店", "17000000001-1234"),
        row("P-4", "", "13800000004"),
    ]
    .concat();
    let (scene, mut ids) = shipped(&home, &csv).await;
    scene.import(&[orders_csv(0), row("P-5", "抖店", "13800000005")].concat()).await.expect("in");
    ids.push(scene.row("P-5").id);
    let look = scene.station.sms_look(&ids, false).expect("looked");
    let left: BTreeMap<_, _> =
        look.left.iter().map(|left| (left.order_no.as_str(), left.why)).collect();
    let want = [
        ("P-2", SmsWhy::NoMobile),
        ("P-3", SmsWhy::Virtual),
        ("P-4", SmsWhy::Hole),
        ("P-5", SmsWhy::NoNumber),
    ];
    assert_eq!((look.asked, left), (1, BTreeMap::from(want)));
    ask(&scene, &ids, false).await;
    send_for(&scene, 60_000).await.expect("sends");
    assert_eq!(home.world.messages().len(), 1);
}

#[tokio::test]
async fn nobody_is_told_of_a_number_that_was_taken_back() {
    let home = home(SETTINGS);
    let (mut scene, ids) = shipped(&home, &orders_csv(2)).await;
    ask(&scene, &ids, false).await;
    let no = scene.row("P-1").waybill_no.expect("a number");
    scene.station.void(&no).await.expect("voids");
    scene.settle().await.expect("settles");
    send_for(&scene, 60_000).await.expect("sends");
    assert_eq!(states(&scene), [SmsState::Sent, SmsState::Withdrawn]);
    assert_eq!(a_mobile(&home).into_keys().collect::<Vec<_>>(), ["13800000002"]);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
}

/// The template is taken out of the file by hand, while messages wait.
#[tokio::test]
async fn what_no_account_sends_any_more_does_not_wait_for_ever() {
    let home = home(SETTINGS);
    let (scene, ids) = shipped(&home, &orders_csv(2)).await;
    ask(&scene, &ids, false).await;
    drop(scene);
    let path = home.folder.path().join("station.toml");
    let with = std::fs::read_to_string(&path).expect("settings");
    std::fs::write(&path, with.replace(SETTINGS, "")).expect("written");
    let scene = home.reopen().await;
    assert_eq!(states(&scene), [SmsState::Withdrawn; 2]);
    let detail = scene.station.detail(ids[0]).expect("detail");
    assert!(detail.history.iter().any(|line| line.event == "sms_withdrawn"));
    drop(scene);
    std::fs::write(&path, with).expect("written");
    let scene = home.reopen().await;
    send_for(&scene, 3_600_000).await.expect("sends");
    assert!(home.world.messages().is_empty(), "it was said that they were not sent");
    assert_eq!(ask(&scene, &ids, false).await, 2);
    send_for(&scene, 60_000).await.expect("sends");
    assert_eq!(a_mobile(&home).into_values().collect::<Vec<_>>(), [1, 1]);
}

#[tokio::test]
async fn no_phone_stays_in_the_message_once_it_went() {
    let home = home(SETTINGS);
    let (scene, ids) = shipped(&home, &orders_csv(1)).await;
    ask(&scene, &ids, false).await;
    send_for(&scene, 60_000).await.expect("sends");
    let path = home.folder.path().join("station.sqlite");
    let db = rusqlite::Connection::open(path).expect("the station's database");
    let text: String = db
        .query_row("SELECT body || said || carrier_key FROM message", [], |row| row.get(0))
        .expect("a message");
    assert!(!text.contains("13800000001"), "{text}");
    let told = scene.station.messages().expect("messages");
    assert!(!serde_json::to_string(&told).expect("JSON").contains("13800000001"));
    // The answer was not seen on the real service: it is kept, sealed, for who will read it.
    let kept = scene.station.unseen_answers().expect("kept");
    assert_eq!(kept.first().map(|it| it.api.as_str()), Some("8101"));
}

/// Over real sockets, with the workers at work and the packer's own calls beside.
#[tokio::test(flavor = "multi_thread")]
async fn over_a_real_socket_each_goes_once() {
    let options = Options { api_key: API_KEY.into(), ..Options::default() };
    let practice = Practice::start(options).await.expect("a free port");
    let home = home(SETTINGS);
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    std::fs::write(&path, toml.replace("http://127.0.0.1:9\"", &format!("{}\"", practice.url())))
        .expect("written");
    let (scene, ids) = {
        let world = World::outside(&home.world);
        let outside = Outside { http: Arc::new(RealHttp::new()), ..world };
        let mut scene = home.open_in(outside).await.expect("opens");
        scene.import(&orders_csv(5)).await.expect("imports");
        let ids = scene.ship_all().await.expect("ships");
        scene.settle().await.expect("settles");
        (scene, ids)
    };
    ask(&scene, &ids, false).await;
    let running = scene.station.run();
    let mut changed = scene.station.changed();
    while states(&scene).contains(&SmsState::Asked) {
        changed.changed().await.expect("the station is open");
    }
    running.stop().await;
    assert_eq!(states(&scene), [SmsState::Sent; 5]);
    assert_eq!(practice.messages().len(), 5);
}

/// The only account that sends messages is switched off by now, and another one gives numbers.
#[tokio::test]
async fn an_account_that_is_switched_off_still_tells_of_parcels() {
    let home = home(SETTINGS);
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let other = toml.replace(
        "[[printer]]",
        "off = true\n[[carrier]]\nname = \"另一家\"\nkind = \"kdniao\"\n\
        shipper_code = \"YTO\"\nbusiness_id = \"test1777000\"\napi_key = \"file:key\"\n\
        customer_name = \"K00000000\"\nmonth_code = \"x\"\n[[printer]]",
    );
    let other = other.replace(&format!("carrier = \"{ACCOUNT}\""), "carrier = \"另一家\"");
    std::fs::write(&path, other).expect("written");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    let ids = vec![scene.row("P-1").id];
    let request = ShipRequest { ids: ids.clone(), account: None, printer: None, print: true };
    scene.station.ship(request).await.expect("ships");
    while scene.station.ask_once("另一家").await.expect("asks") == Ran::Did {}
    let look = scene.station.sms_look(&ids, false).expect("somebody sends them");
    assert_eq!((look.asked, look.by[0].account.as_str()), (1, ACCOUNT));
    assert_eq!(ask(&scene, &ids, false).await, 1);
    send_for(&scene, 60_000).await.expect("sends");
    assert_eq!(states(&scene), [SmsState::Sent]);
    assert_eq!(home.world.messages().len(), 1);
}
