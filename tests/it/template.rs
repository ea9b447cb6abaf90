//! Labels that the carrier draws: its template comes out, its codes on whole dots, the same again
//! without a network, and ours in its place when there is none that can be used.

use practice::carrier::Faults;
use scene::{Home, Scene, orders_csv, waybill_on};
use station::{trouble::Code, view::State};

/// A home whose account asks for the carrier's drawing.
async fn opened() -> (Home, Scene) {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let toml = std::fs::read_to_string(&path).expect("settings");
    let toml = toml.replace("shipper_code =", "label = \"carrier\"\nshipper_code =");
    std::fs::write(&path, toml).expect("written");
    let scene = home.open().await.expect("opens");
    (home, scene)
}

/// The words of P-1's history, oldest first.
fn history(scene: &Scene) -> Vec<(String, String)> {
    let id = scene.row("P-1").id;
    let detail = scene.station.detail(id).expect("an order");
    detail.history.into_iter().map(|line| (line.event, line.note)).collect()
}

#[tokio::test]
async fn the_carriers_drawing_comes_out_and_again_offline() {
    let (home, mut scene) = opened().await;
    scene.import(&orders_csv(2)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let no = scene.row("P-1").waybill_no;
    let first = home.world.paper().labels[0].clone();
    assert_eq!(waybill_on(&first), no);
    // Its bars, 250 px below its upper edge, between white, the frame's sides and the edges.
    let row: Vec<bool> = (0..608).map(|x| first.black(x, 530)).collect();
    let runs: Vec<usize> = row.chunk_by(|a, b| a == b).map(<[bool]>::len).collect();
    let bars = &runs[3..runs.len() - 3];
    assert!(bars.len() > 60 && bars.iter().all(|run| run % 3 == 0), "{bars:?}");
    let told: Vec<_> =
        history(&scene).into_iter().filter(|(word, _)| word.starts_with("template")).collect();
    let [(word, note)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(word, "template_redrawn");
    assert!(note.starts_with("Code 128 3.") && note.ends_with(" → 3"), "{note}");

    home.world.set_away(true);
    drop(scene);
    let mut scene = home.open().await.expect("opens again");
    scene.station.reprint("P-1", "打印模糊").await.expect("reprints offline");
    for _ in 0..100 {
        scene.turn().await.expect("turns");
        home.world.tick(20);
    }
    let paper = home.world.paper();
    assert_eq!(paper.labels.len(), 3);
    assert_eq!(paper.labels[2], first, "the same dots");
}

#[tokio::test]
async fn without_a_drawing_ours_comes_out_and_it_is_told() {
    let (home, mut scene) = opened().await;
    home.world.set_faults(Faults { no_template: 1.0, ..Faults::default() });
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").state, State::Printed);
    assert_eq!(waybill_on(&home.world.paper().labels[0]), scene.row("P-1").waybill_no);
    let told = history(&scene).into_iter().any(|(word, _)| word == "template_missing");
    assert!(told, "{:?}", history(&scene));
}

#[tokio::test]
async fn a_drawing_of_another_number_is_not_printed() {
    let (home, mut scene) = opened().await;
    home.world.set_faults(Faults { wrong_template: 1.0, ..Faults::default() });
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert!(home.world.paper().labels.is_empty());
    let row = scene.row("P-1");
    let trouble = row.trouble.expect("a person must know");
    assert_eq!(trouble.code, Code::LabelUndrawable);
    assert_eq!(trouble.fields["field"], "template");
    let other = format!("{}0", row.waybill_no.expect("it has a number"));
    assert_eq!(trouble.fields["what"], other);
}
