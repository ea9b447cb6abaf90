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
/// What was charged.
pub const FEE: &str = "/ecap/v1/orders/actualfee/query";
/// So much volume counts as a kilogram, for what a merchant sends to a buyer.
pub const CM3_A_KG: f64 = 8_000.0;
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

/// JD's words for its codes of what is charged; a code that no client knows stands for itself.
pub fn fee(code: &str) -> &str {
    match code {
        "QIPSF" => "快递运费",
        "QLBJ" => "保价",
        "QLHCF" => "包装",
        "kkcccc" => "超长超重",
        code => code,
    }
}

/// Words for what happened, in the order in which they are looked for in JD's category or title.
/// Of its codes those of the categories are known (a log of its trial world and a client).
const WORDS: [(&str, Stage); 20] = [
    ("390", Stage::Announced),
    ("420", Stage::Collected),
    ("430", Stage::InTransit),
    ("440", Stage::OutForDelivery),
    ("510", Stage::Delivered),
    ("揽收中", Stage::Announced),
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
