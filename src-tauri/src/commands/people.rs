//! Who works here, and what was done by whom.

use super::At;
use station::{
    trouble::Trouble,
    view::{ActLine, ActsQuery, OperatorChange, PeopleView},
};

/// Everybody, and who is here.
#[tauri::command(async)]
pub fn people(desk: At<'_>) -> Result<PeopleView, Trouble> {
    desk.station()?.people()
}

/// Changes the operators.
#[tauri::command]
pub async fn change_operators(desk: At<'_>, change: OperatorChange) -> Result<PeopleView, Trouble> {
    desk.station()?.change_operators(change).await
}

/// Somebody types their PIN.
#[tauri::command]
pub async fn sit_down(desk: At<'_>, pin: String) -> Result<PeopleView, Trouble> {
    let station = desk.station()?;
    station.sit_down(&pin, false).await?;
    station.people()
}

/// Whose badge a code is; nobody's: it is any other code.
#[tauri::command]
pub async fn badge(desk: At<'_>, code: String) -> Result<Option<String>, Trouble> {
    desk.station()?.sit_down(&code, true).await
}

/// Locks.
#[tauri::command]
pub async fn stand_up(desk: At<'_>) -> Result<PeopleView, Trouble> {
    let station = desk.station()?;
    station.stand_up().await?;
    station.people()
}

/// What was done, newest first.
#[tauri::command(async)]
pub fn acts(desk: At<'_>, query: ActsQuery) -> Result<Vec<ActLine>, Trouble> {
    desk.unlocked()?.acts(&query)
}
