//! Where a parcel is, by RequestType 1002, 8001 or 8002, of a carrier abroad by 7101; and how a
//! trace is read, which pushes bring in the same shape.
//!
//! 1002 says a whole state beside a list of sentences: the newest sentence bears it. 8001 and 8002
//! say a code with every sentence. A code that is not in the table (`stage`) is kept as it came.

mod abroad;
mod stage;
mod wire;

pub use wire::Trail;

use super::{Kdniao, TrackBy, codes};
use crate::{
    carrier::{
        CarrierError, Fix,
        reading::{said, unknown},
        track::{Allowance, Stage, TrackAsk, TrackEvent, Tracked, Tracks},
    },
    outside::{Http, Later},
};

/// Carriers that answer only who knows the end of a phone: SF always, ZTO and KYSY since 2025.
const WANT_PHONE: [&str; 3] = ["SF", "ZTO", "KYSY"];
/// Events of one parcel that are kept; the longest ways abroad have some sixty.
const EVENTS_MAX: usize = 300;
/// KDNiao's own limit of a sentence.
const TEXT_CHARS_MAX: usize = 500;
const WORD_CHARS_MAX: usize = 40;
/// How KDNiao says that a service was not ordered, as far as that was seen.
const NO_PACKAGE: &[&str] = &["套餐", "余额", "权限", "未开通", "未授权"];
/// Calls a day of the free 1002, once KDNiao has approved the account.
const FREE_CALLS_A_DAY: u32 = 30_000;
/// 8001 and 8002 take no more; 1002's own limit is not documented.
const CALLS_PER_S: u32 = 20;
const MINUTE_MS: i64 = 60_000;
/// A free look, or one of a number that was paid for as a whole.
const AGAIN_MS: i64 = 30 * MINUTE_MS;
/// 8002 is paid by the call.
const AGAIN_PAID_MS: i64 = 360 * MINUTE_MS;

/// Whose codes and refusals: the same State means different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// 1002, 8001, 8002.
    Home,
    /// 7101.
    Abroad,
}

impl Manner {
    fn of(self, code: &str) -> Option<Stage> {
        match self {
            Self::Home => stage::of(code),
            Self::Abroad => abroad::of(code),
        }
    }

    fn of_state(self, state: &str) -> Option<Stage> {
        match state {
            "" | "0" => None,
            digit if digit.len() == 1 => Some(self.of(digit).unwrap_or(Stage::Other)),
            _ => Some(Stage::Other),
        }
    }
}

impl Tracks for Kdniao {
    fn allowance(&self) -> Allowance {
        let (calls_a_day, again_after_ms) = match self.account.track {
            Some(TrackBy::Free) => (Some(FREE_CALLS_A_DAY), AGAIN_MS),
            Some(TrackBy::Watch) => (None, AGAIN_MS),
            Some(TrackBy::Query) => (None, AGAIN_PAID_MS),
            None => (Some(0), AGAIN_MS),
        };
        Allowance { batch_max: 1, calls_a_day, calls_per_s: CALLS_PER_S, again_after_ms }
    }

    fn again_after_ms(&self, carrier: &str) -> i64 {
        let whose = if carrier.is_empty() { &self.account.shipper_code } else { carrier };
        // What 7101 costs is not documented: as if by the call.
        match self.is_abroad(whose) {
            true => AGAIN_PAID_MS,
            false => self.allowance().again_after_ms,
        }
    }

    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>> {
        Box::pin(async move {
            // KDNiao names one number a call: what is beyond it is left out of the list.
            let Some(ask) = asks.first() else { return Ok(Vec::new()) };
            let manner = self.manner(self.whose(ask).0);
            let by = match manner {
                Manner::Abroad => codes::TRACK_ABROAD,
                Manner::Home => self.question(),
            };
            let trail: Trail = self.call(http, by, &self.asked(ask, manner)).await?;
            Ok(vec![tracked(trail, &ask.no, manner)?])
        })
    }
}

impl Kdniao {
    fn question(&self) -> &'static str {
        match self.account.track {
            Some(TrackBy::Watch) => codes::WATCH,
            Some(TrackBy::Query) => codes::QUERY,
            Some(TrackBy::Free) | None => codes::TRACK,
        }
    }

    /// Whose a number is, and what `CustomerName` says of it: the end of a phone, where one is
    /// wanted.
    pub(super) fn whose<'a>(&'a self, ask: &'a TrackAsk) -> (&'a str, &'a str) {
        let shipper_code = match ask.carrier.as_str() {
            "" => self.account.shipper_code.as_str(),
            other => other,
        };
        let wants_phone = WANT_PHONE.contains(&shipper_code);
        (shipper_code, if wants_phone { ask.phone_tail.expose() } else { "" })
    }

    /// Whether a carrier's numbers are asked after as those abroad are.
    pub(super) fn is_abroad(&self, shipper_code: &str) -> bool {
        self.account.track_abroad && abroad::CARRIERS.contains(&shipper_code)
    }

    /// How a trace of this carrier is to be read.
    pub(super) fn manner(&self, shipper_code: &str) -> Manner {
        if self.is_abroad(shipper_code) { Manner::Abroad } else { Manner::Home }
    }

    fn asked(&self, ask: &TrackAsk, manner: Manner) -> String {
        let (shipper_code, customer_name) = self.whose(ask);
        let question = wire::Question {
            order_code: &ask.order_key,
            shipper_code,
            logistic_code: &ask.no,
            customer_name,
            sort: (manner == Manner::Home).then_some(0),
        };
        serde_json::to_string(&question).expect("plain structs of texts always serialise")
    }
}

