//! Where parcels are, by `EXP_RECE_SEARCH_ROUTES`. Numbers of our own are asked by our keys, many
//! in one call, which needs no phone; a number from elsewhere by itself, with the end of one.

use super::{
    Sf, answer, codes,
    wire::{AskRoutes, Order, Step},
};
use crate::{
    carrier::{
        CarrierError,
        reading::{china_ms, unknown},
        track::{Allowance, Stage, TrackAsk, TrackEvent, Tracked, Tracks},
    },
    outside::{Http, Later},
};

/// Numbers in one call. SF's facts name no limit; ten keep an answer small.
const BATCH_MAX: usize = 10;
/// SF's usual allowance of a service (carriers.md 2.1, at A1005).
const CALLS_A_DAY: u32 = 3_000;
const CALLS_PER_S: u32 = 30;
const AGAIN_MS: i64 = 30 * 60_000;
/// Events of one parcel that are kept.
const EVENTS_MAX: usize = 300;
const TEXT_CHARS_MAX: usize = 500;
const WORD_CHARS_MAX: usize = 40;

/// `opCode`. 33, 70, 99 and 648 are "problems and returns" in the facts, which do not say which is
/// which: the sentence does, and a person reads it. 130 (put into a locker, or taken out of it) is
/// "signed" to one client and "under way" to another: it is not here.
const CODES: [(&str, Stage); 14] = [
    ("50", Stage::Collected),
    ("30", Stage::InTransit),
    ("31", Stage::InTransit),
    ("36", Stage::InTransit),
    ("3036", Stage::InTransit),
    ("44", Stage::OutForDelivery),
    ("123", Stage::OutForDelivery),
    ("80", Stage::Delivered),
    ("8000", Stage::Delivered),
    // 代理收件: somebody signed for the receiver.
    ("607", Stage::Delivered),
    ("33", Stage::Problem),
    ("70", Stage::Problem),
    ("99", Stage::Problem),
    ("648", Stage::Problem),
];

impl Tracks for Sf {
    fn allowance(&self) -> Allowance {
        Allowance {
            batch_max: BATCH_MAX,
            calls_a_day: Some(CALLS_A_DAY),
            calls_per_s: CALLS_PER_S,
            again_after_ms: AGAIN_MS,
        }
    }

    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>> {
        Box::pin(async move {
            let batch = batch(asks);
            if batch.is_empty() {
                return Ok(Vec::new());
            }
            let answer = self.door.ask(http, codes::ROUTES, &message(batch)).await;
            let data = answer.and_then(answer::service)?;
            let Some(found) = data.msg_data else {
                return Err(unknown("yes, without routes"));
            };
            Ok(read(found, batch))
        })
    }
}

/// What one call can name of them: our own, or one of elsewhere. The rest is left for another.
fn batch(asks: &[TrackAsk]) -> &[TrackAsk] {
    let own = asks.iter().take(BATCH_MAX).take_while(|ask| !ask.order_key.is_empty()).count();
    &asks[..own.max(1).min(asks.len())]
}

fn message(batch: &[TrackAsk]) -> String {
    let own = batch.iter().all(|ask| !ask.order_key.is_empty());
    let number =
        |ask: &'_ TrackAsk| -> String { if own { ask.order_key.clone() } else { ask.no.clone() } };
    let numbers: Vec<String> = batch.iter().map(number).collect();
    let tail = batch.first().map_or("", |ask| ask.phone_tail.expose());
    let message = AskRoutes {
        language: "zh-CN",
        tracking_type: if own { "2" } else { "1" },
        tracking_number: numbers.iter().map(String::as_str).collect(),
        method_type: "1",
        check_phone_no: if own { "" } else { tail },
    };
    serde_json::to_string(&message).expect("plain structs of texts always serialise")
}

