//! A customer number is applied for at an outlet: kept, sent once, told by a push, taken by a
//! person. Its password is in the store and nowhere else.

mod early;

use practice::carrier::{Faults, application_push_has_taken};
use scene::{ACCOUNT, Home, Scene, kill_after, orders_csv};
use station::{
    config,
    trouble::{Code, Trouble},
    view::{AccountChange, ApplicationState as S, ApplicationView, ApplyForm, State, Verdict},
};
use std::{fs, os::unix::fs::PermissionsExt, path::Path};

const MERCHANT: &str = "test1777000";
/// What the stand-in gives as the password of its first number.
const WORD: &str = "practice-word-1-YTO";

fn form(scene: &Scene) -> ApplyForm {
    let form = scene.station.apply_form(ACCOUNT).expect("the account takes applications");
    ApplyForm { station_code: "310001".into(), station_name: "练习仓前部".into(), ..form }
}

async fn apply(scene: &Scene) -> ApplicationView {
    let asked = scene.station.apply(form(scene)).await.expect("applied");
    assert_eq!(asked.faults, []);
    asked.application.expect("kept")
}

fn one(scene: &Scene) -> ApplicationView {
    let mut all = scene.station.applications().expect("listed");
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

async fn hear(scene: &Scene, push: &[u8]) {
    let answer = scene.station.hear(push).await;
    assert!(application_push_has_taken(MERCHANT, answer.status, &answer.body), "{}", answer.body);
}

fn settings(home: &Home) -> String {
    fs::read_to_string(home.folder.path().join("station.toml")).expect("settings")
}

/// As the window does it: planned, written, opened anew.
async fn change(home: &Home, scene: Scene, change: AccountChange) -> Result<Scene, Trouble> {
    let text = scene.station.plan_accounts(&change)?;
    config::replace(home.folder.path(), &text).expect("written");
    drop(scene);
    Ok(home.reopen().await)
}

/// Every file of the home in which a text stands, but those that are for secrets.
fn files_with(folder: &Path, text: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "secrets") {
                files_with(&path, text, found);
            }
        } else if fs::read(&path).is_ok_and(|bytes| holds(&bytes, text.as_bytes())) {
            found.push(path.display().to_string());
        }
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|some| some == part)
}

fn secrets(home: &Home) -> Vec<String> {
    let folder = home.folder.path().join("secrets");
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut texts = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        // The key of sealed answers lies there, too.
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if name.starts_with("typed-") {
            let mode = fs::metadata(&path).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{path:?}");
            texts.push(fs::read_to_string(&path).expect("a text"));
        }
    }
    texts.sort();
    texts
}

#[tokio::test]
async fn applied_for_told_taken_and_the_next_order_goes_with_it() {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let was = settings(&home).replace("customer_name =", "# 网点给的\ncustomer_name =");
    fs::write(&path, &was).expect("written");
    let scene = home.open().await.expect("opens");
    let draft = scene.station.apply_form(ACCOUNT).expect("a form");
    assert_eq!((draft.name.as_str(), draft.city.as_str()), ("拾光家居", "杭州市"));
    let asked = apply(&scene).await;
    assert_eq!((asked.state, asked.apply_code.as_str()), (S::Accepted, "PA000001"));
    assert!(asked.changes.is_empty(), "nothing came yet");

    hear(&scene, &home.world.push_applied(MERCHANT, 1, None)).await;
    let granted = one(&scene);
    assert_eq!((granted.state, granted.has_pwd, granted.stray), (S::Granted, true, false));
    assert_eq!(granted.customer_name, "K00000001");
    let name = granted.changes.iter().find(|it| it.key == "customer_name").expect("changes");
    assert_eq!((name.was.as_str(), name.now.as_str()), ("K00000000", "K00000001"));
    assert!(name.replaces, "what goes is shown");
    assert!(!granted.changes.iter().any(|it| it.key != "customer_name" && it.replaces));
    assert!(!format!("{granted:?}").contains(WORD));
    assert_eq!(settings(&home), was, "nothing is taken by itself");

    let scene = change(&home, scene, AccountChange::Take { id: granted.id }).await.expect("taken");
    let now = settings(&home);
    assert!(now.contains("# 网点给的\ncustomer_name = \"K00000001\""), "{now}");
    assert!(now.contains("customer_pwd = \"file:secrets/typed-"), "{now}");
    assert!(now.contains("send_site = \"练习仓前部\""), "{now}");
    assert_eq!(one(&scene).state, S::Taken);
    let tried = scene.station.try_account(ACCOUNT).await.expect("tried");
    assert_eq!(tried.verdict, Verdict::Works);

    // Before the first order: the request of one holds the password, as it is kept and sent.
    assert_eq!(secrets(&home), [WORD]);
    drop(scene);
    let mut found = Vec::new();
    files_with(home.folder.path(), WORD, &mut found);
    assert_eq!(found, Vec::<String>::new(), "the password stands in the open");

    let mut scene = home.reopen().await;
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.rows()[0].state, State::Printed);
    let requests = home.world.requests.lock().expect("no test panics while it asks");
    let sent = requests.iter().rev().find(|data| data["OrderCode"].is_string()).expect("a 1007");
    assert_eq!((&sent["CustomerName"], &sent["CustomerPwd"]), (&"K00000001".into(), &WORD.into()));
    drop(requests);
}

