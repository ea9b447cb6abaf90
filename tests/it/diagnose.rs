//! The bundle for support tells how the station is, and of nobody.

use scene::{Home, orders_csv};
use station::diagnose;
use std::{fs, io::Read};

const GONE: [&str; 11] = [
    "李思1",
    "13800000001",
    "文一西路",
    "拾光家居",
    "0571-88001234",
    "test1777000",
    "K00000000",
    "Anna Berg",
    "14 Mill Lane",
    "anna@example.test",
    scene::API_KEY,
];

#[tokio::test]
async fn it_holds_versions_settings_counts_and_the_log_and_nothing_of_anybody() {
    let home = Home::new("status");
    let mut scene = home.open().await.expect("opens");
    let csv = orders_csv(1)
        + "P-2,抖店,2026-11-20 10:00:00,Anna Berg,13800000001,浙江省,杭州市,余杭区,\
           14 Mill Lane,保温杯,1,400,\n";
    scene.import(&csv).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    // A log as it never is: everything that must not stand in it.
    let log = GONE.map(|text| format!("2026-11-22T03:04:05Z ERROR failed: {text} !\n")).concat();
    fs::write(home.folder.path().join("station.log"), log).expect("written");

    let about = [("version", "0.1.0".to_owned())];
    // The station is at work beside it.
    let path = diagnose::write(home.folder.path(), &about, 1_795_000_000_000).expect("written");
    let mut zip = zip::ZipArchive::new(fs::File::open(&path).expect("opens")).expect("a zip");
    let mut all = String::new();
    for n in 0..zip.len() {
        let mut file = zip.by_index(n).expect("a file");
        all.push_str(&format!("== {:?}\n", file.name()));
        file.read_to_string(&mut all).expect("text");
    }
    for gone in GONE {
        assert!(!all.contains(gone), "{gone} in\n{all}");
    }
    for said in ["version: 0.1.0", "\"printed\": 2", "printer[].confirm = status", "ERROR failed:"]
    {
        assert!(all.contains(said), "{said} not in\n{all}");
    }
}

#[tokio::test]
async fn it_is_written_also_where_nothing_opens() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("station.toml"), "[sender]\nname = 欧阳\n").expect("written");
    let path = diagnose::write(folder.path(), &[], 1).expect("written");
    let mut zip = zip::ZipArchive::new(fs::File::open(path).expect("opens")).expect("a zip");
    let mut said = String::new();
    let mut file = zip.by_name("settings.txt").expect("there");
    file.read_to_string(&mut said).expect("text");
    assert!(said.contains("fault in line 2") && !said.contains("欧阳"), "{said}");
}
