//! From the settings of a carrier that is asked directly to its client: one function a carrier.

use super::Secrets;
use crate::{
    carrier::{
        Carrier,
        access::{Access, Clock, Repeat},
        jd::{self, Jd},
        jtexpress::{self, JtExpress},
        kuaidi100::{self, Kuaidi100},
        sto::{self, Sto},
        yto::{self, Yto},
        yunda::{self, Yunda},
        zto::{self, Zto},
    },
    config::{
        CarrierConfig, Direct, Environment, JdConfig, JtExpressConfig, Kuaidi100Config, LabelBy,
        StoConfig, YtoConfig, YtoInterface, YundaConfig, ZtoConfig,
    },
};
use std::sync::Arc;

/// The client of an account; missing secrets are noted.
pub(super) fn client(
    entry: &CarrierConfig,
    own: &Direct,
    secrets: &mut Secrets<'_>,
) -> Box<dyn Carrier> {
    let clock: Clock = Arc::clone(&secrets.outside.now_ms);
    let access = access(entry);
    match own {
        Direct::Kuaidi100(own) => {
            Box::new(Kuaidi100::new(kuaidi100_account(access, own, secrets), clock))
        }
        Direct::Jd(own) => Box::new(Jd::new(jd_account(access, own, secrets), clock)),
        Direct::Zto(own) => Box::new(Zto::new(zto_account(access, own, secrets))),
        Direct::Sto(own) => Box::new(Sto::new(sto_account(access, own, secrets))),
        Direct::Yto(own) => Box::new(Yto::new(yto_account(access, own, secrets), clock)),
        Direct::JtExpress(own) => {
            Box::new(JtExpress::new(jtexpress_account(access, own, secrets), clock))
        }
        Direct::Yunda(own) => Box::new(Yunda::new(yunda_account(access, own, secrets), clock)),
    }
}

fn access(entry: &CarrierConfig) -> Access {
    Access {
        name: entry.name.clone(),
        endpoint: entry.endpoint.clone(),
        sandbox: entry.environment == Environment::Sandbox,
        carrier_draws: entry.label == LabelBy::Carrier,
        timeout_ms: u64::from(entry.timeout_ms),
    }
}

fn repeat(repeats: bool) -> Repeat {
    if repeats { Repeat::Same } else { Repeat::Held }
}

fn kuaidi100_account(
    access: Access,
    own: &Kuaidi100Config,
    secrets: &mut Secrets<'_>,
) -> kuaidi100::Account {
    kuaidi100::Account {
        access,
        key: secrets.get(Some(&own.key)),
        secret: secrets.get(Some(&own.secret)),
        customer: own.customer.clone(),
        com: own.com.clone(),
        partner_id: own.partner_id.clone(),
        partner_key: secrets.get(own.partner_key.as_ref()),
        partner_secret: secrets.get(own.partner_secret.as_ref()),
        partner_name: own.partner_name.clone(),
        net: own.net.clone(),
        outlet_code: own.outlet_code.clone(),
        check_man: own.check_man.clone(),
        pay: own.pay,
        exp_type: own.exp_type.clone(),
        temp_id: own.template.clone(),
        privacy: own.privacy,
        compare: own.compare.clone(),
        salt: secrets.get(own.salt.as_ref()),
        push_url: own.push_url.clone(),
    }
}

fn jd_account(access: Access, own: &JdConfig, secrets: &mut Secrets<'_>) -> jd::Account {
    jd::Account {
        access,
        app_key: own.app_key.clone(),
        app_secret: secrets.get(Some(&own.app_secret)),
        token: secrets.get(Some(&own.token)),
        customer_code: own.customer_code.clone(),
        domain: own.domain.clone(),
        product: own.product.clone(),
        pay: own.pay,
        volume_cm3: own.volume_cm3,
    }
}

fn zto_account(access: Access, own: &ZtoConfig, secrets: &mut Secrets<'_>) -> zto::Account {
    zto::Account {
        access,
        app_key: own.app_key.clone(),
        app_secret: secrets.get(Some(&own.app_secret)),
        account_id: own.account_id.clone(),
        account_password: secrets.get(Some(&own.account_password)),
        group: !own.customer_id.is_empty(),
        customer_id: own.customer_id.clone(),
        site_code: own.site_code.clone(),
        site_name: own.site_name.clone(),
        repeat: repeat(own.repeats),
    }
}

fn sto_account(access: Access, own: &StoConfig, secrets: &mut Secrets<'_>) -> sto::Account {
    sto::Account {
        access,
        from_appkey: own.from_appkey.clone(),
        from_code: own.from_code.clone(),
        secret_key: secrets.get(Some(&own.secret_key)),
        order_source: own.order_source.clone(),
        site_code: own.site_code.clone(),
        customer_name: own.customer_name.clone(),
        site_pwd: secrets.get(Some(&own.site_pwd)),
        month_customer_code: own.month_customer_code.clone(),
        repeat: repeat(own.repeats),
    }
}

fn yto_account(access: Access, own: &YtoConfig, secrets: &mut Secrets<'_>) -> yto::Account {
    let mut interface = |own: &YtoInterface| yto::Interface {
        user_id: own.user_id.clone(),
        customer_code: own.customer_code.clone(),
        secret: secrets.get(Some(&own.secret)),
    };
    yto::Account {
        access,
        create: interface(&own.create),
        cancel: own.cancel.as_ref().map(&mut interface),
        print: own.print.as_ref().map(&mut interface),
        track: own.track.as_ref().map(&mut interface),
        product: own.product.clone(),
        repeat: repeat(own.repeats),
    }
}

fn jtexpress_account(
    access: Access,
    own: &JtExpressConfig,
    secrets: &mut Secrets<'_>,
) -> jtexpress::Account {
    jtexpress::Account {
        access,
        api_account: own.api_account.clone(),
        private_key: secrets.get(Some(&own.private_key)),
        customer_code: own.customer_code.clone(),
        password: secrets.get(Some(&own.password)),
        network: own.network.clone(),
        goods_type: own.goods_type.clone(),
        pay: own.pay,
        privacy: own.privacy,
    }
}

fn yunda_account(access: Access, own: &YundaConfig, secrets: &mut Secrets<'_>) -> yunda::Account {
    yunda::Account {
        access,
        app_key: own.app_key.clone(),
        app_secret: secrets.get(Some(&own.app_secret)),
        partner_id: own.partner_id.clone(),
        partner_secret: secrets.get(Some(&own.partner_secret)),
    }
}
