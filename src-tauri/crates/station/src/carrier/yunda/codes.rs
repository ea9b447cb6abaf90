//! Yunda's addresses, result codes and words for what happened: tables of its documents (carrier
//! list of 2026-11, part 2.8). Pure.

use crate::carrier::track::Stage;

/// Real and trial world.
pub const HOSTS: (&str, &str) = ("https://openapi.yundaex.com", "https://u-openapi.yundasys.com");
/// Gets a number.
pub const CREATE: &str = "/openapi-api/v1/accountOrder/createBmOrder";
/// Changes an order, and says its number.
pub const UPDATE: &str = "/openapi-api/v1/accountOrder/updateBmOrder";
/// Gives a number back.
pub const CANCEL: &str = "/openapi-api/v1/accountOrder/cancelBmOrder";
/// Draws a label.
pub const PRINT: &str = "/openapi/outer/v1/bm/getPdfInfo";
/// Where a parcel is; the misspelling is Yunda's.
pub const TRACE: &str = "/openapi/outer/logictis/query";

/// Said for yes, beside each order's own word.
pub const DONE: &str = "0000";
/// In an order's word: no.
pub const ERROR: &str = "ERROR";

/// Words for what happened.
const WORDS: [(&str, Stage); 6] = [
    ("GOT", Stage::Collected),
    ("TRANSIT", Stage::InTransit),
    ("SENT", Stage::OutForDelivery),
    ("SIGNED", Stage::Delivered),
    ("RETURN", Stage::Returning),
    ("SIGNFAIL", Stage::Problem),
];

/// How far a word is.
pub fn stage(word: &str) -> Stage {
    WORDS.iter().find(|row| row.0 == word).map_or(Stage::Other, |row| row.1)
}
