//! Applications for a customer number at a carrier's outlet: kept before they are sent, sent once,
//! settled by the answer, by a push (`apply/told`) or by a person. An answer that is lost leaves
//! one unknown, and it is never sent again by itself. What comes is taken into the settings when a
//! person says so (`AccountChange::Take`).

mod kept;
mod told;

use crate::{
    Account, Station,
    accounts::Paced,
    calls,
    carrier::{
        CarrierError,
        apply::{Applies, ApplyAsk},
    },
    config::{self, Put, SecretFrom, Speaks},
    order::{Address, Person},
    shipment::ShipmentError,
    storage,
    trouble::{Action, Code, Trouble},
    view::{ApplicationState, ApplicationView, ApplyAsked, ApplyForm, TakenKey},
};
use kept::Application;
use rusqlite::Connection;
use std::{collections::BTreeMap, fs};

/// Settings of one account.
type Keys = Vec<(&'static str, Put)>;

impl Station {
    /// A form to apply with: the sender of the settings is the applicant.
    ///
    /// # Errors
    /// [`Code::NoAccount`]; [`Code::NoOffer`] if its carrier takes no applications.
    pub fn apply_form(&self, account: &str) -> Result<ApplyForm, Trouble> {
        self.applies(account)?;
        let Person { name, phone, address, .. } = self.config.sender.clone();
        let Address { province, city, district, detail, .. } = address;
        let account = account.to_owned();
        let form = ApplyForm {
            account,
            name,
            phone,
            province,
            city,
            district,
            detail,
            ..ApplyForm::default()
        };
        Ok(form)
    }

    /// Applies for a customer number. It is kept before it is sent, and sent once.
    ///
    /// # Errors
    /// [`Code::ApplicationOpen`] if one is open at this outlet and the form does not put it aside,
    /// or is under way; [`Code::NoAccount`], [`Code::NoOffer`]; the database. What the carrier says
    /// is the application's state.
    pub async fn apply(&self, form: ApplyForm) -> Result<ApplyAsked, Trouble> {
        let (account, applies) = self.applies(&form.account)?;
        let body = match applies.apply_request(&asked(&form)) {
            Ok(body) => body,
            Err(faults) => return Ok(ApplyAsked { faults, application: None }),
        };
        let id = self.keep_application(account, &form, &body).await?;
        self.db.write(move |db| kept::leaves(db, id)).await?;
        let outcome = applies.apply(&Paced::aside(self, account), &body).await;
        let error = outcome.as_ref().err().map(ToString::to_string);
        tracing::info!(application.id = id, carrier = %form.account, ?error, "applied");
        let (name, now_ms) = (form.account, self.now_ms());
        self.db.write(move |db| record(db, id, &name, outcome, now_ms)).await?;
        self.touch();
        let application = Some(self.application(id)?);
        Ok(ApplyAsked { faults: Vec::new(), application })
    }

    async fn keep_application(
        &self,
        account: &Account,
        form: &ApplyForm,
        body: &str,
    ) -> Result<i64, Trouble> {
        let (name, shipper) = (form.account.clone(), account.carrier.code().to_owned());
        let (code, station) =
            (form.station_code.trim().to_owned(), form.station_name.trim().to_owned());
        let (body, again, now_ms) = (body.to_owned(), form.again, self.now_ms());
        let kept = self.db.write(move |db| -> Result<Option<i64>, ShipmentError> {
            for open in kept::all(db)? {
                let same = open.account == name && open.station_code == code;
                if !same || !kept::is_open(open.state) {
                    continue;
                }
                if !again || open.state == ApplicationState::Asked {
                    return Ok(None);
                }
                kept::ended(db, open.id, ApplicationState::Dropped, now_ms)?;
            }
            let new = kept::New {
                account: &name,
                shipper: &shipper,
                station_code: &code,
                station_name: &station,
                body: &body,
            };
            Ok(Some(kept::insert(db, &new, now_ms)?))
        });
        kept.await?.ok_or_else(|| {
            let fields = [("account", form.account.clone()), ("outlet", form.station_code.clone())];
            Trouble::new(Code::ApplicationOpen, Action::None, fields)
        })
    }

    fn applies(&self, name: &str) -> Result<(&Account, &dyn Applies), Trouble> {
        let account = self.account(name)?;
        let applies = account.carrier.applies();
        let applies =
            applies.ok_or_else(|| Trouble::new(Code::NoOffer, Action::EditAccount, []))?;
        Ok((account, applies))
    }

    /// All applications, the newest first.
    ///
    /// # Errors
    /// The database, or the disk.
    pub fn applications(&self) -> Result<Vec<ApplicationView>, Trouble> {
        let text = self.settings_text()?;
        let all = self.db.read(kept::all)?;
        Ok(all.into_iter().map(|one| view(one, &text)).collect())
    }

    fn application(&self, id: i64) -> Result<ApplicationView, Trouble> {
        Ok(view(self.application_row(id)?, &self.settings_text()?))
    }

    fn application_row(&self, id: i64) -> Result<Application, Trouble> {
        let found = self.db.read(|db| kept::get(db, id))?;
        found.ok_or_else(|| {
            Trouble::new(Code::NoApplication, Action::None, [("id", id.to_string())])
        })
    }

    fn settings_text(&self) -> Result<String, Trouble> {
        fs::read_to_string(self.home.join(config::FILE_NAME)).map_err(|why| storage(&why))
    }

    /// Puts an application aside: a person wants nothing of it. Its password is forgotten, unless
    /// the settings have it.
    ///
    /// # Errors
    /// [`Code::NoApplication`]; [`Code::ApplicationOpen`] while the carrier is being asked; the
    /// database, the disk.
    pub async fn drop_application(&self, id: i64) -> Result<Vec<ApplicationView>, Trouble> {
        let row = self.application_row(id)?;
        if row.state == ApplicationState::Asked {
            let fields = [("account", row.account), ("outlet", row.station_code)];
            return Err(Trouble::new(Code::ApplicationOpen, Action::Wait, fields));
        }
        let now_ms = self.now_ms();
        self.db.write(move |db| kept::ended(db, id, ApplicationState::Dropped, now_ms)).await?;
        self.forget_secrets(&row.secret)?;
        self.touch();
        self.applications()
    }

    /// What taking a number puts into the settings of its account, and which account that is.
    ///
    /// # Errors
    /// [`Code::NoApplication`] unless a number came; the database.
    pub(crate) fn taking(&self, id: i64) -> Result<(String, Keys), Trouble> {
        let row = self.application_row(id)?;
        if row.customer_name.is_empty() || row.state == ApplicationState::Dropped {
            let fields = [("id", id.to_string())];
            return Err(Trouble::new(Code::NoApplication, Action::None, fields));
        }
        let keys = put(&row).map(|(key, text)| (key, Put::Text(text.to_owned()))).collect();
        Ok((row.account, keys))
    }

    /// Number and place of its password as they stand in the settings, by account.
    pub(crate) fn in_force(&self) -> BTreeMap<String, (String, String)> {
        let known = self.config.carriers.iter().filter_map(|entry| {
            let Speaks::Kdniao(own) = &entry.speaks else { return None };
            let place = own.customer_pwd.as_ref().map(|secret| secret.from.to_string());
            let has = (own.customer_name.clone(), place.unwrap_or_default());
            Some((entry.name.clone(), has))
        });
        known.collect()
    }
}

/// At start: what was under way is in doubt, and what stands in the settings is taken.
///
/// # Errors
/// SQL errors.
pub(crate) fn recover(
    db: &Connection,
    in_force: &BTreeMap<String, (String, String)>,
    now_ms: i64,
) -> Result<usize, ShipmentError> {
    for row in kept::all(db)? {
        let has = in_force.get(&row.account);
        let same = has.is_some_and(|(name, place)| {
            *name == row.customer_name && (row.secret.is_empty() || *place == row.secret)
        });
        if row.state == ApplicationState::Granted && same {
            kept::ended(db, row.id, ApplicationState::Taken, now_ms)?;
        }
    }
    Ok(kept::recover(db, now_ms)?)
}

fn asked(form: &ApplyForm) -> ApplyAsk {
    ApplyAsk {
        station_code: form.station_code.clone(),
        station_name: form.station_name.clone(),
        apply_id: form.apply_id.clone(),
        company: form.company.clone(),
        applicant: Person {
            name: form.name.clone(),
            phone: form.phone.clone(),
            address: Address {
                province: form.province.clone(),
                city: form.city.clone(),
                district: form.district.clone(),
                detail: form.detail.clone(),
                ..Address::default()
            },
            ..Person::default()
        },
    }
}

fn record(
    db: &Connection,
    id: i64,
    account: &str,
    outcome: Result<String, CarrierError>,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    use ApplicationState as S;
    let (state, code, said) = match outcome {
        Ok(code) => (S::Accepted, code, String::new()),
        Err(CarrierError::NotSent { why }) => (S::Unsent, String::new(), why),
        // Not taken: the carrier says so itself.
        Err(CarrierError::Busy { said }) => (S::Unsent, String::new(), said),
        Err(CarrierError::Unknown { why }) => (S::Unknown, String::new(), why),
        Err(CarrierError::Refused { code, said, .. }) => {
            calls::refused(db, account, &code, &said, now_ms)?;
            (S::Refused, String::new(), said)
        }
    };
    Ok(kept::answered(db, id, state, (&code, &said), now_ms)?)
}

/// The settings that a number brings; the outlet where an account says which.
fn put(row: &Application) -> impl Iterator<Item = (&'static str, &str)> {
    let all = [
        ("customer_name", row.customer_name.as_str()),
        ("customer_pwd", row.secret.as_str()),
        ("send_site", row.station_name.as_str()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty())
}

fn view(row: Application, text: &str) -> ApplicationView {
    let there = config::account_texts(text, &row.account);
    let change = |(key, now): (&str, &str)| {
        let was = there.get(key).cloned().unwrap_or_default();
        let secret = key == "customer_pwd";
        let replaces = !was.is_empty() && was != now;
        // A password in the settings themselves is not shown; where one is kept may be.
        let place = |text: &str| SecretFrom::read(text).is_some();
        let shown = |text: String| if secret && !place(&text) { String::new() } else { text };
        TakenKey {
            key: key.to_owned(),
            was: shown(was),
            now: shown(now.to_owned()),
            secret,
            replaces,
        }
    };
    let can = row.state == ApplicationState::Granted;
    let changes = if can { put(&row).map(change).collect() } else { Vec::new() };
    ApplicationView {
        changes,
        has_pwd: !row.secret.is_empty(),
        id: row.id,
        account: row.account,
        state: row.state,
        stray: row.stray,
        station_code: row.station_code,
        station_name: row.station_name,
        apply_code: row.apply_code,
        said: row.said,
        customer_name: row.customer_name,
        asked_at_ms: row.asked_at_ms,
        changed_at_ms: row.changed_at_ms,
    }
}
