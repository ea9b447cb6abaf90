//! JD's addresses, result codes and words for what happened: tables of its documents (carrier list
//! of 2026-11, part 2.3). Pure.

use crate::carrier::{Fix, track::Stage};

/// Real and trial world.
pub const HOSTS: (&str, &str) = ("https://api.jdl.com", "https://uat-api.jdl.com");
/// Gets a number.
pub const CREATE: &str = "/ecap/v1/orders/create";
/// Gives one back.
pub const CANCEL: &str = "/ecap/v1/orders/cancel";
/// Whether it goes there, and for how much.
pub const PRECHECK: &str = "/ecap/v1/orders/precheck";
/// Finds an order by our key.
pub const DETAILS: &str = "/ecap/v1/orders/details/query";
/// Where a parcel is.
pub const TRACE: &str = "/ecap/v1/orders/trace/query";
/// The solution whose paths these are, unless the settings name another.
pub const DOMAIN: &str = "ECAP";
/// The standard product, used by three clients; contracts name others.
pub const PRODUCT: &str = "ed-m-0001";

/// Whether a code beside `success` is one of those seen with a yes.
pub fn is_yes(code: &str) -> bool {
    matches!(code, "" | "0" | "1" | "100" | "200" | "1000")
}

/// What mends a "no" of the gateway: it has let nothing through. Its codes are not in the
/// documents at hand; signature, token and rights are the account's.
pub const GATEWAY_FIX: Fix = Fix::EditAccount;

/// Words for what happened, in the order in which they are looked for in JD's category or title.
/// The documents at hand name no codes, so that whole words alone are known.
const WORDS: [(&str, Stage); 14] = [
    ("下单", Stage::Announced),
    ("待揽收", Stage::Announced),
    ("揽收", Stage::Collected),
    ("已揽收", Stage::Collected),
    ("运输中", Stage::InTransit),
    ("运输", Stage::InTransit),
    ("派送中", Stage::OutForDelivery),
    ("派件中", Stage::OutForDelivery),
    ("待取件", Stage::AwaitsReceiver),
    ("妥投", Stage::Delivered),
    ("已签收", Stage::Delivered),
    ("签收", Stage::Delivered),
    ("拒收", Stage::Problem),
    ("已取消", Stage::Cancelled),
];

/// How far a word is.
pub fn stage(word: &str) -> Stage {
    WORDS.iter().find(|row| row.0 == word).map_or(Stage::Other, |row| row.1)
}
