//! What else a KDNiao account may have its e-waybills told.

use super::{ConfigWhy, FetchConfig, parse::narrow, section::Section};

/// Fields of 1007 that few need; not told unless they are set.
#[derive(Debug, Clone, Default)]
pub struct KdniaoFurther {
    /// `CustomArea`: printed on the label by KDNiao; may be empty.
    pub custom_area: String,
    /// `TransType`.
    pub trans_type: Option<u32>,
    /// `DeliveryMethod`, instead of the carrier's usual one.
    pub delivery_method: Option<u8>,
    /// `PackingType`.
    pub packing_type: Option<u32>,
    /// For which parcels the carrier is called (`IsNotice` 0).
    pub fetch: FetchConfig,
    /// What is to be done with a signed slip (`OperateRequire`); may be empty.
    pub slip_request: String,
    /// Whether the shop's own order number is told (`ThrOrderCode`).
    pub shop_no: bool,
    /// `IsSendMessage`.
    pub send_message: bool,
    /// Whether KDNiao subscribes the parcel's trace by itself (`IsSubscribe`).
    pub subscribe: bool,
    /// Further `AddService`, name and value.
    pub add_services: Vec<(String, String)>,
}

impl KdniaoFurther {
    /// Lengths and numbers are the manual's.
    pub(super) fn read(section: &Section<'_>) -> Self {
        let custom_area = section.text_or_empty("custom_area");
        if custom_area.chars().count() > 500 {
            section.note("custom_area", ConfigWhy::OutOfRange, "500");
        }
        let slip_request = section.text_or_empty("slip_request");
        if slip_request.chars().count() > 60 {
            section.note("slip_request", ConfigWhy::OutOfRange, "60");
        }
        let pair = |text: String| {
            let pair = text.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
            let fits = |(name, value): &(&str, &str)| {
                (1..=20).contains(&name.chars().count()) && value.chars().count() <= 30
            };
            let found = pair.filter(fits).map(|(name, value)| (name.to_owned(), value.to_owned()));
            if found.is_none() {
                section.note("add_services", ConfigWhy::OutOfRange, "NAME=VALUE, 20, 30");
            }
            found
        };
        Self {
            custom_area,
            trans_type: section.number("trans_type", 0, 99),
            delivery_method: narrow(section.number("delivery_method", 0, 6)),
            packing_type: section.number("packing_type", 0, 99),
            fetch: FetchConfig::read(section),
            slip_request,
            shop_no: section.flag("shop_no"),
            send_message: section.flag("send_message"),
            subscribe: section.word("subscribe", &[("on", true), ("off", false)]),
            add_services: section.texts("add_services").into_iter().filter_map(pair).collect(),
        }
    }
}
