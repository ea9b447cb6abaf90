//! The settings of a carrier account: what all have, and what each protocol asks for beside it.

use super::{
    ConfigWhy, FetchConfig, LabelBy, PRACTICE_KEY, SecretFrom, SecretRef,
    direct::{self, Direct},
    karrio::{self, KarrioConfig},
    kdniao::KdniaoFurther,
    parse::{narrow, url},
    section::Section,
    sms::KdniaoSms,
};
use std::collections::BTreeMap;

/// Which of a carrier's two worlds is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Real waybills.
    Production,
    /// The carrier's own trial world.
    Sandbox,
}

/// One carrier account.
#[derive(Debug, Clone)]
pub struct CarrierConfig {
    /// Unique; shown everywhere.
    pub name: String,
    /// Whose protocol, and what it asks for.
    pub speaks: Speaks,
    /// The practice carrier inside the program is asked, which is at `Outside::practice_url`.
    pub practice: bool,
    /// Replaces scheme, host and port of every URL of the carrier; never ends in `/`.
    pub endpoint: Option<String>,
    /// Real or trial.
    pub environment: Environment,
    /// Kept for what it owes, and given no more orders.
    pub off: bool,
    /// Who draws the label.
    pub label: LabelBy,
    /// Calls a second, 1–200; `None` is what the carrier's documents allow.
    pub calls_per_s: Option<u32>,
    /// Calls under way at once, 1–256; `None` follows the speed of the answers.
    pub in_flight: Option<u32>,
    /// Calls of one API a day, by China's days; `None` is what the documents allow, and only the
    /// carrier's refusal counts.
    pub calls_a_day: Option<u32>,
    /// How long one answer is waited for, 100–120,000 ms.
    pub timeout_ms: u32,
    /// Calls a day that may ask where parcels are; `None`: what the carrier allows.
    pub track_calls_a_day: Option<u32>,
    /// Prepaid numbers under which a person is warned.
    pub warn_below: u32,
}

impl CarrierConfig {
    /// The places of all its secrets.
    pub fn secrets(&self) -> impl Iterator<Item = &SecretRef> {
        let all = match &self.speaks {
            Speaks::Kdniao(own) => {
                vec![Some(&own.api_key), own.customer_pwd.as_ref(), own.month_code.as_ref()]
            }
            Speaks::Sf(own) => {
                vec![Some(&own.checkword), own.monthly_card.as_ref(), own.push_token.as_ref()]
            }
            Speaks::Cainiao(own) => vec![Some(&own.token), Some(&own.app_secret)],
            Speaks::Direct(own) => own.secrets(),
            Speaks::Karrio(own) => vec![Some(&own.token)],
        };
        all.into_iter().flatten()
    }
}

/// A protocol with its own settings.
#[derive(Debug, Clone)]
pub enum Speaks {
    /// The aggregator KDNiao 快递鸟, and the practice carrier.
    Kdniao(Box<KdniaoConfig>),
    /// SF 顺丰 itself.
    Sf(Box<SfConfig>),
    /// 菜鸟, whose labels its own component prints.
    Cainiao(Box<CainiaoConfig>),
    /// One of the carriers of `direct`.
    Direct(Box<Direct>),
    /// A Karrio gateway to carriers abroad.
    Karrio(Box<KarrioConfig>),
}

/// What 菜鸟 asks for.
#[derive(Debug, Clone)]
pub struct CainiaoConfig {
    /// The carrier's code at 菜鸟, e.g. "YTO".
    pub cp_code: String,
    /// The merchant's authorisation (`logistic_provider_id`).
    pub token: SecretRef,
    /// Signs every request.
    pub app_secret: SecretRef,
    /// The template of the label.
    pub template_url: String,
    /// The merchant's id; may be empty.
    pub user_id: String,
    /// Whether a repeated order is known to get its first number.
    pub repeats: bool,
}

/// What KDNiao asks for.
#[derive(Debug, Clone)]
pub struct KdniaoConfig {
    /// KDNiao's code of the carrier, e.g. "YTO".
    pub shipper_code: String,
    /// KDNiao's `EBusinessID`.
    pub business_id: String,
    /// KDNiao's `ApiKey`; signs every request.
    pub api_key: SecretRef,
    /// Whole URLs for single request types, by their four digits; stronger than `endpoint`.
    pub endpoints: BTreeMap<String, String>,
    /// The carrier outlet's `CustomerName`; may be empty.
    pub customer_name: String,
    /// The carrier outlet's `CustomerPwd`.
    pub customer_pwd: Option<SecretRef>,
    /// The outlet's `SendSite`; may be empty.
    pub send_site: String,
    /// The outlet's `SendStaff`; may be empty.
    pub send_staff: String,
    /// The carrier's `MonthCode`: an account number at some, a password at others.
    pub month_code: Option<SecretRef>,
    /// `WareHouseID`; may be empty.
    pub warehouse_id: String,
    /// Who pays: 1 sender, 2 receiver, 3 monthly, 4 third party; `None` is the carrier's usual.
    pub pay_type: Option<u8>,
    /// The carrier's service; empty is its standard one.
    pub exp_type: String,
    /// KDNiao's `TemplateSize`; may be empty.
    pub template_size: String,
    /// KDNiao's `CustomerID` for 代收货款; may be empty.
    pub cod_customer: String,
    /// Whether 隐私面单 is asked for.
    pub privacy: bool,
    /// Which question says where parcels are.
    pub track: KdniaoTrack,
    /// What else its e-waybill may be told.
    pub further: KdniaoFurther,
    /// Whether the contract for fetching (上门取件) is there: prices and reach are asked under it.
    pub pickup: bool,
    /// Whether questions that are paid for by the call may be asked: times, addresses.
    pub queries: bool,
    /// Whether routes are told by pushes (8005), paid by the number.
    pub map_pushes: bool,
    /// Whether times of arrival are told by pushes (6016).
    pub eta_pushes: bool,
    /// Whether numbers of carriers abroad are asked after by 7101, a package of its own.
    pub track_abroad: bool,
    /// Messages to receivers (8101), paid by the message; `None`: none are sent.
    pub sms: Option<KdniaoSms>,
}

