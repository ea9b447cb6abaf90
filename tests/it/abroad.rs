//! Orders that leave China: by the account that goes there, with what customs ask; and the same
//! through a real Karrio server where `KARRIO_URL` says where one is.

use scene::{Home, Scene};
use station::{
    ImportAsk, Ran, Spool, Station,
    carrier::http::RealHttp,
    order::FaultCode,
    outside::Outside,
    view::{CustomsLine, OrderEdit, ShipRequest, State},
};
use std::{
    fs,
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

const ABROAD: &str = "国际";

/// The stories' home with a gateway abroad beside its account.
fn home(english: bool) -> Home {
    let home = Home::new("status");
    let path = home.folder.path().join("station.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let sender = "[sender.abroad]\nname = \"Shiguang Home\"\nphone = \"+86 571 88001234\"\n\
        street = \"969 Wenyi West Road\"\ncity = \"Hangzhou\"\nstate = \"ZJ\"\npostcode = \"311121\"\n";
    let account = format!(
        "{}[[carrier]]\nname = \"{ABROAD}\"\nkind = \"karrio\"\nendpoint = \"http://127.0.0.1:9\"\n\
         token = \"file:key\"\nenvironment = \"sandbox\"\ncarrier_ids = \"practice_abroad\"\n",
        if english { sender } else { "" }
    );
    fs::write(path, text.replacen("[[printer]]", &format!("{account}[[printer]]"), 1)).expect("it");
    home
}

/// One order within China, one with everything, one that lacks what only people know.
const ORDERS: &str = "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,weight_g,\
country,postcode,email,英文品名,海关编码,申报单价,币种,原产国\n\
P-1,抖店,2026-11-20 10:00:00,李思,13800000001,浙江省,杭州市,余杭区,文一西路 1 号,保温杯,1,400,,,,,,,,\n\
P-2,抖店,2026-11-20 10:00:01,Jane Doe,+1 217 555 0100,IL,Springfield,,1 Example Street,保温杯,2,880,\
美国,62704,jane@example.com,Steel bottle,961700,$12.50,美元,中国\n\
P-3,抖店,2026-11-20 10:00:02,王五,+49 30 1234567,,Berlin,,Beispielweg 2,保温杯,1,400,Germany,,,,,,,\n";

/// Lets the account abroad ask until nothing is due, then everything else settle.
async fn settle(scene: &mut Scene) {
    while scene.station.ask_once(ABROAD).await.expect("asks") == Ran::Did {}
    scene.settle().await.expect("settles");
}

#[tokio::test]
async fn each_goes_by_the_account_that_goes_there() {
    let home = home(true);
    let mut scene = home.open().await.expect("opens");
    let report = scene.import(ORDERS).await.expect("imports");
    assert_eq!((report.added, report.held, report.refused_count), (3, 1, 0));
    let waiting = scene.row("P-2");
    assert_eq!(waiting.account, ABROAD, "where it will go");
    assert!(waiting.place.starts_with("US IL Springfield"), "{}", waiting.place);
    scene.ship_all().await.expect("ships");
    settle(&mut scene).await;
    let [home_row, abroad] = ["P-1", "P-2"].map(|no| scene.row(no));
    assert_eq!((home_row.state, home_row.account.as_str()), (State::Printed, scene::ACCOUNT));
    assert_eq!((abroad.state, abroad.account.as_str()), (State::Printed, ABROAD));
    let no = abroad.waybill_no.expect("a number");
    assert!(no.starts_with("PBX"), "{no}");
    // The gateway's own label went to the printer, in the printer's own settings.
    let bytes = String::from_utf8_lossy(&scene.world.paper().last_bytes).into_owned();
    assert!(bytes.contains(&format!("^FD{no}^FS")), "{bytes}");
    assert_eq!(scene.world.issued().len(), 2);
    let detail = scene.station.detail(scene.row("P-2").id).expect("detail");
    assert_eq!((detail.edit.country.as_str(), detail.edit.postcode.as_str()), ("US", "62704"));
    let line = CustomsLine {
        english: "Steel bottle".into(),
        hs_code: "961700".into(),
        origin: "CN".into(),
        value_minor: Some(1_250),
        currency: "USD".into(),
        weight_g: None,
    };
    assert_eq!(detail.edit.customs, [line]);
}

#[tokio::test]
async fn what_an_order_abroad_lacks_is_named_and_mended() {
    let home = home(true);
    let mut scene = home.open().await.expect("opens");
    scene.import(ORDERS).await.expect("imports");
    let row = scene.row("P-3");
    let found: Vec<_> =
        row.faults.iter().map(|f| (f.code, f.field.as_str(), f.what.as_str())).collect();
    let want = [
        (FaultCode::PostcodeMissing, "postcode", ""),
        (FaultCode::LatinNeeded, "name", ""),
        (FaultCode::CustomsMissing, "customs", "english"),
        (FaultCode::CustomsMissing, "customs", "value"),
    ];
    assert_eq!((row.state, found.as_slice()), (State::Held, want.as_slice()));
    let edit = scene.station.detail(row.id).expect("detail").edit;
    let customs = vec![CustomsLine {
        english: "Steel bottle".into(),
        value_minor: Some(9_900),
        ..CustomsLine::default()
    }];
    let edit = OrderEdit { name: "Wang Wu".into(), postcode: "10115".into(), customs, ..edit };
    let detail = scene.station.fix_order(row.id, edit).await.expect("fixed");
    assert_eq!((detail.row.state, detail.row.faults.as_slice()), (State::Ready, [].as_slice()));
    scene.ship_all().await.expect("ships");
    settle(&mut scene).await;
    assert_eq!(scene.row("P-3").state, State::Printed);
}

#[tokio::test]
async fn nobody_is_asked_who_does_not_go_there() {
    // Without a gateway; with one, but no sender in English.
    for (home, code) in
        [(Home::new("status"), FaultCode::NotAbroad), (home(false), FaultCode::SenderAbroadMissing)]
    {
        let mut scene = home.open().await.expect("opens");
        scene.import(ORDERS).await.expect("imports");
        let row = scene.row("P-2");
        assert_eq!(row.state, State::Held);
        assert_eq!(row.faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [code]);
        scene.ship_all().await.expect("ships");
        scene.settle().await.expect("settles");
        assert_eq!(scene.world.issued().len(), 1, "the order within China alone");
    }
}

#[tokio::test]
async fn an_account_that_was_asked_for_is_not_changed() {
    let home = home(true);
    let mut scene = home.open().await.expect("opens");
    scene.import(ORDERS).await.expect("imports");
    let ids = vec![scene.row("P-2").id];
    let account = Some(scene::ACCOUNT.to_owned());
    let request = ShipRequest { ids, account, printer: None, print: true };
    scene.station.ship(request).await.expect("ships");
    settle(&mut scene).await;
    let row = scene.row("P-2");
    assert_eq!((row.state, row.faults[0].code), (State::Held, FaultCode::NotAbroad));
    assert!(scene.world.issued().is_empty());
}

/// A station at a real gateway whose printer is a folder; the files that came out.
async fn printed(label_type: &str, printer: &str) -> Option<Vec<Vec<u8>>> {
    let told = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let (Some(url), Some(token)) = (told("KARRIO_URL"), told("KARRIO_TOKEN")) else {
        println!("no KARRIO_URL and KARRIO_TOKEN: a real gateway was not asked");
        return None;
    };
    let home = home(true);
    let folder = home.folder.path();
    let path = folder.join("station.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let out = folder.join("out");
    fs::create_dir(&out).expect("a folder");
    let text = text
        .replace("kind = \"karrio\"\nendpoint = \"http://127.0.0.1:9\"", &format!(
            "kind = \"karrio\"\nendpoint = \"{url}\"\nlabel_type = \"{label_type}\"\ntimeout_ms = 60000"
        ))
        .replace("practice_abroad", "packbench_test")
        .replace("tcp://127.0.0.1:9", &format!("dir:{}", out.display()))
        .replace("dots_per_mm = 8\npaper = \"76x130\"\nconfirm = \"status\"", printer);
    fs::write(&path, text).expect("settings");
    fs::write(folder.join("key"), token).expect("the key");
    // A number of its own each: what the gateway has it does not buy again.
    let order = format!("R{}{label_type}-", std::process::id());
    let csv = ORDERS.replace("P-", &order);
    let station = at_work(folder, &home).await;
    let csv_path = folder.join("orders.csv");
    fs::write(&csv_path, csv).expect("orders");
    let ask = ImportAsk { path: csv_path, file: "o.csv".into(), mapping: None, shop: None };
    let never = Arc::new(AtomicBool::new(false));
    station.import_run(ask, Arc::new(|_| ()), never).await.expect("imports");
    let id = station.resolve(&format!("{order}2")).expect("known");
    let request = ShipRequest { ids: vec![id], account: None, printer: None, print: true };
    station.ship(request).await.expect("ships");
    while station.ask_once(ABROAD).await.expect("asks") == Ran::Did {}
    let mut spool = Spool::default();
    while station.print_once(scene::PRINTER, &mut spool).await.expect("prints") == Ran::Did {}
    let detail = station.detail(id).expect("detail");
    assert_eq!(detail.row.state, State::Printed, "{:?}", detail.row);
    let files = fs::read_dir(&out).expect("a folder");
    Some(files.map(|file| fs::read(file.expect("a file").path()).expect("read")).collect())
}

async fn at_work(folder: &Path, home: &Home) -> Arc<Station> {
    let outside = Outside {
        http: Arc::new(RealHttp::new()),
        open_printer: Arc::new(|address| station::print::open::open(address, None)),
        ..scene::World::outside(&home.world)
    };
    Station::open(folder, outside).await.expect("opens")
}

#[tokio::test]
async fn real_labels_are_passed_to_a_printer_of_their_kind() {
    let printer = "dots_per_mm = 12\npaper = \"100x150\"\nconfirm = \"none\"";
    let Some(files) = printed("zpl300", printer).await else { return };
    let text = String::from_utf8_lossy(&files[0]).into_owned();
    assert_eq!(files.len(), 1);
    let is_passed = text.contains("^FDTO: 1 EXAMPLE STREET^FS");
    assert!(is_passed, "another label came out: {}", &text[..text.len().min(200)]);
}

#[tokio::test]
async fn real_labels_are_drawn_for_other_printers() {
    let printer = "dots_per_mm = 8\npaper = \"100x150\"\nconfirm = \"none\"";
    let Some(files) = printed("pdf", printer).await else { return };
    let labels = practice::printer::decode(&files[0], 8);
    let bitmap = &labels[0];
    let ink = (0..bitmap.height)
        .flat_map(|y| (0..bitmap.width).map(move |x| (x, y)))
        .filter(|&(x, y)| bitmap.black(x, y))
        .count();
    assert!(ink > 10_000, "{ink} dots");
    if let Ok(keep) = std::env::var("KARRIO_KEEP") {
        fs::write(keep, &files[0]).expect("kept");
    }
}
