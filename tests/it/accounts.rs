//! Carrier accounts are set up from the window: tried before they are kept, their secrets kept
//! apart, the rest of the settings untouched, and in effect when the station is opened anew.

use scene::{ACCOUNT, API_KEY, Home, Scene, orders_csv};
use station::{
    config::{self, Asks},
    outside::Outside,
    trouble::{Code, Trouble},
    view::{Ability, AccountChange, AccountForm, Repeat, SecretPlace, State, Verdict},
};
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    sync::{Arc, Mutex},
};

fn settings(home: &Home) -> String {
    fs::read_to_string(home.folder.path().join("station.toml")).expect("settings")
}

fn form(name: &str, kind: &str, values: &[(&str, &str)]) -> AccountForm {
    let owned = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
    let values = values.iter().map(owned).collect();
    AccountForm { name: name.into(), kind: kind.into(), values }
}

/// A second account at the same stand-in.
fn zto(key: &str) -> AccountForm {
    let values = [
        ("business_id", "test1777000"),
        ("api_key", key),
        ("shipper_code", "ZTO"),
        ("customer_name", "K00000001"),
        ("customer_pwd", "outlet-word"),
        ("endpoint", "http://127.0.0.1:9"),
        ("environment", "production"),
    ];
    form("中通", "kdniao", &values)
}

/// As the window does it: planned, secrets kept, planned again, written, opened anew.
async fn change(home: &Home, scene: Scene, change: AccountChange) -> Result<Scene, Trouble> {
    change_in(home, scene, change, scene::World::outside(&home.world)).await
}

async fn change_in(
    home: &Home,
    scene: Scene,
    change: AccountChange,
    outside: Outside,
) -> Result<Scene, Trouble> {
    scene.station.plan_accounts(&change)?;
    let kept = scene.station.keep_secrets(change)?;
    let text = scene.station.plan_accounts(&kept)?;
    let oldest = config::before(home.folder.path()).expect("readable").unwrap_or_default();
    config::replace(home.folder.path(), &text).expect("written");
    drop(scene);
    let scene = home.open_in(outside).await?;
    scene.station.forget_secrets(&oldest)?;
    Ok(scene)
}

fn names(scene: &Scene) -> Vec<String> {
    let setups = scene.station.account_setups().expect("setups");
    setups.accounts.into_iter().map(|account| account.form.name).collect()
}

#[tokio::test]
async fn an_account_is_tried_kept_and_works_at_once() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let was = settings(&home);
    let wrong = scene.station.try_form(&zto("not-the-key")).await.expect("tried");
    assert_eq!((wrong.verdict, wrong.left), (Verdict::Proof, None), "{wrong:?}");
    let right = scene.station.try_form(&zto(API_KEY)).await.expect("tried");
    assert_eq!(right.verdict, Verdict::Works, "{right:?}");
    assert!(right.left.is_some_and(|left| left > 0), "{right:?}");
    assert_eq!(settings(&home), was, "a trial writes nothing");
    assert!(!home.folder.path().join("secrets").exists(), "a trial keeps nothing");

    let scene =
        change(&home, scene, AccountChange::Add { form: zto(API_KEY) }).await.expect("kept");
    let now = settings(&home);
    assert!(now.starts_with(&was[..was.find("[[printer]]").expect("a printer")]), "{now}");
    assert!(
        !now.contains(API_KEY) && !now.contains("outlet-word"),
        "secrets stand elsewhere: {now}"
    );
    assert!(!now.contains("environment"), "what is usual is not written: {now}");
    assert!(now.contains(&format!("[[routing]]\ncarrier = \"{ACCOUNT}\"")), "a rule says: {now}");
    assert_eq!(names(&scene), [ACCOUNT, "中通"]);
    let setups = scene.station.account_setups().expect("setups");
    let (first, new) = (&setups.accounts[0], &setups.accounts[1]);
    assert_eq!((first.rules.as_slice(), new.rules.len()), ([1].as_slice(), 0));
    assert_eq!(new.secrets["api_key"], SecretPlace::File);
    assert!(!new.form.values.contains_key("api_key"), "never shown again");
    assert_eq!(new.form.values["customer_name"], "K00000001");
    assert_eq!(new.repeat, Repeat::Same);
    let can = [Ability::Create, Ability::Void, Ability::Label, Ability::Balance];
    assert!(can.iter().all(|ability| new.abilities.contains(ability)), "{:?}", new.abilities);

    scene.import(&orders_csv(1)).await.expect("imports");
    let ids = scene.rows().iter().map(|row| row.id).collect();
    let account = Some("中通".to_owned());
    let request = station::view::ShipRequest { ids, account, printer: None, print: false };
    scene.station.ship(request).await.expect("shipped");
    while scene.station.ask_once("中通").await.expect("asked") == station::Ran::Did {}
    assert_eq!(scene.rows()[0].state, State::Waybilled);
    let tried = scene.station.try_account("中通").await.expect("tried");
    assert_eq!(tried.verdict, Verdict::Works);
    assert_eq!(scene.status().carriers[1].balance, tried.left, "the card shows what it said");
}

