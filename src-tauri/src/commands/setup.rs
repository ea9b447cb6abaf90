//! Setting printers up: what there is, one change at a time, the test label, calibration.

use super::At;
use station::{
    trouble::Trouble,
    view::{Diverted, PrinterChange, PrinterSetups},
};
use tauri::ipc::Response;

/// All printers of the settings.
#[tauri::command(async)]
pub fn printer_setups(desk: At<'_>) -> Result<PrinterSetups, Trouble> {
    desk.station()?.printer_setups()
}

/// Changes the settings of the printers, in effect when it returns.
#[tauri::command]
pub async fn change_printers(
    desk: At<'_>,
    change: PrinterChange,
) -> Result<PrinterSetups, Trouble> {
    desk.change_printers(&change).await
}

/// The test label's picture, dot for dot.
#[tauri::command(async)]
pub fn test_png(desk: At<'_>, printer: String) -> Result<Response, Trouble> {
    Ok(Response::new(desk.station()?.test_png(&printer)?))
}

/// Prints the test label, past all queues.
#[tauri::command]
pub async fn test_label(desk: At<'_>, printer: String) -> Result<(), Trouble> {
    desk.station()?.test_label(&printer).await
}

/// Has a printer measure its paper.
#[tauri::command]
pub async fn calibrate(desk: At<'_>, printer: String) -> Result<(), Trouble> {
    desk.station()?.calibrate(&printer).await
}

/// Sends the labels that wait for a printer to another one.
#[tauri::command]
pub async fn divert_labels(desk: At<'_>, from: String, to: String) -> Result<Diverted, Trouble> {
    desk.station()?.divert_labels(&from, &to).await
}
