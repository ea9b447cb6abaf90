//! The way to SF: every request proven, the proof that works remembered, tokens kept.

use super::{
    Account, FOLLOW_UP, Proof,
    codes::{self, TOKEN_WRONG, UNSIGNED},
    sign::{self, Digest},
    wire::{Envelope, File, Token},
};
use crate::{
    carrier::{
        CarrierError, Fix,
        reading::{document, said, unknown},
    },
    outside::{Answer, Http, Method, Request},
};
use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

const SERVICE: &str = "/std/service";
const TOKEN: &str = "/oauth2/accessToken";
/// A token is renewed so long before its end, and kept no longer than this if SF names no end.
const TOKEN_MARGIN_MS: i64 = 60_000;
const TOKEN_USUAL_S: i64 = 3_600;

/// One partner's way in.
pub struct Door {
    pub account: Account,
    now_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// The formula that SF took last.
    plain: AtomicBool,
    sent: AtomicU64,
    token: Mutex<Option<Kept>>,
}

/// A token and its end, ms UTC.
#[derive(Clone)]
struct Kept {
    token: String,
    until_ms: i64,
}

/// The token is a secret.
impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("until_ms", &self.until_ms).finish_non_exhaustive()
    }
}

impl Door {
    pub fn new(account: Account, now_ms: Arc<dyn Fn() -> i64 + Send + Sync>) -> Self {
        let plain = account.proof == Proof::Digest(Digest::Plain);
        Self {
            account,
            now_ms,
            plain: AtomicBool::new(plain),
            sent: AtomicU64::new(0),
            token: Mutex::new(None),
        }
    }

    /// ms UTC.
    pub fn now_ms(&self) -> i64 {
        (self.now_ms)()
    }

    /// Asks a service, within the account's own time.
    pub async fn ask(
        &self,
        http: &dyn Http,
        service: &str,
        message: &str,
    ) -> Result<Envelope, CarrierError> {
        self.within(http, service, message, Duration::from_millis(self.account.timeout_ms)).await
    }

    /// Asks a service on the side.
    pub async fn ask_soon(
        &self,
        http: &dyn Http,
        service: &str,
        message: &str,
    ) -> Result<Envelope, CarrierError> {
        self.within(http, service, message, FOLLOW_UP).await
    }

    async fn within(
        &self,
        http: &dyn Http,
        service: &str,
        message: &str,
        timeout: Duration,
    ) -> Result<Envelope, CarrierError> {
        if self.account.proof == Proof::Token {
            return self.with_token(http, service, message, timeout).await;
        }
        let first = self.formula();
        let answer = self.digested(http, service, message, first, timeout).await?;
        if answer.api_result_code != UNSIGNED || self.account.proof != Proof::Any {
            return Ok(answer);
        }
        // Turned away at the gate, so nothing was done: the other formula may be this partner's.
        let other = first.other();
        let second = self.digested(http, service, message, other, FOLLOW_UP).await?;
        if second.api_result_code != UNSIGNED {
            self.plain.store(other == Digest::Plain, Ordering::Relaxed);
        }
        Ok(second)
    }

    fn formula(&self) -> Digest {
        if self.plain.load(Ordering::Relaxed) { Digest::Plain } else { Digest::Encoded }
    }

    async fn digested(
        &self,
        http: &dyn Http,
        service: &str,
        message: &str,
        digest: Digest,
        timeout: Duration,
    ) -> Result<Envelope, CarrierError> {
        let now_ms = (self.now_ms)();
        let proof = sign::msg_digest(message, now_ms, self.account.checkword.expose(), digest);
        self.send(http, service, message, now_ms, ("msgDigest", &proof), timeout).await
    }

