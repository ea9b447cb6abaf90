//! Parcels go to the driver: onto their carrier's manifest by scan, once each; what must not leave
//! is refused, what was not scanned is listed, and a closed manifest is found again.

use scene::{Home, Scene, orders_csv};
use station::{
    sheet::{Paper, SheetKind},
    trouble::Code,
    view::{HandSaid, HandView, ScanMode, ScanView},
};

async fn bench(orders: usize) -> (Home, Scene) {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(orders)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    (home, scene)
}

async fn hand(scene: &Scene, code: &str) -> HandView {
    match scene.station.scan_in(ScanMode::HandOver, code, 1).await.expect("a scan") {
        ScanView::Handed(view) => *view,
        other => panic!("{code}: {other:?}"),
    }
}

fn number(scene: &Scene, order: &str) -> String {
    scene.row(order).waybill_no.expect("a number")
}

#[tokio::test]
async fn parcels_are_collected_closed_and_found_again() {
    let (_home, scene) = bench(4).await;
    let before = scene.station.manifest().expect("nothing yet");
    assert_eq!((before.id, before.parcels, before.missing_count), (None, 0, 0));
    let empty = scene.station.close_manifest().await.expect_err("nothing on it");
    assert_eq!(empty.code, Code::ManifestEmpty);

    let first = hand(&scene, &number(&scene, "P-1")).await;
    assert_eq!((first.said, first.manifest.account.as_str()), (HandSaid::Taken, scene::ACCOUNT));
    assert_eq!((first.manifest.parcels, first.manifest.missing_count), (1, 3));
    assert_eq!(hand(&scene, "P-1").await.said, HandSaid::Twice, "by its order number too");
    hand(&scene, "P-2").await;
    let third = hand(&scene, "P-3").await.manifest;
    assert_eq!((third.parcels, third.weight_g), (3, 1_200));
    assert_eq!(third.missing.iter().map(|one| one.order_no.as_str()).collect::<Vec<_>>(), ["P-4"]);

    // Taken off again, as long as it is open.
    let two = scene.station.take_off(&number(&scene, "P-2")).await.expect("taken off");
    assert_eq!((two.parcels, two.missing_count), (2, 2));
    assert_eq!(hand(&scene, "P-2").await.said, HandSaid::Taken);

    let closed = scene.station.close_manifest().await.expect("closed");
    assert_eq!((closed.parcels, closed.weight_g, closed.missing_count), (3, 1_200, 0));
    assert!(closed.closed_at_ms.is_some() && closed.no.starts_with("JJ20"), "{}", closed.no);
    let late = scene.station.take_off(&number(&scene, "P-2")).await.expect_err("it is signed");
    assert_eq!(late.code, Code::ManifestNone);
    let again = hand(&scene, "P-2").await;
    assert_eq!((again.said, again.on.as_str()), (HandSaid::Closed, closed.no.as_str()));
    let id = scene.row("P-2").id;
    let history = scene.station.detail(id).expect("detail").history;
    assert!(history.iter().any(|line| line.event == "handed_over" && line.note == closed.no));

    // The next parcel begins another.
    let next = hand(&scene, "P-4").await.manifest;
    assert_eq!((next.parcels, next.missing_count), (1, 0));
    assert_ne!(next.id, closed.id);
    for search in ["", scene::ACCOUNT, closed.no.as_str(), &number(&scene, "P-3")] {
        let found = scene.station.manifests(search).expect("found").manifests;
        assert_eq!(found.len(), 1, "{search}");
        assert_eq!((found[0].id, found[0].parcels), (closed.id, 3));
    }
    assert!(scene.station.manifests("JJ20261122-99").expect("none").manifests.is_empty());
    let id = closed.id.expect("a row");
    let pdf = scene.station.sheet(SheetKind::Manifest, &[id], Paper::A4).expect("drawn");
    assert!(pdf.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn what_must_not_leave_is_refused() {
    let (_home, mut scene) = bench(3).await;
    // A number that was taken back, with its label still on the box.
    let old = number(&scene, "P-1");
    scene.station.void(&old).await.expect("voids");
    scene.settle().await.expect("settles");
    let held = scene.station.scan_in(ScanMode::HandOver, &old, 1).await.expect("scans");
    assert!(matches!(held, ScanView::Attention(_)), "{held:?}");
    let id = scene.row("P-1").id;
    let edit = scene.station.detail(id).expect("detail").edit;
    scene.station.fix_order(id, edit).await.expect("released");
    let waits = scene.station.scan_in(ScanMode::HandOver, "P-1", 1).await.expect("scans");
    assert!(matches!(waits, ScanView::Waiting(_)), "{waits:?}");
    scene.station.scan("P-1").await.expect("ships again");
    scene.settle().await.expect("settles");
    assert_ne!(number(&scene, "P-1"), old);
    let voided = scene.station.scan_in(ScanMode::HandOver, &old, 1).await.expect("scans");
    assert!(
        matches!(&voided, ScanView::Unknown(why) if why.code == Code::ScanVoided),
        "{voided:?}"
    );

    // Taken back while it lies on the manifest: nobody signs for it.
    hand(&scene, "P-2").await;
    scene.station.void(&number(&scene, "P-2")).await.expect("voids");
    scene.settle().await.expect("settles");
    let lines = scene.station.manifest().expect("open").lines;
    assert!(lines[0].voided);
    let refused = scene.station.close_manifest().await.expect_err("not with that");
    assert_eq!(refused.code, Code::ManifestVoided);
    scene.station.take_off(&lines[0].no).await.expect("taken off");

    let nobody = scene.station.hand_over_to("谁").await.expect_err("no such account");
    assert_eq!(nobody.code, Code::NoAccount);
}

#[tokio::test]
async fn another_carriers_parcel_is_refused_until_its_driver_comes() {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let begin = toml.find("[[carrier]]").expect("an account");
    let end = toml.find("[[printer]]").expect("a printer");
    let other = toml[begin..end].replace(scene::ACCOUNT, "中通");
    std::fs::write(&path, format!("{toml}{other}")).expect("written");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");

    scene.station.hand_over_to("中通").await.expect("chosen");
    let wrong = hand(&scene, "P-1").await;
    assert_eq!((wrong.said, wrong.manifest.parcels), (HandSaid::WrongCarrier, 0));
    scene.station.hand_over_to("").await.expect("whoever is next");
    assert_eq!(hand(&scene, "P-1").await.said, HandSaid::Taken);
    assert_eq!(scene.station.manifest().expect("open").account, scene::ACCOUNT);
}

#[tokio::test]
async fn every_parcel_of_an_order_is_scanned_by_its_own_label() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let file = "订单编号,收货人姓名,联系手机,省,市,区,收货地址,宝贝标题,件数,包裹数,签回单\n\
        P-1,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,12,2,是\n";
    scene.import(file).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let numbers = scene.station.detail(scene.row("P-1").id).expect("an order").numbers;
    let [child, slip] = numbers.as_slice() else { panic!("{numbers:?}") };
    assert!(!child.slip && slip.slip);

    let order = scene.station.scan_in(ScanMode::HandOver, "P-1", 1).await.expect("scans");
    let is = |said: &ScanView, code| matches!(said, ScanView::Unknown(why) if why.code == code);
    assert!(is(&order, Code::ScanParcelLabel), "{order:?}");
    let slip = scene.station.scan_in(ScanMode::HandOver, &slip.no, 1).await.expect("scans");
    assert!(is(&slip, Code::ScanIsSlip), "{slip:?}");
    let first = hand(&scene, &number(&scene, "P-1")).await.manifest;
    assert_eq!((first.parcels, first.missing_count), (1, 1));
    assert_eq!(first.missing[0].no, child.no);
    let both = hand(&scene, &child.no).await.manifest;
    assert_eq!((both.parcels, both.missing_count), (2, 0));
}
