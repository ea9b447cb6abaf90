//! A day at the ship screen of the real window, by keys alone: a file with a wrong row, filters, a
//! hold and its undoing, a batch with a pause that a single order overtakes, an order from a pasted
//! address and its number taken back, paper that ends and a label in doubt.

use bench::{Bench, DIALOG, Result, Shop, count};
use practice::printer::Faults;
use serde_json::json;
use std::{collections::BTreeSet, fmt::Write as _, fs};
use thirtyfour::Key;

/// Orders to Guangdong, and to Zhejiang.
const ORDERS: (usize, usize) = (6, 4);

fn csv() -> Result<String> {
    let mut csv = String::from("订单号,店铺,收件人,手机,省,市,区,详细地址,商品,数量,重量(克)\n");
    let south = "广东省,深圳市,南山区";
    let east = "浙江省,杭州市,余杭区";
    for n in 1..=ORDERS.0 + ORDERS.1 {
        let place = if n <= ORDERS.0 { south } else { east };
        writeln!(csv, "P-{n:02},样例店,测试{n},138{n:08},{place},样例路 {n} 号,杯子,1,300")?;
    }
    writeln!(csv, "P-99,样例店,测试甲,13800000099,{east},样例路 99 号,杯子,三,300")?;
    Ok(csv)
}

async fn comes_in(bench: &Bench) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("11-22.csv");
    fs::write(&path, csv()?)?;
    bench.press_ctrl('3').await?;
    bench.take_file(&path).await?;
    // The row that is wrong is named: where it is, what it says, and why it was not taken.
    let refused = "document.querySelector('.done .report tbody tr')?.innerText";
    let line = ORDERS.0 + ORDERS.1 + 2;
    for word in [line.to_string(), "数量".into(), "三".into(), "1 到 9,999 的整数".into()] {
        bench.see(&format!("{refused}.includes('{word}')")).await?;
    }
    bench.shot("import-refused-zh").await?;
    bench.press_ctrl('1').await?;
    bench.see(&format!("{} === {}", count("pending"), ORDERS.0 + ORDERS.1)).await?;
    Ok(())
}

/// How many lines the list has.
fn lines(n: usize) -> String {
    format!("document.querySelectorAll('.line').length === {n}")
}

/// The list is narrowed to one province without a mouse.
async fn to_guangdong(bench: &Bench) -> Result<()> {
    bench.press('f').await?;
    bench.see("document.activeElement.id === 'shops'").await?;
    bench.tab_to("document.activeElement.id === 'provinces'").await?;
    bench.press(Key::Enter).await?;
    let focused = "document.activeElement.closest('label')?.textContent";
    bench.see(&format!("{focused}?.includes('广东省')")).await?;
    bench.press(' ').await?;
    bench.see(&lines(ORDERS.0)).await?;
    bench.press(Key::Escape).await?;
    bench.see("document.activeElement.id === 'provinces'").await?;
    Ok(())
}

async fn is_found_and_held(bench: &Bench) -> Result<()> {
    bench.press(Key::F2).await?;
    bench.write("P-07").await?;
    bench.see(&lines(1)).await?;
    bench.see("document.querySelector('.line b')?.textContent.includes('P-07')").await?;
    bench.press(Key::Escape).await?;
    bench.see(&lines(ORDERS.0 + ORDERS.1)).await?;

    to_guangdong(bench).await?;
    bench.press_ctrl('a').await?;
    bench.see(&format!("document.body.innerText.includes('已选 {} 单')", ORDERS.0)).await?;
    bench.press('h').await?;
    bench.see(DIALOG).await?;
    bench.press_with(Key::Alt, '2').await?;
    bench.see(&format!("{} === {}", count("attention"), ORDERS.0)).await?;
    bench.press_ctrl('z').await?;
    bench.see(&format!("{} === {}", count("pending"), ORDERS.0 + ORDERS.1)).await?;

    // Held again for a reason of one's own, which its row says, and let go.
    bench.press_ctrl('a').await?;
    bench.press('h').await?;
    bench.see(DIALOG).await?;
    bench.write("等新到的货").await?;
    bench.press(Key::Enter).await?;
    bench.see(&format!("{} === {}", count("attention"), ORDERS.0)).await?;
    bench.press('5').await?;
    bench.see("document.querySelector('.line .why')?.textContent.includes('等新到的货')").await?;
    bench.shot("ship-held-zh").await?;
    bench.press_ctrl('a').await?;
    bench.press('u').await?;
    bench.see(&format!("{} === 0", count("attention"))).await?;
    assert_eq!(bench.row("P-01").await?["state"], "ready");
    bench.press('1').await?;
    bench.see(&lines(ORDERS.0)).await?;
    Ok(())
}

