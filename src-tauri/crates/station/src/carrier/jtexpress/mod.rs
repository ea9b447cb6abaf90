//! J&T 极兔 directly, through its open platform in China. Source: carrier list of 2026-11, part 2.9.
//!
//! The story: the text is made once (`map`), stored by the caller, and digested each time it is
//! sent. A refusal, and every sending after a doubt, is followed or preceded by a look-up by our
//! key: what a second `txlogisticId` gives is not documented, and what J&T has is never "refused".

mod answer;
mod codes;
mod map;
mod sign;
mod wire;

use super::{
    Balance, Carrier, CarrierError, Consignment, Resend, Secret, Template, Waybill,
    access::{Access, Clock, FOLLOW_UP, FORM, post},
    reading::{self, document, unknown},
    track::{Allowance, TrackAsk, Tracked, Tracks},
    writing::form,
};
use crate::{
    order::{Fault, Needs, PayBy, Services},
    outside::{Http, Later},
};
use std::time::Duration;

/// No parcel has this number.
const NOBODYS_NO: &str = "JT0000000000000";

/// A customer of J&T's, as the settings say it. Empty means "not set".
#[derive(Debug, Clone)]
pub struct Account {
    /// The way there.
    pub access: Access,
    /// apiAccount.
    pub api_account: String,
    /// privateKey; digests every request.
    pub private_key: Secret,
    /// 客户编码.
    pub customer_code: String,
    /// 客户密码.
    pub password: Secret,
    /// 网点编码.
    pub network: String,
    /// `goodsType`; empty is bm000001.
    pub goods_type: String,
    /// Who pays if the order does not say; `None` is by the month.
    pub pay: Option<PayBy>,
    /// Whether people are hidden on the label as J&T draws it.
    pub privacy: bool,
}

/// J&T, reached by one customer.
pub struct JtExpress {
    account: Account,
    now_ms: Clock,
}

impl JtExpress {
    /// Opens nothing.
    pub fn new(account: Account, now_ms: Clock) -> Self {
        Self { account, now_ms }
    }

    async fn ask(
        &self,
        http: &dyn Http,
        path: &str,
        biz_content: &str,
        timeout: Duration,
    ) -> Result<wire::Envelope, CarrierError> {
        let Account { access, api_account, private_key, .. } = &self.account;
        let url = access.url(codes::HOSTS.0, codes::HOSTS.1, &format!("{}{path}", codes::API));
        let headers = vec![
            ("apiAccount", api_account.clone()),
            ("digest", sign::digest(biz_content, private_key.expose())),
            ("timestamp", (self.now_ms)().to_string()),
        ];
        let body = form(&[("bizContent", biz_content)]);
        document(&post(http, url, FORM, headers, body, timeout).await?)
    }

    async fn create(&self, http: &dyn Http, stored: &str) -> Result<Waybill, CarrierError> {
        let key = key(stored)?;
        let patience = self.account.access.patience();
        let answer = self.ask(http, codes::CREATE, stored, patience).await?;
        let issued = match answer::issued(answer, &key) {
            Err(refused @ CarrierError::Refused { .. }) => {
                self.find(http, &key).await?.ok_or(refused)?
            }
            other => other?,
        };
        Ok(self.with_drawing(http, issued).await)
    }

    /// The number of an order that J&T may have; `None` if it says that it has not.
    async fn find(&self, http: &dyn Http, key: &str) -> Result<Option<Waybill>, CarrierError> {
        let body = map::find(&self.account, key);
        let said = self.ask(http, codes::FIND, &body, FOLLOW_UP).await;
        let answer = said.map_err(|why| unknown(format!("the look-up: {why}")))?;
        if answer::is_empty(&answer) {
            return Ok(None);
        }
        match answer::issued(answer, key) {
            Ok(waybill) => Ok(Some(waybill)),
            // "No such order" may be said as a refusal.
            Err(CarrierError::Refused { .. }) => Ok(None),
            Err(why) => Err(unknown(format!("the look-up: {why}"))),
        }
    }

    /// The number stands whatever becomes of its drawing.
    async fn with_drawing(&self, http: &dyn Http, mut issued: Waybill) -> Waybill {
        if self.account.access.carrier_draws {
            let body = map::print(&self.account, &issued.no);
            let drawn = self.ask(http, codes::PRINT, &body, FOLLOW_UP).await;
            issued.template = Template::of(drawn.and_then(answer::drawn), "J&T");
        }
        issued
    }
}

/// The key in a stored request.
fn key(stored: &str) -> Result<String, CarrierError> {
    let own: wire::Stored = reading::stored(stored, "J&T")?;
    Ok(own.txlogistic_id)
}

impl Carrier for JtExpress {
    fn resend(&self) -> Resend {
        Resend::RefusesDuplicate
    }

    fn needs(&self) -> Needs {
        Needs { weight: true }
    }

    fn code(&self) -> &str {
        "JTSD"
    }

    fn label_name(&self) -> &str {
        "极兔速递"
    }

    fn services(&self, asked: Services) -> Services {
        map::services(&self.account, asked)
    }

    fn create_request(&self, ask: &Consignment) -> Result<String, Vec<Fault>> {
        map::create(&self.account, ask)
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
            match self.find(http, &key(stored)?).await? {
                Some(issued) => Ok(self.with_drawing(http, issued).await),
                None => self.create(http, stored).await,
            }
        })
    }

    fn void_request(&self, order_key: &str, _: &str) -> String {
        map::cancel(&self.account, order_key)
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

    /// What a balance answers is not documented. An order that nobody has is looked up: that proves
    /// the keys and the customer's password. As no code says which "no" is about the account, each
    /// is shown.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let body = map::find(&self.account, NOBODYS_NO);
            let answer = self.ask(http, codes::FIND, &body, FOLLOW_UP).await?;
            answer::data(answer).map(|_| None).map_err(CarrierError::of_account)
        })
    }

    fn draws(&self) -> bool {
        true
    }

    fn tracks(&self) -> Option<&dyn Tracks> {
        Some(self)
    }
}

impl Tracks for JtExpress {
    /// 30 parcels a call; how many calls is not documented.
    fn allowance(&self) -> Allowance {
        Allowance { batch_max: 30, ..Allowance::UNDOCUMENTED }
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
