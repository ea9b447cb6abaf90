//! Who works here: operators with a PIN or a badge, what each may, and who sits at this bench.
//! Without operators nobody is told apart and everybody may everything.

mod acts;
mod fault;
mod secret;

use crate::{
    Station,
    db::DbError,
    trouble::{Action, Code, Trouble},
    view::{Act, Deed, Detail, OperatorChange, OperatorForm, OperatorView, PeopleView, Right},
};
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Wrong PINs that are forgiven at once.
const FORGIVEN: u32 = 3;
/// The longest wait after a wrong one.
const WAIT_MS_MAX: i64 = 60_000;
/// The beginning of a street is seen by everybody, as on the label.
const STREET_CHARS_SHOWN: usize = 4;

/// Who sits at this bench.
#[derive(Debug, Default)]
pub(crate) struct Seat(Mutex<Sitting>);

#[derive(Debug, Default)]
struct Sitting {
    who: Option<i64>,
    wrong: u32,
    wait_until_ms: i64,
}

impl Seat {
    fn get(&self) -> MutexGuard<'_, Sitting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An operator with what tells that it is them.
struct Known {
    view: OperatorView,
    pin: String,
    badge: String,
    mark: Option<u8>,
}

fn all(db: &Connection) -> Result<Vec<Known>, DbError> {
    let mut statement = db.prepare_cached(
        "SELECT id, name, rights, pin, badge, badge_mark FROM operator WHERE gone_at_ms IS NULL
          ORDER BY name",
    )?;
    let rows = statement.query_map([], |row| {
        let (pin, badge): (String, String) = (row.get(3)?, row.get(4)?);
        Ok(Known {
            view: OperatorView {
                id: row.get(0)?,
                name: row.get(1)?,
                rights: serde_json::from_str(&row.get::<_, String>(2)?).unwrap_or_default(),
                has_pin: !pin.is_empty(),
                has_badge: !badge.is_empty(),
            },
            pin,
            badge,
            mark: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes for the history who sits here; empty: nobody.
fn write_seat(db: &Connection, name: &str) -> Result<(), DbError> {
    if name.is_empty() {
        db.execute("DELETE FROM meta WHERE key = 'seat'", [])?;
    } else {
        db.execute("INSERT OR REPLACE INTO meta VALUES ('seat', ?1)", [name])?;
    }
    Ok(())
}

impl Station {
    /// Everybody, and who is here.
    ///
    /// # Errors
    /// The database.
    pub fn people(&self) -> Result<PeopleView, Trouble> {
        let operators: Vec<OperatorView> =
            self.db.read(all)?.into_iter().map(|known| known.view).collect();
        let who = self.seat.get().who;
        let current = operators.iter().find(|operator| Some(operator.id) == who);
        let rights = match (operators.is_empty(), current) {
            (true, _) => Right::ALL.to_vec(),
            (false, Some(operator)) => operator.rights.clone(),
            (false, None) => Vec::new(),
        };
        let current = current.map(|operator| operator.name.clone());
        let lock_after_min = self.config.people.lock_after_min;
        Ok(PeopleView { operators, current, rights, lock_after_min })
    }

    /// Whether whoever sits here may do this. The one place that is asked.
    ///
    /// # Errors
    /// [`Code::Locked`] if nobody sits here; [`Code::NotAllowed`] with who may; the database.
    pub fn may(&self, right: Right) -> Result<(), Trouble> {
        let people = self.people()?;
        if people.rights.contains(&right) {
            return Ok(());
        }
        self.at_work(&people)?;
        let may: Vec<String> = people
            .operators
            .into_iter()
            .filter(|operator| operator.rights.contains(&right))
            .map(|operator| operator.name)
            .collect();
        let fields = [("right", word(right)), ("who", may.join(", "))];
        Err(Trouble::new(Code::NotAllowed, Action::None, fields))
    }

    /// Whether somebody may work here at all now.
    ///
    /// # Errors
    /// [`Code::Locked`]; the database.
    pub fn unlocked(&self) -> Result<(), Trouble> {
        self.at_work(&self.people()?)
    }

    fn at_work(&self, people: &PeopleView) -> Result<(), Trouble> {
        if people.operators.is_empty() || people.current.is_some() {
            return Ok(());
        }
        Err(Trouble::new(Code::Locked, Action::None, []))
    }

    /// Whether one more copy of a label may be printed: past the settings' number only by those
    /// with the right.
    ///
    /// # Errors
    /// As [`Station::may`]; no such order.
    pub fn may_copy(&self, code: &str) -> Result<(), Trouble> {
        self.unlocked()?;
        let Some(most) = self.config.people.reprints_max else { return Ok(()) };
        let copies = self.row(self.resolve(code)?)?.copies;
        if copies < most { Ok(()) } else { self.may(Right::Reprint) }
    }

    /// Whether something may be done with a selection.
    ///
    /// # Errors
    /// As [`Station::may`].
    pub fn may_act(&self, act: &Act) -> Result<(), Trouble> {
        match act.deed {
            Deed::Void => self.may(Right::Void),
            _ => self.unlocked(),
        }
    }

    /// A shipment in full for whoever sits here: without the right to it the person is masked.
    ///
    /// # Errors
    /// As [`Station::detail`].
    pub fn detail_here(&self, id: i64) -> Result<Detail, Trouble> {
        let mut detail = self.detail(id)?;
        if self.may(Right::Personal).is_err() {
            let edit = &mut detail.edit;
            edit.name.clone_from(&detail.row.name);
            edit.phone.clone_from(&detail.row.phone);
            edit.detail =
                edit.detail.chars().take(STREET_CHARS_SHOWN).chain("***".chars()).collect();
            edit.email.clear();
        }
        Ok(detail)
    }

    /// Somebody says who they are, by PIN or badge. `None`: it is nobody's badge, and may be any
    /// other code.
    ///
    /// # Errors
    /// [`Code::WhoUnknown`] for a wrong PIN, and for any while the wait after one lasts.
    pub async fn sit_down(&self, secret: &str, by_badge: bool) -> Result<Option<String>, Trouble> {
        let secret = secret.trim();
        let now_ms = self.now_ms();
        let wait_ms = self.seat.get().wait_until_ms - now_ms;
        if wait_ms > 0 && !by_badge {
            return Err(who_unknown(wait_ms));
        }
        let known = self.db.read(all)?;
        let mark = secret::mark(secret);
        let found = known.into_iter().find(|known| match by_badge {
            true => known.mark == Some(mark) && secret::fits(secret, &known.badge),
            false => !known.pin.is_empty() && secret::fits(secret, &known.pin),
        });
        let Some(known) = found else {
            if by_badge {
                return Ok(None);
            }
            let wait_ms = self.wrong(now_ms);
            self.note_act("wrong_pin", String::new()).await?;
            return Err(who_unknown(wait_ms));
        };
        *self.seat.get() = Sitting { who: Some(known.view.id), ..Sitting::default() };
        let name = known.view.name.clone();
        self.db
            .write(move |db| {
                write_seat(db, &known.view.name)?;
                acts::note(db, "seated", "", now_ms)
            })
            .await
            .map_err(Trouble::from)?;
        self.touch();
        Ok(Some(name))
    }

    /// Counts a wrong one; how long to wait, ms: none at first, then doubling.
    fn wrong(&self, now_ms: i64) -> i64 {
        let mut seat = self.seat.get();
        seat.wrong += 1;
        let nth = seat.wrong.saturating_sub(FORGIVEN).min(16);
        let wait_ms = if nth == 0 { 0 } else { (1_000_i64 << nth).min(WAIT_MS_MAX) };
        seat.wait_until_ms = now_ms + wait_ms;
        wait_ms
    }

    /// Locks: nobody sits here until somebody says so.
    ///
    /// # Errors
    /// The database.
    pub async fn stand_up(&self) -> Result<(), Trouble> {
        let now_ms = self.now_ms();
        let sat = self.seat.get().who.take().is_some();
        self.db
            .write(move |db| -> Result<(), DbError> {
                if sat {
                    acts::note(db, "locked", "", now_ms)?;
                }
                write_seat(db, "")
            })
            .await
            .map_err(Trouble::from)?;
        self.touch();
        Ok(())
    }

    /// Who sits here, for the next station of this home.
    pub fn seat_taken(&self) -> Option<i64> {
        self.seat.get().who
    }

    /// Who sat at another station of this home, which was closed only to take settings into effect,
    /// sits at this one.
    ///
    /// # Errors
    /// The database.
    pub async fn sit_as(&self, who: Option<i64>) -> Result<(), Trouble> {
        let known = self.db.read(all)?;
        let Some(known) = known.into_iter().find(|known| Some(known.view.id) == who) else {
            return Ok(());
        };
        self.seat.get().who = who;
        self.db.write(move |db| write_seat(db, &known.view.name)).await.map_err(Trouble::from)
    }

    /// Changes the operators.
    ///
    /// # Errors
    /// [`Code::NotAllowed`]; [`Code::OperatorRefused`] with why: `name`, `name_taken`, `pin`,
    /// `pin_taken`, `badge`, `badge_taken`, `no_secret`, `last_settings`; the database.
    pub async fn change_operators(&self, change: OperatorChange) -> Result<PeopleView, Trouble> {
        self.may(Right::Settings)?;
        let now_ms = self.now_ms();
        let known = self.db.read(all)?;
        let refused = |operator: &str, why: &str| {
            let fields = [("operator", operator.to_owned()), ("why", why.to_owned())];
            Trouble::new(Code::OperatorRefused, Action::None, fields)
        };
        let (id, form) = match change {
            OperatorChange::Add { form } => (None, Some(form)),
            OperatorChange::Set { id, form } => (Some(id), Some(form)),
            OperatorChange::Remove { id } => (Some(id), None),
        };
        let was = known.iter().find(|known| Some(known.view.id) == id);
        let name = match &form {
            Some(form) => form.name.trim().to_owned(),
            None => was.map(|was| was.view.name.clone()).unwrap_or_default(),
        };
        if let Some(why) = form.as_ref().and_then(|form| fault::of(form, was, &known)) {
            return Err(refused(&name, why));
        }
        let stays = form.as_ref().is_some_and(|form| form.rights.contains(&Right::Settings));
        let others = known.iter().filter(|known| Some(known.view.id) != id);
        let mut others_may = others.filter(|known| known.view.rights.contains(&Right::Settings));
        let last_goes = form.is_none() && known.len() == 1;
        if !stays && !last_goes && others_may.next().is_none() {
            return Err(refused(&name, "last_settings"));
        }
        let what = match (&form, id) {
            (None, _) => "operator_removed",
            (Some(_), Some(_)) => "operator_changed",
            (Some(_), None) => "operator_added",
        };
        self.db
            .write(move |db| -> Result<(), DbError> {
                match form {
                    Some(form) => keep(db, id, &form, now_ms)?,
                    None => gone(db, id, now_ms)?,
                }
                acts::note(db, what, &name, now_ms)
            })
            .await
            .map_err(Trouble::from)?;
        self.touch();
        self.people()
    }
}

fn keep(db: &Connection, id: Option<i64>, form: &OperatorForm, now_ms: i64) -> Result<(), DbError> {
    let salt = || -> Result<[u8; 16], DbError> {
        Ok(db.query_row("SELECT randomblob(16)", [], |row| row.get(0))?)
    };
    let hash = |typed: Option<&str>| -> Result<Option<String>, DbError> {
        match typed.map(str::trim) {
            None => Ok(None),
            Some("") => Ok(Some(String::new())),
            Some(typed) => Ok(Some(secret::hashed(typed, &salt()?))),
        }
    };
    let (pin, badge) = (hash(form.pin.as_deref())?, hash(form.badge.as_deref())?);
    let typed = form.badge.as_deref().map(str::trim);
    let mark = typed.filter(|typed| !typed.is_empty()).map(secret::mark);
    let rights = serde_json::to_string(&form.rights)?;
    let name = form.name.trim();
    let id = match id {
        Some(id) => id,
        None => {
            db.execute(
                "INSERT INTO operator (name, pin, badge, rights, added_at_ms)
                 VALUES (?1, '', '', '[]', ?2)",
                params![name, now_ms],
            )?;
            db.last_insert_rowid()
        }
    };
    db.execute(
        "UPDATE operator SET name = ?2, rights = ?3, pin = coalesce(?4, pin),
                badge = coalesce(?5, badge),
                badge_mark = CASE WHEN ?5 IS NULL THEN badge_mark ELSE ?6 END
          WHERE id = ?1 AND gone_at_ms IS NULL",
        params![id, name, rights, pin, badge, mark],
    )?;
    Ok(())
}

fn gone(db: &Connection, id: Option<i64>, now_ms: i64) -> Result<(), DbError> {
    let was: Option<String> = db
        .query_row("SELECT name FROM operator WHERE id = ?1", [id], |row| row.get(0))
        .optional()?;
    db.execute(
        "UPDATE operator SET gone_at_ms = ?2, pin = '', badge = '', badge_mark = NULL
          WHERE id = ?1",
        params![id, now_ms],
    )?;
    let seated: Option<String> = db
        .query_row("SELECT value FROM meta WHERE key = 'seat'", [], |row| row.get(0))
        .optional()?;
    if was.is_some() && was == seated { write_seat(db, "") } else { Ok(()) }
}

fn who_unknown(wait_ms: i64) -> Trouble {
    let wait_s = (wait_ms + 999) / 1_000;
    Trouble::new(Code::WhoUnknown, Action::None, [("wait_s", wait_s.max(0).to_string())])
}

fn word(right: Right) -> String {
    match right {
        Right::Void => "void",
        Right::Force => "force",
        Right::Reprint => "reprint",
        Right::Settings => "settings",
        Right::Personal => "personal",
    }
    .to_owned()
}