#[tokio::test]
async fn a_push_comes_again_and_early_and_changes_nothing_twice() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    apply(&scene).await;
    let push = home.world.push_applied(MERCHANT, 1, None);
    for _ in 0..3 {
        hear(&scene, &push).await;
    }
    let granted = one(&scene);
    assert_eq!(secrets(&home), [WORD]);
    // A refusal that was on its way for long says nothing more.
    hear(&scene, &home.world.push_applied(MERCHANT, 1, Some("资料不符"))).await;
    assert_eq!(one(&scene), granted);
    // Put aside, it stays so, and its password is nowhere.
    scene.station.drop_application(granted.id).await.expect("put aside");
    assert_eq!(secrets(&home), Vec::<String>::new());
    hear(&scene, &push).await;
    assert_eq!(one(&scene).state, S::Dropped);
    assert_eq!(secrets(&home), Vec::<String>::new());
}

/// Two wait at the same outlet, and the push says of neither that it is its own.
#[tokio::test]
async fn a_push_without_a_key_that_two_wait_for_is_kept_for_a_person() {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let second = "\n[[carrier]]\nname = \"第二\"\nendpoint = \"http://127.0.0.1:9\"\n\
        kind = \"kdniao\"\nshipper_code = \"YTO\"\nbusiness_id = \"test1777000\"\n\
        api_key = \"file:key\"\n[[printer]]";
    let toml = settings(&home).replacen("\n[[printer]]", second, 1);
    fs::write(&path, toml).expect("written");
    let scene = home.open().await.expect("opens");
    home.world.set_faults(Faults { lose_after_commit: 1.0, ..Faults::default() });
    apply(&scene).await;
    let other = ApplyForm { account: "第二".into(), ..form(&scene) };
    scene.station.apply(other).await.expect("applied");
    let told = |shipper: &str| {
        let data = serde_json::json!({"ApplyCode": format!("X{shipper}"), "CustomerName": "K9",
            "StationCode": "310001", "ShipperCode": shipper});
        home.world.push_1117(MERCHANT, &data)
    };
    hear(&scene, &told("YTO")).await;
    let states = || -> Vec<(S, bool)> {
        let all = scene.station.applications().expect("listed");
        all.iter().map(|one| (one.state, one.stray)).collect()
    };
    assert_eq!(states(), [(S::Granted, true), (S::Unknown, false), (S::Unknown, false)]);
    // Once a person put one of them aside, the other is the only one.
    let id = scene.station.applications().expect("listed")[1].id;
    scene.station.drop_application(id).await.expect("put aside");
    hear(&scene, &told("")).await;
    assert_eq!(states()[2], (S::Granted, false));
}

