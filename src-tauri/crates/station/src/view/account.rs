//! Carrier accounts as the set-up screen sees and changes them: what the settings say of each in
//! the settings' own words, how it works, and what a trial call found. Secrets only come in.

use super::{ApplicationView, CarrierStatus};
use crate::order::Fault;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};
use ts_rs::TS;

/// One `[[carrier]]` of the settings. What is not in it (`endpoints`, …) stays as it is.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountForm {
    /// Unique; stays for ever, because orders and numbers remember it.
    pub name: String,
    /// `kdniao`, `sf`, …
    pub kind: String,
    /// By the settings' keys, as text. On the way out without secrets; on the way in a secret that
    /// is not here stays, and one that is empty goes.
    pub values: BTreeMap<String, String>,
}

/// Secrets may stand in it: which keys it has is all that is shown.
impl fmt::Debug for AccountForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<&String> = self.values.keys().collect();
        let mut shown = f.debug_struct("AccountForm");
        shown.field("name", &self.name).field("kind", &self.kind).field("keys", &keys).finish()
    }
}

/// How a key of an account is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// Typed once, kept apart, never shown again.
    Secret,
    /// One of its choices.
    Choice,
    /// A whole number from `least` to `most`.
    Number,
    /// Yes or no.
    Flag,
}

/// One key that a kind of account may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountField {
    /// Its name in the settings.
    pub key: String,
    /// How it is typed.
    pub kind: FieldKind,
    /// Words of a choice.
    pub choices: Vec<String>,
    /// Smallest number.
    pub least: u32,
    /// Largest number.
    pub most: u32,
    /// Whether there is no account without it.
    pub needed: bool,
    /// How a value looks; what is meant when nothing is chosen.
    pub example: String,
    /// Whether most people leave it alone.
    pub further: bool,
    /// Whether every kind has it: its words are then those of all.
    pub any: bool,
}

/// A kind of account and what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountKind {
    /// `kdniao`, `sf`, …
    pub kind: String,
    /// In the order they are asked.
    pub fields: Vec<AccountField>,
}

/// Where a secret is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecretPlace {
    /// The system's own store.
    Keyring,
    /// A file only this user can read.
    File,
    /// The environment.
    Env,
    /// The settings themselves.
    Settings,
}

/// What an account can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// Gives numbers.
    Create,
    /// Takes them back.
    Void,
    /// Draws labels itself.
    Label,
    /// Says where parcels are.
    Track,
    /// Says prices.
    Rate,
    /// Sends couriers.
    PickUp,
    /// Says where it goes.
    Reach,
    /// Knows whose a number is.
    Recognise,
    /// Says how many prepaid numbers are left.
    Balance,
    /// Says how long a way takes.
    Estimate,
    /// Says what it charged.
    Charge,
}

impl Ability {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 11] = [
        Self::Create,
        Self::Void,
        Self::Label,
        Self::Track,
        Self::Rate,
        Self::PickUp,
        Self::Reach,
        Self::Recognise,
        Self::Balance,
        Self::Estimate,
        Self::Charge,
    ];
}

/// What a carrier does with a key it has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// Gives the same number.
    Same,
    /// Says that it has it: it is looked up.
    Refuses,
    /// Would give another: it is looked up, or a person decides.
    Another,
}

/// How often an account was refused with a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RefusalCount {
    /// As it came.
    pub code: String,
    /// The carrier's words of the last time.
    pub said: String,
    /// How often.
    pub n: u32,
    /// The last time, ms UTC.
    #[ts(type = "number")]
    pub last_at_ms: i64,
    /// Whether it stands in a table of ours; what does not is shown as it came, and counted.
    pub listed: bool,
}

/// A recording under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordingView {
    /// When it ends, ms UTC.
    #[ts(type = "number")]
    pub until_ms: i64,
    /// Its file.
    pub path: String,
}

