//! Finding orders among many, and what people do with a selection before it is sent.

use scene::{Home, Scene, orders_csv, query};
use station::{
    trouble::Code,
    view::{
        Act, ActDone, Deed, Filter, Flag, LeftWhy, ListQuery, Paid, Pieces, SavedFilter,
        ShipRequest, Sort, State, Tab,
    },
};

const DAY_MS: i64 = 86_400_000;

/// Six orders that differ in everything a list can be asked for. The world's day is 2026-11-21.
const MIXED: &str = "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,weight_g,note\n\
    M-1,抖店,2026-11-21 09:00:00,曾乐,13800000921,浙江省,杭州市,余杭区,文一西路 1 号,保温杯,1,400,\n\
    M-2,淘宝,2026-11-20 23:59:59,李思雨,13800000002,四川省,成都市,武侯区,天府大道 2 号,蓝牙耳机 Pro,2,1200,轻放\n\
    M-3,抖店,2026-11-18 12:00:00,王磊,13800000003,广东省,深圳市,南山区,科技园 3 号,保温杯,1,300,\n\
    M-4,拼多多,,赵敏,13800000004,浙江省,杭州市,西湖区,文三路 4 号,机械键盘,1,,\n\
    M-5,抖店,2026-11-21 08:00:00,曾乐,138 0000 0921,浙江省,杭州市,余杭区,文一西路1号,杯刷,1,100,\n\
    M-6,淘宝,2026-11-21 08:30:00,曾乐,13800000921,浙江省,杭州市,余杭区,文一西路 1 号,杯刷,1,100,\n";

async fn mixed(home: &Home) -> Scene {
    let scene = home.open().await.expect("opens");
    let report = scene.import(MIXED).await.expect("imports");
    assert_eq!((report.added, report.held), (6, 0), "{report:?}");
    scene
}

fn numbers(scene: &Scene, query: &ListQuery) -> Vec<String> {
    let page = scene.station.list(query).expect("lists");
    let ids = scene.station.list_ids(query).expect("ids");
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), ids, "one order for both");
    assert_eq!(page.total as usize, ids.len());
    page.rows.into_iter().map(|row| row.order_no).collect()
}

fn narrowed(scene: &Scene, filter: Filter) -> Vec<String> {
    numbers(scene, &ListQuery { filter, ..query(Some(Tab::Pending)) })
}

#[tokio::test]
async fn filters_narrow_alone_and_together() {
    let home = Home::new("none");
    let scene = mixed(&home).await;
    let none = Filter::default;
    let texts = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let of = |filter| narrowed(&scene, filter);
    assert_eq!(of(none()), ["M-3", "M-2", "M-5", "M-6", "M-1", "M-4"], "oldest first");
    assert_eq!(of(Filter { shops: texts(&["淘宝", "拼多多"]), ..none() }), ["M-2", "M-6", "M-4"]);
    let provinces = texts(&["四川省", "广东省"]);
    assert_eq!(of(Filter { provinces, ..none() }), ["M-3", "M-2"]);
    assert_eq!(of(Filter { pieces: Some(Pieces::Multi), ..none() }), ["M-2"]);
    assert_eq!(of(Filter { pieces: Some(Pieces::Single), ..none() }).len(), 5);
    assert_eq!(of(Filter { remark: Some(true), ..none() }), ["M-2"]);
    assert_eq!(of(Filter { remark: Some(false), ..none() }).len(), 5);
    let weight = Filter { weight_from_g: Some(300), weight_to_g: Some(400), ..none() };
    assert_eq!(of(weight), ["M-3", "M-1"], "what has no weight is in no range");
    let paid = |paid| of(Filter { paid: Some(paid), ..none() });
    assert_eq!(paid(Paid::Today), ["M-5", "M-6", "M-1"], "China's day");
    assert_eq!(paid(Paid::Yesterday), ["M-2"]);
    assert_eq!(paid(Paid::OlderThan { hours: 48 }), ["M-3"]);
    let to_ms = home.world.now_ms() - DAY_MS;
    assert_eq!(paid(Paid::Between { from_ms: 0, to_ms }), ["M-3"]);
    assert_eq!(of(Filter { mergeable: true, ..none() }), ["M-5", "M-1"], "one shop, one buyer");
    assert_eq!(scene.station.mergeable().expect("counts"), 2);
    let both = Filter { shops: texts(&["抖店"]), weight_to_g: Some(350), ..none() };
    assert_eq!(of(both), ["M-3", "M-5"]);
    assert_eq!(of(Filter { accounts: texts(&[scene::ACCOUNT]), ..none() }).len(), 6, "by rule");
    assert!(of(Filter { accounts: texts(&["别的"]), ..none() }).is_empty());
}