#[tokio::test]
async fn another_password_for_the_number_is_news() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    apply(&scene).await;
    let told = |word: &str| {
        let data = serde_json::json!({"ApplyCode": "PA000001", "CustomerName": "K1",
            "CustomerPwd": word, "StationCode": "310001", "StationName": "练习仓前部"});
        home.world.push_1117(MERCHANT, &data)
    };
    hear(&scene, &told("first-word-of-nobody")).await;
    let id = one(&scene).id;
    let scene = change(&home, scene, AccountChange::Take { id }).await.expect("taken");
    home.world.tick(1_000);
    hear(&scene, &told("second-word-of-nobody")).await;
    let again = one(&scene);
    assert_eq!(again.state, S::Granted, "a person takes it again");
    assert!(again.changes.iter().any(|it| it.secret && it.replaces), "{again:?}");
    assert_eq!(secrets(&home), ["first-word-of-nobody", "second-word-of-nobody"]);
}

#[tokio::test]
async fn refused_at_once_or_by_a_push_in_the_carriers_words() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let mut empty = form(&scene);
    (empty.station_code, empty.phone) = (String::new(), "12".into());
    let asked = scene.station.apply(empty).await.expect("answered");
    let fields: Vec<_> = asked.faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!((fields, asked.application), (vec!["station_code", "applicant.phone"], None));
    assert_eq!(home.world.applied(), 0, "nothing was sent");

    home.world.set_faults(Faults { refuse: 1.0, ..Faults::default() });
    let refused = apply(&scene).await;
    assert_eq!(refused.state, S::Refused);
    assert!(refused.said.contains("不接受"), "{}", refused.said);
    home.world.set_faults(Faults::default());
    let asked = apply(&scene).await;
    hear(&scene, &home.world.push_applied(MERCHANT, 1, Some("资料不符"))).await;
    let all = scene.station.applications().expect("listed");
    let told = all.iter().find(|one| one.id == asked.id).expect("kept");
    assert_eq!((told.state, told.said.as_str()), (S::Refused, "资料不符"));
    let trouble = scene.station.plan_accounts(&AccountChange::Take { id: told.id });
    assert_eq!(trouble.map_err(|trouble| trouble.code), Err(Code::NoApplication));
}

#[tokio::test]
async fn a_lost_answer_is_unknown_not_asked_again_and_settled_by_the_push() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    home.world.set_faults(Faults { lose_after_commit: 1.0, ..Faults::default() });
    let lost = apply(&scene).await;
    assert_eq!((lost.state, home.world.applied()), (S::Unknown, 1));
    drop(scene);
    home.world.set_faults(Faults::default());
    let mut scene = home.open().await.expect("opens");
    scene.settle().await.expect("settles");
    assert_eq!((one(&scene).state, home.world.applied()), (S::Unknown, 1));
    // Nobody sends it again without saying so.
    let again = scene.station.apply(form(&scene)).await;
    assert_eq!(again.map_err(|trouble| trouble.code), Err(Code::ApplicationOpen));
    hear(&scene, &home.world.push_applied(MERCHANT, 1, None)).await;
    let told = one(&scene);
    assert_eq!((told.state, told.apply_code.as_str()), (S::Granted, "PA000001"));
}

#[tokio::test]
async fn a_person_asks_again_and_the_former_is_put_aside() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    home.world.set_faults(Faults { lose_before: 1.0, ..Faults::default() });
    let lost = apply(&scene).await;
    assert_eq!(lost.state, S::Unknown);
    home.world.set_faults(Faults::default());
    let again = ApplyForm { again: true, ..form(&scene) };
    let asked = scene.station.apply(again).await.expect("applied").application.expect("kept");
    assert_eq!(asked.state, S::Accepted);
    let states: Vec<S> =
        scene.station.applications().expect("listed").iter().map(|one| one.state).collect();
    assert_eq!(states, [S::Accepted, S::Dropped]);
    // Without a connection nothing left, and nothing is open.
    scene.station.drop_application(asked.id).await.expect("put aside");
    home.world.set_away(true);
    assert_eq!(apply(&scene).await.state, S::Unsent);
}

