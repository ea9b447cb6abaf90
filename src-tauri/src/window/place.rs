//! Where the window stands: remembered for each set of screens, so that a laptop at the bench and
//! at home comes back to both.

use super::MAIN;
use station::{prefs, view::WindowPlace};
use std::path::Path;
use tauri::{AppHandle, Manager, Monitor, PhysicalPosition, PhysicalSize, WebviewWindow};

/// So much of the window must lie on a screen for its title to be caught by the mouse.
const SEEN_PX: i32 = 80;

/// Puts the window where it was with these screens.
pub fn restore(app: &AppHandle, home: &Path) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let Ok(screens) = window.available_monitors() else { return };
    let Some(place) = prefs::read(home).places.get(&named(&screens)).copied() else { return };
    if !screens.iter().any(|screen| shows(screen, place)) {
        return;
    }
    // A window system that refuses leaves the window where it would be anyway.
    drop(window.set_size(PhysicalSize::new(place.width, place.height)));
    drop(window.set_position(PhysicalPosition::new(place.x, place.y)));
    if place.maximized {
        drop(window.maximize());
    }
}

/// Remembers where the window stands now.
pub fn remember(app: &AppHandle, home: &Path) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let Some((screens, place)) = now(&window) else { return };
    let mut kept = prefs::read(home);
    let before = kept.places.get(&screens).copied();
    // What fills the screen has the size of before, to come back to.
    let place = match before {
        Some(before) if place.maximized => WindowPlace { maximized: true, ..before },
        Some(_) | None => place,
    };
    kept.places.insert(screens, place);
    if let Err(error) = prefs::write(home, &kept) {
        tracing::warn!(%error, "the window's place is forgotten");
    }
}

fn now(window: &WebviewWindow) -> Option<(String, WindowPlace)> {
    let (at, size) = (window.outer_position().ok()?, window.inner_size().ok()?);
    let screens = named(&window.available_monitors().ok()?);
    let maximized = window.is_maximized().ok()?;
    let place = WindowPlace { x: at.x, y: at.y, width: size.width, height: size.height, maximized };
    // Closed while it was put away: it has no place.
    (size.width > 0 && size.height > 0).then_some((screens, place))
}

fn named(screens: &[Monitor]) -> String {
    let mut sizes: Vec<String> = screens
        .iter()
        .map(|screen| format!("{}x{}", screen.size().width, screen.size().height))
        .collect();
    sizes.sort();
    sizes.join("+")
}

fn shows(screen: &Monitor, place: WindowPlace) -> bool {
    let (at, size) = (screen.position(), screen.size());
    let right = at.x.saturating_add(i32::try_from(size.width).unwrap_or(i32::MAX));
    let bottom = at.y.saturating_add(i32::try_from(size.height).unwrap_or(i32::MAX));
    let width = i32::try_from(place.width).unwrap_or(i32::MAX);
    place.x.saturating_add(width) >= at.x + SEEN_PX
        && place.x <= right - SEEN_PX
        && place.y >= at.y - SEEN_PX / 2
        && place.y <= bottom - SEEN_PX
}
