//! Accounts on the set-up screen, and one change of them at a time. A change is planned here,
//! against the file as it is now; whoever holds the station writes it and opens the station anew.

use super::vault;
use crate::{
    Account, Station, calls,
    carrier::{About, Resend},
    config::{
        self, Asks, Config, ConfigFault, ConfigWhy, Environment, Field, KINDS, PRACTICE_KIND, Put,
        SecretFrom, TableEdit, account_texts, edit_accounts, edit_first_rule, edit_tariffs,
    },
    config_trouble, outbox, pickup, record, settings_refused, sms, storage,
    trouble::{Action, Code, Trouble},
    view::{
        Ability, AccountChange, AccountField, AccountForm, AccountKind, AccountSetup,
        AccountSetups, CarrierStatus, FieldKind, RecordingView, RefusalCount, Repeat, SecretPlace,
    },
};
use std::{collections::BTreeMap, fs};

impl Station {
    /// All accounts of the settings in force, and what may be added.
    ///
    /// # Errors
    /// The database, or the disk.
    pub fn account_setups(&self) -> Result<AccountSetups, Trouble> {
        let path = self.home.join(config::FILE_NAME);
        let text = fs::read_to_string(path).map_err(|why| storage(&why))?;
        let before = config::before(&self.home).map_err(|why| storage(&why))?;
        let accounts = self.accounts.iter().zip(self.carrier_status());
        let accounts = accounts.map(|(account, status)| self.setup_of(account, status, &text));
        let playing = self.config.practice;
        let here = |kind: &&(&str, &[Field])| (kind.0 == PRACTICE_KIND) == playing;
        Ok(AccountSetups {
            hears_pushes: self.config.receive.is_some(),
            applications: self.applications()?,
            accounts: accounts.collect::<Result<_, Trouble>>()?,
            kinds: KINDS.iter().filter(here).map(|(kind, own)| kind_view(kind, own)).collect(),
            can_undo: before.is_some(),
        })
    }

    fn setup_of(
        &self,
        account: &Account,
        status: CarrierStatus,
        text: &str,
    ) -> Result<AccountSetup, Trouble> {
        let (entry, carrier) = (&account.config, &account.carrier);
        let name = entry.name.clone();
        let mut values = account_texts(text, &name);
        let kind = values.remove("kind").unwrap_or_default();
        let is_secret = |key: &str| {
            config::fields(&kind).any(|field| field.key == key && field.asks == Asks::Secret)
        };
        let secrets = values.iter().filter(|(key, _)| is_secret(key));
        let secrets = secrets.map(|(key, text)| (key.clone(), place_of(text))).collect();
        values.retain(|key, _| {
            !is_secret(key) && config::fields(&kind).any(|field| field.key == key)
        });
        let rules = (1..).zip(&self.config.routing).filter(|(_, rule)| rule.carrier == name);
        let owed = self.db.read(|db| outbox::owed_by(db, &name))?
            + self.db.read(|db| pickup::open_with(db, &name))?
            + self.db.read(|db| sms::open_with(db, &name))?;
        Ok(AccountSetup {
            rules: rules.map(|(nth, _)| nth).collect(),
            form: AccountForm { name, kind, values },
            secrets,
            status,
            carrier: carrier.label_name().to_owned(),
            sandbox: entry.practice || entry.environment == Environment::Sandbox,
            off: entry.off,
            applies: carrier.applies().is_some(),
            lacks: carrier.lacks().into_iter().map(str::to_owned).collect(),
            abilities: Ability::ALL.into_iter().filter(|&it| account.can(it)).collect(),
            repeat: match carrier.resend() {
                Resend::SameWaybill => Repeat::Same,
                Resend::RefusesDuplicate => Repeat::Refuses,
                Resend::IssuesAnother => Repeat::Another,
            },
            calls_per_s: account.calls_per_s(),
            in_flight_max: account.in_flight_max(),
            refusals: self.refusals(account)?,
            recording: record::recording(&self.home, &entry.name, self.now_ms()).map(|it| {
                RecordingView {
                    until_ms: it.until_ms,
                    path: it.path(&self.home).display().to_string(),
                }
            }),
            owed,
        })
    }

    /// Begins to record what is said with an account, or ends it (0 minutes).
    ///
    /// # Errors
    /// [`Code::NoAccount`]; the disk.
    pub fn record_account(&self, name: &str, minutes: u32) -> Result<AccountSetups, Trouble> {
        self.account(name)?;
        record::begin(&self.home, name, minutes, self.now_ms()).map_err(|why| storage(&why))?;
        self.touch();
        self.account_setups()
    }

