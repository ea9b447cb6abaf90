//! Orders that are sent for others: under whose name is decided once, seen before, changed by a
//! person, and never changed by the settings once a number was asked for.

use scene::{ACCOUNT, Home, Scene, Speech, kill_after, query};
use station::{
    config,
    order::FaultCode,
    sheet::{Paper, SheetKind},
    trouble::{Code, Trouble},
    view::{
        Act, ActDone, Deed, Differs, LeftWhy, OrderDraft, OrderEdit, PickupRequest, PickupWay,
        State, Tab,
    },
};
use std::fs;

mod plan;

/// Two orders of a shop of others, one of our own.
const CSV: &str = "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,weight_g\n\
    S-1,小鹿旗舰店,2026-11-20 10:00:00,李思,13800000001,四川省,成都市,武侯区,天府大道 1 号,保温杯,2,400\n\
    S-2,小鹿旗舰店,2026-11-20 10:01:00,王磊,13800000002,四川省,成都市,武侯区,天府大道 2 号,杯刷,1,100\n\
    S-3,抖店,2026-11-20 10:02:00,陈晓,13800000003,四川省,成都市,武侯区,天府大道 3 号,袜子,1,90\n";

const DEER: &str = "[[sender_profile]]\nprofile = \"小鹿\"\nshops = [\"小鹿旗舰店\"]\n\
    name = \"小鹿生活\"\nphone = \"0571-88005678\"\nprovince = \"浙江省\"\ncity = \"宁波市\"\n\
    district = \"海曙区\"\ndetail = \"样例路 7 号\"\n";
const BEAR: &str = "[[sender_profile]]\nprofile = \"大熊\"\n\
    name = \"大熊玩具\"\nphone = \"020-88009999\"\nprovince = \"广东省\"\ncity = \"广州市\"\n\
    district = \"天河区\"\ndetail = \"样例街 9 号\"\n";

fn home(confirm: &str, profiles: &str) -> Home {
    let home = Home::new(confirm);
    put(&home, &(toml(&home) + profiles));
    home
}

fn toml(home: &Home) -> String {
    fs::read_to_string(home.folder.path().join("station.toml")).expect("settings")
}

fn put(home: &Home, text: &str) {
    config::replace(home.folder.path(), text).expect("written");
}

async fn scene(home: &Home) -> Scene {
    let scene = home.open().await.expect("opens");
    assert_eq!(scene.import(CSV).await.expect("imports").added, 3);
    scene
}

/// Who the carrier was told sends an order.
fn told(home: &Home, order: &str) -> (String, String) {
    let asked = home.world.last_request(order).expect("asked");
    let of = |key: &str| asked["Sender"][key].as_str().unwrap_or_default().to_owned();
    (of("Name"), of("CityName"))
}

fn names(name: &str, city: &str) -> (String, String) {
    (name.to_owned(), city.to_owned())
}

async fn send_as(scene: &Scene, ids: Vec<i64>, profile: Option<&str>) -> ActDone {
    let deed = Deed::Sender { profile: profile.map(str::to_owned) };
    scene.station.act(Act { ids, deed }).await.expect("acts")
}

#[tokio::test]
async fn an_order_goes_under_the_name_of_its_shop() {
    let home = home("status", &format!("{DEER}{BEAR}"));
    let mut scene = scene(&home).await;
    let sender = |order| scene.station.detail(scene.row(order).id).expect("detail").sender;
    let before = sender("S-1");
    assert_eq!((before.profile.as_str(), before.name.as_str()), ("小鹿", "小鹿生活"));
    assert_eq!((before.chosen, before.frozen), (false, false));
    assert_eq!(before.place, "浙江省宁波市海曙区样例路 7 号");
    let ours = sender("S-3");
    assert_eq!((ours.profile.as_str(), ours.name.as_str()), ("", "拾光家居"));
    assert_eq!((scene.row("S-2").sender.as_str(), scene.row("S-3").sender.as_str()), ("小鹿", ""));
    assert_eq!(scene.station.facets().expect("facets").senders, ["小鹿", "大熊"]);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(told(&home, "S-1"), names("小鹿生活", "宁波市"));
    assert_eq!(told(&home, "S-2"), names("小鹿生活", "宁波市"));
    assert_eq!(told(&home, "S-3"), names("拾光家居", "杭州市"));
    scene.check(3);
}