/// The filtered ones go as a batch, which is stopped; one more goes before them; then the rest.
async fn goes_out(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    bench.press_ctrl('a').await?;
    bench.press(Key::F9).await?;
    let batch = "document.querySelector('footer .batch')?.textContent ?? ''";
    bench.see(&format!("({batch}).includes('批次')")).await?;
    bench.press(Key::F7).await?;
    bench.see(&format!("({batch}).includes('已暂停')")).await?;
    bench.press(Key::Escape).await?;
    bench.see(&lines(ORDERS.1)).await?;
    bench.press(Key::F9).await?;
    let alone = format!("P-{:02}", ORDERS.0 + 1);
    let pane = "document.querySelector('[data-testid=pane]')?.textContent";
    bench.see(&format!("{pane}.includes('{alone}') && {pane}.includes('已打印')")).await?;
    bench.shot("ship-paused-zh").await?;
    let waiting = bench.see(&format!("{} + {}", count("in_work"), count("to_print"))).await?;
    assert!(waiting.as_u64() > Some(0), "{alone} overtook {waiting} others");
    // It is still the batch that the key is about, not the one that overtook it.
    bench.see(&format!("({batch}).includes('已暂停')")).await?;
    bench.press(Key::F7).await?;
    bench.see(&format!("{} === {}", count("printed"), ORDERS.0 + 1)).await?;
    let paper = shop.paper(ORDERS.0 as u64 + 1).await;
    let numbers: BTreeSet<_> = shop.carrier.issued().into_iter().map(|it| it.waybill_no).collect();
    assert_eq!(paper.iter().cloned().collect::<BTreeSet<_>>(), numbers, "each label once");
    assert_eq!(paper.len(), numbers.len());
    Ok(())
}

async fn by_hand(bench: &Bench) -> Result<()> {
    bench.press_ctrl('n').await?;
    bench.see("document.activeElement.tagName === 'TEXTAREA'").await?;
    bench.write("李晓梅 13900001234 浙江省杭州市西湖区文三路 90 号东部软件园 3 幢 402").await?;
    let field = |label: &str| {
        let fields = format!("[...{DIALOG}.querySelectorAll('.field')]");
        let one = format!("{fields}.find((it) => it.innerText.startsWith('{label}'))");
        format!("{one}?.querySelector('input')")
    };
    for (label, value) in [("收件人", "李晓梅"), ("区县", "西湖区"), ("电话", "13900001234")]
    {
        bench.see(&format!("{}?.value === '{value}'", field(label))).await?;
    }
    bench.tab_to(&format!("document.activeElement === {}", field("商品 1"))).await?;
    bench.write("保温杯 480ml").await?;
    bench.shot("order-by-hand-zh").await?;
    bench.press(Key::Enter).await?;
    bench.see(&format!("!{DIALOG}")).await?;
    let row = bench.row("李晓梅").await?;
    assert_eq!((&row["state"], &row["province"]), (&json!("ready"), &json!("浙江省")), "{row}");
    Ok(())
}

