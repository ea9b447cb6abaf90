//! Messages to receivers.

use super::At;
use station::{trouble::Trouble, view::SmsAsked};

/// What a wish for messages would come to.
#[tauri::command(async)]
pub fn sms_look(desk: At<'_>, ids: Vec<i64>, again: bool) -> Result<SmsAsked, Trouble> {
    desk.station()?.sms_look(&ids, again)
}

/// Has messages sent.
#[tauri::command]
pub async fn send_sms(desk: At<'_>, ids: Vec<i64>, again: bool) -> Result<SmsAsked, Trouble> {
    desk.unlocked()?.send_sms(&ids, again).await
}

/// Lets a doubt about a message stand.
#[tauri::command]
pub async fn settle_sms(desk: At<'_>, id: i64) -> Result<(), Trouble> {
    desk.unlocked()?.settle_sms(id).await
}
