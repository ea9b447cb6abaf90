//! Pushes of subscribed parcels: a form of `param`, JSON with the whole trace so far, and `sign`,
//! made with the salt that the subscription named. What is not answered with "200" comes again.
//! Callbacks about couriers have the same form with `taskId` beside it; those about labels are not
//! taken. Source: carrier list of 2026-11, parts 2.2 and 3.2; `lastResult` is that of the vendor's
//! demos.

use super::{
    Kuaidi100, answer, courier, sign,
    wire::{Told, Traced},
};
use crate::carrier::{
    CarrierError,
    digest::same,
    hear::{Heard, Hears, News, Push},
    reading::is_waybill_no,
};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Form {
    param: String,
    sign: String,
    /// Of a courier.
    #[serde(default, rename = "taskId")]
    task: String,
}

impl Hears for Kuaidi100 {
    /// Nothing in a push says whose account it is: the salt alone does.
    fn hear(&self, push: Push<'_>) -> Heard {
        let Ok(form) = serde_urlencoded::from_bytes::<Form>(push.body) else {
            return Heard::NotMine;
        };
        let refused = |why: &'static str| Heard::Refused { answer: said(false, "500", why), why };
        let sign = sign::push(&form.param, self.account.salt.expose());
        if !same(sign.as_bytes(), form.sign.trim().to_ascii_uppercase().as_bytes()) {
            return refused("the signature is wrong");
        }
        if let Some(told) = courier::called(&form.param, &form.task) {
            return Heard::Pickups { told: vec![told], answer: said(true, "200", "成功") };
        }
        let told: Option<Told> = serde_json::from_str(&form.param).ok();
        let Some(last) = told.and_then(|told| told.last_result) else {
            return refused("param is not the documented JSON of a trace");
        };
        if !is_waybill_no(&last.nu) {
            return refused("a trace without a number");
        }
        match read(last) {
            Ok(tracked) => {
                let news = News { tracked, told_at_ms: push.now_ms, ..News::default() };
                Heard::Tracks { news, answer: said(true, "200", "成功") }
            }
            Err(_) => refused("a trace that cannot be read"),
        }
    }
}

/// That nothing was found, or that it gives up, is news of no parcel.
fn read(last: Traced) -> Result<Vec<crate::carrier::track::Tracked>, CarrierError> {
    let no = last.nu.clone();
    match answer::traced(last, &no) {
        Ok(tracked) => Ok(vec![tracked]),
        Err(CarrierError::Refused { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn said(result: bool, code: &str, words: &str) -> String {
    json!({"result": result, "returnCode": code, "message": words}).to_string()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::account, *};
    use crate::carrier::{sample::NOW_MS, track::Stage};
    use std::sync::Arc;

    const PUSH: &str = include_str!("fixtures/push.json");
    const SALT: &str = "SALT01";

    fn heard(param: &str, sign: &str) -> Heard {
        let own = super::super::Account { salt: SALT.into(), ..account() };
        let kuaidi100 = Kuaidi100::new(own, Arc::new(|| NOW_MS));
        let body = serde_urlencoded::to_string([("param", param), ("sign", sign)]).unwrap();
        kuaidi100.hear(Push { body: body.as_bytes(), now_ms: NOW_MS })
    }

    fn signed(param: &str) -> Heard {
        heard(param, &sign::push(param, SALT))
    }

    #[test]
    fn a_signed_push_is_read_and_answered_as_documented() {
        let Heard::Tracks { news: News { tracked, .. }, answer } = signed(PUSH) else {
            panic!("not taken")
        };
        assert_eq!((tracked.len(), tracked[0].no.as_str()), (1, "YT0000000000001"));
        assert_eq!(tracked[0].stage, Some(Stage::OutForDelivery));
        let words: Vec<&str> = tracked[0].events.iter().map(|one| one.word.as_str()).collect();
        assert_eq!(words, ["103", "1002", "5"]);
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer, json!({"result": true, "returnCode": "200", "message": "成功"}));
    }

    #[test]
    fn what_is_not_proven_or_no_trace_is_not_believed() {
        let refused = |heard: Heard| match heard {
            Heard::Refused { answer, .. } => answer.contains("\"result\":false"),
            _ => false,
        };
        assert!(refused(heard(PUSH, "")));
        assert!(refused(heard(PUSH, &sign::push(PUSH, "another"))));
        let bent = PUSH.replace("\"5\"", "\"3\"");
        assert!(refused(heard(&bent, &sign::push(PUSH, SALT))));
        for odd in ["{}", "[]", "no", r#"{"status":"200","data":{"taskId":"1"}}"#] {
            assert!(refused(signed(odd)), "{odd}");
        }
        assert!(refused(signed(&PUSH.replace("YT0000000000001", ""))));
        assert!(refused(signed(&PUSH.replace("\"lastResult\"", "\"last\""))));
    }

    #[test]
    fn what_is_no_form_of_its_own_is_somebody_elses() {
        let own = super::super::Account { salt: SALT.into(), ..account() };
        let kuaidi100 = Kuaidi100::new(own, Arc::new(|| NOW_MS));
        for body in ["", "{}", "param=1", "RequestData=%7B%7D&DataSign=x&RequestType=101"] {
            let push = Push { body: body.as_bytes(), now_ms: 0 };
            assert_eq!(kuaidi100.hear(push), Heard::NotMine, "{body}");
        }
    }

    #[test]
    fn giving_up_is_no_news_and_is_not_sent_again() {
        let given_up = r#"{"status":"abort","message":"3天查询无记录","lastResult":{"nu":
            "YT0000000000001","com":"yuantong","status":"201","message":"快递公司参数异常","data":[],
            "returnCode":"400","result":false}}"#;
        let Heard::Tracks { news: News { tracked, .. }, .. } = signed(given_up) else {
            panic!("not taken")
        };
        assert_eq!(tracked, []);
    }
}
