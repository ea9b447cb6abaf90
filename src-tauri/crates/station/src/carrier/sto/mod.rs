//! STO 申通 directly, through its gateway. Source: carrier list of 2026-11, part 2.7.
//!
//! The story: the message is made once (`map`), stored by the caller, and digested each time it is
//! sent. What a second `orderNo` gives is not documented and nothing finds an order by it, so a
//! request that may have arrived is held for a person unless the settings say that the outlet gives
//! the same number. No drawing of a label is documented: we draw ours.

mod answer;
mod codes;
mod map;
mod sign;
mod wire;

use super::{
    Balance, Carrier, CarrierError, Consignment, Resend, Secret, Waybill,
    access::{Access, FOLLOW_UP, FORM, Repeat, post},
    reading::{self, document},
    track::{Allowance, TrackAsk, Tracked, Tracks},
};
use crate::{
    order::{Fault, Needs, Services},
    outside::{Http, Later},
};
use std::time::Duration;

/// No parcel has this number.
const NOBODYS_NO: &str = "770000000000000";

/// A customer of an STO outlet, as the settings say it. Empty means "not set".
#[derive(Debug, Clone)]
pub struct Account {
    /// The way there.
    pub access: Access,
    /// `from_appkey`.
    pub from_appkey: String,
    /// `from_code`.
    pub from_code: String,
    /// secretKey; digests every message.
    pub secret_key: Secret,
    /// `orderSource`, given with the key.
    pub order_source: String,
    /// 网点编码.
    pub site_code: String,
    /// 客户名称.
    pub customer_name: String,
    /// 电子面单密码.
    pub site_pwd: Secret,
    /// 月结客户编码.
    pub month_customer_code: String,
    /// What is done with a request that may have arrived.
    pub repeat: Repeat,
}

/// STO, reached by one customer.
pub struct Sto {
    account: Account,
}

impl Sto {
    /// Opens nothing.
    pub fn new(account: Account) -> Self {
        Self { account }
    }

    async fn ask(
        &self,
        http: &dyn Http,
        (api, to): (&str, &str),
        content: &str,
        timeout: Duration,
    ) -> Result<wire::Envelope, CarrierError> {
        let Account { access, from_appkey, from_code, secret_key, .. } = &self.account;
        let url = access.url(codes::HOSTS.0, codes::HOSTS.1, codes::PATH);
        let body = sign::body(content, secret_key.expose(), api, (from_appkey, from_code), to);
        document(&post(http, url, FORM, Vec::new(), body, timeout).await?)
    }
}

impl Carrier for Sto {
    fn resend(&self) -> Resend {
        self.account.repeat.resend()
    }

    fn needs(&self) -> Needs {
        Needs { weight: false }
    }

    fn code(&self) -> &str {
        "STO"
    }

    fn label_name(&self) -> &str {
        "申通快递"
    }

    fn services(&self, asked: Services) -> Services {
        map::services(asked)
    }

    fn create_request(&self, ask: &Consignment) -> Result<String, Vec<Fault>> {
        map::create(&self.account, ask)
    }

    fn create_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>> {
        Box::pin(async {
            let own: wire::Stored = reading::stored(stored, "STO")?;
            let patience = self.account.access.patience();
            let answer = self.ask(http, codes::CREATE, stored, patience).await?;
            answer::issued(answer, &own.order_no)
        })
    }

    fn void_request(&self, _: &str, waybill_no: &str) -> String {
        map::cancel(&self.account, waybill_no)
    }

    fn void_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async {
            let patience = self.account.access.patience();
            let answer = self.ask(http, codes::CANCEL, stored, patience).await?;
            answer::data(answer).map(|_| ())
        })
    }

    /// No balance is documented. The trace of nobody's parcel is answered to whom STO knows; as no
    /// code says which "no" is about the account, each is shown.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let ask = TrackAsk::nobodys(NOBODYS_NO);
            let answer = self.ask(http, codes::TRACE, &map::trace(&[ask]), FOLLOW_UP).await?;
            answer::data(answer).map(|_| None).map_err(CarrierError::of_account)
        })
    }

    fn tracks(&self) -> Option<&dyn Tracks> {
        Some(self)
    }
}

impl Tracks for Sto {
    /// Several parcels a call; how many is not documented, so few.
    fn allowance(&self) -> Allowance {
        Allowance { batch_max: 10, ..Allowance::UNDOCUMENTED }
    }

    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>> {
        Box::pin(async move {
            let answer = self.ask(http, codes::TRACE, &map::trace(asks), FOLLOW_UP).await?;
            answer::traced(answer, asks)
        })
    }
}

#[cfg(test)]
mod tests;
