//! A shop's form drawn in the real window: the label's own dots under it, keys that move by one of
//! them, the mouse that drags, what overlaps refused; kept, it is in the next label.

use bench::{Bench, Result};
use serde_json::json;
use std::fs;
use thirtyfour::{Key, prelude::*};

const PICTURE: &str = r#"(() => {
    const it = document.querySelector('[data-testid="form-label"]');
    return it?.complete && it.naturalWidth === 608 && it.naturalHeight === 1040;
})()"#;
const CHOSEN: &str = "document.querySelector('[data-thing].chosen')";

/// Left and upper edge of the chosen thing on the screen, whole pixels.
async fn place(bench: &Bench) -> Result<(i64, i64)> {
    let script = format!(
        "const at = {CHOSEN}.getBoundingClientRect(); return [Math.round(at.x), Math.round(at.y)]"
    );
    let at = bench.window.execute(script, Vec::new()).await?;
    let at: Vec<i64> = at.convert()?;
    Ok((at[0], at[1]))
}

/// Ten dots off the right edge of what is chosen.
async fn narrower(bench: &Bench) -> Result<()> {
    let down = bench.window.action_chain().key_down(Key::Control).key_down(Key::Shift);
    let up = down.send_keys(Key::Left).key_up(Key::Shift).key_up(Key::Control);
    Ok(up.perform().await?)
}

async fn opened(bench: &Bench) -> Result<()> {
    bench.see("document.querySelector('button.begin')").await?;
    bench.press(Key::Enter).await?;
    bench.see("document.querySelectorAll('.line').length > 5").await?;
    bench.press_ctrl('5').await?;
    bench.see("document.querySelector('.none')").await?;
    bench.shot("forms-none-zh").await?;
    bench.press('n').await?;
    bench.see(PICTURE).await?;
    bench.see("document.querySelectorAll('[data-thing]').length === 4").await?;
    Ok(())
}

/// A logo comes in as a file, as from the file dialog.
async fn logo(bench: &Bench) -> Result<()> {
    let script = r#"
        const sheet = document.createElement('canvas');
        sheet.width = sheet.height = 240;
        const it = sheet.getContext('2d');
        it.fillStyle = 'white';
        it.fillRect(0, 0, 240, 240);
        it.fillStyle = 'black';
        it.beginPath();
        it.arc(120, 120, 112, 0, 7);
        it.fill();
        it.fillStyle = 'white';
        it.font = '700 150px sans-serif';
        it.textAlign = 'center';
        it.fillText('拾', 120, 174);
        sheet.toBlob((blob) => {
            const files = new DataTransfer();
            files.items.add(new File([blob], 'logo.png', { type: 'image/png' }));
            const input = document.querySelector('input[type=file]');
            input.files = files.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));
        }, 'image/png');
    "#;
    bench.window.execute(script, Vec::new()).await?;
    bench.see("document.querySelectorAll('[data-thing]').length === 5").await?;
    Ok(())
}

#[tokio::test]
async fn a_shops_form_is_drawn_and_is_in_the_next_label() -> Result<()> {
    let bench = Bench::start().await?;
    opened(&bench).await?;
    // The goods give way to a logo.
    for _ in 0..9 {
        narrower(&bench).await?;
    }
    logo(&bench).await?;
    bench.see("!document.querySelector('[data-thing].wrong')").await?;
    let was = place(&bench).await?;
    bench.press(Key::Down).await?;
    bench.see(&format!("Math.round({CHOSEN}.getBoundingClientRect().y) !== {}", was.1)).await?;
    bench.press_ctrl('z').await?;
    bench.see(&format!("Math.round({CHOSEN}.getBoundingClientRect().y) === {}", was.1)).await?;
    bench.see(PICTURE).await?;
    bench.shot("forms-zh").await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'en'").await?;
    bench.shot("forms-en").await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'zh-CN'").await?;

    // Dragged over the goods it is red, and is not kept.
    let thing = bench.window.find(By::Css("[data-thing].chosen")).await?;
    let drag = bench.window.action_chain().move_to_element_center(&thing).click_and_hold();
    drag.move_by_offset(-150, 40).release().perform().await?;
    bench.see("document.querySelector('[data-thing].wrong')").await?;
    bench.shot("forms-overlap-zh").await?;
    bench.press(Key::F9).await?;
    bench.see("document.querySelector('[data-thing].wrong')").await?;
    bench.press_ctrl('z').await?;
    bench.see("!document.querySelector('[data-thing].wrong')").await?;
    bench.press('z').await?;
    bench.shot("forms-whole-zh").await?;
    bench.press('z').await?;
    bench.press(Key::F9).await?;
    bench.see("document.querySelector('[role=option][aria-selected=true] .name')").await?;
    bench.see("document.querySelector('aside img')?.naturalWidth === 608").await?;
    bench.shot("forms-list-zh").await?;

    let home = bench.home.path();
    let settings = fs::read_to_string(home.join("station.toml"))?;
    assert!(settings.contains("[[form]]\nfile = \"我的面单\"\n"), "{settings}");
    assert!(home.join("forms/我的面单.toml").exists() && home.join("forms/logo.png").exists());
    bench.press_ctrl('1').await?;
    bench.press(Key::F9).await?;
    bench.see(r#"document.querySelector('[data-tab="printed"] b')?.textContent === '1'"#).await?;
    let status = bench.ask("status", json!({})).await?;
    assert_eq!(status["printers"][0]["state"], "ready", "{status}");
    bench.close().await
}
