//! Yunda 韵达 directly, through its open platform ("白马" e-waybills). Source: carrier list of
//! 2026-11, part 2.8.
//!
//! The story: the body is made once (`map`), stored by the caller, and signed each time it is sent.
//! A second `order_serial_no` is refused with the advice to update the order instead; as no code
//! says so, every refusal is followed by an update with the same body, which says the number of an
//! order that Yunda has. The fields of the sorting in its answers are not documented.

mod answer;
mod codes;
mod map;
mod sign;
mod wire;

use super::{
    Balance, Carrier, CarrierError, Consignment, Resend, Secret, Template, Waybill,
    access::{Access, Clock, FOLLOW_UP, JSON, post},
    reading::{self, document, unknown},
    track::{TrackAsk, Tracked, Tracks, one_by_one},
};
use crate::{
    order::{Fault, Needs, Services},
    outside::{Http, Later},
};
use std::time::Duration;

/// No parcel has this number.
const NOBODYS_NO: &str = "430000000000000";

/// A customer of a Yunda outlet, as the settings say it.
#[derive(Debug, Clone)]
pub struct Account {
    /// The way there.
    pub access: Access,
    /// app-key.
    pub app_key: String,
    /// app-secret; signs every request.
    pub app_secret: Secret,
    /// 白马账号.
    pub partner_id: String,
    /// 联调密码.
    pub partner_secret: Secret,
}

/// Yunda, reached by one customer.
pub struct Yunda {
    account: Account,
    now_ms: Clock,
}

impl Yunda {
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
        let Account { access, app_key, app_secret, .. } = &self.account;
        let headers = sign::headers(app_key, app_secret.expose(), (self.now_ms)(), body);
        let url = access.url(codes::HOSTS.0, codes::HOSTS.1, path);
        document(&post(http, url, JSON, headers, body.as_bytes().to_vec(), timeout).await?)
    }

    async fn create(&self, http: &dyn Http, stored: &str) -> Result<Waybill, CarrierError> {
        let key = key(stored)?;
        let patience = self.account.access.patience();
        let answer = self.ask(http, codes::CREATE, stored, patience).await?;
        let mut issued = match answer::issued(answer, &key) {
            Err(refused @ CarrierError::Refused { .. }) => {
                self.update(http, stored, &key, refused).await?
            }
            other => other?,
        };
        if self.account.access.carrier_draws {
            let body = map::print(&self.account, &issued.no);
            let drawn = self.ask(http, codes::PRINT, &body, FOLLOW_UP).await;
            let drawn = drawn.and_then(|answer| answer::drawn(answer, &issued.no));
            issued.template = Template::of(drawn, "Yunda");
        }
        Ok(issued)
    }

    /// The number of an order that was refused, in case Yunda has it already. Only a second "no"
    /// leaves the refusal as it is.
    async fn update(
        &self,
        http: &dyn Http,
        stored: &str,
        key: &str,
        refused: CarrierError,
    ) -> Result<Waybill, CarrierError> {
        let said = self.ask(http, codes::UPDATE, stored, FOLLOW_UP).await;
        match said.and_then(|answer| answer::issued(answer, key)) {
            Ok(waybill) => Ok(waybill),
            Err(CarrierError::Refused { .. }) => Err(refused),
            Err(why) => Err(unknown(format!("{refused}, and then: {why}"))),
        }
    }
}

/// The key in a stored request.
fn key(stored: &str) -> Result<String, CarrierError> {
    let wire::Stored { orders: [order] } = reading::stored(stored, "Yunda")?;
    Ok(order.order_serial_no)
}

impl Carrier for Yunda {
    fn resend(&self) -> Resend {
        Resend::RefusesDuplicate
    }

    fn needs(&self) -> Needs {
        Needs { weight: false }
    }

    fn code(&self) -> &str {
        "YD"
    }

    fn label_name(&self) -> &str {
        "韵达速递"
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
        Box::pin(self.create(http, stored))
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
            let key = key(stored)?;
            let patience = self.account.access.patience();
            let answer = self.ask(http, codes::CANCEL, stored, patience).await?;
            answer::cancelled(answer, &key)
        })
    }

    /// What a balance answers is not documented. The trace of nobody's parcel is asked for:
    /// whatever Yunda says of it, the signature was read. As no code says which "no" is about the
    /// account, each is shown.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let body = map::trace(NOBODYS_NO);
            let answer = self.ask(http, codes::TRACE, &body, FOLLOW_UP).await?;
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

impl Tracks for Yunda {
    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>> {
        Box::pin(one_by_one(asks, move |ask| async move {
            let body = map::trace(&ask.no);
            let answer = self.ask(http, codes::TRACE, &body, FOLLOW_UP).await?;
            answer::traced(answer, &ask.no)
        }))
    }
}

#[cfg(test)]
mod tests;