/// What an answer says of `no`, or why it says nothing.
pub fn tracked(trail: Trail, no: &str, manner: Manner) -> Result<Tracked, CarrierError> {
    match (trail.success, trail.result_code.as_str()) {
        (Some(true), "" | "100") => {}
        (Some(true), code) => return Err(unknown(format!("success with code {code}"))),
        (Some(false), "100") => return Err(unknown("code 100 without success")),
        (Some(false), _) => return refused(&trail, no, manner),
        (None, _) => return Err(unknown("neither yes nor no")),
    }
    if trail.logistic_code != no {
        return Err(unknown("an answer that does not name the number"));
    }
    if trail.state.is_empty() && trail.traces.is_empty() {
        return Err(unknown("neither a state nor a trace"));
    }
    Ok(read(trail, manner))
}

/// A trace of which it is known whose it is.
pub fn read(trail: Trail, manner: Manner) -> Tracked {
    let whole = match trail.state_ex.as_str() {
        "" => manner.of_state(&trail.state),
        code => manner.of(code).or_else(|| manner.of_state(&trail.state)),
    };
    let traces = trail.traces.into_iter();
    let mut events: Vec<TrackEvent> =
        traces.filter_map(|trace| event(trace, manner)).take(EVENTS_MAX).collect();
    // Stable: what happened within a second stays as KDNiao lists it.
    events.sort_by_key(|event| event.at_ms);
    if let Some(newest) = events.last_mut()
        && newest.word.is_empty()
    {
        newest.word = short(first_of(&trail.state_ex, &trail.state), WORD_CHARS_MAX);
        newest.stage = whole.unwrap_or(Stage::Other);
    }
    Tracked { no: trail.logistic_code, events, stage: whole }
}

/// An event without a readable time has no place in the order of time and is left out: the state
/// beside it still counts.
fn event(trace: wire::Trace, manner: Manner) -> Option<TrackEvent> {
    let mut text = trace.accept_station;
    if !trace.remark.is_empty() && !text.contains(&trace.remark) {
        text = format!("{text} {}", trace.remark);
    }
    Some(TrackEvent {
        at_ms: abroad::moment_ms(&trace.accept_time, &trace.timezone)?,
        stage: manner.of(&trace.action).unwrap_or(Stage::Other),
        word: short(&trace.action, WORD_CHARS_MAX),
        text: short(text.trim(), TEXT_CHARS_MAX),
        place: short(&trace.location, WORD_CHARS_MAX),
    })
}

/// A "no". The codes are KDNiao's (carriers.md 1.3); what has none is told by the few words that
/// were seen, and else is about this number alone. Abroad every "no" is: a package that is not
/// there must not stop the questions at home.
fn refused(trail: &Trail, no: &str, manner: Manner) -> Result<Tracked, CarrierError> {
    let said = said(&trail.reason);
    let fix = match trail.result_code.as_str() {
        "405" => return Err(CarrierError::Busy { said }),
        "102" | "104" if manner == Manner::Home => Fix::EditAccount,
        "101" | "103" | "401" | "402" | "403" | "404" => Fix::EditOrder,
        _ if has_any(&said, &["频繁", "并发", "限流", "次数"]) => {
            return Err(CarrierError::Busy { said });
        }
        _ if manner == Manner::Home && has_any(&said, NO_PACKAGE) => Fix::EditAccount,
        // "No trace yet" comes with either answer.
        "" if trail.logistic_code == no && has_any(&said, &["暂无", "无轨迹"]) => {
            return Ok(Tracked { no: no.to_owned(), events: Vec::new(), stage: None });
        }
        "" if said.is_empty() => return Err(unknown("no, without a word")),
        _ => Fix::AskCarrier,
    };
    Err(CarrierError::Refused { code: trail.result_code.clone(), said, fix })
}

fn has_any(said: &str, words: &[&str]) -> bool {
    words.iter().any(|word| said.contains(word))
}

fn first_of<'a>(one: &'a str, other: &'a str) -> &'a str {
    if one.is_empty() { other } else { one }
}

fn short(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}

#[cfg(test)]
mod tests;
