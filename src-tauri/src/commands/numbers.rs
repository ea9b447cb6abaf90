//! Numbers that go back to the shops by file.

use super::At;
use station::{
    trouble::Trouble,
    view::{NumbersView, TellingView, WrittenFile},
};

/// What shops have not been told, and what they were told.
#[tauri::command(async)]
pub fn numbers(desk: At<'_>) -> Result<NumbersView, Trouble> {
    desk.station()?.numbers()
}

/// Writes a file of what a shop has not been told.
#[tauri::command]
pub async fn tell_shop(desk: At<'_>, shop: String) -> Result<TellingView, Trouble> {
    desk.unlocked()?.tell_shop(&shop, None).await
}

/// Writes a file once more.
#[tauri::command]
pub async fn tell_again(desk: At<'_>, id: i64) -> Result<WrittenFile, Trouble> {
    desk.unlocked()?.tell_again(id).await
}

/// The shop did not take a file.
#[tauri::command]
pub async fn tell_back(desk: At<'_>, id: i64) -> Result<(), Trouble> {
    desk.unlocked()?.tell_back(id).await
}

/// Somebody put an old number right in the shop.
#[tauri::command]
pub async fn settle_number(desk: At<'_>, id: i64, no: String) -> Result<(), Trouble> {
    desk.unlocked()?.settle_number(id, &no).await
}
