//! What parcels will cost by the outlets' price lists: from the settings to the sums beside the
//! main button, and never more than an estimate.

use scene::{ACCOUNT, Home, Scene};
use station::{
    config,
    trouble::Code,
    view::{AccountChange, Act, Deed, TariffChange, TariffRow, TariffStep, Totals},
};
use std::fs;

/// 浙江 by fixed prices and 首重, the rest by 首重 alone.
const LISTS: &str = "[[tariff]]\naccount = \"ACCOUNT\"\nprovinces = [\"浙江\", \"上海\"]\n\
    steps = [[300, 230], [500, 260]]\nfirst_g = 1000\nfirst_fen = 300\nnext_g = 1000\n\
    next_fen = 100\nvolume_divisor = 8000\n\n\
    # far\n[[tariff]]\naccount = \"ACCOUNT\"\nfirst_g = 1000\nfirst_fen = 350\nnext_g = 500\n\
    next_fen = 80\n";

const CSV: &str = "订单编号,收货人姓名,联系手机,省,市,区,收货地址,宝贝标题,件数,重量(克),包裹数,体积(cm3),运费付款方式\n\
    F-1,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,300,,,\n\
    F-2,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,301,,,\n\
    F-3,李思雨,13800000002,四川省,成都市,武侯区,天府大道 2 号,保温杯,1,1501,,,\n\
    F-4,李思雨,13800000003,四川省,成都市,武侯区,天府大道 3 号,保温杯,1,,,,\n\
    F-5,李思雨,13800000004,浙江省,杭州市,西湖区,文三路 5 号,保温杯,2,4000,2,,\n\
    F-6,李思雨,13800000005,浙江省,杭州市,西湖区,文三路 6 号,抱枕,1,500,,16001,\n\
    F-7,李思雨,13800000006,四川省,成都市,武侯区,天府大道 7 号,保温杯,1,500,,,到付\n\
    F-8,陈大文,13800000007,香港特别行政区,香港特别行政区,,皇后大道中 8 号,保温杯,1,500,,,\n";

fn toml(home: &Home) -> String {
    fs::read_to_string(home.folder.path().join("station.toml")).expect("settings")
}

fn put(home: &Home, text: &str) {
    config::replace(home.folder.path(), text).expect("written");
}

fn priced() -> Home {
    let home = Home::new("none");
    put(&home, &(toml(&home) + &LISTS.replace("ACCOUNT", ACCOUNT)));
    home
}

async fn scene(home: &Home) -> Scene {
    let scene = home.open().await.expect("opens");
    let report = scene.import(CSV).await.expect("imports");
    assert_eq!(report.added, 8, "{:?}", report.refused);
    scene
}

fn sum(scene: &Scene, orders: &[&str]) -> (i64, u32) {
    let ids: Vec<i64> = orders.iter().map(|order| scene.row(order).id).collect();
    let Totals { freight_fen, unpriced, .. } = scene.station.totals(&ids).expect("adds up");
    (freight_fen, unpriced)
}

fn one(scene: &Scene, order: &str) -> Option<u32> {
    scene.station.detail(scene.row(order).id).expect("detail").freight_fen
}

#[tokio::test]
async fn a_selection_costs_what_its_orders_cost() {
    let home = priced();
    let scene = scene(&home).await;
    for (order, fen) in [
        ("F-1", Some(230)),
        ("F-2", Some(260)),
        ("F-3", Some(350 + 2 * 80)),
        ("F-4", None),
        ("F-5", Some(2 * 400)),
        ("F-6", Some(500)),
        ("F-7", None),
        ("F-8", None),
    ] {
        assert_eq!(one(&scene, order), fen, "{order}");
    }
    assert_eq!(sum(&scene, &["F-1", "F-2"]), (490, 0));
    assert_eq!(sum(&scene, &["F-3", "F-4"]), (510, 1), "nobody knows its weight");
    assert_eq!(sum(&scene, &["F-5", "F-6"]), (1_300, 0), "two parcels; one by its size");
    assert_eq!(sum(&scene, &["F-1", "F-7"]), (230, 0), "the receiver pays");
    assert_eq!(sum(&scene, &["F-1", "F-8"]), (230, 1), "the rest is of the mainland");
    let ids = [scene.row("F-1").id];
    let elsewhere = scene.station.totals_by(&ids, Some("申通")).expect("adds up");
    assert_eq!((elsewhere.freight_fen, elsewhere.unpriced), (0, 1), "by another account");
    assert_eq!(elsewhere.accounts[0].account, "申通");
}

#[tokio::test]
async fn without_price_lists_nothing_is_said() {
    let home = Home::new("none");
    let scene = scene(&home).await;
    assert_eq!(sum(&scene, &["F-1", "F-3", "F-4", "F-8"]), (0, 0));
    assert_eq!(one(&scene, "F-1"), None);
}

