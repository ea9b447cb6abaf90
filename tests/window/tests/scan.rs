//! The scan desk in the real window, by scanner and keys alone: an order is shipped, printed again
//! with its reason, counted into its box, weighed and handed over. What happened is asked of the
//! paper, the scale and the carrier's manifest.

use bench::{Bench, DIALOG, Result, Shop, count};
use practice::scale::Scale;
use serde_json::{Value, json};
use std::fs;
use thirtyfour::Key;

/// One order has two kinds of goods. No letter of a number is a key of this screen.
const ORDERS: &str = "订单号,店铺,收件人,手机,省,市,区,详细地址,商品,数量,重量(克),商家编码,69码\n\
     DD-01,样例店,测试甲,13800000001,浙江省,杭州市,余杭区,东路 1 号,保温杯,1,400,CUP-1,6901234567892\n\
     DD-02,样例店,测试乙,13800000002,浙江省,杭州市,余杭区,东路 2 号,保温杯,1,400,CUP-1,6901234567892\n\
     DD-05,样例店,测试丙,13800000005,浙江省,杭州市,余杭区,东路 5 号,保温杯,2,800,CUP-1,6901234567892\n\
     DD-05,样例店,测试丙,13800000005,浙江省,杭州市,余杭区,东路 5 号,杯刷,1,90,ADD-2,\n\
     DD-09,样例店,测试丁,13800000009,浙江省,杭州市,余杭区,东路 9 号,保温杯,1,400,CUP-1,6901234567892\n";
const CUP: &str = "6901234567892";

/// The largest picture says these words of the last scan.
fn says(words: &str) -> String {
    let head = "document.querySelector('main.bench section[data-mood] .head')";
    format!("({head}?.textContent ?? '').includes('{words}')")
}

/// Turns to other work by its key.
async fn turn_to(bench: &Bench, key: char, mode: &str) -> Result<()> {
    bench.press(key).await?;
    let chosen = "document.querySelector('.modes [aria-checked=true]')?.textContent";
    bench.see(&format!("{chosen}.includes('{mode}')")).await?;
    Ok(())
}

async fn history(bench: &Bench, order: &str) -> Result<Vec<Value>> {
    let id = bench.row(order).await?["id"].clone();
    let detail = bench.ask("shipment", json!({ "id": id })).await?;
    Ok(detail["history"].as_array().cloned().unwrap_or_default())
}

async fn number(bench: &Bench, order: &str) -> Result<String> {
    Ok(bench.row(order).await?["waybillNo"].as_str().unwrap_or_default().to_owned())
}

async fn imported(bench: &Bench) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("orders.csv");
    fs::write(&path, ORDERS)?;
    bench.press_ctrl('3').await?;
    bench.take_file(&path).await?;
    bench.see("document.querySelector('.done .report dl')").await?;
    bench.press_ctrl('2').await?;
    bench.see("document.querySelector('.modes')").await?;
    Ok(())
}

async fn ships(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    for (nth, order) in (1..).zip(["DD-01", "DD-02"]) {
        bench.scan(order, &format!("{} && {}", says("已打印"), shows(order))).await?;
        let paper = shop.paper(nth).await;
        assert_eq!(paper.last(), Some(&number(bench, order).await?), "{order} is on its paper");
    }
    bench.shot("scan-shipped-zh").await?;
    // It is out already: that is said, and nothing is printed unasked.
    bench.scan("DD-01", DIALOG).await?;
    bench.see(&says("已打印过")).await?;
    bench.press(Key::Escape).await?;
    bench.see(&format!("!{DIALOG}")).await?;
    bench.scan("DD-77", "document.querySelector('section[data-mood=wrong]')").await?;
    Ok(())
}

/// The picture is about this order.
fn shows(order: &str) -> String {
    let order_of = "document.querySelector('main.bench section[data-mood] .order')";
    format!("({order_of}?.textContent ?? '').includes('{order}')")
}

async fn prints_again(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    turn_to(bench, 'r', "重打").await?;
    bench.press('3').await?;
    let reason = "document.querySelector('.reasons [aria-checked=true]')?.textContent";
    bench.see(&format!("{reason}.includes('未出纸')")).await?;
    bench.scan("DD-01", &says("已重打，第 2 份")).await?;
    let paper = shop.paper(3).await;
    assert_eq!(paper[2], paper[0], "the number stays");
    let id = bench.row("DD-01").await?["id"].clone();
    let jobs = bench.ask("shipment", json!({ "id": id })).await?["jobs"].clone();
    assert_eq!((&jobs[0]["copy"], &jobs[0]["reason"]), (&json!(2), &json!("not_out")), "{jobs}");
    Ok(())
}

