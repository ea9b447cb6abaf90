//! Shipping: numbers, batches, scans, and mending an order.

use super::At;
use station::{
    trouble::Trouble,
    view::{BatchView, Detail, OrderEdit, Right, Row, ScanView, ShipRequest},
};

/// Numbers and labels for a selection, in the background.
#[tauri::command]
pub async fn ship(desk: At<'_>, req: ShipRequest) -> Result<BatchView, Trouble> {
    desk.unlocked()?.ship(req).await
}

/// Holds a batch.
#[tauri::command]
pub async fn pause_batch(desk: At<'_>, id: i64) -> Result<(), Trouble> {
    desk.station()?.pause_batch(id).await.map(drop)
}

/// Lets a held batch go on.
#[tauri::command]
pub async fn resume_batch(desk: At<'_>, id: i64) -> Result<(), Trouble> {
    desk.station()?.resume_batch(id).await.map(drop)
}

/// Takes out of a batch what was not asked for yet.
#[tauri::command]
pub async fn stop_batch(desk: At<'_>, id: i64) -> Result<(), Trouble> {
    desk.station()?.stop_batch(id).await.map(drop)
}

/// What a scanned code is, and what was done about it.
#[tauri::command]
pub async fn scan(desk: At<'_>, text: String) -> Result<ScanView, Trouble> {
    desk.unlocked()?.scan(&text).await
}

/// Gives a waybill back.
#[tauri::command]
pub async fn void_waybill(desk: At<'_>, code: String) -> Result<Row, Trouble> {
    let station = desk.unlocked()?;
    station.may(Right::Void)?;
    station.void(&code).await
}

/// Mends an order, and checks it again.
#[tauri::command]
pub async fn fix_order(desk: At<'_>, id: i64, edit: OrderEdit) -> Result<Detail, Trouble> {
    let station = desk.unlocked()?;
    station.may(Right::Personal)?;
    station.fix_order(id, edit).await
}

/// Asks the carrier again what became of a request.
#[tauri::command]
pub async fn look_again(desk: At<'_>, id: i64) -> Result<(), Trouble> {
    desk.unlocked()?.look_again(id).await.map(drop)
}

/// A number the carrier told by phone.
#[tauri::command]
pub async fn enter_waybill(desk: At<'_>, id: i64, no: String) -> Result<Row, Trouble> {
    let station = desk.unlocked()?;
    station.may(Right::Force)?;
    station.enter_waybill(id, no).await
}

/// Whether a number was taken back, after the carrier's answer was lost.
#[tauri::command]
pub async fn settle_void(desk: At<'_>, id: i64, taken_back: bool) -> Result<Row, Trouble> {
    let station = desk.unlocked()?;
    station.may(Right::Force)?;
    station.settle_void(id, taken_back).await
}

/// Puts aside a trouble that asks nothing.
#[tauri::command]
pub async fn acknowledge(desk: At<'_>, id: i64) -> Result<Row, Trouble> {
    desk.unlocked()?.acknowledge(id).await
}

/// Prepaid numbers left.
#[tauri::command]
pub async fn balance(desk: At<'_>, account: String) -> Result<Option<i64>, Trouble> {
    desk.station()?.balance(&account).await
}