/// Which of KDNiao's questions says where parcels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KdniaoTrack {
    /// 1002, free.
    Free,
    /// 8001, paid by the number.
    Watch,
    /// 8002, paid by the call.
    Query,
    /// None.
    Off,
}

/// What SF asks for.
#[derive(Debug, Clone)]
pub struct SfConfig {
    /// 顾客编码.
    pub partner_id: String,
    /// 校验码; signs every request.
    pub checkword: SecretRef,
    /// How requests are signed.
    pub proof: SfProof,
    /// 月结卡号.
    pub monthly_card: Option<SecretRef>,
    /// Who pays: 1 sender, 2 receiver, 3 third party; `None` is the sender.
    pub pay_method: Option<u8>,
    /// `expressTypeId`; `None` is 标快.
    pub express_type: Option<u16>,
    /// `templateCode`; empty is SF's standard drawing for 76 × 130 mm.
    pub template: String,
    /// Whether SF is asked where parcels are.
    pub track: bool,
    /// For which parcels its courier is called (`isDocall`).
    pub fetch: FetchConfig,
    /// What the address of its pushes ends in.
    pub push_token: Option<SecretRef>,
}

/// How requests to SF are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SfProof {
    /// By a digest; which of SF's two is found out.
    Any,
    /// By the digest of the URL-encoded text.
    Encoded,
    /// By the digest of the text as it is.
    Plain,
    /// By a token (OAuth).
    Token,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Kdniao,
    Sf,
    Cainiao,
    Karrio,
    Direct(direct::Kind),
    Practice,
}

const KINDS: [(&str, Kind); 12] = [
    ("kdniao", Kind::Kdniao),
    ("sf", Kind::Sf),
    ("cainiao", Kind::Cainiao),
    ("kuaidi100", Kind::Direct(direct::Kind::Kuaidi100)),
    ("jd", Kind::Direct(direct::Kind::Jd)),
    ("zto", Kind::Direct(direct::Kind::Zto)),
    ("sto", Kind::Direct(direct::Kind::Sto)),
    ("yto", Kind::Direct(direct::Kind::Yto)),
    ("jtexpress", Kind::Direct(direct::Kind::JtExpress)),
    ("yunda", Kind::Direct(direct::Kind::Yunda)),
    ("karrio", Kind::Karrio),
    ("practice", Kind::Practice),
];

/// One `[[carrier]]`.
pub(super) fn carrier(section: &Section<'_>, practice: bool) -> CarrierConfig {
    let name = section.text("name");
    if section.item("kind").is_none() {
        let words: Vec<&str> = KINDS.iter().map(|kind| kind.0).collect();
        section.note("kind", ConfigWhy::Missing, words.join(", "));
    }
    let kind = section.word("kind", &KINDS);
    let playing = kind == Kind::Practice;
    match (practice, playing) {
        (false, true) => section.note("kind", ConfigWhy::PracticeOnly, "practice = true"),
        (true, false) => section.note("kind", ConfigWhy::NotPractice, "practice"),
        (true, true) | (false, false) => {}
    }
    CarrierConfig {
        name,
        speaks: match kind {
            Kind::Sf => Speaks::Sf(Box::new(sf(section))),
            Kind::Cainiao => Speaks::Cainiao(Box::new(cainiao(section))),
            Kind::Direct(kind) => Speaks::Direct(Box::new(direct::read(section, kind))),
            Kind::Karrio => Speaks::Karrio(Box::new(karrio::read(section))),
            Kind::Kdniao | Kind::Practice => Speaks::Kdniao(Box::new(kdniao(section, playing))),
        },
        practice: playing,
        endpoint: url(section, "endpoint", true),
        environment: section.word(
            "environment",
            &[("production", Environment::Production), ("sandbox", Environment::Sandbox)],
        ),
        off: section.flag("off"),
        label: label(section, kind),
        calls_per_s: section.number("calls_per_s", 1, 200),
        in_flight: section.number("in_flight", 1, 256),
        calls_a_day: section.number("calls_a_day", 1, 10_000_000),
        timeout_ms: section.number("timeout_ms", 100, 120_000).unwrap_or(30_000),
        track_calls_a_day: section.number("track_calls_a_day", 1, 10_000_000),
        // A morning of a small shop.
        warn_below: section.number("warn_below", 0, 1_000_000).unwrap_or(100),
    }
}

