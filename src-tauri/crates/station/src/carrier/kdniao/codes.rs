//! Tables of KDNiao: carriers with what each wants, and which URL takes which request.
//! A pure table: carriers.md 1.1 and 1.12, list of 2018 and SDK of 2022.

use super::{Account, Environment};
use crate::carrier::{About, Limit};

/// Waybill: RequestType of a new one.
pub const CREATE: &str = "1007";
/// Waybill: RequestType of giving one back.
pub const VOID: &str = "1147";
/// RequestType of an application for a customer number.
pub const APPLY: &str = "1107";
/// RequestType of the number of waybills left.
pub const BALANCE: &str = "1127";

/// RequestType of the free question where a parcel is.
pub const TRACK: &str = "1002";
/// RequestType of the paid one, with places and finer states.
pub const WATCH: &str = "8001";
/// RequestType of the paid one that needs no carrier.
pub const QUERY: &str = "8002";

/// RequestType of being told of a number, free, by push 101.
pub const SUBSCRIBE: &str = "1008";
/// RequestType of being told of a number, paid, by push 102.
pub const SUBSCRIBE_PAID: &str = "8008";
/// The same with a map.
pub const SUBSCRIBE_MAP: &str = "8005";

/// RequestType of where a parcel of a carrier abroad is; paid for by a package of its own.
pub const TRACK_ABROAD: &str = "7101";
/// RequestType of being told of it.
pub const SUBSCRIBE_ABROAD: &str = "7108";

/// RequestType of whose a number is.
pub const RECOGNISE: &str = "2002";
/// RequestType of prices of the carriers behind it.
pub const PRICES: &str = "1815";
/// RequestType of whether they go somewhere.
pub const REACH: &str = "1814";
/// RequestType of how long a way takes.
pub const ESTIMATE: &str = "6004";
/// RequestType of when a parcel under way arrives.
pub const ESTIMATE_SENT: &str = "6006";
/// RequestType of being told of it.
pub const SUBSCRIBE_ETA: &str = "6016";
/// RequestType of where on the map a parcel was: 8001 with a map.
pub const MAP: &str = "8003";
/// The same of 8002.
pub const MAP_QUERY: &str = "8004";
/// RequestType of a carrier's outlets.
pub const OUTLETS: &str = "6002";
/// RequestType of what stands in an address.
pub const SPLIT: &str = "6001";

/// RequestType of a courier.
pub const BOOK: &str = "1801";
/// RequestType of calling a courier off.
pub const CALL_OFF: &str = "1802";
/// RequestType of what became of a booking.
pub const BOOKED: &str = "1804";
/// RequestType of how far a booking is, by KDNiao's own key.
pub const BOOKED_STATE: &str = "1816";

/// RequestType of a message to a receiver; paid by the message.
pub const MESSAGE: &str = "8101";

const fn limit(
    api: &'static str,
    mark: &'static str,
    calls_per_s: u32,
    calls_a_day: Option<u32>,
) -> Limit {
    Limit { api, mark, calls_per_s, calls_a_day }
}

/// What is allowed (1.13). For 1007, 1147, 1127, 7101 and 8101 no document says it: they get what
/// most of its queries are allowed.
pub const LIMITS: &[Limit] = &[
    limit("1007", "RequestType=1007", 20, None),
    limit("1147", "RequestType=1147", 20, None),
    limit("1127", "RequestType=1127", 20, None),
    limit("1002", "RequestType=1002", 20, Some(30_000)),
    limit("8001", "RequestType=8001", 20, None),
    limit("8002", "RequestType=8002", 20, None),
    limit("7101", "RequestType=7101", 20, None),
    limit("2002", "RequestType=2002", 10, None),
    limit("1801", "RequestType=1801", 40, None),
    limit("8101", "RequestType=8101", 20, None),
];

/// What 1804, 1816, 6016, 8101 and 1107 answer was not seen, nor how 1814 names its slots.
pub const UNSEEN: &[(&str, &str)] = &[
    ("1804", "RequestType=1804"),
    ("1816", "RequestType=1816"),
    ("1814", "RequestType=1814"),
    ("6016", "RequestType=6016"),
    ("8101", "RequestType=8101"),
    ("1107", "RequestType=1107"),
];

/// What the result codes of its table (1.3) are about. 102 is its "verification problem", which
/// may be the signature, the account or a right; 104 its "user problem".
pub fn about(code: &str) -> About {
    match code {
        "102" => About::Proof,
        "104" => About::Account,
        "100" | "101" | "103" | "105" | "106" => About::Documented,
        "401" | "402" | "403" | "404" | "405" => About::Documented,
        _ => About::Unlisted,
    }
}

