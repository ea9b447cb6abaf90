//! What each carrier that is asked directly asks for. See `guide`.

use super::{Asks, Field};

/// Who pays, as the settings write it.
const PAYS: &[&str] = &["usual", "sender", "receiver", "monthly"];
/// What a second request gives.
const REPEATS: &[&str] = &["ask", "same"];

pub(super) const KUAIDI100: &[Field] = &[
    Field::needed("key", Asks::Secret, "KEYEXAMPLE0001"),
    Field::needed("secret", Asks::Secret, "secretexample00000000000000000001"),
    Field::needed("com", Asks::Text, "yuantong"),
    Field::needed("partner_id", Asks::Text, "K00000000"),
    Field::may("partner_key", Asks::Secret, "a1B2c3D4"),
    Field::may("partner_secret", Asks::Secret, "x1Y2z3"),
    Field::may("customer", Asks::Text, "CUSTOMEREXAMPLE0000000000000001"),
    Field::may("pay", Asks::Word(PAYS), "usual"),
    Field::further("partner_name", Asks::Text, "拾光家居"),
    Field::further("net", Asks::Text, "浙江余杭"),
    Field::further("outlet_code", Asks::Text, "571001"),
    Field::further("check_man", Asks::Text, "0001"),
    Field::further("exp_type", Asks::Text, "标准快递"),
    Field::further("template", Asks::Text, "100001"),
    Field::further("privacy", Asks::Flag, "false"),
    Field::further("salt", Asks::Secret, "SALT01"),
    Field::further("push_url", Asks::Text, "https://push.example.cn/push"),
];

pub(super) const JD: &[Field] = &[
    Field::needed("app_key", Asks::Text, "JDAPPKEY"),
    Field::needed("app_secret", Asks::Secret, "JDSECRET"),
    Field::needed("token", Asks::Secret, "JDTOKEN"),
    Field::needed("customer_code", Asks::Text, "027K0000001"),
    Field::may("pay", Asks::Word(PAYS), "usual"),
    Field::may("product", Asks::Text, "ed-m-0001"),
    Field::may("volume_cm3", Asks::Number(1, 10_000_000), "3000"),
    Field::further("domain", Asks::Text, "ECAP"),
];

pub(super) const ZTO: &[Field] = &[
    Field::needed("app_key", Asks::Text, "ZTOAPPKEY0001"),
    Field::needed("app_secret", Asks::Secret, "ZTOSECRET0001"),
    Field::needed("account_id", Asks::Text, "KDGJ000000001"),
    Field::needed("account_password", Asks::Secret, "a1B2c3D4"),
    Field::further("customer_id", Asks::Text, "GPG0000001"),
    Field::further("site_code", Asks::Text, "02100"),
    Field::further("site_name", Asks::Text, "上海"),
    Field::further("repeat", Asks::Word(REPEATS), "ask"),
];

pub(super) const STO: &[Field] = &[
    Field::needed("from_appkey", Asks::Text, "PBTEST"),
    Field::needed("from_code", Asks::Text, "PBTEST"),
    Field::needed("secret_key", Asks::Secret, "STOSECRET"),
    Field::needed("order_source", Asks::Text, "PBTEST"),
    Field::needed("site_code", Asks::Text, "310000"),
    Field::needed("customer_name", Asks::Text, "测试客户"),
    Field::needed("site_pwd", Asks::Secret, "a1B2c3D4"),
    Field::further("month_customer_code", Asks::Text, "M0001"),
    Field::further("repeat", Asks::Word(REPEATS), "ask"),
];

pub(super) const YTO: &[Field] = &[
    Field::needed("user_id", Asks::Text, "YTOTEST"),
    Field::needed("customer_code", Asks::Text, "K00000000"),
    Field::needed("secret", Asks::Secret, "YTOSECRET"),
    Field::further("product", Asks::Text, "PK"),
    Field::further("repeat", Asks::Word(REPEATS), "ask"),
];

pub(super) const JTEXPRESS: &[Field] = &[
    Field::needed("api_account", Asks::Text, "100000000000000001"),
    Field::needed("private_key", Asks::Secret, "JTPRIVATEKEY"),
    Field::needed("customer_code", Asks::Text, "J0000000001"),
    Field::needed("password", Asks::Secret, "JTPWD123"),
    Field::may("pay", Asks::Word(PAYS), "usual"),
    Field::further("network", Asks::Text, "571001"),
    Field::further("goods_type", Asks::Text, "bm000001"),
    Field::further("privacy", Asks::Flag, "false"),
];

pub(super) const YUNDA: &[Field] = &[
    Field::needed("app_key", Asks::Text, "999999"),
    Field::needed("app_secret", Asks::Secret, "YDSECRET"),
    Field::needed("partner_id", Asks::Text, "5299510000"),
    Field::needed("partner_secret", Asks::Secret, "a1B2c3D4"),
];
