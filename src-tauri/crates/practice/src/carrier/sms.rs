//! Messages to receivers (8101), as a public client of KDNiao's writes them: a template's number, a
//! mobile, and a text `{Name:value,Name:value}` for the template's placeholders. What it "sent" is
//! kept, so that stories can count it.

use super::{
    ask::{Ask, No, text},
    desk::Desk,
    faults::Wrong,
};
use serde_json::{Value, json};

/// Receivers in one request; no document says how many may stand there.
const RECEIVERS_MAX: usize = 100;

/// A message that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// To which mobile.
    pub mobile: String,
    /// By which template.
    pub template: u64,
    /// What its placeholders were told.
    pub words: Vec<(String, String)>,
}

impl Desk {
    /// Every message that went out, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.messages.clone()
    }

    pub(super) fn message(&mut self, ask: &Ask, wrong: &Wrong) -> Result<Value, No> {
        if wrong.refuse {
            return Err(("105", "短信套餐余额不足，请购买".to_owned()));
        }
        let template = match &ask.data["TemplateType"] {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let template = template
            .filter(|number| *number > 0)
            .ok_or_else(|| ("103", "短信模板不存在".to_owned()))?;
        let receivers = ask.data["Detail"].as_array().filter(|all| !all.is_empty());
        let receivers = receivers.ok_or_else(|| ("101", "缺少必要参数: Detail".to_owned()))?;
        if receivers.len() > RECEIVERS_MAX {
            return Err(("103", "Detail 超过条数".to_owned()));
        }
        // All or none: nothing is sent of a request that is refused.
        let all: Result<Vec<Message>, No> =
            receivers.iter().map(|receiver| message(receiver, template)).collect();
        self.messages.extend(all?);
        let key = format!("8101{:012}", self.messages.len());
        // As text: the client that is known reads it so.
        Ok(json!({"EBusinessID": "practice", "Success": "true", "ResultCode": "100",
                  "Reason": "成功", "OrderCode": key}))
    }
}

fn message(receiver: &Value, template: u64) -> Result<Message, No> {
    let mobile = text(receiver, "ReceiverMobile");
    if mobile.is_empty() {
        return Err(("101", "缺少必要参数: ReceiverMobile".to_owned()));
    }
    let good = mobile.len() == 11
        && mobile.starts_with('1')
        && mobile.bytes().all(|byte| byte.is_ascii_digit());
    if !good {
        return Err(("103", "ReceiverMobile 不是手机号".to_owned()));
    }
    let words = match text(receiver, "Data") {
        "" => Vec::new(),
        data => words(data).ok_or_else(|| ("103", "Data 格式不正确".to_owned()))?,
    };
    Ok(Message { mobile: mobile.to_owned(), template, words })
}

/// `{Name:value,Name:value}`.
fn words(data: &str) -> Option<Vec<(String, String)>> {
    let inside = data.strip_prefix('{')?.strip_suffix('}')?;
    if inside.contains(['{', '}']) {
        return None;
    }
    let word = |pair: &str| {
        let (name, value) = pair.split_once(':')?;
        let whole = !name.is_empty() && !value.is_empty() && !value.contains(':');
        whole.then(|| (name.to_owned(), value.to_owned()))
    };
    inside.split(',').map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;

    fn asked(data: &str) -> (Result<Value, No>, Vec<Message>) {
        let mut desk = Desk::open(&Options::default()).expect("no journal");
        let data = serde_json::from_str(data).expect("JSON");
        let ask = Ask {
            request_type: "8101".into(),
            business_id: String::new(),
            text: String::new(),
            data,
        };
        (desk.message(&ask, &Wrong::default()), desk.messages())
    }

    #[test]
    fn a_message_is_taken_apart() {
        let (answer, sent) = asked(
            r#"{"Detail":[{"ReceiverMobile":"13800000001","Data":"{Code:123456,Shop:甲}"}],
                "TemplateType":7001}"#,
        );
        assert_eq!(answer.expect("taken")["OrderCode"], "8101000000000001");
        let words = [("Code", "123456"), ("Shop", "甲")];
        let words = words.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let mobile = "13800000001".to_owned();
        assert_eq!(sent, [Message { mobile, template: 7001, words }]);
        let (answer, sent) =
            asked(r#"{"Detail":[{"ReceiverMobile":"13800000001"}],"TemplateType":7}"#);
        assert!(answer.is_ok() && sent[0].words.is_empty());
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        for data in [
            r#"{"Detail":[{"Data":"{Code:1}"}],"TemplateType":7001}"#,
            r#"{"Detail":[{"ReceiverMobile":"0571-88001234"}],"TemplateType":7001}"#,
            r#"{"Detail":[{"ReceiverMobile":"13800000001"}],"TemplateType":0}"#,
            r#"{"Detail":[{"ReceiverMobile":"13800000001"}]}"#,
            r#"{"Detail":[],"TemplateType":7001}"#,
            r#"{"Detail":[{"ReceiverMobile":"13800000001","Data":"Code:1"}],"TemplateType":7001}"#,
            r#"{"Detail":[{"ReceiverMobile":"13800000001","Data":"{Code}"}],"TemplateType":7001}"#,
            r#"{"Detail":[{"ReceiverMobile":"13800000001","Data":"{A:1:2}"}],"TemplateType":7001}"#,
            r#"{"Detail":[{"ReceiverMobile":"13800000001","Data":"{A:{}}"}],"TemplateType":7001}"#,
        ] {
            let (answer, sent) = asked(data);
            assert!(answer.is_err() && sent.is_empty(), "{data}");
        }
    }
}