/// The label, and every copy of it, shows who the carrier was told, whatever the settings say now.
#[tokio::test]
async fn what_was_asked_for_stays_whatever_the_settings_become() {
    let home = home("none", DEER);
    let mut scene = scene(&home).await;
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let id = scene.row("S-1").id;
    let label = scene.station.label_png(id).expect("drawn");
    let slip = scene.station.sheet(SheetKind::Return, &[id], Paper::A4).expect("drawn");
    drop(scene);
    put(&home, &toml(&home).replace("小鹿生活", "小鹿优选").replace("样例路 7", "样例路 70"));
    let mut scene = home.reopen().await;
    assert_eq!(scene.station.label_png(id).expect("drawn"), label);
    let was = scene.station.detail(id).expect("detail").sender;
    assert_eq!((was.name.as_str(), was.profile.as_str(), was.frozen), ("小鹿生活", "小鹿", true));
    assert_eq!(scene.station.sheet(SheetKind::Return, &[id], Paper::A4).expect("drawn"), slip);
    assert_eq!(scene.row("S-1").sender, "小鹿");
    drop(scene);
    // Nobody waits for it, so it may go; what went under its name still does.
    put(&home, toml(&home).split("[[sender_profile]]").next().unwrap_or_default());
    scene = home.reopen().await;
    assert_eq!(scene.station.label_png(id).expect("drawn"), label);
    assert_eq!(scene.row("S-1").sender, "小鹿");
    scene.check(3);
}

#[tokio::test]
async fn a_person_chooses_for_many_until_a_carrier_is_asked() {
    let home = home("none", &format!("{DEER}{BEAR}"));
    let mut scene = scene(&home).await;
    let ids = scene.station.list_ids(&query(Some(Tab::Pending))).expect("ids");
    scene.station.scan("S-2").await.expect("ships");
    scene.settle().await.expect("settles");
    let done = send_as(&scene, ids.clone(), Some("大熊")).await;
    assert_eq!(done.done, 2);
    assert_eq!((done.left[0].why, done.left[0].n), (LeftWhy::Numbered, 1));
    assert_eq!(send_as(&scene, vec![ids[0]], Some("大熊")).await.left[0].why, LeftWhy::Already);
    let chosen = scene.station.detail(ids[0]).expect("detail");
    assert!(chosen.sender.chosen && chosen.sender.name == "大熊玩具", "{:?}", chosen.sender);
    assert!(chosen.history.iter().any(|it| it.event == "sender_chosen" && it.note == "大熊"));
    // Taken back, each is as it was: by its shop, and by nothing.
    assert_eq!(scene.station.undo().await.expect("undone").done, 2);
    assert_eq!((scene.row("S-1").sender.as_str(), scene.row("S-3").sender.as_str()), ("小鹿", ""));
    // The house itself, although the shop has a profile.
    assert_eq!(send_as(&scene, vec![ids[0]], Some("-")).await.done, 1);
    assert_eq!(scene.row("S-1").sender, "");
    assert_eq!(send_as(&scene, vec![ids[2]], Some("大熊")).await.done, 1);
    let unknown = Deed::Sender { profile: Some("老虎".into()) };
    let refused = scene.station.act(Act { ids, deed: unknown }).await.unwrap_err();
    assert_eq!((refused.code, refused.fields["name"].as_str()), (Code::NoSender, "老虎"));
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(told(&home, "S-1"), names("拾光家居", "杭州市"));
    assert_eq!(told(&home, "S-2"), names("小鹿生活", "宁波市"));
    assert_eq!(told(&home, "S-3"), names("大熊玩具", "广州市"));
}

#[tokio::test]
async fn by_account_too_and_the_first_that_fits() {
    let by = BEAR.replace(
        "name = \"大熊玩具\"",
        &format!("carriers = [\"{ACCOUNT}\"]\nname = \"大熊玩具\""),
    );
    let home = home("none", &format!("{DEER}{by}"));
    let mut scene = scene(&home).await;
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(told(&home, "S-1").0, "小鹿生活", "the first that fits");
    assert_eq!(told(&home, "S-3").0, "大熊玩具");
}

