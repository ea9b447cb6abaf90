//! What accounts say before a number is taken: asked only of those whose settings allow it.

use scene::{ACCOUNT, Home, Scene, Speech, orders_csv};
use station::trouble::{Code, Trouble};

async fn opened(home: &Home, more: &str) -> Scene {
    let settings = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&settings).expect("settings");
    let toml = toml.replacen("calls_per_s", &format!("{more}calls_per_s"), 1);
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

/// Further accounts of the home, each by the name and in the protocol.
fn add(home: &Home, accounts: &[(&str, Speech)]) {
    let settings = home.folder.path().join("station.toml");
    let mut toml = std::fs::read_to_string(&settings).expect("settings");
    for (name, speech) in accounts {
        let of = speech.settings();
        let endpoint = "endpoint = \"http://127.0.0.1:9\"\ncalls_per_s = 200";
        toml.push_str(&format!("[[carrier]]\nname = \"{name}\"\n{endpoint}\n{of}\n"));
    }
    std::fs::write(&settings, toml).expect("written");
}

#[tokio::test]
async fn whoever_says_prices_says_them_with_their_times() {
    // 400 g from Hangzhou; Karrio's are of dollars.
    for (speech, price, currency) in [
        (Speech::Sf, 1_800, "CNY"),
        (Speech::SfToken, 1_800, "CNY"),
        (Speech::Jd, 950, "CNY"),
        (Speech::Kuaidi100, 1_050, "CNY"),
        (Speech::Karrio, 1_250, "USD"),
    ] {
        let home = Home::speaking(speech, "none", 1);
        let scene = opened(&home, "").await;
        let id = scene.row("P-1").id;
        let found = scene.station.rates(id).await.expect("prices");
        assert_eq!(found.failed, [], "{speech:?}");
        let first = &found.rates[0];
        assert_eq!((first.total_minor, first.currency.as_str()), (price, currency), "{speech:?}");
    }
    for speech in [Speech::Sf, Speech::Kuaidi100] {
        let home = Home::speaking(speech, "none", 1);
        let scene = opened(&home, "").await;
        let ways = scene.station.ways(scene.row("P-1").id).await.expect("asked");
        assert_eq!(ways.failed, [], "{speech:?}");
        assert!(!ways.ways[0].when.is_empty(), "{speech:?}");
    }
}

#[tokio::test]
async fn every_account_stands_with_what_it_says_and_the_cheapest_first() {
    let home = Home::new("none");
    let of = [("顺丰", Speech::Sf), ("京东", Speech::Jd), ("中通", Speech::Zto)];
    add(&home, &of);
    add(&home, &[("海外", Speech::Karrio)]);
    let scene = opened(&home, "pickup = true\n").await;
    let id = scene.row("P-1").id;
    let found = scene.station.offers(id).await.expect("asked");
    let said: Vec<_> = found
        .offers
        .iter()
        .map(|offer| {
            let price = offer.price.as_ref().map(|price| price.total_minor);
            (offer.way.status.name.as_str(), price, offer.usual, offer.reaches)
        })
        .collect();
    assert_eq!(
        said,
        [
            (ACCOUNT, Some(700), true, Some(true)),
            ("京东", Some(950), false, Some(true)),
            ("顺丰", Some(1_800), false, None),
            ("海外", Some(1_250), false, None),
            ("中通", None, false, None),
        ]
    );
    // Two days of the promise; KDNiao's other prices are nobody's here.
    assert_eq!(found.offers[2].days, Some(2));
    let others: Vec<&str> = found.others.iter().map(|rate| rate.carrier.as_str()).collect();
    assert_eq!(others, ["JTSD", "STO", "YD", "ZTO"]);
    assert!(found.offers.iter().all(|offer| offer.failed.is_none()), "{found:?}");
    assert_eq!(scene.world.issued(), [], "nothing was ordered");

    // With the network away each says so beside what is known of it without asking.
    home.world.set_away(true);
    let found = scene.station.offers(id).await.expect("asked");
    let asked: Vec<bool> = found.offers.iter().map(|offer| offer.failed.is_some()).collect();
    // 中通 was never asked.
    assert_eq!(asked, [true, true, true, false, true]);
    assert!(found.offers.iter().all(|offer| offer.price.is_none()));
}

#[tokio::test]
async fn who_does_not_go_there_stands_last() {
    let home = Home::new("none");
    add(&home, &[("京东", Speech::Jd)]);
    let scene = opened(&home, "").await;
    let far =
        orders_csv(1).replace("P-1", "P-9").replace("浙江省,杭州市,余杭区", "海南省,三沙市,西沙区");
    scene.import(&far).await.expect("imports");
    let found = scene.station.offers(scene.row("P-9").id).await.expect("asked");
    let last = found.offers.last().expect("two accounts");
    assert_eq!((last.way.status.name.as_str(), last.reaches), ("京东", Some(false)));
    assert!(last.said.contains("派送范围"), "{last:?}");
}

#[tokio::test]
async fn a_parcels_route_is_drawn_by_who_says_it_and_offered_by_nobody_else() {
    let home = Home::new("none");
    let mut scene = opened(&home, "queries = true\n").await;
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let id = scene.row("P-1").id;
    let maps = scene.station.detail(id).expect("detail").track.expect("followed").maps;
    assert!(maps);
    let route = scene.station.route_map(id, false).await.expect("asked");
    assert_eq!(route.passed[0].place, "杭州市");
    assert_eq!((route.passed.len(), route.ahead.len()), (2, 2));
    assert!(route.url.ends_with(&scene.row("P-1").waybill_no.expect("a number")));
    let (from, first) = (route.from.expect("said"), &route.passed[0]);
    assert_eq!((from.lat_udeg, from.lng_udeg), (first.lat_udeg, first.lng_udeg));

    let home = Home::speaking(Speech::Sf, "none", 1);
    let mut scene = opened(&home, "").await;
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let id = scene.row("P-1").id;
    let track = scene.station.detail(id).expect("detail").track;
    assert!(track.is_none_or(|track| !track.maps));
    let none = scene.station.route_map(id, false).await.expect_err("SF draws none");
    assert_eq!(none.code, Code::NoOffer);
}
