//! The window: opens it, forwards `changed` events, and closes the station with it.

pub mod desk;
mod folder;
mod login;
pub mod notice;
mod painting;
mod place;
pub mod tray;
pub mod voice;

use crate::{commands, quit};
use desk::Desk;
use station::trouble::{Code, Trouble};
use std::{path::PathBuf, sync::Arc};
use tauri::{Manager, RunEvent, WindowEvent};

/// Label of the one window, as in `tauri.conf.json`.
pub const MAIN: &str = "main";

/// Why there is no window.
pub enum NoWindow {
    /// No display to open it on.
    Display,
    /// Another Packbench works on this home; it was asked to come to the front.
    InUse(Trouble),
    /// The system's words.
    System(String),
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// See [`NoWindow`].
pub fn open(runtime: &tokio::runtime::Runtime, home: PathBuf) -> Result<(), NoWindow> {
    painting::choose();
    if !display() {
        return Err(NoWindow::Display);
    }
    tauri::async_runtime::set(runtime.handle().clone());
    let desk = Arc::new(Desk::new(home.clone()));
    // Opened before the window: a second start is refused without one flashing up.
    if let Some(trouble) = runtime.block_on(desk.boot()).trouble
        && trouble.code == Code::HomeLocked
    {
        folder::knock(&home);
        return Err(NoWindow::InUse(trouble));
    }
    folder::sweep(&home);
    let app = tauri::Builder::default()
        .manage(Arc::clone(&desk))
        .manage(tray::Tray::default())
        .invoke_handler(commands::all())
        .build(tauri::generate_context!())
        .map_err(|e| NoWindow::System(e.to_string()))?;
    runtime.spawn(desk::forward(app.handle().clone(), Arc::clone(&desk)));
    place::restore(app.handle(), &home);
    runtime.spawn(desk::answer_knocks(app.handle().clone(), home.clone()));
    let asked = app.handle().clone();
    runtime.spawn(async move {
        quit::asked().await;
        asked.exit(0);
    });
    let closing = runtime.handle().clone();
    app.run(move |app, event| match event {
        RunEvent::WindowEvent { event: WindowEvent::CloseRequested { .. }, .. }
        | RunEvent::ExitRequested { .. } => place::remember(app, &home),
        RunEvent::Exit => {
            let desk = Arc::clone(&app.state::<Arc<Desk>>());
            closing.block_on(desk.close());
        }
        _ => {}
    });
    Ok(())
}

/// Whether a window can be opened at all. GTK panics where this is not asked first.
fn display() -> bool {
    #[cfg(target_os = "linux")]
    {
        let given = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        (given("DISPLAY") || given("WAYLAND_DISPLAY")) && gtk::init().is_ok()
    }
    #[cfg(not(target_os = "linux"))]
    true
}
