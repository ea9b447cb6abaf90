//! The scan screen: its mode, and what is counted there.

use super::At;
use station::{
    trouble::Trouble,
    view::{BenchView, ScanMode, ScanView, VerifyView},
};
use tauri::ipc::Response;

/// What the scan screen goes on with.
#[tauri::command(async)]
pub fn bench(desk: At<'_>) -> Result<BenchView, Trouble> {
    desk.station()?.bench()
}

/// What scans on the scan screen are for.
#[tauri::command]
pub async fn set_mode(desk: At<'_>, mode: ScanMode) -> Result<(), Trouble> {
    desk.station()?.set_mode(mode).await
}

/// A scan on the scan screen; `times` is how many pieces it stands for.
#[tauri::command]
pub async fn scan_in(
    desk: At<'_>,
    mode: ScanMode,
    text: String,
    times: u32,
) -> Result<ScanView, Trouble> {
    desk.station()?.scan_in(mode, &text, times).await
}

/// Counts goods without a code, or takes some out again.
#[tauri::command]
pub async fn count_by_hand(
    desk: At<'_>,
    id: i64,
    line: u32,
    pieces: i32,
) -> Result<VerifyView, Trouble> {
    desk.station()?.count_by_hand(id, line, pieces).await
}

/// Lets an order pass as it lies in its box.
#[tauri::command]
pub async fn pass_count(desk: At<'_>, id: i64, why: String) -> Result<VerifyView, Trouble> {
    desk.station()?.pass_count(id, &why).await
}

/// Puts the order at hand aside.
#[tauri::command]
pub async fn put_aside(desk: At<'_>) -> Result<(), Trouble> {
    desk.station()?.put_aside().await
}

/// The picture of goods; empty without one.
#[tauri::command(async)]
pub fn goods_picture(desk: At<'_>, id: i64, line: u32) -> Result<Response, Trouble> {
    Ok(Response::new(desk.station()?.goods_picture(id, line)?))
}
