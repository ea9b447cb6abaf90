//! STO's addresses, names of services and words for what happened: tables of its documents (carrier
//! list of 2026-11, part 2.7). Pure.

use crate::carrier::track::Stage;

/// Real and trial world.
pub const HOSTS: (&str, &str) =
    ("https://cloudinter-linkgateway.sto.cn", "http://cloudinter-linkgatewaytest.sto.cn");
/// The gateway.
pub const PATH: &str = "/gateway/link.do";
/// Gets a number: the service and whom it asks.
pub const CREATE: (&str, &str) = ("OMS_EXPRESS_ORDER_CREATE", "sto_oms");
/// Gives one back.
pub const CANCEL: (&str, &str) = ("EDI_MODIFY_ORDER_CANCEL", "edi_modify_order");
/// Where parcels are.
pub const TRACE: (&str, &str) = ("STO_TRACE_QUERY_COMMON", "sto_trace_query");

/// Words for what happened. The documents at hand list none: these are the usual ones, and what is
/// not among them is shown as it came.
const WORDS: [(&str, Stage); 11] = [
    ("收件", Stage::Collected),
    ("揽收", Stage::Collected),
    ("发件", Stage::InTransit),
    ("到件", Stage::InTransit),
    ("派件", Stage::OutForDelivery),
    ("签收", Stage::Delivered),
    ("第三方代派", Stage::AwaitsReceiver),
    ("驿站代收", Stage::AwaitsReceiver),
    ("问题件", Stage::Problem),
    ("退回件", Stage::Returning),
    ("退件签收", Stage::Returned),
];

/// How far a word is.
pub fn stage(word: &str) -> Stage {
    WORDS.iter().find(|row| row.0 == word).map_or(Stage::Other, |row| row.1)
}
