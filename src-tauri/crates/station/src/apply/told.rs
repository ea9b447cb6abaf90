//! Pushes about applications: whose they are, before the answer or long after it, once or again.
//! The password goes into the store before anything is written; a push that could not be kept
//! comes again. The same push finds its password under the same name.

use super::kept::{self, Application, Told};
use crate::{
    Station,
    accounts::Vault,
    carrier::{
        Secret,
        apply::{ApplyOutcome, ApplyTold},
    },
    shipment::ShipmentError,
    storage,
    trouble::Trouble,
    view::ApplicationState,
};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

impl Station {
    /// Keeps what a push said of an application at one of these accounts, which have proven it;
    /// whether somebody here had asked for it.
    ///
    /// # Errors
    /// The database, or no store takes the password.
    pub(crate) async fn keep_application_news(
        &self,
        accounts: Vec<String>,
        told: ApplyTold,
        now_ms: i64,
    ) -> Result<bool, Trouble> {
        let secret = match &told.outcome {
            ApplyOutcome::Granted { customer_name, customer_pwd } if !customer_pwd.is_empty() => {
                self.keep_pwd(&told, customer_name, customer_pwd.clone()).await?
            }
            ApplyOutcome::Granted { .. } | ApplyOutcome::Refused { .. } => String::new(),
        };
        let shippers: Vec<(String, String)> = self
            .accounts
            .iter()
            .filter(|account| accounts.contains(&account.config.name))
            .map(|account| (account.config.name.clone(), account.carrier.code().to_owned()))
            .collect();
        let mut before = self.db.read(kept::secrets)?;
        before.push(secret.clone());
        let known = self.db.write(move |db| keep(db, &shippers, &told, &secret, now_ms)).await?;
        let now = self.db.read(kept::secrets)?;
        before.retain(|place| !now.contains(place));
        // A password of a number that somebody put aside, or one that another followed.
        self.forget_secrets(&before.join("\n"))?;
        self.touch();
        Ok(known)
    }

    /// Keeps a password, once however often it comes; its place.
    async fn keep_pwd(
        &self,
        told: &ApplyTold,
        number: &str,
        pwd: Secret,
    ) -> Result<String, Trouble> {
        let about = [&told.apply_code, &told.station_code, number].join("\0");
        let digest: String =
            Sha256::digest(about).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let (vault, now_ms) = (Vault::of(self), self.now_ms());
        let kept = tokio::task::spawn_blocking(move || {
            let name = format!("apply-customer_pwd-{digest}");
            match vault.find(&name) {
                Some((place, there)) if there == pwd.expose() => Ok(place),
                // Another password for the same number: the former may be in use.
                Some(_) => vault.keep(&format!("{name}-{now_ms:x}"), pwd.expose()),
                None => vault.keep(&name, pwd.expose()),
            }
        });
        kept.await.map_err(|why| storage(&why))?
    }
}

/// Settles the application that a push is about, or keeps one that nobody asked for.
fn keep(
    db: &Connection,
    shippers: &[(String, String)],
    told: &ApplyTold,
    secret: &str,
    now_ms: i64,
) -> Result<bool, ShipmentError> {
    let said = match &told.outcome {
        ApplyOutcome::Granted { customer_name, .. } => Told::Granted(customer_name, secret),
        ApplyOutcome::Refused { said } => Told::Refused(said),
    };
    let ours = kept::all(db)?;
    let ours = ours.into_iter().filter(|row| shippers.iter().any(|(name, _)| *name == row.account));
    let ours: Vec<Application> = ours.collect();
    if let Some(row) = whose(&ours, told) {
        if is_news(row, &said) {
            kept::told(db, row.id, &told.apply_code, &said, now_ms)?;
        }
        return Ok(!row.stray);
    }
    // Nobody's refusal is nobody's business.
    if matches!(said, Told::Refused(_)) {
        return Ok(false);
    }
    let by_code = shippers.iter().find(|(_, code)| *code == told.shipper);
    let Some((account, shipper)) = by_code.or(shippers.first()) else { return Ok(false) };
    let new = kept::New {
        account,
        shipper,
        station_code: &told.station_code,
        station_name: &told.station_name,
        body: "",
    };
    let id = kept::insert(db, &new, now_ms)?;
    kept::told(db, id, &told.apply_code, &said, now_ms)?;
    Ok(false)
}

/// By the carrier's key, else by the outlet if exactly one is open there.
fn whose<'a>(ours: &'a [Application], told: &ApplyTold) -> Option<&'a Application> {
    let code = told.apply_code.as_str();
    let known = ours.iter().find(|row| !code.is_empty() && row.apply_code == code);
    if known.is_some() {
        return known;
    }
    let other_carrier = |row: &Application| !told.shipper.is_empty() && told.shipper != row.shipper;
    let at_outlet = |row: &&Application| {
        let other_key = !code.is_empty() && !row.apply_code.is_empty();
        row.station_code == told.station_code && !other_key && !other_carrier(row)
    };
    // Without a key a repeated push is one that says the number which came.
    let again = |row: &&Application| match &told.outcome {
        ApplyOutcome::Granted { customer_name, .. } => row.customer_name == *customer_name,
        ApplyOutcome::Refused { .. } => false,
    };
    let mut open = ours.iter().filter(at_outlet).filter(|row| kept::is_open(row.state));
    match (open.next(), open.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        (None, _) => ours.iter().filter(at_outlet).find(again),
    }
}

/// Whether a push says more than is known: the same again does not, a refusal behind a number is an
/// older one, and what a person put aside stays so until something else comes.
fn is_news(row: &Application, said: &Told<'_>) -> bool {
    use ApplicationState as S;
    match (said, row.state) {
        (Told::Granted(name, secret), S::Granted | S::Taken) => {
            row.customer_name != *name || row.secret != *secret
        }
        (Told::Granted(name, _), S::Dropped) => row.customer_name != *name,
        (Told::Granted(..), S::Asked | S::Unsent | S::Accepted | S::Refused | S::Unknown) => true,
        (Told::Refused(_), S::Asked | S::Accepted | S::Unknown) => true,
        (Told::Refused(_), S::Unsent | S::Refused | S::Granted | S::Taken | S::Dropped) => false,
    }
}
