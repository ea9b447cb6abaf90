//! Every command of the window: one line each, no decision. Their types are `station::view`.

mod accounts;
mod act;
mod bench;
mod by_hand;
mod forms;
mod house;
mod import;
mod look;
mod numbers;
mod offers;
mod paper;
mod people;
mod pickup;
mod printers;
mod setup;
mod ship;
mod sms;
mod start;

use crate::window::desk::Desk;
use std::sync::Arc;
use tauri::{Wry, ipc::Invoke};

/// What a command works on.
type At<'a> = tauri::State<'a, Arc<Desk>>;

/// Tauri's list of commands, written room by room.
macro_rules! rooms {
    ($($room:ident: $($name:ident),+;)+) => {
        tauri::generate_handler![$($($room::$name),+),+]
    };
}

/// All commands, by the names `ui/src/lib/ipc.ts` calls.
pub fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    rooms! {
        start: boot, start_practice, leave_practice, begin_real, read_pasted;
        look: status, list_shipments, list_ids, facets, shipment, label_png, mergeable, totals,
            saved_filters, save_filter, drop_filter;
        ship: ship, pause_batch, resume_batch, stop_batch, scan, void_waybill, fix_order,
            look_again, enter_waybill, settle_void, acknowledge, balance;
        by_hand: known_before, add_order;
        bench: bench, set_mode, scan_in, count_by_hand, pass_count, put_aside, goods_picture,
            scale_view, lay_on_scale, keep_weight, manifest, hand_over_to, take_off,
            close_manifest, manifests, print_manifest, read_code, take_scans;
        pickup: pickup_offers, book_pickups, act_on_pickup;
        offers: offers, splitters, split_address, track_now, route_map, ask_eta, ask_charge;
        sms: sms_look, send_sms, settle_sms;
        paper: reprint, confirm_label;
        printers: find_printers, probe_printer;
        setup: printer_setups, change_printers, test_png, test_label, calibrate, divert_labels;
        accounts: account_setups, change_accounts, try_account, record_account, other_accounts,
            apply_form, apply, drop_application;
        forms: form_list, form_doc, form_look, form_png, form_save, form_remove, form_open;
        house: settings, change_settings, sender_setups, change_senders, tariff_setups,
            change_tariffs, read_tariffs, settings_look, export_settings, desk_prefs, keep_prefs,
            say, backups, back_up, diagnose, notify, newer, show_tray;
        people: people, change_operators, sit_down, badge, stand_up, acts;
        import: import_stage, import_run, import_stop;
        numbers: numbers, tell_shop, tell_again, tell_back, settle_number;
        act: act, merge_look, split_shipment, reship, return_look, bring_back, exchange, undo_offer,
            undo, print_picking;
    }
}
