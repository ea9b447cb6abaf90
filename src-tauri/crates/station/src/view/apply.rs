//! Applications for a customer number at a carrier's outlet, as the window and `--json` see them.
//! The applicant is this shop; the password that comes is never among it.

use crate::order::Fault;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far an application is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// The carrier is being asked.
    Asked,
    /// It never left this computer.
    Unsent,
    /// The carrier has it; the number comes by a push.
    Accepted,
    /// The carrier said no.
    Refused,
    /// It may have arrived; a person decides, or the push does.
    Unknown,
    /// A number came, and waits for a person.
    Granted,
    /// The number stands in the settings.
    Taken,
    /// A person put it aside.
    Dropped,
}

impl ApplicationState {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Asked,
        Self::Unsent,
        Self::Accepted,
        Self::Refused,
        Self::Unknown,
        Self::Granted,
        Self::Taken,
        Self::Dropped,
    ];
}

/// What applying asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplyForm {
    /// Whose carrier is asked.
    pub account: String,
    /// The outlet's code.
    pub station_code: String,
    /// The outlet's name.
    pub station_name: String,
    /// May be empty.
    pub company: String,
    /// How the carrier knows the applicant already; may be empty.
    pub apply_id: String,
    /// Whom the outlet rings up.
    pub name: String,
    /// Mobile or landline.
    pub phone: String,
    /// Province.
    pub province: String,
    /// City.
    pub city: String,
    /// District.
    pub district: String,
    /// Street, house, room.
    pub detail: String,
    /// A former one that is open at this outlet is put aside.
    pub again: bool,
}

/// A setting that taking a number would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakenKey {
    /// Its name in the settings.
    pub key: String,
    /// What it says now; empty: nothing, or a secret.
    pub was: String,
    /// What it would say; empty: a secret.
    pub now: String,
    /// A secret: neither is shown.
    pub secret: bool,
    /// Something that stands there goes.
    pub replaces: bool,
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationView {
    /// Row.
    #[ts(type = "number")]
    pub id: i64,
    /// The account.
    pub account: String,
    /// How far it is.
    pub state: ApplicationState,
    /// Nobody here asked for it: the number came all the same.
    pub stray: bool,
    /// The outlet's code.
    pub station_code: String,
    /// The outlet's name.
    pub station_name: String,
    /// The carrier's key; may be empty.
    pub apply_code: String,
    /// The carrier's words, or why nothing is known; may be empty.
    pub said: String,
    /// The number that came; may be empty.
    pub customer_name: String,
    /// Whether a password came, too.
    pub has_pwd: bool,
    /// What taking it would change; empty unless it can be taken.
    pub changes: Vec<TakenKey>,
    /// When it was asked for, ms UTC.
    #[ts(type = "number")]
    pub asked_at_ms: i64,
    /// When it came so far, ms UTC.
    #[ts(type = "number")]
    pub changed_at_ms: i64,
}

/// What became of the wish to apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyAsked {
    /// What must be mended first; nothing was sent then.
    pub faults: Vec<Fault>,
    /// The application, if there is one.
    pub application: Option<ApplicationView>,
}