    async fn with_token(
        &self,
        http: &dyn Http,
        service: &str,
        message: &str,
        timeout: Duration,
    ) -> Result<Envelope, CarrierError> {
        let token = self.token(http).await?;
        let now_ms = (self.now_ms)();
        let answer =
            self.send(http, service, message, now_ms, ("accessToken", &token), timeout).await?;
        if answer.api_result_code != TOKEN_WRONG {
            return Ok(answer);
        }
        self.kept().take();
        let token = self.token(http).await?;
        self.send(http, service, message, now_ms, ("accessToken", &token), FOLLOW_UP).await
    }

    async fn send(
        &self,
        http: &dyn Http,
        service: &str,
        message: &str,
        now_ms: i64,
        proof: (&str, &str),
        timeout: Duration,
    ) -> Result<Envelope, CarrierError> {
        let id = self.request_id(now_ms);
        let partner = &self.account.partner_id;
        let answer = post(
            http,
            codes::url(&self.account, SERVICE),
            sign::form(partner, &id, service, now_ms, message, proof),
            timeout,
        );
        document(&answer.await?)
    }

    /// As many digits as a UUID has, never the same twice from one account.
    fn request_id(&self, now_ms: i64) -> String {
        let nth = self.sent.fetch_add(1, Ordering::Relaxed);
        let hex = format!("{now_ms:016x}{nth:016x}");
        let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        parts.join("-")
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<Kept>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token, fetched if there is none that will last. No request has left before it is there.
    async fn token(&self, http: &dyn Http) -> Result<String, CarrierError> {
        let now_ms = (self.now_ms)();
        if let Some(kept) = self.kept().clone().filter(|kept| kept.until_ms > now_ms) {
            return Ok(kept.token);
        }
        let fields = [
            ("partnerID", self.account.partner_id.as_str()),
            ("secret", self.account.checkword.expose()),
            ("grantType", "password"),
        ];
        let body = serde_urlencoded::to_string(fields).expect("pairs of texts always encode");
        let url = codes::url(&self.account, TOKEN);
        let answer = post(http, url, body.into_bytes(), FOLLOW_UP).await;
        let token: Token = answer.and_then(|answer| document(&answer)).map_err(nothing_yet)?;
        if token.access_token.is_empty() {
            let code = token.api_result_code;
            let said = said(&token.api_error_msg);
            return Err(CarrierError::Refused { code, said, fix: Fix::EditAccount });
        }
        let seconds = token.expires_in.parse().unwrap_or(TOKEN_USUAL_S);
        let until_ms = now_ms + seconds * 1_000 - TOKEN_MARGIN_MS;
        *self.kept() = Some(Kept { token: token.access_token.clone(), until_ms });
        Ok(token.access_token)
    }

    /// A drawn label.
    pub async fn fetch(&self, http: &dyn Http, file: &File) -> Result<Vec<u8>, CarrierError> {
        if !codes::is_sf(&self.account, &file.url) {
            return Err(unknown("the label lies on a server that is not SF's"));
        }
        let request = Request {
            method: Method::Get,
            url: file.url.clone(),
            content_type: "",
            headers: vec![("X-Auth-token", file.token.clone())],
            body: Vec::new(),
            timeout: FOLLOW_UP,
        };
        match http.send(request).await {
            Ok(answer) if answer.status == 200 && !answer.body.is_empty() => Ok(answer.body),
            Ok(answer) => Err(unknown(format!("HTTP {}", answer.status))),
            Err(error) => Err(error.into()),
        }
    }
}

async fn post(
    http: &dyn Http,
    url: String,
    body: Vec<u8>,
    timeout: Duration,
) -> Result<Answer, CarrierError> {
    let request = Request {
        method: Method::Post,
        url,
        content_type: sign::CONTENT_TYPE,
        headers: Vec::new(),
        body,
        timeout,
    };
    Ok(http.send(request).await?)
}

/// A token that did not come leaves the order untouched, however unclear the way it did not come.
fn nothing_yet(error: CarrierError) -> CarrierError {
    match error {
        CarrierError::Unknown { why } => CarrierError::NotSent { why },
        same @ (CarrierError::NotSent { .. }
        | CarrierError::Busy { .. }
        | CarrierError::Refused { .. }) => same,
    }
}
