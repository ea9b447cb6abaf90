//! ZTO 中通 directly. Source: carrier list of 2026-11, part 2.5.
//!
//! The story: the body is made once (`map`), stored by the caller, and signed each time it is sent.
//! What a second `partnerOrderCode` gives is not documented and nothing finds an order by it, so a
//! request that may have arrived is held for a person unless the settings say that the outlet gives
//! the same number. ZTO cancels booked orders alone; numbers of its net come back to the account by
//! themselves after 30 to 60 days without a scan. Its drawing is only pushed: we draw ours.

mod answer;
mod codes;
mod map;
mod sign;
mod wire;

use super::{
    About, Balance, Carrier, CarrierError, Consignment, Resend, Secret, Waybill,
    access::{Access, FOLLOW_UP, JSON, Repeat, post},
    reading::{self, document},
    track::{TrackAsk, Tracked, Tracks, one_by_one},
};
use crate::{
    carrier::Fix,
    order::{Fault, Needs, Services},
    outside::{Http, Later},
};
use std::time::Duration;

/// No parcel has this number.
const NOBODYS_NO: &str = "75000000000000";

/// An application and an e-waybill account at ZTO, as the settings say it. Empty means "not set".
#[derive(Debug, Clone)]
pub struct Account {
    /// The way there.
    pub access: Access,
    /// AppKey.
    pub app_key: String,
    /// AppSecret; signs every request.
    pub app_secret: Secret,
    /// 电子面单账号.
    pub account_id: String,
    /// 电子面单密码.
    pub account_password: Secret,
    /// 集团客户编码, for a group's customers.
    pub customer_id: String,
    /// Whether it is a group's customer.
    pub group: bool,
    /// 网点编码.
    pub site_code: String,
    /// 网点名称.
    pub site_name: String,
    /// What is done with a request that may have arrived.
    pub repeat: Repeat,
}

/// ZTO, reached by one account.
pub struct Zto {
    account: Account,
}

impl Zto {
    /// Opens nothing.
    pub fn new(account: Account) -> Self {
        Self { account }
    }

    async fn ask(
        &self,
        http: &dyn Http,
        path: &str,
        body: &str,
        timeout: Duration,
    ) -> Result<wire::Envelope, CarrierError> {
        let Account { access, app_key, app_secret, .. } = &self.account;
        let url = access.url(codes::HOSTS.0, codes::HOSTS.1, path);
        let headers = sign::headers(app_key, app_secret.expose(), body);
        document(&post(http, url, JSON, headers, body.as_bytes().to_vec(), timeout).await?)
    }
}

impl Carrier for Zto {
    fn resend(&self) -> Resend {
        self.account.repeat.resend()
    }

    fn needs(&self) -> Needs {
        Needs { weight: false }
    }

    fn code(&self) -> &str {
        "ZTO"
    }

    fn label_name(&self) -> &str {
        "中通快递"
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
            let own: wire::Stored = reading::stored(stored, "ZTO")?;
            let patience = self.account.access.patience();
            let answer = self.ask(http, codes::CREATE, stored, patience).await?;
            answer::issued(answer, &own.partner_order_code)
        })
    }

    fn void_request(&self, _: &str, waybill_no: &str) -> String {
        map::cancel(waybill_no)
    }

    fn void_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async {
            let patience = self.account.access.patience();
            let answer = self.ask(http, codes::CANCEL, stored, patience).await?;
            answer::result(answer).map(|_| ())
        })
    }

    /// How many numbers are left is asked in a form that is not documented. The trace of nobody's
    /// parcel passes the gate, and so does the application.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let ask = TrackAsk { phone_tail: "0000".into(), ..TrackAsk::nobodys(NOBODYS_NO) };
            let answer = self.ask(http, codes::TRACK, &map::track(&ask), FOLLOW_UP).await?;
            match answer::result(answer) {
                Ok(_)
                | Err(CarrierError::Refused { fix: Fix::AskCarrier | Fix::EditOrder, .. }) => {
                    Ok(None)
                }
                Err(error) => Err(error),
            }
        })
    }

    fn about(&self, code: &str) -> About {
        codes::about(code)
    }

    fn tracks(&self) -> Option<&dyn Tracks> {
        Some(self)
    }
}

impl Tracks for Zto {
    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>> {
        Box::pin(one_by_one(asks, move |ask| async move {
            let answer = self.ask(http, codes::TRACK, &map::track(ask), FOLLOW_UP).await?;
            answer::traced(answer, &ask.no)
        }))
    }
}

#[cfg(test)]
mod tests;