async fn counts(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    turn_to(bench, 'v', "验货").await?;
    bench.see(&says("开始验货")).await?;
    bench.scan("DD-05", "document.querySelector('.largest')?.textContent === '0 / 3'").await?;
    bench.scan(CUP, &says("已计数")).await?;
    bench.scan("4006381333931", &says("不是这单的商品")).await?;
    bench.scan("DD-09", &says("还缺商品")).await?;
    bench.shot("scan-missing-zh").await?;
    bench.scan(CUP, "document.querySelector('.largest')?.textContent === '2 / 3'").await?;
    bench.scan(CUP, &says("多了，没有计数")).await?;
    assert_eq!(shop.printer.total(), 3, "no label before all is in");
    bench.scan("ADD-2", &says("验货完成")).await?;
    let paper = shop.paper(4).await;
    assert_eq!(paper[3], number(bench, "DD-05").await?);
    let section = "document.querySelector('main.bench section[data-mood=good]')";
    bench.see(&format!("{section}?.textContent.includes('面单已打印')")).await?;
    Ok(())
}

/// The scale's own weight, at rest, is on the screen.
fn lies(kg: &str) -> String {
    let aside = "document.querySelector('aside')?.innerText ?? ''";
    format!("({aside}).includes('{kg} kg') && !({aside}).includes('未稳定')")
}

async fn weighs(shop: &Shop, scale: &Scale) -> Result<()> {
    let bench = &shop.bench;
    turn_to(bench, 'w', "称重出库").await?;
    let no = number(bench, "DD-01").await?;
    bench.scan(&no, &says("秤上没有包裹")).await?;
    scale.lay(410);
    bench.see(&lies("0.410")).await?;
    bench.scan(&no, &says("已称重，可以出库")).await?;
    let kept = history(bench, "DD-01").await?;
    assert!(kept.iter().any(|it| it["note"] == "410 g"), "{kept:?}");

    scale.lay(0);
    bench.see(&lies("0.000")).await?;
    scale.lay(1_300);
    bench.see(&lies("1.300")).await?;
    bench.scan("DD-05", &says("重量不对，要确认")).await?;
    bench.shot("scan-odd-weight-zh").await?;
    bench.press(Key::F8).await?;
    bench.see(DIALOG).await?;
    bench.write("加了赠品").await?;
    bench.press(Key::Enter).await?;
    bench.see(&says("已称重，可以出库")).await?;
    let kept = history(bench, "DD-05").await?;
    assert!(kept.iter().any(|it| it["note"] == "1300 g · 加了赠品"), "{kept:?}");
    Ok(())
}

async fn hands_over(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    turn_to(bench, 'h', "交接").await?;
    bench.scan(&number(bench, "DD-01").await?, &says("已上交接单")).await?;
    bench.scan("DD-01", &says("已经在交接单上")).await?;
    bench.scan("DD-09", &says("还没有面单")).await?;
    bench.scan("DD-05", &says("已上交接单")).await?;
    bench.see("document.querySelector('aside')?.innerText.includes('DD-02')").await?;
    bench.shot("scan-handing-zh").await?;
    bench.press(Key::F9).await?;
    bench.see("document.body.innerText.includes('已关闭：2 件')").await?;
    shop.printer.await_labels(5).await;
    let closed = bench.ask("manifests", json!({ "search": "" })).await?["manifests"][0].clone();
    assert_eq!((&closed["parcels"], &closed["weightG"]), (&json!(2), &json!(1_710)), "{closed}");
    Ok(())
}

#[tokio::test]
async fn a_parcel_goes_its_way_by_scanner() -> Result<()> {
    let scale = Scale::start().await?;
    let settings = format!("\n[scale]\naddress = \"tcp://127.0.0.1:{}\"\n", scale.port());
    let shop = Shop::open(&settings).await?;
    let bench = &shop.bench;
    imported(bench).await?;
    ships(&shop).await?;
    prints_again(&shop).await?;
    counts(&shop).await?;
    weighs(&shop, &scale).await?;
    hands_over(&shop).await?;
    let mode = "document.querySelector('.modes [aria-checked=true]')?.textContent";
    bench.scan("*PB-TO-SHIP*", &format!("{mode}.includes('扫单打印')")).await?;
    bench.press(Key::Escape).await?;
    bench.see(&format!("{} === 3 && {} === 1", count("printed"), count("pending"))).await?;
    assert_eq!(shop.carrier.issued().len(), 3, "one number each");
    shop.close().await
}