#[tokio::test]
async fn a_file_or_a_form_may_name_it() {
    let home = home("none", &format!("{DEER}{BEAR}"));
    let scene = home.open().await.expect("opens");
    let rows = ["大熊", "小鹿生活", "拾光家居", "老虎", ""];
    let csv: String = CSV
        .lines()
        .take(1)
        .map(|line| format!("{line},寄件人\n"))
        .chain(rows.iter().enumerate().map(|(n, name)| {
            format!(
                "N-{n},小鹿旗舰店,2026-11-20 10:00:0{n},李思,1380000000{n},四川省,成都市,武侯区,\
                 天府大道 {n} 号,保温杯,1,400,{name}\n"
            )
        }))
        .collect();
    let report = scene.import(&csv).await.expect("imports");
    assert_eq!((report.added, report.held), (5, 1));
    let sender = |n: usize| scene.row(&format!("N-{n}")).sender;
    assert_eq!([0, 1, 2, 4].map(sender), ["大熊", "小鹿", "", "小鹿"]);
    let held = scene.row("N-3");
    assert_eq!((held.state, held.faults[0].code), (State::Held, FaultCode::SenderUnknown));
    assert_eq!(held.faults[0].what, "老虎");
    let edit = OrderEdit {
        name: "李思".into(),
        phone: "13800000009".into(),
        province: "四川省".into(),
        city: "成都市".into(),
        district: "武侯区".into(),
        detail: "天府大道 9 号".into(),
        parcels: 1,
        ..OrderEdit::default()
    };
    let draft = OrderDraft { edit, sender: Some("大熊".into()), ..OrderDraft::default() };
    let typed = scene.station.add_order(draft.clone()).await.expect("kept");
    assert_eq!(typed.sender.name, "大熊玩具");
    let wrong = OrderDraft { sender: Some("老虎".into()), ..draft };
    assert_eq!(scene.station.add_order(wrong).await.unwrap_err().code, Code::NoSender);
    // Two rows of one order that name different ones are a mistake of the file.
    let row = |goods: &str, name: &str| {
        format!("N-9,小鹿旗舰店,,李,13800000000,四川省,成都市,武侯区,一号,{goods},1,1,{name}\n")
    };
    let heads = csv.lines().next().unwrap_or_default();
    let double = format!("{heads}\n{}{}", row("杯", "大熊"), row("刷", "小鹿"));
    assert_eq!(scene.import(&double).await.expect("reads").refused_count, 2);
    drop(scene);
    // Once the settings know it, the held order goes on by itself.
    put(&home, &(toml(&home) + &BEAR.replace("大熊", "老虎")));
    let scene = home.reopen().await;
    assert_eq!((scene.row("N-3").state, scene.row("N-3").sender.as_str()), (State::Ready, "老虎"));
}

/// A house without profiles reads files with a sender's column as ever.
#[tokio::test]
async fn without_profiles_nothing_is_otherwise() {
    let home = home("none", "");
    let scene = home.open().await.expect("opens");
    let csv = CSV.replace(",weight_g\n", ",weight_g,寄件人\n").replace(",400\n", ",400,张三\n");
    let csv = csv.replace(",100\n", ",100,张三\n").replace(",90\n", ",90,张三\n");
    let report = scene.import(&csv).await.expect("imports");
    assert_eq!((report.added, report.held), (3, 0));
    assert!(scene.station.facets().expect("facets").senders.is_empty());
    assert_eq!(scene.station.detail(scene.row("S-1").id).expect("detail").sender.name, "拾光家居");
}

#[tokio::test]
async fn orders_under_different_names_are_asked_about_before_they_go_together() {
    let home = home("none", &format!("{DEER}{BEAR}"));
    let scene = home.open().await.expect("opens");
    let csv = CSV
        .replace("王磊,13800000002", "李思,13800000001")
        .replace("天府大道 2 号", "天府大道 1 号");
    scene.import(&csv).await.expect("imports");
    let ids = vec![scene.row("S-1").id, scene.row("S-2").id];
    send_as(&scene, vec![ids[1]], Some("大熊")).await;
    let look = scene.station.merge_look(&ids).expect("looks");
    assert_eq!(look[0].differs, [Differs::Senders]);
    let deed = Deed::Merge { despite: true };
    assert_eq!(scene.station.act(Act { ids, deed }).await.expect("acts").done, 1);
    assert_eq!(scene.row("S-2").sender, "小鹿", "the first order's");
}

/// Couriers, prices and reach go by where the order's own sender is.
#[tokio::test]
async fn couriers_and_prices_begin_where_the_sender_is() {
    let home = home("none", DEER);
    put(&home, &toml(&home).replacen("calls_per_s", "pickup = true\ncalls_per_s", 1));
    let scene = scene(&home).await;
    let id = scene.row("S-1").id;
    scene.station.rates(id).await.expect("prices");
    let asked = home.world.requests.lock().expect("no panic").last().cloned().expect("asked");
    assert!(
        asked.to_string().contains("宁波市") && !asked.to_string().contains("杭州市"),
        "{asked}"
    );
    let offer = scene.station.pickup_offers().remove(0);
    let request = PickupRequest {
        ids: vec![id],
        way: PickupWay::Send,
        account: offer.account,
        carrier: String::new(),
        window: offer.windows[0],
    };
    assert_eq!(scene.station.book_pickups(request).await.expect("asked").asked, 1);
    scene.station.pickup_once(ACCOUNT).await.expect("asks");
    assert_eq!(told(&home, "S-1"), names("小鹿生活", "宁波市"));
}