#[tokio::test]
async fn a_secret_lies_where_only_its_user_reads_and_goes_when_nobody_names_it() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let scene =
        change(&home, scene, AccountChange::Add { form: zto(API_KEY) }).await.expect("kept");
    let folder = home.folder.path().join("secrets");
    let files = || -> Vec<_> {
        let entries = fs::read_dir(&folder).expect("secrets").flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    assert_eq!(files().len(), 2, "the key and the password");
    for path in files() {
        let mode = fs::metadata(&path).expect("file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path:?}");
    }
    assert_eq!(fs::metadata(&folder).expect("folder").permissions().mode() & 0o777, 0o700);

    // A second key; what was before is one step back, so the first key stays for it.
    home.world.tick(1_000);
    let again = form("中通", "kdniao", &[("api_key", "another-key")]);
    let scene = change(&home, scene, AccountChange::Set { form: again }).await.expect("kept");
    assert_eq!(files().len(), 3);
    let tried = scene.station.try_account("中通").await.expect("tried");
    assert_eq!(tried.verdict, Verdict::Proof, "the other key is in force");
    let scene = change(&home, scene, AccountChange::Undo).await.expect("undone");
    let tried = scene.station.try_account("中通").await.expect("tried");
    assert_eq!(tried.verdict, Verdict::Works, "the first key again");
    assert_eq!(files().len(), 3, "undoing can be undone");

    let remove = AccountChange::Remove { name: "中通".into() };
    let scene = change(&home, scene, remove).await.expect("removed");
    assert_eq!(files().len(), 2, "nobody names the second key any more");
    let off = AccountChange::Set { form: form(ACCOUNT, "kdniao", &[("send_site", "甲")]) };
    let scene = change(&home, scene, off).await.expect("changed");
    assert_eq!(files().len(), 0, "nor anything of the account that went");
    assert_eq!(names(&scene), [ACCOUNT]);
}

