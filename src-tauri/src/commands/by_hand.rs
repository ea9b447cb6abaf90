//! Orders typed in.

use super::At;
use station::{
    trouble::Trouble,
    view::{Detail, KnownBefore, OrderDraft, Right},
};

/// Receivers, goods and shops of earlier orders.
#[tauri::command(async)]
pub fn known_before(desk: At<'_>, search: String) -> Result<KnownBefore, Trouble> {
    let station = desk.unlocked()?;
    station.may(Right::Personal)?;
    station.known_before(&search)
}

/// Keeps an order typed in.
#[tauri::command]
pub async fn add_order(desk: At<'_>, draft: OrderDraft) -> Result<Detail, Trouble> {
    desk.unlocked()?.add_order(draft).await
}
