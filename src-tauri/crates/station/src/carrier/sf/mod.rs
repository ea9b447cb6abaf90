//! SF 顺丰 directly, through its open platform (丰桥). Source: carrier list of 2026-11, part 2.1.
//!
//! The story: the message is made once (`map`), stored by the caller, and signed or carried with a
//! token (`sign`) each time it is sent. SF knows an order by its `orderId` for ever: asked again it
//! gives the first number or says 8016, and then the order is looked up. An order that SF has and
//! whose number cannot be read stays unknown, whatever the look-up was answered.

mod answer;
mod charge;
mod codes;
mod door;
mod draw;
mod hear;
mod map;
mod offers;
mod sign;
mod track;
mod wire;
mod xml;

pub use sign::Digest;

use super::{
    About, Balance, Carrier, CarrierError, Consignment, Limit, Resend, Secret, Waybill,
    charge::Charges,
    fetch::Fetch,
    hear::Hears,
    offers as can,
    reading::{self, unknown},
    track::Tracks,
};
use crate::{
    order::{Fault, Needs, PARCELS_MAX, Services},
    outside::{Http, Later},
};
use door::Door;
use std::{sync::Arc, time::Duration};

/// A look-up, a second signature or a token may take so long beside the call itself.
const FOLLOW_UP: Duration = Duration::from_secs(10);
/// All follow-ups of one number together: another formula, tokens, the look-up. With the drawing
/// they stay within the minute by which a lease outlives the answer.
const FOLLOW_UPS: Duration = Duration::from_secs(30);
/// How long the drawing of a label is asked for.
const DRAWING: Duration = Duration::from_secs(25);
/// SF draws a label only some seconds after it gave the number.
const ASK_AGAIN_S: [u64; 5] = [0, 1, 2, 4, 8];
/// No order of ours has this key.
const NOBODYS_KEY: &str = "PACKBENCH-CHECK";
/// Who carries it, as printed.
const LABEL_NAME: &str = "顺丰速运";

/// Which SF is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Environment {
    /// Real waybills.
    #[default]
    Production,
    /// SF's trial world.
    Sandbox,
}

/// How a request proves whose it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Proof {
    /// A digest; which of the two formulas is found out.
    #[default]
    Any,
    /// This digest.
    Digest(Digest),
    /// A token, fetched and kept for as long as it is good.
    Token,
}

/// An SF partner, as the settings say it. Empty means "not set".
#[derive(Debug, Clone)]
pub struct Account {
    /// What the station calls this account. SF never hears it.
    pub name: String,
    /// 顾客编码.
    pub partner_id: String,
    /// 校验码; signs every request.
    pub checkword: Secret,
    /// How requests are signed.
    pub proof: Proof,
    /// Scheme, host and port instead of SF's; the documented paths stay.
    pub endpoint: Option<String>,
    /// Production or trial.
    pub environment: Environment,
    /// 月结卡号.
    pub monthly_card: Secret,
    /// 1 sender pays, 2 receiver pays, 3 third party; else the sender.
    pub pay_method: Option<u8>,
    /// `expressTypeId`; else 标快.
    pub express_type: Option<u16>,
    /// `templateCode` of the drawing; else SF's standard one for 76 × 130 mm.
    pub template: String,
    /// Whether SF is asked for the label as it draws it.
    pub carrier_draws: bool,
    /// Whether SF is asked where parcels are.
    pub track: bool,
    /// For which parcels its courier is called (`isDocall`, `sendStartTm`).
    pub fetch: Fetch,
    /// What the address of its pushes ends in: nothing else proves them. Empty: none are heard.
    pub push_token: Secret,
    /// How long to wait for a whole answer.
    pub timeout_ms: u64,
}

/// SF, reached by one partner.
pub struct Sf {
    door: Door,
}

impl Sf {
    /// Opens nothing. `now_ms` is milliseconds since 1970, UTC: SF refuses requests that are not of
    /// now.
    pub fn new(account: Account, now_ms: Arc<dyn Fn() -> i64 + Send + Sync>) -> Self {
        Self { door: Door::new(account, now_ms) }
    }

