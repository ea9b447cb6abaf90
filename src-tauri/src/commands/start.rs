//! Beginning, and practice.

use super::At;
use station::{
    first,
    trouble::Trouble,
    view::{Begun, Boot, PastedView, SenderForm},
};

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

/// Writes the first settings of a real station and opens it, unless the sender has faults.
#[tauri::command]
pub async fn begin_real(desk: At<'_>, sender: SenderForm) -> Result<Begun, Trouble> {
    desk.begin_real(&sender).await
}

/// Takes a pasted text apart.
#[tauri::command(async)]
pub fn read_pasted(text: String) -> PastedView {
    first::pasted(&text)
}
