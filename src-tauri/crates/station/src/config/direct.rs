//! The settings of carriers that are asked directly, beside SF: one struct each, and one line where
//! they are read.

use super::{ConfigWhy, SecretRef, account::secret, section::Section};
use crate::order::PayBy;

/// Which carrier is spoken with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Kuaidi100,
    Jd,
    Zto,
    Sto,
    Yto,
    JtExpress,
    Yunda,
}

/// A carrier that is asked directly, with its own settings.
#[derive(Debug, Clone)]
pub enum Direct {
    /// Kuaidi100 快递100, and the carriers behind it.
    Kuaidi100(Kuaidi100Config),
    /// JD 京东物流.
    Jd(JdConfig),
    /// ZTO 中通.
    Zto(ZtoConfig),
    /// STO 申通.
    Sto(StoConfig),
    /// YTO 圆通.
    Yto(YtoConfig),
    /// J&T 极兔.
    JtExpress(JtExpressConfig),
    /// Yunda 韵达.
    Yunda(YundaConfig),
}

impl Direct {
    /// The places of its secrets.
    pub(super) fn secrets(&self) -> Vec<Option<&SecretRef>> {
        match self {
            Self::Kuaidi100(own) => vec![
                Some(&own.key),
                Some(&own.secret),
                own.partner_key.as_ref(),
                own.partner_secret.as_ref(),
                own.salt.as_ref(),
            ],
            Self::Jd(own) => vec![Some(&own.app_secret), Some(&own.token)],
            Self::Zto(own) => vec![Some(&own.app_secret), Some(&own.account_password)],
            Self::Sto(own) => vec![Some(&own.secret_key), Some(&own.site_pwd)],
            Self::Yto(own) => {
                let all = [Some(&own.create), own.cancel.as_ref(), own.print.as_ref()];
                let all = all.into_iter().chain([own.track.as_ref()]);
                all.map(|one| one.map(|one| &one.secret)).collect()
            }
            Self::JtExpress(own) => vec![Some(&own.private_key), Some(&own.password)],
            Self::Yunda(own) => vec![Some(&own.app_secret), Some(&own.partner_secret)],
        }
    }
}

/// What Kuaidi100 asks for.
#[derive(Debug, Clone)]
pub struct Kuaidi100Config {
    /// 授权 key.
    pub key: SecretRef,
    /// 授权 secret.
    pub secret: SecretRef,
    /// 授权 customer, for tracking; may be empty.
    pub customer: String,
    /// Kuaidi100's code of the carrier, e.g. "yuantong".
    pub com: String,
    /// 电子面单客户账户.
    pub partner_id: String,
    /// 电子面单密码.
    pub partner_key: Option<SecretRef>,
    /// 电子面单密钥.
    pub partner_secret: Option<SecretRef>,
    /// 电子面单客户账户名称; may be empty.
    pub partner_name: String,
    /// 收件网点; may be empty.
    pub net: String,
    /// 电子面单承载编号; may be empty.
    pub outlet_code: String,
    /// 电子面单承载快递员; may be empty.
    pub check_man: String,
    /// Who pays if the order does not say; `None` is by the month.
    pub pay: Option<PayBy>,
    /// The carrier's product; empty is its standard one.
    pub exp_type: String,
    /// The template of the drawing; may be empty.
    pub template: String,
    /// Whether people are hidden on the label.
    pub privacy: bool,
    /// Carriers whose prices are compared; empty: this account's own.
    pub compare: Vec<String>,
    /// Signs what Kuaidi100 tells by itself.
    pub salt: Option<SecretRef>,
    /// Where it tells it; may be empty.
    pub push_url: String,
}

/// What JD asks for.
#[derive(Debug, Clone)]
pub struct JdConfig {
    /// AppKey.
    pub app_key: String,
    /// AppSecret.
    pub app_secret: SecretRef,
    /// The merchant's `access_token`.
    pub token: SecretRef,
    /// 青龙业主号 / 商家编码.
    pub customer_code: String,
    /// `LOP-DN`; may be empty.
    pub domain: String,
    /// `productCode`; may be empty.
    pub product: String,
    /// Who pays if the order does not say; `None` is by the month.
    pub pay: Option<PayBy>,
    /// What a usual parcel takes, cm³.
    pub volume_cm3: Option<u32>,
}

