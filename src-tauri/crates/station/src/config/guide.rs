//! What each kind of account asks for, as a form guides a person through it: one table a kind. A
//! kind that is added brings its table and one line in [`KINDS`]; tests hold tables and reader
//! together. The words stand in the language files: `field.<kind>_<key>` and
//! `where.<kind>_<key>` (`field.any_<key>` for what all have), `choice.<kind>_<key>_<word>`.

mod direct;

/// One key that a kind of account may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in the settings.
    pub key: &'static str,
    /// What it takes.
    pub asks: Asks,
    /// Whether there is no account without it.
    pub needed: bool,
    /// How a value looks; invented. For a choice or a number what is meant when nothing is said.
    pub example: &'static str,
    /// Whether most people leave it alone.
    pub further: bool,
}

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// A line of text.
    Text,
    /// A text that is kept apart and never shown again.
    Secret,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these numbers, each with its words.
    Code(&'static [&'static str]),
    /// A whole number from, to.
    Number(u32, u32),
    /// Yes or no.
    Flag,
}

impl Field {
    const fn needed(key: &'static str, asks: Asks, example: &'static str) -> Self {
        Self { key, asks, needed: true, example, further: false }
    }

    const fn may(key: &'static str, asks: Asks, example: &'static str) -> Self {
        Self { key, asks, needed: false, example, further: false }
    }

    const fn further(key: &'static str, asks: Asks, example: &'static str) -> Self {
        Self { key, asks, needed: false, example, further: true }
    }
}

/// The kind that is played, and the only one in practice mode.
pub const PRACTICE_KIND: &str = "practice";

/// Every kind of account with what it asks for beside [`ANY`].
pub const KINDS: &[(&str, &[Field])] = &[
    ("kdniao", KDNIAO),
    ("sf", SF),
    ("kuaidi100", direct::KUAIDI100),
    ("jd", direct::JD),
    ("zto", direct::ZTO),
    ("sto", direct::STO),
    ("yto", direct::YTO),
    ("jtexpress", direct::JTEXPRESS),
    ("yunda", direct::YUNDA),
    ("cainiao", CAINIAO),
    ("karrio", KARRIO),
    (PRACTICE_KIND, PRACTICE),
];

/// What a kind asks for, what all ask for at the end; nothing for a kind that is not there.
pub fn fields(kind: &str) -> impl Iterator<Item = &'static Field> {
    let own = KINDS.iter().find(|(known, _)| *known == kind).map(|(_, fields)| *fields);
    let any: &[Field] = if own.is_some() { ANY } else { &[] };
    let own = own.unwrap_or_default();
    // A kind that needs one of them, or means another thing by silence, says so itself.
    own.iter().chain(any.iter().filter(move |any| own.iter().all(|field| field.key != any.key)))
}

/// What every account may have.
pub const ANY: &[Field] = &[
    Field::may("environment", Asks::Word(&["production", "sandbox"]), "production"),
    Field::may("label", Asks::Word(&["own", "carrier"]), "own"),
    Field::further("calls_per_s", Asks::Number(1, 200), "20"),
    Field::further("in_flight", Asks::Number(1, 256), "40"),
    Field::further("track_calls_a_day", Asks::Number(1, 10_000_000), "30000"),
    Field::further("calls_a_day", Asks::Number(1, 10_000_000), "3000"),
    Field::further("timeout_ms", Asks::Number(100, 120_000), "30000"),
    Field::further("warn_below", Asks::Number(0, 1_000_000), "100"),
    Field::further("endpoint", Asks::Text, "http://127.0.0.1:18777"),
];

const PAY_TYPES: Asks = Asks::Code(&["1", "2", "3", "4"]);

