//! What SF says of a way before an order: its price and when it promises to be there, both by
//! `EXP_RECE_QUERY_DELIVERTM`. Source: SF's page of that service, as a public copy has it. Asked
//! for the product that this account orders, so that the price is the one it would pay; its month
//! card goes along, because contracts have prices of their own.

use super::{
    Sf, answer, codes, map,
    wire::{AskPromise, Place, Promise, Said},
};
use crate::{
    carrier::{
        CarrierError,
        moment::{self, text},
        offers::{Estimates, Eta, Quote, Quotes, Way},
        reading::{hundredths, unknown},
    },
    order::Address,
    outside::{Http, Later},
};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// China's time is ahead by so much: days are counted by its calendar.
const CHINA_MS: i64 = 8 * HOUR_MS;

impl Quotes for Sf {
    fn quote<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
    ) -> Later<'a, Result<Vec<Quote>, CarrierError>> {
        Box::pin(async move {
            let now_ms = self.door.now_ms();
            let promises = self.promised(http, way, now_ms).await?;
            Ok(promises.iter().filter_map(|promise| quote(promise, now_ms)).collect())
        })
    }
}

impl Estimates for Sf {
    fn estimate<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
        leaves_at_ms: i64,
    ) -> Later<'a, Result<Eta, CarrierError>> {
        Box::pin(async move {
            let promises = self.promised(http, way, leaves_at_ms).await?;
            let promise = promises.iter().find(|promise| !promise.deliver_time.is_empty());
            promise
                .map(|promise| eta(promise, leaves_at_ms))
                .ok_or_else(|| unknown("yes, without a time"))
        })
    }
}

impl Sf {
    /// What is promised of the account's own product.
    async fn promised(
        &self,
        http: &dyn Http,
        way: &Way,
        leaves_at_ms: i64,
    ) -> Result<Vec<Promise>, CarrierError> {
        let product = map::product(&self.door.account).to_string();
        let card = self.door.account.monthly_card.expose();
        let asked = message(way, leaves_at_ms, &product, card);
        let answer = self.door.ask_soon(http, codes::PROMISE, &asked).await;
        let promises = read(answer.and_then(answer::service)?)?;
        Ok(promises.into_iter().filter(|promise| promise.business_type == product).collect())
    }
}

/// `msgData`: two places, and nobody's name.
fn message(way: &Way, leaves_at_ms: i64, product: &str, card: &str) -> String {
    let ask = AskPromise {
        business_type: product,
        // Kilograms to two digits, and more than nothing.
        weight: f64::from(way.weight_g.div_ceil(10).max(1)) / 100.0,
        consigned_time: text(leaves_at_ms),
        search_price: "1",
        monthly_card: card,
        src_address: place(&way.from),
        dest_address: place(&way.to),
    };
    serde_json::to_string(&ask).expect("plain structs of texts always serialise")
}

/// A municipality's name stands without its last letter in the province.
fn place(address: &Address) -> Place<'_> {
    let province = match address.province.strip_suffix('市') {
        Some(municipality) if address.city == address.province => municipality,
        Some(_) | None => &address.province,
    };
    Place { province, city: &address.city, district: &address.district, address: &address.detail }
}

/// What the service promises, of whatever products.
fn read(data: Said) -> Result<Vec<Promise>, CarrierError> {
    match data.msg_data {
        Some(found) => Ok(found.deliver_tm_dto),
        None => Err(unknown("yes, without promises")),
    }
}

/// A price that is not said is none.
fn quote(promise: &Promise, now_ms: i64) -> Option<Quote> {
    let total_minor = hundredths(&promise.fee).filter(|minor| *minor > 0)?;
    let day = |ms: i64| (ms + CHINA_MS).div_euclid(DAY_MS);
    let days = latest_ms(promise).and_then(|ms| u16::try_from(day(ms) - day(now_ms)).ok());
    let product = match promise.business_type_desc.as_str() {
        "" => promise.business_type.clone(),
        words => words.to_owned(),
    };
    Some(Quote { carrier: "SF".to_owned(), product, total_minor, currency: "CNY".to_owned(), days })
}

