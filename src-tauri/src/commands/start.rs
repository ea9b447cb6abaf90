//! Beginning, and practice.

use super::At;
use station::{trouble::Trouble, view::Boot};

/// How things stand; opens the station if it is not open yet.
#[tauri::command]
pub async fn boot(desk: At<'_>) -> Result<Boot, Trouble> {
    Ok(desk.boot().await)
}

/// Sample orders, practice carrier, practice printer.
#[tauri::command]
pub async fn start_practice(desk: At<'_>) -> Result<Boot, Trouble> {
    desk.start_practice().await
}

/// Puts practice aside.
#[tauri::command]
pub async fn leave_practice(desk: At<'_>) -> Result<Boot, Trouble> {
    desk.leave_practice().await
}
