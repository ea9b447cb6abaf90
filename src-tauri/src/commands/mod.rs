//! Every command of the window: one line each, no decision. Their types are `station::view`.

mod accounts;
mod act;
mod bench;
mod by_hand;
mod forms;
mod house;
mod import;
mod look;
mod offers;
mod paper;
mod pickup;
mod printers;
mod setup;
mod ship;
mod start;

use crate::window::desk::Desk;
use std::sync::Arc;
use tauri::{Wry, ipc::Invoke};

/// What a command works on.
type At<'a> = tauri::State<'a, Arc<Desk>>;

/// All commands, by the names `ui/src/lib/ipc.ts` calls.
pub fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        start::boot,
        start::start_practice,
        start::leave_practice,
        start::begin_real,
        start::read_pasted,
        look::status,
        look::list_shipments,
        look::list_ids,
        look::facets,
        look::mergeable,
        look::totals,
        look::saved_filters,
        look::save_filter,
        look::drop_filter,
        look::shipment,
        look::label_png,
        ship::ship,
        ship::pause_batch,
        ship::resume_batch,
        ship::stop_batch,
        ship::scan,
        ship::void_waybill,
        ship::fix_order,
        by_hand::known_before,
        by_hand::add_order,
        ship::look_again,
        ship::enter_waybill,
        ship::settle_void,
        ship::acknowledge,
        ship::balance,
        bench::bench,
        bench::set_mode,
        bench::scan_in,
        bench::count_by_hand,
        bench::pass_count,
        bench::put_aside,
        bench::goods_picture,
        pickup::pickup_offers,
        pickup::book_pickups,
        pickup::call_off_pickup,
        pickup::pickup_again,
        pickup::settle_pickup,
        offers::offers,
        offers::splitters,
        offers::split_address,
        offers::track_now,
        act::act,
        act::merge_look,
        act::split_shipment,
        act::reship,
        act::undo_offer,
        act::undo,
        act::print_picking,
        paper::reprint,
        paper::confirm_label,
        printers::find_printers,
        printers::probe_printer,
        setup::printer_setups,
        setup::change_printers,
        setup::test_png,
        setup::test_label,
        setup::calibrate,
        setup::divert_labels,
        accounts::account_setups,
        accounts::change_accounts,
        accounts::try_account,
        accounts::record_account,
        accounts::other_accounts,
        forms::form_list,
        forms::form_doc,
        forms::form_look,
        forms::form_png,
        forms::form_save,
        forms::form_remove,
        forms::form_open,
        house::settings,
        house::change_settings,
        house::settings_look,
        house::export_settings,
        house::desk_prefs,
        house::keep_prefs,
        house::say,
        import::import_stage,
        import::import_run,
        import::import_stop,
    ]
}