fn eta(promise: &Promise, leaves_at_ms: i64) -> Eta {
    let hours = latest_ms(promise).map(|ms| (ms - leaves_at_ms).max(0).div_euclid(HOUR_MS));
    Eta { when: latest(promise).to_owned(), hours: hours.and_then(|hours| hours.try_into().ok()) }
}

/// "from,to", or one moment.
fn latest(promise: &Promise) -> &str {
    promise.deliver_time.rsplit(',').next().unwrap_or_default().trim()
}

fn latest_ms(promise: &Promise) -> Option<i64> {
    moment::ms(latest(promise))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        carrier::{reading::document, sf::wire::Envelope},
        outside::Answer,
    };

    /// 2026-01-01 18:20:11 in China.
    const NOW_MS: i64 = 1_767_262_811_000;
    const SAID: &str = include_str!("fixtures/promise.json");

    fn heard(body: &str) -> Result<Vec<Promise>, CarrierError> {
        let answer = Answer { status: 200, body: body.as_bytes().to_vec() };
        let envelope: Envelope = document(&answer)?;
        read(answer::service(envelope)?)
    }

    fn way() -> Way {
        let at = |[province, city, district, detail]: [&str; 4]| Address {
            province: province.into(),
            city: city.into(),
            district: district.into(),
            detail: detail.into(),
            ..Address::default()
        };
        Way {
            from: at(["浙江省", "杭州市", "余杭区", "文一西路 1 号"]),
            to: at(["上海市", "上海市", "浦东新区", "示例路 1 号"]),
            weight_g: 881,
            insured_fen: None,
        }
    }

    #[test]
    fn the_question_names_places_and_nobody() {
        assert_eq!(
            message(&way(), NOW_MS, "2", ""),
            concat!(
                r#"{"businessType":"2","weight":0.89,"consignedTime":"2026-01-01 18:20:11","#,
                r#""searchPrice":"1","srcAddress":{"province":"浙江省","city":"杭州市","#,
                r#""district":"余杭区","address":"文一西路 1 号"},"destAddress":"#,
                r#"{"province":"上海","city":"上海市","district":"浦东新区","#,
                r#""address":"示例路 1 号"}}"#
            )
        );
        assert!(
            message(&way(), NOW_MS, "2", "7551234567").contains(r#""monthlyCard":"7551234567""#)
        );
    }

    #[test]
    fn a_promise_is_a_price_and_a_time() {
        let promises = heard(SAID).unwrap();
        let quotes: Vec<Quote> = promises.iter().filter_map(|one| quote(one, NOW_MS)).collect();
        let said: Vec<_> =
            quotes.iter().map(|q| (q.product.as_str(), q.total_minor, q.days)).collect();
        // One without a price, and one whose price is no number, are no quotes.
        assert_eq!(said, [("顺丰标快", 1_850, Some(2)), ("1", 2_300, None)]);
        let first = eta(&promises[0], NOW_MS);
        assert_eq!((first.when.as_str(), first.hours), ("2026-01-03 18:00:00", Some(47)));
    }

    #[test]
    fn what_is_no_promise_is_none() {
        for (body, kind) in [
            (SAID.replace("A1000", "A1004"), "refused"),
            (SAID.replace("A1000", "A1005"), "busy"),
            (SAID.replace("S0000", "S0002"), "unknown"),
            (r#"{"apiResultCode":"A1000","apiResultData":"{\"success\":true,\"errorCode\":\"S0000\"}"}"#.into(), "unknown"),
            (SAID[..SAID.len() / 2].to_owned(), "unknown"),
            ("<html>".to_owned(), "unknown"),
        ] {
            let word = match heard(&body) {
                Ok(_) => "yes",
                Err(CarrierError::Refused { .. }) => "refused",
                Err(CarrierError::Busy { .. }) => "busy",
                Err(CarrierError::Unknown { .. } | CarrierError::NotSent { .. }) => "unknown",
            };
            assert_eq!(word, kind, "{body}");
        }
    }
}
