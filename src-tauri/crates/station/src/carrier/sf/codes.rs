//! SF's service codes, addresses and result codes: tables of its documents (carrier list of
//! 2026-11, part 2.1). Pure.

use super::{Account, Environment};
use crate::carrier::{About, Fix, Limit};

/// Gets a number.
pub const CREATE: &str = "EXP_RECE_CREATE_ORDER";
/// Finds an order by our key.
pub const SEARCH: &str = "EXP_RECE_SEARCH_ORDER_RESP";
/// Cancels one.
pub const UPDATE: &str = "EXP_RECE_UPDATE_ORDER";
/// Draws labels.
pub const PRINT: &str = "COM_RECE_CLOUD_PRINT_WAYBILLS";

/// Says where parcels are.
pub const ROUTES: &str = "EXP_RECE_SEARCH_ROUTES";
/// Says what a way costs and how long it takes.
pub const PROMISE: &str = "EXP_RECE_QUERY_DELIVERTM";

/// Says what was charged.
pub const CHARGE: &str = "EXP_RECE_QUERY_SFWAYBILL";

/// The order has its number already.
pub const DUPLICATE: &str = "8016";
/// It was cancelled already.
pub const CANCELLED: [&str; 2] = ["8037", "8253"];
/// It was confirmed or cancelled already; which of both is not said.
pub const CLOSED: &str = "8019";
/// No such order.
pub const NOT_THERE: [&str; 2] = ["8018", "6150"];
/// The signature is wrong.
pub const UNSIGNED: &str = "A1006";
/// The token is wrong or too old.
pub const TOKEN_WRONG: &str = "A1011";

/// Domains that labels may be fetched from.
const HOSTS: [&str; 2] = ["sf-express.com", "sf-express.com.cn"];

/// Where a path of SF's is reached by this account.
pub fn url(account: &Account, path: &str) -> String {
    match (&account.endpoint, account.environment) {
        (Some(endpoint), _) => format!("{endpoint}{path}"),
        (None, Environment::Production) => format!("https://bspgw.sf-express.com{path}"),
        (None, Environment::Sandbox) => format!("https://sfapi-sbox.sf-express.com{path}"),
    }
}

/// Whether a label may be fetched from there: SF's own servers, or the one that was set.
pub fn is_sf(account: &Account, url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return false };
    if let Some(endpoint) = &account.endpoint
        && let Ok(endpoint) = reqwest::Url::parse(endpoint)
    {
        return url.origin() == endpoint.origin();
    }
    let host = url.host_str().unwrap_or_default();
    let belongs = |domain: &str| {
        host.strip_suffix(domain).is_some_and(|left| left.is_empty() || left.ends_with('.'))
    };
    url.scheme() == "https" && HOSTS.iter().any(|domain| belongs(domain))
}

/// What the gateway's own "no" means for the request behind it.
pub enum Gate {
    /// Let through.
    Open,
    /// Nothing was done: too many calls.
    Busy,
    /// Nothing was done.
    Refused(Fix),
    /// Nobody says whether anything was done.
    Unclear,
}

/// The table of the gateway's codes; a code that is not in it says nothing.
pub fn gate(code: &str) -> Gate {
    match code {
        "A1000" => Gate::Open,
        // The clock of this computer, the address list, the rights, the check word, the token.
        "A1002" | "A1003" | "A1004" | UNSIGNED | TOKEN_WRONG => Gate::Refused(Fix::EditAccount),
        "A1001" => Gate::Refused(Fix::AskCarrier),
        "A1005" => Gate::Busy,
        // A1007 (the same request a moment ago), A1009, A1099 and whatever comes later.
        _ => Gate::Unclear,
    }
}

const fn service(api: &'static str, mark: &'static str) -> Limit {
    Limit { api, mark, calls_per_s: 30, calls_a_day: Some(3_000) }
}

/// What is allowed of each service unless the contract says more (A1005).
pub const LIMITS: &[Limit] = &[
    service(CREATE, "serviceCode=EXP_RECE_CREATE_ORDER"),
    service(UPDATE, "serviceCode=EXP_RECE_UPDATE_ORDER"),
    service(SEARCH, "serviceCode=EXP_RECE_SEARCH_ORDER_RESP"),
    service(PRINT, "serviceCode=COM_RECE_CLOUD_PRINT_WAYBILLS"),
    service("EXP_RECE_SEARCH_ROUTES", "serviceCode=EXP_RECE_SEARCH_ROUTES"),
    service(PROMISE, "serviceCode=EXP_RECE_QUERY_DELIVERTM"),
    service(CHARGE, "serviceCode=EXP_RECE_QUERY_SFWAYBILL"),
];

/// What the codes of the gateway and of the services are about.
pub fn about(code: &str) -> About {
    match code {
        UNSIGNED | TOKEN_WRONG => About::Signature,
        "A1002" => About::Clock,
        "A1003" => About::Address,
        "A1004" => About::Right,
        "A1000" | "A1001" | "A1005" | "A1007" | "A1009" | "A1099" => About::Documented,
        "A1008" | "A1010" => About::Documented,
        "8016" | "8017" | "8018" | "6150" | "8019" | "8252" | "8037" | "8253" => About::Documented,
        "6118" | "6136" | "8024" | "8228" | "8267" | "20034" | "20052" => About::Documented,
        "6126" | "8114" | "8119" | "1023" | "6127" | "6128" | "6130" | "6138" | "6139" => {
            About::Documented
        }
        "8027" | "8051" | "8052" | "8053" | "8057" | "8067" | "8096" | "8117" | "8177" | "8179"
        | "8196" | "8247" | "8256" => About::Documented,
        "20011" | "20012" | "20035" | "20036" => About::Documented,
        "1010" | "1011" | "1012" | "1013" | "1014" | "1015" | "1016" => About::Documented,
        _ => About::Unlisted,
    }
}

/// What mends a refusal of the service.
pub fn fix(code: &str) -> Fix {
    match code {
        "1010" | "1011" | "1012" | "1013" | "1014" | "1015" | "1016" | "1023" => Fix::EditOrder,
        // Volume, COD, too many parcels, a phone, forbidden goods, who pays.
        "6130" | "6138" | "6139" | "8067" | "8117" | "8196" | "20035" | "8256" => Fix::EditOrder,
        "6126" | "8114" | "8119" => Fix::EditAccount,
        // The month card's order, its contract, a template, a product, the other world's number.
        "20052" | "8179" | "8027" | "8057" | "8247" => Fix::EditAccount,
        // Peaks, opening hours, an hour that is too near.
        "8177" | "8096" | "8267" => Fix::Wait,
        "20036" => Fix::OtherCarrier,
        _ => Fix::AskCarrier,
    }
}
