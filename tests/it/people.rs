//! Who works here: told apart only if somebody wants it, each with their rights, and every act with
//! its name; no PIN and no badge is written anywhere.

use scene::{Home, Scene, orders_csv};
use station::{
    trouble::Code,
    view::{ActsQuery, OperatorChange, OperatorForm, Right},
};
use std::fs;

fn form(name: &str, rights: &[Right], pin: &str, badge: &str) -> OperatorForm {
    let text = |text: &str| Some(text.to_owned());
    OperatorForm { name: name.into(), rights: rights.to_vec(), pin: text(pin), badge: text(badge) }
}

async fn add(scene: &Scene, form: OperatorForm) -> Result<i64, station::trouble::Trouble> {
    let name = form.name.trim().to_owned();
    let people = scene.station.change_operators(OperatorChange::Add { form }).await?;
    let found = people.operators.iter().find(|it| it.name == name);
    Ok(found.expect("added").id)
}

/// A boss with every right, and a packer with none.
async fn manned(home: &Home) -> Scene {
    let scene = home.open().await.expect("opens");
    add(&scene, form("张姐", &Right::ALL, "470011", "EMP-BOSS-1")).await.expect("the boss");
    scene.station.sit_down("470011", false).await.expect("sits");
    add(&scene, form("小李", &[], "", "EMP-LI-77")).await.expect("the packer");
    scene
}

fn why(trouble: &station::trouble::Trouble) -> (Code, String) {
    (trouble.code, trouble.fields.get("why").cloned().unwrap_or_default())
}

#[tokio::test]
async fn without_operators_everybody_may_everything_and_nothing_is_signed() {
    let home = Home::new("status");
    let scene = home.open().await.expect("opens");
    for right in Right::ALL {
        scene.station.may(right).expect("everybody");
    }
    scene.station.unlocked().expect("open");
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    let all = ActsQuery { search: String::new(), whats: Vec::new(), before_ms: None };
    assert_eq!(scene.station.acts(&all).expect("read"), []);
}

#[tokio::test]
async fn each_may_what_they_may_and_is_told_who_may_the_rest() {
    let home = Home::new("status");
    let scene = manned(&home).await;
    scene.station.may(Right::Void).expect("the boss");
    assert_eq!(
        scene.station.sit_down("EMP-LI-77", true).await.expect("a badge"),
        Some("小李".into())
    );
    let people = scene.station.people().expect("people");
    assert_eq!((people.current.as_deref(), people.rights.len()), (Some("小李"), 0));
    for right in Right::ALL {
        let denied = scene.station.may(right).expect_err("no right");
        assert_eq!(denied.code, Code::NotAllowed);
        assert_eq!(denied.fields["who"], "张姐");
    }
    scene.station.unlocked().expect("may work");
    scene.station.stand_up().await.expect("locks");
    assert_eq!(scene.station.unlocked().expect_err("locked").code, Code::Locked);
    assert_eq!(scene.station.may(Right::Void).expect_err("locked").code, Code::Locked);
    // A new start begins locked, too.
    drop(scene);
    let scene = home.open().await.expect("opens");
    assert_eq!(scene.station.unlocked().expect_err("locked").code, Code::Locked);
}

