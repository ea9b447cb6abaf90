//! Parcels are weighed on their way out: a fresh weight at rest within the band is kept, everything
//! else is said and asked.

use scene::{Home, Scene, orders_csv};
use station::view::{ScaleState, ScanMode, ScanView, WeighSaid, WeighView};
use station::{sheet::Paper, trouble::Code};

const SCALE: &str = "[scale]\naddress = \"tcp://127.0.0.1:9\"\nband_percent = 10\nband_g = 30\n";

async fn bench(settings: &str, orders: usize) -> (Home, Scene) {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    std::fs::write(&path, format!("{toml}{settings}")).expect("written");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(orders)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    (home, scene)
}

async fn weigh(scene: &Scene, code: &str) -> WeighView {
    match scene.station.scan_in(ScanMode::Weigh, code, 1).await.expect("a scan") {
        ScanView::Weighed(view) => *view,
        other => panic!("{code}: {other:?}"),
    }
}

fn put(scene: &Scene, kg: &str) {
    scene.station.hear_scale(b"ST,GS,+  0.000kg\r\n");
    scene.station.hear_scale(format!("ST,GS,{kg}kg\r\n").as_bytes());
}

#[tokio::test]
async fn a_weight_is_kept_only_if_it_is_one() {
    let (home, scene) = bench(SCALE, 3).await;
    let no = scene.row("P-1").waybill_no.expect("a number");
    assert_eq!(weigh(&scene, &no).await.said, WeighSaid::Stale, "nothing was heard yet");
    for (line, said) in [
        ("US,GS,+  0.400kg\r\n", WeighSaid::Moving),
        ("ST,GS,+  0.000kg\r\n", WeighSaid::Zero),
        ("ST,GS,-  0.080kg\r\n", WeighSaid::Negative),
        ("OL,GS,+ 99.999kg\r\n", WeighSaid::Over),
    ] {
        scene.station.hear_scale(line.as_bytes());
        assert_eq!(weigh(&scene, &no).await.said, said, "{line}");
    }
    put(&scene, "+  0.410");
    home.world.tick(2_001);
    assert_eq!(weigh(&scene, &no).await.said, WeighSaid::Stale, "two seconds old");

    put(&scene, "+  0.410");
    let kept = weigh(&scene, &no).await;
    assert_eq!(
        (kept.said, kept.weight_g, kept.expected_g),
        (WeighSaid::Kept, Some(410), Some(400))
    );
    assert_eq!((kept.low_g, kept.high_g), (Some(360), Some(440)));
    let history = scene.station.detail(kept.row.id).expect("detail").history;
    assert!(history.iter().any(|line| line.event == "weighed" && line.note == "410 g"));

    // The next parcel, while the first lies there still; then the first once more.
    assert_eq!(weigh(&scene, "P-2").await.said, WeighSaid::NotEmptied);
    assert_eq!(weigh(&scene, "P-1").await.said, WeighSaid::Kept);
    put(&scene, "+  0.400");
    assert_eq!(weigh(&scene, "P-2").await.said, WeighSaid::Kept);
}

#[tokio::test]
async fn an_odd_weight_is_asked_about_and_kept_with_a_reason() {
    let (home, scene) = bench(SCALE, 2).await;
    put(&scene, "+  0.530");
    let odd = weigh(&scene, "P-1").await;
    assert_eq!((odd.said, odd.weight_g), (WeighSaid::Outside, Some(530)));
    let silent = scene.station.keep_weight("P-1", " ").await.expect_err("no reason");
    assert_eq!(silent.code, Code::PassReasonMissing);
    let other = scene.station.keep_weight("P-2", "x").await.expect_err("not asked about");
    assert_eq!(other.code, Code::WeighNone);
    // What was shown is kept, not what lies there by now.
    home.world.tick(30_000);
    put(&scene, "+  0.999");
    let kept = scene.station.keep_weight("P-1", "加了赠品").await.expect("kept");
    assert!(matches!(&kept, ScanView::Weighed(it) if it.weight_g == Some(530)), "{kept:?}");
    let id = scene.row("P-1").id;
    let history = scene.station.detail(id).expect("detail").history;
    assert!(history.iter().any(|line| line.note == "530 g · 加了赠品"), "{history:?}");
    let again = scene.station.keep_weight("P-1", "x").await.expect_err("once");
    assert_eq!(again.code, Code::WeighNone);
}

#[tokio::test]
async fn only_printed_parcels_are_weighed() {
    let (_home, scene) = bench("", 2).await;
    assert_eq!(weigh(&scene, "P-1").await.said, WeighSaid::NoScale);
    scene.import(&orders_csv(3)).await.expect("imports one more");
    let waits = scene.station.scan_in(ScanMode::Weigh, "P-3", 1).await.expect("scans");
    assert!(matches!(waits, ScanView::Waiting(_)), "{waits:?}");
    let unknown = scene.station.scan_in(ScanMode::Weigh, "NOPE", 1).await.expect("scans");
    assert!(matches!(unknown, ScanView::Unknown(_)), "{unknown:?}");
    assert!(scene.station.scale_view().is_none());
    // Sheets take the weights; without one the order's.
    let ids = [scene.row("P-1").id];
    let kind = station::sheet::SheetKind::Handover;
    scene.station.sheet(kind, &ids, Paper::A4).expect("drawn");
}

#[tokio::test]
async fn a_scale_on_the_wire_is_read_all_the_time() {
    let scale = practice::scale::Scale::start().await.expect("a scale");
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let at = format!("[scale]\naddress = \"tcp://127.0.0.1:{}\"\n", scale.port());
    std::fs::write(&path, format!("{toml}{at}")).expect("written");
    let scene = home.open_real().await.expect("opens");
    let mut changed = scene.station.changed();
    let running = scene.station.run();
    scale.lay(1_085);
    loop {
        let view = scene.station.scale_view().expect("a scale");
        if (view.state, view.weight_g) == (ScaleState::Ready, Some(1_085)) {
            break;
        }
        changed.changed().await.expect("the station runs");
    }
    // Unplugged: said as soon as the wire ends.
    scale.stop().await;
    loop {
        let view = scene.station.scale_view().expect("a scale");
        if view.state == ScaleState::Away {
            assert!(!view.error.is_empty() && view.weight_g.is_none());
            break;
        }
        changed.changed().await.expect("the station runs");
    }
    running.stop().await;
}
