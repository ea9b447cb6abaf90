//! What accounts say when a person asks: prices and ways of an order, what stands in an address.

use super::At;
use station::{
    carrier::offers::Route,
    trouble::Trouble,
    view::{ChargeView, Detail, EtaView, Offers, SplitView},
};

/// By which accounts an order could go, with what each says of the way.
#[tauri::command]
pub async fn offers(desk: At<'_>, id: i64) -> Result<Offers, Trouble> {
    desk.station()?.offers(id).await
}

/// Accounts that take addresses apart.
#[tauri::command(async)]
pub fn splitters(desk: At<'_>) -> Result<Vec<String>, Trouble> {
    Ok(desk.station()?.splitters())
}

/// Sends a text to an account that takes it apart.
#[tauri::command]
pub async fn split_address(
    desk: At<'_>,
    account: String,
    text: String,
) -> Result<SplitView, Trouble> {
    desk.station()?.split_address(&account, &text).await
}

/// Asks the carrier where on the map a parcel was.
#[tauri::command]
pub async fn route_map(desk: At<'_>, id: i64) -> Result<Route, Trouble> {
    desk.station()?.route_map(id, false).await
}

/// Asks the carrier when a parcel arrives.
#[tauri::command]
pub async fn ask_eta(desk: At<'_>, id: i64) -> Result<EtaView, Trouble> {
    desk.station()?.eta(id, false).await
}

/// Asks the carrier what it charged for a parcel.
#[tauri::command]
pub async fn ask_charge(desk: At<'_>, id: i64) -> Result<Option<ChargeView>, Trouble> {
    desk.station()?.ask_charge(id).await
}

/// Asks the carrier now where a parcel is.
#[tauri::command]
pub async fn track_now(desk: At<'_>, id: i64) -> Result<Detail, Trouble> {
    desk.station()?.track_now(id).await
}
