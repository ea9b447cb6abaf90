//! What an account may have its e-waybills told beside the usual.

use crate::carrier::fetch::Fetch;

/// Fields of 1007 that few need; not told unless they are set.
#[derive(Debug, Clone, Default)]
pub struct Further {
    /// `CustomArea`; may be empty.
    pub custom_area: String,
    /// `TransType`; JD's and freight carriers' own numbers.
    pub trans_type: Option<u32>,
    /// `DeliveryMethod`, instead of the carrier's usual one.
    pub delivery_method: Option<u8>,
    /// `PackingType` of freight.
    pub packing_type: Option<u32>,
    /// For which parcels the carrier is called (`IsNotice` 0, `StartDate`, `EndDate`).
    pub fetch: Fetch,
    /// What the receiver of a signed slip is to do, e.g. to stamp it (`OperateRequire`); may be
    /// empty.
    pub slip_request: String,
    /// Whether the carrier is told the shop's own order number (`ThrOrderCode`), as JD wants for
    /// orders of its own shops.
    pub shop_no: bool,
    /// `IsSendMessage`.
    pub send_message: bool,
    /// Whether KDNiao must not subscribe the parcel's trace by itself (`IsSubscribe` 0).
    pub unsubscribed: bool,
    /// Further `AddService`, name and value.
    pub add_services: Vec<(String, String)>,
}
