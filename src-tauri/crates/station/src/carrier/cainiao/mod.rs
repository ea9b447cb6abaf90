//! 菜鸟 Cainiao's e-waybill through its LINK gateway, for shops that must print that way. Source:
//! carrier list of 2026-11, part 2.4.
//!
//! The story: a number comes with an encrypted label, which only the print component on this PC can
//! read (`print::component`). Nothing documented says what a repeated order gives, and no call
//! finds an order by our key: an answer that was lost is asked about, unless the settings vouch
//! that the same order gets the same number.

mod answer;
mod map;
mod sign;
mod wire;

use super::{About, Balance, Carrier, CarrierError, Consignment, Resend, Secret, Waybill, reading};
use crate::{
    order::{Fault, Needs, Services},
    outside::{Http, Later, Method, Request},
};
use std::time::Duration;

const GET: &str = "TMS_WAYBILL_GET";
const DISCARD: &str = "TMS_WAYBILL_DISCARD";
const SUBSCRIPTION: &str = "TMS_WAYBILL_SUBSCRIPTION_QUERY";
const GATEWAY: &str = "/gateway/link.do";
const PRODUCTION: &str = "https://link.cainiao.com";
const TRIAL: &str = "https://prelink.cainiao.com";

/// Who carries it, as people say it; the code where nobody here knows.
fn name_of(cp_code: &str) -> &str {
    match cp_code {
        "YTO" => "圆通速递",
        "ZTO" => "中通快递",
        "STO" => "申通快递",
        "YUNDA" => "韵达速递",
        "EMS" => "EMS",
        "POSTB" => "邮政快递包裹",
        other => other,
    }
}

/// A merchant's account, as the settings say it. Empty means "not set".
#[derive(Debug, Clone)]
pub struct Account {
    /// What the station calls this account. 菜鸟 never hears it.
    pub name: String,
    /// The carrier's code at 菜鸟: "YTO", "ZTO", "STO", "YUNDA", "EMS", "POSTB".
    pub cp_code: String,
    /// The merchant's authorisation, `logistic_provider_id`.
    pub token: Secret,
    /// Signs every request.
    pub app_secret: Secret,
    /// The template that the component lays the label out by.
    pub template_url: String,
    /// The merchant's id, if 菜鸟 asked for it.
    pub user_id: String,
    /// The merchant knows that a repeated order gets its first number.
    pub repeats: bool,
    /// Scheme, host and port instead of 菜鸟's.
    pub endpoint: Option<String>,
    /// The trial world.
    pub sandbox: bool,
    /// How long to wait for a whole answer.
    pub timeout_ms: u64,
}

/// 菜鸟, reached by one merchant.
pub struct Cainiao {
    account: Account,
}

impl Cainiao {
    /// Opens nothing.
    pub fn new(account: Account) -> Self {
        Self { account }
    }

    async fn ask(
        &self,
        http: &dyn Http,
        msg_type: &str,
        message: &str,
    ) -> Result<wire::Said, CarrierError> {
        let account = &self.account;
        let base = match (&account.endpoint, account.sandbox) {
            (Some(endpoint), _) => endpoint,
            (None, false) => PRODUCTION,
            (None, true) => TRIAL,
        };
        let (token, secret) = (account.token.expose(), account.app_secret.expose());
        let request = Request {
            method: Method::Post,
            url: format!("{base}{GATEWAY}"),
            content_type: sign::CONTENT_TYPE,
            headers: Vec::new(),
            body: sign::form(msg_type, token, message, secret),
            timeout: Duration::from_millis(account.timeout_ms),
        };
        let answer = http.send(request).await?;
        reading::document(&answer).and_then(answer::yes)
    }

    async fn create(&self, http: &dyn Http, stored: &str) -> Result<Waybill, CarrierError> {
        let asked: wire::Stored = reading::stored(stored, "Cainiao")?;
        let first = asked.trade_order_info_dtos.into_iter().next();
        let key = first.ok_or_else(|| reading::not_ours("Cainiao"))?.object_id;
        answer::waybill(self.ask(http, GET, stored).await?, &key)
    }
}

impl Carrier for Cainiao {
    fn resend(&self) -> Resend {
        if self.account.repeats { Resend::SameWaybill } else { Resend::IssuesAnother }
    }

    /// Only an address that was opened there may send.
    fn brings_back(&self) -> bool {
        false
    }

    fn needs(&self) -> Needs {
        Needs { weight: false }
    }

    fn code(&self) -> &str {
        &self.account.cp_code
    }

    fn label_name(&self) -> &str {
        name_of(&self.account.cp_code)
    }

    fn services(&self, asked: Services) -> Services {
        asked
    }

    fn create_request(&self, ask: &Consignment) -> Result<String, Vec<Fault>> {
        map::get(&self.account, ask)
    }

    fn create_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>> {
        Box::pin(self.create(http, stored))
    }

    fn void_request(&self, _order_key: &str, waybill_no: &str) -> String {
        map::discard(&self.account, waybill_no)
    }

    fn void_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async { answer::discarded(&self.ask(http, DISCARD, stored).await?) })
    }

    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let asked = map::subscription(&self.account);
            let said = self.ask(http, SUBSCRIPTION, &asked).await?;
            Ok(answer::balance(&said, &self.account.cp_code))
        })
    }

    fn draws(&self) -> bool {
        true
    }

    fn prepaid(&self) -> bool {
        true
    }

    fn about(&self, code: &str) -> About {
        answer::about(code)
    }
}

#[cfg(test)]
mod tests;