#[tokio::test]
async fn where_the_system_keeps_secrets_no_file_is_made() {
    let home = Home::new("none");
    let store: Arc<Mutex<BTreeMap<String, String>>> = Arc::default();
    let outside = || {
        let (put, get) = (Arc::clone(&store), Arc::clone(&store));
        Outside {
            keyring: Arc::new(move |name| {
                let kept = get.lock().expect("no test panics here").get(name).cloned();
                kept.ok_or_else(|| "no entry".to_owned())
            }),
            keep_secret: Arc::new(move |name, secret| {
                let mut store = put.lock().expect("no test panics here");
                match secret {
                    Some(secret) => store.insert(name.to_owned(), secret.to_owned()),
                    None => store.remove(name),
                };
                Ok(())
            }),
            ..scene::World::outside(&home.world)
        }
    };
    let scene = home.open_in(outside()).await.expect("opens");
    let add = AccountChange::Add { form: zto(API_KEY) };
    let scene = change_in(&home, scene, add, outside()).await.expect("kept");
    assert!(!home.folder.path().join("secrets").exists());
    let values: Vec<String> = store.lock().expect("kept").values().cloned().collect();
    assert_eq!(values, [API_KEY, "outlet-word"]);
    let setups = scene.station.account_setups().expect("setups");
    assert_eq!(setups.accounts[1].secrets["api_key"], SecretPlace::Keyring);
    assert_eq!(setups.accounts[0].secrets["api_key"], SecretPlace::File, "the first is a file");
    let tried = scene.station.try_account("中通").await.expect("tried");
    assert_eq!(tried.verdict, Verdict::Works);
    // A trial of a form whose secrets were kept before takes them from where they are.
    let kept = form("中通", "kdniao", &[("customer_name", "K2")]);
    let tried = scene.station.try_form(&kept).await.expect("tried");
    assert_eq!(tried.verdict, Verdict::Works);
    let place = form("中通", "kdniao", &[("api_key", "env:PACKBENCH_NO_SUCH_NAME")]);
    let trouble = scene.station.try_form(&place).await.expect_err("nothing is there");
    assert!(trouble.fields["faults"].contains("|secret_missing|"), "{trouble:?}");
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_key_and_nothing_is_written() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let was = settings(&home);
    let bad = form(ACCOUNT, "kdniao", &[("shipper_code", "y t"), ("calls_per_s", "many")]);
    let refused = scene.station.plan_accounts(&AccountChange::Set { form: bad });
    let trouble = refused.expect_err("refused");
    assert_eq!(trouble.code, Code::SettingsRefused);
    let faults = &trouble.fields["faults"];
    assert!(faults.contains("|carrier[1].shipper_code|not_one_of|"), "{faults}");
    assert!(faults.contains("|carrier[1].calls_per_s|wrong_type|"), "{faults}");
    let empty = form("", "sf", &[("partner_id", "")]);
    let refused = scene.station.plan_accounts(&AccountChange::Add { form: empty });
    let faults = refused.expect_err("refused").fields["faults"].clone();
    for key in ["name|empty", "partner_id|missing", "checkword|missing"] {
        assert!(faults.contains(&format!("|carrier[2].{key}|")), "{faults}");
    }
    let twice = AccountChange::Add { form: AccountForm { name: ACCOUNT.into(), ..zto("k") } };
    let refused = scene.station.plan_accounts(&twice).expect_err("refused");
    assert!(refused.fields["faults"].contains("|carrier[2].name|duplicate|"), "{refused:?}");
    assert_eq!(settings(&home), was);
}

#[tokio::test]
async fn an_account_that_is_needed_does_not_go() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let scene =
        change(&home, scene, AccountChange::Add { form: zto(API_KEY) }).await.expect("kept");
    let plan = |scene: &Scene, change| scene.station.plan_accounts(&change);
    let (first, second) = (ACCOUNT.to_owned(), "中通".to_owned());
    for change in [
        AccountChange::Remove { name: first.clone() },
        AccountChange::Off { name: first.clone(), off: true },
    ] {
        let trouble = plan(&scene, change).expect_err("a rule names it");
        assert_eq!((trouble.code, trouble.fields["rule"].as_str()), (Code::AccountRouted, "1"));
    }
    let route = AccountChange::Route { name: second.clone() };
    let scene = change(&home, scene, route).await.expect("routed");
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("shipped");
    assert_eq!(scene.rows()[0].account, second, "orders go to the second one now");
    let setups = scene.station.account_setups().expect("setups");
    assert_eq!(setups.accounts[1].owed, 1);
    let undo = plan(&scene, AccountChange::Remove { name: second.clone() });
    assert_eq!(undo.expect_err("routed").code, Code::AccountRouted);

    let back = AccountChange::Route { name: first.clone() };
    let scene = change(&home, scene, back).await.expect("routed");
    let waits = plan(&scene, AccountChange::Remove { name: second.clone() });
    let trouble = waits.expect_err("a number is owed");
    assert_eq!((trouble.code, trouble.fields["count"].as_str()), (Code::AccountWaitedFor, "1"));
    let off = AccountChange::Off { name: second.clone(), off: true };
    let scene = change(&home, scene, off).await.expect("switched off");
    while scene.station.ask_once(&second).await.expect("asked") == station::Ran::Did {}
    assert_eq!(scene.rows()[0].state, State::Waybilled, "what it owes it still does");
    let request = station::view::ShipRequest {
        ids: vec![scene.rows()[0].id],
        account: Some(second.clone()),
        printer: None,
        print: false,
    };
    let trouble = scene.station.ship(request).await.expect_err("no more orders");
    assert_eq!(trouble.code, Code::AccountOff);
    let scene = change(&home, scene, AccountChange::Remove { name: second }).await.expect("gone");
    assert_eq!(names(&scene), [ACCOUNT]);
}

