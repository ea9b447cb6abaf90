//! The sender profiles on the settings screen, and one change of them at a time. A change is
//! planned here, against the file as it is now; whoever holds the station writes it and opens it
//! anew.

use crate::{
    Station, config,
    config::{Config, NoEdit, Put, SenderProfile, TableEdit, edit_senders},
    config_trouble,
    order::{Address, Person},
    place, settings_refused,
    shipment::hand,
    storage,
    trouble::{Action, Code, Trouble},
    view::{SenderAbroadForm, SenderChange, SenderProfileForm, SenderSetup, SenderSetups},
};
use std::fs;

impl Station {
    /// All sender profiles of the settings in force.
    ///
    /// # Errors
    /// The database, or the disk.
    pub fn sender_setups(&self) -> Result<SenderSetups, Trouble> {
        let before = config::before(&self.home).map_err(|why| storage(&why))?;
        let setup = |profile: &SenderProfile| {
            let waiting = self.db.read(|db| hand::wait_for_sender(db, &profile.profile))?;
            Ok(SenderSetup { form: form(profile), waiting })
        };
        let facets = self.facets()?;
        Ok(SenderSetups {
            profiles: self.config.senders.iter().map(setup).collect::<Result<_, Trouble>>()?,
            house: self.config.sender.name.clone(),
            shops: facets.shops,
            accounts: facets.accounts,
            can_undo: before.is_some(),
        })
    }

    /// The settings' text with a change in it. Nothing is written.
    ///
    /// # Errors
    /// [`Code::SettingsRefused`] with all faults of the result; [`Code::NoSender`];
    /// [`Code::SenderWaitedFor`] if orders name one that would be gone; [`Code::NothingBefore`];
    /// the disk, the database.
    pub fn plan_senders(&self, change: &SenderChange) -> Result<String, Trouble> {
        let path = self.home.join(config::FILE_NAME);
        let now = fs::read_to_string(&path).map_err(|why| storage(&why))?;
        let edited = |name: &str, edit: &TableEdit<'_>| {
            edit_senders(&now, edit).map_err(|why| match why {
                NoEdit::NoSuch => {
                    Trouble::new(Code::NoSender, Action::None, [("name", name.to_owned())])
                }
                // Somebody is in the middle of editing the file: its faults are told.
                NoEdit::Unreadable => {
                    let faults = config::parse(&now).err().unwrap_or_default();
                    let name = config::FILE_NAME.into();
                    config_trouble(&self.home, &config::ConfigError::Faults(name, faults))
                }
            })
        };
        let text = match change {
            SenderChange::Undo => config::before(&self.home)
                .map_err(|why| storage(&why))?
                .ok_or_else(|| Trouble::new(Code::NothingBefore, Action::None, []))?,
            SenderChange::Add { form } => {
                let mut keys = keys(form);
                keys.retain(|(_, put)| !says_nothing(put));
                edited(&form.profile, &TableEdit::Add(&keys))?
            }
            SenderChange::Set { profile, form } => {
                edited(profile, &TableEdit::Set(profile, &keys(form)))?
            }
            SenderChange::Remove { profile } => edited(profile, &TableEdit::Remove(profile))?,
            SenderChange::First { profile } => edited(profile, &TableEdit::First(profile))?,
        };
        let refused = |faults: Vec<_>| settings_refused(&self.home, &faults);
        let planned = config::parse(&text).map_err(refused)?;
        self.labels_allow(&planned.printers)?;
        self.nobody_waits(&planned)?;
        self.senders_stay(&planned)?;
        Ok(text)
    }

    /// No profile goes that somebody chose for orders which still have no number.
    pub(crate) fn senders_stay(&self, planned: &Config) -> Result<(), Trouble> {
        for SenderProfile { profile, .. } in &self.config.senders {
            if planned.senders.iter().any(|planned| planned.profile == *profile) {
                continue;
            }
            let count = self.db.read(|db| hand::wait_for_sender(db, profile))?;
            if count > 0 {
                let fields = [("sender", profile.clone()), ("count", count.to_string())];
                return Err(Trouble::new(Code::SenderWaitedFor, Action::None, fields));
            }
        }
        Ok(())
    }
}

fn says_nothing(put: &Put) -> bool {
    match put {
        Put::Nothing => true,
        Put::Table(keys) => keys.iter().all(|(_, put)| says_nothing(put)),
        Put::Text(_) | Put::Whole(_) | Put::Decimal(_) | Put::Flag(_) => false,
        Put::Texts(_) | Put::Pairs(_) => false,
    }
}

/// A form as keys of the settings. What must be there is refused as empty, not as missing.
fn keys(form: &SenderProfileForm) -> Vec<(&'static str, Put)> {
    let needed = |text: &str| Put::Text(text.trim().to_owned());
    let text = |text: &str| match text.trim() {
        "" => Put::Nothing,
        text => Put::Text(text.to_owned()),
    };
    let texts = |all: &[String]| {
        let all = all.iter().map(|one| one.trim().to_owned()).filter(|one| !one.is_empty());
        match all.collect::<Vec<_>>() {
            none if none.is_empty() => Put::Nothing,
            some => Put::Texts(some),
        }
    };
    let at = place::normalise(&Address {
        province: form.province.trim().to_owned(),
        city: form.city.trim().to_owned(),
        district: form.district.trim().to_owned(),
        detail: form.detail.trim().to_owned(),
        ..Address::default()
    });
    let abroad = &form.abroad;
    let abroad = vec![
        ("name", text(&abroad.name)),
        ("phone", text(&abroad.phone)),
        ("street", text(&abroad.street)),
        ("city", text(&abroad.city)),
        ("state", text(&abroad.state)),
        ("postcode", text(&abroad.postcode)),
    ];
    let abroad = Put::Table(abroad);
    vec![
        ("profile", needed(&form.profile)),
        ("shops", texts(&form.shops)),
        ("carriers", texts(&form.carriers)),
        ("name", needed(&form.name)),
        ("phone", needed(&form.phone)),
        ("province", needed(&at.province)),
        ("city", needed(&at.city)),
        ("district", text(&at.district)),
        ("detail", needed(&at.detail)),
        ("postcode", text(&form.postcode)),
        ("abroad", if says_nothing(&abroad) { Put::Nothing } else { abroad }),
    ]
}

fn form(profile: &SenderProfile) -> SenderProfileForm {
    let Person { name, phone, address, .. } = profile.person.clone();
    let abroad = profile.abroad.clone().map(|person| SenderAbroadForm {
        name: person.name,
        phone: person.phone,
        street: person.address.detail,
        city: person.address.city,
        state: person.address.province,
        postcode: person.address.postcode,
    });
    SenderProfileForm {
        profile: profile.profile.clone(),
        name,
        phone,
        province: address.province,
        city: address.city,
        district: address.district,
        detail: address.detail,
        postcode: address.postcode,
        shops: profile.shops.clone(),
        carriers: profile.carriers.clone(),
        abroad: abroad.unwrap_or_default(),
    }
}
