//! What Karrio's answers mean. Pure.

use super::{
    Account, LabelType, codes,
    wire::{Connection, Message, No, Page, Rate, Rates, Shipment, Tracker, TrackerEvent},
};
use crate::{
    carrier::{
        CarrierError, Fix, Template, Waybill,
        offers::Quote,
        reading::{is_waybill_no, said, unknown},
        track::{TrackEvent, Tracked},
    },
    outside::Answer,
};
use serde::de::DeserializeOwned;

/// Of a gateway's errors, as many as a packer reads.
const SAID_MAX: usize = 3;
/// How dots that were made for 300 dpi and 4 × 6 in are said in ZPL.
const SIZE_300: &str = "^PW1200^LL1800";

/// The document of a "yes", or what kind of "no" it is.
pub fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, CarrierError> {
    if !matches!(answer.status, 200..=202) {
        return Err(no(answer));
    }
    let yes = Answer { status: 200, body: answer.body.clone() };
    crate::carrier::reading::document(&yes)
}

/// A "no" of the gateway is one only in its own words; any other page says nothing.
fn no(answer: &Answer) -> CarrierError {
    let status = answer.status;
    if status == 429 {
        return CarrierError::Busy { said: "HTTP 429".to_owned() };
    }
    let heard: No = serde_json::from_slice(&answer.body).unwrap_or_default();
    let words: Vec<Message> = heard.errors.into_iter().chain(heard.messages).collect();
    let Some(first) = words.first() else { return unknown(format!("HTTP {status}")) };
    let unread = words.iter().find(|one| one.is_exception() || codes::is_unread(&one.code()));
    match (status, unread) {
        (400..=428, None) => CarrierError::Refused {
            code: first.code(),
            said: joined(&words),
            fix: match status {
                401 | 403 => Fix::EditAccount,
                _ => codes::fix(&first.code(), &first.message),
            },
        },
        (_, Some(unread)) => unknown(format!("HTTP {status}, {}", unread.code())),
        (_, None) => unknown(format!("HTTP {status}, {}", first.code())),
    }
}

/// The gateway's and its carriers' words; `carrier_id` says whose they are.
fn joined(words: &[Message]) -> String {
    let one = |message: &Message| match message.carrier_id.as_str() {
        "" => message.message.clone(),
        carrier => format!("{carrier}: {}", message.message),
    };
    let all: Vec<String> = words.iter().take(SAID_MAX).map(one).collect();
    said(&all.join(" · "))
}

/// All shipments of a reference. The gateway looks for parts of it, in any case.
///
/// # Errors
/// A list that goes on hides something.
pub fn of_reference(page: Page<Shipment>, reference: &str) -> Result<Vec<Shipment>, CarrierError> {
    if !page.next.is_empty() {
        return Err(unknown("more shipments of one reference than a list holds"));
    }
    Ok(page.results.into_iter().filter(|one| one.reference == reference).collect())
}

/// Whether it has a number that is good.
pub fn is_bought(shipment: &Shipment) -> bool {
    let status = shipment.status.as_str();
    !matches!(status, "" | codes::DRAFT | codes::CANCELLED) && !shipment.tracking_number.is_empty()
}

/// The number of a bought shipment; its label is fetched beside.
pub fn waybill(shipment: &Shipment, reference: &str) -> Result<Waybill, CarrierError> {
    if shipment.reference != reference {
        return Err(unknown("an answer for another reference"));
    }
    if !is_bought(shipment) {
        return Err(unknown(format!("yes, but the shipment is \"{}\"", shipment.status)));
    }
    if !is_waybill_no(&shipment.tracking_number) {
        return Err(unknown("something that is no waybill number"));
    }
    let place = shipment.recipient.as_ref();
    Ok(Waybill {
        no: shipment.tracking_number.clone(),
        sort_code: place.map(|place| place.country_code.clone()).unwrap_or_default(),
        destination: place.map(|place| place.postal_code.clone()).unwrap_or_default(),
        ..Waybill::default()
    })
}

/// The label that came with a purchase, in base64.
pub fn label(account: &Account, base64: &str) -> Template {
    match (Template::read(base64.to_owned()), account.label_type) {
        (Template::Here(bytes), LabelType::Zpl300) => Template::Here(with_size(bytes)),
        (template, _) => template,
    }
}

/// ZPL that says no size is taken for 203 dpi; this was asked for at 300.
fn with_size(bytes: Vec<u8>) -> Vec<u8> {
    let has = |word: &[u8]| bytes.windows(word.len()).any(|at| at.eq_ignore_ascii_case(word));
    let start = bytes.windows(3).position(|at| at.eq_ignore_ascii_case(b"^XA"));
    match start {
        Some(start) if !has(b"^PW") && !has(b"^LL") => {
            let (head, rest) = bytes.split_at(start + 3);
            [head, SIZE_300.as_bytes(), rest].concat()
        }
        Some(_) | None => bytes,
    }
}

