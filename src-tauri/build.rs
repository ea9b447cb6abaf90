//! Lets Tauri read its settings when the window is built; the command line alone needs nothing.
fn main() {
    #[cfg(feature = "window")]
    tauri_build::build();
}
