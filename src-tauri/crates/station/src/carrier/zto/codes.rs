//! ZTO's addresses, result codes and words for what happened: tables of its documents (carrier list
//! of 2026-11, part 2.5; result codes as a published copy of its documents has them). Pure.

use crate::carrier::{About, Fix, track::Stage};

/// Real and trial world.
pub const HOSTS: (&str, &str) = ("https://japi.zto.com", "https://japi-test.zto.com");
/// Gets a number.
pub const CREATE: &str = "/zto.open.createOrder";
/// Gives one back.
pub const CANCEL: &str = "/zto.open.cancelPreOrder";
/// Where a parcel is.
pub const TRACK: &str = "/zto.merchant.waybill.track.query";

/// What a "no" means for the request behind it.
pub enum No {
    /// Nothing was done.
    Refused(Fix),
    /// Nothing was done: too many calls.
    Busy,
    /// Nobody says whether anything was done.
    Unclear,
}

/// The table of result codes. One that is not in it, with a "no", is the service's own: its words
/// say why.
pub fn no(code: &str) -> No {
    match code {
        // Time-out behind the gateway, an exception there, nobody there; or a yes that is none.
        "" | "S200" | "S202" | "S203" | "0000" | "SYS000" => No::Unclear,
        "S206" | "S221" => No::Busy,
        // No such address, no right, signature, address list, clock, account, outlet.
        "S207" | "S210" | "S211" | "S212" | "S214" | "E404" | "E418" => {
            No::Refused(Fix::EditAccount)
        }
        "S208" | "E409" | "E413" => No::Refused(Fix::EditOrder),
        _ => No::Refused(Fix::AskCarrier),
    }
}

/// What a code is about.
pub fn about(code: &str) -> About {
    match code {
        "S211" => About::Signature,
        "S210" => About::Right,
        "S212" => About::Address,
        "S214" => About::Clock,
        "E404" | "E418" => About::Account,
        "S200" | "S202" | "S203" | "S206" | "S207" | "S208" | "S221" => About::Documented,
        "E409" | "E413" => About::Documented,
        _ => About::Unlisted,
    }
}

/// Words for what happened, of queries and of pushes.
const WORDS: [(&str, Stage); 26] = [
    ("收件", Stage::Collected),
    ("GOT", Stage::Collected),
    ("发件", Stage::InTransit),
    ("DEPARTURE", Stage::InTransit),
    ("到件", Stage::InTransit),
    ("ARRIVAL", Stage::InTransit),
    ("派件", Stage::OutForDelivery),
    ("DISPATCH", Stage::OutForDelivery),
    ("ARRIVAL派件", Stage::OutForDelivery),
    ("INBOUND", Stage::AwaitsReceiver),
    ("HANDOVERSCAN_SIGNED", Stage::AwaitsReceiver),
    ("入库", Stage::AwaitsReceiver),
    ("签收", Stage::Delivered),
    ("SIGNED", Stage::Delivered),
    ("DEPARTURE_SIGNED", Stage::Delivered),
    ("第三方签收", Stage::Delivered),
    ("退件", Stage::Returning),
    ("RETURN_SCAN", Stage::Returning),
    ("退件签收", Stage::Returned),
    ("RETURN_SIGNED", Stage::Returned),
    ("问题件", Stage::Problem),
    ("PROBLEM", Stage::Problem),
    ("留仓", Stage::Problem),
    ("转件", Stage::InTransit),
    ("装包", Stage::InTransit),
    ("卸车", Stage::InTransit),
];

/// How far a word is.
pub fn stage(word: &str) -> Stage {
    WORDS.iter().find(|row| row.0 == word).map_or(Stage::Other, |row| row.1)
}