/// KDNiao's host in production.
const PRODUCTION: &str = "https://api.kdniao.com";
/// Its host for parcels abroad, and the one path there.
const ABROAD: (&str, &str) = ("https://globapi.kdniao.com", "/api/track/packet");
/// Where e-waybills are taken in production.
const E_ORDERS: &str = "/api/EOrderService";
/// Where questions without a path of their own were first taken.
const QUESTIONS: &str = "/Ebusiness/EbusinessOrderHandle.aspx";
/// Where KDNiao's newer code asks the paid ones.
const DIST: &str = "/api/dist";
/// Where everything about fetching is asked.
const FETCHING: &str = "/api/OOrderService";
/// The sandbox takes every RequestType at one place.
const SANDBOX: (&str, &str) =
    ("http://sandboxapi.kdniao.com:8080", "/kdniaosandbox/gateway/exterfaceInvoke.json");

/// The URL for a request: one named for its RequestType, else the account's host, else KDNiao's.
pub fn url(account: &Account, request_type: &str) -> String {
    if let Some(url) = account.endpoints.get(request_type) {
        return url.clone();
    }
    let (host, path) = match account.environment {
        Environment::Production => match request_type {
            TRACK_ABROAD | SUBSCRIBE_ABROAD => ABROAD,
            other => (PRODUCTION, path(other)),
        },
        Environment::Sandbox => SANDBOX,
    };
    let host = account.endpoint.as_deref().unwrap_or(host);
    format!("{}{path}", host.trim_end_matches('/'))
}

/// Where production takes a request: carriers.md 1.1 and 1.4. Where a request has moved, the newer
/// of its two places; an account that knows the older one alone names it in `endpoints`.
fn path(request_type: &str) -> &'static str {
    match request_type {
        TRACK | MAP_QUERY => QUESTIONS,
        WATCH | QUERY | MAP | RECOGNISE | ESTIMATE | ESTIMATE_SENT | OUTLETS | SPLIT
        | SUBSCRIBE | SUBSCRIBE_PAID | SUBSCRIBE_MAP | SUBSCRIBE_ETA | MESSAGE => DIST,
        PRICES | REACH | BOOK | CALL_OFF | BOOKED | BOOKED_STATE => FETCHING,
        _ => E_ORDERS,
    }
}

/// A carrier behind KDNiao.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipper {
    /// KDNiao's code.
    pub code: &'static str,
    /// As printed on the label.
    pub name: &'static str,
    /// Settings without which the carrier refuses every order.
    pub settings: &'static [&'static str],
    /// Whether the weight must be known: JD and the freight carriers.
    pub weight: bool,
    /// `PayType` unless the account says otherwise.
    pub pay_type: u8,
    /// `ExpType` unless the account says otherwise.
    pub exp_type: &'static str,
    /// `DeliveryMethod`, where the carrier insists on one.
    pub delivery_method: Option<u8>,
    /// Whether a post code is wanted of both sides.
    pub post_code: bool,
}

const PLAIN: Shipper = Shipper {
    code: "",
    name: "",
    settings: &[],
    weight: false,
    pay_type: 1,
    exp_type: "1",
    delivery_method: None,
    post_code: false,
};

const fn parcel(code: &'static str, name: &'static str, settings: &'static [&str]) -> Shipper {
    Shipper { code, name, settings, ..PLAIN }
}

const fn freight(code: &'static str, name: &'static str, settings: &'static [&str]) -> Shipper {
    Shipper { code, name, settings, weight: true, ..PLAIN }
}

const CUSTOMER: &[&str] = &["customer_name"];
const CUSTOMER_PWD: &[&str] = &["customer_name", "customer_pwd"];
const CUSTOMER_PWD_SITE: &[&str] = &["customer_name", "customer_pwd", "send_site"];
const CUSTOMER_SITE: &[&str] = &["customer_name", "send_site"];
const WAREHOUSE: &[&str] = &["customer_name", "warehouse_id"];