/// What ZTO asks for.
#[derive(Debug, Clone)]
pub struct ZtoConfig {
    /// AppKey.
    pub app_key: String,
    /// AppSecret.
    pub app_secret: SecretRef,
    /// 电子面单账号.
    pub account_id: String,
    /// 电子面单密码.
    pub account_password: SecretRef,
    /// 集团客户编码; with it the account is a group's customer's.
    pub customer_id: String,
    /// 网点编码; may be empty.
    pub site_code: String,
    /// 网点名称; may be empty.
    pub site_name: String,
    /// Whether the same key is known to give the same number.
    pub repeats: bool,
}

/// What STO asks for.
#[derive(Debug, Clone)]
pub struct StoConfig {
    /// `from_appkey`.
    pub from_appkey: String,
    /// `from_code`.
    pub from_code: String,
    /// secretKey.
    pub secret_key: SecretRef,
    /// `orderSource`.
    pub order_source: String,
    /// 网点编码.
    pub site_code: String,
    /// 客户名称.
    pub customer_name: String,
    /// 电子面单密码.
    pub site_pwd: SecretRef,
    /// 月结客户编码; may be empty.
    pub month_customer_code: String,
    /// Whether the same key is known to give the same number.
    pub repeats: bool,
}

/// What YTO gives for one interface.
#[derive(Debug, Clone)]
pub struct YtoInterface {
    /// In the address, behind the version.
    pub user_id: String,
    /// In the address, at its end.
    pub customer_code: String,
    /// Signs its requests.
    pub secret: SecretRef,
}

/// What YTO asks for.
#[derive(Debug, Clone)]
pub struct YtoConfig {
    /// For numbers, and for whatever has none of its own.
    pub create: YtoInterface,
    /// For giving numbers back.
    pub cancel: Option<YtoInterface>,
    /// For drawings.
    pub print: Option<YtoInterface>,
    /// For traces.
    pub track: Option<YtoInterface>,
    /// `productCode`; may be empty.
    pub product: String,
    /// Whether the same key is known to give the same number.
    pub repeats: bool,
}

/// What J&T asks for.
#[derive(Debug, Clone)]
pub struct JtExpressConfig {
    /// apiAccount.
    pub api_account: String,
    /// privateKey.
    pub private_key: SecretRef,
    /// 客户编码.
    pub customer_code: String,
    /// 客户密码.
    pub password: SecretRef,
    /// 网点编码; may be empty.
    pub network: String,
    /// `goodsType`; may be empty.
    pub goods_type: String,
    /// Who pays if the order does not say; `None` is by the month.
    pub pay: Option<PayBy>,
    /// Whether people are hidden on the label.
    pub privacy: bool,
}

/// What Yunda asks for.
#[derive(Debug, Clone)]
pub struct YundaConfig {
    /// app-key.
    pub app_key: String,
    /// app-secret.
    pub app_secret: SecretRef,
    /// 白马账号.
    pub partner_id: String,
    /// 联调密码.
    pub partner_secret: SecretRef,
}

