//! Applying for a customer number at a carrier's outlet, and what comes of it. The answer to an
//! application says only that it was taken; the number comes by a push, or it never does.

use super::{CarrierError, Secret};
use crate::{
    order::{Fault, Person},
    outside::{Http, Later},
};

/// What is applied for, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplyAsk {
    /// The outlet's code at its carrier.
    pub station_code: String,
    /// The outlet's name.
    pub station_name: String,
    /// How the carrier knows the applicant already; may be empty.
    pub apply_id: String,
    /// The applicant's company; may be empty.
    pub company: String,
    /// Whom the outlet rings up, and where they are.
    pub applicant: Person,
}

/// What became of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplyOutcome {
    /// A customer number.
    Granted {
        /// It.
        customer_name: String,
        /// Its password; empty where there is none.
        customer_pwd: Secret,
    },
    /// None, in the carrier's words.
    Refused {
        /// Why; may be empty.
        said: String,
    },
}

/// A push about an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplyTold {
    /// The carrier's key of the application; may be empty.
    pub apply_code: String,
    /// The outlet; may be empty.
    pub station_code: String,
    /// Its name; may be empty.
    pub station_name: String,
    /// The carrier behind the account, by its code; may be empty.
    pub shipper: String,
    /// What became of it.
    pub outcome: ApplyOutcome,
}

/// A carrier at whose outlets an account can be applied for.
pub trait Applies: Send + Sync {
    /// The text that is kept and sent, once. Pure.
    ///
    /// # Errors
    /// Everything that must be mended first; fields of the outlet are `station_code`,
    /// `station_name`, `company` and `apply_id`, those of the applicant begin with `applicant.`.
    fn apply_request(&self, ask: &ApplyAsk) -> Result<String, Vec<Fault>>;

    /// Hands the application in: the carrier's key of it, which may be empty.
    fn apply<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<String, CarrierError>>;
}
