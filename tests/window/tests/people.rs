//! The house in the real window, by keys and badges alone: a setting is searched for, changed, in
//! effect at once and taken back; two packers share one PC, which locks and knows them by badge.

use bench::{Bench, DIALOG, Result, Shop};
use serde_json::json;
use std::fs;
use thirtyfour::Key;

const CSV: &str = "订单号,店铺,收件人,手机,省,市,区,详细地址,商品,数量,重量(克)\n\
     B-01,样例店,欧阳晓,13800000001,浙江省,杭州市,余杭区,东路 1 号,保温杯,1,400\n";
/// The badges of two packers.
const BADGES: [&str; 2] = ["EMP-4711-0001", "EMP-4711-0002"];
/// Who works here, at the foot of the window.
const NOW: &str = "document.querySelector('footer [aria-keyshortcuts=\"Ctrl+U\"]')?.textContent";

/// The one setting that is found has the focus.
const SETS: &str = "document.activeElement.closest('[data-key]')";

async fn finds(bench: &Bench, words: &str, key: &str) -> Result<()> {
    bench.press_ctrl('f').await?;
    bench.press_ctrl('a').await?;
    bench.write(words).await?;
    let all = "document.querySelectorAll('[data-key]')";
    bench.see(&format!("{all}.length === 1 && {all}[0].dataset.key === '{key}'")).await?;
    bench.tab_to(SETS).await
}

async fn settings_are_found_changed_and_taken_back(bench: &Bench) -> Result<()> {
    let file = bench.home.path().join("station.toml");
    let was = fs::read_to_string(&file)?;
    bench.press_ctrl(',').await?;
    bench.see("document.querySelector('[data-key]')").await?;

    // One of this PC alone: the letters grow under the eyes, and shrink again.
    finds(bench, "文字大小", "scalePercent").await?;
    let size = "parseFloat(getComputedStyle(document.body).fontSize)";
    let usual = bench.see(size).await?;
    bench.press(Key::Down).await?;
    bench.see(&format!("{size} > {usual}")).await?;
    bench.shot("settings-larger-zh").await?;
    bench.press_ctrl('z').await?;
    bench.see(&format!("{size} === {usual}")).await?;

    // One of the file: names in the list are masked no more.
    finds(bench, "遮住姓名", "privacy.mask_names").await?;
    bench.press(' ').await?;
    bench.see("document.activeElement.getAttribute('aria-checked') === 'false'").await?;
    assert_eq!(fs::read_to_string(&file)?, format!("{was}\n[privacy]\nmask_names = false\n"));
    assert_eq!(bench.row("B-01").await?["name"], "欧阳晓");
    bench.press_ctrl('z').await?;
    bench.see("document.activeElement.getAttribute('aria-checked') === 'true'").await?;
    assert_eq!(fs::read_to_string(&file)?, was);
    let masked = bench.row("B-01").await?["name"].clone();
    assert!(masked.as_str().is_some_and(|name| name.contains('*')), "{masked}");
    Ok(())
}

async fn packer(bench: &Bench, name: &str, pin: &str, badge: &str) -> Result<()> {
    bench.press('n').await?;
    bench.see(DIALOG).await?;
    bench.write(name).await?;
    bench.press(Key::Tab).await?;
    bench.write(pin).await?;
    bench.press(Key::Tab).await?;
    // The field shows that the badge was taken; it belongs to whoever is being added.
    let shown = format!("document.activeElement.value.length === {}", badge.len());
    bench.scan(badge, &shown).await?;
    bench.press_with(Key::Control, Key::Enter + "").await
}

async fn two_packers_at_one_pc(shop: &Shop) -> Result<()> {
    let bench = &shop.bench;
    bench.press_ctrl('f').await?;
    bench.press_ctrl('a').await?;
    bench.press(Key::Backspace).await?;
    bench.see("document.querySelector('.people')").await?;
    bench.press(Key::Tab).await?;
    packer(bench, "张姐", "2468", BADGES[0]).await?;
    // The first one locks the window: a parcel's code does nothing, a wrong PIN neither.
    bench.see("document.querySelector('.lock')").await?;
    bench.shot("locked-zh").await?;
    bench.write("1111").await?;
    bench.press(Key::Enter).await?;
    bench.see("document.querySelector('.lock')?.textContent.includes('不是任何人的')").await?;
    bench.write("2468").await?;
    bench.press(Key::Enter).await?;
    bench.see(&format!("{NOW}?.includes('张姐')")).await?;
    bench.press(Key::Tab).await?;
    packer(bench, "小李", "1357", BADGES[1]).await?;
    bench.see("document.querySelectorAll('.people li').length === 2").await?;
    bench.shot("people-zh").await?;

    bench.press_ctrl('1').await?;
    bench.press_ctrl('u').await?;
    bench.see("document.querySelector('.lock')").await?;
    // One badge opens, the other one changes places; neither is taken for a parcel.
    bench.scan(BADGES[1], &format!("{NOW}?.includes('小李')")).await?;
    bench.see("!document.querySelector('.lock')").await?;
    bench.scan(BADGES[0], &format!("{NOW}?.includes('张姐')")).await?;
    bench.scan("B-01", "document.querySelector('[data-mood]')").await?;
    shop.printer.await_labels(1).await;
    let acts = json!({ "query": { "search": "B-01", "whats": [], "beforeMs": null } });
    let done = bench.ask("acts", acts).await?;
    let by = |name: &str| {
        done.as_array().is_some_and(|all| all.iter().any(|act| act["operator"] == name))
    };
    assert!(by("张姐") && !by("小李"), "{done}");
    // The second has no right to give numbers back.
    bench.scan(BADGES[1], &format!("{NOW}?.includes('小李')")).await?;
    bench.press_ctrl('1').await?;
    bench.press('4').await?;
    bench.see("document.querySelectorAll('.line').length === 1").await?;
    bench.press('x').await?;
    let no = bench.row("B-01").await?["waybillNo"].as_str().unwrap_or_default().to_owned();
    bench.see(DIALOG).await?;
    bench.write(&no[no.len() - 4..]).await?;
    bench.press(Key::Enter).await?;
    bench.see("document.querySelector('.corner .trouble')").await?;
    bench.shot("no-right-zh").await?;
    assert!(shop.carrier.issued().iter().all(|it| !it.voided), "nothing was given back");
    Ok(())
}

#[tokio::test]
async fn settings_and_people() -> Result<()> {
    let shop = Shop::open("").await?;
    let bench = &shop.bench;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("orders.csv");
    fs::write(&path, CSV)?;
    bench.press_ctrl('3').await?;
    bench.take_file(&path).await?;
    bench.see("document.querySelector('.done .report dl')").await?;
    settings_are_found_changed_and_taken_back(bench).await?;
    two_packers_at_one_pc(&shop).await?;
    shop.close().await
}
