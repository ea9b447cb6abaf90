//! Whose protocols the stories speak, and with what settings.

use practice::carrier::SfManner;

/// Whose protocol a story's account speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// KDNiao, which gives the first number again.
    Kdniao,
    /// SF, which refuses a key that it knows.
    Sf,
    /// SF, which gives the first number again, wants the other digest.
    SfAgain,
    /// SF by token, which is good for a few requests only.
    SfToken,
    /// Kuaidi100, which gives the first number again for a while.
    Kuaidi100,
    /// JD, which refuses a key that it knows, and finds it.
    Jd,
    /// ZTO, whose outlet is known to give the first number again.
    Zto,
    /// STO, likewise.
    Sto,
    /// YTO, likewise.
    Yto,
    /// J&T, which refuses a key that it knows, and finds it.
    JtExpress,
    /// Yunda, which refuses a key that it knows, and updates it.
    Yunda,
    /// 菜鸟, which gives another number each time and prints through its own component.
    Cainiao,
    /// A Karrio gateway, which gives as many numbers as it is asked for.
    Karrio,
}

impl Speech {
    /// All whose labels are dots.
    pub const ALL: [Self; 12] = [
        Self::Kdniao,
        Self::Sf,
        Self::SfAgain,
        Self::SfToken,
        Self::Kuaidi100,
        Self::Jd,
        Self::Zto,
        Self::Sto,
        Self::Yto,
        Self::JtExpress,
        Self::Yunda,
        Self::Karrio,
    ];

    /// What an account of it needs in the settings; its key is in the home's file `key`.
    pub fn settings(self) -> &'static str {
        match self {
            Self::Kdniao => {
                "kind = \"kdniao\"\nshipper_code = \"YTO\"\nbusiness_id = \"test1777000\"\n\
                 api_key = \"file:key\"\ncustomer_name = \"K00000000\"\nmonth_code = \"x\""
            }
            Self::Sf | Self::SfAgain => {
                "kind = \"sf\"\npartner_id = \"PBTEST01\"\ncheckword = \"file:key\""
            }
            Self::SfToken => {
                "kind = \"sf\"\npartner_id = \"PBTEST01\"\ncheckword = \"file:key\"\n\
                 proof = \"token\""
            }
            Self::Cainiao => {
                "kind = \"cainiao\"\ncp_code = \"YTO\"\ntoken = \"file:key\"\n\
                 app_secret = \"file:key\"\ntemplate_url = \"http://cloudprint.cainiao.com/t/1\""
            }
            Self::Kuaidi100 => {
                "kind = \"kuaidi100\"\nkey = \"file:key\"\nsecret = \"file:key\"\n\
                 com = \"yuantong\"\npartner_id = \"PBTEST01\"\ncustomer = \"PRACTICECUSTOMER\""
            }
            Self::Jd => concat!(
                "kind = \"jd\"\napp_key = \"11111111-2222-3333-4444-555555555555\"\n",
                "app_secret = \"file:key\"\ntoken = \"file:key\"\ncustomer_code = \"027K0\""
            ),
            Self::Zto => {
                "kind = \"zto\"\napp_key = \"PBTEST01\"\napp_secret = \"file:key\"\n\
                 account_id = \"PBTEST01\"\naccount_password = \"file:key\"\nrepeat = \"same\""
            }
            Self::Sto => {
                "kind = \"sto\"\nfrom_appkey = \"PBTEST01\"\nfrom_code = \"PBTEST01\"\n\
                 secret_key = \"file:key\"\norder_source = \"PBTEST01\"\nsite_code = \"310000\"\n\
                 customer_name = \"PBTEST01\"\nsite_pwd = \"file:key\"\nrepeat = \"same\""
            }
            Self::Yto => {
                "kind = \"yto\"\nuser_id = \"PBTEST01\"\ncustomer_code = \"K00000000\"\n\
                 secret = \"file:key\"\nrepeat = \"same\""
            }
            Self::JtExpress => {
                "kind = \"jtexpress\"\napi_account = \"PBTEST01\"\nprivate_key = \"file:key\"\n\
                 customer_code = \"J0086000020\"\npassword = \"file:key\""
            }
            Self::Yunda => {
                "kind = \"yunda\"\napp_key = \"PBTEST01\"\napp_secret = \"file:key\"\n\
                 partner_id = \"PBTEST01\"\npartner_secret = \"file:key\""
            }
            Self::Karrio => {
                "kind = \"karrio\"\ntoken = \"file:key\"\nenvironment = \"sandbox\"\n\
                 carrier_ids = \"practice_abroad\"\nlabel_type = \"pdf\""
            }
        }
    }

    pub(super) fn manner(self) -> SfManner {
        let usual = SfManner::default();
        match self {
            Self::SfAgain => SfManner { plain: true, gives_again: true, ..usual },
            Self::SfToken => SfManner { token_uses: 3, ..usual },
            _ => usual,
        }
    }
}
