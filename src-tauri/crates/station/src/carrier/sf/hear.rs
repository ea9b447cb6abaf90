//! What SF tells by itself: what happens to parcels (`RoutePushService`), as JSON or as XML in a
//! form, at most ten things a push, of several parcels mixed; and what becomes of orders
//! (订单状态推送). Neither is signed: the address that SF's console was given ends in a secret of the
//! account's own, and who does not know it is not read. Source: SF's page of the service, copied by
//! two projects, and logs of its sandbox; of the states there are four clients and one log.

use super::{
    Sf, track,
    wire::{Pushed, Stated},
    xml,
};
use crate::carrier::{
    digest::same,
    hear::{Heard, Hears, News, Push},
    moment,
    reading::is_waybill_no,
    track::{Stage, TrackEvent, Tracked},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::HashSet;

/// The name of the push of what happens to parcels.
const ROUTES: &str = "RoutePushService";
/// That of states of orders.
const STATES: &str = "PushOrderState";
/// A secret that nobody finds by trying; what stands in an address as it is.
const TOKEN_CHARS_MIN: usize = 16;
const TOKEN_CHARS_MAX: usize = 200;
/// Far more than SF's ten.
const THINGS_MAX: usize = 1_000;
/// Of a state's words.
const TEXT_CHARS_MAX: usize = 300;
const WORD_CHARS_MAX: usize = 40;

/// `orderStateCode`: whether a courier was found. No document says when each of them was, and two
/// projects have the list: they are shown, and move nothing.
const STATE_CODES: [&str; 19] = [
    "00",
    "00-2000",
    "00-40045-1000",
    "04",
    "04-40001",
    "40001",
    "04-40037",
    "04-40002-40021",
    "04-40002-40022",
    "04-40002-40004",
    "04-40002-40005",
    "04-40002-40027",
    "04-40002-40028",
    "04-40002-40031",
    "04-40002-40014",
    "04-40002-40015",
    "04-40002-40016",
    "04-40002-40035",
    "04-40002-40036",
];
/// A courier has it; what is behind it differs.
const FETCHED: &str = "05-";

/// Whether a text can be the secret of an address.
pub fn is_token(text: &str) -> bool {
    (TOKEN_CHARS_MIN..=TOKEN_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// In which form a push came; its answer has the same.
#[derive(Clone, Copy)]
enum Form {
    Json,
    Xml,
}

/// What a push tells of.
enum Told {
    Routes(Vec<Value>),
    States(Vec<Value>, String),
}

impl Hears for Sf {
    fn opens(&self, token: &str) -> bool {
        let own = self.door.account.push_token.expose();
        is_token(own) && same(own.as_bytes(), token.as_bytes())
    }

    fn hear(&self, push: Push<'_>) -> Heard {
        let Some((form, told)) = read(push.body) else { return Heard::NotMine };
        let (tracked, answers) = match told {
            None => return refused(routes_answer(form, false), "neither routes nor states"),
            Some(Told::Routes(things)) => (routes(things), routes_answer as fn(Form, bool) -> _),
            Some(Told::States(things, sent)) => (states(things, &sent), states_answer as _),
        };
        match tracked {
            Some(tracked) => {
                let news = News { tracked, told_at_ms: push.now_ms, ..News::default() };
                Heard::Tracks { news, answer: answers(form, true) }
            }
            None => refused(answers(form, false), "nothing of it can be read"),
        }
    }
}

fn refused(answer: String, why: &'static str) -> Heard {
    Heard::Refused { answer, why }
}

/// The form of a push and what it tells of; nothing where it is in neither form.
fn read(body: &[u8]) -> Option<(Form, Option<Told>)> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    if body.first() == Some(&b'{') {
        return Some((Form::Json, serde_json::from_slice(body).ok().and_then(of_json)));
    }
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(body).ok()?;
    let (_, content) = fields.into_iter().find(|(name, _)| name == "content")?;
    content.trim_start().starts_with('<').then(|| (Form::Xml, of_xml(&content)))
}

fn of_json(mut said: Value) -> Option<Told> {
    let routes = said.pointer_mut("/Body/WaybillRoute").map(Value::take);
    if let Some(routes) = routes {
        return Some(Told::Routes(things(routes)));
    }
    let states = said.get_mut("orderState").map(Value::take)?;
    let sent = match &said["timestamp"] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    };
    Some(Told::States(things(states), sent))
}

fn of_xml(content: &str) -> Option<Told> {
    let (service, things) = xml::request(content.trim())?;
    let things = things.into_iter().map(Value::Object).collect();
    match service.as_str() {
        ROUTES => Some(Told::Routes(things)),
        STATES => Some(Told::States(things, String::new())),
        _ => None,
    }
}

/// A list, or one alone.
fn things(said: Value) -> Vec<Value> {
    match said {
        Value::Array(all) => all,
        one @ Value::Object(_) => vec![one],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// What happened, by parcel. What has no number or no moment is left out; `None` if that is all.
fn routes(said: Vec<Value>) -> Option<Vec<Tracked>> {
    let mut seen = HashSet::new();
    let events = each(said, |route: Pushed| {
        // The same thing twice in one push: by SF's own number of it.
        let again = !route.id.is_empty() && !seen.insert((route.mailno.clone(), route.id));
        (!again).then_some((route.mailno, track::event(route.step)?))
    });
    by_parcel(events)
}

fn states(said: Vec<Value>, sent: &str) -> Option<Vec<Tracked>> {
    by_parcel(each(said, |state: Stated| {
        let times = [&state.create_tm, &state.last_time, &state.book_time, sent];
        let at_ms = times.into_iter().find_map(moment::ms)?;
        let code = state.order_state_code;
        let known = STATE_CODES.contains(&code.as_str()) || code.starts_with(FETCHED);
        let words = [state.order_state_desc, state.emp_code, state.emp_phone];
        let text = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let text = if text.is_empty() { code.clone() } else { text };
        let event = TrackEvent {
            at_ms,
            stage: Stage::Other,
            // A code of the list is no riddle to anybody.
            word: if known { String::new() } else { short(&code, WORD_CHARS_MAX) },
            text: short(&text, TEXT_CHARS_MAX),
            place: String::new(),
        };
        Some((state.waybill_no, event))
    }))
}

/// What can be read of each; nothing of it, and whether there was anything.
fn each<T: DeserializeOwned>(
    said: Vec<Value>,
    mut read: impl FnMut(T) -> Option<(String, TrackEvent)>,
) -> (usize, Vec<(String, TrackEvent)>) {
    let mut forms = 0;
    let of_form = said.into_iter().take(THINGS_MAX).filter_map(|one| {
        let one = serde_json::from_value(one).ok()?;
        forms += 1;
        read(one)
    });
    let events = of_form.collect();
    (forms, events)
}

fn by_parcel((forms, events): (usize, Vec<(String, TrackEvent)>)) -> Option<Vec<Tracked>> {
    let mut all: Vec<Tracked> = Vec::new();
    for (no, event) in events {
        if !is_waybill_no(&no) {
            continue;
        }
        match all.iter_mut().find(|parcel| parcel.no == no) {
            Some(parcel) => parcel.events.push(event),
            None => all.push(Tracked { no, stage: None, events: vec![event] }),
        }
    }
    all.iter_mut().for_each(|parcel| parcel.events.sort_by_key(|event| event.at_ms));
    (forms > 0).then_some(all)
}

fn short(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}

/// What SF's page wants to hear of routes; of a "no" the whole push comes again.
fn routes_answer(form: Form, yes: bool) -> String {
    let (code, words) = if yes { ("0000", "成功") } else { ("1000", "系统异常") };
    match (form, yes) {
        (Form::Json, _) => json!({"return_code": code, "return_msg": words}).to_string(),
        (Form::Xml, true) => format!("<Response service=\"{ROUTES}\"><Head>OK</Head></Response>"),
        (Form::Xml, false) => format!(
            "<Response service=\"{ROUTES}\"><Head>ERR</Head>\
             <ERROR code=\"4001\">系统发生数据错误或运行时异常</ERROR></Response>"
        ),
    }
}

/// What clients answer of states; only their "yes" is known.
fn states_answer(form: Form, yes: bool) -> String {
    let (success, code, words) =
        if yes { ("true", "0", "") } else { ("false", "1", "系统异常") };
    match form {
        Form::Json => json!({"success": success, "code": code, "msg": words}).to_string(),
        Form::Xml => format!("<Response><success>{success}</success></Response>"),
    }
}

#[cfg(test)]
mod tests;
