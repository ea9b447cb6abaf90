//! Labels that the carrier draws: its template comes out, its codes on whole dots, the same again
//! without a network, and ours in its place when there is none that can be used.

use practice::carrier::Faults;
use scene::{Home, Scene, number_in, orders_csv, waybill_on};
use station::{
    trouble::Code,
    view::{ShipRequest, State},
};

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

/// The number that another hand reads off a label's bytes, drawn by its own printer's rules.
fn read_by_others(bytes: &[u8]) -> Option<String> {
    let options = labelize::RenderOptions {
        width_mm: Some(76.0),
        height_mm: Some(130.0),
        ..labelize::RenderOptions::default()
    };
    let drawn = labelize::render_png(bytes, options).expect("drawn");
    assert_eq!(drawn.labels, 1);
    let picture = image::load_from_memory(&drawn.bytes).expect("a picture").into_luma8();
    number_in(picture.as_raw(), picture.width())
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
    let (again, black) = (&paper.labels[2], |of: &practice::printer::Bitmap, x, y| of.black(x, y));
    let all = || (0..1_040).flat_map(|y| (0..608).map(move |x| (x, y)));
    assert!(all().all(|(x, y)| !black(&first, x, y) || black(again, x, y)), "no dot is lost");
    let more = all().filter(|&(x, y)| black(again, x, y) && !black(&first, x, y)).count();
    assert!((100..4_000).contains(&more), "the mark of the copy: {more}");
    assert_eq!(waybill_on(again), no);
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

fn has(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|at| at == word.as_bytes())
}

#[tokio::test]
async fn a_carriers_commands_go_to_a_printer_that_speaks_them() {
    let (home, mut scene) = opened().await;
    home.world.set_faults(Faults { zpl_template: 1.0, ..Faults::default() });
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let no = scene.row("P-1").waybill_no.expect("a number");
    let bytes = home.world.paper().last_bytes.clone();
    assert!(has(&bytes, &format!("^FD{no}^FS")) && has(&bytes, "^BCN,160"), "as they came");
    assert!(has(&bytes, "^XA^JZY^PW608^LL1040") && has(&bytes, "^PQ1^XZ"), "in our settings");
    for theirs in ["^MMT", "~SD20", "^PR4", "^PQ1,0,1,Y"] {
        assert!(!has(&bytes, theirs), "{theirs}");
    }
    assert_eq!(read_by_others(&bytes), Some(no.clone()));
    let words: Vec<String> = history(&scene).into_iter().map(|(word, _)| word).collect();
    assert!(words.contains(&"template_passed".to_owned()), "{words:?}");

    // A further copy is drawn, bears its mark, and needs no network.
    home.world.set_away(true);
    let reprint = scene.station.reprint("P-1", "打印模糊").await;
    reprint.expect("reprints offline");
    scene.settle().await.expect("settles");
    let paper = home.world.paper();
    assert!(!has(&paper.last_bytes, "^BCN") && has(&paper.last_bytes, "^GFA"));
    assert_eq!(waybill_on(&paper.labels[1]), Some(no));
}

#[tokio::test]
async fn commands_of_another_language_are_drawn() {
    let (home, mut scene) = opened().await;
    home.world.set_faults(Faults { tspl_template: 1.0, ..Faults::default() });
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let no = scene.row("P-1").waybill_no;
    let paper = home.world.paper();
    assert!(!has(&paper.last_bytes, "BARCODE"));
    assert_eq!(waybill_on(&paper.labels[0]), no);
    let told = history(&scene).into_iter().find(|(word, _)| word == "template_drawn");
    assert_eq!(told, Some(("template_drawn".to_owned(), "language".to_owned())));
}

#[tokio::test]
async fn commands_for_another_number_are_not_printed() {
    let (home, mut scene) = opened().await;
    let faults = Faults { zpl_template: 1.0, wrong_template: 1.0, ..Faults::default() };
    home.world.set_faults(faults);
    scene.import(&orders_csv(1)).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert!(home.world.paper().labels.is_empty());
    let trouble = scene.row("P-1").trouble.expect("a person must know");
    assert_eq!(trouble.code, Code::LabelUndrawable);
}

#[tokio::test]
async fn old_drawings_are_forgotten_but_not_those_of_open_ones() {
    const DAY_MS: i64 = 86_400_000;
    let (home, mut scene) = opened().await;
    scene.import(&orders_csv(2)).await.expect("imports");
    let id = scene.row("P-1").id;
    let ask = |ids, print| ShipRequest { ids, account: None, printer: None, print };
    scene.station.ship(ask(vec![id], true)).await.expect("ships");
    let open = scene.row("P-2").id;
    scene.station.ship(ask(vec![open], false)).await.expect("a number alone");
    scene.settle().await.expect("settles");
    home.world.tick(89 * DAY_MS);
    assert_eq!(scene.station.forget_templates().await.expect("looks"), 0, "not yet");
    home.world.tick(2 * DAY_MS);
    assert_eq!(scene.station.forget_templates().await.expect("looks"), 1);
    assert_eq!(scene.station.forget_templates().await.expect("looks"), 0);
    let words: Vec<String> = history(&scene).into_iter().map(|(word, _)| word).collect();
    assert!(words.contains(&"template_forgotten".to_owned()), "{words:?}");
    // The open one still has the carrier's drawing; the other's further copy is ours.
    scene.station.ship(ask(vec![open], true)).await.expect("prints");
    scene.station.reprint("P-1", "打印模糊").await.expect("reprints");
    scene.settle().await.expect("settles");
    let paper = home.world.paper();
    let numbers: Vec<Option<String>> = paper.labels.iter().map(waybill_on).collect();
    assert!(numbers.contains(&scene.row("P-2").waybill_no), "{numbers:?}");
    assert_eq!(numbers.iter().filter(|no| **no == scene.row("P-1").waybill_no).count(), 2);
}
