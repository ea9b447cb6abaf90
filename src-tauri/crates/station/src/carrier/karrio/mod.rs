//! Karrio, a gateway to some fifty carriers abroad, by its REST API. Source: the documents and the
//! behaviour of karrio-server 2026.1.32, asked itself.
//!
//! The story: a draft is made under our key as its `reference`, a rate of it is chosen, and the
//! draft is bought. Karrio takes a reference as often as it comes, buys a draft twice when asked
//! twice at once (the second purchase writes over the first), and refuses the second only when the
//! first is over. So:
//!
//! 1. Before anything else, what there is under the reference is looked up. A number that is there
//!    is ours, and nothing is asked again.
//! 2. A draft is bought by the call that made it, once, and never by another. So no two purchases
//!    ever meet in one draft.
//! 3. A draft of another call may be being bought at this moment. It says when it was made and by
//!    which run of the program; until `story::SETTLED_MS` later nobody buys beside it. Then it is
//!    dead.
//!
//! What is left is a gateway that dies between its carrier's answer and its own notes: then nobody
//! but the carrier knows of the number.

mod answer;
mod codes;
mod door;
mod map;
mod story;
mod wire;

use super::{
    Balance, Carrier, CarrierError, Consignment, Resend, Secret, Waybill,
    offers::{Quote, Quotes, Way},
    track::{Allowance, TrackAsk, Tracked, Tracks},
};
use crate::{
    order::{Fault, Needs, Services},
    outside::{Http, Later},
};
use door::Door;
use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use story::{DRAFTING, LOOK_UP};

/// The gateway asks carriers for news by itself, every two hours.
const NEWS_EVERY_MS: i64 = 2 * 3_600_000;

/// Which kind of number is bought; the gateway's token decides, the settings must agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Environment {
    /// Real ones.
    #[default]
    Production,
    /// The carriers' trial worlds.
    Sandbox,
}

/// What labels are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LabelType {
    /// Zebra's commands for 203 dpi.
    #[default]
    Zpl,
    /// Zebra's commands for 300 dpi.
    Zpl300,
    /// PDF.
    Pdf,
    /// A picture.
    Png,
}

impl LabelType {
    fn word(self) -> &'static str {
        match self {
            Self::Zpl | Self::Zpl300 => "ZPL",
            Self::Pdf => "PDF",
            Self::Png => "PNG",
        }
    }
}

/// An account at a gateway, as the settings say it.
#[derive(Debug, Clone)]
pub struct Account {
    /// What the station calls this account.
    pub name: String,
    /// Scheme, host and port of the gateway.
    pub endpoint: String,
    /// Its API key.
    pub token: Secret,
    /// `carrier_id`s of the gateway's connections that may be used; empty is all.
    pub carrier_ids: Vec<String>,
    /// The service that is bought; empty is the cheapest.
    pub service: String,
    /// What labels are asked for.
    pub label_type: LabelType,
    /// Whether the gateway's label is fetched.
    pub carrier_draws: bool,
    /// Who pays duties, as customs say it: "DAP", "DDP" …
    pub incoterm: String,
    /// Production or trial.
    pub environment: Environment,
    /// Who carries it, as our own label names it.
    pub label_name: String,
    /// How long a purchase is waited for.
    pub timeout_ms: u64,
}

impl Account {
    fn is_production(&self) -> bool {
        self.environment == Environment::Production
    }

    /// Delivered duty paid: the sender pays them.
    fn duties_by(&self) -> &'static str {
        if self.incoterm == "DDP" { "sender" } else { "recipient" }
    }
}

/// A gateway, reached by one account.
pub struct Karrio {
    door: Door,
    now_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Tells drafts of this run of the program from those of others.
    run: String,
    /// References of this run for which a purchase was sent and not answered.
    open: Mutex<HashSet<String>>,
}

/// Clients opened by this process.
static OPENED: AtomicU64 = AtomicU64::new(0);

impl Karrio {
    /// Opens nothing. `now_ms` is milliseconds since 1970, UTC.
    pub fn new(account: Account, now_ms: Arc<dyn Fn() -> i64 + Send + Sync>) -> Self {
        let nth = OPENED.fetch_add(1, Ordering::Relaxed);
        let run = format!("{:x}-{:x}-{nth:x}", now_ms(), std::process::id());
        Self { door: Door { account }, now_ms, run, open: Mutex::new(HashSet::new()) }
    }

    /// Purchases under way, as far as this run of the program knows.
    fn open(&self) -> MutexGuard<'_, HashSet<String>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn account(&self) -> &Account {
        &self.door.account
    }
}

impl Carrier for Karrio {
    /// Karrio itself would issue another; this client looks up first and never buys beside a
    /// purchase that may be under way.
    fn resend(&self) -> Resend {
        Resend::RefusesDuplicate
    }

    /// Nobody abroad was asked for a label the other way round.
    fn brings_back(&self) -> bool {
        false
    }

    fn needs(&self) -> Needs {
        Needs { weight: true }
    }

    fn goes_abroad(&self) -> bool {
        true
    }

    fn has_codes_of_its_own(&self) -> bool {
        true
    }

    fn code(&self) -> &str {
        "KARRIO"
    }

    fn label_name(&self) -> &str {
        &self.account().label_name
    }

    /// Nobody abroad collects for a shop, pays at the door or by the month; values are insured.
    fn services(&self, asked: Services) -> Services {
        Services { insured_fen: asked.insured_fen, ..Services::default() }
    }

    fn create_request(&self, ask: &Consignment) -> Result<String, Vec<Fault>> {
        map::draft(self.account(), ask)
    }

    fn create_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>> {
        Box::pin(self.create(http, stored))
    }

    fn void_request(&self, order_key: &str, waybill_no: &str) -> String {
        map::void(order_key, waybill_no)
    }

    fn void_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(self.void(http, stored))
    }

    /// The gateway's list of connections: whether the key is good and ours are there.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let url = self.door.url("/v1/connections");
            answer::connected(self.account(), &self.door.get(http, url, LOOK_UP).await?)?;
            Ok(None)
        })
    }

    fn tracks(&self) -> Option<&dyn Tracks> {
        Some(self)
    }

    fn quotes(&self) -> Option<&dyn Quotes> {
        Some(self)
    }

    /// The service that the settings name; without one whatever is cheapest.
    fn buys(&self, quote: &Quote) -> bool {
        let service = &self.account().service;
        service.is_empty() || *service == quote.product
    }
}

impl Tracks for Karrio {
    fn allowance(&self) -> Allowance {
        let again_after_ms = NEWS_EVERY_MS;
        Allowance { batch_max: 1, calls_a_day: None, calls_per_s: 5, again_after_ms }
    }

    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>> {
        Box::pin(async move {
            let mut found = Vec::new();
            for ask in asks {
                found.extend(self.where_is(http, ask).await?);
            }
            Ok(found)
        })
    }
}

impl Quotes for Karrio {
    fn quote<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
    ) -> Later<'a, Result<Vec<Quote>, CarrierError>> {
        Box::pin(async move {
            let body = map::rates(self.account(), way);
            answer::quotes(self.door.post(http, "/v1/proxy/rates", body, DRAFTING).await?)
        })
    }
}

#[cfg(test)]
mod tests;
