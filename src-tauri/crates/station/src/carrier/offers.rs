//! What some carriers can do besides giving numbers: say prices, times and whose a number is, and
//! send somebody to fetch parcels. Each is offered or not (`Carrier::quotes` and its kin), and the
//! window shows exactly that.

pub use super::pickup::{Booked, PicksUp, PickupAsk, Window};

use super::{CarrierError, Secret, track::TrackAsk};
use crate::{
    order::{Address, Person},
    outside::{Http, Later},
};
use serde::{Deserialize, Serialize};

/// A way and what goes along it.
#[derive(Debug, Clone)]
pub struct Way {
    /// From where.
    pub from: Address,
    /// Where to.
    pub to: Address,
    /// Grams, at least 1.
    pub weight_g: u32,
    /// Insured value in fen, if any.
    pub insured_fen: Option<u32>,
}

/// What one carrier would charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Whose price: the carrier's code at the one who was asked, e.g. "YTO".
    pub carrier: String,
    /// Its product, as it names it; may be empty.
    pub product: String,
    /// The whole price in the currency's hundredth (fen, cent).
    pub total_minor: i64,
    /// ISO 4217, e.g. "CNY".
    pub currency: String,
    /// Days on the way, if said.
    pub days: Option<u16>,
}

/// A carrier that says prices.
pub trait Quotes: Send + Sync {
    /// The prices for a way, of every carrier and product behind the account.
    fn quote<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
    ) -> Later<'a, Result<Vec<Quote>, CarrierError>>;
}

/// Whether a carrier goes there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// It does.
    pub yes: bool,
    /// The carrier's words; may be empty.
    pub said: String,
}

/// A carrier that says where it goes.
pub trait Reaches: Send + Sync {
    /// Whether it goes this way.
    fn reach<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
    ) -> Later<'a, Result<Reach, CarrierError>>;
}

/// When a parcel is expected to arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eta {
    /// Day or moment, as the carrier writes it.
    pub when: String,
    /// Hours on the way, if said.
    pub hours: Option<u16>,
}

/// A carrier that says how long a way takes.
pub trait Estimates: Send + Sync {
    /// The estimate for a parcel that leaves at `leaves_at_ms` (ms UTC).
    fn estimate<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
        leaves_at_ms: i64,
    ) -> Later<'a, Result<Eta, CarrierError>>;
}

/// A parcel that is on its way already.
#[derive(Debug, Clone)]
pub struct Sent {
    /// From where to where.
    pub way: Way,
    /// Its number.
    pub no: String,
    /// Last four digits of both phones, sender's first.
    pub phone_tails: [Secret; 2],
    /// When it left, ms UTC.
    pub left_at_ms: i64,
}

impl Sent {
    /// The parcel by its number and the receiver's phone alone.
    pub fn to_track(&self) -> TrackAsk {
        let [_, receiver] = &self.phone_tails;
        TrackAsk {
            no: self.no.clone(),
            order_key: String::new(),
            carrier: String::new(),
            phone_tail: receiver.clone(),
        }
    }
}

/// A carrier that says when a parcel under way arrives.
pub trait EstimatesSent: Send + Sync {
    /// The estimate, from where the parcel is.
    fn estimate_sent<'a>(
        &'a self,
        http: &'a dyn Http,
        sent: &'a Sent,
    ) -> Later<'a, Result<Eta, CarrierError>>;
}

/// A carrier that tells by itself when a parcel arrives, once it is asked to.
pub trait EtasTold: Send + Sync {
    /// Asks it to tell it of this one from now on; what it expects already, if anything.
    fn tell_eta<'a>(
        &'a self,
        http: &'a dyn Http,
        sent: &'a Sent,
    ) -> Later<'a, Result<Option<Eta>, CarrierError>>;
}

/// A place on a parcel's route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct RoutePoint {
    /// Its name, as the carrier writes it; may be empty.
    pub place: String,
    /// Latitude, millionths of a degree north.
    pub lat_udeg: i32,
    /// Longitude, millionths of a degree east.
    pub lng_udeg: i32,
}

/// Where a parcel went and will go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    /// The sender's city, if said.
    pub from: Option<RoutePoint>,
    /// The receiver's city, if said.
    pub to: Option<RoutePoint>,
    /// Where it was, oldest first.
    pub passed: Vec<RoutePoint>,
    /// Where it is expected to come by.
    pub ahead: Vec<RoutePoint>,
    /// A page with a map of it, if there is one.
    pub url: String,
    /// When its carrier told it by itself, ms UTC; `None`: it was asked for.
    #[ts(type = "number | null")]
    pub told_at_ms: Option<i64>,
}

/// A carrier that says where on the map a parcel was.
pub trait Routes: Send + Sync {
    /// The route so far.
    fn route<'a>(
        &'a self,
        http: &'a dyn Http,
        sent: &'a Sent,
    ) -> Later<'a, Result<Route, CarrierError>>;
}

/// A carrier that tells routes by itself once it is asked to.
pub trait RoutesTold: Send + Sync {
    /// Asks it to tell this one from now on; what is known of it already, which may be nothing.
    fn tell_route<'a>(
        &'a self,
        http: &'a dyn Http,
        sent: &'a Sent,
    ) -> Later<'a, Result<Route, CarrierError>>;
}

/// A carrier's shop or office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct Outlet {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it is, in one text.
    pub address: String,
    /// Phone; may be empty.
    pub phone: String,
    /// When it is open, as it says it; may be empty.
    pub hours: String,
}

/// A carrier that says where its outlets are.
pub trait Outlets: Send + Sync {
    /// Those near an address.
    fn outlets<'a>(
        &'a self,
        http: &'a dyn Http,
        near: &'a Address,
    ) -> Later<'a, Result<Vec<Outlet>, CarrierError>>;
}

/// Whose a number may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The carrier's code at the one who was asked.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A carrier or aggregator that knows numbers of others.
pub trait Recognises: Send + Sync {
    /// Whose the number may be, likeliest first; empty if nobody's.
    fn recognise<'a>(
        &'a self,
        http: &'a dyn Http,
        no: &'a str,
    ) -> Later<'a, Result<Vec<Owner>, CarrierError>>;
}

/// What stands in a text that names somebody and where they live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitText {
    /// Who and where, as far as it was found.
    pub person: Person,
}

/// An aggregator that takes such texts apart. It gets the text: asked by a person only.
pub trait Splits: Send + Sync {
    /// What stands in a text.
    fn split<'a>(
        &'a self,
        http: &'a dyn Http,
        text: &'a str,
    ) -> Later<'a, Result<SplitText, CarrierError>>;
}