/// An order is typed in, shipped, and its number given back.
async fn comes_by_hand_and_goes_back(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    by_hand(bench).await?;
    let order = bench.row("李晓梅").await?["orderNo"].as_str().unwrap_or_default().to_owned();
    bench.press(Key::F2).await?;
    bench.write("李晓梅").await?;
    bench.see(&lines(1)).await?;
    bench.press(Key::Enter).await?;
    bench.press(Key::F9).await?;
    let pane = "document.querySelector('[data-testid=pane]')?.textContent";
    bench.see(&format!("{pane}.includes('{order}') && {pane}.includes('已打印')")).await?;
    bench.press('v').await?;
    bench.see(DIALOG).await?;
    let no = bench.row("李晓梅").await?["waybillNo"].as_str().unwrap_or_default().to_owned();
    // Four other characters are not enough.
    bench.write("0000").await?;
    bench.press(Key::Enter).await?;
    bench.see(&format!("{DIALOG} && {count} === 0", count = count("attention"))).await?;
    bench.press_ctrl('a').await?;
    bench.write(&no[no.len() - 4..]).await?;
    bench.press(Key::Enter).await?;
    bench.see(&format!("!{DIALOG} && {} === 1", count("attention"))).await?;
    let voided = shop.carrier.issued().into_iter().find(|it| it.waybill_no == no);
    assert!(voided.is_some_and(|it| it.voided), "{no} was given back");
    assert_eq!(bench.row("李晓梅").await?["state"], "held", "its label is void");
    bench.press(Key::Escape).await?;
    bench.see(&lines(ORDERS.1 - 1)).await?;
    Ok(())
}

/// The roll ends in the middle; then the line breaks in a label, which a person is asked about.
async fn goes_wrong(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    let before = shop.printer.total();
    shop.printer.set(Faults { paper_out_after: Some(1), ..Faults::default() });
    bench.press(' ').await?;
    bench.press(Key::Down).await?;
    bench.press(' ').await?;
    bench.see("document.body.innerText.includes('已选 2 单')").await?;
    bench.press(Key::F9).await?;
    bench.see("document.querySelector('.stopped')?.textContent.includes('热敏 1 号 缺纸')").await?;
    bench.shot("ship-paper-out-zh").await?;
    shop.printer.set(Faults::default());
    shop.printer.refill();
    bench
        .see(&format!("!document.querySelector('.stopped') && {} === 1", count("pending")))
        .await?;
    bench.see(&format!("{} === {}", count("printed"), ORDERS.0 + 3)).await?;
    assert_eq!(shop.printer.total(), before + 2, "each once");

    shop.printer.set(Faults { reset_after_bytes: Some(3_000), ..Faults::default() });
    bench.press('1').await?;
    bench.see(&lines(1)).await?;
    bench.press(Key::F9).await?;
    bench.see(&format!("{} === 2", count("attention"))).await?;
    bench.press('5').await?;
    bench.see("document.querySelectorAll('.line .why').length === 2").await?;
    let asked = "document.querySelectorAll('.line')[0].textContent.includes('没出，再打')";
    let doubt = bench.window.execute(format!("return {asked}"), Vec::new()).await?;
    if doubt.json() != &json!(true) {
        bench.press(Key::Down).await?;
    }
    bench.see("document.querySelector('[data-testid=pane]')?.innerText.includes('P-10')").await?;
    bench.shot("ship-doubt-zh").await?;
    bench.press(Key::Enter).await?;
    bench.see(&format!("{} === {}", count("printed"), ORDERS.0 + 4)).await?;
    let paper = shop.paper(before + 3).await;
    let last = bench.row("P-10").await?["waybillNo"].as_str().unwrap_or_default().to_owned();
    assert_eq!(paper.last(), Some(&last), "printed once, after a person said so");
    Ok(())
}

#[tokio::test]
async fn a_day_at_the_desk() -> Result<()> {
    let shop = Shop::open("").await?;
    comes_in(&shop.bench).await?;
    is_found_and_held(&shop.bench).await?;
    goes_out(&shop).await?;
    comes_by_hand_and_goes_back(&shop).await?;
    goes_wrong(&shop).await?;
    shop.close().await
}
