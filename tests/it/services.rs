//! What orders ask of the carrier besides carrying: from the shop's file over the check to KDNiao's
//! request and onto the label, and mended in the form.

use scene::{Home, waybill_on};
use station::{order::PayBy, view::State};

const FILE: &str = "订单编号,收货人姓名,联系手机,省,市,区,收货地址,宝贝标题,数量,代收货款,保价金额,运费付款方式\n\
    P-1,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,¥128.05,3000,到付\n\
    P-2,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,0,,\n\
    P-3,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,十元,,\n\
    P-4,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,10,,\n\
    P-4,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,杯刷,1,20,,\n";

#[tokio::test]
async fn services_go_from_the_file_to_the_request_and_the_label() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let report = scene.import(FILE).await.expect("imports");
    assert_eq!((report.added, report.refused_count), (2, 3), "{:?}", report.refused);
    let id = scene.row("P-1").id;
    let edit = scene.station.detail(id).expect("an order").edit;
    assert_eq!(edit.pay, Some(PayBy::Receiver));
    assert_eq!((edit.cod_fen, edit.insured_fen), (Some(12_805), Some(300_000)));

    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let asked = home.world.last_request("P-1").expect("asked");
    assert_eq!(asked["PayType"], 2);
    assert_eq!(asked["AddService"][0]["Name"], "COD");
    assert_eq!(asked["AddService"][0]["Value"], "128.05");
    assert_eq!(asked["AddService"][1]["Value"], "3000.00");
    let plain = home.world.last_request("P-2").expect("asked");
    assert!(plain["AddService"].is_null() && plain["PayType"] == 1, "{plain}");
    // The chips are on the one label and not on the other; numbers and copies differ, too, but not
    // under the receiver, 68 to 77 mm down.
    let label = |order: &str| {
        let no = scene.row(order).waybill_no;
        let paper = home.world.paper();
        paper.labels.iter().find(|label| waybill_on(label) == no).expect("printed").clone()
    };
    let ink = |order: &str| {
        let label = label(order);
        (544..620)
            .flat_map(|y| (30..580).map(move |x| (x, y)))
            .filter(|&(x, y)| label.black(x, y))
            .count()
    };
    assert!(ink("P-1") > ink("P-2") + 5_000, "{} {}", ink("P-1"), ink("P-2"));
    assert_eq!(scene.row("P-1").state, State::Printed);
}
