//! Lists for people: what to fetch, what lies in each box, what the driver takes.

use scene::{Home, Speech, orders_csv, query};
use station::{
    sheet::{Paper, SheetKind},
    trouble::Code,
};

fn pages(pdf: &[u8]) -> usize {
    assert!(pdf.starts_with(b"%PDF-"), "a PDF");
    let kind = b"/Type /Page ";
    pdf.windows(kind.len()).filter(|part| part == kind).count()
}

#[tokio::test]
async fn sheets_have_their_pages_and_hand_over_only_what_has_a_number() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    let ids = scene.station.list_ids(&query(None)).expect("ids");
    let sheet = |kind, paper| scene.station.sheet(kind, &ids, paper);
    assert_eq!(pages(&sheet(SheetKind::Picking, Paper::A4).expect("drawn")), 1);
    assert_eq!(pages(&sheet(SheetKind::Packing, Paper::A5).expect("drawn")), 3);
    let early = sheet(SheetKind::Handover, Paper::A4).expect_err("no numbers yet");
    assert_eq!((early.code, early.fields["order"].as_str()), (Code::NoWaybill, "P-1"));
    let small = Paper { width_um: 40_000, height_um: 30_000 };
    let small = sheet(SheetKind::Picking, small).expect_err("too small");
    assert_eq!(small.code, Code::LabelUndrawable);

    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let label_stock = Paper { width_um: 100_000, height_um: 150_000 };
    let handover = scene.station.sheet(SheetKind::Handover, &ids, label_stock).expect("drawn");
    assert_eq!(pages(&handover), 1, "one carrier, one sheet");
}

#[tokio::test]
async fn a_driver_signs_for_every_parcel() {
    // More parcels than lines on a sheet of label stock: one order fills two of them.
    let home = Home::speaking(Speech::Kdniao, "none", 1);
    let mut scene = home.open().await.expect("opens");
    let order = "订单编号,收货人姓名,联系手机,省,市,区,收货地址,宝贝标题,件数,包裹数\n\
        P-1,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,60,";
    scene.import(&format!("{order}30\n")).await.expect("imports");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let ids = scene.station.list_ids(&query(None)).expect("ids");
    let stock = Paper { width_um: 100_000, height_um: 150_000 };
    let handover = scene.station.sheet(SheetKind::Handover, &ids, stock).expect("drawn");
    assert!(pages(&handover) > 1, "thirty numbers are more than one sheet");
}
