//! Looking: what the lists, the details and the preview show.

use super::At;
use station::{
    trouble::Trouble,
    view::{Detail, Facets, ListPage, ListQuery, SavedFilter, Status, Totals},
};
use tauri::ipc::Response;

/// The chain at a glance.
#[tauri::command(async)]
pub fn status(desk: At<'_>) -> Result<Status, Trouble> {
    desk.station()?.status()
}

/// One screenful of a list.
#[tauri::command(async)]
pub fn list_shipments(desk: At<'_>, query: ListQuery) -> Result<ListPage, Trouble> {
    desk.station()?.list(&query)
}

/// All shipments of a list, for selecting them.
#[tauri::command(async)]
pub fn list_ids(desk: At<'_>, query: ListQuery) -> Result<Vec<i64>, Trouble> {
    desk.station()?.list_ids(&query)
}

/// What the filter chips offer.
#[tauri::command(async)]
pub fn facets(desk: At<'_>) -> Result<Facets, Trouble> {
    desk.station()?.facets()
}

/// How many waiting orders could go together with another one.
#[tauri::command(async)]
pub fn mergeable(desk: At<'_>) -> Result<u32, Trouble> {
    desk.station()?.mergeable()
}

/// What a selection adds up to.
#[tauri::command(async)]
pub fn totals(desk: At<'_>, ids: Vec<i64>, account: Option<String>) -> Result<Totals, Trouble> {
    desk.station()?.totals_by(&ids, account.as_deref())
}

/// The filters with a name.
#[tauri::command(async)]
pub fn saved_filters(desk: At<'_>) -> Result<Vec<SavedFilter>, Trouble> {
    desk.station()?.saved_filters()
}

/// Keeps a filter under its key.
#[tauri::command]
pub async fn save_filter(desk: At<'_>, filter: SavedFilter) -> Result<Vec<SavedFilter>, Trouble> {
    desk.station()?.save_filter(filter).await
}

/// Forgets the filter under a key.
#[tauri::command]
pub async fn drop_filter(desk: At<'_>, slot: u8) -> Result<Vec<SavedFilter>, Trouble> {
    desk.station()?.drop_filter(slot).await
}

/// One shipment in full.
#[tauri::command(async)]
pub fn shipment(desk: At<'_>, id: i64) -> Result<Detail, Trouble> {
    desk.station()?.detail_here(id)
}

/// The label's picture, dot for dot.
#[tauri::command(async)]
pub fn label_png(desk: At<'_>, id: i64) -> Result<Response, Trouble> {
    Ok(Response::new(desk.station()?.label_png(id)?))
}