/// Carriers whose e-waybills KDNiao places.
#[rustfmt::skip]
pub const SHIPPERS: &[Shipper] = &[
    parcel("SF", "顺丰速运", &[]),
    parcel("ZTO", "中通快递", CUSTOMER_PWD),
    parcel("YTO", "圆通速递", &["customer_name", "month_code"]),
    parcel("STO", "申通快递", CUSTOMER_PWD_SITE),
    parcel("YD", "韵达速递", CUSTOMER_PWD),
    // 3: to the door, the only value of four that every address has.
    Shipper { delivery_method: Some(3), ..parcel("JTSD", "极兔速递", CUSTOMER_PWD) },
    Shipper { post_code: true, ..parcel("EMS", "EMS", CUSTOMER_PWD) },
    Shipper { post_code: true, ..parcel("YZPY", "邮政快递包裹", &[]) },
    // ExpType is the sales platform: 6 is "other", where 1 would be JD's own shop.
    Shipper { exp_type: "6", ..freight("JD", "京东快递", WAREHOUSE) },
    Shipper { pay_type: 3, ..parcel("DBL", "德邦快递", CUSTOMER) },
    parcel("HTKY", "百世快递", CUSTOMER_PWD),
    parcel("CNSD", "菜鸟速递", &[]),
    Shipper { post_code: true, ..parcel("YZBK", "邮政国内标快", &[]) },
    freight("JDKY", "京东快运", WAREHOUSE),
    freight("DBLKY", "德邦快运", CUSTOMER),
    parcel("ZJS", "宅急送", &[]),
    parcel("UC", "优速快递", CUSTOMER),
    parcel("KYSY", "跨越速运", CUSTOMER),
    parcel("SURE", "速尔快递", &["customer_name", "send_site", "send_staff"]),
    parcel("XFEX", "信丰物流", CUSTOMER_PWD_SITE),
    parcel("PJ", "品骏快递", CUSTOMER_PWD),
    parcel("CND", "承诺达", CUSTOMER_PWD_SITE),
    parcel("FWX", "丰网速运", &[]),
    parcel("DNWL", "丹鸟物流", &[]),
    parcel("SNWL", "苏宁物流", &[]),
    Shipper { delivery_method: Some(1), ..parcel("ZYE", "众邮快递", &[]) },
    parcel("YCWL", "远成物流", CUSTOMER_SITE),
    parcel("JGSD", "京广速递", &[]),
    parcel("UAPEX", "全一快递", &[]),
    parcel("ZTKY", "中铁快运", &[]),
    parcel("ANE", "安能快递", CUSTOMER_SITE),
    freight("ANEKY", "安能快运", CUSTOMER_PWD),
    freight("HOAU", "天地华宇", &[]),
    freight("LB", "龙邦快运", CUSTOMER_PWD),
    freight("HTKYKY", "百世快运", CUSTOMER_PWD),
    freight("ZTOKY", "中通快运", CUSTOMER_PWD_SITE),
    freight("TLWL", "腾林物流", &[]),
    freight("BETWL", "百腾物流", &[]),
    parcel("LHT", "联昊通", &[]),
    parcel("EST365", "东方汇", &[]),
    parcel("WTWL", "温通物流", &[]),
    parcel("DYJ", "递易家", &[]),
    parcel("HHTT", "天天快递", CUSTOMER_PWD_SITE),
    parcel("GTO", "国通快递", CUSTOMER_PWD_SITE),
];

/// The carrier with this code; one that is not in the table is asked in the plainest manner.
pub fn shipper(code: &str) -> Shipper {
    SHIPPERS.iter().find(|shipper| shipper.code == code).copied().unwrap_or(PLAIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_carrier_stands_once() {
        let codes: BTreeSet<_> = SHIPPERS.iter().map(|shipper| shipper.code).collect();
        assert_eq!(codes.len(), SHIPPERS.len());
        assert!(SHIPPERS.iter().all(|s| !s.name.is_empty() && s.code.len() <= 10));
    }

    #[test]
    fn each_request_finds_its_url() {
        let mut account = Account::new("圆通", "YTO", "test1777000", "k");
        assert_eq!(url(&account, CREATE), "https://api.kdniao.com/api/EOrderService");
        account.environment = Environment::Sandbox;
        let sandbox = "/kdniaosandbox/gateway/exterfaceInvoke.json";
        assert_eq!(url(&account, VOID), format!("http://sandboxapi.kdniao.com:8080{sandbox}"));
        account.endpoint = Some("http://127.0.0.1:18777/".into());
        assert_eq!(url(&account, VOID), format!("http://127.0.0.1:18777{sandbox}"));
        account.environment = Environment::Production;
        assert_eq!(url(&account, BALANCE), "http://127.0.0.1:18777/api/EOrderService");
        assert_eq!(url(&account, APPLY), "http://127.0.0.1:18777/api/EOrderService");
        let questions = "http://127.0.0.1:18777/Ebusiness/EbusinessOrderHandle.aspx";
        assert_eq!(url(&account, TRACK), questions);
        assert_eq!(url(&account, WATCH), "http://127.0.0.1:18777/api/dist");
        assert_eq!(url(&account, QUERY), "http://127.0.0.1:18777/api/dist");
        assert_eq!(url(&account, MAP_QUERY), questions);
        assert_eq!(url(&account, SUBSCRIBE_MAP), "http://127.0.0.1:18777/api/dist");
        assert_eq!(url(&account, MESSAGE), "http://127.0.0.1:18777/api/dist");
        assert_eq!(url(&account, TRACK_ABROAD), "http://127.0.0.1:18777/api/track/packet");
        let real = Account::new("圆通", "YTO", "1234567", "k");
        assert_eq!(url(&real, SUBSCRIBE_ABROAD), "https://globapi.kdniao.com/api/track/packet");
        account.endpoints.insert(BALANCE.into(), "https://example.invalid/api/other".into());
        assert_eq!(url(&account, BALANCE), "https://example.invalid/api/other");
        assert_eq!(url(&account, CREATE), "http://127.0.0.1:18777/api/EOrderService");
    }
}
