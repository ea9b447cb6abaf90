//! What is said with a carrier is kept when a person asks for it, for as long as was asked, without
//! anybody's name, phone, address or key in it.

use scene::{ACCOUNT, API_KEY, Home, orders_csv};
use station::record;
use std::{fs, os::unix::fs::PermissionsExt};

#[tokio::test]
async fn an_exchange_is_recorded_masked_and_only_while_it_was_asked_for() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    let ids: Vec<i64> = scene.rows().iter().map(|row| row.id).collect();
    let people: Vec<_> =
        ids.iter().map(|id| scene.station.detail(*id).expect("one").edit).collect();
    let mut ship = async |id: i64| {
        let request = station::view::ShipRequest {
            ids: vec![id],
            account: None,
            printer: None,
            print: false,
        };
        scene.station.ship(request).await.expect("shipped");
        scene.settle().await.expect("settles");
        scene.station.account_setups().expect("setups").accounts.remove(0).recording
    };
    assert_eq!(ship(ids[0]).await, None);
    assert!(!home.folder.path().join("records").exists(), "nobody asked for it");

    // As the command line does it, beside the station that is open.
    let now_ms = 1_795_226_400_000;
    let begun = record::begin(home.folder.path(), ACCOUNT, 10, now_ms).expect("begun");
    let path = begun.expect("a recording").path(home.folder.path());
    let view = ship(ids[1]).await.expect("it is seen in the window");
    assert_eq!(view.path, path.display().to_string());
    let text = fs::read_to_string(&path).expect("a recording");
    assert!(
        text.contains("RequestType=1007") && text.contains("\"ShipperCode\":\"YTO\""),
        "{text}"
    );
    assert!(text.contains("< 200") && text.contains("\"ResultCode\":\"100\""), "{text}");
    let mode = fs::metadata(&path).expect("file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    for secret in people.iter().flat_map(|it| [&it.name, &it.phone, &it.detail]) {
        assert!(!text.contains(secret.as_str()), "{secret}: {text}");
    }
    for secret in [API_KEY, "test1777000", "K00000000", "拾光家居", "88001234", "仓前街道"]
    {
        assert!(!text.contains(secret), "{secret}: {text}");
    }

    home.world.tick(10 * 60_000);
    assert_eq!(ship(ids[2]).await, None, "ten minutes are over");
    assert_eq!(fs::read_to_string(&path).expect("a recording"), text, "nothing was added");
    let again = scene.station.record_account(ACCOUNT, 5).expect("begun");
    assert!(again.accounts[0].recording.is_some());
    let ended = scene.station.record_account(ACCOUNT, 0).expect("ended");
    assert!(ended.accounts[0].recording.is_none());
}
