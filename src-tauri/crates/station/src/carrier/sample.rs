//! An invented order and short words for outcomes, for the tests of all carriers.

use super::{CarrierError, Consignment, Fix, access::Access, reading::document};
use crate::{
    order::{Address, Item, Person, Services},
    outside::Answer,
};
use serde::de::DeserializeOwned;

/// When the tests take place: 2026-11-21 02:00 UTC.
pub const NOW_MS: i64 = 1_795_226_400_000;

/// The way to a carrier's real world.
pub fn access() -> Access {
    Access {
        name: "测试".into(),
        endpoint: None,
        sandbox: false,
        carrier_draws: false,
        timeout_ms: 30_000,
    }
}

fn person(name: &str, phone: &str, place: [&str; 3], detail: &str) -> Person {
    let [province, city, district] = place.map(str::to_owned);
    let address = Address { province, city, district, detail: detail.into(), ..Address::default() };
    Person { name: name.into(), phone: phone.into(), address, ..Person::default() }
}

/// An order with a landline at one end, a virtual number at the other, and text that must be
/// cleaned.
pub fn consignment() -> Consignment {
    Consignment {
        order_key: "PB-1-A".into(),
        sender: person(
            "拾光家居",
            "0571-88001234",
            ["浙江省", "杭州市", "余杭区"],
            "仓前街道文一西路 969 号",
        ),
        receiver: person(
            "张小雨\u{200b}",
            "17000000001-1234",
            ["上海市", "上海市", "浦东新区"],
            "示例路 1 号\tA&B 座",
        ),
        items: vec![Item {
            title: "水杯".into(),
            quantity: 2,
            customs: crate::order::Customs::default(),
            codes: crate::order::Codes::default(),
        }],
        weight_g: Some(880),
        note: " 放门口🎀\n".into(),
        services: Services {
            cod_fen: Some(12_805),
            insured_fen: Some(300_000),
            ..Services::default()
        },
        ..Consignment::default()
    }
}

/// An answer read as a document.
pub fn heard<T: DeserializeOwned>(body: &str) -> Result<T, CarrierError> {
    document(&Answer { status: 200, body: body.as_bytes().to_vec() })
}

/// What happened, in a word, with the code and what mends it.
pub fn word<T>(outcome: &Result<T, CarrierError>) -> (&'static str, &str, Option<Fix>) {
    match outcome {
        Ok(_) => ("yes", "", None),
        Err(CarrierError::NotSent { .. }) => ("not sent", "", None),
        Err(CarrierError::Unknown { .. }) => ("unknown", "", None),
        Err(CarrierError::Busy { .. }) => ("busy", "", None),
        Err(CarrierError::Refused { code, fix, .. }) => ("refused", code, Some(*fix)),
    }
}