const KDNIAO: &[Field] = &[
    Field::needed("business_id", Asks::Text, "1778899"),
    Field::needed("api_key", Asks::Secret, "11111111-2222-3333-4444-555555555555"),
    Field::needed("shipper_code", Asks::Text, "YTO"),
    Field::may("customer_name", Asks::Text, "K00000000"),
    Field::may("customer_pwd", Asks::Secret, "a1B2c3D4"),
    Field::may("month_code", Asks::Secret, "x1Y2z3"),
    Field::may("send_site", Asks::Text, "浙江余杭仓前"),
    Field::may("pay_type", PAY_TYPES, "1"),
    Field::further("send_staff", Asks::Text, "0001"),
    Field::further("warehouse_id", Asks::Text, "WH01"),
    Field::further("exp_type", Asks::Text, "1"),
    Field::further("template_size", Asks::Text, "180"),
    Field::further("privacy", Asks::Flag, "false"),
    Field::may("track", Asks::Word(&["1002", "8001", "8002", "off"]), "1002"),
    Field::further("cod_customer", Asks::Text, "C0001"),
    Field::further("call_courier", Asks::Flag, "false"),
    Field::further("fetch_returns", Asks::Flag, "false"),
    Field::further("courier_hours", Asks::Text, "14-18"),
    Field::further("slip_request", Asks::Text, "签字盖章"),
    Field::further("shop_no", Asks::Flag, "false"),
    Field::further("delivery_method", Asks::Number(0, 6), "3"),
    Field::further("trans_type", Asks::Number(0, 99), "1"),
    Field::further("packing_type", Asks::Number(0, 99), "0"),
    Field::further("custom_area", Asks::Text, "易碎"),
    Field::further("send_message", Asks::Flag, "false"),
    Field::further("subscribe", Asks::Word(&["on", "off"]), "on"),
    Field::further("pickup", Asks::Flag, "false"),
    Field::further("queries", Asks::Flag, "false"),
    Field::further("map_pushes", Asks::Flag, "false"),
    Field::further("eta_pushes", Asks::Flag, "false"),
    Field::further("track_abroad", Asks::Flag, "false"),
    Field::further("sms_template", Asks::Text, "7001"),
    Field::further("sms_words", Asks::Text, "Code=number, Shop=shop"),
];

const SF: &[Field] = &[
    Field::needed("partner_id", Asks::Text, "PBTEST01"),
    Field::needed("checkword", Asks::Secret, "CHECKWORD_EXAMPLE_0123456789ABCDEF"),
    Field::may("monthly_card", Asks::Secret, "7550001234"),
    Field::may("pay_method", Asks::Code(&["1", "2", "3"]), "1"),
    Field::may("express_type", Asks::Number(1, 9_999), "2"),
    Field::further("template", Asks::Text, "fm_76130_standard_PBTEST01"),
    Field::may("track", Asks::Word(&["on", "off"]), "on"),
    Field::may("fetch_returns", Asks::Flag, "false"),
    Field::further("call_courier", Asks::Flag, "false"),
    Field::further("courier_hours", Asks::Text, "14-18"),
    Field::further("proof", Asks::Word(&["any", "encoded", "plain", "token"]), "any"),
    Field::further("push_token", Asks::Secret, "TOKEN_EXAMPLE_0123456789"),
];

const CAINIAO: &[Field] = &[
    Field::needed("cp_code", Asks::Text, "YTO"),
    Field::needed("token", Asks::Secret, "TOKEN_EXAMPLE_0123456789"),
    Field::needed("app_secret", Asks::Secret, "SECRET_EXAMPLE_0123456789"),
    Field::needed(
        "template_url",
        Asks::Text,
        "http://cloudprint.cainiao.com/template/standard/101",
    ),
    Field::further("user_id", Asks::Text, "100200300"),
    Field::further("repeats", Asks::Flag, "false"),
];

