//! Who sends and what comes back, in the real window by keys alone: an order goes under another's
//! name, a part of one comes back, and one is exchanged. The names are read off the paper.

use bench::{Bench, DIALOG, Result, Shop, count, says};
use serde_json::{Value, json};
use std::fs;
use thirtyfour::Key;

const CSV: &str = "订单号,店铺,收件人,手机,省,市,区,详细地址,商品,数量,重量(克)\n\
     R-01,样例店,李思,13800000001,四川省,成都市,武侯区,天府大道 1 号,保温杯,2,400\n\
     R-01,样例店,李思,13800000001,四川省,成都市,武侯区,天府大道 1 号,杯刷,1,400\n\
     R-02,样例店,王磊,13800000002,广东省,深圳市,南山区,科技路 2 号,袜子,2,90\n\
     S-01,样例店,陈晓,13800000003,广东省,广州市,天河区,样例路 3 号,雨伞,1,300\n";
/// Somebody else for whom this house packs, chosen by hand alone.
const OTHER: &str = "\n[[sender_profile]]\nprofile = \"小鹿代发\"\nname = \"小鹿生活\"\n\
     phone = \"0574-88005678\"\nprovince = \"浙江省\"\ncity = \"宁波市\"\ndistrict = \"海曙区\"\n\
     detail = \"样例路 7 号\"\n";
/// How the forms print the buyer's name, and the house's where it receives.
const MASKED: [&str; 2] = ["李*", "拾**居"];

const DID: &str = "document.querySelector('[data-testid=did]')?.textContent ?? ''";
const PANE: &str = "document.querySelector('[data-testid=pane]')?.textContent ?? ''";

fn lines(n: usize) -> String {
    format!("document.querySelectorAll('.line').length === {n}")
}

async fn did(bench: &Bench, words: &str) -> Result<()> {
    bench.see(&format!("({DID}).includes('{words}')")).await.map(drop)
}

async fn shows(bench: &Bench, words: &str) -> Result<()> {
    bench.see(&format!("({PANE}).includes('{words}')")).await.map(drop)
}

/// Finds an order and goes to it.
async fn finds(bench: &Bench, order: &str) -> Result<()> {
    bench.press(Key::F2).await?;
    bench.press_ctrl('a').await?;
    bench.write(order).await?;
    bench.see(&lines(1)).await?;
    bench.press(Key::Enter).await?;
    shows(bench, order).await
}

/// All shipments of an order, the first one first.
async fn shipments(bench: &Bench, order: &str) -> Result<Vec<Value>> {
    let query = json!({
        "tab": null, "search": order, "filter": {}, "sort": "order", "descending": false,
        "offset": 0, "limit": 9,
    });
    let page = bench.ask("list_shipments", json!({ "query": query })).await?;
    let mut rows = page["rows"].as_array().cloned().ok_or("rows")?;
    rows.sort_by_key(|row| row["nth"].as_u64());
    Ok(rows)
}

fn no(row: &Value) -> &str {
    row["waybillNo"].as_str().unwrap_or_default()
}

