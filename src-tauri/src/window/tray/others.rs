//! By the system's own, as Tauri has it.

use super::act;
use station::view::{TrayDeed, TrayFace, TrayItem};
use tauri::{
    AppHandle,
    menu::{Menu, MenuItem, PredefinedMenuItem},
    tray::TrayIconBuilder,
};

const ID: &str = "main";
const DEEDS: [TrayDeed; 4] = [TrayDeed::Open, TrayDeed::Pause, TrayDeed::Resume, TrayDeed::Quit];

/// The sign of this program.
pub struct Sign;

impl Sign {
    /// `None`: the system shows none.
    pub async fn new(app: &AppHandle, face: TrayFace) -> Option<Self> {
        let made = menu(app, &face).and_then(|menu| {
            let mut sign = TrayIconBuilder::with_id(ID)
                .menu(&menu)
                .tooltip(&face.tip)
                .on_menu_event(|app, event| {
                    let chosen = DEEDS.iter().find(|deed| word(**deed) == event.id.as_ref());
                    if let Some(deed) = chosen {
                        act(app, *deed);
                    }
                });
            if let Some(icon) = app.default_window_icon() {
                sign = sign.icon(icon.clone());
            }
            sign.build(app)
        });
        match made {
            Ok(_) => Some(Self),
            Err(why) => {
                tracing::info!(%why, "no place for a sign");
                None
            }
        }
    }

    /// Whether it is still there.
    pub async fn change(&self, app: &AppHandle, face: TrayFace) -> bool {
        let Some(sign) = app.tray_by_id(ID) else { return false };
        let changed = menu(app, &face).and_then(|menu| sign.set_menu(Some(menu)));
        changed.and_then(|()| sign.set_tooltip(Some(&face.tip))).is_ok()
    }

    pub async fn end(self, app: &AppHandle) {
        drop(app.remove_tray_by_id(ID));
    }
}

fn menu(app: &AppHandle, face: &TrayFace) -> tauri::Result<Menu<tauri::Wry>> {
    let menu = Menu::new(app)?;
    menu.append(&MenuItem::new(app, &face.tip, false, None::<&str>)?)?;
    menu.append(&PredefinedMenuItem::separator(app)?)?;
    for TrayItem { deed, label } in &face.items {
        menu.append(&MenuItem::with_id(app, word(*deed), label, true, None::<&str>)?)?;
    }
    Ok(menu)
}

fn word(deed: TrayDeed) -> &'static str {
    match deed {
        TrayDeed::Open => "open",
        TrayDeed::Pause => "pause",
        TrayDeed::Resume => "resume",
        TrayDeed::Quit => "quit",
    }
}
