//! What carriers say happened to parcels, in words of ours beside their own.

use super::{CarrierError, Secret};
use crate::outside::{Http, Later};
use serde::{Deserialize, Serialize};

/// How far a parcel is, as far as a carrier's word can be read.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The carrier knows of it and does not have it.
    Announced,
    /// 揽收: the carrier has it.
    Collected,
    /// 运输中.
    InTransit,
    /// 清关.
    Customs,
    /// 派件中.
    OutForDelivery,
    /// In a locker or at a shop, for the receiver to fetch.
    AwaitsReceiver,
    /// 问题件: something stands in its way.
    Problem,
    /// On its way back.
    Returning,
    /// 签收.
    Delivered,
    /// Back with the sender.
    Returned,
    /// The carrier called it off.
    Cancelled,
    /// A word or code that is in no table of ours: shown as it came, never taken for progress.
    Other,
}

/// One thing that happened to a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackEvent {
    /// When, ms UTC; carriers write China's time.
    pub at_ms: i64,
    /// What it means.
    pub stage: Stage,
    /// The carrier's own code or word for it, as it came; may be empty.
    pub word: String,
    /// The carrier's sentence, as it came.
    pub text: String,
    /// Where, as the carrier names it; may be empty.
    pub place: String,
}

/// A parcel to be asked about.
#[derive(Debug, Clone)]
pub struct TrackAsk {
    /// The waybill number.
    pub no: String,
    /// The key under which we ordered it; empty for numbers that came from elsewhere.
    pub order_key: String,
    /// Whose the number is, by the code there; empty: the account's own carrier's.
    pub carrier: String,
    /// Last four digits of the receiver's phone; empty if it has none.
    pub phone_tail: Secret,
}

/// What was said of one parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked {
    /// The number that was asked about.
    pub no: String,
    /// All that is known so far, oldest first. Empty: no trace yet.
    pub events: Vec<TrackEvent>,
    /// How far it is, where the answer says so beside its events.
    pub stage: Option<Stage>,
}

/// How often an account may be asked where its parcels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Parcels that one call may name.
    pub batch_max: usize,
    /// Calls a day; `None` if no limit is documented.
    pub calls_a_day: Option<u32>,
    /// Calls a second.
    pub calls_per_s: u32,
    /// The same parcel is not asked about more often than this.
    pub again_after_ms: i64,
}

impl TrackAsk {
    /// A number that no parcel has, asked about to see whether the account may ask at all.
    pub(super) fn nobodys(no: &str) -> Self {
        Self {
            no: no.to_owned(),
            order_key: String::new(),
            carrier: String::new(),
            phone_tail: Secret::default(),
        }
    }
}

impl Allowance {
    /// One parcel a call, where no limit is documented.
    pub const UNDOCUMENTED: Self =
        Self { batch_max: 1, calls_a_day: None, calls_per_s: 5, again_after_ms: 30 * 60_000 };
}

/// A carrier that tells of a number by itself once it is asked to.
pub trait Subscribes: Send + Sync {
    /// Asks it to. The same number twice does no harm.
    fn subscribe<'a>(
        &'a self,
        http: &'a dyn Http,
        ask: &'a TrackAsk,
    ) -> Later<'a, Result<(), CarrierError>>;
}

/// A carrier that says where parcels are.
pub trait Tracks: Send + Sync {
    /// What is documented, which is nothing by default; the settings may say less.
    fn allowance(&self) -> Allowance {
        Allowance::UNDOCUMENTED
    }

    /// How often at most a number of this carrier (by the code there; empty: the account's own) is
    /// asked about, ms.
    fn again_after_ms(&self, _carrier: &str) -> i64 {
        self.allowance().again_after_ms
    }

    /// Asks about at most `batch_max` parcels. A parcel that the answer does not name is left out
    /// of the list.
    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>>;
}

/// Asks about each parcel in a call of its own.
///
/// # Errors
/// Of the first call that fails.
pub(super) async fn one_by_one<'a, W>(
    asks: &'a [TrackAsk],
    ask: impl Fn(&'a TrackAsk) -> W,
) -> Result<Vec<Tracked>, CarrierError>
where
    W: Future<Output = Result<Tracked, CarrierError>>,
{
    let mut all = Vec::with_capacity(asks.len());
    for one in asks {
        all.push(ask(one).await?);
    }
    Ok(all)
}