/// One order goes under another's name: chosen, taken back, chosen again, seen in a column.
async fn is_sent_for_another(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    finds(bench, "S-01").await?;
    for (key, words) in [('1', "1 单已换寄件人"), ('z', "已撤销"), ('1', "1 单已换寄件人")]
    {
        if key == 'z' {
            bench.press_ctrl('z').await?;
        } else {
            bench.press_ctrl('j').await?;
            bench.see(&format!("{DIALOG}?.textContent.includes('拾光家居（本店）')")).await?;
            bench.shot("sender-asked-zh").await?;
            bench.press(key).await?;
        }
        did(bench, words).await?;
    }
    let sender = "document.querySelector('[data-testid=sender]')?.textContent";
    bench.see(&format!("{sender}?.includes('小鹿生活')")).await?;
    bench.see(&format!("{sender}?.includes('小鹿代发 · 手选')")).await?;
    bench.press(Key::Escape).await?;
    bench.see(&lines(3)).await?;

    bench.tab_to("document.activeElement.id === 'columns'").await?;
    bench.press(Key::Enter).await?;
    let focused = "document.activeElement.closest('label')?.textContent";
    bench.tab_to(&format!("{focused}?.includes('寄件人')")).await?;
    bench.press(' ').await?;
    // Its line has moved up in the menu, and the focus with it.
    bench.see(&format!("document.activeElement.checked && {focused}?.includes('寄件人')")).await?;
    bench.press(Key::Escape).await?;
    bench.see("document.activeElement.id === 'columns'").await?;
    let cell = "[...document.querySelectorAll('.line')]\
                .filter((it) => it.textContent.includes('小鹿代发'))";
    bench.see(&format!("{cell}.length === 1 && {cell}[0].textContent.includes('S-01')")).await?;
    bench.shot("sender-column-zh").await?;

    bench.press_ctrl('a').await?;
    bench.press(Key::F9).await?;
    bench.see(&format!("{} === 3", count("printed"))).await?;
    let theirs = bench.row("S-01").await?;
    assert_eq!(theirs["sender"], "小鹿代发");
    let label = shop.label_of(no(&theirs), 3).await?;
    assert!(says(&label, "小鹿生活") && !says(&label, "拾光家居"), "who sends S-01");
    let ours = shop.label_of(no(&bench.row("R-01").await?), 3).await?;
    assert!(says(&ours, "拾光家居") && !says(&ours, "小鹿生活"), "who sends R-01");
    assert!(!says(&ours, "退货"), "R-01 goes out");
    Ok(())
}

/// A part of a printed order comes back, paid at the door.
async fn comes_back(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    finds(bench, "R-01").await?;
    let before = bench.row("R-01").await?;
    let labels = shop.paper(3).await;
    bench.press('b').await?;
    // The focus waits in the reason; without one there is nothing to make.
    bench
        .see(&format!("{DIALOG}?.querySelector('.reason')?.contains(document.activeElement)"))
        .await?;
    bench.press(Key::Enter).await?;
    let stepper = |goods: &str| format!("document.activeElement.ariaLabel?.includes('{goods}')");
    for goods in ["保温杯", "杯刷"] {
        bench.tab_to(&stepper(goods)).await?;
        bench.press(Key::Down).await?;
    }
    bench.see("document.activeElement.value === '0'").await?;
    bench.press_with(Key::Alt, '3').await?;
    bench
        .see(&format!("{DIALOG}.querySelector('.reason input').value === '尺码、款式不合'"))
        .await?;
    bench.tab_to("document.activeElement.value === 'usual'").await?;
    bench.press(Key::Down).await?;
    bench.see("document.activeElement.value === 'receiver'").await?;
    bench.shot("return-asked-zh").await?;
    // Enter in a choice opens it in some engines: the main key is pressed where it is.
    bench.tab_to("document.activeElement.textContent.includes('建退货')").await?;
    bench.press(Key::Enter).await?;
    did(bench, "退货 1 票").await?;
    bench.see(&format!("!{DIALOG} && {} === 1", count("pending"))).await?;

    bench.press(Key::Escape).await?;
    bench.press('1').await?;
    bench.see(&lines(1)).await?;
    bench.see("document.querySelector('.line').textContent.includes('退货')").await?;
    bench.see("document.querySelector('.line').textContent.includes('保温杯 ×1')").await?;
    bench.press(Key::F9).await?;
    bench.see(&format!("{} === 4", count("printed"))).await?;
    shows(bench, "退回给 拾光家居").await?;
    bench.shot("return-printed-zh").await?;

    let all = shipments(bench, "R-01").await?;
    let [first, back] = all.as_slice() else { return Err(format!("{all:?}").into()) };
    assert_eq!((&back["back"], &back["state"]), (&json!(true), &json!("printed")), "{back}");
    let label = shop.label_of(no(back), 4).await?;
    for words in [MASKED[0], MASKED[1], "退货", "到付"] {
        assert!(says(&label, words), "{words} on what comes back");
    }
    assert!(!says(&label, "拾光家居"), "who receives is masked, and it does not send");
    // The order's own shipment is as it was, and no paper of it came out once more.
    for key in ["waybillNo", "state", "copies", "goods", "back", "sender"] {
        assert_eq!(first[key], before[key], "{key} of R-01");
    }
    assert_eq!(shop.paper(4).await[..3], labels[..]);
    let issued = shop.carrier.issued();
    assert_eq!((issued.len(), issued.iter().filter(|it| it.voided).count()), (4, 0));
    Ok(())
}

