//! What KDNiao says beside numbers: prices of the carriers behind it (1815), whether they go
//! somewhere (1814), how long a way takes (6004), what stands in an address (6001), and of parcels
//! under way and outlets (`sent`). Prices and reach belong to the contract for fetching; the rest
//! is paid for by the call. 1814 also names slots of three days, by fields that no document here
//! shows: they are not read.

mod route;
mod sent;
mod wire;

pub(super) use wire::Eta as Expected;

use super::{Kdniao, codes, map};
use crate::{
    carrier::{
        CarrierError, Fix, moment,
        offers::{Estimates, Eta, Quote, Quotes, Reach, Reaches, SplitText, Splits, Way},
        reading::{hundredths, said, unknown},
        writing::json,
    },
    order::{Address, Person},
    outside::{Http, Later},
};
pub(super) use wire::Place;
use wire::{Envelope, Price, Spread};

/// Of the levels of service (within two hours, half a day, the day) the one all clients ask.
const SAME_DAY: u8 = 5;
/// Prices read of one answer; a contract names about ten carriers.
const PRICES_MAX: usize = 50;
/// No text to be split is longer.
const TEXT_CHARS_MAX: usize = 500;

impl Quotes for Kdniao {
    fn quote<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
    ) -> Later<'a, Result<Vec<Quote>, CarrierError>> {
        Box::pin(async move {
            let asked = json(&wire::Prices {
                transport_type: 1,
                shipper_type: SAME_DAY,
                weight: f64::from(way.weight_g.max(1)) / 1_000.0,
                insure_amount: way.insured_fen.map_or(0.0, |fen| f64::from(fen) / 100.0),
                sender: place(&way.from)?,
                receiver: place(&way.to)?,
            });
            let answer: Envelope<Vec<Price>> = self.call(http, codes::PRICES, &asked).await?;
            let prices = yes(answer)?.ok_or_else(|| unknown("yes, without prices"))?;
            Ok(prices.into_iter().take(PRICES_MAX).filter_map(quoted).collect())
        })
    }
}

/// A line without a carrier or a sum is no price.
fn quoted(price: Price) -> Option<Quote> {
    let total_minor = hundredths(&price.total_fee)?;
    (!price.shipper_code.is_empty() && total_minor > 0).then(|| Quote {
        carrier: price.shipper_code,
        product: String::new(),
        total_minor,
        currency: "CNY".to_owned(),
        days: None,
    })
}

impl Reaches for Kdniao {
    fn reach<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
    ) -> Later<'a, Result<Reach, CarrierError>> {
        Box::pin(async move {
            let asked = json(&wire::Reach {
                shipper_type: SAME_DAY,
                sender: place(&way.from)?,
                receiver: place(&way.to)?,
            });
            let answer: Envelope<serde_json::Value> = self.call(http, codes::REACH, &asked).await?;
            let words = said(&answer.reason);
            match yes(answer) {
                Ok(_) => Ok(Reach { yes: true, said: words }),
                // 105 is every "no" of the carriers.
                Err(CarrierError::Refused { code, said, .. }) if code == "105" => {
                    Ok(Reach { yes: false, said })
                }
                Err(error) => Err(error),
            }
        })
    }
}

impl Estimates for Kdniao {
    fn estimate<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
        leaves_at_ms: i64,
    ) -> Later<'a, Result<Eta, CarrierError>> {
        Box::pin(async move {
            let (from, to) = (place(&way.from)?, place(&way.to)?);
            let asked = json(&wire::Estimate {
                shipper_code: &self.account.shipper_code,
                send_province: from.province_name,
                send_city: from.city_name,
                send_area: from.exp_area_name,
                send_address: from.address,
                receive_province: to.province_name,
                receive_city: to.city_name,
                receive_area: to.exp_area_name,
                receive_address: to.address,
                catch_time: moment::text(leaves_at_ms),
            });
            let answer: Envelope<wire::Eta> = self.call(http, codes::ESTIMATE, &asked).await?;
            eta(answer)
        })
    }
}

/// When it arrives: the carrier's own words of it before its plain date.
fn eta(answer: Envelope<wire::Eta>) -> Result<Eta, CarrierError> {
    yes(answer)?.and_then(expected).ok_or_else(|| unknown("yes, without a time"))
}

/// What is said of it, if anything is.
pub(super) fn expected(eta: wire::Eta) -> Option<Eta> {
    let when = if eta.delivery_time.is_empty() { eta.delivery_date } else { eta.delivery_time };
    let hours = eta.hour.trim_end_matches(['h', 'H', '小', '时']).trim().parse().ok();
    let is_said = !when.trim().is_empty() || hours.is_some();
    is_said.then(|| Eta { when: said(&when), hours })
}

impl Splits for Kdniao {
    fn split<'a>(
        &'a self,
        http: &'a dyn Http,
        text: &'a str,
    ) -> Later<'a, Result<SplitText, CarrierError>> {
        Box::pin(async move {
            let content = super::text::clean(text).chars().take(TEXT_CHARS_MAX).collect();
            let asked = json(&wire::Split { content });
            let answer: Envelope<Spread> = self.call(http, codes::SPLIT, &asked).await?;
            let found = yes(answer)?.ok_or_else(|| unknown("yes, without an address"))?;
            let Spread { name, mobile, ext_mobile, province_name, city_name, .. } = &found;
            // The extension of a virtual number is what rings the receiver.
            let dash = if ext_mobile.is_empty() { "" } else { "-" };
            let phone = format!("{mobile}{dash}{ext_mobile}");
            let detail = format!("{}{}", found.street_name, found.address);
            let (province, city) = (province_name.clone(), city_name.clone());
            let district = found.exp_area_name.clone();
            let address = Address { province, city, district, detail, ..Address::default() };
            let person = Person { name: name.clone(), phone, address, ..Person::default() };
            Ok(SplitText { person })
        })
    }
}

/// The data of a "yes", or what the "no" means. Nothing here has done anything.
fn yes<T>(answer: Envelope<T>) -> Result<Option<T>, CarrierError> {
    let code = answer.result_code;
    match (code.as_str(), answer.success) {
        ("100" | "", Some(true)) | ("100", None) => Ok(answer.data),
        (_, Some(true)) => Err(unknown(format!("success with code {code}"))),
        ("", _) => Err(unknown("neither yes nor no")),
        (_, _) => {
            let fix = match code.as_str() {
                "102" | "104" => Fix::EditAccount,
                "101" | "103" => Fix::EditOrder,
                _ => Fix::AskCarrier,
            };
            Err(CarrierError::Refused { said: said(&answer.reason), code, fix })
        }
    }
}

/// An address as the e-waybill has it; one that is not whole is not asked about.
pub(super) fn place(address: &Address) -> Result<Place, CarrierError> {
    let mut faults = Vec::new();
    let [province_name, city_name, exp_area_name] = map::place(address, "", &mut faults);
    if let Some(fault) = faults.first() {
        let why = format!("the address is not whole: {}", fault.field);
        return Err(CarrierError::NotSent { why });
    }
    let address = super::text::clean(&address.detail);
    Ok(Place { province_name, city_name, exp_area_name, address })
}

#[cfg(test)]
mod tests;
