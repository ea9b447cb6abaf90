//! The cheapest real call an account can make, and what its answer means for a person.

use super::{Paced, client, vault};
use crate::{
    Station,
    carrier::{About, Balance, Carrier, CarrierError},
    config::{self, Asks},
    outside::{NoWay, Outside},
    settings_refused, storage,
    trouble::{Action, Code, Trouble},
    view::{AccountChange, AccountForm, AccountTrial, Verdict},
};
use std::{collections::BTreeMap, sync::Arc};

impl Station {
    /// Asks an account of the settings whether it works.
    ///
    /// # Errors
    /// [`Code::NoAccount`]; what the carrier says is the outcome.
    pub async fn try_account(&self, name: &str) -> Result<AccountTrial, Trouble> {
        let account = self.account(name)?;
        let started_ms = self.now_ms();
        let outcome = account.carrier.balance(&Paced::aside(self, account)).await;
        let now_ms = self.now_ms();
        let elapsed_ms = u32::try_from(now_ms - started_ms).unwrap_or(0);
        self.note_answer(account, outcome.as_ref().err(), elapsed_ms, now_ms);
        let trial = self.trial(&*account.carrier, outcome, started_ms);
        if let Some(left) = trial.left {
            account.purse().counted(left, self.in_flight(name), now_ms);
        }
        self.wake_all();
        Ok(trial)
    }

    /// Asks an account that is not in the settings yet, or not so. Nothing is kept or written.
    ///
    /// # Errors
    /// As [`Station::plan_accounts`]; a secret that cannot be had.
    pub async fn try_form(&self, form: &AccountForm) -> Result<AccountTrial, Trouble> {
        let known = self.config.carriers.iter().any(|account| account.name == form.name);
        let form = form.clone();
        let typed = typed(&form);
        let change = match known {
            true => AccountChange::Set { form: form.clone() },
            false => AccountChange::Add { form: form.clone() },
        };
        let text = self.plan_accounts(&change)?;
        let planned = config::parse(&text).map_err(|_| storage(&config::FILE_NAME))?;
        let name = form.name.trim();
        let entry = planned.carriers.iter().find(|account| account.name == name);
        let Some(entry) = entry else {
            return Err(Trouble::new(Code::NoAccount, Action::None, [("name", name.to_owned())]));
        };
        let kept = Arc::clone(&self.outside.keyring);
        let keyring = move |name: &str| typed.get(name).cloned().map_or_else(|| kept(name), Ok);
        let outside = Outside { keyring: Arc::new(keyring), ..self.outside.clone() };
        let refused = |faults: Vec<_>| settings_refused(&self.home, &faults);
        let carrier = client(entry, &self.home, &outside).map_err(refused)?;
        let started_ms = self.now_ms();
        let outcome = carrier.balance(&*outside.http).await;
        Ok(self.trial(&*carrier, outcome, started_ms))
    }

    fn trial(
        &self,
        carrier: &dyn Carrier,
        outcome: Result<Option<Balance>, CarrierError>,
        started_ms: i64,
    ) -> AccountTrial {
        let now_ms = self.now_ms();
        let elapsed_ms = u32::try_from(now_ms - started_ms).unwrap_or(0);
        let left = outcome.as_ref().ok().and_then(Option::as_ref).map(|it| it.available);
        let (verdict, code, said) = match outcome {
            Ok(_) => (Verdict::Works, String::new(), String::new()),
            Err(CarrierError::NotSent { why }) => {
                let (way, words) = NoWay::read(&why);
                (not_reached(way), String::new(), words.to_owned())
            }
            Err(CarrierError::Unknown { why }) => (Verdict::Silent, String::new(), why),
            Err(CarrierError::Busy { said }) => (Verdict::Often, String::new(), said),
            Err(CarrierError::Refused { code, said, .. }) => {
                (refused(carrier.about(&code)), code, said)
            }
        };
        AccountTrial { verdict, left, code, said, elapsed_ms, now_ms }
    }
}

/// The secrets that were typed, by the names under which a trial's settings look for them.
fn typed(form: &AccountForm) -> BTreeMap<String, String> {
    let secrets = config::fields(&form.kind).filter(|field| field.asks == Asks::Secret);
    secrets
        .filter_map(|field| {
            let text = form.values.get(field.key)?.trim();
            Some((vault::trial_name(field.key), text.to_owned()))
        })
        .collect()
}

fn refused(about: About) -> Verdict {
    match about {
        About::Signature => Verdict::Signature,
        About::Account => Verdict::Account,
        About::Proof => Verdict::Proof,
        About::Right => Verdict::Right,
        About::Address => Verdict::Address,
        About::Clock => Verdict::Clock,
        About::Documented | About::Unlisted => Verdict::Refused,
    }
}

fn not_reached(way: Option<NoWay>) -> Verdict {
    match way {
        Some(NoWay::Name) => Verdict::Name,
        Some(NoWay::Untrusted) => Verdict::Untrusted,
        Some(NoWay::Expired) => Verdict::Expired,
        Some(NoWay::NotYet) => Verdict::NotYet,
        Some(NoWay::WrongHost) => Verdict::WrongHost,
        Some(NoWay::Tls) => Verdict::Tls,
        Some(NoWay::Unreachable) | None => Verdict::Unreachable,
    }
}
