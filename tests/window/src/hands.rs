//! Eyes and hands: keys, a scanner's burst, and looking until something is there.

use crate::{Bench, Result};
use serde_json::{Value, json};
use std::{env, fs, path::Path, time::Duration, time::Instant};
use thirtyfour::{By, Key, TypingData};

/// How long anything may take to be seen on a busy machine.
const SEEN_MAX: Duration = Duration::from_secs(150);
/// The same for a scan, before it is taken for one that came too slowly.
const SCAN_SEEN_MAX: Duration = Duration::from_secs(30);
/// How often we look: as often as a person would notice.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// What comes as fast as a scanner's keys and ends at once is a scan; a person rests before.
const REST: Duration = Duration::from_millis(300);
/// No screen has more places for the focus.
const TABS_MAX: usize = 60;
/// The open dialog.
pub const DIALOG: &str = "document.querySelector('[role=\"dialog\"]')";
/// Times a scan is repeated that came too slowly to be one, as a person would do.
const SCANS_MAX: usize = 3;

/// How many a list of the ship screen holds, as JavaScript.
pub fn count(tab: &str) -> String {
    format!(r#"Number(document.querySelector('[data-tab="{tab}"] b')?.textContent ?? -1)"#)
}

impl Bench {
    /// Presses keys, wherever the focus is.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn press(&self, keys: impl Into<TypingData>) -> Result<()> {
        Ok(self.window.action_chain().send_keys(keys).perform().await?)
    }

    /// Presses a key while Ctrl is held.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn press_ctrl(&self, key: char) -> Result<()> {
        self.press_with(Key::Control, key).await
    }

    /// Presses a key while another is held.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn press_with(&self, held: Key, key: impl Into<TypingData>) -> Result<()> {
        let chain = self.window.action_chain();
        Ok(chain.key_down(held.clone()).send_keys(key).key_up(held).perform().await?)
    }

    /// Types a text into the field that has the focus, as a person does.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn write(&self, text: &str) -> Result<()> {
        self.press(text).await?;
        tokio::time::sleep(REST).await;
        Ok(())
    }

    /// Presses Tab until the focus is there, as who works without a mouse does.
    ///
    /// # Errors
    /// It never is.
    pub async fn tab_to(&self, there: &str) -> Result<()> {
        let script = format!("return !!({there})");
        for _ in 0..TABS_MAX {
            let found = self.window.execute(script.as_str(), Vec::new()).await?;
            if found.json() == &Value::Bool(true) {
                return Ok(());
            }
            self.press(Key::Tab).await?;
            tokio::time::sleep(REST / 2).await;
        }
        Err(format!("the focus never came there: {there}").into())
    }

    /// Chooses a file on the import screen, as its file dialog does, and starts the import.
    ///
    /// # Errors
    /// The screen is another one.
    pub async fn take_file(&self, path: &Path) -> Result<()> {
        let input = self.window.find(By::Css("input[type=file]")).await?;
        input.send_keys(path.to_string_lossy()).await?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.see(&format!("document.querySelector('header h1')?.textContent === '{name}'")).await?;
        self.press(Key::F9).await
    }

    /// The one row that a search finds, as the core lists it.
    ///
    /// # Errors
    /// None, or several.
    pub async fn row(&self, search: &str) -> Result<Value> {
        let query = json!({
            "tab": null, "search": search, "filter": {}, "sort": "paid", "descending": false,
            "offset": 0, "limit": 2,
        });
        let page = self.ask("list_shipments", json!({ "query": query })).await?;
        match page["total"].as_u64() {
            Some(1) => Ok(page["rows"][0].clone()),
            _ => Err(format!("not one {search}: {page}").into()),
        }
    }

    /// A scanner: all keys in one burst, then Enter. Repeated until `seen` is there.
    ///
    /// # Errors
    /// It is never there.
    pub async fn scan(&self, code: &str, seen: &str) -> Result<()> {
        let mut last = Ok(());
        for _ in 0..SCANS_MAX {
            self.press(format!("{code}{}", Key::Enter + "")).await?;
            last = self.until(seen, SCAN_SEEN_MAX).await.map(drop);
            if last.is_ok() {
                break;
            }
        }
        last
    }

    /// Looks until a JavaScript expression is true, and gives its value.
    ///
    /// # Errors
    /// It never is; with what the window shows.
    pub async fn see(&self, expression: &str) -> Result<Value> {
        self.until(expression, SEEN_MAX).await
    }

    async fn until(&self, expression: &str, at_most: Duration) -> Result<Value> {
        let script = format!("return ({expression}) || null");
        let started = Instant::now();
        loop {
            let found = self.window.execute(script.as_str(), Vec::new()).await?;
            if !found.json().is_null() {
                return Ok(found.json().clone());
            }
            if started.elapsed() > at_most {
                let text = self.window.execute("return document.body.innerText", vec![]).await?;
                return Err(format!("never seen: {expression}\n{}", text.json()).into());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// What a command of the core answers, for facts that the screen does not show.
    ///
    /// # Errors
    /// The command's trouble.
    pub async fn ask(&self, command: &str, args: Value) -> Result<Value> {
        let script = "const [name, args, done] = arguments;\
            window.__TAURI_INTERNALS__.invoke(name, args)\
            .then((it) => done({ ok: it }), (it) => done({ no: it }));";
        let asked = self.window.execute_async(script, vec![json!(command), args]).await?;
        match asked.json().get("ok") {
            Some(answer) => Ok(answer.clone()),
            None => Err(format!("{command}: {}", asked.json()).into()),
        }
    }

    /// A picture of the window in the folder `PACKBENCH_SHOTS`, if that is set.
    ///
    /// # Errors
    /// The window is gone, or the disk failed.
    pub async fn shot(&self, name: &str) -> Result<()> {
        let Some(folder) = env::var_os("PACKBENCH_SHOTS") else { return Ok(()) };
        // Two frames: what was painted last may be one frame old.
        let frames = "const done = arguments[0];\
            requestAnimationFrame(() => requestAnimationFrame(() => done(1)));";
        self.window.execute_async(frames, Vec::new()).await?;
        fs::create_dir_all(&folder)?;
        let picture = self.window.screenshot_as_png().await?;
        Ok(fs::write(Path::new(&folder).join(format!("{name}.png")), picture)?)
    }
}