    fn refusals(&self, account: &Account) -> Result<Vec<RefusalCount>, Trouble> {
        let counted = self.db.read(|db| calls::refusals(db, &account.config.name))?;
        let view = |it: calls::Refusal| RefusalCount {
            listed: account.carrier.about(&it.code) != About::Unlisted,
            code: it.code,
            said: it.said,
            n: it.n,
            last_at_ms: it.last_at_ms,
        };
        Ok(counted.into_iter().map(view).collect())
    }

    /// The settings' text with a change in it. Nothing is written. Secrets that were typed must be
    /// kept first (`keep_secrets`) if the text is to be written.
    ///
    /// # Errors
    /// [`Code::SettingsRefused`] with all faults of the result; [`Code::NoAccount`];
    /// [`Code::AccountWaitedFor`] if shipments wait for an account that would be gone;
    /// [`Code::AccountRouted`] if a rule names one that would get no orders;
    /// [`Code::NothingBefore`]; the disk, the database.
    pub fn plan_accounts(&self, change: &AccountChange) -> Result<String, Trouble> {
        let path = self.home.join(config::FILE_NAME);
        let now = fs::read_to_string(&path).map_err(|why| storage(&why))?;
        let text = self.changed_text(&now, change)?;
        let refused = |faults: Vec<_>| settings_refused(&self.home, &faults);
        let (text, planned) = self.with_a_rule(text).map_err(refused)?;
        self.nobody_waits(&planned)?;
        Ok(text)
    }

    fn changed_text(&self, now: &str, change: &AccountChange) -> Result<String, Trouble> {
        let edited = |edit: &TableEdit<'_>| {
            edit_accounts(now, edit).map_err(|why| self.not_edited(now, why, change))
        };
        match change {
            AccountChange::Undo => config::before(&self.home)
                .map_err(|why| storage(&why))?
                .ok_or_else(|| Trouble::new(Code::NothingBefore, Action::None, [])),
            AccountChange::Add { form } => {
                let mut all = vec![
                    ("name", Put::Text(form.name.trim().to_owned())),
                    ("kind", Put::Text(form.kind.clone())),
                ];
                all.extend(keys(form, &BTreeMap::new()));
                all.retain(|(_, put)| *put != Put::Nothing);
                edited(&TableEdit::Add(&all))
            }
            AccountChange::Take { id } => {
                let (name, keys) = self.taking(*id)?;
                edited(&TableEdit::Set(&name, &keys))
            }
            AccountChange::Set { form } => {
                self.account(&form.name)?;
                let there = account_texts(now, &form.name);
                edited(&TableEdit::Set(&form.name, &keys(form, &there)))
            }
            AccountChange::Remove { name } => {
                self.no_rule_names(name)?;
                let text = edited(&TableEdit::Remove(name))?;
                // Its price list is of nobody else's use.
                edit_tariffs(&text, name, &[]).map_err(|why| self.not_edited(now, why, change))
            }
            AccountChange::Off { name, off: true } => {
                self.no_rule_names(name)?;
                edited(&TableEdit::Set(name, &[("off", Put::Flag(true))]))
            }
            AccountChange::Off { name, off: false } => {
                edited(&TableEdit::Set(name, &[("off", Put::Nothing)]))
            }
            AccountChange::Route { name } => {
                self.account(name)?;
                let was = self.routed(None);
                edit_first_rule(now, &was, name).map_err(|why| self.not_edited(now, why, change))
            }
        }
    }

    fn not_edited(&self, now: &str, why: config::NoEdit, change: &AccountChange) -> Trouble {
        let name = match change {
            AccountChange::Remove { name }
            | AccountChange::Off { name, .. }
            | AccountChange::Route { name } => name.as_str(),
            AccountChange::Add { form } | AccountChange::Set { form } => form.name.as_str(),
            AccountChange::Undo | AccountChange::Take { .. } => "",
        };
        match (why, config::parse(now)) {
            (config::NoEdit::NoSuch, _) => {
                Trouble::new(Code::NoAccount, Action::None, [("name", name.to_owned())])
            }
            // Somebody is in the middle of editing the file: its faults are told.
            (config::NoEdit::Unreadable, Err(faults)) => {
                let path = config::FILE_NAME.into();
                config_trouble(&self.home, &config::ConfigError::Faults(path, faults))
            }
            (config::NoEdit::Unreadable, Ok(_)) => storage(&config::FILE_NAME),
        }
    }

    /// A second account needs a rule that says who gets the orders: who gets them now.
    fn with_a_rule(&self, text: String) -> Result<(String, Config), Vec<ConfigFault>> {
        let ruleless =
            |fault: &ConfigFault| fault.key == "routing" && fault.why == ConfigWhy::Missing;
        match config::parse(&text) {
            Err(faults) if faults.iter().any(ruleless) => {
                let now = self.routed(None);
                let ruled = edit_first_rule(&text, &now, &now).map_err(|_| faults)?;
                let planned = config::parse(&ruled)?;
                Ok((ruled, planned))
            }
            parsed => parsed.map(|planned| (text, planned)),
        }
    }

    fn no_rule_names(&self, name: &str) -> Result<(), Trouble> {
        let rule = self.config.routing.iter().position(|rule| rule.carrier == name);
        let Some(rule) = rule else { return Ok(()) };
        let fields = [("account", name.to_owned()), ("rule", (rule + 1).to_string())];
        Err(Trouble::new(Code::AccountRouted, Action::None, fields))
    }

    /// No account goes whose outcomes are still owed.
    pub(crate) fn nobody_waits(&self, planned: &Config) -> Result<(), Trouble> {
        for account in &self.config.carriers {
            let name = account.name.as_str();
            if planned.carriers.iter().any(|planned| planned.name == name) {
                continue;
            }
            let count = self.db.read(|db| outbox::owed_by(db, name))?
                + self.db.read(|db| pickup::open_with(db, name))?
                + self.db.read(|db| sms::open_with(db, name))?;
            if count > 0 {
                let fields = [("account", name.to_owned()), ("count", count.to_string())];
                return Err(Trouble::new(Code::AccountWaitedFor, Action::Wait, fields));
            }
        }
        Ok(())
    }
}

