//! What carriers charged: asked by a person, nothing before the parcel was fetched, the newest
//! answer kept with it.

use scene::{Home, Scene, Speech, orders_csv};
use station::trouble::Code;

const HOUR_MS: i64 = 3_600_000;

async fn printed(home: &Home) -> (Scene, i64) {
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    let id = scene.row("P-1").id;
    let trouble = scene.station.ask_charge(id).await.expect_err("there is no number yet");
    assert_eq!(trouble.code, Code::NoWaybill);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    (scene, id)
}

#[tokio::test]
async fn sf_says_what_it_charged_once_it_was_fetched() {
    let home = Home::speaking(Speech::Sf, "none", 1);
    let (scene, id) = printed(&home).await;
    assert_eq!(scene.station.ask_charge(id).await.expect("answered"), None);
    let detail = scene.station.detail(id).expect("detail");
    assert_eq!((detail.charge, detail.charges), (None, true));
    home.world.tick(60 * HOUR_MS);
    let charge = scene.station.ask_charge(id).await.expect("answered").expect("charged");
    let lines: Vec<_> = charge.lines.iter().map(|line| (line.name.as_str(), line.fen)).collect();
    assert_eq!(lines, [("运费", 1_800), ("保价", 150)]);
    assert_eq!((charge.total_fen, charge.weight_g), (1_950, Some(1_500)));
    assert_eq!(scene.station.detail(id).expect("detail").charge, Some(charge));
}

#[tokio::test]
async fn jds_guess_gives_way_to_its_bill() {
    let home = Home::speaking(Speech::Jd, "none", 1);
    let (scene, id) = printed(&home).await;
    assert_eq!(scene.station.ask_charge(id).await.expect("answered"), None);
    home.world.tick(24 * HOUR_MS);
    let guess = scene.station.ask_charge(id).await.expect("answered").expect("guessed");
    assert_eq!((guess.total_fen, guess.estimated, guess.lines.len()), (950, true, 0));
    home.world.tick(120 * HOUR_MS);
    let bill = scene.station.ask_charge(id).await.expect("answered").expect("charged");
    assert_eq!((bill.total_fen, bill.estimated, bill.weight_g), (1_050, false, Some(1_500)));
    let kept = scene.station.detail(id).expect("detail").charge.expect("kept");
    assert_eq!(kept, bill, "the newest answer is the one that is kept");
    let names: Vec<_> = kept.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["快递运费", "包装"]);
}

#[tokio::test]
async fn who_does_not_say_is_not_asked() {
    // Kuaidi100 says it of couriers alone.
    for speech in [Speech::Kdniao, Speech::Zto, Speech::Kuaidi100] {
        let home = Home::speaking(speech, "none", 1);
        let (scene, id) = printed(&home).await;
        assert!(!scene.station.detail(id).expect("detail").charges, "{speech:?}");
        let trouble = scene.station.ask_charge(id).await.expect_err("nobody says");
        assert_eq!(trouble.code, Code::NoOffer, "{speech:?}");
    }
}
