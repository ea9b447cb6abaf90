//! From nothing to the first label: a sender, then an account, then a printer, then orders, each
//! step leaving a station that opens.

use scene::{Home, orders_csv};
use station::{config, first, trouble::Code, view::State};
use std::fs;

const SHOP: &str = "拾光家居 0571-88001234 浙江省杭州市余杭区仓前街道文一西路 969 号";

#[test]
fn a_sender_is_asked_for_as_much_as_a_receiver() {
    let (sender, faults) = first::checked_sender(&first::pasted_sender(SHOP));
    assert_eq!(faults, []);
    assert_eq!((sender.name.as_str(), sender.city.as_str()), ("拾光家居", "杭州市"));
    let (_, faults) = first::checked_sender(&first::pasted_sender("拾光家居 文一西路 969 号"));
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert!(fields.contains(&"phone") && fields.contains(&"province"), "{fields:?}");
}

#[test]
fn the_first_settings_are_valid_and_never_replace_others() {
    let home = tempfile::tempdir().expect("a folder");
    let mut sender = first::pasted_sender(SHOP);
    // Nothing that is typed breaks the file.
    sender.name = "拾光\"家居\" \\ # 1\n号".to_owned();
    first::write_first(home.path(), &sender).expect("written");
    let read = config::read(home.path()).expect("valid");
    assert_eq!(read.sender.name, sender.name);
    assert!(!read.practice && read.carriers.is_empty() && read.printers.is_empty());
    let again = first::write_first(home.path(), &first::pasted_sender(SHOP));
    assert_eq!(again.expect_err("there").kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(config::read(home.path()).expect("valid").sender.name, sender.name);
}

#[tokio::test]
async fn a_station_without_account_and_printer_keeps_orders_and_says_what_it_lacks() {
    let home = Home::new("none");
    let path = home.folder.path().join(config::FILE_NAME);
    let whole = fs::read_to_string(&path).expect("settings");
    fs::remove_file(&path).expect("gone");
    first::write_first(home.folder.path(), &first::pasted_sender(SHOP)).expect("written");
    {
        let scene = home.open().await.expect("opens without an account");
        scene.import(&orders_csv(2)).await.expect("imports");
        assert_eq!(scene.row("P-1").state, State::Ready);
        let trouble = scene.ship_all().await.expect_err("nobody to ask");
        assert_eq!(trouble.code, Code::NoPrinterYet);
        let trouble = scene.station.scan("P-1").await;
        let said = trouble.expect_err("nobody to ask").code;
        assert!(matches!(said, Code::NoPrinterYet | Code::NoAccountYet), "{said:?}");
        assert_eq!(scene.row("P-1").state, State::Ready, "nothing happened to it");
        assert!(scene.station.status().expect("status").carriers.is_empty());
    }
    // An account and no printer: numbers can be had, labels not.
    let printers = whole.find("[[printer]]").expect("printers");
    fs::write(&path, &whole[..printers]).expect("written");
    {
        let scene = home.open().await.expect("opens without a printer");
        assert_eq!(scene.ship_all().await.expect_err("no paper").code, Code::NoPrinterYet);
    }
    fs::write(&path, &whole).expect("written");
    let mut scene = home.open().await.expect("opens");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row("P-1").state, State::Printed);
    assert_eq!(home.world.issued().len(), 2, "one number each");
}
