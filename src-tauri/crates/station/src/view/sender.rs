//! Under whose name parcels go out: of an order, and the profiles of the settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who sends an order, not masked: it stands on the label.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderSender {
    /// The profile; empty: the house itself.
    pub profile: String,
    /// A person or a file chose it, not the shop or the account.
    pub chosen: bool,
    /// As its number was asked for; it does not change any more.
    pub frozen: bool,
    /// The name on the label.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// Province to room.
    pub place: String,
}

/// One `[[sender_profile]]` of the settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SenderProfileForm {
    /// What the desk calls it; unique.
    pub profile: String,
    /// The name on the label.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// In full.
    pub province: String,
    /// In full.
    pub city: String,
    /// In full; empty where a city has none.
    pub district: String,
    /// Street and house.
    pub detail: String,
    /// Postal code; may be empty.
    pub postcode: String,
    /// Sends for these shops; empty: whatever the shop.
    pub shops: Vec<String>,
    /// Sends what goes by these carrier accounts; empty: by any.
    pub carriers: Vec<String>,
    /// In English; all empty: nobody wrote it.
    pub abroad: SenderAbroadForm,
}

/// A sender in English, for what leaves China.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SenderAbroadForm {
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// Street and house.
    pub street: String,
    /// City.
    pub city: String,
    /// State or province; may be empty.
    pub state: String,
    /// Postal code.
    pub postcode: String,
}

/// A profile on the settings screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SenderSetup {
    /// What the settings say.
    pub form: SenderProfileForm,
    /// Orders without a number that somebody chose it for.
    pub waiting: u32,
}

/// All profiles of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SenderSetups {
    /// In the order of the settings: the first that fits sends.
    pub profiles: Vec<SenderSetup>,
    /// Who sends what no profile does: the name of `[sender]`.
    pub house: String,
    /// Shops that orders came from.
    pub shops: Vec<String>,
    /// Carrier accounts of the settings.
    pub accounts: Vec<String>,
    /// Whether the last change of the settings can be taken back.
    pub can_undo: bool,
}

/// A change of the sender profiles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum SenderChange {
    /// One more, after the last.
    Add {
        /// What it is.
        form: SenderProfileForm,
    },
    /// What one of them is from now on.
    Set {
        /// Its name until now.
        profile: String,
        /// What it is.
        form: SenderProfileForm,
    },
    /// One fewer.
    Remove {
        /// Which.
        profile: String,
    },
    /// This one is tried first.
    First {
        /// Which.
        profile: String,
    },
    /// The settings as they were before the last change; once more takes that back again.
    Undo,
}
