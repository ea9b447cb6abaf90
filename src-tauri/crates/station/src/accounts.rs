//! From the settings of a carrier account to the client that speaks for it.

use crate::{
    carrier::kdniao::{self, Kdniao},
    config::{self, CarrierConfig, CarrierKind, ConfigFault, SecretRef},
    outside::Outside,
};
use std::path::Path;

/// Makes the client of an account; its secrets are looked up now.
///
/// # Errors
/// Every secret that cannot be had, with its line in the settings.
pub fn client(
    entry: &CarrierConfig,
    home: &Path,
    outside: &Outside,
) -> Result<Kdniao, Vec<ConfigFault>> {
    let mut faults = Vec::new();
    let mut secret = |place: Option<&SecretRef>| -> kdniao::Secret {
        let Some(place) = place else { return kdniao::Secret::default() };
        match config::resolve(place, home, &*outside.keyring) {
            Ok(secret) => kdniao::Secret::new(secret.reveal()),
            Err(fault) => {
                faults.push(fault);
                kdniao::Secret::default()
            }
        }
    };
    let api_key = secret(Some(&entry.api_key));
    let customer_pwd = secret(entry.customer_pwd.as_ref());
    let month_code = secret(entry.month_code.as_ref());
    if !faults.is_empty() {
        return Err(faults);
    }
    let endpoint = match entry.kind {
        CarrierKind::Kdniao => entry.endpoint.clone(),
        CarrierKind::Practice => outside.practice_url.clone().or_else(|| entry.endpoint.clone()),
    };
    Ok(Kdniao::new(kdniao::Account {
        endpoint,
        environment: match entry.environment {
            config::Environment::Production => kdniao::Environment::Production,
            config::Environment::Sandbox => kdniao::Environment::Sandbox,
        },
        endpoints: entry.endpoints.clone(),
        customer_name: entry.customer_name.clone(),
        customer_pwd,
        send_site: entry.send_site.clone(),
        send_staff: entry.send_staff.clone(),
        month_code,
        warehouse_id: entry.warehouse_id.clone(),
        pay_type: entry.pay_type,
        exp_type: entry.exp_type.clone(),
        template_size: entry.template_size.clone(),
        carrier_draws: entry.label == config::LabelBy::Carrier,
        timeout_ms: u64::from(entry.timeout_ms),
        ..kdniao::Account::new(&entry.name, &entry.shipper_code, &entry.business_id, api_key)
    }))
}