/// The free one is the usual one: an account without it refuses once, and is left alone.
const KDNIAO_TRACKS: [(&str, KdniaoTrack); 4] = [
    ("1002", KdniaoTrack::Free),
    ("8001", KdniaoTrack::Watch),
    ("8002", KdniaoTrack::Query),
    ("off", KdniaoTrack::Off),
];

fn kdniao(section: &Section<'_>, playing: bool) -> KdniaoConfig {
    // The practice carrier needs nothing to be typed; a real one needs all of it.
    let needed = |key: &str, practice: &str| {
        if playing { section.text_or(key, Some(practice)) } else { Some(section.text(key)) }
            .unwrap_or_default()
    };
    KdniaoConfig {
        shipper_code: shipper_code(section, needed("shipper_code", "YTO")),
        business_id: needed("business_id", "test1000000"),
        api_key: secret(section, "api_key", playing),
        endpoints: endpoints(section),
        customer_name: section.text_or_empty("customer_name"),
        customer_pwd: section.secret("customer_pwd", false),
        send_site: section.text_or_empty("send_site"),
        send_staff: section.text_or_empty("send_staff"),
        month_code: section.secret("month_code", true),
        warehouse_id: section.text_or_empty("warehouse_id"),
        pay_type: narrow(section.number("pay_type", 1, 4)),
        exp_type: section.text_or_empty("exp_type"),
        template_size: section.text_or_empty("template_size"),
        cod_customer: section.text_or_empty("cod_customer"),
        privacy: section.flag("privacy"),
        track: section.word("track", &KDNIAO_TRACKS),
        further: KdniaoFurther::read(section),
        pickup: section.flag("pickup"),
        queries: section.flag("queries"),
        map_pushes: section.flag("map_pushes"),
        eta_pushes: section.flag("eta_pushes"),
        track_abroad: section.flag("track_abroad"),
        sms: KdniaoSms::read(section),
    }
}

/// Carriers abroad want their own drawing; China's take ours.
fn label(section: &Section<'_>, kind: Kind) -> LabelBy {
    let (own, carrier) = (("own", LabelBy::Own), ("carrier", LabelBy::Carrier));
    match kind {
        Kind::Karrio => section.word("label", &[carrier, own]),
        Kind::Kdniao | Kind::Sf | Kind::Cainiao | Kind::Direct(_) | Kind::Practice => {
            section.word("label", &[own, carrier])
        }
    }
}

fn sf(section: &Section<'_>) -> SfConfig {
    let proofs = [
        ("any", SfProof::Any),
        ("encoded", SfProof::Encoded),
        ("plain", SfProof::Plain),
        ("token", SfProof::Token),
    ];
    SfConfig {
        partner_id: section.text("partner_id"),
        checkword: secret(section, "checkword", false),
        proof: section.word("proof", &proofs),
        monthly_card: section.secret("monthly_card", true),
        pay_method: narrow(section.number("pay_method", 1, 3)),
        express_type: section.number("express_type", 1, 9_999).and_then(|id| id.try_into().ok()),
        template: section.text_or_empty("template"),
        track: section.word("track", &[("on", true), ("off", false)]),
        fetch: FetchConfig::read(section),
        push_token: section.secret("push_token", false),
    }
}

fn cainiao(section: &Section<'_>) -> CainiaoConfig {
    CainiaoConfig {
        cp_code: section.text("cp_code"),
        token: secret(section, "token", false),
        app_secret: secret(section, "app_secret", false),
        template_url: section.text("template_url"),
        user_id: section.text_or_empty("user_id"),
        repeats: section.flag("repeats"),
    }
}

/// KDNiao writes its codes in capitals and digits.
fn shipper_code(section: &Section<'_>, code: String) -> String {
    let fits = code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if !fits {
        section.note("shipper_code", ConfigWhy::NotOneOf, "YTO, ZTO, STO, YD, SF, …");
    }
    code
}

/// What requests are signed with; in practice it need not be typed.
pub(super) fn secret(section: &Section<'_>, key: &str, playing: bool) -> SecretRef {
    let given = section.secret(key, false);
    if given.is_none() && !playing && section.item(key).is_none() {
        section.note(key, ConfigWhy::Missing, "env:NAME, file:PATH, keyring:NAME");
    }
    given.unwrap_or_else(|| SecretRef {
        line: section.line,
        key: section.path(key),
        from: SecretFrom::Plain(PRACTICE_KEY.to_owned()),
    })
}

fn endpoints(section: &Section<'_>) -> BTreeMap<String, String> {
    let Some(table) = section.table("endpoints") else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for key in table.keys() {
        if key.len() != 4 || !key.bytes().all(|byte| byte.is_ascii_digit()) {
            table.note(&key, ConfigWhy::BadRequestType, "1007, 1147, 1127");
        }
        if let Some(url) = url(&table, &key, false) {
            found.insert(key, url);
        }
    }
    found
}