#[tokio::test]
async fn sorted_by_anything_both_ways() {
    let home = Home::new("none");
    let scene = mixed(&home).await;
    let by = |sort, descending| {
        numbers(&scene, &ListQuery { sort, descending, ..query(Some(Tab::Pending)) })
    };
    assert_eq!(by(Sort::Paid, true), ["M-4", "M-1", "M-6", "M-5", "M-2", "M-3"]);
    assert_eq!(by(Sort::Order, true)[0], "M-6");
    assert_eq!(by(Sort::Weight, true)[..2], ["M-2", "M-1"]);
    assert_eq!(
        by(Sort::Weight, false)[..2],
        ["M-4", "M-5"],
        "not weighed first, then the lightest"
    );
    let goods = by(Sort::Goods, false);
    let at = |no: &str| goods.iter().position(|one| one == no).expect("listed");
    assert_eq!(at("M-1"), at("M-3") + 1, "the same goods lie together: {goods:?}");
    assert_eq!(by(Sort::Province, false).len(), 6);
    assert_eq!(by(Sort::Carrier, false), by(Sort::Paid, false), "all by one carrier");
}

#[tokio::test]
async fn found_by_whatever_is_at_hand() {
    let home = Home::new("none");
    let mut scene = mixed(&home).await;
    let found = |scene: &Scene, search: &str| {
        numbers(scene, &ListQuery { search: search.into(), ..query(None) })
    };
    assert_eq!(found(&scene, "0003"), ["M-3"], "the end of a phone");
    assert_eq!(found(&scene, "m-4"), ["M-4"]);
    assert_eq!(found(&scene, "思雨"), ["M-2"]);
    assert_eq!(found(&scene, "lsy"), ["M-2"], "a name's first letters");
    assert_eq!(found(&scene, "ZL").len(), 3, "曾 is read zēng");
    assert_eq!(found(&scene, "cl").len(), 3, "and céng");
    assert_eq!(found(&scene, "lyej"), ["M-2"], "goods' first letters");
    assert_eq!(found(&scene, "%"), [""; 0], "signs mean themselves");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let no = scene.row("M-3").waybill_no.expect("a number");
    assert_eq!(found(&scene, &no[4..]), ["M-3"], "a piece of the waybill's number");
    assert_eq!(found(&scene, &no.to_lowercase()), ["M-3"]);
}

/// An older program's rows have neither first letters nor buyers.
#[tokio::test]
async fn older_orders_are_found_as_well() {
    let home = Home::new("none");
    drop(mixed(&home).await);
    let path = home.folder.path().join("station.sqlite");
    let db = rusqlite::Connection::open(&path).expect("opens");
    let old = "UPDATE orders SET search = lower(number); UPDATE shipment SET buyer = 0;
               DELETE FROM meta WHERE key = 'words';";
    db.execute_batch(old).expect("as it was");
    drop(db);
    let scene = home.open().await.expect("opens");
    let search = ListQuery { search: "lsy".into(), ..query(None) };
    assert_eq!(numbers(&scene, &search), ["M-2"]);
    assert_eq!(scene.station.mergeable().expect("counts"), 2);
}

