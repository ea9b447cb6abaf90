//! What a carrier is to the station. One folder a carrier; no carrier knows another.

pub mod hear;
pub mod http;
pub mod kdniao;
pub mod offers;
mod reading;
pub mod sf;
pub mod track;

use crate::{
    order::{Fault, Item, Needs, Person, Services},
    outside::{Http, HttpError, Later},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};

/// No carrier's answer is read past this size (a label as HTML is about 100 KB).
pub const ANSWER_BYTES_MAX: usize = 4 << 20;

/// What we ask a carrier to carry.
#[derive(Debug, Clone)]
pub struct Consignment {
    /// The key by which the carrier recognises a second request: at most 30 ASCII characters.
    pub order_key: String,
    /// Who sends.
    pub sender: Person,
    /// Who receives.
    pub receiver: Person,
    /// At least one.
    pub items: Vec<Item>,
    /// Grams of the whole shipment, if known.
    pub weight_g: Option<u32>,
    /// Remark for the label.
    pub note: String,
    /// What is asked besides carrying.
    pub services: Services,
}

/// A waybill the carrier issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waybill {
    /// The number.
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
}

/// A carrier's own drawing of a label.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Template {
    /// We draw the label.
    #[default]
    NotAsked,
    /// Asked for, and the answer had none.
    Missing,
    /// HTML, PDF, a picture or a printer's commands, as it came.
    Here(Vec<u8>),
}

impl Template {
    /// What stands in a text of an answer: itself, or its bytes in base64, also as a `data:` URL.
    pub fn read(text: String) -> Self {
        if text.is_empty() {
            return Self::Missing;
        }
        let coded = match text.strip_prefix("data:").and_then(|url| url.split_once(";base64,")) {
            Some((_, coded)) => coded,
            None => &text,
        };
        // Nothing that draws a label is made of these alone: HTML begins with <, ZPL with ^.
        let is_code = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
        let plain: Vec<u8> = coded.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
        let decoded =
            plain.iter().all(|&b| is_code(b)).then(|| BASE64_STANDARD.decode(&plain).ok());
        match decoded.flatten().filter(|bytes| !bytes.is_empty()) {
            Some(bytes) => Self::Here(bytes),
            None => Self::Here(text.into_bytes()),
        }
    }
}

/// Names and addresses stand in it: its size is all that is shown.
impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAsked => f.write_str("NotAsked"),
            Self::Missing => f.write_str("Missing"),
            Self::Here(bytes) => write!(f, "Here({} bytes)", bytes.len()),
        }
    }
}

/// A text that neither logs nor `Debug` show.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, to be sent and never shown.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to hide.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_empty() { "none" } else { "***" })
    }
}

/// What is left of prepaid waybill numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Numbers that can still be taken.
    pub available: i64,
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
    /// Only the carrier can say.
    AskCarrier,
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

impl From<HttpError> for CarrierError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::NotSent(why) => Self::NotSent { why },
            HttpError::Unknown(why) => Self::Unknown { why },
        }
    }
}

/// A carrier account. Requests are built first (pure), stored, and then sent byte for byte.
pub trait Carrier: Send + Sync {
    /// What happens when the same key is sent twice.
    fn resend(&self) -> Resend;

    /// What must be known of an order before this account may be asked.
    fn needs(&self) -> Needs;

    /// Colour-free short word for lists, e.g. "YTO".
    fn code(&self) -> &str;

    /// The carrier's name as printed on the label, e.g. "圆通速递".
    fn label_name(&self) -> &str;

    /// What an order's label must say was asked: its own wishes, and the account's usual ways.
    fn services(&self, asked: Services) -> Services;

    /// The exact text to be stored and sent for a new waybill; or what is missing.
    fn create_request(&self, ask: &Consignment) -> Result<String, Vec<Fault>>;

    /// Sends a stored create request.
    fn create_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>>;

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

    /// Where parcels are, if it says so.
    fn tracks(&self) -> Option<&dyn track::Tracks> {
        None
    }

    /// What it tells by itself, if it does.
    fn hears(&self) -> Option<&dyn hear::Hears> {
        None
    }

    /// Prices, if it says them.
    fn quotes(&self) -> Option<&dyn offers::Quotes> {
        None
    }

    /// Where it goes, if it says so.
    fn reaches(&self) -> Option<&dyn offers::Reaches> {
        None
    }

    /// How long a way takes, if it says so.
    fn estimates(&self) -> Option<&dyn offers::Estimates> {
        None
    }

    /// Whose a number is, if it knows.
    fn recognises(&self) -> Option<&dyn offers::Recognises> {
        None
    }

    /// Couriers, if it sends them.
    fn picks_up(&self) -> Option<&dyn offers::PicksUp> {
        None
    }
}
