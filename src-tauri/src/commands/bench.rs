//! The scan screen: its mode, and what is counted there.

use super::At;
use station::{
    sheet::SheetKind,
    trouble::Trouble,
    view::{
        BenchView, CodeView, ManifestList, ManifestView, PrintedSheet, ScaleView, ScanMode,
        ScanView, VerifyView,
    },
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
    desk.unlocked()?.scan_in(mode, &text, times).await
}

/// Counts goods without a code, or takes some out again.
#[tauri::command]
pub async fn count_by_hand(
    desk: At<'_>,
    id: i64,
    line: u32,
    pieces: i32,
) -> Result<VerifyView, Trouble> {
    desk.unlocked()?.count_by_hand(id, line, pieces).await
}

/// Lets an order pass as it lies in its box.
#[tauri::command]
pub async fn pass_count(desk: At<'_>, id: i64, why: String) -> Result<VerifyView, Trouble> {
    desk.unlocked()?.pass_count(id, &why).await
}

/// Puts the order at hand aside.
#[tauri::command]
pub async fn put_aside(desk: At<'_>) -> Result<(), Trouble> {
    desk.unlocked()?.put_aside().await
}

/// The picture of goods; empty without one.
#[tauri::command(async)]
pub fn goods_picture(desk: At<'_>, id: i64, line: u32) -> Result<Response, Trouble> {
    Ok(Response::new(desk.station()?.goods_picture(id, line)?))
}

/// What the scale shows.
#[tauri::command(async)]
pub fn scale_view(desk: At<'_>) -> Result<Option<ScaleView>, Trouble> {
    Ok(desk.station()?.scale_view())
}

/// Lays a weight on the practice scale.
#[tauri::command(async)]
pub fn lay_on_scale(desk: At<'_>, weight_g: u32) -> Result<Option<ScaleView>, Trouble> {
    let station = desk.unlocked()?;
    station.lay_on_scale(weight_g);
    Ok(station.scale_view())
}

/// Keeps a weight that is not what was expected.
#[tauri::command]
pub async fn keep_weight(desk: At<'_>, code: String, why: String) -> Result<ScanView, Trouble> {
    desk.unlocked()?.keep_weight(&code, &why).await
}

/// What lies on the open manifest, and what is missing.
#[tauri::command(async)]
pub fn manifest(desk: At<'_>) -> Result<ManifestView, Trouble> {
    desk.station()?.manifest()
}

/// Chooses whose parcels are handed over.
#[tauri::command]
pub async fn hand_over_to(desk: At<'_>, account: String) -> Result<ManifestView, Trouble> {
    desk.unlocked()?.hand_over_to(&account).await
}

/// Takes a parcel off its manifest.
#[tauri::command]
pub async fn take_off(desk: At<'_>, no: String) -> Result<ManifestView, Trouble> {
    desk.unlocked()?.take_off(&no).await
}

/// Closes the open manifest.
#[tauri::command]
pub async fn close_manifest(desk: At<'_>) -> Result<ManifestView, Trouble> {
    desk.unlocked()?.close_manifest().await
}

/// Closed manifests.
#[tauri::command(async)]
pub fn manifests(desk: At<'_>, search: String) -> Result<ManifestList, Trouble> {
    desk.station()?.manifests(&search)
}

/// Prints the sheet of a manifest.
#[tauri::command]
pub async fn print_manifest(desk: At<'_>, id: i64) -> Result<PrintedSheet, Trouble> {
    desk.unlocked()?.print_sheet(SheetKind::Manifest, &[id], None).await
}

/// What a scanner sent, as it is read.
#[tauri::command(async)]
pub fn read_code(desk: At<'_>, sent: String) -> Result<CodeView, Trouble> {
    Ok(desk.station()?.read_code(&sent))
}

/// What the scanner on its own line read.
#[tauri::command(async)]
pub fn take_scans(desk: At<'_>) -> Result<Vec<String>, Trouble> {
    Ok(desk.station()?.take_scans())
}