#[tokio::test]
async fn totals_and_saved_filters() {
    let home = Home::new("none");
    let scene = mixed(&home).await;
    let ids = scene.station.list_ids(&query(Some(Tab::Pending))).expect("ids");
    let sum = scene.station.totals(&ids).expect("adds up");
    assert_eq!((sum.shipments, sum.orders, sum.parcels, sum.pieces), (6, 6, 6, 7));
    assert_eq!((sum.weight_g, sum.unweighed), (2_100, 1));
    assert_eq!((sum.accounts[0].account.as_str(), sum.accounts[0].n), (scene::ACCOUNT, 6));

    let filter = Filter { remark: Some(true), ..Filter::default() };
    let query = ListQuery { filter, sort: Sort::Goods, ..query(Some(Tab::Pending)) };
    let save = |slot, name: &str| SavedFilter { slot, name: name.into(), query: query.clone() };
    scene.station.save_filter(save(3, " 有备注 ")).await.expect("kept");
    assert!(scene.station.save_filter(save(10, "no key")).await.expect("asked").len() == 1);
    scene.station.save_filter(save(1, "")).await.expect("asked");
    drop(scene);
    let scene = home.open().await.expect("opens again");
    let kept = scene.station.saved_filters().expect("reads");
    assert_eq!((kept.len(), kept[0].slot, kept[0].name.as_str()), (1, 3, "有备注"));
    assert_eq!(numbers(&scene, &ListQuery { limit: 100, ..kept[0].query.clone() }), ["M-2"]);
    assert!(scene.station.drop_filter(3).await.expect("dropped").is_empty());
}

fn all(scene: &Scene) -> Vec<i64> {
    scene.station.list_ids(&query(None)).expect("ids")
}

async fn act(scene: &Scene, ids: &[i64], deed: Deed) -> ActDone {
    scene.station.act(Act { ids: ids.to_vec(), deed }).await.expect("acts")
}

fn left(done: &ActDone) -> Vec<(LeftWhy, u32)> {
    done.left.iter().map(|left| (left.why, left.n)).collect()
}

#[tokio::test]
async fn a_hold_stays_until_a_person_lets_go() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(4)).await.expect("imports");
    let ids = all(&scene);
    scene.station.scan("P-4").await.expect("ships one");
    scene.settle().await.expect("settles");
    let hold = Deed::Hold { why: "等买家改地址".into() };
    let done = act(&scene, &ids[1..], hold.clone()).await;
    assert_eq!((done.done, left(&done)), (2, vec![(LeftWhy::Numbered, 1)]));
    let row = scene.row("P-2");
    let trouble = row.trouble.expect("told");
    assert_eq!((row.state, trouble.code), (State::Held, Code::OnHold));
    assert_eq!(trouble.fields["why"], "等买家改地址");
    // Neither an import, nor an edit, nor a start, nor shipping everything lets it go.
    scene.import(&orders_csv(4)).await.expect("imports again");
    let edit = scene.station.detail(row.id).expect("detail").edit;
    scene.station.fix_order(row.id, edit).await.expect("edited");
    drop(scene);
    let mut scene = home.open().await.expect("opens");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(home.world.issued().len(), 2, "P-1 and P-4");
    assert_eq!(scene.row("P-3").state, State::Held);
    let done = act(&scene, &all(&scene), Deed::Release).await;
    assert_eq!((done.done, left(&done)), (2, vec![(LeftWhy::Numbered, 2)]));
    assert_eq!(scene.row("P-2").state, State::Ready);
    // Taken back, it is held again with the same words; taken back twice there is nothing.
    assert_eq!(scene.station.undo().await.expect("undone").done, 2);
    let trouble = scene.row("P-3").trouble.expect("told again");
    assert_eq!(trouble.fields["why"], "等买家改地址");
    assert_eq!(scene.station.undo().await.unwrap_err().code, Code::NothingBefore);
    scene.check(4);
}

#[tokio::test]
async fn flags_and_notes_stand_beside_the_states() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    let ids = all(&scene);
    let flag = Deed::Flag { flag: Some(Flag::Purple) };
    assert_eq!(act(&scene, &ids[..2], flag.clone()).await.done, 2);
    let again = act(&scene, &ids, flag).await;
    assert_eq!((again.done, left(&again)), (1, vec![(LeftWhy::Already, 2)]));
    act(&scene, &ids[..1], Deed::Note { text: " 老客户 ".into() }).await;
    let row = scene.row("P-1");
    assert_eq!((row.flag, row.memo.as_str()), (Some(Flag::Purple), "老客户"));
    let flags = Filter { flags: vec![Flag::Purple, Flag::Red], ..Filter::default() };
    assert_eq!(narrowed(&scene, flags).len(), 3);
    let remark = Filter { remark: Some(true), ..Filter::default() };
    assert_eq!(narrowed(&scene, remark), ["P-1"]);
    // Only the last act is taken back, also when its order was sent meanwhile.
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.station.undo_offer().expect("offers").map(|offer| offer.n), Some(1));
    scene.station.undo().await.expect("undone");
    let row = scene.row("P-1");
    assert_eq!((row.flag, row.memo.as_str()), (Some(Flag::Purple), ""));
    assert_eq!(scene.station.undo_offer().expect("offers"), None);
}

