//! What carriers tell by themselves, at an address they were given. A push is believed only with
//! the account's own signature, or at an address that holds the account's own secret; each carrier
//! wants an answer of its own, and says it again without.

use super::{
    apply::ApplyTold,
    offers::{Eta, Route},
    pickup::PickupTold,
    track::Tracked,
};

/// A push, as it came over the wire.
#[derive(Clone, Copy)]
pub struct Push<'a> {
    /// Its body; the receiver bounds its size.
    pub body: &'a [u8],
    /// When it came, ms UTC.
    pub now_ms: i64,
}

/// What an account makes of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// In no protocol of this account, or for another one.
    NotMine,
    /// For this account, and not believed or not understood; answered so.
    Refused {
        /// The body of the answer.
        answer: String,
        /// Why, without personal data.
        why: &'static str,
    },
    /// Proven and read.
    Tracks {
        /// What is told.
        news: News,
        /// The body of the answer, once this is kept.
        answer: String,
    },
    /// Proven and read: of an application for a customer number.
    Applied {
        /// What became of it.
        told: Box<ApplyTold>,
        /// The body of the answer, once this is kept.
        answer: String,
    },
    /// Proven and read: of couriers.
    Pickups {
        /// Each thing that was said.
        told: Vec<PickupTold>,
        /// The body of the answer, once this is kept.
        answer: String,
    },
}

/// What a push tells of parcels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// All that is known of each parcel so far, or was known when it was sent.
    pub tracked: Vec<Tracked>,
    /// Where on the map some were, by number; `told_at_ms` says when that was.
    pub routes: Vec<(String, Route)>,
    /// When some are expected, by number.
    pub etas: Vec<(String, Eta)>,
    /// When it was said, ms UTC.
    pub told_at_ms: i64,
    /// The API, if no document shows its pushes: what it says is kept as it came.
    pub unseen: Option<&'static str>,
}

/// A carrier that tells by itself.
pub trait Hears: Send + Sync {
    /// Whether pushes for this account come to an address that ends in `token`. Those that are
    /// signed come to the one that ends in none.
    fn opens(&self, token: &str) -> bool {
        token.is_empty()
    }

    /// Whose a push is, whether it is genuine, and what it says. Pure.
    fn hear(&self, push: Push<'_>) -> Heard;
}
