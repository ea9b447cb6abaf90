//! What a shipment can be and what moves it. The only writer of `shipment` and its history.
//! A state is decided in [`next`] and written in [`advance`], with its history line.

pub mod hand;
mod history;
pub mod load;
mod parcel;
#[cfg(test)]
mod tests;
pub mod told;
pub mod waybill;

pub use history::{blank, by_person};

use crate::{
    db::DbError,
    order::Fault,
    trouble::{Action, Code, Trouble},
    view::State,
};
use rusqlite::{Connection, OptionalExtension, params};

/// The label that bears a waybill's own number; further ones are counted on from it.
pub const FIRST_PART: u32 = crate::carrier::parts::FIRST;

/// What happens to a shipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The check found nothing (again, after an edit).
    Passed,
    /// The check found faults.
    Stopped,
    /// The carrier is about to be asked for a number.
    Requested,
    /// Withdrawn before anything was sent.
    Withdrawn,
    /// The carrier issued a number.
    Issued,
    /// The carrier said no.
    Refused,
    /// A label came out, as far as can be told.
    Printed,
    /// The carrier is about to be asked to take the number back.
    VoidAsked,
    /// It took the number back.
    Voided,
    /// It did not, and the label had been printed.
    KeptPrinted,
    /// It did not, and no label was out.
    KeptUnprinted,
}

impl Event {
    /// All of them, for the table test.
    pub const ALL: [Self; 11] = [
        Self::Passed,
        Self::Stopped,
        Self::Requested,
        Self::Withdrawn,
        Self::Issued,
        Self::Refused,
        Self::Printed,
        Self::VoidAsked,
        Self::Voided,
        Self::KeptPrinted,
        Self::KeptUnprinted,
    ];
}

/// All states, for the table test.
pub const STATES: [State; 7] = [
    State::Held,
    State::Ready,
    State::Requested,
    State::Refused,
    State::Waybilled,
    State::Printed,
    State::Voiding,
];

