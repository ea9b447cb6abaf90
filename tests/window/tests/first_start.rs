//! A first morning: the window opens on nothing, practice is one key away, F9 brings a label, a
//! scan of it offers the reprint, and the rest is shipped at one go.

use bench::{Bench, DIALOG, Result, binary, count};
use serde_json::json;
use std::process::Command;
use thirtyfour::Key;

/// Orders shipped at one go before the rest.
const TICKED: usize = 9;

/// The label is in the pane, whole, and has ink on it.
const LABEL: &str = r#"(() => {
    const label = document.querySelector('[data-testid="pane"] [data-testid="label"]');
    if (!label?.complete || label.naturalWidth === 0) return false;
    const paper = document.createElement('canvas');
    paper.width = label.naturalWidth;
    paper.height = label.naturalHeight;
    const ink = paper.getContext('2d');
    ink.drawImage(label, 0, 0);
    const dots = ink.getImageData(0, 0, paper.width, paper.height).data;
    let black = 0;
    for (let at = 0; at < dots.length; at += 4) if (dots[at] < 128) black += 1;
    return [paper.width, paper.height, black / (paper.width * paper.height)];
})()"#;

async fn first_label(bench: &Bench) -> Result<String> {
    bench.see("document.querySelector('button.begin')").await?;
    bench.shot("welcome-zh").await?;
    bench.press(Key::Enter).await?;
    bench.see(&format!("{} > 10", count("pending"))).await?;
    let order = bench.see("document.querySelector('.line b')?.textContent").await?;
    bench.press(Key::F9).await?;
    bench.see(&format!("{} === 1", count("printed"))).await?;
    let label = bench.see(LABEL).await?;
    assert_eq!((&label[0], &label[1]), (&json!(608), &json!(1040)), "76 × 130 mm at 8 dots");
    let ink = label[2].as_f64().unwrap_or(0.0);
    assert!((0.02..0.6).contains(&ink), "{ink} of the label is black");
    Ok(order.as_str().unwrap_or_default().to_owned())
}

async fn reprint_by_scan(bench: &Bench, order: &str) -> Result<()> {
    let first = bench.row(order).await?;
    assert_eq!((&first["state"], &first["copies"]), (&json!("printed"), &json!(1)));
    let waybill = first["waybillNo"].as_str().unwrap_or_default().to_owned();
    assert!(waybill.starts_with("YT"), "{waybill}");
    bench.scan(&waybill, DIALOG).await?;
    bench.see(&format!("{DIALOG}.textContent.includes('{order}')")).await?;
    bench.press('1').await?;
    bench.see(&format!("!{DIALOG}")).await?;
    let id = first["id"].clone();
    let detail = loop {
        let detail = bench.ask("shipment", json!({ "id": id })).await?;
        if detail["jobs"][0]["copy"] == 2 && detail["jobs"][0]["state"] == "confirmed" {
            break detail;
        }
        bench.see("true").await?;
    };
    assert_eq!(detail["row"]["waybillNo"], json!(waybill), "a reprint keeps the number");
    assert!(!detail["jobs"][0]["reason"].as_str().unwrap_or_default().is_empty());
    // What nobody knows is said to be unknown, and does nothing.
    bench.scan("0000000000000", "document.querySelector('[data-mood=\"wrong\"]')").await?;
    bench.press(Key::Escape).await
}

async fn some_then_the_rest(bench: &Bench) -> Result<()> {
    let was = bench.see(&count("printed")).await?.as_u64().unwrap_or(0);
    bench.press('1').await?;
    bench.see("document.querySelectorAll('.line').length > 5").await?;
    for _ in 0..TICKED {
        bench.press(' ').await?;
        bench.press(Key::Down).await?;
    }
    bench.press(Key::F9).await?;
    // One more, alone: it is shown, and comes out before the others.
    bench.see(&format!("{} > 0", count("to_print"))).await?;
    bench.press(Key::F9).await?;
    bench.see(&format!("{} >= {}", count("printed"), was + 3)).await?;
    bench.see(LABEL).await?;
    bench.see("!document.querySelector('.note')").await?;
    bench.shot("ship-zh").await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'en'").await?;
    bench.shot("ship-en").await?;
    bench.press_ctrl('a').await?;
    bench.press(Key::F9).await?;
    let moving = format!("{} + {} + {}", count("pending"), count("in_work"), count("to_print"));
    bench.see(&format!("({moving}) === 0")).await?;
    let status = bench.ask("status", json!({})).await?;
    assert_eq!(status["outbox"]["waiting"], 0, "{status}");
    Ok(())
}

