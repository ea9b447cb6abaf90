//! Setting a printer up in the real window: it is tuned by questions, the settings file changes and
//! nothing else of it, the station goes on, and one key takes the change back.

use bench::{Bench, Result};
use practice::printer::{Options, Printer};
use serde_json::json;
use std::{fs, time::Duration};
use thirtyfour::Key;

const QUESTION: &str = "document.querySelector('section h2')?.textContent";
const PICTURE: &str = r#"(() => {
    const it = document.querySelector('[data-testid="test-label"]');
    return it?.complete && it.naturalWidth === 608 && it.naturalHeight === 1040;
})()"#;

async fn printers_in_both_languages(bench: &Bench) -> Result<()> {
    bench.see("document.querySelector('button.begin')").await?;
    bench.press(Key::Enter).await?;
    bench.see("document.querySelectorAll('.line').length > 5").await?;
    bench.press_ctrl('4').await?;
    bench.see("document.querySelector('[role=option][aria-selected=true]')").await?;
    bench.see(PICTURE).await?;
    bench.press('n').await?;
    let dialog = "document.querySelector('[role=dialog]')";
    bench.see(dialog).await?;
    bench.shot("printer-form-zh").await?;
    bench.press("备用").await?;
    bench.press(Key::F9).await?;
    bench.see(&format!("{dialog}.querySelector('[role=alert]')")).await?;
    bench.shot("printer-refused-zh").await?;
    bench.press(Key::Escape).await?;
    bench.see(&format!("!{dialog}")).await?;
    bench.shot("printers-zh").await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'en'").await?;
    bench.shot("printers-en").await?;
    bench.press('e').await?;
    bench.see(dialog).await?;
    bench.shot("printer-form-en").await?;
    bench.press(Key::Escape).await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'zh-CN'").await?;
    Ok(())
}

async fn tuned_by_questions(bench: &Bench) -> Result<()> {
    bench.press(Key::F9).await?;
    bench.see(QUESTION).await?;
    bench.see(PICTURE).await?;
    bench.shot("tune-frame-zh").await?;
    bench.press('p').await?;
    bench.see("document.querySelector('.said')?.textContent.length > 3").await?;
    bench.press('n').await?;
    bench.see("document.querySelectorAll('.answers button').length === 5").await?;
    bench.press(Key::Left).await?;
    bench.see("document.querySelectorAll('.answers button').length === 2").await?;
    bench.press('y').await?;
    bench.see("document.querySelectorAll('.answers button').length === 3").await?;
    bench.press(Key::Up).await?;
    bench.see("document.querySelector('.said')?.textContent.includes('18')").await?;
    bench.shot("tune-dark-zh").await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'en'").await?;
    bench.shot("tune-dark-en").await?;
    bench.press('y').await?;
    bench.see("document.querySelectorAll('.answers button').length === 2").await?;
    bench.shot("tune-code-en").await?;
    bench
        .scan("PB0123456789012", "document.querySelectorAll('.answers button').length === 5")
        .await?;
    bench.shot("tune-tear-en").await?;
    bench.press('y').await?;
    bench.see("document.querySelectorAll('.answers button').length === 1").await?;
    bench.press(Key::Enter).await?;
    bench.see("document.querySelector('[role=option]')").await?;
    Ok(())
}

/// A printer that is there but not in the settings: asked, added, and on to its test label.
async fn found_and_added(bench: &Bench) -> Result<()> {
    let printer = Printer::start(Options::default()).await?;
    let address = format!("tcp://127.0.0.1:{}", printer.port());
    bench.press_ctrl('4').await?;
    bench.see("document.querySelector('[role=option][aria-selected=true]')").await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'zh-CN'").await?;
    bench.press('a').await?;
    bench.see("document.querySelector('[role=dialog] [data-testid=proof]')").await?;
    bench.shot("printer-asked-zh").await?;
    bench.press(Key::Escape).await?;
    bench.see("!document.querySelector('[role=dialog]')").await?;
    bench.press('f').await?;
    // What is found here is not known, only that it was looked for.
    bench.see("document.querySelector('section input')").await?;
    bench.press('t').await?;
    bench.see("document.activeElement === document.querySelector('section input')").await?;
    bench.press(address.as_str()).await?;
    let typed = "document.querySelector('[role=option][aria-selected=true]')?.textContent";
    bench.see(&format!("{typed}.includes('{address}')")).await?;
    // The driver types as fast as a scanner; a person pauses before Enter.
    tokio::time::sleep(Duration::from_millis(300)).await;
    bench.press(Key::Enter).await?;
    bench.see("document.querySelector('aside [data-testid=proof]')").await?;
    bench.shot("printer-find-zh").await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'en'").await?;
    bench.shot("printer-find-en").await?;
    bench.press(Key::F9).await?;
    bench.see(QUESTION).await?;
    bench.see(PICTURE).await?;
    bench.press('p').await?;
    printer.await_labels(1).await;
    bench.shot("printer-added-en").await?;
    bench.press(Key::Escape).await?;
    bench.see("document.querySelectorAll('[role=option]').length === 2").await?;
    bench.shot("printers-two-en").await?;
    let file = fs::read_to_string(bench.home.path().join("station.toml"))?;
    assert!(file.contains(&address), "{file}");
    Ok(())
}

#[tokio::test]
async fn a_printer_is_tuned_and_taken_back() -> Result<()> {
    let bench = Bench::start().await?;
    printers_in_both_languages(&bench).await?;
    let file = bench.home.path().join("station.toml");
    let was = fs::read_to_string(&file)?;
    tuned_by_questions(&bench).await?;
    let tuned = fs::read_to_string(&file)?;
    let keys = "confirm = \"status\"\noffset_x = 4\ndarkness = 18\n";
    assert_eq!(tuned, was.replace("confirm = \"status\"\n", keys));
    bench.press_ctrl('z').await?;
    bench.see("document.querySelector('.note')").await?;
    assert_eq!(fs::read_to_string(&file)?, tuned.replace("darkness = 18\n", ""));
    // The station went on under all of it: a label comes out.
    bench.press_ctrl('1').await?;
    bench.press(Key::F9).await?;
    bench.see(r#"document.querySelector('[data-tab="printed"] b')?.textContent === '1'"#).await?;
    let status = bench.ask("status", json!({})).await?;
    assert_eq!(status["printers"][0]["state"], "ready", "{status}");
    found_and_added(&bench).await?;
    bench.close().await
}
