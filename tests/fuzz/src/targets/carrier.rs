//! What KDNiao's door answers.

use super::{at_once, has};
use station::{
    carrier::{
        Carrier, CarrierError, Template,
        kdniao::{Account, Kdniao, Sms},
    },
    outside::{Answer, Http, HttpError, Later, Request},
};
use std::sync::LazyLock;

const STATUSES: [u16; 6] = [200, 200, 200, 429, 502, 302];
/// A stored request, with the label asked for.
const ASKED: &str = r#"{"OrderCode":"PBTEST0001","IsReturnPrintTemplate":"1"}"#;

/// A stored message.
const MESSAGE: &str = r#"{"Detail":[{"ReceiverMobile":"13800000001"}],"TemplateType":7001}"#;

/// Answers everything alike.
pub(super) struct Same<'a>(pub u16, pub &'a [u8]);

impl Http for Same<'_> {
    fn send(&self, _: Request) -> Later<'_, Result<Answer, HttpError>> {
        let answer = Answer { status: self.0, body: self.1.to_vec() };
        Box::pin(async move { Ok(answer) })
    }
}

/// The first byte chooses the HTTP status, the rest is the body; read as the answer to all three
/// requests.
pub fn kdniao(bytes: &[u8]) {
    static CARRIER: LazyLock<Kdniao> = LazyLock::new(|| {
        let account = Account::new("圆通", "YTO", "test1", "key-of-nobody");
        let sms = Some(Sms { template: 7001, words: Vec::new() });
        Kdniao::new(Account { sms, ..account })
    });
    let Some((&first, body)) = bytes.split_first() else { return };
    let status = STATUSES[usize::from(first) % STATUSES.len()];
    let http = Same(status, body);
    match at_once(CARRIER.create_waybill(&http, ASKED)) {
        Ok(waybill) => {
            assert_eq!(status, 200, "a waybill out of HTTP {status}");
            let no = waybill.no;
            assert!(!no.is_empty() && no.len() <= 40 && no.bytes().all(|b| b.is_ascii_graphic()));
            // A number stands in the answer, unless JSON wrote it with escapes.
            assert!(has(body, no.as_bytes()) || has(body, b"\\"), "{no} was never said");
            assert!(waybill.template != Template::NotAsked);
        }
        Err(error) => told(&error, status),
    }
    match at_once(CARRIER.void_waybill(&http, ASKED)) {
        Ok(()) => assert!(status == 200 && (has(body, b"100") || has(body, b"\\"))),
        Err(error) => told(&error, status),
    }
    message(&CARRIER, &http, status, body);
    match at_once(CARRIER.balance(&http)) {
        Ok(_) => assert!(status == 200 && (has(body, b"100") || has(body, b"\\"))),
        Err(error) => told(&error, status),
    }
}

/// The same read as the answer to a message: a "yes" was said, and its key can be shown.
fn message(carrier: &Kdniao, http: &Same<'_>, status: u16, body: &[u8]) {
    let messages = carrier.messages().expect("its account has a template");
    match at_once(messages.send_message(http, MESSAGE)) {
        Ok(key) => {
            let yes = [b"true".as_slice(), b"1", b"\\"];
            assert!(status == 200 && yes.iter().any(|word| has_any_case(body, word)));
            assert!(key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_graphic()));
        }
        Err(error) => told(&error, status),
    }
}

fn has_any_case(body: &[u8], word: &[u8]) -> bool {
    body.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

/// What arrived is never "not sent"; words stay short; what is no answer of KDNiao's is no refusal.
fn told(error: &CarrierError, status: u16) {
    match error {
        CarrierError::NotSent { why } => panic!("it was sent: {why}"),
        CarrierError::Unknown { why } => assert!(why.chars().count() < 400),
        CarrierError::Busy { said } => assert!(said.chars().count() <= 300),
        CarrierError::Refused { said, .. } => {
            assert!(status == 200 && said.chars().count() <= 300);
        }
    }
}