/// One account on the set-up screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountSetup {
    /// What the settings say, without secrets.
    pub form: AccountForm,
    /// Where each of its secrets is kept, by the settings' keys.
    pub secrets: BTreeMap<String, SecretPlace>,
    /// How it is.
    pub status: CarrierStatus,
    /// The carrier's name as printed.
    pub carrier: String,
    /// Whether nothing of it is real.
    pub sandbox: bool,
    /// Whether it gets no more orders.
    pub off: bool,
    /// Whether a customer number can be applied for at its carrier's outlets.
    pub applies: bool,
    /// The rules that use it (their numbers in the settings, from 1).
    pub rules: Vec<u32>,
    /// Settings that its carrier wants and that are not there.
    pub lacks: Vec<String>,
    /// What it can do, in the order of [`Ability::ALL`].
    pub abilities: Vec<Ability>,
    /// What it does with a key it has seen.
    pub repeat: Repeat,
    /// Calls a second, at most.
    pub calls_per_s: u32,
    /// Calls under way at once, at most, as things stand.
    pub in_flight_max: u32,
    /// Shipments whose number is still owed by it.
    pub owed: u32,
    /// The codes it refused with, the most frequent first.
    pub refusals: Vec<RefusalCount>,
    /// What is being recorded of it, if a person asked for that.
    pub recording: Option<RecordingView>,
}

/// All accounts of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountSetups {
    /// In the order of the settings.
    pub accounts: Vec<AccountSetup>,
    /// Whether carriers can tell anything by themselves here.
    pub hears_pushes: bool,
    /// Applications for customer numbers, the newest first.
    pub applications: Vec<ApplicationView>,
    /// What may be added here.
    pub kinds: Vec<AccountKind>,
    /// Whether the last change of the settings can be taken back.
    pub can_undo: bool,
}

/// A change of the accounts of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum AccountChange {
    /// One more, after the last.
    Add {
        /// What it is.
        form: AccountForm,
    },
    /// What one of them is from now on.
    Set {
        /// What it is; its name says which.
        form: AccountForm,
    },
    /// One fewer.
    Remove {
        /// Which.
        name: String,
    },
    /// It gets orders, or no more.
    Off {
        /// Which.
        name: String,
        /// No more.
        off: bool,
    },
    /// It gets the orders that no rule sends elsewhere.
    Route {
        /// Which.
        name: String,
    },
    /// The number that came of an application.
    Take {
        /// Which application.
        #[ts(type = "number")]
        id: i64,
    },
    /// The settings as they were before the last change; once more takes that back again.
    Undo,
}

impl AccountChange {
    /// What it puts into the settings, a line each: places of secrets among it once they are kept.
    pub fn secret_places(&self) -> String {
        match self {
            Self::Add { form } | Self::Set { form } => {
                form.values.values().map(|text| format!("{text}\n")).collect()
            }
            // What came of an application waits for a person, whatever became of a change.
            Self::Remove { .. }
            | Self::Off { .. }
            | Self::Route { .. }
            | Self::Take { .. }
            | Self::Undo => String::new(),
        }
    }
}

/// Another account for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountWay {
    /// The carrier's name as printed.
    pub carrier: String,
    /// The account, and how it is.
    pub status: CarrierStatus,
    /// Settings that the account itself lacks.
    pub lacks: Vec<String>,
    /// What the order lacks for it; it can go this way if both are empty.
    pub faults: Vec<Fault>,
}

/// What a trial call found: a word for each thing a person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The account works.
    Works,
    /// The signature is wrong: most likely the key.
    Signature,
    /// The carrier does not know the account.
    Account,
    /// The carrier says that it is the signature, the account or a right, and not which.
    Proof,
    /// No right for this service.
    Right,
    /// This network's address is not on the carrier's list.
    Address,
    /// The clock of this computer is wrong.
    Clock,
    /// Asked too often.
    Often,
    /// The carrier said no for another reason.
    Refused,
    /// The server's name is not found.
    Name,
    /// Nothing comes up to the server.
    Unreachable,
    /// Nobody whom this computer trusts vouches for the server.
    Untrusted,
    /// The server's certificate has ended, or this computer's clock is ahead.
    Expired,
    /// The server's certificate has not begun, or this computer's clock is behind.
    NotYet,
    /// The certificate is another server's.
    WrongHost,
    /// No encrypted connection comes up.
    Tls,
    /// The request left and nothing readable came back.
    Silent,
}

/// The outcome of a trial call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountTrial {
    /// What was found.
    pub verdict: Verdict,
    /// Prepaid numbers left, where it keeps some.
    #[ts(type = "number | null")]
    pub left: Option<i64>,
    /// The carrier's code; may be empty.
    pub code: String,
    /// The carrier's or the system's words; may be empty.
    pub said: String,
    /// How long it took.
    pub elapsed_ms: u32,
    /// What this computer's clock says, ms UTC.
    #[ts(type = "number")]
    pub now_ms: i64,
}
