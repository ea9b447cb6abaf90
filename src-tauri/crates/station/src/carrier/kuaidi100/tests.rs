//! Documented answers, and what the packer is offered for each.

use super::*;
use crate::carrier::{
    Fix,
    offers::Way,
    sample::{NOW_MS, access, consignment, heard, word},
    track::Stage,
};

const NO: &str = "YT0000000000001";
const ISSUED: &str = include_str!("fixtures/issued.json");

pub(super) fn account() -> Account {
    Account {
        access: access(),
        key: "KEY".into(),
        secret: "SECRET".into(),
        customer: "CUSTOMER".into(),
        com: "yuantong".into(),
        partner_id: "K00000000".into(),
        partner_key: "".into(),
        partner_secret: "partner-secret".into(),
        partner_name: String::new(),
        net: String::new(),
        outlet_code: String::new(),
        check_man: String::new(),
        pay: None,
        exp_type: String::new(),
        temp_id: String::new(),
        privacy: false,
        compare: Vec::new(),
        salt: "".into(),
        push_url: String::new(),
    }
}

fn issued(body: &str) -> Result<(Waybill, String), CarrierError> {
    heard(body).and_then(answer::issued)
}

#[test]
fn the_message_is_the_documents() {
    let stored = map::create(&account(), &consignment(), NOW_MS).expect("nothing is missing");
    let own = own(&stored).expect("our own");
    assert_eq!(own.param, include_str!("fixtures/create.json"));
    assert_eq!(own.made_at_ms, NOW_MS);
}

#[test]
fn an_order_is_subscribed_to_where_the_settings_say_so() {
    let with = |salt: &str, url: &str| {
        let told = Account { salt: salt.into(), push_url: url.into(), ..account() };
        own(&map::create(&told, &consignment(), NOW_MS).expect("nothing is missing")).expect("own")
    };
    let both = with("SALT01", "https://push.example.cn/push").param;
    let says = r#""needSubscribe":true,"pollCallBackUrl":"https://push.example.cn/push","salt":"SALT01","resultv2":"4""#;
    assert!(both.contains(says), "{both}");
    for half in [with("SALT01", ""), with("", "https://push.example.cn/push")] {
        assert_eq!(half.param, include_str!("fixtures/create.json"));
    }
    assert!(Kuaidi100::new(account(), std::sync::Arc::new(|| NOW_MS)).hears().is_none());
}

#[test]
fn a_number_comes_with_its_routing() {
    let (waybill, label) = issued(ISSUED).expect("issued");
    assert_eq!((waybill.no.as_str(), waybill.sort_code.as_str()), (NO, "310-B12-003"));
    assert_eq!((waybill.bag_place.as_str(), waybill.destination.as_str()), ("上海集散包", "上海"));
    assert!(access().trusts(&label, &codes::DOMAINS));
}

