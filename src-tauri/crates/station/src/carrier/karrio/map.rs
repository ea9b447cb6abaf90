//! From a consignment to the texts Karrio gets. Pure: same account and consignment, same bytes.

use super::{
    Account,
    wire::{
        Commodity, Declaration, Draft, Duty, Options, Parcel, Party, Purchase, RateAsk, StoredVoid,
    },
};
use crate::{
    carrier::{
        Consignment,
        offers::Way,
        writing::json,
        writing::{Wish, not_offered},
    },
    order::{Address, Fault, FaultCode, Item, Person, abroad, country},
};
use std::collections::BTreeMap;

const KG: &str = "KG";
/// Karrio takes no longer line, name or place.
const LINE_CHARS_MAX: usize = 100;
const PLACE_CHARS_MAX: usize = 50;
/// Of a title and a description of goods.
const GOODS_CHARS_MAX: usize = 200;

/// The stored text of a create, or every reason why there is none.
pub fn draft(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    if ask.receiver.address.is_abroad() {
        faults = abroad::faults(Some(&ask.sender), &ask.receiver, &ask.items);
    }
    not_offered(ask.services, &[Wish::Cod, Wish::ReceiverPays], &mut faults);
    let shipper = party(&ask.sender, "sender.", &mut faults);
    let recipient = party(&ask.receiver, "", &mut faults);
    let Some(weight_g) = ask.weight_g.filter(|weight_g| *weight_g > 0) else {
        let (code, field) = (FaultCode::WeightMissing, "weight".to_owned());
        faults.push(Fault { code, field, what: String::new() });
        return Err(faults);
    };
    let crosses = shipper.country_code != recipient.country_code;
    let customs =
        if crosses { declaration(account, &ask.items, weight_g, &mut faults) } else { None };
    if !faults.is_empty() {
        return Err(faults);
    }
    let insurance = ask.services.insured_fen.map(|fen| amount(u64::from(fen)));
    let value = customs.as_ref().map(|customs| &customs.duty);
    let options = Options {
        currency: value
            .map(|duty| duty.currency.clone())
            .or_else(|| insurance.map(|_| "CNY".to_owned())),
        declared_value: value.map(|duty| duty.declared_value),
        insurance,
    };
    Ok(json(&Draft {
        shipper,
        recipient,
        parcels: [Parcel { weight: kilograms(weight_g), weight_unit: KG }],
        customs,
        options,
        label_type: account.label_type.word(),
        carrier_ids: &account.carrier_ids,
        reference: &ask.order_key,
    }))
}

/// The text that asks for prices.
pub fn rates(account: &Account, way: &Way) -> String {
    let at = |address: &Address| {
        let person = Person { address: address.clone(), ..Person::default() };
        party(&person, "", &mut Vec::new())
    };
    json(&RateAsk {
        shipper: at(&way.from),
        recipient: at(&way.to),
        parcels: [Parcel { weight: kilograms(way.weight_g.max(1)), weight_unit: KG }],
        options: Options {
            currency: way.insured_fen.map(|_| "CNY".to_owned()),
            declared_value: None,
            insurance: way.insured_fen.map(|fen| amount(u64::from(fen))),
        },
        carrier_ids: &account.carrier_ids,
    })
}

/// The text that buys a rate.
pub fn purchase(rate_id: &str, label_type: &str) -> String {
    json(&Purchase { selected_rate_id: rate_id, label_type })
}

/// The stored text of a number that is given back.
pub fn void(order_key: &str, waybill_no: &str) -> String {
    let (reference, tracking_number) = (order_key.to_owned(), waybill_no.to_owned());
    json(&StoredVoid { reference, tracking_number })
}

fn kilograms(weight_g: u32) -> f64 {
    f64::from(weight_g) / 1_000.0
}

/// Hundredths as the currency's unit; exact for every sum that is in a shop.
fn amount(minor: u64) -> f64 {
    minor as f64 / 100.0
}

fn party(person: &Person, side: &str, faults: &mut Vec<Fault>) -> Party {
    let at = &person.address;
    let mut fits = |text: &str, name: &str, chars_max: usize| {
        let text = clean(text);
        if text.chars().count() > chars_max {
            // Names and places are never cut: a parcel would go astray with them.
            let field = format!("{side}{name}");
            faults.push(Fault { code: FaultCode::TooLong, field, what: String::new() });
        }
        text
    };
    let country_code = match at.country.as_str() {
        "" => country::of_province(&at.province),
        code => code,
    };
    let (line, more) = match at.is_abroad() {
        true => (at.detail.clone(), at.district.clone()),
        false => (format!("{}{}", at.district, at.detail), String::new()),
    };
    Party {
        person_name: fits(&person.name, "name", LINE_CHARS_MAX),
        address_line1: fits(&line, "detail", LINE_CHARS_MAX),
        address_line2: fits(&more, "district", LINE_CHARS_MAX),
        city: fits(&at.city, "city", PLACE_CHARS_MAX),
        state_code: fits(&at.province, "province", PLACE_CHARS_MAX),
        postal_code: clean(&at.postcode),
        country_code: country_code.to_owned(),
        phone_number: clean(&person.phone),
        email: clean(&person.email),
    }
}

/// What customs are told. Goods without a weight of their own share what is left of the parcel's.
fn declaration(
    account: &Account,
    items: &[Item],
    weight_g: u32,
    faults: &mut Vec<Fault>,
) -> Option<Declaration> {
    let known_g: u64 = items.iter().map(|item| pieces_g(item).unwrap_or(0)).sum();
    let unknown: u64 =
        items.iter().filter(|item| pieces_g(item).is_none()).map(|i| u64::from(i.quantity)).sum();
    // At least a gram: nothing weighs nothing.
    let share_g =
        u64::from(weight_g).saturating_sub(known_g).checked_div(unknown).unwrap_or(0).max(1);
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    let mut commodities = Vec::new();
    for item in items {
        let known = &item.customs;
        let value = u64::from(known.value_minor.unwrap_or(0));
        *sums.entry(known.currency()).or_default() += value * u64::from(item.quantity);
        let piece_g = known.weight_g.unwrap_or_else(|| u32::try_from(share_g).unwrap_or(u32::MAX));
        let short = |text: &str| clean(text).chars().take(GOODS_CHARS_MAX).collect::<String>();
        commodities.push(Commodity {
            title: short(abroad::english(item)),
            description: short(abroad::english(item)),
            quantity: item.quantity.max(1),
            weight: kilograms(piece_g),
            weight_unit: KG,
            hs_code: known.hs_code.clone(),
            value_amount: amount(value),
            value_currency: known.currency().to_owned(),
            origin_country: known.origin().to_owned(),
        });
    }
    let mut sums = sums.into_iter();
    let (currency, sum) = sums.next()?;
    if sums.next().is_some() {
        // One parcel has one value.
        let (code, field) = (FaultCode::CustomsMissing, "customs".to_owned());
        faults.push(Fault { code, field, what: "currency".to_owned() });
    }
    let (currency, declared_value) = (currency.to_owned(), amount(sum));
    Some(Declaration {
        content_type: "merchandise",
        incoterm: account.incoterm.clone(),
        commodities,
        duty: Duty { paid_by: account.duties_by(), currency, declared_value },
    })
}

fn pieces_g(item: &Item) -> Option<u64> {
    item.customs.weight_g.map(|weight_g| u64::from(weight_g) * u64::from(item.quantity))
}

/// Nothing invisible, every run of blanks one space.
fn clean(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
