//! Kuaidi100's addresses, result codes, states and carrier codes: tables of its documents (carrier
//! list of 2026-11, parts 2.2 and 3.2). Pure.

use crate::carrier::{
    About, Fix,
    pickup::{PickupStage, Settles},
    track::Stage,
};

/// Queries.
pub const QUERY: (&str, &str) = ("https://poll.kuaidi100.com", "/poll/query.do");
/// Whose a number is.
pub const AUTO: (&str, &str) = ("https://www.kuaidi100.com", "/autonumber/auto");
/// Labels, their prices and times.
pub const LABEL: (&str, &str) = ("https://api.kuaidi100.com", "/label/order");
/// Couriers.
pub const COURIER: (&str, &str) = ("https://poll.kuaidi100.com", "/order/borderapi.do");
/// The vendor's test side of couriers.
pub const COURIER_TRIAL: (&str, &str) = ("https://api.kuaidi100.com", "/apiMock/border");

/// Domains that labels may be fetched from.
pub const DOMAINS: [&str; 2] = ["kuaidi100.com", "kuaidilab.com"];
/// Said for yes.
pub const DONE: &str = "200";
/// Said by a query that found nothing.
pub const NO_TRACE: &str = "500";

/// What a "no" means for the request behind it.
pub enum No {
    /// Nothing was done.
    Refused(Fix),
    /// Nothing was done: too many calls.
    Busy,
    /// Nobody says whether anything was done.
    Unclear,
}

/// The table of result codes. One that is not in it, with a "no", is what the carrier behind
/// refused: its words say why.
pub fn no(code: &str) -> No {
    match code {
        "400" => No::Refused(Fix::EditOrder),
        // Signature, user, key at its end.
        "503" | "600" | "601" => No::Refused(Fix::EditAccount),
        // The server's own trouble; another asking of the same at this moment.
        "" | "200" | "500" | "501" | "502" => No::Unclear,
        "429" => No::Busy,
        _ => No::Refused(Fix::AskCarrier),
    }
}

/// What a code is about.
pub fn about(code: &str) -> About {
    match code {
        "503" => About::Signature,
        "600" | "601" => About::Account,
        "400" | "429" | "500" | "501" | "502" => About::Documented,
        _ => About::Unlisted,
    }
}

/// States and their finer ones.
#[rustfmt::skip]
const STAGES: [(&str, Stage); 39] = [
    ("0", Stage::InTransit), ("1", Stage::Collected), ("2", Stage::Problem), ("3", Stage::Delivered),
    ("4", Stage::Returned), ("5", Stage::OutForDelivery), ("6", Stage::Returning),
    ("7", Stage::InTransit), ("8", Stage::Customs), ("10", Stage::Customs), ("11", Stage::Customs),
    ("12", Stage::Customs), ("13", Stage::Problem), ("14", Stage::Problem),
    ("101", Stage::Announced), ("102", Stage::Announced), ("103", Stage::Collected),
    ("1001", Stage::InTransit), ("1002", Stage::InTransit), ("1003", Stage::InTransit),
    ("201", Stage::Problem), ("202", Stage::Problem), ("203", Stage::Problem),
    ("204", Stage::Problem), ("205", Stage::Problem), ("206", Stage::Problem),
    ("207", Stage::Problem), ("208", Stage::Problem), ("209", Stage::Problem),
    ("210", Stage::Cancelled), ("301", Stage::Delivered), ("302", Stage::Delivered),
    ("303", Stage::Delivered), ("304", Stage::Delivered), ("401", Stage::Cancelled),
    ("501", Stage::AwaitsReceiver), ("99", Stage::Cancelled), ("9", Stage::Cancelled),
    ("400", Stage::OutForDelivery),
];

/// How far a state is; a code that is not in the table is shown and never taken for progress,
/// because the first digit of a finer state does not always tell (1001 is on its way, 101 is not).
pub fn stage(code: &str) -> Stage {
    STAGES.iter().find(|row| row.0 == code).map_or(Stage::Other, |row| row.1)
}

/// How far a courier is: `status` of callbacks. 12 is "signed" in one document and "returned" in
/// another: it moves nothing. Whoever settles, carries or delivers has fetched.
pub fn pickup(status: &str) -> PickupStage {
    match status {
        "0" | "12" | "155" | "166" | "200" | "201" => PickupStage::Told,
        "1" => PickupStage::Accepted,
        "2" => PickupStage::Assigned,
        "10" | "15" | "101" | "400" => PickupStage::Collected,
        "13" | "14" => PickupStage::Delivered,
        "9" | "11" | "99" | "610" => PickupStage::Ended,
        _ => PickupStage::Other,
    }
}

/// Which callbacks charge: 15 takes money off, each time more; 155 is what a ticket made of it.
pub fn settles(status: &str) -> Option<Settles> {
    match status {
        "15" => Some(Settles::More),
        "155" => Some(Settles::Anew),
        _ => None,
    }
}

/// Kuaidi100's code of a carrier that is known by its short word; the word itself where it is none.
pub fn com(short: &str) -> &str {
    CARRIERS.iter().find(|row| row.1 == short).map_or(short, |row| row.0)
}

/// `detail`'s answer, which no document shows.
pub const UNSEEN: &[(&str, &str)] = &[("detail", "method=detail")];

/// Kuaidi100's code of a carrier, the short word for lists, the name on labels.
const CARRIERS: [(&str, &str, &str); 15] = [
    ("shunfeng", "SF", "顺丰速运"),
    ("zhongtong", "ZTO", "中通快递"),
    ("yuantong", "YTO", "圆通速递"),
    ("shentong", "STO", "申通快递"),
    ("yunda", "YD", "韵达速递"),
    ("jtexpress", "JTSD", "极兔速递"),
    ("ems", "EMS", "EMS"),
    ("youzhengguonei", "YZPY", "邮政快递包裹"),
    ("jd", "JD", "京东快递"),
    ("debangkuaidi", "DBL", "德邦快递"),
    ("zhaijisong", "ZJS", "宅急送"),
    ("huitongkuaidi", "HTKY", "百世快递"),
    ("kuayue", "KYSY", "跨越速运"),
    ("youshuwuliu", "UC", "优速快递"),
    ("annengwuliu", "ANE", "安能快递"),
];

/// Short word and printed name; a carrier that is not in the table is called by its code.
pub fn carrier(com: &str) -> (&str, &str) {
    CARRIERS.iter().find(|row| row.0 == com).map_or((com, com), |row| (row.1, row.2))
}

/// Carriers that say where a parcel is only to whom knows the end of its phone.
pub fn wants_phone(com: &str) -> bool {
    matches!(com, "shunfeng" | "zhongtong" | "kuayue")
}
