//! What is asked besides carrying, and what the label says of it.

use super::*;
use crate::order::PayBy;

#[test]
fn what_an_order_wants_besides_carrying_is_asked_for() {
    let asked = |account: Account, services: Services| -> serde_json::Value {
        let ask = Consignment { services, ..consignment() };
        let text = Kdniao::new(account).create_request(&ask).expect("nothing is missing");
        serde_json::from_str(&text).expect("JSON")
    };
    let plain = asked(account("ZTO"), Services::default());
    assert_eq!((&plain["PayType"], &plain["AddService"]), (&1.into(), &serde_json::Value::Null));

    let all = Services {
        pay: Some(PayBy::Receiver),
        cod_fen: Some(12_805),
        insured_fen: Some(300_000),
        ..Services::default()
    };
    let of_shop =
        Account { cod_customer: "C-77".into(), privacy: true, pay_type: Some(3), ..account("ZTO") };
    let request = asked(of_shop.clone(), all);
    assert_eq!(request["PayType"], 2, "the order's word is stronger than the account's");
    let want = serde_json::json!([
        {"Name": "COD", "Value": "128.05", "CustomerID": "C-77"},
        {"Name": "INSURE", "Value": "3000.00"},
        {"Name": "SafeMail", "Value": "3"},
    ]);
    assert_eq!(request["AddService"], want);

    // What the label will say.
    let shown = Kdniao::new(of_shop).services(Services::default());
    assert_eq!((shown.pay, shown.privacy), (Some(PayBy::Monthly), true));
    assert_eq!(Kdniao::new(account("ZTO")).services(all), all);
}
