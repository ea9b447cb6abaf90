//! The file that must outlive everything: lock, newer files, practice apart, schema as written.

use rusqlite::Connection;
use scene::{Home, orders_csv};
use station::{db, trouble::Code};

#[tokio::test]
async fn a_second_start_is_told_which_one_runs() {
    let home = Home::new("none");
    let first = home.open().await.expect("opens");
    let Err(trouble) = home.open().await else { panic!("opened twice") };
    assert_eq!(trouble.code, Code::HomeLocked);
    assert_eq!(trouble.fields["pid"], std::process::id().to_string());
    drop(first);
    home.open().await.expect("free again");
}

#[tokio::test]
async fn a_newer_file_is_refused_and_left_alone() {
    let home = Home::new("none");
    drop(home.open().await.expect("opens"));
    let path = home.folder.path().join("station.sqlite");
    let db = Connection::open(&path).expect("opens");
    db.pragma_update(None, "user_version", db::KNOWN_VERSION + 1).expect("written");
    drop(db);
    let Err(trouble) = home.open().await else { panic!("opened a newer file") };
    assert_eq!(trouble.code, Code::DatabaseNewer);
    let db = Connection::open(&path).expect("opens");
    let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("version");
    assert_eq!(version, db::KNOWN_VERSION + 1);
}

#[tokio::test]
async fn practice_data_and_real_settings_do_not_mix() {
    let home = Home::new("none");
    drop(home.open().await.expect("opens"));
    let path = home.folder.path().join("station.sqlite");
    let db = Connection::open(&path).expect("opens");
    db.execute("UPDATE meta SET value = '1' WHERE key = 'practice'", []).expect("written");
    drop(db);
    let Err(trouble) = home.open().await else { panic!("mixed") };
    assert_eq!(trouble.code, Code::PracticeMixed);
}

#[tokio::test]
async fn settings_faults_come_all_at_once_with_their_lines() {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("reads");
    let broken = toml
        .replace("language = \"zpl\"", "language = \"zbl\"")
        .replace("paper = \"76x130\"", "papier = \"76x130\"");
    std::fs::write(&path, broken).expect("written");
    let Err(trouble) = home.open().await else { panic!("opened") };
    assert_eq!(trouble.code, Code::BadConfig);
    let faults = &trouble.fields["faults"];
    assert_eq!(faults.lines().count(), 2, "{faults}");
    assert!(
        faults.contains("22|printer[1].language|not_one_of|zpl, tspl, cpcl, epl, escpos"),
        "{faults}"
    );
    assert!(faults.contains("24|printer[1].papier|unknown_key"), "{faults}");
}

/// `schema.sql` is for reading; it must be what the migrations make.
#[test]
fn the_schema_is_the_sum_of_the_migrations() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("new.sqlite");
    drop(db::Db::open(&path).expect("opens"));
    let made = db::schema(&Connection::open(&path).expect("opens")).expect("schema");
    let file =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../src-tauri/crates/station/src/db/schema.sql");
    if std::env::var_os("PACKBENCH_BLESS").is_some() {
        std::fs::write(file, &made).expect("written");
    }
    let read = std::fs::read_to_string(file).expect("schema.sql");
    assert_eq!(read, made, "run with PACKBENCH_BLESS=1 and read the difference");
}

#[tokio::test]
async fn nothing_personal_reaches_the_log_or_another_reader() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new("status");
    let settings = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&settings).expect("settings");
    let sms = "calls_per_s = 200\nsms_template = 7001\nsms_words = [\"Name=receiver\"]\n";
    let toml = toml.replace("calls_per_s = 200\n", sms);
    std::fs::write(&settings, toml).expect("written");
    station::log::start(home.folder.path()).expect("logs");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    scene.station.send_sms(&ids, false).await.expect("asked");
    while scene.station.sms_once(scene::ACCOUNT).await.expect("sends") == station::Ran::Did {}
    assert_eq!(home.world.messages().len(), 3);
    drop(scene);
    let path = home.folder.path().join("station.log");
    let log = std::fs::read_to_string(&path).expect("the log");
    assert!(log.contains("asked"), "something is logged");
    assert!(log.contains("message.id"), "messages too");
    for private in ["李思", "13800000001", "文一西路", "11111111-2222", "0571-88001234"] {
        assert!(!log.contains(private), "{private} in the log");
    }
    for name in ["station.log", "station.sqlite"] {
        let mode = home.folder.path().join(name).metadata().expect(name).permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} can be read by others");
    }
}

#[tokio::test]
async fn what_the_settings_no_longer_have_is_not_waited_for_in_silence() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    let ids = scene.station.list_ids(&scene::query(None)).expect("ids");
    let ask = |ids: &[i64]| station::view::ShipRequest {
        ids: ids.to_vec(),
        account: None,
        printer: None,
        print: true,
    };
    scene.station.ship(ask(&ids[..1])).await.expect("ships");
    scene.station.ask_once(scene::ACCOUNT).await.expect("counts its prepaid numbers");
    scene.station.ask_once(scene::ACCOUNT).await.expect("has a number, no label yet");
    home.world.set_away(true);
    scene.station.ship(ask(&ids[1..])).await.expect("queued");
    drop(scene);
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("reads");
    let renamed = toml.replace(scene::ACCOUNT, "中通").replace(scene::PRINTER, "热敏 2 号");
    std::fs::write(&path, renamed).expect("written");
    let scene = home.open().await.expect("opens");
    let trouble = scene.row("P-2").trouble.expect("a person is asked");
    assert_eq!(trouble.code, Code::NoAccount);
    let detail = scene.station.detail(ids[0]).expect("detail");
    assert!(detail.can.contains(&station::view::Verb::Ship), "can be printed elsewhere");
}

#[tokio::test]
async fn a_number_taken_back_may_come_again_for_another_order() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let first = scene.row("P-1").waybill_no.expect("a number");
    scene.station.void(&first).await.expect("voids");
    scene.settle().await.expect("settles");
    // The carrier gives P-1's old number to a third order, by phone.
    let third = orders_csv(3);
    scene.import(&third).await.expect("imports");
    home.world.set_faults(practice::carrier::Faults {
        lose_after_commit: 1.0,
        ..practice::carrier::Faults::default()
    });
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let id = scene.row("P-3").id;
    scene.station.enter_waybill(id, first.clone()).await.expect("typed");
    assert_eq!(scene.station.resolve(&first).expect("known"), id, "the live one");
}

/// The request holds the receiver and the account's password; once answered, nobody needs it.
#[tokio::test]
async fn what_a_carrier_has_answered_is_not_kept() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    let texts = || {
        let db = Connection::open(home.folder.path().join("station.sqlite")).expect("opens");
        let sql = "SELECT count(*), coalesce(max(length(body) + length(label)), 0) FROM outbox";
        db.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
    };
    let (entries, longest) = texts().expect("the outbox");
    assert!(entries == 2 && longest > 100, "asked with whole texts: {entries}, {longest}");
    scene.settle().await.expect("settles");
    assert_eq!(texts().expect("the outbox"), (2, 0));
    scene.station.void("P-1").await.expect("asked to be taken back");
    scene.settle().await.expect("settles");
    assert_eq!(texts().expect("the outbox"), (3, 0));
}
