//! What accounts say before a number is taken: asked only of those whose settings allow it.

use scene::{Home, Scene, orders_csv};
use station::trouble::{Code, Trouble};

async fn opened(home: &Home, more: &str) -> Scene {
    let settings = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&settings).expect("settings");
    let toml = toml.replace("calls_per_s", &format!("{more}calls_per_s"));
    std::fs::write(&settings, toml).expect("written");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    scene
}

#[tokio::test]
async fn prices_stand_cheapest_first_and_reach_with_its_time() {
    let home = Home::new("none");
    let scene = opened(&home, "pickup = true\nqueries = true\n").await;
    let id = scene.row("P-1").id;
    let found = scene.station.rates(id).await.expect("prices");
    let sums: Vec<(&str, i64)> =
        found.rates.iter().map(|rate| (rate.carrier.as_str(), rate.total_minor)).collect();
    // 400 g: the first kilogram alone.
    let want = [("JTSD", 650), ("STO", 680), ("YD", 690), ("YTO", 700), ("ZTO", 750)];
    assert_eq!(sums, want);
    assert_eq!((found.weight_g, found.failed.len()), (400, 0));
    let ways = scene.station.ways(id).await.expect("asked").ways;
    assert_eq!((ways.len(), ways[0].yes), (1, Some(true)));
    assert!(ways[0].hours.is_some_and(|hours| hours >= 20), "{ways:?}");

    let text = "李四 17000000001-1234 北京市 北京市 朝阳区 样例街 2 号";
    let found = scene.station.split_address(scene::ACCOUNT, text).await.expect("split");
    assert_eq!((found.name.as_str(), found.phone.as_str()), ("李四", "17000000001-1234"));
    assert_eq!((found.district.as_str(), found.detail.as_str()), ("朝阳区", "样例街2号"));
}

#[tokio::test]
async fn nothing_that_costs_is_asked_unless_the_settings_say_so() {
    let home = Home::new("none");
    let scene = opened(&home, "").await;
    let id = scene.row("P-1").id;
    let code = |trouble: Trouble| trouble.code;
    assert_eq!(scene.station.rates(id).await.map_err(code), Err(Code::NoOffer));
    assert_eq!(scene.station.ways(id).await.map_err(code), Err(Code::NoOffer));
    let split = scene.station.split_address(scene::ACCOUNT, "李四").await;
    assert_eq!(split.map_err(code), Err(Code::NoOffer));
}