/// The rate that is bought: the named service's, else the cheapest.
///
/// # Errors
/// There is none; the words say what the carriers said of it.
pub fn chosen<'s>(account: &Account, draft: &'s Shipment) -> Result<&'s Rate, CarrierError> {
    let fits = |rate: &&Rate| account.service.is_empty() || rate.service == account.service;
    let priced = draft.rates.iter().filter(fits).filter(|rate| !rate.id.is_empty());
    let cheapest = priced.min_by_key(|rate| minor(&rate.total_charge).unwrap_or(i64::MAX));
    cheapest.ok_or_else(|| {
        let services: Vec<&str> = draft.rates.iter().map(|rate| rate.service.as_str()).collect();
        let fix = match draft.messages.first() {
            Some(message) => codes::fix(&message.code(), &message.message),
            None => Fix::EditAccount,
        };
        let said = match draft.messages.as_slice() {
            [] => said(&services.join(", ")),
            words => joined(words),
        };
        CarrierError::Refused { code: "no_rate".to_owned(), said, fix }
    })
}

/// The answer to a cancel.
pub fn cancelled(shipment: &Shipment) -> Result<(), CarrierError> {
    match shipment.status.as_str() {
        codes::CANCELLED => Ok(()),
        other => Err(unknown(format!("the shipment is \"{other}\""))),
    }
}

/// Whether the account's connections are there, in the world that the settings name.
pub fn connected(account: &Account, page: &Page<Connection>) -> Result<(), CarrierError> {
    let refused = |code: &str, said: String| {
        let (code, fix) = (code.to_owned(), Fix::EditAccount);
        Err(CarrierError::Refused { code, said, fix })
    };
    let is_ours = |one: &&Connection| one.active != Some(false);
    let there: Vec<&Connection> = page.results.iter().filter(is_ours).collect();
    let lacking =
        account.carrier_ids.iter().find(|id| !there.iter().any(|one| one.carrier_id == **id));
    match lacking {
        Some(id) => return refused("connection", id.clone()),
        None if there.is_empty() => return refused("connection", String::new()),
        None => {}
    }
    match there.iter().any(|one| one.test_mode == Some(account.is_production())) {
        true => refused("test_mode", test_word(!account.is_production()).to_owned()),
        false => Ok(()),
    }
}

/// A label of the other world is worth nothing, or costs money.
pub fn of_this_world(account: &Account, draft: &Shipment) -> Result<(), CarrierError> {
    match draft.test_mode {
        Some(test) if test == account.is_production() => Err(CarrierError::Refused {
            code: "test_mode".to_owned(),
            said: test_word(test).to_owned(),
            fix: Fix::EditAccount,
        }),
        Some(_) | None => Ok(()),
    }
}

fn test_word(test: bool) -> &'static str {
    if test { "test" } else { "production" }
}

/// The currency's hundredth of "12.5".
fn minor(amount: &str) -> Option<i64> {
    let amount: f64 = amount.parse().ok()?;
    // Nobody pays us to send: a price below nothing is misread, and would be the cheapest.
    (0.0..1e12).contains(&amount).then(|| (amount * 100.0).round() as i64)
}

/// Prices as they are shown; those without one are left out.
pub fn quotes(rates: Rates) -> Result<Vec<Quote>, CarrierError> {
    if rates.rates.is_empty()
        && let Some(first) = rates.messages.first()
    {
        let fix = codes::fix(&first.code(), &first.message);
        let (code, said) = (first.code(), joined(&rates.messages));
        return Err(CarrierError::Refused { code, said, fix });
    }
    let one = |rate: Rate| {
        Some(Quote {
            total_minor: minor(&rate.total_charge)?,
            carrier: rate.carrier_id,
            product: rate.service,
            currency: rate.currency,
            days: rate.transit_days.parse().ok(),
        })
    };
    Ok(rates.rates.into_iter().filter_map(one).collect())
}

/// What a tracker says, oldest first.
pub fn tracked(no: &str, tracker: Tracker) -> Result<Tracked, CarrierError> {
    if tracker.tracking_number != no {
        return Err(unknown("a tracker of another number"));
    }
    let mut events: Vec<TrackEvent> = tracker.events.into_iter().filter_map(event).collect();
    events.sort_by_key(|event| event.at_ms);
    let stage = (!tracker.status.is_empty()).then(|| codes::stage(&tracker.status));
    Ok(Tracked { no: no.to_owned(), events, stage })
}

/// An event without a day is left out: it could stand nowhere.
fn event(event: TrackerEvent) -> Option<TrackEvent> {
    let at_ms = moment(&event)?;
    let word = if event.code.is_empty() { event.status.clone() } else { event.code };
    let stage = codes::stage(&event.status);
    Some(TrackEvent { at_ms, stage, word, text: event.description, place: event.location })
}

/// With its zone where it says one; else its own clock is taken for UTC, within hours of the truth.
fn moment(event: &TrackerEvent) -> Option<i64> {
    if let Ok(at) = event.timestamp.parse::<jiff::Timestamp>() {
        return Some(at.as_millisecond());
    }
    let date: jiff::civil::Date = event.date.get(..10)?.parse().ok()?;
    let time = ["%H:%M:%S", "%I:%M %p", "%H:%M %p", "%H:%M"]
        .into_iter()
        .find_map(|form| jiff::civil::Time::strptime(form, event.time.trim()).ok());
    let at = date.to_datetime(time.unwrap_or_default());
    at.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp().as_millisecond())
}
