//! What needs a person while another window is in front: the window asks for attention as the
//! system does it, and where Linux has `notify-send` the desktop says the words.

use super::MAIN;
use std::process::{Command, Stdio};
use tauri::{AppHandle, Manager, UserAttentionType};

/// A notification is a line.
const CHARS_MAX: usize = 200;

/// Tells it, unless the window is in front anyway.
pub fn tell(app: &AppHandle, title: &str, text: &str) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    if window.is_focused().unwrap_or(false) {
        return;
    }
    // A system without either leaves it to the window's own words and sounds.
    drop(window.request_user_attention(Some(UserAttentionType::Informational)));
    if cfg!(target_os = "linux") {
        let [title, text] = [title, text].map(|it| it.chars().take(CHARS_MAX).collect::<String>());
        let mut told = Command::new("notify-send");
        let told = told.args(["--app-name=Packbench", "--", &title, &text]).stdin(Stdio::null());
        drop(told.stdout(Stdio::null()).stderr(Stdio::null()).status());
    }
}
