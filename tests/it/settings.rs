//! Settings are changed one by one from the window: checked as a whole, in their place in the file,
//! taken along to another computer without a secret.

use scene::{Home, PRINTER, Scene, orders_csv};
use station::{
    config,
    trouble::Code,
    view::{Setting, SettingsChange},
};
use std::fs;

fn set(key: &str, value: Option<&str>) -> SettingsChange {
    let values = [(key.to_owned(), value.map(str::to_owned))];
    SettingsChange::Set { values: values.into() }
}

async fn change(home: &Home, scene: Scene, change: &SettingsChange) -> Scene {
    let text = scene.station.plan_settings(change).expect("allowed");
    config::replace(home.folder.path(), &text).expect("written");
    drop(scene);
    home.open().await.expect("opens anew")
}

fn of(scene: &Scene, key: &str) -> Setting {
    let all = scene.station.settings().expect("settings").settings;
    all.into_iter().find(|setting| setting.key == key).expect("known")
}

fn toml(home: &Home) -> String {
    fs::read_to_string(home.folder.path().join("station.toml")).expect("settings")
}

#[tokio::test]
async fn a_setting_is_changed_in_its_place_and_taken_back_without_a_trace() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let was = toml(&home);
    assert_eq!(of(&scene, "backup.keep").value, None);
    assert_eq!(of(&scene, "backup.keep").usual, "7");
    assert_eq!(of(&scene, "sender.name").value.as_deref(), Some("拾光家居"));

    let scene = change(&home, scene, &set("backup.keep", Some("3"))).await;
    assert_eq!(scene.station.config().backups.keep, 3);
    assert_eq!(toml(&home), format!("{was}\n[backup]\nkeep = 3\n"));
    let scene = change(&home, scene, &set("sender.name", Some("  拾光  "))).await;
    assert_eq!(scene.station.config().sender.name, "拾光");
    let scene = change(&home, scene, &set("sender.name", Some("拾光家居"))).await;
    let scene = change(&home, scene, &set("backup.keep", None)).await;
    assert_eq!(toml(&home), was, "every other letter is where it was");
    drop(scene);
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_key_and_nothing_is_written() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let was = toml(&home);
    for (key, value, line) in [
        ("backup.keep", Some("many"), "backup.keep|wrong_type|"),
        ("backup.keep", Some("1000"), "backup.keep|out_of_range|0–365"),
        ("privacy.blank_after_days", Some("1"), "privacy.blank_after_days|out_of_range|7–3650"),
        ("privacy.mask_names", Some("perhaps"), "privacy.mask_names|wrong_type|"),
        ("sender.name", None, "sender.name|empty|"),
        ("update.url", Some("example"), "update.url|bad_url|"),
        ("receive.bind", Some("0.0.0.0"), "receive.port|missing|"),
    ] {
        let refused = scene.station.plan_settings(&set(key, value)).expect_err(key);
        assert_eq!(refused.code, Code::SettingsRefused, "{key}");
        assert!(refused.fields["faults"].contains(line), "{key}: {}", refused.fields["faults"]);
    }
    assert_eq!(toml(&home), was);
}

#[tokio::test]
async fn names_in_lists_are_masked_unless_the_settings_say_otherwise() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    assert_eq!(scene.rows()[0].name, "李*1");
    let scene = change(&home, scene, &set("privacy.mask_names", Some("false"))).await;
    assert_eq!(scene.rows()[0].name, "李思1");
    assert!(scene.rows()[0].phone.contains("****"), "phones stay masked");
    let scene = change(&home, scene, &set("privacy.mask_names", Some("true"))).await;
    assert_eq!(scene.rows()[0].name, "李*1");
    assert!(!toml(&home).contains("privacy"), "what is usual need not stand there");
    drop(scene);
}

#[tokio::test]
async fn another_file_says_what_it_would_change_before_it_does() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let written = scene.station.export_settings().expect("written");
    let file = fs::read_to_string(&written.path).expect("readable");
    assert!(!file.contains(scene::API_KEY), "a secret went along");
    let same = scene.station.look_at_settings(&file).expect("looked");
    assert!(same.changes.is_empty() && same.faults.is_empty() && same.secrets.is_empty());

    let other = file.replace("confirm = \"none\"", "confirm = \"scan\"\nspeed = 4")
        + "[backup]\nkeep = 2\n";
    let look = scene.station.look_at_settings(&other).expect("looked");
    let told: Vec<_> = look
        .changes
        .iter()
        .map(|it| (it.key.clone(), it.from.clone().unwrap_or_default(), it.to.clone()))
        .collect();
    let key = |key: &str| format!("printer[{PRINTER}].{key}");
    assert_eq!(
        told,
        [
            ("backup.keep".into(), String::new(), Some("2".into())),
            (key("confirm"), "none".into(), Some("scan".into())),
            (key("speed"), String::new(), Some("4".into())),
        ]
    );
    let away = file.replace("\"file:key\"", "\"file:elsewhere\"");
    let asked = scene.station.look_at_settings(&away).expect("looked");
    assert_eq!(asked.secrets, [format!("{} · api_key", scene::ACCOUNT)]);
    let broken = scene.station.look_at_settings("bench = 1").expect("looked");
    assert!(broken.faults.contains("bench|wrong_type"), "{}", broken.faults);
    let refused = scene.station.plan_settings(&SettingsChange::Import { text: "bench = 1".into() });
    assert_eq!(refused.expect_err("faults").code, Code::SettingsRefused);

    let scene = change(&home, scene, &SettingsChange::Import { text: look.text }).await;
    drop(scene);
}

#[tokio::test]
async fn an_imported_file_takes_nothing_away_that_is_waited_for() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    let other = toml(&home).replace(scene::ACCOUNT, "中通");
    let refused = scene.station.plan_settings(&SettingsChange::Import { text: other });
    assert_eq!(refused.expect_err("waited for").code, Code::AccountWaitedFor);
    let practice = include_str!("../../src-tauri/crates/station/data/station.practice.toml").into();
    let refused = scene.station.plan_settings(&SettingsChange::Import { text: practice });
    assert_eq!(refused.expect_err("mixed").code, Code::PracticeMixed);
}
