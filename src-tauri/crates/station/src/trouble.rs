//! What goes wrong, as a person sees it: a code, one thing to do, and the literal values.
//! The sentences stand in `ui/src/lib/i18n/zh.json` and `en.json` under `trouble.<code>`.

use crate::{carrier::CarrierError, db::DbError, shipment::ShipmentError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An error as a packer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct Trouble {
    /// Names the sentence.
    pub code: Code,
    /// The one key or button offered with it.
    pub action: Action,
    /// Literal values for the sentence.
    pub fields: BTreeMap<String, String>,
}

/// Every sentence of trouble there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Checked and cannot be sent; fields: none, the faults stand with the order.
    OrderHeld,
    /// A person held it, or gave its waybill back; fields: `why`.
    HeldByPerson,
    /// A person holds it back until a person lets it go; fields: `why`.
    OnHold,
    /// The carrier declined; fields: `account`, `code`, `said`.
    CarrierRefused,
    /// The carrier may have issued a waybill; fields: `account`, `why`.
    WaybillUnknown,
    /// The same at a carrier that would give another number if it were asked again.
    WaybillOnlyOnce,
    /// The carrier may have taken a waybill back; fields: `account`, `waybill`, `why`.
    VoidUnknown,
    /// The carrier declined to take it back; fields: `account`, `waybill`, `said`.
    VoidRefused,
    /// A label may or may not have come out; fields: `waybill`, `printer`, `why`.
    LabelUnknown,
    /// A label cannot be drawn; fields: `field`, `what`.
    LabelUndrawable,
    /// Another account issued it, or a second number came; fields: `has`, `got`.
    TwoWaybills,
    /// The carrier gave numbers for more or fewer parcels than asked; fields: `asked`, `got`.
    PartsDiffer,
    /// The carrier gave no number for the signed slip that shall come back.
    SlipMissing,
    /// No account offers what was asked for.
    NoOffer,
    /// The port for pushes cannot be had; fields: `port`, `why`.
    PortTaken,
    /// The code is neither an order nor a waybill here; fields: `code`.
    ScanUnknown,
    /// The code fits several orders; fields: `code`, `count`.
    ScanAmbiguous,
    /// It has no waybill yet; fields: `order`.
    NoWaybill,
    /// It cannot be done in this state; fields: `order`, `state`.
    WrongState,
    /// There is no carrier account yet.
    NoAccountYet,
    /// There is no printer yet.
    NoPrinterYet,
    /// No such carrier account; fields: `name`.
    NoAccount,
    /// No such sender profile; fields: `name`.
    NoSender,
    /// Orders wait for a sender profile that would be gone; fields: `sender`, `count`.
    SenderWaitedFor,
    /// No such printer; fields: `name`.
    NoPrinter,
    /// No such order; fields: `id`.
    NoOrder,
    /// The shop has that order already; fields: `order`, `shop`.
    OrderKnown,
    /// The reason for the reprint is missing.
    ReasonMissing,
    /// The reason for letting something pass is missing.
    PassReasonMissing,
    /// An order of several parcels: the label of the one at hand is wanted; fields: `order`,
    /// `code`.
    ScanParcelLabel,
    /// The number of the slip that comes back signed; fields: `order`, `code`.
    ScanIsSlip,
    /// A number that was taken back; fields: `order`, `code`.
    ScanVoided,
    /// Nothing is asked about the weight of this order's parcel; fields: `order`.
    WeighNone,
    /// No such manifest, or no parcel of an open one; fields: `code`.
    ManifestNone,
    /// Nothing lies on the open manifest; fields: `account`.
    ManifestEmpty,
    /// Numbers on the open manifest were taken back; fields: `codes`.
    ManifestVoided,
    /// Goods were scanned before an order; fields: `code`, `title`.
    VerifyOrderFirst,
    /// These goods have a code, so they are scanned and not counted by hand; fields: `order`.
    VerifyScanIt,
    /// Nobody counts the goods of this order now; fields: `id`.
    VerifyNone,
    /// Its label waits until its goods are counted; fields: `order`.
    VerifyFirst,
    /// Another Packbench works on this home; fields: `pid`, `home`.
    HomeLocked,
    /// The database is from a newer Packbench; fields: `found`, `known`.
    DatabaseNewer,
    /// Practice data and real settings do not mix; fields: `home`.
    PracticeMixed,
    /// The settings cannot be used; fields: `path`, `faults` (one a line: `line 12: …`).
    BadConfig,
    /// There are no settings yet; fields: `path`.
    NoConfig,
    /// The change would make the settings unusable, so nothing was written; fields: `path`,
    /// `faults`.
    SettingsRefused,
    /// No change of the settings was made by the program; nothing to take back.
    NothingBefore,
    /// A shop's form cannot be kept as it is; fields: `form`, `faults`.
    FormRefused,
    /// A shop's form in use has faults, so nothing is asked of a carrier; fields: `form`,
    /// `faults`.
    FormUnusable,
    /// Labels are on their way to or inside it; fields: `printer`, `count`.
    PrinterBusy,
    /// The printer is behind a platform's component, which prints that platform's labels only.
    PlatformOnly,
    /// Labels wait for a printer that would be gone; fields: `printer`, `count`.
    PrinterWaitedFor,
    /// Shipments wait for an account that would be gone; fields: `account`, `count`.
    AccountWaitedFor,
    /// A rule sends orders to an account that would get none; fields: `account`, `rule`.
    AccountRouted,
    /// The account is switched off; fields: `account`.
    AccountOff,
    /// A secret cannot be kept; fields: `why`.
    SecretUnkept,
    /// The station is at something that cannot be interrupted, such as an import.
    StationBusy,
    /// No address of a printer; fields: `text`, `form` (how one of its kind looks).
    BadAddress,
    /// This printer has no command to measure its paper; fields: `printer`.
    CannotCalibrate,
    /// The disk or the database failed; fields: `why`.
    Storage,
    /// The file cannot be read; fields: `file`, `why`.
    ImportUnreadable,
    /// A needed column is not mapped; fields: `column`.
    ImportColumnMissing,
    /// The printer cannot be reached; fields: `printer`, `why`.
    PrinterAway,
    /// The carrier cannot be reached; fields: `account`, `why`.
    CarrierAway,
    /// No such courier; fields: `id`.
    NoPickup,
    /// An application for a customer number is open there; fields: `account`, `outlet`.
    ApplicationOpen,
    /// No such application, or no number came of it; fields: `id`.
    NoApplication,
    /// Nobody could be sent for before the window was over; fields: `account`.
    PickupTooLate,
    /// Nobody comes; fields: `account`, `said`.
    PickupFailed,
    /// A courier may have been sent for, or called off; fields: `account`, `why`.
    PickupUnknown,
    /// The carrier does not tell this account where parcels are; fields: `account`, `code`, `said`.
    TrackingRefused,
    /// No copy of the database could be made; fields: `folder`, `why`.
    BackupFailed,
    /// The file is no copy that can be put back; fields: `file`, `why`.
    BackupUnusable,
    /// Nothing is to be told; fields: `shop`.
    NumbersNone,
    /// The file for a shop cannot be written; its numbers are kept for it; fields: `path`, `why`.
    NumbersUnwritten,
    /// Numbers of practice are told to nobody.
    NumbersPractice,
    /// No such file for a shop, or none of which that can be said; fields: `id`.
    TellingNone,
    /// The operator at this bench has not the right; fields: `right`, `who` (who has it).
    NotAllowed,
    /// Nobody has said who works here.
    Locked,
    /// Neither a PIN nor a badge of an operator; fields: `wait_s`.
    WhoUnknown,
    /// An operator cannot be kept so; fields: `operator`, `why`.
    OperatorRefused,
    /// Something we did not foresee; fields: `why`.
    Internal,
}

