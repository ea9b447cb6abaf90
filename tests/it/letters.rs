//! What a label does not say as it was typed is told before it is printed, and after.

use scene::{Home, orders_csv};
use station::view::State;

#[tokio::test]
async fn pictures_are_counted_for_the_packer() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let csv = orders_csv(2).replacen("保温杯,1,400,", "保温杯🎁,1,400,谢谢🎁🎁👍", 1);
    scene.import(&csv).await.expect("imports");
    let (marked, plain) = (scene.row("P-1").id, scene.row("P-2").id);
    let detail = |scene: &scene::Scene, id| scene.station.detail(id).expect("an order");
    // The goods' line and the note.
    let letters = detail(&scene, marked).letters;
    assert_eq!((letters.pictures_worded, letters.pictures_dropped), (3, 1));
    assert_eq!(letters.system_fonts, "");
    assert_eq!(detail(&scene, plain).letters, station::view::Letters::default());

    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").state, State::Printed);
    let told = |scene: &scene::Scene, id| -> Vec<String> {
        let lines = detail(scene, id).history.into_iter();
        lines.filter(|line| line.event == "pictures").map(|line| line.note).collect()
    };
    assert_eq!(told(&scene, marked), ["3 / 1"]);
    assert_eq!(told(&scene, plain), [""; 0]);
    // A second copy is the same drawing: nothing new to tell.
    scene.station.reprint("P-1", "打印模糊").await.expect("reprints");
    scene.settle().await.expect("settles");
    assert_eq!(told(&scene, marked), ["3 / 1"]);
}