    async fn create(&self, http: &dyn Http, stored: &str) -> Result<Waybill, CarrierError> {
        let asked: wire::Stored = reading::stored(stored, "SF")?;
        let time = Duration::from_millis(self.door.account.timeout_ms) + FOLLOW_UPS;
        let number = tokio::time::timeout(time, self.number(http, stored, &asked.order_id)).await;
        let mut issued = number.unwrap_or_else(|_| Err(unknown("no time left to look it up")))?;
        if self.door.account.carrier_draws {
            draw::into(self, http, &mut issued).await;
        }
        Ok(issued)
    }

    /// The number, new or the one that SF gave before.
    async fn number(
        &self,
        http: &dyn Http,
        stored: &str,
        order_key: &str,
    ) -> Result<Waybill, CarrierError> {
        let answer = self.door.ask(http, codes::CREATE, stored).await;
        match answer.and_then(answer::service) {
            Ok(data) => answer::waybill(data, order_key),
            Err(CarrierError::Refused { code, .. }) if code == codes::DUPLICATE => {
                self.find(http, order_key).await
            }
            Err(error) => Err(error),
        }
    }

    /// The number of an order that SF says it has. SF has it: nothing that a look-up is answered
    /// may make it "not there".
    async fn find(&self, http: &dyn Http, order_key: &str) -> Result<Waybill, CarrierError> {
        let found = self.door.ask_soon(http, codes::SEARCH, &map::search(order_key)).await;
        found
            .and_then(answer::service)
            .and_then(|data| answer::waybill(data, order_key))
            .map_err(|why| unknown(format!("{}, and then: {why}", codes::DUPLICATE)))
    }
}

impl Carrier for Sf {
    fn resend(&self) -> Resend {
        Resend::RefusesDuplicate
    }

    fn needs(&self) -> Needs {
        Needs { weight: false }
    }

    fn code(&self) -> &str {
        "SF"
    }

    fn label_name(&self) -> &str {
        LABEL_NAME
    }

    fn services(&self, asked: Services) -> Services {
        map::services(&self.door.account, asked)
    }

    fn parcels_max(&self) -> u32 {
        PARCELS_MAX
    }

    fn brings_slips(&self) -> bool {
        true
    }

    fn create_request(&self, ask: &Consignment) -> Result<String, Vec<Fault>> {
        map::create(&self.door.account, ask)
    }

    fn create_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>> {
        Box::pin(self.create(http, stored))
    }

    fn void_request(&self, order_key: &str, waybill_no: &str) -> String {
        map::cancel(order_key, waybill_no)
    }

    fn void_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async {
            let answer = self.door.ask(http, codes::UPDATE, stored).await;
            answer::cancelled(answer.and_then(answer::service))
        })
    }

    /// SF keeps no prepaid numbers. An order that nobody has is asked for: the answer that there is
    /// none has passed the gate, and so does the account.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let asked = map::search(NOBODYS_KEY);
            match self.door.ask(http, codes::SEARCH, &asked).await.and_then(answer::service) {
                Ok(_) => Ok(None),
                Err(CarrierError::Refused { code, .. })
                    if codes::NOT_THERE.contains(&code.as_str()) =>
                {
                    Ok(None)
                }
                Err(error) => Err(error),
            }
        })
    }

    fn draws(&self) -> bool {
        true
    }

    fn limits(&self) -> &'static [Limit] {
        codes::LIMITS
    }

    fn about(&self, code: &str) -> About {
        codes::about(code)
    }

    fn tracks(&self) -> Option<&dyn Tracks> {
        self.door.account.track.then_some(self as &dyn Tracks)
    }

    fn charges(&self) -> Option<&dyn Charges> {
        Some(self)
    }

    fn hears(&self) -> Option<&dyn Hears> {
        (!self.door.account.push_token.is_empty()).then_some(self as &dyn Hears)
    }

    fn lacks(&self) -> Vec<&'static str> {
        let token = self.door.account.push_token.expose();
        let weak = !token.is_empty() && !hear::is_token(token);
        if weak { vec!["push_token"] } else { Vec::new() }
    }

    fn quotes(&self) -> Option<&dyn can::Quotes> {
        Some(self)
    }

    fn estimates(&self) -> Option<&dyn can::Estimates> {
        Some(self)
    }
}

#[cfg(test)]
mod tests;
