//! Messages to receivers (RequestType 8101). The one source is a public client in Java, which shows
//! the request and, of the answer, `Success` and `OrderCode`; the answer was not seen on the real
//! service, so each is kept sealed as it came (`UNSEEN`), read leniently and believed narrowly. No
//! push or question says what became of a message. Templates are made in KDNiao's console.

use super::{
    Kdniao, answer, codes,
    text::{clean, cut},
};
use crate::{
    carrier::{
        CarrierError,
        message::{Messages, Tells},
        reading::{said, text, truth, unknown},
        writing::json,
    },
    order::SmsWord,
    outside::{Http, Later},
};
use serde::{Deserialize, Serialize};

/// A value is cut here: a message is short, and none of ours is read further.
const VALUE_CHARS_MAX: usize = 40;
/// Longer than any key that was seen.
const KEY_CHARS_MAX: usize = 64;

/// The template of the account's messages, and what its placeholders are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sms {
    /// Its number in KDNiao's console.
    pub template: u32,
    /// Placeholders, in order; none for a text without any.
    pub words: Vec<(String, SmsWord)>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Question {
    detail: [Receiver; 1],
    template_type: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Receiver {
    receiver_mobile: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    #[serde(default, deserialize_with = "truth")]
    success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    result_code: String,
    #[serde(default, deserialize_with = "text")]
    reason: String,
    #[serde(default, deserialize_with = "text")]
    order_code: String,
}

impl Messages for Kdniao {
    fn template(&self) -> u32 {
        self.account.sms.as_ref().map_or(0, |sms| sms.template)
    }

    fn message_request(&self, mobile: &str, tells: &Tells<'_>) -> Result<String, SmsWord> {
        let words = self.account.sms.iter().flat_map(|sms| &sms.words);
        let mut pairs = Vec::new();
        for (name, word) in words {
            let value = cut(&value(&tells(*word)), VALUE_CHARS_MAX);
            if value.is_empty() {
                return Err(*word);
            }
            pairs.push(format!("{name}:{value}"));
        }
        let data =
            if pairs.is_empty() { String::new() } else { format!("{{{}}}", pairs.join(",")) };
        let receiver_mobile = mobile.to_owned();
        let detail = [Receiver { receiver_mobile, data }];
        Ok(json(&Question { detail, template_type: self.template() }))
    }

    fn send_message<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<String, CarrierError>> {
        Box::pin(async { sent(self.call(http, codes::MESSAGE, stored).await?) })
    }
}

/// A value as it may stand in `Data`, where a colon, a comma and braces divide.
fn value(text: &str) -> String {
    let apart = |c| match c {
        ':' => '：',
        ',' => '，',
        '{' => '｛',
        '}' => '｝',
        other => other,
    };
    clean(text).chars().map(apart).collect()
}

/// A "yes" has no code, or 100; a "no" has another one, or words. The rest is neither.
fn sent(answer: Answer) -> Result<String, CarrierError> {
    let Answer { success, result_code, reason, order_code } = answer;
    match (success, result_code.as_str()) {
        (Some(true), "" | "100") => Ok(key(&order_code)),
        (Some(true), code) => Err(unknown(format!("success with code {}", key(code)))),
        (Some(false), "100") => Err(unknown("code 100 without success")),
        (Some(false), "") if reason.is_empty() => Err(unknown("neither code nor words")),
        // A "no" that names a message may have sent it.
        (Some(false), _) if !order_code.is_empty() => Err(unknown("no, with a message's key")),
        (Some(false), code) => Err(answer::declined(code, said(&reason))),
        // No "yes" or "no" was said: a code alone was never seen here.
        (None, _) => Err(unknown("neither yes nor no")),
    }
}

/// What can be shown as a key.
fn key(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(KEY_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::{
        kdniao::Account,
        sample::{heard, word},
    };

    fn account(words: &[(&str, SmsWord)]) -> Kdniao {
        let words = words.iter().map(|(name, word)| ((*name).to_owned(), *word)).collect();
        let sms = Some(Sms { template: 7001, words });
        Kdniao::new(Account { sms, ..Account::new("圆通", "YTO", "test1777000", "k") })
    }

    #[test]
    fn a_request_is_as_the_client_writes_it() {
        let kdniao = account(&[("Code", SmsWord::Number)]);
        let made = kdniao.message_request("13800000001", &|_| "123456".into()).expect("whole");
        let want = include_str!("fixtures/request_sms.json").trim();
        assert_eq!(made, want);
        let bare = account(&[]).message_request("13800000001", &|_| String::new());
        let want = r#"{"Detail":[{"ReceiverMobile":"13800000001"}],"TemplateType":7001}"#;
        assert_eq!(bare.as_deref(), Ok(want));
    }

    #[test]
    fn what_divides_or_is_forbidden_is_written_wide() {
        let kdniao = account(&[("Shop", SmsWord::Shop), ("Goods", SmsWord::Goods)]);
        let tells = |word| match word {
            SmsWord::Shop => "A&B: {一,二}'店\"".to_owned(),
            _ => "杯".repeat(90),
        };
        let made = kdniao.message_request("13800000001", &tells).expect("whole");
        let goods = "杯".repeat(VALUE_CHARS_MAX);
        let data = format!("{{Shop:A＆B： ｛一，二｝＇店＂,Goods:{goods}}}");
        assert!(made.contains(&data), "{made}");
        assert_eq!(kdniao.message_request("1", &|_| " \u{200b}".into()), Err(SmsWord::Shop));
    }

    #[test]
    fn an_answer_is_yes_no_or_nothing() {
        for (body, want) in [
            (include_str!("fixtures/sms_sent.json"), "yes"),
            (r#"{"Success":"true","OrderCode":"8101000000000001"}"#, "yes"),
            (r#"{"Success":true}"#, "yes"),
            (r#"{"Success":true,"ResultCode":"105"}"#, "unknown"),
            (include_str!("fixtures/sms_refused.json"), "refused"),
            (r#"{"Success":"false","ResultCode":102,"Reason":"签名错误"}"#, "refused"),
            (r#"{"Success":false,"Reason":"套餐余额不足"}"#, "refused"),
            (r#"{"Success":false,"ResultCode":"105","Reason":"请求过于频繁"}"#, "busy"),
            (r#"{"Success":false,"ResultCode":"405","Reason":"超过并发"}"#, "busy"),
            (r#"{"Success":false,"ResultCode":"105","OrderCode":"81"}"#, "unknown"),
            (r#"{"Success":false,"ResultCode":"100"}"#, "unknown"),
            (r#"{"Success":false}"#, "unknown"),
            (r#"{"OrderCode":"8101000000000001"}"#, "unknown"),
            (r#"{"ResultCode":"105","Reason":"x"}"#, "unknown"),
            ("{}", "unknown"),
            ("[]", "unknown"),
            ("<html>502</html>", "unknown"),
        ] {
            let outcome = heard(body).and_then(sent);
            assert_eq!(word(&outcome).0, want, "{body}");
        }
        let key = heard(include_str!("fixtures/sms_sent.json")).and_then(sent);
        assert_eq!(key.as_deref(), Ok("8101000000000001"));
    }
}
