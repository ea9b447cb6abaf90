//! JD 京东物流 directly, through its open platform (LOP). Source: carrier list of 2026-11, part 2.3.
//!
//! The story: the body is made once (`map`), stored by the caller, and signed into the address each
//! time it is sent. JD knows an `orderId` for ever. The second time it gives the number again
//! (`subCode` 0_0001, seen in its trial world), or refuses; which code says so is not documented,
//! so any refusal is followed by a look-up, and what JD has is never "refused". Its drawing of a label comes encrypted for JD's own printing program: we draw ours.

mod answer;
mod charge;
mod codes;
mod map;
mod sign;
mod wire;

use super::{
    Balance, Carrier, CarrierError, Consignment, Fix, Resend, Secret, Waybill,
    access::{Access, Clock, FOLLOW_UP, JSON, post},
    charge::Charges,
    moment,
    offers::{Quote, Quotes, Reach, Reaches, Way},
    reading::{self, document, unknown},
    track::{TrackAsk, Tracked, Tracks, one_by_one},
};
use crate::{
    order::{Fault, Needs, PayBy, Services},
    outside::{Http, Later},
};
use std::time::Duration;

/// No parcel has this number.
const NOBODYS_NO: &str = "JD0000000000000";

/// A merchant of JD's, as the settings say it. Empty means "not set".
#[derive(Debug, Clone)]
pub struct Account {
    /// The way there.
    pub access: Access,
    /// AppKey of the application.
    pub app_key: String,
    /// Its AppSecret; signs every request.
    pub app_secret: Secret,
    /// The merchant's `access_token`.
    pub token: Secret,
    /// 青龙业主号 / 商家编码.
    pub customer_code: String,
    /// `LOP-DN`; empty is ECAP.
    pub domain: String,
    /// `productCode`; empty is the standard product.
    pub product: String,
    /// Who pays if the order does not say; `None` is by the month.
    pub pay: Option<PayBy>,
    /// What a usual parcel takes, cm³; JD asks for it with the weight.
    pub volume_cm3: Option<u32>,
}

/// JD, reached by one merchant.
pub struct Jd {
    account: Account,
    now_ms: Clock,
}

impl Jd {
    /// Opens nothing.
    pub fn new(account: Account, now_ms: Clock) -> Self {
        Self { account, now_ms }
    }

    async fn ask(
        &self,
        http: &dyn Http,
        path: &str,
        body: &str,
        timeout: Duration,
    ) -> Result<wire::Envelope, CarrierError> {
        let Account { access, app_key, app_secret, token, domain, .. } = &self.account;
        let who = sign::Who { app_key, secret: app_secret.expose(), token: token.expose() };
        let domain = if domain.is_empty() { codes::DOMAIN } else { domain };
        let timestamp = moment::text((self.now_ms)());
        let query = sign::query(who, domain, path, &timestamp, body);
        let url = access.url(codes::HOSTS.0, codes::HOSTS.1, &format!("{path}?{query}"));
        let body = body.as_bytes().to_vec();
        document(&post(http, url, JSON, Vec::new(), body, timeout).await?)
    }

    async fn create(&self, http: &dyn Http, stored: &str) -> Result<Waybill, CarrierError> {
        let asked: [wire::Stored; 1] = reading::stored(stored, "JD")?;
        let [wire::Stored { order_id }] = asked;
        let patience = self.account.access.patience();
        let answer = self.ask(http, codes::CREATE, stored, patience).await?;
        match answer::issued(answer, &order_id) {
            Err(refused @ CarrierError::Refused { fix: Fix::AskCarrier, .. }) => {
                self.find(http, &order_id, refused).await
            }
            other => other,
        }
    }

    /// The number of an order that was refused, in case JD has it already. Only "there is none"
    /// leaves the refusal as it is.
    async fn find(
        &self,
        http: &dyn Http,
        order_key: &str,
        refused: CarrierError,
    ) -> Result<Waybill, CarrierError> {
        let body = map::details(&self.account, order_key);
        let found = self.ask(http, codes::DETAILS, &body, FOLLOW_UP).await;
        match found.and_then(|answer| answer::issued(answer, order_key)) {
            Ok(waybill) => Ok(waybill),
            // The service's own "no"; the gateway's says nothing about the order.
            Err(CarrierError::Refused { fix: Fix::AskCarrier, .. }) => Err(refused),
            Err(why) => Err(unknown(format!("{refused}, and then: {why}"))),
        }
    }

    async fn precheck(&self, http: &dyn Http, way: &Way) -> Result<wire::Envelope, CarrierError> {
        let body = map::precheck(&self.account, way);
        self.ask(http, codes::PRECHECK, &body, FOLLOW_UP).await
    }
}

impl Carrier for Jd {
    fn resend(&self) -> Resend {
        Resend::RefusesDuplicate
    }

    fn needs(&self) -> Needs {
        Needs { weight: true }
    }

    fn code(&self) -> &str {
        "JD"
    }

    fn label_name(&self) -> &str {
        "京东快递"
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
            answer::cancelled(answer)
        })
    }

    /// JD keeps no prepaid numbers. The trace of nobody's parcel is asked for: whatever the service
    /// says of it, the gateway has let it through.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let body = map::trace(&self.account, NOBODYS_NO);
            let answer = self.ask(http, codes::TRACE, &body, FOLLOW_UP).await?;
            answer::reach(answer).map(|_| None)
        })
    }

    fn tracks(&self) -> Option<&dyn Tracks> {
        Some(self)
    }

    fn charges(&self) -> Option<&dyn Charges> {
        Some(self)
    }

    fn quotes(&self) -> Option<&dyn Quotes> {
        Some(self)
    }

    fn reaches(&self) -> Option<&dyn Reaches> {
        Some(self)
    }
}

impl Tracks for Jd {
    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>> {
        Box::pin(one_by_one(asks, move |ask| async move {
            let body = map::trace(&self.account, &ask.no);
            let answer = self.ask(http, codes::TRACE, &body, FOLLOW_UP).await?;
            answer::traced(answer, &ask.no)
        }))
    }
}

impl Quotes for Jd {
    fn quote<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
    ) -> Later<'a, Result<Vec<Quote>, CarrierError>> {
        Box::pin(async {
            let product = &self.account.product;
            let product = if product.is_empty() { codes::PRODUCT } else { product };
            answer::quoted(self.precheck(http, way).await?, product)
        })
    }
}

impl Reaches for Jd {
    fn reach<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
    ) -> Later<'a, Result<Reach, CarrierError>> {
        Box::pin(async { answer::reach(self.precheck(http, way).await?) })
    }
}

#[cfg(test)]
mod tests;
