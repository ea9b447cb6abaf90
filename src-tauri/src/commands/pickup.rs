//! Couriers: who sends them, booking, calling off, settling a doubt.

use super::At;
use station::{
    trouble::Trouble,
    view::{PickupAct, PickupAsked, PickupOffer, PickupRequest, PickupView},
};

/// Accounts that send couriers, and when those may come.
#[tauri::command(async)]
pub fn pickup_offers(desk: At<'_>) -> Result<Vec<PickupOffer>, Trouble> {
    Ok(desk.station()?.pickup_offers())
}

/// Has couriers come, one for each shipment, in the background.
#[tauri::command]
pub async fn book_pickups(desk: At<'_>, req: PickupRequest) -> Result<PickupAsked, Trouble> {
    desk.unlocked()?.book_pickups(req).await
}

/// Calls a courier off, asks again, or says what a person found out.
#[tauri::command]
pub async fn act_on_pickup(desk: At<'_>, id: i64, act: PickupAct) -> Result<PickupView, Trouble> {
    let station = desk.unlocked()?;
    match act {
        PickupAct::CallOff { why } => station.call_off_pickup(id, &why).await,
        PickupAct::Again => station.pickup_again(id).await,
        PickupAct::Settle { comes } => station.settle_pickup(id, comes).await,
    }
}