const KARRIO: &[Field] = &[
    Field::needed("endpoint", Asks::Text, "https://karrio.example.com"),
    Field::needed("token", Asks::Secret, "key_0123456789abcdef0123456789abcdef"),
    Field::may("carrier_ids", Asks::Text, "ups_main, dhl_main"),
    Field::may("service", Asks::Text, "ups_worldwide_saver"),
    Field::may("label_type", Asks::Word(&["zpl", "zpl300", "pdf", "png"]), "zpl"),
    Field::may("label", Asks::Word(&["carrier", "own"]), "carrier"),
    Field::may("incoterm", Asks::Word(&["DAP", "DDP", "DDU", "EXW"]), "DAP"),
    Field::further("label_name", Asks::Text, "UPS"),
];

const PRACTICE: &[Field] = &[
    Field::may("shipper_code", Asks::Text, "YTO"),
    Field::further("privacy", Asks::Flag, "false"),
    Field::further("sms_template", Asks::Text, "7001"),
    Field::further("sms_words", Asks::Text, "Code=number, Shop=shop"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{ConfigWhy, parse};

    fn value(field: &Field) -> String {
        match field.asks {
            Asks::Text => format!("{} = \"{}\"", field.key, field.example),
            Asks::Word(words) => format!("{} = \"{}\"", field.key, words[0]),
            Asks::Secret => format!("{} = \"env:X\"", field.key),
            Asks::Code(_) | Asks::Number(..) | Asks::Flag => {
                format!("{} = {}", field.key, field.example)
            }
        }
    }

    /// A whole file with one account of this kind that has these keys.
    fn file(kind: &str, fields: &[&Field]) -> String {
        let practice = kind == PRACTICE_KIND;
        let mut text = format!("practice = {practice}\n[sender]\nname = '甲'\nphone = '1'\n");
        text += "province = '甲'\ncity = '乙'\ndetail = '丙'\n[[printer]]\nname = 'p'\n";
        text += "address = 'tcp://h:1'\nlanguage = 'zpl'\ndots_per_mm = 8\n[[carrier]]\n";
        text += &format!("name = 'a'\nkind = '{kind}'\n");
        fields.iter().for_each(|field| text += &format!("{}\n", value(field)));
        text
    }

    #[test]
    fn every_key_of_a_table_is_read_and_every_example_fits() {
        for (kind, _) in KINDS {
            let all: Vec<&Field> = fields(kind).collect();
            let faults = parse(&file(kind, &all)).err();
            assert!(faults.is_none(), "{kind}: {faults:?}");
        }
        assert_eq!(fields("nobody").count(), 0);
    }

    #[test]
    fn what_is_needed_is_missed_and_the_rest_is_not() {
        for (kind, _) in KINDS {
            let needed: Vec<&Field> = fields(kind).filter(|field| field.needed).collect();
            assert!(parse(&file(kind, &needed)).is_ok(), "{kind}");
            for left_out in &needed {
                let others: Vec<&Field> =
                    needed.iter().copied().filter(|field| field.key != left_out.key).collect();
                let faults = parse(&file(kind, &others)).expect_err("one is missing");
                let key = format!("carrier[1].{}", left_out.key);
                let told = |fault: &crate::config::ConfigFault| {
                    fault.key == key && fault.why == ConfigWhy::Missing
                };
                assert!(faults.iter().any(told), "{kind}: {faults:?}");
            }
        }
    }

    #[test]
    fn words_and_numbers_are_those_the_reader_takes() {
        for (kind, _) in KINDS {
            let needed: Vec<&Field> = fields(kind).filter(|field| field.needed).collect();
            for field in fields(kind) {
                let values: Vec<String> = match field.asks {
                    Asks::Word(words) => words.iter().map(|it| format!("\"{it}\"")).collect(),
                    Asks::Code(codes) => codes.iter().map(|it| (*it).to_owned()).collect(),
                    Asks::Number(least, most) => vec![least.to_string(), most.to_string()],
                    Asks::Text | Asks::Secret | Asks::Flag => continue,
                };
                for value in values {
                    let text = format!("{}{} = {value}\n", file(kind, &needed), field.key);
                    assert!(parse(&text).is_ok(), "{kind}: {} = {value}", field.key);
                }
            }
        }
    }
}
