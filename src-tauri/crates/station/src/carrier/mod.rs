//! What a carrier is to the station. One folder a carrier; no carrier knows another.

pub mod access;
pub mod apply;
pub mod cainiao;
pub mod charge;
mod consignment;
mod digest;
pub mod fetch;
pub mod hear;
pub mod http;
pub mod jd;
pub mod jtexpress;
pub mod karrio;
pub mod kdniao;
pub mod kuaidi100;
pub mod message;
mod moment;
pub mod offers;
pub mod parts;
pub mod pickup;
mod reading;
#[cfg(test)]
mod sample;
mod secret;
pub mod sf;
pub mod sto;
mod template;
pub mod track;
mod writing;
pub mod yto;
pub mod yunda;
pub mod zto;

pub use charge::Balance;
pub use consignment::Consignment;
pub use secret::Secret;
pub use template::Template;

use crate::{
    order::{Fault, Needs, Services},
    outside::{Http, Later},
};
use serde::{Deserialize, Serialize};

/// No carrier's answer is read past this size (a label as HTML is about 100 KB).
pub const ANSWER_BYTES_MAX: usize = 4 << 20;

/// A waybill the carrier issued.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waybill {
    /// The number; of several parcels the first one's (母件).
    pub no: String,
    /// What the print must show large (三段码 / 大头笔); may be empty.
    pub sort_code: String,
    /// Bag place 集包地; may be empty.
    pub bag_place: String,
    /// Destination as the carrier names it; may be empty.
    pub destination: String,
    /// Text of the QR code if the carrier gave one; else the number is used.
    pub qr: String,
    /// The label as the carrier drew it. Large: kept beside the rest, see `shipment::waybill`.
    #[serde(skip)]
    pub template: Template,
    /// The numbers of the further parcels (子件), in their order. Kept in rows of their own.
    #[serde(skip)]
    pub children: Vec<Child>,
    /// The number under which the signed slip comes back (签单返还), if that was asked for.
    #[serde(skip)]
    pub slip: Option<Child>,
}

/// A further number of a waybill, with its own label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Child {
    /// The number.
    pub no: String,
    /// Its label as the carrier drew it.
    pub template: Template,
}

/// How a carrier treats a second request with the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resend {
    /// Gives the same waybill again: may be sent again blind.
    SameWaybill,
    /// Refuses as a duplicate: must be looked up.
    RefusesDuplicate,
    /// Would issue another: must be looked up, or held for a person.
    IssuesAnother,
}

/// What mends a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fix {
    /// Something in the order.
    EditOrder,
    /// Something in the account's settings.
    EditAccount,
    /// Time: the same may be asked again later.
    Wait,
    /// Another carrier: this one does not go there, or does not take it.
    OtherCarrier,
    /// Only the carrier can say.
    AskCarrier,
}

/// What a refusal is about, as far as its code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The signature: most likely the key.
    Signature,
    /// The account: the carrier does not know it.
    Account,
    /// Signature, account or a right; the code does not say which.
    Proof,
    /// A right that the account lacks.
    Right,
    /// The network address that asks.
    Address,
    /// This computer's clock.
    Clock,
    /// The rest of what its documents name.
    Documented,
    /// A code that is in no table of ours.
    Unlisted,
}

/// Why a carrier did not do what was asked, split by what may be done next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarrierError {
    /// Nothing left this computer: sending again is safe.
    #[error("nothing was sent: {why}")]
    NotSent {
        /// What the system said.
        why: String,
    },
    /// The carrier may have acted. Look up before anything else.
    #[error("the outcome is unknown: {why}")]
    Unknown {
        /// What was seen, without personal data.
        why: String,
    },
    /// Too many calls; nothing was done.
    #[error("the carrier is busy: {said}")]
    Busy {
        /// The carrier's words.
        said: String,
    },
    /// Understood and declined; unchanged it will not help to ask again.
    #[error("the carrier refused: {said} ({code})")]
    Refused {
        /// The carrier's code.
        code: String,
        /// The carrier's words, shown as such.
        said: String,
        /// What mends it.
        fix: Fix,
    },
}

impl CarrierError {
    /// A refusal of a question that nothing but the account can be at fault for.
    pub(crate) fn of_account(self) -> Self {
        match self {
            Self::Refused { code, said, .. } => Self::Refused { code, said, fix: Fix::EditAccount },
            other => other,
        }
    }
}

/// What a carrier's documents allow of one of its APIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The carrier's own name for it.
    pub api: &'static str,
    /// What every request for it, and no other, holds in its body or address.
    pub mark: &'static str,
    /// Calls a second.
    pub calls_per_s: u32,
    /// Calls a day, by China's days; `None` if none are documented.
    pub calls_a_day: Option<u32>,
}

/// Calls a second where no document says how many.
pub const CALLS_PER_S: u32 = 20;

/// A carrier account. Requests are built first (pure), stored, and then sent byte for byte.
pub trait Carrier: Send + Sync {
    /// What happens when the same key is sent twice.
    fn resend(&self) -> Resend;