/// Numbers nobody asked about are none of ours.
fn read(found: Order, batch: &[TrackAsk]) -> Vec<Tracked> {
    let asked = |no: &str| batch.iter().any(|ask| ask.no == no);
    found
        .route_resps
        .into_iter()
        .filter(|trail| asked(&trail.mail_no))
        .map(|trail| {
            let mut events: Vec<TrackEvent> =
                trail.routes.into_iter().filter_map(event).take(EVENTS_MAX).collect();
            events.sort_by_key(|event| event.at_ms);
            Tracked { no: trail.mail_no, stage: None, events }
        })
        .collect()
}

pub(super) fn event(step: Step) -> Option<TrackEvent> {
    let short = |text: &str, chars_max: usize| text.chars().take(chars_max).collect::<String>();
    let known = CODES.iter().find(|row| row.0 == step.op_code);
    Some(TrackEvent {
        at_ms: china_ms(&step.accept_time)?,
        stage: known.map_or(Stage::Other, |row| row.1),
        word: short(&step.op_code, WORD_CHARS_MAX),
        text: short(&step.remark, TEXT_CHARS_MAX),
        place: short(&step.accept_address, WORD_CHARS_MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::{Secret, reading::document, sf::wire::Envelope};
    use crate::outside::Answer;

    fn ask(no: &str, order_key: &str) -> TrackAsk {
        let phone_tail = Secret::new("0001");
        TrackAsk { no: no.into(), order_key: order_key.into(), carrier: String::new(), phone_tail }
    }

    fn heard(body: &str, batch: &[TrackAsk]) -> Result<Vec<Tracked>, CarrierError> {
        let answer = Answer { status: 200, body: body.as_bytes().to_vec() };
        let envelope: Envelope = document(&answer)?;
        let data = answer::service(envelope)?;
        Ok(read(data.msg_data.expect("a document"), batch))
    }

    #[test]
    fn routes_are_read_by_the_table() {
        let batch = [ask("SF0000000000001", "PB-1-A"), ask("SF0000000000002", "PB-2-A")];
        let found = heard(include_str!("fixtures/routes.json"), &batch).unwrap();
        assert_eq!(found.len(), 2, "one that was not asked about is left out");
        let first: Vec<_> = found[0].events.iter().map(|e| (e.stage, e.word.as_str())).collect();
        assert_eq!(
            first,
            [
                (Stage::Collected, "50"),
                (Stage::InTransit, "30"),
                (Stage::Other, "777"),
                (Stage::OutForDelivery, "44"),
                (Stage::Delivered, "80"),
            ]
        );
        assert_eq!(found[0].events[0].place, "杭州市");
        assert_eq!(found[1].events, []);
        let other = [ask("SF0000000000009", "PB-9-A")];
        assert_eq!(heard(include_str!("fixtures/routes.json"), &other).unwrap(), []);
    }

    #[test]
    fn own_numbers_go_together_and_others_alone() {
        let own = [ask("SF1", "PB-1-A"), ask("SF2", "PB-2-A"), ask("SF3", "")];
        assert_eq!(batch(&own).len(), 2);
        assert_eq!(
            message(batch(&own)),
            r#"{"language":"zh-CN","trackingType":"2","trackingNumber":["PB-1-A","PB-2-A"],"methodType":"1"}"#
        );
        assert_eq!(
            message(batch(&own[2..])),
            r#"{"language":"zh-CN","trackingType":"1","trackingNumber":["SF3"],"methodType":"1","checkPhoneNo":"0001"}"#
        );
        let many: Vec<TrackAsk> = (0..25).map(|n| ask("SF1", &format!("PB-{n}-A"))).collect();
        assert_eq!(batch(&many).len(), BATCH_MAX);
        assert!(batch(&[]).is_empty());
    }

    #[test]
    fn every_documented_code_is_in_the_table() {
        let known = |code: &&str| CODES.iter().any(|row| row.0 == *code);
        let taken = ["50", "30", "31", "36", "3036", "44", "123", "80", "8000", "607"];
        assert!(taken.iter().chain(&["33", "70", "99", "648"]).all(known));
        assert!(!known(&"130"));
    }
}