impl Account {
    /// Itself, unless it is switched off.
    pub(crate) fn open_for_orders(&self) -> Result<&Self, Trouble> {
        if !self.config.off {
            return Ok(self);
        }
        let fields = [("account", self.config.name.clone())];
        Err(Trouble::new(Code::AccountOff, Action::OtherCarrier, fields))
    }

    /// Whether its carrier can do that.
    pub(crate) fn can(&self, ability: Ability) -> bool {
        let carrier = &self.carrier;
        match ability {
            Ability::Create | Ability::Void => true,
            Ability::Label => carrier.draws(),
            Ability::Track => carrier.tracks().is_some(),
            Ability::Rate => carrier.quotes().is_some(),
            Ability::PickUp => carrier.picks_up().is_some(),
            Ability::Reach => carrier.reaches().is_some(),
            Ability::Recognise => carrier.recognises().is_some(),
            Ability::Balance => carrier.prepaid(),
            Ability::Estimate => carrier.estimates().is_some(),
            Ability::Charge => carrier.charges().is_some(),
        }
    }
}

/// A form as keys of the settings. What is not in the form stays; what is as if it were not there
/// is not written where it was not there.
fn keys(form: &AccountForm, there: &BTreeMap<String, String>) -> Vec<(&'static str, Put)> {
    let mut keys = Vec::new();
    for field in config::fields(&form.kind) {
        let Some(text) = form.values.get(field.key).map(|text| text.trim()) else { continue };
        let put = match field.asks {
            _ if text.is_empty() => Put::Nothing,
            Asks::Secret => Put::Text(vault::place(field.key, text)),
            Asks::Word(_) if text == field.example && !there.contains_key(field.key) => {
                Put::Nothing
            }
            Asks::Text | Asks::Word(_) => Put::Text(text.to_owned()),
            // What is no number stays a text, which the reader of the settings refuses.
            Asks::Code(_) | Asks::Number(..) => {
                text.parse().map_or_else(|_| Put::Text(text.to_owned()), Put::Whole)
            }
            Asks::Flag if text == "true" => Put::Flag(true),
            Asks::Flag => Put::Nothing,
        };
        keys.push((field.key, put));
    }
    keys
}

fn place_of(text: &str) -> SecretPlace {
    match SecretFrom::read(text) {
        Some(SecretFrom::Keyring(_)) => SecretPlace::Keyring,
        Some(SecretFrom::File(_)) => SecretPlace::File,
        Some(SecretFrom::Env(_)) => SecretPlace::Env,
        Some(SecretFrom::Plain(_)) | None => SecretPlace::Settings,
    }
}

fn kind_view(kind: &str, own: &[Field]) -> AccountKind {
    let fields = config::fields(kind).enumerate();
    let fields = fields.map(|(nth, field)| field_view(field, nth >= own.len()));
    AccountKind { kind: kind.to_owned(), fields: fields.collect() }
}

fn field_view(field: &Field, any: bool) -> AccountField {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let (kind, choices, least, most) = match field.asks {
        Asks::Text => (FieldKind::Text, Vec::new(), 0, 0),
        Asks::Secret => (FieldKind::Secret, Vec::new(), 0, 0),
        Asks::Word(all) | Asks::Code(all) => (FieldKind::Choice, words(all), 0, 0),
        Asks::Number(least, most) => (FieldKind::Number, Vec::new(), least, most),
        Asks::Flag => (FieldKind::Flag, Vec::new(), 0, 0),
    };
    AccountField {
        key: field.key.to_owned(),
        kind,
        choices,
        least,
        most,
        needed: field.needed,
        example: field.example.to_owned(),
        further: field.further,
        any,
    }
}
