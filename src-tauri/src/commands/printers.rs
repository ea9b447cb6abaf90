//! Printers before they are in the settings.

use super::At;
use station::{
    trouble::Trouble,
    view::{FoundPrinters, ProbeView},
};

/// Looks for printers here, and on the network if asked to.
#[tauri::command]
pub async fn find_printers(network: bool) -> Result<FoundPrinters, Trouble> {
    Ok(station::find_printers(network).await)
}

/// Asks a printer, by name or address, what it is. Prints nothing.
#[tauri::command]
pub async fn probe_printer(desk: At<'_>, name: String) -> Result<ProbeView, Trouble> {
    desk.station()?.probe_printer(&name).await
}
