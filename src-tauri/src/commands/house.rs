//! The house: its settings one by one, and what this computer remembers of the window.

use super::At;
use crate::{
    session::internal,
    window::{notice, tray::Tray, voice},
};
use station::{
    trouble::Trouble,
    view::{
        BackupsView, DeskPrefs, SenderChange, SenderSetups, SettingsChange, SettingsLook,
        SettingsView, TariffChange, TariffPaste, TariffSetup, TrayFace, UpdateView, WrittenFile,
    },
};
use tauri::AppHandle;

/// All settings that are changed one by one.
#[tauri::command(async)]
pub fn settings(desk: At<'_>) -> Result<SettingsView, Trouble> {
    desk.station()?.settings()
}

/// Changes settings, in effect when it returns.
#[tauri::command]
pub async fn change_settings(
    desk: At<'_>,
    change: SettingsChange,
) -> Result<SettingsView, Trouble> {
    desk.change_settings(&change).await
}

/// All sender profiles of the settings.
#[tauri::command(async)]
pub fn sender_setups(desk: At<'_>) -> Result<SenderSetups, Trouble> {
    desk.station()?.sender_setups()
}

/// Changes the sender profiles of the settings, in effect when it returns.
#[tauri::command]
pub async fn change_senders(desk: At<'_>, change: SenderChange) -> Result<SenderSetups, Trouble> {
    desk.change_senders(&change).await
}

/// The price lists of all accounts.
#[tauri::command(async)]
pub fn tariff_setups(desk: At<'_>) -> Result<Vec<TariffSetup>, Trouble> {
    Ok(desk.station()?.tariff_setups())
}

/// Changes the price list of an account, in effect when it returns.
#[tauri::command]
pub async fn change_tariffs(
    desk: At<'_>,
    change: TariffChange,
) -> Result<Vec<TariffSetup>, Trouble> {
    desk.change_tariffs(&change).await
}

/// Reads a price list that was pasted out of a spreadsheet. Nothing is kept.
#[tauri::command(async)]
pub fn read_tariffs(text: String) -> TariffPaste {
    station::read_price_list(&text)
}

/// What another file of settings would change.
#[tauri::command(async)]
pub fn settings_look(desk: At<'_>, text: String) -> Result<SettingsLook, Trouble> {
    desk.station()?.look_at_settings(&text)
}

/// Writes the settings into a file to take along.
#[tauri::command(async)]
pub fn export_settings(desk: At<'_>) -> Result<WrittenFile, Trouble> {
    desk.station()?.export_settings()
}

/// What this computer remembers of the window.
#[tauri::command(async)]
pub fn desk_prefs(desk: At<'_>) -> DeskPrefs {
    desk.prefs()
}

/// Remembers it.
#[tauri::command(async)]
pub fn keep_prefs(desk: At<'_>, prefs: DeskPrefs) -> Result<DeskPrefs, Trouble> {
    desk.keep_prefs(prefs)
}

/// Says a text aloud by the system's own speech.
#[tauri::command(async)]
pub fn say(text: String, lang: String) -> Result<(), Trouble> {
    voice::say(&text, &lang).map_err(internal)
}

/// The copies of the database.
#[tauri::command(async)]
pub fn backups(desk: At<'_>) -> Result<BackupsView, Trouble> {
    desk.station()?.backups()
}

/// Makes a copy of the database now.
#[tauri::command(async)]
pub fn back_up(desk: At<'_>) -> Result<BackupsView, Trouble> {
    let station = desk.station()?;
    station.back_up()?;
    station.backups()
}

/// Writes the bundle for support.
#[tauri::command(async)]
pub fn diagnose(desk: At<'_>) -> Result<WrittenFile, Trouble> {
    desk.diagnose()
}

/// Tells what needs a person while another window is in front.
#[tauri::command(async)]
pub fn notify(app: AppHandle, title: String, text: String) -> Result<(), Trouble> {
    notice::tell(&app, &title, &text);
    Ok(())
}

/// Whether there is a newer version, if the settings name an address to ask.
#[tauri::command]
pub async fn newer(desk: At<'_>) -> Result<Option<UpdateView>, Trouble> {
    Ok(desk.station()?.newer(env!("CARGO_PKG_VERSION")).await)
}

/// Shows this among the system's own signs, or takes ours away; whether one is there now.
#[tauri::command]
pub async fn show_tray(
    app: AppHandle,
    tray: tauri::State<'_, Tray>,
    face: Option<TrayFace>,
) -> Result<bool, Trouble> {
    Ok(tray.show(&app, face).await)
}