/// A file goes through the window as the import screen sends it.
async fn file_through_the_window(bench: &Bench) -> Result<()> {
    let script = "const [csv, done] = arguments;\
        const headers = { 'x-file-name': encodeURIComponent('订单 1.csv') };\
        const body = new TextEncoder().encode(csv);\
        window.__TAURI_INTERNALS__.invoke('import_stage', body, { headers })\
        .then(done, (it) => done({ no: it }));";
    let csv = "订单号,收件人,手机,地址,商品,数量\n\
        W-1,测试甲,13800000999,浙江省杭州市余杭区仓前街道样例路 1 号,杯子,2\n";
    let staged = bench.window.execute_async(script, vec![json!(csv)]).await?;
    let staged = staged.json().clone();
    assert_eq!(
        (&staged["file"], &staged["missing"]),
        (&json!("订单 1.csv"), &json!([])),
        "{staged}"
    );
    let token = staged["token"].as_str().unwrap_or_default();
    let file = bench.home.path().join("incoming").join(token);
    assert!(file.exists(), "kept for the second step");
    let run = json!({ "token": token, "mapping": staged["mapping"], "shop": "窗口店" });
    let report = bench.ask("import_run", run).await?;
    assert_eq!((&report["added"], &report["held"]), (&json!(1), &json!(0)), "{report}");
    assert!(!file.exists(), "a file of personal data is gone when it is imported");
    bench.see(&format!("{} === 1", count("pending"))).await?;
    Ok(())
}

/// Practice is put aside whole, and can be begun anew in the same program.
async fn leave_practice(bench: &Bench) -> Result<()> {
    let left = bench.ask("leave_practice", json!({})).await?;
    assert_eq!((&left["mode"], &left["practice"]), (&json!("welcome"), &json!(false)), "{left}");
    let names = std::fs::read_dir(bench.home.path())?;
    let names: Vec<String> =
        names.flatten().map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    assert!(!names.iter().any(|it| it == "station.toml" || it == "station.sqlite"), "{names:?}");
    assert!(names.iter().any(|it| it.starts_with("practice-")), "{names:?}");
    let again = bench.ask("start_practice", json!({})).await?;
    assert_eq!(again["mode"], "open", "{again}");
    let status = bench.ask("status", json!({})).await?;
    assert_eq!(status["counts"]["printed"], 0, "{status}");
    Ok(())
}

#[tokio::test]
async fn practice_label_scan_and_reprint() -> Result<()> {
    let bench = Bench::start().await?;
    let order = first_label(&bench).await?;
    let (code, said) = bench.second_start()?;
    assert_eq!(code, Some(3), "a second start on one home is refused: {said}");
    reprint_by_scan(&bench, &order).await?;
    some_then_the_rest(&bench).await?;
    file_through_the_window(&bench).await?;
    leave_practice(&bench).await?;
    bench.close().await
}

#[test]
fn without_a_display_it_says_so() -> Result<()> {
    let home = tempfile::tempdir()?;
    for display in [None, Some(":9876")] {
        let mut program = Command::new(binary());
        program.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        program.envs(display.map(|it| ("DISPLAY", it))).env("PACKBENCH_HOME", home.path());
        let out = program.args(["--lang", "en"]).output()?;
        let said = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(3), "{said}");
        assert!(said.contains("display") && !said.contains("panicked"), "{said}");
    }
    Ok(())
}