/// The one thing offered next to a trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Nothing to do but know it.
    None,
    /// Open the order's form.
    EditOrder,
    /// Open the account's settings.
    EditAccount,
    /// Try the same again; safe.
    Retry,
    /// Ask the carrier again what became of it.
    LookAgain,
    /// Find out at the carrier whether there is a number, and type it in.
    EnterNumber,
    /// Say whether the label came out.
    ConfirmLabel,
    /// Look after the printer.
    MindPrinter,
    /// Wait; it goes on by itself.
    Wait,
    /// Choose another carrier for the order.
    OtherCarrier,
    /// Ask the carrier; only it can say.
    CallCarrier,
    /// Let go what a person held.
    Release,
}

impl Trouble {
    /// A trouble with its literal values.
    pub fn new<const N: usize>(code: Code, action: Action, fields: [(&str, String); N]) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { code, action, fields }
    }

    /// A carrier's error as a trouble of its own, for calls that no shipment waits for.
    pub fn of_carrier(away: Code, account: &str, error: &CarrierError) -> Self {
        let account = account.to_owned();
        match error {
            CarrierError::Refused { code, said, .. } => Self::new(
                Code::CarrierRefused,
                Action::EditAccount,
                [("account", account), ("code", code.clone()), ("said", said.clone())],
            ),
            CarrierError::NotSent { why } | CarrierError::Unknown { why } => {
                Self::new(away, Action::Retry, [("account", account), ("why", why.clone())])
            }
            CarrierError::Busy { said } => {
                Self::new(away, Action::Wait, [("account", account), ("why", said.clone())])
            }
        }
    }
}

impl From<DbError> for Trouble {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Newer { found, known } => Self::new(
                Code::DatabaseNewer,
                Action::None,
                [("found", found.to_string()), ("known", known.to_string())],
            ),
            DbError::Sql(_)
            | DbError::Commit(_)
            | DbError::Closed
            | DbError::Io(_)
            | DbError::Stored(_) => {
                tracing::error!(%error, "storage");
                Self::new(Code::Storage, Action::Retry, [("why", error.to_string())])
            }
        }
    }
}

impl From<ShipmentError> for Trouble {
    fn from(error: ShipmentError) -> Self {
        match error {
            ShipmentError::WrongState { id, state, .. } => Self::new(
                Code::WrongState,
                Action::None,
                [("order", id.to_string()), ("state", crate::shipment::word(state).to_owned())],
            ),
            ShipmentError::Missing(id) => {
                Self::new(Code::NoOrder, Action::None, [("id", id.to_string())])
            }
            ShipmentError::TwoWaybills { has, got, .. } => {
                Self::new(Code::TwoWaybills, Action::LookAgain, [("has", has), ("got", got)])
            }
            ShipmentError::Db(error) => error.into(),
        }
    }
}
