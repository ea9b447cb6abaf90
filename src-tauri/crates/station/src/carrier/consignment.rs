//! What a carrier is asked to carry, as every carrier's client gets it.

use crate::order::{Item, Person, Services};

/// What we ask a carrier to carry.
#[derive(Debug, Clone, Default)]
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
    /// Cubic centimetres of the whole shipment, if known.
    pub volume_cm3: Option<u32>,
    /// In how many parcels: 1 to [`order::PARCELS_MAX`](crate::order::PARCELS_MAX).
    pub parcels: u32,
    /// Remark for the label.
    pub note: String,
    /// When it is asked for, ms UTC: from when on a courier can be called.
    pub asked_at_ms: i64,
    /// What is asked besides carrying.
    pub services: Services,
    /// Whether it comes back: its sender is no party of the account's.
    pub back: bool,
    /// The shop's own number of the order, of the first where several go together.
    pub shop_no: String,
}
