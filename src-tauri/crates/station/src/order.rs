//! What a shop sold and where it goes: plain data. Reading files is `import`, checking is `check`.

pub mod abroad;
pub mod country;
mod phone;
mod word;

pub use phone::{Phone, read_phone};
pub use word::SmsWord;

use serde::{Deserialize, Serialize};

/// A postal address, split the way carriers ask for it; in China unless it names another country.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Province, autonomous region or municipality in full: "浙江省", "上海市". Abroad: state or
    /// region as its post writes it, "IL"; may be empty there.
    pub province: String,
    /// City or prefecture in full: "杭州市". A municipality repeats itself: "上海市".
    pub city: String,
    /// District or county in full: "余杭区"; empty when unknown.
    pub district: String,
    /// Street, house and room, without the three above.
    pub detail: String,
    /// ISO 3166 alpha-2 in capitals, "US"; empty is China.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Postal code; empty where none is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
}

impl Address {
    /// ISO 3166 alpha-2: "CN" unless it names another.
    #[must_use]
    pub fn country(&self) -> &str {
        if self.country.is_empty() { country::CHINA } else { &self.country }
    }

    /// Whether it lies outside of what China's carriers deliver to as China.
    #[must_use]
    pub fn is_abroad(&self) -> bool {
        self.country() != country::CHINA
    }
}

/// Somebody who sends or receives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name as the shop gave it.
    pub name: String,
    /// Phone as typed: mobile, landline, or virtual number with its extension ("17000000001-1234").
    pub phone: String,
    /// Where they are.
    pub address: Address,
    /// For customs and carriers abroad; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

/// One kind of goods in an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is called in the shop.
    pub title: String,
    /// Pieces, at least 1.
    pub quantity: u32,
    /// What customs ask about them; nothing of it for parcels within China.
    #[serde(default, skip_serializing_if = "Customs::is_empty")]
    pub customs: Customs,
    /// What stands on them.
    #[serde(default)]
    pub codes: Codes,
}

/// What a scanner reads off goods, as far as it is known. Either may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes {
    /// The shop's own: 商家编码.
    pub sku: String,
    /// The maker's: EAN, UPC, 69….
    pub barcode: String,
}

/// What customs ask about one kind of goods, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customs {
    /// In English: "Ceramic mug".
    pub english: String,
    /// Code of the Harmonized System, 6 to 10 digits; may be empty where the carrier finds it.
    pub hs_code: String,
    /// Where it was made, ISO 3166 alpha-2; empty is China.
    pub origin: String,
    /// Value of one piece in the currency's hundredth (fen, cent).
    pub value_minor: Option<u32>,
    /// ISO 4217, "USD"; empty is "CNY".
    pub currency: String,
    /// Grams of one piece.
    pub weight_g: Option<u32>,
}

impl Customs {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// ISO 4217 of the value.
    #[must_use]
    pub fn currency(&self) -> &str {
        if self.currency.is_empty() { "CNY" } else { &self.currency }
    }

    /// Where it was made, ISO 3166 alpha-2.
    #[must_use]
    pub fn origin(&self) -> &str {
        if self.origin.is_empty() { country::CHINA } else { &self.origin }
    }
}

/// Who pays for the carriage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PayBy {
    /// 寄付.
    Sender,
    /// 到付: the receiver, at the door.
    Receiver,
    /// 月结: the sender, by the month.
    Monthly,
}

/// What a carrier is asked for besides carrying. Nothing of it by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Services {
    /// Who pays; `None` is the account's usual way.
    pub pay: Option<PayBy>,
    /// 代收货款: collected at the door for the goods, fen.
    pub cod_fen: Option<u32>,
    /// 保价: what the goods are insured for, fen.
    pub insured_fen: Option<u32>,
    /// 隐私面单: the carrier hides the people too. Said by the account, not by orders.
    pub privacy: bool,
    /// 签单返还: what the receiver signs comes back, under a number of its own.
    pub slip: bool,
}

/// No order has more parcels: KDNiao's `Quantity` ends there, and SF's `parcelQty` a little later.
pub const PARCELS_MAX: u32 = 300;

/// An order as an import hands it over, not yet stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOrder {
    /// Shop name; together with `number` it is the identity of an order.
    pub shop: String,
    /// The shop's own order number.
    pub number: String,
    /// When the buyer paid, ms UTC.
    pub paid_at_ms: Option<i64>,
    /// Who receives it. Fields may be empty: `check` says what is missing.
    pub receiver: Person,
    /// At least one.
    pub items: Vec<Item>,
    /// Weight of the whole order in grams, if the file says so.
    pub weight_g: Option<u32>,
    /// Cubic centimetres of the whole order, if the file says so.
    pub volume_cm3: Option<u32>,
    /// In how many parcels it goes, if the file says so: 1 to [`PARCELS_MAX`].
    pub parcels: Option<u32>,
    /// The buyer's or shop's remark.
    pub note: String,
    /// What the carrier is asked for besides carrying.
    pub services: Services,
    /// The sender profile it names; empty: the rules'.
    pub sender: String,
}

/// What a carrier account needs to know before it may be asked. Declared by the carrier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// The weight must be known.
    pub weight: bool,
}

/// One reason why an order cannot be sent as it stands. `field` is the field to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Fault {
    /// Word for the sentence in the language files, e.g. `phone_missing`.
    pub code: FaultCode,
    /// Which field of the form mends it: `name`, `phone`, `email`, `country`, `postcode`,
    /// `province`, `city`, `district`, `detail`, `weight`, `items`, `customs`, `note`, `parcels`,
    /// `slip`, `cod`, `insured`, `pay`, `sender`; or a key of the settings, `sender.abroad`.
    pub field: String,
    /// The part that is wrong, shown as it stands; may be empty.
    pub what: String,
}

/// Why an order is held before any carrier hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// Nobody to send it to.
    NameMissing,
    /// Neither mobile nor landline.
    PhoneMissing,
    /// Something stands there, but it is not a phone number.
    PhoneUnreadable,
    /// No street.
    DetailMissing,
    /// The province is missing or unknown.
    ProvinceUnknown,
    /// The city is missing or not in that province.
    CityUnknown,
    /// The city has districts and none is given.
    DistrictMissing,
    /// The district is not in that city.
    DistrictUnknown,
    /// The carrier needs a weight.
    WeightMissing,
    /// A character that none of the label's fonts has.
    GlyphMissing,
    /// Longer than the label or the carrier can take.
    TooLong,
    /// One of the shop's own things, named in `what`, cannot hold what this order says.
    FormNoRoom,
    /// The carrier does not do this, or nobody here knows how it is told.
    NotOffered,
    /// The carrier gives numbers for at most `what` parcels of one order.
    TooManyParcels,
    /// The carrier brings no signed slip back.
    NoSlip,
    /// The account's carrier does not go to that country.
    NotAbroad,
    /// No country of the world.
    CountryUnknown,
    /// The country has postal codes and none is given.
    PostcodeMissing,
    /// Not an address of a mailbox.
    EmailUnreadable,
    /// Only letters of the Latin alphabet are read there.
    LatinNeeded,
    /// Customs need to know it of the goods; `what` is `english`, `value`, `weight`, `hs_code`,
    /// `origin` or `currency`.
    CustomsMissing,
    /// The settings have no sender in English.
    SenderAbroadMissing,
    /// The settings have no sender profile of this name.
    SenderUnknown,
    /// The outlet's code or name is missing; only where a customer number is applied for.
    OutletMissing,
    /// The account's carrier gives no numbers for parcels that come back.
    NotBack,
}
