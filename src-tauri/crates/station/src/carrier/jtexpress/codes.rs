//! J&T's addresses, result codes and words for what happened: tables of its documents (carrier list
//! of 2026-11, part 2.9). Pure.

use crate::carrier::track::Stage;

/// Real and trial world.
pub const HOSTS: (&str, &str) =
    ("https://openapi.jtexpress.com.cn", "https://uat-openapi.jtexpress.com.cn");
/// Before each of the following.
pub const API: &str = "/webopenplatformapi/api/";
/// Gets a number.
pub const CREATE: &str = "order/v2/addOrder";
/// Gives one back.
pub const CANCEL: &str = "order/cancelOrder";
/// Finds an order by our key.
pub const FIND: &str = "order/getOrders";
/// Draws a label.
pub const PRINT: &str = "order/printOrder";
/// Where parcels are.
pub const TRACE: &str = "logistics/trace";

/// Said for yes, as text or number.
pub const DONE: &str = "1";
/// The first kind of goods of its list, daily ones.
pub const GOODS: &str = "bm000001";

/// Words for what happened, as J&T's platform names its scans.
const WORDS: [(&str, Stage); 14] = [
    ("快件揽收", Stage::Collected),
    ("揽收扫描", Stage::Collected),
    ("入仓扫描", Stage::InTransit),
    ("发件扫描", Stage::InTransit),
    ("到件扫描", Stage::InTransit),
    ("出仓扫描", Stage::OutForDelivery),
    ("入库扫描", Stage::AwaitsReceiver),
    ("代理点收入扫描", Stage::AwaitsReceiver),
    ("快件取出扫描", Stage::InTransit),
    ("出库扫描", Stage::Delivered),
    ("快件签收", Stage::Delivered),
    ("问题件扫描", Stage::Problem),
    ("退件扫描", Stage::Returning),
    ("退件签收", Stage::Returned),
];

/// How far a word is.
pub fn stage(word: &str) -> Stage {
    WORDS.iter().find(|row| row.0 == word).map_or(Stage::Other, |row| row.1)
}