/// What leaves China goes under the profile's name in English, or waits until somebody wrote it.
#[tokio::test]
async fn abroad_it_is_the_profile_s_own_english() {
    let csv = "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,weight_g,\
        country,postcode,英文品名,海关编码,申报单价,币种,原产国\n\
        A-1,小鹿旗舰店,2026-11-20 10:00:01,Jane Doe,+1 217 555 0100,IL,Springfield,,\
        1 Example Street,保温杯,2,880,美国,62704,Steel bottle,961700,$12.50,美元,中国\n";
    let english = "[sender_profile.abroad]\nname = \"Deer Living\"\nphone = \"+86 571 88005678\"\n\
        street = \"7 Example Road\"\ncity = \"Ningbo\"\npostcode = \"315000\"\n";
    let house = "[sender.abroad]\nname = \"Shiguang Home\"\nphone = \"+86 571 88001234\"\n\
        street = \"969 Wenyi West Road\"\ncity = \"Hangzhou\"\npostcode = \"311121\"\n";
    let home = Home::speaking(Speech::Karrio, "none", 1);
    let with = |more: &str| toml(&home) + more;
    put(&home, &with(&format!("{house}{DEER}")));
    let scene = home.open().await.expect("opens");
    assert_eq!(scene.import(csv).await.expect("imports").held, 1);
    let held = scene.row("A-1");
    assert_eq!(held.faults[0].code, FaultCode::SenderAbroadMissing, "{:?}", held.faults);
    drop(scene);
    put(&home, &with(english));
    let scene = home.reopen().await;
    assert_eq!(scene.row("A-1").state, State::Ready, "let go by itself");
    assert_eq!(scene.station.detail(held.id).expect("detail").sender.name, "Deer Living");
    scene.ship_all().await.expect("ships");
    let body = bodies(&home).remove(0);
    assert!(body.contains("Deer Living") && !body.contains("Shiguang"), "{body}");
}

/// The stored texts of what is asked, in list order.
fn bodies(home: &Home) -> Vec<String> {
    let db = rusqlite::Connection::open(home.folder.path().join("station.sqlite")).expect("opens");
    let mut bodies = db.prepare("SELECT body FROM outbox ORDER BY id").expect("reads");
    let bodies = bodies.query_map([], |row| row.get(0)).expect("rows");
    bodies.collect::<Result<_, _>>().expect("texts")
}

/// Every carrier hears of the order's own sender: in whatever words, its name is in the request.
#[tokio::test]
async fn every_carrier_is_told() {
    for speech in Speech::ALL {
        let home = Home::speaking(speech, "none", 1);
        put(&home, &(toml(&home) + DEER));
        let mut scene = scene(&home).await;
        scene.ship_all().await.expect("ships");
        let asked = bodies(&home);
        for (body, name) in asked.iter().zip(["小鹿生活", "小鹿生活", "拾光家居"]) {
            let coded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
            assert!(body.contains(name) || body.contains(&coded), "{speech:?}: {name}: {body}");
        }
        assert_eq!(asked.len(), 3, "{speech:?}");
        scene.settle().await.expect("settles");
        assert_eq!(scene.row("S-1").state, State::Printed, "{speech:?}");
        let of = |order: &str| scene.station.detail(scene.row(order).id).expect("detail").sender;
        assert_eq!((of("S-1").name, of("S-3").name), ("小鹿生活".into(), "拾光家居".into()));
    }
}

/// More polls than the story has.
const POLLS_MAX: usize = 3_000;

async fn story(home: &Home) -> Result<(), Trouble> {
    let mut scene = home.open().await?;
    scene.import(CSV).await?;
    let ids = scene.station.list_ids(&query(Some(Tab::Pending)))?;
    let deed = Deed::Sender { profile: Some("大熊".into()) };
    scene.station.act(Act { ids, deed: deed.clone() }).await?;
    scene.station.undo().await?;
    let id = scene.row("S-3").id;
    scene.station.act(Act { ids: vec![id], deed }).await?;
    scene.ship_all().await?;
    scene.settle().await?;
    let voided = vec![scene.row("S-1").id];
    scene.station.act(Act { ids: voided, deed: Deed::Void }).await?;
    scene.settle().await
}

#[tokio::test]
async fn killed_at_every_step_the_label_says_what_the_carrier_was_told() {
    for polls in 1..POLLS_MAX {
        let home = home("none", &format!("{DEER}{BEAR}"));
        if let Ok(done) = kill_after(polls, story(&home)).await {
            done.expect("the story itself");
            assert!(polls > 30, "it was killed now and then: {polls}");
            return;
        }
        let mut scene = home.reopen().await;
        scene.import(CSV).await.expect("imports again");
        scene.settle().await.expect("settles");
        scene.ship_all().await.expect("ships what waits");
        scene.settle().await.expect("settles");
        home.world.check_one_live_number_an_order();
        for row in scene.rows().into_iter().filter(|row| row.waybill_no.is_some()) {
            let sender = scene.station.detail(row.id).expect("detail").sender;
            assert_eq!(sender.name, told(&home, &row.order_no).0, "killed at {polls}: {row:?}");
        }
    }
    panic!("the story has more steps than {POLLS_MAX}");
}