/// Both or neither: with nothing to send there is no exchange, and what is undone is undone whole.
async fn is_exchanged(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    finds(bench, "R-02").await?;
    bench.press('b').await?;
    bench
        .see(&format!("{DIALOG}?.querySelector('.reason')?.contains(document.activeElement)"))
        .await?;
    bench.press(Key::F8).await?;
    bench.press_with(Key::Alt, '2').await?;
    bench.tab_to("document.activeElement.ariaLabel?.startsWith('换发几件')").await?;
    for left in [1, 0] {
        bench.press(Key::Down).await?;
        bench.see(&format!("document.activeElement.value === '{left}'")).await?;
    }
    bench.press(Key::Enter).await?;
    bench.see(&format!("{DIALOG} && {} === 0", count("pending"))).await?;
    bench.press(Key::Up).await?;
    bench.see("document.activeElement.value === '1'").await?;
    bench.shot("exchange-asked-zh").await?;
    bench.press(Key::Enter).await?;
    did(bench, "换货 1 笔").await?;
    bench.see(&format!("!{DIALOG} && {} === 2", count("pending"))).await?;
    bench.press_ctrl('z').await?;
    bench.see(&format!("{} === 0", count("pending"))).await?;
    assert_eq!(shipments(bench, "R-02").await?.len(), 1, "neither is left");

    bench.press('b').await?;
    bench
        .see(&format!("{DIALOG}?.querySelector('.reason')?.contains(document.activeElement)"))
        .await?;
    bench.press(Key::F8).await?;
    bench.press_with(Key::Alt, '1').await?;
    bench.see(&format!("{DIALOG}.querySelector('.reason input').value !== ''")).await?;
    bench.press(Key::Enter).await?;
    bench.see(&format!("!{DIALOG} && {} === 2", count("pending"))).await?;
    bench.press(Key::Escape).await?;
    bench.press('1').await?;
    bench.see(&lines(2)).await?;
    bench.press_ctrl('a').await?;
    bench.press(Key::F9).await?;
    bench.see(&format!("{} === 6", count("printed"))).await?;
    let all = shipments(bench, "R-02").await?;
    let (back, out): (Vec<&Value>, Vec<&Value>) = all.iter().partition(|row| row["back"] == true);
    assert_eq!((back.len(), out.len()), (1, 2), "{all:?}");
    for (row, returns) in [(back[0], true), (out[0], false), (out[1], false)] {
        let label = shop.label_of(no(row), 6).await?;
        assert_eq!(says(&label, "退货"), returns, "{row}");
        assert_eq!(says(&label, "拾光家居"), !returns, "who sends {row}");
    }
    assert_eq!(shop.printer.total(), 6, "each once");
    Ok(())
}

#[tokio::test]
async fn senders_returns_and_exchanges() -> Result<()> {
    let shop = Shop::open(OTHER).await?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("11-22.csv");
    fs::write(&path, CSV)?;
    shop.bench.press_ctrl('3').await?;
    shop.bench.take_file(&path).await?;
    shop.bench.see("document.querySelector('.done .report dl')").await?;
    shop.bench.press_ctrl('1').await?;
    shop.bench.see(&lines(3)).await?;
    is_sent_for_another(&shop).await?;
    comes_back(&shop).await?;
    is_exchanged(&shop).await?;
    shop.close().await
}
