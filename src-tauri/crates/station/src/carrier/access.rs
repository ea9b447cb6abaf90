//! Where and how an account reaches a carrier that is asked directly: address, time, the request
//! itself. What stands in it is each carrier's own.

use super::{CarrierError, Resend};
use crate::outside::{Answer, Http, Method, Request};
use std::{sync::Arc, time::Duration};

/// The clock: ms since 1970, UTC.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// A form in the body.
pub(super) const FORM: &str = "application/x-www-form-urlencoded;charset=utf-8";
/// JSON in the body.
pub(super) const JSON: &str = "application/json;charset=utf-8";
/// A look-up or a drawing may take so long beside the call itself: with the call it stays within
/// the minute by which a lease outlives the answer.
pub(super) const FOLLOW_UP: Duration = Duration::from_secs(15);

/// What is done with a request that may have arrived, where no document says what a second one
/// gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Repeat {
    /// Held for a person, who asks the carrier or looks into its console.
    #[default]
    Held,
    /// Sent again: the outlet says that the same key gives the same number.
    Same,
}

impl Repeat {
    /// The same, as every carrier says it.
    pub(super) fn resend(self) -> Resend {
        match self {
            Self::Same => Resend::SameWaybill,
            Self::Held => Resend::IssuesAnother,
        }
    }
}

/// The way to a carrier, as the settings say it.
#[derive(Debug, Clone)]
pub struct Access {
    /// What the station calls this account. No carrier hears it.
    pub name: String,
    /// Scheme, host and port instead of the carrier's; the documented paths stay.
    pub endpoint: Option<String>,
    /// The carrier's trial world.
    pub sandbox: bool,
    /// Whether the carrier is asked for the label as it draws it.
    pub carrier_draws: bool,
    /// How long to wait for a whole answer.
    pub timeout_ms: u64,
}

impl Access {
    /// Where a path is reached: `real` and `trial` are scheme, host and port.
    pub(super) fn url(&self, real: &str, trial: &str, path: &str) -> String {
        let host = match (&self.endpoint, self.sandbox) {
            (Some(endpoint), _) => endpoint.as_str(),
            (None, true) => trial,
            (None, false) => real,
        };
        format!("{host}{path}")
    }

    /// The account's own time for an answer.
    pub(super) fn patience(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }

    /// Whether something may be fetched from there: over TLS from one of the carrier's domains, or
    /// from the address that was set.
    pub(super) fn trusts(&self, url: &str, domains: &[&str]) -> bool {
        let Ok(url) = reqwest::Url::parse(url) else { return false };
        if let Some(endpoint) = &self.endpoint
            && let Ok(endpoint) = reqwest::Url::parse(endpoint)
        {
            return url.origin() == endpoint.origin();
        }
        let host = url.host_str().unwrap_or_default();
        let belongs = |domain: &&str| {
            host.strip_suffix(*domain).is_some_and(|left| left.is_empty() || left.ends_with('.'))
        };
        url.scheme() == "https" && domains.iter().any(belongs)
    }
}

/// Sends one request with a body.
pub(super) async fn post(
    http: &dyn Http,
    url: String,
    content_type: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    timeout: Duration,
) -> Result<Answer, CarrierError> {
    let method = Method::Post;
    Ok(http.send(Request { method, url, content_type, headers, body, timeout }).await?)
}

/// Fetches an address.
pub(super) async fn fetch(http: &dyn Http, url: String) -> Result<Answer, CarrierError> {
    let request = Request {
        method: Method::Get,
        url,
        content_type: "",
        headers: Vec::new(),
        body: Vec::new(),
        timeout: FOLLOW_UP,
    };
    Ok(http.send(request).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(endpoint: Option<&str>, sandbox: bool) -> Access {
        Access {
            name: "测试".into(),
            endpoint: endpoint.map(str::to_owned),
            sandbox,
            carrier_draws: false,
            timeout_ms: 1_000,
        }
    }

    #[test]
    fn an_address_that_was_set_is_stronger_than_both_worlds() {
        let url = |access: Access| access.url("https://real", "https://trial", "/p");
        assert_eq!(url(access(None, false)), "https://real/p");
        assert_eq!(url(access(None, true)), "https://trial/p");
        assert_eq!(url(access(Some("http://127.0.0.1:9"), true)), "http://127.0.0.1:9/p");
    }

    #[test]
    fn labels_are_fetched_from_the_carriers_own_servers_alone() {
        let trusts = |url: &str| access(None, false).trusts(url, &["kuaidi100.com"]);
        assert!(trusts("https://api.kuaidi100.com/label/1") && trusts("https://kuaidi100.com/1"));
        for url in [
            "https://kuaidi100.com.example/1",
            "https://notkuaidi100.com/1",
            "http://api.kuaidi100.com/1",
            "file:///etc/passwd",
            "https://127.0.0.1/1",
            "",
        ] {
            assert!(!trusts(url), "{url}");
        }
        let near = access(Some("http://127.0.0.1:9"), false);
        assert!(near.trusts("http://127.0.0.1:9/label/1", &[]));
        assert!(!near.trusts("http://127.0.0.1:10/label/1", &["127.0.0.1"]));
    }
}