/// Reads the settings of one kind.
pub(super) fn read(section: &Section<'_>, kind: Kind) -> Direct {
    match kind {
        Kind::Kuaidi100 => Direct::Kuaidi100(kuaidi100(section)),
        Kind::Jd => Direct::Jd(JdConfig {
            app_key: section.text("app_key"),
            app_secret: secret(section, "app_secret", false),
            token: secret(section, "token", false),
            customer_code: section.text("customer_code"),
            domain: section.text_or_empty("domain"),
            product: section.text_or_empty("product"),
            pay: pay(section),
            volume_cm3: section.number("volume_cm3", 1, 10_000_000),
        }),
        Kind::Zto => Direct::Zto(ZtoConfig {
            app_key: section.text("app_key"),
            app_secret: secret(section, "app_secret", false),
            account_id: section.text("account_id"),
            account_password: secret(section, "account_password", false),
            customer_id: section.text_or_empty("customer_id"),
            site_code: section.text_or_empty("site_code"),
            site_name: section.text_or_empty("site_name"),
            repeats: repeats(section),
        }),
        Kind::Sto => Direct::Sto(StoConfig {
            from_appkey: section.text("from_appkey"),
            from_code: section.text("from_code"),
            secret_key: secret(section, "secret_key", false),
            order_source: section.text("order_source"),
            site_code: section.text("site_code"),
            customer_name: section.text("customer_name"),
            site_pwd: secret(section, "site_pwd", false),
            month_customer_code: section.text_or_empty("month_customer_code"),
            repeats: repeats(section),
        }),
        Kind::Yto => Direct::Yto(yto(section)),
        Kind::JtExpress => Direct::JtExpress(JtExpressConfig {
            api_account: section.text("api_account"),
            private_key: secret(section, "private_key", false),
            customer_code: section.text("customer_code"),
            password: secret(section, "password", false),
            network: section.text_or_empty("network"),
            goods_type: section.text_or_empty("goods_type"),
            pay: pay(section),
            privacy: section.flag("privacy"),
        }),
        Kind::Yunda => Direct::Yunda(YundaConfig {
            app_key: section.text("app_key"),
            app_secret: secret(section, "app_secret", false),
            partner_id: section.text("partner_id"),
            partner_secret: secret(section, "partner_secret", false),
        }),
    }
}

/// Its three are for numbers; `[carrier.interfaces.NAME]` holds those of another interface.
fn yto(section: &Section<'_>) -> YtoConfig {
    let interface = |section: &Section<'_>| YtoInterface {
        user_id: section.text("user_id"),
        customer_code: section.text("customer_code"),
        secret: secret(section, "secret", false),
    };
    let mut others = [None, None, None];
    if let Some(table) = section.table("interfaces") {
        let names = ["cancel", "print", "track"];
        for key in table.keys() {
            match names.iter().position(|name| *name == key) {
                Some(at) => {
                    others[at] = table.table(&key).map(|own| {
                        let read = interface(&own);
                        own.end();
                        read
                    });
                }
                None => table.note(&key, ConfigWhy::NotOneOf, names.join(", ")),
            }
        }
    }
    let [cancel, print, track] = others;
    YtoConfig {
        create: interface(section),
        cancel,
        print,
        track,
        product: section.text_or_empty("product"),
        repeats: repeats(section),
    }
}

/// What is done with a request that may have arrived.
fn repeats(section: &Section<'_>) -> bool {
    section.word("repeat", &[("ask", false), ("same", true)])
}

fn kuaidi100(section: &Section<'_>) -> Kuaidi100Config {
    Kuaidi100Config {
        key: secret(section, "key", false),
        secret: secret(section, "secret", false),
        customer: section.text_or_empty("customer"),
        com: section.text("com"),
        partner_id: section.text("partner_id"),
        partner_key: section.secret("partner_key", false),
        partner_secret: section.secret("partner_secret", false),
        partner_name: section.text_or_empty("partner_name"),
        net: section.text_or_empty("net"),
        outlet_code: section.text_or_empty("outlet_code"),
        check_man: section.text_or_empty("check_man"),
        pay: pay(section),
        exp_type: section.text_or_empty("exp_type"),
        template: section.text_or_empty("template"),
        privacy: section.flag("privacy"),
        compare: section.texts("compare"),
        salt: section.secret("salt", false),
        push_url: section.text_or_empty("push_url"),
    }
}

/// Who pays if the order does not say.
fn pay(section: &Section<'_>) -> Option<PayBy> {
    let words = [
        ("usual", None),
        ("sender", Some(PayBy::Sender)),
        ("receiver", Some(PayBy::Receiver)),
        ("monthly", Some(PayBy::Monthly)),
    ];
    section.word("pay", &words)
}
