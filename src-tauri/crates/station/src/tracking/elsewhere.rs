//! Numbers that are none of ours: typed by a person, or of couriers who bring something back.

use super::{kept, shown, timeline};
use crate::{
    Account, Station,
    accounts::Paced,
    carrier::{CarrierError, Secret, offers::Route, track::TrackAsk},
    order::read_phone,
    shipment::ShipmentError,
    trouble::{Action, Code, Trouble},
    view::{FollowedNumber, TrackView},
};

/// No carrier's numbers are longer.
const NO_CHARS_MAX: usize = 40;
/// Numbers that are listed.
const LISTED_MAX: u32 = 500;

/// The last four digits of a phone, without its extension.
pub(crate) fn phone_tail(phone: &str) -> String {
    let digits = read_phone(phone).map_or_else(|| phone.to_owned(), |phone| phone.number);
    let digits: Vec<char> = digits.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(4)..].iter().collect()
}

/// Begins to ask after a number that is none of ours; one that is asked after already goes on.
///
/// # Errors
/// SQL errors.
pub(crate) fn follow(
    db: &rusqlite::Connection,
    account: &str,
    no: &str,
    carrier: &str,
    phone: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    Ok(kept::add(db, account, no, carrier, &phone_tail(phone), now_ms)?)
}

impl Station {
    /// Follows a number that came from elsewhere: whose it is is asked where the account knows, and
    /// the carrier is asked to tell of it where somebody here listens. `phone` may be its last four
    /// digits, `carrier` whose it is, by the code there, for one that nobody recognises. Without an
    /// account the first that follows parcels does.
    ///
    /// # Errors
    /// [`Code::ScanUnknown`] for what is no number, [`Code::NoOffer`] if no account follows
    /// parcels; no such account; the database.
    pub async fn follow_number(
        &self,
        no: &str,
        phone: &str,
        account: Option<&str>,
        carrier: Option<&str>,
    ) -> Result<FollowedNumber, Trouble> {
        let no = no.trim().to_uppercase();
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if no.is_empty() || no.len() > NO_CHARS_MAX || !no.chars().all(fits) {
            return Err(Trouble::new(Code::ScanUnknown, Action::None, [("code", no)]));
        }
        let tracks = |account: &&Account| account.carrier.tracks().is_some();
        let account = match account {
            Some(name) => Some(self.account(name)?).filter(tracks),
            None => self.accounts.iter().filter(|it| !it.config.off).find(tracks),
        };
        let none = || Trouble::new(Code::NoOffer, Action::EditAccount, []);
        let account = account.ok_or_else(none)?;
        let name = account.config.name.clone();
        let known = carrier.map(|code| code.trim().to_owned()).filter(|code| !code.is_empty());
        let whose = match known {
            Some(code) => Ok(code),
            None => self.whose(account, &no).await,
        };
        let (carrier, mut failed) = match whose {
            Ok(carrier) => (carrier, Vec::new()),
            Err(error) => {
                let trouble = Trouble::of_carrier(Code::CarrierAway, &name, &error);
                (String::new(), vec![trouble])
            }
        };
        let (tail, now_ms) = (phone_tail(phone), self.now_ms());
        let (row, at, whose) = (no.clone(), name.clone(), carrier.clone());
        let phone = tail.clone();
        // Kept first: whoever dies before the carrier tells of it still asks.
        self.db.write(move |db| follow(db, &at, &row, &whose, &phone, now_ms)).await?;
        let mut told = false;
        if self.config.receive.is_some()
            && let Some(subscribes) = account.carrier.subscribes()
        {
            let phone_tail = Secret::new(tail);
            let (order_key, asked) = (String::new(), carrier.clone());
            let ask = TrackAsk { no: no.clone(), order_key, carrier: asked, phone_tail };
            match subscribes.subscribe(&Paced::aside(self, account), &ask).await {
                Ok(()) => told = true,
                // Asked after all the same.
                Err(error) => failed.push(Trouble::of_carrier(Code::CarrierAway, &name, &error)),
            }
        }
        account.tracker().plan = None;
        self.touch();
        Ok(FollowedNumber { no, account: name, carrier, told, track: None, failed })
    }

    /// Whose a number is, by the code at the account; empty: its own carrier's, or nobody knows.
    async fn whose(&self, account: &Account, no: &str) -> Result<String, CarrierError> {
        let Some(recognises) = account.carrier.recognises() else { return Ok(String::new()) };
        let owners = recognises.recognise(&Paced::aside(self, account), no).await?;
        let own = account.carrier.code();
        let first = owners.first().map(|owner| owner.code.clone()).unwrap_or_default();
        // Several carriers have numbers alike: the account's own is likelier than another.
        let is_own = owners.iter().any(|owner| owner.code == own);
        Ok(if is_own { String::new() } else { first })
    }

    /// Numbers that came from elsewhere, newest first, with what is known of each.
    ///
    /// # Errors
    /// The database.
    pub fn followed_numbers(&self) -> Result<Vec<FollowedNumber>, Trouble> {
        let rows = self.db.read(|db| -> Result<_, ShipmentError> {
            let mut rows = Vec::new();
            for found in shown::of_elsewhere(db, LISTED_MAX)? {
                let known = shown::known(db, found.id)?;
                rows.push((found, known));
            }
            Ok(rows)
        })?;
        let view = |(found, known): (shown::Elsewhere, shown::Known)| FollowedNumber {
            no: found.no,
            account: found.account,
            carrier: found.carrier,
            told: found.told,
            track: Some(timeline::view(known)),
            failed: Vec::new(),
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// What is known of a number from elsewhere; asked for now if `now`. `None`: it is not
    /// followed.
    ///
    /// # Errors
    /// What the carrier said instead, the database.
    pub async fn followed(&self, no: &str, now: bool) -> Result<Option<TrackView>, Trouble> {
        let no = no.trim().to_uppercase();
        let find = |no: &str| self.db.read(|db| kept::by_number(db, no));
        let Some((due, name)) = find(&no).map_err(ShipmentError::from)? else { return Ok(None) };
        let id = due.parcel.id;
        if now {
            let account = self.account(&name)?;
            if let Some(tracks) = account.carrier.tracks() {
                let plan = self.planned(account, tracks, self.now_ms())?;
                let asked: Result<(), CarrierError> =
                    self.ask_after(account, tracks, vec![due], plan).await?;
                asked.map_err(|it| Trouble::of_carrier(Code::CarrierAway, &name, &it))?;
            }
        }
        let known = self.db.read(|db| shown::known(db, id)).map_err(ShipmentError::from)?;
        Ok(Some(timeline::view(known)))
    }

    /// The route of a number that came from elsewhere, if its carrier told it. `None`: it is not
    /// followed.
    ///
    /// # Errors
    /// [`Code::NoOffer`] if nothing was told; the database.
    pub fn followed_route(&self, no: &str) -> Result<Option<Route>, Trouble> {
        let no = no.trim().to_uppercase();
        let found = self.db.read(|db| -> Result<_, ShipmentError> {
            let Some((_, account)) = kept::by_number(db, &no)? else { return Ok(None) };
            Ok(shown::route(db, &account, &no)?)
        })?;
        let none = || Trouble::new(Code::NoOffer, Action::EditAccount, []);
        found.map(|told| told.ok_or_else(none)).transpose()
    }
}