#[tokio::test]
async fn who_may_not_see_people_sees_them_masked_and_prints_no_more_copies() {
    let home = Home::new("status");
    let path = home.folder.path().join("station.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let more = "[privacy]\nmask_names = false\n[people]\nreprints_max = 2\n";
    fs::write(&path, format!("{text}\n{more}")).expect("written");
    let mut scene = manned(&home).await;
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let id = scene.row("P-1").id;
    assert_eq!(scene.row("P-1").name, "李思1");
    assert_eq!(scene.station.detail_here(id).expect("seen").edit.phone, "13800000001");
    scene.station.sit_down("EMP-LI-77", true).await.expect("a badge");
    assert_eq!(scene.row("P-1").name, "李*1");
    let seen = scene.station.detail_here(id).expect("seen").edit;
    assert_eq!((seen.name.as_str(), seen.phone.as_str()), ("李*1", "138****0001"));
    assert!(!seen.detail.contains("1 号"), "{}", seen.detail);

    scene.station.may_copy("P-1").expect("one copy is out");
    scene.station.reprint("P-1", "smudged").await.expect("again");
    scene.settle().await.expect("settles");
    let denied = scene.station.may_copy("P-1").expect_err("two are out");
    assert_eq!((denied.code, denied.fields["right"].as_str()), (Code::NotAllowed, "reprint"));
}

#[tokio::test]
async fn every_act_has_its_name_and_is_found() {
    let home = Home::new("status");
    let mut scene = manned(&home).await;
    scene.import(&orders_csv(2)).await.expect("imports");
    scene.station.sit_down("EMP-LI-77", true).await.expect("a badge");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    scene.station.sit_down("470011", false).await.expect("the boss");
    scene.world.tick(1_000);
    scene.station.void("P-2").await.expect("voids");
    scene.settle().await.expect("settles");

    let find = |search: &str, whats: &[&str]| {
        let whats = whats.iter().map(|what| (*what).to_owned()).collect();
        let query = ActsQuery { search: search.into(), whats, before_ms: None };
        let lines = scene.station.acts(&query).expect("read");
        let told = lines.into_iter().map(|it| {
            let order = it.order_no.unwrap_or_default();
            format!("{} {} {order}", it.operator, it.what)
        });
        told.collect::<Vec<_>>()
    };
    let by_li = find("小李", &[]);
    assert!(by_li.contains(&"小李 requested P-1".to_owned()), "{by_li:?}");
    assert!(by_li.iter().all(|line| !line.contains("issued") && !line.contains("printed")));
    let of_order = find("P-2", &[]);
    assert_eq!(of_order[0], "张姐 void_asked P-2", "{of_order:?}");
    assert_eq!(of_order.last().expect("more"), "张姐 imported P-2");
    assert!(find("", &["seated"]).iter().any(|line| line == "小李 seated "));
    assert_eq!(find("%", &[]), Vec::<String>::new(), "a sign of SQL is a plain sign");
    assert_eq!(find("nobody", &["void_asked"]), ["张姐 void_asked P-2"]);
}

#[tokio::test]
async fn wrong_pins_slow_down_and_badges_are_told_from_other_codes() {
    let home = Home::new("status");
    let scene = manned(&home).await;
    let wait = |trouble: station::trouble::Trouble| {
        assert_eq!(trouble.code, Code::WhoUnknown);
        trouble.fields["wait_s"].parse::<i64>().expect("seconds")
    };
    let mut waits = Vec::new();
    for _ in 0..6 {
        let wrong = scene.station.sit_down("0000", false).await.expect_err("nobody's");
        let wait_s = wait(wrong);
        waits.push(wait_s);
        scene.world.tick(wait_s * 1_000);
    }
    assert_eq!(waits, [0, 0, 0, 2, 4, 8]);
    scene.station.sit_down("0000", false).await.expect_err("nobody's");
    // The right one has to wait as well; a badge need not.
    assert!(wait(scene.station.sit_down("470011", false).await.expect_err("waits")) > 0);
    assert_eq!(
        scene.station.sit_down("EMP-LI-77", true).await.expect("badge"),
        Some("小李".into())
    );
    for code in ["P-1", "YT8800000000001", "EMP-LI-78", "470011", "*PB-NEXT*"] {
        assert_eq!(scene.station.sit_down(code, true).await.expect("a code"), None, "{code}");
    }
    scene.world.tick(60_000);
    scene.station.sit_down("470011", false).await.expect("the boss");
    drop(scene);
    // Neither is in any file.
    for entry in fs::read_dir(home.folder.path()).expect("home").flatten() {
        let bytes = fs::read(entry.path()).unwrap_or_default();
        for secret in ["470011", "EMP-LI-77", "EMP-BOSS-1"] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} in {:?}", entry.path());
        }
    }
}

#[tokio::test]
async fn operators_are_kept_so_that_somebody_can_always_change_them() {
    let home = Home::new("status");
    let scene = home.open().await.expect("opens");
    let first = add(&scene, form("小李", &[Right::Void], "1234", "")).await.expect_err("no boss");
    assert_eq!(why(&first), (Code::OperatorRefused, "last_settings".into()));
    let boss = add(&scene, form(" 张姐 ", &Right::ALL, "470011", "")).await.expect("the boss");
    assert_eq!(scene.station.people().expect("people").operators[0].name, "张姐");
    let locked = add(&scene, form("小李", &[], "1234", "")).await.expect_err("nobody sits");
    assert_eq!(locked.code, Code::Locked);
    scene.station.sit_down("470011", false).await.expect("sits");
    let li = add(&scene, form("小李", &[], "1234", "EMP-7")).await.expect("the packer");
    for (wrong, said) in [
        (form("", &[], "9999", ""), "name"),
        (form("小李", &[], "9999", ""), "name_taken"),
        (form("小王", &[], "12", ""), "pin"),
        (form("小王", &[], "1234", ""), "pin_taken"),
        (form("小王", &[], "", "7"), "badge"),
        (form("小王", &[], "", "EMP-7"), "badge_taken"),
        (form("小王", &[], "", ""), "no_secret"),
    ] {
        let refused = add(&scene, wrong).await.expect_err(said);
        assert_eq!(why(&refused), (Code::OperatorRefused, said.into()));
    }
    // The one with the settings cannot lose them or go while there are others.
    let kept = OperatorForm { pin: None, badge: None, ..form("张姐", &[], "", "") };
    let set = OperatorChange::Set { id: boss, form: kept };
    let refused = scene.station.change_operators(set).await.expect_err("the last");
    assert_eq!(why(&refused).1, "last_settings");
    let remove = OperatorChange::Remove { id: boss };
    let refused = scene.station.change_operators(remove.clone()).await.expect_err("the last");
    assert_eq!(why(&refused).1, "last_settings");
    // What is not typed anew stays.
    let kept = OperatorForm { pin: None, badge: None, ..form("李师傅", &[Right::Void], "", "") };
    let set = OperatorChange::Set { id: li, form: kept };
    scene.station.change_operators(set).await.expect("renamed");
    scene.station.sit_down("1234", false).await.expect("the old PIN");
    scene.station.may(Right::Void).expect("a new right");
    scene.station.sit_down("470011", false).await.expect("the boss");
    scene.station.change_operators(OperatorChange::Remove { id: li }).await.expect("gone");
    scene.station.sit_down("1234", false).await.expect_err("nobody's any more");
    // The very last one may go: then nobody is told apart again.
    scene.station.change_operators(remove).await.expect("gone");
    scene.station.unlocked().expect("open to all");
}
