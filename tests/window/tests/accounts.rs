//! Carrier accounts in the real window, by keys alone: one is tried over real sockets, another is
//! added and tried before it is kept; each change is in the settings file at once and nothing else
//! of it, and one key takes it back.

use bench::{Bench, DIALOG, KEY, Result};
use practice::carrier::{Carrier, Options};
use serde_json::json;
use std::fs;
use thirtyfour::Key;

/// Typing goes into the first field of the form.
const FOCUSED: &str =
    "document.activeElement === document.querySelector('[role=dialog] .form input')";
const TRIED: &str = "document.querySelector('[role=dialog] .trial b')?.textContent";
const TRIAL: &str = "document.querySelector('.trial b')?.textContent";

fn settings(endpoint: &str) -> String {
    format!(
        "# 一号仓\n[sender]\nname = \"拾光家居\"\nphone = \"0571-88001234\"\nprovince = \"浙江省\"\n\
         city = \"杭州市\"\ndistrict = \"余杭区\"\ndetail = \"仓前街道文一西路 969 号\"\n\n\
         [[carrier]]\nname = \"圆通-快递鸟\"   # 网点 571\nkind = \"kdniao\"\n\
         environment = \"sandbox\"\nshipper_code = \"YTO\"\nbusiness_id = \"test1777000\"\n\
         api_key = \"file:key\"\ncustomer_name = \"K00000000\"\nmonth_code = \"x\"\n\
         endpoint = \"{endpoint}\"\n\n[[printer]]\nname = \"热敏 1 号\"\n\
         address = \"tcp://127.0.0.1:9\"\nlanguage = \"zpl\"\ndots_per_mm = 8\npaper = \"76x130\"\n\
         confirm = \"none\"\n"
    )
}

async fn fill(bench: &Bench, texts: &[&str]) -> Result<()> {
    for (nth, text) in texts.iter().enumerate() {
        if nth > 0 {
            bench.press(Key::Tab).await?;
        }
        bench.write(text).await?;
    }
    Ok(())
}

async fn in_english(bench: &Bench, name: &str) -> Result<()> {
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'en'").await?;
    bench.shot(name).await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'zh-CN'").await?;
    Ok(())
}

/// Adds an account of SF, tried before it is kept.
async fn add_sf(bench: &Bench, address: &str) -> Result<()> {
    bench.press('n').await?;
    bench.see(DIALOG).await?;
    bench.shot("account-kinds-zh").await?;
    bench.press('2').await?;
    bench.see(FOCUSED).await?;
    fill(bench, &["顺丰-丰桥", "PBTEST01", "file:key"]).await?;
    bench.shot("account-form-zh").await?;
    // The stand-in's address is among the further settings.
    bench.tab_to("document.activeElement.textContent.includes('更多设置')").await?;
    bench.press(Key::Enter).await?;
    let field = "document.activeElement.closest('.field')?.textContent.includes('接口地址')";
    bench.tab_to(field).await?;
    bench.write(address).await?;
    bench.press(Key::F8).await?;
    bench.see(&format!("{TRIED} === '账号可用'")).await?;
    // The answer is in sight, however long the form.
    bench
        .see(&format!(
            "(() => {{ const it = {DIALOG}.querySelector('.trial')\
        .getBoundingClientRect(); return it.bottom <= innerHeight; }})()"
        ))
        .await?;
    bench.shot("account-tried-zh").await?;
    bench.press(Key::F9).await?;
    bench.see(&format!("!{DIALOG}")).await?;
    Ok(())
}

#[tokio::test]
async fn accounts_are_tried_added_and_given_the_orders() -> Result<()> {
    let options = Options { api_key: KEY.into(), ..Options::default() };
    let carrier = Carrier::start(options).await?;
    let was = settings(&carrier.url());
    let bench = Bench::start_on(&was).await?;
    bench.press_ctrl('6').await?;
    bench.see("document.querySelector('[role=option][aria-selected=true]')").await?;
    bench.press(Key::F9).await?;
    bench.see(&format!("{TRIAL} === '账号可用'")).await?;
    bench.shot("accounts-zh").await?;
    in_english(&bench, "accounts-en").await?;

    add_sf(&bench, &carrier.url()).await?;
    bench.see("document.querySelectorAll('[role=option]').length === 2").await?;
    let path = bench.home.path().join("station.toml");
    let added = fs::read_to_string(&path)?;
    for line in ["name = \"顺丰-丰桥\"", "kind = \"sf\"", "checkword = \"file:key\""] {
        assert!(added.contains(&format!("\n{line}\n")), "{added}");
    }
    assert!(added.contains("# 一号仓") && added.contains("# 网点 571"), "{added}");
    assert!(added.contains("[[routing]]\ncarrier = \"圆通-快递鸟\""), "{added}");

    bench.press(Key::Down).await?;
    bench.press('d').await?;
    bench.see("document.querySelectorAll('[role=option]')[1].querySelector('.rule')").await?;
    let routed = fs::read_to_string(&path)?;
    assert_eq!(routed, added.replace("carrier = \"圆通-快递鸟\"", "carrier = \"顺丰-丰桥\""));
    bench.shot("accounts-two-zh").await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'en'").await?;
    bench.press('n').await?;
    bench.see(DIALOG).await?;
    bench.shot("account-kinds-en").await?;
    bench.press('3').await?;
    bench.see(FOCUSED).await?;
    bench.shot("account-form-en").await?;
    bench.press(Key::Escape).await?;
    bench.see(&format!("!{DIALOG}")).await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'zh-CN'").await?;
    in_english(&bench, "accounts-two-en").await?;
    bench.press_ctrl('z').await?;
    bench.see("document.querySelectorAll('[role=option]')[0].querySelector('.rule')").await?;
    assert_eq!(fs::read_to_string(&path)?, added);
    // The station went on under all of it.
    let status = bench.ask("status", json!({})).await?;
    assert_eq!(status["carriers"].as_array().map(Vec::len), Some(2), "{status}");
    bench.close().await
}
