//! What stands in the files: orders that go together or in parts, a shop's own headings and words,
//! and files of a person's own name.

use super::{SHOP, rows, ship, shipped, with};
use calamine::{Data, Reader, Xlsx};
use scene::Home;
use station::{
    trouble::Code,
    view::{Act, Deed, SplitAsk},
};
use std::fs;

#[tokio::test]
async fn merged_orders_share_a_number_and_divided_ones_have_several() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let file = "订单编号,店铺,收货人姓名,联系手机,省,市,区,收货地址,宝贝标题,件数,包裹数,签回单\n\
        A-1,抖店,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,保温杯,1,1,\n\
        A-2,抖店,王建国,13800000001,浙江省,杭州市,西湖区,文三路 1 号,杯刷,1,1,\n\
        B-1,抖店,李思,13800000002,浙江省,杭州市,西湖区,文三路 2 号,茶杯,4,1,\n\
        C-1,抖店,赵平,13800000003,浙江省,杭州市,西湖区,文三路 3 号,茶壶,2,2,是\n";
    scene.import(file).await.expect("imports");
    let id = |order: &str| scene.row(order).id;
    let ids = vec![id("A-1"), id("A-2")];
    let merge = Act { ids, deed: Deed::Merge { despite: false } };
    scene.station.act(merge).await.expect("merged");
    let ask = SplitAsk { id: id("B-1"), moved: vec![1], weight_g: None };
    scene.station.split(ask).await.expect("divided");
    ship(&mut scene).await;
    // What comes back is no shop's business.
    let path = scene.station.tell_shop(SHOP, None).await.expect("written").path;
    let mut orders: Vec<(String, String)> =
        rows(&path).into_iter().map(|row| (row[0].clone(), row[2].clone())).collect();
    orders.sort();
    let names: Vec<&str> = orders.iter().map(|(order, _)| order.as_str()).collect();
    assert_eq!(names, ["A-1", "A-2", "B-1", "B-1", "C-1"], "one number for both parcels of C-1");
    assert_eq!(orders[0].1, orders[1].1, "they travel together");
    assert_ne!(orders[2].1, orders[3].1, "these do not");
    assert_eq!(orders[4].1, scene.row("C-1").waybill_no.expect("a number"), "the mother's");
}

#[tokio::test]
async fn a_shop_has_its_own_headings_words_and_further_parcels() {
    let home = Home::new("none");
    with(
        &home,
        "[[numbers]]\nshop = '抖店'\ncolumns = ['主订单编号', '承运商', '公司代码=code', '运单号']\n\
         file = 'xlsx'\nparcels = true\n[numbers.carriers]\n'圆通' = '圆通（壹号仓）'\n",
    );
    let mut scene = home.open().await.expect("opens");
    let file = "订单编号,店铺,收货人姓名,联系手机,省,市,区,收货地址,宝贝标题,件数,包裹数,签回单\n\
        0012345678901234567,抖店,赵平,13800000003,浙江省,杭州市,西湖区,文三路 3 号,茶壶,2,2,是\n";
    scene.import(file).await.expect("imports");
    ship(&mut scene).await;
    let path = scene.station.tell_shop(SHOP, None).await.expect("written").path;
    assert!(path.ends_with(".xlsx"), "{path}");
    let mut book: Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        other => panic!("no text: {other:?}"),
    };
    let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(text).collect()).collect();
    assert_eq!(rows[0], ["主订单编号", "承运商", "公司代码", "运单号"]);
    let detail = scene.station.detail(scene.row("0012345678901234567").id).expect("detail");
    let child = detail.numbers.iter().find(|it| !it.slip).expect("a second parcel").no.clone();
    let mother = detail.row.waybill_no.expect("a number");
    let row = |no: &str| ["0012345678901234567", "圆通（壹号仓）", "YTO", no].map(str::to_owned);
    assert_eq!(rows[1..], [row(&mother).to_vec(), row(&child).to_vec()], "and no slip");
}

#[tokio::test]
async fn a_named_file_is_never_written_over() {
    let home = Home::new("none");
    let scene = shipped(&home, 1).await;
    let folder = tempfile::tempdir().expect("a folder");
    let mine = folder.path().join("mine.csv");
    fs::write(&mine, "keep").expect("written");
    let refused = scene.station.tell_shop(SHOP, Some(&mine)).await.expect_err("it is there");
    assert_eq!(refused.code, Code::NumbersUnwritten);
    assert_eq!(fs::read_to_string(&mine).expect("there"), "keep");
    let free = folder.path().join("free.csv");
    scene.station.tell_shop(SHOP, Some(&free)).await.expect("written");
    assert_eq!(rows(&free).len(), 1);
}

#[tokio::test]
async fn a_file_is_what_its_name_says() {
    let home = Home::new("none");
    with(&home, "[tell]\nfile = 'xlsx'\n");
    let scene = shipped(&home, 1).await;
    let named = home.folder.path().join("numbers/mine.csv");
    scene.station.tell_shop(SHOP, Some(&named)).await.expect("written");
    assert_eq!(rows(&named).len(), 1);
}