#[test]
fn every_no_says_what_mends_it_and_nothing_unclear_is_a_no() {
    let no = |code: &str| format!(r#"{{"success":false,"code":{code},"message":"不行"}}"#);
    for (body, said) in [
        (no("400"), ("refused", "400", Some(Fix::EditOrder))),
        (no("503"), ("refused", "503", Some(Fix::EditAccount))),
        (no("600"), ("refused", "600", Some(Fix::EditAccount))),
        (no("601"), ("refused", "601", Some(Fix::EditAccount))),
        (no("30001"), ("refused", "30001", Some(Fix::AskCarrier))),
        (no("429"), ("busy", "", None)),
        (no("500"), ("unknown", "", None)),
        (no("501"), ("unknown", "", None)),
        (no("502"), ("unknown", "", None)),
        (no("200"), ("unknown", "", None)),
        (ISSUED.replace("200", "201"), ("unknown", "", None)),
        (ISSUED.replace(NO, ""), ("unknown", "", None)),
        (ISSUED.replace(NO, "运单"), ("unknown", "", None)),
        (r#"{"success":true,"code":200,"data":[]}"#.into(), ("unknown", "", None)),
        (ISSUED[..200].into(), ("unknown", "", None)),
        ("{}".into(), ("unknown", "", None)),
        ("<html>502</html>".into(), ("unknown", "", None)),
        (String::new(), ("unknown", "", None)),
    ] {
        assert_eq!(word(&issued(&body)), said, "{body}");
    }
}

#[test]
fn a_trace_is_in_order_and_an_unknown_state_is_no_progress() {
    let answer = heard(include_str!("fixtures/traced.json")).expect("read");
    let traced = answer::traced(answer, NO).expect("traced");
    let stages: Vec<_> =
        traced.events.iter().map(|event| (event.word.as_str(), event.stage)).collect();
    assert_eq!(
        stages,
        [
            ("101", Stage::Announced),
            ("1099", Stage::Other),
            ("5", Stage::OutForDelivery),
            ("301", Stage::Delivered),
        ]
    );
    assert_eq!(traced.stage, Some(Stage::Delivered));
    assert_eq!(traced.events[3].place, "上海,浦东新区");
    let none = r#"{"result":false,"returnCode":"500","message":"查询无结果"}"#;
    let none = answer::traced(heard(none).expect("read"), NO).expect("no trace yet");
    assert!(none.events.is_empty() && none.stage.is_none());
    let other = include_str!("fixtures/traced.json").replace(NO, "YT0000000000002");
    assert_eq!(word(&answer::traced(heard(&other).expect("read"), NO)).0, "unknown");
}

#[test]
fn every_documented_state_has_a_meaning() {
    for state in ["0", "1", "2", "3", "4", "5", "6", "7", "10", "11", "12", "13", "14"] {
        assert_ne!(codes::stage(state), Stage::Other, "{state}");
    }
    assert_eq!(codes::stage("15"), Stage::Other);
}

#[test]
fn prices_that_cannot_be_read_are_left_out() {
    let body = r#"{"success":true,"code":200,"data":{"kuaidicom":"yuantong","combos":[
        {"price":"10.5","productName":"标准快递"},{"price":12,"productName":"特快"},
        {"price":"面议","productName":"大件"},{"price":"-1"},null]}}"#;
    let quotes = heard(body).and_then(|e| answer::priced(e, "yuantong")).expect("priced");
    let found: Vec<_> = quotes.iter().map(|q| (q.product.as_str(), q.total_minor)).collect();
    assert_eq!(found, [("标准快递", 1_050), ("特快", 1_200)]);
    let body = r#"{"result":true,"returnCode":"200","data":[{"kuaidicom":"jd","price":"8.00"},
        {"price":"1.00"}]}"#;
    let quotes = heard(body).and_then(answer::compared).expect("priced");
    assert_eq!((quotes.len(), quotes[0].carrier.as_str()), (1, "JD"));
}

#[test]
fn a_number_is_recognised_in_either_form() {
    for body in [r#"[{"comCode":"jtexpress"}]"#, r#"{"auto":[{"comCode":"jtexpress"}]}"#] {
        let owners = heard(body).and_then(answer::owners).expect("recognised");
        assert_eq!((owners[0].code.as_str(), owners[0].name.as_str()), ("JTSD", "极兔速递"));
    }
    assert_eq!(heard("[]").and_then(answer::owners), Ok(Vec::new()));
    let no = r#"{"returnCode":"601","message":"KEY 已过期"}"#;
    assert_eq!(word(&heard(no).and_then(answer::owners)).0, "refused");
}

#[test]
fn a_price_is_asked_for_a_way() {
    let ask = consignment();
    let way = Way {
        from: ask.sender.address,
        to: ask.receiver.address,
        weight_g: 1_000,
        insured_fen: None,
    };
    let price = map::price(&account(), &way);
    assert!(price.contains(r#""recAddr":"上海市浦东新区示例路 1 号 A&B 座","weight":"1""#));
    let compare = vec!["jd".to_owned(); 20];
    let batch = map::batch_price(&Account { compare, ..account() }, &way);
    let batch: serde_json::Value = serde_json::from_str(&batch).expect("JSON");
    let lens = [&batch["kuaidiComList"], &batch["serviceTypeList"]]
        .map(|list| list.as_array().map(Vec::len));
    assert_eq!(lens, [Some(15), Some(15)]);
}

/// Nobody may be asked.
struct Nobody;

impl Http for Nobody {
    fn send(
        &self,
        _: crate::outside::Request,
    ) -> Later<'_, Result<crate::outside::Answer, crate::outside::HttpError>> {
        panic!("asked")
    }
}

#[tokio::test]
async fn an_old_request_that_may_have_arrived_is_held() {
    let stored = map::create(&account(), &consignment(), NOW_MS).expect("nothing is missing");
    let later = NOW_MS + 48 * 3_600_000;
    let carrier = Kuaidi100::new(account(), std::sync::Arc::new(move || later));
    assert_eq!(word(&carrier.create_again(&Nobody, &stored).await).0, "unknown");
}