/// Orders that go together are one parcel of their weight; parts are one each.
#[tokio::test]
async fn what_goes_together_is_priced_together() {
    let home = priced();
    let scene = scene(&home).await;
    let ids = vec![scene.row("F-1").id, scene.row("F-2").id];
    let deed = Deed::Merge { despite: true };
    scene.station.act(Act { ids: ids.clone(), deed }).await.expect("merged");
    assert_eq!(one(&scene, "F-1"), Some(300), "601 g are beyond the fixed prices");
    assert_eq!(sum(&scene, &["F-1"]), (300, 0));
}

/// As a label shows what was asked for, the estimate of a number is the one it was asked with.
#[tokio::test]
async fn a_number_keeps_the_estimate_it_was_asked_with() {
    let home = priced();
    let mut scene = scene(&home).await;
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert!(scene.row("F-1").waybill_no.is_some());
    let was = one(&scene, "F-1");
    drop(scene);
    put(&home, &toml(&home).replace("230", "250"));
    let scene = home.reopen().await;
    assert_eq!((was, one(&scene, "F-1")), (Some(230), Some(230)));
    assert_eq!(sum(&scene, &["F-1"]), (250, 0), "a selection is added up by the lists of today");
}

fn row(provinces: &[&str], fen: u32) -> TariffRow {
    TariffRow {
        provinces: provinces.iter().map(|&name| name.to_owned()).collect(),
        first_g: Some(1_000),
        first_fen: Some(fen),
        next_g: Some(1_000),
        next_fen: Some(100),
        ..TariffRow::default()
    }
}

fn change(rows: &[TariffRow]) -> TariffChange {
    TariffChange { account: ACCOUNT.into(), rows: rows.to_vec() }
}

#[tokio::test]
async fn a_list_is_changed_on_the_screen_in_its_place_in_the_file() {
    let home = priced();
    let was = toml(&home);
    let scene = scene(&home).await;
    let [setup] = scene.station.tariff_setups().try_into().expect("one account");
    assert_eq!((setup.account.as_str(), setup.rows.len()), (ACCOUNT, 2));
    assert_eq!(setup.rows[0].provinces, ["浙江", "上海"]);
    assert_eq!(setup.rows[0].steps[1], TariffStep { upto_g: 500, fen: 260 });
    let mut rows = setup.rows.clone();
    rows[1].first_fen = Some(360);
    rows.push(row(&["新疆 西藏"], 1_500));
    let text = scene.station.plan_tariffs(&change(&rows)).expect("allowed");
    let full = was.replace("\"浙江\", \"上海\"", "\"浙江省\", \"上海市\"");
    let far = "\n[[tariff]]\naccount = \"ACCOUNT\"\n\
               provinces = [\"新疆维吾尔自治区\", \"西藏自治区\"]\nfirst_g = 1000\n\
               first_fen = 1500\nnext_g = 1000\nnext_fen = 100\n";
    assert_eq!(text, full.replace("= 350", "= 360") + &far.replace("ACCOUNT", ACCOUNT));
    drop(scene);
    put(&home, &text);
    let scene = home.reopen().await;
    assert_eq!(one(&scene, "F-3"), Some(360 + 2 * 80));
    let none = scene.station.plan_tariffs(&change(&[])).expect("allowed");
    assert_eq!(none, was.split("[[tariff]]").next().expect("the rest"));
}

#[tokio::test]
async fn what_cannot_be_is_refused_at_its_row() {
    let home = priced();
    let was = toml(&home);
    let scene = scene(&home).await;
    let dear = TariffRow { first_fen: None, ..row(&["江浙沪"], 0) };
    let twice = row(&["上海"], 300);
    let slip = row(&["浙红 江苏"], 300);
    let plan = scene.station.plan_tariffs(&change(&[dear, twice, slip]));
    let refused = plan.expect_err("refused");
    assert_eq!(refused.code, Code::SettingsRefused);
    let said: Vec<&str> = refused.fields["faults"]
        .lines()
        .map(|line| line.split_once('|').expect("a line number").1)
        .collect();
    assert_eq!(
        said,
        [
            "row[1].first_fen|missing|",
            "row[2].provinces|duplicate|上海市",
            "row[3].provinces|unknown_province|浙红 ≈ 浙江省",
        ]
    );
    let nobody = TariffChange { account: "申通".into(), rows: Vec::new() };
    let code = scene.station.plan_tariffs(&nobody).expect_err("refused").code;
    assert_eq!(code, Code::NoAccount);
    assert_eq!(toml(&home), was, "nothing was written");
}

#[tokio::test]
async fn the_list_of_an_account_goes_with_it() {
    let home = priced();
    let second = "[[carrier]]\nname = \"第二家\"\nkind = \"kdniao\"\nshipper_code = \"ZTO\"\n\
                  business_id = \"test1777000\"\napi_key = \"file:key\"\n\
                  [[tariff]]\naccount = \"第二家\"\nsteps = [[500, 200]]\n";
    put(&home, &(toml(&home) + second));
    let scene = home.open().await.expect("opens");
    let change = AccountChange::Remove { name: "第二家".into() };
    let text = scene.station.plan_accounts(&change).expect("allowed");
    assert!(!text.contains("第二家") && text.contains("steps = [[300, 230]"), "{text}");
}