    /// What must be known of an order before this account may be asked.
    fn needs(&self) -> Needs;

    /// Whether it carries to other countries, and hears of people in English then.
    fn goes_abroad(&self) -> bool {
        false
    }

    /// Whether its drawing may carry other codes than the number: carriers abroad have their own.
    /// Then that a drawing came with the number must do.
    fn has_codes_of_its_own(&self) -> bool {
        false
    }

    /// Colour-free short word for lists, e.g. "YTO".
    fn code(&self) -> &str;

    /// The carrier's name as printed on the label, e.g. "圆通速递".
    fn label_name(&self) -> &str;

    /// What an order's label must say was asked: its own wishes, and the account's usual ways.
    fn services(&self, asked: Services) -> Services;

    /// How many parcels of one order it gives numbers for. An order of more is held before anything
    /// is asked.
    fn parcels_max(&self) -> u32 {
        1
    }

    /// Whether it brings a signed slip back (签单返还). An order that asks one that does not is held.
    fn brings_slips(&self) -> bool {
        false
    }

    /// Whether it gives numbers for parcels that come back: a sender who is not the account's.
    fn brings_back(&self) -> bool {
        true
    }

    /// The exact text to be stored and sent for a new waybill; or what is missing.
    fn create_request(&self, ask: &Consignment) -> Result<String, Vec<Fault>>;

    /// Sends a stored create request.
    fn create_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>>;

    /// The same, when an earlier sending may have arrived.
    fn create_again<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>> {
        self.create_waybill(http, stored)
    }

    /// The exact text to be stored and sent to give a waybill back.
    fn void_request(&self, order_key: &str, waybill_no: &str) -> String;

    /// Sends a stored void request.
    fn void_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<(), CarrierError>>;

    /// Asks the cheapest question there is: whether the account works, and how many prepaid numbers
    /// are left. `None` if the carrier keeps none.
    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>>;

    /// Whether it can draw labels itself.
    fn draws(&self) -> bool {
        false
    }

    /// Whether it keeps prepaid numbers, so that `balance` says how many.
    fn prepaid(&self) -> bool {
        false
    }

    /// What its documents allow; first the API that gives numbers.
    fn limits(&self) -> &'static [Limit] {
        &[]
    }

    /// APIs whose answers no document shows, with a mark as in [`Limit`]: what they say is kept.
    fn unseen(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Settings that it wants and this account lacks, by their names.
    fn lacks(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// What a code of its refusals is about.
    fn about(&self, _code: &str) -> About {
        About::Unlisted
    }

    /// Where parcels are, if it says so.
    fn tracks(&self) -> Option<&dyn track::Tracks> {
        None
    }

    /// Of which numbers it tells by itself, if it can be asked to.
    fn subscribes(&self) -> Option<&dyn track::Subscribes> {
        None
    }

    /// What it tells by itself, if it does.
    fn hears(&self) -> Option<&dyn hear::Hears> {
        None
    }

    /// Applications for customer numbers, if it takes them.
    fn applies(&self) -> Option<&dyn apply::Applies> {
        None
    }

    /// Prices, if it says them.
    fn quotes(&self) -> Option<&dyn offers::Quotes> {
        None
    }

    /// Whether a price it said is that of what it would order; others are there to be compared.
    fn buys(&self, quote: &offers::Quote) -> bool {
        quote.carrier == self.code()
    }

    /// Where it goes, if it says so.
    fn reaches(&self) -> Option<&dyn offers::Reaches> {
        None
    }

    /// How long a way takes, if it says so.
    fn estimates(&self) -> Option<&dyn offers::Estimates> {
        None
    }

    /// What it charged, if it says so.
    fn charges(&self) -> Option<&dyn charge::Charges> {
        None
    }

    /// When a parcel under way arrives, if it says so.
    fn estimates_sent(&self) -> Option<&dyn offers::EstimatesSent> {
        None
    }

    /// The same by itself, if it can be asked to.
    fn tells_etas(&self) -> Option<&dyn offers::EtasTold> {
        None
    }

    /// Where on the map a parcel was, if it says so.
    fn routes(&self) -> Option<&dyn offers::Routes> {
        None
    }

    /// The same by itself, if it can be asked to.
    fn tells_routes(&self) -> Option<&dyn offers::RoutesTold> {
        None
    }

    /// Where its outlets are, if it says so.
    fn outlets(&self) -> Option<&dyn offers::Outlets> {
        None
    }

    /// Whose a number is, if it knows.
    fn recognises(&self) -> Option<&dyn offers::Recognises> {
        None
    }

    /// What stands in an address, if it says so.
    fn splits(&self) -> Option<&dyn offers::Splits> {
        None
    }

    /// Messages to receivers, if it sends them and the settings want it.
    fn messages(&self) -> Option<&dyn message::Messages> {
        None
    }

    /// Couriers, if it sends them.
    fn picks_up(&self) -> Option<&dyn offers::PicksUp> {
        None
    }
}
