//! What is done with a selection, and taken back.

use super::At;
use station::{
    sheet::SheetKind,
    trouble::Trouble,
    view::{
        Act, ActDone, ExchangeAsk, MergeGroup, PrintedSheet, ReturnAsk, ReturnLook, SplitAsk,
        UndoOffer,
    },
};

/// Does something with each of a selection.
#[tauri::command]
pub async fn act(desk: At<'_>, act: Act) -> Result<ActDone, Trouble> {
    let station = desk.station()?;
    station.may_act(&act)?;
    station.act(act).await
}

/// Which of a selection could go together, and what differs.
#[tauri::command(async)]
pub fn merge_look(desk: At<'_>, ids: Vec<i64>) -> Result<Vec<MergeGroup>, Trouble> {
    desk.station()?.merge_look(&ids)
}

/// Divides an order in two shipments.
#[tauri::command]
pub async fn split_shipment(desk: At<'_>, ask: SplitAsk) -> Result<ActDone, Trouble> {
    desk.unlocked()?.split(ask).await
}

/// Sends an order again.
#[tauri::command]
pub async fn reship(desk: At<'_>, id: i64, reason: String) -> Result<ActDone, Trouble> {
    desk.unlocked()?.reship(id, &reason).await
}

/// How a shipment could come back. No carrier is asked.
#[tauri::command(async)]
pub fn return_look(desk: At<'_>, id: i64) -> Result<ReturnLook, Trouble> {
    desk.station()?.return_look(id)
}

/// Begins a return.
#[tauri::command]
pub async fn bring_back(desk: At<'_>, ask: ReturnAsk) -> Result<ActDone, Trouble> {
    desk.unlocked()?.bring_back(ask).await
}

/// Begins a return and what is sent for it.
#[tauri::command]
pub async fn exchange(desk: At<'_>, ask: ExchangeAsk) -> Result<ActDone, Trouble> {
    desk.unlocked()?.exchange(ask).await
}

/// The last act, if some of it can be taken back.
#[tauri::command(async)]
pub fn undo_offer(desk: At<'_>) -> Result<Option<UndoOffer>, Trouble> {
    desk.station()?.undo_offer()
}

/// Takes the last act back.
#[tauri::command]
pub async fn undo(desk: At<'_>) -> Result<ActDone, Trouble> {
    desk.unlocked()?.undo().await
}

/// Prints the picking list of a selection.
#[tauri::command]
pub async fn print_picking(desk: At<'_>, ids: Vec<i64>) -> Result<PrintedSheet, Trouble> {
    desk.station()?.print_sheet(SheetKind::Picking, &ids, None).await
}
