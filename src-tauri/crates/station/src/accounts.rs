//! From the settings of a carrier account to the client that speaks for it; setting accounts up and
//! trying them.

mod direct;
mod others;
mod paced;
mod plan;
mod trial;
mod vault;

pub(crate) use paced::{Aside, Paced, calls_per_s};
pub(crate) use vault::Vault;

use crate::{
    carrier::{
        Carrier, Secret,
        cainiao::{self, Cainiao},
        fetch::Fetch,
        karrio::{self, Karrio},
        kdniao::{self, Kdniao},
        sf::{self, Sf},
    },
    config::{
        self, CainiaoConfig, CarrierConfig, ConfigFault, FetchConfig, KarrioConfig, KarrioLabel,
        KdniaoConfig, KdniaoFurther, KdniaoTrack, LabelBy, SecretRef, SfConfig, SfProof, Speaks,
    },
    outside::Outside,
};
use std::{path::Path, sync::Arc};

/// Makes the client of an account; its secrets are looked up now.
///
/// # Errors
/// Every secret that cannot be had, with its line in the settings.
pub fn client(
    entry: &CarrierConfig,
    home: &Path,
    outside: &Outside,
) -> Result<Box<dyn Carrier>, Vec<ConfigFault>> {
    let mut secrets = Secrets { home, outside, faults: Vec::new() };
    let client: Box<dyn Carrier> = match &entry.speaks {
        Speaks::Kdniao(kdniao) => {
            Box::new(Kdniao::new(kdniao_account(entry, kdniao, &mut secrets)))
        }
        Speaks::Cainiao(own) => Box::new(Cainiao::new(cainiao_account(entry, own, &mut secrets))),
        Speaks::Sf(sf) => {
            let account = sf_account(entry, sf, &mut secrets);
            Box::new(Sf::new(account, Arc::clone(&outside.now_ms)))
        }
        Speaks::Direct(own) => direct::client(entry, own, &mut secrets),
        Speaks::Karrio(own) => {
            let account = karrio_account(entry, own, &mut secrets);
            Box::new(Karrio::new(account, Arc::clone(&outside.now_ms)))
        }
    };
    if secrets.faults.is_empty() { Ok(client) } else { Err(secrets.faults) }
}

struct Secrets<'a> {
    home: &'a Path,
    outside: &'a Outside,
    faults: Vec<ConfigFault>,
}

impl Secrets<'_> {
    fn get(&mut self, place: Option<&SecretRef>) -> Secret {
        let Some(place) = place else { return Secret::default() };
        match config::resolve(place, self.home, &*self.outside.keyring) {
            Ok(secret) => Secret::new(secret.reveal()),
            Err(fault) => {
                self.faults.push(fault);
                Secret::default()
            }
        }
    }
}

fn kdniao_account(
    entry: &CarrierConfig,
    own: &KdniaoConfig,
    secrets: &mut Secrets<'_>,
) -> kdniao::Account {
    let api_key = secrets.get(Some(&own.api_key));
    let practice = secrets.outside.practice_url.clone().filter(|_| entry.practice);
    kdniao::Account {
        endpoint: practice.or_else(|| entry.endpoint.clone()),
        environment: match entry.environment {
            config::Environment::Production => kdniao::Environment::Production,
            config::Environment::Sandbox => kdniao::Environment::Sandbox,
        },
        endpoints: own.endpoints.clone(),
        customer_name: own.customer_name.clone(),
        customer_pwd: secrets.get(own.customer_pwd.as_ref()),
        send_site: own.send_site.clone(),
        send_staff: own.send_staff.clone(),
        month_code: secrets.get(own.month_code.as_ref()),
        warehouse_id: own.warehouse_id.clone(),
        pay_type: own.pay_type,
        exp_type: own.exp_type.clone(),
        template_size: own.template_size.clone(),
        cod_customer: own.cod_customer.clone(),
        privacy: own.privacy,
        carrier_draws: entry.label == LabelBy::Carrier,
        track: match own.track {
            KdniaoTrack::Free => Some(kdniao::TrackBy::Free),
            KdniaoTrack::Watch => Some(kdniao::TrackBy::Watch),
            KdniaoTrack::Query => Some(kdniao::TrackBy::Query),
            KdniaoTrack::Off => None,
        },
        further: further(&own.further),
        pickup: own.pickup,
        queries: own.queries,
        map_pushes: own.map_pushes,
        eta_pushes: own.eta_pushes,
        track_abroad: own.track_abroad,
        sms: own
            .sms
            .as_ref()
            .map(|sms| kdniao::Sms { template: sms.template, words: sms.words.clone() }),
        timeout_ms: u64::from(entry.timeout_ms),
        ..kdniao::Account::new(&entry.name, &own.shipper_code, &own.business_id, api_key)
    }
}