/// Why a shipment could not be moved.
#[derive(Debug, thiserror::Error)]
pub enum ShipmentError {
    /// The event does not fit the state.
    #[error("shipment {id} is {state:?}: {event:?} does not fit")]
    WrongState {
        /// The shipment.
        id: i64,
        /// What it is.
        state: State,
        /// What was tried.
        event: Event,
    },
    /// There is none with that id.
    #[error("no shipment {0}")]
    Missing(i64),
    /// It has another live number already.
    #[error("shipment {id} has {has}, the carrier now says {got}")]
    TwoWaybills {
        /// The shipment.
        id: i64,
        /// Its live number.
        has: String,
        /// The other one.
        got: String,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for ShipmentError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<serde_json::Error> for ShipmentError {
    fn from(error: serde_json::Error) -> Self {
        Self::Db(error.into())
    }
}

/// The whole machine: the state after `event`, or `None` where it does not fit.
pub fn next(state: State, event: Event) -> Option<State> {
    use {Event as E, State as S};
    match (state, event) {
        (S::Held | S::Ready | S::Refused, E::Passed) => Some(S::Ready),
        (S::Held | S::Ready | S::Refused, E::Stopped) => Some(S::Held),
        (S::Ready | S::Refused, E::Requested) => Some(S::Requested),
        (S::Requested, E::Withdrawn) => Some(S::Ready),
        (S::Requested, E::Issued) => Some(S::Waybilled),
        (S::Requested, E::Refused) => Some(S::Refused),
        (S::Waybilled | S::Printed, E::Printed) => Some(S::Printed),
        (S::Waybilled | S::Printed, E::VoidAsked) => Some(S::Voiding),
        (S::Voiding, E::Voided) => Some(S::Held),
        (S::Voiding, E::KeptPrinted) => Some(S::Printed),
        (S::Voiding, E::KeptUnprinted) => Some(S::Waybilled),
        (
            S::Held | S::Ready | S::Requested | S::Refused | S::Waybilled | S::Printed | S::Voiding,
            _,
        ) => None,
    }
}

/// The word kept in the database and in JSON.
pub fn word(state: State) -> &'static str {
    match state {
        State::Held => "held",
        State::Ready => "ready",
        State::Requested => "requested",
        State::Refused => "refused",
        State::Waybilled => "waybilled",
        State::Printed => "printed",
        State::Voiding => "voiding",
    }
}

/// Reads a state word back. The CHECK in the schema keeps other words out.
pub fn state_of(text: &str) -> Option<State> {
    STATES.into_iter().find(|state| word(*state) == text)
}

/// The state a shipment is in.
///
/// # Errors
/// [`ShipmentError::Missing`]; SQL errors.
pub fn state(db: &Connection, id: i64) -> Result<State, ShipmentError> {
    let text: Option<String> = db
        .prepare_cached("SELECT state FROM shipment WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    text.and_then(|text| state_of(&text)).ok_or(ShipmentError::Missing(id))
}

/// Moves a shipment and writes its history line: `said` is the history's word
/// (`history.<said>` in the language files), `note` its literal addition.
///
/// # Errors
/// [`ShipmentError::WrongState`] where the event does not fit; nothing is changed then.
pub fn advance(
    db: &Connection,
    id: i64,
    event: Event,
    said: &str,
    note: &str,
    now_ms: i64,
) -> Result<State, ShipmentError> {
    let from = state(db, id)?;
    // What goes with another shipment is never moved by itself: no number of its own is asked for.
    let leads = load::leader(db, id)?.is_none();
    let to = next(from, event).filter(|_| leads);
    let to = to.ok_or(ShipmentError::WrongState { id, state: from, event })?;
    db.prepare_cached("UPDATE shipment SET state = ?2, trouble = NULL WHERE id = ?1")?
        .execute(params![id, word(to)])?;
    write_history(db, id, said, to, note, now_ms)?;
    Ok(to)
}

/// Writes a history line without moving anything.
///
/// # Errors
/// [`ShipmentError::Missing`]; SQL errors.
pub fn tell(
    db: &Connection,
    id: i64,
    said: &str,
    note: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let state = state(db, id)?;
    write_history(db, id, said, state, note, now_ms)
}

/// Writes a history line unless the newest of its kind says the same.
///
/// # Errors
/// [`ShipmentError::Missing`]; SQL errors.
pub fn tell_once(
    db: &Connection,
    id: i64,
    said: &str,
    note: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let last: Option<String> = db
        .prepare_cached(
            "SELECT note FROM shipment_event WHERE shipment_id = ?1 AND event = ?2
              ORDER BY seq DESC LIMIT 1",
        )?
        .query_row(params![id, said], |row| row.get(0))
        .optional()?;
    if last.as_deref() == Some(note) { Ok(()) } else { tell(db, id, said, note, now_ms) }
}

fn write_history(
    db: &Connection,
    id: i64,
    said: &str,
    state: State,
    note: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "INSERT INTO shipment_event (shipment_id, at_ms, event, to_state, note, operator)
         VALUES (?1, ?2, ?3, ?4, ?5,
                 CASE WHEN ?6 THEN coalesce((SELECT value FROM meta WHERE key = 'seat'), '')
                      ELSE '' END)",
    )?
    .execute(params![id, now_ms, said, word(state), note, by_person(said)])?;
    Ok(())
}

/// Puts a shipment before a person, or takes it away again.
///
/// # Errors
/// SQL errors.
pub fn set_trouble(
    db: &Connection,
    id: i64,
    trouble: Option<&Trouble>,
) -> Result<(), ShipmentError> {
    let json = trouble.map(serde_json::to_string).transpose()?;
    db.prepare_cached("UPDATE shipment SET trouble = ?2 WHERE id = ?1")?
        .execute(params![id, json])?;
    Ok(())
}

/// Why a shipment is before a person.
///
/// # Errors
/// SQL errors; a stored trouble that cannot be read counts as none.
pub fn trouble(db: &Connection, id: i64) -> Result<Option<Trouble>, ShipmentError> {
    let json: Option<String> = db
        .prepare_cached("SELECT trouble FROM shipment WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

/// Notes which account is asked.
///
/// # Errors
/// SQL errors.
pub fn set_account(db: &Connection, id: i64, account: &str) -> Result<(), ShipmentError> {
    db.prepare_cached("UPDATE shipment SET account = ?2 WHERE id = ?1")?
        .execute(params![id, account])?;
    Ok(())
}

/// A shipment that begins.
pub struct NewShipment<'a> {
    /// Its order.
    pub order_id: i64,
    /// Its number in the order, from 1.
    pub nth: u32,
    /// See [`crate::words::buyer`]; 0: not to be put together with others.
    pub buyer: i64,
    /// What the check says of it.
    pub faults: &'a [Fault],
    /// The sender profile its order names; empty: the rules'.
    pub sender: &'a str,
    /// Its place in the lists, ms UTC.
    pub sort_at_ms: i64,
    /// The history's word for how it began.
    pub said: &'a str,
    /// What is added to that.
    pub note: &'a str,
}

/// Makes a shipment, checked.
///
/// # Errors
/// SQL errors; the order has one of that number already.
pub fn create(db: &Connection, new: &NewShipment<'_>, now_ms: i64) -> Result<i64, ShipmentError> {
    let (state, trouble) = verdict(new.faults, None)?;
    db.prepare_cached(
        "INSERT INTO shipment (order_id, nth, buyer, state, trouble, faults, sort_at_ms,
                               sender)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        new.order_id,
        new.nth,
        new.buyer,
        word(state),
        trouble,
        serde_json::to_string(new.faults)?,
        new.sort_at_ms,
        new.sender
    ])?;
    let id = db.last_insert_rowid();
    write_history(db, id, new.said, state, new.note, now_ms)?;
    Ok(id)
}

