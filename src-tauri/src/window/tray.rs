//! The sign among the system's own (tray): how much waits, and the few things that are done without
//! the window. Its words come from the window, which knows the language. On Linux it is a
//! StatusNotifierItem on the desktop's bus; a desktop that has no place for one has none.

#[cfg(target_os = "linux")]
#[path = "tray/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "tray/others.rs"]
mod system;

use super::MAIN;
use station::view::{TrayDeed, TrayFace};
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::Mutex;

/// Told to the window when something was chosen that only it can do.
const EVENT: &str = "tray";

/// The sign, if there is one now.
#[derive(Default)]
pub struct Tray(Mutex<Option<system::Sign>>);

impl Tray {
    /// Shows this face, or takes the sign away. Whether one is there now.
    pub async fn show(&self, app: &AppHandle, face: Option<TrayFace>) -> bool {
        let mut sign = self.0.lock().await;
        let Some(face) = face else {
            if let Some(sign) = sign.take() {
                sign.end(app).await;
            }
            return false;
        };
        if let Some(there) = &*sign
            && there.change(app, face.clone()).await
        {
            return true;
        }
        *sign = system::Sign::new(app, face).await;
        sign.is_some()
    }
}

/// Does what was chosen.
fn act(app: &AppHandle, deed: TrayDeed) {
    match deed {
        TrayDeed::Open => to_front(app),
        TrayDeed::Quit => app.exit(0),
        // Which batches those are the window knows.
        TrayDeed::Pause | TrayDeed::Resume => drop(app.emit_to(MAIN, EVENT, deed)),
    }
}

/// Brings the window to the front. Window systems may refuse focus; it stays usable all the same.
pub fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        drop(window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus()));
    }
}
