//! The way to a Karrio gateway: every request with the account's token, to its host alone.

use super::{Account, answer};
use crate::{
    carrier::{CarrierError, reading::unknown},
    outside::{Answer, Http, Method, Request},
};
use serde::de::DeserializeOwned;
use std::time::Duration;

const JSON: &str = "application/json";

/// One account's way in.
pub struct Door {
    pub account: Account,
}

impl Door {
    /// Asks, and reads the "yes".
    pub async fn get<T: DeserializeOwned>(
        &self,
        http: &dyn Http,
        url: String,
        timeout: Duration,
    ) -> Result<T, CarrierError> {
        answer::read(&self.send(http, Method::Get, url, String::new(), timeout).await?)
    }

    /// Sends, and reads the "yes".
    pub async fn post<T: DeserializeOwned>(
        &self,
        http: &dyn Http,
        path: &str,
        body: String,
        timeout: Duration,
    ) -> Result<T, CarrierError> {
        answer::read(&self.knock(http, path, body, timeout).await?)
    }

    /// Sends, and leaves the answer as it is.
    pub async fn knock(
        &self,
        http: &dyn Http,
        path: &str,
        body: String,
        timeout: Duration,
    ) -> Result<Answer, CarrierError> {
        self.send(http, Method::Post, self.url(path), body, timeout).await
    }

    /// The bytes behind an address that the gateway gave, if they lie on the gateway.
    pub async fn fetch(
        &self,
        http: &dyn Http,
        place: &str,
        timeout: Duration,
    ) -> Result<Vec<u8>, CarrierError> {
        let url = self.beside(place).ok_or_else(|| unknown("the label lies on another server"))?;
        match self.send(http, Method::Get, url, String::new(), timeout).await? {
            Answer { status: 200, body } if !body.is_empty() => Ok(body),
            Answer { status, .. } => Err(unknown(format!("HTTP {status}"))),
        }
    }

    async fn send(
        &self,
        http: &dyn Http,
        method: Method,
        url: String,
        body: String,
        timeout: Duration,
    ) -> Result<Answer, CarrierError> {
        let token = format!("Token {}", self.account.token.expose());
        let headers = vec![("Authorization", token), ("Accept", JSON.to_owned())];
        let content_type = if method == Method::Get { "" } else { JSON };
        let body = body.into_bytes();
        Ok(http.send(Request { method, url, content_type, headers, body, timeout }).await?)
    }

    /// Where a path of the gateway's is.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.account.endpoint)
    }

    /// A path that ends in something of somebody else's: a number, an id.
    pub fn url_of(&self, path: &str, last: &str) -> String {
        let Ok(mut url) = reqwest::Url::parse(&self.url(path)) else { return self.url(path) };
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.push(last);
        }
        url.into()
    }

    /// The shipments whose reference holds this text.
    pub fn url_of_reference(&self, reference: &str) -> String {
        let pairs = [("reference", reference), ("limit", "100")];
        let query = serde_urlencoded::to_string(pairs).expect("pairs of texts always encode");
        format!("{}?{query}", self.url("/v1/shipments"))
    }

    /// An address of the gateway's answer, whole or from its root; `None` if it lies elsewhere: the
    /// token goes to the gateway alone.
    fn beside(&self, place: &str) -> Option<String> {
        let base = reqwest::Url::parse(&self.account.endpoint).ok()?;
        let url = base.join(place).ok()?;
        (url.origin() == base.origin()).then(|| url.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_fetched_from_the_gateway_alone() {
        let door = Door { account: super::super::tests::account() };
        let there = "http://127.0.0.1:9/v1/shipments/shp_1/label.zpl";
        assert_eq!(door.beside("/v1/shipments/shp_1/label.zpl").as_deref(), Some(there));
        assert_eq!(door.beside(there).as_deref(), Some(there));
        for place in [
            "http://127.0.0.1:10/a",
            "https://127.0.0.1:9/a",
            "//example.com/a",
            "file:///etc/passwd",
        ] {
            assert_eq!(door.beside(place), None, "{place}");
        }
        assert_eq!(
            door.url_of("/v1/trackers", "1Z/9?x"),
            "http://127.0.0.1:9/v1/trackers/1Z%2F9%3Fx"
        );
        let found = "http://127.0.0.1:9/v1/shipments?reference=PB-1%26A&limit=100";
        assert_eq!(door.url_of_reference("PB-1&A"), found);
    }
}
