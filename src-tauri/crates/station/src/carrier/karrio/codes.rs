//! Karrio's words: statuses of shipments and trackers, codes of its own errors. Source: Karrio
//! 2026.1.32 (`ShipmentStatus`, `TrackerStatus`, `core/errors.py`, `api/gateway.py`). Pure.

use crate::carrier::{Fix, track::Stage};

/// Nothing was bought yet.
pub const DRAFT: &str = "draft";
/// Given back.
pub const CANCELLED: &str = "cancelled";
/// HTTP status of "not in this state".
pub const CONFLICT: u16 = 409;

/// Errors that the gateway finds before it asks a carrier, or that say that none was asked.
const BEFORE_ASKING: [&str; 6] = [
    "SHIPPING_SDK_FIELD_ERROR",
    "SHIPPING_SDK_VALIDATING_ERROR",
    "SHIPPING_SDK_NON_SUPPORTED_ERROR",
    "SHIPPING_SDK_ORIGIN_NOT_SERVICED_ERROR",
    "SHIPPING_SDK_DESTINATION_NOT_SERVICED_ERROR",
    "SHIPPING_SDK_MULTI_PARCEL_NOT_SUPPORTED_ERROR",
];

/// Whether a code says that the gateway could not read its carrier's answer: then the carrier may
/// have acted.
pub fn is_unread(code: &str) -> bool {
    code.starts_with("SHIPPING_SDK_") && !BEFORE_ASKING.contains(&code)
}

/// What mends an error of the gateway: it names the field first, "recipient.postal_code: …".
pub fn fix(code: &str, words: &str) -> Fix {
    match code {
        // No connection of that name, no such service: both stand in the settings.
        "not_found" | "service_unavailable" | "invalid_token" | "authentication_failed" => {
            Fix::EditAccount
        }
        _ if words.starts_with("shipper") => Fix::EditAccount,
        "state_error" => Fix::AskCarrier,
        _ => Fix::EditOrder,
    }
}

/// What a tracker's word means; a word that is not in the table is no progress.
pub fn stage(word: &str) -> Stage {
    match word {
        "pending" => Stage::Announced,
        "picked_up" => Stage::Collected,
        "in_transit" => Stage::InTransit,
        "out_for_delivery" => Stage::OutForDelivery,
        "ready_for_pickup" => Stage::AwaitsReceiver,
        "on_hold" | "delivery_failed" | "delivery_delayed" => Stage::Problem,
        "return_to_sender" => Stage::Returning,
        "delivered" => Stage::Delivered,
        "cancelled" => Stage::Cancelled,
        _ => Stage::Other,
    }
}

/// What a shipment's own status means, where it has no tracker.
pub fn stage_of_shipment(word: &str) -> Option<Stage> {
    match word {
        DRAFT => None,
        "created" => Some(Stage::Announced),
        "shipped" => Some(Stage::Collected),
        "needs_attention" => Some(Stage::Problem),
        other => Some(stage(other)),
    }
}