/// An account that goes to another carrier; the world speaks for both.
fn second_account(home: &Home) {
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let first = toml.find("[[carrier]]").expect("an account");
    let end = toml.find("[[printer]]").expect("a printer");
    let other = toml[first..end].replace(scene::ACCOUNT, "中通");
    std::fs::write(&path, format!("{}{other}{}", &toml[..end], &toml[end..])).expect("written");
}

#[tokio::test]
async fn a_chosen_carrier_is_asked_and_can_be_taken_back() {
    let home = Home::new("none");
    second_account(&home);
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    let ids = all(&scene);
    let by = |name: &str| Deed::Carrier { account: Some(name.into()) };
    assert_eq!(act(&scene, &ids, by("中通")).await.done, 3);
    assert_eq!(scene.row("P-1").account, "中通");
    let accounts = Filter { accounts: vec!["中通".into()], ..Filter::default() };
    assert_eq!(narrowed(&scene, accounts).len(), 3);
    scene.station.scan("P-1").await.expect("ships");
    // One is at its carrier: the other two are taken back, and it is said.
    let undone = scene.station.undo().await.expect("undone");
    assert_eq!((undone.done, left(&undone)), (2, vec![(LeftWhy::AtCarrier, 1)]));
    assert_eq!(scene.row("P-2").account, scene::ACCOUNT);
    scene.station.ask_once("中通").await.expect("counts its numbers");
    scene.station.ask_once("中通").await.expect("asks");
    assert_eq!(scene.row("P-1").account, "中通");
    assert_eq!(home.world.issued().len(), 1);
    let unknown = Act { ids, deed: by("没有的") };
    assert_eq!(scene.station.act(unknown).await.unwrap_err().code, Code::NoAccount);
    scene.settle().await.expect("settles");
}

#[tokio::test]
async fn voiding_many_says_which_have_no_number() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(4)).await.expect("imports");
    for code in ["P-1", "P-2"] {
        scene.station.scan(code).await.expect("ships");
    }
    scene.settle().await.expect("settles");
    let done = act(&scene, &all(&scene), Deed::Void).await;
    assert_eq!((done.done, left(&done)), (2, vec![(LeftWhy::NoNumber, 2)]));
    assert_eq!(scene.station.undo_offer().expect("offers"), None, "the carrier was asked");
    let again = act(&scene, &all(&scene), Deed::Void).await;
    assert_eq!(left(&again), vec![(LeftWhy::AtCarrier, 2), (LeftWhy::NoNumber, 2)]);
    scene.settle().await.expect("settles");
    assert!(home.world.issued().iter().all(|issued| issued.voided));
    let done = act(&scene, &all(&scene), Deed::Release).await;
    assert_eq!((done.done, left(&done)), (2, vec![(LeftWhy::Already, 2)]));
    scene.check(4);
}

/// Nobody waits for a thousand labels to get the one in front of them.
#[tokio::test]
async fn a_single_order_overtakes_a_batch() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(11)).await.expect("imports");
    let ids = all(&scene);
    let ship =
        |ids: &[i64]| ShipRequest { ids: ids.to_vec(), account: None, printer: None, print: true };
    scene.station.ship(ship(&ids[..10])).await.expect("ships ten");
    scene.turn().await.expect("turns");
    scene.station.ship(ship(&ids[10..])).await.expect("ships one");
    while scene.row("P-11").state != State::Printed {
        scene.turn().await.expect("turns");
        home.world.tick(50);
    }
    assert!(home.world.issued().len() < 10, "the batch is not through yet");
    scene.settle().await.expect("settles");
    assert_eq!(scene.status().counts.printed, 11);
    scene.check(11);
}
