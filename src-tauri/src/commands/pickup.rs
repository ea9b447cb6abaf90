//! Couriers: who sends them, booking, calling off, settling a doubt.

use super::At;
use station::{
    trouble::Trouble,
    view::{PickupAsked, PickupOffer, PickupRequest, PickupView},
};

/// Accounts that send couriers, and when those may come.
#[tauri::command(async)]
pub fn pickup_offers(desk: At<'_>) -> Result<Vec<PickupOffer>, Trouble> {
    Ok(desk.station()?.pickup_offers())
}

/// Has couriers come, one for each shipment, in the background.
#[tauri::command]
pub async fn book_pickups(desk: At<'_>, req: PickupRequest) -> Result<PickupAsked, Trouble> {
    desk.station()?.book_pickups(req).await
}

/// Calls a courier off.
#[tauri::command]
pub async fn call_off_pickup(desk: At<'_>, id: i64, why: String) -> Result<PickupView, Trouble> {
    desk.station()?.call_off_pickup(id, &why).await
}

/// Asks again what became of a booking.
#[tauri::command]
pub async fn pickup_again(desk: At<'_>, id: i64) -> Result<PickupView, Trouble> {
    desk.station()?.pickup_again(id).await
}

/// Whether somebody comes, after the carrier's answer was lost.
#[tauri::command]
pub async fn settle_pickup(desk: At<'_>, id: i64, comes: bool) -> Result<PickupView, Trouble> {
    desk.station()?.settle_pickup(id, comes).await
}
