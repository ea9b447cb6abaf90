//! Kuaidi100 快递100, through whose e-waybill (V2) many carriers are reached with the shop's own
//! account there. Source: carrier list of 2026-11, parts 2.2 and 3.2 (the vendor's own demos).
//!
//! The story: `param` is made once (`map`), stored with the moment it was made, and signed each
//! time it is sent. With `reorder` false the same `orderId` gives the same number for 48 hours;
//! after that nobody says what it gives, so a request that may have arrived is then held for a
//! person.

mod answer;
mod codes;
mod courier;
mod hear;
mod map;
mod offers;
mod sign;
mod wire;

use super::{
    About, Balance, Carrier, CarrierError, Consignment, Resend, Secret, Template, Waybill,
    access::{Access, Clock, FOLLOW_UP, FORM, fetch, post},
    charge::Charges,
    hear::Hears,
    offers as can,
    reading::{self, document, unknown},
    track::Tracks,
    writing::form,
};
use crate::{
    order::{Fault, Needs, PayBy, Services},
    outside::{Http, Later},
};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// So long the same `orderId` gives the same number: 48 h by the documents, less an hour for clocks
/// that differ.
const SAME_NUMBER_MS: i64 = 47 * 3_600_000;
/// No order of ours has this key, and no parcel this number.
const NOBODYS_KEY: &str = "PACKBENCH-CHECK";

/// An account at Kuaidi100, as the settings say it. Empty means "not set".
#[derive(Debug, Clone)]
pub struct Account {
    /// The way there.
    pub access: Access,
    /// 授权 key.
    pub key: Secret,
    /// 授权 secret; with the key it signs everything but queries.
    pub secret: Secret,
    /// 授权 customer; signs queries.
    pub customer: String,
    /// Kuaidi100's code of the carrier, e.g. "yuantong".
    pub com: String,
    /// 电子面单客户账户.
    pub partner_id: String,
    /// 电子面单密码.
    pub partner_key: Secret,
    /// 电子面单密钥.
    pub partner_secret: Secret,
    /// 电子面单客户账户名称.
    pub partner_name: String,
    /// 收件网点.
    pub net: String,
    /// 电子面单承载编号.
    pub outlet_code: String,
    /// 电子面单承载快递员.
    pub check_man: String,
    /// Who pays if the order does not say; `None` is by the month.
    pub pay: Option<PayBy>,
    /// The carrier's product; empty is its standard one.
    pub exp_type: String,
    /// The template of the drawing.
    pub temp_id: String,
    /// Whether people are hidden on the label as it is drawn there.
    pub privacy: bool,
    /// Carriers whose prices are compared; empty: this account's own.
    pub compare: Vec<String>,
    /// Signs what Kuaidi100 tells by itself; chosen by the shop.
    pub salt: Secret,
    /// Where it tells it: the public address of our receiver. With a salt, every order is
    /// subscribed to with it.
    pub push_url: String,
}

/// Kuaidi100, reached by one account.
pub struct Kuaidi100 {
    account: Account,
    now_ms: Clock,
}

impl Kuaidi100 {
    /// Opens nothing.
    pub fn new(account: Account, now_ms: Clock) -> Self {
        Self { account, now_ms }
    }

    /// One of the newer calls.
    async fn call(
        &self,
        http: &dyn Http,
        at: (&str, &str),
        method: &str,
        param: &str,
        timeout: Duration,
    ) -> Result<wire::Envelope, CarrierError> {
        let t_ms = (self.now_ms)().to_string();
        let (key, secret) = (self.account.key.expose(), self.account.secret.expose());
        let sign = sign::call(param, &t_ms, key, secret);
        let body = form(&[
            ("method", method),
            ("key", key),
            ("t", &t_ms),
            ("sign", &sign),
            ("param", param),
        ]);
        self.ask(http, at, body, timeout).await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        http: &dyn Http,
        (host, path): (&str, &str),
        body: Vec<u8>,
        timeout: Duration,
    ) -> Result<T, CarrierError> {
        let url = self.account.access.url(host, host, path);
        document(&post(http, url, FORM, Vec::new(), body, timeout).await?)
    }