fn further(own: &KdniaoFurther) -> kdniao::Further {
    kdniao::Further {
        custom_area: own.custom_area.clone(),
        trans_type: own.trans_type,
        delivery_method: own.delivery_method,
        packing_type: own.packing_type,
        fetch: fetch(own.fetch),
        slip_request: own.slip_request.clone(),
        shop_no: own.shop_no,
        send_message: own.send_message,
        unsubscribed: !own.subscribe,
        add_services: own.add_services.clone(),
    }
}

fn fetch(own: FetchConfig) -> Fetch {
    let FetchConfig { all, returns, hours } = own;
    Fetch { all, returns, hours }
}

fn sf_account(entry: &CarrierConfig, own: &SfConfig, secrets: &mut Secrets<'_>) -> sf::Account {
    sf::Account {
        name: entry.name.clone(),
        partner_id: own.partner_id.clone(),
        checkword: secrets.get(Some(&own.checkword)),
        proof: match own.proof {
            SfProof::Any => sf::Proof::Any,
            SfProof::Encoded => sf::Proof::Digest(sf::Digest::Encoded),
            SfProof::Plain => sf::Proof::Digest(sf::Digest::Plain),
            SfProof::Token => sf::Proof::Token,
        },
        endpoint: entry.endpoint.clone(),
        environment: match entry.environment {
            config::Environment::Production => sf::Environment::Production,
            config::Environment::Sandbox => sf::Environment::Sandbox,
        },
        monthly_card: secrets.get(own.monthly_card.as_ref()),
        pay_method: own.pay_method,
        express_type: own.express_type,
        template: own.template.clone(),
        carrier_draws: entry.label == LabelBy::Carrier,
        track: own.track,
        fetch: fetch(own.fetch),
        push_token: secrets.get(own.push_token.as_ref()),
        timeout_ms: u64::from(entry.timeout_ms),
    }
}

fn cainiao_account(
    entry: &CarrierConfig,
    own: &CainiaoConfig,
    secrets: &mut Secrets<'_>,
) -> cainiao::Account {
    cainiao::Account {
        name: entry.name.clone(),
        cp_code: own.cp_code.clone(),
        token: secrets.get(Some(&own.token)),
        app_secret: secrets.get(Some(&own.app_secret)),
        template_url: own.template_url.clone(),
        user_id: own.user_id.clone(),
        repeats: own.repeats,
        endpoint: entry.endpoint.clone(),
        sandbox: entry.environment == config::Environment::Sandbox,
        timeout_ms: u64::from(entry.timeout_ms),
    }
}

fn karrio_account(
    entry: &CarrierConfig,
    own: &KarrioConfig,
    secrets: &mut Secrets<'_>,
) -> karrio::Account {
    karrio::Account {
        name: entry.name.clone(),
        endpoint: entry.endpoint.clone().unwrap_or_default(),
        token: secrets.get(Some(&own.token)),
        carrier_ids: own.carrier_ids.clone(),
        service: own.service.clone(),
        label_type: match own.label_type {
            KarrioLabel::Zpl => karrio::LabelType::Zpl,
            KarrioLabel::Zpl300 => karrio::LabelType::Zpl300,
            KarrioLabel::Pdf => karrio::LabelType::Pdf,
            KarrioLabel::Png => karrio::LabelType::Png,
        },
        carrier_draws: entry.label == LabelBy::Carrier,
        incoterm: own.incoterm.clone(),
        environment: match entry.environment {
            config::Environment::Production => karrio::Environment::Production,
            config::Environment::Sandbox => karrio::Environment::Sandbox,
        },
        label_name: match own.label_name.as_str() {
            "" => entry.name.clone(),
            name => name.to_owned(),
        },
        timeout_ms: u64::from(entry.timeout_ms),
    }
}