#[tokio::test]
async fn a_network_that_is_away_is_told_from_a_carrier_that_says_no() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    home.world.set_away(true);
    let tried = scene.station.try_account(ACCOUNT).await.expect("tried");
    assert_eq!(tried.verdict, Verdict::Unreachable);
    assert_eq!(tried.said, "network is unreachable");
    home.world.set_away(false);
    home.world.refuse_signatures(true);
    let tried = scene.station.try_account(ACCOUNT).await.expect("tried");
    assert_eq!((tried.verdict, tried.code.as_str()), (Verdict::Proof, "102"));
}

/// Every key and word that a form asks for is explained in both languages.
#[test]
fn every_key_of_every_kind_has_its_words() {
    let mut missing = Vec::new();
    for name in ["zh.json", "en.json"] {
        let path = format!("{}/../ui/src/lib/i18n/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(path).expect("a language file");
        let words: BTreeMap<String, String> = serde_json::from_str(&text).expect("texts");
        let mut want = |key: String| {
            if !words.contains_key(&key) {
                missing.push(format!("{name}: {key}"));
            }
        };
        for (kind, own) in config::KINDS {
            want(format!("kind.{kind}"));
            for (nth, field) in config::fields(kind).enumerate() {
                let of = if nth < own.len() { kind } else { "any" };
                want(format!("field.{of}_{}", field.key));
                want(format!("where.{of}_{}", field.key));
                let (Asks::Word(all) | Asks::Code(all)) = field.asks else { continue };
                all.iter().for_each(|it| want(format!("choice.{of}_{}_{it}", field.key)));
            }
        }
    }
    missing.dedup();
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[tokio::test]
async fn an_order_one_carrier_refused_goes_by_another_that_can() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    home.world.refuse_signatures(true);
    scene.ship_all().await.expect("shipped");
    scene.settle().await.expect("settles");
    home.world.refuse_signatures(false);
    let row = scene.rows()[0].clone();
    assert_eq!(row.state, State::Refused);
    assert_eq!(scene.station.other_accounts(row.id).expect("others"), [], "there is no other");

    let add = AccountChange::Add { form: zto(API_KEY) };
    let scene = change(&home, scene, add).await.expect("kept");
    let jd = [
        ("business_id", "test1777000"),
        ("api_key", API_KEY),
        ("shipper_code", "ZTO"),
        ("customer_name", "K00000002"),
        ("endpoint", "http://127.0.0.1:9"),
    ];
    // ZTO wants its outlet's password, which this account lacks.
    let add = AccountChange::Add { form: form("缺密码", "kdniao", &jd) };
    let scene = change(&home, scene, add).await.expect("kept");
    let others = scene.station.other_accounts(row.id).expect("others");
    let can: Vec<(&str, bool)> =
        others.iter().map(|way| (way.status.name.as_str(), way.lacks.is_empty())).collect();
    assert_eq!(can, [("中通", true), ("缺密码", false)]);
    let request = station::view::ShipRequest {
        ids: vec![row.id],
        account: Some("中通".into()),
        printer: None,
        print: false,
    };
    scene.station.ship(request).await.expect("shipped");
    while scene.station.ask_once("中通").await.expect("asked") == station::Ran::Did {}
    assert_eq!(
        (scene.rows()[0].state, scene.rows()[0].account.as_str()),
        (State::Waybilled, "中通")
    );
    scene.check(1);
}