    async fn create(&self, http: &dyn Http, stored: &str) -> Result<Waybill, CarrierError> {
        let asked = own(stored)?;
        let patience = self.account.access.patience();
        let envelope = self.call(http, codes::LABEL, "order", &asked.param, patience).await?;
        let (mut issued, label) = answer::issued(envelope)?;
        if self.account.access.carrier_draws {
            issued.template = self.drawing(http, &label).await;
        }
        Ok(issued)
    }

    /// The label as it was drawn. The number stands whatever becomes of this. Of several addresses
    /// the first is this parcel's.
    async fn drawing(&self, http: &dyn Http, label: &str) -> Template {
        let url = label.split(',').next().unwrap_or_default().trim();
        if !self.account.access.trusts(url, &codes::DOMAINS) {
            tracing::warn!("no label, or one on a server that is not Kuaidi100's");
            return Template::Missing;
        }
        match fetch(http, url.to_owned()).await {
            Ok(answer) if answer.status == 200 && !answer.body.is_empty() => {
                Template::Here(answer.body)
            }
            Ok(answer) => {
                tracing::warn!(answer.status, "Kuaidi100 has not drawn the label");
                Template::Missing
            }
            Err(why) => {
                tracing::warn!(%why, "Kuaidi100 has not drawn the label");
                Template::Missing
            }
        }
    }
}

/// A stored request read back.
fn own(stored: &str) -> Result<wire::Stored, CarrierError> {
    reading::stored(stored, "Kuaidi100")
}

impl Carrier for Kuaidi100 {
    /// For 48 hours; `create_again` holds what is older.
    fn resend(&self) -> Resend {
        Resend::SameWaybill
    }

    fn needs(&self) -> Needs {
        Needs { weight: false }
    }

    fn code(&self) -> &str {
        codes::carrier(&self.account.com).0
    }

    fn label_name(&self) -> &str {
        codes::carrier(&self.account.com).1
    }

    fn services(&self, asked: Services) -> Services {
        map::services(&self.account, asked)
    }

    fn create_request(&self, ask: &Consignment) -> Result<String, Vec<Fault>> {
        map::create(&self.account, ask, (self.now_ms)())
    }

    fn create_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>> {
        Box::pin(self.create(http, stored))
    }

    fn create_again<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>> {
        Box::pin(async {
            let age_ms = (self.now_ms)() - own(stored)?.made_at_ms;
            if age_ms > SAME_NUMBER_MS {
                return Err(unknown("asked more than 48 h ago: it might give a second number"));
            }
            self.create(http, stored).await
        })
    }

    fn void_request(&self, order_key: &str, waybill_no: &str) -> String {
        map::cancel(&self.account, order_key, waybill_no)
    }

    fn void_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async {
            let patience = self.account.access.patience();
            let envelope = self.call(http, codes::LABEL, "cancel", stored, patience).await?;
            answer::data(envelope).map(|_| ())
        })
    }

    /// No prepaid numbers are kept. Giving back what nobody has is refused by whoever knows the
    /// account, and costs nothing.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let param = map::cancel(&self.account, NOBODYS_KEY, NOBODYS_KEY);
            let envelope = self.call(http, codes::LABEL, "cancel", &param, FOLLOW_UP).await?;
            answer::proven(answer::data(envelope)).map(|()| None)
        })
    }

    fn draws(&self) -> bool {
        true
    }

    fn about(&self, code: &str) -> About {
        codes::about(code)
    }

    fn unseen(&self) -> &'static [(&'static str, &'static str)] {
        codes::UNSEEN
    }

    fn tracks(&self) -> Option<&dyn Tracks> {
        // Queries have a key of their own.
        (!self.account.customer.is_empty()).then_some(self as &dyn Tracks)
    }

    fn hears(&self) -> Option<&dyn Hears> {
        (!self.account.salt.is_empty()).then_some(self as &dyn Hears)
    }

    fn quotes(&self) -> Option<&dyn can::Quotes> {
        Some(self)
    }

    fn estimates(&self) -> Option<&dyn can::Estimates> {
        Some(self)
    }

    fn recognises(&self) -> Option<&dyn can::Recognises> {
        Some(self)
    }

    fn charges(&self) -> Option<&dyn Charges> {
        Some(self)
    }

    fn picks_up(&self) -> Option<&dyn can::PicksUp> {
        Some(self)
    }
}

#[cfg(test)]
mod tests;