#[tokio::test]
async fn a_push_is_believed_with_the_accounts_own_key_alone() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    apply(&scene).await;
    let push = home.world.push_applied(MERCHANT, 1, None);
    let text = String::from_utf8(push.clone()).expect("a form");
    let bent = text.replace("K00000001", "K00000002");
    let unsigned = text.replace("DataSign=", "DataSing=");
    for wrong in [bent.as_bytes(), unsigned.as_bytes(), &push[..push.len() / 2]] {
        let answer = scene.station.hear(wrong).await;
        assert!(!application_push_has_taken(MERCHANT, answer.status, &answer.body));
        assert_eq!(one(&scene).state, S::Accepted);
    }
    let other = home.world.push_applied("test9999999", 1, None);
    assert_eq!(scene.station.hear(&other).await.status, 404);
    assert_eq!(secrets(&home), Vec::<String>::new());
}

#[tokio::test]
async fn a_push_that_nobody_asked_for_is_kept_for_a_person() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let data = serde_json::json!({"ApplyCode": "X1", "CustomerName": "K7",
        "CustomerPwd": "word-of-nobody-7", "StationCode": "9", "StationName": "练习部"});
    for _ in 0..2 {
        hear(&scene, &home.world.push_1117(MERCHANT, &data)).await;
    }
    let stray = one(&scene);
    assert_eq!((stray.state, stray.stray, stray.account.as_str()), (S::Granted, true, ACCOUNT));
    let no = serde_json::json!({"ApplyCode": "X2", "Success": false, "Reason": "资料不符"});
    hear(&scene, &home.world.push_1117(MERCHANT, &no)).await;
    assert_eq!(one(&scene), stray, "a refusal of nobody's is nobody's business");
}

/// Whenever it dies: nothing is sent twice, the push settles it, and the number is taken once.
#[tokio::test]
async fn killed_at_every_step() {
    let mut steps = 0;
    for polls in 1..1_000 {
        let home = Home::new("none");
        let killed = kill_after(polls, whole(&home)).await;
        let mut scene = home.reopen().await;
        if killed.is_err() {
            let left = home.world.applied();
            assert!(left <= 1, "killed at {polls}: sent twice");
            if left == 0 {
                let open = scene.station.applications().expect("listed");
                let states: Vec<S> = open.iter().map(|one| one.state).collect();
                assert!(
                    states.iter().all(|state| matches!(state, S::Unsent | S::Unknown)),
                    "killed at {polls}: {states:?}"
                );
                let again = ApplyForm { again: true, ..form(&scene) };
                scene.station.apply(again).await.expect("applied");
            }
            assert_eq!(home.world.applied(), 1, "killed at {polls}");
            // KDNiao says it again until it is answered, and once more than that.
            hear(&scene, &home.world.push_applied(MERCHANT, 1, None)).await;
            let all = scene.station.applications().expect("listed");
            let came = all.iter().find(|one| !one.customer_name.is_empty()).expect("settled");
            if came.state == S::Granted {
                let take = AccountChange::Take { id: came.id };
                scene = change(&home, scene, take).await.expect("taken");
            }
        }
        let all = scene.station.applications().expect("listed");
        let taken = all.iter().filter(|one| one.state == S::Taken).count();
        assert_eq!(taken, 1, "killed at {polls}: {all:?}");
        assert!(!all.iter().any(|one| one.stray), "killed at {polls}: {all:?}");
        assert_eq!(secrets(&home), [WORD], "killed at {polls}");
        assert!(settings(&home).contains("customer_name = \"K00000001\""), "killed at {polls}");
        if killed.is_ok() {
            steps = polls;
            break;
        }
    }
    assert!(steps > 10, "only {steps} steps: it was not killed inside");
}

async fn whole(home: &Home) {
    let scene = home.open().await.expect("opens");
    apply(&scene).await;
    hear(&scene, &home.world.push_applied(MERCHANT, 1, None)).await;
    let id = one(&scene).id;
    let taken = change(home, scene, AccountChange::Take { id }).await.expect("taken");
    assert_eq!(one(&taken).state, S::Taken);
}
