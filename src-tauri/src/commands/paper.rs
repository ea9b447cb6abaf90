//! Paper: one more copy, and whether one came out.

use super::At;
use station::{
    trouble::Trouble,
    view::{JobView, Row},
};

/// Spools one more copy of the label a number stands on, or of all labels of its order.
#[tauri::command]
pub async fn reprint(
    desk: At<'_>,
    code: String,
    reason: String,
    all: bool,
) -> Result<JobView, Trouble> {
    let station = desk.station()?;
    station.may_copy(&code)?;
    if all {
        station.reprint_all(&code, &reason).await
    } else {
        station.reprint(&code, &reason).await
    }
}

/// Says whether a label in doubt came out.
#[tauri::command]
pub async fn confirm_label(desk: At<'_>, code: String, came_out: bool) -> Result<Row, Trouble> {
    desk.unlocked()?.confirm(&code, came_out).await
}
