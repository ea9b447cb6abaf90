//! YTO 圆通 directly, through its open platform. Source: carrier list of 2026-11, part 2.6.
//!
//! The story: `param` is made once (`map`), stored by the caller, and signed each time it is sent.
//! YTO gives each interface its own user, customer and secret. What a second `logisticsNo` gives is
//! not documented and nothing finds an order by it, so a request that may have arrived is held for
//! a person unless the settings say that the outlet gives the same number.

mod answer;
mod codes;
mod map;
mod sign;
mod wire;

use super::{
    Balance, Carrier, CarrierError, Consignment, Resend, Secret, Template, Waybill,
    access::{Access, Clock, FOLLOW_UP, JSON, Repeat, post},
    reading::{self, document},
    track::{TrackAsk, Tracked, Tracks, one_by_one},
    writing::json,
};
use crate::{
    order::{Fault, Needs, Services},
    outside::{Http, Later},
};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// No parcel has this number.
const NOBODYS_NO: &str = "YT0000000000000";

/// What YTO gives for one interface.
#[derive(Debug, Clone)]
pub struct Interface {
    /// In the address, behind the version.
    pub user_id: String,
    /// In the address, at its end.
    pub customer_code: String,
    /// Signs its requests.
    pub secret: Secret,
}

/// A customer of a YTO outlet, as the settings say it. Empty means "not set".
#[derive(Debug, Clone)]
pub struct Account {
    /// The way there.
    pub access: Access,
    /// For numbers, and for whatever has none of its own.
    pub create: Interface,
    /// For giving numbers back.
    pub cancel: Option<Interface>,
    /// For drawings.
    pub print: Option<Interface>,
    /// For traces.
    pub track: Option<Interface>,
    /// `productCode`; empty is PK.
    pub product: String,
    /// What is done with a request that may have arrived.
    pub repeat: Repeat,
}

/// YTO, reached by one customer.
pub struct Yto {
    account: Account,
    now_ms: Clock,
}

impl Yto {
    /// Opens nothing.
    pub fn new(account: Account, now_ms: Clock) -> Self {
        Self { account, now_ms }
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        http: &dyn Http,
        method: &str,
        param: &str,
        timeout: Duration,
    ) -> Result<T, CarrierError> {
        let Account { access, create, cancel, print, track, .. } = &self.account;
        let own = match method {
            codes::CANCEL => cancel,
            codes::PRINT => print,
            codes::TRACK => track,
            _ => &None,
        };
        let Interface { user_id, customer_code, secret } = own.as_ref().unwrap_or(create);
        let path = format!("/open/{method}/{}/{user_id}/{customer_code}", sign::VERSION);
        let body = json(&wire::Body {
            timestamp: (self.now_ms)(),
            param,
            format: "JSON",
            sign: sign::sign(param, method, secret.expose()),
        });
        let url = access.url(codes::HOSTS.0, codes::HOSTS.1, &path);
        document(&post(http, url, JSON, Vec::new(), body.into_bytes(), timeout).await?)
    }

    async fn create(&self, http: &dyn Http, stored: &str) -> Result<Waybill, CarrierError> {
        let own = own(stored)?;
        let patience = self.account.access.patience();
        let answer = self.ask(http, codes::CREATE, stored, patience).await?;
        let mut issued = answer::issued(answer, &own.logistics_no)?;
        if self.account.access.carrier_draws {
            let asked = map::print(&issued.no);
            let drawn = self.ask(http, codes::PRINT, &asked, FOLLOW_UP).await;
            issued.template = Template::of(drawn.and_then(answer::drawn), "YTO");
        }
        Ok(issued)
    }
}

/// A stored request read back.
fn own(stored: &str) -> Result<wire::Stored, CarrierError> {
    reading::stored(stored, "YTO")
}

impl Carrier for Yto {
    fn resend(&self) -> Resend {
        self.account.repeat.resend()
    }

    fn needs(&self) -> Needs {
        Needs { weight: false }
    }

    fn code(&self) -> &str {
        "YTO"
    }

    fn label_name(&self) -> &str {
        "圆通速递"
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

    fn void_request(&self, order_key: &str, _: &str) -> String {
        map::cancel(order_key)
    }

    fn void_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async {
            let own = own(stored)?;
            let patience = self.account.access.patience();
            let answer = self.ask(http, codes::CANCEL, stored, patience).await?;
            answer::cancelled(answer, &own.logistics_no)
        })
    }

    /// No balance is documented. The trace of nobody's parcel is answered to whom YTO knows.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let asked = map::track(NOBODYS_NO);
            let answer = self.ask(http, codes::TRACK, &asked, FOLLOW_UP).await?;
            answer::known(answer).map(|()| None)
        })
    }

    fn draws(&self) -> bool {
        true
    }

    fn tracks(&self) -> Option<&dyn Tracks> {
        Some(self)
    }
}

impl Tracks for Yto {
    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>> {
        Box::pin(one_by_one(asks, move |ask| async move {
            let asked = map::track(&ask.no);
            let answer = self.ask(http, codes::TRACK, &asked, FOLLOW_UP).await?;
            answer::traced(answer, &ask.no)
        }))
    }
}

#[cfg(test)]
mod tests;
