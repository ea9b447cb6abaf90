//! YTO's addresses, methods and words for what happened: tables of its documents (carrier list of
//! 2026-11, part 2.6). Pure.

use crate::carrier::track::Stage;

/// Real and trial world.
pub const HOSTS: (&str, &str) =
    ("https://openapi.yto.net.cn:11443", "https://openuat.yto56test.com:6443");
/// Gets a number.
pub const CREATE: &str = "privacy_create_adapter";
/// Gives one back.
pub const CANCEL: &str = "korder_cancel_adapter";
/// Draws a label.
pub const PRINT: &str = "waybill_print_adapter";
/// Where a parcel is.
pub const TRACK: &str = "track_query_adapter";
/// With a "yes": nothing was found.
pub const NOTHING: &str = "1001";
/// The usual product.
pub const PRODUCT: &str = "PK";

/// Words for what happened.
const WORDS: [(&str, Stage); 11] = [
    ("GOT", Stage::Collected),
    ("ARRIVAL", Stage::InTransit),
    ("DEPARTURE", Stage::InTransit),
    ("AIRSEND", Stage::InTransit),
    ("AIRPICK", Stage::InTransit),
    ("FORWARDING", Stage::InTransit),
    ("SENT_SCAN", Stage::OutForDelivery),
    ("INBOUND", Stage::AwaitsReceiver),
    ("SIGNED", Stage::Delivered),
    ("FAILED", Stage::Problem),
    ("TMS_RETURN", Stage::Returning),
];

/// How far a word is.
pub fn stage(word: &str) -> Stage {
    WORDS.iter().find(|row| row.0 == word).map_or(Stage::Other, |row| row.1)
}