/// Shipments that are held because something does not fit on a label, or for want of a sender.
///
/// # Errors
/// SQL errors.
pub fn held_for_room(db: &Connection) -> Result<Vec<i64>, ShipmentError> {
    let ids: Result<Vec<i64>, _> = db
        .prepare_cached(
            "SELECT id FROM shipment WHERE tab = 'attention' AND state = 'held'
                AND EXISTS (SELECT 1 FROM json_each(faults)
                             WHERE json_extract(value, '$.code') IN
                               ('form_no_room', 'too_long', 'sender_unknown',
                                'sender_abroad_missing'))
              ORDER BY id",
        )?
        .query_map([], |row| row.get(0))?
        .collect();
    Ok(ids?)
}

/// Takes the result of a new check after an edit: ready, or held with what is still wrong. What a
/// person holds stays held. `said` is the history's word and its addition.
///
/// # Errors
/// [`ShipmentError::WrongState`] once a carrier has been asked.
pub fn recheck(
    db: &Connection,
    id: i64,
    faults: &[Fault],
    (said, note): (&str, &str),
    now_ms: i64,
) -> Result<State, ShipmentError> {
    let hold = hand::of(db, id)?.hold;
    let (state, trouble) = verdict(faults, hold.as_deref())?;
    let event = if state == State::Ready { Event::Passed } else { Event::Stopped };
    let state = advance(db, id, event, said, note, now_ms)?;
    db.prepare_cached("UPDATE shipment SET faults = ?2, trouble = ?3 WHERE id = ?1")?
        .execute(params![id, serde_json::to_string(faults)?, trouble])?;
    Ok(state)
}

/// Puts a shipment that the check let go back before a person, with what it waited for.
///
/// # Errors
/// [`ShipmentError::WrongState`] once a carrier has been asked.
pub fn set_aside(
    db: &Connection,
    id: i64,
    trouble: Option<&Trouble>,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    advance(db, id, Event::Stopped, "held", "", now_ms)?;
    set_trouble(db, id, trouble)
}

fn verdict(faults: &[Fault], hold: Option<&str>) -> Result<(State, Option<String>), ShipmentError> {
    let trouble = match hold {
        Some(why) => Trouble::new(Code::OnHold, Action::Release, [("why", why.to_owned())]),
        None if faults.is_empty() => return Ok((State::Ready, None)),
        None => Trouble::new(Code::OrderHeld, Action::EditOrder, []),
    };
    Ok((State::Held, Some(serde_json::to_string(&trouble)?)))
}
